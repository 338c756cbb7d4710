"""The assessment report of one perceel: committee, method, validity, ranking, reasons, individual scores.

Each list is built in one pass over facts that are indexed once: a perceel may hold sixty bids with five
assessors. Not here: the fields (rapport_context) and the wording (the template).

Must stay true: the method is shown as announced, from PerceelUitgewerkt; individual scores stand beside the
committee's score and are never replaced by it; the internal remarks of the committee stay out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from string import ascii_uppercase

from aanbesteding.documents.declaration import Document, Exemplaar, Ontvanger
from aanbesteding.domain.aangekondigde_rangorde import load_betekenis, load_prijsproduct
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import (
    ConsensusVastgesteld,
    InschrijvingGetoetst,
    Oordeel,
    PerceelUitgewerkt,
    PrijzenGeopend,
    RangordeVastgesteld,
    Rangplaats,
    ScoresVergrendeld,
)
from aanbesteding.domain.gunningsrangorde import (
    list_afgevallen,
    list_lage_prijzen,
    load_geldige_inschrijvingen,
)
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.toewijzing import load_maximum
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.documenten.formulieren import list_schaal
from aanbesteding.fasen.beoordeling.documenten.kop import build_kop
from aanbesteding.fasen.beoordeling.documenten.rapport_context import (
    Afvaller,
    BeoordelingsrapportContext,
    Blok,
    Criteriumregel,
    Geldigheidsregel,
    Gelijkestandregel,
    LagePrijs,
    Lid,
    LosseScore,
    Lotingregel,
    Oordeelregel,
    Plaatspunten,
    Prijsregel,
    Prijstrederegel,
    Prijsvraagregel,
    Productregel,
    Puntregel,
    Rangregel,
    Scoreregel,
    Toetsregel,
)
from aanbesteding.fasen.beoordeling.documenten.rapport_voorbeeld import make_voorbeeld
from aanbesteding.fasen.beoordeling.feiten import HerstelVastgelegd, LotingVerricht
from aanbesteding.fasen.beoordeling.lage_prijs import load_prijsvragen


def build_beoordelingsrapporten(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One report per perceel of this act that has a ranking, in the order of the percelen."""
    for perceel in s.onderwerpen:
        uitgewerkt = s.dossier.laatste(PerceelUitgewerkt, perceel=perceel)
        rangorde = s.dossier.laatste(RangordeVastgesteld, perceel=perceel)
        if uitgewerkt is None or rangorde is None:
            continue
        naam = s.dossier.aanbesteding.load_perceel(perceel).naam
        yield Exemplaar(Ontvanger(f"perceel-{perceel}", naam), _build_rapport(s, uitgewerkt, rangorde))


