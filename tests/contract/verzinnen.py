"""Invents values for models: hostile ones, full and empty ones, and one of each kind of fact.

Everything follows from the annotations, so that a new model needs no test code. The same model gives the same
values every time.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from aanbesteding.documents.declaration import Grafiek, Grafiekreeks
from aanbesteding.documents.velden import Vorm, list_vormen

M = TypeVar("M", bound=BaseModel)

NAAR = (
    "Zorg & Zn. <BV> \"De 'Brug'\" {{ 7*7 }} {{r x }} {% for a in b %} {%p if x %} "
    "{# geen #} [[bouwsteen:x]] עברית مرحبا 🏡 <w:p/> &amp; " + "Lange-naam-" * 19 + "einde"
)
NAAR_REGELS = "Zorg & Zn.\n<BV>\tregel twee\r\n{{ 7*7 }}"
TIJD = datetime(2027, 1, 4, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
GRAFIEK = Grafiek(
    titel="Verzonnen grafiek",
    categorieen=("een", "twee"),
    reeksen=(Grafiekreeks(naam="reeks", waarden=(Decimal(1), Decimal(2))),),
    maximum=Decimal(5),
    alt="Verzonnen cijfers.",
)


def eis(vorm: Vorm, naam: str) -> Any:
    """A demand of the annotation ("pattern", "min_length", "ge", ...); None when it has none."""
    gevonden = [w for m in vorm.metadata if (w := getattr(m, naam, None)) is not None]
    return gevonden[0] if gevonden else None


# --- hostile ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kwaad:
    """How an example is made hostile: the text, and how many elements each outermost list gets."""

    tekst: str
    aantal: int | None = None


def make_vijandig(context: M, kwaad: Kwaad) -> M:
    """A copy with hostile text where the model allows any text, and lists of another length."""
    nieuw = {n: _vijandig(getattr(context, n), v, kwaad) for n, v in list_vormen(type(context)).items()}
    return context.model_copy(update=nieuw)


def _vijandig(waarde: Any, vorm: Vorm, kwaad: Kwaad) -> Any:
    if isinstance(waarde, Grafiek):
        return waarde.model_copy(update={"alt": kwaad.tekst.replace("\n", " ")})
    if isinstance(waarde, BaseModel):
        return make_vijandig(waarde, kwaad)
    if isinstance(waarde, str):
        vrij = waarde and not vorm.keuzes and eis(vorm, "pattern") is None
        return kwaad.tekst[: eis(vorm, "max_length")] if vrij else waarde
    if isinstance(waarde, tuple) and not vorm.vast:
        element = vorm.element
        binnen = Kwaad(kwaad.tekst, 0 if kwaad.aantal == 0 else None)
        return resize(tuple(_vijandig(deel, element, binnen) for deel in waarde), vorm, kwaad.aantal)
    if isinstance(waarde, Mapping):
        element = vorm.element
        return {sleutel: _vijandig(deel, element, kwaad) for sleutel, deel in waarde.items()}
    return waarde


def resize(waarde: tuple[Any, ...], vorm: Vorm, aantal: int | None) -> tuple[Any, ...]:
    """A list of another length, as far as the model allows; None leaves it as it is."""
    if aantal is None or not waarde:
        return waarde
    aantal = max(aantal, eis(vorm, "min_length") or 0)
    aantal = min(aantal, eis(vorm, "max_length") or aantal)
    return (waarde * (aantal // len(waarde) + 1))[:aantal]


# --- from the annotation alone ----------------------------------------------------------------------------


@functools.cache
def find_tekst(patroon: str) -> str:
    """A text of plain characters that fits a pattern; every time the same."""
    teksten = st.from_regex(
        patroon, fullmatch=True, alphabet=st.characters(codec="ascii", categories=["L", "N", "P"])
    )
    instelling = settings(phases=(Phase.generate,), database=None)
    lang = 65 if "{64}" in patroon else 40
    return find(teksten, lambda tekst: 0 < len(tekst) < lang, settings=instelling, random=random.Random(1))


def make_waarde(vorm: Vorm) -> Any:
    """A value that fits the annotation: filled, never None."""
    if vorm.keuzes:
        return vorm.keuzes[0]
    if vorm.vast:
        return tuple(make_waarde(deel) for deel in vorm.vast)
    if vorm.element is not None:
        aantal = max(1, eis(vorm, "min_length") or 0)
        deel = make_waarde(vorm.element)
        return {"sleutel": deel} if vorm.kern is dict else (deel,) * aantal
    if issubclass(vorm.kern, Grafiek):
        return GRAFIEK
    if issubclass(vorm.kern, BaseModel):
        return make_model(vorm.kern)
    if vorm.kern is str:
        patroon = eis(vorm, "pattern")
        return find_tekst(patroon) if patroon else "Verzonnen tekst"[: eis(vorm, "max_length")]
    if vorm.kern in (int, Decimal):
        return _make_getal(vorm)
    vast: Mapping[type[Any], Any] = {bool: True, datetime: TIJD, date: TIJD.date(), UUID: UUID(int=1)}
    return vast[vorm.kern]


def _make_getal(vorm: Vorm) -> int | Decimal:
    onder, boven = eis(vorm, "ge"), eis(vorm, "le")
    getal = vorm.kern(3)
    if eis(vorm, "gt") is not None:
        getal = max(getal, eis(vorm, "gt") + 1)
    if onder is not None:
        getal = max(getal, onder)
    return getal if boven is None else min(getal, boven)


def make_model(model: type[M]) -> M:
    """An instance with every field filled; ValidationError when the model's own checks want more."""
    return model.model_validate({n: make_waarde(v) for n, v in list_vormen(model).items()})


