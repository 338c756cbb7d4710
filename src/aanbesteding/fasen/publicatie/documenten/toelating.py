"""The guide of an open house: everyone who meets the requirements is admitted, nobody is compared.

It takes the place of the tender guide (leidraad.py). Windows for applications are not in it: each round has its
own public decision (stage toetreding). Requirements and tariffs per perceel stand here and in the other documents.

Grondslag: HvJ EU C-410/14 and C-9/17 (no selection, conditions known beforehand); reconsideration and the civil
court, because contracting is no Awb decision.
Must stay true: nothing in this guide promises volume, compares providers or limits their number.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar
from aanbesteding.documents.overeenkomst import as_zin, load_getal, load_variant, load_waarde
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import PerceelUitgewerkt
from aanbesteding.domain.overleg import load_inrichting
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.documenten.gemeen import (
    FASE,
    Duur,
    Eisenregel,
    Gemeenteregel,
    Productregel,
    list_eisen,
    list_gemeenten,
    list_uitwerkingen,
    make_duur,
    make_kop,
    make_ontvanger,
    make_productregel,
    voorbeeld_duur,
    voorbeeld_eisen,
    voorbeeld_gemeenten,
    voorbeeld_kop,
    voorbeeld_producten,
)
from aanbesteding.fasen.publicatie.documenten.leidraad import Puntregel, list_punten


class Toelatingsperceel(Gegevensmodel):
    """A perceel of the open house."""

    naam: str = Field(description="Nummer en titel van het perceel")
    wet: str = Field(description="Wet waarop de hulp berust")
    omschrijving: str = Field(description="Wat het perceel omvat")
    uitvoeringsvariant: str = Field(description="Uitvoeringsvariant")
    motivering: str = Field(description="Toelichting op de uitwerking; mag leeg zijn")
    producten: tuple[Productregel, ...] = Field(description="Producten met hun vaste tarief")
    eisen: tuple[Eisenregel, ...] = Field(description="Alle eisen, in de volgorde van de toets")


class Overlegregel(Gegevensmodel):
    """How gemeenten and providers consult, where a purchase is bestuurlijk aanbesteed."""

    tafels: tuple[str, ...] = Field(min_length=1, description="Onderwerpen van de overlegtafels")
    voorzitter: str = Field(description="Functie van wie de tafels voorzit")
    grens_procent: Decimal = Field(description="Grens van bijsturen in procenten van de eerste versie")


class ToelatingsleidraadContext(DocumentContext):
    """Context of the guide of an open house."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Naam van de inkoop")
    regio: str = Field(description="Naam van de inkopende regio")
    gemeenten: tuple[Gemeenteregel, ...] = Field(description="Deelnemende gemeenten")
    contact: str = Field(description="Contactpunt")
    email: str = Field(description="E-mailadres voor aanvragen")
    duur: Duur = Field(description="Duur en verlenging")
    doelen: tuple[str, ...] = Field(description="Doelen van de inkoop")
    uitgangspunten: tuple[str, ...] = Field(description="Uitgangspunten van de inkoop")
    punten: tuple[Puntregel, ...] = Field(description="Genomen besluiten met motivering")
    percelen: tuple[Toelatingsperceel, ...] = Field(description="Percelen")
    inactiviteit_maanden: int | None = Field(
        description="Maanden zonder hulp waarna de overeenkomst kan eindigen"
    )
    bibob: bool = Field(description="Of de Wet Bibob kan worden toegepast")
    b_diensten: bool = Field(description="Of op de peildatum het recht voor B-diensten gold")
    overleg: Overlegregel | None = Field(description="Hoe het overleg gaat; leeg zonder overlegtafels")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    rechtbank_plaats: str = Field(description="Plaats van de rechtbank")


