"""What the acts of contract management ask, and the rows of their workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.overleg import Gemeentebesluit
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.contractbeheer.feiten import Perceelverlenging, Prestatiemeting, Samenwerkingslid


class SamenwerkingRegistreren(Gegevensmodel):
    """Input: who works with a provider."""

    aanbieder: str = Field(title="Aanbieder", description="Sleutel van de inschrijver of opdrachtnemer")
    vorm: Literal["onderaanneming", "coalitie"] = Field(
        title="Vorm", description="onderaanneming of coalitie"
    )
    percelen: tuple[str, ...] = Field(title="Percelen", description="Waarvoor", min_length=1)
    leden: tuple[Samenwerkingslid, ...] = Field(title="Leden", description="Wie meedoet", min_length=1)
    vanaf: date = Field(title="Vanaf", description="Eerste dag")
    toestemming: str = Field(
        default="",
        title="Toestemming",
        description="Kenmerk van de toestemming; nodig na het sluiten van de overeenkomst",
    )


class SamenwerkingBeeindigen(Gegevensmodel):
    """Input: a member leaves."""

    aanbieder: str = Field(title="Aanbieder", description="Sleutel van de opdrachtnemer")
    kvk: str = Field(title="KvK van het lid", description="Acht cijfers", pattern=r"^[0-9]{8}$")
    per: date = Field(title="Per", description="Eerste dag waarop het lid niet meer meedoet")
    reden: str = Field(title="Reden", description="Waarom, en wie de hulp overneemt", min_length=1)


class PrestatiesRegistreren(Gegevensmodel):
    """Input: measured indicators."""

    peildatum: date = Field(title="Peildatum", description="Dag waarop is gemeten")
    eenheid: str = Field(default="procent", title="Eenheid", description="Eenheid van alle waarden")
    metingen: tuple[Prestatiemeting, ...] = Field(
        title="Metingen", description="Waarde per indicator", min_length=1
    )


class VerlengingPlannen(Gegevensmodel):
    """Input: plan the extension of percelen."""

    percelen: tuple[str, ...] = Field(title="Percelen", description="Nummers van de percelen", min_length=1)


class VerlengingBesluiten(Gegevensmodel):
    """Input: extend the agreements of percelen."""

    percelen: tuple[Perceelverlenging, ...] = Field(
        title="Percelen", description="Per perceel de duur en de uitgaven", min_length=1
    )
    reden: str = Field(
        title="Reden",
        description="Waarom wordt verlengd; dit komt in de brief aan elke aanbieder",
        min_length=1,
    )
    collegebesluiten: tuple[Gemeentebesluit, ...] = Field(
        title="Collegebesluiten", description="Een besluit per deelnemende gemeente", min_length=1
    )


class VerlengingAfwijzen(Gegevensmodel):
    """Input: a provider does not want the extension."""

    overeenkomst: str = Field(title="Overeenkomst", description="Nummer van de overeenkomst")
    ontvangen: date = Field(title="Ontvangen", description="Dag waarop het bericht binnenkwam")
    reden: str = Field(title="Reden", description="Waarom de aanbieder niet wil verlengen", min_length=1)


class PerceelOverdragen(Gegevensmodel):
    """Input: a perceel goes to another body during the term."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    naar: str = Field(
        title="Naar", description="Samenwerkingsverband dat het perceel overneemt", min_length=1
    )
    per: date = Field(title="Per", description="Dag waarop het perceel overgaat")
    motivering: str = Field(title="Motivering", description="Waarom het perceel overgaat", min_length=1)


class RijPrestatie(Gegevensmodel):
    """A row of the sheet "prestaties"."""

    overeenkomst: str
    kpi: str
    waarde: Decimal
    afgesproken: Decimal


def build_prestaties(rijen: Mapping[str, tuple[Any, ...]], s: Situatie[None]) -> BaseModel:
    """The workbook as input, measured as of today; InvoerError when there is no row."""
    regels: tuple[RijPrestatie, ...] = rijen.get("prestaties", ())
    if not regels:
        raise InvoerError(["Blad 'prestaties': er staat geen meting in. Vul ten minste één rij in."])
    return PrestatiesRegistreren(
        peildatum=s.vandaag, metingen=tuple(Prestatiemeting(**dict(rij)) for rij in regels)
    )
