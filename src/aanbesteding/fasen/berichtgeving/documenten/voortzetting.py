"""The letter to a present provider about running support: it goes on, not always with the same provider.

Grondslag: Wmo 2015 art. 2.6.5 (consultation between old and new providers).
Must stay true: each provider hears about its own percelen only; a pgb is named as a way to go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import Brief, Document, DocumentContext, Exemplaar, Ontvanger
from aanbesteding.documents.overeenkomst import as_zin
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.overeenkomsten import list_gesloten
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.berichtgeving.documenten.kop import (
    AAN_AANBIEDER,
    FASE,
    INKOOP,
    build_partijbrief,
    voorbeeld_brief,
)
from aanbesteding.fasen.berichtgeving.feiten import VoortzettingMeegedeeld

FUNCTIE = "Contractbeheerder"


class Voortzettingperceel(Gegevensmodel):
    """What running support in one perceel means for this provider; exactly one of the two is true."""

    naam: str = Field(description="Nummer en titel van het perceel")
    blijft: bool = Field(description="Of de aanbieder een nieuwe overeenkomst heeft")
    vertrekt: bool = Field(description="Of de aanbieder geen nieuwe overeenkomst heeft")
    aanbieders: tuple[str, ...] = Field(description="Andere aanbieders met een nieuwe overeenkomst, op naam")


class BriefVoortzettingContext(DocumentContext):
    """The letter to one present provider."""

    brief: Brief = Field(description="Kop en slot van de brief")
    inkoop: str = Field(description="Titel van de inkoop")
    aanbieder: str = Field(description="Naam van de aanbieder")
    ingang: date = Field(description="Eerste dag van de nieuwe overeenkomsten")
    overgang_tot: date | None = Field(description="Laatste dag van de overgang; leeg als die open is")
    percelen: tuple[Voortzettingperceel, ...] = Field(
        min_length=1, description="Wat dit per perceel betekent"
    )
    vertrekt: bool = Field(description="Of de aanbieder in ten minste één perceel weggaat")
    pgb: str = Field(description="Wat een cliënt met een pgb kan")
    clientcontact: str = Field(description="Wie met cliënten praat en wanneer")


def build_brieven_voortzetting(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One letter per present provider."""
    feit = s.dossier.laatste(VoortzettingMeegedeeld)
    if feit is None:
        return
    titel = s.dossier.aanbesteding.titel
    nieuw: dict[str, dict[str, str]] = {}
    for o in list_gesloten(s.dossier, s.vandaag):
        nieuw.setdefault(o.perceel, {})[o.aanbieder.kvk] = o.aanbieder.naam
    for huidig in feit.aanbieders:
        percelen = tuple(
            Voortzettingperceel(
                naam=s.dossier.aanbesteding.load_perceel(p).naam,
                blijft=huidig.kvk in nieuw.get(p, {}),
                vertrekt=huidig.kvk not in nieuw.get(p, {}),
                aanbieders=tuple(
                    sorted(
                        (naam for kvk, naam in nieuw.get(p, {}).items() if kvk != huidig.kvk),
                        key=str.casefold,
                    )
                ),
            )
            for p in huidig.percelen
        )
        context = BriefVoortzettingContext(
            brief=build_partijbrief(
                s,
                huidig.partij,
                f"VZ-{huidig.kvk}",
                f"Lopende ondersteuning op en na de ingang: {titel}",
                FUNCTIE,
            ),
            inkoop=titel,
            aanbieder=huidig.partij.naam,
            ingang=feit.ingang,
            overgang_tot=feit.overgang_tot,
            percelen=percelen,
            vertrekt=any(p.vertrekt for p in percelen),
            pgb=as_zin(feit.pgb),
            clientcontact=as_zin(feit.clientcontact),
        )
        yield Exemplaar(Ontvanger(f"kvk-{huidig.kvk}", huidig.partij.naam, huidig.partij.email), context)


def voorbeeld_voortzetting() -> BriefVoortzettingContext:
    """An invented letter: stays in one perceel, leaves in another."""
    return BriefVoortzettingContext(
        brief=voorbeeld_brief(
            AAN_AANBIEDER,
            f"Lopende ondersteuning op en na de ingang: {INKOOP}",
            date(2028, 11, 15),
            "VB-VZ-01234567",
            FUNCTIE,
        ),
        inkoop=INKOOP,
        aanbieder="Zorg & Co (verzonnen) B.V.",
        ingang=date(2029, 1, 1),
        overgang_tot=date(2029, 6, 30),
        percelen=(
            Voortzettingperceel(
                naam="Perceel 1: Begeleiding (verzonnen)",
                blijft=True,
                vertrekt=False,
                aanbieders=("Thuis Verder (verzonnen)",),
            ),
            Voortzettingperceel(
                naam="Perceel 2: Tijdelijk verblijf (verzonnen)",
                blijft=False,
                vertrekt=True,
                aanbieders=("Logeerhuis De Brug (verzonnen)", "Thuis Verder (verzonnen)"),
            ),
        ),
        vertrekt=True,
        pgb="Wil een cliënt bij u blijven, dan kan een persoonsgebonden budget uitkomst bieden (verzonnen).",
        clientcontact="De wijkteams bellen elke cliënt voor 1 december; begin er niet eerder over (verzonnen).",
    )


BRIEF_VOORTZETTING = Document(
    code="brief_voortzetting",
    titel="Brief over de voortzetting van lopende trajecten",
    fase=FASE,
    context=BriefVoortzettingContext,
    build=build_brieven_voortzetting,
    voorbeeld=voorbeeld_voortzetting,
    per="aanbieder",
    ondertekenaar=Rol.CONTRACTBEHEERDER,
    verzenden=True,
)
