"""A value that a source text states, with how firm it is and where it stands.

Texts about a purchase mix what is decided, intended, left open or out of scope. That difference must survive
into the data: the publication gate refuses what is still open, and every figure can be traced to its line.

Must stay true: a value without a source line cannot exist; an open value has no content.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from aanbesteding.domain.basis import Gegevensmodel


class Stand(StrEnum):
    """How firm a value is."""

    BESLOTEN = "besloten"
    VOORNEMEN = "voornemen"
    BANDBREEDTE = "bandbreedte"
    OPEN = "open"
    BUITEN_SCOPE = "buiten_scope"
    ALLEEN_INVOER = "alleen_invoer"


STANDWOORDEN = {
    Stand.BESLOTEN: "vastgesteld",
    Stand.VOORNEMEN: "voornemen",
    Stand.BANDBREEDTE: "binnen een bandbreedte",
    Stand.OPEN: "nog open",
    Stand.BUITEN_SCOPE: "valt buiten deze inkoop",
    Stand.ALLEEN_INVOER: "achtergrond",
}
"""How documents say how firm a statement is."""


class Gegeven(Gegevensmodel):
    """One statement of a source text.

    `getal` for a figure (exact), `tekst` for words; `bron` is the line in the source text ("L374") or another
    place that can be looked up. `vanaf` and `tot` bound a period, `keuzes` are the values still possible.
    """

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    naam: str = Field(min_length=1)
    stand: Stand
    getal: Decimal | None = None
    eenheid: str = ""
    tekst: str = ""
    bron: str = Field(min_length=1)
    jaar: int | None = None
    toelichting: str = ""
    vanaf: date | None = Field(default=None, description="Eerste dag van een periode")
    tot: date | None = Field(default=None, description="Laatste dag van een periode")
    keuzes: tuple[str, ...] = Field(default=(), description="Waarden waaruit nog gekozen wordt")

    @model_validator(mode="after")
    def check_inhoud(self) -> Self:
        """A decided value says something; an open value says nothing yet; a period goes forward."""
        leeg = self.getal is None and not self.tekst
        if self.vanaf and self.tot and self.tot < self.vanaf:
            raise ValueError("'tot' ligt voor 'vanaf'")
        if self.keuzes and self.stand is Stand.BESLOTEN:
            raise ValueError("een besloten gegeven heeft geen keuzes meer")
        if self.stand is Stand.OPEN and self.getal is not None:
            raise ValueError("een open gegeven heeft nog geen getal")
        if self.stand is not Stand.OPEN and leeg:
            raise ValueError("een gegeven dat niet open is, heeft een getal of een tekst nodig")
        return self


class Doorwerking(StrEnum):
    """Where a principle, goal or rule must show itself later in the purchase."""

    GUNNINGSCRITERIUM = "gunningscriterium"
    EIS = "eis"
    OVEREENKOMST = "overeenkomst"
    BEKOSTIGING = "bekostiging"
    PERCEELINDELING = "perceelindeling"
    CONTRACTBEHEER = "contractbeheer"


class Stelling(Gegevensmodel):
    """A goal, principle, ambition or rule of the source text, in own words."""

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    tekst: str = Field(min_length=1)
    bron: str = Field(min_length=1)
    stand: Stand = Stand.BESLOTEN
    groep: str = Field(default="", description="Kop waaronder de brontekst deze stelling zet")
    werkt_door_in: tuple[Doorwerking, ...] = Field(
        default=(), description="Waar deze stelling terug moet komen; voorstel van de opsteller"
    )


class Navraag(Gegevensmodel):
    """A question to the region: the source text is silent, contradicts itself or points at what is not there.

    It is shown until the region has answered; nothing is filled in meanwhile.
    """

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    vraag: str = Field(min_length=1)
    aanleiding: str = Field(min_length=1, description="Waarom de brontekst dit niet beantwoordt")
    soort: Literal["leemte", "tegenspraak", "twijfel"]
    bron: str = Field(min_length=1)


class Puntsoort(StrEnum):
    """What kind of answer an open point takes."""

    MAANDEN = "maanden"
    GETAL = "getal"
    KEUZE = "keuze"
    TEKST = "tekst"
    JA_NEE = "ja_nee"
    DATUM = "datum"


class Punt(Gegevensmodel):
    """A point that the source text leaves open, gives as a range or as an intention, and that must be decided."""

    code: str = Field(pattern=r"^[a-z0-9_]+$")
    vraag: str = Field(min_length=1)
    stand: Stand
    tekst: str = Field(min_length=1, description="Wat de brontekst erover zegt, in eigen woorden")
    bron: str = Field(min_length=1)
    soort: Puntsoort
    opties: tuple[str, ...] = ()
    groter_dan: int | None = Field(
        default=None, description="Ondergrens (niet inbegrepen) die de brontekst stelt"
    )
    eenheid: str = ""
    vanaf: date | None = Field(default=None, description="Eerste dag die de brontekst toelaat (soort datum)")
    tot: date | None = Field(default=None, description="Laatste dag die de brontekst toelaat (soort datum)")

    @model_validator(mode="after")
    def check_opties(self) -> Self:
        """A choice has something to choose from; nothing else has."""
        if self.soort is Puntsoort.KEUZE and not self.opties:
            raise ValueError("een punt van soort 'keuze' heeft 'opties' nodig")
        return self

    def check_antwoord(self, waarde: str) -> str | None:
        """Return a Dutch sentence when `waarde` does not fit this point, else None."""
        if not waarde:
            return f"Punt '{self.code}': het besluit is leeg. Vul een waarde in."
        if self.soort in (Puntsoort.MAANDEN, Puntsoort.GETAL):
            if not waarde.isascii() or not waarde.isdigit():
                return f"Punt '{self.code}': '{waarde}' is geen geheel getal{self._in_eenheid()}."
            if self.groter_dan is not None and int(waarde) <= self.groter_dan:
                return (
                    f"Punt '{self.code}': {waarde} is niet meer dan {self.groter_dan}{self._in_eenheid()}; "
                    f"dat stelt de bron ({self.bron})."
                )
        if self.soort is Puntsoort.DATUM:
            return self._check_datum(waarde)
        if self.soort is Puntsoort.KEUZE and waarde not in self.opties:
            return f"Punt '{self.code}': '{waarde}' is geen keuze. Toegestaan: {', '.join(self.opties)}."
        if self.soort is Puntsoort.JA_NEE and waarde not in ("ja", "nee"):
            return f"Punt '{self.code}': '{waarde}' is niet 'ja' of 'nee'."
        return None

    def _check_datum(self, waarde: str) -> str | None:
        try:
            dag = date.fromisoformat(waarde)
        except ValueError:
            return f"Punt '{self.code}': '{waarde}' is geen datum (jjjj-mm-dd)."
        if (self.vanaf and dag < self.vanaf) or (self.tot and dag > self.tot):
            grenzen = f"{self.vanaf or 'begin'} tot en met {self.tot or 'later'}"
            return f"Punt '{self.code}': {waarde} valt buiten {grenzen}; dat stelt de bron ({self.bron})."
        return None

    def _in_eenheid(self) -> str:
        eenheid = self.eenheid or ("maanden" if self.soort is Puntsoort.MAANDEN else "")
        return f" {eenheid}" if eenheid else ""
