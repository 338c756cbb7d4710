"""What a counted term is: its dates, its explanation step by step, and its JSON form.

The counting is in telling.py; which term has which length in termijn.py.

Must stay true: every date carries the step, article and sentence that led to it; the end is the last second of
the last day in the Netherlands, so that its date is the date of the term on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from aanbesteding.domain.kalender import TIJDZONE, show_datum
from aanbesteding.domain.norm import Norm


@dataclass(frozen=True)
class Stap:
    """One step of the explanation of a term: what was done, on what ground, where it landed."""

    regel: str
    grondslag: str
    datum: date
    tekst: str


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


def einde_van(d: date) -> datetime:
    """Return the last second of `d` in the Netherlands: its date is the date of the term."""
    return datetime.combine(d, time(23, 59, 59), tzinfo=TIJDZONE)


def make_termijn(code: str, telling: Telling, waarschuwingen: tuple[str, ...]) -> Termijn:
    """Close a count with its end: date, hour and time zone."""
    einde = telling.einde_datum
    tekst = f"De laatste dag is {show_datum(einde)}, tot het einde van die dag (24.00 uur, Europe/Amsterdam)."
    stap = Stap("einde", telling.stappen[-1].grondslag, einde, tekst)
    return Termijn(
        code,
        telling.eerste_dag,
        einde,
        einde_van(einde),
        (*telling.stappen, stap),
        waarschuwingen=waarschuwingen,
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
