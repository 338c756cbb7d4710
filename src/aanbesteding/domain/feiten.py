"""The facts by which stages speak to each other, from consultation to entry.

A stage never calls another stage; it reads what was recorded here. Facts that stay inside one stage are in
that stage's besluiten.py.

Must stay true: a fact holds what was decided, with everything a later document must be able to show; nothing
here is computed again from somewhere else.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feit import Feit, HandelingVerricht, MotiveringVastgelegd, StatusGewijzigd
from aanbesteding.domain.onderneming import Adres, Onderneming
from aanbesteding.domain.zegel import EnveloppenGeopend, EnveloppenVerzegeld, OpenersAangewezen

# --- marktconsultatie -------------------------------------------------------------------------------------


class Partij(Gegevensmodel):
    """A party that is invited to the consultation."""

    sleutel: str = Field(
        pattern=r"^[a-z0-9-]+$",
        title="Sleutel",
        description="Vaste sleutel van de partij: kleine letters, cijfers en streepjes",
    )
    naam: str = Field(title="Naam", description="Naam van de organisatie")
    groep: str = Field(title="Groep", description="Code van de doelgroep van de consultatie")
    adres: Adres = Field(title="Adres", description="Postadres in Nederland")
    email: str = Field(title="E-mailadres", description="Adres waarop de partij de uitnodiging krijgt")


class BeleidskaderVastgesteld(Feit):
    """A municipality adopted its policy frame; `orgaan` is the body that did so.

    `toevoegingen` is what that body added; `tegelijk` names the tracks that were offered at the same moment.
    """

    gemeente: str
    orgaan: str
    datum: date
    kenmerk: str
    toevoegingen: tuple[str, ...] = ()
    tegelijk: tuple[str, ...] = ()


class ConsultatieverslagVastgesteld(Feit):
    """The consultation report was adopted; participants are kept for the level playing field."""

    deelnemers: tuple[str, ...]
    vastgesteld_op: date


# --- publicatie -------------------------------------------------------------------------------------------


class PuntBeslist(Feit):
    """An open point of the source text was decided, with the reason."""

    punt: str
    waarde: str
    motivering: str


class LokaleAfwijkingVastgelegd(Feit):
    """A municipality chose a local approach for one subject in these percelen (couleur locale)."""

    gemeente: str
    percelen: tuple[str, ...]
    onderwerp: str
    tekst: str
    orgaan: str
    datum: date
    kenmerk: str


class Kostprijselement(Gegevensmodel):
    """One element of a tariff, with its source. `code` is a letter of the decree (a–f Wmo, a–d Jeugd)."""

    code: str = Field(
        title="Letter",
        description="Letter van het kostprijselement in het besluit (Wmo a tot en met f, Jeugd a tot en met d)",
    )
    omschrijving: str = Field(title="Omschrijving", description="Wat het element omvat")
    bedrag: Decimal = Field(title="Bedrag", description="Bedrag in euro per eenheid")
    bron: str = Field(title="Bron", description="Waar het bedrag vandaan komt")
    jaar: int = Field(title="Jaar", description="Jaar waarvoor het bedrag geldt")


class Product(Gegevensmodel):
    """A product inside a perceel, with its tariff and how many providers at most get a contract for it."""

    code: str = Field(
        pattern=r"^[0-9A-Z]{5}$", title="Productcode", description="Vijf cijfers of hoofdletters"
    )
    naam: str = Field(title="Naam", description="Naam van het product")
    omschrijving: str = Field(title="Omschrijving", description="Wat het product omvat")
    productcategorie: str = Field(
        pattern=r"^[0-9]{2}$", title="Productcategorie", description="Twee cijfers uit de landelijke lijst"
    )
    eenheid: str = Field(title="Eenheid", description="Waarin wordt afgerekend, bijvoorbeeld uur of etmaal")
    tarief: Decimal = Field(gt=0, title="Tarief", description="Tarief in euro per eenheid")
    vrije_prijs: bool = Field(
        default=False,
        description="Inschrijvers bieden een prijs; het tarief is de ondergrens",
        title="Vrije prijs",
    )
    prijsplafond: Decimal | None = Field(
        default=None,
        title="Prijsplafond",
        description="Hoogste prijs in euro per eenheid; leeg als er geen plafond is",
    )
    maximum_aanbieders: int | None = Field(
        default=None,
        ge=1,
        title="Maximumaantal aanbieders",
        description="Hoeveel aanbieders ten hoogste een overeenkomst krijgen; leeg als er geen maximum is",
    )
    kostprijs: tuple[Kostprijselement, ...] = Field(
        title="Opbouw van het tarief", description="De elementen van de kostprijs, elk met zijn bron"
    )
    indexering: str = Field(title="Indexering", description="Hoe het tarief jaarlijks wordt aangepast")


class Schaalpunt(Gegevensmodel):
    """A point of the assessment scale with its meaning."""

    punt: int = Field(title="Punt", description="Het schaalpunt, een geheel getal")
    betekenis: str = Field(title="Betekenis", description="Het woord bij dit punt, bijvoorbeeld goed")
    uitleg: str = Field(title="Uitleg", description="Wanneer een beoordelaar dit punt geeft")


class Prijstrede(Gegevensmodel):
    """A step of a staffel: a price below `tot` earns `punten`; the last step has no `tot`."""

    tot: Decimal | None = Field(
        default=None,
        gt=0,
        title="Prijs tot",
        description="Grens van de trede in euro; leeg bij de laatste trede",
    )
    punten: Decimal = Field(ge=0, title="Punten", description="Punten voor een prijs in deze trede")


class Criterium(Gegevensmodel):
    """An award criterion. `gewicht` is the maximum number of points.

    `staffel` and `rangpunten` (with `rangpunten_overig` for every later place) belong to the price formula of
    that name; `tussenscores` and `gemiddelde` belong to quality.
    """

    code: str = Field(
        pattern=r"^[A-Z][0-9]?$",
        title="Code",
        description="Hoofdletter, eventueel met een cijfer, bijvoorbeeld K1",
    )
    soort: Literal["kwaliteit", "prijs"] = Field(title="Soort", description="kwaliteit of prijs")
    titel: str = Field(title="Titel", description="Korte naam van het gunningscriterium")
    vraag: str = Field(title="Vraag", description="Wat de inschrijver beantwoordt")
    gewicht: Decimal = Field(gt=0, title="Gewicht", description="Hoogste aantal punten voor dit criterium")
    kader: tuple[str, ...] = Field(
        description="Waar beoordelaars op letten; motiveringen sluiten hierop aan", title="Beoordelingskader"
    )
    minimum: int | None = Field(
        default=None, description="Schaalpunt dat ten minste nodig is", title="Minimumscore"
    )
    tussenscores: bool = Field(
        default=False,
        description="Of hele scores tussen de punten van de schaal gegeven mogen worden",
        title="Tussenscores",
    )
    gemiddelde: bool = Field(
        default=False,
        description="Of de score het gemiddelde van de beoordelaars is, afgerond op een hele score",
        title="Gemiddelde score",
    )
    formule: str | None = Field(
        default=None, title="Prijsformule", description="Naam van de formule; leeg bij kwaliteit"
    )
    staffel: tuple[Prijstrede, ...] = Field(
        default=(), description="Treden van de formule staffel", title="Staffel"
    )
    rangpunten: tuple[Decimal, ...] = Field(
        default=(),
        description="Punten per prijsplaats; leeg: de formule verdeelt ze gelijk",
        title="Punten per plaats",
    )
    rangpunten_overig: Decimal | None = Field(
        default=None,
        ge=0,
        description="Punten voor elke prijsplaats na de genoemde",
        title="Punten voor latere plaatsen",
    )
    doelen: tuple[str, ...] = Field(
        default=(), description="Codes van de inkoopdoelen waar dit criterium bij hoort", title="Inkoopdoelen"
    )


class Minimum(Gegevensmodel):
    """A number that a bidder must reach; `gezamenlijk`: members of an alliance add up."""

    aantal: int = Field(ge=1, title="Aantal", description="Hoeveel er ten minste nodig zijn")
    eenheid: str = Field(
        min_length=1, title="Eenheid", description="Waarvan, bijvoorbeeld cliënten in de regio"
    )
    gezamenlijk: bool = Field(
        title="Samen te halen", description="Of leden van een samenwerkingsverband hun aantallen optellen"
    )


class Eis(Gegevensmodel):
    """A requirement that a bid or an applicant must meet.

    `toets`: "systeem" when the answer itself decides, "mens" when a person must judge the evidence.
    """

    code: str = Field(
        pattern=r"^[A-Z]{1,2}[0-9]{1,2}$",
        title="Code",
        description="Een of twee hoofdletters met een nummer, bijvoorbeeld G1",
    )
    soort: Literal["volledigheid", "uitsluiting", "geschiktheid", "minimumeis"] = Field(
        title="Soort", description="volledigheid, uitsluiting, geschiktheid of minimumeis"
    )
    tekst: str = Field(title="Tekst", description="De eis zoals die in de stukken staat")
    bewijs: str = Field(title="Bewijs", description="Waarmee wordt aangetoond dat aan de eis is voldaan")
    toets: Literal["systeem", "mens"] = Field(
        title="Toets",
        description="systeem als het antwoord zelf beslist, mens als iemand het bewijs moet beoordelen",
    )
    herstelbaar: bool = Field(
        default=True, title="Herstelbaar", description="Of een gebrek mag worden hersteld"
    )
    bron: str = Field(title="Bron", description="Waar de eis vandaan komt")
    minimum: Minimum | None = Field(
        default=None, title="Minimum", description="Alleen als de inschrijver een aantal moet halen"
    )


class PerceelUitgewerkt(Feit):
    """A perceel is worked out: products and tariffs, requirements, award criteria and their arithmetic."""

    perceel: str
    producten: tuple[Product, ...] = Field(min_length=1)
    eisen: tuple[Eis, ...] = Field(min_length=1)
    criteria: tuple[Criterium, ...]
    schaal: tuple[Schaalpunt, ...]
    gelijke_stand: tuple[str, ...]
    bij_uitval: Literal["rangorde_blijft", "herberekenen"] | None
    decimalen: int = Field(ge=0, le=6)
    afrondingsmoment: Literal["eind", "per_criterium", "weergave"] = "eind"
    minimum_totaal: Decimal | None = None
    raming_per_jaar: Decimal = Field(gt=0)
    maximale_waarde: Decimal | None
    motivering: str


class PlanningVastgesteld(Feit):
    """The dates of the procedure; times are in Europe/Amsterdam."""

    publicatie: date
    vragen_tot: AwareDatetime
    nota_uiterlijk: date
    sluiting: AwareDatetime
    gunningsbeslissing: date
    definitieve_gunning: date
    ingang: date


class AanbestedingGepubliceerd(Feit):
    """The notice was dispatched and the documents are available to all.

    `sluiting` is empty in an open house: there every round has its own last moment.
    """

    verzonden: AwareDatetime
    sluiting: AwareDatetime | None = None


class SluitingVerplaatst(Feit):
    """The closing moment moved to a later moment, for everyone."""

    sluiting: AwareDatetime
    motivering: str


class Rectificatieregel(Gegevensmodel):
    """One correction of a published document."""

    document: str = Field(title="Document", description="Stuk dat verandert", min_length=1)
    vindplaats: str = Field(title="Vindplaats", description="Hoofdstuk, artikel of bladzijde", min_length=1)
    oude_tekst: str = Field(title="Oude tekst", description="De tekst zoals die was", min_length=1)
    nieuwe_tekst: str = Field(title="Nieuwe tekst", description="De tekst zoals die wordt", min_length=1)


class RectificatieGepubliceerd(Feit):
    """A correction notice was sent, the same for everyone at the same moment."""

    nummer: int
    verzonden: AwareDatetime
    wijzigingen: tuple[Rectificatieregel, ...]
    reden: str
    oude_sluiting: AwareDatetime
    nieuwe_sluiting: AwareDatetime | None = None


class Inschrijving(Gegevensmodel):
    """What is known of a bid before it is opened: who, when, for which percelen."""

    nummer: str = Field(pattern=r"^I-[0-9]{3,5}$")
    aanbieder: Onderneming
    percelen: tuple[str, ...] = Field(min_length=1)
    ontvangen: AwareDatetime


class InschrijvingenOntvangen(Feit):
    """Bids came in; their content is sealed elsewhere until the opening."""

    inschrijvingen: tuple[Inschrijving, ...]


class InschrijvingIngetrokken(Feit):
    """A bidder took its bid back before the closing moment; it stays unread."""

    inschrijving: str
    ontvangen: AwareDatetime
    toelichting: str = ""


class Bijdrage(Gegevensmodel):
    """What one member of a bidder (or the bidder itself) brings towards a requirement with a minimum."""

    eis: str = Field(title="Eis", description="Code van de eis met een minimum")
    lid: str = Field(min_length=1, title="Lid", description="Naam van het lid, of van de inschrijver zelf")
    aantal: int = Field(ge=0, title="Aantal", description="Hoeveel dit lid inbrengt")


class Perceelinschrijving(Gegevensmodel):
    """What a bid says for one perceel (never a price: those are opened apart).

    `antwoorden`: code of the requirement → "ja", "nee" or "" (not answered). `bijdragen`: the numbers per member.
    """

    perceel: str
    producten: tuple[str, ...]
    antwoorden: dict[str, str]
    bijdragen: tuple[Bijdrage, ...] = ()


class InschrijvingInhoud(Gegevensmodel):
    """The opened content of a bid."""

    nummer: str
    percelen: tuple[Perceelinschrijving, ...]
    opmerking: str = ""


class Antwoord(Gegevensmodel):
    """The answer to one question. `vertrouwelijk`: kept out of the note at the provider's request."""

    vraagnummer: str = Field(title="Vraagnummer", description="Nummer van de vraag", min_length=1)
    antwoord: str = Field(title="Antwoord", description="Antwoord dat iedereen krijgt", min_length=1)
    wijzigt_stuk: bool = Field(default=False, title="Wijzigt een stuk", description="Of een stuk verandert")
    nieuwe_tekst: str = Field(default="", title="Nieuwe tekst", description="De tekst zoals die wordt")
    vraag_anoniem: str = Field(
        default="", title="Vraag zonder namen", description="Leeg: de vraag wordt gepubliceerd zoals gesteld"
    )
    vertrouwelijk: bool = Field(
        default=False,
        title="Niet publiceren",
        description="Op verzoek buiten de nota (gerechtvaardigd belang)",
    )


