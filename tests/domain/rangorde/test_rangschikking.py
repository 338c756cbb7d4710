"""Ranking as announced: the published vectors, drop-out, ties, caps, thresholds and warnings."""

from fractions import Fraction
from typing import Any

import pytest

from aanbesteding.domain.rangorde import Uitslag, parse_opdracht, rank_inschrijvingen
from aanbesteding.domain.rangorde.getal import show_bedrag
from aanbesteding.errors import InvoerError
from domain.rangorde.aanbestedingen import make_aanbesteding, make_gunnen_op_waarde, make_vast_tarief


def rank(aanbesteding: dict[str, Any]) -> Uitslag:
    return rank_inschrijvingen(parse_opdracht(aanbesteding))


def list_volgorde(uitslag: Uitslag) -> list[tuple[int, str]]:
    return [(plaats.rang, plaats.aanbieder) for plaats in uitslag.rangorde]


VECTOREN = [
    pytest.param(
        "laagste_gedeeld_door_prijs", {"A": "67.857", "B": "67.667", "C": "60.000"}, "ABC", id="laagste"
    ),
    pytest.param("relatief_lineair", {"A": "55.000", "B": "61.000", "C": "60.000"}, "BCA", id="relatief"),
    pytest.param("min_max", {"A": "45.000", "B": "54.333", "C": "60.000"}, "CBA", id="min_max"),
    pytest.param("vaste_bandbreedte", {"A": "55.000", "B": "61.000", "C": "60.000"}, "BCA", id="bandbreedte"),
    pytest.param("rangpunten", {"A": "58.333", "B": "67.667", "C": "60.000"}, "BCA", id="rangpunten"),
    pytest.param("staffel", {"A": "50.000", "B": "66.000", "C": "60.000"}, "BCA", id="staffel"),
]


@pytest.mark.parametrize(("formule", "totalen", "volgorde"), VECTOREN)
def test_same_three_inschrijvingen_give_another_winner_per_formule(
    formule: str, totalen: dict[str, str], volgorde: str
) -> None:
    uitslag = rank(make_aanbesteding(formule))
    assert {plaats.aanbieder: plaats.totaal for plaats in uitslag.rangorde} == totalen
    assert "".join(plaats.aanbieder for plaats in uitslag.rangorde) == volgorde


def test_gunnen_op_waarde_ranks_as_the_vaste_bandbreedte_does() -> None:
    uitslag = rank(make_gunnen_op_waarde(afronding={"decimalen": 0, "moment": "eind"}))
    assert [(plaats.aanbieder, plaats.totaal) for plaats in uitslag.rangorde] == [
        ("B", "19"),
        ("C", "20"),
        ("A", "25"),
    ]
    assert list_volgorde(uitslag) == list_volgorde(rank(make_aanbesteding("vaste_bandbreedte")))


def test_uitslag_has_the_published_json_form() -> None:
    vorm = rank(make_aanbesteding()).to_json()
    assert vorm["rangorde"][0] == {  # type: ignore[index]
        "rang": 1,
        "aanbieder": "A",
        "totaal": "67.857",
        "exact": "475/7",
        "punten": {"K": "45.000", "P": "22.857"},
        "gegund": True,
    }
    assert vorm["afgevallen"] == []
    assert vorm["waarschuwingen"] == []


@pytest.mark.parametrize(
    ("bij_uitval", "totalen"),
    [
        pytest.param(
            "rangorde_blijft", [("A", "67.857"), ("B", "67.667")], id="rangorde blijft: A blijft de eerste"
        ),
        pytest.param("herberekenen", [("B", "81.000"), ("A", "79.286")], id="herberekenen: B gaat A voorbij"),
    ],
)
def test_the_third_leaving_turns_the_order_only_when_herberekenen(
    bij_uitval: str, totalen: list[tuple[str, str]]
) -> None:
    uitslag = rank(make_aanbesteding(bij_uitval=bij_uitval, uitgevallen=["C"]))
    assert [(plaats.aanbieder, plaats.totaal) for plaats in uitslag.rangorde] == totalen
    assert [(uit.aanbieder, uit.reden) for uit in uitslag.afgevallen] == [("C", "UITGEVALLEN")]


