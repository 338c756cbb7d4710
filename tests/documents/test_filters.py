"""The house way to write values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.documents.filters import FILTERS, FilterError

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("filternaam", "waarde", "argumenten", "verwacht"),
    [
        pytest.param("datum", date(2026, 4, 14), (), "14 april 2026", id="datum voluit"),
        pytest.param(
            "datum",
            datetime(2026, 4, 13, 22, 30, tzinfo=UTC),
            (),
            "14 april 2026",
            id="UTC-avond is hier al morgen",
        ),
        pytest.param("datum_kort", date(2026, 4, 1), (), "01-04-2026", id="datum in cijfers"),
        pytest.param(
            "datumtijd",
            datetime(2026, 4, 14, 10, 0, tzinfo=UTC),
            (),
            "dinsdag 14 april 2026 om 12.00 uur",
            id="zomertijd",
        ),
        pytest.param(
            "datumtijd",
            datetime(2026, 1, 5, 8, 5, tzinfo=UTC),
            (),
            "maandag 5 januari 2026 om 9.05 uur",
            id="wintertijd",
        ),
        pytest.param("euro", Decimal("1234.56"), (), f"€{NBSP}1.234,56", id="bedrag met centen"),
        pytest.param("euro", 5, (), f"€{NBSP}5,00", id="heel bedrag houdt centen"),
        pytest.param(
            "euro", Decimal("1234.50"), (0,), f"€{NBSP}1.235", id="hele euro's ronden af naar boven"
        ),
        pytest.param("euro", Decimal("0.8651"), (4,), f"€{NBSP}0,8651", id="minuuttarief met vier decimalen"),
        pytest.param("euro", Decimal("-3"), (), f"€{NBSP}-3,00", id="negatief bedrag"),
        pytest.param("getal", Decimal("7.50"), (), "7,5", id="getal zonder nullen achteraan"),
        pytest.param("getal", Decimal("7.5"), (2, True), "7,50", id="vast aantal decimalen"),
        pytest.param("getal", Fraction(1, 3), (2,), "0,33", id="breuk afgerond"),
        pytest.param("getal", 1234567, (), "1.234.567", id="punten per duizend"),
        pytest.param("getal", 0, (2,), "0", id="nul"),
        pytest.param("procent", Decimal("33.333"), (1,), "33,3%", id="percentage"),
        pytest.param("opsomming", ["A", "B", "C"], (), "A, B en C", id="drie namen"),
        pytest.param("opsomming", ("A",), (), "A", id="één naam"),
        pytest.param("opsomming", ["A", "B"], ("of",), "A of B", id="ander voegwoord"),
        pytest.param("ja_nee", False, (), "nee", id="nee"),
        pytest.param("aantal", 1, ("inschrijving", "inschrijvingen"), "1 inschrijving", id="enkelvoud"),
        pytest.param(
            "aantal", 0, ("inschrijving", "inschrijvingen"), "0 inschrijvingen", id="nul is meervoud"
        ),
    ],
)
def test_filter_writes(
    filternaam: str, waarde: object, argumenten: tuple[object, ...], verwacht: str
) -> None:
    assert FILTERS[filternaam](waarde, *argumenten) == verwacht


@pytest.mark.parametrize(
    ("filternaam", "waarde", "argumenten"),
    [
        pytest.param("datum", "14 april", (), id="tekst is geen datum"),
        pytest.param("datum", datetime(2026, 4, 14), (), id="tijdstip zonder tijdzone"),  # noqa: DTZ001
        pytest.param("datumtijd", date(2026, 4, 14), (), id="datum zonder tijd"),
        pytest.param("euro", 1.5, (), id="zwevende komma is geen bedrag"),
        pytest.param("euro", True, (), id="waarheid is geen bedrag"),
        pytest.param("euro", Decimal("0.865"), (), id="meer dan twee decimalen wordt niet stil afgerond"),
        pytest.param("euro", Decimal("NaN"), (), id="geen getal"),
        pytest.param("getal", Fraction(1, 3), (), id="oneindige breuk zonder decimalen"),
        pytest.param("opsomming", [], (), id="lege lijst"),
        pytest.param("opsomming", "ABC", (), id="tekst is geen lijst"),
        pytest.param("opsomming", [date(2026, 1, 1)], (), id="lijst van datums"),
        pytest.param("ja_nee", 1, (), id="een is geen ja"),
        pytest.param("aantal", Decimal(1), ("a", "b"), id="aantal moet heel zijn"),
    ],
)
def test_filter_refuses(filternaam: str, waarde: object, argumenten: tuple[object, ...]) -> None:
    with pytest.raises(FilterError, match=f"'{filternaam}'"):
        FILTERS[filternaam](waarde, *argumenten)


def test_names_of_months_and_days_are_those_of_babel() -> None:
    from babel.dates import get_day_names, get_month_names

    assert [FILTERS["datum"](date(2026, m, 1)).split()[1] for m in range(1, 13)] == [
        get_month_names("wide", locale="nl")[m] for m in range(1, 13)
    ]
    week = [FILTERS["datumtijd"](datetime(2026, 6, d, 12, tzinfo=UTC)).split()[0] for d in range(1, 8)]
    assert week == [get_day_names("wide", locale="nl")[d] for d in range(7)]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_cents_are_written_as_any_other_exact_number(waarde: Decimal) -> None:
    breuk = Fraction(waarde)
    assert FILTERS["getal"](waarde, 2) == FILTERS["getal"](breuk, 2)
    assert FILTERS["getal"](waarde, 2, True) == FILTERS["getal"](breuk, 2, True)
    assert FILTERS["euro"](waarde) == FILTERS["euro"](breuk)
