"""Does a reason speak of the announced assessment frame? By stems of words, without the small words.

Two words are akin when their light stems are the same, or when one stem is the other with more behind or before it
("samenwerk" in "samenwerkingsafspraken") and at least five letters long. The method is explained in
docs/methodiek/redenen.md; it warns, it never refuses.

Must stay true: a frame of nothing but small words asks nothing; the order of words does not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from aanbesteding.domain.redenen.woorden import STOPWOORDEN, list_woorden, parse_lijst, strip_tekst

# Words that say nothing about a frame, whatever it is.
_ALGEMEEN = parse_lijst(
    """
    aanbieder aanpak beschrijft beschrijving beschreven criterium inschrijver inschrijving mate onderdeel plan punt
    score staat vraag wijze gericht goed hoog laag voldoende onvoldoende maakt
    """
)
_ACHTERVOEGSELS = (
    "heden", "heid", "ingen", "ing", "lijke", "lijk", "baarheid", "bare", "baar", "ische", "isch", "iteit", "atieve",
    "atief", "aties", "atie", "tjes", "jes", "tje", "ende", "end", "den", "de", "ten", "te",
    "en", "er", "e", "s", "d", "t", "je",
)  # fmt: skip
_MIN_STAM = 3
_MIN_DEEL = 5


def raakt_kader(tekst: str, kader: Iterable[str]) -> bool:
    """Whether the reason uses at least one word of the frame; True for a frame without words of its own."""
    gezocht = {stam for deel in kader for stam in list_stammen(deel)}
    return not gezocht or any(_verwant(a, b) for a in list_stammen(tekst) for b in gezocht)


@lru_cache(maxsize=4_000)
def list_stammen(tekst: str) -> frozenset[str]:
    """Stems of the words with a meaning."""
    return frozenset(
        stem(w.kaal)
        for w in list_woorden(strip_tekst(tekst))
        if len(w.kaal) >= _MIN_STAM
        and w.kaal.isalpha()
        and w.kaal not in STOPWOORDEN
        and w.kaal not in _ALGEMEEN
    )


@lru_cache(maxsize=20_000)
def stem(woord: str) -> str:
    """A light stem: endings off, a doubled letter single, z and v as s and f."""
    for _ in range(2):
        for einde in _ACHTERVOEGSELS:
            over = len(woord) - len(einde)
            if woord.endswith(einde) and over >= (_MIN_STAM if len(einde) > 1 else _MIN_STAM + 1):
                woord = woord.removesuffix(einde)
                break
    woord = woord.removeprefix("ge") if len(woord) > _MIN_DEEL + 1 else woord
    for klinker in "aeou":
        woord = woord.replace(klinker * 2, klinker)
    if len(woord) > 1 and woord[-1] == woord[-2]:
        woord = woord[:-1]
    return woord[:-1] + {"z": "s", "v": "f"}.get(woord[-1], woord[-1])


def _verwant(een: str, ander: str) -> bool:
    kort, lang = sorted((een, ander), key=len)
    return kort == lang or (len(kort) >= _MIN_DEEL and (lang.startswith(kort) or lang.endswith(kort)))
