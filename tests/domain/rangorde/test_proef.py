"""The rehearsal: dead weight, reversal with an example, rounding, ties and the worked example."""

from typing import Any

import pytest

from aanbesteding.domain.rangorde import Proef, build_proef, parse_opdracht
from domain.rangorde.aanbestedingen import make_aanbesteding, make_gunnen_op_waarde, make_vast_tarief

STERREN = {"min": "0", "max": "10", "punten": ["0", "5", "10"]}


def rehearse(aanbesteding: dict[str, Any]) -> Proef:
    return build_proef(parse_opdracht(aanbesteding))


def list_oordelen(aanbesteding: dict[str, Any]) -> list[str]:
    return [criterium.oordeel for criterium in rehearse(aanbesteding).criteria]


def test_the_published_reversal_is_found_in_the_bids_themselves() -> None:
    omkering = rehearse(make_aanbesteding()).omkering
    assert (omkering.oordeel, omkering.vertrekker) == ("gevonden", "C")
    assert omkering.voor == ("1. A 67.857", "2. B 67.667", "3. C 60.000")
    assert omkering.na == ("1. B 81.000", "2. A 79.286")


@pytest.mark.parametrize(
    "formule", ["laagste_gedeeld_door_prijs", "relatief_lineair", "min_max", "rangpunten"]
)
def test_every_relative_formule_has_an_invented_example(formule: str) -> None:
    omkering = rehearse(make_aanbesteding(formule, inschrijvingen=[])).omkering
    assert omkering.oordeel == "gevonden"
    assert all("Verzonnen" in inschrijving.aanbieder for inschrijving in omkering.inschrijvingen)
    assert (len(omkering.voor), len(omkering.na)) == (3, 2)


@pytest.mark.parametrize(
    "aanbesteding",
    [
        pytest.param(make_aanbesteding("vaste_bandbreedte"), id="vaste bandbreedte"),
        pytest.param(make_aanbesteding("staffel"), id="staffel"),
        pytest.param(make_gunnen_op_waarde(), id="gunnen op waarde"),
        pytest.param(make_vast_tarief(), id="vast tarief"),
    ],
)
def test_what_does_not_depend_on_others_cannot_turn_round(aanbesteding: dict[str, Any]) -> None:
    assert rehearse(aanbesteding).omkering.oordeel == "niet_mogelijk"


def test_price_alone_cannot_turn_round() -> None:
    aanbesteding = make_aanbesteding(inschrijvingen=[])
    aanbesteding["criteria"] = [aanbesteding["criteria"][1] | {"gewicht": "100"}]
    assert rehearse(aanbesteding).omkering.oordeel == "niet_mogelijk"


def test_a_criterium_with_one_possible_score_is_dead() -> None:
    aanbesteding = make_vast_tarief(inschrijvingen=[])
    aanbesteding["criteria"][1] |= {"schaal": STERREN, "minimum": "10"}
    assert list_oordelen(aanbesteding) == ["werkt", "dood"]


def test_a_minimum_that_no_score_reaches_is_reported() -> None:
    aanbesteding = make_vast_tarief(inschrijvingen=[])
    aanbesteding["criteria"][1] |= {"schaal": {"min": "0", "max": "10", "punten": ["0", "5"]}, "minimum": "6"}
    proef = rehearse(aanbesteding)
    assert "geen enkele toegestane score" in proef.criteria[1].tekst
    assert proef.rekenvoorbeeld == ()


def test_a_small_criterium_beside_large_steps_decides_only_at_a_tie() -> None:
    aanbesteding = make_vast_tarief(inschrijvingen=[])
    aanbesteding["criteria"][0] |= {"gewicht": "90", "schaal": STERREN}
    aanbesteding["criteria"][1] |= {"gewicht": "10", "schaal": STERREN}
    assert list_oordelen(aanbesteding) == ["werkt", "alleen_bij_gelijke_stand"]


