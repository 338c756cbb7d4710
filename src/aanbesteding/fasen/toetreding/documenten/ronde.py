"""Documents of a round: the decision to open it, its public notice, and the receipt letter.

Decision and notice have one context: the notice says in short what the decision says in full.

Must stay true: the notice holds everything an applicant may rely on; nothing about it is told to one
applicant only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Documentkop,
    Exemplaar,
    Ontvanger,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import Product
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.aanvraag import BewijsIngediend, index_aanvragen, list_eisen
from aanbesteding.fasen.toetreding.besluiten.ronde import (
    OpenstellingBesloten,
    count_einde,
    is_open_house,
    load_ronde,
)
from aanbesteding.fasen.toetreding.documenten.kop import (
    GEMANDATEERDE,
    INKOPER,
    VOORBEELD_KOP,
    VOORBEELD_WIJZIGINGEN,
    Wijzigingregel,
    build_aanbiedersbrief,
    build_kop,
    index_producten,
    list_wijzigingen,
    show_namens,
    voorbeeld_brief,
)


class Cijferregel(Gegevensmodel):
    """A figure that shows the shortage."""

    omschrijving: str = Field(description="Wat het cijfer meet")
    waarde: Decimal = Field(description="Het getal")
    eenheid: str = Field(description="Eenheid van het getal")
    bron: str = Field(description="Bron en datum van het cijfer")


class Openproduct(Gegevensmodel):
    """A product that is opened."""

    code: str = Field(description="Productcode")
    naam: str = Field(description="Naam van het product")
    eenheid: str = Field(description="Eenheid waarin het product wordt geleverd")
    tarief: Decimal = Field(description="Tarief in euro per eenheid")
    met_maximum: bool = Field(description="Of er een hoogste aantal toetreders is")
    maximum: int | None = Field(description="Hoogste aantal toetreders; leeg zonder maximum")


class Gesteldeeis(Gegevensmodel):
    """A requirement as the notice shows it."""

    code: str = Field(description="Code van de eis")
    tekst: str = Field(description="Tekst van de eis")
    bewijs: str = Field(description="Gevraagd bewijs")


class Openperceel(Gegevensmodel):
    """A perceel of which products are opened."""

    naam: str = Field(description="Nummer en titel van het perceel")
    einde: date = Field(description="Laatste dag van de lopende overeenkomsten")
    aantal_aanbieders: int = Field(description="Hoeveel aanbieders nu een overeenkomst hebben")
    met_aanbieders: bool = Field(description="Of er al aanbieders met een overeenkomst zijn")
    producten: tuple[Openproduct, ...] = Field(description="Opengestelde producten")
    eisen: tuple[Gesteldeeis, ...] = Field(description="Eisen aan de aanvrager")
    met_wijzigingen: bool = Field(description="Of de overeenkomst sinds het begin is gewijzigd")
    wijzigingen: tuple[Wijzigingregel, ...] = Field(description="Addenda die ook voor toetreders gelden")


class OpenstellingsbesluitContext(DocumentContext):
    """The decision to open a round, and its public notice."""

    document: Documentkop = Field(description="Kop van het document")
    ronde: str = Field(description="Nummer van de toetredingsronde")
    inkoop: str = Field(description="Titel van de inkoop")
    regio: str = Field(description="Naam van de regio")
    open_house: bool = Field(description="Of de procedure een open house is, zonder selectie")
    grondslag: str = Field(
        description="Wat de oorspronkelijke stukken over toetreden bepalen; leeg bij open house"
    )
    aanleiding: str = Field(description="Welk tekort er is")
    met_cijfers: bool = Field(description="Of er cijfers bij het tekort staan")
    cijfers: tuple[Cijferregel, ...] = Field(description="Cijfers waaruit het tekort blijkt")
    percelen: tuple[Openperceel, ...] = Field(description="Percelen met opengestelde producten")
    met_maximum: bool = Field(description="Of voor een product een hoogste aantal geldt")
    van: date = Field(description="Eerste dag voor aanvragen")
    tot: datetime = Field(description="Uiterste dag en uur voor aanvragen")
    startdatum: date = Field(description="Eerste dag van de overeenkomst van een toetreder")
    met_vragenronde: bool = Field(description="Of er een vragenronde is")
    vragen_tot: date | None = Field(description="Laatste dag voor vragen")
    antwoorden_op: date | None = Field(description="Dag waarop de antwoorden verschijnen")
    met_herstel: bool = Field(description="Of een aanvraag na een verzoek mag worden aangevuld")
    hersteltermijn_dagen: int | None = Field(
        description="Aantal dagen om aan te vullen na een verzoek; leeg zonder hersteltermijn"
    )
    heroverweging_dagen: int = Field(description="Dagen om heroverweging te vragen")
    met_motivering: bool = Field(description="Of van een richtlijn is afgeweken met een motivering")
    motivering: str = Field(description="Motivering van die afwijking; leeg als die er niet is")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    contact: str = Field(description="Contactpunt voor aanvragers")
    email: str = Field(description="E-mailadres voor vragen en aanvragen")
    met_loket: bool = Field(description="Of een aanvraag online kan worden ingediend")
    loket: str = Field(description="Webadres van het loket; leeg als een aanvraag per e-mail gaat")
    besloten_op: date = Field(description="Dag van het besluit")
    functie: str = Field(description="Functie van degene die het besluit ondertekent")
    namens: str = Field(description="Namens welke besturen is besloten")


def build_openstellingsbesluit(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One decision per round of the act."""
    producten = index_producten(s.dossier)
    for nummer in s.onderwerpen:
        ronde = load_ronde(s.dossier, nummer)
        nummers = tuple(dict.fromkeys(p.perceel for p in ronde.producten))
        context = OpenstellingsbesluitContext(
            document=build_kop(s, f"T{nummer}", s.dossier.aanbesteding.titel, "vastgesteld"),
            ronde=nummer,
            inkoop=s.dossier.aanbesteding.titel,
            regio=s.regio.naam,
            open_house=is_open_house(s),
            grondslag=ronde.grondslag,
            aanleiding=ronde.aanleiding,
            met_cijfers=bool(ronde.cijfers),
            cijfers=tuple(Cijferregel(**c.model_dump()) for c in ronde.cijfers),
            percelen=tuple(_build_perceel(s, ronde, perceel, producten) for perceel in nummers),
            met_maximum=bool(ronde.aantal),
            van=ronde.van,
            tot=ronde.tot,
            startdatum=ronde.startdatum,
            met_vragenronde=ronde.vragen_tot is not None,
            vragen_tot=ronde.vragen_tot,
            antwoorden_op=ronde.antwoorden_op,
            met_herstel=ronde.hersteltermijn_dagen is not None,
            hersteltermijn_dagen=ronde.hersteltermijn_dagen,
            heroverweging_dagen=ronde.heroverweging_dagen,
            met_motivering=bool(ronde.motivering),
            motivering=ronde.motivering,
            rechtbank=s.regio.rechtsgang.rechtbank,
            contact=s.regio.contact,
            email=s.regio.email,
            met_loket=bool(ronde.loket),
            loket=ronde.loket,
            besloten_op=s.vandaag,
            functie=GEMANDATEERDE,
            namens=show_namens(s.regio),
        )
        yield Exemplaar(Ontvanger(f"ronde-{nummer}", f"Toetredingsronde {nummer}"), context)


