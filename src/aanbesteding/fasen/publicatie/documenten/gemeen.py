"""Parts that several documents of this stage share: title block, municipalities, products, requirements,
term.

Builders of whole documents stand in the other modules of this package.

Must stay true: every document of one set has the same status: concept before the notice, vastgesteld
after it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import Documentkop, Ontvanger
from aanbesteding.documents.overeenkomst import (
    as_zin,
    count_einddatum,
    load_ingangsdatum,
    load_termijnen,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.feiten import AanbestedingGepubliceerd, Eis, PerceelUitgewerkt, Product
from aanbesteding.domain.minimum import show_minimum
from aanbesteding.domain.onderneming import Adres
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.feiten import list_percelen, load_sluiting, load_uitwerking

FASE = "publicatie"
VOORBEELD_PROCEDURE = "procedure voor sociale en andere specifieke diensten"


class Gemeenteregel(Gegevensmodel):
    """A municipality as a party."""

    naam: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Bevoegd orgaan")
    adres: str = Field(description="Straat, postcode en plaats op één regel")
    telefoon: str = Field(description="Telefoonnummer")
    website: str = Field(description="Website")


class Productregel(Gegevensmodel):
    """A product with its tariff."""

    code: str = Field(description="Productcode")
    naam: str = Field(description="Naam van het product")
    omschrijving: str = Field(description="Wat het product inhoudt")
    categorie: str = Field(description="Landelijke productcategorie, twee tekens")
    eenheid: str = Field(description="Eenheid waarin wordt gedeclareerd")
    tarief: Decimal = Field(description="Tarief per eenheid, of de ondergrens bij een vrije prijs")
    vrije_prijs: bool = Field(description="Of inschrijvers zelf een prijs bieden")
    prijsplafond: Decimal | None = Field(description="Hoogste prijs bij een vrije prijs")
    maximum: int | None = Field(description="Ten hoogste zoveel aanbieders; leeg: geen maximum")


class Eisenregel(Gegevensmodel):
    """A requirement as bidders read it."""

    code: str = Field(description="Code van de eis")
    tekst: str = Field(description="De eis")
    bewijs: str = Field(description="Waarmee de inschrijver aantoont dat hij voldoet")
    herstelbaar: bool = Field(description="Of een gebrek hersteld mag worden")


class Duur(Gegevensmodel):
    """The term of the agreements."""

    ingang: date = Field(description="Eerste dag van de overeenkomst")
    einde: date | None = Field(description="Laatste dag zonder verlenging")
    maanden: int | None = Field(description="Looptijd in maanden")
    verlengingen: int | None = Field(description="Aantal mogelijke verlengingen")
    verlenging_maanden: int | None = Field(description="Duur van één verlenging in maanden")
    uiterste_einde: date | None = Field(description="Laatste dag met alle verlengingen")


def show_keuze(s: Situatie[Any], waarde: str) -> str:
    """A decided choice as documents write it: this dossier's procedure by its name, another code as words."""
    return s.dossier.regime.naam if waarde == s.dossier.aanbesteding.procedure else waarde.replace("_", " ")


def is_gepubliceerd(s: Situatie[Any]) -> bool:
    """Whether the notice was sent."""
    return s.dossier.laatste(AanbestedingGepubliceerd) is not None


def make_kop(s: Situatie[Any], ondertitel: str, kenmerk: str, status: str | None = None) -> Documentkop:
    """Title block; the status follows from the dossier unless given."""
    return Documentkop(
        ondertitel=ondertitel,
        kenmerk=f"{s.dossier.code}-{kenmerk}",
        datum=s.vandaag,
        status=status or ("vastgesteld" if is_gepubliceerd(s) else "concept"),
    )


def make_ontvanger(s: Situatie[Any], perceel: str | None = None) -> Ontvanger:
    """Everyone, for the whole purchase or for one perceel."""
    if perceel is None:
        return Ontvanger("alle", s.dossier.aanbesteding.titel)
    return Ontvanger(f"perceel-{perceel}", s.dossier.aanbesteding.load_perceel(perceel).naam)


def list_uitwerkingen(s: Situatie[Any]) -> tuple[PerceelUitgewerkt, ...]:
    """The worked-out percelen that the act concerns, in order of the definition."""
    gevonden = (load_uitwerking(s, nummer) for nummer in list_percelen(s))
    return tuple(u for u in gevonden if u is not None)


def list_gemeenten(s: Situatie[Any], *percelen: str) -> tuple[Gemeenteregel, ...]:
    """The municipalities of the purchase, or those that take part in these percelen."""
    regio = select_deelnemers(s.regio, s.dossier.aanbesteding, percelen)
    return tuple(
        Gemeenteregel(
            naam=g.naam,
            orgaan=g.bevoegd_orgaan,
            adres=join_adres(g.adres),
            telefoon=g.telefoon,
            website=g.website,
        )
        for g in regio.gemeenten
    )


def join_adres(adres: Adres) -> str:
    """An address on one line."""
    return f"{adres.straat}, {adres.postcode} {adres.plaats}"


