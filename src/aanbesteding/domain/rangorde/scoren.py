"""From the bids that count to their points: exact, and as they count after the announced rounding.

Ordering is done in `rangschikking`; who counts is decided there too.

Grondslag: docs/methodiek/rangorde.md chapters 1 and 3-5.
Must stay true: `exact` is never rounded; `count_*` rounds at the one announced moment and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from aanbesteding.domain.rangorde.getal import round_getal
from aanbesteding.domain.rangorde.kwaliteit import score_kwaliteit
from aanbesteding.domain.rangorde.opdracht import Inschrijving, Rangordeopdracht
from aanbesteding.domain.rangorde.prijsformules import score_prijs
from aanbesteding.errors import InvoerError

NUL = Fraction(0)


@dataclass(frozen=True)
class Gescoord:
    """One bid with its exact points: `kwaliteit` per scored (sub)criterion, and those of the price."""

    opdracht: Rangordeopdracht
    aanbieder: str
    kwaliteit: Mapping[str, Fraction]
    prijspunten: Fraction | None

    @cached_property
    def exact(self) -> Fraction:
        """The unrounded total."""
        return self._build_totaal(sum(self.kwaliteit.values(), NUL), self.prijspunten or NUL)

    def count_kwaliteit(self) -> Fraction:
        """The quality total that counts when bids are compared."""
        return self._count_som(list(self.kwaliteit.values()))

    def count_punten(self, code: str) -> Fraction:
        """The points of one criterion (or subcriterion, or the price) that count when bids are compared."""
        return self._count_som(self._list_delen(code))

    def count_totaal(self) -> Fraction:
        """The total that counts for the order."""
        return self._geteld

    @cached_property
    def _geteld(self) -> Fraction:
        if self.opdracht.afronding.moment == "per_criterium":
            prijs = self._round(self.prijspunten or NUL)
            return self._build_totaal(self.count_kwaliteit(), prijs)
        return self._round(self.exact) if self.opdracht.afronding.moment == "eind" else self.exact

    def list_punten(self) -> dict[str, Fraction]:
        """Exact points per criterion in the announced order, subcriteria after their head, the price last."""
        punten: dict[str, Fraction] = {}
        for criterium in self.opdracht.kwaliteit:
            punten[criterium.code] = sum(self._list_delen(criterium.code), NUL)
            punten.update({sub.code: self.kwaliteit[sub.code] for sub in criterium.subcriteria})
        if self.opdracht.prijs is not None and self.prijspunten is not None:
            punten[self.opdracht.prijs.code] = self.prijspunten
        return punten

    def _build_totaal(self, kwaliteit: Fraction, prijs: Fraction) -> Fraction:
        return prijs - kwaliteit if self.opdracht.laagste_wint else kwaliteit + prijs

    def _list_delen(self, code: str) -> list[Fraction]:
        if code in self.kwaliteit:
            return [self.kwaliteit[code]]
        for criterium in self.opdracht.kwaliteit:
            if criterium.code == code:
                return [self.kwaliteit[sub.code] for sub in criterium.subcriteria]
        return [self.prijspunten or NUL]

    def _count_som(self, delen: Sequence[Fraction]) -> Fraction:
        moment = self.opdracht.afronding.moment
        if moment == "per_criterium":
            return sum((self._round(deel) for deel in delen), NUL)
        som = sum(delen, NUL)
        return self._round(som) if moment == "eind" else som

    def _round(self, waarde: Fraction) -> Fraction:
        return round_getal(waarde, self.opdracht.afronding.decimalen)


def score_inschrijvingen(opdracht: Rangordeopdracht, meetellend: Sequence[Inschrijving]) -> list[Gescoord]:
    """Points of every bid that counts, each price set against the prices of these bids only."""
    prijzen = sorted(inschrijving.prijs for inschrijving in meetellend if inschrijving.prijs is not None)
    gescoord: list[Gescoord] = []
    fouten: list[str] = []
    for inschrijving in meetellend:
        prijspunten = inschrijving.prijs
        if opdracht.prijs is not None and prijspunten is not None and not opdracht.laagste_wint:
            try:
                prijspunten = score_prijs(opdracht.prijs, prijspunten, prijzen)
            except InvoerError as fout:
                fouten += [f"inschrijving {inschrijving.aanbieder}: {tekst}" for tekst in fout.fouten]
        kwaliteit = score_kwaliteit(opdracht, inschrijving.scores)
        gescoord.append(Gescoord(opdracht, inschrijving.aanbieder, kwaliteit, prijspunten))
    if fouten:
        raise InvoerError(fouten)
    return gescoord
