"""The house style of a region as data: what a letter head and the accent colour are made of."""

from __future__ import annotations

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel


class Huisstijl(Gegevensmodel):
    """Name, colours and sender block of a region; goes into every document as `huisstijl`."""

    naam: str = Field(description="Naam van de inkopende organisatie boven aan elk document")
    onderregel: str = Field(description="Regel onder de naam, bijvoorbeeld de deelnemende gemeenten")
    kleur: str = Field(pattern=r"^[0-9A-F]{6}$", description="Accentkleur, zes hexadecimale tekens")
    afzender: tuple[str, ...] = Field(description="Regels van het afzenderblok")
    voet: str = Field(description="Tekst in de voet van elke bladzijde")
    lettertype: str = "Calibri"
