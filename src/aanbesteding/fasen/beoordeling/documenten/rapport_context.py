"""What the assessment report of one perceel may use, field by field.

Not here: building it from the dossier (rapport). Internal remarks of the committee are no part of the report.
Must stay true: numbers stay numbers; every choice the template makes is a field.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import DocumentContext, Documentkop
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.fasen.beoordeling.documenten.formulieren import Schaalregel


class Lid(Gegevensmodel):
    """A member of the committee."""

    letter: str = Field(
        description="Letter waarmee de bijlage naar dit lid verwijst; leeg als het lid niet scoorde"
    )
    naam: str = Field(description="Gebruikersnaam of functie")
    voorzitter: bool = Field(description="Waar voor wie de beoordeling leidt")
    verklaard: bool = Field(description="Waar als er een belangenverklaring is")
    verklaring_datum: date | None = Field(description="Datum van de belangenverklaring")
    belang: bool = Field(description="Waar als een belang is gemeld; het lid scoort dan niet")
    gescoord: bool = Field(description="Waar als het lid eigen scores heeft vergrendeld")
    vergrendeld: datetime | None = Field(description="Wanneer de eigen scores zijn vergrendeld")


class Criteriumregel(Gegevensmodel):
    """An announced award criterion."""

    code: str = Field(description="Code van het criterium")
    titel: str = Field(description="Titel van het criterium")
    gewicht: Decimal = Field(description="Hoogste aantal punten")
    heeft_minimum: bool = Field(description="Waar als een laagste score is aangekondigd")
    minimum: int = Field(description="De aangekondigde laagste score; 0 zonder minimum")
    kader: tuple[str, ...] = Field(description="Waar beoordelaars op letten")


class Gelijkestandregel(Gegevensmodel):
    """An announced rule for ties; exactly one of the three holds."""

    kwaliteit: bool = Field(description="Waar: de meeste punten voor alle kwaliteit samen gaat voor")
    loting: bool = Field(description="Waar: het lot beslist")
    criterium: str = Field(
        description="Code van het criterium waarvan de meeste punten voorgaan; anders leeg"
    )


class Prijstrederegel(Gegevensmodel):
    """A step of a staffel."""

    heeft_grens: bool = Field(description="Onwaar bij de laatste trede, voor elke hogere prijs")
    tot: Decimal = Field(description="Prijzen onder dit bedrag vallen in deze trede; 0 zonder grens")
    punten: Decimal = Field(description="Punten voor deze trede")


class Plaatspunten(Gegevensmodel):
    """Points for a place in the order of prices."""

    plaats: int = Field(description="Plaats in de volgorde van prijzen, van laag naar hoog")
    punten: Decimal = Field(description="Punten voor deze plaats")


class Prijsregel(Gegevensmodel):
    """How price becomes points, as announced; at most one formula holds."""

    product: str = Field(description="Code en naam van het product met een vrije prijs")
    bodem: Decimal = Field(description="Ondergrens: het tarief in euro")
    heeft_plafond: bool = Field(description="Waar als een hoogste prijs is aangekondigd")
    plafond: Decimal = Field(description="Hoogste prijs in euro; 0 zonder plafond")
    bandbreedte: bool = Field(description="Waar bij een vaste bandbreedte")
    laagste_gedeeld_door_prijs: bool = Field(description="Waar bij laagste prijs gedeeld door prijs")
    relatief_lineair: bool = Field(description="Waar bij lineair ten opzichte van de laagste prijs")
    min_max: bool = Field(description="Waar bij lineair tussen laagste en hoogste prijs")
    rangpunten: bool = Field(description="Waar bij punten naar prijsplaats")
    plaatspunten: tuple[Plaatspunten, ...] = Field(
        description="Aangekondigde punten per prijsplaats; leeg als zij gelijk verdeeld zijn"
    )
    heeft_overig: bool = Field(description="Waar als er punten zijn voor elke volgende plaats")
    overig: Decimal = Field(description="Punten voor elke volgende plaats; 0 als die er niet zijn")
    staffel: bool = Field(description="Waar bij vaste punten per trede")
    treden: tuple[Prijstrederegel, ...] = Field(description="De treden van de staffel")
    geopend: bool = Field(description="Waar als de prijzen zijn geopend")
    geopend_op: datetime | None = Field(description="Wanneer de prijzen zijn geopend")
    openers: tuple[str, ...] = Field(description="Wie de prijzen samen openden")


class Geldigheidsregel(Gegevensmodel):
    """A received bid and the outcome of its test."""

    nummer: str = Field(description="Nummer van de inschrijving")
    aanbieder: str = Field(description="Naam van de inschrijver")
    ontvangen: datetime = Field(description="Moment van ontvangst")
    geldig: bool = Field(description="Waar als de inschrijving geldig is")
    ongeldig: bool = Field(description="Waar als de inschrijving ongeldig is")
    uitgesloten: bool = Field(description="Waar als de inschrijver is uitgesloten")
    reden: str = Field(description="Reden als de inschrijving niet geldig is; anders leeg")


class Toetsregel(Gegevensmodel):
    """A requirement on which a person decided or that was repaired."""

    nummer: str = Field(description="Nummer van de inschrijving")
    eis: str = Field(description="Code van de eis")
    herstel: bool = Field(description="Waar bij herstel; anders een beslissing van de jurist")
    positief: bool = Field(description="Waar als de eis daarna is gehaald")
    toelichting: str = Field(description="Motivering of toelichting")


class Puntregel(Gegevensmodel):
    """Points for one criterion."""

    code: str = Field(description="Code van het criterium")
    punten: str = Field(description="Behaalde punten, afgerond zoals aangekondigd, met komma")


class Rangregel(Gegevensmodel):
    """A place in the ranking."""

    rang: int = Field(description="Plaats in de rangorde; gelijke inschrijvingen delen een plaats")
    nummer: str = Field(description="Nummer van de inschrijving")
    aanbieder: str = Field(description="Naam van de inschrijver")
    punten: tuple[Puntregel, ...] = Field(description="Punten per criterium")
    totaal: str = Field(description="Totaal aantal punten, afgerond zoals aangekondigd, met komma")
    kreeg_al: tuple[str, ...] = Field(description="Percelen waarmee de inschrijver het maximum al had")


class Productregel(Gegevensmodel):
    """A product and who is in."""

    code: str = Field(description="Productcode")
    naam: str = Field(description="Naam van het product")
    heeft_maximum: bool = Field(description="Waar als het aantal aanbieders begrensd is")
    maximum: int = Field(description="Hoogste aantal aanbieders; 0 zonder maximum")
    aantal_gegadigden: int = Field(description="Aantal gerangschikte inschrijvingen op dit product")
    gegund: tuple[str, ...] = Field(description="Nummers die voor gunning worden voorgedragen, in rangorde")
    niet_gegund: tuple[str, ...] = Field(description="Nummers waarvoor geen plaats is, in rangorde")


class Afvaller(Gegevensmodel):
    """A valid bid that is not in the ranking."""

    nummer: str = Field(description="Nummer van de inschrijving")
    aanbieder: str = Field(description="Naam van de inschrijver")
    reden: str = Field(description="Waarom de inschrijving niet in de rangorde staat")


class Lotingregel(Gegevensmodel):
    """A draw that was held."""

    datum: date = Field(description="Datum van de loting")
    volgorde: tuple[str, ...] = Field(description="Nummers in de volgorde van de trekking")
    getuigen: tuple[str, ...] = Field(description="Getuigen of notaris")


class Oordeelregel(Gegevensmodel):
    """The committee's judgment on one criterion."""

    code: str = Field(description="Code van het criterium")
    titel: str = Field(description="Titel van het criterium")
    score: int = Field(description="De score van de commissie")
    betekenis: str = Field(description="Betekenis van de score op de schaal")
    motivering: str = Field(description="Reden van de score")
    waarom_niet_maximaal: str = Field(
        description="Wat ontbrak voor de hoogste score; leeg bij de hoogste score"
    )


