"""Messages and their delivery log: the only writer of both.

A message goes from `klaar` to `bezig` by whoever claims it first, and from there to what the mail server said; each
step is one transaction with its line of the log.

Must stay true: `bezig` is recorded before anything is sent and only by one process; the outcome is recorded only by
the process that claimed; the lines of a message are chained by hash, and the message holds a hash over itself and the
last of them.
Trap: that a document was sent is a fact (domain.stukken), not a state of a message.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from aanbesteding.storage.audit import Auditregel, Auditsoort, add_audit
from aanbesteding.storage.ketting import hash_delen, hash_velden
from aanbesteding.storage.tables import DocumentRow, DossierRow
from aanbesteding.storage.tables_post import BerichtregelRow, BerichtRow, BrieflinkRow

_BERICHT = (
    "dossier",
    "besluit",
    "ontvanger",
    "naam",
    "email",
    "stukken",
    "stand",
    "poging",
    "eigenaar",
    "sinds",
)
_BERICHTREGEL = ("vorige_hash", "moment", "gebeurtenis", "poging", "antwoord")


def hash_berichtregel(rij: BerichtregelRow, dossier: str, besluit: int, ontvanger: str) -> str:
    """Hash of a line of the delivery log, over the message it is about and the line before it."""
    return hash_delen([dossier, besluit, ontvanger, hash_velden(rij, _BERICHTREGEL)])


def hash_bericht(rij: BerichtRow, laatste_regel: str) -> str:
    """Hash of a message as it is now, over the last line of its log."""
    return hash_delen([hash_velden(rij, _BERICHT), laatste_regel])


def hash_ontvangers(besluit: int, ontvangers: Iterable[str]) -> str:
    """Hash of whom there is a message for about one decision, so that a missing one shows."""
    return hash_delen([besluit, *sorted(ontvangers)])


@dataclass(frozen=True)
class Stuk:
    """A letter that goes with a message: its key in the register, and the version, path and hash that were approved."""

    document: str
    titel: str
    id: str
    versie: int
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


def load_context(engine: Engine, dossier: str, pad: str) -> str:
    """The recorded context of the document with this key; empty when there is none."""
    with Session(engine) as sessie:
        vraag = select(DocumentRow.context).where(DocumentRow.dossier == dossier, DocumentRow.pad == pad)
        return sessie.exec(vraag).first() or ""


def save_berichten(
    engine: Engine, dossier: str, besluit: int, nieuw: Sequence[Bericht], moment: datetime
) -> None:
    """Put messages ready that are not there yet; one that is there stays as it is."""
    try:
        _insert_berichten(engine, dossier, besluit, nieuw, moment)
    except IntegrityError:  # another process did so at this very moment
        _insert_berichten(engine, dossier, besluit, nieuw, moment)


def _insert_berichten(
    engine: Engine, dossier: str, besluit: int, nieuw: Sequence[Bericht], moment: datetime
) -> None:
    with Session(engine) as sessie:
        vraag = select(BerichtRow.ontvanger).where(
            BerichtRow.dossier == dossier, BerichtRow.besluit == besluit
        )
        aanwezig = set(sessie.exec(vraag).all())
        erbij = sorted({b.ontvanger for b in nieuw} - aanwezig)
        for bericht in nieuw:
            if bericht.ontvanger in aanwezig:
                continue
            rij = BerichtRow(
                dossier=dossier,
                besluit=besluit,
                ontvanger=bericht.ontvanger,
                naam=bericht.naam,
                email=bericht.email,
                stukken=json.dumps([list(astuple(s)) for s in bericht.stukken]),
                stand=bericht.stand,
            )
            sessie.add(rij)
            sessie.flush()
            _add_regel(sessie, rij, moment, bericht.stand, 0)
        if erbij:
            kop = sessie.get(DossierRow, dossier)
            regel = Auditregel(
                moment,
                Auditsoort.BERICHTEN_KLAARGEZET,
                "",
                "",
                regio=kop.regio if kop else "",
                dossier=dossier,
                doel=f"besluit {besluit}",
                reden=f"{len(aanwezig) + len(erbij)} berichten",
                bewijs=hash_ontvangers(besluit, {*aanwezig, *erbij}),
            )
            add_audit(sessie, regel)
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
        _add_regel(sessie, _load_rij(sessie, bericht.id), moment, "bezig", bericht.poging + 1)
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
        rij = _load_rij(sessie, bericht.id)
        _add_regel(sessie, rij, moment, gebeurtenis or stand, telling, antwoord)
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
        sessie.connection().execute(  # lock it: two events at once make one chain
            update(BerichtRow).where(col(BerichtRow.id) == bericht.id).values(poging=col(BerichtRow.poging))
        )
        rij = _load_rij(sessie, bericht.id)
        _add_regel(sessie, rij, moment, gebeurtenis, bericht.poging, antwoord)
        sessie.commit()


def _load_rij(sessie: Session, bericht: int) -> BerichtRow:
    return sessie.exec(select(BerichtRow).where(BerichtRow.id == bericht)).one()


def _add_regel(
    sessie: Session, rij: BerichtRow, moment: datetime, gebeurtenis: str, poging: int, antwoord: str = ""
) -> None:
    """Add a line at the end of the chain of a message that this transaction holds."""
    vraag = select(BerichtregelRow.hash).where(BerichtregelRow.bericht_id == rij.id)
    vorige = sessie.exec(vraag.order_by(col(BerichtregelRow.id).desc()).limit(1)).first()
    regel = BerichtregelRow(
        bericht_id=rij.id or 0,
        moment=moment.isoformat(),
        gebeurtenis=gebeurtenis,
        poging=poging,
        antwoord=antwoord[:2000],
        vorige_hash=vorige or "",
    )
    regel.hash = hash_berichtregel(regel, rij.dossier, rij.besluit, rij.ontvanger)
    rij.regel_hash = hash_bericht(rij, regel.hash)
    sessie.add(regel)
