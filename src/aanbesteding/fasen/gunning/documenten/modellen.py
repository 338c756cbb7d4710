"""Parts of contexts that several documents of the award share: winners, outcomes, decisions, parties.

Only shapes; how they are filled is in uitkomsten.py and partijen.py. Every text that a bidder reads stands in
the templates.

Grondslag: Aw 2012 art. 2.130 and 2.132 for what must be shown (FEITEN 3.6, 3.12).
Must stay true: no field holds the name or the score of a bidder that did not win, except in documents of the
authority itself (proposal to the colleges, record of the award).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import Gedeelde
from aanbesteding.domain.basis import Gegevensmodel


class Puntenregel(Gegevensmodel):
    """Points on one criterion."""

    criterium: str = Field(description="Code van het gunningscriterium")
    punten: Decimal = Field(description="Behaalde punten")


class Winnaar(Gegevensmodel):
    """A winning bid as every bidder may see it."""

    naam: str = Field(description="Naam van de winnaar")
    producten: tuple[str, ...] = Field(description="Producten die de winnaar krijgt")
    totaal: Decimal = Field(description="Totaal aantal punten")
    punten: tuple[Puntenregel, ...] = Field(description="Punten per gunningscriterium")


class Productregel(Gegevensmodel):
    """A product of the perceel with how many providers get it."""

    naam: str = Field(description="Naam van het product")
    met_maximum: bool = Field(description="Of een hoogste aantal aanbieders is aangekondigd")
    maximum: int | None = Field(description="Aangekondigd hoogste aantal aanbieders; leeg zonder maximum")
    aantal_gegund: int = Field(description="Aan hoeveel inschrijvers het product wordt gegund")


class Kenmerkregel(Gegevensmodel):
    """A released characteristic of the winning bids."""

    criterium: str = Field(description="Titel van het gunningscriterium")
    tekst: str = Field(description="Kenmerk of relatief voordeel van de winnende inschrijvingen")
    winnaar: str = Field(description="Naam van de winnaar; leeg als het voor alle winnaars geldt")


class Perceelresultaat(Gedeelde):
    """The result of a perceel, the same in every letter."""

    naam: str = Field(description="Nummer en titel van het perceel")
    aantal_inschrijvingen: int = Field(description="Aantal ontvangen inschrijvingen")
    aantal_gerangschikt: int = Field(description="Aantal inschrijvingen in de rangorde")
    met_criteria: bool = Field(description="Of er gunningscriteria zijn")
    maximum_punten: Decimal = Field(description="Hoogst haalbare totaal aan punten")
    criteria: tuple[str, ...] = Field(description="Code, titel en hoogste punten van elk gunningscriterium")
    producten: tuple[Productregel, ...] = Field(description="Producten van het perceel")
    winnaars: tuple[Winnaar, ...] = Field(description="Alle winnaars, beste eerst; leeg als er geen is")
    kenmerken: tuple[Kenmerkregel, ...] = Field(description="Vrijgegeven kenmerken van de winnaars")
    loting: bool = Field(description="Of bij een gelijke stand is geloot")
    verdeeld: bool = Field(description="Of de percelen samen zijn verdeeld, in een aangekondigde volgorde")
    verdeling_plaats: int = Field(description="Plaats van dit perceel in die volgorde; 0 zonder verdeling")
    verdeling_aantal: int = Field(description="Aantal percelen dat samen is verdeeld; 0 zonder verdeling")
    verdeling_maximum: int | None = Field(description="Meeste percelen per inschrijver; leeg zonder maximum")
    aantal_overgeslagen: int = Field(
        description="Hoeveel inschrijvers zijn overgeslagen omdat zij het maximum al hadden"
    )


class Criteriumuitkomst(Gegevensmodel):
    """The own outcome on one award criterion."""

    criterium: str = Field(description="Code van het gunningscriterium")
    titel: str = Field(description="Titel van het gunningscriterium")
    kwaliteit: bool = Field(description="Waar bij een kwaliteitscriterium, onwaar bij prijs")
    met_punten: bool = Field(description="Of er punten zijn toegekend")
    punten: Decimal | None = Field(description="Behaalde punten; leeg zonder plaats in de rangorde")
    maximum: Decimal = Field(description="Hoogst haalbare punten")
    score: int | None = Field(description="Eigen score op de beoordelingsschaal; leeg bij prijs")
    betekenis: str = Field(description="Betekenis van die score op de aangekondigde schaal")
    motivering: str = Field(description="Reden van de score")
    waarom_niet_maximaal: str = Field(description="Waarom niet de hoogste score; leeg bij de hoogste score")
    prijs: Decimal | None = Field(description="Eigen aangeboden prijs per eenheid; leeg bij kwaliteit")
    formule: str = Field(default="", description="Formule van de punten, met namen; leeg zonder punten")
    berekening: str = Field(default="", description="Dezelfde formule met de eigen getallen ingevuld")


class Voordeel(Gegevensmodel):
    """A criterion on which winners did better than the addressee."""

    titel: str = Field(description="Titel van het gunningscriterium")
    eigen_punten: Decimal = Field(description="Eigen punten")
    aantal_hoger: int = Field(description="Hoeveel winnaars hier meer punten kregen")
    aantal_winnaars: int = Field(description="Hoeveel winnaars er zijn waarmee vergeleken is")
    hoogste: Decimal = Field(description="Hoogste punten van een winnaar")


class Perceeluitkomst(Gegevensmodel):
    """What one bidder hears about one perceel. Exactly one of the five outcomes is true."""

    resultaat: Perceelresultaat = Field(description="Resultaat van het perceel")
    gegund: bool = Field(description="Ten minste één product wordt aan deze inschrijver gegund")
    niet_gekozen: bool = Field(description="Geldig, maar geen product gegund")
    terzijde: bool = Field(description="Geldig, maar niet in de rangorde (minimumscore of bewijs)")
    ongeldig: bool = Field(description="De inschrijving is ongeldig")
    uitgesloten: bool = Field(description="De inschrijver is uitgesloten")
    producten_gegund: tuple[str, ...] = Field(description="Producten die de inschrijver krijgt")
    producten_niet_gegund: tuple[str, ...] = Field(description="Aangeboden producten die naar anderen gaan")
    kreeg_al: tuple[str, ...] = Field(
        description="Percelen waarmee deze inschrijver het maximum al had; leeg als hij niet is overgeslagen"
    )
    minima: tuple[str, ...] = Field(
        default=(), description="Per gehaald minimum de eis en de telling, met het aantal per lid"
    )
    uitloop: date | None = Field(
        default=None,
        description="Laatste dag waarop wie afvalt lopende hulp mag afronden; leeg zonder uitloop of bij gunning",
    )
    met_rang: bool = Field(description="Of de inschrijving een plaats in de rangorde heeft")
    rang: int | None = Field(description="Plaats in de rangorde")
    totaal: Decimal | None = Field(description="Eigen totaal aan punten")
    scores: tuple[Criteriumuitkomst, ...] = Field(description="Eigen uitkomst per gunningscriterium")
    voordelen: tuple[Voordeel, ...] = Field(description="Criteria waarop winnaars hoger scoorden")
    onder_minimum: tuple[str, ...] = Field(
        description="Criteria waarop de minimumscore niet is gehaald, met beide scores"
    )
    buiten_rangorde: str = Field(
        description="Wat de rekenregels over een geldige inschrijving zonder plaats zeggen; anders leeg"
    )
    ondergrens: Decimal | None = Field(
        description="De aangekondigde laagste prijs, als de eigen prijs daaronder ligt; anders leeg"
    )
    verificatie_mislukt: bool = Field(description="Of het gevraagde bewijs niet voldeed")
    te_laat: bool = Field(description="Of de inschrijving na de sluiting binnenkwam")
    ontvangen: datetime | None = Field(description="Moment van ontvangst")
    sluiting: datetime | None = Field(description="Moment van sluiting")
    eis: str = Field(description="Eis of uitsluitingsgrond waar het om gaat; leeg als er geen is")
    reden: str = Field(description="Feiten en reden van ongeldigheid, uitsluiting of terzijdelegging")

    @property
    def soort(self) -> str:
        """The one outcome that is true; not for templates, they ask the fields."""
        return next(
            n for n in ("gegund", "niet_gekozen", "terzijde", "ongeldig", "uitgesloten") if getattr(self, n)
        )


class Besluitregel(Gegevensmodel):
    """A decision of the competent body of a municipality."""

    gemeente: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Bevoegd orgaan")
    datum: date = Field(description="Datum van het besluit")
    kenmerk: str = Field(description="Kenmerk van het besluit")


class Opdrachtgever(Gegevensmodel):
    """A municipality as contracting authority."""

    naam: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Bevoegd orgaan")
    adres: str = Field(description="Adres op één regel")


class Rangregel(Gegevensmodel):
    """A place in the ranking, for the authority itself."""

    rang: int = Field(description="Plaats in de rangorde")
    inschrijving: str = Field(description="Nummer van de inschrijving")
    naam: str = Field(description="Naam van de inschrijver")
    totaal: Decimal = Field(description="Totaal aan punten")
    gegund: bool = Field(description="Of ten minste één product wordt gegund")
    producten: tuple[str, ...] = Field(description="Gegunde producten; leeg als er geen is")
    kreeg_al: tuple[str, ...] = Field(description="Percelen waarmee de inschrijver het maximum al had")
