"""Which kind of field a type of the input model asks for."""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo


class Soort(StrEnum):
    """Kinds of fields; the template has one part for each."""

    TEKST = "tekst"
    LANG = "lang"
    GETAL = "getal"
    DECIMAAL = "decimaal"
    DATUM = "datum"
    MOMENT = "moment"
    JA_NEE = "ja_nee"
    KEUZE = "keuze"
    TEKSTEN = "teksten"
    VAST = "vast"
    GROEP = "groep"
    RIJEN = "rijen"
    PAREN = "paren"


LANGE_NAMEN = frozenset(
    (
        *(
            "motivering",
            "toelichting",
            "omschrijving",
            "tekst",
            "waarom",
            "waarom_niet_maximaal",
            "samenvatting",
        ),
        *("actie", "vraag", "antwoord", "nieuwe_tekst", "vraag_anoniem", "oud", "nieuw", "reden", "uitleg"),
        *("gehoord", "evenredigheid", "verificatie", "weging_reacties", "bijeenkomst", "intern", "opmerking"),
        *("hulp", "audit"),
    )
)
"""Names of texts for which people need more than one line."""


@dataclass(frozen=True)
class Vorm:
    """The kind of a field with what it holds. `aantal`: how many texts a fixed row of texts has."""

    soort: Soort
    optioneel: bool = False
    keuzes: tuple[str, ...] = ()
    model: type[BaseModel] | None = None
    aantal: int = 0
    waarde_soort: Soort = Soort.TEKST


def find_vorm(naam: str, veld: FieldInfo) -> Vorm:
    """The kind of field for one field of a model."""
    return _find(naam, veld.annotation, lang=naam in LANGE_NAMEN)


def _find(naam: str, soort: Any, *, lang: bool = False) -> Vorm:
    kern, optioneel = _strip(soort)
    eenvoudig = _find_eenvoudig(kern, optioneel, lang)
    if eenvoudig is not None:
        return eenvoudig
    oorsprong, delen = get_origin(kern), get_args(kern)
    if oorsprong is Literal:
        return Vorm(Soort.KEUZE, optioneel, tuple(str(deel) for deel in delen))
    if oorsprong is dict:
        waarde = _strip(delen[1])[0]
        return Vorm(Soort.PAREN, optioneel, waarde_soort=Soort.TEKST if waarde is str else Soort.TEKSTEN)
    if oorsprong is tuple and delen[-1] is not Ellipsis:
        return Vorm(Soort.VAST, optioneel, aantal=len(delen))
    if oorsprong in (tuple, list):
        binnen = _find(naam, delen[0])
        if binnen.model is not None:
            return Vorm(Soort.RIJEN, optioneel, model=binnen.model)
        return Vorm(Soort.TEKSTEN, optioneel, binnen.keuzes)
    raise TypeError(f"het veld '{naam}' heeft een soort dat geen formulier kent: {soort}")


def _find_eenvoudig(kern: Any, optioneel: bool, lang: bool) -> Vorm | None:
    if kern is AwareDatetime:
        return Vorm(Soort.MOMENT, optioneel)
    if not isinstance(kern, type):
        return None
    if issubclass(kern, BaseModel):
        return Vorm(Soort.GROEP, optioneel, model=kern)
    if issubclass(kern, Enum):
        return Vorm(Soort.KEUZE, optioneel, tuple(str(lid.value) for lid in kern))
    for basis, vorm in (
        (bool, Soort.JA_NEE),
        (int, Soort.GETAL),
        (Decimal, Soort.DECIMAAL),
        (datetime, Soort.MOMENT),
        (date, Soort.DATUM),
        (str, Soort.LANG if lang else Soort.TEKST),
    ):
        if issubclass(kern, basis):
            return Vorm(vorm, optioneel)
    return None


def _strip(soort: Any) -> tuple[Any, bool]:
    """The type without Annotated and without None, and whether None was allowed."""
    optioneel = False
    while True:
        oorsprong = get_origin(soort)
        if oorsprong is Annotated:
            soort = get_args(soort)[0]
        elif oorsprong in (Union, types.UnionType):
            delen = [deel for deel in get_args(soort) if deel is not type(None)]
            optioneel = optioneel or len(delen) < len(get_args(soort))
            soort = delen[0]
        else:
            return soort, optioneel


def is_verplicht(veld: FieldInfo, vorm: Vorm) -> bool:
    """Must something be filled in? A required text may be left empty only when its description says so."""
    if not veld.is_required() or vorm.soort is Soort.PAREN:
        return False
    if vorm.soort is Soort.KEUZE:
        return "" not in vorm.keuzes
    return vorm.soort not in (Soort.TEKST, Soort.LANG) or "leeg" not in (veld.description or "").lower()
