"""Rules that tell procedures with a choice between bids from procedures without one.

A procedure takes the rules it needs (see procedures/): ordinary procedures must announce award criteria, the
social procedure may do without since 1 July 2022, and an open house may not compare at all.

Grondslag: Aw 2012 art. 2.115 and 2.140; Stb. 2022, 188 and 241; HvJ EU C-410/14 and C-9/17 for the open house.
Must stay true: whether award criteria may be absent is a dated norm (normen/procedures.toml), not a constant.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.documents.overeenkomst import load_termijnen
from aanbesteding.domain.feiten import PerceelUitgewerkt
from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.feiten import list_percelen, load_uitwerking
from aanbesteding.fasen.publicatie.invoer import PerceelUitwerken

S = Situatie[Any]
ZONDER_KEUZE = "Stb. 2022, 188 (zonder gunningscriteria); HvJ EU C-410/14 en C-9/17 (open house)"
MAANDEN_PER_JAAR = 12


def _list_uitwerkingen(s: S) -> tuple[PerceelUitgewerkt, ...]:
    gevonden = (load_uitwerking(s, nummer) for nummer in list_percelen(s))
    return tuple(u for u in gevonden if u is not None)


def _list_zonder_criteria(s: S) -> str:
    return ", ".join(u.perceel for u in _list_uitwerkingen(s) if not u.criteria)


@regel("gunningscriteria-ontbreken", grondslag="Aw 2012 art. 2.115")
def criteria_aangekondigd(s: S) -> str | None:
    """Every perceel has award criteria, because the procedure compares bids."""
    zonder = _list_zonder_criteria(s)
    if not zonder:
        return None
    return (
        f"Perceel {zonder} heeft geen gunningscriteria. In de {s.dossier.regime.naam} worden inschrijvingen "
        "vergeleken: werk het perceel uit met criteria en gewichten, of kies een procedure zonder criteria."
    )


@regel(
    "zonder-gunningscriteria-niet-toegestaan",
    grondslag="Stb. 2022, 188 en 241; Jeugdwet art. 2.11 en Wmo 2015 art. 2.6.4",
)
def zonder_criteria_toegestaan(s: S) -> str | None:
    """A perceel without award criteria is published only when the law of the day of dispatch allows it."""
    norm, zonder = s.normen.op("sas_zonder_gunningscriteria", s.vandaag), _list_zonder_criteria(s)
    if not zonder or norm.waarde == "ja":
        return None
    return (
        f"Perceel {zonder} heeft geen gunningscriteria. Op {show_datum(s.vandaag)} mag dat niet: {norm.grondslag}. "
        "Werk het perceel uit met gunningscriteria."
    )


@regel("criteria-zonder-keuze", grondslag=ZONDER_KEUZE, met_invoer=True)
def geen_gunningscriteria(s: Situatie[PerceelUitwerken]) -> str | None:
    """A procedure without a choice has no award criteria and so no ranking."""
    if not s.invoer.criteria:
        return None
    codes = ", ".join(c.code for c in s.invoer.criteria)
    return (
        f"Perceel {s.invoer.perceel}: de {s.dossier.regime.naam} kent geen gunningscriteria en geen rangorde "
        f"({codes}). Iedereen die aan de eisen voldoet, krijgt een overeenkomst. Haal de criteria weg."
    )


@regel("maximum-zonder-keuze", grondslag=ZONDER_KEUZE, met_invoer=True, zekerheid="onbevestigd")
def geen_maximum(s: Situatie[PerceelUitwerken]) -> str | None:
    """A procedure without a choice has no maximum number of providers: a maximum forces a selection."""
    codes = [p.code for p in s.invoer.producten if p.maximum_aanbieders is not None]
    if not codes:
        return None
    return (
        f"Perceel {s.invoer.perceel}: product {', '.join(codes)} heeft een maximum aantal aanbieders. Een maximum "
        f"dwingt tot selectie en past niet in de {s.dossier.regime.naam}. Haal het maximum weg of kies een "
        "procedure met gunningscriteria."
    )


@regel("vrije-prijs-zonder-keuze", grondslag=ZONDER_KEUZE, met_invoer=True, zekerheid="onbevestigd")
def geen_vrije_prijs(s: Situatie[PerceelUitwerken]) -> str | None:
    """A procedure without a choice has one tariff per product for everyone."""
    codes = [p.code for p in s.invoer.producten if p.vrije_prijs]
    if not codes:
        return None
    return (
        f"Perceel {s.invoer.perceel}: product {', '.join(codes)} heeft een vrije prijs. Zonder vergelijking geldt "
        "voor iedereen hetzelfde tarief. Stel een vast tarief vast."
    )


@regel(
    "aard-toelating-niet-beslist",
    grondslag="Aw 2012 art. 2.38-2.39 (tekst tot 1 juli 2016); Wmo 2015 art. 2.6.4 lid 2 (tekst van 2015)",
    ernst=Ernst.MOTIVEREN,
    zekerheid="onbevestigd",
)
def aard_toelating_beslist(s: S) -> str | None:
    """Where the law of B services holds, it is said why an admission without selection is no tender."""
    if not s.normen.lijst("drempel_b_diensten", s.dossier.peildatum):
        return None
    return (
        f"Op {show_datum(s.dossier.peildatum)} was niet beslist of toelating zonder selectie een overheidsopdracht "
        "is. Is zij dat wel, dan gelden de regels voor B-diensten en vraagt de Wmo 2015 om de economisch meest "
        "voordelige inschrijving. Motiveer waarom hier niet wordt aanbesteed."
    )


@regel(
    "raamovereenkomst-te-lang",
    grondslag="Aw 2012 art. 2.140",
    ernst=Ernst.MOTIVEREN,
    zekerheid="onbevestigd",
)
def looptijd_binnen_maximum(s: S) -> str | None:
    """In an ordinary procedure a framework agreement with all its extensions stays within the legal maximum."""
    duren = [load_termijnen(s, nummer).langst for nummer in list_percelen(s)]
    maanden = max((m for m in duren if m is not None), default=None)
    if maanden is None:
        return None
    jaren = s.norm("raamovereenkomst_looptijd").getal
    if maanden <= jaren * MAANDEN_PER_JAAR:
        return None
    return (
        f"De looptijd met verlengingen is {maanden} maanden, meer dan de {jaren} jaar die voor een "
        "raamovereenkomst geldt. Verkort de looptijd of motiveer waarom dit een uitzonderlijk geval is."
    )
