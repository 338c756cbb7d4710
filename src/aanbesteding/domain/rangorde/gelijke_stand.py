"""Deciding between equal bids by the announced order of rules, and by nothing else.

Grondslag: docs/methodiek/rangorde.md chapter 7; transparency forbids deciding by an unannounced rule.
Must stay true: what no rule decides stays equal here; refusing at the boundary of the cap is done in
`rangschikking`.
Trap: a recorded draw decides only over a group that stands in it as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby

from aanbesteding.domain.rangorde.opdracht import Rangordeopdracht
from aanbesteding.domain.rangorde.scoren import Gescoord


def split_gelijke_stand(opdracht: Rangordeopdracht, groep: Sequence[Gescoord]) -> list[list[Gescoord]]:
    """Order one group of equals into smaller groups, best first; what stays together is still equal."""
    groepen = [sorted(groep, key=lambda stand: stand.aanbieder)]
    for regel in opdracht.gelijke_stand:
        groepen = [deel for gelijken in groepen for deel in _apply_regel(opdracht, regel, gelijken)]
    return groepen


def _apply_regel(opdracht: Rangordeopdracht, regel: str, gelijken: list[Gescoord]) -> list[list[Gescoord]]:
    if len(gelijken) == 1:
        return [gelijken]
    if regel == "loting":
        trekking = opdracht.loting or ()
        if not all(stand.aanbieder in trekking for stand in gelijken):
            return [gelijken]
        return [[stand] for stand in sorted(gelijken, key=lambda stand: trekking.index(stand.aanbieder))]
    if regel == "hoogste_kwaliteit":
        return _split(gelijken, lambda stand: stand.count_kwaliteit())
    code = regel.removeprefix("hoogste:")
    return _split(gelijken, lambda stand: stand.count_punten(code))


def _split(gelijken: list[Gescoord], getal: Callable[[Gescoord], Fraction]) -> list[list[Gescoord]]:
    geordend = sorted(gelijken, key=getal, reverse=True)
    return [list(deel) for _, deel in groupby(geordend, key=getal)]
