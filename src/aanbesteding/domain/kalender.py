"""The days that the law calls a holiday, working days, and the Dutch date of a moment.

Counting terms is not done here (see telling.py and termijn.py). School holidays are no holidays in law
(see planning.py).

Grondslag: Algemene termijnenwet art. 3 (FEITEN 2.2, key ATW); Reg. (EEG) 1182/71 art. 2 for the same days.
Must stay true: exactly the days of art. 3, computed for any year; 5 May every year and Good Friday count,
although many employers work then. Easter Sunday and Whit Sunday are Sundays and need no row.
Traps: King's Day is 26 April when the 27th is a Sunday; until 2013 it was 30 April, or the 29th when the
30th was a Sunday; two holidays may share one day (Ascension Day and 5 May in 2016). The government may
designate extra days (art. 3(3)); none is known here.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from aanbesteding.errors import InvoerError

TIJDZONE = ZoneInfo("Europe/Amsterdam")
EERSTE_JAAR, LAATSTE_JAAR = 1980, 4099

_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MAANDEN = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]  # no locale: a letter must read the same on every machine
_ZATERDAG, _ZONDAG = 5, 6


def feestdagen(jaar: int) -> dict[date, str]:
    """Return the holidays of `jaar` in order (Termijnenwet art. 3); InvoerError outside 1980-4099."""
    return dict(_feestdagen(jaar))


@cache
def _feestdagen(jaar: int) -> dict[date, str]:
    if not EERSTE_JAAR <= jaar <= LAATSTE_JAAR:
        raise InvoerError(
            [
                f"Jaar {jaar}: de kalender rekent van {EERSTE_JAAR} tot en met {LAATSTE_JAAR}. Controleer "
                "het jaar."
            ]
        )
    pasen = _count_pasen(jaar)
    dagen = [
        (date(jaar, 1, 1), "Nieuwjaarsdag"),
        (pasen - timedelta(days=2), "Goede Vrijdag"),
        (pasen + timedelta(days=1), "Tweede Paasdag"),
        _koningsdag(jaar),
        (date(jaar, 5, 5), "Bevrijdingsdag"),
        (pasen + timedelta(days=39), "Hemelvaartsdag"),
        (pasen + timedelta(days=50), "Tweede Pinksterdag"),
        (date(jaar, 12, 25), "Eerste Kerstdag"),
        (date(jaar, 12, 26), "Tweede Kerstdag"),
    ]
    uitkomst: dict[date, str] = {}
    for dag, naam in sorted(dagen):
        uitkomst[dag] = f"{uitkomst[dag]} en {naam}" if dag in uitkomst else naam
    return uitkomst


def _koningsdag(jaar: int) -> tuple[date, str]:
    dag, naam = (date(jaar, 4, 27), "Koningsdag") if jaar >= 2014 else (date(jaar, 4, 30), "Koninginnedag")
    return (dag - timedelta(days=1) if dag.weekday() == _ZONDAG else dag), naam


def _count_pasen(jaar: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous method, Meeus/Jones/Butcher)."""
    a, (b, c) = jaar % 19, divmod(jaar, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    maand, dag = divmod(h + m - 7 * n + 114, 31)
    return date(jaar, maand, dag + 1)


def reden_geen_werkdag(d: date) -> str | None:
    """Return why `d` is no working day ("zondag", "Koningsdag", "zaterdag en Bevrijdingsdag"), or None."""
    redenen = [_DAGEN[d.weekday()]] if d.weekday() in (_ZATERDAG, _ZONDAG) else []
    feestdag = _feestdagen(d.year).get(d)
    if feestdag:
        redenen.append(feestdag)
    return " en ".join(redenen) or None


def is_werkdag(d: date) -> bool:
    """Tell whether `d` is no Saturday, Sunday or holiday."""
    return reden_geen_werkdag(d) is None


def volgende_werkdag(d: date) -> date:
    """Return the first working day strictly after `d`."""
    d += timedelta(days=1)
    while not is_werkdag(d):
        d += timedelta(days=1)
    return d


def vorige_werkdag(d: date) -> date:
    """Return the last working day strictly before `d`."""
    d -= timedelta(days=1)
    while not is_werkdag(d):
        d -= timedelta(days=1)
    return d


def datum_in_nederland(moment: datetime) -> date:
    """Return the date in the Netherlands of an aware moment: 22:30 UTC in summer is already the next day."""
    if moment.tzinfo is None:
        raise InvoerError([f"Het tijdstip {moment} heeft geen tijdzone. Geef een tijdstip met tijdzone."])
    return moment.astimezone(TIJDZONE).date()


def list_feestdagen(van: date, tot: date) -> list[tuple[date, str]]:
    """The holidays from `van` up to and including `tot`, in order."""
    jaren = range(van.year, tot.year + 1)
    return [(d, naam) for jaar in jaren for d, naam in _feestdagen(jaar).items() if van <= d <= tot]


def add_maanden(d: date, maanden: int) -> date:
    """Same day so many months later or earlier, else that month's last day (Reg. 1182/71 art. 3(2)(c))."""
    jaar, maand = divmod(d.year * 12 + d.month - 1 + maanden, 12)
    return date(jaar, maand + 1, min(d.day, monthrange(jaar, maand + 1)[1]))


def show_aantal(aantal: int, enkel: str, meer: str) -> str:
    """Write a number with its noun: "1 dag", "3 dagen"."""
    return f"{aantal} {enkel if aantal == 1 else meer}"


def show_opsomming(delen: Sequence[str]) -> str:
    """Write a list as a sentence does: "a, b en c"."""
    return " en ".join((", ".join(delen[:-1]), delen[-1])) if len(delen) > 1 else "".join(delen)


def show_datum(d: date) -> str:
    """Write a date in full: "dinsdag 28 april 2026"."""
    return f"{_DAGEN[d.weekday()]} {d.day} {_MAANDEN[d.month - 1]} {d.year}"


def show_reden(d: date) -> str:
    """Write why `d` is no working day: "Maandag 27 april 2026 is geen werkdag (Koningsdag)"."""
    datum = show_datum(d)
    feestdag = _feestdagen(d.year).get(d)
    return f"{datum[0].upper()}{datum[1:]} is geen werkdag{f' ({feestdag})' if feestdag else ''}"
