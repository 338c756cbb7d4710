"""From agreement to delivery: what must be in order before the agreements start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import DefinitiefGegund
from aanbesteding.fasen.toetreding import FASE
from aanbesteding.fasen.toetreding.besluiten.overeenkomst import AanbiederslijstVastgesteld
from aanbesteding.fasen.toetreding.besluiten.uitvoering import (
    UitvoeringGestart,
    UitvoeringStarten,
    list_gestart,
)
from aanbesteding.fasen.toetreding.regels import uitvoering as regels
from aanbesteding.procedures import TOELATING
from bouwers import make_situatie
from fasen.toetreding.bouwers_toetreding import make_gecontracteerd, make_openstelling

STARTEN = FASE.load_handeling("uitvoering_starten")
LIJST = AanbiederslijstVastgesteld(peildatum=date(2026, 10, 1), overeenkomsten=("PR-2027-P1-001",))
GEGUND = DefinitiefGegund(percelen=("1",), datum=date(2026, 9, 1))
GESTART = UitvoeringGestart(percelen=("1",), aankondiging_verzonden=None, continuiteit="Verzonnen.")


def starten(**velden: Any) -> UitvoeringStarten:
    basis: dict[str, Any] = {
        "percelen": ("1",),
        "aankondiging_verzonden": date(2026, 9, 15),
        "productcodes_ingericht": True,
        "continuiteit": "Trajecten lopen door.",
    }
    return UitvoeringStarten(**(basis | velden))


@pytest.mark.parametrize(
    ("feiten", "velden", "codes"),
    [
        pytest.param((LIJST, GEGUND), {}, set(), id="alles is in orde"),
        pytest.param((GEGUND,), {}, {"aanbiederslijst-ontbreekt"}, id="er is geen aanbiederslijst"),
        pytest.param((LIJST,), {}, {"proces-verbaal-gunning-ontbreekt"}, id="er is niet definitief gegund"),
        pytest.param(
            (LIJST, GEGUND),
            {"aankondiging_verzonden": None},
            {"aankondiging-gegunde-opdracht-ontbreekt"},
            id="de aankondiging is niet verzonden",
        ),
        pytest.param(
            (LIJST, GEGUND),
            {"aankondiging_verzonden": date(2026, 10, 6)},
            {"aankondiging-gegunde-opdracht-ontbreekt", "aankondiging-gegunde-opdracht-te-laat"},
            id="de aankondiging ligt in de toekomst en is te laat",
        ),
        pytest.param(
            (LIJST, GEGUND),
            {"aankondiging_verzonden": date(2026, 10, 1)},
            set(),
            id="dertig dagen na de gunning is op tijd",
        ),
        pytest.param(
            (LIJST, GEGUND),
            {"aankondiging_verzonden": date(2026, 10, 2)},
            {"aankondiging-gegunde-opdracht-te-laat"},
            id="eenendertig dagen na de gunning is te laat",
        ),
        pytest.param(
            (LIJST, GEGUND),
            {"productcodes_ingericht": False},
            {"productcodes-niet-ingericht"},
            id="de codes zijn niet ingericht",
        ),
        pytest.param((LIJST, GEGUND, GESTART), {}, {"start-zonder-overeenkomst"}, id="al gestart"),
        pytest.param(
            (LIJST, GEGUND),
            {"percelen": ("2",)},
            {"start-zonder-overeenkomst", "proces-verbaal-gunning-ontbreekt"},
            id="een perceel zonder overeenkomst",
        ),
    ],
)
def test_start_of_the_agreements(feiten: tuple[Feit, ...], velden: dict[str, Any], codes: set[str]) -> None:
    s = make_situatie(make_gecontracteerd(*feiten), starten(**velden), "2026-10-05")
    assert {o.code for r in STARTEN.regels if (o := r.check(s)) is not None} == codes


def test_an_open_house_needs_no_award_notice_and_no_record() -> None:
    dossier = replace(make_gecontracteerd(LIJST), regime=TOELATING.regime)
    s = make_situatie(dossier, starten(aankondiging_verzonden=None), "2026-10-05")
    assert [r.code for r in STARTEN.regels if r.check(s) is not None] == []


def test_the_start_is_recorded_and_asked_after_when_a_round_opens() -> None:
    (feit,) = STARTEN.besluit(make_situatie(make_gecontracteerd(), starten())).feiten
    dossier = make_gecontracteerd(feit)
    assert list_gestart(dossier) == {"1"}
    assert regels.uitvoering_gestart.check(make_situatie(dossier, make_openstelling())) is None
    assert (
        regels.uitvoering_gestart.check(make_situatie(make_gecontracteerd(), make_openstelling())) is not None
    )
    vrij = replace(make_gecontracteerd(), regime=TOELATING.regime)
    assert regels.uitvoering_gestart.check(make_situatie(vrij, make_openstelling())) is None
