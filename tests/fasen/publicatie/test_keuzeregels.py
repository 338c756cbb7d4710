"""Rules that tell a procedure with a choice between bids from one without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aanbesteding.domain.feiten import PuntBeslist
from aanbesteding.domain.regel import Ernst, Regel
from aanbesteding.fasen.publicatie import keuzeregels as kr
from aanbesteding.fasen.publicatie import regels as r
from bouwers import make_dossier, make_perceel_uitgewerkt, make_product, make_situatie
from fasen.publicatie.bouwers_publicatie import (
    make_compleet_dossier,
    make_jeugdperceel,
    make_s,
    make_uitwerken,
)

KAAL: dict[str, Any] = {"criteria": (), "schaal": (), "gelijke_stand": ()}


def punt(code: str, waarde: str) -> PuntBeslist:
    """A decided point."""
    return PuntBeslist(punt=code, waarde=waarde, motivering="Verzonnen.")


@pytest.mark.parametrize(
    ("regel", "feiten", "nu", "weigert"),
    [
        pytest.param(kr.criteria_aangekondigd, (), "2026-03-02", False, id="elk perceel heeft criteria"),
        pytest.param(
            kr.criteria_aangekondigd,
            (make_jeugdperceel(**KAAL),),
            "2026-03-02",
            True,
            id="een perceel zonder criteria past niet in de openbare procedure",
        ),
        pytest.param(
            kr.zonder_criteria_toegestaan,
            (make_jeugdperceel(**KAAL),),
            "2022-06-30",
            True,
            id="zonder criteria op 30 juni 2022 mag niet",
        ),
        pytest.param(
            kr.zonder_criteria_toegestaan,
            (make_jeugdperceel(**KAAL),),
            "2022-07-01",
            False,
            id="zonder criteria op 1 juli 2022 mag",
        ),
        pytest.param(
            kr.zonder_criteria_toegestaan, (), "2022-06-30", False, id="met criteria mag het ook daarvoor"
        ),
        pytest.param(kr.looptijd_binnen_maximum, (), "2026-03-02", False, id="48 maanden is vier jaar"),
        pytest.param(
            kr.looptijd_binnen_maximum,
            (punt("verlenging_maanden", "12"), punt("aantal_verlengingen", "1")),
            "2026-03-02",
            True,
            id="48 maanden met een verlenging van een jaar is te lang",
        ),
        pytest.param(
            r.procedurekeuze_past, (punt("procedure_keuze", "sas"),), "2026-03-02", False, id="keuze past"
        ),
        pytest.param(
            r.procedurekeuze_past,
            (punt("procedure_keuze", "openbaar"),),
            "2026-03-02",
            True,
            id="besloten is tot een andere procedure",
        ),
        pytest.param(
            r.procedurekeuze_gemotiveerd,
            (punt("procedure_keuze", "sas"),),
            "2026-03-02",
            False,
            id="keuze met reden",
        ),
        pytest.param(
            r.procedurekeuze_gemotiveerd, (), "2026-03-02", True, id="geen besluit over de procedure"
        ),
    ],
)
def test_gate_of_publication(regel: Regel, feiten: tuple[Any, ...], nu: str, weigert: bool) -> None:
    assert (regel.check(make_s(make_compleet_dossier(*feiten), nu=nu)) is not None) is weigert


def test_term_is_not_judged_while_undecided() -> None:
    dossier = make_compleet_dossier(zonder=(PuntBeslist,))
    assert kr.looptijd_binnen_maximum.check(make_s(dossier)) is None


@pytest.mark.parametrize(
    ("regel", "velden", "weigert"),
    [
        pytest.param(kr.geen_gunningscriteria, KAAL, False, id="geen criteria"),
        pytest.param(kr.geen_gunningscriteria, {}, True, id="criteria zonder keuze"),
        pytest.param(kr.geen_maximum, {}, False, id="geen maximum"),
        pytest.param(
            kr.geen_maximum,
            {"producten": (make_product(maximum_aanbieders=3),)},
            True,
            id="een maximum dwingt tot selectie",
        ),
        pytest.param(kr.geen_vrije_prijs, {}, False, id="een vast tarief"),
        pytest.param(
            kr.geen_vrije_prijs,
            {"producten": (make_product(vrije_prijs=True, prijsplafond=Decimal(72)),)},
            True,
            id="een vrije prijs",
        ),
    ],
)
def test_working_out_a_perceel_without_a_choice(regel: Regel, velden: dict[str, Any], weigert: bool) -> None:
    invoer = make_uitwerken(make_perceel_uitgewerkt(**velden))
    overtreding = regel.check(make_s(invoer=invoer))
    assert (overtreding is not None) is weigert
    assert overtreding is None or overtreding.ernst is Ernst.BLOKKEERT


def test_an_admission_under_the_old_law_says_why_it_is_no_tender() -> None:
    nu = make_situatie(make_dossier())
    assert kr.aard_toelating_beslist.check(nu) is None
    toen = make_situatie(replace(make_dossier(), peildatum=date(2015, 5, 1)))
    overtreding = kr.aard_toelating_beslist.check(toen)
    assert overtreding is not None
    assert overtreding.ernst is Ernst.MOTIVEREN
    assert "B-diensten" in overtreding.tekst
