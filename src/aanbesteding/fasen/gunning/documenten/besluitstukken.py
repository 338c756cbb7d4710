"""Documents of the authority itself: the proposal to the colleges, the record of the award and the award
notice.

Grondslag: Gemeentewet art. 160 lid 1; Aw 2012 art. 2.132 and 2.134 (FEITEN 2.6, 3.8, 3.12).
Must stay true: the record is built from recorded facts alone, also when nothing is awarded.
Trap: the proposal and the record name bidders that did not win; they are not for publication.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import AanbestedingGepubliceerd, PlanningVastgesteld
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.termijn import count_aankondiging_gunning
from aanbesteding.fasen.gunning.documenten.modellen import (
    Besluitregel,
    Kenmerkregel,
    Opdrachtgever,
    Perceelresultaat,
)
from aanbesteding.fasen.gunning.documenten.partijen import (
    build_kop,
    list_besluiten,
    list_opdrachtgevers,
    show_opsomming,
)
from aanbesteding.fasen.gunning.documenten.uitkomsten import (
    Perceelbouwer,
    load_sluiting,
    load_uitkomsten,
    parse_punten,
)
from aanbesteding.fasen.gunning.documenten.voorbeelden import (
    GESLOTEN,
    OPSCHORTEND_EINDE,
    RESULTAAT,
    VERVAL_EINDE,
    VERZENDDATUM,
    voorbeeld_besluiten,
    voorbeeld_kop,
    voorbeeld_opdrachtgevers,
)
from aanbesteding.fasen.gunning.stand import Perceelstand

GROOTTEN = ("micro", "klein", "middelgroot", "groot")


class Rangregel(Gegevensmodel):
    """A place in the ranking, for the authority itself."""

    rang: int = Field(description="Plaats in de rangorde")
    inschrijving: str = Field(description="Nummer van de inschrijving")
    naam: str = Field(description="Naam van de inschrijver")
    totaal: Decimal = Field(description="Totaal aan punten")
    gegund: bool = Field(description="Of ten minste één product wordt gegund")
    producten: tuple[str, ...] = Field(description="Gegunde producten; leeg als er geen is")


class Afwijzing(Gegevensmodel):
    """A bid that was excluded, invalid or put aside, with the reason."""

    inschrijving: str = Field(description="Nummer van de inschrijving")
    naam: str = Field(description="Naam van de inschrijver")
    eis: str = Field(description="Eis of grond; leeg als er geen is")
    reden: str = Field(description="Feiten en reden")


class Adviesperceel(Gegevensmodel):
    """A perceel in the proposal."""

    resultaat: Perceelresultaat = Field(description="Resultaat van het perceel")
    wet: str = Field(description="Wet waarop de hulp berust")
    aantal_geldig: int = Field(description="Aantal geldige inschrijvingen")
    aantal_ongeldig: int = Field(description="Aantal ongeldige of terzijde gelegde inschrijvingen")
    aantal_uitgesloten: int = Field(description="Aantal uitgesloten inschrijvers")
    raming_per_jaar: Decimal = Field(description="Raming per jaar, alle gemeenten samen, zonder btw")
    maximale_waarde: Decimal | None = Field(description="Hoogste waarde van alle overeenkomsten samen")
    rangorde: tuple[Rangregel, ...] = Field(description="Hele rangorde (vertrouwelijk)")
    waarschuwingen: tuple[str, ...] = Field(description="Bijzonderheden bij de rangorde")


class CollegevoorstelContext(DocumentContext):
    """Context of the proposal to one college."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de aanbesteding")
    gemeente: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Bevoegd orgaan")
    gemeenten: tuple[str, ...] = Field(description="Alle deelnemende gemeenten")
    meerdere_gemeenten: bool = Field(description="Of meer dan één gemeente deelneemt")
    is_sas: bool = Field(description="Of de procedure voor sociale en andere specifieke diensten is gevolgd")
    gepubliceerd: datetime | None = Field(description="Moment van aankondiging")
    sluiting: datetime | None = Field(description="Moment van sluiting")
    gunningsbeslissing: date | None = Field(description="Geplande datum van de gunningsbeslissing")
    definitieve_gunning: date | None = Field(description="Geplande datum van de definitieve gunning")
    ingang: date | None = Field(description="Geplande ingangsdatum")
    percelen: tuple[Adviesperceel, ...] = Field(description="Percelen van het voorstel")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    contact: str = Field(description="Contactpunt")


