"""The terms of a dossier: every recorded date that still matters, with how it was counted when law counts it.

A view for pages: the counting is done in domain.termijn; a fact of a stage is recognised by the names of its
fields, so that a new stage needs nothing here. Only looks.

Must stay true: of facts that follow each other up (planning, moved closing) the last one counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    AanbestedingGepubliceerd,
    PlanningVastgesteld,
    SluitingVerplaatst,
)
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.norm import Normen
from aanbesteding.domain.termijn import (
    PROCEDURES,
    count_inschrijftermijn,
    count_nvi,
    count_opschortende_termijn,
)
from aanbesteding.domain.termijnvorm import Stap, Termijn
from aanbesteding.domain.verzending import list_beslissingen
from aanbesteding.errors import AanbestedingError

PLANNING = {
    "publicatie": "Aankondiging verzenden",
    "vragen_tot": "Laatste moment voor vragen",
    "nota_uiterlijk": "Nota van inlichtingen uiterlijk",
    "sluiting": "Sluiting van de inschrijving",
    "gunningsbeslissing": "Gunningsbeslissing meedelen",
    "definitieve_gunning": "Definitieve gunning",
    "ingang": "Ingang van de overeenkomst",
}
UITERSTEN = {
    "sluit_op": "Reageren tot en met",
    "uiterlijk": "Uiterste moment",
    "reageren_tot": "Reageren tot",
    "uittreden_tot": "Uittreden tot en met",
}
"""Fields of a stage's own facts that hold the end of a term."""


@dataclass(frozen=True)
class Termijnbeeld:
    """A term: when it ends, for which percelen, and how it was counted. `gepland`: a date of the planning."""

    naam: str
    einde: date | datetime
    voorbij: bool
    gepland: bool = False
    toelichting: str = ""
    uitleg: tuple[Stap, ...] = ()
    waarschuwingen: tuple[str, ...] = ()

    @property
    def moment(self) -> datetime:
        """The end as a moment; a day ends at midnight."""
        if isinstance(self.einde, datetime):
            return self.einde
        return datetime.combine(self.einde, time(23, 59, 59), TIJDZONE)


def list_termijnen(dossier: Dossier, normen: Normen, nu: datetime) -> tuple[Termijnbeeld, ...]:
    """Every term of the dossier in order of time."""
    beelden = [
        *_list_planning(dossier, normen, nu),
        *_list_gunning(dossier, normen, nu),
        *_list_overig(dossier, nu),
    ]
    return tuple(sorted(beelden, key=lambda b: (b.moment, b.naam)))


def find_volgende(termijnen: tuple[Termijnbeeld, ...]) -> Termijnbeeld | None:
    """The first term that is not over."""
    return next((t for t in termijnen if not t.voorbij), None)


def _is_voorbij(einde: date | datetime, nu: datetime) -> bool:
    return Termijnbeeld("", einde, False).moment < nu


def _list_planning(dossier: Dossier, normen: Normen, nu: datetime) -> Iterator[Termijnbeeld]:
    planning = dossier.laatste(PlanningVastgesteld)
    if planning is None:
        return
    gepubliceerd = dossier.laatste(AanbestedingGepubliceerd)
    verplaatst = dossier.laatste(SluitingVerplaatst)
    sluiting = (verplaatst or gepubliceerd or planning).sluiting or planning.sluiting
    verzonden = gepubliceerd.verzonden.astimezone(TIJDZONE).date() if gepubliceerd else planning.publicatie
    uitleg = {
        "sluiting": _count(lambda: _count_sluiting(dossier, normen, verzonden)),
        "nota_uiterlijk": _count(
            lambda: count_nvi(sluiting.astimezone(TIJDZONE).date(), normen, peildatum=dossier.peildatum)
        ),
    }
    for veld, naam in PLANNING.items():
        einde: date | datetime = sluiting if veld == "sluiting" else getattr(planning, veld)
        termijn = uitleg.get(veld)
        yield Termijnbeeld(
            naam,
            einde,
            _is_voorbij(einde, nu),
            gepland=True,
            toelichting="Verplaatst." if veld == "sluiting" and verplaatst else "",
            uitleg=termijn.uitleg if termijn else (),
            waarschuwingen=termijn.waarschuwingen if termijn else (),
        )


def _count_sluiting(dossier: Dossier, normen: Normen, verzonden: date) -> Termijn | None:
    procedure = dossier.aanbesteding.procedure.partition("_")[0]
    if procedure not in PROCEDURES:
        return None
    return count_inschrijftermijn(procedure, verzonden, normen, peildatum=dossier.peildatum)


def _count(tel: Callable[[], Termijn | None]) -> Termijn | None:
    """What a count gives; None where the law of that day has no such term."""
    try:
        return tel()
    except AanbestedingError:
        return None


def _list_gunning(dossier: Dossier, normen: Normen, nu: datetime) -> Iterator[Termijnbeeld]:
    for feit in list_beslissingen(dossier):
        percelen = f"Perceel {', '.join(feit.percelen)}; verzonden op {feit.verzenddatum:%d-%m-%Y}."
        termijn = _count(
            lambda verzonden=feit.verzenddatum: count_opschortende_termijn(
                verzonden, normen, peildatum=dossier.peildatum
            )
        )
        for naam, einde, telling in (
            ("Einde van de opschortende termijn", feit.opschortende_termijn_einde, termijn),
            ("Einde van de vervaltermijn", feit.vervaltermijn_einde, None),
        ):
            yield Termijnbeeld(
                naam,
                einde,
                _is_voorbij(einde, nu),
                toelichting=percelen,
                uitleg=telling.uitleg if telling else (),
                waarschuwingen=telling.waarschuwingen if telling else (),
            )


def _list_overig(dossier: Dossier, nu: datetime) -> Iterator[Termijnbeeld]:
    """Ends of terms in facts of the stages; of two facts of one kind about the same thing the last counts."""
    gedeeld = (PlanningVastgesteld, AanbestedingGepubliceerd, SluitingVerplaatst)
    laatste: dict[tuple[str, str, str], tuple[Feit, date | datetime, str]] = {}
    for vastlegging in dossier.vastleggingen:
        feit = vastlegging.feit
        if isinstance(feit, gedeeld):
            continue
        for veld in UITERSTEN.keys() & type(feit).model_fields.keys():
            naam, einde = UITERSTEN[veld], getattr(feit, veld)
            if isinstance(einde, date):
                onderwerp = str(getattr(feit, "nummer", "") or getattr(feit, "code", ""))
                laatste[(feit.soort(), veld, onderwerp)] = (feit, einde, naam)
    for (_, _, onderwerp), (feit, einde, naam) in laatste.items():
        yield Termijnbeeld(naam, einde, _is_voorbij(einde, nu), toelichting=_describe(feit, onderwerp))


def _describe(feit: Feit, onderwerp: str) -> str:
    """What the fact is called in words, and which number it is about."""
    woorden = "".join(f" {c.lower()}" if c.isupper() else c for c in feit.soort()).strip().capitalize()
    return f"{woorden}{f' ({onderwerp})' if onderwerp else ''}."
