"""The holidays of Algemene termijnenwet art. 3, by table and against a second opinion."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from dateutil.easter import easter

from aanbesteding.domain.kalender import (
    datum_in_nederland,
    feestdagen,
    is_werkdag,
    list_feestdagen,
    reden_geen_werkdag,
    show_aantal,
    show_datum,
    show_opsomming,
    show_reden,
    volgende_werkdag,
    vorige_werkdag,
)
from aanbesteding.errors import InvoerError


def test_feestdagen_of_2026_are_exactly_those_of_the_act() -> None:
    assert feestdagen(2026) == {
        date(2026, 1, 1): "Nieuwjaarsdag",
        date(2026, 4, 3): "Goede Vrijdag",
        date(2026, 4, 6): "Tweede Paasdag",
        date(2026, 4, 27): "Koningsdag",
        date(2026, 5, 5): "Bevrijdingsdag",
        date(2026, 5, 14): "Hemelvaartsdag",
        date(2026, 5, 25): "Tweede Pinksterdag",
        date(2026, 12, 25): "Eerste Kerstdag",
        date(2026, 12, 26): "Tweede Kerstdag",
    }


@pytest.mark.parametrize(
    ("dag", "reden"),
    [
        pytest.param(
            date(2025, 4, 26), "zaterdag en Koningsdag", id="Koningsdag is de 26e als de 27e zondag is"
        ),
        pytest.param(date(2025, 4, 27), "zondag", id="de 27e is dan alleen zondag"),
        pytest.param(date(2014, 4, 26), "zaterdag en Koningsdag", id="de eerste Koningsdag viel op de 26e"),
        pytest.param(date(2013, 4, 30), "Koninginnedag", id="tot en met 2013 was het Koninginnedag"),
        pytest.param(date(2013, 4, 27), "zaterdag", id="27 april 2013 was nog geen feestdag"),
        pytest.param(date(2006, 4, 29), "zaterdag en Koninginnedag", id="Koninginnedag op de 29e bij zondag"),
        pytest.param(date(2026, 5, 5), "Bevrijdingsdag", id="5 mei telt ook buiten de lustrumjaren"),
        pytest.param(
            date(2016, 5, 5), "Bevrijdingsdag en Hemelvaartsdag", id="5 mei en Hemelvaart op een dag"
        ),
        pytest.param(date(2026, 4, 3), "Goede Vrijdag", id="Goede Vrijdag telt mee"),
        pytest.param(date(2026, 4, 5), "zondag", id="Eerste Paasdag is gewoon een zondag"),
        pytest.param(date(2026, 12, 24), None, id="de dag voor Kerstmis is een werkdag"),
        pytest.param(date(2026, 12, 31), None, id="oudejaarsdag is een werkdag"),
        pytest.param(date(2026, 5, 15), None, id="de vrijdag na Hemelvaart is een werkdag"),
    ],
)
def test_reden_geen_werkdag_names_the_reason(dag: date, reden: str | None) -> None:
    assert reden_geen_werkdag(dag) == reden
    assert is_werkdag(dag) is (reden is None)


def test_holidays_package_agrees_but_for_5_mei_outside_lustrum_years() -> None:
    """Known gap: the package lists 5 May as public only every fifth year; the act names it every year."""
    for jaar in range(2014, 2100):
        anderen = {dag for dag in holidays.country_holidays("NL", years=jaar) if dag.weekday() != 6}
        eigen = {dag for dag in feestdagen(jaar) if dag.weekday() != 6}
        samenval = feestdagen(jaar)[date(jaar, 5, 5)] != "Bevrijdingsdag"
        geen_gat = jaar % 5 == 0 or samenval or date(jaar, 5, 5).weekday() == 6
        assert eigen - anderen == (set() if geen_gat else {date(jaar, 5, 5)}), jaar
        assert anderen - eigen == set(), jaar


def test_volgende_and_vorige_werkdag_skip_a_long_weekend() -> None:
    assert volgende_werkdag(date(2027, 3, 25)) == date(2027, 3, 30)
    assert vorige_werkdag(date(2027, 3, 30)) == date(2027, 3, 25)


def test_volgende_werkdag_is_always_later_and_the_first() -> None:
    dag = date(2020, 1, 1)
    while dag < date(2036, 1, 1):
        volgende = volgende_werkdag(dag)
        tussen = [dag + timedelta(days=n) for n in range(1, (volgende - dag).days)]
        assert volgende > dag
        assert is_werkdag(volgende)
        assert not any(is_werkdag(d) for d in tussen)
        dag += timedelta(days=1)


@pytest.mark.parametrize("jaar", [0, 1979, 4100, -5])
def test_feestdagen_refuses_a_year_outside_the_calendar(jaar: int) -> None:
    with pytest.raises(InvoerError, match="1980 tot en met 4099"):
        feestdagen(jaar)


def test_feestdagen_hands_out_a_copy() -> None:
    feestdagen(2026).clear()
    assert len(feestdagen(2026)) == 9


@pytest.mark.parametrize(
    ("moment", "dag"),
    [
        pytest.param(datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2), id="zomertijd"),
        pytest.param(datetime(2026, 1, 1, 22, 59, tzinfo=UTC), date(2026, 1, 1), id="wintertijd net niet"),
        pytest.param(datetime(2026, 1, 1, 23, 0, tzinfo=UTC), date(2026, 1, 2), id="wintertijd"),
    ],
)
def test_datum_in_nederland_takes_the_dutch_date(moment: datetime, dag: date) -> None:
    assert datum_in_nederland(moment) == dag


def test_datum_in_nederland_refuses_a_moment_without_tijdzone() -> None:
    with pytest.raises(InvoerError, match="tijdzone"):
        datum_in_nederland(datetime(2026, 1, 1))  # noqa: DTZ001 - that is what is refused


def test_show_datum_is_dutch_on_every_machine() -> None:
    assert show_datum(date(2026, 4, 28)) == "dinsdag 28 april 2026"


def test_days_around_pasen_agree_with_another_method_for_every_year_of_the_calendar() -> None:
    for jaar in range(1980, 4100):
        pasen = easter(jaar)
        for verschil, naam in ((-2, "Goede Vrijdag"), (1, "Tweede Paasdag"), (50, "Tweede Pinksterdag")):
            assert naam in feestdagen(jaar)[pasen + timedelta(days=verschil)], jaar


@pytest.mark.parametrize(
    ("dag", "zin"),
    [
        (date(2026, 4, 27), "Maandag 27 april 2026 is geen werkdag (Koningsdag)"),
        (date(2026, 4, 26), "Zondag 26 april 2026 is geen werkdag"),
    ],
)
def test_show_reden_is_a_sentence(dag: date, zin: str) -> None:
    assert show_reden(dag) == zin


def test_list_feestdagen_counts_both_ends_and_crosses_the_year() -> None:
    assert list_feestdagen(date(2026, 12, 25), date(2027, 1, 1)) == [
        (date(2026, 12, 25), "Eerste Kerstdag"),
        (date(2026, 12, 26), "Tweede Kerstdag"),
        (date(2027, 1, 1), "Nieuwjaarsdag"),
    ]
    assert list_feestdagen(date(2026, 12, 27), date(2026, 12, 31)) == []


@pytest.mark.parametrize(
    ("delen", "zin"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c", "d"], "a, b, c en d")]
)
def test_show_opsomming_reads_as_a_sentence(delen: list[str], zin: str) -> None:
    assert show_opsomming(delen) == zin


def test_show_aantal_knows_one_from_more() -> None:
    assert [show_aantal(n, "dag", "dagen") for n in (0, 1, 2)] == ["0 dagen", "1 dag", "2 dagen"]
