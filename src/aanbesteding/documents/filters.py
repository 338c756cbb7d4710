"""The house way to write a value in a document: dates, money, numbers, lists, yes and no.

A template says *which* form (`{{ datum|datum }}`), this module says *how*. It decides nothing: no
arithmetic beyond rounding to the decimals that the template asks for.

Must stay true: a value of the wrong type is an error with a Dutch sentence, never a guess; no float ever.
Traps: money has a no-break space after the sign; a datetime without a time zone is refused; midnight and
summer time are those of Europe/Amsterdam; an empty list is an error, because "voor de percelen ." is no
sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# As Babel has them for "nl" (a test compares); Babel itself takes longer to load than a letter takes to make.
_MAANDEN = (
    "", "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip
_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
NBSP = "\u00a0"
_CENT = Decimal("0.01")
_PUNT_EN_KOMMA = str.maketrans(",.", ".,")


class FilterError(ValueError):
    """A filter was given a value that it cannot write; the message is a Dutch sentence."""


def _refuse(filternaam: str, verwacht: str, waarde: object) -> FilterError:
    tekst = str(waarde)  # an undefined field raises its own error here
    return FilterError(
        f"het filter '{filternaam}' verwacht {verwacht}, niet {type(waarde).__name__} ({tekst[:80]!r})"
    )


def _local(filternaam: str, waarde: object) -> datetime | date:
    if isinstance(waarde, datetime):
        if waarde.tzinfo is None:
            raise _refuse(filternaam, "een datum of een tijdstip met tijdzone", waarde)
        return waarde.astimezone(AMSTERDAM)
    if isinstance(waarde, date):
        return waarde
    raise _refuse(filternaam, "een datum of een tijdstip met tijdzone", waarde)


def datum(waarde: object) -> str:
    """A date in full: 14 april 2026."""
    dag = _local("datum", waarde)
    return f"{dag.day} {_MAANDEN[dag.month]} {dag.year}"


def datum_kort(waarde: object) -> str:
    """A date in figures: 14-04-2026."""
    dag = _local("datum_kort", waarde)
    return f"{dag.day:02d}-{dag.month:02d}-{dag.year:04d}"


def datumtijd(waarde: object) -> str:
    """A moment: dinsdag 14 april 2026 om 12.00 uur (Dutch time)."""
    if not isinstance(waarde, datetime) or waarde.tzinfo is None:
        raise _refuse("datumtijd", "een tijdstip met tijdzone", waarde)
    moment = waarde.astimezone(AMSTERDAM)
    return f"{_DAGEN[moment.weekday()]} {datum(moment)} om {moment.hour}.{moment.minute:02d} uur"


def _exact(filternaam: str, waarde: object) -> Fraction:
    if isinstance(waarde, bool) or not isinstance(waarde, int | Decimal | Fraction):
        raise _refuse(filternaam, "een geheel getal, Decimal of Fraction", waarde)
    if isinstance(waarde, Decimal) and not waarde.is_finite():
        raise _refuse(filternaam, "een eindig getal", waarde)
    return Fraction(waarde)


def _write(filternaam: str, waarde: object, decimalen: int | None, vast: bool) -> str:
    """Write exactly; with `decimalen` rounded half up, `vast` keeps the trailing zeros."""
    if decimalen == 2 and type(waarde) is Decimal and waarde and waarde.same_quantum(_CENT):
        tekst = f"{waarde:,.2f}".translate(_PUNT_EN_KOMMA)  # nothing to round; tables are full of these
        return tekst if vast or tekst[-1] != "0" else tekst.rstrip("0").rstrip(",")
    if decimalen is None and isinstance(waarde, int) and not isinstance(waarde, bool):
        return f"{waarde:,}".replace(",", ".")
    if type(waarde) is Decimal and waarde.is_finite():
        return _write_decimaal(filternaam, waarde, decimalen, vast)
    return _write_exact(filternaam, _exact(filternaam, waarde), decimalen, vast)


@lru_cache(8192)
def _write_decimaal(filternaam: str, waarde: Decimal, decimalen: int | None, vast: bool) -> str:
    """The same few points and amounts stand in letter after letter."""
    return _write_exact(filternaam, Fraction(waarde), decimalen, vast)


def _write_exact(filternaam: str, exact: Fraction, decimalen: int | None, vast: bool) -> str:
    plaatsen = decimalen
    if plaatsen is None:
        plaatsen = 0
        while plaatsen < 30 and (exact * 10**plaatsen).denominator != 1:
            plaatsen += 1
        if plaatsen == 30:
            raise FilterError(
                f"het filter '{filternaam}' kan {exact} niet precies schrijven; geef het aantal decimalen"
            )
    teller, noemer = abs(exact.numerator) * 10**plaatsen, exact.denominator
    afgerond = (2 * teller + noemer) // (2 * noemer)  # half up
    cijfers = str(afgerond).rjust(plaatsen + 1, "0")
    voor, na = (cijfers[:-plaatsen], cijfers[-plaatsen:]) if plaatsen else (cijfers, "")
    if not vast:
        na = na.rstrip("0")
    min_teken = "-" if exact < 0 and afgerond else ""
    return min_teken + f"{int(voor):,}".replace(",", ".") + (f",{na}" if na else "")


def _is_centen(waarde: object) -> bool:
    return type(waarde) is Decimal and waarde.same_quantum(_CENT)


def euro(waarde: object, decimalen: int | None = None) -> str:
    """An amount: € 1.234,56; euro(0) rounds to whole euros, euro(4) shows four decimals.

    Without argument an amount with more than two decimals is refused: a price is never rounded in silence.
    """
    if decimalen is None and not _is_centen(waarde) and 100 % _exact("euro", waarde).denominator:
        raise FilterError(
            f"het filter 'euro' kreeg {waarde}: meer dan twee decimalen; schrijf euro(4) of euro(0)"
        )
    return f"€{NBSP}{_write('euro', waarde, 2 if decimalen is None else decimalen, True)}"


def getal(waarde: object, decimalen: int | None = None, vast: bool = False) -> str:
    """A number with a decimal comma: exact, or with at most (vast: exactly) so many decimals."""
    return _write("getal", waarde, decimalen, vast)


def procent(waarde: object, decimalen: int | None = None) -> str:
    """A percentage; 60 is 60%."""
    return f"{_write('procent', waarde, decimalen, False)}%"


def opsomming(waarde: object, voegwoord: str = "en") -> str:
    """A list in a sentence: A, B en C."""
    if isinstance(waarde, str) or not isinstance(waarde, Sequence):
        raise _refuse("opsomming", "een lijst van teksten", waarde)
    delen: list[str] = []
    for deel in waarde:  # pyright: ignore[reportUnknownVariableType]
        if isinstance(deel, bool) or not isinstance(deel, str | int):
            raise _refuse("opsomming", "een lijst van teksten", deel)  # pyright: ignore[reportUnknownArgumentType]
        delen.append(str(deel))
    if not delen:
        raise FilterError("het filter 'opsomming' kreeg een lege lijst; zet de zin in een {% if lijst %}")
    return delen[0] if len(delen) == 1 else f"{', '.join(delen[:-1])} {voegwoord} {delen[-1]}"


def ja_nee(waarde: object) -> str:
    """A truth value: ja or nee."""
    if not isinstance(waarde, bool):
        raise _refuse("ja_nee", "waar of onwaar", waarde)
    return "ja" if waarde else "nee"


def aantal(waarde: object, enkelvoud: str, meervoud: str) -> str:
    """A count with its noun: 1 inschrijving, 3 inschrijvingen, 0 inschrijvingen."""
    if isinstance(waarde, bool) or not isinstance(waarde, int):
        raise _refuse("aantal", "een geheel getal", waarde)
    return f"{_write('aantal', waarde, 0, False)} {enkelvoud if waarde == 1 else meervoud}"


FILTERS: Mapping[str, Callable[..., str]] = {
    f.__name__: f for f in (datum, datum_kort, datumtijd, euro, getal, procent, opsomming, ja_nee, aantal)
}
