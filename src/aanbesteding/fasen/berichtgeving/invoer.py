"""What the acts of the letters ask."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import Partij
from aanbesteding.fasen.berichtgeving.feiten import Clientenraad, HuidigeAanbieder, Stap, Verlichting


class NieuweAanbiedersAanschrijven(Gegevensmodel):
    """Input of writing to providers that do not work in the region yet."""

    partijen: tuple[Partij, ...] = Field(title="Aanbieders", description="Wie een brief krijgt", min_length=1)
    aanleiding: str = Field(
        title="Aanleiding",
        description="Waarom nieuwe aanbieders welkom zijn; staat in de brief",
        min_length=1,
    )


class RijAanbieder(Gegevensmodel):
    """A row of the workbook with providers to write to."""

    sleutel: str = Field(title="Sleutel", description="Vaste sleutel")
    naam: str = Field(title="Naam", description="Naam van de aanbieder")
    straat: str = Field(title="Straat", description="Straat en huisnummer of postbus")
    postcode: str = Field(title="Postcode", description="Bijvoorbeeld 1234 AB")
    plaats: str = Field(title="Plaats", description="Vestigingsplaats")
    email: str = Field(title="E-mail", description="E-mailadres")
    groep: str = Field(title="Groep", description="Stakeholdergroep uit de strategie")
    aanleiding: str = Field(title="Aanleiding", description="Voor elke rij dezelfde tekst")


class LichteRouteVaststellen(Gegevensmodel):
    """Input of the light track for small providers."""

    maximum_medewerkers: int | None = Field(
        default=None,
        title="Hoogste aantal medewerkers",
        description="In voltijdbanen; leeg als dit geen grens is",
        ge=1,
    )
    maximum_clienten: int | None = Field(
        default=None, title="Hoogste aantal cliënten", description="Leeg als dit geen grens is", ge=1
    )
    omschrijving: str = Field(
        title="Wie is klein", description="De grens in een zin, zoals in de brief", min_length=1
    )
    verlichtingen: tuple[Verlichting, ...] = Field(
        title="Lichter bewijs", description="Per eis wat een kleine aanbieder mag indienen", min_length=1
    )
    hulp: str = Field(title="Hulp", description="Wie helpt bij het invullen en hoe", min_length=1)
    spreekuur: AwareDatetime | None = Field(
        default=None, title="Spreekuur", description="Dag en uur; leeg als er geen is"
    )
    spreekuur_plaats: str = Field(
        default="", title="Plaats van het spreekuur", description="Leeg zonder spreekuur"
    )
    partijen: tuple[Partij, ...] = Field(
        title="Kleine aanbieders",
        description="Wie een brief krijgt; de route geldt voor iedereen die klein is",
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")


class RadenInformeren(Gegevensmodel):
    """Input of the letter to councils and client councils."""

    aanleiding: str = Field(title="Aanleiding", description="Waarom u deze brief stuurt", min_length=1)
    betekenis: tuple[str, ...] = Field(
        title="Betekenis voor inwoners", description="Wat de aanpak voor cliënten betekent", min_length=1
    )
    stappen: tuple[Stap, ...] = Field(title="Stappen", description="Hoe het verdergaat", min_length=1)
    gedeeld_met: str = Field(
        default="", title="Gedeeld met", description="Met wie u de brief nog meer deelt; mag leeg zijn"
    )
    clientenraden: tuple[Clientenraad, ...] = Field(
        title="Cliëntenraden", description="Van elke gemeente ten minste een", min_length=1
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")


class VoortzettingMeedelen(Gegevensmodel):
    """Input of the letter about running support."""

    ingang: date = Field(title="Ingang", description="Eerste dag van de nieuwe overeenkomsten")
    overgang_tot: date | None = Field(
        default=None,
        title="Overgang tot en met",
        description="Laatste dag waarop lopende hulp bij een vertrekkende aanbieder doorloopt; leeg als dat open is",
    )
    pgb: str = Field(
        title="Persoonsgebonden budget",
        description="Wat een cliënt met een pgb kan om hulp voort te zetten",
        min_length=1,
    )
    clientcontact: str = Field(
        title="Bericht aan cliënten", description="Wie met cliënten praat en wanneer", min_length=1
    )
    aanbieders: tuple[HuidigeAanbieder, ...] = Field(
        title="Huidige aanbieders", description="Wie nu ondersteuning biedt", min_length=1
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")
