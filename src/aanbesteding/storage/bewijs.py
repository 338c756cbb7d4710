"""Raw rows for whoever checks them: the dossier as it is stored, unread and unjudged, and where a clause stands.

Reading a dossier as nouns is storage.dossier; that fails on a damaged row, and damage is what is looked for here.

Must stay true: reads only; contexts are handed out one block at a time, so that memory stays flat.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from aanbesteding.storage.tables import (
    ClausuleRow,
    DocumentRow,
    DossierRow,
    FeitRow,
    StatusRow,
    ToezeggingRow,
)
from aanbesteding.storage.tables_post import BerichtregelRow, BerichtRow
from aanbesteding.storage.tables_toegang import AuditRow, KetenkopRow

BLOK = 100


@dataclass(frozen=True)
class Rijen:
    """Everything of a dossier but its documents."""

    dossier: DossierRow
    feiten: tuple[FeitRow, ...]
    statussen: dict[str, str]
    toezeggingen: tuple[ToezeggingRow, ...]


def load_rijen(engine: Engine, code: str) -> Rijen | None:
    """The rows of a dossier; None when there is no such dossier."""
    with Session(engine, expire_on_commit=False) as sessie:
        dossier = sessie.get(DossierRow, code)
        if dossier is None:
            return None
        feiten = sessie.exec(
            select(FeitRow).where(FeitRow.dossier == code).order_by(col(FeitRow.volgnummer), col(FeitRow.id))
        ).all()
        statussen = sessie.exec(select(StatusRow).where(StatusRow.dossier == code)).all()
        toezeggingen = sessie.exec(
            select(ToezeggingRow).where(ToezeggingRow.dossier == code).order_by(col(ToezeggingRow.id))
        ).all()
        sessie.expunge_all()
    return Rijen(dossier, tuple(feiten), {s.onderwerp: s.status for s in statussen}, tuple(toezeggingen))


@dataclass(frozen=True)
class Logboek:
    """The audit log of a dossier (or the general one); `aantal` lines it should have, and this hash of the last."""

    regels: tuple[AuditRow, ...]
    aantal: int
    kop: str


def load_logboek(engine: Engine, keten: str) -> Logboek:
    """The whole log of this chain, line by line as it is stored."""
    vraag = select(AuditRow).where(AuditRow.keten == keten)
    with Session(engine, expire_on_commit=False) as sessie:
        kop = sessie.get(KetenkopRow, keten)
        regels = sessie.exec(vraag.order_by(col(AuditRow.volgnummer), col(AuditRow.id))).all()
        sessie.expunge_all()
    return Logboek(tuple(regels), kop.volgnummer if kop else 0, kop.hash if kop else "")


def find_kop(engine: Engine, code: str, kop: str) -> str:
    """Which fact or line of the log of this dossier has this hash, in words; empty when none has."""
    with Session(engine) as sessie:
        feit = sessie.exec(select(FeitRow).where(FeitRow.dossier == code, FeitRow.hash == kop)).first()
        if feit is not None:
            return f"de hash van feit {feit.volgnummer}, vastgelegd op {feit.moment}"
        regel = sessie.exec(select(AuditRow).where(AuditRow.keten == code, AuditRow.hash == kop)).first()
        return "" if regel is None else f"de hash van logregel {regel.volgnummer} van {regel.moment}"


@dataclass(frozen=True)
class Berichtketen:
    """A message with the lines of its delivery log."""

    bericht: BerichtRow
    regels: tuple[BerichtregelRow, ...]


def iter_berichtketens(engine: Engine, code: str) -> Iterator[Berichtketen]:
    """Every message of a dossier with its log, by id."""
    with Session(engine, expire_on_commit=False) as sessie:
        berichten = sessie.exec(
            select(BerichtRow).where(BerichtRow.dossier == code).order_by(col(BerichtRow.id))
        ).all()
        sessie.expunge_all()
    for begin in range(0, len(berichten), BLOK):
        blok = berichten[begin : begin + BLOK]
        vraag = select(BerichtregelRow).where(col(BerichtregelRow.bericht_id).in_([b.id for b in blok]))
        per_bericht: dict[int, list[BerichtregelRow]] = {}
        with Session(engine, expire_on_commit=False) as sessie:
            for regel in sessie.exec(vraag.order_by(col(BerichtregelRow.id))).all():
                per_bericht.setdefault(regel.bericht_id, []).append(regel)
            sessie.expunge_all()
        yield from (Berichtketen(b, tuple(per_bericht.get(b.id or 0, ()))) for b in blok)


def count_documentrijen(engine: Engine, code: str) -> int:
    """How many documents the register holds."""
    with Session(engine) as sessie:
        return sessie.exec(select(func.count()).where(DocumentRow.dossier == code)).one()


def iter_documentrijen(engine: Engine, code: str) -> Iterator[DocumentRow]:
    """Every row of the register with its context, by id."""
    vraag = select(DocumentRow).where(DocumentRow.dossier == code).order_by(col(DocumentRow.id)).limit(BLOK)
    rest = vraag
    while True:
        with Session(engine) as sessie:
            rijen = sessie.exec(rest).all()
            sessie.expunge_all()
        if not rijen:
            return
        yield from rijen
        rest = vraag.where(col(DocumentRow.id) > rijen[-1].id)


def load_contexthashes(engine: Engine, code: str, versie: int, document: str) -> dict[str, str]:
    """Of the documents made for one promise: recipient → hash of the context."""
    vraag = select(DocumentRow.ontvanger, DocumentRow.context_sha256).where(
        DocumentRow.dossier == code, DocumentRow.versie == versie, DocumentRow.document == document
    )
    with Session(engine) as sessie:
        return dict(sessie.exec(vraag).all())


def load_clausules(engine: Engine, code: str) -> dict[int, set[tuple[str, str]]]:
    """Per document (its row's id): the clauses with their versions that the register names."""
    vraag = select(ClausuleRow).join(DocumentRow).where(DocumentRow.dossier == code)
    uit: dict[int, set[tuple[str, str]]] = {}
    with Session(engine) as sessie:
        for rij in sessie.exec(vraag):
            uit.setdefault(rij.document_id, set()).add((rij.clausule, rij.versie))
    return uit


@dataclass(frozen=True)
class Clausuleregel:
    """A document that holds a clause."""

    clausule: str
    versie: str
    voorwaarde: str
    dossier: str
    document: str
    ontvanger: str
    ontvanger_naam: str
    uitgave: int
    status: str
    pad: str


def list_clausuleregels(
    engine: Engine,
    *,
    clausule: str = "",
    versie: str = "",
    dossier: str = "",
    pad: str = "",
    status: str = "",
) -> tuple[Clausuleregel, ...]:
    """Which documents hold which clause; every argument narrows the question."""
    vraag = select(ClausuleRow, DocumentRow).where(col(ClausuleRow.document_id) == col(DocumentRow.id))
    for kolom, waarde in (
        (ClausuleRow.clausule, clausule),
        (ClausuleRow.versie, versie),
        (DocumentRow.dossier, dossier),
        (DocumentRow.pad, pad),
        (DocumentRow.status, status),
    ):
        if waarde:
            vraag = vraag.where(col(kolom) == waarde)
    vraag = vraag.order_by(
        col(ClausuleRow.clausule), col(ClausuleRow.versie), col(DocumentRow.dossier), col(DocumentRow.id)
    )
    with Session(engine) as sessie:
        return tuple(
            Clausuleregel(
                c.clausule, c.versie, c.voorwaarde, d.dossier, d.document, d.ontvanger, d.ontvanger_naam,
                d.uitgave, d.status, d.pad,
            )
            for c, d in sessie.exec(vraag)
        )  # fmt: skip


def count_clausules(engine: Engine, *, status: str = "") -> tuple[tuple[str, str, int], ...]:
    """Every clause with its version and the number of documents that hold it."""
    vraag = select(ClausuleRow.clausule, ClausuleRow.versie, func.count())
    if status:
        vraag = vraag.where(
            col(ClausuleRow.document_id) == col(DocumentRow.id), col(DocumentRow.status) == status
        )
    vraag = vraag.group_by(ClausuleRow.clausule, ClausuleRow.versie)
    with Session(engine) as sessie:
        return tuple(sorted((c, v, n) for c, v, n in sessie.exec(vraag)))
