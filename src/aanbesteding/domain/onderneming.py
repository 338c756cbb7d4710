"""Organisations that take part: providers, municipalities' partners, stakeholders of a consultation.

Codes of registers (KvK, AGB) are text: they have leading zeros and no check digit is derived.
"""

from __future__ import annotations

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel


class Adres(Gegevensmodel):
    """A postal address in the Netherlands."""

    straat: str = Field(min_length=1, max_length=200)
    postcode: str = Field(pattern=r"^[1-9][0-9]{3} ?[A-Z]{2}$")
    plaats: str = Field(min_length=1, max_length=100)

    @property
    def regels(self) -> tuple[str, ...]:
        """The address as lines on an envelope."""
        return (self.straat, f"{self.postcode}  {self.plaats}")


class Onderneming(Gegevensmodel):
    """A provider (aanbieder): one organisation, described once.

    `grootte`: micro, klein, middelgroot or groot, as the award notices ask.
    """

    sleutel: str = Field(
        pattern=r"^[a-z0-9-]+$", description="Vaste sleutel van de onderneming in dit dossier"
    )
    naam: str = Field(min_length=1, max_length=200)
    kvk: str = Field(pattern=r"^[0-9]{8}$")
    agb: str = Field(pattern=r"^[0-9]{8}$")
    adres: Adres
    contact: str = Field(min_length=1, description="Functie of afdeling, geen persoon")
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    grootte: str = Field(default="klein", pattern=r"^(micro|klein|middelgroot|groot)$")
