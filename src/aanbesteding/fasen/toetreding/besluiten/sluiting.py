"""Ending an open house: input, fact and decision.

Must stay true: ending stops new rounds only; agreements that were concluded run to their last day.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit


class ToelatingBeeindigen(Gegevensmodel):
    """Input of ending an open house for some percelen."""

    percelen: tuple[str, ...] = Field(title="Percelen", description="Nummers van de percelen", min_length=1)
    per: date = Field(title="Per", description="Eerste dag zonder openstelling")
    motivering: str = Field(
        title="Motivering", description="Waarom er geen openstelling meer komt", min_length=1
    )


class ToelatingBeeindigd(Feit):
    """No round is opened any more in these percelen."""

    percelen: tuple[str, ...]
    per: date
    motivering: str


def decide_toelating_beeindigen(s: Situatie[ToelatingBeeindigen]) -> Besluit:
    """Record the end of the open house."""
    return Besluit((ToelatingBeeindigd(**dict(s.invoer)),))
