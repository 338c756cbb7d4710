"""What the ranking engine is asked: criteria, bids and every rule that was announced beforehand.

Only shapes and what follows from them directly. Reading and refusing is done in `inlezen`, reckoning in
`rangschikking`.

Grondslag: Aw 2012 art. 2.114-2.115 (criteria and their weights are announced).
Must stay true: numbers are Fraction, never float; build a `Rangordeopdracht` with `parse_opdracht`, because
only that door refuses what does not fit.
Trap: `gewicht` is the maximum number of points; under gunnen op waarde `waarde` (euros) takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Literal


class Methode(StrEnum):
    """How bids become an order."""

    GEWOGEN_FACTOR = "gewogen_factor"
    GUNNEN_OP_WAARDE = "gunnen_op_waarde"
    VAST_TARIEF = "vast_tarief"
    GEEN_CRITERIA = "geen_criteria"


class Formule(StrEnum):
    """How a price becomes points under `gewogen_factor`."""

    LAAGSTE_GEDEELD_DOOR_PRIJS = "laagste_gedeeld_door_prijs"
    RELATIEF_LINEAIR = "relatief_lineair"
    MIN_MAX = "min_max"
    RANGPUNTEN = "rangpunten"
    VASTE_BANDBREEDTE = "vaste_bandbreedte"
    STAFFEL = "staffel"


RELATIEVE_FORMULES = frozenset(
    {Formule.LAAGSTE_GEDEELD_DOOR_PRIJS, Formule.RELATIEF_LINEAIR, Formule.MIN_MAX, Formule.RANGPUNTEN}
)
VERHOUDINGSFORMULES = frozenset({Formule.LAAGSTE_GEDEELD_DOOR_PRIJS, Formule.RELATIEF_LINEAIR})


@dataclass(frozen=True)
class Schaalpunt:
    """A score that may be given, and what it means in the announced assessment frame."""

    score: Fraction
    betekenis: str | None = None


@dataclass(frozen=True)
class Schaal:
    """The scale of a quality criterion; without `punten` every score from `min` to `max` is allowed."""

    min: Fraction
    max: Fraction
    punten: tuple[Schaalpunt, ...] = ()
    tussenscores: bool = True

    def allows(self, score: Fraction) -> bool:
        """Whether this score lies on the scale as announced."""
        if not self.min <= score <= self.max:
            return False
        return self.tussenscores or any(punt.score == score for punt in self.punten)


@dataclass(frozen=True)
class Kwaliteitscriterium:
    """A quality criterion: with a scale of its own, or divided into `subcriteria` (then it has no scale).

    `minimum` is a score on the scale, or points (euros under gunnen op waarde) when there are subcriteria.
    `waarde`, `malus` (euros) and `neutraal` (score) belong to gunnen op waarde only.
    """

    code: str
    gewicht: Fraction
    schaal: Schaal | None
    minimum: Fraction | None = None
    subcriteria: tuple[Kwaliteitscriterium, ...] = ()
    waarde: Fraction | None = None
    malus: Fraction = Fraction(0)
    neutraal: Fraction | None = None
    naam: str | None = None

    def list_bladen(self) -> tuple[Kwaliteitscriterium, ...]:
        """The criteria that are scored: the subcriteria, or the criterion itself."""
        return self.subcriteria or (self,)


@dataclass(frozen=True)
class Trede:
    """One step of a staffel: prices below `tot` (None: no upper limit) earn `punten`."""

    tot: Fraction | None
    punten: Fraction


@dataclass(frozen=True)
class Prijsparameters:
    """The announced numbers of a price formula; only those of its own formula are filled."""

    bodem: Fraction | None = None
    plafond: Fraction | None = None
    staffel: tuple[Trede, ...] = ()
    punten: tuple[Fraction, ...] = ()
    overig: Fraction | None = None


@dataclass(frozen=True)
class Prijscriterium:
    """The price criterion; under gunnen op waarde it has no formula and its `gewicht` does nothing."""

    code: str
    gewicht: Fraction
    formule: Formule | None
    parameters: Prijsparameters = field(default_factory=Prijsparameters)
    naam: str | None = None


@dataclass(frozen=True)
class Inschrijving:
    """One bid as the ranking sees it; `ongeldig` holds the reason when it was declared invalid beforehand."""

    aanbieder: str
    scores: Mapping[str, Fraction]
    prijs: Fraction | None
    ongeldig: str | None = None


Moment = Literal["eind", "per_criterium", "weergave"]
BijUitval = Literal["rangorde_blijft", "herberekenen"]


@dataclass(frozen=True)
class Afronding:
    """The announced rounding: how many decimals, and the one moment at which it happens."""

    decimalen: int
    moment: Moment


@dataclass(frozen=True)
class Rangordeopdracht:
    """Everything that was announced and everything that came in; see docs/methodiek/rangorde.md."""

    methode: Methode
    kwaliteit: tuple[Kwaliteitscriterium, ...]
    prijs: Prijscriterium | None
    inschrijvingen: tuple[Inschrijving, ...]
    afronding: Afronding
    totaalgewicht: Fraction = Fraction(100)
    maximum_aanbieders: int | None = None
    reservelijst: int | None = None
    gelijke_stand: tuple[str, ...] = ()
    loting: tuple[str, ...] | None = None
    bij_uitval: BijUitval | None = None
    uitgevallen: tuple[str, ...] = ()
    minimum_totaal: Fraction | None = None
    ondergrens: Fraction | None = None
    lage_prijs_drempel: Fraction | None = None
    opmerkingen: tuple[str, ...] = ()

    @property
    def hangt_af_van_anderen(self) -> bool:
        """Whether the points of one bid depend on the other bids."""
        return self.prijs is not None and self.prijs.formule in RELATIEVE_FORMULES

    @property
    def laagste_wint(self) -> bool:
        """Whether the lowest total is the best (the fictitious price of gunnen op waarde)."""
        return self.methode is Methode.GUNNEN_OP_WAARDE

    def list_bladen(self) -> tuple[Kwaliteitscriterium, ...]:
        """Every criterion that is scored, subcriteria in place of their head."""
        return tuple(blad for criterium in self.kwaliteit for blad in criterium.list_bladen())
