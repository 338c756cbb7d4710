"""What the facts say of the sending of a decision's letters: started or not, replaced, planned for which day.

A decision is named by the version of the dossier that promised its letters.
"""

from __future__ import annotations

from datetime import date

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import (
    BezorgingGemeld,
    GunningsbeslissingMeegedeeld,
    VerzenddatumVerzet,
    VerzendingGestart,
)


def is_gestart(dossier: Dossier, besluit: int) -> bool:
    """Did a person give the word to send these letters?"""
    return any(f.besluit == besluit for f in dossier.list_feiten(VerzendingGestart))


def find_vervanger(dossier: Dossier, besluit: int) -> int | None:
    """The decision whose letters came in the place of these; None when these still count."""
    for vastlegging in dossier.vastleggingen:
        feit = vastlegging.feit
        if isinstance(feit, VerzenddatumVerzet) and feit.vervangt == besluit:
            return vastlegging.versie
    return None


def load_verzenddatum(dossier: Dossier, besluit: int) -> date | None:
    """The day that these letters name as the day of their sending; None when they name none."""
    for vastlegging in dossier.vastleggingen:
        if vastlegging.versie == besluit and isinstance(vastlegging.feit, GunningsbeslissingMeegedeeld):
            return vastlegging.feit.verzenddatum
    return None


def list_meldingen(dossier: Dossier, besluit: int) -> dict[str, tuple[BezorgingGemeld, ...]]:
    """What people told of the letters of this decision, per recipient, in order."""
    meldingen: dict[str, tuple[BezorgingGemeld, ...]] = {}
    for feit in dossier.list_feiten(BezorgingGemeld):
        if feit.besluit == besluit:
            meldingen[feit.ontvanger] = (*meldingen.get(feit.ontvanger, ()), feit)
    return meldingen
