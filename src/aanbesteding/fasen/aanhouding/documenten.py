"""Letters about a hold: that it began, and how it ended.

To every bidder concerned when there are bids, else one text for all who are interested. A hold that concerns one
bidder (Bibob) is told to that bidder alone.

Must stay true: a letter says what was recorded for others to read, never the internal note; nobody is named.
Trap: a builder is asked right after its act, so "this hold" is the last one that began or ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import (
    Brief,
    Document,
    DocumentContext,
    Exemplaar,
    Ontvanger,
    build_brief,
)
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.domain.feiten import AanhoudingBegonnen, AanhoudingGeeindigd, Inschrijving
from aanbesteding.domain.inschrijvingen import list_meedingend
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.aanhouding.feiten import list_aanhoudingen
from aanbesteding.fasen.aanhouding.soorten import SOORTEN, STOPPEN

FASE = "aanhouding"
FUNCTIE = "Jurist"


class AanhoudingContext(DocumentContext):
    """Context of the letter that a hold began."""

    brief: Brief = Field(description="Briefhoofd en slot")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    nummer: str = Field(description="Nummer van de aanhouding")
    soort: str = Field(description="Soort aanhouding, in woorden")
    sinds: date = Field(description="Dag waarop de aanhouding begon")
    percelen: tuple[str, ...] = Field(description="Percelen die zijn aangehouden")
    aanleiding: str = Field(description="Wat er aan de hand is")
    inschrijving: str = Field(
        description="Nummer van de inschrijving van de ontvanger; leeg zonder inschrijving"
    )
    alleen_ontvanger: bool = Field(description="Of alleen de ontvanger dit bericht krijgt")


class EindeAanhoudingContext(DocumentContext):
    """Context of the letter that a hold ended."""

    brief: Brief = Field(description="Briefhoofd en slot")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    nummer: str = Field(description="Nummer van de aanhouding")
    soort: str = Field(description="Soort aanhouding, in woorden")
    sinds: date = Field(description="Dag waarop de aanhouding begon")
    geeindigd: date = Field(description="Dag waarop de aanhouding eindigde")
    percelen: tuple[str, ...] = Field(description="Percelen die waren aangehouden")
    gaat_door: bool = Field(description="Of de procedure verder gaat zoals zij was")
    wordt_herzien: bool = Field(description="Of de stukken worden aangepast")
    wordt_verlengd: bool = Field(description="Of de inschrijftermijn wordt verlengd")
    wordt_herbeoordeeld: bool = Field(description="Of opnieuw naar de beoordeling wordt gekeken")
    stopt: bool = Field(description="Of de procedure voor deze percelen stopt")
    begint_opnieuw: bool = Field(description="Of daarna een nieuwe procedure begint")
    motivering: str = Field(description="Waarom dit de uitkomst is")
    inschrijving: str = Field(
        description="Nummer van de inschrijving van de ontvanger; leeg zonder inschrijving"
    )


def list_ontvangers(s: Situatie[Any], aanhouding: AanhoudingBegonnen) -> tuple[Inschrijving, ...]:
    """The bids whose bidders are told: the one concerned, or every one for these percelen."""
    return tuple(
        i
        for i in list_meedingend(s.dossier)
        if (
            i.nummer == aanhouding.inschrijving
            if aanhouding.inschrijving
            else set(i.percelen) & {*aanhouding.percelen}
        )
    )


def _list_brieven(
    s: Situatie[Any], a: AanhoudingBegonnen, onderwerp: str
) -> Iterator[tuple[Ontvanger, Brief, str]]:
    """Recipient, letter head and number of the bid; one open letter when nobody bid yet."""
    kop: dict[str, Any] = {
        "datum": s.vandaag,
        "onderwerp": f"{onderwerp} ({s.dossier.aanbesteding.titel})",
        "ondertekenaar_functie": FUNCTIE,
        "namens": s.regio.naam,
    }
    ontvangers = list_ontvangers(s, a)
    for i in ontvangers:
        kenmerk = f"{s.dossier.code}-{a.aanhouding}-{i.nummer}"
        brief = build_brief(s.regio, i.aanbieder, kenmerk=kenmerk, **kop)
        yield Ontvanger(f"{a.aanhouding}-{i.nummer}", i.aanbieder.naam, i.aanbieder.email), brief, i.nummer
    if not ontvangers:
        kenmerk = f"{s.dossier.code}-{a.aanhouding}"
        aan = ("Aan alle belangstellenden",)
        brief = build_brief(s.regio, aan, kenmerk=kenmerk, aanhef="Geachte heer, mevrouw,", **kop)
        yield Ontvanger(f"{a.aanhouding}-alle", s.dossier.aanbesteding.titel), brief, ""


def _list_percelen(s: Situatie[Any], a: AanhoudingBegonnen) -> tuple[str, ...]:
    return tuple(p.naam for p in s.dossier.aanbesteding.percelen if p.nummer in a.percelen)


def build_bericht_aanhouding(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """A letter to everyone concerned by the hold that just began."""
    aanhoudingen = list_aanhoudingen(s.dossier)
    if not aanhoudingen:
        raise InvoerError(["Er is geen aanhouding vastgelegd."])
    a = aanhoudingen[-1]
    for ontvanger, brief, nummer in _list_brieven(s, a, "Aanhouding van de procedure"):
        yield Exemplaar(
            ontvanger,
            AanhoudingContext(
                brief=brief,
                aanbesteding=s.dossier.aanbesteding.titel,
                nummer=a.aanhouding,
                soort=SOORTEN[a.aard].titel,
                sinds=a.datum,
                percelen=_list_percelen(s, a),
                aanleiding=as_zin(a.aanleiding),
                inschrijving=nummer,
                alleen_ontvanger=bool(a.inschrijving),
            ),
        )


def build_bericht_einde_aanhouding(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """A letter to everyone concerned by the hold that just ended."""
    einde = s.dossier.laatste(AanhoudingGeeindigd)
    if einde is None:
        raise InvoerError(["Er is geen aanhouding geëindigd."])
    a = next(a for a in list_aanhoudingen(s.dossier) if a.aanhouding == einde.aanhouding)
    for ontvanger, brief, nummer in _list_brieven(s, a, "Einde van de aanhouding"):
        yield Exemplaar(
            ontvanger,
            EindeAanhoudingContext(
                brief=brief,
                aanbesteding=s.dossier.aanbesteding.titel,
                nummer=a.aanhouding,
                soort=SOORTEN[a.aard].titel,
                sinds=a.datum,
                geeindigd=einde.datum,
                percelen=_list_percelen(s, a),
                gaat_door=einde.uitkomst == "doorgaan",
                wordt_herzien=einde.uitkomst == "herzien",
                wordt_verlengd=einde.uitkomst == "termijn_verlengen",
                wordt_herbeoordeeld=einde.uitkomst == "herbeoordelen",
                stopt=einde.uitkomst in STOPPEN,
                begint_opnieuw=einde.uitkomst == "opnieuw_aanbesteden",
                motivering=as_zin(einde.motivering),
                inschrijving=nummer,
            ),
        )


def _voorbeeld_brief(onderwerp: str) -> Brief:
    return Brief(
        aan=(
            "Zorg Voorbeeld B.V. (verzonnen)",
            "t.a.v. Directie",
            "Verzonnenstraat 1",
            "1234 AB  Voorbeeldstad",
        ),
        datum=date(2027, 5, 10),
        kenmerk="VOORBEELD-H-1",
        onderwerp=onderwerp,
        aanhef="Geachte directie,",
        contact="Team Inkoop, 000-0000000",
        ondertekenaar_functie=FUNCTIE,
        namens="Regio Voorbeeld (verzonnen)",
    )


def voorbeeld_bericht_aanhouding() -> AanhoudingContext:
    """A complete invented example."""
    return AanhoudingContext(
        brief=_voorbeeld_brief("Aanhouding van de procedure"),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        nummer="H-1",
        soort=SOORTEN["raadswijziging"].titel,
        sinds=date(2027, 5, 7),
        percelen=("Perceel 2: Begeleiding (verzonnen voorbeeld)",),
        aanleiding="Een gemeenteraad heeft een wijziging van het budgetplafond aangenomen (verzonnen).",
        inschrijving="I-001",
        alleen_ontvanger=False,
    )


def voorbeeld_bericht_einde_aanhouding() -> EindeAanhoudingContext:
    """A complete invented example."""
    return EindeAanhoudingContext(
        brief=_voorbeeld_brief("Einde van de aanhouding"),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        nummer="H-1",
        soort=SOORTEN["raadswijziging"].titel,
        sinds=date(2027, 5, 7),
        geeindigd=date(2027, 5, 28),
        percelen=("Perceel 2: Begeleiding (verzonnen voorbeeld)",),
        gaat_door=True,
        wordt_herzien=False,
        wordt_verlengd=False,
        wordt_herbeoordeeld=False,
        stopt=False,
        begint_opnieuw=False,
        motivering="De wijziging heeft geen gevolgen voor de stukken van deze procedure (verzonnen).",
        inschrijving="I-001",
    )


BERICHT_AANHOUDING = Document(
    code="bericht_aanhouding",
    titel="Bericht van aanhouding",
    fase=FASE,
    context=AanhoudingContext,
    build=build_bericht_aanhouding,
    voorbeeld=voorbeeld_bericht_aanhouding,
    per="inschrijver",
    ondertekenaar=Rol.JURIST,
    verzenden=True,
)
BERICHT_EINDE_AANHOUDING = Document(
    code="bericht_einde_aanhouding",
    titel="Bericht van het einde van een aanhouding",
    fase=FASE,
    context=EindeAanhoudingContext,
    build=build_bericht_einde_aanhouding,
    voorbeeld=voorbeeld_bericht_einde_aanhouding,
    per="inschrijver",
    ondertekenaar=Rol.JURIST,
    verzenden=True,
)
