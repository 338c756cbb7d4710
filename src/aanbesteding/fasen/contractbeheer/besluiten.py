"""What the acts of contract management record."""

from __future__ import annotations

from datetime import timedelta

from aanbesteding.domain.feiten import EinddatumGewijzigd, OvereenkomstBeeindigd, OvereenkomstGesloten
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit
from aanbesteding.fasen.contractbeheer.feiten import (
    PerceelOvergedragen,
    PrestatiesGeregistreerd,
    SamenwerkingBeeindigd,
    SamenwerkingGeregistreerd,
    VerlengingBesloten,
    VerlengingGepland,
)
from aanbesteding.fasen.contractbeheer.invoer import (
    PerceelOverdragen,
    PrestatiesRegistreren,
    SamenwerkingBeeindigen,
    SamenwerkingRegistreren,
    VerlengingAfwijzen,
    VerlengingBesluiten,
    VerlengingPlannen,
)
from aanbesteding.fasen.contractbeheer.regels_verlenging import count_nieuw_einde

AFWIJZEN = timedelta(weeks=6)
"""How long a provider has to decline an extension, as the agreement says."""


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


def decide_verlenging(s: Situatie[VerlengingBesluiten]) -> Besluit:
    """Record the decision and, for every agreement of the percelen, the new last day: one day for all of a perceel."""
    feit = VerlengingBesloten(**dict(s.invoer), afwijzen_tot=s.vandaag + AFWIJZEN)
    einden: list[EinddatumGewijzigd] = []
    for verlenging in s.invoer.percelen:
        lopend = list_gesloten(s.dossier, s.vandaag, verlenging.perceel)
        einde = count_nieuw_einde(max(o.einde for o in lopend), verlenging.maanden)
        einden += [EinddatumGewijzigd(nummer=o.nummer, einde=einde, grond="verlengd") for o in lopend]
    return Besluit((feit, *einden))


def decide_afwijzing(s: Situatie[VerlengingAfwijzen]) -> Besluit:
    """Record that the last day is again the one that held before the extension."""
    nummer = s.invoer.overeenkomst
    eerder = [f.einde for f in s.dossier.list_feiten(EinddatumGewijzigd) if f.nummer == nummer][:-1]
    gesloten = s.dossier.laatste(OvereenkomstGesloten, nummer=nummer)
    assert gesloten is not None, "de regels lieten een onbekende overeenkomst door"
    return Besluit(
        (
            EinddatumGewijzigd(
                nummer=nummer,
                einde=eerder[-1] if eerder else gesloten.einde,
                grond="verlenging_niet_aanvaard",
                toelichting=s.invoer.reden,
            ),
        )
    )


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
