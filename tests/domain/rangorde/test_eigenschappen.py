"""What holds for every tender: agreement with the reference, no dependence on input order, never a float."""

import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbesteding.domain.rangorde import build_proef, parse_opdracht, rank_inschrijvingen
from aanbesteding.domain.rangorde.getal import (
    parse_getal,
    round_getal,
    show_bedrag,
    show_getal,
    show_invoer,
    show_nederlands,
)
from aanbesteding.errors import InvoerError
from domain.rangorde.aanbestedingen import FORMULES, make_willekeurige_aanbesteding
from domain.rangorde.referentie import Weigering, rangorde

BLOKKEN, PER_BLOK = 20, 500
ZAAD = 20261122
LAAG = re.compile(r"De prijs van (.+?) \(.*vraag eerst om uitleg")
zaden = st.integers(0, 2**32)


def rank_or_refuse(aanbesteding: dict[str, Any]) -> dict[str, Any] | None:
    opdracht = parse_opdracht(aanbesteding)
    try:
        uitslag = rank_inschrijvingen(opdracht)
    except InvoerError:
        return None
    vorm: dict[str, Any] = uitslag.to_json()
    regels = [{"reserve": False} | regel for regel in vorm["rangorde"]]
    return {
        "rangorde": regels,
        "afgevallen": [(uit["aanbieder"], uit["reden"]) for uit in vorm["afgevallen"]],
        "lage_prijzen": [m[1] for tekst in vorm["waarschuwingen"] if (m := LAAG.match(tekst))],
    }


