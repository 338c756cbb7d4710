"""Dividing percelen in the announced order, with a maximum per bidder and one provider per area."""

from typing import Any

import pytest

from aanbesteding.domain.rangorde import Uitslag, assign_percelen, parse_opdracht, rank_inschrijvingen
from aanbesteding.errors import InvoerError
from domain.rangorde.aanbestedingen import make_aanbesteding, make_vast_tarief


def rank(aanbesteding: dict[str, Any]) -> Uitslag:
    return rank_inschrijvingen(parse_opdracht(aanbesteding))


@pytest.fixture
def rangordes() -> dict[str, Uitslag]:
    """Perceel 1: A, B, C; perceel 2: B, C, A; each for one provider."""
    return {
        "1": rank(make_aanbesteding(maximum_aanbieders=1)),
        "2": rank(make_aanbesteding("vaste_bandbreedte", maximum_aanbieders=1)),
        "3": rank(make_aanbesteding("vaste_bandbreedte", maximum_aanbieders=1)),
    }


def list_verdeling(*args: Any) -> list[tuple[str, str]]:
    return [(deel.perceel, "".join(deel.aanbieders)) for deel in assign_percelen(*args).percelen]


def test_without_maximum_the_first_of_each_perceel_wins(rangordes: dict[str, Uitslag]) -> None:
    assert list_verdeling(rangordes, None, ["1", "2", "3"]) == [("1", "A"), ("2", "B"), ("3", "B")]


def test_the_announced_order_decides_who_is_full(rangordes: dict[str, Uitslag]) -> None:
    assert list_verdeling(rangordes, 1, ["1", "2", "3"]) == [("1", "A"), ("2", "B"), ("3", "C")]
    assert list_verdeling(rangordes, 1, ["3", "2", "1"]) == [("3", "B"), ("2", "C"), ("1", "A")]


def test_who_is_passed_over_is_told_why(rangordes: dict[str, Uitslag]) -> None:
    verdeling = assign_percelen(rangordes, 1, ["1", "2", "3"])
    assert verdeling.percelen[2].overgeslagen == (("B", "MAXIMUM_BEREIKT"),)


def test_a_perceel_stays_empty_when_everyone_is_full(rangordes: dict[str, Uitslag]) -> None:
    vier = rangordes | {"4": rangordes["1"]}
    assert list_verdeling(vier, 1, ["1", "2", "3", "4"])[-1] == ("4", "")


def test_an_area_has_one_aanbieder(rangordes: dict[str, Uitslag]) -> None:
    verdeling = assign_percelen(rangordes, None, ["1", "2", "3"], {"1": "noord", "2": "noord", "3": "zuid"})
    assert [deel.aanbieders for deel in verdeling.percelen] == [("A",), ("A",), ("B",)]
    assert verdeling.percelen[1].overgeslagen == (("B", "GEBIED_VERGEVEN"), ("C", "GEBIED_VERGEVEN"))


def test_without_cap_everyone_in_the_rangorde_gets_the_perceel() -> None:
    assert list_verdeling({"1": rank(make_aanbesteding())}, None, ["1"]) == [("1", "ABC")]


def test_equals_for_the_last_place_are_refused_with_their_names() -> None:
    """B and A are equal; the area leaves one place, so the cap of the perceel did not catch it."""
    rangordes = {"1": rank(make_vast_tarief())}
    with pytest.raises(InvoerError, match="perceel 1: A, B delen rang 1"):
        assign_percelen(rangordes, None, ["1"], {"1": "noord"})


def test_faults_in_the_announcement_come_at_once(rangordes: dict[str, Uitslag]) -> None:
    with pytest.raises(InvoerError) as fout:
        assign_percelen(rangordes, 0, ["1", "1", "9"], {"8": "noord"})
    assert len(fout.value.fouten) == 6


def test_a_perceel_nobody_can_have_leaves_its_area_open(rangordes: dict[str, Uitslag]) -> None:
    leeg = rank(make_aanbesteding(inschrijvingen=[]))
    verdeling = assign_percelen(
        rangordes | {"0": leeg}, None, ["0", "1", "2", "3"], {"0": "noord", "1": "noord"}
    )
    assert [deel.aanbieders for deel in verdeling.percelen] == [(), ("A",), ("B",), ("B",)]
