"""What each act of the market consultation asks and records.

Reading workbooks is done in inlezen.py, figures are counted in uitkomst.py, and whether an act may be done
is judged in regels.py. Two facts leave this stage: ConsultatieverslagVastgesteld (see domain.feiten) is
what later stages read; everything else is recorded here and read here.

Grondslag: there is no article on market consultations; the principles of equal treatment and transparency
and the duty to be proportional (Aw 2012 art. 1.10) bind (FEITEN 1.3, 2.1 and 3.1).
Must stay true: what was registered stays; a later registration of the same party, or of the same answer,
counts instead of the earlier one, and never takes anything else away.
Trap: the last day to react counts in full, so closing is possible from the day after, by Dutch time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import BeleidskaderVastgesteld, ConsultatieverslagVastgesteld, Partij
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit, GeenInvoer

Gevolg = Literal["overgenomen", "deels", "niet"]


# --- what is recorded -------------------------------------------------------------------------------------


class PartijenGeregistreerd(Feit):
    """Parties that will be invited; a party with a known key replaces the earlier entry."""

    partijen: tuple[Partij, ...]


class ConsultatieGeopend(Feit):
    """The consultation was opened; reactions are welcome up to and including `sluit_op`."""

    sluit_op: date
    datum_bijeenkomst: date | None
    bijeenkomst: str
    vindplaats: str


class Vraagscore(Gegevensmodel):
    """The score that a party gave to a scale question."""

    partij: str = Field(title="Partij", description="Sleutel van de partij")
    vraag: str = Field(title="Vraag", description="Code van de vraag")
    score: int = Field(title="Score", description="Punt op de schaal van de vragenlijst")


class Vraagantwoord(Gegevensmodel):
    """The words that a party gave in answer to an open question."""

    partij: str = Field(title="Partij", description="Sleutel van de partij")
    vraag: str = Field(title="Vraag", description="Code van de vraag")
    antwoord: str = Field(title="Antwoord", description="Het antwoord in woorden", min_length=1)


class ReactiesGeregistreerd(Feit):
    """Reactions came in; a later score or answer to the same question by the same party counts."""

    scores: tuple[Vraagscore, ...]
    antwoorden: tuple[Vraagantwoord, ...]


class ConsultatieGesloten(Feit):
    """The period to react is over; `uitgenodigd` and `gereageerd` count parties."""

    gesloten_op: date
    uitgenodigd: int
    gereageerd: int


class Themabesluit(Gegevensmodel):
    """What is done with the reactions on one theme."""

    thema: str = Field(title="Thema", description="Code van het thema")
    gevolg: Gevolg = Field(title="Gevolg", description="overgenomen, deels of niet")
    samenvatting: str = Field(
        default="", title="Wat is gezegd", description="Samenvatting zonder namen en bedrijfsgegevens"
    )
    actie: str = Field(default="", title="Wat wij ermee doen", description="Waar de reacties in terugkomen")
    motivering: str = Field(
        default="", title="Waarom (niet)", description="Verplicht als reacties deels of niet zijn overgenomen"
    )


class Antwoordverwijzing(Gegevensmodel):
    """Points at one open answer."""

    partij: str = Field(title="Partij", description="Sleutel van de partij")
    vraag: str = Field(title="Vraag", description="Code van de vraag")


class ReactiesVerwerkt(Feit):
    """What is done with the reactions, theme by theme, and how the playing field is kept level."""

    themas: tuple[Themabesluit, ...]
    maatregelen: tuple[str, ...]
    niet_opnemen: tuple[Antwoordverwijzing, ...]
    motivering: str


# --- what is asked ----------------------------------------------------------------------------------------


class BeleidskaderVaststellen(Gegevensmodel):
    """Input: one municipality adopted its policy frame."""

    gemeente: str = Field(title="Gemeente", description="Code van de gemeente, zoals in de regio")
    orgaan: str = Field(
        title="Orgaan", description="Gemeenteraad of college, voluit", min_length=1, max_length=100
    )
    datum: date = Field(title="Datum van het besluit", description="Dag waarop het kader is vastgesteld")
    kenmerk: str = Field(title="Kenmerk", description="Zaaknummer of titel van het besluit", min_length=1)
    toevoegingen: tuple[str, ...] = Field(
        default=(),
        title="Toevoegingen",
        description="Wat het orgaan aan het kader toevoegde, bijvoorbeeld met een amendement",
    )
    tegelijk: tuple[str, ...] = Field(
        default=(),
        title="Tegelijk aangeboden trajecten",
        description="Codes van trajecten die op hetzelfde moment aan dit orgaan zijn aangeboden",
    )


class PartijenRegistreren(Gegevensmodel):
    """Input: the parties to invite."""

    partijen: tuple[Partij, ...] = Field(
        title="Partijen", description="Wie wordt uitgenodigd, met stakeholdergroep en adres", min_length=1
    )


class ConsultatieOpenen(Gegevensmodel):
    """Input: how long the consultation is open, and whether there is a meeting."""

    sluit_op: date = Field(
        title="Reageren tot en met", description="Laatste dag; reageren kan tot het einde van die dag"
    )
    datum_bijeenkomst: date | None = Field(
        default=None, title="Datum van de bijeenkomst", description="Leeg als er geen bijeenkomst is"
    )
    bijeenkomst: str = Field(
        default="", title="Tijd en plaats van de bijeenkomst", description="Of hoe men online meedoet"
    )
    vindplaats: str = Field(
        default="", title="Vindplaats van de stukken", description="Website waar iedereen de stukken vindt"
    )
    motivering: str = Field(
        default="", title="Motivering", description="Nodig als u van een uitgangspunt afwijkt"
    )


class ReactiesRegistreren(Gegevensmodel):
    """Input: reactions that came in; usually read from a workbook."""

    scores: tuple[Vraagscore, ...] = Field(
        default=(), title="Scores", description="Antwoorden op schaalvragen"
    )
    antwoorden: tuple[Vraagantwoord, ...] = Field(
        default=(), title="Antwoorden", description="Antwoorden op open vragen"
    )


class VerslagVaststellen(Gegevensmodel):
    """Input: what is done with the reactions, and why not."""

    themas: tuple[Themabesluit, ...] = Field(
        title="Gevolg per thema", description="Voor elk thema wat er met de reacties gebeurt"
    )
    maatregelen: tuple[str, ...] = Field(
        default=(),
        title="Maatregelen gelijk speelveld",
        description="Wat voorkomt dat deelnemers later voordeel hebben",
    )
    niet_opnemen: tuple[Antwoordverwijzing, ...] = Field(
        default=(),
        title="Antwoorden die niet in het verslag komen",
        description="Antwoorden met bedrijfsgevoelige of herleidbare inhoud",
    )
    motivering: str = Field(
        default="", title="Motivering", description="Nodig als u van een uitgangspunt afwijkt"
    )


# --- reading what was recorded ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Reacties:
    """Scores and answers that count, by (party, question)."""

    scores: Mapping[tuple[str, str], int]
    antwoorden: Mapping[tuple[str, str], str]

    @property
    def partijen(self) -> frozenset[str]:
        """Keys of the parties that reacted."""
        return frozenset(partij for partij, _ in (*self.scores, *self.antwoorden))


def list_beleidskaders(dossier: Dossier) -> Mapping[str, BeleidskaderVastgesteld]:
    """The last adopted policy frame per municipality code."""
    return {feit.gemeente: feit for feit in dossier.list_feiten(BeleidskaderVastgesteld)}


def list_partijen(dossier: Dossier) -> tuple[Partij, ...]:
    """Every registered party once, as last registered, in the order of first registration."""
    partijen: dict[str, Partij] = {}
    for feit in dossier.list_feiten(PartijenGeregistreerd):
        partijen.update({partij.sleutel: partij for partij in feit.partijen})
    return tuple(partijen.values())


def load_reacties(dossier: Dossier) -> Reacties:
    """The scores and answers that count: the last one per party and question."""
    scores: dict[tuple[str, str], int] = {}
    antwoorden: dict[tuple[str, str], str] = {}
    for feit in dossier.list_feiten(ReactiesGeregistreerd):
        scores.update({(s.partij, s.vraag): s.score for s in feit.scores})
        antwoorden.update({(a.partij, a.vraag): a.antwoord for a in feit.antwoorden})
    return Reacties(scores, antwoorden)


# --- what is decided --------------------------------------------------------------------------------------


def decide_beleidskader(s: Situatie[BeleidskaderVaststellen]) -> Besluit:
    """Record that one municipality adopted its policy frame."""
    return Besluit(feiten=(BeleidskaderVastgesteld(**s.invoer.model_dump()),))


def decide_partijen(s: Situatie[PartijenRegistreren]) -> Besluit:
    """Record who will be invited."""
    return Besluit(feiten=(PartijenGeregistreerd(partijen=s.invoer.partijen),))


def decide_opening(s: Situatie[ConsultatieOpenen]) -> Besluit:
    """Record the opening with its last day."""
    return Besluit(feiten=(ConsultatieGeopend(**s.invoer.model_dump(exclude={"motivering"})),))


def decide_reacties(s: Situatie[ReactiesRegistreren]) -> Besluit:
    """Record the reactions."""
    return Besluit(feiten=(ReactiesGeregistreerd(scores=s.invoer.scores, antwoorden=s.invoer.antwoorden),))


def decide_sluiting(s: Situatie[GeenInvoer]) -> Besluit:
    """Record the closing with the number of parties that were invited and that reacted."""
    feit = ConsultatieGesloten(
        gesloten_op=s.vandaag,
        uitgenodigd=len(list_partijen(s.dossier)),
        gereageerd=len(load_reacties(s.dossier).partijen),
    )
    return Besluit(feiten=(feit,))


def decide_verslag(s: Situatie[VerslagVaststellen]) -> Besluit:
    """Record the report: who took part, and what is done with the reactions, themes in the file's order."""
    volgorde = {thema.code: nummer for nummer, thema in enumerate(s.dossier.aanbesteding.consultatie.themas)}
    themas = tuple(sorted(s.invoer.themas, key=lambda besluit: volgorde[besluit.thema]))
    return Besluit(
        feiten=(
            ReactiesVerwerkt(
                themas=themas,
                maatregelen=s.invoer.maatregelen,
                niet_opnemen=s.invoer.niet_opnemen,
                motivering=s.invoer.motivering,
            ),
            ConsultatieverslagVastgesteld(
                deelnemers=tuple(sorted(load_reacties(s.dossier).partijen)), vastgesteld_op=s.vandaag
            ),
        )
    )


def check_sluiting(s: Situatie[None]) -> GeenInvoer | None:
    """Input to close the consultation when its last day is over in the Netherlands, else None."""
    geopend = s.dossier.laatste(ConsultatieGeopend)
    open_percelen = s.dossier.list_onderwerpen("perceel", frozenset({"consultatie_open"}))
    return GeenInvoer() if geopend and open_percelen and s.vandaag > geopend.sluit_op else None
