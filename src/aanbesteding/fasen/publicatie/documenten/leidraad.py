"""The tender guide: what is bought, how to take part, how bids are judged and what one can do against it.

The wording stands in sjablonen/publicatie/aanbestedingsleidraad.docx. Terms are counted by domain.termijn
and the worked example by domain.rangorde; nothing is reckoned here or in the template.

Grondslag: Aw 2012 art. 2.10, 2.53-2.54, 2.73, 2.115, 2.127; Gids Proportionaliteit (apply or explain,
art. 1.10).
Must stay true: both ends of legal protection are given: the standstill and the contractual lapse period.
Trap: before publication the closing moment comes from the planning, after it from the notice or a later
shift.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import AwareDatetime, Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar
from aanbesteding.documents.filters import datum
from aanbesteding.documents.overeenkomst import (
    as_openingszin,
    as_zin,
    load_getal,
    load_toetreding,
    load_variant,
    load_waarde,
)
from aanbesteding.domain.aanbesteding import Perceel
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import is_verdeeld
from aanbesteding.domain.feiten import (
    ConsultatieverslagVastgesteld,
    Criterium,
    PerceelUitgewerkt,
    PlanningVastgesteld,
    PuntBeslist,
)
from aanbesteding.domain.gegeven import Puntsoort
from aanbesteding.domain.kalender import TIJDZONE, datum_in_nederland
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.termijn import count_nvi, count_opschortende_termijn, count_vervaltermijn
from aanbesteding.domain.toewijzing import load_verdeelregel
from aanbesteding.domain.uitloop import load_uitloop
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie.documenten.gemeen import (
    FASE,
    VOORBEELD_PROCEDURE,
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
    require_sluiting,
    show_keuze,
    voorbeeld_duur,
    voorbeeld_eisen,
    voorbeeld_gemeenten,
    voorbeeld_kop,
    voorbeeld_producten,
)
from aanbesteding.fasen.publicatie.documenten.rekenvoorbeeld import (
    Rekenvoorbeeld,
    Voorbeeldplaats,
    Voorbeeldregel,
    build_rekenvoorbeeld,
)
from aanbesteding.fasen.publicatie.feiten import StukkenOpgesteld, load_planning


class Planning(Gegevensmodel):
    """Dates of the procedure."""

    publicatie: date = Field(description="Dag van publicatie")
    vragen_tot: AwareDatetime = Field(description="Uiterste moment voor vragen")
    nota: date = Field(description="Uiterlijke dag van de nota van inlichtingen")
    sluiting: AwareDatetime = Field(description="Uiterste moment van inschrijven")
    gunningsbeslissing: date = Field(description="Geplande verzending van de gunningsbeslissing")
    opschortend_einde: AwareDatetime = Field(
        description="Einde van de opschortende termijn volgens de planning"
    )
    vervaltermijn_einde: AwareDatetime = Field(description="Einde van de vervaltermijn volgens de planning")
    definitieve_gunning: date = Field(description="Geplande definitieve gunning")
    ingang: date = Field(description="Ingang van de overeenkomsten")


class Telstap(Gegevensmodel):
    """A step in the counting of a term."""

    termijn: str = Field(description="Naam van de termijn")
    datum: date = Field(description="Datum die uit deze stap volgt")
    tekst: str = Field(description="Uitleg van de stap")
    grondslag: str = Field(description="Wet of regel waarop de stap berust")


class Trederegel(Gegevensmodel):
    """A step of a staffel as the guide tells it."""

    heeft_grens: bool = Field(description="Onwaar bij de laatste trede, voor elke andere prijs")
    tot: Decimal = Field(description="Prijzen onder dit bedrag vallen in deze trede; 0 zonder grens")
    punten: Decimal = Field(description="Punten voor deze trede")


class Leidraadcriterium(Gegevensmodel):
    """An award criterion as the guide explains it."""

    code: str = Field(description="Code van het criterium")
    titel: str = Field(description="Naam van het criterium")
    gewicht: Decimal = Field(description="Hoogste aantal punten")
    prijs: bool = Field(description="Of dit het prijscriterium is")
    vraag: str = Field(description="Vraag waarop de inschrijver antwoord geeft")
    kader: tuple[str, ...] = Field(description="Waar de beoordelaars op letten")
    minimum: int | None = Field(description="Schaalpunt dat ten minste nodig is")
    formule: str = Field(description="Formule in woorden en tekens")
    bandbreedte: bool = Field(
        description="Of de prijs tussen een vaste bodem en een vast plafond wordt gescoord"
    )
    tussenscores: bool = Field(description="Of hele scores tussen de punten van de schaal gegeven worden")
    gemiddelde: bool = Field(description="Of de score het gemiddelde van de beoordelaars is")
    treden: tuple[Trederegel, ...] = Field(description="Treden van de staffel: prijs tot, en de punten")
    rangpunten: tuple[Decimal, ...] = Field(description="Punten per prijsplaats, de laagste prijs eerst")
    rangpunten_overig: Decimal | None = Field(description="Punten voor elke volgende prijsplaats")


class Schaalregel(Gegevensmodel):
    """A point of the scale."""

    punt: int = Field(description="Score")
    betekenis: str = Field(description="Waardering in een woord")
    uitleg: str = Field(description="Wanneer deze score wordt gegeven")


class Gelijkestandregel(Gegevensmodel):
    """One step of the rule for equal standing."""

    kwaliteit: bool = Field(description="Of de meeste punten voor kwaliteit beslissen")
    loting: bool = Field(description="Of er wordt geloot")
    criterium: str | None = Field(description="Criterium waarvan de punten beslissen")


class Leidraadperceel(Gegevensmodel):
    """A perceel in the guide."""

    nummer: str = Field(description="Nummer van het perceel")
    naam: str = Field(description="Nummer en titel van het perceel")
    wet: str = Field(description="Wet waarop de hulp berust")
    omschrijving: str = Field(description="Wat het perceel omvat")
    ambities: tuple[str, ...] = Field(description="Ambities voor dit perceel")
    gemeenten: tuple[str, ...] = Field(description="Gemeenten die aan dit perceel deelnemen")
    duur: Duur = Field(description="Duur en verlenging van dit perceel")
    uitvoeringsvariant: str = Field(description="Uitvoeringsvariant")
    aandeel_financien: Decimal | None = Field(
        description="Aandeel in de uitgaven onder deze wet, in procenten"
    )
    aandeel_clienten: Decimal | None = Field(
        description="Aandeel in de cliënten onder deze wet, in procenten"
    )
    raming_per_jaar: Decimal = Field(description="Geraamde waarde per jaar, zonder btw")
    maximale_waarde: Decimal | None = Field(description="Hoogste waarde over de hele duur, zonder btw")
    producten: tuple[Productregel, ...] = Field(description="Producten met tarief")
    met_maximum: bool = Field(description="Of een product een maximum aantal aanbieders heeft")
    met_criteria: bool = Field(description="Of er gunningscriteria zijn")
    met_prijs: bool = Field(description="Of de prijs meetelt")
    criteria: tuple[Leidraadcriterium, ...] = Field(description="Gunningscriteria")
    schaal: tuple[Schaalregel, ...] = Field(description="Beoordelingsschaal")
    gelijke_stand: tuple[Gelijkestandregel, ...] = Field(description="Regels bij gelijke stand, op volgorde")
    rangorde_blijft: bool = Field(description="Bij uitval blijven de scores staan")
    herberekenen: bool = Field(description="Bij uitval worden de scores opnieuw berekend")
    decimalen: int = Field(description="Aantal decimalen van de punten")
    afronding_per_criterium: bool = Field(description="Of de punten per criterium worden afgerond")
    afronding_weergave: bool = Field(description="Of alleen getoonde punten worden afgerond")
    minimum_totaal: Decimal | None = Field(description="Punten die voor de kwaliteit samen nodig zijn")
    met_tussenscores: bool = Field(description="Of bij een criterium tussenscores gegeven worden")
    rekenvoorbeeld: Rekenvoorbeeld | None = Field(description="Rekenvoorbeeld met verzonnen inschrijvers")
    uitsluiting: tuple[Eisenregel, ...] = Field(description="Uitsluitingsgronden")
    geschiktheid: tuple[Eisenregel, ...] = Field(description="Geschiktheidseisen")
    volledigheid: tuple[Eisenregel, ...] = Field(description="Eisen aan de volledigheid")
    uitloop: date | None = Field(
        description="Laatste dag waarop wie afvalt lopende hulp mag afronden; leeg zonder uitloop"
    )
    motivering: str = Field(description="Toelichting op de keuzes in dit perceel")
    overdracht: str | None = Field(description="Wat is bepaald over overgang naar een ander verband")


class Verdeling(Gegevensmodel):
    """How percelen are divided together."""

    per_perceel: int = Field(description="Aantal aanbieders of samenwerkingsverbanden per perceel")
    maximum: int | None = Field(description="Meeste percelen per inschrijver; leeg zonder maximum")
    volgorde: tuple[str, ...] = Field(description="Percelen in de volgorde waarin zij worden verdeeld")


class Puntregel(Gegevensmodel):
    """A decided point with its reason."""

    onderwerp: str = Field(description="De vraag waarover is besloten")
    besluit: str = Field(description="Wat is besloten, met eenheid")
    motivering: str = Field(description="Waarom zo is besloten")


class Afwijkingregel(Gegevensmodel):
    """A deviation from the Gids Proportionaliteit."""

    voorschrift: str = Field(description="Voorschrift waarvan wordt afgeweken")
    motivering: str = Field(description="Waarom wordt afgeweken")


class LeidraadContext(DocumentContext):
    """Context of the tender guide."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Naam van de aanbesteding")
    regio: str = Field(description="Naam van de inkopende regio")
    gemeenten: tuple[Gemeenteregel, ...] = Field(description="Deelnemende gemeenten")
    contact: str = Field(description="Contactpunt")
    email: str = Field(description="E-mailadres van het contactpunt")
    procedure: str = Field(description="Naam van de procedure")
    sas: bool = Field(description="Of de procedure voor sociale en andere specifieke diensten wordt gevolgd")
    b_diensten: bool = Field(description="Of de procedure voor B-diensten van voor 1 juli 2016 wordt gevolgd")
    met_criteria: bool = Field(description="Of ten minste één perceel gunningscriteria heeft")
    met_prijs: bool = Field(description="Of in ten minste één perceel de prijs meetelt")
    aantal_percelen: int = Field(description="Aantal percelen")
    woord: str = Field(description="Hoe de regio een perceel noemt; leeg als dat gewoon perceel is")
    verdeling: Verdeling | None = Field(
        description="Hoe percelen samen worden verdeeld; leeg als dat niet gebeurt"
    )
    deelname_verschilt: bool = Field(description="Of niet elke gemeente aan elk perceel deelneemt")
    duur_verschilt: bool = Field(description="Of de duur niet voor elk perceel gelijk is")
    uitgangspunten: tuple[str, ...] = Field(description="Uitgangspunten van het beleid")
    doelen: tuple[str, ...] = Field(description="Doelen van de inkoop")
    verslag_op: date | None = Field(description="Dag waarop het consultatieverslag is vastgesteld")
    aantal_deelnemers: int | None = Field(description="Aantal deelnemers aan de consultatie")
    duur: Duur = Field(description="Duur en verlenging")
    percelen: tuple[Leidraadperceel, ...] = Field(description="Percelen")
    totale_raming: Decimal = Field(description="Raming van alle percelen samen per jaar, zonder btw")
    planning: Planning = Field(description="Data van de procedure")
    telstappen: tuple[Telstap, ...] = Field(description="Hoe de termijnen zijn geteld")
    vervaltermijn_dagen: int = Field(description="Vervaltermijn in kalenderdagen")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    bibob: bool = Field(description="Of de Wet Bibob kan worden toegepast")
    toetreding: str | None = Field(description="Grondslag en wijze van toetreding tijdens de looptijd")
    inactiviteit_maanden: int | None = Field(
        description="Maanden zonder hulp waarna de overeenkomst kan eindigen"
    )
    punten: tuple[Puntregel, ...] = Field(description="Alle genomen besluiten met motivering")
    afwijkingen: tuple[Afwijkingregel, ...] = Field(description="Afwijkingen van de Gids Proportionaliteit")