def build_toelatingsleidraad(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One guide for the whole open house."""
    inkoop = s.dossier.aanbesteding
    context = ToelatingsleidraadContext(
        document=make_kop(s, inkoop.titel, "TOELATINGSLEIDRAAD"),
        titel=inkoop.titel,
        regio=s.regio.naam,
        gemeenten=list_gemeenten(s),
        contact=s.regio.contact,
        email=s.regio.email,
        duur=make_duur(s),
        doelen=tuple(as_zin(d.tekst) for d in inkoop.doelen),
        uitgangspunten=tuple(as_zin(u.tekst) for u in inkoop.uitgangspunten),
        punten=list_punten(s),
        percelen=tuple(_make_perceel(s, u) for u in list_uitwerkingen(s)),
        inactiviteit_maanden=load_getal(s, "inactiviteit_maanden"),
        bibob=(load_waarde(s, "bibob") or "nee").lower() != "nee",
        b_diensten=bool(s.normen.lijst("drempel_b_diensten", s.dossier.peildatum)),
        overleg=_make_overleg(s),
        rechtbank=s.regio.rechtsgang.rechtbank,
        rechtbank_plaats=s.regio.rechtsgang.plaats,
    )
    yield Exemplaar(make_ontvanger(s), context)


def _make_overleg(s: Situatie[Any]) -> Overlegregel | None:
    inrichting = load_inrichting(s.dossier)
    if inrichting is None:
        return None
    return Overlegregel(
        tafels=tuple(t.onderwerp for t in inrichting.tafels),
        voorzitter=inrichting.voorzitter,
        grens_procent=inrichting.grens_procent,
    )


def _make_perceel(s: Situatie[Any], u: PerceelUitgewerkt) -> Toelatingsperceel:
    perceel = s.dossier.aanbesteding.load_perceel(u.perceel)
    soorten = ("volledigheid", "uitsluiting", "geschiktheid", "minimumeis")
    return Toelatingsperceel(
        naam=perceel.naam,
        wet=perceel.wet,
        omschrijving=as_zin(perceel.omschrijving),
        uitvoeringsvariant=load_variant(s, u.perceel),
        motivering=as_zin(u.motivering),
        producten=tuple(make_productregel(p) for p in u.producten),
        eisen=tuple(eis for soort in soorten for eis in list_eisen(u, soort)),
    )


def voorbeeld_toelatingsleidraad() -> ToelatingsleidraadContext:
    """A complete invented example."""
    vast = voorbeeld_producten()[0].model_copy(update={"maximum": None})
    perceel = Toelatingsperceel(
        naam="Perceel 2: Begeleiding (verzonnen voorbeeld)",
        wet="Wmo 2015",
        omschrijving="Begeleiding van volwassenen thuis en in een groep.",
        uitvoeringsvariant="inspanningsgericht",
        motivering="De tarieven zijn voor iedere aanbieder gelijk (verzonnen).",
        producten=(vast,),
        eisen=(*voorbeeld_eisen("volledigheid"), *voorbeeld_eisen("minimumeis")),
    )
    return ToelatingsleidraadContext(
        document=voorbeeld_kop(),
        titel="Voorbeeldinkoop 2028 (verzonnen)",
        regio="Regio Voorbeeld (verzonnen)",
        gemeenten=voorbeeld_gemeenten(),
        contact="Team Inkoop, 000-0000000",
        email="inkoop@voorbeeld.example",
        duur=voorbeeld_duur(),
        doelen=("Inwoners kiezen zelf hun aanbieder.",),
        uitgangspunten=("De inwoner staat centraal.",),
        punten=(
            Puntregel(onderwerp="Hoe lang loopt de overeenkomst?", besluit="48 maanden", motivering="Rust."),
        ),
        percelen=(perceel,),
        inactiviteit_maanden=18,
        bibob=True,
        b_diensten=False,
        overleg=None,
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        rechtbank_plaats="Voorbeeldstad (verzonnen)",
    )


TOELATINGSLEIDRAAD = Document(
    code="toelatingsleidraad",
    titel="Toelatingsleidraad",
    fase=FASE,
    context=ToelatingsleidraadContext,
    build=build_toelatingsleidraad,
    voorbeeld=voorbeeld_toelatingsleidraad,
    per="aanbesteding",
    ongebruikt=(
        "duur.maanden",
        "gemeenten[].orgaan",
        "percelen[].producten[].categorie",
        "percelen[].producten[].vrije_prijs",
        "percelen[].producten[].prijsplafond",
        "percelen[].producten[].maximum",
    ),
    ondertekenaar=Rol.GEMANDATEERDE,
)
