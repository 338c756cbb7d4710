"""The documents of the market consultation, one module per moment: uitvraag, verslag, bestuur.

Declarations only; what documents share stands in onderdelen.py, complete invented examples in
voorbeelden.py.
"""

from aanbesteding.fasen.marktconsultatie.documenten.bestuur import (
    COLLEGEVOORSTEL_STRATEGIE,
    RAADSINFORMATIEBRIEF,
)
from aanbesteding.fasen.marktconsultatie.documenten.uitvraag import (
    MARKTCONSULTATIEDOCUMENT,
    UITNODIGING,
    VRAGENLIJST,
)
from aanbesteding.fasen.marktconsultatie.documenten.verslag import CONSULTATIEVERSLAG

__all__ = [
    "COLLEGEVOORSTEL_STRATEGIE",
    "CONSULTATIEVERSLAG",
    "MARKTCONSULTATIEDOCUMENT",
    "RAADSINFORMATIEBRIEF",
    "UITNODIGING",
    "VRAGENLIJST",
]
