"""The written record of the award of one perceel, also when nothing is awarded.

Grondslag: Aw 2012 art. 2.132 (FEITEN 3.12).
Must stay true: it is built from recorded facts alone.
Trap: it names bidders that did not win; it is not for publication.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.documents.opening import Bewijsregel, build_bewijs
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import select_deelnemers
from aanbesteding.domain.feiten import NotaVastgesteld
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.documenten.modellen import (
    Besluitregel,
    Kenmerkregel,
    Opdrachtgever,
    Rangregel,
)
from aanbesteding.fasen.gunning.documenten.partijen import (
    build_kop,
    list_besluiten,
    list_opdrachtgevers,
    show_opsomming,
)
from aanbesteding.fasen.gunning.documenten.uitkomsten import (
    Perceelbouwer,
    list_rangregels,
    load_gepubliceerd,
    load_sluiting,
    load_uitkomsten,
)
from aanbesteding.fasen.gunning.documenten.voorbeelden import (
    GESLOTEN,
    OPSCHORTEND_EINDE,
    RANGREGELS,
    RESULTAAT,
    VERVAL_EINDE,
    VERZENDDATUM,
    voorbeeld_besluiten,
    voorbeeld_kop,
    voorbeeld_opdrachtgevers,
)
from aanbesteding.fasen.gunning.stand import Perceelstand


class Afwijzing(Gegevensmodel):
    """A bid that was excluded, invalid or put aside, with the reason."""

    inschrijving: str = Field(description="Nummer van de inschrijving")
    naam: str = Field(description="Naam van de inschrijver")
    eis: str = Field(description="Eis of grond; leeg als er geen is")
    reden: str = Field(description="Feiten en reden")


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


class Belangregel(Gegevensmodel):
    """A conflict of interest that an assessor reported, with the measure."""

    beoordelaar: str = Field(description="Wie het belang meldde")
    datum: date = Field(description="Datum van de verklaring")
    toelichting: str = Field(description="Toelichting; kan leeg zijn")
    gescoord: bool = Field(description="Waar als deze beoordelaar toch scores gaf in dit perceel")


class Achtergehoudenregel(Gegevensmodel):
    """An answer that was kept out of a note at a provider's request; without who asked."""

    nota: int = Field(description="Nummer van de nota van inlichtingen")
    vraag: str = Field(description="Nummer van de vraag")


class ProcesVerbaalContext(DocumentContext):
    """Context of the written record of the award of one perceel."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de aanbesteding")
    opdrachtgevers: tuple[Opdrachtgever, ...] = Field(description="Aanbestedende diensten met adres")
    perceel: str = Field(description="Nummer en titel van het perceel")
    aantal_inschrijvingen: int = Field(description="Aantal ontvangen inschrijvingen")
    aantal_gerangschikt: int = Field(description="Aantal inschrijvingen in de rangorde")
    omschrijving: str = Field(description="Voorwerp van de opdracht")
    wet: str = Field(description="Wet waarop de hulp berust")
    cpv: str = Field(description="CPV-code met omschrijving")
    raming_per_jaar: Decimal | None = Field(description="Raming per jaar, zonder btw")
    maximale_waarde: Decimal | None = Field(description="Hoogste waarde van alle overeenkomsten samen")
    is_sas: bool = Field(description="Of de procedure voor sociale en andere specifieke diensten is gevolgd")
    b_diensten: bool = Field(description="Of de procedure voor B-diensten van voor 1 juli 2016 is gevolgd")
    openbaar: bool = Field(description="Of de openbare procedure is gevolgd")
    achtergehouden: tuple[Achtergehoudenregel, ...] = Field(
        description="Antwoorden die op verzoek buiten een nota van inlichtingen zijn gehouden"
    )
    aantal_verklaringen: int = Field(description="Aantal beoordelaars dat een belangenverklaring aflegde")
    belangen: tuple[Belangregel, ...] = Field(description="Gemelde belangen met de maatregel")
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
    bewijs: Bewijsregel | None = Field(
        default=None,
        description="Koppen van de ketens van feiten en logboek; leeg als zij niet zijn vastgelegd",
    )


def build_processen_verbaal(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One record per perceel, also when nothing is awarded."""
    alles = load_uitkomsten(s)
    inkoop = s.dossier.aanbesteding
    for nummer, bouwer in alles.bouwers.items():
        stand, perceel, rangregels = bouwer.stand, inkoop.load_perceel(nummer), list_rangregels(bouwer)
        reden = stand.niet_gegund.reden if stand.niet_gegund else ""
        context = ProcesVerbaalContext(
            document=build_kop(
                s, "PV", f"P{nummer}", f"{inkoop.titel}, {perceel.naam}", "vastgesteld, vertrouwelijk"
            ),
            titel=inkoop.titel,
            opdrachtgevers=list_opdrachtgevers(select_deelnemers(s.regio, inkoop, (nummer,))),
            perceel=bouwer.naam,
            aantal_inschrijvingen=len(stand.inschrijvingen),
            aantal_gerangschikt=len(stand.plaatsen),
            omschrijving=perceel.omschrijving,
            wet=perceel.wet,
            cpv=f"{perceel.cpv} ({perceel.cpv_tekst})",
            raming_per_jaar=stand.uitgewerkt.raming_per_jaar if stand.uitgewerkt else None,
            maximale_waarde=stand.uitgewerkt.maximale_waarde if stand.uitgewerkt else None,
            is_sas=s.dossier.regime.sas,
            b_diensten=s.dossier.regime.b_diensten,
            openbaar=inkoop.procedure.startswith("openbaar"),
            achtergehouden=_list_achtergehouden(s),
            aantal_verklaringen=len(stand.verklaringen),
            belangen=_list_belangen(stand),
            gepubliceerd=load_gepubliceerd(s),
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
            bewijs=build_bewijs(s.dossier.bewijskop),
        )
        yield Exemplaar(Ontvanger(f"perceel-{nummer}", perceel.naam), context)


