"""Links, codes and visits of letters, each by its hash.

Must stay true: a try of a code is counted in the same statement that asks whether it may be tried, so that many tries
at once are no way round the limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, update
from sqlmodel import Session, col, func, select

from aanbesteding.storage.post import Bericht, build_bericht
from aanbesteding.storage.tables_post import BerichtRow, BriefbezoekRow, BriefcodeRow, BrieflinkRow


@dataclass(frozen=True)
class Brieflink:
    """A link to a message, until when."""

    bericht: Bericht
    verloopt: datetime


@dataclass(frozen=True)
class Briefcode:
    """A code that was sent."""

    id: int
    code_hash: str
    verloopt: datetime


def load_link(engine: Engine, sleutel_hash: str) -> Brieflink | None:
    """The link with this hash; None when there is none."""
    with Session(engine) as sessie:
        rij = sessie.get(BrieflinkRow, sleutel_hash)
        bericht = None if rij is None else sessie.get(BerichtRow, rij.bericht_id)
        if rij is None or bericht is None:
            return None
        return Brieflink(build_bericht(bericht), datetime.fromisoformat(rij.verloopt))


def save_code(engine: Engine, bericht: int, code_hash: str, moment: datetime, verloopt: datetime) -> int:
    """Keep a new code; the ones before it count no more. Returns how many codes this message has had."""
    with Session(engine) as sessie:
        sessie.add(
            BriefcodeRow(
                bericht_id=bericht,
                code_hash=code_hash,
                gemaakt=moment.isoformat(),
                verloopt=verloopt.isoformat(),
            )
        )
        sessie.commit()
        vraag = select(func.count()).select_from(BriefcodeRow).where(BriefcodeRow.bericht_id == bericht)
        return sessie.exec(vraag).one()


def list_codemomenten(engine: Engine, bericht: int) -> tuple[datetime, ...]:
    """When codes were made for this message."""
    with Session(engine) as sessie:
        vraag = select(BriefcodeRow.gemaakt).where(BriefcodeRow.bericht_id == bericht)
        return tuple(datetime.fromisoformat(m) for m in sessie.exec(vraag).all())


def take_poging(engine: Engine, bericht: int, maximum: int) -> Briefcode | None:
    """Count a try of the last code of this message; None when there is none that may still be tried."""
    with Session(engine) as sessie:
        rij = sessie.exec(
            select(BriefcodeRow)
            .where(BriefcodeRow.bericht_id == bericht)
            .order_by(col(BriefcodeRow.id).desc())
            .limit(1)
        ).first()
        if rij is None or rij.id is None:
            return None
        treffer = sessie.connection().execute(
            update(BriefcodeRow)
            .where(
                col(BriefcodeRow.id) == rij.id,
                col(BriefcodeRow.pogingen) < maximum,
                col(BriefcodeRow.gebruikt).is_(False),
            )
            .values(pogingen=BriefcodeRow.pogingen + 1)
        )
        code = Briefcode(rij.id, rij.code_hash, datetime.fromisoformat(rij.verloopt))
        sessie.commit()
        return code if treffer.rowcount == 1 else None


def save_bezoek(
    engine: Engine, code: int, bericht: int, sleutel_hash: str, moment: datetime, verloopt: datetime
) -> bool:
    """Use up the code and let this browser in; False when the code was used meanwhile."""
    with Session(engine) as sessie:
        treffer = sessie.connection().execute(
            update(BriefcodeRow)
            .where(col(BriefcodeRow.id) == code, col(BriefcodeRow.gebruikt).is_(False))
            .values(gebruikt=True)
        )
        if treffer.rowcount != 1:
            sessie.rollback()
            return False
        sessie.add(
            BriefbezoekRow(
                sleutel_hash=sleutel_hash,
                bericht_id=bericht,
                begonnen=moment.isoformat(),
                verloopt=verloopt.isoformat(),
            )
        )
        sessie.commit()
        return True


def load_bezoek(engine: Engine, sleutel_hash: str) -> tuple[int, datetime] | None:
    """Which message a browser may read, and until when; None when none."""
    with Session(engine) as sessie:
        rij = sessie.get(BriefbezoekRow, sleutel_hash)
        return None if rij is None else (rij.bericht_id, datetime.fromisoformat(rij.verloopt))
