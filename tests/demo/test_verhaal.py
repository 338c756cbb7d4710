"""A story file: steps that stand for many, and percelen worked out from a short table."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from aanbesteding.demo.uitwerken import Demouitwerking, make_uitwerking
from aanbesteding.demo.verhaal import Verhaal, expand_stap
from bouwers import make_dossier

STAP = {
    "moment": datetime.fromisoformat("2026-01-05T09:00"),
    "als": "{wie}.demo",
    "wat": "Vergrendelt de scores voor perceel {perceel}",
    "handeling": "iets",
    "invoer": {"perceel": "{perceel}", "lijst": [{"naam": "{wie}"}], "getal": 3},
    "elk": {"wie": ["a", "b"], "perceel": ["1", "2"]},
    "tussen": 5,
}


def test_a_stap_with_elk_becomes_one_stap_per_combination_in_order():
    stappen = list(expand_stap(STAP))
    assert [(s["als"], s["invoer"]["perceel"]) for s in stappen] == [
        ("a.demo", "1"), ("a.demo", "2"), ("b.demo", "1"), ("b.demo", "2"),
    ]  # fmt: skip
    assert [s["moment"].minute for s in stappen] == [0, 5, 10, 15]
    assert stappen[-1]["invoer"] == {"perceel": "2", "lijst": [{"naam": "b"}], "getal": 3}


def test_a_stap_without_elk_stays_as_it_is():
    gewoon = {k: v for k, v in STAP.items() if k not in ("elk", "tussen")}
    assert list(expand_stap(gewoon)) == [gewoon]


def test_steps_that_overlap_in_time_are_refused_after_expanding():
    te_vroeg = {
        "moment": datetime.fromisoformat("2026-01-05T09:01"),
        "als": "a",
        "wat": "te vroeg",
        "fase": "x",
    }
    verhaal = {
        "titel": "t", "dossier": "d", "aanbesteding": "x.toml", "begin": datetime.fromisoformat("2026-01-01"),
        "verzinsels": {"zaad": 1, "aanbieders": 5, "gewichten": []},
        "stappen": [STAP, te_vroeg],
    }  # fmt: skip
    with pytest.raises(ValidationError, match=r"stap 5 \(te vroeg\) ligt voor de stap ervoor"):
        Verhaal.model_validate(verhaal)


def make_model(tarief: Decimal, aandelen: tuple[int, ...]) -> Demouitwerking:
    delen = [
        {"code": "abcdef"[n], "omschrijving": "x", "aandeel": a, "jaar": 2025} for n, a in enumerate(aandelen)
    ]
    return Demouitwerking.model_validate(
        {
            "kosten": {"Wmo 2015": delen},
            "indexering": "jaarlijks",
            "eisen": [],
            "percelen": [
                {
                    "perceel": "1",
                    "producten": [{"code": "01A01", "naam": "n", "omschrijving": "o", "tarief": tarief}],
                    "raming_per_jaar": "1000000",
                    "gewichten": {},
                }
            ],
        }
    )


@given(
    tarief=st.decimals("0.01", "9999.99", places=2),
    aandelen=st.lists(st.integers(1, 60), min_size=1, max_size=6).map(tuple),
)
def test_cost_elements_of_an_invented_product_add_up_to_its_tariff(tarief, aandelen):
    uitwerking = make_uitwerking(make_model(tarief, aandelen), make_dossier(), "1")
    (product,) = uitwerking["producten"]
    assert sum(Decimal(e["bedrag"]) for e in product["kostprijs"]) == tarief


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"elk": 1}, "'elk' geeft per naam een lijst"),
        ({"elk": {"a": 1}}, "'elk' geeft per naam een lijst"),
        ({"elk": {naam: ["1"] * 100 for naam in "abcdef"}}, "'elk' staat voor meer dan 1000 stappen"),
        ({"tussen": "x"}, "'tussen' is een geheel aantal minuten"),
        ({"tussen": 10**30}, "'tussen' is een geheel aantal minuten"),
        ({"moment": datetime.fromisoformat("9999-12-31T23:59")}, "voorbij het jaar 9999"),
    ],
)
def test_a_stap_that_cannot_be_repeated_is_refused_in_dutch(anders: dict[str, object], zin: str):
    with pytest.raises(ValidationError, match=zin):
        Verhaal.model_validate({"stappen": [STAP | anders]})
