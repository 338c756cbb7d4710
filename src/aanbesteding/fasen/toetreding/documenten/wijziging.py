"""Documents of a change: the proposal to every provider, and the addendum for every provider.

Grondslag: Aw 2012 art. 2.163b, 2.163c and 2.163g for the ground that the addendum names.
Must stay true: all providers of the perceel get the same text; the addendum names the right to leave and its
last day.
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
from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.feiten import OvereenkomstGesloten
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.ronde import is_open_house
from aanbesteding.fasen.toetreding.besluiten.wijziging import (
    Artikelwijziging,
    WijzigingReactieOntvangen,
    WijzigingVastgesteld,
    WijzigingVoorgesteld,
    load_voorstel,
)
from aanbesteding.fasen.toetreding.documenten.kop import (
    CONTRACTBEHEERDER,
    VOORBEELD_AANBIEDER,
    VOORBEELD_GEMEENTEN,
    VOORBEELD_KOP,
    Aanbiederpartij,
    Gemeentepartij,
    build_aanbieder,
    build_aanbiedersbrief,
    build_kop,
    list_gemeenten,
    voorbeeld_brief,
)


class Artikelregel(Gegevensmodel):
    """One clause that changes."""

    artikel: str = Field(description="Artikel of bijlage die wijzigt")
    met_oud: bool = Field(description="Of er een oude tekst is; anders is de bepaling nieuw")
    oud: str = Field(description="Oude tekst")
    met_nieuw: bool = Field(description="Of er een nieuwe tekst is; anders vervalt de bepaling")
    nieuw: str = Field(description="Nieuwe tekst")
    met_toelichting: bool = Field(description="Of er een toelichting is")
    toelichting: str = Field(description="Wat er verandert, in gewone woorden")


class Aanleiding(Gegevensmodel):
    """Where a proposal comes from; exactly one of the four is true."""

    ontwikkeltafel: bool = Field(description="Of het voorstel van een ontwikkeltafel komt")
    besproken_op: date | None = Field(description="Dag van de ontwikkeltafel; leeg bij een andere aanleiding")
    wet: bool = Field(description="Of de wet verandert")
    indexering: bool = Field(description="Of het om indexering gaat")
    evaluatie: bool = Field(description="Of het voorstel uit een evaluatie komt")
    waarom: str = Field(description="Reden van het voorstel")


class WijzigingsvoorstelContext(DocumentContext):
    """The letter that asks a provider to react to a proposal."""

    brief: Brief = Field(description="Kop en slot van de brief")
    code: str = Field(description="Kenmerk van het voorstel")
    titel: str = Field(description="Onderwerp van het voorstel")
    perceel: str = Field(description="Nummer en titel van het perceel")
    overeenkomsten: tuple[str, ...] = Field(
        min_length=1, description="Nummers van de overeenkomsten van deze aanbieder"
    )
    aanleiding: Aanleiding = Field(description="Waar het voorstel vandaan komt")
    artikelen: tuple[Artikelregel, ...] = Field(description="Oude en nieuwe tekst per artikel")
    ingang: date = Field(description="Eerste dag waarop de wijziging geldt")
    reageren_tot: datetime = Field(description="Uiterste dag en uur voor een reactie")
    aantal_aanbieders: int = Field(description="Aan hoeveel aanbieders het voorstel gaat")
    email: str = Field(description="E-mailadres voor de reactie")


class Collegeregel(Gegevensmodel):
    """The decision of one municipality."""

    gemeente: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Bevoegd orgaan")
    datum: date = Field(description="Dag van het besluit")
    kenmerk: str = Field(description="Kenmerk van het besluit")


class Toetsregel(Gegevensmodel):
    """One ground that was tested; exactly one of the four is true."""

    herziening: bool = Field(description="Grond: herzieningsclausule")
    overig: bool = Field(description="Grond: een van de overige wettelijke gronden")
    niet_wezenlijk: bool = Field(description="Grond: niet wezenlijke wijziging")
    klein: bool = Field(description="Grond: kleine wijziging")
    past: bool = Field(description="Of de wijziging op deze grond kan")
    reden: str = Field(description="Waarom wel of niet")


class AddendumContext(DocumentContext):
    """The addendum to one agreement; the text is the same for every provider of the perceel."""

    document: Documentkop = Field(description="Kop van het addendum")
    nummer: int = Field(description="Volgnummer van het addendum in dit perceel")
    code: str = Field(description="Kenmerk van de wijziging")
    titel: str = Field(description="Onderwerp van de wijziging")
    inkoop: str = Field(description="Titel van de inkoop")
    perceel: str = Field(description="Nummer en titel van het perceel")
    overeenkomst: str = Field(description="Nummer van de overeenkomst")
    gesloten_ingang: date = Field(description="Eerste dag van de overeenkomst die wijzigt")
    gemeenten: tuple[Gemeentepartij, ...] = Field(description="Deelnemende gemeenten")
    aanbieder: Aanbiederpartij = Field(description="De aanbieder")
    aantal_aanbieders: int = Field(description="Voor hoeveel aanbieders het addendum geldt")
    aanleiding: Aanleiding = Field(description="Waar de wijziging vandaan komt")
    artikelen: tuple[Artikelregel, ...] = Field(description="Oude en nieuwe tekst per artikel")
    ingang: date = Field(description="Eerste dag waarop de wijziging geldt")
    uittreden_tot: date = Field(description="Laatste dag om te laten weten dat de aanbieder niet instemt")
    met_toets: bool = Field(description="Of de wettelijke gronden zijn getoetst; niet bij open house")
    toets: tuple[Toetsregel, ...] = Field(description="Getoetste gronden in de wettelijke volgorde")
    collegebesluiten: tuple[Collegeregel, ...] = Field(description="Besluit van elke gemeente")
    aantal_reacties: int = Field(description="Hoeveel reacties binnenkwamen")
    aantal_oneens: int = Field(description="Hoeveel reacties zich tegen het voorstel keren")
    weging_reacties: str = Field(description="Wat met de reacties is gedaan")
    email: str = Field(description="E-mailadres om uit te treden")


# --- builders ---------------------------------------------------------------------------------------------


def build_wijzigingsvoorstel(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per provider that got the last proposal."""
    voorstel = s.dossier.laatste(WijzigingVoorgesteld)
    if voorstel is None:
        return
    per_aanbieder: dict[str, list[OvereenkomstGesloten]] = {}
    overeenkomsten = {o.nummer: o for o in s.dossier.list_feiten(OvereenkomstGesloten)}
    for nummer in voorstel.overeenkomsten:
        overeenkomst = overeenkomsten[nummer]
        per_aanbieder.setdefault(overeenkomst.aanbieder.sleutel, []).append(overeenkomst)
    aanleiding, artikelen = _build_aanleiding(voorstel), _list_artikelen(voorstel.artikelen)
    perceel = s.dossier.aanbesteding.load_perceel(voorstel.perceel).naam
    for sleutel, eigen in per_aanbieder.items():
        aanbieder = eigen[0].aanbieder
        context = WijzigingsvoorstelContext(
            brief=build_aanbiedersbrief(
                s,
                aanbieder,
                f"{voorstel.code}-{eigen[0].nummer}",
                f"Voorstel {voorstel.code} om uw overeenkomst te wijzigen",
                CONTRACTBEHEERDER,
            ),
            code=voorstel.code,
            titel=voorstel.titel,
            perceel=perceel,
            overeenkomsten=tuple(o.nummer for o in eigen),
            aanleiding=aanleiding,
            artikelen=artikelen,
            ingang=voorstel.ingang,
            reageren_tot=voorstel.reageren_tot,
            aantal_aanbieders=len(per_aanbieder),
            email=s.regio.email,
        )
        yield Exemplaar(Ontvanger(f"{voorstel.code}-{sleutel}", aanbieder.naam, aanbieder.email), context)


