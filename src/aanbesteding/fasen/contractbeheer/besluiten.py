"""What the acts of contract management record."""

from __future__ import annotations

from aanbesteding.domain.feiten import OvereenkomstBeeindigd
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit
from aanbesteding.fasen.contractbeheer.feiten import (
    PerceelOvergedragen,
    PrestatiesGeregistreerd,
    SamenwerkingBeeindigd,
    SamenwerkingGeregistreerd,
    VerlengingGepland,
)
from aanbesteding.fasen.contractbeheer.invoer import (
    PerceelOverdragen,
    PrestatiesRegistreren,
    SamenwerkingBeeindigen,
    SamenwerkingRegistreren,
    VerlengingPlannen,
)


def decide_samenwerking(s: Situatie[SamenwerkingRegistreren]) -> Besluit:
    """Record who works with a provider."""
    return Besluit((SamenwerkingGeregistreerd(**dict(s.invoer)),))


def decide_einde_samenwerking(s: Situatie[SamenwerkingBeeindigen]) -> Besluit:
    """Record that a member left."""
    return Besluit((SamenwerkingBeeindigd(**dict(s.invoer)),))


def decide_prestaties(s: Situatie[PrestatiesRegistreren]) -> Besluit:
    """Record what was measured."""
    return Besluit((PrestatiesGeregistreerd(**dict(s.invoer)),))


def decide_verlengingsplan(s: Situatie[VerlengingPlannen]) -> Besluit:
    """Record that the extension is being prepared."""
    return Besluit((VerlengingGepland(percelen=s.invoer.percelen, datum=s.vandaag),))


def decide_overdracht(s: Situatie[PerceelOverdragen]) -> Besluit:
    """Record the transfer; the agreements of this perceel end here on that day, those of others stay as they are."""
    einden = tuple(
        OvereenkomstBeeindigd(
            nummer=o.nummer,
            per=s.invoer.per,
            grond="overdracht",
            motivering=f"Overgang naar {s.invoer.naar}.",
        )
        for o in list_gesloten(s.dossier, s.vandaag, s.invoer.perceel)
        if o.einde >= s.invoer.per
    )
    return Besluit((PerceelOvergedragen(**dict(s.invoer)), *einden))
