"""Jinja's own text filters and `~`, under the guard on values: they would print None, True or a raw date as text.

Must stay true: a value that may not stand in a document bare, may not do so by the detour of a filter either; what
the caller or the house registered under the same name is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import wraps
from typing import Any

from jinja2 import nodes
from jinja2.filters import FILTERS

TEKST = "_tekst"
_NAMEN = (
    "capitalize", "center", "e", "escape", "forceescape", "indent", "join", "lower", "pprint", "replace",
    "safe", "string", "striptags", "title", "tojson", "trim", "truncate", "upper", "urlize", "wordwrap",
)  # fmt: skip
_NOOIT_KAAL = (type(None), bool, float, Decimal, Fraction, date, time, timedelta)


def guard_filters(filters: MutableMapping[str, Any], weiger: Callable[[object], object]) -> None:
    """Put the guard around Jinja's text filters; `weiger` raises for a value that needs a filter of the house."""

    def check(waarde: object) -> object:
        return weiger(waarde) if isinstance(waarde, _NOOIT_KAAL) else waarde

    filters[TEKST] = check
    for naam in _NAMEN:
        if filters.get(naam) is FILTERS[naam]:
            filters[naam] = _guard(FILTERS[naam], check)


def _guard(filter_: Callable[..., Any], check: Callable[[object], object]) -> Callable[..., Any]:
    plek = 1 if hasattr(filter_, "jinja_pass_arg") else 0

    @wraps(filter_)
    def bewaakt(*args: Any, **benoemd: Any) -> Any:
        waarde = check(args[plek])
        if isinstance(waarde, list | tuple):
            for deel in waarde:  # pyright: ignore[reportUnknownVariableType]
                check(deel)  # pyright: ignore[reportUnknownArgumentType]
        return filter_(*args, **benoemd)

    return bewaakt


def guard_samenvoegen(boom: nodes.Template) -> nodes.Template:
    """The parts of every `a ~ b` under the same guard."""
    for samen in boom.find_all(nodes.Concat):
        samen.nodes = [
            nodes.Filter(deel, TEKST, [], [], None, None, lineno=deel.lineno) for deel in samen.nodes
        ]
    return boom
