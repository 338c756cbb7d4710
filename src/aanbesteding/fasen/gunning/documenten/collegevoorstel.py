"""The proposal to the college of each municipality, with the whole ranking as a confidential annex.

Grondslag: Gemeentewet art. 160 lid 1 and 171 (FEITEN 3.8).
Trap: it names bidders that did not win; it is not for publication.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.deelname import list_percelen_van, select_deelnemers
from aanbesteding.domain.feiten import PlanningVastgesteld
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.documenten.modellen import (
    Productregel,
    Rangregel,
    Winnaar,
)
from aanbesteding.fasen.gunning.documenten.partijen import (
    build_kop,
)
from aanbesteding.fasen.gunning.documenten.uitkomsten import (
    Perceelbouwer,
    list_rangregels,
    load_gepubliceerd,
    load_sluiting,
    load_uitkomsten,
)
from aanbesteding.fasen.gunning.documenten.voorbeelden import (
    GESLOTEN,
    RANGREGELS,
    RESULTAAT,
    VERZENDDATUM,
    voorbeeld_kop,
)


class Adviesperceel(Gegevensmodel):
    """A perceel in the proposal."""

    naam: str = Field(description="Nummer en titel van het perceel")
    aantal_inschrijvingen: int = Field(description="Aantal ontvangen inschrijvingen")
    producten: tuple[Productregel, ...] = Field(description="Producten van het perceel")
    winnaars: tuple[Winnaar, ...] = Field(description="Voorgestelde winnaars; leeg als er geen is")
    wet: str = Field(description="Wet waarop de hulp berust")
    aantal_geldig: int = Field(description="Aantal geldige inschrijvingen")
    aantal_ongeldig: int = Field(description="Aantal ongeldige of terzijde gelegde inschrijvingen")
    aantal_uitgesloten: int = Field(description="Aantal uitgesloten inschrijvers")
    raming_per_jaar: Decimal = Field(description="Raming per jaar, alle gemeenten samen, zonder btw")
    maximale_waarde: Decimal | None = Field(description="Hoogste waarde van alle overeenkomsten samen")
    rangorde: tuple[Rangregel, ...] = Field(description="Hele rangorde (vertrouwelijk)")
    waarschuwingen: tuple[str, ...] = Field(description="Bijzonderheden bij de rangorde")


class CollegevoorstelContext(DocumentContext):
    """Context of the proposal to one college."""

    document: Documentkop = Field(description="Titelblok")
    titel: str = Field(description="Titel van de aanbesteding")
    gemeente: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Bevoegd orgaan")
    gemeenten: tuple[str, ...] = Field(description="Alle deelnemende gemeenten")
    meerdere_gemeenten: bool = Field(description="Of meer dan één gemeente deelneemt")
    is_sas: bool = Field(description="Of de procedure voor sociale en andere specifieke diensten is gevolgd")
    b_diensten: bool = Field(description="Of de procedure voor B-diensten van voor 1 juli 2016 is gevolgd")
    gepubliceerd: datetime | None = Field(description="Moment van aankondiging")
    sluiting: datetime | None = Field(description="Moment van sluiting")
    gunningsbeslissing: date | None = Field(description="Geplande datum van de gunningsbeslissing")
    definitieve_gunning: date | None = Field(description="Geplande datum van de definitieve gunning")
    ingang: date | None = Field(description="Geplande ingangsdatum")
    percelen: tuple[Adviesperceel, ...] = Field(description="Percelen van het voorstel")
    rechtbank: str = Field(description="Bevoegde rechtbank")
    contact: str = Field(description="Contactpunt")


def build_collegevoorstellen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One proposal per municipality."""
    alles = load_uitkomsten(s)
    inkoop = s.dossier.aanbesteding
    planning = s.dossier.laatste(PlanningVastgesteld)
    percelen = {
        nr: _build_adviesperceel(bouwer, inkoop.load_perceel(nr).wet) for nr, bouwer in alles.bouwers.items()
    }
    deelnemers = select_deelnemers(s.regio, inkoop, percelen)
    for gemeente in deelnemers.gemeenten:
        eigen = list_percelen_van(inkoop, gemeente.code, percelen)
        partners = select_deelnemers(s.regio, inkoop, eigen).gemeenten
        context = CollegevoorstelContext(
            document=build_kop(
                s,
                "CV",
                gemeente.code,
                f"{inkoop.titel}, gemeente {gemeente.naam}",
                "vertrouwelijk, ter besluitvorming",
            ),
            titel=inkoop.titel,
            gemeente=gemeente.naam,
            orgaan=gemeente.bevoegd_orgaan,
            gemeenten=tuple(g.naam for g in partners),
            meerdere_gemeenten=len(partners) > 1,
            is_sas=s.dossier.regime.sas,
            b_diensten=s.dossier.regime.b_diensten,
            gepubliceerd=load_gepubliceerd(s),
            sluiting=load_sluiting(s),
            gunningsbeslissing=planning.gunningsbeslissing if planning else None,
            definitieve_gunning=planning.definitieve_gunning if planning else None,
            ingang=planning.ingang if planning else None,
            percelen=tuple(percelen[nr] for nr in eigen),
            rechtbank=s.regio.rechtsgang.rechtbank,
            contact=s.regio.contact,
        )
        yield Exemplaar(Ontvanger(gemeente.code, f"{gemeente.bevoegd_orgaan} van {gemeente.naam}"), context)


