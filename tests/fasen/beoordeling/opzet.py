"""Dossiers of the assessment stage for tests: bids, tests, scores, consensus and prices. All of it is invented."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit, StatusGewijzigd
from aanbesteding.domain.feiten import (
    BelangenverklaringAfgelegd,
    ConsensusVastgesteld,
    Criterium,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    InschrijvingGetoetst,
    InschrijvingInhoud,
    Oordeel,
    Perceelinschrijving,
    PerceelUitgewerkt,
    PrijzenGeopend,
    Score,
    ScoresVergrendeld,
)
from bouwers import make_dossier, make_inschrijving, make_perceel_uitgewerkt, make_product, moment

GOED = {"V1": "ja", "U1": "ja", "M1": "ja"}
BEOORDELAARS = ("beoordelaar1.demo", "beoordelaar2.demo", "beoordelaar3.demo")


def nummer(n: int) -> str:
    """Number of the n-th bid."""
    return f"I-{n:03d}"


def make_ontvangen(
    antwoorden: list[dict[str, str]],
    *,
    te_laat: tuple[int, ...] = (),
    producten: dict[int, tuple[str, ...]] | None = None,
    perceel: str = "1",
) -> tuple[Feit, ...]:
    """Received and opened bids, one per dictionary of answers."""
    aanbod = producten or {}
    bieders = range(1, len(antwoorden) + 1)
    return (
        InschrijvingenOntvangen(inschrijvingen=tuple(make_inschrijving(n, (perceel,)) for n in bieders)),
        InschrijvingenGeopend(
            openers=("inkoper.demo", "jurist.demo"),
            inhoud=tuple(
                InschrijvingInhoud(
                    nummer=nummer(n),
                    percelen=(
                        Perceelinschrijving(
                            perceel=perceel, producten=aanbod.get(n, ("02A01",)), antwoorden=antwoorden[n - 1]
                        ),
                    ),
                )
                for n in bieders
                if n not in te_laat
            ),
            te_laat=tuple(nummer(n) for n in te_laat),
        ),
    )


def make_geldig(*bieders: int, perceel: str = "1") -> tuple[InschrijvingGetoetst, ...]:
    """Valid bids."""
    return tuple(
        InschrijvingGetoetst(perceel=perceel, inschrijving=nummer(n), uitkomst="geldig", eisen=())
        for n in bieders
    )


def make_oordelen(scores: dict[int, tuple[int, ...]]) -> tuple[Oordeel, ...]:
    """Judgments per bid for K1, K2 and on; reasons use words of the frame."""
    return tuple(
        Oordeel(
            inschrijving=nummer(n),
            criterium=f"K{k}",
            score=score,
            motivering="Het plan is concreet en meetbaar.",
            waarom_niet_maximaal="" if score == 10 else "Het is minder lokaal en minder meetbaar.",
        )
        for n, rij in scores.items()
        for k, score in enumerate(rij, start=1)
    )


def make_consensus(scores: dict[int, tuple[int, ...]], perceel: str = "1") -> ConsensusVastgesteld:
    """The committee's judgment."""
    return ConsensusVastgesteld(perceel=perceel, oordelen=make_oordelen(scores))


def make_scores(
    beoordelaar: str, scores: dict[int, tuple[int, ...]], perceel: str = "1"
) -> ScoresVergrendeld:
    """Locked scores of one assessor."""
    return ScoresVergrendeld(
        beoordelaar=beoordelaar,
        perceel=perceel,
        scores=tuple(
            Score(inschrijving=nummer(n), criterium=f"K{k}", score=score, motivering="Verzonnen motivering.")
            for n, rij in scores.items()
            for k, score in enumerate(rij, start=1)
        ),
    )


def make_verklaring(
    beoordelaar: str, percelen: tuple[str, ...] = ("1",), *, belang: bool = False
) -> BelangenverklaringAfgelegd:
    """A declaration."""
    return BelangenverklaringAfgelegd(
        beoordelaar=beoordelaar,
        percelen=percelen,
        belang=belang,
        toelichting="",
        datum=moment("2026-06-02").date(),
    )


def make_status(status: str, perceel: str = "1") -> StatusGewijzigd:
    """A perceel in this status."""
    return StatusGewijzigd(onderwerp=f"perceel:{perceel}", van=None, naar=status)


def make_prijsperceel(**velden: Any) -> PerceelUitgewerkt:
    """A perceel with quality (60) and price (40) at a fixed band from 30 to 40 euro, and one product without price."""
    basis: dict[str, Any] = {
        "producten": (
            make_product("01A01", tarief=Decimal(30), vrije_prijs=True, prijsplafond=Decimal(40)),
            make_product("01A02"),
        ),
        "criteria": (
            Criterium(
                code="K1",
                soort="kwaliteit",
                titel="Samenwerking",
                vraag="Hoe?",
                gewicht=Decimal(60),
                kader=("concreet",),
            ),
            Criterium(
                code="P1",
                soort="prijs",
                titel="Prijs",
                vraag="Welke prijs?",
                gewicht=Decimal(40),
                kader=(),
                formule="vaste_bandbreedte",
            ),
        ),
        "gelijke_stand": ("hoogste_kwaliteit", "loting"),
    }
    return make_perceel_uitgewerkt(**(basis | velden))


def make_prijzen(prijzen: dict[int, str], perceel: str = "1") -> PrijzenGeopend:
    """Opened prices."""
    return PrijzenGeopend(
        perceel=perceel,
        openers=("inkoper.demo", "jurist.demo"),
        prijzen={nummer(n): Decimal(p) for n, p in prijzen.items()},
    )


def make_beoordeeld(
    scores: dict[int, tuple[int, ...]],
    *,
    uitgewerkt: PerceelUitgewerkt | None = None,
    producten: dict[int, tuple[str, ...]] | None = None,
    feiten: tuple[Feit, ...] = (),
) -> Dossier:
    """A dossier with valid bids and a consensus for perceel 1."""
    return make_dossier(
        uitgewerkt or make_perceel_uitgewerkt(),
        *make_ontvangen([GOED] * max(scores, default=0), producten=producten),
        *make_geldig(*scores),
        make_consensus(scores),
        *feiten,
        make_status("kwaliteit_vergrendeld"),
    )
