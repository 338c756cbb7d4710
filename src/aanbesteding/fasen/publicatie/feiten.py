"""The facts that only the publication stage records, and the questions that it asks of a dossier.

What the acts decide is in besluiten.py.

Grondslag: Aw 2012 art. 2.53 (an answer may be withheld at a provider's request).
Must stay true: the closing moment is the last `SluitingVerplaatst`, not that of the notice (`load_sluiting`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import list_percelen_van
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    AanbestedingGepubliceerd,
    Inschrijving,
    NotaVastgesteld,
    PerceelUitgewerkt,
    PlanningVastgesteld,
    PuntBeslist,
    SluitingVerplaatst,
)
from aanbesteding.domain.gegeven import Punt
from aanbesteding.domain.inschrijvingen import list_meedingend
from aanbesteding.domain.situatie import Situatie


class VolmachtVastgelegd(Feit):
    """A municipality gave power of attorney for these percelen."""

    gemeente: str
    percelen: tuple[str, ...]
    orgaan: str
    datum: date
    kenmerk: str


class Gidsafwijking(Gegevensmodel):
    """A deviation from the Gids Proportionaliteit with its reason (apply or explain)."""

    voorschrift: str = Field(
        title="Voorschrift", description="Nummer of naam van het voorschrift", min_length=1
    )
    motivering: str = Field(title="Motivering", description="Waarom ervan wordt afgeweken", min_length=1)


class StukkenOpgesteld(Feit):
    """The tender documents were drafted for review."""

    afwijkingen: tuple[Gidsafwijking, ...] = ()


class StukkenTeruggenomen(Feit):
    """The drafted documents went back to be changed."""

    motivering: str


class OntvangenVraag(Gegevensmodel):
    """A question of a provider about the documents. `te_laat`: it came after the moment in the planning."""

    nummer: str
    aanbieder: str
    document: str
    artikel: str
    bladzijde: str
    vraag: str
    ontvangen: AwareDatetime
    te_laat: bool


class VragenOntvangen(Feit):
    """Questions came in during the tender period."""

    vragen: tuple[OntvangenVraag, ...]


class InschrijftermijnGesloten(Feit):
    """The tender period ended."""

    sluiting: AwareDatetime
    op_tijd: int
    te_laat: int


class OpeningVastgelegd(Feit):
    """Place, persons present and irregular events at the opening."""

    moment: AwareDatetime
    plaats: str
    aanwezigen: tuple[str, ...]
    bijzonderheden: tuple[str, ...]


class PercelenIngetrokken(Feit):
    """Percelen were withdrawn without award."""

    percelen: tuple[str, ...]
    motivering: str


# --- questions to the dossier ------------------------------------------------------------------------------


def load_planning(s: Situatie[Any]) -> PlanningVastgesteld | None:
    """The planning as it was last laid down."""
    return s.dossier.laatste(PlanningVastgesteld)


def load_sluiting(dossier: Dossier) -> datetime | None:
    """The closing moment that holds now; None before publication."""
    verplaatst = dossier.laatste(SluitingVerplaatst)
    if verplaatst is not None:
        return verplaatst.sluiting
    gepubliceerd = dossier.laatste(AanbestedingGepubliceerd)
    return gepubliceerd.sluiting if gepubliceerd else None


def list_open_punten(s: Situatie[Any]) -> tuple[Punt, ...]:
    """Points of the definition that were not decided yet."""
    beslist = {feit.punt for feit in s.dossier.list_feiten(PuntBeslist)}
    return tuple(p for p in s.dossier.aanbesteding.punten if p.code not in beslist)


def list_percelen(s: Situatie[Any]) -> tuple[str, ...]:
    """Numbers of the percelen concerned, in order of the definition; all of them when none is named."""
    alle = tuple(p.nummer for p in s.dossier.aanbesteding.percelen)
    return tuple(n for n in alle if n in s.onderwerpen) if s.onderwerpen else alle


def load_uitwerking(s: Situatie[Any], perceel: str) -> PerceelUitgewerkt | None:
    """The perceel as it was last worked out."""
    return s.dossier.laatste(PerceelUitgewerkt, perceel=perceel)


def list_niet_uitgewerkt(s: Situatie[Any]) -> tuple[str, ...]:
    """Numbers of the percelen concerned that were not worked out."""
    return tuple(n for n in list_percelen(s) if load_uitwerking(s, n) is None)


def list_ontbrekende_volmachten(s: Situatie[Any]) -> tuple[tuple[str, str], ...]:
    """Pairs of municipality (name) and perceel without a power of attorney."""
    gegeven = {(f.gemeente, p) for f in s.dossier.list_feiten(VolmachtVastgelegd) for p in f.percelen}
    return tuple(
        (gemeente.naam, nummer)
        for gemeente in s.regio.gemeenten
        for nummer in list_percelen_van(s.dossier.aanbesteding, gemeente.code, list_percelen(s))
        if (gemeente.code, nummer) not in gegeven
    )


def list_vragen(dossier: Dossier) -> dict[str, OntvangenVraag]:
    """Every question by its number, in order of registration."""
    return {v.nummer: v for feit in dossier.list_feiten(VragenOntvangen) for v in feit.vragen}


def list_beantwoord(dossier: Dossier) -> frozenset[str]:
    """Numbers of the questions that an earlier note answered."""
    return frozenset(a.vraagnummer for n in dossier.list_feiten(NotaVastgesteld) for a in n.antwoorden)


def list_inschrijvingen(dossier: Dossier) -> tuple[Inschrijving, ...]:
    """Every registered bid that was not withdrawn, in order of registration."""
    return list_meedingend(dossier)
