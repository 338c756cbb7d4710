"""What a text for bidders gives away that it may not: others' names and scores, prices, confidential text.

One question for every text (reason, characteristic, occasion of a change): what of it may this reader not know?
The answer names the offending words. Not here: which texts reach whom (the stages know), nor whether a text retells
a winner's plan in other words: only a person can judge that, which is why a second person releases it.

Grondslag: Aw 2012 art. 2.57 and 2.138 (FEITEN 3.6). Explained in docs/methodiek/redenen.md.
Must stay true: a reader's own name, score and price are never a leak, nor what was announced, nor a winner's name
and score; every leak is reported, not the first.
Trap: a bare scale point is no leak by itself ("voor een 10 was nodig …"): it is one when the sentence speaks of what
other bidders got.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from aanbesteding.domain.redenen.getallen import Getal, list_getallen
from aanbesteding.domain.redenen.namen import Namenlijst
from aanbesteding.domain.redenen.woorden import list_woorden, list_zinnen, strip_tekst

TOTAAL = ""
"""The key of a total among the points per criterion."""
_MERKTEKEN = re.compile(
    r"[\[({<]{1,2}\s*/?\s*(?:strikt\s+)?(?:vertrouwelijk|bedrijfsvertrouwelijk|geheim|intern|niet\s+openbaar|"
    r"alleen\s+intern)\b[^\])}>]*[\])}>]{0,2}",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ANDEREN = re.compile(
    r"\b(?:(?:een\s+|de\s+|alle\s+)?(?:andere?|overige)\s+(?:\w+\s+)?(?:inschrijv|aanbied|bieder|partij|kandida)\w*|"
    r"(?:de\s+)?anderen|concurrent\w*|mededing\w*|mede-?inschrijv\w*|(?:niet|afgewezen)[\s-]+(?:gekozen\s+|winnende\s+)?"
    r"(?:inschrijv|aanbied|bieder|partij)\w*)",
    re.IGNORECASE,
)
_GETELD = re.compile(
    r"^\s+(?:andere\s+|overige\s+)?(?:inschrijv|aanbied|bieder|partij|concurrent|criteri)", re.I
)
_TOEGEKEND = re.compile(
    r"\b(?:scoor\w*|gescoord|score[sn]?|kregen|kreeg|krijgt|haalden?|behaald\w*|ontving\w*|ontvangen|gekregen|"
    r"punten?|cijfers?|beoordeeld|gewaardeerd|toegekend|eindigd\w*)\b",
    re.IGNORECASE,
)
_VERONDERSTELD = re.compile(
    r"\b(?:voor|om|richting)\s+(?:een|de|het)?\s*(?:score\s+(?:van\s+)?)?$", re.IGNORECASE
)
_STUKLENGTE = 6
_MIN_STUK = 2


@dataclass(frozen=True)
class Lek:
    """One thing that a text gives away: naam, score, prijs, vertrouwelijk, intern or persoonsgegeven."""

    soort: str
    woorden: str
    wie: str = ""

    def __str__(self) -> str:
        van = f" (van {self.wie})" if self.wie else ""
        return f"{_OMSCHRIJVING[self.soort]} “{self.woorden}”{van}"


_OMSCHRIJVING = {
    "naam": "de naam of het nummer van een ander",
    "score": "een score van een ander",
    "prijs": "een prijs van een ander",
    "vertrouwelijk": "als vertrouwelijk aangemerkte tekst",
    "intern": "tekst die alleen intern is bedoeld",
    "persoonsgegeven": "een e-mailadres",
}


@dataclass(frozen=True)
class Geheimen:
    """What texts about one perceel may give away, and what everybody may know."""

    namen: Namenlijst
    winnaars: frozenset[str] = frozenset()
    scores: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    punten: Mapping[tuple[str, str], Fraction] = field(default_factory=dict[tuple[str, str], Fraction])
    prijzen: Mapping[str, Fraction] = field(default_factory=dict[str, Fraction])
    openbaar: frozenset[Fraction] = frozenset()
    alleen_prijs: bool = False
    passages: frozenset[str] = frozenset()


def list_lekken(
    geheimen: Geheimen, tekst: str, lezer: str = "", criterium: str = "", intern: str = ""
) -> tuple[Lek, ...]:
    """Everything in this text that the reader may not know; `lezer` "" when every bidder reads it."""
    tekst = strip_tekst(tekst)
    lekken = [
        *(Lek("vertrouwelijk", t.group()) for t in _MERKTEKEN.finditer(tekst)),
        *(Lek("vertrouwelijk", stuk) for stuk in find_stukken(tekst, geheimen.passages)),
        *(Lek("intern", stuk) for stuk in find_stukken(tekst, _build_intern(intern))),
        *_list_namen(geheimen, tekst, lezer),
        *_list_cijferlekken(geheimen, tekst, lezer, criterium),
        *(Lek("persoonsgegeven", t.group()) for t in (_MAIL.finditer(tekst) if "@" in tekst else ())),
    ]
    return tuple(dict.fromkeys(lekken))


def _list_namen(geheimen: Geheimen, tekst: str, lezer: str) -> Iterator[Lek]:
    """A spelling that fits a winner or the reader too is not held against the text."""
    mag = geheimen.winnaars | {lezer}
    for treffer in geheimen.namen.list_treffers(tekst):
        if not treffer.nummers & mag:
            yield Lek("naam", treffer.woorden, ", ".join(sorted(treffer.nummers)))


def _list_cijferlekken(geheimen: Geheimen, tekst: str, lezer: str, criterium: str) -> Iterator[Lek]:
    zinnen = list_zinnen(tekst)
    for getal in list_getallen(tekst):
        begin, eind = next((z for z in zinnen if z[0] <= getal.begin < z[1]), (0, len(tekst)))
        if wie := _find_prijs(geheimen, getal, lezer):
            yield Lek("prijs", getal.tekst, wie)
            continue
        wie = _find_punten(geheimen, getal, lezer)
        if not wie and _is_van_anderen(geheimen, tekst, (begin, eind), getal):
            wie = _find_score(geheimen, getal, lezer, criterium)
        if wie:
            yield Lek("score", getal.tekst, wie)


def _find_prijs(geheimen: Geheimen, getal: Getal, lezer: str) -> str:
    """Whose price this is: any other bidder's, unless price alone decides and it is a winner's."""
    eigen = {geheimen.prijzen.get(lezer)}
    if not (getal.is_geld or getal.met_deel) or getal.waarden & (geheimen.openbaar | eigen):
        return ""
    return _show_wie(
        nummer
        for nummer, prijs in geheimen.prijzen.items()
        if prijs in getal.waarden and not (geheimen.alleen_prijs and nummer in geheimen.winnaars)
    )


def _find_punten(geheimen: Geheimen, getal: Getal, lezer: str) -> str:
    """Whose points these are, when they are written with a part behind the comma."""
    if not getal.met_deel or getal.waarden & geheimen.openbaar:
        return ""
    mag = geheimen.winnaars | {lezer}
    if any(waarde in getal.waarden for (nummer, _), waarde in geheimen.punten.items() if nummer in mag):
        return ""
    return _show_wie(nummer for (nummer, _), waarde in geheimen.punten.items() if waarde in getal.waarden)


def _find_score(geheimen: Geheimen, getal: Getal, lezer: str, criterium: str) -> str:
    """Whose scale score or whole points these are; the reader's own and the winners' are nobody's secret."""

    def has(nummer: str) -> bool:
        score = geheimen.scores.get((nummer, criterium))
        punten = (geheimen.punten.get((nummer, code)) for code in (criterium, TOTAAL))
        return any(w is not None and Fraction(w) in getal.waarden for w in (score, *punten))

    nummers = {nummer for nummer, _ in (*geheimen.scores, *geheimen.punten)}
    mag = geheimen.winnaars | {lezer}
    if any(has(nummer) for nummer in nummers & mag):
        return ""
    return _show_wie(nummer for nummer in nummers - mag if has(nummer))