def reference_or_refuse(aanbesteding: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return rangorde(aanbesteding)
    except Weigering:
        return None


def list_willekeurige(blok: int) -> list[dict[str, Any]]:
    toeval = random.Random(ZAAD + blok)
    return [make_willekeurige_aanbesteding(toeval) for _ in range(PER_BLOK)]


@pytest.mark.parametrize(
    "blok", [pytest.param(n, id=f"blok-{n + 1}" if n else "eerste") for n in range(BLOKKEN)]
)
def test_the_reference_written_from_the_prose_agrees(blok: int) -> None:
    """10,000 random tenders in twenty blocks, each outcome to the last digit, each refusal too."""
    geweigerd = 0
    for nummer, aanbesteding in enumerate(list_willekeurige(blok)):
        eigen, ander = rank_or_refuse(aanbesteding), reference_or_refuse(aanbesteding)
        assert eigen == ander, (nummer, aanbesteding)
        geweigerd += eigen is None
    assert 0 < geweigerd < PER_BLOK / 2


def test_the_random_tenders_cover_every_method_formula_rounding_and_rule() -> None:
    telling: Counter[tuple[Any, ...]] = Counter()
    for blok in range(BLOKKEN):
        for a in list_willekeurige(blok):
            prijs = next((c for c in a["criteria"] if c["soort"] == "prijs"), {})
            moment = a["afronding"]["moment"]
            telling[a["methode"], prijs.get("formule"), moment, a["bij_uitval"]] += 1
            telling["regels", *(r.split(":")[0] for r in a["gelijke_stand"])] += 1
            telling["uitval", bool(a["uitgevallen"])] += 1
            telling["grenzen", a["maximum_aanbieders"], a["reservelijst"]] += 1
            telling["loting", a["loting"] is not None and len(a["loting"]) == len(a["inschrijvingen"])] += 1
    momenten = ("eind", "per_criterium", "weergave")
    for formule in FORMULES:
        for moment in momenten:
            for uitval in ("rangorde_blijft", "herberekenen"):
                assert telling["gewogen_factor", formule, moment, uitval] > 50, (formule, moment, uitval)
    for methode in ("gunnen_op_waarde", "vast_tarief", "geen_criteria"):
        for moment in momenten:
            for uitval in ("rangorde_blijft", "herberekenen", None):
                assert telling[methode, None, moment, uitval] > 50, (methode, moment, uitval)
    for regels in (
        (),
        ("loting",),
        ("hoogste_kwaliteit",),
        ("hoogste", "loting"),
        ("hoogste_kwaliteit", "hoogste", "loting"),
        ("hoogste", "hoogste_kwaliteit", "loting"),
    ):
        assert telling["regels", *regels] > 50, regels
    assert all(telling["grenzen", maximum, reserve] > 50 for maximum in (1, 2, 3) for reserve in (None, 1, 2))
    assert telling["uitval", True] > 500
    assert telling["loting", True] > 500


@settings(max_examples=100, deadline=None)
@given(zaden)
def test_the_order_of_input_does_not_matter(zaad: int) -> None:
    toeval = random.Random(zaad)
    aanbesteding = make_willekeurige_aanbesteding(toeval)
    geschud = aanbesteding | {
        "inschrijvingen": toeval.sample(aanbesteding["inschrijvingen"], len(aanbesteding["inschrijvingen"])),
        "uitgevallen": aanbesteding["uitgevallen"][::-1],
    }
    assert rank_or_refuse(aanbesteding) == rank_or_refuse(geschud)


@settings(max_examples=60, deadline=None)
@given(zaden)
def test_a_twin_stands_beside_its_double(zaad: int) -> None:
    """Stable under ties: the same bid under another name gets the same rang when no draw decides."""
    aanbesteding = make_willekeurige_aanbesteding(random.Random(zaad))
    aanbesteding |= {"maximum_aanbieders": None, "reservelijst": None, "loting": None, "uitgevallen": []}
    if not aanbesteding["inschrijvingen"]:
        return
    aanbesteding["inschrijvingen"].append(aanbesteding["inschrijvingen"][0] | {"aanbieder": "Tweeling"})
    uitslag = rank_or_refuse(aanbesteding)
    if uitslag is None:
        return
    rangen = {regel["aanbieder"]: regel["rang"] for regel in uitslag["rangorde"]}
    assert rangen.get("Tweeling") == rangen.get("Aanbieder A")


def assert_no_float(waarde: object) -> None:
    assert not isinstance(waarde, float)
    if is_dataclass(waarde) and not isinstance(waarde, type):
        for veld in fields(waarde):
            assert_no_float(getattr(waarde, veld.name))
    elif isinstance(waarde, Mapping):
        for inhoud in waarde.values():
            assert_no_float(inhoud)
    elif isinstance(waarde, list | tuple):
        for inhoud in waarde:
            assert_no_float(inhoud)


@settings(max_examples=60, deadline=None)
@given(zaden)
def test_there_is_never_a_float(zaad: int) -> None:
    opdracht = parse_opdracht(make_willekeurige_aanbesteding(random.Random(zaad)))
    assert_no_float(opdracht)
    try:
        uitslag = rank_inschrijvingen(opdracht)
    except InvoerError:
        return
    assert_no_float(uitslag)
    assert_no_float(uitslag.to_json())
    assert all(isinstance(plaats.exact, Fraction) for plaats in uitslag.rangorde)


@settings(max_examples=25, deadline=None)
@given(zaden)
def test_the_proef_never_stumbles(zaad: int) -> None:
    proef = build_proef(parse_opdracht(make_willekeurige_aanbesteding(random.Random(zaad))))
    assert_no_float(proef.to_json())


@pytest.mark.parametrize(
    ("tekst", "decimalen", "getoond"),
    [
        pytest.param("0.5", 0, "1", id="een half gaat omhoog"),
        pytest.param("1.5", 0, "2", id="anderhalf ook"),
        pytest.param("2.5", 0, "3", id="niet naar even"),
        pytest.param("-0.5", 0, "-1", id="van nul af"),
        pytest.param("-0.4", 0, "0", id="geen min nul"),
        pytest.param("0.05", 2, "0.05", id="nul voor de punt"),
        pytest.param("7", 3, "7.000", id="nullen erbij"),
        pytest.param("2.6749999999999999999", 2, "2.67", id="net onder de helft"),
        pytest.param("2.675", 2, "2.68", id="precies de helft"),
    ],
)
def test_rounding_is_arithmetic(tekst: str, decimalen: int, getoond: str) -> None:
    assert show_getal(Fraction(tekst), decimalen) == getoond


@given(st.fractions(max_denominator=10**6), st.integers(0, 6))
def test_rounding_lands_on_the_nearest(waarde: Fraction, decimalen: int) -> None:
    assert abs(round_getal(waarde, decimalen) - waarde) <= Fraction(1, 2 * 10**decimalen)
    assert Fraction(show_getal(waarde, decimalen)) == round_getal(waarde, decimalen)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_number_shown_as_typed_reads_back_the_same(getal: Any) -> None:
    assert parse_getal(show_invoer(Fraction(getal))) == Fraction(getal)


def test_a_fraction_without_end_is_shown_as_a_fraction() -> None:
    assert show_invoer(Fraction(2, 3)) == "2/3"
    assert show_invoer(Fraction(1, 400)) == "0.0025"


@pytest.mark.parametrize(
    ("waarde", "bedrag", "getal"),
    [
        ("0", "€ 0,00", "0"),
        ("33.5", "€ 33,50", "33,5"),
        ("1234567.125", "€ 1.234.567,125", "1234567,125"),
        ("-1000", "€ -1.000,00", "-1000"),
        ("2/3", "€ 2/3", "2/3"),
    ],
)
def test_numbers_in_a_dutch_sentence_are_exact_and_dutch(waarde: str, bedrag: str, getal: str) -> None:
    assert show_bedrag(Fraction(waarde)).replace("\u00a0", " ") == bedrag
    assert show_nederlands(Fraction(waarde)) == getal
