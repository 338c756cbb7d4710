"""Letters about ending for inactivity, and the list of providers.

Must stay true: a provider that delivered no care hears beforehand what was measured and how it can react.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

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
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import OvereenkomstBeeindigd, OvereenkomstGesloten, PerceelUitgewerkt
from aanbesteding.domain.kalender import TIJDZONE, datum_in_nederland
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.overeenkomst import (
    AanbiederslijstVastgesteld,
    ActiviteitGeregistreerd,
    BeeindigingAangekondigd,
    ReactiesGewogen,
    load_aankondiging,
    load_inactiviteit_maanden,
)
from aanbesteding.fasen.toetreding.documenten.kop import (
    CONTRACTBEHEERDER,
    VOORBEELD_KOP,
    build_aanbiedersbrief,
    build_kop,
    voorbeeld_brief,
)


class AankondigingBeeindigingContext(DocumentContext):
    """The letter that announces an ending for inactivity and asks for a reaction."""

    brief: Brief = Field(description="Kop en slot van de brief")
    overeenkomst: str = Field(description="Nummer van de overeenkomst")
    perceel: str = Field(description="Nummer en titel van het perceel")
    maanden: int = Field(description="Na hoeveel maanden zonder hulp de overeenkomst kan eindigen")
    peildatum: date = Field(description="Dag waarop is gemeten")
    met_zorg: bool = Field(description="Of er ooit hulp is geleverd")
    laatste_zorg: date | None = Field(description="Laatste dag met hulp; leeg als er nooit hulp was")
    ingang: date = Field(description="Eerste dag van de overeenkomst")
    per: date = Field(description="Beoogde dag vanaf wanneer de overeenkomst niet meer geldt")
    reageren_tot: datetime = Field(description="Uiterste dag en uur voor een reactie")
    email: str = Field(description="E-mailadres voor de reactie")


class BeeindigingInactiviteitContext(DocumentContext):
    """The letter that ends an agreement for inactivity."""

    brief: Brief = Field(description="Kop en slot van de brief")
    overeenkomst: str = Field(description="Nummer van de overeenkomst")
    perceel: str = Field(description="Nummer en titel van het perceel")
    maanden: int = Field(description="Na hoeveel maanden zonder hulp de overeenkomst kan eindigen")
    peildatum: date = Field(description="Dag waarop is gemeten")
    met_zorg: bool = Field(description="Of er ooit hulp is geleverd")
    laatste_zorg: date | None = Field(description="Laatste dag met hulp; leeg als er nooit hulp was")
    ingang: date = Field(description="Eerste dag van de overeenkomst")
    per: date = Field(description="Dag vanaf wanneer de overeenkomst niet meer geldt")
    aangekondigd_op: date = Field(description="Dag waarop het einde is aangekondigd")
    met_reactie: bool = Field(description="Of de aanbieder heeft gereageerd")
    reactie: str = Field(description="Wat de aanbieder inbracht en wat daarmee is gedaan")
    motivering: str = Field(description="Waarom de overeenkomst eindigt")
    rechtbank: str = Field(description="Bevoegde rechtbank")


class Lijstregel(Gegevensmodel):
    """A provider on the list."""

    naam: str = Field(description="Naam van de aanbieder")
    agb: str = Field(description="AGB-code")
    plaats: str = Field(description="Vestigingsplaats")
    contact: str = Field(description="Functie of afdeling voor contact")
    email: str = Field(description="E-mailadres")
    ingang: date = Field(description="Eerste dag van de overeenkomst")


class Lijstproduct(Gegevensmodel):
    """A product with its providers."""

    code: str = Field(description="Productcode")
    naam: str = Field(description="Naam van het product")
    met_aanbieders: bool = Field(description="Of er een aanbieder is")
    aanbieders: tuple[Lijstregel, ...] = Field(description="Aanbieders van het product, op naam")


class Lijstperceel(Gegevensmodel):
    """A perceel with its products."""

    naam: str = Field(description="Nummer en titel van het perceel")
    aantal: int = Field(description="Aantal aanbieders in het perceel")
    producten: tuple[Lijstproduct, ...] = Field(description="Producten van het perceel")


class AanbiederslijstContext(DocumentContext):
    """The list of contracted providers."""

    document: Documentkop = Field(description="Kop van het document")
    regio: str = Field(description="Naam van de regio")
    inkoop: str = Field(description="Titel van de inkoop")
    peildatum: date = Field(description="Dag waarop de lijst geldt")
    aantal_aanbieders: int = Field(description="Aantal aanbieders met een overeenkomst")
    aantal_overeenkomsten: int = Field(description="Aantal overeenkomsten")
    met_vorige: bool = Field(description="Of er een eerdere lijst is")
    met_nieuw: bool = Field(description="Of er overeenkomsten bij zijn gekomen")
    nieuw: tuple[str, ...] = Field(description="Aanbieders en overeenkomsten die erbij zijn gekomen")
    met_vervallen: bool = Field(description="Of er overeenkomsten zijn vervallen")
    vervallen: tuple[str, ...] = Field(description="Aanbieders en overeenkomsten die zijn vervallen")
    percelen: tuple[Lijstperceel, ...] = Field(description="Percelen met producten en aanbieders")
    contact: str = Field(description="Contactpunt van de regio")


# --- builders ---------------------------------------------------------------------------------------------


def _index_activiteit(dossier: Dossier) -> dict[str, tuple[date, date | None]]:
    """Day of measuring and last day of care per agreement, from the last measurement that names it."""
    return {
        a.overeenkomst: (feit.peildatum, a.laatste_zorg)
        for feit in dossier.list_feiten(ActiviteitGeregistreerd)
        for a in feit.activiteiten
    }


def build_aankondiging(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per agreement of the last announcement."""
    feit = s.dossier.laatste(BeeindigingAangekondigd)
    overeenkomsten = {o.nummer: o for o in s.dossier.list_feiten(OvereenkomstGesloten)}
    activiteit = _index_activiteit(s.dossier)
    if feit is None:
        return
    for nummer in feit.overeenkomsten:
        overeenkomst = overeenkomsten[nummer]
        peildatum, laatste = activiteit[nummer]
        context = AankondigingBeeindigingContext(
            brief=build_aanbiedersbrief(
                s,
                overeenkomst.aanbieder,
                f"{nummer}-A",
                f"Voornemen om overeenkomst {nummer} te beëindigen",
                CONTRACTBEHEERDER,
            ),
            overeenkomst=nummer,
            perceel=s.dossier.aanbesteding.load_perceel(overeenkomst.perceel).naam,
            maanden=load_inactiviteit_maanden(s.dossier) or 0,
            peildatum=peildatum,
            met_zorg=laatste is not None,
            laatste_zorg=laatste,
            ingang=overeenkomst.ingang,
            per=feit.per,
            reageren_tot=feit.reageren_tot,
            email=s.regio.email,
        )
        yield Exemplaar(_ontvanger(overeenkomst), context)


