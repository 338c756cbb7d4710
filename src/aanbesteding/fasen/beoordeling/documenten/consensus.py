"""The record of the consensus meeting of one perceel: who scored what, and the committee's one score with one reason.

It is made when quality is locked, before any price is opened, and it is the source for the report and the
letters. The internal remarks of the committee stand here and nowhere else.

Grondslag: the announced way of assessing; FEITEN 3.5 and 4.5.
Must stay true: individual scores stand beside the committee's score, dated, and are never replaced by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.domain.aangekondigde_rangorde import load_betekenis
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import ConsensusVastgesteld, Oordeel, PerceelUitgewerkt, Schaalpunt
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.documenten.formulieren import Schaalregel, list_schaal
from aanbesteding.fasen.beoordeling.documenten.kop import build_kop
from aanbesteding.fasen.beoordeling.documenten.rapport import list_leden, list_losse_scores
from aanbesteding.fasen.beoordeling.documenten.rapport_context import Lid, LosseScore
from aanbesteding.fasen.beoordeling.documenten.rapport_voorbeeld import EEN, TWEE, make_leden


class Verslagoordeel(Gegevensmodel):
    """The committee's judgment on one criterion, with the scores it started from."""

    code: str = Field(description="Code van het criterium")
    titel: str = Field(description="Titel van het criterium")
    losse: tuple[LosseScore, ...] = Field(description="Score per lid, gegeven vóór het overleg")
    uiteen: bool = Field(description="Waar als niet alle leden dezelfde score gaven")
    score: int = Field(description="De score van de commissie")
    betekenis: str = Field(description="Betekenis van de score op de schaal")
    motivering: str = Field(description="Reden van de score, zoals de inschrijver haar leest")
    waarom_niet_maximaal: str = Field(description="Wat ontbrak voor de hoogste score; leeg bij de hoogste")
    intern: str = Field(
        description="Opmerking voor het dossier, die niet naar de inschrijver gaat; kan leeg zijn"
    )


class Verslagblok(Gegevensmodel):
    """The judgment on one bid."""

    nummer: str = Field(description="Nummer van de inschrijving")
    aanbieder: str = Field(description="Naam van de inschrijver")
    oordelen: tuple[Verslagoordeel, ...] = Field(description="Oordeel per kwaliteitscriterium")


class ConsensusverslagContext(DocumentContext):
    """What the record of the consensus meeting may use."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Titel van de aanbesteding")
    perceel: str = Field(description="Nummer en titel van het perceel")
    vastgesteld: datetime | None = Field(description="Wanneer de commissie haar oordeel vaststelde")
    leden: tuple[Lid, ...] = Field(description="Voorzitter en leden van de commissie")
    schaal: tuple[Schaalregel, ...] = Field(description="De aangekondigde schaal")
    inschrijvingen: tuple[Verslagblok, ...] = Field(description="Oordeel per inschrijving")
    met_prijs: bool = Field(description="Waar als prijs een gunningscriterium is")
    gemiddeld: tuple[str, ...] = Field(
        description="Titels van de criteria waarvan de score het aangekondigde gemiddelde is"
    )


def build_consensusverslagen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One record per perceel of this act in which the committee judged."""
    for perceel in s.onderwerpen:
        uitgewerkt = s.dossier.laatste(PerceelUitgewerkt, perceel=perceel)
        consensus = s.dossier.laatste(ConsensusVastgesteld, perceel=perceel)
        if uitgewerkt is None or consensus is None or not consensus.oordelen:
            continue
        naam = s.dossier.aanbesteding.load_perceel(perceel).naam
        leden = list_leden(s, perceel)
        context = ConsensusverslagContext(
            document=build_kop(s, "CV", f"P{perceel}", naam, "vastgesteld, vertrouwelijk"),
            aanbesteding=s.dossier.aanbesteding.titel,
            perceel=naam,
            vastgesteld=s.dossier.moment_van(consensus).astimezone(TIJDZONE),
            leden=leden,
            schaal=list_schaal(uitgewerkt),
            inschrijvingen=_list_blokken(s, uitgewerkt, consensus, leden),
            met_prijs=stand.heeft_prijscriterium(s.dossier, perceel),
            gemiddeld=tuple(c.titel for c in uitgewerkt.criteria if c.gemiddelde),
        )
        yield Exemplaar(Ontvanger(f"perceel-{perceel}", naam), context)