def _is_van_anderen(geheimen: Geheimen, tekst: str, zin: tuple[int, int], getal: Getal) -> bool:
    """Whether the sentence speaks of what other bidders got, and this figure is not a supposition or a count."""
    stuk = tekst[zin[0] : zin[1]]
    anderen = _ANDEREN.search(stuk) is not None or bool(geheimen.namen.list_genoemd(stuk) - geheimen.winnaars)
    if not anderen or _GETELD.match(tekst[getal.eind :]):
        return False
    if _VERONDERSTELD.search(tekst[zin[0] : getal.begin]):
        return False
    return (
        _TOEGEKEND.search(stuk) is not None
        or re.search(r"\been\s+$", tekst[zin[0] : getal.begin]) is not None
    )


def _show_wie(nummers: Iterable[str]) -> str:
    return ", ".join(sorted(set(nummers)))


# --- passages that somebody marked ------------------------------------------------------------------------


def build_stukken(teksten: Iterable[str]) -> frozenset[str]:
    """Marked texts as runs of six words (or the whole text when it is shorter), ready to be looked for."""
    stukken: set[str] = set()
    for tekst in teksten:
        woorden = [w.kaal for w in list_woorden(strip_tekst(tekst))]
        lengte = min(_STUKLENGTE, len(woorden))
        if lengte < _MIN_STUK:
            continue
        stukken |= {" ".join(woorden[i : i + lengte]) for i in range(len(woorden) - lengte + 1)}
    return frozenset(stukken)


@lru_cache(maxsize=1_000)
def _build_intern(intern: str) -> frozenset[str]:
    """The runs of an internal remark; both reasons of a judgment are held against the same one."""
    return build_stukken([intern]) if intern else frozenset[str]()


@lru_cache(maxsize=1_000)
def _list_begin(stukken: frozenset[str]) -> tuple[frozenset[str], tuple[int, ...]]:
    """The words with which a run begins, and how many words runs have, the longest first."""
    lengtes = sorted({stuk.count(" ") + 1 for stuk in stukken}, reverse=True)
    return frozenset(stuk.partition(" ")[0] for stuk in stukken), tuple(lengtes)


def find_stukken(tekst: str, stukken: frozenset[str]) -> tuple[str, ...]:
    """Where a text repeats a marked run of words, as written; runs that touch are one."""
    if not stukken:
        return ()
    woorden = list_woorden(tekst)
    kaal = [w.kaal for w in woorden]
    eerste, lengtes = _list_begin(stukken)
    gevonden: list[tuple[int, int]] = []
    for begin, woord in enumerate(kaal):
        if woord not in eerste:
            continue
        for lengte in lengtes:
            if begin + lengte <= len(kaal) and " ".join(kaal[begin : begin + lengte]) in stukken:
                if gevonden and begin <= gevonden[-1][1]:
                    gevonden[-1] = (gevonden[-1][0], max(gevonden[-1][1], begin + lengte))
                else:
                    gevonden.append((begin, begin + lengte))
                break
    return tuple(tekst[woorden[a].begin : woorden[b - 1].eind] for a, b in gevonden)
