"""The start of the agreements: what must be in place before support is delivered under them.

Must stay true: the start is recorded per perceel once; it moves no status, because agreements are facts.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit


class UitvoeringStarten(Gegevensmodel):
    """Input of the start of the agreements of some percelen."""

    percelen: tuple[str, ...] = Field(title="Percelen", description="Nummers van de percelen", min_length=1)
    aankondiging_verzonden: date | None = Field(
        default=None,
        title="Aankondiging gegunde opdracht verzonden",
        description="Dag van verzending; leeg bij een toelatingsprocedure",
    )
    productcodes_ingericht: bool = Field(
        title="Productcodes ingericht", description="Of aanbieders en codes in het berichtenverkeer staan"
    )
    continuiteit: str = Field(
        title="Continuïteit",
        description="Hoe cliënten overgaan naar de nieuwe overeenkomsten en wie daarop let",
        min_length=1,
    )
    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")


class UitvoeringGestart(Feit):
    """Support may be delivered under the agreements of these percelen."""

    percelen: tuple[str, ...]
    aankondiging_verzonden: date | None
    continuiteit: str


def list_gestart(dossier: Dossier) -> frozenset[str]:
    """Percelen whose agreements were started."""
    return frozenset(p for f in dossier.list_feiten(UitvoeringGestart) for p in f.percelen)


def decide_uitvoering(s: Situatie[UitvoeringStarten]) -> Besluit:
    """Record the start."""
    i = s.invoer
    return Besluit(
        (
            UitvoeringGestart(
                percelen=i.percelen,
                aankondiging_verzonden=i.aankondiging_verzonden,
                continuiteit=i.continuiteit,
            ),
        )
    )