def test_the_next_in_rank_moves_up_when_the_winner_leaves() -> None:
    uitslag = rank(make_aanbesteding(uitgevallen=["A"], maximum_aanbieders=1))
    assert [(p.rang, p.aanbieder, p.gegund) for p in uitslag.rangorde] == [(1, "B", True), (2, "C", False)]


def test_a_malus_adds_to_the_price() -> None:
    aanbesteding = make_gunnen_op_waarde()
    aanbesteding["criteria"][0] |= {"malus": "30", "neutraal": "30"}
    uitslag = rank(aanbesteding)
    assert {p.aanbieder: p.punten["K"] for p in uitslag.rangorde} == {
        "A": "30.000",
        "B": "22.000",
        "C": "-10.000",
    }
    assert {p.aanbieder: p.totaal for p in uitslag.rangorde} == {"A": "40.000", "B": "38.000", "C": "50.000"}


def test_equal_bids_share_their_rang() -> None:
    uitslag = rank(make_vast_tarief())
    assert list_volgorde(uitslag) == [(1, "A"), (1, "B"), (3, "C")]
    assert uitslag.waarschuwingen == ("Gelijke stand: A en B delen rang 1.",)


@pytest.mark.parametrize(
    ("regels", "loting", "eerste"),
    [
        pytest.param(["hoogste:K1"], None, "B", id="hoogste K1 beslist voor B"),
        pytest.param(["hoogste:K2"], None, "A", id="hoogste K2 beslist voor A"),
        pytest.param(["hoogste_kwaliteit", "loting"], ["C", "B", "A"], "B", id="de trekking beslist voor B"),
        pytest.param(["hoogste:K2", "loting"], ["B", "A"], "A", id="loting komt pas na hoogste K2"),
    ],
)
def test_gelijke_stand_follows_the_announced_order(
    regels: list[str], loting: list[str] | None, eerste: str
) -> None:
    uitslag = rank(make_vast_tarief(gelijke_stand=regels, loting=loting, maximum_aanbieders=1))
    assert uitslag.rangorde[0].aanbieder == eerste
    assert [plaats.gegund for plaats in uitslag.rangorde] == [True, False, False]


@pytest.mark.parametrize(
    ("anders", "woord"),
    [
        pytest.param({"gelijke_stand": []}, "geen aangekondigde regel", id="zonder regel"),
        pytest.param(
            {"gelijke_stand": ["hoogste_kwaliteit"]}, "geen aangekondigde regel", id="regel beslist niet"
        ),
        pytest.param({"gelijke_stand": ["loting"]}, "leg de hele trekking vast", id="er is nog niet geloot"),
        pytest.param(
            {"gelijke_stand": ["loting"], "loting": ["A", "C"]}, "hele trekking", id="B ontbreekt in trekking"
        ),
    ],
)
def test_a_tie_at_the_maximum_is_refused_with_the_names(anders: dict[str, Any], woord: str) -> None:
    with pytest.raises(InvoerError, match=r"\(1\): A en B staan gelijk") as fout:
        rank(make_vast_tarief(maximum_aanbieders=1, **anders))
    assert woord in str(fout.value)


def test_a_tie_inside_the_maximum_is_no_trouble() -> None:
    uitslag = rank(make_vast_tarief(maximum_aanbieders=2))
    assert [(p.rang, p.gegund, p.reserve) for p in uitslag.rangorde] == [
        (1, True, False),
        (1, True, False),
        (3, False, False),
    ]


def test_a_tie_at_the_end_of_the_reservelijst_is_refused() -> None:
    aanbesteding = make_vast_tarief(maximum_aanbieders=1, reservelijst=1)
    aanbesteding["inschrijvingen"][2]["scores"] = {"K1": "10", "K2": "10"}
    with pytest.raises(InvoerError, match=r"reservelijst \(2\): A en B"):
        rank(aanbesteding)


def test_a_reservelijst_exists_only_when_announced() -> None:
    zonder = rank(make_aanbesteding(maximum_aanbieders=1))
    assert not any(plaats.reserve for plaats in zonder.rangorde)
    assert "reserve" not in zonder.to_json()["rangorde"][0]  # type: ignore[index]
    met = rank(make_aanbesteding(maximum_aanbieders="1", reservelijst=1))
    assert [(p.gegund, p.reserve) for p in met.rangorde] == [(True, False), (False, True), (False, False)]
    assert met.to_json()["rangorde"][1]["reserve"] is True  # type: ignore[index]


