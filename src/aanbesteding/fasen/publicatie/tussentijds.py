"""What can happen between notice and opening besides questions: a correction, more time, a bid taken back.

Input and decisions; the rules are in tussentijdsregels.py, what is printed in documenten/tussentijds.py.

Grondslag: Aw 2012 art. 2.67 (correction is a notice of its own), 2.73 (term moves for everyone), 2.109 (outage:
the term may be extended after it, as long as nothing was opened).
Must stay true: the closing moment moves for everyone and only to a later moment; a bid taken back stays unread.
"""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    InschrijvingIngetrokken,
    RectificatieGepubliceerd,
    Rectificatieregel,
    SluitingVerplaatst,
)
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Besluit
from aanbesteding.fasen.publicatie.feiten import load_sluiting


class RectificatiePubliceren(Gegevensmodel):
    """Input of a correction notice."""

    wijzigingen: tuple[Rectificatieregel, ...] = Field(
        title="Wijzigingen", description="Per stuk de oude en de nieuwe tekst", min_length=1
    )
    reden: str = Field(
        title="Reden", description="Waarom de stukken wijzigen; iedereen leest dit", min_length=1
    )
    wezenlijk: bool = Field(
        title="Wezenlijk",
        description="Ja als andere aanbieders hadden kunnen meedoen of de opdracht verandert",
    )
    sluiting_verplaatst_naar: AwareDatetime | None = Field(
        default=None, title="Nieuwe sluiting", description="Leeg: de sluiting blijft zoals zij is"
    )
    motivering: str = Field(
        default="",
        title="Motivering",
        description="Waarom de sluiting verschuift of waarom dat niet nodig is",
    )


class InschrijftermijnVerlengen(Gegevensmodel):
    """Input of more time for everyone."""

    sluiting_verplaatst_naar: AwareDatetime = Field(title="Nieuwe sluiting", description="Uiterste moment")
    motivering: str = Field(
        title="Motivering",
        description="Waarom, bijvoorbeeld welke storing er was; iedereen leest dit",
        min_length=1,
    )


class InschrijvingTerugnemen(Gegevensmodel):
    """Input when a bidder takes its bid back, also to replace it."""

    inschrijving: str = Field(title="Inschrijving", description="Nummer van de inschrijving")
    ontvangen: AwareDatetime = Field(title="Ontvangen", description="Moment waarop de inschrijver dit meldde")
    toelichting: str = Field(default="", title="Toelichting", description="Mag leeg blijven")


def _require_sluiting(s: Situatie[Any]) -> Any:
    sluiting = load_sluiting(s.dossier)
    if sluiting is None:
        raise InvoerError(["De aanbesteding is nog niet gepubliceerd; er is geen sluiting."])
    return sluiting


def decide_rectificatie(s: Situatie[RectificatiePubliceren]) -> Besluit:
    """Record the correction and, when it says so, the later closing moment."""
    i, oud = s.invoer, _require_sluiting(s)
    feiten: list[Feit] = [
        RectificatieGepubliceerd(
            nummer=len(s.dossier.list_feiten(RectificatieGepubliceerd)) + 1,
            verzonden=s.nu,
            wijzigingen=i.wijzigingen,
            reden=i.reden,
            oude_sluiting=oud,
            nieuwe_sluiting=i.sluiting_verplaatst_naar,
        )
    ]
    if i.sluiting_verplaatst_naar is not None:
        feiten.append(SluitingVerplaatst(sluiting=i.sluiting_verplaatst_naar, motivering=i.motivering))
    return Besluit(tuple(feiten))


def decide_verlenging(s: Situatie[InschrijftermijnVerlengen]) -> Besluit:
    """Record the later closing moment."""
    return Besluit(
        (SluitingVerplaatst(sluiting=s.invoer.sluiting_verplaatst_naar, motivering=s.invoer.motivering),)
    )


def decide_terugnemen(s: Situatie[InschrijvingTerugnemen]) -> Besluit:
    """Record that the bid no longer takes part."""
    return Besluit((InschrijvingIngetrokken(**dict(s.invoer)),))
