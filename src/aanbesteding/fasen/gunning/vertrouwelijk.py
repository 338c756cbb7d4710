"""Finds names and numbers of other losing bidders in a text that a bidder will read.

Not here: whether a text cites a winner's plan; only a person can judge that, which is why a second person
releases the characteristics of the winning bids.

Grondslag: Aw 2012 art. 2.57 and 2.138 (FEITEN 3.6).
Must stay true: linear in the length of the texts, whatever the number of bidders.
Trap: a name of one ordinary word ("Samen") at the beginning of a sentence is not seen as a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_NUMMER = re.compile(r"\bI-[0-9]{3,5}\b")
_WOORD = re.compile(r"\w+|[.!?:]\s")
_TUSSEN_HAAKJES = re.compile(r"\([^)]*\)")
_RECHTSVORMEN = frozenset(
    (
        "stichting",
        "coöperatie",
        "cooperatie",
        "vereniging",
        "maatschap",
        "b",
        "v",
        "bv",
        "n",
        "nv",
        "vof",
        "u",
        "a",
        "ua",
    )
)
_EINDE_ZIN = re.compile(r"^[.!?:]\s$")


def _list_woorden(tekst: str) -> list[str]:
    return _WOORD.findall(tekst)


def _list_vormen(naam: str) -> set[tuple[str, ...]]:
    """The name in full, and without what stands in brackets and without its legal form."""
    vol = tuple(w for w in _list_woorden(naam) if not _EINDE_ZIN.match(w))
    kaal = [w for w in _list_woorden(_TUSSEN_HAAKJES.sub(" ", naam)) if not _EINDE_ZIN.match(w)]
    while kaal and kaal[0].lower() in _RECHTSVORMEN:
        kaal.pop(0)
    while kaal and kaal[-1].lower() in _RECHTSVORMEN:
        kaal.pop()
    vormen = {vol, tuple(kaal)}
    return {vorm for vorm in vormen if len("".join(vorm)) > 2}


@dataclass(frozen=True)
class Namenlijst:
    """Names to look for, by their words."""

    per_vorm: Mapping[tuple[str, ...], set[str]]
    nummers: frozenset[str]
    lengtes: tuple[int, ...]

    def list_genoemd(self, tekst: str) -> frozenset[str]:
        """Numbers of the bids that this text names, by number or by name."""
        genoemd = set(_NUMMER.findall(tekst)) & self.nummers
        woorden = _list_woorden(tekst)
        for plaats, woord in enumerate(woorden):
            if not woord[0].isupper() and not woord[0].isdigit():
                continue
            for lengte in self.lengtes:
                stuk = tuple(woorden[plaats : plaats + lengte])
                if lengte == 1 and (plaats == 0 or _EINDE_ZIN.match(woorden[plaats - 1])):
                    continue
                genoemd |= self.per_vorm.get(stuk, set[str]())
        return frozenset(genoemd)


def build_namenlijst(namen: Iterable[tuple[str, str]]) -> Namenlijst:
    """A list of (number, name) pairs to look for."""
    per_vorm: dict[tuple[str, ...], set[str]] = {}
    nummers: set[str] = set()
    for nummer, naam in namen:
        nummers.add(nummer)
        for vorm in _list_vormen(naam):
            per_vorm.setdefault(vorm, set()).add(nummer)
    return Namenlijst(per_vorm, frozenset(nummers), tuple(sorted({len(v) for v in per_vorm})))