def test_a_prijs_under_the_ondergrens_is_refused_and_does_not_set_the_lowest_price() -> None:
    uitslag = rank(make_aanbesteding(ondergrens="60"))
    assert [(uit.aanbieder, uit.reden) for uit in uitslag.afgevallen] == [("C", "PRIJS_ONDER_ONDERGRENS")]
    assert [(p.aanbieder, p.totaal) for p in uitslag.rangorde] == [("B", "81.000"), ("A", "79.286")]


@pytest.mark.parametrize(
    ("minimum", "reden"),
    [
        pytest.param("20", None, id="precies het minimum is genoeg"),
        pytest.param("20.001", "ONDER_MINIMUM", id="net eronder valt af"),
    ],
)
def test_the_minimum_of_a_criterium_knocks_out(minimum: str, reden: str | None) -> None:
    aanbesteding = make_aanbesteding()
    aanbesteding["criteria"][0]["minimum"] = minimum
    uitslag = rank(aanbesteding)
    assert [uit.reden for uit in uitslag.afgevallen] == ([reden] if reden else [])
    assert uitslag.rangorde[0].punten["K"] in ("45.000", "41.000")


@pytest.mark.parametrize(
    ("minimum", "af"), [("10", []), ("10.01", ["C"]), ("70", ["C"]), ("70.5", ["A", "B", "C"])]
)
def test_the_minimum_in_total_knocks_out(minimum: str, af: list[str]) -> None:
    uitslag = rank(make_vast_tarief(minimum_totaal=minimum))
    assert [uit.aanbieder for uit in uitslag.afgevallen if uit.reden == "ONDER_MINIMUM_TOTAAL"] == af


def test_an_invalid_inschrijving_needs_no_scores_and_keeps_its_reason() -> None:
    aanbesteding = make_aanbesteding()
    aanbesteding["inschrijvingen"][2] = {"aanbieder": "C", "ongeldig": "Te laat ingediend."}
    uitslag = rank(aanbesteding)
    assert [(u.reden, u.tekst) for u in uitslag.afgevallen] == [("ONGELDIG", "Te laat ingediend.")]
    assert uitslag.rangorde[0].aanbieder == "B"


def test_subcriteria_add_up_to_their_head() -> None:
    aanbesteding = make_vast_tarief()
    schaal = {"min": "0", "max": "10"}
    aanbesteding["criteria"][0] = {
        "code": "K1",
        "soort": "kwaliteit",
        "gewicht": "70",
        "minimum": "7",
        "subcriteria": [
            {"code": "K1a", "gewicht": "50", "schaal": schaal, "minimum": "2"},
            {"code": "K1b", "gewicht": "20", "schaal": schaal},
        ],
    }
    for inschrijving, (a, b) in zip(
        aanbesteding["inschrijvingen"], [("7", "5"), ("2", "1"), ("1", "9")], strict=True
    ):
        inschrijving["scores"] = {"K1a": a, "K1b": b, "K2": "5"}
    uitslag = rank(aanbesteding)
    assert [(p.aanbieder, dict(p.punten)) for p in uitslag.rangorde] == [
        ("A", {"K1": "45.000", "K1a": "35.000", "K1b": "10.000", "K2": "15.000"}),
        ("B", {"K1": "12.000", "K1a": "10.000", "K1b": "2.000", "K2": "15.000"}),
    ]
    assert [uit.tekst for uit in uitslag.afgevallen] == ["K1a: 1 ligt onder het minimum 2."]


