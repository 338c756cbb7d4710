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
}
"""Per region and rule: why the engine does not carry it out."""


def show_waarom(regio: str, code: str) -> str:
    """The remark in the table."""
    return f"{VERMELD}: {WAAROM.get(regio, {}).get(code, GEEN_REDEN)}"