class Beslissingregel(Gegevensmodel):
    """A decision that was told."""

    verzenddatum: date = Field(description="Dag van verzending")
    opschortend_einde: datetime = Field(description="Einde van de opschortende termijn")
    verval_einde: datetime = Field(description="Einde van de vervaltermijn")
    wijziging: str = Field(description="Reden van wijziging; leeg bij de eerste")


class Verzendregel(Gegevensmodel):
    """A sending."""

    verzonden: datetime = Field(description="Moment van verzending")
    aantal: int = Field(description="Aantal verzonden brieven")
    niet_verzonden: tuple[str, ...] = Field(description="Nummers zonder verzonden brief")


class KortGedingregel(Gegevensmodel):
    """Interim proceedings with their outcome."""

    zaaknummer: str = Field(description="Zaaknummer")
    rechtbank: str = Field(description="Rechtbank")
    datum: date = Field(description="Datum van de dagvaarding")
    afgedaan: bool = Field(description="Of er een uitkomst is")
    uitkomst: str = Field(description="doorgaan, herbeoordelen of intrekken; leeg zonder uitkomst")
    motivering: str = Field(description="Toelichting op de uitkomst; leeg zonder uitkomst")


class Verificatieregel(Gegevensmodel):
    """The check of a winner's evidence."""

    naam: str = Field(description="Naam van de inschrijver")
    voldoet: bool = Field(description="Of het bewijs voldoet")
    bevindingen: str = Field(description="Bevindingen")


class ProcesVerbaalContext(DocumentContext):
    """Context of the written record of the award of one perceel."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de aanbesteding")
    opdrachtgevers: tuple[Opdrachtgever, ...] = Field(description="Aanbestedende diensten met adres")
    resultaat: Perceelresultaat = Field(description="Resultaat van het perceel")
    omschrijving: str = Field(description="Voorwerp van de opdracht")
    wet: str = Field(description="Wet waarop de hulp berust")
    cpv: str = Field(description="CPV-code met omschrijving")
    raming_per_jaar: Decimal | None = Field(description="Raming per jaar, zonder btw")
    maximale_waarde: Decimal | None = Field(description="Hoogste waarde van alle overeenkomsten samen")
    is_sas: bool = Field(description="Of de procedure voor sociale en andere specifieke diensten is gevolgd")
    gepubliceerd: datetime | None = Field(description="Moment van aankondiging")
    sluiting: datetime | None = Field(description="Moment van sluiting")
    uitgesloten: tuple[Afwijzing, ...] = Field(description="Uitgesloten inschrijvers met reden")
    ongeldig: tuple[Afwijzing, ...] = Field(description="Ongeldige inschrijvingen met reden")
    terzijde: tuple[Afwijzing, ...] = Field(description="Terzijde gelegde inschrijvingen met reden")
    niet_gekozen: tuple[Rangregel, ...] = Field(description="Geldig, niet gekozen")
    winnaars: tuple[Rangregel, ...] = Field(description="Winnaars met producten; leeg als niet is gegund")
    gegund: bool = Field(description="Of de opdracht definitief is gegund")
    gegund_op: date | None = Field(description="Datum van de definitieve gunning")
    reden_niet_gegund: str = Field(description="Waarom niets is gegund; leeg als er is gegund")
    beslissingen: tuple[Beslissingregel, ...] = Field(description="Meegedeelde beslissingen")
    verzendingen: tuple[Verzendregel, ...] = Field(description="Verzendingen van de laatste mededeling")
    intrekkingen: tuple[str, ...] = Field(description="Redenen van ingetrokken beslissingen")
    kort_gedingen: tuple[KortGedingregel, ...] = Field(description="Korte gedingen")
    verificaties: tuple[Verificatieregel, ...] = Field(description="Gecontroleerd bewijs")
    besluiten: tuple[Besluitregel, ...] = Field(description="Besluiten van de bevoegde organen")
    kenmerken: tuple[Kenmerkregel, ...] = Field(description="Kenmerken van de gekozen inschrijvingen")
    loting: tuple[str, ...] = Field(description="Volgorde na loting; leeg zonder loting")
    waarschuwingen: tuple[str, ...] = Field(description="Bijzonderheden bij de rangorde")


class Grootteregel(Gegevensmodel):
    """Bids received by size of the enterprise."""

    grootte: str = Field(description="micro, klein, middelgroot of groot")
    aantal: int = Field(description="Aantal inschrijvingen")


class Contractregel(Gegevensmodel):
    """An agreement in the award notice."""

    nummer: str = Field(description="Nummer van de overeenkomst")
    naam: str = Field(description="Naam van de aanbieder")
    kvk: str = Field(description="KvK-nummer")
    plaats: str = Field(description="Vestigingsplaats")
    grootte: str = Field(description="Grootteklasse")
    producten: tuple[str, ...] = Field(description="Producten")


class AankondigingContext(DocumentContext):
    """Context of the text of the award notice of one perceel."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de aanbesteding")
    procedure_id: str = Field(description="Vaste sleutel van de procedure")
    perceel_id: str = Field(description="Vaste sleutel van het perceel")
    perceel: str = Field(description="Nummer en titel van het perceel")
    omschrijving: str = Field(description="Voorwerp van de opdracht")
    opdrachtgevers: tuple[Opdrachtgever, ...] = Field(description="Aanbestedende diensten")
    is_sas: bool = Field(description="Of de procedure voor sociale en andere specifieke diensten is gevolgd")
    cpv: str = Field(description="CPV-code")
    cpv_tekst: str = Field(description="Omschrijving van de CPV-code")
    nuts: str = Field(description="NUTS-code van de plaats van uitvoering")
    aantal_inschrijvingen: int = Field(description="Aantal ontvangen inschrijvingen")
    per_grootte: tuple[Grootteregel, ...] = Field(description="Inschrijvingen naar grootte")
    contracten: tuple[Contractregel, ...] = Field(description="Gesloten overeenkomsten")
    ondertekend: date | None = Field(description="Dag van ondertekening")
    ingang: date | None = Field(description="Ingangsdatum")
    einde: date | None = Field(description="Einddatum zonder verlenging")
    maximale_waarde: Decimal | None = Field(description="Hoogste waarde van alle overeenkomsten samen")
    met_prijzen: bool = Field(description="Of inschrijvers een prijs konden bieden")
    laagste_prijs: Decimal | None = Field(description="Laagste geopende prijs per eenheid")
    hoogste_prijs: Decimal | None = Field(description="Hoogste geopende prijs per eenheid")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    uiterlijk_verzenden: date | None = Field(description="Laatste dag om deze aankondiging te verzenden")
    contact: str = Field(description="Contactpunt")


