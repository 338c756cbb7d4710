"""The key pairs of openers.

Must stay true: a key pair is added and never changed, only its private half may be wrapped anew under another
passphrase; somebody may have several, and the newest is used from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from aanbesteding.storage.audit import Auditregel, add_audit
from aanbesteding.storage.ketting import hash_velden
from aanbesteding.storage.tables import SleutelRow
from aanbesteding.storage.verzegeling import Slot

_SLEUTEL = ("vingerafdruk", "persoon", "publiek", "prive", "gemaakt", "demo")


@dataclass(frozen=True)
class Sleutelregel:
    """Whose key pair it is, and since when. `demo`: its passphrase is known to everybody; `heel`: stored as it was."""

    persoon: str
    slot: Slot
    gemaakt: datetime
    demo: bool
    heel: bool = True


def save_sleutel(
    engine: Engine,
    persoon: str,
    slot: Slot,
    moment: datetime,
    *,
    demo: bool,
    regel: Auditregel | None = None,
) -> None:
    """Add a key pair, with a line of the audit log; one that is there already is left alone."""
    with Session(engine) as sessie:
        if sessie.get(SleutelRow, slot.vingerafdruk) is None:
            rij = SleutelRow(
                vingerafdruk=slot.vingerafdruk,
                persoon=persoon,
                publiek=slot.publiek,
                prive=slot.prive,
                gemaakt=moment.isoformat(),
                demo=demo,
            )
            rij.regel_hash = hash_velden(rij, _SLEUTEL)
            sessie.add(rij)
            if regel is not None:
                add_audit(sessie, regel)
            sessie.commit()


def replace_slot(engine: Engine, oud: Slot, nieuw: Slot, regel: Auditregel) -> bool:
    """Store the same key pair wrapped anew, with a line of the audit log; False when it is not as it was any more."""
    if oud.publiek != nieuw.publiek:
        raise ValueError("another key pair")
    with Session(engine) as sessie:
        add_audit(sessie, regel)  # first: it locks the log, so that two changes at once see each other
        rij = sessie.get(SleutelRow, oud.vingerafdruk)
        if rij is None or rij.prive != oud.prive:
            return False
        rij.prive = nieuw.prive
        rij.regel_hash = hash_velden(rij, _SLEUTEL)
        sessie.add(rij)
        sessie.commit()
        return True


def list_sleutels(engine: Engine) -> tuple[Sleutelregel, ...]:
    """Every key pair, per person the oldest first."""
    with Session(engine) as sessie:
        rijen = sessie.exec(select(SleutelRow).order_by(col(SleutelRow.persoon), col(SleutelRow.gemaakt)))
        return tuple(_build_regel(rij) for rij in rijen)


def load_sleutel(engine: Engine, vingerafdruk: str) -> Sleutelregel | None:
    """The key pair with this fingerprint, or None."""
    with Session(engine) as sessie:
        rij = sessie.get(SleutelRow, vingerafdruk)
        return None if rij is None else _build_regel(rij)


def _build_regel(rij: SleutelRow) -> Sleutelregel:
    gemaakt, slot = datetime.fromisoformat(rij.gemaakt), Slot(rij.publiek, rij.prive)
    return Sleutelregel(rij.persoon, slot, gemaakt, rij.demo, hash_velden(rij, _SLEUTEL) == rij.regel_hash)
