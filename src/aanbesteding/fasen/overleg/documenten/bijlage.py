"""A version of the living annex to the basic agreement: what holds from when, and what it was before.

Must stay true: the text is the same for every provider of the perceel; what changed is shown with its old value.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar, Ontvanger
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.documents.overlegbepalingen import (
    VOORBEELD_RESULTATEN,
    VOORBEELD_TARIEVEN,
    Resultaatregel,
    Tariefregel,
    list_tariefregels,
)
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.overeenkomsten import load_overeenkomst
from aanbesteding.domain.overleg import BijlageVastgesteld, list_bijlagen, load_inrichting
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.overleg.documenten.kop import (
    COLLEGE,
    FASE,
    PERCEEL,
    build_kop,
    voorbeeld_kop,
)
from aanbesteding.fasen.overleg.feiten import load_uitschrijving, load_verslag


class Tariefverloop(Tariefregel):
    """A product with its tariff now and before."""

    vorig: Decimal | None = Field(description="Tarief in de vorige versie; leeg als dat er niet was")
    gewijzigd: bool = Field(description="Of het tarief verandert")


class Resultaatverloop(Resultaatregel):
    """A result now and before."""

    nieuw: bool = Field(description="Of dit resultaat er nog niet was")
    gewijzigd: bool = Field(description="Of de streefwaarde verandert")
    vorige_streefwaarde: str = Field(description="Streefwaarde in de vorige versie; leeg als die er niet was")


class Besluitregel(Gegevensmodel):
    """The decision of one municipality."""

    gemeente: str = Field(description="Naam van de gemeente")
    orgaan: str = Field(description="Bevoegd orgaan")
    datum: date = Field(description="Dag van het besluit")
    kenmerk: str = Field(description="Kenmerk van het besluit")


class BijlageBasisovereenkomstContext(DocumentContext):
    """A version of the annex, for everyone before there are agreements, else for each of them."""

    document: Documentkop = Field(description="Titelblok")
    perceel: str = Field(description="Nummer en titel van het perceel")
    versie: int = Field(description="Nummer van de versie")
    eerste: bool = Field(description="Of dit de eerste versie is")
    met_overeenkomst: bool = Field(description="Of de versie bij een gesloten basisovereenkomst hoort")
    overeenkomst: str = Field(description="Nummer van de basisovereenkomst; leeg zonder overeenkomst")
    aanbieder: str = Field(description="Naam van de aanbieder; leeg zonder overeenkomst")
    aantal_aanbieders: int = Field(description="Voor hoeveel aanbieders deze versie geldt")
    ingang: date = Field(description="Eerste dag van de versie")
    toelichting: str = Field(description="Waarom deze versie er komt")
    overleg: str = Field(description="Nummer van de overlegtafel")
    overleg_moment: datetime = Field(description="Dag en uur van de overlegtafel")
    aantal_aanwezig: int = Field(description="Hoeveel aanbieders aan tafel zaten")
    alles_eens: bool = Field(description="Of over elk punt overeenstemming was")
    budget_per_jaar: Decimal = Field(description="Budget per jaar van alle aanbieders samen")
    vorig_budget: Decimal | None = Field(description="Budget in de vorige versie; leeg bij de eerste")
    budget_gewijzigd: bool = Field(description="Of het budget verandert")
    tarieven: tuple[Tariefverloop, ...] = Field(description="Producten en tarieven")
    resultaten: tuple[Resultaatverloop, ...] = Field(description="Resultaten waarop partijen sturen")
    vervallen: tuple[Resultaatregel, ...] = Field(description="Resultaten die vervallen")
    afspraken: tuple[str, ...] = Field(description="Andere afspraken")
    grens_procent: Decimal = Field(description="Grens van bijsturen in procenten van de eerste versie")
    besluiten: tuple[Besluitregel, ...] = Field(description="Besluit van elke gemeente")
    uittreden_tot: date | None = Field(description="Laatste dag om op te zeggen; leeg bij de eerste versie")
    email: str = Field(description="E-mailadres om op te zeggen")


def build_bijlagen(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """The last adopted version: one per running agreement, or one for everyone while there are none."""
    bijlage = s.dossier.laatste(BijlageVastgesteld)
    if bijlage is None:
        return
    velden = _make_velden(s, bijlage)
    naam = f"P{bijlage.perceel}-V{bijlage.versie}"
    titel = s.dossier.aanbesteding.titel
    if not bijlage.overeenkomsten:
        context = BijlageBasisovereenkomstContext(
            document=build_kop(s, f"BIJLAGE-{naam}", titel, "vastgesteld"),
            met_overeenkomst=False,
            overeenkomst="",
            aanbieder="",
            **velden,
        )
        yield Exemplaar(Ontvanger(naam, "alle aanbieders"), context)
    for nummer in bijlage.overeenkomsten:
        overeenkomst = load_overeenkomst(s.dossier, nummer)
        if overeenkomst is None:
            raise KeyError(nummer)
        aanbieder = overeenkomst.aanbieder
        context = BijlageBasisovereenkomstContext(
            document=build_kop(s, f"BIJLAGE-{naam}-{nummer}", titel, "vastgesteld"),
            met_overeenkomst=True,
            overeenkomst=nummer,
            aanbieder=aanbieder.naam,
            **velden,
        )
        yield Exemplaar(Ontvanger(f"{naam}-{nummer}", aanbieder.naam, aanbieder.email), context)


def _make_velden(s: Situatie[Any], bijlage: BijlageVastgesteld) -> dict[str, Any]:
    """Everything that is the same for each provider."""
    inkoop, inrichting = s.dossier.aanbesteding, load_inrichting(s.dossier)
    tafel, verslag = load_uitschrijving(s.dossier, bijlage.overleg), load_verslag(s.dossier, bijlage.overleg)
    if inrichting is None or tafel is None or verslag is None:
        raise KeyError(bijlage.overleg)
    eerder = [b for b in list_bijlagen(s.dossier, bijlage.perceel) if b.versie < bijlage.versie]
    vorige = eerder[-1] if eerder else None
    oud = {r.code: r for r in vorige.resultaten} if vorige else {}
    nieuw = {r.code for r in bijlage.resultaten}
    gemeenten = {g.code: g for g in s.regio.gemeenten}
    aanbieders = {
        o.aanbieder.sleutel for n in bijlage.overeenkomsten if (o := load_overeenkomst(s.dossier, n))
    }
    return {
        "perceel": inkoop.load_perceel(bijlage.perceel).naam,
        "versie": bijlage.versie,
        "eerste": vorige is None,
        "aantal_aanbieders": len(aanbieders),
        "ingang": bijlage.ingang,
        "toelichting": as_zin(bijlage.toelichting),
        "overleg": bijlage.overleg,
        "overleg_moment": tafel.moment,
        "aantal_aanwezig": len(verslag.aanwezig),
        "alles_eens": all(p.uitkomst == "overeenstemming" for p in verslag.punten),
        "budget_per_jaar": bijlage.budget_per_jaar,
        "vorig_budget": vorige.budget_per_jaar if vorige else None,
        "budget_gewijzigd": vorige is not None and vorige.budget_per_jaar != bijlage.budget_per_jaar,
        "tarieven": tuple(
            Tariefverloop(
                **regel.model_dump(),
                vorig=vorige.tarieven.get(regel.code) if vorige else None,
                gewijzigd=vorige is not None and vorige.tarieven.get(regel.code) != regel.tarief,
            )
            for regel in list_tariefregels(s, bijlage)
        ),
        "resultaten": tuple(
            Resultaatverloop(
                **r.model_dump(),
                nieuw=vorige is not None and r.code not in oud,
                gewijzigd=r.code in oud and oud[r.code].streefwaarde != r.streefwaarde,
                vorige_streefwaarde=oud[r.code].streefwaarde if r.code in oud else "",
            )
            for r in bijlage.resultaten
        ),
        "vervallen": tuple(Resultaatregel(**r.model_dump()) for code, r in oud.items() if code not in nieuw),
        "afspraken": tuple(map(as_zin, bijlage.afspraken)),
        "grens_procent": inrichting.grens_procent,
        "besluiten": tuple(
            Besluitregel(
                gemeente=gemeenten[b.gemeente].naam,
                orgaan=gemeenten[b.gemeente].bevoegd_orgaan,
                datum=b.datum,
                kenmerk=b.kenmerk,
            )
            for b in bijlage.gemeentebesluiten
            if b.gemeente in gemeenten
        ),
        "uittreden_tot": bijlage.uittreden_tot,
        "email": s.regio.email,
    }


def voorbeeld_bijlage() -> BijlageBasisovereenkomstContext:
    """An invented second version."""
    eerste, tweede = VOORBEELD_TARIEVEN
    resultaat, tevreden = VOORBEELD_RESULTATEN
    return BijlageBasisovereenkomstContext(
        document=voorbeeld_kop(date(2028, 11, 14), "VB-BIJLAGE-P2-V2-VB-2028-P2-003", "vastgesteld"),
        perceel=PERCEEL,
        versie=2,
        eerste=False,
        met_overeenkomst=True,
        overeenkomst="VB-2028-P2-003",
        aanbieder="Zorg & Co (verzonnen) B.V.",
        aantal_aanbieders=24,
        ingang=date(2029, 1, 1),
        toelichting="Er komen meer lichte vormen van hulp, zodat minder zware hulp nodig is (verzonnen).",
        overleg="T-2",
        overleg_moment=datetime(2028, 10, 10, 13, 30, tzinfo=TIJDZONE),
        aantal_aanwezig=19,
        alles_eens=True,
        budget_per_jaar=Decimal(4350000),
        vorig_budget=Decimal(4200000),
        budget_gewijzigd=True,
        tarieven=(
            Tariefverloop(**eerste.model_dump(), vorig=Decimal("47.90"), gewijzigd=True),
            Tariefverloop(**tweede.model_dump(), vorig=tweede.tarief, gewijzigd=False),
        ),
        resultaten=(
            Resultaatverloop(
                **resultaat.model_dump(), nieuw=False, gewijzigd=True, vorige_streefwaarde="15 procent"
            ),
            Resultaatverloop(**tevreden.model_dump(), nieuw=True, gewijzigd=False, vorige_streefwaarde=""),
        ),
        vervallen=(
            Resultaatregel(
                code="R3",
                omschrijving="De cliënt krijgt snel hulp (verzonnen)",
                maatstaf="dagen tot de eerste afspraak",
                streefwaarde="ten hoogste 15",
            ),
        ),
        afspraken=("Aanbieders en wijkteams melden elkaar vooraf een wachttijd (verzonnen).",),
        grens_procent=Decimal(10),
        besluiten=(
            Besluitregel(
                gemeente="Voorbeeldstad (verzonnen)",
                orgaan=COLLEGE,
                datum=date(2028, 11, 7),
                kenmerk="B-2028-81",
            ),
        ),
        uittreden_tot=date(2028, 12, 15),
        email="inkoop@voorbeeld.example",
    )


BIJLAGE_BASISOVEREENKOMST = Document(
    code="bijlage_basisovereenkomst",
    titel="Bijlage bij de basisovereenkomst",
    fase=FASE,
    context=BijlageBasisovereenkomstContext,
    build=build_bijlagen,
    voorbeeld=voorbeeld_bijlage,
    per="overeenkomst",
    ondertekenaar=Rol.GEMANDATEERDE,
    verzenden=True,
)
