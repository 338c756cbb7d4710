"""What surrounds one purchase: scope, decisions of councils and colleges, tracks beside it, market and levels.

Must stay true: every statement names its source line; a municipality is named by its code in the region.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.gegeven import Gegeven, Stand, Stelling

WETTEN = ("Wmo 2015", "Jeugdwet", "Participatiewet")


class Scope(StrEnum):
    """Whether a kind of care is bought here."""

    BINNEN = "binnen"
    BUITEN = "buiten"
    ALLEEN_INVOER = "alleen_invoer"


class Zorgvorm(Gegevensmodel):
    """A kind of care and whether it is bought here; `bekostiging` when the text chooses per kind of care."""

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    naam: str
    wet: Literal["Wmo 2015", "Jeugdwet", "Participatiewet"]
    scope: Scope
    bron: str = Field(min_length=1)
    bekostiging: Gegeven | None = None
    toelichting: str = ""


class Bestuursbesluit(Gegevensmodel):
    """A decision that the source text reports or announces, with what a body added to it (`toevoegingen`)."""

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    gemeenten: tuple[str, ...] = Field(default=(), description="Leeg: alle gemeenten van de regio")
    orgaan: str
    onderwerp: str
    stand: Stand
    datum: date | None = None
    kenmerk: str = ""
    bron: str = Field(min_length=1)
    toevoegingen: tuple[Stelling, ...] = ()


class Traject(Gegevensmodel):
    """A track beside this purchase. `tegelijk`: both must be offered for decision at the same moment."""

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    naam: str
    uitvoerder: str = ""
    verband: str = Field(min_length=1)
    tegelijk: bool = False
    bron: str = Field(min_length=1)


class Participatie(Gegevensmodel):
    """A participation track: which groups are heard about which percelen, and in which form."""

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    percelen: tuple[str, ...] = Field(default=(), description="Leeg: over alle percelen")
    groepen: tuple[str, ...] = Field(min_length=1, description="Codes van de stakeholdergroepen")
    vorm: Gegeven
    bron: str = Field(min_length=1)


class Marktgroep(Gegevensmodel):
    """A kind of provider or help in the present market with its size."""

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    naam: str
    aanbieders: Gegeven
    clienten: Gegeven | None = None
    uitgaven: Gegeven | None = None
    bron: str = Field(min_length=1)


class Inkoopniveau(Gegevensmodel):
    """The scale on which a kind of care is bought."""

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    niveau: Literal["landelijk", "bovenregionaal", "regionaal", "subregionaal", "lokaal"]
    samenwerking: str = ""
    tekst: str = Field(min_length=1)
    bron: str = Field(min_length=1)
