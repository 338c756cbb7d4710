"""Promises of documents and the documents made: rows of the outbox and of the register.

With a document its clauses are recorded, and once per template what it was made from (documents.herkomst).

Must stay true: a promise is closed only after every document of it has its row; a row exists only for a file
that is wholly written and a template that is kept; nothing but the status of a row ever changes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from aanbesteding.storage.ketting import hash_velden
from aanbesteding.storage.tables import ClausuleRow, DocumentRow, SjabloonRow, ToezeggingRow

_REGEL = (
    "dossier", "versie", "document", "fase", "titel", "ontvanger", "ontvanger_naam", "ontvanger_email", "uitgave",
    "pad", "sha256", "sjabloon_sha256", "context_sha256", "context", "gemaakt", "motor",
)  # fmt: skip


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
    ontvangers: tuple[str, ...] = ()


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


def list_toezeggingen(
    engine: Engine, dossier: str, fase: str | None = None, *, ook_afgehandeld: bool = False
) -> tuple[OpenToezegging, ...]:
    """Promises of this dossier (and stage) that are still open (or all of them), oldest first."""
    with Session(engine) as sessie:
        vraag = select(ToezeggingRow).where(ToezeggingRow.dossier == dossier)
        if not ook_afgehandeld:
            vraag = vraag.where(col(ToezeggingRow.afgehandeld).is_(False))
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
                tuple(json.loads(rij.ontvangers or "[]")),
            )
            for rij in rijen
        )


def close_toezegging(engine: Engine, id_: int, aantal: int) -> None:
    """Every document of this promise is there: so many."""
    _update(engine, id_, afgehandeld=True, fout="", aantal=aantal)


def record_fout(engine: Engine, id_: int, fout: str) -> None:
    """The promise could not be kept (yet): keep it open with what went wrong."""
    _update(engine, id_, afgehandeld=False, fout=fout)


def _update(engine: Engine, id_: int, **waarden: object) -> None:
    with Session(engine) as sessie:
        sessie.connection().execute(
            update(ToezeggingRow).where(col(ToezeggingRow.id) == id_).values(**waarden)
        )
        sessie.commit()


def hash_regel(rij: DocumentRow) -> str:
    """Hash of a row of the register over everything but its status."""
    return hash_velden(rij, _REGEL)


def save_sjabloon(engine: Engine, sha256: str, naam: str, inhoud: bytes) -> None:
    """Keep what documents are made from, unless it is kept already."""
    try:
        with Session(engine) as sessie:
            if sessie.exec(select(SjabloonRow.sha256).where(SjabloonRow.sha256 == sha256)).first() is None:
                sessie.add(SjabloonRow(sha256=sha256, naam=naam, inhoud=inhoud))
                sessie.commit()
    except IntegrityError:
        return  # another run kept it at this very moment


def load_sjabloon(engine: Engine, sha256: str) -> bytes | None:
    """The kept bundle with this hash; None when there is none."""
    with Session(engine) as sessie:
        rij = sessie.get(SjabloonRow, sha256)
        if rij is None:
            return None
        inhoud: Any = rij.inhoud  # a damaged row of SQLite may hold anything
        return inhoud if isinstance(inhoud, bytes) else str(inhoud).encode()


@dataclass(frozen=True)
class Gemaakt:
    """A document to be registered, with its clauses as (id, versie, voorwaarde)."""

    rij: DocumentRow
    clausules: tuple[tuple[str, str, str], ...] = ()


def save_documenten(engine: Engine, gemaakt: Sequence[Gemaakt]) -> None:
    """Register documents whose files are written; what another run registered meanwhile stays as it is.

    Two runs that keep the same promise write the same bytes, so whoever comes second has nothing to add.
    """
    try:
        _insert_documenten(engine, gemaakt)
    except IntegrityError:
        for deel in gemaakt:
            rij = deel.rij
            aanwezig = list_gemaakt(engine, rij.dossier, rij.versie, rij.document).get(rij.ontvanger)
            if aanwezig is None or (aanwezig.pad, aanwezig.sha256) != (rij.pad, rij.sha256):
                _insert_documenten(engine, [deel])


def _insert_documenten(engine: Engine, gemaakt: Sequence[Gemaakt]) -> None:
    if not gemaakt:
        return
    with Session(engine) as sessie:
        for deel in gemaakt:
            deel.rij.regel_hash = hash_regel(deel.rij)
        verbinding = sessie.connection()
        nummers = verbinding.execute(
            insert(DocumentRow).returning(col(DocumentRow.id), sort_by_parameter_order=True),
            [deel.rij.model_dump(exclude={"id"}) for deel in gemaakt],
        ).scalars()
        clausules = [
            {"document_id": nummer, "clausule": clausule, "versie": versie, "voorwaarde": voorwaarde}
            for nummer, deel in zip(nummers, gemaakt, strict=True)
            for clausule, versie, voorwaarde in deel.clausules
        ]
        if clausules:
            verbinding.execute(insert(ClausuleRow), clausules)
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


def find_documentrij(
    engine: Engine, dossier: str, versie: int, document: str, ontvanger: str
) -> DocumentRow | None:
    """The row of one document with its context; None when there is none."""
    with Session(engine) as sessie:
        return sessie.exec(
            select(DocumentRow).where(
                DocumentRow.dossier == dossier,
                DocumentRow.versie == versie,
                DocumentRow.document == document,
                DocumentRow.ontvanger == ontvanger,
            )
        ).first()
