"""What the facts say of the sending of a decision's letters: started or not, and planned for which day.

A decision is named by the version of the dossier that promised its letters.
"""

from __future__ import annotations

from datetime import date, datetime

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


def list_beslissingen(dossier: Dossier) -> tuple[GunningsbeslissingMeegedeeld, ...]:
    """Every told decision, each with the day and terms that it has now."""
    per_besluit: dict[int, GunningsbeslissingMeegedeeld] = {}
    for vastlegging in dossier.vastleggingen:
        feit = vastlegging.feit
        if isinstance(feit, VerzenddatumVerzet):
            per_besluit[feit.besluit] = feit
        elif isinstance(feit, GunningsbeslissingMeegedeeld):
            per_besluit[vastlegging.versie] = feit
    return tuple(per_besluit.values())


def load_verzenddatum(dossier: Dossier, besluit: int) -> date | None:
    """The day that these letters name as the day of their sending; None when they name none."""
    datum: date | None = None
    for vastlegging in dossier.vastleggingen:
        feit = vastlegging.feit
        if isinstance(feit, VerzenddatumVerzet):
            datum = feit.verzenddatum if feit.besluit == besluit else datum
        elif isinstance(feit, GunningsbeslissingMeegedeeld) and vastlegging.versie == besluit:
            datum = feit.verzenddatum
    return datum


def list_meldingen(dossier: Dossier, besluit: int) -> dict[str, tuple[BezorgingGemeld, ...]]:
    """What people told of the letters of this decision, per recipient, in order."""
    meldingen: dict[str, tuple[BezorgingGemeld, ...]] = {}
    for feit in dossier.list_feiten(BezorgingGemeld):
        if feit.besluit == besluit:
            meldingen[feit.ontvanger] = (*meldingen.get(feit.ontvanger, ()), feit)
    return meldingen


def list_teruggekomen(dossier: Dossier, perceel: str) -> dict[str, datetime | None]:
    """Whose letter of the standing decision about this perceel came back, and when it went once more; None: never."""
    besluiten: set[int] = set()
    for vastlegging in dossier.vastleggingen:
        feit = vastlegging.feit
        if isinstance(feit, GunningsbeslissingMeegedeeld) and perceel in feit.percelen:
            besluiten = {vastlegging.versie}
            besluiten |= {feit.besluit} if isinstance(feit, VerzenddatumVerzet) else set()
    terug: dict[str, datetime | None] = {}
    for melding in dossier.list_feiten(BezorgingGemeld):
        if melding.besluit not in besluiten:
            continue
        if melding.melding == "teruggekomen":
            terug[melding.ontvanger] = None
        elif melding.ontvanger in terug:
            terug[melding.ontvanger] = melding.op
    return terug
