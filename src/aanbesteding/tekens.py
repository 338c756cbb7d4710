"""Characters that nobody can see and that no document can hold: control characters, halves of characters, and the marks
that let a text read from right to left, so that a name looks like another.

Must stay true: tab and line ends are no such characters; what is found is named by its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeGuard

ONZICHTBAAR = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


def strip_onzichtbaar(tekst: str) -> str:
    """The text with a space for each of them: whoever pastes from Word brings them along without knowing."""
    return ONZICHTBAAR.sub(" ", tekst)


def list_onzichtbaar(waarde: Any, pad: str = "") -> Iterator[str]:
    """Where in this value (a text, a list, a table, an object with fields) such a character stands, in words."""
    if isinstance(waarde, str):
        if gevonden := ONZICHTBAAR.search(waarde):
            waar = f"veld '{pad}'" if pad else "de tekst"
            yield f"{waar} bevat een onzichtbaar teken (U+{ord(gevonden[0]):04X}); verwijder het"
        return
    for naam, deel in _list_delen(waarde):
        yield from list_onzichtbaar(deel, f"{pad}.{naam}" if pad else naam)


def _is_tabel(waarde: object) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(waarde, Mapping)


def _is_reeks(waarde: object) -> TypeGuard[Iterable[Any]]:
    return isinstance(waarde, (list, tuple, set, frozenset))


def _list_delen(waarde: Any) -> Iterator[tuple[str, Any]]:
    """What a value consists of, each with its name; the name of a row in a table is a part too."""
    if _is_tabel(waarde):
        for sleutel, deel in waarde.items():
            naam = strip_onzichtbaar(str(sleutel))[:60]
            yield naam, str(sleutel)
            yield naam, deel
    elif _is_reeks(waarde):
        for nummer, deel in enumerate(waarde, start=1):
            yield str(nummer), deel
    else:
        for naam in getattr(waarde, "__pydantic_fields__", ()):
            yield naam, getattr(waarde, naam)
