"""Reading the reasons that go to a bidder: do they name another bidder, do they touch the announced frame?

Grondslag: confidential data of other bidders stay inside (Aw 2012 art. 2.57 and 2.138); reasons tie to the
announced frame.
Must stay true: a bidder's own name or number is never a fault; the search is one pass over each text.
Traps: a one-word name is only found with its capital; legal forms and remarks between brackets are not part
of the name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aanbesteding.domain.feiten import Inschrijving

_NUMMER = re.compile(r"\bI-[0-9]{3,5}\b", re.IGNORECASE)
_RECHTSVORM = re.compile(
    r"\b(?:stichting|vereniging|co[oö]peratie|maatschap|b\.?v\.?|n\.?v\.?|u\.?a\.?|v\.?o\.?f\.?)(?!\w)",
    re.IGNORECASE,
)
_WOORD = re.compile(r"[^\W\d_]{4,}")
_KORTSTE_NAAM = 4
_KORT_WOORD = 6
# Words that say nothing about a frame, whatever it is.
_ALGEMEEN = frozenset(
    ["aanbieder", "beschrijft", "beschrijving", "deze", "inschrijver", "inschrijving", "mate", "plan", "voor",
     "waarin", "welke", "wijze", "wordt", "worden", "zijn", "door", "heeft", "naar", "over", "maakt"]
)  # fmt: skip


@dataclass(frozen=True)
class Namenzoeker:
    """Finds names and numbers of bidders in a text."""

    nummers: Mapping[str, frozenset[str]]
    eigenaren: Mapping[str, frozenset[str]]
    patroon: re.Pattern[str] | None

    def list_anderen(self, tekst: str, eigen: str) -> tuple[str, ...]:
        """Names and numbers in the text that belong to another bidder than the one with number `eigen`."""
        gevonden: list[str] = []
        zelf = self.nummers.get(eigen, frozenset({eigen}))
        for treffer in _NUMMER.findall(tekst):
            if treffer.upper() not in zelf:
                gevonden.append(treffer)
        for treffer in self.patroon.finditer(tekst) if self.patroon else ():
            naam = treffer.group()
            if _is_gewoon_woord(naam) or eigen in self.eigenaren[naam.casefold()]:
                continue
            gevonden.append(naam)
        return tuple(dict.fromkeys(gevonden))


def build_namenzoeker(inschrijvingen: Iterable[Inschrijving]) -> Namenzoeker:
    """Make the finder once for all bids of a dossier."""
    per_onderneming: dict[str, set[str]] = defaultdict(set)
    eigenaren: dict[str, set[str]] = defaultdict(set)
    lijst = tuple(inschrijvingen)
    for inschrijving in lijst:
        per_onderneming[inschrijving.aanbieder.sleutel].add(inschrijving.nummer)
    nummers: dict[str, frozenset[str]] = {}
    for inschrijving in lijst:
        eigen = frozenset(per_onderneming[inschrijving.aanbieder.sleutel])
        nummers[inschrijving.nummer] = eigen
        for naam in {inschrijving.aanbieder.naam.strip(), strip_naam(inschrijving.aanbieder.naam)}:
            if len(naam) >= _KORTSTE_NAAM:
                eigenaren[naam.casefold()] |= eigen
    delen = sorted((re.escape(naam) for naam in eigenaren), key=lambda deel: (-len(deel), deel))
    patroon = re.compile(rf"(?<!\w)(?:{'|'.join(delen)})(?!\w)", re.IGNORECASE) if delen else None
    return Namenzoeker(nummers, {naam: frozenset(wie) for naam, wie in eigenaren.items()}, patroon)


def strip_naam(naam: str) -> str:
    """A name without remarks between brackets and without its legal form."""
    kaal = _RECHTSVORM.sub(" ", re.sub(r"\([^)]*\)", " ", naam))
    return " ".join(kaal.split()).strip(" .,-")


def _is_gewoon_woord(naam: str) -> bool:
    """One word in small letters: an ordinary word that happens to be someone's name."""
    return " " not in naam and naam == naam.lower()


def raakt_kader(tekst: str, kader: Iterable[str]) -> bool:
    """Whether the reason uses at least one word of the frame (by its beginning); True without a frame."""
    stammen = {_stam(woord) for deel in kader for woord in _list_woorden(deel)}
    return not stammen or any(_stam(woord) in stammen for woord in _list_woorden(tekst))


def _list_woorden(tekst: str) -> list[str]:
    return [woord for woord in _WOORD.findall(tekst.casefold()) if woord not in _ALGEMEEN]


def _stam(woord: str) -> str:
    return woord[:4] if len(woord) <= _KORT_WOORD else woord[:6]