def _list_blokken(
    s: Situatie[None], uitgewerkt: PerceelUitgewerkt, consensus: ConsensusVastgesteld, leden: tuple[Lid, ...]
) -> tuple[Verslagblok, ...]:
    namen = {i.nummer: i.aanbieder.naam for i in stand.list_inschrijvingen(s.dossier, uitgewerkt.perceel)}
    titels = {c.code: c.titel for c in uitgewerkt.criteria}
    los = list_losse_scores(s.dossier, uitgewerkt.perceel, leden)
    per_bod: dict[str, list[Verslagoordeel]] = {}
    for oordeel in consensus.oordelen:
        losse = tuple(los.get((oordeel.inschrijving, oordeel.criterium), ()))
        per_bod.setdefault(oordeel.inschrijving, []).append(
            _build_oordeel(oordeel, losse, titels, uitgewerkt.schaal)
        )
    return tuple(
        Verslagblok(nummer=nummer, aanbieder=namen[nummer], oordelen=tuple(oordelen))
        for nummer, oordelen in per_bod.items()
    )


def _build_oordeel(
    oordeel: Oordeel, losse: tuple[LosseScore, ...], titels: dict[str, str], schaal: tuple[Schaalpunt, ...]
) -> Verslagoordeel:
    return Verslagoordeel(
        code=oordeel.criterium,
        titel=titels.get(oordeel.criterium, oordeel.criterium),
        losse=losse,
        uiteen=len({los.score for los in losse}) > 1,
        score=oordeel.score,
        betekenis=load_betekenis(schaal, oordeel.score),
        motivering=oordeel.motivering,
        waarom_niet_maximaal=oordeel.waarom_niet_maximaal,
        intern=oordeel.intern,
    )


def make_voorbeeld_consensusverslag() -> ConsensusverslagContext:
    """An invented example."""
    samenwerking = Verslagoordeel(
        code="K1",
        titel="Samenwerking",
        losse=(LosseScore(letter="A", score=6), LosseScore(letter="B", score=8)),
        uiteen=True,
        score=6,
        betekenis="voldoende",
        motivering="U beschrijft met wie u samenwerkt. De afspraken met de toegang zijn herkenbaar.",
        waarom_niet_maximaal="U beschrijft niet hoe vaak u afstemt en hoe u het resultaat meet.",
        intern="Lid B zag eerst ook een meting van het resultaat; die staat bij een ander criterium (verzonnen).",
    )
    kwaliteit = samenwerking.model_copy(
        update={
            "code": "K2",
            "titel": "Kwaliteit",
            "losse": (LosseScore(letter="A", score=10), LosseScore(letter="B", score=10)),
            "uiteen": False,
            "score": 10,
            "betekenis": "uitstekend",
            "motivering": "U toont met cijfers over drie jaar aan dat u leert van klachten.",
            "waarom_niet_maximaal": "",
            "intern": "",
        }
    )
    return ConsensusverslagContext(
        document=Documentkop(
            ondertitel="Perceel 1: Wmo – Proefperceel 1 (verzonnen)",
            kenmerk="PROEF-CV-P1",
            datum=date(2026, 6, 25),
            status="vastgesteld, vertrouwelijk",
        ),
        aanbesteding="Proefinkoop 2027 (verzonnen)",
        perceel="Perceel 1: Wmo – Proefperceel 1 (verzonnen)",
        vastgesteld=datetime(2026, 6, 25, 15, 30, tzinfo=TIJDZONE),
        leden=make_leden(),
        schaal=(
            Schaalregel(punt=10, betekenis="uitstekend", uitleg="Alle onderdelen zijn overtuigend."),
            Schaalregel(punt=6, betekenis="voldoende", uitleg="De hoofdzaken zijn duidelijk."),
        ),
        inschrijvingen=(
            Verslagblok(nummer="I-001", aanbieder=EEN, oordelen=(samenwerking, kwaliteit)),
            Verslagblok(nummer="I-002", aanbieder=TWEE, oordelen=(kwaliteit,)),
        ),
        met_prijs=True,
        gemiddeld=(),
    )


CONSENSUSVERSLAG = Document(
    code="consensusverslag",
    titel="Consensusverslag",
    fase="beoordeling",
    context=ConsensusverslagContext,
    build=build_consensusverslagen,
    voorbeeld=make_voorbeeld_consensusverslag,
    per="perceel",
    ondertekenaar=Rol.VOORZITTER,
)
