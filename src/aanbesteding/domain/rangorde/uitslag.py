"""What the ranking engine answers: the order, who is out and why, and what deserves attention.

Must stay true: `totaal` and `punten` are texts as announced, `exact` and `exacte_punten` the unrounded
fractions.
Trap: under rounding at the end the shown points may differ from the shown total in the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Rangplaats:
    """One bid in the order; `geteld` is the total that decided the place, as announced."""

    rang: int
    aanbieder: str
    totaal: str
    exact: Fraction
    geteld: Fraction
    punten: Mapping[str, str]
    exacte_punten: Mapping[str, Fraction]
    gegund: bool = False
    reserve: bool = False


@dataclass(frozen=True)
class Afgevallen:
    """A bid that is not in the order: a code for machines, a Dutch sentence for people."""

    aanbieder: str
    reden: str
    tekst: str


@dataclass(frozen=True)
class Uitslag:
    """The result of one ranking."""

    rangorde: tuple[Rangplaats, ...]
    afgevallen: tuple[Afgevallen, ...] = ()
    waarschuwingen: tuple[str, ...] = ()
    maximum_aanbieders: int | None = None
    met_reservelijst: bool = False
    prijzen: tuple[Fraction, ...] = field(default=(), repr=False)

    def get_plaats(self, aanbieder: str) -> Rangplaats | None:
        """The place of this bidder, or None when it is not in the order."""
        return next((plaats for plaats in self.rangorde if plaats.aanbieder == aanbieder), None)

    def to_json(self) -> dict[str, object]:
        """The published form; numbers as texts, `reserve` only when a reserve list was announced."""
        return {
            "rangorde": [self._build_plaats(plaats) for plaats in self.rangorde],
            "afgevallen": [
                {"aanbieder": uit.aanbieder, "reden": uit.reden, "tekst": uit.tekst}
                for uit in self.afgevallen
            ],
            "waarschuwingen": list(self.waarschuwingen),
        }

    def _build_plaats(self, plaats: Rangplaats) -> dict[str, object]:
        vorm: dict[str, object] = {
            "rang": plaats.rang,
            "aanbieder": plaats.aanbieder,
            "totaal": plaats.totaal,
            "exact": str(plaats.exact),
            "punten": dict(plaats.punten),
            "gegund": plaats.gegund,
        }
        return vorm | ({"reserve": plaats.reserve} if self.met_reservelijst else {})
