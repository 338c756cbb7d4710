"""Opens the database and brings it up to date; the only place that knows it is SQLite or something else.

Must stay true: SQLite runs with WAL, foreign keys and synchronous=FULL, in a file of our own (never Prefect's).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, event
from sqlmodel import create_engine


def open_database(url: str) -> Engine:
    """An engine for this URL; SQLite gets the settings that evidence needs."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30})

    def tune(verbinding: Any, _record: Any) -> None:
        cursor = verbinding.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", tune)
    return engine


def migrate(engine: Engine, doel: str = "head") -> None:
    """Run the migrations up to `doel`; a database that is up to date is left alone."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as verbinding:
        config.attributes["connection"] = verbinding
        command.upgrade(config, doel)
