"""The draft of the basic agreement, published with the other documents of bestuurlijk aanbesteden.

Must stay true: its articles on consultation are the same bouwsteen as in the agreement that is signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar
from aanbesteding.documents.overeenkomst import OvereenkomstBepalingen, build_bepalingen, voorbeeld_bepalingen
from aanbesteding.documents.overlegbepalingen import (
    OverlegBepalingen,
    build_overlegbepalingen,
    voorbeeld_overlegbepalingen,
)
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.documenten.gemeen import (
    FASE,
    Gemeenteregel,
    list_gemeenten,
    list_uitwerkingen,
    make_kop,
    make_ontvanger,
    voorbeeld_gemeenten,
    voorbeeld_kop,
)


class ConceptbasisovereenkomstContext(DocumentContext):
    """Context of the draft basic agreement of a perceel."""

    document: Documentkop = Field(description="Titelblok")
    inkoop: str = Field(description="Titel van de inkoop")
    gemeenten: tuple[Gemeenteregel, ...] = Field(description="Deelnemende gemeenten")
    ovk: OvereenkomstBepalingen = Field(description="Gegevens van de gedeelde bepalingen")
    overleg: OverlegBepalingen = Field(description="Bepalingen over overleg, bijsturen en de bijlage")


def build_conceptbasisovereenkomst(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One draft per worked-out perceel."""
    for u in list_uitwerkingen(s):
        overleg = build_overlegbepalingen(s, u.perceel)
        if overleg is None:
            raise KeyError(u.perceel)
        perceel = s.dossier.aanbesteding.load_perceel(u.perceel)
        context = ConceptbasisovereenkomstContext(
            document=make_kop(s, perceel.naam, f"BASIS-P{u.perceel}"),
            inkoop=s.dossier.aanbesteding.titel,
            gemeenten=list_gemeenten(s),
            ovk=build_bepalingen(s, u.perceel),
            overleg=overleg,
        )
        yield Exemplaar(make_ontvanger(s, u.perceel), context)


def voorbeeld_conceptbasisovereenkomst() -> ConceptbasisovereenkomstContext:
    """A complete invented example."""
    return ConceptbasisovereenkomstContext(
        document=voorbeeld_kop("Perceel 2: Begeleiding (verzonnen voorbeeld)"),
        inkoop="Voorbeeldinkoop 2028 (verzonnen)",
        gemeenten=voorbeeld_gemeenten(),
        ovk=voorbeeld_bepalingen(),
        overleg=voorbeeld_overlegbepalingen(),
    )


CONCEPTBASISOVEREENKOMST = Document(
    code="conceptbasisovereenkomst",
    titel="Concept van de basisovereenkomst",
    fase=FASE,
    context=ConceptbasisovereenkomstContext,
    build=build_conceptbasisovereenkomst,
    voorbeeld=voorbeeld_conceptbasisovereenkomst,
    per="perceel",
    ongebruikt=("gemeenten[].telefoon", "gemeenten[].website"),
    bouwstenen=("basisovereenkomst_overleg", "overeenkomst_bepalingen"),
)
