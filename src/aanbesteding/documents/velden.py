"""Walks a context model: every path that a template may use, with its Dutch description and kind.

The contract tests (guards G2 and G3), the check of a template and the jurist's list (`sjabloon velden`,
docs/sjablonen.md) read models through this one walk, so that the list *is* the contract. What a template really uses
is told by documents.inspect.

Must stay true: a path is written as documents.inspect writes it: `percelen[].naam`; `[]` for each element.
Trap: a chart is one field for a template, however many fields its model has.
"""
# Annotations are taken apart at run time; what comes out has no type of its own.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from aanbesteding.documents.declaration import Document, Grafiek
from aanbesteding.documents.filters import datum_kort, datumtijd, getal
from aanbesteding.domain.huisstijl import Huisstijl

MAX_VOORBEELD = 70
SOORTEN: Mapping[type, str] = {
    str: "tekst",
    bool: "ja/nee",
    int: "geheel getal",
    Decimal: "getal",
    datetime: "moment",
    date: "datum",
    Grafiek: "grafiek",
}


@dataclass(frozen=True)
class Vorm:
    """A type annotation taken apart: the inner type, and what stands around it.

    `element` is what a list or mapping holds, `vast` what a tuple of fixed length holds (which no template can
    use), `keuzes` are the values of a Literal.
    `metadata` are the demands that stand on this very annotation (pattern, min_length, ge, ...).
    """

    kern: type[Any]
    optioneel: bool = False
    element: Vorm | None = None
    vast: tuple[Vorm, ...] = ()
    keuzes: tuple[Any, ...] = ()
    metadata: tuple[Any, ...] = ()

    @property
    def is_model(self) -> bool:
        """Whether a template can ask for a field of it."""
        return issubclass(self.kern, BaseModel) and not issubclass(self.kern, Grafiek)


def parse_vorm(annotatie: Any, metadata: tuple[Any, ...] = ()) -> Vorm:
    """Take an annotation apart; TypeError for a form that no context may have."""
    oorsprong, delen = get_origin(annotatie), get_args(annotatie)
    if oorsprong is Annotated:
        eigen = tuple(
            m for deel in delen[1:] for m in (deel.metadata if isinstance(deel, FieldInfo) else [deel])
        )
        return parse_vorm(delen[0], (*metadata, *eigen))
    if oorsprong in (Union, UnionType):
        echt = [deel for deel in delen if deel is not type(None)]
        if len(echt) != 1:
            raise TypeError(f"een veld heeft één soort waarde, niet {annotatie}")
        vorm = parse_vorm(echt[0], metadata)
        return replace(vorm, optioneel=len(echt) < len(delen))
    if oorsprong is Literal:
        return Vorm(type(delen[0]), keuzes=delen, metadata=metadata)
    if oorsprong in (tuple, list, frozenset):
        if oorsprong is tuple and (len(delen) != 2 or delen[1] is not Ellipsis):
            return Vorm(tuple, vast=tuple(parse_vorm(deel) for deel in delen), metadata=metadata)
        return Vorm(tuple, element=parse_vorm(delen[0]), metadata=metadata)
    if isinstance(oorsprong, type) and issubclass(oorsprong, Mapping):
        return Vorm(dict, element=parse_vorm(delen[1]), metadata=metadata)
    if annotatie is AwareDatetime:
        return Vorm(datetime, metadata=metadata)
    if not isinstance(annotatie, type):
        raise TypeError(f"de soort {annotatie} is niet te volgen")
    keuzes = tuple(annotatie) if issubclass(annotatie, Enum) else ()
    return Vorm(annotatie, keuzes=keuzes, metadata=metadata)


@functools.cache
def list_vormen(model: type[BaseModel]) -> Mapping[str, Vorm]:
    """The form of every field of a model."""
    velden = model.model_fields.items()
    return {naam: parse_vorm(veld.annotation, tuple(veld.metadata)) for naam, veld in velden}