def _build_rapport(
    s: Situatie[None], uitgewerkt: PerceelUitgewerkt, rangorde: RangordeVastgesteld
) -> BeoordelingsrapportContext:
    perceel = uitgewerkt.perceel
    namen = {i.nummer: i.aanbieder.naam for i in stand.list_inschrijvingen(s.dossier, perceel)}
    getoetst = {n: f for (p, n), f in stand.load_getoetst(s.dossier).items() if p == perceel}
    uitkomsten = Counter(f.uitkomst for f in getoetst.values())
    soorten = {c.soort for c in uitgewerkt.criteria}
    leden = list_leden(s, perceel)
    plaatsen = {p.inschrijving: p for p in rangorde.plaatsen}
    titel = s.dossier.aanbesteding.load_perceel(perceel).naam
    perceelnamen = {p.nummer: p.naam for p in s.dossier.aanbesteding.percelen}
    verdeling = rangorde.verdeling
    drempel = s.norm("lage_prijs_drempel").bedrag
    afgevallen = list_afgevallen(s.dossier, perceel, uitgevallen=rangorde.uitgevallen)
    return BeoordelingsrapportContext(
        document=build_kop(s, "BR", f"P{perceel}", titel, "vastgesteld"),
        aanbesteding=s.dossier.aanbesteding.titel,
        perceel=titel,
        aantal_ontvangen=len(namen),
        aantal_geldig=uitkomsten["geldig"],
        aantal_ongeldig=uitkomsten["ongeldig"],
        aantal_uitgesloten=uitkomsten["uitgesloten"],
        heeft_rangorde=bool(rangorde.plaatsen and soorten),
        heeft_voordracht=bool(rangorde.plaatsen),
        heeft_criteria=bool(soorten),
        verdeeld=verdeling is not None,
        verdeling_plaats=verdeling.plaats if verdeling else 0,
        verdeling_aantal=verdeling.aantal if verdeling else 0,
        verdeling_maximum=verdeling.maximum if verdeling else None,
        heeft_kwaliteit="kwaliteit" in soorten,
        heeft_prijs="prijs" in soorten,
        decimalen=uitgewerkt.decimalen,
        afronding_per_criterium=uitgewerkt.afrondingsmoment == "per_criterium",
        afronding_weergave=uitgewerkt.afrondingsmoment == "weergave",
        heeft_minimum_totaal=uitgewerkt.minimum_totaal is not None,
        minimum_totaal=uitgewerkt.minimum_totaal or Decimal(0),
        gemiddeld=tuple(c.titel for c in uitgewerkt.criteria if c.gemiddelde),
        tussenscores=tuple(c.titel for c in uitgewerkt.criteria if c.tussenscores),
        leden=leden,
        schaal=list_schaal(uitgewerkt),
        criteria=tuple(
            Criteriumregel(
                code=c.code,
                titel=c.titel,
                gewicht=c.gewicht,
                heeft_minimum=c.minimum is not None,
                minimum=c.minimum or 0,
                kader=c.kader,
            )
            for c in uitgewerkt.criteria
        ),
        prijs=_list_prijsregels(s.dossier, uitgewerkt),
        gelijke_stand=tuple(
            Gelijkestandregel(
                kwaliteit=regel == "hoogste_kwaliteit",
                loting=regel == "loting",
                criterium=regel.removeprefix("hoogste:") if ":" in regel else "",
            )
            for regel in uitgewerkt.gelijke_stand
        ),
        uitval_blijft=uitgewerkt.bij_uitval == "rangorde_blijft",
        uitval_herberekenen=uitgewerkt.bij_uitval == "herberekenen",
        inschrijvingen=_list_geldigheid(s.dossier, perceel, getoetst),
        toetsen=_list_toetsen(s.dossier, perceel),
        rangorde=tuple(_build_rangregel(p, namen, perceelnamen) for p in rangorde.plaatsen),
        afvallers=tuple(
            Afvaller(nummer=a.aanbieder, aanbieder=namen[a.aanbieder], reden=a.tekst) for a in afgevallen
        ),
        producten=_list_producten(uitgewerkt, rangorde),
        lotingen=tuple(
            Lotingregel(datum=f.datum, volgorde=f.volgorde, getuigen=f.getuigen)
            for f in s.dossier.list_feiten(LotingVerricht)
            if f.perceel == perceel
        ),
        lage_prijzen=tuple(
            LagePrijs(nummer=n, prijs=p) for n, p in list_lage_prijzen(s.dossier, perceel, drempel)
        ),
        prijsvragen=_list_prijsvragen(s.dossier, perceel),
        drempel=drempel,
        waarschuwingen=rangorde.waarschuwingen,
        blokken=_list_blokken(s.dossier, uitgewerkt, plaatsen, namen),
        scores=_list_scores(s.dossier, perceel, leden),
    )


def list_leden(s: Situatie[None], perceel: str) -> tuple[Lid, ...]:
    """Chair first, then everybody who scored or declared; who scored has a letter."""
    verklaringen = stand.load_belangenverklaringen(s.dossier, perceel)
    vergrendeld = stand.load_vergrendeld(s.dossier, perceel)
    momenten = stand.load_momenten(s.dossier, ScoresVergrendeld)
    voorzitters = s.regio.list_personen(Rol.VOORZITTER)
    letters = dict(zip(sorted(vergrendeld), _list_letters(len(vergrendeld)), strict=True))
    leden: list[Lid] = []
    for naam in dict.fromkeys((*voorzitters, *sorted({*vergrendeld, *verklaringen}))):
        verklaring = verklaringen.get(naam)
        scores = vergrendeld.get(naam)
        leden.append(
            Lid(
                letter=letters.get(naam, ""),
                naam=naam,
                voorzitter=naam in voorzitters,
                verklaard=verklaring is not None,
                verklaring_datum=verklaring.datum if verklaring else None,
                belang=verklaring is not None and verklaring.belang,
                gescoord=scores is not None,
                vergrendeld=momenten[id(scores)].astimezone(TIJDZONE) if scores else None,
            )
        )
    return tuple(leden)


