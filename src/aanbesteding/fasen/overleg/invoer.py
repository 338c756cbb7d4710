"""What the acts of the consultation ask."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import AwareDatetime, Field, model_validator

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.onderneming import Onderneming
from aanbesteding.domain.overleg import Gemeentebesluit, Resultaat, Tafel
from aanbesteding.fasen.overleg.feiten import Agendapunt, Tafelpunt


class OverlegInrichten(Gegevensmodel):
    """Input of laying down how the consultation goes."""

    tafels: tuple[Tafel, ...] = Field(title="Tafels", description="De overlegtafels", min_length=1)
    voorzitter: str = Field(
        title="Voorzitter", description="Functie van wie de tafels voorzit, geen naam", min_length=1
    )
    spelregels: tuple[str, ...] = Field(
        title="Spelregels", description="Hoe partijen met elkaar omgaan", min_length=1
    )
    besluitvorming: str = Field(
        title="Besluitvorming", description="Wie besluit en wat er met bezwaren gebeurt", min_length=1
    )
    uitnodigingstermijn_dagen: int = Field(
        title="Uitnodigingstermijn", description="Dagen tussen uitnodiging en tafel", ge=1, le=60
    )
    reactietermijn_dagen: int = Field(
        title="Reactietermijn", description="Dagen om op een verslag te reageren", ge=1, le=60
    )
    opzegtermijn_maanden: int = Field(
        title="Opzegtermijn",
        description="Maanden waarmee een aanbieder de procesovereenkomst opzegt",
        ge=1,
        le=12,
    )
    grens_procent: Decimal = Field(
        title="Grens van bijsturen",
        description="Hoeveel procent budget en tarief ten hoogste afwijken van de eerste versie",
        gt=0,
        le=100,
    )
    aanmelden: str = Field(
        title="Aanmelden", description="Hoe een aanbieder laat weten dat hij meedoet", min_length=1
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")

    @model_validator(mode="after")
    def check_codes(self) -> Self:
        """Every table has a code of its own."""
        codes = [t.code for t in self.tafels]
        if len(set(codes)) != len(codes):
            raise ValueError("twee tafels hebben dezelfde code; geef elke tafel een eigen code")
        return self


class Deelname(Gegevensmodel):
    """One provider that takes part."""

    deelnemer: Onderneming = Field(title="Deelnemer", description="De aanbieder")
    percelen: tuple[str, ...] = Field(
        title="Percelen", description="Percelen waarvoor hij meepraat", min_length=1
    )


class ProcesovereenkomstenSluiten(Gegevensmodel):
    """Input of process agreements that were signed."""

    deelnames: tuple[Deelname, ...] = Field(
        title="Deelnames", description="Wie de procesovereenkomst heeft getekend", min_length=1
    )
    getekend_op: date = Field(title="Getekend op", description="Dag van de laatste handtekening")


class ProcesovereenkomstBeeindigen(Gegevensmodel):
    """Input of a participant that leaves the consultation."""

    nummer: str = Field(title="Procesovereenkomst", description="Nummer, bijvoorbeeld PO-001")
    opgezegd_op: date = Field(title="Opgezegd op", description="Dag waarop de opzegging binnenkwam")
    per: date = Field(title="Eindigt per", description="Eerste dag zonder plaats aan tafel")
    reden: str = Field(title="Reden", description="Wat de aanbieder als reden noemt", min_length=1)
    motivering: str = Field(default="", title="Motivering", description="Nodig bij een kortere opzegtermijn")


class RijDeelnemer(Gegevensmodel):
    """A row of the workbook with participants."""

    sleutel: str = Field(title="Sleutel", description="Vaste sleutel van de aanbieder")
    naam: str = Field(title="Naam", description="Naam van de aanbieder")
    kvk: str = Field(title="KvK", description="Nummer in het handelsregister, acht cijfers")
    agb: str = Field(title="AGB", description="AGB-code, acht cijfers")
    straat: str = Field(title="Straat", description="Straat en huisnummer of postbus")
    postcode: str = Field(title="Postcode", description="Bijvoorbeeld 1234 AB")
    plaats: str = Field(title="Plaats", description="Vestigingsplaats")
    contact: str = Field(title="Contact", description="Functie of afdeling, geen persoon")
    email: str = Field(title="E-mail", description="E-mailadres")
    grootte: str = Field(title="Grootte", description="micro, klein, middelgroot of groot")
    percelen: str = Field(title="Percelen", description="Nummers met een komma ertussen")
    getekend_op: date = Field(title="Getekend op", description="Voor iedereen in dit blad dezelfde dag")


class OverlegtafelUitschrijven(Gegevensmodel):
    """Input of calling a table."""

    tafel: str = Field(title="Tafel", description="Code van de tafel")
    moment: AwareDatetime = Field(title="Dag en uur", description="Wanneer de tafel begint")
    plaats: str = Field(
        title="Plaats", description="Waar de tafel is, of hoe men online meedoet", min_length=1
    )
    agenda: tuple[Agendapunt, ...] = Field(
        title="Agenda", description="Wat er aan de orde komt", min_length=1
    )
    stukken: tuple[str, ...] = Field(default=(), title="Stukken", description="Wat wordt meegestuurd")
    motivering: str = Field(default="", title="Motivering", description="Nodig bij een korte termijn")


class VerslagVaststellen(Gegevensmodel):
    """Input of adopting the report of a table."""

    overleg: str = Field(title="Overleg", description="Nummer, bijvoorbeeld T-1")
    aanwezig: tuple[str, ...] = Field(
        title="Aanwezige aanbieders", description="Sleutels van de deelnemers die er waren"
    )
    gemeenten: tuple[str, ...] = Field(
        title="Aanwezige gemeenten", description="Codes van de gemeenten die er waren", min_length=1
    )
    punten: tuple[Tafelpunt, ...] = Field(
        title="Punten", description="Uitkomst van elk agendapunt", min_length=1
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")


class BijlageVaststellen(Gegevensmodel):
    """Input of a version of the living annex."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel", pattern=r"^[0-9]{1,2}$")
    overleg: str = Field(title="Overleg", description="Nummer van de tafel waar dit is besproken")
    ingang: date = Field(title="Ingang", description="Eerste dag waarop deze versie geldt")
    budget_per_jaar: Decimal = Field(
        title="Budget per jaar", description="Voor alle aanbieders samen, in euro, zonder btw", gt=0
    )
    tarieven: dict[str, Decimal] = Field(
        title="Tarieven", description="Tarief in euro per productcode", min_length=1
    )
    resultaten: tuple[Resultaat, ...] = Field(
        title="Resultaten", description="Waarop partijen sturen", min_length=1
    )
    afspraken: tuple[str, ...] = Field(
        default=(), title="Afspraken", description="Andere inhoudelijke afspraken"
    )
    toelichting: str = Field(title="Toelichting", description="Waarom deze versie er komt", min_length=1)
    gemeentebesluiten: tuple[Gemeentebesluit, ...] = Field(
        default=(), title="Besluiten", description="Besluit van elke deelnemende gemeente"
    )
    uittreden_tot: date | None = Field(
        default=None,
        title="Opzeggen tot",
        description="Laatste dag om wegens deze versie op te zeggen; leeg bij de eerste versie",
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")


class BasisovereenkomstOpzeggen(Gegevensmodel):
    """Input of a provider that leaves on a version of the annex."""

    overeenkomst: str = Field(title="Overeenkomst", description="Nummer van de basisovereenkomst")
    versie: int = Field(title="Versie", description="Versie van de bijlage die hij niet aanvaardt", ge=2)
    ontvangen: date = Field(title="Ontvangen", description="Dag waarop de opzegging binnenkwam")
    reden: str = Field(title="Reden", description="Wat de aanbieder als reden noemt", min_length=1)
