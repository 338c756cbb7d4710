"""The documents of the market consultation, one module per moment: uitvraag, voorlichting, verslag,
bestuur.

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
from aanbesteding.fasen.marktconsultatie.documenten.voorlichting import (
    BIJEENKOMSTVERSLAG,
    VEELGESTELDE_VRAGEN,
)

__all__ = [
    "BIJEENKOMSTVERSLAG",
    "COLLEGEVOORSTEL_STRATEGIE",
    "CONSULTATIEVERSLAG",
    "MARKTCONSULTATIEDOCUMENT",
    "RAADSINFORMATIEBRIEF",
    "UITNODIGING",
    "VEELGESTELDE_VRAGEN",
    "VRAGENLIJST",
]
