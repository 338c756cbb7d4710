"""What the articles on consultation in a basic agreement need: one model, for the draft and for the final agreement.

The wording stands in sjablonen/_bouwstenen/basisovereenkomst_overleg.docx, which uses fields under `overleg` only.

Must stay true: the draft and the agreement say the same; the annex shown is the version that holds on the day asked.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from aanbesteding.documents.overeenkomst import as_zinsdeel
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import PerceelUitgewerkt
from aanbesteding.domain.overleg import BijlageVastgesteld, list_bijlagen, load_inrichting
from aanbesteding.domain.situatie import Situatie


class Tariefregel(Gegevensmodel):
    """A product in a version of the annex."""

    code: str = Field(description="Productcode")
    naam: str = Field(description="Naam van het product")
    eenheid: str = Field(description="Eenheid waarin het product wordt geleverd")
    tarief: Decimal = Field(description="Tarief in euro per eenheid")


class Resultaatregel(Gegevensmodel):
    """A result in a version of the annex."""

    code: str = Field(description="Kenmerk van het resultaat")
    omschrijving: str = Field(description="Wat voor de cliënt bereikt wordt")
    maatstaf: str = Field(description="Waaraan dat te zien is")
    streefwaarde: str = Field(description="Wat de afspraak is")


class OverlegBepalingen(Gegevensmodel):
    """Fields of the articles on consultation; goes into a context under the name `overleg`."""

    tafel: str = Field(description="Onderwerp van de overlegtafel van dit perceel")
    voorzitter: str = Field(description="Functie van wie de tafel voorzit")
    besluitvorming: str = Field(description="Wie besluit en wat er met bezwaren gebeurt, als zinsdeel")
    uitnodiging_dagen: int = Field(description="Dagen tussen uitnodiging en tafel")
    reactie_dagen: int = Field(description="Dagen om op een verslag te reageren")
    grens_procent: Decimal = Field(description="Grens van bijsturen in procenten van de eerste versie")
    versie: int = Field(description="Nummer van de versie van de bijlage die nu geldt")
    versie_ingang: date = Field(description="Eerste dag van die versie")
    budget_per_jaar: Decimal = Field(description="Budget per jaar van alle aanbieders samen")
    tarieven: tuple[Tariefregel, ...] = Field(description="Producten en tarieven van die versie")
    resultaten: tuple[Resultaatregel, ...] = Field(description="Resultaten van die versie")
    afspraken: tuple[str, ...] = Field(description="Andere afspraken van die versie")


def list_tariefregels(s: Situatie[Any], bijlage: BijlageVastgesteld) -> tuple[Tariefregel, ...]:
    """Products and tariffs of a version, in the order of the worked-out perceel."""
    uitgewerkt = s.dossier.laatste(PerceelUitgewerkt, perceel=bijlage.perceel)
    return tuple(
        Tariefregel(code=p.code, naam=p.naam, eenheid=p.eenheid, tarief=bijlage.tarieven[p.code])
        for p in (uitgewerkt.producten if uitgewerkt else ())
        if p.code in bijlage.tarieven
    )


def list_resultaatregels(bijlage: BijlageVastgesteld) -> tuple[Resultaatregel, ...]:
    """Results of a version."""
    return tuple(Resultaatregel(**r.model_dump()) for r in bijlage.resultaten)


def build_overlegbepalingen(s: Situatie[Any], perceel: str) -> OverlegBepalingen | None:
    """The articles of one perceel with the last version of its annex; None when there is no consultation yet."""
    inrichting, bijlagen = load_inrichting(s.dossier), list_bijlagen(s.dossier, perceel)
    tafel = next((t for t in inrichting.tafels if perceel in t.percelen), None) if inrichting else None
    if inrichting is None or tafel is None or not bijlagen:
        return None
    bijlage = bijlagen[-1]
    return OverlegBepalingen(
        tafel=tafel.onderwerp,
        voorzitter=inrichting.voorzitter,
        besluitvorming=as_zinsdeel(inrichting.besluitvorming),
        uitnodiging_dagen=inrichting.uitnodigingstermijn_dagen,
        reactie_dagen=inrichting.reactietermijn_dagen,
        grens_procent=inrichting.grens_procent,
        versie=bijlage.versie,
        versie_ingang=bijlage.ingang,
        budget_per_jaar=bijlage.budget_per_jaar,
        tarieven=list_tariefregels(s, bijlage),
        resultaten=list_resultaatregels(bijlage),
        afspraken=bijlage.afspraken,
    )


VOORBEELD_TARIEVEN = (
    Tariefregel(code="02A01", naam="Begeleiding thuis (verzonnen)", eenheid="uur", tarief=Decimal("48.60")),
    Tariefregel(
        code="03A01", naam="Persoonlijke verzorging (verzonnen)", eenheid="uur", tarief=Decimal("45.20")
    ),
)
VOORBEELD_RESULTATEN = (
    Resultaatregel(
        code="R1",
        omschrijving="De cliënt redt zich langer zelf (verzonnen)",
        maatstaf="aandeel cliënten dat na een jaar minder hulp nodig heeft",
        streefwaarde="20 procent",
    ),
    Resultaatregel(
        code="R2",
        omschrijving="De cliënt is tevreden over de hulp (verzonnen)",
        maatstaf="rapportcijfer in het jaarlijkse onderzoek",
        streefwaarde="ten minste een 7,5",
    ),
)


def voorbeeld_overlegbepalingen() -> OverlegBepalingen:
    """A complete invented example."""
    return OverlegBepalingen(
        tafel="begeleiding en verzorging (verzonnen)",
        voorzitter="regionaal contractmanager",
        besluitvorming="de gemeenten besluiten na de tafel; een bezwaar van meer dan de helft komt één keer terug",
        uitnodiging_dagen=14,
        reactie_dagen=10,
        grens_procent=Decimal(10),
        versie=1,
        versie_ingang=date(2028, 1, 1),
        budget_per_jaar=Decimal(4200000),
        tarieven=VOORBEELD_TARIEVEN,
        resultaten=VOORBEELD_RESULTATEN,
        afspraken=("Aanbieders en wijkteams melden elkaar vooraf een wachttijd (verzonnen).",),
    )