class NotaVastgesteld(Feit):
    """A nota van inlichtingen was adopted and is the same for everyone."""

    ronde: int
    antwoorden: tuple[Antwoord, ...]
    vastgesteld: AwareDatetime
    oude_sluiting: AwareDatetime
    nieuwe_sluiting: AwareDatetime | None = None
    reden_uitstel: str = ""


class BelangenverklaringAfgelegd(Feit):
    """An assessor declared whether there is a personal interest; the last declaration per perceel counts."""

    beoordelaar: str
    percelen: tuple[str, ...]
    belang: bool
    toelichting: str
    datum: date


class InschrijvingenGeopend(Feit):
    """The sealed bids were opened after closing by two persons together."""

    openers: tuple[str, str]
    inhoud: tuple[InschrijvingInhoud, ...]
    te_laat: tuple[str, ...]


# --- aanhouding ------------------------------------------------------------------------------------------

Aanhoudingsoort = Literal["kort_geding", "klacht", "bibob", "raadswijziging", "herroeping", "storing"]
Aanhoudingsuitkomst = Literal[
    "doorgaan", "herzien", "termijn_verlengen", "herbeoordelen", "opnieuw_aanbesteden", "intrekken"
]


class AanhoudingBegonnen(Feit):
    """A hold began. `aanleiding` is what others may read, `intern` stays in the file."""

    aanhouding: str
    aard: Aanhoudingsoort
    percelen: tuple[str, ...]
    datum: date
    aanleiding: str
    intern: str = ""
    inschrijving: str = ""


