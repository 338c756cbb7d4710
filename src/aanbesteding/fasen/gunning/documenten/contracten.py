"""The agreement per provider and perceel, and the letter on continuity to the councils of clients.

The clauses come from the bouwsteen overeenkomst_bepalingen (documents.overeenkomst); parties, products,
tariffs and signatures stand here.

Grondslag: Wmo 2015 art. 2.6.5 for continuity (FEITEN 3.9, 5.6).
Must stay true: the agreement holds exactly what OvereenkomstGesloten recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Documentkop,
    Exemplaar,
    Ontvanger,
    build_brief,
)
from aanbesteding.documents.overeenkomst import (
    OvereenkomstBepalingen,
    build_bepalingen,
    voorbeeld_bepalingen,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import list_percelen_van, select_deelnemers
from aanbesteding.domain.feiten import OvereenkomstGesloten
from aanbesteding.domain.regio import Gemeente
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.documenten.continuiteit import load_aanbieders
from aanbesteding.fasen.gunning.documenten.modellen import Opdrachtgever
from aanbesteding.fasen.gunning.documenten.partijen import build_kop, list_opdrachtgevers
from aanbesteding.fasen.gunning.documenten.uitkomsten import Perceelbouwer, load_uitkomsten
from aanbesteding.fasen.gunning.documenten.voorbeelden import (
    voorbeeld_brief,
    voorbeeld_kop,
    voorbeeld_opdrachtgevers,
)


class Tariefregel(Gegevensmodel):
    """A product with the price that the agreement sets."""

    code: str = Field(description="Productcode")
    naam: str = Field(description="Naam van het product")
    omschrijving: str = Field(description="Omschrijving van het product")
    eenheid: str = Field(description="Eenheid, bijvoorbeeld 'uur'")
    tarief: Decimal = Field(description="Tarief per eenheid")


class OvereenkomstContext(DocumentContext):
    """Context of an agreement with one provider for one perceel."""

    document: Documentkop = Field(description="Titelblok")
    nummer: str = Field(description="Nummer van de overeenkomst")
    titel: str = Field(description="Titel van de aanbesteding")
    perceel: str = Field(description="Nummer en titel van het perceel")
    opdrachtgevers: tuple[Opdrachtgever, ...] = Field(description="Gemeenten als opdrachtgever")
    aanbieder: str = Field(description="Naam van de aanbieder")
    kvk: str = Field(description="KvK-nummer van de aanbieder")
    agb: str = Field(description="AGB-code van de aanbieder")
    adres: str = Field(description="Adres van de aanbieder op één regel")
    inschrijving: str = Field(description="Nummer van de inschrijving")
    producten: tuple[Tariefregel, ...] = Field(description="Producten en tarieven")
    ingang: date = Field(description="Eerste dag")
    einde: date = Field(description="Laatste dag zonder verlenging")
    ondertekend: date | None = Field(description="Dag van ondertekening")
    ovk: OvereenkomstBepalingen = Field(description="Gegevens voor de bepalingen")


class Continuiteitsperceel(Gegevensmodel):
    """What changes for clients in one perceel."""

    naam: str = Field(description="Nummer en titel van het perceel")
    aanbieders: tuple[str, ...] = Field(description="Alle aanbieders met een nieuwe overeenkomst")
    huidige_bekend: bool = Field(description="Of bekend is wie nu hulp biedt")
    blijft: tuple[str, ...] = Field(description="Huidige aanbieders die blijven")
    vertrekt: tuple[str, ...] = Field(description="Huidige aanbieders zonder nieuwe overeenkomst")
    nieuw: tuple[str, ...] = Field(description="Nieuwe aanbieders")


class ClientenraadContext(DocumentContext):
    """Context of the letter to the councils of clients of one municipality."""

    brief: Brief = Field(description="Briefhoofd en ondertekening")
    titel: str = Field(description="Titel van de aanbesteding")
    gemeente: str = Field(description="Naam van de gemeente")
    ingang: date = Field(description="Eerste dag van de nieuwe overeenkomsten")
    overgang_tot: date | None = Field(description="Tot wanneer lopende hulp ten hoogste doorloopt")
    percelen: tuple[Continuiteitsperceel, ...] = Field(description="Percelen")


def build_overeenkomsten(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One agreement per provider and perceel, by number."""
    alles = load_uitkomsten(s)
    for nummer, bouwer in alles.bouwers.items():
        opdrachtgevers = list_opdrachtgevers(select_deelnemers(s.regio, s.dossier.aanbesteding, (nummer,)))
        bepalingen = build_bepalingen(s, nummer)
        for overeenkomst in bouwer.stand.overeenkomsten:
            if overeenkomst.herkomst == "gunning":
                yield _build_overeenkomst(s, bouwer, overeenkomst, opdrachtgevers, bepalingen)


