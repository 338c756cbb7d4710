"""From price to points: the six announced formulas, each exact.

Not here: gunnen op waarde, which needs no price points, and rounding.

Grondslag: docs/methodiek/rangorde.md chapter 4. Relative formulas are not unlawful by nature (HR 9 mei 2014,
ECLI:NL:HR:2014:1078) but they need an announced rule for drop-out.
Must stay true: `prijzen` are those of the bids that count, and only those, in ascending order (a thousand bids are
weighed dozens of times in a rehearsal).
Traps: min_max with equal prices divides by nought (all get the maximum); equal prices share a price place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from fractions import Fraction

from aanbesteding.domain.rangorde.getal import show_invoer
from aanbesteding.domain.rangorde.opdracht import Formule, Prijscriterium, Prijsparameters
from aanbesteding.errors import InvoerError

Prijsformule = Callable[[Fraction, Fraction, Sequence[Fraction], Prijsparameters], Fraction]
NUL = Fraction(0)


def score_prijs(criterium: Prijscriterium, prijs: Fraction, prijzen: Sequence[Fraction]) -> Fraction:
    """The exact points of one price among the ascending `prijzen` (its own included); InvoerError when none apply."""
    if criterium.formule is None:
        raise InvoerError([f"criterium {criterium.code}: er is geen prijsformule; kies er een."])
    return FORMULES[criterium.formule](criterium.gewicht, prijs, prijzen, criterium.parameters)


def count_prijsplaats(prijs: Fraction, prijzen: Sequence[Fraction]) -> int:
    """One more than the number of lower prices; equal prices share their place."""
    return 1 + bisect_left(prijzen, prijs)


def _laagste_gedeeld_door_prijs(
    gewicht: Fraction, prijs: Fraction, prijzen: Sequence[Fraction], _: Prijsparameters
) -> Fraction:
    return gewicht * prijzen[0] / prijs


def _relatief_lineair(
    gewicht: Fraction, prijs: Fraction, prijzen: Sequence[Fraction], _: Prijsparameters
) -> Fraction:
    return max(NUL, gewicht * (2 - prijs / prijzen[0]))


def _min_max(gewicht: Fraction, prijs: Fraction, prijzen: Sequence[Fraction], _: Prijsparameters) -> Fraction:
    laagste, hoogste = prijzen[0], prijzen[-1]
    if laagste == hoogste:
        return gewicht
    return gewicht * (hoogste - prijs) / (hoogste - laagste)


def _rangpunten(
    gewicht: Fraction, prijs: Fraction, prijzen: Sequence[Fraction], parameters: Prijsparameters
) -> Fraction:
    plaats, aantal = count_prijsplaats(prijs, prijzen), len(prijzen)
    if not parameters.punten:
        return gewicht * (aantal + 1 - plaats) / aantal
    if plaats <= len(parameters.punten):
        return parameters.punten[plaats - 1]
    if parameters.overig is None:
        raise InvoerError(
            [
                f"rangpunten: er zijn geen punten aangekondigd voor prijsplaats {plaats}; "
                "noem ze, of noem overig."
            ]
        )
    return parameters.overig


def _vaste_bandbreedte(
    gewicht: Fraction, prijs: Fraction, _: Sequence[Fraction], parameters: Prijsparameters
) -> Fraction:
    bodem, plafond = parameters.bodem, parameters.plafond
    if bodem is None or plafond is None:
        raise InvoerError(["vaste_bandbreedte: noem bodem en plafond."])
    return min(gewicht, max(NUL, gewicht * (plafond - prijs) / (plafond - bodem)))


def _staffel(
    _gewicht: Fraction, prijs: Fraction, _: Sequence[Fraction], parameters: Prijsparameters
) -> Fraction:
    for trede in parameters.staffel:
        if trede.tot is None or prijs < trede.tot:
            return trede.punten
    raise InvoerError(
        [
            f"staffel: de prijs {show_invoer(prijs)} valt buiten alle treden; "
            "kondig een laatste trede zonder bovengrens aan."
        ]
    )


FORMULES: dict[Formule, Prijsformule] = {
    Formule.LAAGSTE_GEDEELD_DOOR_PRIJS: _laagste_gedeeld_door_prijs,
    Formule.RELATIEF_LINEAIR: _relatief_lineair,
    Formule.MIN_MAX: _min_max,
    Formule.RANGPUNTEN: _rangpunten,
    Formule.VASTE_BANDBREEDTE: _vaste_bandbreedte,
    Formule.STAFFEL: _staffel,
}
