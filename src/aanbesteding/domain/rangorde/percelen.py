"""Dividing several percelen over bidders who may have only so many, in an announced order.

Each perceel has been ranked on its own (`rangschikking`); this only walks the rankings. Out of scope: bids
on combined percelen, and preferences stated by bidders.

Grondslag: docs/methodiek/rangorde.md chapter 10; Aw 2012 art. 2.10 (maximum number of percelen, rule stated
beforehand; article not checked against the current text).
Must stay true: the announced order of percelen decides, never the order in which the data arrive.
Trap: when someone is passed over, the next in rank moves up, also beyond the place where the cap was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from aanbesteding.domain.rangorde.uitslag import Uitslag
from aanbesteding.errors import InvoerError


class GelijkBijVerdeling(InvoerError):
    """Equals contend for the last places of a perceel and no announced rule decides."""

    def __init__(self, perceel: str, aanbieders: tuple[str, ...], plaatsen: int, rang: int) -> None:
        self.perceel = perceel
        self.aanbieders = aanbieders
        self.plaatsen = plaatsen
        super().__init__(
            [
                f"perceel {perceel}: {', '.join(aanbieders)} delen rang {rang} en dingen "
                "naar de laatste plaats; kondig een regel voor gelijke stand aan of leg een loting vast."
            ]
        )


@dataclass(frozen=True)
class PerceelVerdeling:
    """Who gets this perceel, and who was passed over: `MAXIMUM_BEREIKT` or `GEBIED_VERGEVEN`."""

    perceel: str
    aanbieders: tuple[str, ...]
    overgeslagen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Verdeling:
    """The division, in the announced order of percelen."""

    percelen: tuple[PerceelVerdeling, ...]


def assign_percelen(
    rangordes: Mapping[str, Uitslag],
    maximum_per_inschrijver: int | None,
    volgorde: Sequence[str],
    een_per_gebied: Mapping[str, str] | None = None,
    vast: Mapping[str, tuple[str, ...]] | None = None,
) -> Verdeling:
    """Divide the percelen; `een_per_gebied` maps perceel to gebied where one provider per area was announced.

    `vast`: percelen that are final, with who has them; they count towards the maximum and are not divided again.
    InvoerError when the order does not name every perceel once, or when equals contend for the last place.
    """
    fouten = _check_volgorde(rangordes, [p for p in volgorde if p not in (vast or {})])
    if maximum_per_inschrijver is not None and maximum_per_inschrijver < 1:
        fouten.append(
            "maximum_per_inschrijver: is ten minste 1, of leeg als er geen maximum is aangekondigd."
        )
    for perceel in sorted(set(een_per_gebied or {}) - set(rangordes)):
        fouten.append(f"een_per_gebied: perceel {perceel} heeft geen rangorde.")
    if fouten:
        raise InvoerError(fouten)
    aantallen = Counter(naam for namen in (vast or {}).values() for naam in namen)
    gebieden: dict[str, str] = {}
    verdeeld: list[PerceelVerdeling] = []
    for perceel in volgorde:
        if vast and perceel in vast:
            verdeeld.append(PerceelVerdeling(perceel, vast[perceel]))
            continue
        gebied = (een_per_gebied or {}).get(perceel)
        verdeling = _assign_perceel(
            perceel,
            rangordes[perceel],
            1 if gebied is not None else rangordes[perceel].maximum_aanbieders,
            {
                naam
                for naam, aantal in aantallen.items()
                if maximum_per_inschrijver is not None and aantal >= maximum_per_inschrijver
            },
            gebieden.get(gebied) if gebied is not None else None,
        )
        aantallen.update(verdeling.aanbieders)
        if gebied is not None and verdeling.aanbieders:
            gebieden[gebied] = verdeling.aanbieders[0]
        verdeeld.append(verdeling)
    return Verdeling(tuple(verdeeld))


def _check_volgorde(rangordes: Mapping[str, Uitslag], volgorde: Sequence[str]) -> list[str]:
    fouten = [
        f"volgorde: perceel {perceel} ontbreekt; noem elk perceel."
        for perceel in sorted(rangordes)
        if perceel not in volgorde
    ]
    for perceel in sorted(set(volgorde)):
        if perceel not in rangordes:
            fouten.append(f"volgorde: perceel {perceel} heeft geen rangorde.")
        if list(volgorde).count(perceel) > 1:
            fouten.append(f"volgorde: perceel {perceel} staat er meer dan één keer in.")
    return fouten


def _assign_perceel(
    perceel: str, uitslag: Uitslag, plaatsen: int | None, vol: set[str], gebied_van: str | None
) -> PerceelVerdeling:
    aanbieders: list[str] = []
    overgeslagen: list[tuple[str, str]] = []
    for rang, gelijken in groupby(uitslag.rangorde, key=lambda plaats: plaats.rang):
        over = None if plaatsen is None else plaatsen - len(aanbieders)
        if over == 0:
            break
        mogen: list[str] = []
        for plaats in gelijken:
            if gebied_van is not None and plaats.aanbieder != gebied_van:
                overgeslagen.append((plaats.aanbieder, "GEBIED_VERGEVEN"))
            elif plaats.aanbieder in vol:
                overgeslagen.append((plaats.aanbieder, "MAXIMUM_BEREIKT"))
            else:
                mogen.append(plaats.aanbieder)
        if over is not None and len(mogen) > over:
            raise GelijkBijVerdeling(perceel, tuple(sorted(mogen)), over, rang)
        aanbieders += mogen
    return PerceelVerdeling(perceel, tuple(aanbieders), tuple(overgeslagen))
