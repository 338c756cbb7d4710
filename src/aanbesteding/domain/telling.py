"""Counting days as the two regimes do it: Regulation 1182/71 and the Algemene termijnenwet, forwards and
backwards.

Which term has which length and which regime is not decided here (see termijn.py).

Grondslag: Reg. (EEG, Euratom) 1182/71 art. 3; Algemene termijnenwet art. 1, 2 and 4 (FEITEN 2.2).
Must stay true: the day of the event never counts; a backwards count never moves later; each shift leaves a
step with its reason; the numbers of the two acts come from normen/.
Trap: a term in years, or above the limits of art. 4, is not extended under the ATW; Reg. 1182/71 has no such
limit. A term in hours is outside both kinds of extension and is not counted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from aanbesteding.domain.kalender import (
    add_maanden,
    feestdagen,
    is_werkdag,
    show_aantal,
    show_datum,
    show_reden,
    volgende_werkdag,
)
from aanbesteding.domain.norm import Normen
from aanbesteding.domain.termijnvorm import Stap, Telling
from aanbesteding.errors import InvoerError

_DAG = timedelta(days=1)
MEESTE_DAGEN = 3650


class Eenheid(Enum):
    """The unit of a term; a month or year later is the same day number, else the last day of that month."""

    DAGEN = "dagen"
    WEKEN = "weken"
    MAANDEN = "maanden"
    JAREN = "jaren"

    def shift(self, d: date, aantal: int) -> date:
        """The day so many units after `d`, or before it when negative."""
        if self in (Eenheid.DAGEN, Eenheid.WEKEN):
            return d + aantal * timedelta(days=7 if self is Eenheid.WEKEN else 1)
        return add_maanden(d, aantal * (12 if self is Eenheid.JAREN else 1))

    def show(self, aantal: int) -> str:
        """Write a length: "1 week", "3 jaren"."""
        enkel = {"dagen": "dag", "weken": "week", "maanden": "maand", "jaren": "jaar"}[self.value]
        return show_aantal(aantal, enkel, self.value)


class Regime(Enum):
    """Which rules govern the end of a term; CONTRACT is a term that only the tender documents set."""

    ATW = "Algemene termijnenwet"
    EU = "Verordening (EEG, Euratom) 1182/71"
    CONTRACT = "aanbestedingsstukken"


_DAGEN_PER_EENHEID = {Eenheid.DAGEN: 1, Eenheid.WEKEN: 7, Eenheid.MAANDEN: 30, Eenheid.JAREN: 365}


@dataclass(frozen=True)
class _Artikelen:
    """Articles per rule; an empty one for the beginning means: what sets the term rules its beginning."""

    begin: str
    verlenging: str
    minimum: str
    terug: str
    norm: str


_ARTIKELEN = {
    Regime.ATW: _Artikelen(
        "",
        "Algemene termijnenwet art. 1 lid 1",
        "Algemene termijnenwet art. 2",
        "Algemene termijnenwet art. 1 lid 2",
        "atw",
    ),
    Regime.EU: _Artikelen(
        "Verordening 1182/71 art. 3 lid 1",
        "Verordening 1182/71 art. 3 lid 4",
        "Verordening 1182/71 art. 3 lid 5",
        "Verordening 1182/71 art. 3 lid 4",
        "reg_1182",
    ),
    Regime.CONTRACT: _Artikelen("", "", "", "", ""),
}


def count_vooruit(
    start: date,
    aantal: int,
    regime: Regime,
    normen: Normen,
    peildatum: date,
    *,
    gebeurtenis: str,
    grondslag: str,
    eenheid: Eenheid = Eenheid.DAGEN,
) -> Telling:
    """Count `aantal` days (or another unit) after the day `start`; InvoerError for an impossible length."""
    check_start(start, aantal, eenheid)
    eerste, dag_n = start + _DAG, eenheid.shift(start, aantal)
    stappen = [
        Stap(
            "startgebeurtenis",
            grondslag,
            start,
            f"{gebeurtenis}: {show_datum(start)}. Deze dag telt niet mee.",
        ),
        Stap("dag_1", _ARTIKELEN[regime].begin or grondslag, eerste, f"Dag 1 is {show_datum(eerste)}."),
        Stap("telling", grondslag, dag_n, f"{_show_telling(aantal, eenheid)} is {show_datum(dag_n)}."),
    ]
    einde = dag_n
    if regime is Regime.CONTRACT:
        pass
    elif regime is Regime.ATW and is_buiten_termijnenwet(aantal, eenheid, normen, peildatum):
        stappen.append(_build_uitzondering(aantal, eenheid, einde))
    else:
        einde = _count_minimum(eerste, einde, regime, normen, peildatum, _DAG, stappen)
        einde = _count_tot_werkdag(einde, _ARTIKELEN[regime].verlenging, stappen)
    return Telling(eerste, dag_n, einde, tuple(stappen))


def count_terug(
    vanaf: date,
    aantal: int,
    regime: Regime,
    normen: Normen,
    peildatum: date,
    *,
    gebeurtenis: str,
    grondslag: str,
    eenheid: Eenheid = Eenheid.DAGEN,
) -> Telling:
    """Count `aantal` days (or another unit) back from `vanaf`; the result only ever moves earlier."""
    check_start(vanaf, aantal, eenheid)
    eerste, dag_n = vanaf - _DAG, eenheid.shift(vanaf, -aantal)
    stappen = [
        Stap(
            "startgebeurtenis",
            grondslag,
            vanaf,
            f"{gebeurtenis}: {show_datum(vanaf)}. Deze dag telt niet mee.",
        ),
        Stap("dag_1", grondslag, eerste, f"Teruggerekend is dag 1 {show_datum(eerste)}."),
        Stap(
            "telling",
            grondslag,
            dag_n,
            f"Teruggerekend is {_show_telling(aantal, eenheid).lower()} {show_datum(dag_n)}.",
        ),
    ]
    if regime is Regime.CONTRACT:
        return Telling(eerste, dag_n, dag_n, tuple(stappen))
    if regime is Regime.ATW and is_buiten_termijnenwet(aantal, eenheid, normen, peildatum):
        return Telling(eerste, dag_n, dag_n, (*stappen, _build_uitzondering(aantal, eenheid, dag_n)))
    einde = _count_minimum(eerste, dag_n, regime, normen, peildatum, -_DAG, stappen)
    if not is_werkdag(einde):
        tekst = f"{show_reden(einde)}; een termijn die terugrekent, schuift daardoor niet naar later."
        stappen.append(Stap("geen_verschuiving", _ARTIKELEN[regime].terug, einde, tekst))
    return Telling(eerste, dag_n, einde, tuple(stappen))


def is_buiten_termijnenwet(aantal: int, eenheid: Eenheid, normen: Normen, peildatum: date) -> bool:
    """Tell whether Algemene termijnenwet art. 4 leaves this length outside the act."""
    if eenheid is Eenheid.JAREN:
        return True
    return aantal > normen.op(f"atw_grens_{eenheid.value}", peildatum).getal


def _build_uitzondering(aantal: int, eenheid: Eenheid, einde: date) -> Stap:
    tekst = f"Een termijn van {eenheid.show(aantal)} valt buiten de Algemene termijnenwet en schuift niet op."
    return Stap("uitzondering", "Algemene termijnenwet art. 4", einde, tekst)


def _show_telling(aantal: int, eenheid: Eenheid) -> str:
    return f"Dag {aantal}" if eenheid is Eenheid.DAGEN else f"De laatste dag van {eenheid.show(aantal)}"


def check_start(start: date, aantal: int, eenheid: Eenheid = Eenheid.DAGEN) -> None:
    """Refuse a moment instead of a date, a year outside the calendar and a length outside ten years."""
    if isinstance(start, datetime):
        raise TypeError("a term counts from a date; use kalender.datum_in_nederland for a moment")
    feestdagen(start.year)
    meeste = MEESTE_DAGEN // _DAGEN_PER_EENHEID[eenheid]
    if not 1 <= aantal <= meeste:
        raise InvoerError(
            [f"Een termijn van {eenheid.show(aantal)} kan niet. Geef 1 tot en met {eenheid.show(meeste)}."]
        )


def eerste_werkdag(d: date) -> date:
    """Return `d` itself when it is a working day, else the next working day."""
    return d if is_werkdag(d) else volgende_werkdag(d)


def _count_tot_werkdag(d: date, grondslag: str, stappen: list[Stap]) -> date:
    while not is_werkdag(d):
        volgende = d + _DAG
        tekst = f"{show_reden(d)}; de termijn loopt door tot en met {show_datum(volgende)}."
        stappen.append(Stap("verschuiving", grondslag, volgende, tekst))
        d = volgende
    return d


def _count_minimum(
    eerste: date,
    laatste: date,
    regime: Regime,
    normen: Normen,
    peildatum: date,
    richting: timedelta,
    stappen: list[Stap],
) -> date:
    """Lengthen in the direction of counting until the term holds the least number of working days."""
    artikelen = _ARTIKELEN[regime]
    lengte = abs((laatste - eerste).days) + 1
    if lengte < normen.op(f"{artikelen.norm}_minimum_termijn", peildatum).getal:
        return laatste
    nodig = normen.op(f"{artikelen.norm}_minimum_werkdagen", peildatum).getal
    werkdagen, d = 0, eerste
    while True:
        werkdagen += is_werkdag(d)
        if werkdagen >= nodig or d == laatste:
            break
        d += richting
    if werkdagen >= nodig:
        return laatste
    while werkdagen < nodig:
        laatste += richting
        werkdagen += is_werkdag(laatste)
    tekst = f"De termijn moet {nodig} werkdagen bevatten en loopt daarom tot en met {show_datum(laatste)}."
    stappen.append(Stap("minimuminhoud", artikelen.minimum, laatste, tekst))
    return laatste