def _build_overeenkomst(
    s: Situatie[None],
    bouwer: Perceelbouwer,
    overeenkomst: OvereenkomstGesloten,
    opdrachtgevers: tuple[Opdrachtgever, ...],
    bepalingen: OvereenkomstBepalingen,
) -> Exemplaar:
    aanbieder, stand = overeenkomst.aanbieder, bouwer.stand
    producten = {p.code: p for p in stand.uitgewerkt.producten} if stand.uitgewerkt else {}
    context = OvereenkomstContext(
        document=build_kop(s, "OV", overeenkomst.nummer, aanbieder.naam, "ter ondertekening"),
        nummer=overeenkomst.nummer,
        titel=s.dossier.aanbesteding.titel,
        perceel=bouwer.naam,
        opdrachtgevers=opdrachtgevers,
        aanbieder=aanbieder.naam,
        kvk=aanbieder.kvk,
        agb=aanbieder.agb,
        adres=", ".join(aanbieder.adres.regels),
        inschrijving=overeenkomst.grond,
        producten=tuple(
            Tariefregel(
                code=code,
                naam=producten[code].naam,
                omschrijving=producten[code].omschrijving,
                eenheid=producten[code].eenheid,
                tarief=overeenkomst.tarieven[code],
            )
            for code in overeenkomst.producten
        ),
        ingang=overeenkomst.ingang,
        einde=overeenkomst.einde,
        ondertekend=stand.ondertekening.datum if stand.ondertekening else None,
        ovk=bepalingen,
    )
    return Exemplaar(Ontvanger(overeenkomst.nummer, aanbieder.naam, aanbieder.email), context)


