"""A rule: one condition with a code, a legal basis, a severity and a Dutch sentence when it is not met.

A rule is a pure function from `Situatie` to `None` (met) or a sentence (not met). The decorator only builds the
`Regel` value; the stage lists it in the act that needs it.

Must stay true: no rule reads the clock, the database or the settings; every rule has a legal basis.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aanbesteding.domain.situatie import Situatie


class Ernst(StrEnum):
    """What an unmet rule does to the act."""

    BLOKKEERT = "blokkeert"
    MOTIVEREN = "motiveren"
    SIGNALEERT = "signaleert"


@dataclass(frozen=True)
class Overtreding:
    """An unmet rule in one situation: what a user is told."""

    code: str
    grondslag: str
    ernst: Ernst
    tekst: str


@dataclass(frozen=True)
class Regel:
    """A rule of a stage.

    `met_invoer`: the rule looks at the input of the act and can therefore not be judged beforehand.
    `zekerheid`: "geverifieerd" or "onbevestigd", as in the list of domain facts.
    """

    code: str
    grondslag: str
    ernst: Ernst
    toets: Callable[[Situatie[Any]], str | None]
    met_invoer: bool = False
    zekerheid: str = "geverifieerd"

    @property
    def omschrijving(self) -> str:
        """First line of the function's docstring: what must hold."""
        return (self.toets.__doc__ or "").strip().splitlines()[0]

    def check(self, situatie: Situatie[Any]) -> Overtreding | None:
        """Judge the rule in this situation."""
        tekst = self.toets(situatie)
        return None if tekst is None else Overtreding(self.code, self.grondslag, self.ernst, tekst)


def regel(
    code: str,
    *,
    grondslag: str,
    ernst: Ernst = Ernst.BLOKKEERT,
    met_invoer: bool = False,
    zekerheid: str = "geverifieerd",
) -> Callable[[Callable[[Situatie[Any]], str | None]], Regel]:
    """Make a `Regel` of a function; `code` states the violation in kebab-case."""

    def make(toets: Callable[[Situatie[Any]], str | None]) -> Regel:
        return Regel(code, grondslag, ernst, toets, met_invoer, zekerheid)

    return make