def _build_adviesperceel(bouwer: Perceelbouwer, wet: str) -> Adviesperceel:
    stand = bouwer.stand
    soorten = Counter(stand.uitkomst_van(nummer) for nummer in stand.inschrijvingen)
    uitgewerkt = stand.uitgewerkt
    return Adviesperceel(
        naam=bouwer.naam,
        aantal_inschrijvingen=len(stand.inschrijvingen),
        producten=bouwer.resultaat.producten,
        winnaars=bouwer.resultaat.winnaars,
        wet=wet,
        aantal_geldig=soorten["gegund"] + soorten["niet_gekozen"],
        aantal_ongeldig=soorten["ongeldig"] + soorten["terzijde"],
        aantal_uitgesloten=soorten["uitgesloten"],
        raming_per_jaar=uitgewerkt.raming_per_jaar if uitgewerkt else Decimal(0),
        maximale_waarde=uitgewerkt.maximale_waarde if uitgewerkt else None,
        rangorde=list_rangregels(bouwer),
        waarschuwingen=stand.rangorde.waarschuwingen if stand.rangorde else (),
    )


def voorbeeld_collegevoorstel() -> CollegevoorstelContext:
    """An invented example."""
    return CollegevoorstelContext(
        document=voorbeeld_kop("Proefinkoop 2028 (verzonnen)", "vertrouwelijk, ter besluitvorming"),
        titel="Proefinkoop 2028 (verzonnen)",
        gemeente="Voorbeeldstad (verzonnen)",
        orgaan="college van burgemeester en wethouders",
        gemeenten=("Voorbeeldstad (verzonnen)", "Proefdorp (verzonnen)"),
        meerdere_gemeenten=True,
        is_sas=True,
        b_diensten=False,
        gepubliceerd=datetime(2027, 4, 1, 9, 0, tzinfo=GESLOTEN.tzinfo),
        sluiting=GESLOTEN,
        gunningsbeslissing=VERZENDDATUM,
        definitieve_gunning=VERZENDDATUM.replace(day=24),
        ingang=date(2028, 1, 1),
        percelen=(
            Adviesperceel(
                naam=RESULTAAT.naam,
                aantal_inschrijvingen=RESULTAAT.aantal_inschrijvingen,
                producten=RESULTAAT.producten,
                winnaars=RESULTAAT.winnaars,
                wet="Wmo 2015",
                aantal_geldig=5,
                aantal_ongeldig=1,
                aantal_uitgesloten=1,
                raming_per_jaar=Decimal("1500000.00"),
                maximale_waarde=Decimal("12000000.00"),
                rangorde=RANGREGELS,
                waarschuwingen=("Twee inschrijvingen stonden gelijk; er is geloot (verzonnen).",),
            ),
        ),
        rechtbank="Rechtbank Voorbeeld (verzonnen)",
        contact="Team Inkoop, 000-0000000",
    )


COLLEGEVOORSTEL_GUNNING = Document(
    "collegevoorstel_gunning",
    "Collegevoorstel gunning",
    "gunning",
    CollegevoorstelContext,
    build_collegevoorstellen,
    voorbeeld_collegevoorstel,
    per="gemeente",
    besluit=True,
)
