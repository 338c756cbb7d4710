"""The age of evidence at submission, and how long the file is kept: terms in months and years.

Terms in days are in termijn.py, which also offers these functions.

Grondslag: Aanbestedingswet 2012 art. 2.89; Richtlijn 2014/24/EU art. 84 (FEITEN 2.6 and 3.13).
Must stay true: age is measured at submission, never at review; a term in years is not extended.
Trap: six months before 31 August is the last day of February; counted the other way round that is too old.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from aanbesteding.domain.kalender import add_maanden, feestdagen, show_datum
from aanbesteding.domain.norm import Normen
from aanbesteding.domain.telling import check_start
from aanbesteding.domain.termijnvorm import Stap, Telling, Termijn, make_termijn, warn_zekerheid
from aanbesteding.errors import InvoerError

_DAG = timedelta(days=1)


@dataclass(frozen=True)
class Bewijsouderdom:
    """Whether a piece of evidence was young enough when the bid was submitted."""

    code: str
    voldoet: bool
    oudste_datum: date
    grondslag: str
    tekst: str


def check_ouderdom(bewijs_datum: date, ingediend: date, code: str, normen: Normen) -> Bewijsouderdom:
    """Check the age of evidence at the day of submission; `code` is handelsregister, gva or belasting.

    Evidence of a later date is young enough: the rule is about age, not about possession at submission.
    """
    feestdagen(ingediend.year)
    norm = normen.op(f"bewijsouderdom_{code}", ingediend)
    maanden = norm.getal * (12 if norm.eenheid == "jaren" else 1)
    oudste = add_maanden(ingediend, -maanden)
    voldoet = bewijs_datum >= oudste
    oordeel = "voldoet" if voldoet else "is te oud"
    tekst = (
        f"Het bewijsmiddel van {show_datum(bewijs_datum)} {oordeel}: bij indienen op "
        f"{show_datum(ingediend)} mag het "
        f"niet ouder zijn dan {norm.getal} {norm.eenheid}, dus niet van voor {show_datum(oudste)}."
    )
    if voldoet and bewijs_datum < ingediend and add_maanden(bewijs_datum, maanden) < ingediend:
        tekst += (
            " Door het maandeinde is dit een grensgeval; vooruit gerekend vanaf het bewijsmiddel is het "
            "te oud."
        )
    return Bewijsouderdom(code, voldoet, oudste, norm.grondslag, tekst)


def count_bewaartermijn(
    gegund: date, normen: Normen, *, einde_overeenkomst: date | None = None, peildatum: date | None = None
) -> Termijn:
    """Count to the last day for keeping the file: years from the award and, if given, from the contract's
    end.

    A term in years is not extended (Algemene termijnenwet art. 4).
    """
    check_start(gegund, 1)
    peil = peildatum or gegund
    dossier = normen.op("bewaren_dossier", peil)
    einde = add_maanden(gegund, 12 * dossier.getal)
    stappen = [
        Stap(
            "startgebeurtenis",
            dossier.grondslag,
            gegund,
            f"Opdracht gegund: {show_datum(gegund)}. Deze dag telt niet mee.",
        ),
        Stap("dag_1", dossier.grondslag, gegund + _DAG, f"Dag 1 is {show_datum(gegund + _DAG)}."),
        Stap("telling", dossier.grondslag, einde, f"{dossier.getal} jaar later is {show_datum(einde)}."),
    ]
    waarschuwingen = list(warn_zekerheid(dossier))
    if einde_overeenkomst is not None:
        _check_einde(gegund, einde_overeenkomst)
        archief = normen.op("bewaren_archief", peil)
        later = add_maanden(einde_overeenkomst, 12 * archief.getal)
        tekst = (
            f"De overeenkomst eindigt op {show_datum(einde_overeenkomst)}; {archief.getal} jaar later is "
            f"{show_datum(later)}. De laatste van beide data geldt."
        )
        stappen.append(Stap("archief", archief.grondslag, later, tekst))
        waarschuwingen += warn_zekerheid(archief)
        einde = max(einde, later)
    stappen.append(
        Stap("uitzondering", "Algemene termijnenwet art. 4", einde, "Een termijn in jaren schuift niet op.")
    )
    eerste = gegund + _DAG
    return make_termijn("bewaartermijn", Telling(eerste, einde, einde, tuple(stappen)), tuple(waarschuwingen))


def _check_einde(gegund: date, einde_overeenkomst: date) -> None:
    feestdagen(einde_overeenkomst.year)
    if einde_overeenkomst < gegund:
        raise InvoerError(
            [
                f"De overeenkomst eindigt op {show_datum(einde_overeenkomst)}, voor de gunning op "
                f"{show_datum(gegund)}. Controleer beide data."
            ]
        )
