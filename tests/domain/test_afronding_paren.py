"""Which pairs rounding can have turned round is found without looking at every pair."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.domain.rangorde.rangschikking import Totaal, _list_dichtbij

TOTALEN = st.lists(
    st.tuples(st.fractions(0, 3, max_denominator=12), st.integers(-2, 2)), min_size=1, max_size=14
).map(
    lambda delen: [
        (f"a{n:02d}", exact, exact + Fraction(afronding, 20)) for n, (exact, afronding) in enumerate(delen)
    ]
)


def anders(paar: tuple[Totaal, Totaal]) -> bool:
    """Rounding made this pair equal, or set it apart, or turned it round."""
    (_, exact, geteld), (_, ander_exact, ander_geteld) = paar
    return (geteld == ander_geteld and exact != ander_exact) or (
        (geteld - ander_geteld) * (exact - ander_exact) < 0
        or (exact == ander_exact and geteld != ander_geteld)
    )


@given(TOTALEN)
def test_every_pair_that_rounding_changed_is_among_the_near_ones_in_order(totalen: list[Totaal]):
    alle = [paar for paar in combinations(sorted(totalen), 2) if anders(paar)]
    assert [paar for paar in _list_dichtbij(totalen) if anders(paar)] == alle
