"""Opens the database and brings it up to date; the only place that knows it is SQLite or PostgreSQL.

Must stay true: SQLite runs with WAL, foreign keys and synchronous=FULL, in a file of our own (never Prefect's);
text sorts by its bytes in either database, so that order never depends on where a purchase runs.
"""

from __future__ import annotations

import sqlite3
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlmodel import create_engine

from aanbesteding.errors import AanbestedingError, InvoerError
from aanbesteding.storage.storing import watch_storing

WACHTTIJD_S = 30.0
SLOT = 4803
"""Key of the lock on PostgreSQL under which one process at a time brings the tables up to date."""


def open_database(url: str) -> Engine:
    """An engine for this URL; no error of it shows a value. InvoerError for a URL that is not ours."""
    adres = parse_url(url)
    if adres.get_backend_name() == "postgresql":
        engine = create_engine(adres, pool_pre_ping=True, hide_parameters=True)
        watch_storing(engine)
        return engine
    engine = create_engine(adres, connect_args={"timeout": 30}, hide_parameters=True)

    def tune(verbinding: Any, _record: Any) -> None:
        cursor = verbinding.cursor()
        _set_wal(cursor)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", tune)
    watch_storing(engine)
    return engine


def _set_wal(cursor: Any) -> None:
    """Turn WAL on; SQLite does not wait for another process that does so on a new database at this very moment."""
    einde = time.monotonic() + WACHTTIJD_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > einde:
                raise
            time.sleep(0.05)


def parse_url(url: str) -> URL:
    """The address of the setting, with the driver that we use; InvoerError when it is none of ours."""
    try:
        adres = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number
        adres = None
    soort = adres.drivername.partition("+")[0] if adres is not None else ""
    if adres is not None and soort == "sqlite":
        return adres
    if adres is None or soort not in ("postgresql", "postgres") or not adres.database:
        raise InvoerError(
            [
                "AANBESTEDING_DATABASE_URL klopt niet: geef postgresql://gebruiker:wachtwoord@server/database, of laat "
                "de instelling leeg voor een SQLite-bestand in de map met gegevens."
            ]
        )
    if find_spec("psycopg") is None:
        raise InvoerError(
            ["Voor PostgreSQL is een uitbreiding nodig: installeer aanbesteding met [postgres] erachter."]
        )
    return adres.set(drivername="postgresql+psycopg")


def migrate(engine: Engine, doel: str = "head") -> None:
    """Run the migrations up to `doel`, all or none, one process at a time; what is up to date is left alone.

    AanbestedingError when the database cannot be reached.
    """
    try:
        with engine.begin() as verbinding:
            _migrate(verbinding, doel)
    except OperationalError as fout:
        if not fout.connection_invalidated and fout.statement is not None:
            raise
        raise AanbestedingError(
            f"De database {engine.url.render_as_string(hide_password=True)} is niet te bereiken: "
            f"{str(fout.orig).strip()}. Ga na of zij draait en of AANBESTEDING_DATABASE_URL klopt."
        ) from fout


def _migrate(verbinding: Connection, doel: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = verbinding
    if doel == "head" and _is_current(verbinding, config):
        return
    if verbinding.dialect.name == "postgresql":
        verbinding.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": SLOT})
    else:
        verbinding.exec_driver_sql("BEGIN IMMEDIATE")
    command.upgrade(config, doel)
    if verbinding.dialect.name == "postgresql":
        _sort_by_bytes(verbinding)


def _is_current(verbinding: Connection, config: Config) -> bool:
    """Are the tables those of the code already?"""
    heden = MigrationContext.configure(verbinding).get_current_revision()
    return heden == ScriptDirectory.from_config(config).get_current_head()


def _sort_by_bytes(verbinding: Connection) -> None:
    """Give every column of text that does not have it the order of its bytes, which is SQLite's."""
    kolommen = verbinding.execute(
        text(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND data_type IN ('text', 'character varying') "
            "AND collation_name IS NULL AND table_name <> :weg"
        ),
        {"weg": "alembic_version"},
    ).all()
    for tabel, kolom, soort in kolommen:
        verbinding.exec_driver_sql(f'ALTER TABLE "{tabel}" ALTER COLUMN "{kolom}" TYPE {soort} COLLATE "C"')
