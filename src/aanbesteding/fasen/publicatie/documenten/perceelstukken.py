"""Documents of one perceel: programme of requirements, draft agreement and tariff substantiation.

The clauses of the agreement are the shared bouwsteen `overeenkomst_bepalingen` (see documents.overeenkomst).

Grondslag: Aw 2012 art. 2.115; Uitvoeringsbesluit Wmo 2015 art. 5.4; Besluit Jeugdwet art. 2.3.
Must stay true: one exemplaar per worked-out perceel, in the order of the definition.
Trap: the sum of the cost elements is shown as it is, also when it is not the tariff (a rule refuses that).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar
from aanbesteding.documents.overeenkomst import (
    OvereenkomstBepalingen,
    as_zin,
    as_zinsdeel,
    build_bepalingen,
    load_differentiatie,
    load_variant,
    load_waarde,
    voorbeeld_bepalingen,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import Product
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
from aanbesteding.fasen.publicatie.perceelregels import KOSTENWETTEN


class EisenContext(DocumentContext):
    """Context of the programme of requirements."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    perceel: str = Field(description="Nummer en titel van het perceel")
    wet: str = Field(description="Wet waarop de hulp berust")
    jeugdhulp: bool = Field(description="Of het perceel jeugdhulp omvat")
    omschrijving: str = Field(description="Wat het perceel omvat")
    ambities: tuple[str, ...] = Field(description="Ambities voor dit perceel")
    gemeenten: tuple[Gemeenteregel, ...] = Field(description="Deelnemende gemeenten")
    uitvoeringsvariant: str = Field(description="Uitvoeringsvariant")
    duur: Duur = Field(description="Duur en verlenging")
    producten: tuple[Productregel, ...] = Field(description="Producten")
    volledigheid: tuple[Eisenregel, ...] = Field(description="Eisen aan de volledigheid")
    uitsluiting: tuple[Eisenregel, ...] = Field(description="Uitsluitingsgronden")
    geschiktheid: tuple[Eisenregel, ...] = Field(description="Geschiktheidseisen")
    minimumeisen: tuple[Eisenregel, ...] = Field(description="Minimumeisen aan de hulp")


