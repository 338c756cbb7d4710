"""Documents for councils and for everyone: participation plan, purchasing strategy, tracing of principles.

Wording stands in sjablonen/strategie/. The contexts show the source text as it is: what is open is told as open.

Must stay true: a question to the region is shown as a question, never as an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.documents.filters import datum
from aanbesteding.documents.overeenkomst import (
    as_zin,
    load_budgetplafond,
    load_ingangsdatum,
    load_termijnen,
    load_variant,
)
from aanbesteding.documents.overeenkomst_artikelen import ARTIKELEN
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import BeleidskaderVastgesteld, LokaleAfwijkingVastgelegd
from aanbesteding.domain.gegeven import Doorwerking, Stand, Stelling
from aanbesteding.domain.perceelkader import Aanbiedersbeleid, Omvang
from aanbesteding.domain.programma import Scope
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.strategie.documenten import voorbeelden
from aanbesteding.fasen.strategie.documenten.bijlage import Brongroep, build_bijlage, show_waarde
from aanbesteding.fasen.strategie.feiten import (
    StrategieVastgesteld,
    list_herleiding,
    list_lopend,
    list_participatie,
)
from aanbesteding.fasen.strategie.regels import list_criteria

FASE = "strategie"
ELDERS = {
    Doorwerking.EIS: "programma van eisen",
    Doorwerking.BEKOSTIGING: "bekostiging",
    Doorwerking.PERCEELINDELING: "indeling",
    Doorwerking.CONTRACTBEHEER: "contractbeheer",
}
OMVANGEN = {
    Omvang.WEINIG: "een kleiner aantal aanbieders",
    Omvang.VEEL: "meerdere aanbieders",
    Omvang.OPEN: "nog open",
}


class Participatieregel(Gegevensmodel):
    """One participation track."""

    onderwerp: str = Field(description="Waarover de groepen worden gehoord")
    groepen: tuple[str, ...] = Field(min_length=1, description="Namen van de groepen")
    vorm: str = Field(description="Vorm, of 'nog open'")
    periode: str = Field(description="Van en tot en met in woorden, of leeg")


class ParticipatieplanContext(DocumentContext):
    """What the participation plan prints."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Deelnemende gemeenten")
    trajecten: tuple[Participatieregel, ...] = Field(description="Een regel per participatietraject")
    contact: str = Field(description="Contactpunt")


class Besluitregel(Gegevensmodel):
    """The decision of one municipality on the policy frame."""

    gemeente: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Wie besloot")
    datum: date = Field(description="Datum van het besluit")
    kenmerk: str = Field(description="Kenmerk van het besluit")


class Toevoegingregel(Gegevensmodel):
    """What a body added, and what was done with it."""

    gemeente: str = Field(description="Naam van de gemeente")
    tekst: str = Field(description="Wat is toegevoegd")
    verwerking: str = Field(description="Wat daarmee is gedaan")


class Trajectregel(Gegevensmodel):
    """A track beside this purchase."""

    naam: str = Field(description="Naam van het traject")
    verband: str = Field(description="Hoe het met deze inkoop samenhangt, met wie het uitvoert")
    tegelijk: bool = Field(description="Of het op hetzelfde moment moest worden aangeboden")
    aangeboden: str = Field(description="Aan welke gemeenten het tegelijk is aangeboden, in woorden")


class Zorgregel(Gegevensmodel):
    """A kind of care."""

    naam: str = Field(description="Naam van de zorgvorm")
    wet: str = Field(description="Wet")
    toelichting: str = Field(description="Toelichting, of leeg")


class Deelregel(Gegevensmodel):
    """A perceel with the choices of the strategy."""

    naam: str = Field(description="Nummer en titel")
    bekostiging: str = Field(description="Gekozen bekostiging")
    ingang: str = Field(description="Eerste dag, of wat de bron erover zegt")
    looptijd: str = Field(description="Looptijd met verlengingen in woorden")
    aanbieders: str = Field(description="Beleid over het aantal aanbieders")


