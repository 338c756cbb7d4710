"""Statements that a document tells but that nothing in the engine carries out or guards, and why not.

Must stay true: a statement here is decided or intended and stands in a document for councils or providers; what lies
outside the purchase, or is background, asks nothing and is not here.
"""

from __future__ import annotations

VERMELD = "**alleen vermeld**"
GEEN_REDEN = "geen handeling, regel of bindend stuk voert dit uit"
WAAROM: dict[str, dict[str, str]] = {
    "bommelerwaard": {
        "dashboard": "een dashboard is geen deel van de inkoop; de aanbiederslijst en het prestatieverslag zijn er wel",
        "toegang": "gaat over de toegang van de gemeenten, niet over de overeenkomsten",
        "toegang_versterken": "gaat over de toegang van de gemeenten, niet over de overeenkomsten",
        "onderwerpen_contractstandaarden": "de tekst van de standaarden is niet bekend; zie de vraag over verplichte "
        "standaarden",
    },
    "westfriesland": {
        "hoe_specialistischer_hoe_groter": "een lijn voor de schaal; de niveaus in de inkoopstrategie volgen haar, "
        "geen regel toetst dat",
    },
    "hart-van-brabant": {
        "verwijzen": "een feit over de toegang; het stuurt de overeenkomsten niet",
        "pilots": "de uitkomsten van de pilots zijn niet bekend",
        "poh_jeugd": "loopt per gemeente, buiten deze inkoop",
        "toeleiding_onderzoeken": "een onderzoek van de gemeenten, buiten deze inkoop",
        "werkbedrijven": "er is geen eis aan de soort onderneming, dus werkbedrijven mogen inschrijven",
        "uit_begeleiding_gehaald": "gevolgd met een eigen aanbesteding",
        "geen_dagbesteding": "gevolgd met een eigen aanbesteding",
        "overigen_bij_participatie": "gevolgd met een eigen aanbesteding",
        "ouderen_blijven_wmo": "de tekst spreekt zich tegen; het staat bij de vragen",
        "3.regels.verschillen_in_beeld": "een voornemen zonder uitkomst in de tekst",
        "3.regels.kinderopvang_plus_apart": "valt buiten deze inkoop",
        "3.regels.twee_vormen_opvang": "een omschrijving; kinderopvang(+) valt buiten deze inkoop",
        "3.regels.schoolmaatschappelijk_werk": "moet volgens de tekst nog worden uitgewerkt",
        "4.regels.samenwerkingsverband_per_gebied": "geldt volgens de tekst op termijn, niet voor deze inkoop",
    },
}
"""Per region and rule: why the engine does not carry it out."""


def show_waarom(regio: str, code: str) -> str:
    """The remark in the table."""
    return f"{VERMELD}: {WAAROM.get(regio, {}).get(code, GEEN_REDEN)}"
