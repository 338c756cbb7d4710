"""The written record that published percelen were withdrawn without award.

It is made beside the notice of withdrawal (verloop.py) once the tender was published; what was never announced
needs no record. The record of an award, or of not awarding after assessment, belongs to the award stage.

Grondslag: Aw 2012 art. 2.132 (reasons for not awarding).
Must stay true: it says nothing of the content or price of a bid.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import AwareDatetime, Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import AanbestedingGepubliceerd, InschrijvingenGeopend
from aanbesteding.domain.inschrijvingen import list_ontvangen
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie.documenten.gemeen import (
    FASE,
    Gemeenteregel,
    list_gemeenten,
    make_kop,
    voorbeeld_gemeenten,
    voorbeeld_kop,
)
from aanbesteding.fasen.publicatie.feiten import PercelenIngetrokken, list_inschrijvingen, load_uitwerking


class Ingetrokkenperceel(Gegevensmodel):
    """A perceel that was withdrawn."""

    naam: str = Field(description="Nummer en titel van het perceel")
    maximale_waarde: Decimal | None = Field(description="Maximale waarde over de hele duur, zonder btw")
    aantal: int = Field(description="Aantal inschrijvingen dat meedeed")


class Ingetrokkeninschrijving(Gegevensmodel):
    """A bid for a withdrawn perceel."""

    nummer: str = Field(description="Nummer van de inschrijving")
    aanbieder: str = Field(description="Naam van de inschrijver")
    ontvangen: AwareDatetime = Field(description="Moment van ontvangst")
    teruggenomen: bool = Field(description="Of de inschrijver haar zelf introk")


class ProcesVerbaalIntrekkingContext(DocumentContext):
    """Context of the record of a withdrawal."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    procedure: str = Field(description="Naam van de procedure")
    gemeenten: tuple[Gemeenteregel, ...] = Field(description="Deelnemende gemeenten")
    gepubliceerd_op: date = Field(description="Dag waarop de aankondiging is verzonden")
    ingetrokken_op: date = Field(description="Dag van de intrekking")
    percelen: tuple[Ingetrokkenperceel, ...] = Field(description="Ingetrokken percelen")
    motivering: str = Field(description="Waarom niet wordt gegund")
    geopend: bool = Field(description="Of de inschrijvingen al waren geopend")
    inschrijvingen: tuple[Ingetrokkeninschrijving, ...] = Field(description="Inschrijvingen op deze percelen")


def build_proces_verbaal_intrekking(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One record for the percelen that were just withdrawn; none when nothing had been published."""
    feit = s.dossier.laatste(PercelenIngetrokken)
    if feit is None:
        raise InvoerError(["Er is geen perceel ingetrokken."])
    gepubliceerd = s.dossier.laatste(AanbestedingGepubliceerd)
    if gepubliceerd is None:
        return
    inkoop, mee = s.dossier.aanbesteding, list_inschrijvingen(s.dossier)
    nummers = {i.nummer for i in mee}
    sleutel = "-".join(feit.percelen)
    percelen: list[Ingetrokkenperceel] = []
    for perceel in (p for p in inkoop.percelen if p.nummer in feit.percelen):
        uitwerking = load_uitwerking(s, perceel.nummer)
        percelen.append(
            Ingetrokkenperceel(
                naam=perceel.naam,
                maximale_waarde=uitwerking.maximale_waarde if uitwerking else None,
                aantal=sum(perceel.nummer in i.percelen for i in mee),
            )
        )
    context = ProcesVerbaalIntrekkingContext(
        document=make_kop(s, inkoop.titel, f"PV-INTREKKING-{sleutel}", "vastgesteld"),
        aanbesteding=inkoop.titel,
        procedure=s.dossier.regime.naam,
        gemeenten=list_gemeenten(s),
        gepubliceerd_op=gepubliceerd.verzonden.astimezone(TIJDZONE).date(),
        ingetrokken_op=s.vandaag,
        percelen=tuple(percelen),
        motivering=as_zin(feit.motivering),
        geopend=s.dossier.laatste(InschrijvingenGeopend) is not None,
        inschrijvingen=tuple(
            Ingetrokkeninschrijving(
                nummer=i.nummer,
                aanbieder=i.aanbieder.naam,
                ontvangen=i.ontvangen,
                teruggenomen=i.nummer not in nummers,
            )
            for i in list_ontvangen(s.dossier)
            if set(i.percelen) & set(feit.percelen)
        ),
    )
    yield Exemplaar(Ontvanger(f"perceel-{sleutel}", inkoop.titel), context)


def voorbeeld_proces_verbaal_intrekking() -> ProcesVerbaalIntrekkingContext:
    """A complete invented example."""
    bod = Ingetrokkeninschrijving(
        nummer="I-001",
        aanbieder="Zorg Voorbeeld B.V. (verzonnen)",
        ontvangen=datetime(2027, 4, 19, 15, 30, tzinfo=TIJDZONE),
        teruggenomen=False,
    )
    return ProcesVerbaalIntrekkingContext(
        document=voorbeeld_kop(),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        procedure="procedure voor sociale en andere specifieke diensten",
        gemeenten=voorbeeld_gemeenten(),
        gepubliceerd_op=date(2027, 3, 1),
        ingetrokken_op=date(2027, 5, 28),
        percelen=(
            Ingetrokkenperceel(
                naam="Perceel 2: Begeleiding (verzonnen voorbeeld)",
                maximale_waarde=Decimal("24000000.00"),
                aantal=1,
            ),
        ),
        motivering="Een gemeenteraad heeft het budget gewijzigd (verzonnen).",
        geopend=True,
        inschrijvingen=(bod, bod.model_copy(update={"nummer": "I-002", "teruggenomen": True})),
    )


PROCES_VERBAAL_INTREKKING = Document(
    code="proces_verbaal_intrekking",
    titel="Proces-verbaal van intrekking",
    fase=FASE,
    context=ProcesVerbaalIntrekkingContext,
    build=build_proces_verbaal_intrekking,
    voorbeeld=voorbeeld_proces_verbaal_intrekking,
    per="aanbesteding",
    ongebruikt=("gemeenten[].orgaan", "gemeenten[].telefoon", "gemeenten[].website"),
    ondertekenaar=Rol.GEMANDATEERDE,
    besluit=True,
)