def _build_perceel(
    s: Situatie[None], ronde: OpenstellingBesloten, perceel: str, producten: dict[tuple[str, str], Product]
) -> Openperceel:
    lopend = list_gesloten(s.dossier, ronde.startdatum, perceel)
    wijzigingen = list_wijzigingen(s.dossier, perceel)
    regels: list[Openproduct] = []
    for code in (p.product for p in ronde.producten if p.perceel == perceel):
        product = producten[perceel, code]
        regels.append(
            Openproduct(
                code=code,
                naam=product.naam,
                eenheid=product.eenheid,
                tarief=product.tarief,
                met_maximum=code in ronde.aantal,
                maximum=ronde.aantal.get(code),
            )
        )
    return Openperceel(
        naam=s.dossier.aanbesteding.load_perceel(perceel).naam,
        einde=count_einde(s, perceel, ronde.startdatum) or ronde.startdatum,
        aantal_aanbieders=len({o.aanbieder.sleutel for o in lopend}),
        met_aanbieders=bool(lopend),
        producten=tuple(regels),
        eisen=tuple(
            Gesteldeeis(code=e.code, tekst=e.tekst, bewijs=e.bewijs) for e in list_eisen(s.dossier, perceel)
        ),
        met_wijzigingen=bool(wijzigingen),
        wijzigingen=wijzigingen,
    )


