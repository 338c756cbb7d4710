"""Rules for telling the decision: ranking, colleges, complete reasons, nobody else named.

Grondslag: Aw 2012 art. 2.127-2.130, 2.138; Gemeentewet art. 160 lid 1 (FEITEN 3.6, 3.8).
Trap: reasons cannot be added later, so an incomplete letter is refused before it is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.feiten import Kenmerk
from aanbesteding.fasen.gunning.invoer import GunningsbeslissingMeedelen, GunningsbeslissingWijzigen
from aanbesteding.fasen.gunning.regels.lezen import (
    build_verliezers,
    load_namen,
    load_standen,
    show_lijst,
    show_percelen,
)
from aanbesteding.fasen.gunning.stand import Perceelstand


@regel("rangorde-ontbreekt", grondslag="Aw 2012 art. 2.130")
def rangorde_vastgesteld(s: Situatie[Any]) -> str | None:
    """Every perceel has a recorded ranking."""
    zonder = [nummer for nummer, stand in load_standen(s).items() if stand.rangorde is None]
    if not zonder:
        return None
    return f"Er is nog geen rangorde voor {show_percelen(zonder)}. Stel die eerst vast."


@regel("collegebesluit-ontbreekt", grondslag="Gemeentewet art. 160 lid 1; Awb afdeling 10.1.1")
def collegebesluiten_genomen(s: Situatie[Any]) -> str | None:
    """Every municipality decided on every perceel after the last advice."""
    ontbreekt = _list_zonder_college(s)
    if not ontbreekt:
        return None
    return f"Het besluit van het bevoegde orgaan ontbreekt: {show_lijst(ontbreekt)}. Leg elk besluit vast."


def _list_zonder_college(s: Situatie[Any]) -> list[str]:
    return [
        f"gemeente {gemeente.naam} voor perceel {nummer}"
        for nummer, stand in load_standen(s).items()
        for gemeente in s.regio.gemeenten
        if gemeente.code not in stand.collegebesluiten
    ]


@regel(
    "functies-niet-gescheiden",
    grondslag="mandaatregeling van de regio: functiescheiding; Awb afdeling 10.1.1",
    zekerheid="onbevestigd",
)
def functies_gescheiden(s: Situatie[Any]) -> str | None:
    """Whoever tells the decision did not assess the bids."""
    zelf = [nummer for nummer, stand in load_standen(s).items() if s.persoon in stand.beoordeeld_door]
    if not zelf:
        return None
    return f"{s.persoon} heeft zelf beoordeeld in {show_percelen(zelf)}. Laat een andere bevoegde persoon dit doen."


@regel(
    "vrijgave-niet-door-tweede-persoon",
    grondslag="Aw 2012 art. 2.138",
    zekerheid="onbevestigd",
)
def vrijgave_door_tweede_persoon(s: Situatie[Any]) -> str | None:
    """Whoever released the characteristics of the winners neither assessed nor tells."""
    fout = [
        nummer
        for nummer, stand in load_standen(s).items()
        if stand.vrijgegeven_door and stand.vrijgegeven_door in {s.persoon, *stand.beoordeeld_door}
    ]
    if not fout:
        return None
    return (
        f"De kenmerken van de winnende inschrijvingen zijn voor {show_percelen(fout)} vrijgegeven door "
        "iemand die ook "
        "beoordeelt of meedeelt. Laat een andere jurist ze vrijgeven."
    )


@regel("kenmerken-ontbreken", grondslag="Aw 2012 art. 2.130 lid 2")
def kenmerken_vrijgegeven(s: Situatie[Any]) -> str | None:
    """For every quality criterion of a perceel with winners something is released about the winning bids."""
    ontbreekt: list[str] = []
    for nummer, stand in load_standen(s).items():
        gedekt = {k.criterium for k in stand.kenmerken if _blijft_winnaar(stand, k)}
        if stand.winnaars and stand.uitgewerkt:
            ontbreekt += [
                f"perceel {nummer}, criterium {c.code}"
                for c in stand.uitgewerkt.criteria
                if c.soort == "kwaliteit" and c.code not in gedekt
            ]
    if not ontbreekt:
        return None
    return (
        "Kenmerken en voordelen van de winnende inschrijvingen zijn niet vrijgegeven: "
        f"{show_lijst(ontbreekt)}. Laat een jurist ze vrijgeven (kenmerken_vrijgeven)."
    )


def _blijft_winnaar(stand: Perceelstand, kenmerk: Kenmerk) -> bool:
    if not kenmerk.inschrijving:
        return True
    plaats = stand.plaatsen.get(kenmerk.inschrijving)
    return plaats is not None and plaats.gegund and kenmerk.inschrijving not in stand.mislukte_verificaties


@regel("motivering-onvolledig", grondslag="Aw 2012 art. 2.127 en 2.130")
def motivering_volledig(s: Situatie[Any]) -> str | None:
    """Every letter can show place, own score and reason per criterion, why not the maximum, or the ground."""
    tekorten = [t for stand in load_standen(s).values() for t in _list_tekorten(stand)]
    if not s.regio.rechtsgang.rechtbank:
        tekorten.insert(0, "de bevoegde rechtbank ontbreekt bij de regio")
    if not tekorten:
        return None
    return (
        "Een brief zou niet alle redenen geven, en dan begint de opschortende termijn niet: "
        f"{show_lijst(tekorten)}. "
        "Redenen kunnen later niet worden aangevuld; laat de commissie ze nu vaststellen."
    )


def _list_tekorten(stand: Perceelstand) -> list[str]:
    tekorten: list[str] = []
    uitgewerkt = stand.uitgewerkt
    if uitgewerkt is None:
        return [f"perceel {stand.perceel}: de uitwerking ontbreekt"]
    kwaliteit = [c for c in uitgewerkt.criteria if c.soort == "kwaliteit"]
    hoogste = max((p.punt for p in uitgewerkt.schaal), default=0)
    uitvallers = frozenset(stand.rangorde.uitgevallen) if stand.rangorde else frozenset[str]()
    for nummer in stand.inschrijvingen:
        wie = f"perceel {stand.perceel}, {nummer}"
        uitkomst = stand.uitkomst_van(nummer)
        toets = stand.toetsen.get(nummer)
        if toets is None and nummer not in stand.te_laat:
            tekorten.append(f"{wie}: de toets ontbreekt")
            continue
        if uitkomst in ("ongeldig", "uitgesloten"):
            if toets is not None and not toets.reden and nummer not in stand.te_laat:
                tekorten.append(f"{wie}: de reden van '{uitkomst}' ontbreekt")
            continue
        ontbreekt = False
        onder_minimum = False
        for criterium in kwaliteit:
            oordeel = stand.oordelen.get((nummer, criterium.code))
            if oordeel is None:
                tekorten.append(f"{wie}: score en reden voor {criterium.code} ontbreken")
                ontbreekt = True
            elif oordeel.score < hoogste and not oordeel.waarom_niet_maximaal:
                tekorten.append(f"{wie}: bij {criterium.code} staat niet waarom het niet de hoogste score is")
            if oordeel and criterium.minimum is not None and oordeel.score < criterium.minimum:
                onder_minimum = True
        if uitkomst == "terzijde" and not (ontbreekt or onder_minimum or nummer in uitvallers):
            tekorten.append(f"{wie}: de plaats in de rangorde ontbreekt")
    return tekorten


@regel("motivering-noemt-andere-inschrijver", grondslag="Aw 2012 art. 2.57 en 2.138")
def motivering_noemt_geen_andere_inschrijver(s: Situatie[Any]) -> str | None:
    """No reason that a bidder reads names another bidder that did not win."""
    standen = load_standen(s)
    allen = load_namen(s)
    gevonden: list[str] = []
    for stand in standen.values():
        verliezers = build_verliezers(stand, allen)
        for nummer, waar, tekst in _list_externe_teksten(stand):
            for ander in sorted(verliezers.list_genoemd(tekst) - {nummer}):
                gevonden.append(f"perceel {stand.perceel}, {waar} noemt {ander}")
    if not gevonden:
        return None
    return (
        f"Een tekst voor inschrijvers noemt een andere inschrijver: {show_lijst(gevonden)}. Laat de tekst "
        "aanpassen."
    )


def _list_externe_teksten(stand: Perceelstand) -> Iterable[tuple[str, str, str]]:
    """(number of the own bid, where, text) of everything that a letter may show."""
    for (nummer, criterium), oordeel in stand.oordelen.items():
        yield nummer, f"motivering van {nummer} bij {criterium}", oordeel.motivering
        yield nummer, f"'waarom niet maximaal' van {nummer} bij {criterium}", oordeel.waarom_niet_maximaal
    for nummer, toets in stand.toetsen.items():
        yield nummer, f"reden van de toets van {nummer}", toets.reden
    for nummer, verificatie in stand.verificaties.items():
        yield nummer, f"bevindingen over {nummer}", verificatie.bevindingen
    for kenmerk in stand.kenmerken:
        yield "", f"kenmerk bij {kenmerk.criterium}", kenmerk.tekst


@regel("verzenddatum-in-verleden", grondslag="Aw 2012 art. 2.127", met_invoer=True)
def verzenddatum_vandaag_of_later(
    s: Situatie[GunningsbeslissingMeedelen | GunningsbeslissingWijzigen],
) -> str | None:
    """The day of sending is today or later, so that the letters name the right ends."""
    if s.invoer.verzenddatum >= s.vandaag:
        return None
    return (
        f"De verzenddatum {show_datum(s.invoer.verzenddatum)} ligt voor vandaag ({show_datum(s.vandaag)}). "
        "Kies vandaag of een latere dag."
    )


@regel("geen-winnaar", grondslag="Aw 2012 art. 2.130")
def winnaar_aanwezig(s: Situatie[Any]) -> str | None:
    """Every perceel has somebody to award to."""
    leeg = [nummer for nummer, stand in load_standen(s).items() if stand.rangorde and not stand.winnaars]
    return f"In {show_percelen(leeg)} is geen winnaar. Besluit daar om niet te gunnen." if leeg else None
