"""Migrations lead to the tables of the code and back with everything in them, on SQLite and on PostgreSQL.

SQLite runs with the settings that evidence needs; PostgreSQL sorts as SQLite does, whatever its language.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import aanbesteding.storage as opslag
from aanbesteding.adapters.prefect import find_vrije_poort
from aanbesteding.errors import AanbestedingError, InvoerError
from aanbesteding.storage import tables_loket, tables_post, tables_toegang
from aanbesteding.storage.database import migrate, open_database
from aanbesteding.storage.tables import DossierRow
from databases import make_url


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(make_url(tmp_path, leeg=True))
    yield engine
    engine.dispose()


def make_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(opslag.__path__[0]) / "migrations"))
    return config


def downgrade(engine: Engine, doel: str) -> None:
    config = make_config()
    with engine.begin() as verbinding:
        config.attributes["connection"] = verbinding
        command.downgrade(config, doel)


def compare(engine: Engine) -> list[Any]:
    with engine.connect() as verbinding:
        context = MigrationContext.configure(verbinding, opts={"compare_type": True})
        return compare_metadata(context, SQLModel.metadata)


def test_fresh_database_equals_the_tables_of_the_code(database: Engine):
    migrate(database)
    assert DossierRow.metadata is SQLModel.metadata
    assert compare(database) == []


def test_up_down_and_up_again_equals_the_tables_of_the_code(database: Engine):
    migrate(database)
    downgrade(database, "base")
    assert [t for t in inspect(database).get_table_names() if t != "alembic_version"] == []
    migrate(database)
    assert compare(database) == []


def test_every_migration_can_be_undone_by_itself(database: Engine):
    for revisie in reversed(list(ScriptDirectory.from_config(make_config()).walk_revisions())):
        migrate(database, revisie.revision)
        downgrade(database, "-1")
        migrate(database, revisie.revision)
    assert compare(database) == []


def test_migrating_an_up_to_date_database_keeps_its_content(database: Engine):
    migrate(database)
    with database.begin() as verbinding:
        verbinding.execute(text("INSERT INTO ketenkop VALUES ('P', 1, 'h')"))
    migrate(database)
    with database.connect() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM ketenkop")).scalar() == 1


ALLE_TABELLEN = (tables_loket, tables_post, tables_toegang)
"""Importing them makes the metadata whole, also when no migration ran in this process."""

EERSTE_RIJEN = {
    "dossier": {
        "code": "P", "titel": "Één", "regio": "r", "procedure": "sas", "procedure_versie": "1",
        "peildatum": date(2026, 1, 5), "versie": 1, "aangemaakt": "2026-01-05T09:00:00+01:00", "definitie": "{}",
        "definitie_hash": "x", "demo": True,
    },
    "weigering": {
        "id": 1, "dossier": "P", "handeling": "h", "persoon": "p", "moment": "2026-01-05T08:00:00.000000+00:00",
        "regels": "r",
    },
    "document": {
        "id": 3, "dossier": "P", "versie": 1, "document": "brief", "fase": "f", "titel": "t", "ontvanger": "a",
        "ontvanger_naam": "A", "ontvanger_email": "", "uitgave": 1, "status": "gemaakt", "pad": "f/brief.docx",
        "sha256": "s", "sjabloon_sha256": "j", "context_sha256": "c", "context": "{}", "gemaakt": "g",
    },
    "envelop": {"dossier": "P", "soort": "bod", "sleutel": "1/a", "inhoud": "{}"},
    "feit": {
        "id": 5, "dossier": "P", "volgnummer": 1, "versie": 1, "soort": "s", "inhoud": "{}", "handeling": "h",
        "persoon": "p", "moment": "m", "vorige_hash": "", "hash": "h1",
    },
    "status": {"dossier": "P", "onderwerp": "perceel:1", "status": "gegund"},
    "toezegging": {
        "id": 2, "dossier": "P", "versie": 1, "document": "brief", "fase": "f", "onderwerpen": "[]", "persoon": "p",
        "moment": "m", "afgehandeld": True, "fout": "",
    },
}  # fmt: skip
"""A row in every table of the first version."""


GEWEIGERD = (
    "SELECT 1 AS id, dossier, doel AS handeling, persoon, moment, reden AS regels FROM auditregel "
    "WHERE soort = 'handeling_geweigerd'"
)
"""Where a refused act of the first version is kept now: a line of the audit log."""


def load_eerste(engine: Engine) -> dict[str, dict[str, Any]]:
    """The same rows as they are now, as far as the first version knew them."""
    with engine.connect() as verbinding:
        tabellen = MetaData()
        tabellen.reflect(verbinding)
        return {
            naam: {
                k: v
                for k, v in verbinding.execute(
                    tabellen.tables[naam].select() if naam in tabellen.tables else text(GEWEIGERD)
                )
                .one()
                ._mapping.items()
                if k in rij
            }
            for naam, rij in EERSTE_RIJEN.items()
        }


def test_content_of_the_first_version_survives_every_migration_up_and_down(database: Engine):
    migrate(database, "0001")
    with database.begin() as verbinding:
        tabellen = MetaData()
        tabellen.reflect(verbinding, only=list(EERSTE_RIJEN))
        for naam, rij in EERSTE_RIJEN.items():
            verbinding.execute(tabellen.tables[naam].insert(), rij)
    voor = load_eerste(database)
    migrate(database)
    assert load_eerste(database) == voor
    downgrade(database, "0001")
    assert load_eerste(database) == voor
    migrate(database)
    assert load_eerste(database) == voor


def test_text_sorts_by_its_bytes_whatever_the_language_of_the_database(database: Engine):
    migrate(database, "0001")
    codes = ["Z", "a-b", "ab", "a1", "é", "B", "a", "A2", "_"]
    with database.begin() as verbinding:
        verbinding.execute(
            text("INSERT INTO dossier VALUES ('P', '', '', '', '', '2026-01-05', 1, '', '', '', true)")
        )
        for code in codes:
            verbinding.execute(text("INSERT INTO status VALUES ('P', :o, 's')"), {"o": code})
    with database.connect() as verbinding:
        rijen = verbinding.execute(text("SELECT onderwerp FROM status ORDER BY onderwerp")).scalars().all()
    assert rijen == sorted(codes)


def migrate_samen(url: str, afspraak: Barrier) -> None:
    engine = open_database(url)
    afspraak.wait(60)
    migrate(engine)


def test_processes_that_start_together_bring_the_tables_up_to_date_once(database: Engine):
    soort = get_context("spawn")
    afspraak = soort.Barrier(3)
    url = database.url.render_as_string(hide_password=False)
    processen = [soort.Process(target=migrate_samen, args=(url, afspraak)) for _ in range(3)]
    for proces in processen:
        proces.start()
    for proces in processen:
        proces.join(60)
    assert [proces.exitcode for proces in processen] == [0, 0, 0]
    assert compare(database) == []


def test_error_of_the_database_shows_no_value(database: Engine):
    migrate(database)
    with pytest.raises(IntegrityError) as fout, database.begin() as verbinding:
        verbinding.execute(text("INSERT INTO status VALUES (:d, 'perceel:1', 'x')"), {"d": "geheim"})
    assert "parameters" in str(fout.value)
    assert "SQL parameters hidden" in str(fout.value)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("zomaar", id="geen adres"),
        pytest.param("mysql://a@b/c", id="een andere database"),
        pytest.param("postgresql://a@b", id="zonder naam van de database"),
    ],
)
def test_address_that_cannot_be_used_is_told_in_dutch(url: str):
    with pytest.raises(InvoerError, match="AANBESTEDING_DATABASE_URL"):
        open_database(url)


def test_server_that_does_not_answer_is_told_without_the_password():
    engine = open_database(f"postgresql://jan:geheim@127.0.0.1:{find_vrije_poort()}/inkoop")
    with pytest.raises(AanbestedingError, match="niet te bereiken") as fout:
        migrate(engine)
    assert "geheim" not in str(fout.value)
    assert "inkoop" in str(fout.value)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("pragma", "waarde"),
    [
        pytest.param("journal_mode", "wal", id="schrijven houdt lezen niet op"),
        pytest.param("synchronous", 2, id="wat vastligt overleeft stroomuitval"),
        pytest.param("foreign_keys", 1, id="verwijzingen worden bewaakt"),
        pytest.param("busy_timeout", 30000, id="wie even moet wachten faalt niet"),
    ],
)
def test_sqlite_runs_with_the_settings_that_evidence_needs(database: Engine, pragma: str, waarde: object):
    for _ in range(2):
        with database.connect() as verbinding:
            assert verbinding.execute(text(f"PRAGMA {pragma}")).scalar() == waarde


def test_row_of_an_unknown_dossier_is_refused(database: Engine):
    migrate(database)
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), database.begin() as verbinding:
        verbinding.execute(text("INSERT INTO status VALUES ('WEG', 'perceel:1', 'x')"))
