"""The two regimes, forwards and backwards, in every unit: tables for the boundaries, a slow count for the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbesteding.domain.norm import load_normen
from aanbesteding.domain.telling import Eenheid, Regime, count_terug, count_vooruit, eerste_werkdag
from aanbesteding.domain.termijn import count_periode
from aanbesteding.errors import InvoerError, NormOntbreekt
from domain.dagentelling import is_vrij, traag

NORMEN = load_normen()
STELSELS = {"atw": Regime.ATW, "verordening": Regime.EU, "stukken": Regime.CONTRACT}
LENGTES = {"dagen": 120, "weken": 20, "maanden": 8, "jaren": 4}


def d(tekst: str) -> date:
    return date.fromisoformat(tekst)


@settings(max_examples=600, deadline=None)
@given(
    st.dates(date(2014, 1, 1), date(2060, 12, 31)),
    st.sampled_from(sorted(LENGTES)),
    st.sampled_from(sorted(STELSELS)),
    st.booleans(),
    st.data(),
)
def test_any_period_agrees_with_the_slow_count(
    start: date, eenheid: str, stelsel: str, terug: bool, data: st.DataObject
) -> None:
    aantal = data.draw(st.integers(1, LENGTES[eenheid]))
    termijn = count_periode(
        start, aantal, Eenheid(eenheid), STELSELS[stelsel], NORMEN, terug=terug, peildatum=d("2026-01-01")
    )
    assert termijn.einde_datum == traag(start, aantal, eenheid, stelsel, terug)
    assert termijn.eerste_dag == start + timedelta(days=-1 if terug else 1)


@pytest.mark.parametrize("stelsel", sorted(STELSELS))
def test_short_periods_agree_with_the_slow_count_on_every_day_of_2020_to_2035(stelsel: str) -> None:
    start = d("2020-01-01")
    while start <= d("2035-12-31"):
        for aantal in (1, 2, 3, 4):
            for terug, tel in ((False, count_vooruit), (True, count_terug)):
                telling = tel(
                    start,
                    aantal,
                    STELSELS[stelsel],
                    NORMEN,
                    start,
                    gebeurtenis="Proef",
                    grondslag="verzonnen",
                )
                assert telling.einde_datum == traag(start, aantal, "dagen", stelsel, terug), (start, aantal)
        start += timedelta(days=1)


@pytest.mark.parametrize(
    ("vanaf", "aantal", "eenheid", "stelsel", "einde"),
    [
        pytest.param(
            "2026-02-01", 12, "weken", "atw", "2026-04-28", id="12 weken tot zondag, dan Koningsdag"
        ),
        pytest.param(
            "2026-01-25", 13, "weken", "atw", "2026-04-26", id="13 weken valt erbuiten: zondag blijft"
        ),
        pytest.param("2026-01-26", 3, "maanden", "atw", "2026-04-28", id="3 maanden tot zondag schuift nog"),
        pytest.param("2025-12-26", 4, "maanden", "atw", "2026-04-26", id="4 maanden valt erbuiten"),
        pytest.param("2025-04-26", 1, "jaren", "atw", "2026-04-26", id="een jaar valt er altijd buiten"),
        pytest.param("2025-04-26", 1, "jaren", "verordening", "2026-04-28", id="de verordening schuift wel"),
        pytest.param("2025-04-26", 1, "jaren", "stukken", "2026-04-26", id="de stukken schuiven niet"),
        pytest.param(
            "2025-11-30", 3, "maanden", "verordening", "2026-03-02", id="28 februari is een zaterdag"
        ),
        pytest.param("2027-11-30", 3, "maanden", "atw", "2028-02-29", id="tot de schrikkeldag"),
        pytest.param("2028-02-29", 1, "jaren", "stukken", "2029-02-28", id="een jaar na de schrikkeldag"),
        pytest.param("2026-12-11", 20, "dagen", "atw", "2026-12-31", id="tot oudejaarsdag, een werkdag"),
        pytest.param(
            "2026-12-12", 20, "dagen", "atw", "2027-01-04", id="over Nieuwjaar en het weekeinde heen"
        ),
    ],
)
def test_a_period_ends_as_counted_by_hand(
    vanaf: str, aantal: int, eenheid: str, stelsel: str, einde: str
) -> None:
    termijn = count_periode(d(vanaf), aantal, Eenheid(eenheid), STELSELS[stelsel], NORMEN)
    assert termijn.einde_datum == d(einde)


@pytest.mark.parametrize(
    ("aantal", "eenheid", "stelsel", "zin"),
    [
        (
            91,
            "dagen",
            "atw",
            "Een termijn van 91 dagen valt buiten de Algemene termijnenwet en schuift niet op.",
        ),
        (
            1,
            "jaren",
            "atw",
            "Een termijn van 1 jaar valt buiten de Algemene termijnenwet en schuift niet op.",
        ),
        (3, "weken", "verordening", "De laatste dag van 3 weken is zondag 26 april 2026."),
        (1, "maanden", "stukken", "De laatste dag van 1 maand is dinsdag 5 mei 2026."),
        (20, "dagen", "stukken", "Dag 20 is zaterdag 25 april 2026."),
    ],
)
@pytest.mark.parametrize("terug", [False, True])
def test_the_explanation_says_the_length_and_the_exception(
    aantal: int, eenheid: str, stelsel: str, zin: str, terug: bool
) -> None:
    termijn = count_periode(d("2026-04-05"), aantal, Eenheid(eenheid), STELSELS[stelsel], NORMEN, terug=terug)
    zinnen = {stap.regel: stap.tekst for stap in termijn.uitleg}
    if "valt buiten" in zin:
        assert zinnen["uitzondering"] == zin
        assert [s.grondslag for s in termijn.uitleg if s.regel == "uitzondering"] == [
            "Algemene termijnenwet art. 4"
        ]
    elif not terug:
        assert zinnen["telling"] == zin
    else:
        assert zinnen["telling"].startswith("Teruggerekend is ")
        assert zinnen["dag_1"] == "Teruggerekend is dag 1 zaterdag 4 april 2026."
    assert ("uitzondering" in zinnen) is ("valt buiten" in zin)
    assert zinnen["startgebeurtenis"] == "Gebeurtenis: zondag 5 april 2026. Deze dag telt niet mee."


@settings(deadline=None)
@given(st.dates(date(2014, 1, 1), date(2060, 12, 31)), st.integers(1, 60), st.sampled_from(sorted(STELSELS)))
def test_a_longer_term_never_ends_earlier_and_a_backwards_one_never_moves_later(
    start: date, aantal: int, stelsel: str
) -> None:
    regime = STELSELS[stelsel]

    def einde(n: int, terug: bool = False) -> date:
        return count_periode(start, n, Eenheid.DAGEN, regime, NORMEN, terug=terug).einde_datum

    assert einde(aantal) <= einde(aantal + 1)
    assert einde(aantal) >= start + timedelta(days=aantal)
    assert einde(aantal, terug=True) <= start - timedelta(days=aantal)
    assert einde(aantal + 1, terug=True) <= einde(aantal, terug=True)


@pytest.mark.parametrize(
    ("aantal", "eenheid", "zin"),
    [
        (0, "dagen", "Een termijn van 0 dagen kan niet. Geef 1 tot en met 3650 dagen."),
        (3651, "dagen", "Een termijn van 3651 dagen kan niet. Geef 1 tot en met 3650 dagen."),
        (522, "weken", "Een termijn van 522 weken kan niet. Geef 1 tot en met 521 weken."),
        (122, "maanden", "Een termijn van 122 maanden kan niet. Geef 1 tot en met 121 maanden."),
        (11, "jaren", "Een termijn van 11 jaren kan niet. Geef 1 tot en met 10 jaren."),
    ],
)
@pytest.mark.parametrize("terug", [False, True])
def test_an_impossible_length_is_refused(aantal: int, eenheid: str, zin: str, terug: bool) -> None:
    with pytest.raises(InvoerError) as gevangen:
        count_periode(d("2026-04-07"), aantal, Eenheid(eenheid), Regime.CONTRACT, NORMEN, terug=terug)
    assert gevangen.value.fouten == (zin,)


def test_the_longest_lengths_are_counted() -> None:
    for aantal, eenheid in ((3650, "dagen"), (521, "weken"), (121, "maanden"), (10, "jaren")):
        count_periode(d("2026-04-07"), aantal, Eenheid(eenheid), Regime.CONTRACT, NORMEN)


def test_a_moment_is_refused_also_backwards() -> None:
    moment = datetime(2026, 4, 7, 23, 30, tzinfo=UTC)
    for tel in (count_vooruit, count_terug):
        with pytest.raises(TypeError, match="datum_in_nederland"):
            tel(moment, 10, Regime.ATW, NORMEN, moment, gebeurtenis="Proef", grondslag="verzonnen")


def test_the_norms_of_the_pinned_day_count() -> None:
    with pytest.raises(NormOntbreekt):
        count_periode(d("2026-04-07"), 20, Eenheid.DAGEN, Regime.ATW, NORMEN, peildatum=d("2012-12-31"))


def test_eerste_werkdag_is_the_day_itself_or_the_next_one() -> None:
    dag = d("2026-12-20")
    while dag < d("2027-01-10"):
        eerste = eerste_werkdag(dag)
        assert not is_vrij(eerste)
        assert eerste == dag or all(is_vrij(dag + timedelta(days=n)) for n in range((eerste - dag).days))
        dag += timedelta(days=1)
