"""The articles of the agreement that all stages share, by the id of their clause.

Must stay true: these are the clauses of sjablonen/_bouwstenen/overeenkomst_bepalingen.docx with their names, in that
order; a contract test compares them.
"""

from __future__ import annotations

ARTIKELEN = {
    "ovk_begrippen": "Begrippen",
    "ovk_onderwerp": "Onderwerp en samenhang van de stukken",
    "ovk_duur": "Duur en verlenging",
    "ovk_omvang": "Omvang en acceptatie",
    "ovk_uitvoering": "Woonplaats, plaats van de hulp, vervoer en wachttijden",
    "ovk_kwaliteit": "Kwaliteit",
    "ovk_uitgangspunten": "Uitgangspunten van het beleid",
    "ovk_lokaal": "Lokale afwijkingen",
    "ovk_werkafspraken": "Werkafspraken",
    "ovk_onderaannemers": "Onderaannemers en combinaties",
    "ovk_tarieven": "Tarieven, declaratie en betaling",
    "ovk_budgetplafond": "Budgetplafond",
    "ovk_overleg": "Informatie, overleg en contractbeheer",
    "ovk_prestaties": "Prestatie-indicatoren",
    "ovk_innovatie": "Innovatie",
    "ovk_toetreding": "Toetreding van andere aanbieders",
    "ovk_integriteit": "Integriteit",
    "ovk_wnt": "Wet normering topinkomens",
    "ovk_winst": "Redelijk resultaat",
    "ovk_wijziging": "Wijziging en addendum",
    "ovk_einde": "Einde van de overeenkomst",
    "ovk_continuiteit": "Continuïteit en overdracht van cliënten",
    "ovk_overgang": "Overgang van het perceel naar een ander samenwerkingsverband",
    "ovk_persoonsgegevens": "Persoonsgegevens en geheimhouding",
    "ovk_aansprakelijkheid": "Aansprakelijkheid en verzekering",
    "ovk_geschillen": "Geschillen en slot",
}
"""Name of every shared article of the agreement."""
