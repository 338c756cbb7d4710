"""The declaration on the pay of top officials (WNT), for regions that decided to ask it.

Grondslag: the decided point or statement `wnt` of this purchase; the law itself binds without it.
Must stay true: a region that did not decide so has no such document.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar
from aanbesteding.documents.overeenkomst import load_waarde
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.publicatie.documenten.gemeen import (
    FASE,
    make_kop,
    make_ontvanger,
    require_sluiting,
    voorbeeld_kop,
)
from aanbesteding.fasen.publicatie.feiten import load_planning


class WntContext(DocumentContext):
    """What the declaration prints."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    regio: str = Field(description="Naam van de inkopende regio")
    sluiting: AwareDatetime = Field(description="Uiterste moment van inschrijven")
    contact: str = Field(description="Contactpunt")


def build_wnt(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One form for everyone, when the region asks the declaration."""
    planning = load_planning(s)
    if planning is None or load_waarde(s, "wnt") != "ja":
        return
    context = WntContext(
        document=make_kop(s, s.dossier.aanbesteding.titel, "WNT"),
        aanbesteding=s.dossier.aanbesteding.titel,
        regio=s.regio.naam,
        sluiting=require_sluiting(s, planning.sluiting),
        contact=s.regio.contact,
    )
    yield Exemplaar(make_ontvanger(s), context)


def voorbeeld_wnt() -> WntContext:
    """A complete invented example."""
    return WntContext(
        document=voorbeeld_kop(),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        regio="Regio Voorbeeld (verzonnen)",
        sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
        contact="Team Inkoop, 000-0000000",
    )


WNT_VERKLARING = Document(
    code="wnt_verklaring",
    titel="WNT-verklaring",
    fase=FASE,
    context=WntContext,
    build=build_wnt,
    voorbeeld=voorbeeld_wnt,
    per="aanbesteding",
)
