"""Migrations lead to the tables of the code and back, and SQLite runs with the settings that evidence needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import aanbesteding.storage as opslag
from aanbesteding.storage.database import migrate, open_database
from aanbesteding.storage.tables import DossierRow


@pytest.fixture
def database(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path / 'proef.db'}")


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
        verbinding.execute(text("INSERT INTO weigering VALUES (1, 'P', 'h', 'p', 'm', 'r')"))
    migrate(database)
    with database.connect() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM weigering")).scalar() == 1


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
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), database.begin() as verbinding:
        verbinding.execute(text("INSERT INTO status VALUES ('WEG', 'perceel:1', 'x')"))
