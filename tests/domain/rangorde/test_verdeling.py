"""A file with several percelen: ranked, divided as announced, every fault with its perceel."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbesteding.domain.rangorde import divide_percelen, parse_verdeling
from aanbesteding.errors import InvoerError
from domain.rangorde.aanbestedingen import make_aanbesteding, make_vast_tarief, make_verdeling


def divide(verdeling: dict[str, Any]) -> dict[str, str]:
    uit = divide_percelen(parse_verdeling(verdeling))
    return {deel.perceel: "".join(deel.aanbieders) for deel in uit.verdeling.percelen}


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        pytest.param({}, {"1": "A", "2": "B", "3": "C"}, id="een perceel per inschrijver, 1 eerst"),
        pytest.param(
            {"volgorde": ["3", "2", "1"]},
            {"3": "B", "2": "C", "1": "A"},
            id="een andere volgorde beslist anders",
        ),
        pytest.param(
            {"maximum_per_inschrijver": "2"}, {"1": "A", "2": "B", "3": "B"}, id="twee per inschrijver"
        ),
        pytest.param({"maximum_per_inschrijver": None}, {"1": "A", "2": "B", "3": "B"}, id="geen maximum"),
        pytest.param(
            {"maximum_per_inschrijver": None, "een_per_gebied": {"1": "Noord", "2": "Noord"}},
            {"1": "A", "2": "A", "3": "B"},
            id="een aanbieder in het gebied Noord",
        ),
    ],
)
def test_percelen_are_divided_as_announced(anders: dict[str, Any], verwacht: dict[str, str]) -> None:
    assert divide(make_verdeling(**anders)) == verwacht


def test_the_published_form_says_who_was_passed_over_and_why() -> None:
    uit: Any = divide_percelen(parse_verdeling(make_verdeling())).to_json()
    derde = uit["percelen"][2]
    assert [(p["aanbieder"], p["gegund"]) for p in derde["rangorde"]] == [
        ("B", False),
        ("C", True),
        ("A", False),
    ]
    assert derde["overgeslagen"] == [
        {
            "aanbieder": "B",
            "reden": "MAXIMUM_BEREIKT",
            "tekst": "Heeft al het aangekondigde maximum aantal percelen.",
        }
    ]
    assert set(derde) == {"perceel", "rangorde", "afgevallen", "waarschuwingen", "overgeslagen"}


def test_a_tie_with_somebody_who_is_full_is_no_tie() -> None:
    """A and B stand equal in perceel 2, but A has perceel 1 already; alone, perceel 2 would be refused."""
    tweede = make_vast_tarief(maximum_aanbieders=1)
    percelen = {"1": make_aanbesteding(maximum_aanbieders=1), "2": tweede}
    assert divide(make_verdeling(percelen=percelen, volgorde=["1", "2"])) == {"1": "A", "2": "B"}
    with pytest.raises(InvoerError, match=r"perceel 2: A, B delen rang 1"):
        divide(make_verdeling(percelen=percelen, volgorde=["2", "1"]))


FOUTEN = [
    pytest.param({"percelen": {}}, "percelen: zijn er niet", id="geen percelen"),
    pytest.param(
        {"percelen": {"\ud800": make_aanbesteding()}}, "onzichtbare tekens", id="half teken als nummer"
    ),
    pytest.param({"percelen": ["1"]}, "percelen: is geen object", id="percelen is een lijst"),
    pytest.param({"combinaties": []}, "onbekende sleutel 'combinaties'", id="combinatiebiedingen"),
    pytest.param({"maximum_per_inschrijver": 0}, "0 kan niet", id="maximum nul"),
    pytest.param(
        {"volgorde": ["1", "1", "2", "3"]}, "'1' staat er meer dan één keer in", id="perceel dubbel"
    ),
    pytest.param({"een_per_gebied": {"1": ""}}, "een_per_gebied.'1': ontbreekt", id="gebied zonder naam"),
    pytest.param(
        {"percelen": {"1": make_aanbesteding(maximum_aanbieders=1, reservelijst=1)}},
        "reservelijst kan niet bij een verdeling",
        id="reservelijst",
    ),
]


@pytest.mark.parametrize(("anders", "woorden"), FOUTEN)
def test_what_does_not_fit_is_refused(anders: dict[str, Any], woorden: str) -> None:
    with pytest.raises(InvoerError) as gevangen:
        parse_verdeling(make_verdeling(**anders))
    assert any(woorden in fout for fout in gevangen.value.fouten)


def test_every_fault_of_every_perceel_is_named_at_once() -> None:
    percelen = {"1": make_aanbesteding(bij_uitval=None), "2": make_aanbesteding(afronding=None), "3": 7}
    with pytest.raises(InvoerError) as gevangen:
        parse_verdeling(make_verdeling(percelen=percelen, maximum_per_inschrijver=0))
    assert any(fout.startswith("perceel '2': afronding: ontbreekt") for fout in gevangen.value.fouten)
    assert any(fout.startswith("perceel '1': bij_uitval: ontbreekt") for fout in gevangen.value.fouten)
    assert any(fout.startswith("perceel '3': is geen object") for fout in gevangen.value.fouten)
    assert any(fout.startswith("maximum_per_inschrijver") for fout in gevangen.value.fouten)


def test_the_order_must_name_every_perceel() -> None:
    with pytest.raises(InvoerError, match="perceel 3 ontbreekt"):
        divide(make_verdeling(volgorde=["1", "2"]))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 3))
def test_nobody_gets_more_than_the_maximum_and_nobody_better_is_forgotten(zaad: int, maximum: int) -> None:
    """The division agrees with its sentence in the prose, read as a check of the outcome."""
    toeval = random.Random(zaad)
    percelen = {
        str(n): make_aanbesteding("vaste_bandbreedte", maximum_aanbieders=toeval.choice([1, 2]))
        | {
            "inschrijvingen": [
                {"aanbieder": naam, "scores": {"K": str(score)}, "prijs": "60"}
                for naam, score in zip("ABCDE", toeval.sample(range(61), 5), strict=True)
            ]
        }
        for n in range(1, 5)
    }
    volgorde = toeval.sample(sorted(percelen), 4)
    uit = divide_percelen(
        parse_verdeling({"percelen": percelen, "volgorde": volgorde, "maximum_per_inschrijver": maximum})
    )
    aantal = dict.fromkeys("ABCDE", 0)
    for deel in uit.verdeling.percelen:
        plaatsen = percelen[deel.perceel]["maximum_aanbieders"]
        op_rang = [p.aanbieder for p in uit.rangordes[deel.perceel].rangorde]
        verwacht = [naam for naam in op_rang if aantal[naam] < maximum][:plaatsen]
        assert list(deel.aanbieders) == verwacht
        for naam in verwacht:
            aantal[naam] += 1
    assert [deel.perceel for deel in uit.verdeling.percelen] == volgorde
    assert max(aantal.values()) <= maximum
