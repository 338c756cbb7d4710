"""Lays two texts beside each other: which paragraph or row became which, and which words stayed.

Must stay true: every unit of both sides is in the answer exactly once, in order; equal texts that stand in the same
order are paired; the work is bounded, whatever the length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")
Paar = tuple[int | None, int | None]

LIJKT = 0.45
"""Share of words in common from which two paragraphs are one that was reworded."""
MAX_WERK = 250_000
"""Pairs (of paragraphs or of words) that are weighed one by one; beyond that order alone decides."""
_WOORD = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+|\s+|.", re.DOTALL)


def split_woorden(tekst: str) -> list[str]:
    """Words, whole numbers and dates, spaces and single other characters."""
    return _WOORD.findall(tekst)


def align(oud: Sequence[str], nieuw: Sequence[str]) -> list[Paar]:
    """Pairs of positions; None where there is no counterpart."""
    paren: list[Paar] = []
    for soort, a1, a2, b1, b2 in list_stappen(oud, nieuw):
        if soort == "equal":
            paren += zip(range(a1, a2), range(b1, b2), strict=True)
        elif soort == "replace":
            paren += _pair(oud, nieuw, range(a1, a2), range(b1, b2))
        else:
            paren += [(i, None) for i in range(a1, a2)]
            paren += [(None, j) for j in range(b1, b2)]
    return paren


def list_stappen(oud: Sequence[Hashable], nieuw: Sequence[Hashable]) -> list[tuple[str, int, int, int, int]]:
    """Steps as difflib gives them, with equal ends taken off first and long differences taken as one."""
    kort = min(len(oud), len(nieuw))
    voor = 0
    while voor < kort and oud[voor] == nieuw[voor]:
        voor += 1
    na = 0
    while na < kort - voor and oud[-1 - na] == nieuw[-1 - na]:
        na += 1
    a, b = oud[voor : len(oud) - na], nieuw[voor : len(nieuw) - na]
    stappen = [("equal", 0, voor, 0, voor)] if voor else []
    if len(a) * len(b) > MAX_WERK * 40:
        stappen.append(("replace", voor, voor + len(a), voor, voor + len(b)))
    else:
        for soort, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            stappen.append((soort, a1 + voor, a2 + voor, b1 + voor, b2 + voor))
    if na:
        stappen.append(("equal", len(oud) - na, len(oud), len(nieuw) - na, len(nieuw)))
    return stappen


def _pair(oud: Sequence[str], nieuw: Sequence[str], links: range, rechts: range) -> Iterator[Paar]:
    """The pairing within a stretch that keeps the most words, in order."""
    n, m = len(links), len(rechts)
    if n * m > MAX_WERK:
        yield from zip(links, rechts, strict=False)
        yield from ((i, None) for i in links[m:])
        yield from ((None, j) for j in rechts[n:])
        return
    zakken = [Counter(split_woorden(oud[i].lower())) for i in links]
    anders = [Counter(split_woorden(nieuw[j].lower())) for j in rechts]
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            gelijk = _measure(zakken[i], anders[j])
            samen = best[i + 1][j + 1] + gelijk if gelijk >= LIJKT or n == m == 1 else -1.0
            best[i][j] = max(samen, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < n and j < m:
        gelijk = _measure(zakken[i], anders[j])
        if (gelijk >= LIJKT or n == m == 1) and best[i][j] == best[i + 1][j + 1] + gelijk:
            yield links[i], rechts[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield links[i], None
            i += 1
        else:
            yield None, rechts[j]
            j += 1
    yield from ((k, None) for k in links[i:])
    yield from ((None, k) for k in rechts[j:])


def _measure(a: Counter[str], b: Counter[str]) -> float:
    totaal = a.total() + b.total()
    return 2 * (a & b).total() / totaal if totaal else 1.0


def map_woorden(oud: str, nieuw: str) -> tuple[list[tuple[str, str]], list[int | None]]:
    """The words as (`gelijk`/`weg`/`nieuw`, text), and for every character of `oud` where it is in `nieuw`."""
    links, rechts = split_woorden(oud), split_woorden(nieuw)
    stukken: list[tuple[str, str]] = []
    plaats: list[int | None] = []
    plek = 0
    for soort, a1, a2, b1, b2 in list_stappen(links, rechts):
        weg, erbij = "".join(links[a1:a2]), "".join(rechts[b1:b2])
        if soort == "equal":
            stukken.append(("gelijk", weg))
            plaats += range(plek, plek + len(weg))
        else:
            stukken += [(s, t) for s, t in (("weg", weg), ("nieuw", erbij)) if t]
            plaats += [None] * len(weg)
        plek += len(erbij)
    return _join_stukken(stukken), plaats


def _join_stukken(stukken: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same words for reading: a lone space between two changes belongs to both."""
    uit: list[tuple[str, str]] = []
    weg = nieuw = ""
    for nummer, (soort, tekst) in enumerate(stukken):
        tussen = 0 < nummer < len(stukken) - 1 and not tekst.strip() and (weg or nieuw)
        if soort == "gelijk" and not tussen:
            uit += [(s, t) for s, t in (("weg", weg), ("nieuw", nieuw)) if t] + [(soort, tekst)]
            weg = nieuw = ""
        else:
            weg += tekst if soort != "nieuw" else ""
            nieuw += tekst if soort != "weg" else ""
    return uit + [(s, t) for s, t in (("weg", weg), ("nieuw", nieuw)) if t]
