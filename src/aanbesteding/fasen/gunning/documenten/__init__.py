"""The documents of the award: letters to bidders, papers of the authority, agreements.

Wording stands in sjablonen/gunning/; what is the same in several documents is in modellen.py and
uitkomsten.py.

Grondslag: Aw 2012 art. 2.127-2.134 (FEITEN 2.4-2.6, 3.6-3.9, 3.12).
"""

from aanbesteding.fasen.gunning.documenten.aankondiging import AANKONDIGING_GEGUNDE_OPDRACHT
from aanbesteding.fasen.gunning.documenten.collegevoorstel import COLLEGEVOORSTEL_GUNNING
from aanbesteding.fasen.gunning.documenten.continuiteit import BRIEF_LOPENDE_TRAJECTEN
from aanbesteding.fasen.gunning.documenten.contracten import BRIEF_CLIENTENRAAD, OVEREENKOMST
from aanbesteding.fasen.gunning.documenten.mededeling import (
    AFWIJZINGSBRIEF,
    BRIEF_GEWIJZIGDE_GUNNINGSBESLISSING,
    BRIEF_ONGELDIGE_INSCHRIJVING,
    GUNNINGSBRIEF,
    UITSLUITINGSBRIEF,
)
from aanbesteding.fasen.gunning.documenten.proces_verbaal import PROCES_VERBAAL_GUNNING
from aanbesteding.fasen.gunning.documenten.vervolg import (
    BRIEF_DEFINITIEVE_GUNNING,
    BRIEF_NIET_GEGUND,
    INTREKKING_GUNNINGSBESLISSING,
    VERIFICATIEVERZOEK,
)

__all__ = [
    "AANKONDIGING_GEGUNDE_OPDRACHT",
    "AFWIJZINGSBRIEF",
    "BRIEF_CLIENTENRAAD",
    "BRIEF_DEFINITIEVE_GUNNING",
    "BRIEF_GEWIJZIGDE_GUNNINGSBESLISSING",
    "BRIEF_LOPENDE_TRAJECTEN",
    "BRIEF_NIET_GEGUND",
    "BRIEF_ONGELDIGE_INSCHRIJVING",
    "COLLEGEVOORSTEL_GUNNING",
    "GUNNINGSBRIEF",
    "INTREKKING_GUNNINGSBESLISSING",
    "OVEREENKOMST",
    "PROCES_VERBAAL_GUNNING",
    "UITSLUITINGSBRIEF",
    "VERIFICATIEVERZOEK",
]
