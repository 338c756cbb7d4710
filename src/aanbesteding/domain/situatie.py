"""What a rule, a decision and a document builder see: everything they need, and nothing they could change.

One argument keeps every signature alike. Time arrives as a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.norm import Norm, Normen
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.stukken import Stukken
from aanbesteding.domain.zegel import Openersleutel

I = TypeVar("I")  # noqa: E741 - the type of an act's input


def _iedereen(_sleutel: str) -> bool:
    return True


@dataclass(frozen=True)
class Situatie(Generic[I]):
    """The dossier, the input of the act, the moment, the law at the dossier's date and the region.

    `onderwerpen` are the keys ("1", "0003") that the act concerns: percelen, ronden, verzoeken or overeenkomsten.
    `geopend` is what came out of the sealed store, only for an act that opens it.
    `stukken` are the produced documents, only for an act that is declared to look at them.
    `sleutels` are the newest keys of openers by person, likewise.
    For a document builder `invoer` is None and `nu` is the moment of the act that promised the document; `wil` says
    of the key of a recipient whether its document is asked for: a builder may ask before it makes the context.
    """

    dossier: Dossier
    invoer: I
    nu: datetime
    normen: Normen
    regio: Regio
    persoon: str
    onderwerpen: tuple[str, ...] = ()
    geopend: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    stukken: Stukken = field(default_factory=Stukken)
    sleutels: Mapping[str, Openersleutel] = field(default_factory=dict[str, Openersleutel])
    wil: Callable[[str], bool] = _iedereen

    @property
    def vandaag(self) -> date:
        """The date in the Netherlands."""
        return self.nu.astimezone(TIJDZONE).date()

    def norm(self, code: str) -> Norm:
        """The law's number for this dossier's date."""
        return self.normen.op(code, self.dossier.peildatum)
