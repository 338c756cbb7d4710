"""Counting days as the two regimes do it: Regulation 1182/71 and the Algemene termijnenwet, forwards and
backwards.

Which term has which length and which regime is not decided here (see termijn.py).

Grondslag: Reg. (EEG, Euratom) 1182/71 art. 3; Algemene termijnenwet art. 1, 2 and 4 (FEITEN 2.2).
Must stay true: the day of the event never counts; a backwards count never moves later; each shift leaves a
step with its reason; the numbers of the two acts come from normen/.
Trap: a term in years, or above the limits of art. 4, is not extended under the ATW; Reg. 1182/71 has no such
limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from aanbesteding.domain.kalender import (
    TIJDZONE,
    feestdagen,
    is_werkdag,
    show_datum,
    show_reden,
    volgende_werkdag,
)
from aanbesteding.domain.norm import Norm, Normen
from aanbesteding.errors import InvoerError

_DAG = timedelta(days=1)
MEESTE_DAGEN = 3650


@dataclass(frozen=True)
class Stap:
    """One step of the explanation of a term: what was done, on what ground, where it landed."""

    regel: str
    grondslag: str
    datum: date
    tekst: str


class Regime(Enum):
    """Which rules govern the end of a term; CONTRACT is a term that only the tender documents set."""

    ATW = "Algemene termijnenwet"
    EU = "Verordening (EEG, Euratom) 1182/71"
    CONTRACT = "aanbestedingsstukken"


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


@dataclass(frozen=True)
class Termijn:
    """A counted term.

    `einde_datum` is the last day, `einde` its last second in the Netherlands. `vroegste_ondertekening` is
    the first day on which signing is allowed, `uiterste_datum` the last day for an act of the authority,
    `ruimste_lezing` the outcome of the other defensible reading, `advies_datum` the working day that a
    planner should take.
    """

    code: str
    eerste_dag: date
    einde_datum: date
    einde: datetime
    uitleg: tuple[Stap, ...]
    vroegste_ondertekening: date | None = None
    uiterste_datum: date | None = None
    ruimste_lezing: date | None = None
    waarschuwingen: tuple[str, ...] = ()
    advies_datum: date | None = None


@dataclass(frozen=True)
class Telling:
    """The outcome of a count: first day, day n, the day after every shift, and the steps."""

    eerste_dag: date
    dag_n: date
    einde_datum: date
    stappen: tuple[Stap, ...]


def count_vooruit(
    start: date,
    aantal: int,
    regime: Regime,
    normen: Normen,
    peildatum: date,
    *,
    gebeurtenis: str,
    grondslag: str,
) -> Telling:
    """Count `aantal` calendar days after the day `start`; InvoerError for a length outside 1-3650 days."""
    check_start(start, aantal)
    eerste, dag_n = start + _DAG, start + timedelta(days=aantal)
    stappen = [
        Stap(
            "startgebeurtenis",
            grondslag,
            start,
            f"{gebeurtenis}: {show_datum(start)}. Deze dag telt niet mee.",
        ),
        Stap("dag_1", _ARTIKELEN[regime].begin or grondslag, eerste, f"Dag 1 is {show_datum(eerste)}."),
        Stap("telling", grondslag, dag_n, f"Dag {aantal} is {show_datum(dag_n)}."),
    ]
    einde = dag_n
    if regime is Regime.CONTRACT:
        pass
    elif regime is Regime.ATW and aantal > normen.op("atw_grens_dagen", peildatum).getal:
        tekst = f"Een termijn van {aantal} dagen valt buiten de Algemene termijnenwet en schuift niet op."
        stappen.append(Stap("uitzondering", "Algemene termijnenwet art. 4", einde, tekst))
    else:
        einde = _count_minimum(eerste, einde, aantal, regime, normen, peildatum, _DAG, stappen)
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
) -> Telling:
    """Count `aantal` calendar days back from the day `vanaf`; the result only ever moves earlier."""
    check_start(vanaf, aantal)
    eerste, dag_n = vanaf - _DAG, vanaf - timedelta(days=aantal)
    stappen = [
        Stap(
            "startgebeurtenis",
            grondslag,
            vanaf,
            f"{gebeurtenis}: {show_datum(vanaf)}. Deze dag telt niet mee.",
        ),
        Stap("dag_1", grondslag, eerste, f"Teruggerekend is dag 1 {show_datum(eerste)}."),
        Stap("telling", grondslag, dag_n, f"Teruggerekend is dag {aantal} {show_datum(dag_n)}."),
    ]
    einde = _count_minimum(eerste, dag_n, aantal, regime, normen, peildatum, -_DAG, stappen)
    if not is_werkdag(einde):
        tekst = f"{show_reden(einde)}; een termijn die terugrekent, schuift daardoor niet naar later."
        stappen.append(Stap("geen_verschuiving", _ARTIKELEN[regime].terug, einde, tekst))
    return Telling(eerste, dag_n, einde, tuple(stappen))


def check_start(start: date, aantal: int) -> None:
    """Refuse a moment instead of a date, a year outside the calendar and a length outside 1-3650 days."""
    if isinstance(start, datetime):
        raise TypeError("a term counts from a date; use kalender.datum_in_nederland for a moment")
    feestdagen(start.year)
    if not 1 <= aantal <= MEESTE_DAGEN:
        raise InvoerError(
            [f"Een termijn van {aantal} dagen kan niet. Geef 1 tot en met {MEESTE_DAGEN} dagen."]
        )


def einde_van(d: date) -> datetime:
    """Return the last second of `d` in the Netherlands: its date is the date of the term."""
    return datetime.combine(d, time(23, 59, 59), tzinfo=TIJDZONE)


def make_termijn(code: str, telling: Telling, einde: date, waarschuwingen: tuple[str, ...]) -> Termijn:
    """Close a count with its end: date, hour and time zone."""
    laatste = einde_van(einde)
    tekst = f"De laatste dag is {show_datum(einde)}, tot het einde van die dag (24.00 uur, Europe/Amsterdam)."
    stap = Stap("einde", telling.stappen[-1].grondslag, einde, tekst)
    return Termijn(
        code, telling.eerste_dag, einde, laatste, (*telling.stappen, stap), waarschuwingen=waarschuwingen
    )


def to_json(termijn: Termijn) -> dict[str, object]:
    """Return the term as plain JSON values; keys that do not belong to this term are left out."""
    uit: dict[str, object] = {
        "code": termijn.code,
        "eerste_dag": termijn.eerste_dag.isoformat(),
        "einde_datum": termijn.einde_datum.isoformat(),
        "einde": termijn.einde.isoformat(),
    }
    for sleutel in ("vroegste_ondertekening", "uiterste_datum", "ruimste_lezing", "advies_datum"):
        waarde: date | None = getattr(termijn, sleutel)
        if waarde is not None:
            uit[sleutel] = waarde.isoformat()
    uit["uitleg"] = [
        {"regel": s.regel, "grondslag": s.grondslag, "datum": s.datum.isoformat(), "tekst": s.tekst}
        for s in termijn.uitleg
    ]
    uit["waarschuwingen"] = list(termijn.waarschuwingen)
    return uit


def eerste_werkdag(d: date) -> date:
    """Return `d` itself when it is a working day, else the next working day."""
    return d if is_werkdag(d) else volgende_werkdag(d)


def warn_zekerheid(norm: Norm) -> tuple[str, ...]:
    """Return a warning when the number was never checked against the law."""
    if norm.zekerheid == "geverifieerd":
        return ()
    return (
        (
            f"De norm '{norm.code}' ({norm.getal} {norm.eenheid}) is niet geverifieerd; controleer de "
            "geldende "
            "wet."
        ),
    )


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
    aantal: int,
    regime: Regime,
    normen: Normen,
    peildatum: date,
    richting: timedelta,
    stappen: list[Stap],
) -> date:
    """Lengthen in the direction of counting until the term holds the least number of working days."""
    artikelen = _ARTIKELEN[regime]
    if aantal < normen.op(f"{artikelen.norm}_minimum_termijn", peildatum).getal:
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