class AanhoudingGeeindigd(Feit):
    """A hold ended with an outcome."""

    aanhouding: str
    uitkomst: Aanhoudingsuitkomst
    datum: date
    motivering: str


# --- beoordeling ------------------------------------------------------------------------------------------


class Eisuitkomst(Gegevensmodel):
    """The outcome of one requirement for one bid or application."""

    eis: str
    uitkomst: Literal["voldoet", "voldoet_niet", "mens_beslist"]
    toelichting: str = ""


class InschrijvingGetoetst(Feit):
    """A bid was tested for one perceel on completeness, exclusion and minimum requirements.

    `uitkomst`: geldig, ongeldig (late, incomplete, does not meet a requirement) or uitgesloten.
    """

    perceel: str
    inschrijving: str
    uitkomst: Literal["geldig", "ongeldig", "uitgesloten"]
    eisen: tuple[Eisuitkomst, ...]
    reden: str = ""
    eis: str | None = None


class Score(Gegevensmodel):
    """An individual score of one assessor for one criterion of one bid."""

    inschrijving: str
    criterium: str
    score: int
    motivering: str = Field(min_length=1)


class ScoresVergrendeld(Feit):
    """An assessor's own scores for a perceel; recorded and locked in one go, never changed."""

    beoordelaar: str
    perceel: str
    scores: tuple[Score, ...]


