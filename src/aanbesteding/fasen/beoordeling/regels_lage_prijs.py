"""Rules of low prices and of a new assessment: ask before rejecting, no ranking while a question is open.

Grondslag: Aw 2012 art. 2.116 (old text read); the announced way of working.
Must stay true: a price is only asked about when prices are open; an answer is waited for until the stated moment.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aanbesteding.domain.feit import StatusGewijzigd
from aanbesteding.domain.feiten import PrijzenGeopend
from aanbesteding.domain.gunningsrangorde import list_lage_prijzen, load_geldige_inschrijvingen
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.beoordeling.invoer import (
    LagePrijsBeoordelen,
    ToelichtingPrijsVastleggen,
    ToelichtingPrijsVragen,
)
from aanbesteding.fasen.beoordeling.lage_prijs import list_onbevraagd, load_prijsvragen
from aanbesteding.fasen.beoordeling.stand import show_percelen

LAGE_PRIJS = "Aw 2012 art. 2.116"


@regel("abnormaal-lage-prijs", grondslag=LAGE_PRIJS, ernst=Ernst.MOTIVEREN, zekerheid="onbevestigd")
def lage_prijzen_bevraagd(s: Situatie[Any]) -> str | None:
    """Every price far below the median of the valid prices was asked about, or it is explained why not."""
    drempel = s.norm("lage_prijs_drempel").bedrag
    laag = [
        f"perceel {p} {nummer} ({_show_euro(prijs)})"
        for p in s.onderwerpen
        for nummer, prijs in list_onbevraagd(s, p)
    ]
    if not laag:
        return None
    return (
        f"Meer dan {drempel:f} procent onder de mediaan: {'; '.join(laag)}. Vraag schriftelijk om een toelichting "
        "(toelichting_prijs_vragen), of motiveer waarom de prijs niet abnormaal laag is; wijs niet af zonder te "
        "hebben gevraagd."
    )


@regel("lage-prijs-staat-open", grondslag=LAGE_PRIJS, zekerheid="onbevestigd")
def prijsvragen_afgerond(s: Situatie[Any]) -> str | None:
    """No ranking while somebody's price is being asked about."""
    open_ = [
        f"perceel {p} {nummer}"
        for p in s.onderwerpen
        for nummer in load_prijsvragen(s.dossier, p).open_vragen
    ]
    if not open_:
        return None
    return (
        f"De vraag over de prijs staat nog open: {'; '.join(open_)}. Leg de toelichting vast "
        "(toelichting_prijs_vastleggen) en beoordeel haar (lage_prijs_beoordelen)."
    )


@regel("geen-open-prijsvraag", grondslag=LAGE_PRIJS, zekerheid="onbevestigd")
def prijsvraag_open(s: Situatie[Any]) -> str | None:
    """Somebody was asked about a price and nothing was decided yet."""
    if not s.onderwerpen or any(load_prijsvragen(s.dossier, p).open_vragen for p in s.onderwerpen):
        return None
    return f"In perceel {show_percelen(s.onderwerpen)} staat geen vraag over een prijs open."


@regel("prijsvraag-past-niet", grondslag=LAGE_PRIJS, met_invoer=True, zekerheid="onbevestigd")
def prijsvraag_past(s: Situatie[ToelichtingPrijsVragen]) -> str | None:
    """Only valid bids with an opened price are asked, each once, and with time to answer."""
    invoer = s.invoer
    geopend = s.dossier.laatste(PrijzenGeopend, perceel=invoer.perceel)
    geldig = load_geldige_inschrijvingen(s.dossier, invoer.perceel)
    bevraagd = load_prijsvragen(s.dossier, invoer.perceel).bevraagd
    fouten: list[str] = []
    for nummer in dict.fromkeys(invoer.inschrijvingen):
        if nummer not in geldig or geopend is None or nummer not in geopend.prijzen:
            fouten.append(
                f"{nummer} heeft in perceel {invoer.perceel} geen geldige inschrijving met een prijs"
            )
        elif nummer in bevraagd:
            fouten.append(f"{nummer} is al om een toelichting gevraagd")
    if len(set(invoer.inschrijvingen)) < len(invoer.inschrijvingen):
        fouten.append("een nummer staat er meer dan één keer in")
    dagen = s.norm("reactietermijn_lage_prijs").getal
    if invoer.uiterlijk < s.nu + timedelta(days=dagen):
        fouten.append(
            f"het uiterste moment ({_show_moment(invoer.uiterlijk)}) geeft minder dan {dagen} dagen om te antwoorden"
        )
    return f"De vraag past niet: {'; '.join(fouten)}." if fouten else None


