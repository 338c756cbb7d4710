"""Every table as lines of JSON and back: what an archive of one dossier and a backup of everything are made of.

One row is one JSON object of column → value; dates are ISO text, bytes are {"base64": …}. It knows the tables by
their metadata alone, so a new table is in a backup the day it is made; what part of it belongs to one dossier is
said here, and a test asks for it.

Must stay true: rows keep their keys and come out in the order of their keys; reading a table back gives the same rows.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, func, insert, select, text
from sqlmodel import SQLModel

from aanbesteding.storage import tables, tables_loket, tables_post, tables_toegang

BLOK = 500

NOOIT_IN_ARCHIEF = frozenset({"account", "sessie", "sleutel"})
"""Tables that hold nothing of one dossier."""

VERTROUWELIJK = frozenset({"envelop", "envelopsleutel", "concept", "brieflink", "briefcode", "briefbezoek"})
"""Tables of a dossier whose content no archive shows: sealed bids, drafts of one person alone, keys to letters."""

VLUCHTIG = frozenset({"sessie"})
"""Tables that a backup leaves out: a login is no evidence and no work."""


_MODULES = (tables, tables_loket, tables_post, tables_toegang)
"""The modules that describe tables; importing them fills the metadata."""


def list_tabellen() -> tuple[Table, ...]:
    """Every table, in an order in which rows can be put back."""
    return tuple(SQLModel.metadata.sorted_tables)


def list_archieftabellen() -> tuple[Table, ...]:
    """The tables of which an archive of one dossier holds rows."""
    weg = NOOIT_IN_ARCHIEF | VERTROUWELIJK
    return tuple(tabel for tabel in list_tabellen() if tabel.name not in weg)


def select_dossier(tabel: Table, dossier: str) -> Select[Any]:
    """The rows of this table that belong to one dossier; KeyError for a table of which nobody said how to tell."""
    if tabel.name == "dossier":
        return select(tabel).where(tabel.c.code == dossier)
    for kolom in ("keten", "dossier"):
        if kolom in tabel.c:
            return select(tabel).where(tabel.c[kolom] == dossier)
    if tabel.name == "sjabloon":
        document = SQLModel.metadata.tables["document"]
        gebruikt = select(document.c.sjabloon_sha256).where(document.c.dossier == dossier)
        return select(tabel).where(tabel.c.sha256.in_(gebruikt))
    for sleutel in tabel.foreign_keys:
        boven = sleutel.column.table
        if "dossier" in boven.c:
            van_dossier = select(sleutel.column).where(boven.c.dossier == dossier)
            return select(tabel).where(sleutel.parent.in_(van_dossier))
    raise KeyError(tabel.name)


@contextmanager
def open_momentopname(engine: Engine) -> Generator[Connection]:
    """A connection that sees everything as it was when it was first read, whatever others write meanwhile."""
    with engine.connect() as verbinding:
        if engine.dialect.name == "sqlite":
            verbinding.exec_driver_sql("BEGIN")
        else:
            verbinding = verbinding.execution_options(isolation_level="REPEATABLE READ")
        yield verbinding
        verbinding.rollback()


def iter_regels(verbinding: Connection, tabel: Table, vraag: Select[Any] | None = None) -> Iterator[str]:
    """Rows as lines of JSON, in order of their keys, a block at a time."""
    vraag = select(tabel) if vraag is None else vraag
    vraag = vraag.order_by(*tabel.primary_key.columns).execution_options(yield_per=BLOK)
    for rij in verbinding.execute(vraag).mappings():
        yield json.dumps({k: _encode(v) for k, v in rij.items()}, ensure_ascii=False)


def insert_tabellen(engine: Engine, tabellen: Iterable[tuple[Table, Iterable[str]]]) -> None:
    """Put rows back under their own keys, table by table; all of them in one transaction, or none."""
    with engine.begin() as verbinding:
        for tabel, regels in tabellen:
            rijen = (_decode_rij(tabel, json.loads(regel)) for regel in regels)
            while blok := list(islice(rijen, BLOK)):
                verbinding.execute(insert(tabel), blok)


def count_rijen(engine: Engine) -> Mapping[str, int]:
    """How many rows every table holds."""
    with engine.connect() as verbinding:
        return {
            t.name: verbinding.execute(select(func.count()).select_from(t)).scalar_one()
            for t in list_tabellen()
        }


def load_koppen(verbinding: Connection, dossier: str = "") -> dict[str, str]:
    """Every dossier (or this one) with the hash of its last fact."""
    tabel = SQLModel.metadata.tables["dossier"]
    vraag = select(tabel.c.code, tabel.c.laatste_hash).order_by(tabel.c.code)
    if dossier:
        vraag = vraag.where(tabel.c.code == dossier)
    return {code: hash_ for code, hash_ in verbinding.execute(vraag)}


def load_schema(engine: Engine) -> str:
    """The version of the tables: the last migration that ran."""
    with engine.connect() as verbinding:
        return verbinding.execute(text("SELECT version_num FROM alembic_version")).scalar_one()


def restart_nummering(engine: Engine) -> None:
    """Let PostgreSQL number new rows after the ones that were put back; SQLite does so by itself."""
    if engine.dialect.name != "postgresql":
        return
    with engine.begin() as verbinding:
        for tabel in list_tabellen():
            kolom = tabel.autoincrement_column
            if kolom is not None:
                verbinding.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{tabel.name}', '{kolom.name}'), "
                        f'COALESCE(MAX("{kolom.name}"), 1), MAX("{kolom.name}") IS NOT NULL) FROM "{tabel.name}"'
                    )
                )


def _encode(waarde: Any) -> Any:
    if isinstance(waarde, bytes):
        return {"base64": base64.b64encode(waarde).decode()}
    if isinstance(waarde, date):
        return waarde.isoformat()
    return waarde


def _decode_rij(tabel: Table, rij: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row; KeyError unless it has every column of its table and no other."""
    if set(rij) != set(tabel.c.keys()):
        raise KeyError(tabel.name)
    return {naam: _decode(tabel.c[naam].type.python_type, waarde) for naam, waarde in rij.items()}


def _decode(soort: type[Any], waarde: Any) -> Any:
    if soort is bytes and waarde is not None:
        return base64.b64decode(waarde["base64"])
    if soort is date and isinstance(waarde, str):
        return date.fromisoformat(waarde)
    return waarde