def build_collegevoorstellen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One proposal per municipality."""
    alles = load_uitkomsten(s)
    inkoop = s.dossier.aanbesteding
    planning = s.dossier.laatste(PlanningVastgesteld)
    percelen = tuple(
        _build_adviesperceel(bouwer, inkoop.load_perceel(nr).wet) for nr, bouwer in alles.bouwers.items()
    )
    for gemeente in s.regio.gemeenten:
        context = CollegevoorstelContext(
            document=build_kop(
                s,
                "CV",
                gemeente.code,
                f"{inkoop.titel}, gemeente {gemeente.naam}",
                "vertrouwelijk, ter besluitvorming",
            ),
            titel=inkoop.titel,
            gemeente=gemeente.naam,
            orgaan=gemeente.bevoegd_orgaan,
            gemeenten=tuple(g.naam for g in s.regio.gemeenten),
            meerdere_gemeenten=len(s.regio.gemeenten) > 1,
            is_sas=inkoop.procedure.startswith("sas"),
            gepubliceerd=_load_gepubliceerd(s),
            sluiting=load_sluiting(s),
            gunningsbeslissing=planning.gunningsbeslissing if planning else None,
            definitieve_gunning=planning.definitieve_gunning if planning else None,
            ingang=planning.ingang if planning else None,
            percelen=percelen,
            rechtbank=s.regio.rechtsgang.rechtbank,
            contact=s.regio.contact,
        )
        yield Exemplaar(Ontvanger(gemeente.code, f"{gemeente.bevoegd_orgaan} van {gemeente.naam}"), context)


def _load_gepubliceerd(s: Situatie[None]) -> datetime | None:
    gepubliceerd = s.dossier.laatste(AanbestedingGepubliceerd)
    return gepubliceerd.verzonden if gepubliceerd else None


def _build_adviesperceel(bouwer: Perceelbouwer, wet: str) -> Adviesperceel:
    stand = bouwer.stand
    soorten = Counter(stand.uitkomst_van(nummer) for nummer in stand.inschrijvingen)
    uitgewerkt = stand.uitgewerkt
    return Adviesperceel(
        resultaat=bouwer.resultaat,
        wet=wet,
        aantal_geldig=soorten["gegund"] + soorten["niet_gekozen"],
        aantal_ongeldig=soorten["ongeldig"] + soorten["terzijde"],
        aantal_uitgesloten=soorten["uitgesloten"],
        raming_per_jaar=uitgewerkt.raming_per_jaar if uitgewerkt else Decimal(0),
        maximale_waarde=uitgewerkt.maximale_waarde if uitgewerkt else None,
        rangorde=_list_rangregels(bouwer),
        waarschuwingen=stand.rangorde.waarschuwingen if stand.rangorde else (),
    )


def _list_rangregels(bouwer: Perceelbouwer) -> tuple[Rangregel, ...]:
    stand = bouwer.stand
    return tuple(
        Rangregel(
            rang=p.rang,
            inschrijving=p.inschrijving,
            naam=stand.inschrijvingen[p.inschrijving].aanbieder.naam,
            totaal=parse_punten(p.totaal),
            gegund=p.gegund,
            producten=bouwer.show_producten(p.producten_gegund),
        )
        for p in (stand.rangorde.plaatsen if stand.rangorde else ())
    )


def build_processen_verbaal(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One record per perceel, also when nothing is awarded."""
    alles = load_uitkomsten(s)
    inkoop = s.dossier.aanbesteding
    for nummer, bouwer in alles.bouwers.items():
        stand, perceel, rangregels = bouwer.stand, inkoop.load_perceel(nummer), _list_rangregels(bouwer)
        reden = stand.niet_gegund.reden if stand.niet_gegund else ""
        context = ProcesVerbaalContext(
            document=build_kop(
                s, "PV", f"P{nummer}", f"{inkoop.titel}, {perceel.naam}", "vastgesteld, vertrouwelijk"
            ),
            titel=inkoop.titel,
            opdrachtgevers=list_opdrachtgevers(s.regio),
            resultaat=bouwer.resultaat,
            omschrijving=perceel.omschrijving,
            wet=perceel.wet,
            cpv=f"{perceel.cpv} ({perceel.cpv_tekst})",
            raming_per_jaar=stand.uitgewerkt.raming_per_jaar if stand.uitgewerkt else None,
            maximale_waarde=stand.uitgewerkt.maximale_waarde if stand.uitgewerkt else None,
            is_sas=inkoop.procedure.startswith("sas"),
            gepubliceerd=_load_gepubliceerd(s),
            sluiting=load_sluiting(s),
            uitgesloten=_list_afwijzingen(bouwer, "uitgesloten"),
            ongeldig=_list_afwijzingen(bouwer, "ongeldig"),
            terzijde=_list_afwijzingen(bouwer, "terzijde"),
            niet_gekozen=tuple(r for r in rangregels if not r.gegund or reden),
            winnaars=() if reden else tuple(r for r in rangregels if r.gegund),
            gegund=stand.definitief is not None and not reden,
            gegund_op=stand.definitief.datum if stand.definitief else None,
            reden_niet_gegund=reden,
            beslissingen=tuple(
                Beslissingregel(
                    verzenddatum=b.verzenddatum,
                    opschortend_einde=b.opschortende_termijn_einde,
                    verval_einde=b.vervaltermijn_einde,
                    wijziging=b.wijziging,
                )
                for b in stand.beslissingen
            ),
            verzendingen=tuple(
                Verzendregel(verzonden=v.verzonden, aantal=v.aantal, niet_verzonden=v.niet_verzonden)
                for v in stand.verzendingen
            ),
            intrekkingen=tuple(i.motivering for i in stand.intrekkingen),
            kort_gedingen=_list_kort_gedingen(stand),
            verificaties=tuple(
                Verificatieregel(
                    naam=stand.inschrijvingen[nr].aanbieder.naam,
                    voldoet=v.voldoet,
                    bevindingen=v.bevindingen,
                )
                for nr, v in stand.verificaties.items()
            ),
            besluiten=list_besluiten(s.regio, (stand,)),
            kenmerken=bouwer.resultaat.kenmerken,
            loting=stand.rangorde.loting if stand.rangorde else (),
            waarschuwingen=stand.rangorde.waarschuwingen if stand.rangorde else (),
        )
        yield Exemplaar(Ontvanger(f"perceel-{nummer}", perceel.naam), context)