def build_programma_van_eisen(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One programme of requirements per worked-out perceel."""
    for u in list_uitwerkingen(s):
        perceel = s.dossier.aanbesteding.load_perceel(u.perceel)
        context = EisenContext(
            document=make_kop(s, perceel.naam, f"PVE-P{u.perceel}"),
            aanbesteding=s.dossier.aanbesteding.titel,
            perceel=perceel.naam,
            wet=perceel.wet,
            jeugdhulp=perceel.wet == "Jeugdwet",
            omschrijving=as_zin(perceel.omschrijving),
            ambities=tuple(as_zin(a.tekst) for a in perceel.ambities),
            gemeenten=list_gemeenten(s, u.perceel),
            uitvoeringsvariant=load_variant(s, u.perceel),
            duur=make_duur(s, u.perceel),
            producten=tuple(make_productregel(p) for p in u.producten),
            volledigheid=list_eisen(u, "volledigheid"),
            uitsluiting=list_eisen(u, "uitsluiting"),
            geschiktheid=list_eisen(u, "geschiktheid"),
            minimumeisen=list_eisen(u, "minimumeis"),
        )
        yield Exemplaar(make_ontvanger(s, u.perceel), context)


def voorbeeld_programma_van_eisen() -> EisenContext:
    """A complete invented example."""
    return EisenContext(
        document=voorbeeld_kop("Perceel 2: Begeleiding (verzonnen voorbeeld)"),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        perceel="Perceel 2: Begeleiding (verzonnen voorbeeld)",
        wet="Wmo 2015",
        jeugdhulp=False,
        omschrijving="Begeleiding van volwassenen thuis en in een groep.",
        ambities=("Inwoners doen naar vermogen mee.",),
        gemeenten=voorbeeld_gemeenten(),
        uitvoeringsvariant="inspanningsgericht",
        duur=voorbeeld_duur(),
        producten=voorbeeld_producten(),
        volledigheid=voorbeeld_eisen("volledigheid"),
        uitsluiting=voorbeeld_eisen("uitsluiting"),
        geschiktheid=voorbeeld_eisen("geschiktheid"),
        minimumeisen=voorbeeld_eisen("minimumeis"),
    )


class ConceptovereenkomstContext(DocumentContext):
    """Context of the draft agreement of a perceel."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    gemeenten: tuple[Gemeenteregel, ...] = Field(description="Partijen aan de kant van de opdrachtgever")
    ovk: OvereenkomstBepalingen = Field(description="Gegevens van de gedeelde bepalingen")
    producten: tuple[Productregel, ...] = Field(description="Producten en tarieven van bijlage 1")


def build_conceptovereenkomst(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One draft agreement per worked-out perceel."""
    for u in list_uitwerkingen(s):
        perceel = s.dossier.aanbesteding.load_perceel(u.perceel)
        context = ConceptovereenkomstContext(
            document=make_kop(s, perceel.naam, f"OVK-P{u.perceel}"),
            aanbesteding=s.dossier.aanbesteding.titel,
            gemeenten=list_gemeenten(s, u.perceel),
            ovk=build_bepalingen(s, u.perceel),
            producten=tuple(make_productregel(p) for p in u.producten),
        )
        yield Exemplaar(make_ontvanger(s, u.perceel), context)


def voorbeeld_conceptovereenkomst() -> ConceptovereenkomstContext:
    """A complete invented example."""
    return ConceptovereenkomstContext(
        document=voorbeeld_kop("Perceel 2: Begeleiding (verzonnen voorbeeld)"),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        gemeenten=voorbeeld_gemeenten(),
        ovk=voorbeeld_bepalingen(),
        producten=voorbeeld_producten(),
    )


class Kostenregel(Gegevensmodel):
    """One cost element of a product."""

    code: str = Field(description="Letter van het kostprijselement")
    wettelijk: str = Field(description="Het element zoals het besluit het kent, in eigen woorden")
    omschrijving: str = Field(description="Wat er in dit bedrag zit")
    bedrag: Decimal = Field(description="Bedrag per eenheid")
    bron: str = Field(description="Waar het bedrag vandaan komt")
    jaar: int = Field(description="Jaar van de bron")


class Tariefproduct(Gegevensmodel):
    """A product with the substantiation of its tariff."""

    product: Productregel = Field(description="Het product met zijn tarief")
    elementen: tuple[Kostenregel, ...] = Field(description="Kostprijselementen")
    som: Decimal = Field(description="Som van de kostprijselementen")
    indexering: str = Field(description="Wijze van indexeren")


class TariefonderbouwingContext(DocumentContext):
    """Context of the tariff substantiation of a perceel."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    perceel: str = Field(description="Nummer en titel van het perceel")
    wmo: bool = Field(description="Of de regels over de reële prijs van de Wmo 2015 gelden")
    jeugdhulp: bool = Field(description="Of de regels over de reële prijs van de Jeugdwet gelden")
    met_vrije_prijs: bool = Field(description="Of voor een product een prijs wordt geboden")
    gelijk_tarief: bool = Field(description="Of is besloten dat een product één tarief heeft")
    differentiatie: str | None = Field(description="Besluit over verschil in tarieven")
    contact: str = Field(description="Contactpunt voor vragen")
    producten: tuple[Tariefproduct, ...] = Field(description="Producten met onderbouwing")


def build_tariefonderbouwing(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One tariff substantiation per worked-out perceel."""
    for u in list_uitwerkingen(s):
        perceel = s.dossier.aanbesteding.load_perceel(u.perceel)
        context = TariefonderbouwingContext(
            document=make_kop(s, perceel.naam, f"TARIEF-P{u.perceel}"),
            aanbesteding=s.dossier.aanbesteding.titel,
            perceel=perceel.naam,
            wmo=perceel.wet == "Wmo 2015" and bool(_list_elementen("Wmo 2015", s)),
            jeugdhulp=perceel.wet == "Jeugdwet" and bool(_list_elementen("Jeugdwet", s)),
            met_vrije_prijs=any(p.vrije_prijs for p in u.producten),
            gelijk_tarief=load_waarde(s, "tariefdifferentiatie") == "nee",
            differentiatie=load_differentiatie(s),
            contact=s.regio.contact,
            producten=tuple(_make_tariefproduct(p, perceel.wet, s) for p in u.producten),
        )
        yield Exemplaar(make_ontvanger(s, u.perceel), context)


def _list_elementen(wet: str, s: Situatie[Any]) -> dict[str, str]:
    """The cost elements that this law names on the day of the dossier; empty before there were any."""
    voorvoegsel = f"kostenelement_{KOSTENWETTEN.get(wet, 'geen')}_"
    return {
        n.code.removeprefix(voorvoegsel): str(n.waarde)
        for n in s.normen.lijst(voorvoegsel, s.dossier.peildatum)
    }


def _make_tariefproduct(p: Product, wet: str, s: Situatie[Any]) -> Tariefproduct:
    namen = _list_elementen(wet, s)
    return Tariefproduct(
        product=make_productregel(p),
        elementen=tuple(
            Kostenregel(
                code=e.code,
                wettelijk=namen.get(e.code, "overig") if namen else "kostenelement",
                omschrijving=e.omschrijving,
                bedrag=e.bedrag,
                bron=e.bron,
                jaar=e.jaar,
            )
            for e in p.kostprijs
        ),
        som=sum((e.bedrag for e in p.kostprijs), Decimal(0)),
        indexering=as_zinsdeel(p.indexering),
    )


def voorbeeld_tariefonderbouwing() -> TariefonderbouwingContext:
    """A complete invented example."""
    producten = tuple(
        Tariefproduct(
            product=p,
            elementen=(
                Kostenregel(
                    code="a",
                    wettelijk="kosten van de beroepskracht",
                    omschrijving="Loon volgens cao (verzonnen)",
                    bedrag=p.tarief - 10,
                    bron="Verzonnen bron",
                    jaar=2027,
                ),
                Kostenregel(
                    code="b",
                    wettelijk="redelijke overheadkosten",
                    omschrijving="Huisvesting en bestuur (verzonnen)",
                    bedrag=Decimal("10.00"),
                    bron="Verzonnen bron",
                    jaar=2027,
                ),
            ),
            som=p.tarief,
            indexering="jaarlijks per 1 januari (verzonnen)",
        )
        for p in voorbeeld_producten()
    )
    return TariefonderbouwingContext(
        document=voorbeeld_kop("Perceel 2: Begeleiding (verzonnen voorbeeld)"),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        perceel="Perceel 2: Begeleiding (verzonnen voorbeeld)",
        wmo=True,
        jeugdhulp=False,
        met_vrije_prijs=True,
        gelijk_tarief=False,
        differentiatie="grote instellingen krijgen een toeslag voor overhead (verzonnen)",
        contact="Team Inkoop, 000-0000000",
        producten=producten,
    )


PROGRAMMA_VAN_EISEN = Document(
    code="programma_van_eisen",
    titel="Programma van eisen",
    fase=FASE,
    context=EisenContext,
    build=build_programma_van_eisen,
    voorbeeld=voorbeeld_programma_van_eisen,
    per="perceel",
    ongebruikt=(
        "gemeenten[].orgaan",
        "gemeenten[].adres",
        "gemeenten[].telefoon",
        "gemeenten[].website",
        "duur.maanden",
        "duur.verlengingen",
        "duur.verlenging_maanden",
    ),
)
CONCEPTOVEREENKOMST = Document(
    code="conceptovereenkomst",
    titel="Conceptovereenkomst",
    fase=FASE,
    context=ConceptovereenkomstContext,
    build=build_conceptovereenkomst,
    voorbeeld=voorbeeld_conceptovereenkomst,
    per="perceel",
    ongebruikt=(
        "gemeenten[].telefoon",
        "gemeenten[].website",
        "producten[].omschrijving",
        "producten[].categorie",
        "producten[].prijsplafond",
        "producten[].maximum",
    ),
    bouwstenen=("overeenkomst_bepalingen",),
)
TARIEFONDERBOUWING = Document(
    code="tariefonderbouwing",
    titel="Tariefonderbouwing",
    fase=FASE,
    context=TariefonderbouwingContext,
    build=build_tariefonderbouwing,
    voorbeeld=voorbeeld_tariefonderbouwing,
    per="perceel",
    ongebruikt=(
        "producten[].product.omschrijving",
        "producten[].product.categorie",
        "producten[].product.maximum",
    ),
)