@pytest.mark.parametrize(
    ("moment", "volgorde", "totalen"),
    [
        pytest.param("weergave", [(1, "A"), (2, "B")], ["33.4", "33.4"], id="weergave: de breuk beslist"),
        pytest.param("eind", [(1, "A"), (1, "B")], ["33.4", "33.4"], id="eind: afgerond gelijk is gelijk"),
        pytest.param(
            "per_criterium", [(1, "B"), (2, "A")], ["33.4", "33.3"], id="per criterium: de som van afgeronde"
        ),
    ],
)
def test_rounding_counts_only_at_the_announced_moment(
    moment: str, volgorde: list[tuple[int, str]], totalen: list[str]
) -> None:
    schaal = {"min": "0", "max": "100"}
    aanbesteding = make_vast_tarief(
        criteria=[
            {"code": "K1", "soort": "kwaliteit", "gewicht": "50", "schaal": schaal},
            {"code": "K2", "soort": "kwaliteit", "gewicht": "50", "schaal": schaal},
        ],
        inschrijvingen=[
            {"aanbieder": "A", "scores": {"K1": "33.48", "K2": "33.28"}},  # 16.74 + 16.64 = 33.38
            {"aanbieder": "B", "scores": {"K1": "33.30", "K2": "33.42"}},  # 16.65 + 16.71 = 33.36
        ],
        afronding={"decimalen": 1, "moment": moment},
    )
    uitslag = rank(aanbesteding)
    assert list_volgorde(uitslag) == volgorde
    assert [plaats.totaal for plaats in uitslag.rangorde] == totalen
    assert any("Door afronding" in tekst for tekst in uitslag.waarschuwingen) == (moment != "weergave")


def test_hoogste_kwaliteit_compares_the_rounded_total_that_was_announced() -> None:
    aanbesteding = make_vast_tarief(
        gelijke_stand=["hoogste_kwaliteit"], afronding={"decimalen": 0, "moment": "eind"}
    )
    aanbesteding["inschrijvingen"][0]["scores"] = {"K1": "7.01", "K2": "7"}
    assert list_volgorde(rank(aanbesteding))[:2] == [(1, "A"), (1, "B")]


def test_geen_criteria_admits_everyone_who_qualifies() -> None:
    aanbesteding = make_aanbesteding(methode="geen_criteria", criteria=[], afronding=None, bij_uitval=None)
    aanbesteding["inschrijvingen"] = [
        {"aanbieder": "B"},
        {"aanbieder": "A"},
        {"aanbieder": "C", "ongeldig": "Geen AGB."},
    ]
    uitslag = rank(aanbesteding)
    assert [(p.rang, p.aanbieder, p.gegund, p.totaal) for p in uitslag.rangorde] == [
        (1, "A", True, "0"),
        (1, "B", True, "0"),
    ]
    assert [uit.aanbieder for uit in uitslag.afgevallen] == ["C"]


def test_an_abnormally_low_prijs_is_flagged_and_stays_in() -> None:
    uitslag = rank(make_aanbesteding(lage_prijs={"drempel": "30"}))
    assert [tekst for tekst in uitslag.waarschuwingen if "mediaan" in tekst] == [
        "De prijs van C (€\u00a040,00) ligt meer dan 30% onder de mediaan (€\u00a060,00); vraag eerst om uitleg."
    ]
    assert len(uitslag.rangorde) == 3


def test_precisely_the_threshold_is_not_abnormally_low() -> None:
    aanbesteding = make_aanbesteding(lage_prijs={"drempel": "50"})
    aanbesteding["inschrijvingen"][2]["prijs"] = "30"
    assert not rank(aanbesteding).waarschuwingen


def test_two_prices_have_no_median_to_stand_under() -> None:
    aanbesteding = make_aanbesteding(lage_prijs={"drempel": "30"})
    del aanbesteding["inschrijvingen"][0]
    assert rank(aanbesteding).waarschuwingen == (
        "De regel voor lage prijzen is niet toegepast: er zijn minder dan drie prijzen.",
    )


def test_equal_prices_under_min_max_all_get_the_maximum() -> None:
    aanbesteding = make_aanbesteding("min_max")
    for inschrijving in aanbesteding["inschrijvingen"]:
        inschrijving["prijs"] = "50"
    assert [plaats.punten["P"] for plaats in rank(aanbesteding).rangorde] == ["40.000"] * 3


