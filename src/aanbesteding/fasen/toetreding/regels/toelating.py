"""Rules on admitting and refusing applications.

Must stay true: who assessed does not decide; a place under a maximum goes in order of receipt; nobody who
can be admitted is refused.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.aanvraag import index_aanvragen, list_aanvragen
from aanbesteding.fasen.toetreding.besluiten.ronde import count_einde, load_ronde
from aanbesteding.fasen.toetreding.besluiten.toelating import (
    ToetredingBesluiten,
    ToetredingGeweigerd,
    ToetredingVerleend,
    decide_percelen,
    index_beoordelingen,
    load_beoordeling,
)

EISEN = "openstellingsbesluit; eisen van de oorspronkelijke stukken"


@regel("voldoet-niet-aan-eis", grondslag=EISEN)
def voldoet_aan_eisen(s: Situatie[Any]) -> str | None:
    """Every application meets all requirements of at least one perceel."""
    besluiten = decide_percelen(s.dossier, s.onderwerpen)
    fout = [v for v, percelen in besluiten.items() if not any(p.voldoet for p in percelen)]
    if not fout:
        return None
    return f"Verzoek {', '.join(fout)} voldoet in geen enkel perceel aan alle eisen. Weiger dit verzoek."


@regel("aantal-bereikt", grondslag="openstellingsbesluit: maximum per product")
def plaats_vrij(s: Situatie[Any]) -> str | None:
    """A place is left for at least one product of every application that meets the requirements."""
    fout = [
        verzoek
        for verzoek, percelen in decide_percelen(s.dossier, s.onderwerpen).items()
        if any(p.voldoet for p in percelen) and not any(p.producten for p in percelen)
    ]
    if not fout:
        return None
    return (
        f"Voor verzoek {', '.join(fout)} is het maximum van elk gevraagd product bereikt. Weiger dit verzoek."
    )


@regel("volgorde-niet-gevolgd", grondslag="openstellingsbesluit: plaatsing op volgorde van ontvangst")
def volgorde_gevolgd(s: Situatie[Any]) -> str | None:
    """No earlier application for a product with a maximum is still undecided."""
    besluiten = (*s.dossier.list_feiten(ToetredingVerleend), *s.dossier.list_feiten(ToetredingGeweigerd))
    afgedaan = {b.verzoek for b in besluiten} | set(s.onderwerpen)
    alle = list_aanvragen(s.dossier)
    laatste: dict[tuple[str, str], datetime] = {}
    for feit in alle:
        if feit.verzoek in s.onderwerpen:
            laatste |= {(feit.ronde, p.product): feit.aanvraag.ontvangen for p in feit.aanvraag.producten}
    begrensd = {
        (ronde, product)
        for ronde in {ronde for ronde, _ in laatste}
        for product in load_ronde(s.dossier, ronde).aantal
    }
    eerder = {
        feit.verzoek
        for feit in alle
        for sleutel in ((feit.ronde, p.product) for p in feit.aanvraag.producten)
        if feit.verzoek not in afgedaan
        and sleutel in begrensd
        and sleutel in laatste
        and feit.aanvraag.ontvangen < laatste[sleutel]
    }
    if not eerder:
        return None
    return (
        f"Verzoek {', '.join(sorted(eerder))} kwam eerder binnen en is nog niet beslist. Beslis "
        "daar eerst over."
    )


@regel(
    "functies-niet-gescheiden",
    grondslag="mandaatregeling van de regio: functiescheiding; Awb afdeling 10.1.1",
)
def functies_gescheiden(s: Situatie[Any]) -> str | None:
    """Who assessed an application does not decide on it."""
    fout = [
        v
        for v in s.onderwerpen
        if (beoordeling := load_beoordeling(s.dossier, v)) is not None
        and beoordeling.beoordelaar == s.persoon
    ]
    if not fout:
        return None
    return f"U hebt verzoek {', '.join(fout)} zelf beoordeeld. Laat een andere gemandateerde beslissen."


@regel("bibob-niet-afgerond", grondslag="Wet Bibob")
def bibob_afgerond(s: Situatie[Any]) -> str | None:
    """No integrity screening is still running or has ended with objections."""
    redenen: list[str] = []
    beoordelingen = index_beoordelingen(s.dossier)
    for verzoek in s.onderwerpen:
        beoordeling = beoordelingen.get(verzoek)
        if beoordeling is not None and beoordeling.bibob == "loopt":
            redenen.append(f"Het Bibob-onderzoek bij verzoek {verzoek} loopt nog. Wacht de uitkomst af.")
        if beoordeling is not None and beoordeling.bibob == "bezwaar":
            redenen.append(
                f"Het Bibob-onderzoek bij verzoek {verzoek} leidde tot bezwaar. Weiger of weeg opnieuw."
            )
    return " ".join(redenen) or None


@regel("bibob-loopt-niet", grondslag="Wet Bibob")
def bibob_loopt(s: Situatie[Any]) -> str | None:
    """A screening that is to be ended is running."""
    for verzoek in s.onderwerpen:
        beoordeling = load_beoordeling(s.dossier, verzoek)
        if beoordeling is None or beoordeling.bibob != "loopt":
            return f"Bij verzoek {verzoek} loopt geen Bibob-onderzoek."
    return None


@regel("geen-lopende-overeenkomst", grondslag="lopende overeenkomst: duur")
def overeenkomst_loopt(s: Situatie[Any]) -> str | None:
    """Every perceel still has an agreement whose last day the entrant can get."""
    aanvragen = index_aanvragen(s.dossier)
    percelen = {(aanvragen[v].ronde, p) for v in s.onderwerpen for p in aanvragen[v].aanvraag.percelen}
    fout: set[str] = set()
    for ronde, perceel in percelen:
        start = max(load_ronde(s.dossier, ronde).startdatum, s.vandaag)
        if count_einde(s, perceel, start) is None:
            fout.add(perceel)
    return (
        f"In perceel {', '.join(sorted(fout))} loopt geen overeenkomst meer. Toetreden kan niet."
        if fout
        else None
    )


@regel("verzenddatum-verstreken", grondslag="beginsel van rechtszekerheid", met_invoer=True)
def verzenddatum_vooruit(s: Situatie[ToetredingBesluiten]) -> str | None:
    """The decision is not dated back."""
    if s.invoer.verzenddatum >= s.vandaag:
        return None
    return f"De verzenddatum {show_datum(s.invoer.verzenddatum)} is voorbij. Kies vandaag of later."


@regel("aanvraag-voldoet", grondslag=EISEN)
def weigering_terecht(s: Situatie[Any]) -> str | None:
    """Nobody who can be admitted to a product is refused, unless the integrity screening objects."""
    fout: list[str] = []
    beoordelingen = index_beoordelingen(s.dossier)
    for verzoek, percelen in decide_percelen(s.dossier, s.onderwerpen).items():
        beoordeling = beoordelingen.get(verzoek)
        bezwaar = beoordeling is not None and beoordeling.bibob == "bezwaar"
        if any(p.producten for p in percelen) and not bezwaar:
            fout.append(verzoek)
    return f"Verzoek {', '.join(fout)} voldoet en er is plaats. Verleen de toetreding." if fout else None