class Oordeel(Gegevensmodel):
    """The committee's one score for one criterion of one bid, with an internal and an external reason."""

    inschrijving: str = Field(title="Inschrijving", description="Nummer van de inschrijving")
    criterium: str = Field(title="Criterium", description="Code van het gunningscriterium")
    score: int = Field(title="Score", description="De score van de commissie op de schaal")
    motivering: str = Field(
        min_length=1, description="Reden die de inschrijver mag lezen", title="Motivering"
    )
    waarom_niet_maximaal: str = Field(
        default="", description="Leeg alleen bij de hoogste score", title="Waarom niet de hoogste score"
    )
    intern: str = Field(
        default="", title="Interne toelichting", description="Alleen voor het dossier; komt in geen brief"
    )


class ConsensusVastgesteld(Feit):
    """The consensus of a perceel; from here quality is locked."""

    perceel: str
    oordelen: tuple[Oordeel, ...]


class VertrouwelijkAangemerkt(Feit):
    """A bidder marked these passages of its bid as confidential; no text for others may repeat them."""

    inschrijving: str
    passages: tuple[str, ...] = Field(min_length=1)
    grond: str


class PrijzenGeopend(Feit):
    """The prices of a perceel, opened after quality was locked. Amounts in euro per unit."""

    perceel: str
    openers: tuple[str, str]
    prijzen: dict[str, Decimal]


