"""The market consultation as a source text describes it: who is asked what, under which themes.

Must stay true: a question points at a block, a theme and groups that exist.
"""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.gegeven import Stelling


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
    vormen: tuple[Stelling, ...] = Field(default=(), description="Hoe de regio de markt hoort en inlicht")

    @model_validator(mode="after")
    def check_verwijzingen(self) -> Self:
        """Questions point at blocks, themes and groups that exist; every fault at once."""
        bekend = {
            "blok": {b.code for b in self.blokken},
            "thema": {t.code for t in self.themas},
            "groep": {g.code for g in self.groepen},
        }
        fouten: list[str] = []
        for vraag in self.vragen:
            genoemd = [("blok", vraag.blok), ("thema", vraag.thema), *(("groep", g) for g in vraag.groepen)]
            fouten += [
                f"vraag {vraag.code}: {soort} '{code}' bestaat niet (toegestaan: {', '.join(sorted(bekend[soort]))})"
                for soort, code in genoemd
                if code not in bekend[soort]
            ]
        if fouten:
            raise ValueError("\n".join(fouten))
        return self

    def list_vragen(self, groep: str) -> tuple[Vraag, ...]:
        """The questions put to one group."""
        return tuple(v for v in self.vragen if not v.groepen or groep in v.groepen)
