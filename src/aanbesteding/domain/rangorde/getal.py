"""Reading, rounding and showing the numbers of a ranking: exact in, exact out.

Must stay true: a float never enters; rounding is arithmetic (half goes away from zero) and happens in
`_round_heel` only.
Trap: Python's own `round` goes to even and is not what is announced here.
"""

from __future__ import annotations

import re
from fractions import Fraction

GETAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)


def parse_getal(tekst: str) -> Fraction | None:
    """The exact value of a decimal text with a point, or None when it is not one."""
    return Fraction(tekst) if GETAL.fullmatch(tekst) else None


def round_getal(waarde: Fraction, decimalen: int) -> Fraction:
    """Round arithmetically to a number of decimals; exactly half goes away from zero."""
    return Fraction(_round_heel(waarde, decimalen), 10**decimalen)


def _round_heel(waarde: Fraction, decimalen: int) -> int:
    """The rounded value in units of its last decimal. In whole numbers: a large ranking rounds tens of thousands."""
    heel, rest = divmod(abs(waarde.numerator) * 10**decimalen, waarde.denominator)
    heel += int(2 * rest >= waarde.denominator)
    return -heel if waarde < 0 else heel


def show_getal(waarde: Fraction, decimalen: int) -> str:
    """The value as announced: always this number of decimals, with a point."""
    geheel = _round_heel(waarde, decimalen)
    cijfers = str(abs(geheel)).rjust(decimalen + 1, "0")
    teken = "-" if geheel < 0 else ""
    if decimalen == 0:
        return teken + cijfers
    return f"{teken}{cijfers[:-decimalen]}.{cijfers[-decimalen:]}"


def show_invoer(waarde: Fraction) -> str:
    """A number as someone would type it: no superfluous zeros; a fraction when it has no finite decimals."""
    noemer = waarde.denominator
    tweeen = vijven = 0
    while noemer % 2 == 0:
        noemer //= 2
        tweeen += 1
    while noemer % 5 == 0:
        noemer //= 5
        vijven += 1
    return show_getal(waarde, max(tweeen, vijven)) if noemer == 1 else str(waarde)


def show_nederlands(waarde: Fraction) -> str:
    """A number in a Dutch sentence: exact, with a decimal comma."""
    return show_invoer(waarde).replace(".", ",")


def show_bedrag(waarde: Fraction) -> str:
    """An amount in a Dutch sentence: exact, at least whole cents, such as € 1.234,50."""
    heel, _, centen = show_invoer(waarde).partition(".")
    if "/" in heel:
        return f"€\u00a0{heel}"
    teken, cijfers = ("-", heel[1:]) if heel.startswith("-") else ("", heel)
    return f"€\u00a0{teken}{int(cijfers):,}".replace(",", ".") + f",{centen.ljust(2, '0')}"
