"""The facts that only the award stage records: advice, decisions of colleges, sending, holds, verification.

The decision itself, the final award and the agreements are facts that other stages read; they stand in
domain.feiten.

Grondslag: Aw 2012 art. 2.127-2.132; Gemeentewet art. 160 lid 1 (FEITEN 2.4, 2.5, 3.6-3.8).
Must stay true: a fact of a perceel counts only when it was recorded after the fact it belongs to (a
decision of a college after the advice, a sending after the decision); see stand.py.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feit import Feit

Uitkomst = Literal["doorgaan", "herbeoordelen", "intrekken"]


class Kenmerk(Gegevensmodel):
    """A releasable characteristic or relative advantage of the winning bids; never a passage from a bid."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    criterium: str = Field(title="Criterium", description="Code van het gunningscriterium, bijvoorbeeld K1")
    tekst: str = Field(
        title="Kenmerk of voordeel",
        description="Wat de winnende inschrijvingen kenmerkt of beter maakt, in eigen woorden",
        min_length=1,
    )
    inschrijving: str = Field(
        default="",
        title="Inschrijving",
        description="Nummer van de winnende inschrijving; leeg als het voor alle winnaars geldt",
    )


class Verwijzing(Gegevensmodel):
    """A running track, told apart by a mark that says nothing about the client, with the last day of its referral."""

    kenmerk: str = Field(
        title="Kenmerk",
        description="Kenmerk van het traject, zonder naam of burgerservicenummer",
        pattern=r"^[A-Z][A-Z0-9-]{1,19}$",
    )
    einde: date = Field(title="Einde van de verwijzing", description="Laatste dag van de verwijzing")


class HuidigeAanbieder(Gegevensmodel):
    """A provider that delivers support under the agreement that ends."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    naam: str = Field(title="Naam", description="Naam van de aanbieder", min_length=1)
    kvk: str = Field(title="KvK-nummer", description="Acht cijfers", pattern=r"^[0-9]{8}$")
    verwijzingen: tuple[Verwijzing, ...] = Field(
        default=(),
        title="Lopende trajecten",
        description="Alleen waar een uitloop geldt: per traject het kenmerk en het einde van de verwijzing",
    )


class Redenwijziging(Gegevensmodel):
    """A better text of one reason that a bidder will read; the score itself stays."""

    inschrijving: str = Field(title="Inschrijving", description="Nummer van de inschrijving")
    criterium: str = Field(
        default="",
        title="Criterium",
        description="Code van het criterium; leeg voor de reden van ongeldigheid of uitsluiting",
    )
    motivering: str = Field(title="Motivering", description="De hele nieuwe reden", min_length=1)
    waarom_niet_maximaal: str | None = Field(
        default=None,
        title="Waarom niet maximaal",
        description="De hele nieuwe tekst; leeg: die blijft zoals hij is",
    )


class GunningsadviesOpgesteld(Feit):
    """The award advice on these percelen was laid before the colleges."""

    percelen: tuple[str, ...]


class RedenenAangepast(Feit):
    """The committee gave reasons of a perceel a better text; scores stay."""

    perceel: str
    wijzigingen: tuple[Redenwijziging, ...]
    aanleiding: str


class RedenenVrijgegeven(Feit):
    """A second person released the reasons that bidders will read.

    `afdrukken` has the fingerprint of every released text, so that a later change is seen and named.
    """

    percelen: tuple[str, ...]
    afdrukken: dict[str, str]


class KenmerkenVrijgegeven(Feit):
    """A second person released what letters may say about the winning bids of these percelen."""

    percelen: tuple[str, ...]
    kenmerken: tuple[Kenmerk, ...]


class CollegebesluitVastgelegd(Feit):
    """The competent body of one municipality decided on these percelen."""

    gemeente: str
    percelen: tuple[str, ...]
    datum: date
    kenmerk: str


class MededelingVerzonden(Feit):
    """The letters about these percelen left; `niet_verzonden` are numbers of bids whose letter did not."""

    percelen: tuple[str, ...]
    verzonden: AwareDatetime
    aantal: int
    niet_verzonden: tuple[str, ...] = ()


class KortGedingGemeld(Feit):
    """Interim relief was asked about a perceel; from here it is held until `KortGedingAfgedaan`."""

    perceel: str
    datum: date
    rechtbank: str
    zaaknummer: str


class KortGedingAfgedaan(Feit):
    """The proceedings ended, with what they mean for the decision."""

    perceel: str
    datum: date
    zaaknummer: str
    uitkomst: Uitkomst
    motivering: str


class VerificatieVastgelegd(Feit):
    """The evidence of an intended winner was checked for one perceel."""

    perceel: str
    inschrijving: str
    voldoet: bool
    bevindingen: str


class GunningsbeslissingIngetrokken(Feit):
    """The decision on these percelen was taken back; they return to the committee."""

    percelen: tuple[str, ...]
    motivering: str


class NietGegund(Feit):
    """Nothing is awarded in these percelen."""

    percelen: tuple[str, ...]
    reden: str


class OndertekeningVastgelegd(Feit):
    """The day on which the agreements of these percelen are signed."""

    percelen: tuple[str, ...]
    datum: date


class ContinuiteitVastgelegd(Feit):
    """Who delivers support until the new agreements begin, and until when running tracks go on."""

    percelen: tuple[str, ...]
    huidige_aanbieders: tuple[HuidigeAanbieder, ...] = ()
    overgang_tot: date | None = None


EIGEN_FEITEN: tuple[type[Feit], ...] = (
    GunningsadviesOpgesteld,
    RedenenAangepast,
    RedenenVrijgegeven,
    KenmerkenVrijgegeven,
    CollegebesluitVastgelegd,
    MededelingVerzonden,
    KortGedingGemeld,
    KortGedingAfgedaan,
    VerificatieVastgelegd,
    GunningsbeslissingIngetrokken,
    NietGegund,
    OndertekeningVastgelegd,
    ContinuiteitVastgelegd,
)
