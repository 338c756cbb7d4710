"""The letters of this stage: to the market, to councils, to present providers."""

from aanbesteding.fasen.berichtgeving.documenten.bestuur import INFORMATIEBRIEF_RADEN
from aanbesteding.fasen.berichtgeving.documenten.markt import BRIEF_KLEINE_AANBIEDER, BRIEF_NIEUWE_AANBIEDER
from aanbesteding.fasen.berichtgeving.documenten.voortzetting import BRIEF_VOORTZETTING

__all__ = [
    "BRIEF_KLEINE_AANBIEDER",
    "BRIEF_NIEUWE_AANBIEDER",
    "BRIEF_VOORTZETTING",
    "INFORMATIEBRIEF_RADEN",
]
