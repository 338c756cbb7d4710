"""What each act of the assessment asks of the person who performs it; these models become forms.

Not here: what is done with the answer (besluiten) and the workbooks (werkbladen).

Must stay true: every field has a Dutch title and description; a model checks only the form of an answer; what
it means is judged by the rules, so that a user hears every objection at once.
"""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import Oordeel


class Percelen(Gegevensmodel):
    """Input of an act that concerns percelen and asks nothing more."""

    percelen: tuple[str, ...] = Field(
        min_length=1, title="Percelen", description="Nummers van de percelen, bijvoorbeeld 1 en 2"
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")


class HerstelVastleggen(Gegevensmodel):
    """What came of one request for repair."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    inschrijving: str = Field(
        title="Inschrijving", description="Nummer van de inschrijving, bijvoorbeeld I-001"
    )
    eis: str = Field(title="Eis", description="Code van de eis waarvoor herstel is gevraagd")
    hersteld: bool = Field(title="Hersteld", description="Ja als het gebrek op tijd en volledig is hersteld")
    toelichting: str = Field(
        min_length=1,
        title="Toelichting",
        description="Wat is ontvangen en wanneer, of waarom herstel uitbleef",
    )


class ToetsBeslissen(Gegevensmodel):
    """The decision of a lawyer on one requirement."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    inschrijving: str = Field(
        title="Inschrijving", description="Nummer van de inschrijving, bijvoorbeeld I-001"
    )
    eis: str = Field(title="Eis", description="Code van de eis waarover u beslist")
    uitkomst: Literal["geldig", "ongeldig", "uitgesloten"] = Field(
        title="Uitkomst",
        description="geldig: voldoet; ongeldig: voldoet niet; uitgesloten: er geldt een uitsluitingsgrond",
    )
    motivering: str = Field(min_length=1, title="Motivering", description="Regel, feiten en afweging")
    gehoord: str = Field(
        default="",
        title="Gehoord",
        description="Bij uitsluiting verplicht: wanneer de inschrijver is gehoord en wat hij aanvoerde",
    )
    evenredigheid: str = Field(
        default="",
        title="Evenredigheid",
        description="Bij uitsluiting verplicht: waarom uitsluiting in verhouding staat tot wat er is gebeurd",
    )


class BelangenverklaringAfleggen(Gegevensmodel):
    """The declaration of an assessor."""

    percelen: tuple[str, ...] = Field(
        min_length=1, title="Percelen", description="Nummers van de percelen waarvoor u verklaart"
    )
    belang: bool = Field(
        title="Persoonlijk belang",
        description="Ja bij een persoonlijk, zakelijk of financieel belang bij een van de inschrijvers",
    )
    toelichting: str = Field(
        default="",
        title="Toelichting",
        description="Verplicht bij een belang: welk belang en bij welke inschrijver",
    )


class ScoreRegel(Gegevensmodel):
    """One score of the assessor who sends it in."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    inschrijving: str = Field(
        title="Inschrijving", description="Nummer van de inschrijving, bijvoorbeeld I-001"
    )
    criterium: str = Field(title="Criterium", description="Code van het kwaliteitscriterium, bijvoorbeeld K1")
    score: int = Field(title="Score", description="Een punt van de aangekondigde schaal")
    motivering: str = Field(
        default="", title="Motivering", description="Waarom deze score, volgens het kader"
    )


class ScoresVergrendelen(Gegevensmodel):
    """All scores of one assessor for the percelen that are named; afterwards they are locked."""

    percelen: tuple[str, ...] = Field(
        min_length=1, title="Percelen", description="Nummers van de percelen waarvan u alle scores inlevert"
    )
    scores: tuple[ScoreRegel, ...] = Field(
        title="Scores", description="Een score met motivering per geldige inschrijving en kwaliteitscriterium"
    )


class ConsensusVaststellen(Gegevensmodel):
    """The committee's judgment on every valid bid of one perceel."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    oordelen: tuple[Oordeel, ...] = Field(
        title="Oordelen", description="Een score met redenen per geldige inschrijving en kwaliteitscriterium"
    )


