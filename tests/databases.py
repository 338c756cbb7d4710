"""Databases for the tests: SQLite in a file, or a PostgreSQL that the test run starts itself (Debian's package).

The server sorts text as Dutch does (ICU), unlike SQLite, so that code which leans on the order of a database shows.

Must stay true: the server listens on loopback only, runs as an ordinary user and ends with the process that
started it.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy import Engine

from aanbesteding.adapters.prefect import find_vrije_poort
from aanbesteding.storage.database import migrate, open_database

GEBRUIKER = "aanbesteding"
SJABLOON = "aanbesteding_sjabloon"
INSTELLINGEN = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "log_min_messages=fatal",
)


def find_programmas() -> Path | None:
    """The folder with initdb and postgres; None when PostgreSQL is not installed."""
    kandidaten: list[Path] = []
    for programma in ("initdb", "pg_config"):
        if gevonden := shutil.which(programma):
            uit = Path(gevonden).resolve().parent
            if programma == "pg_config":
                uit = Path(
                    subprocess.run(
                        [gevonden, "--bindir"], capture_output=True, text=True, check=True
                    ).stdout.strip()
                )
            kandidaten.append(uit)
    versies = Path("/usr/lib/postgresql").glob("*/bin")
    kandidaten += sorted(versies, key=lambda p: float(p.parent.name), reverse=True)
    return next((k for k in kandidaten if (k / "initdb").exists() and (k / "postgres").exists()), None)


@dataclass
class Postgres:
    """A running server; every database it makes is fresh and up to date."""

    poort: int
    nummers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def url(self, naam: str) -> str:
        """Address of a database, as the setting takes it."""
        return f"postgresql://{GEBRUIKER}@127.0.0.1:{self.poort}/{naam}"

    def make_leeg(self, *, sjabloon: str = "template1") -> str:
        """A new database; returns its address."""
        naam = f"proef_{next(self.nummers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as verbinding:
            verbinding.execute(f'CREATE DATABASE "{naam}" TEMPLATE "{sjabloon}"'.encode())
        return self.url(naam)

    def make_database(self) -> str:
        """A new database with every table, empty; returns its address."""
        return self.make_leeg(sjabloon=SJABLOON)


@contextmanager
def postgres_in_gebruik() -> Generator[Postgres | None]:
    """A PostgreSQL of our own for as long as this lasts; None when it is not installed."""
    programmas = find_programmas()
    if programmas is None:
        yield None
        return
    map_ = Path(tempfile.mkdtemp(prefix="aanbesteding-pg-", dir="/tmp"))
    als = _find_gebruiker()
    if als is not None:
        os.chown(map_, als, -1)
    data, poort = map_ / "data", find_vrije_poort()
    opdracht = [
        programmas / "initdb",
        "-D",
        data,
        "-U",
        GEBRUIKER,
        "--auth=trust",
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C",
    ]
    opdracht += ["--locale-provider=icu", "--icu-locale=nl"]
    proces: subprocess.Popen[bytes] | None = None
    try:
        subprocess.run(opdracht, check=True, capture_output=True, user=als, cwd=map_)
        args = [programmas / "postgres", "-D", data, "-p", str(poort), "-h", "127.0.0.1", "-k", ""]
        for instelling in INSTELLINGEN:
            args += ["-c", instelling]
        with (map_ / "log").open("wb") as log:
            proces = subprocess.Popen(
                args, user=als, stdout=log, stderr=log, cwd=map_, preexec_fn=_die_with_parent
            )
        server = Postgres(poort)
        _wait(server, proces, map_ / "log")
        with psycopg.connect(server.url("postgres"), autocommit=True) as verbinding:
            verbinding.execute(f"CREATE DATABASE {SJABLOON}".encode())
        sjabloon = open_database(server.url(SJABLOON))
        migrate(sjabloon)
        sjabloon.dispose()
        yield server
    finally:
        if proces is not None:
            proces.send_signal(signal.SIGQUIT)
            proces.wait(30)
        shutil.rmtree(map_, ignore_errors=True)


def _find_gebruiker() -> int | None:
    """PostgreSQL refuses to run as root: the number of an ordinary user then, else None (ourselves)."""
    if os.getuid() != 0:
        return None
    for naam in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(naam).pw_uid
        except KeyError:
            continue
    raise RuntimeError("geen gewone gebruiker gevonden om PostgreSQL als te draaien")


def _die_with_parent() -> None:
    os.setpgrp()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _wait(server: Postgres, proces: subprocess.Popen[bytes], log: Path) -> None:
    einde = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(server.url("postgres")).close()
            return
        except psycopg.OperationalError:
            if proces.poll() is not None or time.monotonic() > einde:
                raise RuntimeError(f"PostgreSQL startte niet:\n{log.read_text('utf-8')}") from None
            time.sleep(0.05)


# which database the tests run on now

_server: list[Postgres] = []
_open: list[Engine] = []


@contextmanager
def op_postgres(server: Postgres) -> Generator[None]:
    """Let `make_url` give databases on this server."""
    _server.append(server)
    try:
        yield
    finally:
        _server.pop()


def make_url(map_: Path, *, leeg: bool = False) -> str:
    """Address of a fresh database of the kind in use: up to date, or with `leeg` without any table."""
    if _server:
        return _server[-1].make_leeg() if leeg else _server[-1].make_database()
    return f"sqlite:///{map_ / 'proef.db'}"


def make_database(map_: Path) -> Engine:
    """A fresh database of the kind in use, up to date; it is closed at the end of the test."""
    url = make_url(map_)
    engine = open_database(url)
    if not _server:
        migrate(engine)
    _open.append(engine)
    return engine


def close_databases() -> None:
    """Close what `make_database` opened."""
    while _open:
        _open.pop().dispose()