class Marktregel(Gegevensmodel):
    """A kind of provider in the present market."""

    naam: str = Field(description="Naam van de groep")
    aantal: str = Field(description="Aantal volgens de bron, in woorden")
    clienten: str = Field(description="Aantal cliënten volgens de bron, in woorden, of een streepje")
    uitgaven: str = Field(description="Uitgaven volgens de bron, in woorden, of een streepje")
    geregistreerd: int = Field(description="Aantal geregistreerde lopende overeenkomsten")


class Afwijkingregel(Gegevensmodel):
    """A local deviation."""

    gemeente: str = Field(description="Naam van de gemeente")
    onderwerp: str = Field(description="Waar het over gaat")
    tekst: str = Field(description="Wat daar anders is")
    besluit: str = Field(description="Orgaan en kenmerk")


class Vraagregel(Gegevensmodel):
    """A question to the region."""

    vraag: str = Field(description="De vraag")
    aanleiding: str = Field(description="Waarom de bron die niet beantwoordt")
    bron: str = Field(description="Vindplaats: de regel in de brontekst")


class InkoopstrategieContext(DocumentContext):
    """What the purchasing strategy prints."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    brontitel: str = Field(description="Titel van de brontekst")
    orgaan: str = Field(description="Wie de strategie vaststelde")
    besluit_datum: date = Field(description="Datum van dat besluit")
    besluit_kenmerk: str = Field(description="Kenmerk van dat besluit")
    gemeenten: tuple[str, ...] = Field(min_length=1, description="Deelnemende gemeenten")
    namen_onbekend: bool = Field(description="Of de bron de gemeenten niet bij naam noemt")
    kaders: tuple[Besluitregel, ...] = Field(description="Besluit over het beleidskader per gemeente")
    toevoegingen: tuple[Toevoegingregel, ...] = Field(description="Toevoegingen met hun verwerking")
    trajecten: tuple[Trajectregel, ...] = Field(description="Trajecten naast deze inkoop")
    binnen: tuple[Zorgregel, ...] = Field(description="Zorgvormen die worden ingekocht")
    buiten: tuple[Zorgregel, ...] = Field(description="Zorgvormen die niet worden ingekocht")
    alleen_invoer: tuple[Zorgregel, ...] = Field(description="Zorgvormen waarvoor dit alleen invoer is")
    kop_percelen: str = Field(description="Hoe de regio een perceel noemt, met een hoofdletter")
    percelen: tuple[Deelregel, ...] = Field(description="Percelen met de keuzes")
    budgetplafond: str = Field(description="Besluit over budgetplafonds, of leeg")
    markt: tuple[Marktregel, ...] = Field(description="De markt van nu")
    participatie: tuple[Participatieregel, ...] = Field(description="Participatie per opdracht")
    afwijkingen: tuple[Afwijkingregel, ...] = Field(description="Lokale afwijkingen")
    kpis: tuple[str, ...] = Field(description="Indicatoren")
    innovatiethemas: tuple[str, ...] = Field(description="Thema's van vernieuwing")
    regels: tuple[str, ...] = Field(description="Regels van de bron, met een voorbehoud waar dat hoort")
    navragen: tuple[Vraagregel, ...] = Field(description="Vragen die nog openstaan")
    bijlage: tuple[Brongroep, ...] = Field(description="Wat de bron verder zegt, per onderwerp")


class Herleidregel(Gegevensmodel):
    """Where one principle works through."""

    nummer: int = Field(description="Volgnummer")
    groep: str = Field(description="Kop in de bron, of leeg")
    tekst: str = Field(description="Het uitgangspunt")
    bron: str = Field(description="Regel in de bron")
    criteria: str = Field(description="Gunningscriteria, of een streepje")
    artikelen: str = Field(description="Artikelen van de overeenkomst, of een streepje")
    elders: str = Field(description="Waar het nog meer terugkomt, of een streepje")


class HerleidingContext(DocumentContext):
    """What the tracing prints."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de inkoop")
    brontitel: str = Field(description="Titel van de brontekst")
    aantal: int = Field(description="Aantal uitgangspunten")
    regels: tuple[Herleidregel, ...] = Field(description="Een regel per uitgangspunt")