class Blok(Gegevensmodel):
    """The judgment on one bid."""

    nummer: str = Field(description="Nummer van de inschrijving")
    aanbieder: str = Field(description="Naam van de inschrijver")
    in_rangorde: bool = Field(description="Waar als de inschrijving in de rangorde staat")
    rang: int = Field(description="Plaats in de rangorde; 0 als de inschrijving er niet in staat")
    totaal: str = Field(description="Totaal aantal punten met komma; leeg buiten de rangorde")
    gegund: tuple[str, ...] = Field(description="Producten waarvoor deze inschrijving wordt voorgedragen")
    niet_gegund: tuple[str, ...] = Field(description="Aangeboden producten waarvoor geen plaats is")
    heeft_prijs: bool = Field(description="Waar als een prijs is geopend")
    prijs: Decimal = Field(description="Geboden prijs in euro; 0 zonder prijs")
    oordelen: tuple[Oordeelregel, ...] = Field(description="Oordeel per kwaliteitscriterium")


class LosseScore(Gegevensmodel):
    """The individual score of one member."""

    letter: str = Field(description="Letter van het lid")
    score: int = Field(description="Score van het lid")


class Scoreregel(Gegevensmodel):
    """The individual scores for one criterion of one bid."""

    nummer: str = Field(description="Nummer van de inschrijving")
    criterium: str = Field(description="Code van het criterium")
    losse: tuple[LosseScore, ...] = Field(description="Score per lid")
    consensus: int = Field(description="Score van de commissie")


