"""Rules for a changed decision: somebody is left, ties are drawn, the judge was obeyed, nobody is named.

Grondslag: Aw 2012 art. 2.127-2.131, 2.138 (FEITEN 2.5, 7).
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.gunningsrangorde import LotingNodig
from aanbesteding.domain.perceelverdeling import list_geraakt, rank_percelen
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.gunning.besluiten import list_uitvallers, select_opnieuw
from aanbesteding.fasen.gunning.invoer import (
    GunningsbeslissingIntrekken,
    GunningsbeslissingWijzigen,
    NietGunnen,
)
from aanbesteding.fasen.gunning.redenen import list_lekken_voor_allen
from aanbesteding.fasen.gunning.regels.lezen import (
    load_standen,
    show_genummerd,
    show_lijst,
    show_percelen,
)


@regel("kort-geding-uitkomst-niet-uitgevoerd", grondslag="Aw 2012 art. 2.131")
def kort_geding_uitkomst_uitgevoerd(s: Situatie[Any]) -> str | None:
    """An outcome that takes the decision away was carried out first."""
    open_ = [
        f"perceel {nummer} (zaak {stand.niet_uitgevoerd.zaaknummer}: {stand.niet_uitgevoerd.uitkomst})"
        for nummer, stand in load_standen(s).items()
        if stand.niet_uitgevoerd
    ]
    if not open_:
        return None
    return (
        f"De uitkomst van het kort geding is nog niet uitgevoerd: {show_lijst(open_)}. Trek de beslissing "
        "eerst in."
    )


@regel("niemand-over", grondslag="Aw 2012 art. 2.130")
def iemand_over(s: Situatie[Any]) -> str | None:
    """Somebody is left in the ranking after the change."""
    leeg = [
        nummer
        for nummer, stand in load_standen(s).items()
        if stand.rangorde and not set(stand.plaatsen) - set(list_uitvallers(stand))
    ]
    if not leeg:
        return None
    return f"In {show_percelen(leeg)} blijft niemand in de rangorde over. Besluit daar om niet te gunnen."


@regel("aanleiding-noemt-inschrijver", grondslag="Aw 2012 art. 2.57 en 2.138", met_invoer=True)
def aanleiding_noemt_geen_inschrijver(s: Situatie[GunningsbeslissingWijzigen]) -> str | None:
    """The reason of the change names no bidder, score or price; it stands in every letter."""
    return _show_lekken(s, "De aanleiding", s.invoer.aanleiding)


@regel("brieftekst-noemt-inschrijver", grondslag="Aw 2012 art. 2.57 en 2.138", met_invoer=True)
def brieftekst_noemt_geen_inschrijver(s: Situatie[GunningsbeslissingIntrekken | NietGunnen]) -> str | None:
    """The reason of a withdrawal or of awarding nothing names no bidder, score or price; all letters have it."""
    tekst = s.invoer.reden if isinstance(s.invoer, NietGunnen) else s.invoer.motivering
    return _show_lekken(s, "De reden", tekst)


def _show_lekken(s: Situatie[Any], wat: str, tekst: str) -> str | None:
    lekken = list_lekken_voor_allen(s, load_standen(s), tekst)
    if not lekken:
        return None
    genoemd = show_genummerd(map(str, lekken))
    return f"{wat} komt in alle brieven en noemt {genoemd}. Schrijf de tekst zonder naam, nummer, score of prijs."


@regel("loting-bij-wijziging-nodig", grondslag="Aw 2012 art. 2.115", met_invoer=True)
def loting_gedaan(s: Situatie[GunningsbeslissingWijzigen]) -> str | None:
    """The new ranking can be made: a tie at a maximum is decided by the draw in the input."""
    opnieuw = select_opnieuw(s)
    try:
        rank_percelen(s.dossier, opnieuw, **_load_uitval(s))
    except (LotingNodig, InvoerError) as fout:
        return str(fout)
    return None


@regel(
    "wijziging-raakt-meer-percelen",
    grondslag="Aw 2012 art. 2.10; aangekondigde verdeling over percelen",
    met_invoer=True,
    zekerheid="onbevestigd",
)
def wijziging_raakt_geen_ander(s: Situatie[GunningsbeslissingWijzigen]) -> str | None:
    """Where percelen are divided together, every perceel that changes hands is part of the changed decision."""
    if not select_opnieuw(s):
        return None
    try:
        geraakt = list_geraakt(s.dossier, s.invoer.percelen, **_load_uitval(s))
    except (LotingNodig, InvoerError):
        return None
    if not geraakt:
        return None
    return f"Door de nieuwe verdeling verandert ook {show_percelen(geraakt)}. Neem dat in deze wijziging mee."


def _load_uitval(s: Situatie[GunningsbeslissingWijzigen]) -> dict[str, Any]:
    opnieuw = select_opnieuw(s)
    return {
        "uitgevallen": {nummer: list_uitvallers(stand) for nummer, stand in opnieuw.items()},
        "loting": dict.fromkeys(opnieuw, s.invoer.loting),
    }


@regel(
    "collegebesluit-over-wijziging-ontbreekt",
    grondslag="Gemeentewet art. 160 lid 1",
    ernst=Ernst.SIGNALEERT,
    zekerheid="onbevestigd",
)
def college_over_wijziging(s: Situatie[Any]) -> str | None:
    """The colleges' decision or mandate also covers who takes the place of a failed winner."""
    geraakt = [nummer for nummer, stand in load_standen(s).items() if stand.mislukte_verificaties]
    if not geraakt:
        return None
    return (
        f"In {show_percelen(geraakt)} krijgt een ander de opdracht dan waarover de colleges besloten. Ga na "
        "of hun "
        "besluit of het mandaat dit dekt."
    )
