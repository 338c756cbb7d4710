"""Reading a Dutch text word by word: one spelling for comparing, and where a sentence begins.

Not here: what a word means for a reason (namen, getallen, kader).

Must stay true: comparing ignores case, accents, hyphens and other signs; a soft hyphen or zero-width sign splits
no word; the words as written stay known, because a message must be able to show them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_WOORD = re.compile(r"[^\W_]+|&")
_ONZICHTBAAR = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# A full stop or colon ends a sentence only before white space: "8.5" and "B.V." stay whole sentences.
_EINDE = re.compile(r"[.!?:;](?=[\s\"'”’)]|$)|\n")
_LIGATUREN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ĳ": "ij"})


def parse_lijst(tekst: str) -> frozenset[str]:
    """A list of words, as a set."""
    return frozenset(tekst.split())


# Words without meaning of their own; a name or a frame is more than these.
STOPWOORDEN = parse_lijst(
    """
    aan al alle alles als altijd andere anders bij binnen daar daarbij daarin daarmee daarom dan dat de deze die dit
    doen door dus een eens elk elke en er ge geen geheel had hadden hebben heeft hem het hier hierin hij hoe hun iets
    ik in is ja je kan kunnen maar meer met mij moet moeten na naar niet niets nog nu of om omdat onder ons ook op over
    per reeds sinds te ten ter tegen toch toe tot uit uw van veel voor waar waarbij waarin waarmee waarom want waren
    was wat we wel welk welke werd wie wij wil worden wordt zal ze zelf zeer zich zij zijn zo zoals zodat zonder zou
    """
)


@dataclass(frozen=True)
class Woord:
    """A word as written, in the spelling for comparing, its place in the text and whether it begins a sentence."""

    tekst: str
    kaal: str
    begin: int
    eind: int
    begint_zin: bool

    @property
    def met_hoofdletter(self) -> bool:
        """Written with a capital."""
        return self.tekst[0].isupper()


def strip_tekst(tekst: str) -> str:
    """The text without signs that nobody sees."""
    return tekst if tekst.isascii() else unicodedata.normalize("NFC", tekst).translate(_ONZICHTBAAR)


@lru_cache(maxsize=20_000)
def strip_woord(woord: str) -> str:
    """The spelling for comparing: no capitals, no accents."""
    if woord == "&":
        return "en"
    if woord.isascii():
        return woord.lower()
    plat = woord.casefold().translate(_LIGATUREN)
    return "".join(t for t in unicodedata.normalize("NFKD", plat) if not unicodedata.combining(t))


@lru_cache(maxsize=4_000)
def list_woorden(tekst: str) -> tuple[Woord, ...]:
    """The words of a text in order; figures are words too. Expects a text from `strip_tekst`."""
    woorden: list[Woord] = []
    vorige = 0
    for treffer in _WOORD.finditer(tekst):
        tussen = tekst[vorige : treffer.start()]
        eerste = not woorden or (tussen != " " and _EINDE.search(f"{tussen} ") is not None)
        woorden.append(
            Woord(treffer.group(), strip_woord(treffer.group()), treffer.start(), treffer.end(), eerste)
        )
        vorige = treffer.end()
    return tuple(woorden)


def list_zinnen(tekst: str) -> list[tuple[int, int]]:
    """Begin and end of every sentence."""
    grenzen = [0, *(treffer.end() for treffer in _EINDE.finditer(tekst)), len(tekst)]
    return [(a, b) for a, b in pairwise(grenzen) if a < b]
