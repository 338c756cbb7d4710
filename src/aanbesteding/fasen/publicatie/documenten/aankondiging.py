"""The contract notice in Dutch words: the content that the publication form for social services asks.

The form itself is filled on the publication platform; this is its content, to be checked and kept.

Grondslag: Richtlijn 2014/24/EU art. 74-77 (social and other specific services); eForms sub-type 20.
Must stay true: every technical id is the immutable one of the definition; amounts are excluding VAT.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import AwareDatetime, Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import AanbestedingGepubliceerd
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie.documenten.gemeen import (
    FASE,
    VOORBEELD_PROCEDURE,
    Duur,
    Gemeenteregel,
    list_gemeenten,
    list_uitwerkingen,
    make_duur,
    make_kop,
    make_ontvanger,
    voorbeeld_duur,
    voorbeeld_gemeenten,
    voorbeeld_kop,
)
from aanbesteding.fasen.publicatie.feiten import load_planning
from aanbesteding.fasen.publicatie.waarderegels import count_totale_waarde


class Gunningsregel(Gegevensmodel):
    """An award criterion in the notice."""

    titel: str = Field(description="Naam van het criterium")
    prijs: bool = Field(description="Of dit de prijs is")
    gewicht: Decimal = Field(description="Gewicht in punten van honderd")


class Aankondigingsperceel(Gegevensmodel):
    """A lot in the notice."""

    nummer: str = Field(description="Nummer van het perceel")
    kenmerk: str = Field(description="Vast technisch kenmerk van het perceel")
    titel: str = Field(description="Titel van het perceel")
    omschrijving: str = Field(description="Omschrijving")
    cpv: str = Field(description="CPV-code, acht cijfers")
    cpv_tekst: str = Field(description="Naam van de CPV-code")
    nuts: str = Field(description="NUTS 3-code van de plaats van uitvoering")
    raming_per_jaar: Decimal = Field(description="Geraamde waarde per jaar")
    maximale_waarde: Decimal | None = Field(description="Hoogste waarde van de raamovereenkomst")
    criteria: tuple[Gunningsregel, ...] = Field(description="Gunningscriteria")
    met_criteria: bool = Field(description="Of er gunningscriteria zijn")


class AankondigingContext(DocumentContext):
    """Context of the contract notice."""

    document: Documentkop = Field(description="Titelblok")
    kenmerk: str = Field(description="Vast technisch kenmerk van de procedure")
    titel: str = Field(description="Titel van de opdracht")
    regio: str = Field(description="Naam van de inkopende regio")
    gemeenten: tuple[Gemeenteregel, ...] = Field(description="Aanbestedende diensten")
    contact: str = Field(description="Contactpunt")
    email: str = Field(description="E-mailadres")
    procedure: str = Field(description="Naam van de procedure")
    richtlijn: str = Field(description="Europese richtlijn die op de peildatum geldt")
    sas: bool = Field(description="Of het om sociale en andere specifieke diensten gaat")
    b_diensten: bool = Field(description="Of het om B-diensten van voor 1 juli 2016 gaat")
    totale_waarde: Decimal = Field(description="Geraamde waarde, alle percelen, hele duur met verlengingen")
    duur: Duur = Field(description="Duur en verlenging")
    percelen: tuple[Aankondigingsperceel, ...] = Field(description="Percelen")
    verzonden: AwareDatetime = Field(description="Moment van verzending van de aankondiging")
    vragen_tot: AwareDatetime = Field(description="Uiterste moment voor vragen")
    sluiting: AwareDatetime = Field(description="Uiterste moment van inschrijven")
    rechtbank: str = Field(description="Instantie voor beroepsprocedures")
    rechtbank_plaats: str = Field(description="Plaats van die instantie")


def build_aankondiging(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One notice; InvoerError before publication."""
    planning, gepubliceerd = load_planning(s), s.dossier.laatste(AanbestedingGepubliceerd)
    sluiting = gepubliceerd.sluiting if gepubliceerd else None
    if planning is None or gepubliceerd is None or sluiting is None:
        raise InvoerError(["De aanbesteding is nog niet gepubliceerd; er is geen aankondiging te maken."])
    inkoop = s.dossier.aanbesteding
    percelen: list[Aankondigingsperceel] = []
    for u in list_uitwerkingen(s):
        perceel = inkoop.load_perceel(u.perceel)
        percelen.append(
            Aankondigingsperceel(
                nummer=perceel.nummer,
                kenmerk=str(perceel.sleutel),
                titel=perceel.titel,
                omschrijving=as_zin(perceel.omschrijving),
                cpv=perceel.cpv,
                cpv_tekst=perceel.cpv_tekst,
                nuts=perceel.nuts,
                raming_per_jaar=u.raming_per_jaar,
                maximale_waarde=u.maximale_waarde,
                criteria=tuple(
                    Gunningsregel(titel=c.titel, prijs=c.soort == "prijs", gewicht=c.gewicht)
                    for c in u.criteria
                ),
                met_criteria=bool(u.criteria),
            )
        )
    context = AankondigingContext(
        document=make_kop(s, inkoop.titel, "AANKONDIGING"),
        kenmerk=str(inkoop.id),
        titel=inkoop.titel,
        regio=s.regio.naam,
        gemeenten=list_gemeenten(s),
        contact=s.regio.contact,
        email=s.regio.email,
        procedure=s.dossier.regime.naam,
        richtlijn=str(s.norm("richtlijn_overheidsopdrachten").waarde),
        sas=s.dossier.regime.sas,
        b_diensten=s.dossier.regime.b_diensten,
        totale_waarde=count_totale_waarde(s),
        duur=make_duur(s),
        percelen=tuple(percelen),
        verzonden=gepubliceerd.verzonden,
        vragen_tot=planning.vragen_tot,
        sluiting=sluiting,
        rechtbank=s.regio.rechtsgang.rechtbank,
        rechtbank_plaats=s.regio.rechtsgang.plaats,
    )
    yield Exemplaar(make_ontvanger(s), context)


