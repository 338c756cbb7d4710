"""The register as review sees it: documents with who promised them, and how many wait. Reads only.

Must stay true: no contexts are loaded; the status in a row is a projection, for lists alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, func, select

from aanbesteding.storage.tables import DocumentRow, ToezeggingRow


@dataclass(frozen=True)
class Stukrij:
    """A document of the register with the promise that it keeps. `maker` is empty when there is no such promise."""

    pad: str
    document: str
    titel: str
    fase: str
    versie: int
    ontvanger: str
    ontvanger_naam: str
    ontvanger_email: str
    uitgave: int
    status: str
    sha256: str
    gemaakt: datetime
    maker: str
    onderwerpen: tuple[str, ...]


_KOLOMMEN = (
    "pad", "document", "titel", "fase", "versie", "ontvanger", "ontvanger_naam", "ontvanger_email", "uitgave",
    "status", "sha256", "gemaakt",
)  # fmt: skip


def list_stukrijen(engine: Engine, dossier: str) -> tuple[Stukrij, ...]:
    """Every document of a dossier, in order of making."""
    kolommen = [getattr(DocumentRow, naam) for naam in _KOLOMMEN]
    vraag = sa_select(*kolommen).where(col(DocumentRow.dossier) == dossier)
    with Session(engine) as sessie:
        beloften = {
            (t.versie, t.document): (t.persoon, tuple[str, ...](json.loads(t.onderwerpen)))
            for t in sessie.exec(select(ToezeggingRow).where(ToezeggingRow.dossier == dossier))
        }
        rijen = (
            sessie.connection().execute(vraag.order_by(col(DocumentRow.versie), col(DocumentRow.id))).all()
        )
    uit: list[Stukrij] = []
    for rij in rijen:
        velden = dict(zip(_KOLOMMEN, rij, strict=True))
        maker, onderwerpen = beloften.get((velden["versie"], velden["document"]), ("", ()))
        velden["gemaakt"] = datetime.fromisoformat(velden["gemaakt"])
        uit.append(Stukrij(**velden, maker=maker, onderwerpen=onderwerpen))
    return tuple(uit)


def count_statussen(engine: Engine) -> dict[str, dict[str, int]]:
    """Per dossier how many documents have which status."""
    with Session(engine) as sessie:
        rijen = sessie.exec(
            select(DocumentRow.dossier, DocumentRow.status, func.count()).group_by(
                DocumentRow.dossier, DocumentRow.status
            )
        ).all()
    uit: dict[str, dict[str, int]] = {}
    for dossier, status, aantal in rijen:
        uit.setdefault(dossier, {})[status] = aantal
    return uit