def build_leidraad(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One guide for the whole purchase."""
    yield Exemplaar(make_ontvanger(s), make_leidraad(s))


def make_leidraad(s: Situatie[Any]) -> LeidraadContext:
    """The context of the guide; InvoerError when there is no planning."""
    planning = load_planning(s)
    if planning is None:
        raise InvoerError(["Er is geen planning. Stel eerst de planning vast."])
    inkoop, uitwerkingen = s.dossier.aanbesteding, list_uitwerkingen(s)
    percelen = tuple(_make_perceel(s, inkoop.load_perceel(u.perceel), u) for u in uitwerkingen)
    verslag = s.dossier.laatste(ConsultatieverslagVastgesteld)
    stukken = s.dossier.laatste(StukkenOpgesteld)
    toetreding = load_toetreding(s)
    return LeidraadContext(
        document=make_kop(s, inkoop.titel, "LEIDRAAD"),
        titel=inkoop.titel,
        regio=s.regio.naam,
        gemeenten=list_gemeenten(s),
        contact=s.regio.contact,
        email=s.regio.email,
        procedure=s.dossier.regime.naam,
        sas=s.dossier.regime.sas,
        b_diensten=s.dossier.regime.b_diensten,
        met_criteria=any(p.met_criteria for p in percelen),
        met_prijs=any(p.met_prijs for p in percelen),
        aantal_percelen=len(percelen),
        woord="" if inkoop.percelen[0].woord == "perceel" else inkoop.percelen[0].woord,
        verdeling=_make_verdeling(s),
        deelname_verschilt=is_verdeeld(inkoop, s.regio),
        duur_verschilt=any(p.duur != percelen[0].duur for p in percelen),
        uitgangspunten=tuple(as_zin(x.tekst) for x in inkoop.uitgangspunten),
        doelen=tuple(as_zin(x.tekst) for x in inkoop.doelen),
        verslag_op=verslag.vastgesteld_op if verslag else None,
        aantal_deelnemers=len(verslag.deelnemers) if verslag else None,
        duur=percelen[0].duur if percelen else make_duur(s),
        percelen=percelen,
        totale_raming=sum((u.raming_per_jaar for u in uitwerkingen), Decimal(0)),
        planning=make_planning(s, planning),
        telstappen=_list_telstappen(s, planning),
        vervaltermijn_dagen=s.regio.rechtsgang.vervaltermijn_dagen,
        rechtbank=s.regio.rechtsgang.rechtbank,
        bibob=(load_waarde(s, "bibob") or "nee").lower() != "nee",
        toetreding=as_openingszin(toetreding) if toetreding else None,
        inactiviteit_maanden=load_getal(s, "inactiviteit_maanden"),
        punten=list_punten(s),
        afwijkingen=tuple(
            Afwijkingregel(voorschrift=a.voorschrift, motivering=as_zin(a.motivering))
            for a in (stukken.afwijkingen if stukken else ())
        ),
    )


def _make_verdeling(s: Situatie[Any]) -> Verdeling | None:
    regel = load_verdeelregel(s.dossier)
    if regel is None:
        return None
    namen = {p.nummer: p.naam for p in s.dossier.aanbesteding.percelen}
    return Verdeling(
        per_perceel=regel.per_perceel, maximum=regel.maximum, volgorde=tuple(namen[n] for n in regel.volgorde)
    )


def make_planning(s: Situatie[Any], planning: PlanningVastgesteld) -> Planning:
    """The dates with both ends of legal protection, counted from the planned day of the decision."""
    verzonden, peil = planning.gunningsbeslissing, s.dossier.peildatum
    dagen = s.regio.rechtsgang.vervaltermijn_dagen
    return Planning(
        publicatie=planning.publicatie,
        vragen_tot=planning.vragen_tot,
        nota=planning.nota_uiterlijk,
        sluiting=require_sluiting(s, planning.sluiting),
        gunningsbeslissing=verzonden,
        opschortend_einde=count_opschortende_termijn(verzonden, s.normen, peildatum=peil).einde,
        vervaltermijn_einde=count_vervaltermijn(verzonden, dagen, s.normen, peildatum=peil).einde,
        definitieve_gunning=planning.definitieve_gunning,
        ingang=planning.ingang,
    )


def _list_telstappen(s: Situatie[Any], planning: PlanningVastgesteld) -> tuple[Telstap, ...]:
    peil, dagen = s.dossier.peildatum, s.regio.rechtsgang.vervaltermijn_dagen
    sluiting = datum_in_nederland(require_sluiting(s, planning.sluiting))
    termijnen = (
        ("Nota van inlichtingen", count_nvi(sluiting, s.normen, peildatum=peil)),
        (
            "Opschortende termijn",
            count_opschortende_termijn(planning.gunningsbeslissing, s.normen, peildatum=peil),
        ),
        ("Vervaltermijn", count_vervaltermijn(planning.gunningsbeslissing, dagen, s.normen, peildatum=peil)),
    )
    return tuple(
        Telstap(termijn=naam, datum=stap.datum, tekst=stap.tekst, grondslag=stap.grondslag)
        for naam, termijn in termijnen
        for stap in termijn.uitleg
    )


def list_punten(s: Situatie[Any]) -> tuple[Puntregel, ...]:
    """Every decided point of the definition, in its order, with unit and reason."""
    regels: list[Puntregel] = []
    for punt in s.dossier.aanbesteding.punten:
        beslist = s.dossier.laatste(PuntBeslist, punt=punt.code)
        if beslist is None:
            continue
        eenheid = punt.eenheid or ("maanden" if punt.soort is Puntsoort.MAANDEN else "")
        getal = punt.soort in (Puntsoort.MAANDEN, Puntsoort.GETAL)
        besluit = f"{beslist.waarde} {eenheid}".strip() if getal else beslist.waarde
        if punt.soort is Puntsoort.DATUM:
            besluit = datum(date.fromisoformat(beslist.waarde))
        if punt.soort is Puntsoort.KEUZE:
            besluit = f"{show_keuze(s, beslist.waarde)} {punt.eenheid}".strip()
        regels.append(Puntregel(onderwerp=punt.vraag, besluit=besluit, motivering=as_zin(beslist.motivering)))
    return tuple(regels)


def _make_perceel(s: Situatie[Any], perceel: Perceel, u: PerceelUitgewerkt) -> Leidraadperceel:
    voorbeeld = build_rekenvoorbeeld(u)
    titels = {c.code: c.titel for c in u.criteria}
    overdracht = perceel.overdraagbaar
    toewijzing = s.dossier.aanbesteding.toewijzing
    return Leidraadperceel(
        nummer=perceel.nummer,
        naam=perceel.naam,
        wet=perceel.wet,
        omschrijving=as_zin(perceel.omschrijving),
        ambities=tuple(as_zin(a.tekst) for a in perceel.ambities),
        gemeenten=tuple(g.naam for g in list_gemeenten(s, u.perceel)),
        duur=make_duur(s, u.perceel),
        uitvoeringsvariant=load_variant(s, u.perceel),
        aandeel_financien=perceel.aandeel_financien.getal,
        aandeel_clienten=perceel.aandeel_clienten.getal,
        raming_per_jaar=u.raming_per_jaar,
        maximale_waarde=u.maximale_waarde,
        producten=tuple(
            make_productregel(p, toewijzing.per_perceel if toewijzing else None) for p in u.producten
        ),
        met_maximum=any(p.maximum_aanbieders is not None for p in u.producten),
        met_criteria=bool(u.criteria),
        met_prijs=any(c.soort == "prijs" for c in u.criteria),
        criteria=tuple(_make_criterium(c, voorbeeld) for c in u.criteria),
        schaal=tuple(
            Schaalregel(punt=p.punt, betekenis=p.betekenis, uitleg=as_zin(p.uitleg))
            for p in sorted(u.schaal, key=lambda p: -p.punt)
        ),
        gelijke_stand=tuple(
            Gelijkestandregel(
                kwaliteit=regel == "hoogste_kwaliteit",
                loting=regel == "loting",
                criterium=titels.get(regel.partition(":")[2]),
            )
            for regel in u.gelijke_stand
        ),
        rangorde_blijft=u.bij_uitval == "rangorde_blijft",
        herberekenen=u.bij_uitval == "herberekenen",
        decimalen=u.decimalen,
        afronding_per_criterium=u.afrondingsmoment == "per_criterium",
        afronding_weergave=u.afrondingsmoment == "weergave",
        minimum_totaal=u.minimum_totaal,
        met_tussenscores=any(c.tussenscores for c in u.criteria),
        rekenvoorbeeld=voorbeeld,
        uitloop=uitloop.uiterlijk if (uitloop := load_uitloop(s.dossier, u.perceel)) else None,
        uitsluiting=list_eisen(u, "uitsluiting"),
        geschiktheid=list_eisen(u, "geschiktheid"),
        volledigheid=list_eisen(u, "volledigheid"),
        motivering=as_zin(u.motivering),
        overdracht=as_zin(overdracht.tekst) if overdracht and overdracht.tekst else None,
    )


def _make_criterium(c: Criterium, voorbeeld: Rekenvoorbeeld | None) -> Leidraadcriterium:
    return Leidraadcriterium(
        code=c.code,
        titel=c.titel,
        gewicht=c.gewicht,
        prijs=c.soort == "prijs",
        vraag=c.vraag,
        kader=c.kader,
        minimum=c.minimum,
        formule=voorbeeld.formules.get(c.code, "") if voorbeeld else "",
        bandbreedte=c.formule == "vaste_bandbreedte",
        tussenscores=c.tussenscores,
        gemiddelde=c.gemiddelde,
        treden=tuple(
            Trederegel(heeft_grens=t.tot is not None, tot=t.tot or Decimal(0), punten=t.punten)
            for t in c.staffel
        ),
        rangpunten=c.rangpunten,
        rangpunten_overig=c.rangpunten_overig,
    )


def voorbeeld_planning() -> Planning:
    """An invented planning."""
    return Planning(
        publicatie=date(2027, 3, 1),
        vragen_tot=datetime(2027, 3, 22, 12, tzinfo=TIJDZONE),
        nota=date(2027, 4, 5),
        sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
        gunningsbeslissing=date(2027, 6, 1),
        opschortend_einde=datetime(2027, 6, 21, 23, 59, 59, tzinfo=TIJDZONE),
        vervaltermijn_einde=datetime(2027, 6, 21, 23, 59, 59, tzinfo=TIJDZONE),
        definitieve_gunning=date(2027, 6, 29),
        ingang=date(2028, 1, 1),
    )


def voorbeeld_leidraad() -> LeidraadContext:
    """A complete invented example."""
    formule = "gewicht × (score − min) / (max − min)"
    criterium = Leidraadcriterium(
        code="K1",
        titel="Samenwerking",
        gewicht=Decimal(60),
        prijs=False,
        vraag="Hoe werkt u samen met de toegang en met andere aanbieders?",
        kader=("het antwoord is concreet", "het antwoord past bij de regio"),
        minimum=4,
        formule=formule,
        bandbreedte=False,
        tussenscores=False,
        gemiddelde=False,
        treden=(),
        rangpunten=(),
        rangpunten_overig=None,
    )
    prijs = criterium.model_copy(
        update={
            "code": "P1",
            "titel": "Prijs",
            "gewicht": Decimal(40),
            "prijs": True,
            "vraag": "Welke prijs biedt u per uur?",
            "kader": (),
            "minimum": None,
            "bandbreedte": True,
            "formule": "min(gewicht; max(0; gewicht × (plafond − prijs) / (plafond − bodem)))",
        }
    )
    perceel = Leidraadperceel(
        nummer="2",
        naam="Perceel 2: Begeleiding (verzonnen voorbeeld)",
        wet="Wmo 2015",
        omschrijving="Begeleiding van volwassenen thuis en in een groep.",
        ambities=("Inwoners doen naar vermogen mee.",),
        gemeenten=tuple(g.naam for g in voorbeeld_gemeenten()),
        duur=voorbeeld_duur(),
        uitvoeringsvariant="inspanningsgericht",
        aandeel_financien=Decimal(47),
        aandeel_clienten=Decimal(38),
        raming_per_jaar=Decimal("3000000.00"),
        maximale_waarde=Decimal("24000000.00"),
        producten=voorbeeld_producten(),
        met_maximum=True,
        met_criteria=True,
        met_prijs=True,
        criteria=(criterium, prijs),
        schaal=(
            Schaalregel(punt=10, betekenis="uitstekend", uitleg="Overtreft de vraag op alle punten."),
            Schaalregel(punt=0, betekenis="onvoldoende", uitleg="Beantwoordt de vraag niet."),
        ),
        gelijke_stand=(
            Gelijkestandregel(kwaliteit=True, loting=False, criterium=None),
            Gelijkestandregel(kwaliteit=False, loting=False, criterium="Samenwerking"),
            Gelijkestandregel(kwaliteit=False, loting=True, criterium=None),
        ),
        rangorde_blijft=True,
        herberekenen=False,
        decimalen=2,
        afronding_per_criterium=False,
        afronding_weergave=False,
        minimum_totaal=None,
        met_tussenscores=False,
        rekenvoorbeeld=Rekenvoorbeeld(
            formules={"K1": formule},
            regels=(
                Voorbeeldregel(
                    aanbieder="Aanbieder A",
                    criterium="K1 Samenwerking",
                    berekening="60 × (10 − 0) / (10 − 0)",
                    punten="60,00",
                ),
            ),
            plaatsen=(Voorbeeldplaats(rang=1, aanbieder="Aanbieder A", totaal="60,00"),),
        ),
        uitloop=date(2028, 12, 31),
        uitsluiting=voorbeeld_eisen("uitsluiting"),
        geschiktheid=voorbeeld_eisen("geschiktheid"),
        volledigheid=voorbeeld_eisen("volledigheid"),
        motivering="Verzonnen toelichting op de keuzes.",
        overdracht="Dit perceel kan tijdens de looptijd naar de regio gaan (verzonnen).",
    )
    return LeidraadContext(
        document=voorbeeld_kop(),
        titel="Voorbeeldinkoop 2028 (verzonnen)",
        regio="Regio Voorbeeld (verzonnen)",
        gemeenten=voorbeeld_gemeenten(),
        contact="Team Inkoop, 000-0000000",
        email="inkoop@voorbeeld.example",
        procedure=VOORBEELD_PROCEDURE,
        sas=True,
        b_diensten=False,
        met_criteria=True,
        met_prijs=True,
        aantal_percelen=1,
        woord="",
        verdeling=Verdeling(per_perceel=1, maximum=2, volgorde=("Perceel 2: Begeleiding (verzonnen)",)),
        deelname_verschilt=False,
        duur_verschilt=False,
        uitgangspunten=("De inwoner staat centraal.",),
        doelen=("Langdurig partnerschap met aanbieders.",),
        verslag_op=date(2027, 1, 15),
        aantal_deelnemers=14,
        duur=voorbeeld_duur(),
        percelen=(perceel,),
        totale_raming=Decimal("3000000.00"),
        planning=voorbeeld_planning(),
        telstappen=(
            Telstap(
                termijn="Opschortende termijn",
                datum=date(2027, 6, 2),
                tekst="Dag 1 is woensdag 2 juni 2027.",
                grondslag="Algemene termijnenwet",
            ),
        ),
        vervaltermijn_dagen=20,
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        bibob=True,
        toetreding="Gericht per product bij een vastgesteld tekort (verzonnen).",
        inactiviteit_maanden=18,
        punten=(
            Puntregel(
                onderwerp="Hoe lang loopt de overeenkomst?",
                besluit="48 maanden",
                motivering="Rust voor cliënten en aanbieders (verzonnen).",
            ),
        ),
        afwijkingen=(Afwijkingregel(voorschrift="Voorschrift 3.6", motivering="Verzonnen motivering."),),
    )


AANBESTEDINGSLEIDRAAD = Document(
    code="aanbestedingsleidraad",
    titel="Aanbestedingsleidraad",
    fase=FASE,
    context=LeidraadContext,
    build=build_leidraad,
    voorbeeld=voorbeeld_leidraad,
    per="aanbesteding",
    ongebruikt=(
        "gemeenten[].orgaan",
        "percelen[].producten[].omschrijving",
        "percelen[].producten[].categorie",
        "percelen[].met_prijs",
        "percelen[].rekenvoorbeeld.formules",
        "telstappen[].grondslag",
    ),
)
