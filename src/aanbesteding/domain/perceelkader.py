"""What a source text says about one perceel beyond its contents: term, number of providers, capacity, run-off.

Must stay true: every value carries its source line and how firm it is; what the text does not say is None.
Trap: these are the words of the source text. What is decided stands in facts (PuntBeslist), never here.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.gegeven import Gegeven, Stand

VARIANTEN = ("taakgericht", "inspanningsgericht", "outputgericht")
"""The three ways of paying for care that the national standards know."""


class Onderbouwd(Gegevensmodel):
    """A part of the source text with its place and firmness."""

    stand: Stand
    bron: str = Field(min_length=1)
    toelichting: str = ""


class Verlenging(Gegevensmodel):
    """An option to extend; what the text leaves out is empty."""

    keer: int | None = Field(default=None, ge=1)
    maanden: int | None = Field(default=None, ge=1)


class Looptijd(Onderbouwd):
    """The term of a contract. `ten_minste`: `maanden` is a minimum. Without `maanden` it is open."""

    maanden: int | None = Field(default=None, ge=1)
    ten_minste: bool = False
    verlenging: Verlenging | None = None

    @model_validator(mode="after")
    def check_open(self) -> Self:
        """An open term has no length, any other term has one."""
        if (self.stand is Stand.OPEN) != (self.maanden is None):
            raise ValueError("een open looptijd heeft geen maanden, een andere looptijd wel")
        return self

    def show(self) -> str:
        """The term in words, as in "ten minste 48 maanden, 2 keer 24 maanden verlenging"."""
        if self.maanden is None:
            return "nog open"
        tekst = f"{'ten minste ' if self.ten_minste else ''}{self.maanden} maanden"
        if self.verlenging is None:
            return tekst
        keer = f"{self.verlenging.keer} keer" if self.verlenging.keer else "aantal nog open"
        duur = f"{self.verlenging.maanden} maanden" if self.verlenging.maanden else "duur nog open"
        return f"{tekst}, verlenging: {keer}, {duur}"


class Omvang(StrEnum):
    """How many providers a region wants."""

    WEINIG = "weinig"
    VEEL = "veel"
    AANTAL = "aantal"
    OPEN = "open"


class Aanbiedersbeleid(Onderbouwd):
    """How many providers get a contract for this perceel."""

    omvang: Omvang
    aantal: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def check_aantal(self) -> Self:
        """Only `aantal` has a number."""
        if (self.omvang is Omvang.AANTAL) != (self.aantal is not None):
            raise ValueError("'aantal' hoort bij omvang 'aantal', en alleen daarbij")
        return self


class Minimumcapaciteit(Onderbouwd):
    """A minimum that a bidder must be able to serve, alone or (`gezamenlijk`) as an alliance."""

    aantal: int = Field(ge=1)
    eenheid: str = Field(min_length=1)
    gezamenlijk: Gegeven = Field(description="Of een samenwerkingsverband het minimum samen mag halen")


class Uitloop(Onderbouwd):
    """Running help of a provider that gets no contract may be finished until the earlier of two ends."""

    uiterlijk: date

    def count_einde(self, einde_verwijzing: date) -> date:
        """The last day of help: the end of the referral or the fixed date, whichever comes first."""
        return min(einde_verwijzing, self.uiterlijk)


class Toewijzing(Onderbouwd):
    """How percelen that are areas go to bidders."""

    per_perceel: int = Field(default=1, ge=1, description="Aanbieders of samenwerkingsverbanden per perceel")
    samenwerkingsverband: bool = Field(description="Een samenwerkingsverband mag een perceel bedienen")
    maximum_per_inschrijver: Gegeven
    volgorde: Gegeven
