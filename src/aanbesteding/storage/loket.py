"""Visits to the counter and drafts of applications.

Must stay true: an attempt at a code is counted before it is looked at; a draft is only ever read by its own address.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, update
from sqlmodel import Session, col, select

from aanbesteding.storage.tables import StatusRow
from aanbesteding.storage.tables_loket import LoketbezoekRow, LoketconceptRow


@dataclass(frozen=True)
class Loketbezoek:
    """A browser at the counter of a round."""

    dossier: str
    ronde: str
    email: str
    code_hash: str
    pogingen: int
    begonnen: datetime
    bevestigd: bool


def save_bezoek(engine: Engine, sleutel_hash: str, bezoek: Loketbezoek) -> None:
    """Somebody asked for a code, or gave it back."""
    with Session(engine) as sessie:
        sessie.add(
            LoketbezoekRow(
                sleutel_hash=sleutel_hash,
                dossier=bezoek.dossier,
                ronde=bezoek.ronde,
                email=bezoek.email,
                code_hash=bezoek.code_hash,
                pogingen=bezoek.pogingen,
                begonnen=bezoek.begonnen.isoformat(),
                bevestigd=bezoek.bevestigd,
            )
        )
        sessie.commit()


def load_bezoek(engine: Engine, sleutel_hash: str) -> Loketbezoek | None:
    """The visit with this key, or None."""
    with Session(engine) as sessie:
        rij = sessie.get(LoketbezoekRow, sleutel_hash)
        if rij is None:
            return None
        return Loketbezoek(
            rij.dossier,
            rij.ronde,
            rij.email,
            rij.code_hash,
            rij.pogingen,
            datetime.fromisoformat(rij.begonnen),
            rij.bevestigd,
        )


def count_poging(engine: Engine, sleutel_hash: str) -> int:
    """Count one attempt at the code of this visit; returns how many there are now."""
    with Session(engine) as sessie:
        sessie.connection().execute(
            update(LoketbezoekRow)
            .where(col(LoketbezoekRow.sleutel_hash) == sleutel_hash)
            .values(pogingen=LoketbezoekRow.pogingen + 1)
        )
        sessie.commit()
        rij = sessie.get(LoketbezoekRow, sleutel_hash)
        return 0 if rij is None else rij.pogingen


def remove_bezoek(engine: Engine, sleutel_hash: str) -> bool:
    """End this visit; False when somebody else ended it."""
    with Session(engine) as sessie:
        gedaan = sessie.connection().execute(
            delete(LoketbezoekRow).where(col(LoketbezoekRow.sleutel_hash) == sleutel_hash)
        )
        sessie.commit()
        return gedaan.rowcount == 1


def save_concept(
    engine: Engine, dossier: str, ronde: str, email: str, inhoud: dict[str, Any], moment: datetime
) -> None:
    """Keep what was filled in, in the place of what was there."""
    with Session(engine) as sessie:
        sessie.merge(
            LoketconceptRow(
                dossier=dossier,
                ronde=ronde,
                email=email,
                inhoud=json.dumps(inhoud, ensure_ascii=False),
                moment=moment.isoformat(),
            )
        )
        sessie.commit()


def load_concept(engine: Engine, dossier: str, ronde: str, email: str) -> dict[str, Any]:
    """What was filled in; empty when there is nothing."""
    with Session(engine) as sessie:
        rij = sessie.get(LoketconceptRow, (dossier, ronde, email))
        return {} if rij is None else dict(json.loads(rij.inhoud))


def remove_concept(engine: Engine, dossier: str, ronde: str, email: str) -> None:
    """Forget what was filled in: it was sent."""
    with Session(engine) as sessie:
        sessie.connection().execute(
            delete(LoketconceptRow).where(
                col(LoketconceptRow.dossier) == dossier,
                col(LoketconceptRow.ronde) == ronde,
                col(LoketconceptRow.email) == email,
            )
        )
        sessie.commit()


def list_open_ronden(engine: Engine) -> tuple[tuple[str, str], ...]:
    """Dossier and number of every round that is open."""
    with Session(engine) as sessie:
        rijen = sessie.exec(
            select(StatusRow.dossier, StatusRow.onderwerp)
            .where(col(StatusRow.onderwerp).startswith("ronde:"), StatusRow.status == "open")
            .order_by(StatusRow.dossier, StatusRow.onderwerp)
        ).all()
        return tuple((dossier, onderwerp.partition(":")[2]) for dossier, onderwerp in rijen)