def _make_kop(s: Situatie[None], deel: str, status: str) -> Documentkop:
    return Documentkop(
        ondertitel=s.dossier.aanbesteding.titel,
        kenmerk=f"{s.dossier.code}-{deel}",
        datum=s.vandaag,
        status=status,
    )


def _make_exemplaar(s: Situatie[None], context: DocumentContext) -> Exemplaar:
    return Exemplaar(Ontvanger(s.dossier.aanbesteding.code, s.regio.naam, s.regio.email), context)


def _list_gemeenten(s: Situatie[None]) -> tuple[str, ...]:
    return tuple(g.naam for g in s.regio.gemeenten)


def show_dag(dag: date) -> str:
    """A day in digits, as in 16-02-2023."""
    return f"{dag:%d-%m-%Y}"


def _list_participatie(s: Situatie[None]) -> tuple[Participatieregel, ...]:
    inkoop, gekozen = s.dossier.aanbesteding, list_participatie(s.dossier)
    namen = {g.code: g.naam for g in inkoop.consultatie.groepen}
    regels: list[Participatieregel] = []
    for traject in inkoop.participatie:
        keuze = gekozen.get(traject.code)
        over = [inkoop.load_perceel(n).naam for n in traject.percelen]
        regels.append(
            Participatieregel(
                onderwerp="; ".join(over) or "De hele inkoop",
                groepen=tuple(namen[code] for code in traject.groepen),
                vorm=keuze.vorm if keuze else traject.vorm.tekst or "nog open",
                periode=f"{show_dag(keuze.van)} tot en met {show_dag(keuze.tot)}" if keuze else "",
            )
        )
    return tuple(regels)


