"""What came out of the consultation: who took part, figures per question, and open answers without names.

Contexts of documents are built elsewhere (documenten); nothing is recorded here.

Grondslag: a report without competition-sensitive content (FEITEN 3.1); the limit below which answers of a
small group stay out is a choice of this product, told in the report itself.
Must stay true: a mean is an exact fraction and is rounded once, half up, for display; the outcome does not
depend on the order of registration.
Trap: masking a name does not make an answer anonymous when a group is small; hence KLEINSTE_GROEP.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from aanbesteding.domain.dossier import Dossier
from aanbesteding.fasen.marktconsultatie.besluiten import Reacties, list_partijen, load_reacties

KLEINSTE_GROEP = 3
"""From this number of answers in a group, open answers of that group may be shown."""

CIJFERS_ACHTER_DE_KOMMA = 1

_EMAIL = re.compile(r"[^@\s<>()\[\],;:]+@[^@\s<>()\[\],;:]+\.[A-Za-z]{2,}")
_TELEFOON = re.compile(r"(?<![\w-])(?:\+31|0031|0)[ -]?(?:\(0\)[ -]?)?[1-9](?:[ -]?[0-9]){7,8}(?!\w)")
_KORTSTE_NAAM = 4
WEGGELATEN = "[weggelaten]"


@dataclass(frozen=True)
class Cijfers:
    """Figures of scores: how many, their exact mean, the lowest and the highest."""

    aantal: int
    gemiddelde: Fraction
    laagste: int
    hoogste: int


@dataclass(frozen=True)
class Deelname:
    """How many parties of a group were invited and reacted."""

    groep: str
    uitgenodigd: int
    gereageerd: int


@dataclass(frozen=True)
class Uitkomst:
    """Everything that documents need to know of the reactions."""

    groep_van: dict[str, str]
    reacties: Reacties
    namen: tuple[str, ...]

    def list_scores(self, vragen: Iterable[str], groep: str | None = None) -> tuple[int, ...]:
        """Scores for these questions, of one group or of everyone, from low to high."""
        codes = set(vragen)
        return tuple(
            sorted(
                score
                for (partij, vraag), score in self.reacties.scores.items()
                if vraag in codes and groep in (None, self.groep_van[partij])
            )
        )

    def list_antwoorden(
        self, vraag: str, groep: str, zonder: frozenset[tuple[str, str]]
    ) -> tuple[tuple[str, int], ...]:
        """Answers of a group to an open question without names: text and how often, in alphabetical order."""
        teksten = Counter(
            render_anoniem(tekst, self.namen)
            for (partij, code), tekst in self.reacties.antwoorden.items()
            if code == vraag and self.groep_van[partij] == groep and (partij, code) not in zonder
        )
        return tuple(sorted(teksten.items(), key=lambda paar: (paar[0].casefold(), paar[0])))

    def count_antwoorden(self, vraag: str, groep: str) -> int:
        """How many parties of a group answered an open question."""
        return sum(
            code == vraag and self.groep_van[partij] == groep for partij, code in self.reacties.antwoorden
        )


def load_uitkomst(dossier: Dossier) -> Uitkomst:
    """The reactions of a dossier."""
    partijen = list_partijen(dossier)
    return Uitkomst(
        groep_van={partij.sleutel: partij.groep for partij in partijen},
        reacties=load_reacties(dossier),
        namen=tuple(partij.naam for partij in partijen),
    )


def count_deelname(dossier: Dossier) -> tuple[Deelname, ...]:
    """Invited and reacted parties per group, in the order of the consultation."""
    partijen = list_partijen(dossier)
    gereageerd = load_reacties(dossier).partijen
    return tuple(
        Deelname(
            groep=groep.naam,
            uitgenodigd=sum(partij.groep == groep.code for partij in partijen),
            gereageerd=sum(
                partij.groep == groep.code and partij.sleutel in gereageerd for partij in partijen
            ),
        )
        for groep in dossier.aanbesteding.consultatie.groepen
    )


def count_cijfers(scores: Sequence[int]) -> Cijfers | None:
    """Figures of these scores, or None when there are none."""
    if not scores:
        return None
    return Cijfers(len(scores), Fraction(sum(scores), len(scores)), min(scores), max(scores))


def show_gemiddelde(waarde: Fraction) -> Decimal:
    """Round once, half up, to one decimal; only for display."""
    schaal = 10**CIJFERS_ACHTER_DE_KOMMA
    return Decimal((waarde * schaal + Fraction(1, 2)).__floor__()).scaleb(-CIJFERS_ACHTER_DE_KOMMA)


def render_anoniem(tekst: str, namen: tuple[str, ...]) -> str:
    """The text without names of parties, e-mail addresses and telephone numbers."""
    schoon = _TELEFOON.sub(WEGGELATEN, _EMAIL.sub(WEGGELATEN, tekst))
    patroon = _naampatroon(namen)
    return patroon.sub(WEGGELATEN, schoon) if patroon else schoon


def list_herleidbare_antwoorden(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """(party, question) of answers that name a party, an e-mail address or a telephone number."""
    uitkomst = load_uitkomst(dossier)
    antwoorden = uitkomst.reacties.antwoorden
    return tuple(
        sorted(wie for wie, tekst in antwoorden.items() if render_anoniem(tekst, uitkomst.namen) != tekst)
    )


@lru_cache(maxsize=8)
def _naampatroon(namen: tuple[str, ...]) -> re.Pattern[str] | None:
    """Whole names and names without what stands between brackets, longest first, any case."""
    vormen = {vorm.strip() for naam in namen for vorm in (naam, re.sub(r"\s*\([^)]*\)", "", naam))}
    lang = sorted((v for v in vormen if len(v) >= _KORTSTE_NAAM), key=lambda v: (-len(v), v))
    if not lang:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(v) for v in lang) + r")(?!\w)", re.IGNORECASE)
