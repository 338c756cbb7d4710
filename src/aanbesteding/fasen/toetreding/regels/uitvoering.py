"""Rules on the start of the agreements: notice, record, list of providers, messages and continuity.

Grondslag: Aw 2012 art. 2.132 and 2.134; Wmo 2015 art. 2.6.5 (continuity between client and helper).
Must stay true: where no public contract was awarded (open house) no award notice and no record is asked.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.feiten import DefinitiefGegund
from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.termijn import count_aankondiging_gunning
from aanbesteding.fasen.toetreding.besluiten.overeenkomst import AanbiederslijstVastgesteld
from aanbesteding.fasen.toetreding.besluiten.uitvoering import UitvoeringStarten, list_gestart

START = "poort van de procedure: van overeenkomst naar uitvoering"


def _load_gunning(s: Situatie[Any], perceel: str) -> DefinitiefGegund | None:
    gevonden = [f for f in s.dossier.list_feiten(DefinitiefGegund) if perceel in f.percelen]
    return gevonden[-1] if gevonden else None


@regel("start-zonder-overeenkomst", grondslag=START, met_invoer=True, zekerheid="onbevestigd")
def overeenkomst_gesloten(s: Situatie[UitvoeringStarten]) -> str | None:
    """Every perceel has an agreement, and was not started before."""
    zonder = [p for p in s.invoer.percelen if not list_gesloten(s.dossier, s.vandaag, p)]
    al = [p for p in s.invoer.percelen if p in list_gestart(s.dossier)]
    zinnen = [f"In perceel {', '.join(zonder)} is geen overeenkomst gesloten."] if zonder else []
    zinnen += [f"De uitvoering van perceel {', '.join(al)} is al gestart."] if al else []
    return " ".join(zinnen) or None


@regel("proces-verbaal-gunning-ontbreekt", grondslag="Aw 2012 art. 2.132", met_invoer=True)
def verslag_opgemaakt(s: Situatie[UitvoeringStarten]) -> str | None:
    """The award of every perceel is final, so its written record was made."""
    if not s.dossier.regime.opdracht:
        return None
    zonder = [p for p in s.invoer.percelen if _load_gunning(s, p) is None]
    return (
        f"Perceel {', '.join(zonder)} is niet definitief gegund; er is geen proces-verbaal."
        if zonder
        else None
    )


@regel("aankondiging-gegunde-opdracht-ontbreekt", grondslag="Aw 2012 art. 2.134", met_invoer=True)
def aankondiging_verzonden(s: Situatie[UitvoeringStarten]) -> str | None:
    """The award notice was sent, not later than today."""
    dag = s.invoer.aankondiging_verzonden
    if not s.dossier.regime.opdracht or (dag is not None and dag <= s.vandaag):
        return None
    if dag is None:
        return "De aankondiging van de gegunde opdracht is nog niet verzonden. Verzend haar en vul de dag in."
    return f"De aankondiging is verzonden op {show_datum(dag)}; die dag is er nog niet."


@regel(
    "aankondiging-gegunde-opdracht-te-laat",
    grondslag="Aw 2012 art. 2.134",
    ernst=Ernst.MOTIVEREN,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def aankondiging_op_tijd(s: Situatie[UitvoeringStarten]) -> str | None:
    """The award notice was sent within its term after the final award, or it is said why not."""
    dag, zinnen = s.invoer.aankondiging_verzonden, list[str]()
    for perceel in s.invoer.percelen if dag is not None else ():
        gegund = _load_gunning(s, perceel)
        if gegund is None or dag is None:
            continue
        uiterlijk = count_aankondiging_gunning(
            gegund.datum, s.normen, peildatum=s.dossier.peildatum
        ).einde_datum
        if dag > uiterlijk:
            zinnen.append(f"Perceel {perceel}: uiterlijk {show_datum(uiterlijk)}.")
    if not zinnen or dag is None:
        return None
    return f"De aankondiging van {show_datum(dag)} was te laat. {' '.join(zinnen)} Motiveer de vertraging."


@regel("aanbiederslijst-ontbreekt", grondslag=START, zekerheid="onbevestigd")
def lijst_vastgesteld(s: Situatie[Any]) -> str | None:
    """The list of providers was adopted."""
    if s.dossier.laatste(AanbiederslijstVastgesteld) is not None:
        return None
    return "De lijst van aanbieders is nog niet vastgesteld. Stel haar eerst vast."


@regel("productcodes-niet-ingericht", grondslag=START, met_invoer=True, zekerheid="onbevestigd")
def codes_ingericht(s: Situatie[UitvoeringStarten]) -> str | None:
    """Providers and product codes are loaded in the message traffic."""
    if s.invoer.productcodes_ingericht:
        return None
    return "De productcodes zijn nog niet ingericht in het berichtenverkeer. Richt ze in voor de eerste hulp."


@regel(
    "uitvoering-niet-gestart",
    grondslag=START,
    ernst=Ernst.SIGNALEERT,
    met_invoer=True,
    zekerheid="onbevestigd",
)
def uitvoering_gestart(s: Situatie[Any]) -> str | None:
    """The agreements of a perceel that is opened for entry were started."""
    if not s.dossier.regime.opdracht:
        return None
    zonder = sorted({p.perceel for p in s.invoer.producten} - list_gestart(s.dossier))
    return (
        f"De start van de uitvoering van perceel {', '.join(zonder)} is niet vastgelegd." if zonder else None
    )
