"""Letters in groups by the branches they took: nothing is lost, what differs is shown, what stands out is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.documents.varianten import (
    Briefgegevens,
    Variant,
    flatten,
    group_varianten,
    strip_nummers,
)
from aanbesteding.domain.basis import Gegevensmodel


class Deel(Gegevensmodel):
    code: str
    score: Decimal


class Context(Gegevensmodel):
    naam: str
    reden: str
    delen: tuple[Deel, ...]


REDEN = "Het plan beschrijft de werkwijze in de regio helder en met voorbeelden."


def make_brief(nummer: int, score: str = "60", reden: str = REDEN, tak: str = "a") -> Briefgegevens:
    delen = (Deel(code="K1", score=Decimal(score)),)
    context = Context(naam=f"Aanbieder {nummer}", reden=reden, delen=delen)
    return Briefgegevens(f"b-{nummer}", context.naam, frozenset({tak}), context)


def group(*brieven: Briefgegevens) -> tuple[Variant, ...]:
    return group_varianten(brieven)


def test_a_context_is_taken_apart_into_its_leaves():
    assert dict(flatten(make_brief(1).context)) == {
        "naam": "Aanbieder 1",
        "reden": REDEN,
        "delen[1].code": "K1",
        "delen[1].score": Decimal(60),
    }


def test_only_what_differs_is_shown():
    (variant,) = group(make_brief(1), make_brief(2, "61"))
    assert [[v.pad for v in b.verschillen] for b in variant.brieven] == [["naam", "delen[].score"]] * 2


def test_equal_letters_have_no_differences():
    brief = make_brief(1)
    (variant,) = group(brief, brief)
    assert [b.verschillen for b in variant.brieven] == [(), ()]


def test_a_rare_variant_comes_first_and_is_told():
    gewoon = [make_brief(n) for n in range(40)]
    eerste, tweede = group(*gewoon, make_brief(99, tak="b"))
    assert [b.id for b in eerste.brieven] == ["b-99"]
    assert "1 van de 41" in eerste.zeldzaam
    assert tweede.zeldzaam == ""


@pytest.mark.parametrize(
    ("velden", "woord"),
    [
        pytest.param(
            {"score": "3"}, "delen[1].score: 3, ver van de andere", id="een getal ver van het midden"
        ),
        pytest.param({"reden": "Goed."}, "reden: opvallend kort", id="een korte reden"),
        pytest.param({"reden": REDEN * 6}, "reden: opvallend lang", id="een lange reden"),
    ],
)
def test_what_stands_out_comes_first_with_its_reason(velden: dict[str, str], woord: str):
    anderen = [make_brief(n, str(58 + n)) for n in range(6)]
    (variant,) = group(*anderen, make_brief(9, **({"score": "60"} | velden)))
    assert variant.brieven[0].id == "b-9"
    (opvallend,) = variant.brieven[0].opvallend
    assert woord in f"{opvallend.pad}: {opvallend.tekst}"
    assert variant.vertegenwoordiger.opvallend == ()
    assert all(not b.opvallend for b in variant.brieven[1:])


def test_four_letters_have_no_outlier():
    (variant,) = group(*(make_brief(n) for n in range(3)), make_brief(9, "1", "Kort."))
    assert all(not b.opvallend for b in variant.brieven)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 100), st.text(max_size=90)), max_size=30))
def test_every_letter_is_in_exactly_one_group_with_its_own_branches(gegevens: list[tuple[str, int, str]]):
    brieven = [make_brief(n, str(s), r, t) for n, (t, s, r) in enumerate(gegevens)]
    varianten = group_varianten(brieven)
    per_id = {b.id: b for b in brieven}
    assert sorted(b.id for v in varianten for b in v.brieven) == sorted(per_id)
    assert len({v.takken for v in varianten}) == len(varianten)
    for variant in varianten:
        assert variant.vertegenwoordiger in variant.brieven
        for brief in variant.brieven:
            assert per_id[brief.id].takken == variant.takken
            blad = dict(flatten(per_id[brief.id].context))
            for verschil in brief.verschillen:
                assert verschil.waarden == tuple(
                    w for p, w in blad.items() if strip_nummers(p) == verschil.pad
                )
        # what is not shown as a difference is the same in every letter of the group
        getoond = {v.pad for b in variant.brieven for v in b.verschillen}
        bladen = [dict(flatten(per_id[b.id].context)) for b in variant.brieven]
        for pad in (p for p in bladen[0] if strip_nummers(p) not in getoond):
            assert len({str(blad.get(pad)) for blad in bladen}) == 1