@pytest.mark.parametrize(
    ("formule", "ondergrens", "oordeel"),
    [
        pytest.param("vaste_bandbreedte", "79", "werkt", id="net onder het plafond"),
        pytest.param("vaste_bandbreedte", "80", "dood", id="ondergrens op het plafond"),
        pytest.param("staffel", "64.99", "werkt", id="twee treden over"),
        pytest.param("staffel", "65", "dood", id="een trede over"),
    ],
)
def test_an_ondergrens_can_kill_the_price(formule: str, ondergrens: str, oordeel: str) -> None:
    assert list_oordelen(make_aanbesteding(formule, ondergrens=ondergrens, inschrijvingen=[]))[1] == oordeel


def test_the_reach_is_what_the_minimum_leaves() -> None:
    aanbesteding = make_aanbesteding(inschrijvingen=[])
    aanbesteding["criteria"][0]["minimum"] = "45"
    assert rehearse(aanbesteding).criteria[0].tekst == "K: bereik 15 van 60."


def test_invented_bids_say_that_they_are_invented() -> None:
    proef = rehearse(make_aanbesteding("vaste_bandbreedte", inschrijvingen=[]))
    assert proef.verzonnen
    assert {voorbeeld.aanbieder for voorbeeld in proef.rekenvoorbeeld} == {
        "Verzonnen aanbieder 1",
        "Verzonnen aanbieder 2",
        "Verzonnen aanbieder 3",
    }


def test_the_worked_example_comes_from_the_same_code() -> None:
    voorbeeld = rehearse(make_aanbesteding()).to_json()["rekenvoorbeeld"]
    assert voorbeeld[0] == {  # type: ignore[index]
        "rang": 1,
        "aanbieder": "A",
        "regels": [
            "K: 60 × (45 − 0) / (60 − 0) = 45.000",
            "P: 40 × 40 / 70 = 22.857",
            "totaal: 45.000 + 22.857 = 67.857",
        ],
    }


@pytest.mark.parametrize(
    ("decimalen", "woord"),
    [
        pytest.param(3, "niet.", id="drie decimalen: niets"),
        pytest.param(0, "is zij: 1. A, 2. B", id="nul: A en B gelijk"),
    ],
)
def test_the_effect_of_rounding_is_shown(decimalen: int, woord: str) -> None:
    afronding = {"decimalen": decimalen, "moment": "eind"}
    proef = rehearse(make_aanbesteding(afronding=afronding, gelijke_stand=[], maximum_aanbieders=None))
    assert woord in proef.afronding[0]


def test_a_refused_tie_is_shown_and_the_rest_of_the_proef_goes_on() -> None:
    proef = rehearse(make_vast_tarief(maximum_aanbieders=1))
    assert "A en B staan gelijk" in proef.weigering[0]
    assert "In deze proef komt een gelijke stand voor." in proef.gelijke_stand
    assert len(proef.rekenvoorbeeld) == 3


@pytest.mark.parametrize(
    ("regels", "dood"),
    [
        pytest.param(["hoogste_kwaliteit", "loting"], ["hoogste_kwaliteit"], id="kwaliteit is het totaal al"),
        pytest.param(["hoogste:K1", "loting"], [], id="een deel van de kwaliteit kan beslissen"),
    ],
)
def test_tie_rules_that_cannot_decide_are_named(regels: list[str], dood: list[str]) -> None:
    bevindingen = rehearse(make_vast_tarief(gelijke_stand=regels, inschrijvingen=[])).gelijke_stand
    assert [b for b in bevindingen if "nooit" in b] == [
        f"'{regel}' kan hier nooit beslissen." for regel in dood
    ]


def test_without_loting_a_tie_may_remain() -> None:
    assert (
        "weigert het programma" in rehearse(make_vast_tarief(gelijke_stand=["hoogste:K1"])).gelijke_stand[0]
    )


def test_geen_criteria_has_little_to_rehearse() -> None:
    aanbesteding = make_aanbesteding(methode="geen_criteria", criteria=[], inschrijvingen=[], bij_uitval=None)
    proef = rehearse(aanbesteding)
    assert (proef.criteria, proef.rekenvoorbeeld, proef.verzonnen) == ((), (), False)