def _list_afwijzingen(bouwer: Perceelbouwer, soort: str) -> tuple[Afwijzing, ...]:
    regels: list[Afwijzing] = []
    for nummer, inschrijving in bouwer.stand.inschrijvingen.items():
        if bouwer.stand.uitkomst_van(nummer) != soort:
            continue
        uitkomst = bouwer.build_uitkomst(inschrijving)
        reden = uitkomst.reden
        if not reden and uitkomst.te_laat:
            reden = "Ontvangen na de sluiting."
        if not reden and uitkomst.onder_minimum:
            reden = f"Minimumscore niet gehaald op: {show_opsomming(uitkomst.onder_minimum)}."
        regels.append(
            Afwijzing(inschrijving=nummer, naam=inschrijving.aanbieder.naam, eis=uitkomst.eis, reden=reden)
        )
    return tuple(regels)


def _list_kort_gedingen(stand: Perceelstand) -> tuple[KortGedingregel, ...]:
    regels: list[KortGedingregel] = []
    for zaaknummer, gemeld in stand.kort_gedingen.items():
        afgedaan = stand.afgedaan.get(zaaknummer)
        regels.append(
            KortGedingregel(
                zaaknummer=zaaknummer,
                rechtbank=gemeld.rechtbank,
                datum=gemeld.datum,
                afgedaan=afgedaan is not None,
                uitkomst=afgedaan.uitkomst if afgedaan else "",
                motivering=afgedaan.motivering if afgedaan else "",
            )
        )
    return tuple(regels)


