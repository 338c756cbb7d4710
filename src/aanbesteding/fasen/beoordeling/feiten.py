"""The facts that only the assessment stage records and reads; shared facts stand in domain.feiten.

Must stay true: the names of these classes and fields are stored and never change meaning. A test that is held
is never removed: it is answered by a HerstelVastgelegd or a ToetsBeslist, or it lapses when the bid is out.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from aanbesteding.domain.feit import Feit


class ToetsAangehouden(Feit):
    """One requirement of one bid that the system may not decide: it waits for repair or for a person."""

    perceel: str
    inschrijving: str
    eis: str
    wacht_op: Literal["herstel", "mens"]
    reden: str


class HerstelGevraagd(Feit):
    """Every bidder with a repairable defect was asked to repair it before one and the same moment."""

    percelen: tuple[str, ...]
    uiterlijk: AwareDatetime


class HerstelVastgelegd(Feit):
    """What came of one request for repair."""

    perceel: str
    inschrijving: str
    eis: str
    hersteld: bool
    toelichting: str


class ToetsBeslist(Feit):
    """A lawyer decided on one requirement that the system may not decide."""

    perceel: str
    inschrijving: str
    eis: str
    uitkomst: Literal["geldig", "ongeldig", "uitgesloten"]
    motivering: str = Field(min_length=1)
    gehoord: str = ""
    evenredigheid: str = ""


class LotingVerricht(Feit):
    """A draw took place before witnesses; `volgorde` is the whole order in which the lots came out."""

    perceel: str
    volgorde: tuple[str, ...]
    getuigen: tuple[str, ...]
    datum: date


class LagePrijsBevraagd(Feit):
    """These bidders were asked in writing to explain their price, before one and the same moment."""

    perceel: str
    inschrijvingen: tuple[str, ...] = Field(min_length=1)
    vragen: tuple[str, ...] = Field(min_length=1)
    uiterlijk: AwareDatetime
    motivering: str = ""


class LagePrijsToegelicht(Feit):
    """What came of one request; `ontvangen` None: nothing came before the moment."""

    perceel: str
    inschrijving: str
    ontvangen: AwareDatetime | None
    toelichting: str


class LagePrijsBeoordeeld(Feit):
    """The explanation of a low price was examined: the bid stays or is rejected."""

    perceel: str
    inschrijving: str
    aanvaard: bool
    motivering: str


class HerbeoordelingGeopend(Feit):
    """The quality of these percelen is assessed again; the scores of before stay in the dossier but no longer count."""

    percelen: tuple[str, ...]
    motivering: str
    nieuwe_commissie: bool


EIGEN_FEITEN: tuple[type[Feit], ...] = (
    ToetsAangehouden,
    HerstelGevraagd,
    HerstelVastgelegd,
    ToetsBeslist,
    LotingVerricht,
    LagePrijsBevraagd,
    LagePrijsToegelicht,
    LagePrijsBeoordeeld,
    HerbeoordelingGeopend,
)
