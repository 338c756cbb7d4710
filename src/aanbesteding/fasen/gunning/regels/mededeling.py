"""Rules for telling the decision: ranking, colleges, separate functions, released characteristics, the day.

Grondslag: Aw 2012 art. 2.127-2.130, 2.138; Gemeentewet art. 160 lid 1 (FEITEN 3.6, 3.8).
Not here: the reasons themselves (redenen).
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.verzending import is_gestart
from aanbesteding.fasen.gunning.besluiten import find_besluit
from aanbesteding.fasen.gunning.feiten import Kenmerk
from aanbesteding.fasen.gunning.invoer import (
    GunningsbeslissingMeedelen,
    GunningsbeslissingWijzigen,
    VerzenddatumVerzetten,
)
from aanbesteding.fasen.gunning.regels.lezen import (
    load_standen,
    show_genummerd,
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
        for gemeente in select_deelnemers(s.regio, s.dossier.aanbesteding, (nummer,)).gemeenten
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
                f"alle brieven, perceel {nummer}, criterium {c.code}"
                for c in stand.uitgewerkt.criteria
                if c.soort == "kwaliteit" and c.code not in gedekt
            ]
    if not ontbreekt:
        return None
    return (
        "Kenmerken en voordelen van de winnende inschrijvingen zijn niet vrijgegeven: "
        f"{show_genummerd(ontbreekt)}. Laat een jurist ze vrijgeven (kenmerken_vrijgeven)."
    )


def _blijft_winnaar(stand: Perceelstand, kenmerk: Kenmerk) -> bool:
    if not kenmerk.inschrijving:
        return True
    plaats = stand.plaatsen.get(kenmerk.inschrijving)
    return plaats is not None and plaats.gegund and kenmerk.inschrijving not in stand.mislukte_verificaties


@regel("verzenddatum-in-verleden", grondslag="Aw 2012 art. 2.127", met_invoer=True)
def verzenddatum_vandaag_of_later(
    s: Situatie[GunningsbeslissingMeedelen | GunningsbeslissingWijzigen | VerzenddatumVerzetten],
) -> str | None:
    """The day of sending is today or later, so that the letters name the right ends."""
    if s.invoer.verzenddatum >= s.vandaag:
        return None
    return (
        f"De verzenddatum {show_datum(s.invoer.verzenddatum)} ligt voor vandaag ({show_datum(s.vandaag)}). "
        "Kies vandaag of een latere dag."
    )


@regel("verzending-begonnen", grondslag="Aw 2012 art. 2.127 en 2.130", met_invoer=True)
def niets_verzonden(s: Situatie[VerzenddatumVerzetten]) -> str | None:
    """No letter of the standing decision was sent, nor was the word given to send them."""
    gestart = is_gestart(s.dossier, find_besluit(s.dossier, s.invoer.percelen))
    weg = [nummer for nummer, stand in load_standen(s).items() if gestart or stand.verzendingen]
    if not weg:
        return None
    return (
        f"De verzending van {show_percelen(weg)} is al begonnen. Een andere datum kan dan alleen nog met een nieuwe "
        "beslissing (gunningsbeslissing_wijzigen)."
    )


@regel("beslissing-niet-heel", grondslag="Aw 2012 art. 2.127 en 2.130", met_invoer=True)
def hele_beslissing(s: Situatie[VerzenddatumVerzetten]) -> str | None:
    """All percelen of one decision get another day together: their letters leave together."""
    horen = {p for stand in load_standen(s).values() if stand.beslissing for p in stand.beslissing.percelen}
    if horen == set(s.invoer.percelen):
        return None
    return f"De beslissing gaat over {show_percelen(sorted(horen))}. Noem precies die percelen."


@regel("geen-winnaar", grondslag="Aw 2012 art. 2.130")
def winnaar_aanwezig(s: Situatie[Any]) -> str | None:
    """Every perceel has somebody to award to."""
    leeg = [nummer for nummer, stand in load_standen(s).items() if stand.rangorde and not stand.winnaars]
    return f"In {show_percelen(leeg)} is geen winnaar. Besluit daar om niet te gunnen." if leeg else None