def build_participatieplan(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The one participation plan."""
    context = ParticipatieplanContext(
        document=_make_kop(s, "PARTICIPATIE", "vastgesteld"),
        titel=s.dossier.aanbesteding.titel,
        gemeenten=_list_gemeenten(s),
        trajecten=_list_participatie(s),
        contact=s.regio.contact,
    )
    yield _make_exemplaar(s, context)


def _list_toevoegingen(s: Situatie[None], verwerking: tuple[str, ...]) -> tuple[Toevoegingregel, ...]:
    laatste = {f.gemeente: f for f in s.dossier.list_feiten(BeleidskaderVastgesteld)}
    gevonden = [
        (g.naam, tekst) for g in s.regio.gemeenten if (f := laatste.get(g.code)) for tekst in f.toevoegingen
    ]
    return tuple(
        Toevoegingregel(
            gemeente=naam,
            tekst=as_zin(tekst),
            verwerking=as_zin(verwerking[nr]) if nr < len(verwerking) else "Nog niet verwerkt.",
        )
        for nr, (naam, tekst) in enumerate(gevonden)
    )


def _list_trajecten(s: Situatie[None]) -> tuple[Trajectregel, ...]:
    kaders = {f.gemeente: f for f in s.dossier.list_feiten(BeleidskaderVastgesteld)}
    return tuple(
        Trajectregel(
            naam=t.naam,
            verband=f"{as_zin(t.verband)}{f' Uitvoering: {t.uitvoerder}.' if t.uitvoerder else ''}",
            tegelijk=t.tegelijk,
            aangeboden=", ".join(
                g.naam for g in s.regio.gemeenten if (f := kaders.get(g.code)) and t.code in f.tegelijk
            ),
        )
        for t in s.dossier.aanbesteding.trajecten
    )


def _list_zorgvormen(s: Situatie[None], scope: Scope) -> tuple[Zorgregel, ...]:
    return tuple(
        Zorgregel(naam=z.naam, wet=z.wet, toelichting=z.toelichting)
        for z in s.dossier.aanbesteding.zorgvormen
        if z.scope is scope
    )


def show_beleid(beleid: Aanbiedersbeleid | None) -> str:
    """The policy on the number of providers, in words."""
    if beleid is None:
        return "niet genoemd in de bron"
    return f"{beleid.aantal} aanbieders" if beleid.aantal else OMVANGEN[beleid.omvang]


def _list_percelen(s: Situatie[None]) -> tuple[Deelregel, ...]:
    return tuple(
        Deelregel(
            naam=p.naam,
            bekostiging=load_variant(s, p.nummer) or "nog open",
            ingang=_show_ingang(s, p.nummer),
            looptijd=_show_looptijd(s, p.nummer),
            aanbieders=show_beleid(p.aanbieders),
        )
        for p in s.dossier.aanbesteding.percelen
    )


def _show_ingang(s: Situatie[None], perceel: str) -> str:
    """The first day when it is known; before there is a planning, what the source text says."""
    try:
        return datum(load_ingangsdatum(s, perceel))
    except InvoerError:
        return s.dossier.aanbesteding.ingang.tekst


def _show_looptijd(s: Situatie[None], perceel: str) -> str:
    termijnen = load_termijnen(s, perceel)
    if termijnen.maanden is None:
        return "nog open"
    if termijnen.verlengingen is None:
        return f"{termijnen.maanden} maanden"
    verlenging = f"{termijnen.verlengingen} keer {termijnen.verlenging_maanden} maanden verlenging"
    return f"{termijnen.maanden} maanden, {verlenging}"


def _show_stelling(stelling: Stelling) -> str:
    voorbehoud = {Stand.VOORNEMEN: " (voornemen)", Stand.BUITEN_SCOPE: " (buiten deze inkoop)"}
    return f"{stelling.tekst.rstrip('.')}{voorbehoud.get(stelling.stand, '')}"


def build_inkoopstrategie(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The one strategy document."""
    vastgesteld = s.dossier.laatste(StrategieVastgesteld)
    if vastgesteld is None:
        raise InvoerError(["De inkoopstrategie is nog niet vastgesteld."])
    inkoop = s.dossier.aanbesteding
    kaders = {f.gemeente: f for f in s.dossier.list_feiten(BeleidskaderVastgesteld)}
    lopend = [o.groep for o in list_lopend(s.dossier)]
    namen = {g.code: g.naam for g in s.regio.gemeenten}
    context = InkoopstrategieContext(
        document=_make_kop(s, "STRATEGIE", "vastgesteld"),
        titel=inkoop.titel,
        brontitel=inkoop.brontitel,
        orgaan=vastgesteld.orgaan,
        besluit_datum=vastgesteld.datum,
        besluit_kenmerk=vastgesteld.kenmerk,
        gemeenten=_list_gemeenten(s),
        namen_onbekend=not all(g.naam_uit_bron for g in s.regio.gemeenten),
        kaders=tuple(
            Besluitregel(gemeente=g.naam, orgaan=f.orgaan, datum=f.datum, kenmerk=f.kenmerk)
            for g in s.regio.gemeenten
            if (f := kaders.get(g.code))
        ),
        toevoegingen=_list_toevoegingen(s, vastgesteld.verwerking),
        trajecten=_list_trajecten(s),
        binnen=_list_zorgvormen(s, Scope.BINNEN),
        buiten=_list_zorgvormen(s, Scope.BUITEN),
        alleen_invoer=_list_zorgvormen(s, Scope.ALLEEN_INVOER),
        kop_percelen=inkoop.percelen[0].woord.capitalize(),
        percelen=_list_percelen(s),
        budgetplafond=as_zin(load_budgetplafond(s) or ""),
        markt=tuple(
            Marktregel(
                naam=m.naam,
                aantal=show_waarde(m.aanbieders),
                clienten=show_waarde(m.clienten),
                uitgaven=show_waarde(m.uitgaven),
                geregistreerd=lopend.count(m.code),
            )
            for m in inkoop.markt
            if m.aanbieders.getal is not None
        ),
        participatie=_list_participatie(s),
        afwijkingen=tuple(
            Afwijkingregel(
                gemeente=namen.get(f.gemeente, f.gemeente),
                onderwerp=f.onderwerp,
                tekst=as_zin(f.tekst),
                besluit=f"{f.orgaan}, {f.kenmerk}",
            )
            for f in s.dossier.list_feiten(LokaleAfwijkingVastgelegd)
        ),
        kpis=tuple(k.tekst for k in inkoop.kpis),
        innovatiethemas=tuple(i.tekst for i in inkoop.innovatiethemas),
        regels=tuple(_show_stelling(r) for r in inkoop.regels),
        navragen=tuple(
            Vraagregel(vraag=n.vraag, aanleiding=n.aanleiding, bron=n.bron) for n in inkoop.navragen
        ),
        bijlage=build_bijlage(s),
    )
    yield _make_exemplaar(s, context)


def build_herleiding(s: Situatie[None]) -> Iterator[Exemplaar]:
    """The one table of principles."""
    inkoop = s.dossier.aanbesteding
    context = HerleidingContext(
        document=_make_kop(s, "HERLEIDING", "bijlage bij de aanbestedingsstukken"),
        titel=inkoop.titel,
        brontitel=inkoop.brontitel,
        aantal=len(inkoop.uitgangspunten),
        regels=tuple(_make_herleidregel(s, nr, u) for nr, u in enumerate(inkoop.uitgangspunten, start=1)),
    )
    yield _make_exemplaar(s, context)


def _make_herleidregel(s: Situatie[None], nummer: int, uitgangspunt: Stelling) -> Herleidregel:
    regel = list_herleiding(s.dossier).get(uitgangspunt.code)
    per_criterium: dict[str, list[str]] = {}
    for perceel, code, titel in list_criteria(s, uitgangspunt.code):
        per_criterium.setdefault(f"{code} {titel}", []).append(perceel)
    inkoop = s.dossier.aanbesteding
    woord, alle = inkoop.percelen[0].woord, len(inkoop.percelen)
    elders = [ELDERS[d] for d in uitgangspunt.werkt_door_in if d in ELDERS]
    if regel and regel.toelichting:
        elders.append(regel.toelichting.rstrip("."))
    return Herleidregel(
        nummer=nummer,
        groep=uitgangspunt.groep,
        tekst=as_zin(uitgangspunt.tekst),
        bron=uitgangspunt.bron,
        criteria="; ".join(
            f"{c} (overal)" if len(p) == alle else f"{c} ({woord} {', '.join(p)})"
            for c, p in per_criterium.items()
        )
        or "–",
        artikelen="; ".join(ARTIKELEN[a] for a in (regel.artikelen if regel else ())) or "–",
        elders="; ".join(elders) or "–",
    )


PARTICIPATIEPLAN = Document(
    code="participatieplan",
    titel="Participatieplan",
    fase=FASE,
    context=ParticipatieplanContext,
    build=build_participatieplan,
    voorbeeld=lambda: ParticipatieplanContext.model_validate(voorbeelden.make_participatieplan()),
    per="aanbesteding",
)
INKOOPSTRATEGIE = Document(
    code="inkoopstrategie",
    titel="Inkoopstrategie",
    fase=FASE,
    context=InkoopstrategieContext,
    build=build_inkoopstrategie,
    voorbeeld=lambda: InkoopstrategieContext.model_validate(voorbeelden.make_inkoopstrategie()),
    per="aanbesteding",
)
HERLEIDING = Document(
    code="herleiding",
    titel="Herleiding van de uitgangspunten",
    fase=FASE,
    context=HerleidingContext,
    build=build_herleiding,
    voorbeeld=lambda: HerleidingContext.model_validate(voorbeelden.make_herleiding()),
    per="aanbesteding",
)
