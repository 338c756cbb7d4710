"""Rules on the letters: nobody hears earlier or more, small is an objective notion, and nobody is left out.

Grondslag: Aw 2012 art. 1.8–1.10; Gids Proportionaliteit; Gemeentewet art. 169; Wmo 2015 art. 2.6.5.
Must stay true: a light track makes proof lighter and leaves every requirement as it is.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from aanbesteding.domain.feiten import AanbestedingGepubliceerd, PerceelUitgewerkt, SluitingVerplaatst
from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.berichtgeving.feiten import AanbiedersAangeschreven
from aanbesteding.fasen.berichtgeving.invoer import (
    LichteRouteVaststellen,
    NieuweAanbiedersAanschrijven,
    RadenInformeren,
    VoortzettingMeedelen,
)

GELIJKHEID = "Gelijke behandeling en transparantie; Aw 2012 art. 1.8"
EVENREDIG = "Aw 2012 art. 1.6 en 1.10; Gids Proportionaliteit"
CONTINUITEIT = "Wmo 2015 art. 2.6.5; Jeugdwet art. 2.13"
S = Situatie[Any]


@regel("stukken-nog-niet-gepubliceerd", grondslag=GELIJKHEID)
def stukken_gepubliceerd(s: S) -> str | None:
    """The documents are public, so that who is addressed knows no more than others."""
    if s.dossier.laatste(AanbestedingGepubliceerd) is not None:
        return None
    return "De stukken zijn nog niet gepubliceerd. Schrijf pas daarna aan, anders weet deze groep het eerder."


@regel("aangeschrevene-dubbel", grondslag=GELIJKHEID, met_invoer=True)
def aangeschrevenen_uniek(s: Situatie[NieuweAanbiedersAanschrijven | LichteRouteVaststellen]) -> str | None:
    """Nobody is named twice."""
    dubbel = sorted(k for k, n in Counter(p.sleutel for p in s.invoer.partijen).items() if n > 1)
    return f"Twee keer genoemd: {', '.join(dubbel)}. Noem elke aanbieder een keer." if dubbel else None


@regel("aangeschrevene-al-aangeschreven", grondslag=GELIJKHEID, met_invoer=True)
def aangeschrevenen_nieuw(s: Situatie[NieuweAanbiedersAanschrijven]) -> str | None:
    """Nobody gets the letter a second time."""
    eerder = {p.sleutel for f in s.dossier.list_feiten(AanbiedersAangeschreven) for p in f.partijen}
    weer = sorted(p.naam for p in s.invoer.partijen if p.sleutel in eerder)
    return f"Al aangeschreven: {', '.join(weer)}. Haal hen weg." if weer else None


@regel("inschrijven-kan-niet-meer", grondslag=GELIJKHEID)
def inschrijven_kan_nog(s: S) -> str | None:
    """Who is addressed can still take part."""
    verplaatst = s.dossier.laatste(SluitingVerplaatst)
    gepubliceerd = s.dossier.laatste(AanbestedingGepubliceerd)
    sluiting = verplaatst.sluiting if verplaatst else gepubliceerd.sluiting if gepubliceerd else None
    if sluiting is None or s.nu < sluiting:
        return None
    return "De inschrijving is gesloten. Wie nu een brief krijgt, kan niet meer meedoen."


@regel("lichte-route-zonder-grens", grondslag=EVENREDIG, met_invoer=True)
def lichte_route_met_grens(s: Situatie[LichteRouteVaststellen]) -> str | None:
    """Who is small follows from a number that anyone can check."""
    if s.invoer.maximum_medewerkers is not None or s.invoer.maximum_clienten is not None:
        return None
    return "Noem een grens in medewerkers of cliënten. Zonder getal kan niemand nagaan of hij klein is."


@regel("lichte-route-eis-onbekend", grondslag=EVENREDIG, met_invoer=True)
def lichte_route_noemt_eisen(s: Situatie[LichteRouteVaststellen]) -> str | None:
    """Every lighter proof belongs to a requirement that everyone must meet."""
    eisen = {(u.perceel, e.code) for u in s.dossier.list_feiten(PerceelUitgewerkt) for e in u.eisen}
    vreemd = [
        f"{v.eis} (perceel {v.perceel})" for v in s.invoer.verlichtingen if (v.perceel, v.eis) not in eisen
    ]
    if not vreemd:
        return None
    return (
        f"Geen eis van het uitgewerkte perceel: {', '.join(vreemd)}. Licht bewijs hoort bij een geldende eis."
    )


@regel("spreekuur-voorbij", grondslag=EVENREDIG, met_invoer=True)
def spreekuur_komt_nog(s: Situatie[LichteRouteVaststellen]) -> str | None:
    """A consulting hour is still to come and has a place."""
    i = s.invoer
    if i.spreekuur is None:
        return None
    if i.spreekuur <= s.nu:
        return "Het spreekuur is al geweest. Kies een later moment of laat het leeg."
    return None if i.spreekuur_plaats else "Noem de plaats van het spreekuur, of hoe men online meedoet."


@regel(
    "gemeente-zonder-clientenraad", grondslag="Gemeentewet art. 169", met_invoer=True, zekerheid="onbevestigd"
)
def elke_gemeente_een_clientenraad(s: Situatie[RadenInformeren]) -> str | None:
    """Every municipality has a council of clients that gets the letter, and none is from elsewhere."""
    genoemd, bekend = (
        {c.gemeente for c in s.invoer.clientenraden},
        {g.code: g.naam for g in s.regio.gemeenten},
    )
    zonder = [naam for code, naam in bekend.items() if code not in genoemd]
    vreemd = sorted(genoemd - set(bekend))
    zinnen = [f"Zonder cliëntenraad: {', '.join(zonder)}."] if zonder else []
    zinnen += [f"Geen gemeente van deze regio: {', '.join(vreemd)}."] if vreemd else []
    return " ".join(zinnen) or None


@regel("voortzetting-zonder-overeenkomst", grondslag=CONTINUITEIT, zekerheid="onbevestigd")
def overeenkomsten_gesloten(s: S) -> str | None:
    """There are new agreements, so that is known who goes on and who does not."""
    if list_gesloten(s.dossier, s.vandaag):
        return None
    return "Er zijn nog geen overeenkomsten gesloten. Wie doorgaat en wie niet, is nog niet bekend."


@regel(
    "voortzetting-te-laat",
    grondslag=CONTINUITEIT,
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def voortzetting_op_tijd(s: Situatie[VoortzettingMeedelen]) -> str | None:
    """Providers hear before the first day, and a transition ends after it."""
    i = s.invoer
    if i.ingang <= s.vandaag:
        return f"De nieuwe overeenkomsten gaan in op {show_datum(i.ingang)}. Motiveer waarom dit bericht pas nu komt."
    if i.overgang_tot is not None and i.overgang_tot < i.ingang:
        return f"De overgang eindigt op {show_datum(i.overgang_tot)}, voor de ingang. Motiveer of verbeter de datum."
    return None
