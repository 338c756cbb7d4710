"""The house style of a region as data: what a letter head and the accent colour are made of."""

from __future__ import annotations

from pydantic import Base64Bytes, Field

from aanbesteding.domain.basis import Gegevensmodel


class Logo(Gegevensmodel):
    """A region's logo: which file, how wide, what it shows in words; the bytes come from the region's folder."""

    bestand: str = Field(pattern=r"^[\w-]+\.png$", description="Bestandsnaam in de map van de regio")
    alt: str = Field(min_length=1, description="Wat het logo laat zien, in woorden")
    breedte_mm: int = Field(default=24, ge=5, le=60, description="Breedte in het briefhoofd, in millimeters")
    png: Base64Bytes = Field(default=b"", repr=False, description="Het plaatje zelf")


class Huisstijl(Gegevensmodel):
    """Name, colours and sender block of a region; goes into every document as `huisstijl`."""

    naam: str = Field(description="Naam van de inkopende organisatie boven aan elk document")
    onderregel: str = Field(description="Regel onder de naam, bijvoorbeeld de deelnemende gemeenten")
    kleur: str = Field(pattern=r"^[0-9A-F]{6}$", description="Accentkleur, zes hexadecimale tekens")
    afzender: tuple[str, ...] = Field(description="Regels van het afzenderblok")
    voet: str = Field(description="Tekst in de voet van elke bladzijde")
    lettertype: str = "Calibri"
    logo: Logo | None = Field(default=None, description="Logo; komt vanzelf in het briefhoofd")
