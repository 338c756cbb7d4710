"""Invented reasons of a committee and characteristics of winning bids, such as would hold before a judge.

A reason says per point of the announced frame what was read in the bid and what was missed; a higher score has more
of the former. Content of a demo, not of the product; all of it is invented.

Must stay true: no text names a bidder, another bidder's score or a price.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

STERK = {
    "concreet": (
        "per stap staat wie wat doet en binnen hoeveel werkdagen",
        "het plan werkt drie herkenbare situaties van melding tot afsluiting uit",
        "afspraken, rollen en momenten staan in één overzicht",
    ),
    "lokaal verankerd": (
        "er zijn werkafspraken met welzijn, huisartsen en scholen in elke gemeente",
        "vaste contactpersonen werken vanuit een plek in het gebied",
        "het plan bouwt voort op netwerken die er al zijn en noemt welke",
    ),
    "gericht op samenwerken": (
        "de inschrijver beschrijft hoe overdracht naar een andere aanbieder warm verloopt",
        "de rolverdeling met de toegang is uitgeschreven, ook als partijen het niet eens zijn",
        "partners krijgen elk kwartaal inzicht in wat wel en niet lukte",
    ),
    "toetsbaar": (
        "elk doel heeft een maat, een meetmoment en een eigenaar",
        "de uitkomsten worden elk halfjaar gemeten en met ons besproken",
        "er ligt een verbetercyclus met voorbeelden van wat eerder is bijgesteld",
    ),
    "uitvoerbaar": (
        "de personele bezetting per locatie en de achtervang zijn onderbouwd",
        "voor schaarste is er een uitgewerkt scenario met volgorde van inzet",
        "scholing en begeleiding van nieuwe medewerkers zijn in uren en maanden gepland",
    ),
    "gericht op de inwoner": (
        "inwoners bepalen aantoonbaar mee wat kwaliteit is en zien wat met hun oordeel gebeurt",
        "de inwoner houdt één vaste begeleider, ook bij ziekte of verlof",
        "klachten en complimenten leiden zichtbaar tot verandering",
    ),
    "tijdig": (
        "het eerste gesprek volgt binnen een vaste termijn, met een noodlijn voor spoed",
        "de wachttijd wordt per week gevolgd en er is een uitwijk als die oploopt",
        "de start is ook buiten kantooruren mogelijk",
    ),
    "gericht op normaliseren": (
        "de hulp begint bij wat het gezin en de buurt zelf kunnen",
        "het plan beschrijft wanneer en hoe hulp wordt afgebouwd",
        "er wordt steeds eerst gekeken naar een lichtere vorm van hulp",
    ),
    "doelmatig": (
        "inzet en duur volgen uit een doel en worden na elke periode opnieuw afgewogen",
        "groepsaanbod vervangt individuele uren waar dat kan, met een onderbouwing",
        "reistijd en overleg zijn zichtbaar beperkt door vaste routes en teams",
    ),
}
ZWAK = {
    "concreet": (
        "wie bij elke stap aan zet is",
        "een uitgewerkt voorbeeld van een gezin met meer vragen tegelijk",
        "termijnen voor de tussenstappen",
    ),
    "lokaal verankerd": (
        "welke partners in de kleinere kernen meedoen",
        "hoe afspraken met het voorliggend veld zijn vastgelegd",
        "wie het aanspreekpunt in elke gemeente is",
    ),
    "gericht op samenwerken": (
        "wat er gebeurt als partijen het niet eens worden",
        "hoe informatie bij een overdracht wordt gedeeld",
        "hoe de samenwerking zelf wordt geëvalueerd",
    ),
    "toetsbaar": (
        "een maat en een meetmoment bij twee van de genoemde doelen",
        "hoe uitkomsten aan ons worden teruggekoppeld",
        "een voorbeeld van bijsturing op grond van metingen",
    ),
    "uitvoerbaar": (
        "een onderbouwing van de bezetting in de vakantieperioden",
        "wat er gebeurt als vacatures langer openstaan",
        "hoe nieuwe medewerkers worden ingewerkt",
    ),
    "gericht op de inwoner": (
        "hoe het oordeel van inwoners tot verandering leidt",
        "wie de vaste begeleider vervangt",
        "hoe inwoners die moeilijk te bereiken zijn, worden gehoord",
    ),
    "tijdig": (
        "een termijn voor de start van hulp bij spoed",
        "wat er gebeurt als de wachttijd oploopt",
        "hoe de wachttijd wordt gemeten",
    ),
    "gericht op normaliseren": (
        "wanneer hulp wordt afgebouwd",
        "hoe het netwerk van de inwoner wordt betrokken",
        "een afweging tussen lichtere en zwaardere hulp",
    ),
    "doelmatig": (
        "hoe de duur van de hulp wordt bewaakt",
        "een onderbouwing van de inzet per doel",
        "hoe dubbel werk met andere hulp wordt voorkomen",
    ),
}
KENMERK = {
    "concreet": "De gekozen inschrijvingen zijn concreet: zij leggen per stap vast wie wat doet en wanneer, en "
    "laten dat met uitgewerkte situaties zien. Dat is een voordeel, omdat de toegang daardoor vooraf weet waar zij "
    "op kan rekenen.",
    "lokaal verankerd": "De gekozen inschrijvingen zijn lokaal verankerd: zij werken met vaste mensen in elke "
    "gemeente en met afspraken die al bestaan. Dat is een voordeel, omdat de hulp zonder lange aanloop kan beginnen.",
    "gericht op samenwerken": "De gekozen inschrijvingen zijn gericht op samenwerken: overdracht, rolverdeling en "
    "verschil van inzicht zijn uitgeschreven. Dat is een voordeel, omdat een inwoner niet tussen partijen in valt.",
    "toetsbaar": "De gekozen inschrijvingen zijn toetsbaar: doelen hebben een maat, een meetmoment en een eigenaar. "
    "Dat is een voordeel, omdat tijdens de looptijd kan worden bijgestuurd op wat werkt.",
    "uitvoerbaar": "De gekozen inschrijvingen zijn uitvoerbaar: bezetting, achtervang en inwerken zijn onderbouwd. "
    "Dat is een voordeel, omdat de hulp doorgaat als personeel schaars is.",
    "gericht op de inwoner": "De gekozen inschrijvingen zijn gericht op de inwoner: zij tonen aan dat het oordeel "
    "van inwoners tot verandering leidt. Dat is een voordeel, omdat kwaliteit zo ook wordt beleefd.",
    "tijdig": "De gekozen inschrijvingen zijn tijdig: zij noemen een vaste starttermijn en een uitwijk als de "
    "wachttijd oploopt. Dat is een voordeel voor inwoners die niet kunnen wachten.",
    "gericht op normaliseren": "De gekozen inschrijvingen zijn gericht op normaliseren: zij beginnen bij het eigen "
    "netwerk en beschrijven wanneer hulp wordt afgebouwd. Dat is een voordeel, omdat hulp niet langer duurt dan nodig.",
    "doelmatig": "De gekozen inschrijvingen zijn doelmatig: inzet en duur volgen uit een doel en worden steeds "
    "opnieuw afgewogen. Dat is een voordeel, omdat meer inwoners kunnen worden geholpen.",
}


def write_redenen(kans: Random, kader: Sequence[str], betekenis: str, aandeel: float) -> tuple[str, str]:
    """A reason that goes through the frame, and why the score is not higher ("" at the top).

    `aandeel` is the share of the top score: the higher, the more points of the frame are met. What a higher score
    would have asked is always about a point that was not met, so that the two never contradict each other.
    """
    punten = [p for p in kader if p in STERK] or list(kader)
    kans.shuffle(punten)
    behaald = len(punten) if aandeel == 1 else min(len(punten) - 1, round(aandeel * len(punten)))
    gemist = punten[behaald:]
    tekorten = {
        p: kans.sample(ZWAK[p], 2) if p in ZWAK else ["een uitwerking", "een voorbeeld"] for p in gemist
    }
    zinnen = [f"Wij beoordelen dit onderdeel als {betekenis}."]
    zinnen += [
        f"Uw antwoord is {p}: {kans.choice(STERK.get(p, ('dat blijkt uit het plan',)))}."
        for p in punten[:behaald]
    ]
    zinnen += [f"Het is minder {p}; wij missen: {tekorten[p][0]}." for p in gemist]
    delen = [f"{tekorten[p][1]} (kader: {p})" for p in gemist]
    niet = (
        f"Voor de hoogste score had uw antwoord ook moeten laten zien: {'; en '.join(delen)}."
        if delen
        else ""
    )
    return " ".join(zinnen), niet


def write_kenmerken(kader: Sequence[str]) -> str:
    """What the winning bids have in common on this criterion, and why that is an advantage."""
    eerste, *rest = [KENMERK[p] for p in kader if p in KENMERK] or [""]
    return " ".join(
        [eerste, *(tekst.replace("De gekozen inschrijvingen zijn", "Zij zijn ook", 1) for tekst in rest)]
    )
