"""Check a given plan: which term it breaks and by how many days.

Grondslag: the terms that termijn.py counts.
Must stay true: a step that is left out breaks nothing; every breach is listed, not only the first.
Traps: for SAS and open house the terms for tenders and for the information note are benchmarks, so a signal
and no breach; a plan may name only steps that its procedure knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from aanbesteding.domain.kalender import show_aantal, show_datum
from aanbesteding.domain.mijlpaal import (
    PROCEDURES_MET_PLANNING,
    STAPPEN,
    ZONDER_WETTELIJKE_INSCHRIJFTERMIJN,
    Schending,
    list_stappen,
)
from aanbesteding.domain.norm import Normen
from aanbesteding.domain.termijn import (
    Termijn,
    count_aankondiging_gunning,
    count_inschrijftermijn,
    count_nvi,
    count_opschortende_termijn,
)
from aanbesteding.errors import InvoerError


def check_planning(
    procedure: str,
    plan: Mapping[str, date],
    normen: Normen,
    *,
    elektronisch: bool = True,
    documenten_vrij: bool = True,
    versneld_nvi: bool = False,
) -> tuple[Schending, ...]:
    """List every term that `plan` (step code to date) breaks and by how many days; steps may be left out."""
    _check_invoer(procedure, plan)
    los = procedure in ZONDER_WETTELIJKE_INSCHRIJFTERMIJN
    uit: list[Schending] = []
    for soort, van, tot in _list_inschrijfparen(procedure):
        if van in plan and tot in plan:
            termijn = count_inschrijftermijn(
                soort, plan[van], normen, elektronisch=elektronisch, documenten_vrij=documenten_vrij
            )
            uit += _check_sluiting(termijn, tot, plan[tot], los)
    if "nvi" in plan and "sluiting" in plan:
        peil = plan.get("aankondiging", plan["sluiting"])
        nvi = count_nvi(plan["sluiting"], normen, versneld=versneld_nvi, peildatum=peil)
        uit += _check_nvi(nvi, plan["nvi"], los)
    if "gunningsbeslissing" in plan:
        uit += _check_wachten(plan, normen)
    if "ondertekening" in plan and "aankondiging_gunning" in plan:
        gunning = count_aankondiging_gunning(plan["ondertekening"], normen)
        dagen = (plan["aankondiging_gunning"] - gunning.einde_datum).days
        if dagen > 0:
            tekst = (
                f"De aankondiging van de gunning komt {_show_dagen(dagen)} na "
                f"{show_datum(gunning.einde_datum)}."
            )
            uit.append(Schending(gunning.code, "schending", dagen, gunning.uitleg[0].grondslag, tekst))
    return (*uit, *_check_volgorde(procedure, plan))


def _check_invoer(procedure: str, plan: Mapping[str, date]) -> None:
    bekend = list_stappen(procedure) if procedure in PROCEDURES_MET_PLANNING else tuple(STAPPEN)
    fouten = [
        f"Stap '{code}' is onbekend. Toegestaan: {', '.join(bekend)}."
        for code in sorted(plan.keys() - set(bekend))
    ]
    if procedure not in PROCEDURES_MET_PLANNING:
        fouten.append(
            f"Procedure '{procedure}' is onbekend. Kies een van: {', '.join(PROCEDURES_MET_PLANNING)}."
        )
    if fouten:
        raise InvoerError(fouten)


def _list_inschrijfparen(procedure: str) -> list[tuple[str, str, str]]:
    """The terms for tenders and requests of this procedure: which term, from which step, to which step."""
    if procedure == "niet_openbaar":
        return [
            ("niet_openbaar_aanmelding", "aankondiging", "sluiting_aanmelding"),
            ("niet_openbaar_inschrijving", "uitnodiging", "sluiting"),
        ]
    return [(procedure, "aankondiging", "sluiting")]


def _check_sluiting(termijn: Termijn, stap: str, sluiting: date, los: bool) -> list[Schending]:
    licht: Literal["schending", "signaal"] = "signaal" if los else "schending"
    grond, dagen = termijn.uitleg[0].grondslag, (termijn.einde_datum - sluiting).days
    if dagen > 0:
        tekst = (
            f"'{STAPPEN[stap]}' ligt {_show_dagen(dagen)} voor het einde van de termijn "
            f"({show_datum(termijn.einde_datum)})."
        )
        return [Schending(termijn.code, licht, dagen, grond, tekst)]
    if dagen == 0 and not los:
        tekst = (
            f"'{STAPPEN[stap]}' valt op de laatste dag van de termijn; een sluitingsuur kort die dag in. "
            "Sluit een dag later."
        )
        return [Schending(termijn.code, "signaal", 1, grond, tekst)]
    return []


def _check_nvi(nvi: Termijn, datum: date, los: bool) -> list[Schending]:
    dagen = (datum - nvi.einde_datum).days
    if dagen <= 0:
        return []
    alleen_ruim = nvi.ruimste_lezing is not None and datum <= nvi.ruimste_lezing
    tekst = f"De nota van inlichtingen komt {_show_dagen(dagen)} na {show_datum(nvi.einde_datum)}"
    tekst += "; dat past alleen in de ruimste lezing." if alleen_ruim else "."
    return [
        Schending(
            nvi.code,
            "signaal" if alleen_ruim or los else "schending",
            dagen,
            nvi.uitleg[0].grondslag,
            tekst,
        )
    ]


def _check_wachten(plan: Mapping[str, date], normen: Normen) -> list[Schending]:
    termijn = count_opschortende_termijn(plan["gunningsbeslissing"], normen)
    uit: list[Schending] = []
    for code, vroegste in (
        ("ondertekening", termijn.einde_datum + timedelta(days=1)),
        ("einde_opschortende_termijn", termijn.einde_datum),
    ):
        dagen = (vroegste - plan[code]).days if code in plan else 0
        if dagen > 0:
            tekst = (
                f"'{STAPPEN[code]}' ligt {_show_dagen(dagen)} voor {show_datum(vroegste)}, de eerste dag "
                "waarop het kan."
            )
            uit.append(Schending(termijn.code, "schending", dagen, termijn.uitleg[1].grondslag, tekst))
    return uit


def _check_volgorde(procedure: str, plan: Mapping[str, date]) -> list[Schending]:
    codes = [code for code in list_stappen(procedure) if code in plan and code != "aankondiging_gunning"]
    return [
        Schending(
            "volgorde",
            "schending",
            (plan[eerder] - plan[later]).days,
            "volgorde van de procedure",
            f"'{STAPPEN[later]}' ligt {_show_dagen((plan[eerder] - plan[later]).days)} voor "
            f"'{STAPPEN[eerder]}'.",
        )
        for eerder, later in pairwise(codes)
        if plan[later] < plan[eerder]
    ]


def _show_dagen(aantal: int) -> str:
    return show_aantal(aantal, "dag", "dagen")
