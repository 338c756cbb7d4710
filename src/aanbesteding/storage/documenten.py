"""Promises of documents and the documents made: rows of the outbox and of the register.

Must stay true: a promise is closed only after every document of it has its row; a row exists only for a file
that is wholly written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Engine, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from aanbesteding.storage.tables import DocumentRow, ToezeggingRow


@dataclass(frozen=True)
class OpenToezegging:
    """A promise that is not closed yet."""

    id: int
    dossier: str
    versie: int
    document: str
    fase: str
    onderwerpen: tuple[str, ...]
    persoon: str
    moment: datetime
    fout: str


@dataclass(frozen=True)
class Documentregel:
    """A produced document as lists and pages show it. `pad` is relative to the dossier's folder."""

    versie: int
    document: str
    fase: str
    titel: str
    ontvanger: str
    ontvanger_naam: str
    uitgave: int
    status: str
    pad: str
    sha256: str
    gemaakt: str


def list_toezeggingen(engine: Engine, dossier: str, fase: str | None = None) -> tuple[OpenToezegging, ...]:
    """Promises of this dossier (and stage) that are still open, oldest first."""
    with Session(engine) as sessie:
        vraag = select(ToezeggingRow).where(
            ToezeggingRow.dossier == dossier, col(ToezeggingRow.afgehandeld).is_(False)
        )
        if fase is not None:
            vraag = vraag.where(ToezeggingRow.fase == fase)
        rijen = sessie.exec(vraag.order_by(col(ToezeggingRow.id))).all()
        return tuple(
            OpenToezegging(
                rij.id or 0,
                rij.dossier,
                rij.versie,
                rij.document,
                rij.fase,
                tuple(json.loads(rij.onderwerpen)),
                rij.persoon,
                datetime.fromisoformat(rij.moment),
                rij.fout,
            )
            for rij in rijen
        )


def close_toezegging(engine: Engine, id_: int) -> None:
    """Every document of this promise is there."""
    _update(engine, id_, afgehandeld=True, fout="")


def record_fout(engine: Engine, id_: int, fout: str) -> None:
    """The promise could not be kept (yet): keep it open with what went wrong."""
    _update(engine, id_, afgehandeld=False, fout=fout)


def _update(engine: Engine, id_: int, **waarden: object) -> None:
    with Session(engine) as sessie:
        sessie.connection().execute(
            update(ToezeggingRow).where(col(ToezeggingRow.id) == id_).values(**waarden)
        )
        sessie.commit()


def save_documenten(engine: Engine, rijen: Sequence[DocumentRow]) -> None:
    """Register documents whose files are written; what another run registered meanwhile stays as it is.

    Two runs that keep the same promise write the same bytes, so whoever comes second has nothing to add.
    """
    try:
        _insert_documenten(engine, rijen)
    except IntegrityError:
        for rij in rijen:
            aanwezig = list_gemaakt(engine, rij.dossier, rij.versie, rij.document).get(rij.ontvanger)
            if aanwezig is None or (aanwezig.pad, aanwezig.sha256) != (rij.pad, rij.sha256):
                _insert_documenten(engine, [rij])


def _insert_documenten(engine: Engine, rijen: Sequence[DocumentRow]) -> None:
    with Session(engine) as sessie:
        sessie.add_all(DocumentRow(**rij.model_dump(exclude={"id"})) for rij in rijen)
        sessie.commit()


def count_uitgaven(engine: Engine, dossier: str, document: str, voor_versie: int) -> dict[str, int]:
    """How many editions each recipient already has of this document from earlier versions."""
    with Session(engine) as sessie:
        rijen = sessie.exec(
            select(DocumentRow.ontvanger, func.count())
            .where(
                DocumentRow.dossier == dossier,
                DocumentRow.document == document,
                DocumentRow.versie < voor_versie,
            )
            .group_by(DocumentRow.ontvanger)
        ).all()
        return dict(rijen)


def list_gemaakt(engine: Engine, dossier: str, versie: int, document: str) -> dict[str, Documentregel]:
    """Documents already made for one promise, by recipient."""
    regels = list_documenten(engine, dossier, versie=versie, document=document)
    return {regel.ontvanger: regel for regel in regels}


def list_documenten(
    engine: Engine,
    dossier: str,
    *,
    fase: str | None = None,
    versie: int | None = None,
    document: str | None = None,
) -> tuple[Documentregel, ...]:
    """Documents of a dossier in order of making (without their contexts)."""
    vraag = select(DocumentRow).where(DocumentRow.dossier == dossier)
    vraag = vraag.options(defer(DocumentRow.context))  # pyright: ignore[reportArgumentType]
    if fase is not None:
        vraag = vraag.where(DocumentRow.fase == fase)
    if versie is not None:
        vraag = vraag.where(DocumentRow.versie == versie)
    if document is not None:
        vraag = vraag.where(DocumentRow.document == document)
    with Session(engine) as sessie:
        rijen = sessie.exec(vraag.order_by(col(DocumentRow.versie), col(DocumentRow.id))).all()
        return tuple(
            Documentregel(*(getattr(rij, veld.name) for veld in fields(Documentregel))) for rij in rijen
        )
