"""A formula with the own numbers filled in, for letters and for the worked example."""

from typing import Any

import pytest

from aanbesteding.domain.rangorde import Scoreuitleg, explain_score, parse_opdracht, rank_inschrijvingen
from aanbesteding.errors import InvoerError
from domain.rangorde.aanbestedingen import make_aanbesteding, make_gunnen_op_waarde


def explain(aanbesteding: dict[str, Any], aanbieder: str, code: str) -> Scoreuitleg:
    opdracht = parse_opdracht(aanbesteding)
    return explain_score(opdracht, rank_inschrijvingen(opdracht), aanbieder, code)


def make_met_malus() -> dict[str, Any]:
    aanbesteding = make_gunnen_op_waarde()
    aanbesteding["criteria"][0] |= {"malus": "30", "neutraal": "30"}
    return aanbesteding


def make_met_subcriteria() -> dict[str, Any]:
    aanbesteding = make_aanbesteding()
    deel = {"code": "Ka", "gewicht": "60", "schaal": {"min": "0", "max": "60"}}
    aanbesteding["criteria"][0] = {"code": "K", "soort": "kwaliteit", "gewicht": "60", "subcriteria": [deel]}
    for inschrijving in aanbesteding["inschrijvingen"]:
        inschrijving["scores"] = {"Ka": inschrijving["scores"]["K"]}
    return aanbesteding


@pytest.mark.parametrize(
    ("aanbesteding", "wie", "code", "regel"),
    [
        (make_aanbesteding(), "A", "K", "K: 60 × (45 − 0) / (60 − 0) = 45.000"),
        (make_aanbesteding(), "A", "P", "P: 40 × 40 / 70 = 22.857"),
        (make_aanbesteding("relatief_lineair"), "A", "P", "P: max(0; 40 × (2 − 70 / 40)) = 10.000"),
        (make_aanbesteding("min_max"), "B", "P", "P: 40 × (70 − 60) / (70 − 40) = 13.333"),
        (make_aanbesteding("rangpunten"), "B", "P", "P: 40 × (3 + 1 − 2) / 3 = 26.667"),
        (
            make_aanbesteding("vaste_bandbreedte"),
            "A",
            "P",
            "P: min(40; max(0; 40 × (80 − 70) / (80 − 40))) = 10.000",
        ),
        (make_aanbesteding("staffel"), "A", "P", "P: punten van de trede waarin 70 valt = 5.000"),
        (make_aanbesteding(), "A", "totaal", "totaal: 45.000 + 22.857 = 67.857"),
        (make_met_subcriteria(), "A", "K", "K: 45.000 = 45.000"),
        (make_met_subcriteria(), "A", "Ka", "Ka: 60 × (45 − 0) / (60 − 0) = 45.000"),
        (make_met_subcriteria(), "A", "totaal", "totaal: 45.000 + 22.857 = 67.857"),
        (make_gunnen_op_waarde(), "A", "K", "K: 60 × (45 − 0) / (60 − 0) = 45.000"),
        (make_gunnen_op_waarde(), "A", "P", "P: 70 = 70.000"),
        (make_gunnen_op_waarde(), "A", "totaal", "totaal: 70 − 45.000 = 25.000"),
        (make_met_malus(), "A", "K", "K: 60 × (45 − 30) / (60 − 30) = 30.000"),
        (make_met_malus(), "C", "K", "K: −30 × (30 − 20) / (30 − 0) = -10.000"),
        (make_met_malus(), "C", "totaal", "totaal: 40 − (-10.000) = 50.000"),
    ],
)
def test_a_score_shows_its_formule_with_the_numbers(
    aanbesteding: dict[str, Any], wie: str, code: str, regel: str
) -> None:
    assert explain(aanbesteding, wie, code).regel == regel


def test_terms_tell_whose_number_they_are() -> None:
    uitleg = explain(make_aanbesteding(), "A", "P")
    assert uitleg.formule == "gewicht × laagste / prijs"
    assert [(term.naam, term.waarde, term.herkomst) for term in uitleg.termen] == [
        ("gewicht", "40", "aangekondigd"),
        ("laagste", "40", "anderen"),
        ("prijs", "70", "eigen"),
    ]


def test_equal_prices_under_min_max_show_the_weight() -> None:
    aanbesteding = make_aanbesteding("min_max", inschrijvingen=make_aanbesteding()["inschrijvingen"][:1])
    assert explain(aanbesteding, "A", "P").regel == "P: 40 = 40.000"


def test_a_dropped_bid_still_sets_the_lowest_price_in_the_explanation() -> None:
    assert explain(make_aanbesteding(uitgevallen=["C"]), "A", "P").invulling == "40 × 40 / 70"
    herberekend = make_aanbesteding(uitgevallen=["C"], bij_uitval="herberekenen")
    assert explain(herberekend, "A", "P").invulling == "40 × 60 / 70"


@pytest.mark.parametrize(("wie", "code"), [("D", "K"), ("A", "X")])
def test_what_is_unknown_cannot_be_explained(wie: str, code: str) -> None:
    with pytest.raises(InvoerError):
        explain(make_aanbesteding(), wie, code)
