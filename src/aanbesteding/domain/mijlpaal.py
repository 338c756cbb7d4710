"""What a planning is made of: steps, milestones, and the breaches found in a plan.

Building and checking are not done here (see planning.py and plancontrole.py).

Must stay true: a procedure is a main line of steps, each planned from the one before it, plus side steps that
hang on the main line; a step that a procedure does not know is never planned or checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Soort = Literal["vroegst", "uiterst", "gepland"]

STAPPEN: dict[str, str] = {
    "aankondiging": "Aankondiging verzenden",
    "sluiting_aanmelding": "Sluiting van de aanmelding",
    "uitnodiging": "Uitnodiging tot inschrijving verzenden",
    "vragen": "Laatste dag voor vragen",
    "nvi": "Nota van inlichtingen",
    "sluiting": "Sluiting van de inschrijving",
    "beoordeling": "Beoordelingsrapport gereed",
    "gunningsbeslissing": "Gunningsbeslissing meedelen aan allen",
    "einde_opschortende_termijn": "Einde van de opschortende termijn",
    "toelatingsbesluit": "Besluit over toelating meedelen aan allen",
    "ondertekening": "Overeenkomst ondertekenen",
    "ingang": "Ingang van de overeenkomst",
    "aankondiging_gunning": "Aankondiging van de gegunde opdracht",
}

_GUNNEN = ("sluiting", "beoordeling", "gunningsbeslissing", "ondertekening", "ingang")
HOOFDLIJNEN: dict[str, tuple[str, ...]] = {
    "openbaar": ("aankondiging", *_GUNNEN),
    "niet_openbaar": ("aankondiging", "sluiting_aanmelding", "uitnodiging", *_GUNNEN),
    "sas": ("aankondiging", *_GUNNEN),
    "open_house": (
        "aankondiging",
        "sluiting",
        "beoordeling",
        "toelatingsbesluit",
        "ondertekening",
        "ingang",
    ),
}
PROCEDURES_MET_PLANNING = tuple(HOOFDLIJNEN)
ZONDER_WETTELIJKE_INSCHRIJFTERMIJN = frozenset({"sas", "open_house"})


def list_stappen(procedure: str) -> tuple[str, ...]:
    """The steps that this procedure knows, in their usual order."""
    lijn = HOOFDLIJNEN[procedure]
    zij = {"vragen", "nvi"}
    if "gunningsbeslissing" in lijn:
        zij |= {"einde_opschortende_termijn", "aankondiging_gunning"}
    return tuple(code for code in STAPPEN if code in lijn or code in zij)


@dataclass(frozen=True)
class Mijlpaal:
    """One step of a planning; `speling` is the number of days between its earliest and its latest date."""

    code: str
    naam: str
    datum: date
    soort: Soort
    uitleg: str
    vroegst: date | None = None
    uiterst: date | None = None

    @property
    def speling(self) -> int | None:
        """Days of slack; negative when the planning does not fit; None when either date is unknown."""
        return None if self.vroegst is None or self.uiterst is None else (self.uiterst - self.vroegst).days


@dataclass(frozen=True)
class Planning:
    """Milestones in order of date, with what a planner must know."""

    procedure: str
    mijlpalen: tuple[Mijlpaal, ...]
    waarschuwingen: tuple[str, ...]


@dataclass(frozen=True)
class Schending:
    """A term that a plan breaks ("schending") or a benchmark it comes under ("signaal"), in whole days."""

    code: str
    ernst: Literal["schending", "signaal"]
    dagen: int
    grondslag: str
    tekst: str
