"""A minimum that a bidder reaches alone, or with the members of its alliance together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.domain.feiten import Bijdrage, Eis, Minimum
from aanbesteding.domain.minimum import judge_minimum, show_minimum
from aanbesteding.fasen.beoordeling.toetsing import build_getoetst, check_eisen

EENHEID = "cliënten in de regio"


def make_minimum(*, gezamenlijk: bool = True) -> Minimum:
    return Minimum(aantal=24, eenheid=EENHEID, gezamenlijk=gezamenlijk)


def make_bijdragen(*aantallen: int) -> list[Bijdrage]:
    return [Bijdrage(eis="G2", lid=f"Lid {n}", aantal=a) for n, a in enumerate(aantallen, start=1)]


@pytest.mark.parametrize(
    ("aantallen", "gezamenlijk", "gehaald", "zegt"),
    [
        pytest.param((24,), True, True, "opgegeven zijn 24 cliënten", id="wie alleen 24 haalt, haalt het"),
        pytest.param((23,), True, False, "nodig zijn er ten minste 24", id="23 is te weinig"),
        pytest.param((15, 9), True, True, "samen 24 cliënten in de regio (Lid 1: 15, Lid 2: 9)", id="leden samen"),
        pytest.param((15, 8), True, False, "samen 23", id="leden samen te weinig"),
        pytest.param((15, 9), False, False, "leden tellen niet op", id="leden mogen niet optellen"),
        pytest.param((24, 1), False, True, "ten hoogste 24", id="een lid haalt het alleen"),
        pytest.param((), True, False, "niet opgegeven", id="zonder aantal is het niet gehaald"),
    ],
)  # fmt: skip
def test_het_minimum_wordt_samen_of_alleen_gehaald(
    aantallen: tuple[int, ...], gezamenlijk: bool, gehaald: bool, zegt: str
) -> None:
    uitkomst = judge_minimum(make_minimum(gezamenlijk=gezamenlijk), make_bijdragen(*aantallen))
    assert uitkomst.gehaald is gehaald
    assert zegt in uitkomst.tekst


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_samen_tellen_is_nooit_strenger_dan_alleen_en_de_volgorde_telt_niet(aantallen: list[int]) -> None:
    bijdragen = make_bijdragen(*aantallen)
    samen = judge_minimum(make_minimum(), bijdragen)
    assert samen.gehaald is (sum(aantallen) >= 24)
    assert judge_minimum(make_minimum(), bijdragen[::-1]).gehaald is samen.gehaald
    if judge_minimum(make_minimum(gezamenlijk=False), bijdragen).gehaald:
        assert samen.gehaald


def test_de_eis_zegt_of_leden_het_samen_mogen_halen() -> None:
    assert "mogen dit aantal samen halen" in show_minimum(make_minimum())
    assert "moet dit aantal alleen halen" in show_minimum(make_minimum(gezamenlijk=False))


def make_eis() -> Eis:
    return Eis(code="G2", soort="geschiktheid", tekst="Genoeg plaatsen.", bewijs="Opgave", toets="systeem",
               herstelbaar=False, bron="L73", minimum=make_minimum())  # fmt: skip


def test_een_ja_zonder_genoeg_clienten_is_geen_ja_en_de_reden_geeft_de_telling() -> None:
    toets = check_eisen([make_eis()], {"G2": "ja"}, make_bijdragen(12, 8))
    feit = build_getoetst("1", "I-001", toets)
    assert feit.uitkomst == "ongeldig"
    assert "samen 20 cliënten in de regio (Lid 1: 12, Lid 2: 8); nodig zijn er ten minste 24." in feit.reden


def test_een_gehaald_minimum_blijft_met_de_telling_in_het_dossier() -> None:
    toets = check_eisen([make_eis()], {"G2": "ja"}, make_bijdragen(12, 14))
    (uitkomst,) = build_getoetst("1", "I-001", toets).eisen
    assert uitkomst.uitkomst == "voldoet"
    assert "samen 26" in uitkomst.toelichting


def test_wie_nee_zegt_zakt_op_zijn_antwoord() -> None:
    toets = check_eisen([make_eis()], {"G2": "nee"}, make_bijdragen(30))
    assert toets.uitkomsten[0].toelichting == "het antwoord is nee"
