"""Rules of extending agreements: planned half a year ahead, decided in time, within option and maximum value.

Grondslag: the agreement (article on term and extension); the maximum value was announced with the purchase.
Must stay true: an extension is the same for all providers of a perceel; who declines ends on the day that held before.
Trap: the last day of a second extension is counted from the first one, and an option can be used up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from aanbesteding.documents.overeenkomst import count_einddatum, load_termijnen
from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.feiten import EinddatumGewijzigd, PerceelUitgewerkt
from aanbesteding.domain.kalender import add_maanden, show_datum
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.contractbeheer.feiten import VerlengingBesloten, VerlengingGepland, count_verlengingen
from aanbesteding.fasen.contractbeheer.invoer import (
    VerlengingAfwijzen,
    VerlengingBesluiten,
    VerlengingPlannen,
)
from aanbesteding.fasen.contractbeheer.regels import AANZEGTERMIJN_MAANDEN

VERLENGING = "overeenkomst: duur en verlenging"


def count_nieuw_einde(einde: date, maanden: int) -> date:
    """Last day of an extension of whole months that begins the day after `einde`."""
    return count_einddatum(einde + timedelta(days=1), maanden)


def list_nummers(invoer: VerlengingPlannen | VerlengingBesluiten) -> tuple[str, ...]:
    """Numbers of the percelen that an input names."""
    return tuple(p if isinstance(p, str) else p.perceel for p in invoer.percelen)


def _list_onmogelijk(s: Situatie[VerlengingPlannen] | Situatie[VerlengingBesluiten]) -> Iterator[str]:
    bekend = {p.nummer for p in s.dossier.aanbesteding.percelen}
    for nummer in list_nummers(s.invoer):
        lopend = list_gesloten(s.dossier, s.vandaag, nummer) if nummer in bekend else ()
        aantal = load_termijnen(s, nummer).verlengingen if lopend else None
        if aantal is None:
            yield f"Perceel {nummer} heeft geen lopende overeenkomst met een optie om te verlengen."
            continue
        if count_verlengingen(s.dossier, nummer) >= aantal:
            yield f"Perceel {nummer} is al {aantal} keer verlengd; meer laat de overeenkomst niet toe."
            continue
        uiterlijk = add_maanden(max(o.einde for o in lopend), -AANZEGTERMIJN_MAANDEN)
        if s.vandaag > uiterlijk:
            yield f"Perceel {nummer}: het besluit moest uiterlijk {show_datum(uiterlijk)} zijn meegedeeld."


@regel("geen-verlenging-mogelijk", grondslag=VERLENGING, met_invoer=True, zekerheid="onbevestigd")
def verlenging_mogelijk(s: Situatie[VerlengingPlannen] | Situatie[VerlengingBesluiten]) -> str | None:
    """The percelen have running agreements and an option to extend that can still be used in time."""
    return " ".join(_list_onmogelijk(s)) or None


@regel("verlenging-te-lang", grondslag=VERLENGING, met_invoer=True, zekerheid="onbevestigd")
def verlenging_past_in_optie(s: Situatie[VerlengingBesluiten]) -> str | None:
    """No perceel is named twice, and no extension is longer than the option allows."""
    nummers = list_nummers(s.invoer)
    zinnen = [
        f"Perceel {n} staat er meer dan één keer in."
        for n in sorted({n for n in nummers if nummers.count(n) > 1})
    ]
    for v in s.invoer.percelen:
        langst = load_termijnen(s, v.perceel).verlenging_maanden
        if langst is not None and v.maanden > langst:
            zinnen.append(
                f"Perceel {v.perceel}: een verlenging duurt ten hoogste {langst} maanden, niet {v.maanden}."
            )
    return " ".join(zinnen) or None


@regel(
    "verlenging-boven-maximale-waarde",
    grondslag="overeenkomst: omvang; aankondiging: maximale waarde",
    met_invoer=True,
    zekerheid="onbevestigd",
)
def verlenging_binnen_waarde(s: Situatie[VerlengingBesluiten]) -> str | None:
    """What was spent and is expected up to the new end stays within the announced maximum value."""
    zinnen: list[str] = []
    for v in s.invoer.percelen:
        uitgewerkt = s.dossier.laatste(PerceelUitgewerkt, perceel=v.perceel)
        grens = uitgewerkt.maximale_waarde if uitgewerkt else None
        if grens is not None and v.besteed + v.verwacht > grens:
            zinnen.append(
                f"Perceel {v.perceel}: besteed en verwacht zijn samen € {v.besteed + v.verwacht:.2f}; aangekondigd is "
                f"ten hoogste € {grens:.2f}. Verleng korter of bereid een nieuwe inkoop voor."
            )
    return " ".join(zinnen) or None


@regel(
    "verlenging-niet-gepland",
    grondslag=VERLENGING,
    ernst=Ernst.SIGNALEERT,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def verlenging_gepland(s: Situatie[VerlengingBesluiten]) -> str | None:
    """The extension was planned, so that there was time to evaluate and to talk."""
    gepland = {n for feit in s.dossier.list_feiten(VerlengingGepland) for n in feit.percelen}
    zonder = [n for n in list_nummers(s.invoer) if n not in gepland]
    return f"De verlenging van perceel {', '.join(zonder)} is niet gepland." if zonder else None


@regel(
    "collegebesluit-ontbreekt", grondslag="Gemeentewet art. 160 lid 1; Awb afdeling 10.1.1", met_invoer=True
)
def elke_gemeente_besloot(s: Situatie[VerlengingBesluiten]) -> str | None:
    """Every municipality that takes part in one of the percelen decided, not later than today."""
    besloten = {b.gemeente for b in s.invoer.collegebesluiten if b.datum <= s.vandaag}
    bekend = {p.nummer for p in s.dossier.aanbesteding.percelen}
    percelen = [n for n in list_nummers(s.invoer) if n in bekend]
    deelnemers = select_deelnemers(s.regio, s.dossier.aanbesteding, percelen).gemeenten
    zonder = [g.naam for g in deelnemers if g.code not in besloten]
    return (
        f"Het besluit van {', '.join(zonder)} ontbreekt. Elke gemeente besluit zelf of geeft mandaat."
        if zonder
        else None
    )


def load_verlenging(s: Situatie[VerlengingAfwijzen]) -> tuple[EinddatumGewijzigd, VerlengingBesloten] | None:
    """The extension of this agreement that can be declined, with its decision; None when there is none."""
    wijziging = s.dossier.laatste(EinddatumGewijzigd, nummer=s.invoer.overeenkomst)
    lopend = {o.nummer: o for o in list_gesloten(s.dossier, s.vandaag)}
    overeenkomst = lopend.get(s.invoer.overeenkomst)
    if overeenkomst is None or wijziging is None or wijziging.grond != "verlengd":
        return None
    besluit = next(
        f
        for f in reversed(s.dossier.list_feiten(VerlengingBesloten))
        if any(v.perceel == overeenkomst.perceel for v in f.percelen)
    )
    return wijziging, besluit


@regel("geen-verlenging-om-af-te-wijzen", grondslag=VERLENGING, met_invoer=True, zekerheid="onbevestigd")
def verlenging_loopt(s: Situatie[VerlengingAfwijzen]) -> str | None:
    """The agreement runs and was extended, and the provider did not decline before."""
    if load_verlenging(s) is not None:
        return None
    return f"Overeenkomst {s.invoer.overeenkomst} is niet verlengd, of de verlenging is al afgewezen."


@regel("verlenging-te-laat-afgewezen", grondslag=VERLENGING, met_invoer=True, zekerheid="onbevestigd")
def afwijzing_op_tijd(s: Situatie[VerlengingAfwijzen]) -> str | None:
    """The provider declined within six weeks of the letter, and not later than today."""
    if s.invoer.ontvangen > s.vandaag:
        return "De dag van ontvangst ligt in de toekomst. Vul de dag in waarop het bericht binnenkwam."
    verlenging = load_verlenging(s)
    if verlenging is None or s.invoer.ontvangen <= verlenging[1].afwijzen_tot:
        return None
    return (
        f"Afwijzen kon tot en met {show_datum(verlenging[1].afwijzen_tot)}. Daarna geldt de verlenging; de aanbieder "
        "kan opzeggen volgens de overeenkomst."
    )
