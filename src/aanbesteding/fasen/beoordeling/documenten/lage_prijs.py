"""The letter that asks a bidder to explain a low price: one per bid, one moment for all who are asked.

Grondslag: Aw 2012 art. 2.116 (old text read). Not here: which price is low and what follows (lage_prijs).
Must stay true: the letter holds the bidder's own price only, never another's, nor the median, which would tell
what others bid.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Exemplaar,
    Ontvanger,
    build_brief,
)
from aanbesteding.domain.aangekondigde_rangorde import load_prijsproduct
from aanbesteding.domain.feiten import PrijzenGeopend
from aanbesteding.domain.gunningsrangorde import load_uitgewerkt
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.beoordeling import stand
from aanbesteding.fasen.beoordeling.documenten.kop import show_namens
from aanbesteding.fasen.beoordeling.feiten import LagePrijsBevraagd
from aanbesteding.fasen.beoordeling.invoer import VRAGEN_LAGE_PRIJS

FUNCTIE = "Inkoper"


class LagePrijsContext(DocumentContext):
    """What the request for an explanation may use."""

    brief: Brief = Field(description="Briefhoofd en afsluiting")
    aanbesteding: str = Field(description="Titel van de aanbesteding")
    inschrijving: str = Field(description="Nummer van de inschrijving")
    perceel: str = Field(description="Nummer en titel van het perceel")
    product: str = Field(description="Code en naam van het product waarvoor de prijs geldt")
    eenheid: str = Field(description="Eenheid waarvoor de prijs geldt, bijvoorbeeld uur")
    prijs: Decimal = Field(description="De eigen prijs van deze inschrijver")
    vragen: tuple[str, ...] = Field(description="Wat de inschrijver moet toelichten")
    uiterlijk: datetime = Field(description="Moment tot waarop de toelichting kan worden ingediend")


def build_prijsvragen(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One letter per bid that the act of this version asked, in order of number."""
    vraag = next(
        (f for f in reversed(s.dossier.list_feiten(LagePrijsBevraagd)) if f.perceel in s.onderwerpen), None
    )
    if vraag is None:
        return
    geopend = s.dossier.laatste(PrijzenGeopend, perceel=vraag.perceel)
    product = load_prijsproduct(load_uitgewerkt(s.dossier, vraag.perceel))
    inschrijvingen = stand.load_inschrijvingen(s.dossier)
    for nummer in sorted(vraag.inschrijvingen):
        aanbieder = inschrijvingen[nummer].aanbieder
        yield Exemplaar(
            Ontvanger(nummer, aanbieder.naam, aanbieder.email),
            LagePrijsContext(
                brief=build_brief(
                    s.regio,
                    aanbieder,
                    datum=s.vandaag,
                    kenmerk=f"{s.dossier.code}-LP-P{vraag.perceel}-{nummer}",
                    onderwerp=f"Verzoek om uw prijs toe te lichten ({nummer})",
                    ondertekenaar_functie=FUNCTIE,
                    namens=show_namens(s.regio),
                ),
                aanbesteding=s.dossier.aanbesteding.titel,
                inschrijving=nummer,
                perceel=s.dossier.aanbesteding.load_perceel(vraag.perceel).naam,
                product=f"{product.code} {product.naam}",
                eenheid=product.eenheid,
                prijs=geopend.prijzen[nummer] if geopend else Decimal(0),
                vragen=vraag.vragen,
                uiterlijk=vraag.uiterlijk.astimezone(TIJDZONE),
            ),
        )


def make_voorbeeld() -> LagePrijsContext:
    """An invented example."""
    return LagePrijsContext(
        brief=Brief(
            aan=(
                "Zorgbedrijf Voorbeeld (verzonnen)",
                "t.a.v. Directie",
                "Verzonnenstraat 1",
                "1001 AB  Proefstad",
            ),
            datum=date(2026, 7, 6),
            kenmerk="PROEF-LP-P1-I-001",
            onderwerp="Verzoek om uw prijs toe te lichten (I-001)",
            aanhef="Geachte directie,",
            contact="Team Inkoop, 000-0000000",
            ondertekenaar_functie=FUNCTIE,
            namens="De colleges van burgemeester en wethouders van de gemeenten Aadorp en Beedorp",
        ),
        aanbesteding="Proefinkoop 2027 (verzonnen)",
        inschrijving="I-001",
        perceel="Perceel 1: Wmo – Proefperceel 1",
        product="01A01 Hulp bij het huishouden",
        eenheid="uur",
        prijs=Decimal("27.50"),
        vragen=VRAGEN_LAGE_PRIJS,
        uiterlijk=datetime(2026, 7, 13, 12, 0, tzinfo=TIJDZONE),
    )


VERZOEK_TOELICHTING_LAGE_PRIJS = Document(
    code="verzoek_toelichting_lage_prijs",
    titel="Verzoek om toelichting op een lage prijs",
    fase="beoordeling",
    context=LagePrijsContext,
    build=build_prijsvragen,
    voorbeeld=make_voorbeeld,
    per="inschrijver",
    ondertekenaar=Rol.INKOPER,
    verzenden=True,
)