def voorbeeld_openstellingsbesluit() -> OpenstellingsbesluitContext:
    """An invented decision."""
    product = Openproduct(
        code="02A01",
        naam="Begeleiding thuis (verzonnen)",
        eenheid="uur",
        tarief=Decimal("62.40"),
        met_maximum=True,
        maximum=3,
    )
    perceel = Openperceel(
        naam="Perceel 2: Begeleiding (verzonnen)",
        einde=date(2031, 12, 31),
        aantal_aanbieders=14,
        met_aanbieders=True,
        producten=(
            product,
            product.model_copy(update={"code": "02A05", "met_maximum": False, "maximum": None}),
        ),
        eisen=(
            Gesteldeeis(
                code="G1",
                tekst="De aanvrager staat in het handelsregister.",
                bewijs="Uittreksel handelsregister",
            ),
            Gesteldeeis(
                code="M1", tekst="De aanvrager heeft een klachtenregeling.", bewijs="Klachtenregeling"
            ),
        ),
        met_wijzigingen=True,
        wijzigingen=VOORBEELD_WIJZIGINGEN,
    )
    return OpenstellingsbesluitContext(
        document=VOORBEELD_KOP,
        ronde="1",
        inkoop="Voorbeeldinkoop 2028 (verzonnen)",
        regio="Regio Voorbeeld (verzonnen)",
        open_house=False,
        grondslag="gerichte openstelling per product bij een vastgesteld tekort (verzonnen)",
        aanleiding="Inwoners wachten te lang op begeleiding thuis (verzonnen).",
        met_cijfers=True,
        cijfers=(
            Cijferregel(
                omschrijving="Gemiddelde wachttijd",
                waarde=Decimal("11"),
                eenheid="weken",
                bron="Dashboard, 1 februari 2028 (verzonnen)",
            ),
        ),
        percelen=(perceel,),
        met_maximum=True,
        van=date(2028, 3, 6),
        tot=datetime(2028, 4, 14, 12, 0, tzinfo=TIJDZONE),
        startdatum=date(2028, 7, 1),
        met_vragenronde=True,
        vragen_tot=date(2028, 3, 20),
        antwoorden_op=date(2028, 3, 29),
        met_herstel=True,
        hersteltermijn_dagen=7,
        heroverweging_dagen=20,
        met_motivering=True,
        motivering="De stukken noemen plaatsing op volgorde van ontvangst (verzonnen).",
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        contact="Team Inkoop (verzonnen), 000-0000000",
        email="inkoop@example.org",
        met_loket=True,
        loket="https://loket.example.org/loket",
        besloten_op=date(2028, 3, 1),
        functie=GEMANDATEERDE,
        namens="De colleges van burgemeester en wethouders van Voorbeeldstad en Proefdorp (verzonnen)",
    )


class Gevraagdperceel(Gegevensmodel):
    """What an applicant asks for in one perceel."""

    naam: str = Field(description="Nummer en titel van het perceel")
    producten: tuple[str, ...] = Field(description="Namen van de gevraagde producten")


class Bewijsregel(Gegevensmodel):
    """A file that came with the application."""

    eis: str = Field(description="Code van de eis, met het perceel")
    naam: str = Field(description="Naam van het bestand")
    datum: date = Field(description="Datum die op het bewijsstuk staat")
    sha256: str = Field(description="Hash van de inhoud")


class OntvangstAanvraagContext(DocumentContext):
    """The letter that confirms an application."""

    brief: Brief = Field(description="Kop en slot van de brief")
    verzoek: str = Field(description="Nummer van het verzoek")
    nummer: str = Field(description="Nummer waaronder de aanvraag is ingediend")
    ontvangen: datetime = Field(description="Dag en uur van ontvangst")
    ronde: str = Field(description="Nummer van de toetredingsronde")
    inkoop: str = Field(description="Titel van de inkoop")
    percelen: tuple[Gevraagdperceel, ...] = Field(description="Wat is aangevraagd")
    met_bewijs: bool = Field(description="Of er bestanden bij de aanvraag zitten")
    bewijzen: tuple[Bewijsregel, ...] = Field(description="De bestanden die bij de aanvraag zitten")
    tot: datetime = Field(description="Uiterste dag en uur van de ronde")
    startdatum: date = Field(description="Beoogde eerste dag van de overeenkomst")
    met_maximum: bool = Field(description="Of voor een product een hoogste aantal geldt")


