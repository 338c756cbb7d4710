"""Drafts: what a person filled in and did not send yet, per dossier and act.

Must stay true: a draft is read by the person who wrote it and by nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from aanbesteding.storage.tables_toegang import ConceptRow


def save_concept(
    engine: Engine,
    dossier: str,
    persoon: str,
    handeling: str,
    sleutel: str,
    inhoud: Mapping[str, Any],
    moment: datetime,
) -> None:
    """Keep a draft; a later one of the same key takes its place."""
    with Session(engine) as sessie:
        sessie.merge(
            ConceptRow(
                dossier=dossier,
                persoon=persoon,
                handeling=handeling,
                sleutel=sleutel,
                inhoud=json.dumps(inhoud, ensure_ascii=False),
                moment=moment.isoformat(),
            )
        )
        sessie.commit()


def load_concepten(engine: Engine, dossier: str, persoon: str, handeling: str) -> dict[str, dict[str, Any]]:
    """Every draft of this person for this act, by key."""
    with Session(engine) as sessie:
        rijen = sessie.exec(
            select(ConceptRow)
            .where(
                ConceptRow.dossier == dossier,
                ConceptRow.persoon == persoon,
                ConceptRow.handeling == handeling,
            )
            .order_by(col(ConceptRow.sleutel))
        ).all()
        return {rij.sleutel: json.loads(rij.inhoud) for rij in rijen}


def remove_concepten(engine: Engine, dossier: str, persoon: str, handeling: str, voorvoegsel: str) -> None:
    """Throw away the drafts whose key begins so: they were sent."""
    with Session(engine) as sessie:
        sessie.connection().execute(
            delete(ConceptRow).where(
                col(ConceptRow.dossier) == dossier,
                col(ConceptRow.persoon) == persoon,
                col(ConceptRow.handeling) == handeling,
                col(ConceptRow.sleutel).startswith(voorvoegsel, autoescape=True),
            )
        )
        sessie.commit()
