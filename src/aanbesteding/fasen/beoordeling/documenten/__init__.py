"""The documents of the assessment stage: requests to repair and to explain a price, declaration, form, record, reports.

Must stay true: wording stands in sjablonen/beoordeling/; here is only what a template may use.
"""

from aanbesteding.fasen.beoordeling.documenten.consensus import CONSENSUSVERSLAG
from aanbesteding.fasen.beoordeling.documenten.formulieren import BELANGENVERKLARING, BEOORDELINGSFORMULIER
from aanbesteding.fasen.beoordeling.documenten.herstel import HERSTELVERZOEK
from aanbesteding.fasen.beoordeling.documenten.lage_prijs import VERZOEK_TOELICHTING_LAGE_PRIJS
from aanbesteding.fasen.beoordeling.documenten.opening_prijzen import PROCES_VERBAAL_PRIJZEN
from aanbesteding.fasen.beoordeling.documenten.rapport import BEOORDELINGSRAPPORT

__all__ = [
    "BELANGENVERKLARING",
    "BEOORDELINGSFORMULIER",
    "BEOORDELINGSRAPPORT",
    "CONSENSUSVERSLAG",
    "HERSTELVERZOEK",
    "PROCES_VERBAAL_PRIJZEN",
    "VERZOEK_TOELICHTING_LAGE_PRIJS",
]