def build_aankondigingen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One award notice text per perceel with agreements."""
    alles = load_uitkomsten(s)
    inkoop = s.dossier.aanbesteding
    for nummer, bouwer in alles.bouwers.items():
        stand, perceel = bouwer.stand, inkoop.load_perceel(nummer)
        overeenkomsten = [o for o in stand.overeenkomsten if o.herkomst == "gunning"]
        grootten = Counter(i.aanbieder.grootte for i in stand.inschrijvingen.values())
        prijzen = tuple(stand.prijzen.values())
        ondertekend = stand.ondertekening.datum if stand.ondertekening else None
        context = AankondigingContext(
            document=build_kop(
                s, "AG", f"P{nummer}", f"{inkoop.titel}, {perceel.naam}", "concept voor TenderNed"
            ),
            titel=inkoop.titel,
            procedure_id=str(inkoop.id),
            perceel_id=str(perceel.sleutel),
            perceel=perceel.naam,
            omschrijving=perceel.omschrijving,
            opdrachtgevers=list_opdrachtgevers(s.regio),
            is_sas=inkoop.procedure.startswith("sas"),
            cpv=perceel.cpv,
            cpv_tekst=perceel.cpv_tekst,
            nuts=perceel.nuts,
            aantal_inschrijvingen=len(stand.inschrijvingen),
            per_grootte=tuple(Grootteregel(grootte=g, aantal=grootten[g]) for g in GROOTTEN),
            contracten=tuple(
                Contractregel(
                    nummer=o.nummer,
                    naam=o.aanbieder.naam,
                    kvk=o.aanbieder.kvk,
                    plaats=o.aanbieder.adres.plaats,
                    grootte=o.aanbieder.grootte,
                    producten=bouwer.show_producten(o.producten),
                )
                for o in overeenkomsten
            ),
            ondertekend=ondertekend,
            ingang=overeenkomsten[0].ingang if overeenkomsten else None,
            einde=overeenkomsten[0].einde if overeenkomsten else None,
            maximale_waarde=stand.uitgewerkt.maximale_waarde if stand.uitgewerkt else None,
            met_prijzen=bool(prijzen),
            laagste_prijs=min(prijzen, default=None),
            hoogste_prijs=max(prijzen, default=None),
            rechtbank=s.regio.rechtsgang.rechtbank,
            uiterlijk_verzenden=(
                count_aankondiging_gunning(
                    ondertekend, s.normen, peildatum=s.dossier.peildatum
                ).uiterste_datum
                if ondertekend
                else None
            ),
            contact=s.regio.contact,
        )
        yield Exemplaar(Ontvanger(f"perceel-{nummer}", perceel.naam), context)


_RANGREGELS = (
    Rangregel(
        rang=1,
        inschrijving="I-001",
        naam="Zorgvoorbeeld B.V. (verzonnen)",
        totaal=Decimal("92.00"),
        gegund=True,
        producten=("Begeleiding individueel", "Begeleiding groep"),
    ),
    Rangregel(
        rang=2,
        inschrijving="I-004",
        naam="Anders en Co (verzonnen)",
        totaal=Decimal("61.50"),
        gegund=False,
        producten=(),
    ),
)
_AFWIJZING = Afwijzing(
    inschrijving="I-006",
    naam="Laatkomer Zorg (verzonnen)",
    eis="V1: De inschrijving is op tijd ingediend.",
    reden="Ontvangen na de sluiting (verzonnen).",
)


def voorbeeld_collegevoorstel() -> CollegevoorstelContext:
    """An invented example."""
    return CollegevoorstelContext(
        document=voorbeeld_kop("Proefinkoop 2028 (verzonnen)", "vertrouwelijk, ter besluitvorming"),
        titel="Proefinkoop 2028 (verzonnen)",
        gemeente="Voorbeeldstad (verzonnen)",
        orgaan="college van burgemeester en wethouders",
        gemeenten=("Voorbeeldstad (verzonnen)", "Proefdorp (verzonnen)"),
        meerdere_gemeenten=True,
        is_sas=True,
        gepubliceerd=datetime(2027, 4, 1, 9, 0, tzinfo=GESLOTEN.tzinfo),
        sluiting=GESLOTEN,
        gunningsbeslissing=VERZENDDATUM,
        definitieve_gunning=VERZENDDATUM.replace(day=24),
        ingang=date(2028, 1, 1),
        percelen=(
            Adviesperceel(
                resultaat=RESULTAAT,
                wet="Wmo 2015",
                aantal_geldig=5,
                aantal_ongeldig=1,
                aantal_uitgesloten=1,
                raming_per_jaar=Decimal("1500000.00"),
                maximale_waarde=Decimal("12000000.00"),
                rangorde=_RANGREGELS,
                waarschuwingen=("Twee inschrijvingen stonden gelijk; er is geloot (verzonnen).",),
            ),
        ),
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        contact="Team Inkoop, 000-0000000",
    )


def voorbeeld_proces_verbaal() -> ProcesVerbaalContext:
    """An invented example."""
    return ProcesVerbaalContext(
        document=voorbeeld_kop("Proefinkoop 2028 (verzonnen), perceel 2", "vastgesteld"),
        titel="Proefinkoop 2028 (verzonnen)",
        opdrachtgevers=voorbeeld_opdrachtgevers(),
        resultaat=RESULTAAT,
        omschrijving="Begeleiding van volwassenen (verzonnen).",
        wet="Wmo 2015",
        cpv="85312300 (Diensten voor begeleiding en adviesverlening)",
        raming_per_jaar=Decimal("1500000.00"),
        maximale_waarde=Decimal("12000000.00"),
        is_sas=True,
        gepubliceerd=datetime(2027, 4, 1, 9, 0, tzinfo=GESLOTEN.tzinfo),
        sluiting=GESLOTEN,
        uitgesloten=(
            Afwijzing(
                inschrijving="I-007",
                naam="Buiten Zorg (verzonnen)",
                eis="U2: Er is geen ernstige beroepsfout (verzonnen).",
                reden="Gehoord; maatregelen niet toereikend (verzonnen).",
            ),
        ),
        ongeldig=(_AFWIJZING,),
        terzijde=(
            Afwijzing(
                inschrijving="I-005",
                naam="Minimum Zorg (verzonnen)",
                eis="",
                reden="Minimumscore niet gehaald op: Kwaliteit.",
            ),
        ),
        niet_gekozen=_RANGREGELS[1:],
        winnaars=_RANGREGELS[:1],
        gegund=True,
        gegund_op=VERZENDDATUM.replace(day=24),
        reden_niet_gegund="",
        beslissingen=(
            Beslissingregel(
                verzenddatum=VERZENDDATUM,
                opschortend_einde=OPSCHORTEND_EINDE,
                verval_einde=VERVAL_EINDE,
                wijziging="Een beoogde winnaar leverde het bewijs niet (verzonnen).",
            ),
        ),
        verzendingen=(
            Verzendregel(
                verzonden=datetime(2027, 9, 1, 14, 0, tzinfo=GESLOTEN.tzinfo),
                aantal=7,
                niet_verzonden=("I-003",),
            ),
        ),
        intrekkingen=("De eerste beslissing berustte op een rekenfout (verzonnen).",),
        kort_gedingen=(
            KortGedingregel(
                zaaknummer="C/00/000000 (verzonnen)",
                rechtbank="Rechtbank Voorbeeld (verzonnen)",
                datum=VERZENDDATUM.replace(day=15),
                afgedaan=True,
                uitkomst="doorgaan",
                motivering="De vordering is afgewezen (verzonnen).",
            ),
        ),
        verificaties=(
            Verificatieregel(
                naam="Zorgvoorbeeld B.V. (verzonnen)", voldoet=True, bevindingen="Alle stukken kloppen."
            ),
        ),
        besluiten=voorbeeld_besluiten(),
        kenmerken=RESULTAAT.kenmerken,
        loting=("I-004", "I-001"),
        waarschuwingen=("Twee inschrijvingen stonden gelijk (verzonnen).",),
    )


def voorbeeld_aankondiging() -> AankondigingContext:
    """An invented example."""
    return AankondigingContext(
        document=voorbeeld_kop("Proefinkoop 2028 (verzonnen), perceel 2", "concept"),
        titel="Proefinkoop 2028 (verzonnen)",
        procedure_id="00000000-0000-0000-0000-000000000099",
        perceel_id="00000000-0000-0000-0000-000000000002",
        perceel="Perceel 2: Wmo – Begeleiding (verzonnen voorbeeld)",
        omschrijving="Begeleiding van volwassenen (verzonnen).",
        opdrachtgevers=voorbeeld_opdrachtgevers(),
        is_sas=True,
        cpv="85312300",
        cpv_tekst="Diensten voor begeleiding en adviesverlening",
        nuts="NL226",
        aantal_inschrijvingen=7,
        per_grootte=tuple(Grootteregel(grootte=g, aantal=n) for n, g in enumerate(GROOTTEN)),
        contracten=(
            Contractregel(
                nummer="PR-2028-P2-001",
                naam="Zorgvoorbeeld B.V. (verzonnen)",
                kvk="00000001",
                plaats="Voorbeeldstad",
                grootte="klein",
                producten=("Begeleiding individueel",),
            ),
        ),
        ondertekend=date(2027, 10, 1),
        ingang=date(2028, 1, 1),
        einde=date(2031, 12, 31),
        maximale_waarde=Decimal("12000000.00"),
        met_prijzen=True,
        laagste_prijs=Decimal("33.00"),
        hoogste_prijs=Decimal("38.50"),
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        uiterlijk_verzenden=date(2027, 11, 1),
        contact="Team Inkoop, 000-0000000",
    )


COLLEGEVOORSTEL_GUNNING = Document(
    "collegevoorstel_gunning",
    "Collegevoorstel gunning",
    "gunning",
    CollegevoorstelContext,
    build_collegevoorstellen,
    voorbeeld_collegevoorstel,
    per="gemeente",
)
PROCES_VERBAAL_GUNNING = Document(
    "proces_verbaal_gunning",
    "Proces-verbaal van gunning",
    "gunning",
    ProcesVerbaalContext,
    build_processen_verbaal,
    voorbeeld_proces_verbaal,
    per="perceel",
    ondertekenaar=Rol.GEMANDATEERDE,
)
AANKONDIGING_GEGUNDE_OPDRACHT = Document(
    "aankondiging_gegunde_opdracht",
    "Aankondiging gegunde opdracht",
    "gunning",
    AankondigingContext,
    build_aankondigingen,
    voorbeeld_aankondiging,
    per="perceel",
)