@regel("prijs-niet-gemeld-als-laag", grondslag="Beginselen van gelijke behandeling en transparantie",
       ernst=Ernst.MOTIVEREN, met_invoer=True)  # fmt: skip
def bevraagde_prijs_is_laag(s: Situatie[ToelichtingPrijsVragen]) -> str | None:
    """Whoever is asked has a price that the stated rule calls low."""
    drempel = s.norm("lage_prijs_drempel").bedrag
    laag = {nummer for nummer, _ in list_lage_prijzen(s.dossier, s.invoer.perceel, drempel)}
    anders = [nummer for nummer in s.invoer.inschrijvingen if nummer not in laag]
    if not anders:
        return None
    return (
        f"Volgens de drempel ({drempel:f} procent onder de mediaan) is de prijs van {', '.join(anders)} niet laag. "
        "Motiveer waarom u toch vraagt, en vraag het dan iedereen voor wie dat geldt."
    )


@regel("geen-prijsvraag", grondslag=LAGE_PRIJS, met_invoer=True, zekerheid="onbevestigd")
def toelichting_gevraagd(s: Situatie[ToelichtingPrijsVastleggen]) -> str | None:
    """An answer is recorded once, of a bidder that was asked, and no silence before the moment."""
    invoer = s.invoer
    vragen = load_prijsvragen(s.dossier, invoer.perceel)
    vraag = vragen.bevraagd.get(invoer.inschrijving)
    if vraag is None:
        return f"{invoer.inschrijving} is in perceel {invoer.perceel} niet om een toelichting gevraagd."
    if invoer.inschrijving in vragen.toegelicht:
        return f"De toelichting van {invoer.inschrijving} ligt al vast."
    if invoer.ontvangen is None and s.nu <= vraag.uiterlijk:
        return (
            f"{invoer.inschrijving} mag antwoorden tot {_show_moment(vraag.uiterlijk)}. Leg pas daarna vast dat "
            "niets is ontvangen."
        )
    if invoer.ontvangen is not None and invoer.ontvangen > s.nu:
        return f"De toelichting van {invoer.inschrijving} kan niet later zijn ontvangen dan nu."
    return None


@regel("afwijzing-zonder-vraag", grondslag=LAGE_PRIJS, met_invoer=True, zekerheid="onbevestigd")
def eerst_gevraagd(s: Situatie[LagePrijsBeoordelen]) -> str | None:
    """A price is judged after the bidder was asked and its answer was recorded, and once."""
    invoer = s.invoer
    vragen = load_prijsvragen(s.dossier, invoer.perceel)
    if invoer.inschrijving not in vragen.bevraagd:
        return (
            f"{invoer.inschrijving} is niet om een toelichting gevraagd. Een lage prijs wordt niet afgewezen zonder "
            "schriftelijke vraag (toelichting_prijs_vragen)."
        )
    if invoer.inschrijving not in vragen.toegelicht:
        return f"Leg eerst vast wat {invoer.inschrijving} heeft toegelicht (toelichting_prijs_vastleggen)."
    if invoer.inschrijving in vragen.beoordeeld:
        return f"Over de prijs van {invoer.inschrijving} is al beslist."
    return None


@regel("herbeoordeling-zonder-intrekking", grondslag="Aw 2012 art. 2.129 en 2.131")
def beslissing_ingetrokken(s: Situatie[Any]) -> str | None:
    """Locked scores are only set aside after the told decision was withdrawn."""
    zonder: list[str] = []
    for perceel in s.onderwerpen:
        laatste = s.dossier.laatste(StatusGewijzigd, onderwerp=f"perceel:{perceel}")
        if laatste is None or laatste.van != "meegedeeld":
            zonder.append(perceel)
    if not zonder:
        return None
    return (
        f"In perceel {show_percelen(zonder)} is geen gunningsbeslissing ingetrokken; de vergrendelde scores blijven "
        "staan."
    )


@regel(
    "prijzen-al-bekend",
    grondslag="Aangekondigde werkwijze: eerst kwaliteit, dan prijs",
    ernst=Ernst.SIGNALEERT,
)
def prijzen_onbekend(s: Situatie[Any]) -> str | None:
    """Whoever assesses again does not know the prices."""
    open_ = [p for p in s.onderwerpen if s.dossier.laatste(PrijzenGeopend, perceel=p) is not None]
    if not open_:
        return None
    return (
        f"De prijzen van perceel {show_percelen(open_)} zijn al geopend. Laat beoordelaars opnieuw scoren die ze "
        "niet kennen."
    )


def _show_moment(moment: Any) -> str:
    lokaal = moment.astimezone(TIJDZONE)
    return f"{lokaal:%d-%m-%Y} om {lokaal:%H.%M} uur"


def _show_euro(prijs: Any) -> str:
    return f"€ {prijs}".replace(".", ",")
