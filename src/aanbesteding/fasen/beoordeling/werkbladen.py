"""The workbooks of the assessment: an assessor's scores and the committee's judgment.

A row has the header names of its model; cells arrive as text, number, date or nothing. Not here: the rules,
which judge the input that comes of the rows.

Must stay true: a row's faults name what is wrong and where; nothing is filled in for an empty cell but text.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import Oordeel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Invoerbestand
from aanbesteding.fasen.beoordeling.invoer import ConsensusVaststellen, ScoreRegel, ScoresVergrendelen


def _parse_tekstcel(waarde: object) -> object:
    """A lot number may arrive as a number and a text may be left empty."""
    if waarde is None:
        return ""
    if isinstance(waarde, int | Decimal) and not isinstance(waarde, bool):
        return format(waarde, "f") if isinstance(waarde, Decimal) else str(waarde)
    return waarde


Tekstcel = Annotated[str, BeforeValidator(_parse_tekstcel)]


class ScoreRij(Gegevensmodel):
    """A row of the sheet 'scores'."""

    perceel: Tekstcel = Field(min_length=1, title="Perceel", description="Nummer van het perceel")
    inschrijving: Tekstcel = Field(min_length=1, title="Inschrijving", description="Bijvoorbeeld I-001")
    criterium: Tekstcel = Field(min_length=1, title="Criterium", description="Bijvoorbeeld K1")
    score: int = Field(title="Score", description="Een punt van de aangekondigde schaal")
    motivering: Tekstcel = Field(default="", title="Motivering", description="Waarom deze score")


class OordeelRij(ScoreRij):
    """A row of the sheet 'consensus'."""

    waarom_niet_maximaal: Tekstcel = Field(
        default="", title="Waarom niet maximaal", description="Leeg alleen bij de hoogste score"
    )
    intern: Tekstcel = Field(default="", title="Intern", description="Opmerking die niet naar buiten gaat")


def build_scores_invoer(bladen: Mapping[str, tuple[Any, ...]], s: Situatie[None]) -> ScoresVergrendelen:
    """Every row becomes a score; the percelen are those that the rows name."""
    rijen: tuple[ScoreRij, ...] = bladen["scores"]
    if not rijen:
        raise InvoerError(
            ["Werkblad 'scores': er staan geen scores in. Vul per inschrijving en criterium een rij."]
        )
    return ScoresVergrendelen(
        percelen=tuple(sorted({rij.perceel for rij in rijen})),
        scores=tuple(ScoreRegel(**rij.model_dump()) for rij in rijen),
    )


def build_consensus_uit_rijen(
    bladen: Mapping[str, tuple[Any, ...]], s: Situatie[None]
) -> ConsensusVaststellen:
    """Every row becomes a judgment; one workbook is about one perceel."""
    rijen: tuple[OordeelRij, ...] = bladen["consensus"]
    percelen = sorted({rij.perceel for rij in rijen})
    if len(percelen) != 1:
        gevonden = ", ".join(percelen) or "geen"
        raise InvoerError(
            [f"Werkblad 'consensus': één bestand gaat over één perceel; gevonden: {gevonden}. Splits."]
        )
    leeg = [
        f"Werkblad 'consensus', {rij.inschrijving} {rij.criterium}: de motivering is leeg. Vul haar in."
        for rij in rijen
        if not rij.motivering
    ]
    if leeg:
        raise InvoerError(leeg)
    return ConsensusVaststellen(
        perceel=percelen[0], oordelen=tuple(Oordeel(**rij.model_dump(exclude={"perceel"})) for rij in rijen)
    )


SCORES = Invoerbestand("scores", "scores_vergrendelen", {"scores": ScoreRij}, build_scores_invoer)
CONSENSUS = Invoerbestand(
    "consensus", "consensus_vaststellen", {"consensus": OordeelRij}, build_consensus_uit_rijen
)