@pytest.mark.parametrize(
    ("formule", "prijs", "woord"),
    [
        pytest.param("vaste_bandbreedte", "30", "onder de bodem", id="onder de bodem"),
        pytest.param("vaste_bandbreedte", "90", "boven het plafond", id="boven het plafond"),
        pytest.param("relatief_lineair", "80.01", "twee keer de laagste", id="meer dan twee keer de laagste"),
    ],
)
def test_a_prijs_outside_the_reach_is_reported(formule: str, prijs: str, woord: str) -> None:
    aanbesteding = make_aanbesteding(formule)
    aanbesteding["inschrijvingen"][0]["prijs"] = prijs
    uitslag = rank(aanbesteding)
    assert [woord in tekst for tekst in uitslag.waarschuwingen] == [True]
    assert uitslag.get_plaats("A").punten["P"] == ("40.000" if prijs == "30" else "0.000")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("formule", "prijs"),
    [("vaste_bandbreedte", "40"), ("vaste_bandbreedte", "80"), ("relatief_lineair", "80")],
)
def test_a_prijs_on_the_edge_of_the_reach_is_not_reported(formule: str, prijs: str) -> None:
    aanbesteding = make_aanbesteding(formule)
    aanbesteding["inschrijvingen"][0]["prijs"] = prijs
    assert not rank(aanbesteding).waarschuwingen


def test_a_prijs_outside_the_staffel_is_refused_for_every_bidder_concerned() -> None:
    aanbesteding = make_aanbesteding("staffel")
    aanbesteding["criteria"][1]["parameters"].pop()
    aanbesteding["inschrijvingen"][1]["prijs"] = "65"
    with pytest.raises(InvoerError) as fout:
        rank(aanbesteding)
    assert [tekst.split(":")[0] for tekst in fout.value.fouten] == ["inschrijving A", "inschrijving B"]


def test_a_staffel_may_also_stand_under_its_own_key() -> None:
    aanbesteding = make_aanbesteding("staffel")
    aanbesteding["criteria"][1]["parameters"] = {"staffel": aanbesteding["criteria"][1]["parameters"]}
    assert rank(aanbesteding) == rank(make_aanbesteding("staffel"))


def test_rangpunten_from_a_list_share_a_place_and_fall_back_on_overig() -> None:
    aanbesteding = make_aanbesteding("rangpunten")
    aanbesteding["criteria"][1]["parameters"] = {"punten": ["40", "20"], "overig": "5"}
    aanbesteding["inschrijvingen"][1]["prijs"] = "40"
    assert {p.aanbieder: p.punten["P"] for p in rank(aanbesteding).rangorde} == {
        "A": "5.000",
        "B": "40.000",
        "C": "40.000",
    }
    del aanbesteding["criteria"][1]["parameters"]["overig"]
    with pytest.raises(InvoerError, match="prijsplaats 3"):
        rank(aanbesteding)


def test_no_inschrijving_gives_an_empty_rangorde_and_says_so() -> None:
    uitslag = rank(make_aanbesteding(inschrijvingen=[]))
    assert uitslag.rangorde == ()
    assert uitslag.waarschuwingen == ("Er zijn geen inschrijvingen.",)


def test_all_invalid_gives_an_empty_rangorde_and_says_so() -> None:
    uitslag = rank(make_aanbesteding(ondergrens="100"))
    assert uitslag.rangorde == ()
    assert len(uitslag.afgevallen) == 3
    assert "geen rangorde" in uitslag.waarschuwingen[0]


def test_weights_without_effect_are_reported() -> None:
    aanbesteding = make_gunnen_op_waarde()
    aanbesteding["criteria"][0]["gewicht"] = "60"
    assert any("geen werking" in tekst for tekst in rank(aanbesteding).waarschuwingen)


def test_exact_is_the_unrounded_total() -> None:
    assert rank(make_aanbesteding()).rangorde[1].exact == Fraction(203, 3)


@pytest.mark.parametrize(
    ("prijs", "gemeld"),
    [
        pytest.param("32.50", [], id="precies de helft van 65"),
        pytest.param("32.49", ["32.49"], id="net eronder"),
    ],
)
def test_the_median_of_four_prices_lies_between_the_middle_two(prijs: str, gemeld: list[str]) -> None:
    aanbesteding = make_aanbesteding(lage_prijs={"drempel": "50"})
    aanbesteding["inschrijvingen"][2]["prijs"] = prijs
    aanbesteding["inschrijvingen"].append({"aanbieder": "D", "scores": {"K": "30"}, "prijs": "90"})
    teksten = rank(aanbesteding).waarschuwingen
    assert [
        p
        for p in gemeld
        if f"({show_bedrag(Fraction(p))}) ligt meer dan 50% onder de mediaan (€\u00a065,00)"
        in " ".join(teksten)
    ] == gemeld
    assert len(teksten) == len(gemeld)


