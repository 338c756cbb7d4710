"""Whether a bidder reaches an announced minimum: alone, or with the members of its alliance together.

Grondslag: Aw 2012 art. 1.10, 2.52 and 2.94 (proportional; a group may bid and may rely on the capacity of others).
Must stay true: the outcome says every number that it rests on, so that a bidder can do the sum again.
Trap: where members may not add up, the largest of them must reach the minimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aanbesteding.domain.feiten import Bijdrage, Minimum


@dataclass(frozen=True)
class Minimumuitkomst:
    """Whether the minimum is reached, and the reckoning in words (no full stop)."""

    gehaald: bool
    tekst: str


def judge_minimum(minimum: Minimum, bijdragen: Sequence[Bijdrage]) -> Minimumuitkomst:
    """Add up what the members bring, or take the largest, and set it against the minimum."""
    nodig = f"nodig zijn er ten minste {minimum.aantal}"
    if not bijdragen:
        return Minimumuitkomst(False, f"er is niet opgegeven om hoeveel {minimum.eenheid} het gaat; {nodig}")
    aantallen = [b.aantal for b in bijdragen]
    telt = sum(aantallen) if minimum.gezamenlijk else max(aantallen)
    per_lid = ", ".join(f"{b.lid}: {b.aantal}" for b in bijdragen)
    if len(bijdragen) == 1:
        opgegeven = f"{telt} {minimum.eenheid}"
    elif minimum.gezamenlijk:
        opgegeven = f"samen {telt} {minimum.eenheid} ({per_lid})"
    else:
        opgegeven = f"ten hoogste {telt} {minimum.eenheid} bij één lid ({per_lid}; leden tellen niet op)"
    return Minimumuitkomst(telt >= minimum.aantal, f"opgegeven zijn {opgegeven}; {nodig}")


def show_minimum(minimum: Minimum) -> str:
    """The announcement: how many, and whether members may reach it together."""
    samen = (
        "Leden van een samenwerkingsverband mogen dit aantal samen halen; noem het aantal per lid."
        if minimum.gezamenlijk
        else "Een van de leden van een samenwerkingsverband moet dit aantal alleen halen; noem het aantal per lid."
    )
    return f"Het gaat om ten minste {minimum.aantal} {minimum.eenheid}. {samen}"
