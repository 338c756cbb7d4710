"""The bid form: who bids, how, for which percelen and products, with answers, and the price apart.

Not here: the own declaration and the declaration about working together (verklaringen.py).
Grondslag: Aw 2012 art. 2.52 (combinations).
Must stay true: the price sheet is a part of its own, to be handed in apart from the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import AwareDatetime, Field

from aanbesteding.documents.declaration import Document, DocumentContext, Documentkop, Exemplaar
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie.documenten.gemeen import (
    FASE,
    Eisenregel,
    Productregel,
    list_eisen,
    list_uitwerkingen,
    make_kop,
    make_ontvanger,
    make_productregel,
    require_sluiting,
    voorbeeld_eisen,
    voorbeeld_kop,
    voorbeeld_producten,
)
from aanbesteding.fasen.publicatie.feiten import load_planning


class Formuliervraag(Gegevensmodel):
    """A quality question that the bidder answers."""

    code: str = Field(description="Code van het criterium")
    titel: str = Field(description="Naam van het criterium")
    vraag: str = Field(description="De vraag")
    gewicht: Decimal = Field(description="Hoogste aantal punten")


class Formulierperceel(Gegevensmodel):
    """The part of the form for one perceel."""

    naam: str = Field(description="Nummer en titel van het perceel")
    producten: tuple[Productregel, ...] = Field(description="Producten waaruit de inschrijver kiest")
    vaste_eisen: tuple[Eisenregel, ...] = Field(description="Volledigheid en minimumeisen")
    vragen: tuple[Formuliervraag, ...] = Field(description="Kwaliteitsvragen")
    prijsproducten: tuple[Productregel, ...] = Field(description="Producten waarvoor een prijs wordt geboden")
    met_vragen: bool = Field(description="Of er kwaliteitsvragen zijn")


class InschrijfformulierContext(DocumentContext):
    """Context of the bid form."""

    document: Documentkop = Field(description="Titelblok")
    aanbesteding: str = Field(description="Naam van de aanbesteding")
    regio: str = Field(description="Naam van de inkopende regio")
    sluiting: AwareDatetime = Field(description="Uiterste moment van inschrijven")
    percelen: tuple[Formulierperceel, ...] = Field(description="Percelen")
    met_prijs: bool = Field(description="Of er ten minste één prijsblad is")
    contact: str = Field(description="Contactpunt voor vragen")


def build_inschrijfformulier(s: Situatie[Any]) -> Iterator[Exemplaar]:
    """One form for the whole purchase; InvoerError when there is no planning."""
    planning = load_planning(s)
    if planning is None:
        raise InvoerError(["Er is geen planning. Stel eerst de planning vast."])
    percelen = tuple(
        Formulierperceel(
            naam=s.dossier.aanbesteding.load_perceel(u.perceel).naam,
            producten=tuple(make_productregel(p) for p in u.producten),
            vaste_eisen=(
                *list_eisen(u, "volledigheid"),
                *list_eisen(u, "minimumeis"),
                *list_eisen(u, "geschiktheid", met_minimum=True),
            ),
            vragen=tuple(
                Formuliervraag(code=c.code, titel=c.titel, vraag=c.vraag, gewicht=c.gewicht)
                for c in u.criteria
                if c.soort == "kwaliteit"
            ),
            prijsproducten=tuple(make_productregel(p) for p in u.producten if p.vrije_prijs),
            met_vragen=any(c.soort == "kwaliteit" for c in u.criteria),
        )
        for u in list_uitwerkingen(s)
    )
    context = InschrijfformulierContext(
        document=make_kop(s, s.dossier.aanbesteding.titel, "FORMULIER"),
        aanbesteding=s.dossier.aanbesteding.titel,
        regio=s.regio.naam,
        sluiting=require_sluiting(s, planning.sluiting),
        percelen=percelen,
        met_prijs=any(p.prijsproducten for p in percelen),
        contact=s.regio.contact,
    )
    yield Exemplaar(make_ontvanger(s), context)


def voorbeeld_inschrijfformulier() -> InschrijfformulierContext:
    """A complete invented example."""
    perceel = Formulierperceel(
        naam="Perceel 2: Begeleiding (verzonnen voorbeeld)",
        producten=voorbeeld_producten(),
        vaste_eisen=(*voorbeeld_eisen("volledigheid"), *voorbeeld_eisen("minimumeis")),
        vragen=(
            Formuliervraag(code="K1", titel="Samenwerking", vraag="Hoe werkt u samen?", gewicht=Decimal(60)),
        ),
        prijsproducten=voorbeeld_producten()[1:],
        met_vragen=True,
    )
    return InschrijfformulierContext(
        document=voorbeeld_kop(),
        aanbesteding="Voorbeeldinkoop 2028 (verzonnen)",
        regio="Regio Voorbeeld (verzonnen)",
        sluiting=datetime(2027, 4, 20, 12, tzinfo=TIJDZONE),
        percelen=(perceel,),
        met_prijs=True,
        contact="Team Inkoop, 000-0000000",
    )


INSCHRIJFFORMULIER = Document(
    code="inschrijfformulier",
    titel="Inschrijfformulier",
    fase=FASE,
    context=InschrijfformulierContext,
    build=build_inschrijfformulier,
    voorbeeld=voorbeeld_inschrijfformulier,
    per="aanbesteding",
    ongebruikt=(
        *(f"percelen[].producten[].{v}" for v in ("omschrijving", "categorie", "prijsplafond", "maximum")),
        *(
            f"percelen[].prijsproducten[].{v}"
            for v in ("omschrijving", "categorie", "vrije_prijs", "maximum")
        ),
        "percelen[].vaste_eisen[].herstelbaar",
    ),
)