def build_beeindiging(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per agreement that the last act ended for inactivity."""
    gewogen = s.dossier.laatste(ReactiesGewogen)
    reacties = gewogen.reacties if gewogen else {}
    beeindigd = [v.feit for v in s.dossier.vastleggingen if v.versie == s.dossier.versie]
    overeenkomsten = {o.nummer: o for o in s.dossier.list_feiten(OvereenkomstGesloten)}
    activiteit = _index_activiteit(s.dossier)
    momenten = {id(v.feit): v.moment for v in s.dossier.vastleggingen}
    for feit in beeindigd:
        if not isinstance(feit, OvereenkomstBeeindigd):
            continue
        overeenkomst = overeenkomsten[feit.nummer]
        peildatum, laatste = activiteit[feit.nummer]
        aankondiging = load_aankondiging(s.dossier, feit.nummer)
        aangekondigd = momenten[id(aankondiging)] if aankondiging else s.nu
        context = BeeindigingInactiviteitContext(
            brief=build_aanbiedersbrief(
                s,
                overeenkomst.aanbieder,
                f"{feit.nummer}-E",
                f"Einde van overeenkomst {feit.nummer}",
                CONTRACTBEHEERDER,
            ),
            overeenkomst=feit.nummer,
            perceel=s.dossier.aanbesteding.load_perceel(overeenkomst.perceel).naam,
            maanden=load_inactiviteit_maanden(s.dossier) or 0,
            peildatum=peildatum,
            met_zorg=laatste is not None,
            laatste_zorg=laatste,
            ingang=overeenkomst.ingang,
            per=feit.per,
            aangekondigd_op=datum_in_nederland(aangekondigd),
            met_reactie=bool(reacties.get(feit.nummer)),
            reactie=reacties.get(feit.nummer, ""),
            motivering=feit.motivering,
            rechtbank=s.regio.rechtsgang.rechtbank,
        )
        yield Exemplaar(_ontvanger(overeenkomst), context)


def build_aanbiederslijst(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The last list, compared with the one before."""
    lijsten = s.dossier.list_feiten(AanbiederslijstVastgesteld)
    if not lijsten:
        return
    lijst, vorige = lijsten[-1], lijsten[-2] if len(lijsten) > 1 else None
    alle = {o.nummer: o for o in s.dossier.list_feiten(OvereenkomstGesloten)}
    nu, toen = set(lijst.overeenkomsten), set(vorige.overeenkomsten if vorige else ())
    nieuw = tuple(_show(alle[n]) for n in sorted(nu - toen)) if vorige else ()
    vervallen = tuple(_show(alle[n]) for n in sorted(toen - nu))
    overeenkomsten = [alle[n] for n in lijst.overeenkomsten]
    context = AanbiederslijstContext(
        document=build_kop(s, f"L{len(lijsten)}", s.dossier.aanbesteding.titel, "vastgesteld"),
        regio=s.regio.naam,
        inkoop=s.dossier.aanbesteding.titel,
        peildatum=lijst.peildatum,
        aantal_aanbieders=len({o.aanbieder.sleutel for o in overeenkomsten}),
        aantal_overeenkomsten=len(overeenkomsten),
        met_vorige=vorige is not None,
        met_nieuw=bool(nieuw),
        nieuw=nieuw,
        met_vervallen=bool(vervallen),
        vervallen=vervallen,
        percelen=_list_percelen(s.dossier, overeenkomsten),
        contact=s.regio.contact,
    )
    yield Exemplaar(Ontvanger(f"lijst-{len(lijsten)}", s.regio.naam), context)


def _list_percelen(dossier: Dossier, overeenkomsten: list[OvereenkomstGesloten]) -> tuple[Lijstperceel, ...]:
    """Percelen that have agreements, with every product, also those without a provider."""
    uitgewerkt = {u.perceel: u for u in dossier.list_feiten(PerceelUitgewerkt)}
    per_product: dict[tuple[str, str], list[OvereenkomstGesloten]] = {}
    namen: dict[str, set[str]] = {}
    for overeenkomst in overeenkomsten:
        namen.setdefault(overeenkomst.perceel, set()).add(overeenkomst.aanbieder.sleutel)
        for code in overeenkomst.producten:
            per_product.setdefault((overeenkomst.perceel, code), []).append(overeenkomst)
    percelen: list[Lijstperceel] = []
    for perceel in dossier.aanbesteding.percelen:
        if perceel.nummer not in namen or perceel.nummer not in uitgewerkt:
            continue
        producten: list[Lijstproduct] = []
        for product in uitgewerkt[perceel.nummer].producten:
            regels = tuple(
                Lijstregel(
                    naam=o.aanbieder.naam,
                    agb=o.aanbieder.agb,
                    plaats=o.aanbieder.adres.plaats,
                    contact=o.aanbieder.contact,
                    email=o.aanbieder.email,
                    ingang=o.ingang,
                )
                for o in sorted(
                    per_product.get((perceel.nummer, product.code), ()),
                    key=lambda o: (o.aanbieder.naam.lower(), o.nummer),
                )
            )
            producten.append(
                Lijstproduct(
                    code=product.code, naam=product.naam, met_aanbieders=bool(regels), aanbieders=regels
                )
            )
        percelen.append(
            Lijstperceel(naam=perceel.naam, aantal=len(namen[perceel.nummer]), producten=tuple(producten))
        )
    return tuple(percelen)


def _show(overeenkomst: OvereenkomstGesloten) -> str:
    return f"{overeenkomst.aanbieder.naam} ({overeenkomst.nummer})"


def _ontvanger(overeenkomst: OvereenkomstGesloten) -> Ontvanger:
    return Ontvanger(overeenkomst.nummer, overeenkomst.aanbieder.naam, overeenkomst.aanbieder.email)


# --- examples ---------------------------------------------------------------------------------------------


def voorbeeld_aankondiging() -> AankondigingBeeindigingContext:
    """An invented letter."""
    return AankondigingBeeindigingContext(
        brief=voorbeeld_brief(
            "Voornemen om overeenkomst VB-2028-P2-003 te beëindigen", CONTRACTBEHEERDER, date(2030, 1, 22)
        ),
        overeenkomst="VB-2028-P2-003",
        perceel="Perceel 2: Begeleiding (verzonnen)",
        maanden=18,
        peildatum=date(2030, 1, 15),
        met_zorg=True,
        laatste_zorg=date(2028, 6, 30),
        ingang=date(2028, 1, 1),
        per=date(2030, 4, 1),
        reageren_tot=datetime(2030, 2, 22, 12, 0, tzinfo=TIJDZONE),
        email="inkoop@example.org",
    )


def voorbeeld_beeindiging() -> BeeindigingInactiviteitContext:
    """An invented letter."""
    return BeeindigingInactiviteitContext(
        brief=voorbeeld_brief("Einde van overeenkomst VB-2028-P2-003", CONTRACTBEHEERDER, date(2030, 3, 1)),
        overeenkomst="VB-2028-P2-003",
        perceel="Perceel 2: Begeleiding (verzonnen)",
        maanden=18,
        peildatum=date(2030, 1, 15),
        met_zorg=True,
        laatste_zorg=date(2028, 6, 30),
        ingang=date(2028, 1, 1),
        per=date(2030, 4, 1),
        aangekondigd_op=date(2030, 1, 22),
        met_reactie=True,
        reactie="U verwacht dit jaar een eerste cliënt. Dat verandert het besluit niet (verzonnen).",
        motivering="Er is geen uitzicht op hulp in dit perceel (verzonnen).",
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
    )


def voorbeeld_aanbiederslijst() -> AanbiederslijstContext:
    """An invented list."""
    regel = Lijstregel(
        naam="Zorg & Co (verzonnen) B.V.",
        agb="07654321",
        plaats="Voorbeeldstad",
        contact="Aanmeldingen",
        email="aanmelden@example.org",
        ingang=date(2028, 1, 1),
    )
    return AanbiederslijstContext(
        document=VOORBEELD_KOP,
        regio="Regio Voorbeeld (verzonnen)",
        inkoop="Voorbeeldinkoop 2028 (verzonnen)",
        peildatum=date(2028, 3, 1),
        aantal_aanbieders=1,
        aantal_overeenkomsten=1,
        met_vorige=True,
        met_nieuw=True,
        nieuw=("Zorg & Co (verzonnen) B.V. (VB-2028-P2-015)",),
        met_vervallen=True,
        vervallen=("Oude Zorg (verzonnen) (VB-2028-P2-003)",),
        percelen=(
            Lijstperceel(
                naam="Perceel 2: Begeleiding (verzonnen)",
                aantal=1,
                producten=(
                    Lijstproduct(
                        code="02A01", naam="Begeleiding thuis", met_aanbieders=True, aanbieders=(regel,)
                    ),
                    Lijstproduct(code="02A05", naam="Begeleiding groep", met_aanbieders=False, aanbieders=()),
                ),
            ),
        ),
        contact="Team Inkoop (verzonnen), 000-0000000",
    )


AANKONDIGING_BEEINDIGING = Document(
    code="aankondiging_beeindiging",
    titel="Aankondiging van een einde wegens inactiviteit",
    fase="toetreding",
    context=AankondigingBeeindigingContext,
    build=build_aankondiging,
    voorbeeld=voorbeeld_aankondiging,
    per="overeenkomst",
    ondertekenaar=Rol.CONTRACTBEHEERDER,
    verzenden=True,
)
BEEINDIGING_INACTIVITEIT = Document(
    code="beeindiging_inactiviteit",
    titel="Einde wegens inactiviteit",
    fase="toetreding",
    context=BeeindigingInactiviteitContext,
    build=build_beeindiging,
    voorbeeld=voorbeeld_beeindiging,
    per="overeenkomst",
    ondertekenaar=Rol.CONTRACTBEHEERDER,
    verzenden=True,
)
AANBIEDERSLIJST = Document(
    code="aanbiederslijst",
    titel="Lijst van aanbieders",
    fase="toetreding",
    context=AanbiederslijstContext,
    build=build_aanbiederslijst,
    voorbeeld=voorbeeld_aanbiederslijst,
    per="aanbesteding",
    ondertekenaar=Rol.CONTRACTBEHEERDER,
)