def build_ontvangst(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per application."""
    aanvragen, producten = index_aanvragen(s.dossier), index_producten(s.dossier)
    for verzoek in s.onderwerpen:
        feit = aanvragen[verzoek]
        aanbieder, ronde = feit.aanvraag.aanbieder, load_ronde(s.dossier, feit.ronde)
        ingediend = s.dossier.laatste(BewijsIngediend, verzoek=verzoek)
        stukken = ingediend.stukken if ingediend else ()
        percelen = tuple(
            Gevraagdperceel(
                naam=s.dossier.aanbesteding.load_perceel(perceel).naam,
                producten=tuple(
                    f"{producten[perceel, p.product].naam} ({p.product})"
                    for p in feit.aanvraag.producten
                    if p.perceel == perceel
                ),
            )
            for perceel in feit.aanvraag.percelen
        )
        context = OntvangstAanvraagContext(
            brief=build_aanbiedersbrief(
                s, aanbieder, f"T{feit.ronde}-{verzoek}-O", f"Ontvangst van uw aanvraag {verzoek}", INKOPER
            ),
            verzoek=verzoek,
            nummer=feit.aanvraag.nummer,
            ontvangen=feit.aanvraag.ontvangen,
            ronde=feit.ronde,
            inkoop=s.dossier.aanbesteding.titel,
            percelen=percelen,
            met_bewijs=bool(stukken),
            bewijzen=tuple(
                Bewijsregel(eis=f"{b.eis} ({b.perceel})", naam=b.naam, datum=b.datum, sha256=b.sha256)
                for b in stukken
            ),
            tot=ronde.tot,
            startdatum=ronde.startdatum,
            met_maximum=any(p.product in ronde.aantal for p in feit.aanvraag.producten),
        )
        yield Exemplaar(Ontvanger(f"{verzoek}-{aanbieder.sleutel}", aanbieder.naam, aanbieder.email), context)


def voorbeeld_ontvangst() -> OntvangstAanvraagContext:
    """An invented letter."""
    return OntvangstAanvraagContext(
        brief=voorbeeld_brief("Ontvangst van uw aanvraag 0001", INKOPER, date(2028, 3, 23)),
        verzoek="0001",
        nummer="17",
        ontvangen=datetime(2028, 3, 22, 16, 5, tzinfo=TIJDZONE),
        ronde="1",
        inkoop="Voorbeeldinkoop 2028 (verzonnen)",
        percelen=(
            Gevraagdperceel(
                naam="Perceel 2: Begeleiding (verzonnen)", producten=("Begeleiding thuis (02A01)",)
            ),
        ),
        met_bewijs=True,
        bewijzen=(
            Bewijsregel(
                eis="M1 (2)",
                naam="klachtenregeling.pdf",
                datum=date(2028, 1, 10),
                sha256="0123456789abcdef" * 4,
            ),
        ),
        tot=datetime(2028, 4, 14, 12, 0, tzinfo=TIJDZONE),
        startdatum=date(2028, 7, 1),
        met_maximum=True,
    )


OPENSTELLINGSBESLUIT = Document(
    code="openstellingsbesluit",
    titel="Openstellingsbesluit",
    fase="toetreding",
    context=OpenstellingsbesluitContext,
    build=build_openstellingsbesluit,
    voorbeeld=voorbeeld_openstellingsbesluit,
    per="ronde",
    ondertekenaar=Rol.GEMANDATEERDE,
    besluit=True,
)
BEKENDMAKING_OPENSTELLING = Document(
    code="bekendmaking_openstelling",
    titel="Bekendmaking van een openstelling",
    fase="toetreding",
    context=OpenstellingsbesluitContext,
    build=build_openstellingsbesluit,
    voorbeeld=voorbeeld_openstellingsbesluit,
    per="ronde",
    ongebruikt=(
        "met_cijfers",
        "cijfers",
        "percelen[].aantal_aanbieders",
        "percelen[].met_aanbieders",
        "percelen[].eisen",
        "percelen[].met_wijzigingen",
        "percelen[].wijzigingen",
        "met_vragenronde",
        "heroverweging_dagen",
        "met_motivering",
        "motivering",
        "functie",
    ),
    besluit=True,
)
ONTVANGST_AANVRAAG = Document(
    code="ontvangst_aanvraag",
    titel="Ontvangst van een aanvraag",
    fase="toetreding",
    context=OntvangstAanvraagContext,
    build=build_ontvangst,
    voorbeeld=voorbeeld_ontvangst,
    per="verzoek",
    ondertekenaar=Rol.INKOPER,
    verzenden=True,
)
