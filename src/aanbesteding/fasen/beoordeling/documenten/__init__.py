"""The documents of the assessment stage: request for repair, declaration, form, consensus and report.

Must stay true: wording stands in sjablonen/beoordeling/; here is only what a template may use.
"""

from aanbesteding.fasen.beoordeling.documenten.consensus import CONSENSUSVERSLAG
from aanbesteding.fasen.beoordeling.documenten.formulieren import BELANGENVERKLARING, BEOORDELINGSFORMULIER
from aanbesteding.fasen.beoordeling.documenten.herstel import HERSTELVERZOEK
from aanbesteding.fasen.beoordeling.documenten.rapport import BEOORDELINGSRAPPORT

__all__ = [
    "BELANGENVERKLARING",
    "BEOORDELINGSFORMULIER",
    "BEOORDELINGSRAPPORT",
    "CONSENSUSVERSLAG",
    "HERSTELVERZOEK",
]
