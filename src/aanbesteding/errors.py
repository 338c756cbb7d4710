"""The handful of exceptions; every one carries a Dutch sentence that a user may read.

Must stay true: a message names the place, the fault and the remedy. Anything that is not one of these is
a bug and may look like one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class AanbestedingError(Exception):
    """Base of every error that a user may see; `exit_code` is what the command line returns."""

    exit_code = 1


@dataclass(frozen=True)
class Celfout:
    """A fault in one cell of a workbook. `tekst` says what belongs there, `zin` the same with its place."""

    blad: str
    cel: str
    kolom: str
    waarde: str
    tekst: str
    zin: str


class InvoerError(AanbestedingError):
    """Input from outside (file, workbook, form) is wrong; holds every fault found, nothing was written.

    `cellen`: those of the faults that stand in one cell of a workbook.
    """

    exit_code = 2

    def __init__(self, fouten: Sequence[str], cellen: Sequence[Celfout] = ()) -> None:
        self.fouten: tuple[str, ...] = tuple(fouten)
        self.cellen: tuple[Celfout, ...] = tuple(cellen)
        super().__init__("\n".join(self.fouten))


class SjabloonMismatch(AanbestedingError):
    """A template asks for something its context does not offer, or is itself broken."""


class OpslagWeg(AanbestedingError):
    """The database went away, or its disk is full; whether the last thing was recorded is not known here."""


class BestandNietBewaard(AanbestedingError):
    """A file could not be written whole, so it is not there."""


class StaleDossier(AanbestedingError):
    """Someone else changed the dossier between loading and recording; nothing was written."""


class OnbekendDossier(AanbestedingError):
    """There is no dossier with this code."""

    exit_code = 2


class NormOntbreekt(AanbestedingError):
    """No row of normen/ answers for this code on this date."""