@dataclass(frozen=True)
class Veld:
    """One path of a context model. `is_blad`: it has a value of its own, no further fields or elements."""

    pad: str
    soort: str
    omschrijving: str
    is_blad: bool


def list_modelvelden(model: type[BaseModel]) -> tuple[Veld, ...]:
    """Every path of a model, in the order of its fields."""
    return tuple(_walk_model(model, ""))


def _walk_model(model: type[BaseModel], voor: str) -> Iterator[Veld]:
    for naam, vorm in list_vormen(model).items():
        yield from _walk_vorm(vorm, f"{voor}{naam}", model.model_fields[naam].description or "")


def _walk_vorm(vorm: Vorm, pad: str, omschrijving: str) -> Iterator[Veld]:
    if vorm.element is not None:
        element = vorm.element
        soort = "lijst" if element.is_model else f"lijst van {describe_soort(element)}"
        yield Veld(pad, soort, omschrijving, not element.is_model)
        yield from _walk_element(element, f"{pad}[]")
    elif vorm.is_model:
        yield Veld(pad, "onderdeel", omschrijving, False)
        yield from _walk_model(vorm.kern, f"{pad}.")
    else:
        yield Veld(pad, describe_soort(vorm), omschrijving, True)


def _walk_element(element: Vorm, pad: str) -> Iterator[Veld]:
    yield Veld(pad, describe_soort(element), "", False)
    if element.element is not None:
        yield from _walk_element(element.element, f"{pad}[]")
    elif element.is_model:
        yield from _walk_model(element.kern, f"{pad}.")


def describe_soort(vorm: Vorm) -> str:
    """The kind of value in Dutch."""
    if vorm.is_model:
        return "onderdeel"
    if vorm.element is not None:
        return "lijst"
    if vorm.keuzes:
        return "tekst"
    soort = SOORTEN.get(vorm.kern, vorm.kern.__name__)
    return f"{soort}, kan leeg zijn" if vorm.optioneel else soort


def load_waarde(context: object, pad: str) -> object:
    """The value at a path; of a list the first element, None when there is none."""
    waarde = context
    for deel in pad.replace("[]", ".[]").split("."):
        if waarde is None:
            return None
        if deel == "[]":
            reeks = list(waarde.values()) if isinstance(waarde, Mapping) else list(waarde)  # type: ignore[call-overload]
            waarde = reeks[0] if reeks else None
        else:
            waarde = getattr(waarde, deel)
    return waarde


def list_bekend(document: Document) -> dict[str, str]:
    """Every path that a template of this document may use, with its kind; the house style included."""
    huisstijl = {f"huisstijl.{v.pad}": v.soort for v in list_modelvelden(Huisstijl)}
    eigen = {v.pad: v.soort for v in list_modelvelden(document.context)}
    return {"huisstijl": "onderdeel", **huisstijl, **eigen}


def show_waarde(waarde: Any) -> str:
    """An example value as a reader writes it; long text is cut."""
    if waarde is None or waarde == "" or waarde == ():
        return "(leeg)"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return datumtijd(waarde)
    if isinstance(waarde, date):
        return datum_kort(waarde)
    if isinstance(waarde, int | Decimal):
        return getal(waarde)
    if isinstance(waarde, Mapping):
        return show_waarde(tuple(waarde.values()))
    if isinstance(waarde, tuple | list):
        delen: list[Any] = list(waarde)
        if isinstance(delen[0], BaseModel):
            return "1 element" if len(delen) == 1 else f"{len(delen)} elementen"
        return _shorten("; ".join(show_waarde(deel) for deel in delen))
    if isinstance(waarde, BaseModel):
        return ""
    return _shorten(str(waarde))


def _shorten(tekst: str) -> str:
    kaal = " ".join(tekst.split())
    return kaal if len(kaal) <= MAX_VOORBEELD else f"{kaal[: MAX_VOORBEELD - 1].rstrip()}…"
