"""Messages and their delivery log: the only writer of both.

A message goes from `klaar` to `bezig` by whoever claims it first, and from there to what the mail server said; each
step is one transaction with its line of the log.

Must stay true: `bezig` is recorded before anything is sent and only by one process; the outcome is recorded only by
the process that claimed; a document becomes `verzonden` in the same transaction as its message.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from aanbesteding.storage.tables import DocumentRow, ToezeggingRow
from aanbesteding.storage.tables_post import BerichtregelRow, BerichtRow, BrieflinkRow

VERZONDEN = "verzonden"
_BRIEF = ("document", "titel", "ontvanger", "ontvanger_naam", "ontvanger_email", "pad", "sha256", "status")


@dataclass(frozen=True)
class Stuk:
    """A letter that goes with a message: which document, its path and the hash of the file that was approved."""

    document: str
    titel: str
    pad: str
    sha256: str


@dataclass(frozen=True)
class Bericht:
    """A message as the machine knows it."""

    id: int
    dossier: str
    besluit: int
    ontvanger: str
    naam: str
    email: str
    stukken: tuple[Stuk, ...]
    stand: str
    poging: int
    eigenaar: str
    sinds: datetime | None


@dataclass(frozen=True)
class Berichtregel:
    """One line of the delivery log."""

    bericht: int
    moment: datetime
    gebeurtenis: str
    poging: int
    antwoord: str


@dataclass(frozen=True)
class Briefregel:
    """A registered document of a decision, with its recipient."""

    document: str
    titel: str
    ontvanger: str
    naam: str
    email: str
    pad: str
    sha256: str
    status: str


def list_brieven(engine: Engine, dossier: str, besluit: int) -> tuple[Briefregel, ...]:
    """Every document that this version of the dossier promised and that was made, in order of making."""
    kolommen = [getattr(DocumentRow, naam) for naam in _BRIEF]
    with Session(engine) as sessie:
        rijen = sessie.connection().execute(
            sa_select(*kolommen)
            .where(col(DocumentRow.dossier) == dossier, col(DocumentRow.versie) == besluit)
            .order_by(col(DocumentRow.id))
        )
        return tuple(Briefregel(*rij) for rij in rijen)


def list_toegezegd(engine: Engine, dossier: str) -> dict[int, dict[str, bool]]:
    """Per version which documents were promised, and whether each promise was kept."""
    per_versie: dict[int, dict[str, bool]] = {}
    with Session(engine) as sessie:
        rijen = sessie.connection().execute(
            select(ToezeggingRow.versie, ToezeggingRow.document, ToezeggingRow.afgehandeld)
            .where(ToezeggingRow.dossier == dossier)
            .order_by(col(ToezeggingRow.id))
        )
        for versie, document, afgehandeld in rijen:
            per_versie.setdefault(versie, {})[document] = afgehandeld
    return per_versie


def load_onderwerpen(engine: Engine, dossier: str, besluit: int) -> tuple[str, ...]:
    """What the letters of this decision are about (numbers of percelen and so on)."""
    with Session(engine) as sessie:
        rij = sessie.exec(
            select(ToezeggingRow.onderwerpen).where(
                ToezeggingRow.dossier == dossier, ToezeggingRow.versie == besluit
            )
        ).first()
        return tuple(json.loads(rij)) if rij else ()


def load_context(engine: Engine, dossier: str, pad: str) -> str:
    """The recorded context of the document at this path; empty when there is none."""
    with Session(engine) as sessie:
        vraag = select(DocumentRow.context).where(DocumentRow.dossier == dossier, DocumentRow.pad == pad)
        return sessie.exec(vraag).first() or ""


def save_berichten(
    engine: Engine, dossier: str, besluit: int, nieuw: Sequence[Bericht], moment: datetime
) -> None:
    """Put messages ready that are not there yet; one that is there stays as it is."""
    with Session(engine) as sessie:
        vraag = select(BerichtRow.ontvanger).where(
            BerichtRow.dossier == dossier, BerichtRow.besluit == besluit
        )
        aanwezig = set(sessie.exec(vraag).all())
        for bericht in nieuw:
            if bericht.ontvanger in aanwezig:
                continue
            rij = BerichtRow(
                dossier=dossier,
                besluit=besluit,
                ontvanger=bericht.ontvanger,
                naam=bericht.naam,
                email=bericht.email,
                stukken=json.dumps([[s.document, s.titel, s.pad, s.sha256] for s in bericht.stukken]),
                stand=bericht.stand,
            )
            sessie.add(rij)
            sessie.flush()
            sessie.add(_make_regel(rij.id or 0, moment, bericht.stand, 0))
        sessie.commit()


def list_berichten(engine: Engine, dossier: str, besluit: int | None = None) -> tuple[Bericht, ...]:
    """Messages of a dossier (and decision), in order of making."""
    vraag = select(BerichtRow).where(BerichtRow.dossier == dossier)
    if besluit is not None:
        vraag = vraag.where(BerichtRow.besluit == besluit)
    with Session(engine) as sessie:
        return tuple(build_bericht(rij) for rij in sessie.exec(vraag.order_by(col(BerichtRow.id))).all())


def build_bericht(rij: BerichtRow) -> Bericht:
    """A row as a value."""
    return Bericht(
        rij.id or 0,
        rij.dossier,
        rij.besluit,
        rij.ontvanger,
        rij.naam,
        rij.email,
        tuple(Stuk(*delen) for delen in json.loads(rij.stukken)),
        rij.stand,
        rij.poging,
        rij.eigenaar,
        datetime.fromisoformat(rij.sinds) if rij.sinds else None,
    )


def list_regels(engine: Engine, berichten: Collection[int]) -> dict[int, tuple[Berichtregel, ...]]:
    """The delivery log of these messages, each in order."""
    per_bericht: dict[int, tuple[Berichtregel, ...]] = {}
    with Session(engine) as sessie:
        for deel in _split(sorted(berichten)):
            vraag = select(BerichtregelRow).where(col(BerichtregelRow.bericht_id).in_(deel))
            for rij in sessie.exec(vraag.order_by(col(BerichtregelRow.id))).all():
                regel = Berichtregel(
                    rij.bericht_id,
                    datetime.fromisoformat(rij.moment),
                    rij.gebeurtenis,
                    rij.poging,
                    rij.antwoord,
                )
                per_bericht[rij.bericht_id] = (*per_bericht.get(rij.bericht_id, ()), regel)
    return per_bericht


def _split(nummers: Sequence[int]) -> Sequence[Sequence[int]]:
    """Pieces that fit in one question to the database."""
    return [nummers[n : n + 500] for n in range(0, len(nummers), 500)]


def claim_bericht(
    engine: Engine, bericht: Bericht, eigenaar: str, moment: datetime, sleutel_hash: str, verloopt: datetime
) -> bool:
    """Begin an attempt, with the link that this mail will hold; False when another process was first."""
    with Session(engine) as sessie:
        treffer = sessie.connection().execute(
            update(BerichtRow)
            .where(
                col(BerichtRow.id) == bericht.id,
                col(BerichtRow.stand) == bericht.stand,
                col(BerichtRow.poging) == bericht.poging,
            )
            .values(stand="bezig", poging=bericht.poging + 1, eigenaar=eigenaar, sinds=moment.isoformat())
        )
        if treffer.rowcount != 1:
            sessie.rollback()
            return False
        sessie.add(
            BrieflinkRow(
                sleutel_hash=sleutel_hash,
                bericht_id=bericht.id,
                gemaakt=moment.isoformat(),
                verloopt=verloopt.isoformat(),
            )
        )
        sessie.add(_make_regel(bericht.id, moment, "bezig", bericht.poging + 1))
        sessie.commit()
        return True


def record_uitkomst(
    engine: Engine,
    bericht: Bericht,
    eigenaar: str,
    stand: str,
    moment: datetime,
    antwoord: str,
    *,
    gebeurtenis: str = "",
    poging: int | None = None,
) -> bool:
    """Record how an attempt of this owner ended; False when it was no longer its attempt.

    `poging`: what the counter says afterwards, when it is not what the attempt made it.
    """
    telling = bericht.poging + 1
    with Session(engine) as sessie:
        treffer = sessie.connection().execute(
            update(BerichtRow)
            .where(
                col(BerichtRow.id) == bericht.id,
                col(BerichtRow.stand) == "bezig",
                col(BerichtRow.poging) == telling,
                col(BerichtRow.eigenaar) == eigenaar,
            )
            .values(stand=stand, eigenaar="", sinds="", poging=telling if poging is None else poging)
        )
        if treffer.rowcount != 1:
            sessie.rollback()
            return False
        sessie.add(_make_regel(bericht.id, moment, gebeurtenis or stand, telling, antwoord))
        if stand == VERZONDEN:
            _mark_verzonden(sessie, bericht)
        sessie.commit()
        return True


def record_onbekend(engine: Engine, bericht: Bericht, moment: datetime, antwoord: str) -> bool:
    """The process that was at it is gone: nobody knows whether this mail left."""
    vorige = replace(bericht, poging=bericht.poging - 1)
    return record_uitkomst(engine, vorige, bericht.eigenaar, "onbekend", moment, antwoord)


def record_gebeurtenis(
    engine: Engine, bericht: Bericht, moment: datetime, gebeurtenis: str, antwoord: str = ""
) -> None:
    """Add a line to the delivery log of a message."""
    with Session(engine) as sessie:
        sessie.add(_make_regel(bericht.id, moment, gebeurtenis, bericht.poging, antwoord))
        sessie.commit()


def save_verzonden(engine: Engine, bericht: Bericht) -> None:
    """The letters of this message reached their recipient in another way than by this mail."""
    with Session(engine) as sessie:
        _mark_verzonden(sessie, bericht)
        sessie.commit()


def _mark_verzonden(sessie: Session, bericht: Bericht) -> None:
    sessie.connection().execute(
        update(DocumentRow)
        .where(
            col(DocumentRow.dossier) == bericht.dossier,
            col(DocumentRow.pad).in_([s.pad for s in bericht.stukken]),
        )
        .values(status=VERZONDEN)
    )


def _make_regel(
    bericht: int, moment: datetime, gebeurtenis: str, poging: int, antwoord: str = ""
) -> BerichtregelRow:
    return BerichtregelRow(
        bericht_id=bericht,
        moment=moment.isoformat(),
        gebeurtenis=gebeurtenis,
        poging=poging,
        antwoord=antwoord[:2000],
    )