def make_tarief(moment: str, scores: dict[str, tuple[str, str]], **anders: Any) -> dict[str, Any]:
    """A fixed tariff with two criteria of 70 and 30 points on a scale of a thousand, rounded to whole points."""
    schaal = {"min": "0", "max": "1000"}
    criteria = [
        {"code": code, "soort": "kwaliteit", "gewicht": gewicht, "schaal": schaal}
        for code, gewicht in (("K1", "70"), ("K2", "30"))
    ]
    bids = [{"aanbieder": naam, "scores": {"K1": een, "K2": twee}} for naam, (een, twee) in scores.items()]
    afronding = {"decimalen": 0, "moment": moment}
    return make_vast_tarief(criteria=criteria, inschrijvingen=bids, afronding=afronding, **anders)


def test_rounding_at_the_end_names_every_pair_that_it_makes_equal() -> None:
    """A 7.00, B 7.07 and D 7.14 all become 7; C 14 stays apart, and its name falls in between."""
    scores = {"A": ("100", "0"), "B": ("101", "0"), "C": ("200", "0"), "D": ("102", "0")}
    uitslag = rank(make_tarief("eind", scores))
    assert [w for w in uitslag.waarschuwingen if w.startswith("Door afronding")] == [
        f"Door afronding staan {paar} gelijk; onafgerond zijn de totalen verschillend."
        for paar in ("A en B", "A en D", "B en D")
    ]
    assert [(p.rang, p.aanbieder) for p in uitslag.rangorde] == [(1, "C"), (2, "A"), (2, "B"), (2, "D")]


def test_rounding_per_criterium_may_turn_a_pair_round_and_says_so() -> None:
    """A 7.42 + 3.42 = 10.84 counts as 7 + 3 = 10; B 7.49 + 2.49 = 9.98 as 7 + 2; C 6.51 + 3.51 = 10.02 as 7 + 4."""
    scores = {"A": ("106", "114"), "B": ("107", "83"), "C": ("93", "117")}
    uitslag = rank(make_tarief("per_criterium", scores))
    assert [(p.aanbieder, p.totaal) for p in uitslag.rangorde] == [("C", "11"), ("A", "10"), ("B", "9")]
    assert [w for w in uitslag.waarschuwingen if w.startswith("Door afronding")] == [
        "Door afronding is de volgorde van A en C anders dan onafgerond."
    ]
    assert [p.aanbieder for p in rank(make_tarief("weergave", scores)).rangorde] == ["A", "C", "B"]


def test_rounding_per_criterium_may_part_what_was_equal() -> None:
    """A 7.49 + 0 and B 3.745 + 3.745 hang on the same total; rounded per criterium it is 7 against 8."""
    uitslag = rank(make_tarief("per_criterium", {"A": ("107", "0"), "B": ("53", "126")}))
    exact = {p.aanbieder: p.exact for p in uitslag.rangorde}
    assert exact == {"A": Fraction("7.49"), "B": Fraction("7.49")}
    assert [(p.aanbieder, p.totaal) for p in uitslag.rangorde] == [("B", "8"), ("A", "7")]
    assert "Door afronding is de volgorde van A en B anders dan onafgerond." in uitslag.waarschuwingen


def test_for_display_only_ties_are_compared_unrounded() -> None:
    """Under `weergave` 7.07 points of K1 are more than 7.00, although both show as 7."""
    aanbesteding = make_tarief(
        "weergave", {"A": ("100", "7"), "B": ("103", "0")}, gelijke_stand=["hoogste:K1"], maximum_aanbieders=1
    )
    uitslag = rank(aanbesteding)
    assert [p.exact for p in uitslag.rangorde] == [Fraction("7.21")] * 2
    assert [(p.rang, p.aanbieder, p.punten["K1"]) for p in uitslag.rangorde] == [(1, "B", "7"), (2, "A", "7")]