def build_addendum(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One addendum per agreement of the last adopted change."""
    wijziging = s.dossier.laatste(WijzigingVastgesteld)
    voorstel = load_voorstel(s.dossier, wijziging.code) if wijziging else None
    if wijziging is None or voorstel is None:
        return
    overeenkomsten = {o.nummer: o for o in s.dossier.list_feiten(OvereenkomstGesloten)}
    reacties = [r for r in s.dossier.list_feiten(WijzigingReactieOntvangen) if r.code == wijziging.code]
    gemeenten = {g.code: g for g in s.regio.gemeenten}
    inkoop = s.dossier.aanbesteding
    artikelen, aanleiding = _list_artikelen(voorstel.artikelen), _build_aanleiding(voorstel)
    aantal = len({overeenkomsten[n].aanbieder.sleutel for n in wijziging.overeenkomsten})
    partijen = list_gemeenten(select_deelnemers(s.regio, inkoop, (wijziging.perceel,)))
    toets = tuple(
        Toetsregel(
            herziening=stap.grond == "herzieningsclausule",
            overig=stap.grond == "overige_gronden",
            niet_wezenlijk=stap.grond == "niet_wezenlijk",
            klein=stap.grond == "kleine_wijziging",
            past=stap.past,
            reden=stap.reden,
        )
        for stap in wijziging.toets
    )
    collegebesluiten = tuple(
        Collegeregel(
            gemeente=gemeenten[b.gemeente].naam,
            orgaan=gemeenten[b.gemeente].bevoegd_orgaan,
            datum=b.datum,
            kenmerk=b.kenmerk,
        )
        for b in wijziging.collegebesluiten
        if b.gemeente in gemeenten
    )
    for nummer in wijziging.overeenkomsten:
        overeenkomst = overeenkomsten[nummer]
        aanbieder = overeenkomst.aanbieder
        context = AddendumContext(
            document=build_kop(s, f"{wijziging.code}-{nummer}", inkoop.titel, "vastgesteld"),
            nummer=wijziging.nummer,
            code=wijziging.code,
            titel=voorstel.titel,
            inkoop=inkoop.titel,
            perceel=inkoop.load_perceel(wijziging.perceel).naam,
            overeenkomst=nummer,
            gesloten_ingang=overeenkomst.ingang,
            gemeenten=partijen,
            aanbieder=build_aanbieder(aanbieder),
            aantal_aanbieders=aantal,
            aanleiding=aanleiding,
            artikelen=artikelen,
            ingang=wijziging.ingang,
            uittreden_tot=wijziging.uittreden_tot,
            met_toets=bool(toets) and not is_open_house(s),
            toets=toets,
            collegebesluiten=collegebesluiten,
            aantal_reacties=len(reacties),
            aantal_oneens=sum(r.strekking == "oneens" for r in reacties),
            weging_reacties=wijziging.weging_reacties,
            email=s.regio.email,
        )
        yield Exemplaar(Ontvanger(f"{wijziging.code}-{nummer}", aanbieder.naam, aanbieder.email), context)


def _build_aanleiding(voorstel: WijzigingVoorgesteld) -> Aanleiding:
    return Aanleiding(
        ontwikkeltafel=voorstel.aanleiding == "ontwikkeltafel",
        besproken_op=voorstel.besproken_op,
        wet=voorstel.aanleiding == "wet",
        indexering=voorstel.aanleiding == "indexering",
        evaluatie=voorstel.aanleiding == "evaluatie",
        waarom=voorstel.waarom,
    )


def _list_artikelen(artikelen: tuple[Artikelwijziging, ...]) -> tuple[Artikelregel, ...]:
    return tuple(
        Artikelregel(
            artikel=a.artikel,
            met_oud=bool(a.oud),
            oud=a.oud,
            met_nieuw=bool(a.nieuw),
            nieuw=a.nieuw,
            met_toelichting=bool(a.toelichting),
            toelichting=a.toelichting,
        )
        for a in artikelen
    )


# --- examples ---------------------------------------------------------------------------------------------

_AANLEIDING = Aanleiding(
    ontwikkeltafel=True,
    besproken_op=date(2028, 9, 12),
    wet=False,
    indexering=False,
    evaluatie=False,
    waarom="Inwoners moeten sneller weten waar zij aan toe zijn (verzonnen).",
)
_ARTIKELEN = (
    Artikelregel(
        artikel="Bijlage 2, onder 4",
        met_oud=True,
        oud="De aanbieder begint binnen zes weken na de toewijzing.",
        met_nieuw=True,
        nieuw="De aanbieder begint binnen vier weken na de toewijzing.",
        met_toelichting=True,
        toelichting="De hulp begint twee weken eerder (verzonnen).",
    ),
    Artikelregel(
        artikel="Bijlage 2, onder 9",
        met_oud=False,
        oud="",
        met_nieuw=True,
        nieuw="De aanbieder meldt een wachttijd van meer dan vier weken.",
        met_toelichting=False,
        toelichting="",
    ),
)


def voorbeeld_wijzigingsvoorstel() -> WijzigingsvoorstelContext:
    """An invented letter."""
    return WijzigingsvoorstelContext(
        brief=voorbeeld_brief(
            "Voorstel W-2028-01 om uw overeenkomst te wijzigen", CONTRACTBEHEERDER, date(2028, 9, 20)
        ),
        code="W-2028-01",
        titel="Kortere wachttijd (verzonnen)",
        perceel="Perceel 2: Begeleiding (verzonnen)",
        overeenkomsten=("VB-2028-P2-003",),
        aanleiding=_AANLEIDING,
        artikelen=_ARTIKELEN,
        ingang=date(2029, 1, 1),
        reageren_tot=datetime(2028, 10, 20, 12, 0, tzinfo=TIJDZONE),
        aantal_aanbieders=14,
        email="inkoop@example.org",
    )


def voorbeeld_addendum() -> AddendumContext:
    """An invented addendum."""
    return AddendumContext(
        document=VOORBEELD_KOP.model_copy(update={"datum": date(2028, 11, 14)}),
        nummer=1,
        code="W-2028-01",
        titel="Kortere wachttijd (verzonnen)",
        inkoop="Voorbeeldinkoop 2028 (verzonnen)",
        perceel="Perceel 2: Begeleiding (verzonnen)",
        overeenkomst="VB-2028-P2-003",
        gesloten_ingang=date(2028, 1, 1),
        gemeenten=VOORBEELD_GEMEENTEN,
        aanbieder=VOORBEELD_AANBIEDER,
        aantal_aanbieders=14,
        aanleiding=_AANLEIDING,
        artikelen=_ARTIKELEN,
        ingang=date(2029, 1, 1),
        uittreden_tot=date(2028, 12, 1),
        met_toets=True,
        toets=(
            Toetsregel(
                herziening=True,
                overig=False,
                niet_wezenlijk=False,
                klein=False,
                past=True,
                reden="De overeenkomst regelt wijziging na een ontwikkeltafel (verzonnen).",
            ),
        ),
        collegebesluiten=(
            Collegeregel(
                gemeente="Voorbeeldstad (verzonnen)",
                orgaan="college van burgemeester en wethouders",
                datum=date(2028, 11, 7),
                kenmerk="B-2028-77",
            ),
        ),
        aantal_reacties=5,
        aantal_oneens=1,
        weging_reacties="De ingang is een maand later gelegd (verzonnen).",
        email="inkoop@example.org",
    )


WIJZIGINGSVOORSTEL = Document(
    code="wijzigingsvoorstel",
    titel="Wijzigingsvoorstel",
    fase="toetreding",
    context=WijzigingsvoorstelContext,
    build=build_wijzigingsvoorstel,
    voorbeeld=voorbeeld_wijzigingsvoorstel,
    per="aanbieder",
    ondertekenaar=Rol.CONTRACTBEHEERDER,
    verzenden=True,
)
ADDENDUM = Document(
    code="addendum",
    titel="Addendum",
    fase="toetreding",
    context=AddendumContext,
    build=build_addendum,
    voorbeeld=voorbeeld_addendum,
    per="overeenkomst",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)
