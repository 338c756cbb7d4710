"""What the acts of a hold record. Pure; whether it may is in regels.py, what is printed in documenten.py."""

from __future__ import annotations

from aanbesteding.domain.feiten import AanhoudingBegonnen, AanhoudingGeeindigd
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit
from aanbesteding.fasen.aanhouding.feiten import list_aanhoudingen
from aanbesteding.fasen.aanhouding.invoer import AanhoudingBeeindigen, AanhoudingBeginnen


def decide_begin(s: Situatie[AanhoudingBeginnen]) -> Besluit:
    """Record the hold under the next number."""
    nummer = f"H-{len(list_aanhoudingen(s.dossier)) + 1}"
    return Besluit((AanhoudingBegonnen(aanhouding=nummer, **dict(s.invoer)),))


def decide_einde(s: Situatie[AanhoudingBeeindigen]) -> Besluit:
    """Record the outcome."""
    return Besluit((AanhoudingGeeindigd(datum=s.vandaag, **dict(s.invoer)),))