def make_productregel(p: Product, per_perceel: int | None = None) -> Productregel:
    """A product as documents show it; `per_perceel`: the maximum of the whole perceel, where percelen are divided."""
    return Productregel(
        code=p.code,
        naam=p.naam,
        omschrijving=as_zin(p.omschrijving),
        categorie=p.productcategorie,
        eenheid=p.eenheid,
        tarief=p.tarief,
        vrije_prijs=p.vrije_prijs,
        prijsplafond=p.prijsplafond if p.vrije_prijs else None,
        maximum=per_perceel or p.maximum_aanbieders,
    )


def list_eisen(u: PerceelUitgewerkt, soort: str, *, met_minimum: bool = False) -> tuple[Eisenregel, ...]:
    """The requirements of one kind; `met_minimum`: only those that ask a number."""
    return tuple(
        _make_eisenregel(e)
        for e in u.eisen
        if e.soort == soort and (e.minimum is not None or not met_minimum)
    )


def _make_eisenregel(e: Eis) -> Eisenregel:
    tekst = f"{as_zin(e.tekst)} {show_minimum(e.minimum)}" if e.minimum else as_zin(e.tekst)
    return Eisenregel(code=e.code, tekst=tekst, bewijs=as_zin(e.bewijs), herstelbaar=e.herstelbaar)


def make_duur(s: Situatie[Any], perceel: str = "") -> Duur:
    """The decided term of a perceel (or of all) with its options; what was not decided is empty."""
    ingang, termijnen = load_ingangsdatum(s, perceel), load_termijnen(s, perceel)
    met = termijnen.verlengingen is not None
    return Duur(
        ingang=ingang,
        einde=count_einddatum(ingang, termijnen.maanden) if termijnen.maanden else None,
        maanden=termijnen.maanden,
        verlengingen=termijnen.verlengingen,
        verlenging_maanden=termijnen.verlenging_maanden,
        uiterste_einde=count_einddatum(ingang, termijnen.langst) if termijnen.langst and met else None,
    )


def require_sluiting(s: Situatie[Any], planning_sluiting: datetime) -> datetime:
    """The closing moment that holds now: the published one, or before publication that of the planning."""
    return load_sluiting(s.dossier) or planning_sluiting


def voorbeeld_kop(ondertitel: str = "Voorbeeld met verzonnen gegevens") -> Documentkop:
    """An invented title block."""
    return Documentkop(ondertitel=ondertitel, kenmerk="VOORBEELD-1", datum=date(2027, 3, 1), status="concept")


def voorbeeld_duur() -> Duur:
    """An invented term."""
    return Duur(
        ingang=date(2028, 1, 1),
        einde=date(2031, 12, 31),
        maanden=48,
        verlengingen=2,
        verlenging_maanden=24,
        uiterste_einde=date(2035, 12, 31),
    )


def voorbeeld_gemeenten() -> tuple[Gemeenteregel, ...]:
    """Two invented municipalities."""
    return tuple(
        Gemeenteregel(
            naam=naam,
            orgaan="college van burgemeester en wethouders",
            adres="Verzonnenplein 1, 1234 AB Voorbeeldstad",
            telefoon="000-0000000",
            website="voorbeeld.example",
        )
        for naam in ("Voorbeeldstad (verzonnen)", "Proefdorp (verzonnen)")
    )


def voorbeeld_producten() -> tuple[Productregel, ...]:
    """Two invented products: one with a fixed tariff and a maximum, one with a free price."""
    basis: dict[str, Any] = {"categorie": "02", "eenheid": "uur"}
    return (
        Productregel(
            code="02A01",
            naam="Begeleiding individueel (verzonnen)",
            omschrijving="Begeleiding thuis.",
            tarief=Decimal("66.00"),
            vrije_prijs=False,
            prijsplafond=None,
            maximum=12,
            **basis,
        ),
        Productregel(
            code="02A02",
            naam="Begeleiding groep (verzonnen)",
            omschrijving="Begeleiding in een groep.",
            tarief=Decimal("48.00"),
            vrije_prijs=True,
            prijsplafond=Decimal("56.00"),
            maximum=None,
            **basis,
        ),
    )


def voorbeeld_eisen(soort: str) -> tuple[Eisenregel, ...]:
    """An invented requirement of a kind."""
    teksten = {
        "volledigheid": ("V1", "Alle gevraagde stukken zijn ingediend en ondertekend.", True),
        "uitsluiting": ("U1", "Op de inschrijver is geen uitsluitingsgrond van toepassing.", False),
        "geschiktheid": ("G1", "De inschrijver heeft ervaring met vergelijkbare hulp.", True),
        "minimumeis": ("M1", "De inschrijver heeft een klachtenregeling.", True),
    }
    code, tekst, herstelbaar = teksten[soort]
    return (Eisenregel(code=code, tekst=tekst, bewijs="Eigen verklaring.", herstelbaar=herstelbaar),)
