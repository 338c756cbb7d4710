"""Hypothesis strategies for every kind of fact, made from its annotations; a new kind brings its own test."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from uuid import UUID

from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel

from bouwers import AMSTERDAM, moment

F = TypeVar("F", bound=BaseModel)

TEKST = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(str.strip)
DATUM = st.dates(date(2020, 1, 1), date(2040, 12, 31))
TIJD = st.datetimes(
    moment("2020-01-01").replace(tzinfo=None),
    moment("2040-01-01").replace(tzinfo=None),
    timezones=st.just(AMSTERDAM),
    allow_imaginary=False,
).filter(lambda tijd: tijd.utcoffset() == tijd.replace(fold=1 - tijd.fold).utcoffset())
"""Not the hour that comes twice: Python never calls such moments of two zones equal, though they are."""


@cache
def feiten_van(model: type[F]) -> st.SearchStrategy[F]:
    """Random values of a model that it accepts itself."""
    velden = {naam: _waarden(veld.annotation, veld.metadata) for naam, veld in model.model_fields.items()}
    return st.fixed_dictionaries(velden).map(lambda waarden: model.model_validate(waarden))


def _waarden(soort: Any, eisen: Sequence[Any] = ()) -> st.SearchStrategy[Any]:
    def eis(naam: str) -> Any:
        return next((w for m in eisen if (w := getattr(m, naam, None)) is not None), None)

    herkomst, delen = get_origin(soort), get_args(soort)
    if soort is AwareDatetime or (herkomst is Annotated and delen[0] is AwareDatetime):
        return TIJD
    if herkomst is Annotated:
        return _waarden(delen[0], [*eisen, *delen[1:]])
    if herkomst is Literal:
        return st.sampled_from(delen)
    if herkomst in (Union, types.UnionType):
        return st.one_of([st.none() if d is type(None) else _waarden(d, eisen) for d in delen])
    if herkomst is tuple and delen[-1] is not Ellipsis:
        return st.tuples(*map(_waarden, delen))
    if herkomst in (tuple, list):
        return st.lists(_waarden(delen[0]), min_size=eis("min_length") or 0, max_size=3).map(herkomst)
    if herkomst in (dict, Mapping):
        return st.dictionaries(_waarden(delen[0]), _waarden(delen[1]), max_size=3)
    if eis("pattern"):
        return st.from_regex(eis("pattern"), fullmatch=True).filter(lambda t: t == t.strip())
    if soort is str:
        return TEKST.filter(lambda t: len(t) >= (eis("min_length") or 0))
    return _enkelvoud(soort, eis)


def _enkelvoud(soort: Any, eis: Any) -> st.SearchStrategy[Any]:
    onder = eis("ge") if eis("ge") is not None else eis("gt")
    if soort is bool:
        return st.booleans()
    if soort is int:
        laag = 0 if onder is None else onder + (eis("gt") is not None)
        return st.integers(laag, laag + 10_000 if eis("le") is None else eis("le"))
    if soort is Decimal:
        return st.decimals(Decimal("0.01") if onder is not None else -1000, 10**9, places=2)
    if soort is date:
        return DATUM
    if soort is UUID:
        return st.uuids()
    if issubclass(soort, Enum):
        return st.sampled_from(soort)
    if issubclass(soort, BaseModel):
        return feiten_van(soort)
    raise TypeError(f"geen verzinsel voor {soort}")