def build_clientenraadbrieven(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per municipality."""
    alles = load_uitkomsten(s)
    inkoop = s.dossier.aanbesteding
    percelen = {nummer: _build_continuiteit(bouwer) for nummer, bouwer in alles.bouwers.items()}
    gesloten = [o for stand in alles.standen.values() for o in stand.overeenkomsten]
    if not gesloten:
        return
    overgangen = [
        c.overgang_tot
        for stand in alles.standen.values()
        if (c := stand.continuiteit) is not None and c.overgang_tot is not None
    ]
    titel = inkoop.titel
    for gemeente in select_deelnemers(s.regio, inkoop, percelen).gemeenten:
        context = ClientenraadContext(
            brief=_build_raadbrief(s, gemeente, titel),
            titel=titel,
            gemeente=gemeente.naam,
            ingang=min(o.ingang for o in gesloten),
            overgang_tot=max(overgangen, default=None),
            percelen=tuple(percelen[nr] for nr in list_percelen_van(inkoop, gemeente.code, percelen)),
        )
        yield Exemplaar(
            Ontvanger(gemeente.code, f"Cliënten- en adviesraden {gemeente.naam}", s.regio.email), context
        )


def _build_raadbrief(s: Situatie[None], gemeente: Gemeente, titel: str) -> Brief:
    return build_brief(
        s.regio,
        (f"Cliëntenraad en adviesraden van de gemeente {gemeente.naam}", *gemeente.adres.regels),
        datum=s.vandaag,
        kenmerk=f"{s.dossier.code}-CR-{gemeente.code}",
        onderwerp=f"Wie biedt straks hulp? ({titel})",
        ondertekenaar_functie="Gemandateerde voor de inkoop",
        namens=f"Het {gemeente.bevoegd_orgaan} van de gemeente {gemeente.naam}",
        aanhef="Geachte leden,",
    )


def _build_continuiteit(bouwer: Perceelbouwer) -> Continuiteitsperceel:
    nieuw, huidig = load_aanbieders(bouwer)
    return Continuiteitsperceel(
        naam=bouwer.naam,
        aanbieders=tuple(sorted(nieuw.values(), key=str.casefold)),
        huidige_bekend=bool(huidig),
        blijft=tuple(sorted((n for k, n in nieuw.items() if k in huidig), key=str.casefold)),
        vertrekt=tuple(sorted((n for k, n in huidig.items() if k not in nieuw), key=str.casefold)),
        nieuw=tuple(sorted((n for k, n in nieuw.items() if huidig and k not in huidig), key=str.casefold)),
    )


def voorbeeld_overeenkomst() -> OvereenkomstContext:
    """An invented example."""
    return OvereenkomstContext(
        document=voorbeeld_kop("Zorgvoorbeeld B.V. (verzonnen)", "ter ondertekening"),
        nummer="PR-2028-P2-001",
        titel="Proefinkoop 2028 (verzonnen)",
        perceel="Perceel 2: Wmo – Begeleiding (verzonnen voorbeeld)",
        opdrachtgevers=voorbeeld_opdrachtgevers(),
        aanbieder="Zorgvoorbeeld B.V. (verzonnen)",
        kvk="00000001",
        agb="00000001",
        adres="Verzonnenstraat 1, 1001 AB  Voorbeeldstad",
        inschrijving="I-001",
        producten=(
            Tariefregel(
                code="02A01",
                naam="Begeleiding individueel",
                omschrijving="Begeleiding thuis (verzonnen).",
                eenheid="uur",
                tarief=Decimal("68.40"),
            ),
        ),
        ingang=date(2028, 1, 1),
        einde=date(2031, 12, 31),
        ondertekend=date(2027, 10, 1),
        ovk=voorbeeld_bepalingen(),
    )


def voorbeeld_clientenraad() -> ClientenraadContext:
    """An invented example."""
    brief = voorbeeld_brief("Wie biedt straks hulp? (Proefinkoop 2028, verzonnen)")
    return ClientenraadContext(
        brief=brief.model_copy(
            update={"aan": ("Cliëntenraad Voorbeeldstad (verzonnen)",), "aanhef": "Geachte leden,"}
        ),
        titel="Proefinkoop 2028 (verzonnen)",
        gemeente="Voorbeeldstad (verzonnen)",
        ingang=date(2028, 1, 1),
        overgang_tot=date(2028, 7, 1),
        percelen=(
            Continuiteitsperceel(
                naam="Perceel 2: Wmo – Begeleiding (verzonnen voorbeeld)",
                aanbieders=("Stichting Proefhulp (verzonnen)", "Zorgvoorbeeld B.V. (verzonnen)"),
                huidige_bekend=True,
                blijft=("Zorgvoorbeeld B.V. (verzonnen)",),
                vertrekt=("Oude Zorg (verzonnen)",),
                nieuw=("Stichting Proefhulp (verzonnen)",),
            ),
        ),
    )


OVEREENKOMST = Document(
    "overeenkomst",
    "Overeenkomst",
    "gunning",
    OvereenkomstContext,
    build_overeenkomsten,
    voorbeeld_overeenkomst,
    per="overeenkomst",
    ondertekenaar=Rol.GEMANDATEERDE,
    bouwstenen=("overeenkomst_bepalingen",),
    verzenden=True,
)
BRIEF_CLIENTENRAAD = Document(
    "brief_clientenraad",
    "Brief cliëntenraad",
    "gunning",
    ClientenraadContext,
    build_clientenraadbrieven,
    voorbeeld_clientenraad,
    per="gemeente",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)