class Rangplaats(Gegevensmodel):
    """A place in the ranking. `exact` is the unrounded total as a fraction ("475/7")."""

    rang: int
    inschrijving: str
    totaal: str
    exact: str
    punten: dict[str, str]
    producten_gegund: tuple[str, ...] = ()
    producten_niet_gegund: tuple[str, ...] = ()
    kreeg_al: tuple[str, ...] = Field(
        default=(),
        description="Percelen waarmee deze inschrijver het maximum al had, als hij daarom is overgeslagen",
    )

    @property
    def gegund(self) -> bool:
        """At least one product of this perceel goes to this bidder."""
        return bool(self.producten_gegund)


class Perceelverdeling(Gegevensmodel):
    """The announced rule by which percelen were divided together, and the place of this perceel in the order."""

    plaats: int
    aantal: int
    per_perceel: int
    maximum: int | None


class RangordeVastgesteld(Feit):
    """The ranking of a perceel; `aanleiding` says why when it is not the first one.

    `verdeling`: only when the percelen were divided together; who gets this perceel then also follows from the others.
    """

    perceel: str
    plaatsen: tuple[Rangplaats, ...]
    uitgevallen: tuple[str, ...] = ()
    loting: tuple[str, ...] = ()
    waarschuwingen: tuple[str, ...] = ()
    aanleiding: str = ""
    verdeling: Perceelverdeling | None = None


