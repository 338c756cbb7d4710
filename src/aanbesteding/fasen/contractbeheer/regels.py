"""Rules of contract management.

Grondslag: the agreement (articles on subcontractors, indicators, extension and transfer of a perceel) and the tender
guide (one bid per undertaking). Who may rely on whom is judged with the bids, not here.
Must stay true: a date in a notice is counted in months, as the agreement does.
"""

from __future__ import annotations

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import OvereenkomstGesloten
from aanbesteding.domain.inschrijvingen import list_meedingend
from aanbesteding.domain.kalender import add_maanden, show_datum
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.contractbeheer.feiten import list_leden
from aanbesteding.fasen.contractbeheer.invoer import (
    PerceelOverdragen,
    PrestatiesRegistreren,
    SamenwerkingBeeindigen,
    SamenwerkingRegistreren,
)

SAMENWERKING = "aanbestedingsleidraad en overeenkomst: onderaannemers en combinaties"
INDICATOREN = "overeenkomst: prestatie-indicatoren"
OVERGANG = "overeenkomst: overgang van het perceel naar een ander samenwerkingsverband"
AANZEGTERMIJN_MAANDEN = 6
"""Months before the end, or before a transfer, by which providers must know: as in the agreement."""


def list_aanbieders(dossier: Dossier) -> dict[str, str]:
    """Name of every bidder and contracted provider, by key."""
    gevonden = {i.aanbieder.sleutel: i.aanbieder.naam for i in list_meedingend(dossier)}
    return gevonden | {
        o.aanbieder.sleutel: o.aanbieder.naam for o in dossier.list_feiten(OvereenkomstGesloten)
    }


@regel("samenwerking-past-niet", grondslag=SAMENWERKING, met_invoer=True, zekerheid="onbevestigd")
def samenwerking_past(s: Situatie[SamenwerkingRegistreren]) -> str | None:
    """The provider is a bidder or has an agreement, and the percelen exist."""
    zinnen: list[str] = []
    if s.invoer.aanbieder not in list_aanbieders(s.dossier):
        zinnen.append(f"Aanbieder '{s.invoer.aanbieder}' heeft niet ingeschreven en heeft geen overeenkomst.")
    percelen = [p.nummer for p in s.dossier.aanbesteding.percelen]
    if onbekend := [p for p in s.invoer.percelen if p not in percelen]:
        zinnen.append(f"Perceel {', '.join(onbekend)} bestaat niet. Kies uit: {', '.join(percelen)}.")
    return " ".join(zinnen) or None


@regel("lid-in-twee-coalities", grondslag=SAMENWERKING, met_invoer=True, zekerheid="onbevestigd")
def lid_in_een_coalitie(s: Situatie[SamenwerkingRegistreren]) -> str | None:
    """For one perceel an undertaking takes part in one coalition."""
    if s.invoer.vorm != "coalitie":
        return None
    bezet = {
        x.lid.kvk
        for x in list_leden(s.dossier)
        if x.vorm == "coalitie"
        and x.tot is None
        and x.aanbieder != s.invoer.aanbieder
        and set(x.percelen) & set(s.invoer.percelen)
    }
    dubbel = [lid.naam for lid in s.invoer.leden if lid.kvk in bezet]
    return (
        f"Doet al mee aan een andere coalitie voor hetzelfde perceel: {', '.join(dubbel)}."
        if dubbel
        else None
    )


@regel("samenwerking-zonder-toestemming", grondslag=SAMENWERKING, met_invoer=True, zekerheid="onbevestigd")
def toestemming_gegeven(s: Situatie[SamenwerkingRegistreren]) -> str | None:
    """After the agreement was concluded, a new member needs written permission."""
    gecontracteerd = {o.aanbieder.sleutel for o in s.dossier.list_feiten(OvereenkomstGesloten)}
    if s.invoer.aanbieder not in gecontracteerd or s.invoer.toestemming:
        return None
    return "Na het sluiten van de overeenkomst is schriftelijke toestemming nodig. Noem het kenmerk daarvan."


@regel("lid-onbekend", grondslag=SAMENWERKING, met_invoer=True, zekerheid="onbevestigd")
def lid_bekend(s: Situatie[SamenwerkingBeeindigen]) -> str | None:
    """The member that leaves works with this provider now."""
    nu = {(x.aanbieder, x.lid.kvk) for x in list_leden(s.dossier) if x.tot is None}
    if (s.invoer.aanbieder, s.invoer.kvk) in nu:
        return None
    return f"Bij '{s.invoer.aanbieder}' is geen lid met KvK-nummer {s.invoer.kvk} geregistreerd."


@regel("prestaties-passen-niet", grondslag=INDICATOREN, met_invoer=True, zekerheid="onbevestigd")
def prestaties_passen(s: Situatie[PrestatiesRegistreren]) -> str | None:
    """Every measurement names an indicator of this purchase and an agreement that has not ended."""
    kpis = [k.code for k in s.dossier.aanbesteding.kpis]
    nummers = {o.nummer for o in list_gesloten(s.dossier, s.vandaag)}
    vreemd = sorted({m.kpi for m in s.invoer.metingen} - set(kpis))
    onbekend = sorted({m.overeenkomst for m in s.invoer.metingen} - nummers)
    zinnen: list[str] = []
    if vreemd:
        zinnen.append(f"Indicator {', '.join(vreemd)} bestaat niet. Kies uit: {', '.join(kpis) or 'geen'}.")
    if onbekend:
        zinnen.append(f"Deze overeenkomst bestaat niet of is geëindigd: {', '.join(onbekend)}.")
    return " ".join(zinnen) or None


@regel("overdracht-niet-geregeld", grondslag=OVERGANG, met_invoer=True, zekerheid="onbevestigd")
def overdracht_geregeld(s: Situatie[PerceelOverdragen]) -> str | None:
    """The perceel exists, the definition allows it to go elsewhere, and it has agreements."""
    perceel = next((p for p in s.dossier.aanbesteding.percelen if p.nummer == s.invoer.perceel), None)
    if perceel is None or perceel.overdraagbaar is None:
        return (
            f"Voor perceel {s.invoer.perceel} is geen overgang naar een ander samenwerkingsverband geregeld."
        )
    if not list_gesloten(s.dossier, s.vandaag, s.invoer.perceel):
        return f"Perceel {s.invoer.perceel} heeft geen overeenkomsten om over te dragen."
    return None


@regel("overdracht-te-laat-aangekondigd", grondslag=OVERGANG, met_invoer=True, zekerheid="onbevestigd")
def overdracht_op_tijd(s: Situatie[PerceelOverdragen]) -> str | None:
    """Providers hear of the transfer at least six months before."""
    eerste = add_maanden(s.vandaag, AANZEGTERMIJN_MAANDEN)
    if s.invoer.per >= eerste:
        return None
    return f"Een overgang wordt zes maanden vooraf aangekondigd; dat kan op zijn vroegst per {show_datum(eerste)}."
