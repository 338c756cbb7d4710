"""Reads figures in a Dutch text: "8,5", "8.5", "8½", "€ 1.234,56", "een acht", "zeven komma vijf".

Not here: whose figure it is (lek).

Must stay true: exact (Fraction); a figure that can be read in two ways ("1.234") has both values.
Trap: "een" is an article far more often than a figure, so only "één" is read as 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from aanbesteding.domain.redenen.woorden import list_woorden, strip_tekst

_CIJFERS = re.compile(
    r"(?<![\w,.])(?P<geheel>\d{1,3}(?:[.\s]\d{3})+|\d+)(?:[.,](?P<deel>\d{1,6})|,-+|,—|(?P<half>\s?½|\s1/2)|(?P<kwart>\s?[¼¾]))?"
    r"(?!\w)"
)
_GELD_VOOR = re.compile(r"(?:€|\beuro|\beur)\s*$", re.IGNORECASE)
_GELD_NA = re.compile(r"^\s*(?:,-)?\s*(?:€|euro\b|eur\b)", re.IGNORECASE)
_TELWOORDEN = {
    "nul": 0, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
    "zeventien": 17, "achttien": 18, "negentien": 19, "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50,
    "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90, "honderd": 100,
}  # fmt: skip
_HALVEN = ("enhalf", "eneenhalf", "enhalve", "eneenhalve")
_KWARTEN = {"¼": Fraction(1, 4), "¾": Fraction(3, 4)}


@dataclass(frozen=True)
class Getal:
    """A figure as written, the values it may have, and where it stands."""

    tekst: str
    waarden: frozenset[Fraction]
    begin: int
    eind: int
    is_geld: bool = False

    @property
    def met_deel(self) -> bool:
        """Written with a part behind the comma, so that it is hardly a coincidence."""
        return any(w.denominator != 1 for w in self.waarden)


@lru_cache(maxsize=4_000)
def list_getallen(tekst: str) -> tuple[Getal, ...]:
    """Every figure in the text, in order."""
    tekst = strip_tekst(tekst)
    return tuple(sorted((*_list_cijfers(tekst), *_list_telwoorden(tekst)), key=lambda g: g.begin))


def _list_cijfers(tekst: str) -> list[Getal]:
    getallen: list[Getal] = []
    for treffer in _CIJFERS.finditer(tekst):
        geheel, deel = treffer["geheel"], treffer["deel"]
        kaal = re.sub(r"\D", "", geheel)
        waarden = {Fraction(int(kaal))}
        if deel:
            waarden = {Fraction(f"{kaal}.{deel}")}
        elif treffer["half"]:
            waarden = {Fraction(int(kaal)) + Fraction(1, 2)}
        elif treffer["kwart"]:
            waarden = {Fraction(int(kaal)) + _KWARTEN[treffer["kwart"].strip()]}
        elif re.fullmatch(r"\d{1,3}\.\d{3}", geheel):
            waarden.add(Fraction(geheel))
        geld = (
            _GELD_VOOR.search(tekst[: treffer.start()]) is not None
            or _GELD_NA.search(tekst[treffer.end() :]) is not None
            or treffer.group().endswith(("-", "—"))
        )
        getallen.append(Getal(treffer.group(), frozenset(waarden), treffer.start(), treffer.end(), geld))
    return getallen


def _list_telwoorden(tekst: str) -> list[Getal]:
    """Figures in words; "acht en een half" and "zeven komma vijf" are one figure."""
    woorden = list_woorden(tekst)
    getallen: list[Getal] = []
    plaats = 0
    while plaats < len(woorden):
        gelezen = _read_telwoord(woorden[plaats].tekst.casefold())
        if gelezen is None:
            plaats += 1
            continue
        lengte = 1
        rest = [w.kaal for w in woorden[plaats + 1 : plaats + 4]]
        if rest[:1] == ["komma"] and len(rest) > 1 and (deel := _TELWOORDEN.get(rest[1])) is not None:
            gelezen, lengte = Fraction(f"{int(gelezen)}.{deel}"), 3
        elif rest[:3] == ["en", "een", "half"] or rest[:3] == ["en", "een", "halve"]:
            gelezen, lengte = gelezen + Fraction(1, 2), 4
        begin, eind = woorden[plaats].begin, woorden[plaats + lengte - 1].eind
        geld = _GELD_NA.search(tekst[eind:]) is not None
        getallen.append(Getal(tekst[begin:eind], frozenset({gelezen}), begin, eind, geld))
        plaats += lengte
    return getallen


def _read_telwoord(woord: str) -> Fraction | None:
    if woord in _TELWOORDEN:
        return Fraction(_TELWOORDEN[woord])
    for staart in _HALVEN:
        basis = woord.removesuffix(staart)
        if basis != woord and basis in _TELWOORDEN:
            return Fraction(_TELWOORDEN[basis]) + Fraction(1, 2)
    return None