def _list_afwijzingen(bouwer: Perceelbouwer, soort: str) -> tuple[Afwijzing, ...]:
    regels: list[Afwijzing] = []
    for nummer, inschrijving in bouwer.stand.inschrijvingen.items():
        if bouwer.stand.uitkomst_van(nummer) != soort:
            continue
        uitkomst = bouwer.build_uitkomst(inschrijving)
        reden = uitkomst.reden or uitkomst.buiten_rangorde
        if not reden and uitkomst.ondergrens is not None:
            reden = "De prijs ligt onder de aangekondigde ondergrens."
        if not reden and uitkomst.te_laat:
            reden = "Ontvangen na de sluiting."
        if not reden and uitkomst.onder_minimum:
            reden = f"Minimumscore niet gehaald op: {show_opsomming(uitkomst.onder_minimum)}."
        regels.append(
            Afwijzing(inschrijving=nummer, naam=inschrijving.aanbieder.naam, eis=uitkomst.eis, reden=reden)
        )
    return tuple(regels)


def _list_achtergehouden(s: Situatie[None]) -> tuple[Achtergehoudenregel, ...]:
    return tuple(
        Achtergehoudenregel(nota=nota.ronde, vraag=antwoord.vraagnummer)
        for nota in s.dossier.list_feiten(NotaVastgesteld)
        for antwoord in nota.antwoorden
        if antwoord.vertrouwelijk
    )


def _list_belangen(stand: Perceelstand) -> tuple[Belangregel, ...]:
    return tuple(
        Belangregel(
            beoordelaar=v.beoordelaar,
            datum=v.datum,
            toelichting=v.toelichting,
            gescoord=v.beoordelaar in stand.beoordeeld_door,
        )
        for v in stand.verklaringen.values()
        if v.belang
    )


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


_AFWIJZING = Afwijzing(
    inschrijving="I-006",
    naam="Laatkomer Zorg (verzonnen)",
    eis="V1: De inschrijving is op tijd ingediend.",
    reden="Ontvangen na de sluiting (verzonnen).",
)


def voorbeeld_proces_verbaal() -> ProcesVerbaalContext:
    """An invented example."""
    return ProcesVerbaalContext(
        document=voorbeeld_kop("Proefinkoop 2028 (verzonnen), perceel 2", "vastgesteld"),
        titel="Proefinkoop 2028 (verzonnen)",
        opdrachtgevers=voorbeeld_opdrachtgevers(),
        perceel=RESULTAAT.naam,
        aantal_inschrijvingen=RESULTAAT.aantal_inschrijvingen,
        aantal_gerangschikt=RESULTAAT.aantal_gerangschikt,
        omschrijving="Begeleiding van volwassenen (verzonnen).",
        wet="Wmo 2015",
        cpv="85312300 (Diensten voor begeleiding en adviesverlening)",
        raming_per_jaar=Decimal("1500000.00"),
        maximale_waarde=Decimal("12000000.00"),
        is_sas=True,
        b_diensten=False,
        openbaar=False,
        achtergehouden=(Achtergehoudenregel(nota=1, vraag="14"),),
        aantal_verklaringen=4,
        belangen=(
            Belangregel(
                beoordelaar="beoordelaar4.demo",
                datum=date(2027, 6, 20),
                toelichting="Een naaste werkt bij inschrijver I-004 (verzonnen).",
                gescoord=False,
            ),
        ),
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
        niet_gekozen=RANGREGELS[1:],
        winnaars=RANGREGELS[:1],
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
        bewijs=Bewijsregel(
            feit=1143,
            feit_hash="3b1f0c5a7e9d2468ace013579bdf02468ace13579bdf048c159d26ae37bf048c",
            logregel=212,
            log_hash="9d26ae37bf048c159d26ae37bf048c153b1f0c5a7e9d2468ace013579bdf0246",
        ),
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
    ongebruikt=(
        "niet_gekozen[].gegund",
        "niet_gekozen[].producten",
        "winnaars[].gegund",
        "winnaars[].kreeg_al",
        "terzijde[].eis",
    ),
    besluit=True,
)