# --- gunning ----------------------------------------------------------------------------------------------


class GunningsbeslissingMeegedeeld(Feit):
    """The decision was told to every concerned bidder of these percelen, with one sending date.

    Standstill and contractual lapse period are two different ends.
    """

    percelen: tuple[str, ...]
    verzenddatum: date
    opschortende_termijn_einde: AwareDatetime
    vervaltermijn_einde: AwareDatetime
    vroegste_ondertekening: date
    wijziging: str = Field(default="", description="Reden als dit een gewijzigde beslissing is")


class VerzenddatumVerzet(GunningsbeslissingMeegedeeld):
    """The same decision gets another day of sending before anything was sent; its terms are counted anew.

    `besluit` is the version of the dossier that told the decision; its letters are made again.
    """

    besluit: int


class DefinitiefGegund(Feit):
    """The award of these percelen became final."""

    percelen: tuple[str, ...]
    datum: date


class OvereenkomstGesloten(Feit):
    """An agreement with one provider for one perceel: after award, or after entry during the term."""

    nummer: str = Field(pattern=r"^[A-Z]{2,4}-[0-9]{4}-P[0-9]{1,2}-[0-9]{3,5}$")
    perceel: str
    aanbieder: Onderneming
    producten: tuple[str, ...]
    tarieven: dict[str, Decimal]
    ingang: date
    einde: date
    herkomst: Literal["gunning", "toetreding"]
    grond: str = Field(description="Nummer van de inschrijving of van de aanvraag")


# --- toetreding -------------------------------------------------------------------------------------------


class OvereenkomstBeeindigd(Feit):
    """An agreement ended before its time."""

    nummer: str
    per: date
    grond: Literal["inactiviteit", "wijziging_niet_aanvaard", "opzegging", "overdracht"]
    motivering: str


class EinddatumGewijzigd(Feit):
    """The last day of an agreement is another: it was extended, or the provider did not want the extension."""

    nummer: str
    einde: date
    grond: Literal["verlengd", "verlenging_niet_aanvaard"]
    toelichting: str = ""


# --- verzending -------------------------------------------------------------------------------------------

Bezorgmelding = Literal["teruggekomen", "anders_bereikt", "aangekomen", "opnieuw"]


class VerzendingGestart(Feit):
    """A person gave the word to send the letters of a decision; `besluit` is the version that promised them."""

    besluit: int


class BezorgingGemeld(Feit):
    """What a person knows about one letter that the mail server does not tell.

    It came back, it reached its recipient in another way, it arrived after all, or it must be sent once more.
    """

    besluit: int
    ontvanger: str
    melding: Bezorgmelding
    op: AwareDatetime
    toelichting: str


FEITEN: tuple[type[Feit], ...] = (
    StatusGewijzigd,
    MotiveringVastgelegd,
    HandelingVerricht,
    OpenersAangewezen,
    EnveloppenVerzegeld,
    EnveloppenGeopend,
    BeleidskaderVastgesteld,
    ConsultatieverslagVastgesteld,
    PuntBeslist,
    LokaleAfwijkingVastgelegd,
    PerceelUitgewerkt,
    PlanningVastgesteld,
    AanbestedingGepubliceerd,
    SluitingVerplaatst,
    RectificatieGepubliceerd,
    NotaVastgesteld,
    InschrijvingenOntvangen,
    InschrijvingIngetrokken,
    InschrijvingenGeopend,
    AanhoudingBegonnen,
    AanhoudingGeeindigd,
    InschrijvingGetoetst,
    BelangenverklaringAfgelegd,
    ScoresVergrendeld,
    ConsensusVastgesteld,
    VertrouwelijkAangemerkt,
    PrijzenGeopend,
    RangordeVastgesteld,
    GunningsbeslissingMeegedeeld,
    VerzenddatumVerzet,
    DefinitiefGegund,
    OvereenkomstGesloten,
    OvereenkomstBeeindigd,
    EinddatumGewijzigd,
    VerzendingGestart,
    BezorgingGemeld,
)
"""Every shared fact; a stage adds its own (see Fase.feiten)."""