# --- every branch -----------------------------------------------------------------------------------------


def list_varianten(model: type[M], voorbeeld: M | None, *, diep: bool = True) -> Iterator[M]:
    """Contexts that go every way: everything true, everything false, and from there one thing otherwise.

    The first two hold, in every list, every variant of its element; the others short lists.
    """
    ruim = [_make_basis(model, voorbeeld, ja=ja, alle=diep) for ja in (True, False)]
    yield from ruim
    kort = [_make_basis(model, voorbeeld, ja=ja, alle=False) for ja in (True, False)]
    for naam, vorm in list_vormen(model).items():
        for basis in kort:
            for waarde in _list_anders(vorm, getattr(basis, naam)):
                yield basis.model_copy(update={naam: waarde})


def list_willekeurig(model: type[M], voorbeeld: M | None, aantal: int) -> Iterator[M]:
    """Contexts in which every choice is drawn; every time the same ones."""
    basis, worp = _make_basis(model, voorbeeld, ja=True, alle=False), random.Random(1)
    for _ in range(aantal):
        yield _draw(basis, worp)


def _draw(model: M, worp: random.Random) -> M:
    nieuw: dict[str, Any] = {}
    for naam, vorm in list_vormen(type(model)).items():
        waarde = getattr(model, naam)
        if vorm.kern is bool:
            nieuw[naam] = worp.random() < 0.5
        elif vorm.is_model:
            nieuw[naam] = _draw(waarde, worp)
        elif isinstance(waarde, tuple) and vorm.element is not None and vorm.element.is_model:
            nieuw[naam] = tuple(_draw(deel, worp) for deel in waarde)
        if worp.random() < 0.2 and (leeg := _make_leeg(vorm)) is not NIET_LEEG:
            nieuw[naam] = leeg
    return model.model_copy(update=nieuw)


NIET_LEEG = object()


def _make_leeg(vorm: Vorm) -> Any:
    """The value that a condition takes for "no"; NIET_LEEG when there is none."""
    if vorm.optioneel:
        return None
    if vorm.element is not None:
        return {} if vorm.kern is dict else ()
    if vorm.kern is str and not vorm.keuzes:
        return ""
    if vorm.kern in (int, Decimal):
        return vorm.kern(0)
    return NIET_LEEG


def _list_anders(vorm: Vorm, waarde: Any) -> Iterator[Any]:
    if vorm.kern is bool:
        yield not waarde
    elif vorm.is_model and isinstance(waarde, BaseModel):
        yield from list_varianten(type(waarde), waarde, diep=False)
    leeg = _make_leeg(vorm)
    if leeg is not NIET_LEEG:
        yield leeg


def _make_basis(model: type[M], voorbeeld: M | None, *, ja: bool, alle: bool) -> M:
    nieuw: dict[str, Any] = {}
    for naam, vorm in list_vormen(model).items():
        waarde = None if voorbeeld is None else getattr(voorbeeld, naam)
        nieuw[naam] = _fill(vorm, waarde, ja=ja, alle=alle)
    return model.model_construct(**nieuw) if voorbeeld is None else voorbeeld.model_copy(update=nieuw)


def _fill(vorm: Vorm, waarde: Any, *, ja: bool, alle: bool) -> Any:
    if vorm.kern is bool:
        return ja
    if vorm.is_model:
        return _make_basis(vorm.kern, waarde, ja=ja, alle=alle)
    if vorm.element is not None and vorm.kern is tuple:
        element = vorm.element
        voorbeeld = waarde[0] if waarde else None
        if not element.is_model:
            return waarde or (make_waarde(element),)
        if alle:
            return tuple(list_varianten(element.kern, voorbeeld))
        return tuple(_make_basis(element.kern, voorbeeld, ja=k, alle=False) for k in (True, False))
    return waarde if waarde not in (None, "", {}) else make_waarde(vorm)
