"""What a template may not ask of the machine: powers, repeated texts, widths and counts without end.

Jinja's sandbox keeps a template from Python, not from work that never ends or fills the memory. A template asks and
shows; it does not reckon with powers or make texts long. Of the strict environment alone: the lenient one does what
docxtpl does and is not used for documents of a dossier.

Must stay true: a limit is refused with a Dutch sentence, also when the template is only compiled.
Not limited: loops within loops of at most MAX_REEKS turns each. Whoever writes templates of a region can still write
a slow one.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jinja2.exceptions import SecurityError

MAX_REEKS = 10_000
"""Numbers of one range()."""
MAX_BREEDTE = 1_000
"""Signs to which a text is filled out."""
BEWAAKT = frozenset({"**", "*", "%"})
_BREED = frozenset({"center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map", "translate"})
_GETAL = (int, float, Decimal, Fraction)


def refuse_breed(obj: Any) -> bool:
    """Is this a method of a text that can make it as long as it likes?"""
    obj = getattr(obj, "__wrapped__", obj)  # the sandbox wraps str.format
    return isinstance(getattr(obj, "__self__", None), str | bytes) and getattr(obj, "__name__", "") in _BREED


def check_som(operator: str, links: Any, rechts: Any) -> None:
    """SecurityError when a sum can be endless: a power, or a text or list that is repeated or filled out."""
    if operator == "**":
        raise SecurityError("machtsverheffen kan niet in een sjabloon")
    if not (isinstance(links, _GETAL) and isinstance(rechts, _GETAL)):
        raise SecurityError(f"'{operator}' kan in een sjabloon alleen met getallen")


def make_reeks(*grenzen: int) -> range:
    """range() of at most MAX_REEKS numbers."""
    reeks = range(*grenzen)
    if len(reeks) > MAX_REEKS:
        raise SecurityError(f"een reeks van meer dan {MAX_REEKS} getallen kan niet in een sjabloon")
    return reeks


def limit_omgeving(
    globals_: MutableMapping[str, Any], filters: MutableMapping[str, Callable[..., Any]]
) -> None:
    """Take out of an environment what fills the memory."""
    globals_.pop("lipsum", None)
    globals_["range"] = make_reeks
    filters.pop("format", None)


def limit_breedtes(filters: MutableMapping[str, Callable[..., Any]]) -> None:
    """Give widths a limit; around whatever else guards these filters."""
    for naam in ("center", "indent"):
        if naam in filters:
            filters[naam] = _limit(filters[naam])


def _limit(filter_: Callable[..., Any]) -> Callable[..., Any]:
    def limited(tekst: Any, width: Any = 4, *rest: Any, **velden: Any) -> Any:
        if (isinstance(width, int) and width > MAX_BREEDTE) or (
            isinstance(width, str) and len(width) > MAX_BREEDTE
        ):
            raise SecurityError(f"een breedte van meer dan {MAX_BREEDTE} tekens kan niet in een sjabloon")
        return filter_(tekst, width, *rest, **velden)

    return limited