def _list_letters(aantal: int) -> list[str]:
    """A, B … Z, then A1, B1 …"""
    basis = ascii_uppercase
    return [basis[i % len(basis)] + (str(i // len(basis)) if i >= len(basis) else "") for i in range(aantal)]


def _list_prijsregels(dossier: Dossier, uitgewerkt: PerceelUitgewerkt) -> tuple[Prijsregel, ...]:
    criterium = next((c for c in uitgewerkt.criteria if c.soort == "prijs"), None)
    if criterium is None:
        return ()
    product = load_prijsproduct(uitgewerkt)
    geopend = dossier.laatste(PrijzenGeopend, perceel=uitgewerkt.perceel)
    return (
        Prijsregel(
            product=f"{product.code} {product.naam}",
            bodem=product.tarief,
            heeft_plafond=product.prijsplafond is not None,
            plafond=product.prijsplafond or Decimal(0),
            bandbreedte=criterium.formule == "vaste_bandbreedte",
            laagste_gedeeld_door_prijs=criterium.formule == "laagste_gedeeld_door_prijs",
            relatief_lineair=criterium.formule == "relatief_lineair",
            min_max=criterium.formule == "min_max",
            rangpunten=criterium.formule == "rangpunten",
            plaatspunten=tuple(
                Plaatspunten(plaats=plaats, punten=punten)
                for plaats, punten in enumerate(criterium.rangpunten, 1)
            ),
            heeft_overig=criterium.rangpunten_overig is not None,
            overig=criterium.rangpunten_overig or Decimal(0),
            staffel=criterium.formule == "staffel",
            treden=tuple(
                Prijstrederegel(heeft_grens=t.tot is not None, tot=t.tot or Decimal(0), punten=t.punten)
                for t in criterium.staffel
            ),
            geopend=geopend is not None,
            geopend_op=dossier.moment_van(geopend).astimezone(TIJDZONE) if geopend else None,
            openers=geopend.openers if geopend else (),
        ),
    )


def _list_prijsvragen(dossier: Dossier, perceel: str) -> tuple[Prijsvraagregel, ...]:
    vragen = load_prijsvragen(dossier, perceel)
    geopend = dossier.laatste(PrijzenGeopend, perceel=perceel)
    return tuple(
        Prijsvraagregel(
            nummer=nummer,
            prijs=geopend.prijzen[nummer] if geopend else Decimal(0),
            uiterlijk=vragen.bevraagd[nummer].uiterlijk.astimezone(TIJDZONE),
            toelichting=vragen.toegelicht[nummer].toelichting,
            aanvaard=oordeel.aanvaard,
            motivering=oordeel.motivering,
        )
        for nummer, oordeel in sorted(vragen.beoordeeld.items())
    )


def _list_geldigheid(
    dossier: Dossier, perceel: str, getoetst: dict[str, InschrijvingGetoetst]
) -> tuple[Geldigheidsregel, ...]:
    regels: list[Geldigheidsregel] = []
    for inschrijving in stand.list_inschrijvingen(dossier, perceel):
        feit = getoetst.get(inschrijving.nummer)
        uitkomst = feit.uitkomst if feit else ""
        regels.append(
            Geldigheidsregel(
                nummer=inschrijving.nummer,
                aanbieder=inschrijving.aanbieder.naam,
                ontvangen=inschrijving.ontvangen.astimezone(TIJDZONE),
                geldig=uitkomst == "geldig",
                ongeldig=uitkomst == "ongeldig",
                uitgesloten=uitkomst == "uitgesloten",
                reden=feit.reden if feit else "",
            )
        )
    return tuple(regels)


def _list_toetsen(dossier: Dossier, perceel: str) -> tuple[Toetsregel, ...]:
    regels: list[Toetsregel] = []
    for feit in stand.list_opgelost(dossier):
        if feit.perceel != perceel:
            continue
        herstel = isinstance(feit, HerstelVastgelegd)
        regels.append(
            Toetsregel(
                nummer=feit.inschrijving,
                eis=feit.eis,
                herstel=herstel,
                positief=feit.hersteld if isinstance(feit, HerstelVastgelegd) else feit.uitkomst == "geldig",
                toelichting=feit.toelichting if isinstance(feit, HerstelVastgelegd) else feit.motivering,
            )
        )
    return tuple(sorted(regels, key=lambda r: (r.nummer, r.eis)))


def _build_rangregel(plaats: Rangplaats, namen: dict[str, str], percelen: Mapping[str, str]) -> Rangregel:
    return Rangregel(
        rang=plaats.rang,
        nummer=plaats.inschrijving,
        aanbieder=namen[plaats.inschrijving],
        punten=tuple(Puntregel(code=c, punten=_show_punten(p)) for c, p in plaats.punten.items()),
        totaal=_show_punten(plaats.totaal),
        kreeg_al=tuple(percelen[nummer] for nummer in plaats.kreeg_al),
    )


def _show_punten(punten: str) -> str:
    """Points are recorded as text with the announced decimals; only the decimal sign is Dutch here."""
    return punten.replace(".", ",")


def _list_producten(uitgewerkt: PerceelUitgewerkt, rangorde: RangordeVastgesteld) -> tuple[Productregel, ...]:
    regels: list[Productregel] = []
    for product in uitgewerkt.producten:
        maximum = load_maximum(product, rangorde.verdeling)
        gegund = tuple(p.inschrijving for p in rangorde.plaatsen if product.code in p.producten_gegund)
        niet = tuple(p.inschrijving for p in rangorde.plaatsen if product.code in p.producten_niet_gegund)
        regels.append(
            Productregel(
                code=product.code,
                naam=product.naam,
                heeft_maximum=maximum is not None,
                maximum=maximum or 0,
                aantal_gegadigden=len(gegund) + len(niet),
                gegund=gegund,
                niet_gegund=niet,
            )
        )
    return tuple(regels)


def _list_blokken(
    dossier: Dossier, uitgewerkt: PerceelUitgewerkt, plaatsen: dict[str, Rangplaats], namen: dict[str, str]
) -> tuple[Blok, ...]:
    """The judgment on every valid bid: in order of rank, then the bids outside the ranking."""
    titels = {c.code: c.titel for c in uitgewerkt.criteria}
    consensus = dossier.laatste(ConsensusVastgesteld, perceel=uitgewerkt.perceel)
    per_bod: dict[str, list[Oordeel]] = {}
    for oordeel in consensus.oordelen if consensus else ():
        per_bod.setdefault(oordeel.inschrijving, []).append(oordeel)
    geopend = dossier.laatste(PrijzenGeopend, perceel=uitgewerkt.perceel)
    prijzen = geopend.prijzen if geopend else {}
    buiten = [n for n in load_geldige_inschrijvingen(dossier, uitgewerkt.perceel) if n not in plaatsen]
    blokken: list[Blok] = []
    for nummer in (*plaatsen, *buiten):
        plaats = plaatsen.get(nummer)
        blokken.append(
            Blok(
                nummer=nummer,
                aanbieder=namen[nummer],
                in_rangorde=plaats is not None,
                rang=plaats.rang if plaats else 0,
                totaal=_show_punten(plaats.totaal) if plaats else "",
                gegund=plaats.producten_gegund if plaats else (),
                niet_gegund=plaats.producten_niet_gegund if plaats else (),
                heeft_prijs=nummer in prijzen,
                prijs=prijzen.get(nummer, Decimal(0)),
                oordelen=tuple(
                    Oordeelregel(
                        code=o.criterium,
                        titel=titels.get(o.criterium, o.criterium),
                        score=o.score,
                        betekenis=load_betekenis(uitgewerkt.schaal, o.score),
                        motivering=o.motivering,
                        waarom_niet_maximaal=o.waarom_niet_maximaal,
                    )
                    for o in per_bod.get(nummer, ())
                ),
            )
        )
    return tuple(blokken)


def list_losse_scores(
    dossier: Dossier, perceel: str, leden: tuple[Lid, ...]
) -> dict[tuple[str, str], list[LosseScore]]:
    """The score of each member by bid and criterion, in order of letter."""
    letters = {lid.naam: lid.letter for lid in leden if lid.letter}
    los: dict[tuple[str, str], list[LosseScore]] = {}
    for naam, feit in sorted(stand.load_vergrendeld(dossier, perceel).items()):
        for score in feit.scores:
            regel = LosseScore(letter=letters[naam], score=score.score)
            los.setdefault((score.inschrijving, score.criterium), []).append(regel)
    return los


def _list_scores(dossier: Dossier, perceel: str, leden: tuple[Lid, ...]) -> tuple[Scoreregel, ...]:
    """Every judged criterion with the score of each member beside that of the committee."""
    los = list_losse_scores(dossier, perceel, leden)
    consensus = dossier.laatste(ConsensusVastgesteld, perceel=perceel)
    return tuple(
        Scoreregel(
            nummer=o.inschrijving,
            criterium=o.criterium,
            losse=tuple(los.get((o.inschrijving, o.criterium), ())),
            consensus=o.score,
        )
        for o in (consensus.oordelen if consensus else ())
    )


BEOORDELINGSRAPPORT = Document(
    code="beoordelingsrapport",
    titel="Beoordelingsrapport",
    fase="beoordeling",
    context=BeoordelingsrapportContext,
    build=build_beoordelingsrapporten,
    voorbeeld=make_voorbeeld,
    per="perceel",
    ondertekenaar=Rol.VOORZITTER,
)