def voorbeeld_aankondiging() -> AankondigingContext:
    """A complete invented example."""
    perceel = Aankondigingsperceel(
        nummer="2",
        kenmerk="00000000-0000-0000-0000-000000000002",
        titel="Begeleiding (verzonnen voorbeeld)",
        omschrijving="Begeleiding van volwassenen thuis en in een groep.",
        cpv="85312300",
        cpv_tekst="Diensten voor begeleiding en adviesverlening",
        nuts="NL226",
        raming_per_jaar=Decimal("3000000.00"),
        maximale_waarde=Decimal("24000000.00"),
        criteria=(
            Gunningsregel(titel="Samenwerking", prijs=False, gewicht=Decimal(60)),
            Gunningsregel(titel="Prijs", prijs=True, gewicht=Decimal(40)),
        ),
        met_criteria=True,
    )
    return AankondigingContext(
        document=voorbeeld_kop(),
        kenmerk="00000000-0000-0000-0000-000000000099",
        titel="Voorbeeldinkoop 2028 (verzonnen)",
        regio="Regio Voorbeeld (verzonnen)",
        gemeenten=voorbeeld_gemeenten(),
        contact="Team Inkoop, 000-0000000",
        email="inkoop@voorbeeld.example",
        procedure=VOORBEELD_PROCEDURE,
        richtlijn="Richtlijn 2014/24/EU",
        sas=True,
        b_diensten=False,
        totale_waarde=Decimal("24000000.00"),
        duur=voorbeeld_duur(),
        percelen=(perceel,),
        verzonden=datetime(2027, 3, 1, 9, tzinfo=TIJDZONE),
        vragen_tot=datetime(2027, 3, 22, 12, tzinfo=TIJDZONE),
        sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        rechtbank_plaats="Voorbeeldstad",
    )


AANKONDIGING = Document(
    code="aankondiging",
    titel="Aankondiging van de opdracht",
    fase=FASE,
    context=AankondigingContext,
    build=build_aankondiging,
    voorbeeld=voorbeeld_aankondiging,
    per="aanbesteding",
    ongebruikt=("gemeenten[].orgaan",),
)