class PrijzenOpenen(Gegevensmodel):
    """Which sealed prices are opened, and by whom."""

    percelen: tuple[str, ...] = Field(
        min_length=1, title="Percelen", description="Nummers van de percelen waarvan de prijzen opengaan"
    )
    openers: tuple[str, str] = Field(
        title="Openers", description="De twee verschillende personen die de prijzen samen openen"
    )


class RangordeVaststellen(Gegevensmodel):
    """Which rankings are adopted, and what draws took place."""

    percelen: tuple[str, ...] = Field(
        min_length=1, title="Percelen", description="Nummers van de percelen waarvan u de rangorde vaststelt"
    )
    loting: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        title="Loting",
        description="Per perceel de inschrijvingen in de volgorde van de trekking; leeg zonder loting",
    )
    getuigen: tuple[str, ...] = Field(
        default=(), title="Getuigen", description="Functies van de getuigen of de notaris bij de loting"
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")


class VertrouwelijkAanmerken(Gegevensmodel):
    """What a bidder marked as confidential."""

    inschrijving: str = Field(
        title="Inschrijving", description="Nummer van de inschrijving, bijvoorbeeld I-001"
    )
    passages: tuple[str, ...] = Field(
        min_length=1,
        title="Passages",
        description="De tekst zoals die in de inschrijving staat; geen tekst voor anderen mag haar herhalen",
    )
    grond: str = Field(
        min_length=1, title="Grond", description="Waarom de inschrijver dit vertrouwelijk noemt"
    )


VRAGEN_LAGE_PRIJS = (
    "Welke kosten per eenheid liggen aan uw prijs ten grondslag: beroepskracht, overhead, niet-productieve uren, "
    "reistijd, scholing en overige kosten?",
    "Hoe houdt u zich bij deze prijs aan de cao, de arbeidsvoorwaarden en de andere wettelijke verplichtingen?",
    "Welke omstandigheden, werkwijze of middelen maken deze prijs mogelijk, en blijft dat zo tijdens de looptijd?",
)


class ToelichtingPrijsVragen(Gegevensmodel):
    """Which bidders must explain their price, what is asked and until when."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    inschrijvingen: tuple[str, ...] = Field(
        min_length=1, title="Inschrijvingen", description="Nummers van de inschrijvingen met een lage prijs"
    )
    uiterlijk: AwareDatetime = Field(
        title="Uiterlijk", description="Moment waarvoor de toelichting binnen moet zijn"
    )
    vragen: tuple[str, ...] = Field(
        default=VRAGEN_LAGE_PRIJS,
        min_length=1,
        title="Vragen",
        description="Wat de inschrijver moet toelichten",
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")


class ToelichtingPrijsVastleggen(Gegevensmodel):
    """What came of one request to explain a price."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    inschrijving: str = Field(
        title="Inschrijving", description="Nummer van de inschrijving, bijvoorbeeld I-001"
    )
    ontvangen: AwareDatetime | None = Field(
        default=None, title="Ontvangen", description="Moment van ontvangst; leeg als er niets is ontvangen"
    )
    toelichting: str = Field(
        min_length=1,
        title="Toelichting",
        description="Wat de inschrijver toelicht, of dat niets is ontvangen",
    )


class LagePrijsBeoordelen(Gegevensmodel):
    """What the explanation of a low price leads to."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    inschrijving: str = Field(
        title="Inschrijving", description="Nummer van de inschrijving, bijvoorbeeld I-001"
    )
    aanvaard: bool = Field(
        title="Aanvaard", description="Ja: de prijs telt mee; nee: de inschrijving is ongeldig"
    )
    motivering: str = Field(
        min_length=1,
        title="Motivering",
        description="Waarom de toelichting overtuigt of niet; bij afwijzing leest de inschrijver deze tekst",
    )


class HerbeoordelingOpenen(Gegevensmodel):
    """Which percelen are assessed again, why, and by whom."""

    percelen: tuple[str, ...] = Field(
        min_length=1, title="Percelen", description="Nummers van de percelen die opnieuw worden beoordeeld"
    )
    motivering: str = Field(
        min_length=1, title="Motivering", description="Waarom, bijvoorbeeld de uitspraak van de rechter"
    )
    nieuwe_commissie: bool = Field(
        default=True,
        title="Nieuwe commissie",
        description="Ja: wie eerder scoorde in dit perceel, scoort niet opnieuw",
    )
