"""Organisations that take part: providers, municipalities' partners, stakeholders of a consultation.

Codes of registers (KvK, AGB) are text: they have leading zeros and no check digit is derived.
"""

from __future__ import annotations

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel


class Adres(Gegevensmodel):
    """A postal address in the Netherlands."""

    straat: str = Field(
        min_length=1,
        max_length=200,
        title="Straat en huisnummer",
        description="Straat met huisnummer, of postbus",
    )
    postcode: str = Field(
        pattern=r"^[1-9][0-9]{3} ?[A-Z]{2}$",
        title="Postcode",
        description="Vier cijfers en twee hoofdletters",
    )
    plaats: str = Field(min_length=1, max_length=100, title="Plaats", description="Plaatsnaam")

    @property
    def regels(self) -> tuple[str, ...]:
        """The address as lines on an envelope."""
        return (self.straat, f"{self.postcode}  {self.plaats}")


class Onderneming(Gegevensmodel):
    """A provider (aanbieder): one organisation, described once.

    `grootte`: micro, klein, middelgroot or groot, as the award notices ask.
    """

    sleutel: str = Field(
        pattern=r"^[a-z0-9-]+$",
        description="Vaste sleutel van de onderneming in dit dossier",
        title="Sleutel",
    )
    naam: str = Field(
        min_length=1,
        max_length=200,
        title="Naam",
        description="Naam van de onderneming zoals in het handelsregister",
    )
    kvk: str = Field(pattern=r"^[0-9]{8}$", title="KvK-nummer", description="Acht cijfers")
    agb: str = Field(pattern=r"^[0-9]{8}$", title="AGB-code", description="Acht cijfers")
    adres: Adres = Field(title="Adres", description="Postadres in Nederland")
    contact: str = Field(min_length=1, description="Functie of afdeling, geen persoon", title="Contact")
    email: str = Field(
        pattern=r"^[^@\s]+@[^@\s]+$",
        title="E-mailadres",
        description="Adres waarop de onderneming berichten krijgt",
    )
    grootte: str = Field(
        default="klein",
        pattern=r"^(micro|klein|middelgroot|groot)$",
        title="Grootte",
        description="micro, klein, middelgroot of groot",
    )
