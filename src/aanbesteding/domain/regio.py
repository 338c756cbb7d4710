"""A region: the municipalities that buy together, who may do what for them, and their house style.

Reading a region's files is done in aanbesteding.regio; this is the noun.

Must stay true: a role is held by a person through a mandate with a legal basis; a region may lengthen a term,
never shorten it.
"""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.domain.onderneming import Adres
from aanbesteding.domain.rol import Rol


class Gemeente(Gegevensmodel):
    """A municipality that takes part."""

    code: str = Field(pattern=r"^[a-z-]+$")
    naam: str
    adres: Adres
    telefoon: str
    website: str
    bron: str = Field(description="Waar deze gegevens staan")
    bevoegd_orgaan: str = "college van burgemeester en wethouders"
    naam_uit_bron: bool = Field(
        default=True, description="Onwaar: de brontekst noemt geen namen en `naam` is een neutrale aanduiding"
    )


class Orgaan(Gegevensmodel):
    """A body of the region that prepares, decides or advises, as the source text names it."""

    code: str = Field(pattern=r"^[a-z_]+$")
    naam: str
    taak: str
    bron: str


class Mandaat(Gegevensmodel):
    """Who holds a role, for which municipalities (empty: all), and on what ground."""

    rol: Rol
    persoon: str = Field(pattern=r"^[a-z0-9.-]+$", description="Gebruikersnaam; in een demo een functie")
    gemeenten: tuple[str, ...] = ()
    grondslag: str


class Rechtsgang(Gegevensmodel):
    """The court that decides on disputes and the periods that the tender documents state."""

    rechtbank: str
    plaats: str
    vervaltermijn_dagen: int = Field(ge=20, description="Contractuele vervaltermijn in kalenderdagen")
    bron: str


class Regio(Gegevensmodel):
    """A purchasing region."""

    code: str = Field(pattern=r"^[a-z-]+$")
    naam: str
    gemeenten: tuple[Gemeente, ...] = Field(min_length=1)
    mandaten: tuple[Mandaat, ...]
    huisstijl: Huisstijl
    rechtsgang: Rechtsgang
    contact: str = Field(description="Contactpunt voor aanbieders: functie, telefoon of adres")
    email: str
    woord_perceel: str = Field(default="perceel", description="Hoe de regio een perceel noemt")
    organen: tuple[Orgaan, ...] = ()

    @model_validator(mode="after")
    def check_gemeenten(self) -> Self:
        """Codes of municipalities are unique and mandates name municipalities that exist."""
        codes = [g.code for g in self.gemeenten]
        fouten = [
            f"gemeente '{c}' staat er meer dan een keer in"
            for c in sorted({c for c in codes if codes.count(c) > 1})
        ]
        fouten += [
            f"mandaat van {m.persoon} als {m.rol.value}: gemeente '{g}' bestaat niet (toegestaan: {', '.join(codes)})"
            for m in self.mandaten
            for g in m.gemeenten
            if g not in codes
        ]
        if fouten:
            raise ValueError("\n".join(fouten))
        return self

    def list_rollen(self, persoon: str) -> frozenset[Rol]:
        """Roles that this person holds."""
        return frozenset(m.rol for m in self.mandaten if m.persoon == persoon)

    def list_personen(self, rol: Rol) -> tuple[str, ...]:
        """Persons who hold this role."""
        return tuple(m.persoon for m in self.mandaten if m.rol is rol)

    def select_gemeenten(self, codes: tuple[str, ...]) -> Regio:
        """The same region with only these municipalities (none: all), for a purchase in which not all take part."""
        if not codes:
            return self
        return self.model_copy(update={"gemeenten": tuple(g for g in self.gemeenten if g.code in codes)})

    def load_gemeente(self, code: str) -> Gemeente:
        """The municipality with this code; KeyError when there is none."""
        for gemeente in self.gemeenten:
            if gemeente.code == code:
                return gemeente
        raise KeyError(code)
