"""Several percelen in one file: each ranked as announced, then divided in the announced order.

The division itself is in percelen.py, the ranking of one perceel in rangschikking.py.

Grondslag: docs/methodiek/rangorde.md chapters 10 and 12; Aw 2012 art. 2.10 (article not checked against the
current text).
Must stay true: every fault of every perceel comes out at once, with its perceel; the cap of a perceel is
applied after the division has passed over who may have no more, so a tie is judged among those who are left.
Trap: bids on combined percelen do not exist here; a file that has them is refused, not half understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aanbesteding.domain.rangorde.inlezen import parse_opdracht
from aanbesteding.domain.rangorde.lezer import Lezer, cite
from aanbesteding.domain.rangorde.opdracht import Rangordeopdracht
from aanbesteding.domain.rangorde.percelen import PerceelVerdeling, Verdeling, assign_percelen
from aanbesteding.domain.rangorde.rangschikking import rank_inschrijvingen
from aanbesteding.domain.rangorde.uitslag import Uitslag
from aanbesteding.errors import InvoerError

SLEUTELS = ("percelen", "volgorde", "maximum_per_inschrijver", "een_per_gebied")
REDENEN = {
    "MAXIMUM_BEREIKT": "Heeft al het aangekondigde maximum aantal percelen.",
    "GEBIED_VERGEVEN": "In dit gebied heeft een ander al een perceel; er is één aanbieder per gebied.",
}


@dataclass(frozen=True)
class Verdelingsopdracht:
    """What was announced about dividing, and the assignment of each perceel."""

    percelen: Mapping[str, Rangordeopdracht]
    volgorde: tuple[str, ...]
    maximum_per_inschrijver: int | None
    een_per_gebied: Mapping[str, str]


@dataclass(frozen=True)
class Verdelingsuitslag:
    """The ranking of every perceel and who gets it, in the announced order."""

    rangordes: Mapping[str, Uitslag]
    verdeling: Verdeling

    def to_json(self) -> dict[str, object]:
        """The published form: per perceel its ranking, with `gegund` after the division."""
        return {"percelen": [self._build_perceel(deel) for deel in self.verdeling.percelen]}

    def load_rangorde(self, deel: PerceelVerdeling) -> Uitslag:
        """The ranking of a perceel, with `gegund` for who gets it after the division."""
        uitslag = self.rangordes[deel.perceel]
        plaatsen = tuple(replace(p, gegund=p.aanbieder in deel.aanbieders) for p in uitslag.rangorde)
        return replace(uitslag, rangorde=plaatsen)

    def _build_perceel(self, deel: PerceelVerdeling) -> dict[str, object]:
        overgeslagen = [
            {"aanbieder": naam, "reden": reden, "tekst": REDENEN[reden]} for naam, reden in deel.overgeslagen
        ]
        return {
            "perceel": deel.perceel,
            **self.load_rangorde(deel).to_json(),
            "overgeslagen": overgeslagen,
        }


def parse_verdeling(data: Mapping[str, object]) -> Verdelingsopdracht:
    """Read a file with several percelen; InvoerError with every fault of every perceel at once."""
    lezer = Lezer()
    inhoud = lezer.read_object("bestand", data, SLEUTELS)
    percelen: dict[str, Rangordeopdracht] = {}
    for nummer, deel in lezer.read_object("percelen", inhoud.get("percelen"), None).items():
        plaats = f"perceel {cite(nummer)}"
        lezer.read_tekst(plaats, nummer)
        opdracht = lezer.read_object(plaats, deel, None)
        if opdracht.get("reservelijst") is not None:
            lezer.note(
                plaats,
                "reservelijst kan niet bij een verdeling; verdeel bij uitval opnieuw, met uitgevallen.",
            )
        try:
            percelen[nummer] = parse_opdracht(opdracht)
        except InvoerError as fout:
            for melding in fout.fouten:
                lezer.note(plaats, melding)
    if not inhoud.get("percelen"):
        lezer.note("percelen", 'zijn er niet; noem er een, zoals {"1": {…}}.')
    gebieden = lezer.read_object("een_per_gebied", inhoud.get("een_per_gebied") or {}, None)
    uit = Verdelingsopdracht(
        percelen=percelen,
        volgorde=lezer.read_teksten("volgorde", inhoud.get("volgorde")),
        maximum_per_inschrijver=lezer.read_aantal(
            "maximum_per_inschrijver", inhoud.get("maximum_per_inschrijver"), 1
        ),
        een_per_gebied={
            nummer: lezer.read_tekst(f"een_per_gebied.{cite(nummer)}", gebied) or ""
            for nummer, gebied in gebieden.items()
        },
    )
    if lezer.fouten:
        raise InvoerError(lezer.fouten)
    return uit


def divide_percelen(opdracht: Verdelingsopdracht) -> Verdelingsuitslag:
    """Rank every perceel and divide them; InvoerError where no announced rule decides."""
    rangordes: dict[str, Uitslag] = {}
    fouten: list[str] = []
    for nummer, perceel in opdracht.percelen.items():
        try:
            uitslag = rank_inschrijvingen(replace(perceel, maximum_aanbieders=None))
        except InvoerError as fout:
            fouten += [f"perceel {nummer}: {melding}" for melding in fout.fouten]
            continue
        rangordes[nummer] = replace(uitslag, maximum_aanbieders=perceel.maximum_aanbieders)
    if fouten:
        raise InvoerError(fouten)
    verdeling = assign_percelen(
        rangordes, opdracht.maximum_per_inschrijver, opdracht.volgorde, opdracht.een_per_gebied
    )
    return Verdelingsuitslag(rangordes, verdeling)
