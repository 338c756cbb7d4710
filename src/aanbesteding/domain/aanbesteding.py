"""The definition of one purchase: what the strategy text says, percelen, open points and the consultation.

This is the frozen starting point of a dossier. What is decided later stands in facts (domain.feit), never here.

Must stay true: every statement names its source line; shares of percelen within one law add up to 100.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.gegeven import Gegeven, Punt, Stand

WETTEN = ("Wmo 2015", "Jeugdwet", "Participatiewet")


class Stelling(Gegevensmodel):
    """A goal, principle, ambition or rule of the source text, in own words."""

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    tekst: str = Field(min_length=1)
    bron: str = Field(min_length=1)
    stand: Stand = Stand.BESLOTEN


class Perceel(Gegevensmodel):
    """A lot: its number is for people, its `sleutel` never changes."""

    nummer: str = Field(pattern=r"^[0-9]{1,2}$")
    sleutel: UUID
    titel: str
    korte_naam: str
    wet: str
    omschrijving: str
    bron: str
    cpv: str = Field(pattern=r"^[0-9]{8}$")
    cpv_tekst: str
    nuts: str = Field(pattern=r"^NL[0-9A-Z]{3}$")
    productcategorieen: tuple[str, ...] = ()
    aandeel_financien: Gegeven
    aandeel_clienten: Gegeven
    uitvoeringsvariant: Gegeven
    ambities: tuple[Stelling, ...] = Field(min_length=1)
    overdraagbaar: Gegeven | None = None

    @property
    def naam(self) -> str:
        """Number and title as documents show them."""
        return f"Perceel {self.nummer}: {self.titel}"


class Stakeholdergroep(Gegevensmodel):
    """A group that is asked in the consultation."""

    code: str = Field(pattern=r"^[a-z_]+$")
    naam: str
    bron: str


class Vraag(Gegevensmodel):
    """A question of the consultation; `soort` schaal (1–5) or open."""

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    blok: str
    soort: str = Field(pattern=r"^(schaal|open)$")
    tekst: str
    thema: str
    groepen: tuple[str, ...] = Field(default=(), description="Leeg: voor alle groepen")


class Blok(Gegevensmodel):
    """A block of questions."""

    code: str = Field(pattern=r"^[a-z_]+$")
    titel: str
    bron: str


class Thema(Gegevensmodel):
    """A theme under which reactions are gathered, with the advice that the source text gives."""

    code: str = Field(pattern=r"^[a-z_]+$")
    titel: str
    advies: str
    bron: str


class Consultatie(Gegevensmodel):
    """The market consultation as the strategy describes it."""

    schaal_min: int = 1
    schaal_max: int = 5
    bron_schaal: str
    groepen: tuple[Stakeholdergroep, ...]
    blokken: tuple[Blok, ...]
    themas: tuple[Thema, ...]
    vragen: tuple[Vraag, ...]
    uitdagingen: tuple[Stelling, ...] = ()

    @model_validator(mode="after")
    def check_verwijzingen(self) -> Self:
        """Questions point at blocks, themes and groups that exist."""
        blokken = {b.code for b in self.blokken}
        themas = {t.code for t in self.themas}
        groepen = {g.code for g in self.groepen}
        for vraag in self.vragen:
            if vraag.blok not in blokken:
                raise ValueError(f"vraag {vraag.code}: blok '{vraag.blok}' bestaat niet")
            if vraag.thema not in themas:
                raise ValueError(f"vraag {vraag.code}: thema '{vraag.thema}' bestaat niet")
            if onbekend := set(vraag.groepen) - groepen:
                raise ValueError(f"vraag {vraag.code}: groep {sorted(onbekend)} bestaat niet")
        return self

    def list_vragen(self, groep: str) -> tuple[Vraag, ...]:
        """The questions put to one group."""
        return tuple(v for v in self.vragen if not v.groepen or groep in v.groepen)


class Aanbesteding(Gegevensmodel):
    """One purchase of a region, as laid down before it starts."""

    code: str = Field(pattern=r"^[a-z0-9-]+$")
    id: UUID
    titel: str
    regio: str
    procedure: str
    brontitel: str
    bronbestand: str
    ingang: Gegeven
    gegevens: tuple[Gegeven, ...]
    uitgangspunten: tuple[Stelling, ...]
    doelen: tuple[Stelling, ...]
    regels: tuple[Stelling, ...]
    percelen: tuple[Perceel, ...] = Field(min_length=1)
    punten: tuple[Punt, ...]
    consultatie: Consultatie

    @model_validator(mode="after")
    def check_percelen(self) -> Self:
        """Numbers are unique, laws are known and shares add up to 100 per law."""
        nummers = [p.nummer for p in self.percelen]
        if len(set(nummers)) != len(nummers):
            raise ValueError("perceelnummers zijn niet uniek")
        for veld in ("aandeel_financien", "aandeel_clienten"):
            som: dict[str, Decimal] = defaultdict(Decimal)
            for perceel in self.percelen:
                if perceel.wet not in WETTEN:
                    raise ValueError(
                        f"perceel {perceel.nummer}: wet '{perceel.wet}' is niet een van {WETTEN}"
                    )
                gegeven: Gegeven = getattr(perceel, veld)
                if gegeven.getal is not None:
                    som[perceel.wet] += gegeven.getal
            for wet, totaal in som.items():
                if totaal != 100:
                    raise ValueError(
                        f"{veld} van de percelen onder de {wet} telt op tot {totaal}, niet tot 100"
                    )
        codes = [p.code for p in self.punten]
        if len(set(codes)) != len(codes):
            raise ValueError("codes van open punten zijn niet uniek")
        return self

    def load_perceel(self, nummer: str) -> Perceel:
        """The perceel with this number; KeyError when there is none."""
        for perceel in self.percelen:
            if perceel.nummer == nummer:
                return perceel
        raise KeyError(nummer)

    def load_gegeven(self, code: str) -> Gegeven:
        """The stated figure with this code; KeyError when there is none."""
        for gegeven in self.gegevens:
            if gegeven.code == code:
                return gegeven
        raise KeyError(code)
