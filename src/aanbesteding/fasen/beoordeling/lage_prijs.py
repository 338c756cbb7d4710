"""Low prices: who was asked to explain, who answered, what was decided; and what each of these acts records.

Which price is low is reckoned in domain.gunningsrangorde by the stated threshold (norm lage_prijs_drempel).

Grondslag: Aw 2012 art. 2.116 (old text read): ask in writing, examine the answer, only then reject.
Must stay true: nothing is rejected here that was not asked about first; a decision about a price stays.
Trap: when a low bid is rejected the median moves, so that another price may become low.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import InschrijvingGetoetst
from aanbesteding.domain.gunningsrangorde import list_lage_prijzen
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.feiten import LagePrijsBeoordeeld, LagePrijsBevraagd, LagePrijsToegelicht
from aanbesteding.fasen.beoordeling.invoer import (
    LagePrijsBeoordelen,
    ToelichtingPrijsVastleggen,
    ToelichtingPrijsVragen,
)


@dataclass
class Prijsvragen:
    """The questions about prices of one perceel, each by number of the bid."""

    bevraagd: dict[str, LagePrijsBevraagd] = field(default_factory=dict[str, LagePrijsBevraagd])
    toegelicht: dict[str, LagePrijsToegelicht] = field(default_factory=dict[str, LagePrijsToegelicht])
    beoordeeld: dict[str, LagePrijsBeoordeeld] = field(default_factory=dict[str, LagePrijsBeoordeeld])

    @property
    def open_vragen(self) -> tuple[str, ...]:
        """Bids that were asked and about which nothing was decided."""
        return tuple(nummer for nummer in self.bevraagd if nummer not in self.beoordeeld)


def load_prijsvragen(dossier: Dossier, perceel: str) -> Prijsvragen:
    """Everything that was asked, answered and decided about prices of one perceel."""
    vragen = Prijsvragen()
    for feit in dossier.list_feiten(LagePrijsBevraagd):
        if feit.perceel == perceel:
            vragen.bevraagd |= dict.fromkeys(feit.inschrijvingen, feit)
    vragen.toegelicht = {
        f.inschrijving: f for f in dossier.list_feiten(LagePrijsToegelicht) if f.perceel == perceel
    }
    vragen.beoordeeld = {
        f.inschrijving: f for f in dossier.list_feiten(LagePrijsBeoordeeld) if f.perceel == perceel
    }
    return vragen


def list_onbevraagd(s: Situatie[Any], perceel: str) -> tuple[tuple[str, Decimal], ...]:
    """Low prices that nobody asked about."""
    bevraagd = load_prijsvragen(s.dossier, perceel).bevraagd
    laag = list_lage_prijzen(s.dossier, perceel, s.norm("lage_prijs_drempel").bedrag)
    return tuple((nummer, prijs) for nummer, prijs in laag if nummer not in bevraagd)


def decide_prijsvraag(s: Situatie[ToelichtingPrijsVragen]) -> Besluit:
    """Record who is asked what, and until when."""
    return Besluit((LagePrijsBevraagd(**dict(s.invoer)),))


def decide_toelichting(s: Situatie[ToelichtingPrijsVastleggen]) -> Besluit:
    """Record the answer, or that none came."""
    return Besluit((LagePrijsToegelicht(**dict(s.invoer)),))


def decide_lage_prijs(s: Situatie[LagePrijsBeoordelen]) -> Besluit:
    """Record the decision; a price that is not explained makes the bid invalid for this perceel."""
    invoer = s.invoer
    feit = LagePrijsBeoordeeld(**dict(invoer))
    if invoer.aanvaard:
        return Besluit((feit,))
    eerder = stand.load_getoetst(s.dossier).get((invoer.perceel, invoer.inschrijving))
    ongeldig = InschrijvingGetoetst(
        perceel=invoer.perceel,
        inschrijving=invoer.inschrijving,
        uitkomst="ongeldig",
        eisen=eerder.eisen if eerder else (),
        reden=f"De prijs is abnormaal laag en de toelichting overtuigt niet. {invoer.motivering}",
    )
    return Besluit((feit, ongeldig))
