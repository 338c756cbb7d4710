"""Invented sentences for the people in a story: answers, questions, reasons. Content of a demo, not of the product."""

from __future__ import annotations

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel

ANTWOORDEN = (
    "De korte lijnen met de gemeenten werken goed; houd die vast.",
    "Wij vragen om dezelfde regels in elke gemeente.",
    "Laat dubbele verantwoording weg.",
    "Personeel vinden kost veel tijd; geef ruimte in de opleidingseisen.",
    "De wachttijden zijn te lang en niemand heeft er overzicht over.",
    "Geef kleine aanbieders een eerlijke kans.",
    "Maak vooraf duidelijk welke producten worden ingekocht.",
    "Werk met minder formulieren en met vaste contactpersonen.",
    "Meer samen optrekken met welzijn en school.",
    "Een duidelijke lijst van wie wat levert, zou veel schelen.",
)


class VraagAntwoord(Gegevensmodel):
    """A question about the documents with its answer, and the new text when the answer changes a document."""

    document: str = Field(min_length=1)
    artikel: str
    vraag: str
    antwoord: str
    nieuwe_tekst: str = ""


def _vraag(document: str, artikel: str, vraag: str, antwoord: str, nieuwe_tekst: str = "") -> VraagAntwoord:
    return VraagAntwoord(
        document=document, artikel=artikel, vraag=vraag, antwoord=antwoord, nieuwe_tekst=nieuwe_tekst
    )


VRAGEN = (
    _vraag(
        "Aanbestedingsleidraad", "hoofdstuk 5",
        "Mag een combinatie van kleine aanbieders samen aan de eis voor de klachtenregeling voldoen?",
        "Ja. Een gezamenlijke klachtenregeling is voldoende als alle leden eraan gebonden zijn.",
    ),
    _vraag(
        "Programma van eisen", "eis M1",
        "Geldt de eis over de meldcode ook voor onderaannemers?",
        "Ja. De hoofdaannemer zorgt ervoor dat onderaannemers aan dezelfde eis voldoen.",
    ),
    _vraag(
        "Tariefonderbouwing", "onderdeel c",
        "Is in de niet-productieve uren rekening gehouden met intervisie?",
        "Ja. Intervisie valt onder scholing en overleg en is in het genoemde bedrag begrepen.",
    ),
    _vraag(
        "Conceptovereenkomst", "artikel 9",
        "Hoe lang van tevoren kondigt u aan dat een overeenkomst eindigt omdat er geen zorg is geleverd?",
        "Wij spreken de aanbieder eerst aan en geven daarna ten minste een maand de tijd om te reageren.",
        "De gemeenten kondigen een einde wegens inactiviteit ten minste een maand vooraf schriftelijk aan.",
    ),
    _vraag(
        "Aanbestedingsleidraad", "hoofdstuk 8",
        "Telt een tussenscore mee als de beoordelaars het niet eens zijn?",
        "Nee. De commissie komt in overleg tot één score van de aangekondigde schaal.",
    ),
    _vraag(
        "Aanbestedingsleidraad", "hoofdstuk 8",
        "Wordt bij loting een notaris ingeschakeld?",
        "Er wordt geloot in aanwezigheid van twee getuigen; het verslag komt in het dossier.",
    ),
    _vraag(
        "Conceptovereenkomst", "artikel 4",
        "Is er een gegarandeerde afname?",
        "Nee. De inwoner kiest; de overeenkomst geeft geen recht op een aantal cliënten.",
    ),
    _vraag(
        "Programma van eisen", "eis G1",
        "Mag een inschrijver zich beroepen op de ervaring van een zustermaatschappij?",
        "Ja, als die schriftelijk verklaart dat haar middelen beschikbaar zijn.",
    ),
)  # fmt: skip

MOTIVERINGEN = {
    "hoog": (
        "Het plan is {kader} en laat met voorbeelden zien hoe het in de praktijk werkt.",
        "De aanpak is {kader}; taken, termijnen en resultaten staan er precies in.",
        "Wij lezen een {kader} aanpak waarin ook staat hoe wordt bijgestuurd.",
    ),
    "midden": (
        "Het plan is {kader}, maar niet elk onderdeel is met een voorbeeld uitgewerkt.",
        "De aanpak is voldoende {kader}; wie wat doet blijft op een enkel punt open.",
        "De hoofdlijn is {kader}; de meting van het resultaat is kort beschreven.",
    ),
    "laag": (
        "Het plan noemt wel dat het {kader} is, maar werkt dat niet uit.",
        "De aanpak is weinig {kader}; het blijft bij algemene uitspraken.",
        "Wij missen hoe de aanpak {kader} wordt gemaakt en wie daarop toeziet.",
    ),
}
