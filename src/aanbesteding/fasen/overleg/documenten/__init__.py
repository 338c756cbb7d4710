"""The documents of the consultation: announcement, process agreement, invitation, report and annex."""

from aanbesteding.fasen.overleg.documenten.bijlage import BIJLAGE_BASISOVEREENKOMST
from aanbesteding.fasen.overleg.documenten.structuur import BEKENDMAKING_OVERLEG, PROCESOVEREENKOMST
from aanbesteding.fasen.overleg.documenten.tafel import UITNODIGING_OVERLEGTAFEL, VERSLAG_OVERLEGTAFEL

__all__ = [
    "BEKENDMAKING_OVERLEG",
    "BIJLAGE_BASISOVEREENKOMST",
    "PROCESOVEREENKOMST",
    "UITNODIGING_OVERLEGTAFEL",
    "VERSLAG_OVERLEGTAFEL",
]