class Prijsvraagregel(Gegevensmodel):
    """A question about a price, with what came of it."""

    nummer: str = Field(description="Nummer van de inschrijving")
    prijs: Decimal = Field(description="De prijs waarnaar is gevraagd")
    uiterlijk: datetime = Field(description="Moment waarvoor de toelichting binnen moest zijn")
    toelichting: str = Field(description="Wat de inschrijver toelichtte, of dat niets is ontvangen")
    aanvaard: bool = Field(description="Of de toelichting is aanvaard")
    motivering: str = Field(description="Reden van het oordeel")


class LagePrijs(Gegevensmodel):
    """A price far below the median."""

    nummer: str = Field(description="Nummer van de inschrijving")
    prijs: Decimal = Field(description="Geboden prijs in euro")


class BeoordelingsrapportContext(DocumentContext):
    """What the assessment report may use."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Titel van de aanbesteding")
    perceel: str = Field(description="Nummer en titel van het perceel")
    aantal_ontvangen: int = Field(description="Aantal ontvangen inschrijvingen op dit perceel")
    aantal_geldig: int = Field(description="Aantal geldige inschrijvingen")
    aantal_ongeldig: int = Field(description="Aantal ongeldige inschrijvingen")
    aantal_uitgesloten: int = Field(description="Aantal uitgesloten inschrijvers")
    heeft_rangorde: bool = Field(
        description="Waar als er criteria zijn en ten minste één inschrijving in de rangorde staat"
    )
    heeft_voordracht: bool = Field(
        description="Waar als ten minste één inschrijving wordt voorgedragen, met of zonder rangorde"
    )
    heeft_criteria: bool = Field(description="Waar als er gunningscriteria zijn")
    verdeeld: bool = Field(description="Of de percelen samen zijn verdeeld, in een aangekondigde volgorde")
    verdeling_plaats: int = Field(description="Plaats van dit perceel in die volgorde; 0 zonder verdeling")
    verdeling_aantal: int = Field(description="Aantal percelen dat samen is verdeeld; 0 zonder verdeling")
    verdeling_maximum: int | None = Field(description="Meeste percelen per inschrijver; leeg zonder maximum")
    heeft_kwaliteit: bool = Field(description="Waar als er kwaliteitscriteria zijn")
    heeft_prijs: bool = Field(description="Waar als prijs een gunningscriterium is")
    decimalen: int = Field(description="Aantal decimalen waarop wordt afgerond")
    afronding_per_criterium: bool = Field(description="Waar als de punten per criterium worden afgerond")
    afronding_weergave: bool = Field(description="Waar als alleen de getoonde punten worden afgerond")
    heeft_minimum_totaal: bool = Field(description="Waar als voor de kwaliteit samen een minimum geldt")
    minimum_totaal: Decimal = Field(description="Dat minimum in punten; 0 zonder minimum")
    gemiddeld: tuple[str, ...] = Field(
        description="Titels van de criteria waarvan de score het aangekondigde gemiddelde is"
    )
    tussenscores: tuple[str, ...] = Field(
        description="Titels van de criteria met hele scores tussen de punten van de schaal"
    )
    leden: tuple[Lid, ...] = Field(description="Voorzitter en leden van de commissie")
    schaal: tuple[Schaalregel, ...] = Field(description="De aangekondigde schaal")
    criteria: tuple[Criteriumregel, ...] = Field(description="De aangekondigde gunningscriteria")
    prijs: tuple[Prijsregel, ...] = Field(description="De prijsregel; leeg als prijs geen criterium is")
    gelijke_stand: tuple[Gelijkestandregel, ...] = Field(description="Regels bij gelijke stand, in volgorde")
    uitval_blijft: bool = Field(description="Waar als bij uitval de rangorde blijft")
    uitval_herberekenen: bool = Field(description="Waar als bij uitval opnieuw wordt berekend")
    inschrijvingen: tuple[Geldigheidsregel, ...] = Field(description="Alle ontvangen inschrijvingen")
    toetsen: tuple[Toetsregel, ...] = Field(description="Herstel en beslissingen over eisen")
    rangorde: tuple[Rangregel, ...] = Field(description="De rangorde")
    afvallers: tuple[Afvaller, ...] = Field(description="Geldige inschrijvingen buiten de rangorde")
    producten: tuple[Productregel, ...] = Field(description="Producten met de voordracht")
    lotingen: tuple[Lotingregel, ...] = Field(description="Gehouden lotingen")
    lage_prijzen: tuple[LagePrijs, ...] = Field(description="Prijzen ver onder de mediaan")
    prijsvragen: tuple[Prijsvraagregel, ...] = Field(
        description="Prijzen waarover een toelichting is gevraagd"
    )
    drempel: Decimal = Field(description="Percentage onder de mediaan waarbij een prijs laag heet")
    waarschuwingen: tuple[str, ...] = Field(description="Opmerkingen bij de berekening")
    blokken: tuple[Blok, ...] = Field(description="Oordeel per inschrijving")
    scores: tuple[Scoreregel, ...] = Field(description="Bijlage met de scores van de leden")
