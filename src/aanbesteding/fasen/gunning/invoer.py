"""What each act of the award asks: its input, with the titles and descriptions of its form.

What an act records is in besluiten.py; whether it may be done in regels/.
"""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.fasen.gunning.feiten import (
    HuidigeAanbieder,
    Kenmerk,
    Redenwijziging,
    Uitkomst,
)

PERCELEN = Field(title="Percelen", description="Nummers van de percelen", min_length=1)
PERCEEL = Field(title="Perceel", description="Nummer van het perceel")
ZAAKNUMMER = r"^\S.*$"


class GunningsadviesOpstellen(Gegevensmodel):
    """Input of the advice to the colleges."""

    percelen: tuple[str, ...] = PERCELEN
    motivering: str = Field(default="", title="Motivering", description="Alleen als een regel daarom vraagt")


class RedenenAanpassen(Gegevensmodel):
    """Input of better texts of reasons."""

    perceel: str = PERCEEL
    wijzigingen: tuple[Redenwijziging, ...] = Field(
        title="Wijzigingen", description="De redenen die een andere tekst krijgen", min_length=1
    )
    aanleiding: str = Field(
        title="Aanleiding", description="Waarom de tekst verandert; blijft in het dossier", min_length=1
    )


class RedenenVrijgeven(Gegevensmodel):
    """Input of the release of the reasons that bidders will read."""

    percelen: tuple[str, ...] = PERCELEN


class KenmerkenVrijgeven(Gegevensmodel):
    """Input of the release of what letters may say about the winning bids."""

    percelen: tuple[str, ...] = PERCELEN
    kenmerken: tuple[Kenmerk, ...] = Field(
        title="Kenmerken",
        description="Per perceel en criterium wat de winnende inschrijvingen kenmerkt of beter maakt",
        min_length=1,
    )


class CollegebesluitVastleggen(Gegevensmodel):
    """Input of the decision of one municipality."""

    gemeente: str = Field(title="Gemeente", description="Code van de gemeente")
    percelen: tuple[str, ...] = PERCELEN
    datum: date = Field(title="Datum", description="Datum van het besluit")
    kenmerk: str = Field(title="Kenmerk", description="Kenmerk van het besluit", min_length=1)


class GunningsbeslissingMeedelen(Gegevensmodel):
    """Input of the notice of the decision."""

    percelen: tuple[str, ...] = PERCELEN
    verzenddatum: date = Field(
        title="Verzenddatum", description="Dag waarop alle brieven tegelijk worden verzonden"
    )
    motivering: str = Field(default="", title="Motivering", description="Alleen als een regel daarom vraagt")


class VerzenddatumVerzetten(Gegevensmodel):
    """Input when the letters of a decision could not leave on the day that they name."""

    percelen: tuple[str, ...] = Field(
        title="Percelen", description="Alle percelen van de beslissing", min_length=1
    )
    verzenddatum: date = Field(
        title="Verzenddatum", description="Dag waarop alle brieven nu worden verzonden"
    )
    reden: str = Field(
        title="Reden",
        description="Waarom de brieven niet op de eerste dag weg konden; blijft in het dossier",
        min_length=3,
    )


class VerzendingVastleggen(Gegevensmodel):
    """Input of what was sent, and to whom it was not."""

    percelen: tuple[str, ...] = PERCELEN
    verzonden: AwareDatetime = Field(title="Verzonden", description="Moment van verzending")
    aantal: int = Field(title="Aantal", description="Hoeveel brieven zijn verzonden", ge=0)
    niet_verzonden: tuple[str, ...] = Field(
        default=(), title="Niet verzonden", description="Nummers van inschrijvingen zonder verzonden brief"
    )


class KortGedingMelden(Gegevensmodel):
    """Input when interim relief is asked."""

    perceel: str = PERCEEL
    datum: date = Field(title="Datum", description="Dag waarop de dagvaarding is ontvangen")
    rechtbank: str = Field(title="Rechtbank", description="Rechtbank die de zaak behandelt", min_length=1)
    zaaknummer: str = Field(title="Zaaknummer", description="Zaak- of rolnummer", pattern=ZAAKNUMMER)


class KortGedingAfdoen(Gegevensmodel):
    """Input when the proceedings ended."""

    perceel: str = PERCEEL
    uitkomst: Uitkomst = Field(
        title="Uitkomst",
        description="doorgaan: de beslissing blijft; herbeoordelen, intrekken: die gaat van tafel",
    )
    motivering: str = Field(
        title="Motivering", description="Wat de rechter of de partijen hebben beslist", min_length=1
    )
    zaaknummer: str = Field(
        default="", title="Zaaknummer", description="Alleen nodig als er meer dan één kort geding loopt"
    )
    datum: date | None = Field(default=None, title="Datum", description="Leeg: vandaag")


class VerificatieVastleggen(Gegevensmodel):
    """Input of the check of one intended winner's evidence."""

    perceel: str = PERCEEL
    inschrijving: str = Field(title="Inschrijving", description="Nummer van de inschrijving")
    voldoet: bool = Field(title="Voldoet", description="Of al het bewijs klopt met de eigen verklaring")
    bevindingen: str = Field(
        title="Bevindingen", description="Wat is gecontroleerd en gevonden", min_length=1
    )


class GunningsbeslissingWijzigen(Gegevensmodel):
    """Input of a changed decision."""

    percelen: tuple[str, ...] = PERCELEN
    verzenddatum: date = Field(
        title="Verzenddatum", description="Dag waarop alle brieven tegelijk worden verzonden"
    )
    aanleiding: str = Field(
        title="Aanleiding",
        description="Waarom de beslissing wijzigt; komt in alle brieven, noem geen inschrijver",
        min_length=1,
    )
    loting: tuple[str, ...] = Field(
        default=(), title="Loting", description="Volgorde van de nummers na loting, als die nodig is"
    )
    motivering: str = Field(default="", title="Motivering", description="Alleen als een regel daarom vraagt")


class GunningsbeslissingIntrekken(Gegevensmodel):
    """Input of a decision that is taken back."""

    percelen: tuple[str, ...] = PERCELEN
    motivering: str = Field(
        title="Motivering", description="Waarom. Deze tekst komt in alle brieven", min_length=1
    )


class NietGunnen(Gegevensmodel):
    """Input when nothing is awarded."""

    percelen: tuple[str, ...] = PERCELEN
    reden: str = Field(
        title="Reden", description="Waarom niets wordt gegund. Deze tekst komt in alle brieven", min_length=1
    )


class DefinitiefGunnen(Gegevensmodel):
    """Input of the final award."""

    percelen: tuple[str, ...] = PERCELEN
    motivering: str = Field(default="", title="Motivering", description="Alleen als een regel daarom vraagt")


class OvereenkomstenSluiten(Gegevensmodel):
    """Input of the agreements, with what the councils of clients must be told."""

    percelen: tuple[str, ...] = PERCELEN
    datum_ondertekening: date = Field(
        title="Datum ondertekening", description="Dag waarop de overeenkomsten worden ondertekend"
    )
    huidige_aanbieders: tuple[HuidigeAanbieder, ...] = Field(
        default=(),
        title="Huidige aanbieders",
        description="Wie nu hulp biedt, zodat cliëntenraden weten wie blijft en wie weggaat",
    )
    overgang_tot: date | None = Field(
        default=None, title="Overgang tot", description="Tot wanneer lopende hulp ten hoogste doorloopt"
    )


class KenmerkRij(Gegevensmodel):
    """A row of the workbook with characteristics of the winning bids."""

    perceel: str | int
    criterium: str
    tekst: str
    inschrijving: str | None = None
