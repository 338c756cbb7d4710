"""What the code knows about a Word template: one declaration per document, in the stage that owns it.

A document has a context model (what the template may use), a pure builder from the dossier to contexts, and an
example. Wording lives in sjablonen/<fase>/<document>.docx; values stay typed here and are written by filters.

Must stay true: a context holds everything a template prints, decided beforehand; a template asks, it does not
reckon. A builder gives the same exemplaren, in the same order, every time it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.onderneming import Adres, Onderneming
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie


class Brief(Gegevensmodel):
    """Letter head and closing of a letter; the drafting tool puts these fields in every letter template."""

    aan: tuple[str, ...] = Field(description="Regels van het adresblok van de ontvanger")
    datum: date = Field(description="Datum van de brief")
    kenmerk: str = Field(description="Ons kenmerk")
    onderwerp: str = Field(description="Onderwerp van de brief")
    aanhef: str = Field(description="Aanhef, bijvoorbeeld 'Geachte directie,'")
    contact: str = Field(description="Wie de ontvanger kan bellen of mailen")
    ondertekenaar_functie: str = Field(description="Functie van degene die ondertekent")
    namens: str = Field(description="Namens welk bestuur wordt ondertekend")


class Documentkop(Gegevensmodel):
    """Title block of a report, guide or agreement."""

    ondertitel: str = Field(description="Regel onder de titel")
    kenmerk: str = Field(description="Kenmerk van het document")
    datum: date = Field(description="Datum van het document")
    status: str = Field(description="Bijvoorbeeld 'concept' of 'vastgesteld'")


class Grafiekreeks(Gegevensmodel):
    """One series of a bar chart."""

    naam: str
    waarden: tuple[Decimal, ...]


class Grafiek(Gegevensmodel):
    """A bar chart as data; it becomes a picture with alternative text when the document is rendered."""

    titel: str
    categorieen: tuple[str, ...]
    reeksen: tuple[Grafiekreeks, ...]
    minimum: Decimal = Decimal(0)
    maximum: Decimal
    alt: str = Field(description="Wat de grafiek laat zien, in woorden")


class DocumentContext(Gegevensmodel):
    """Base of every context; subclasses describe each field in Dutch for the jurist's list."""


class Gedeelde(Gegevensmodel):
    """A part of a context that many letters hold, the very same object in each: it is prepared once for all."""


@dataclass(frozen=True)
class Ontvanger:
    """Who or what an exemplaar is for; `sleutel` becomes part of the file name."""

    sleutel: str
    naam: str
    email: str = ""


@dataclass(frozen=True)
class Exemplaar:
    """One document to be made: for whom, with which context."""

    ontvanger: Ontvanger
    context: DocumentContext


@dataclass(frozen=True)
class Document:
    """Declaration of a document.

    `per`: what there is one of ("aanbesteding", "perceel", "inschrijver", "gemeente", "groep", "overeenkomst").
    `ongebruikt`: paths of context fields that the template may leave unused.
    `verzenden`: goes to its recipient as a letter, and so must be approved and sent.
    `besluit`: holds or announces a decision, and so must be approved as well.
    `deelbaar`: its builder asks `s.wil(sleutel)` before it makes a context, so that a large series can be divided.
    """

    code: str
    titel: str
    fase: str
    context: type[DocumentContext]
    build: Callable[[Situatie[None]], Iterable[Exemplaar]]
    voorbeeld: Callable[[], DocumentContext]
    per: str
    ondertekenaar: Rol | None = None
    ongebruikt: tuple[str, ...] = ()
    bouwstenen: tuple[str, ...] = ()
    verzenden: bool = False
    besluit: bool = False
    deelbaar: bool = False

    @property
    def te_beoordelen(self) -> bool:
        """A jurist reads it before it counts."""
        return self.verzenden or self.besluit

    @property
    def sjabloon(self) -> str:
        """Path of the template below sjablonen/."""
        return f"{self.fase}/{self.code}.docx"


def build_brief(
    regio: Regio,
    aan: Onderneming | tuple[str, ...],
    *,
    datum: date,
    kenmerk: str,
    onderwerp: str,
    ondertekenaar_functie: str,
    namens: str,
    aanhef: str = "Geachte directie,",
) -> Brief:
    """Letter head for one recipient; an `Onderneming` gives name, contact function and address."""
    regels = address_regels(aan.naam, aan.contact, aan.adres) if isinstance(aan, Onderneming) else aan
    return Brief(
        aan=regels,
        datum=datum,
        kenmerk=kenmerk,
        onderwerp=onderwerp,
        aanhef=aanhef,
        contact=regio.contact,
        ondertekenaar_functie=ondertekenaar_functie,
        namens=namens,
    )


def address_regels(naam: str, ter_attentie: str, adres: Adres) -> tuple[str, ...]:
    """The lines of an address block."""
    return (naam, f"t.a.v. {ter_attentie}", *adres.regels)
