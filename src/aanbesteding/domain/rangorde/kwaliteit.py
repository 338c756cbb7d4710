"""From quality score to points, or to euros under gunnen op waarde; and the knock-out minimums.

Grondslag: docs/methodiek/rangorde.md chapters 2, 3 and 5.
Must stay true: a minimum is a threshold beside the scale; it never changes the points of who passes.
Trap: the minimum of a criterion with subcriteria is in points (or euros), that of a scale is a score.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from aanbesteding.domain.rangorde.getal import show_nederlands
from aanbesteding.domain.rangorde.opdracht import Kwaliteitscriterium, Methode, Rangordeopdracht
from aanbesteding.errors import InvoerError


def score_blad(blad: Kwaliteitscriterium, score: Fraction, methode: Methode) -> Fraction:
    """The exact points (or euros) of one score on the scale of this (sub)criterion."""
    if blad.schaal is None:
        raise InvoerError([f"criterium {blad.code}: heeft geen schaal; noem min en max."])
    laag, hoog = blad.schaal.min, blad.schaal.max
    if methode is not Methode.GUNNEN_OP_WAARDE:
        return blad.gewicht * (score - laag) / (hoog - laag)
    waarde = blad.waarde or Fraction(0)
    neutraal = laag if blad.neutraal is None else blad.neutraal
    if score >= neutraal:
        return waarde * (score - neutraal) / (hoog - neutraal)
    return -blad.malus * (neutraal - score) / (neutraal - laag)


def score_kwaliteit(opdracht: Rangordeopdracht, scores: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Exact points per scored (sub)criterion."""
    return {
        blad.code: score_blad(blad, scores[blad.code], opdracht.methode) for blad in opdracht.list_bladen()
    }


def check_minima(
    opdracht: Rangordeopdracht, scores: Mapping[str, Fraction], punten: Mapping[str, Fraction]
) -> tuple[str, str] | None:
    """Code and Dutch text of the first minimum that is missed, or None; compared exactly."""
    for criterium in opdracht.kwaliteit:
        behaald = sum((punten[blad.code] for blad in criterium.subcriteria), Fraction(0))
        toetsen = [(blad, scores[blad.code]) for blad in criterium.list_bladen()]
        for getoetst, waarde in [*toetsen, *([(criterium, behaald)] if criterium.subcriteria else [])]:
            if getoetst.minimum is not None and waarde < getoetst.minimum:
                return "ONDER_MINIMUM", (
                    f"{getoetst.code}: {show_nederlands(waarde)} ligt onder het minimum "
                    f"{show_nederlands(getoetst.minimum)}."
                )
    totaal = sum(punten.values(), Fraction(0))
    if opdracht.minimum_totaal is not None and totaal < opdracht.minimum_totaal:
        return "ONDER_MINIMUM_TOTAAL", (
            f"De kwaliteit is in totaal {show_nederlands(totaal)} en ligt onder het minimum "
            f"{show_nederlands(opdracht.minimum_totaal)}."
        )
    return None
