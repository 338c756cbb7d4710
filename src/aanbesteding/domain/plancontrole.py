"""Check a given plan: which term it breaks and by how many days.

Grondslag: the terms that termijn.py counts.
Must stay true: a step that is left out breaks nothing; every breach is listed, not only the first.
Trap: for SAS the terms for tenders and for the information note are benchmarks, so a signal and no breach.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.mijlpaal import PROCEDURES_MET_PLANNING, STAPPEN, Schending
from aanbesteding.domain.norm import Normen
from aanbesteding.domain.termijn import (
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
    onbekend = sorted(plan.keys() - STAPPEN.keys())
    fouten = [f"Stap '{code}' is onbekend. Toegestaan: {', '.join(STAPPEN)}." for code in onbekend]
    if procedure not in PROCEDURES_MET_PLANNING:
        fouten.append(
            f"Procedure '{procedure}' is onbekend. Kies een van: {', '.join(PROCEDURES_MET_PLANNING)}."
        )
    if fouten:
        raise InvoerError(fouten)
    uit: list[Schending] = []
    licht: Literal["schending", "signaal"] = "signaal" if procedure == "sas" else "schending"
    if "aankondiging" in plan and "sluiting" in plan:
        termijn = count_inschrijftermijn(
            procedure,
            plan["aankondiging"],
            normen,
            elektronisch=elektronisch,
            documenten_vrij=documenten_vrij,
        )
        grond, dagen = termijn.uitleg[0].grondslag, (termijn.einde_datum - plan["sluiting"]).days
        if dagen > 0:
            tekst = (
                f"De sluiting ligt {dagen} dagen voor het einde van de termijn "
                f"({show_datum(termijn.einde_datum)})."
            )
            uit.append(Schending(termijn.code, licht, dagen, grond, tekst))
        elif dagen == 0 and procedure != "sas":
            tekst = "De sluiting valt op de laatste dag van de termijn; een sluitingsuur kort die dag in."
            uit.append(Schending(termijn.code, "signaal", 1, grond, tekst))
    if "nvi" in plan and "sluiting" in plan:
        peil = plan.get("aankondiging", plan["sluiting"])
        nvi = count_nvi(plan["sluiting"], normen, versneld=versneld_nvi, peildatum=peil)
        dagen = (plan["nvi"] - nvi.einde_datum).days
        if dagen > 0:
            alleen_ruim = nvi.ruimste_lezing is not None and plan["nvi"] <= nvi.ruimste_lezing
            tekst = f"De nota van inlichtingen komt {dagen} dagen na {show_datum(nvi.einde_datum)}"
            tekst += "; dat past alleen in de ruimste lezing." if alleen_ruim else "."
            uit.append(
                Schending(
                    nvi.code, "signaal" if alleen_ruim else licht, dagen, nvi.uitleg[0].grondslag, tekst
                )
            )
    if "gunningsbeslissing" in plan:
        uit += _check_wachten(plan, normen)
    if "ondertekening" in plan and "aankondiging_gunning" in plan:
        gunning = count_aankondiging_gunning(plan["ondertekening"], normen)
        dagen = (plan["aankondiging_gunning"] - gunning.einde_datum).days
        if dagen > 0:
            tekst = f"De aankondiging van de gunning komt {dagen} dagen na {show_datum(gunning.einde_datum)}."
            uit.append(Schending(gunning.code, "schending", dagen, gunning.uitleg[0].grondslag, tekst))
    return (*uit, *_check_volgorde(plan))


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
                f"'{STAPPEN[code]}' ligt {dagen} dagen voor {show_datum(vroegste)}, de eerste dag waarop "
                "het kan."
            )
            uit.append(Schending(termijn.code, "schending", dagen, termijn.uitleg[1].grondslag, tekst))
    return uit


def _check_volgorde(plan: Mapping[str, date]) -> list[Schending]:
    codes = [code for code in STAPPEN if code in plan and code != "aankondiging_gunning"]
    return [
        Schending(
            "volgorde",
            "schending",
            (plan[eerder] - plan[later]).days,
            "volgorde van de procedure",
            f"'{STAPPEN[later]}' ligt {(plan[eerder] - plan[later]).days} dagen voor '{STAPPEN[eerder]}'.",
        )
        for eerder, later in pairwise(codes)
        if plan[later] < plan[eerder]
    ]
