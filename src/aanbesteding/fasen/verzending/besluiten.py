"""What the acts of sending record. Pure; whether it may is in regels.py and engine.voorwaarden."""

from __future__ import annotations

from aanbesteding.domain.feiten import BezorgingGemeld, VerzendingGestart
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit
from aanbesteding.fasen.verzending.invoer import BezorgingMelden, VerzendingStarten


def decide_start(s: Situatie[VerzendingStarten]) -> Besluit:
    """Record the word to send."""
    return Besluit((VerzendingGestart(besluit=s.invoer.besluit),))


def decide_melding(s: Situatie[BezorgingMelden]) -> Besluit:
    """Record what became known of the letter."""
    return Besluit((BezorgingGemeld(**dict(s.invoer)),))
