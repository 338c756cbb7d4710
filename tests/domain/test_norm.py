"""The dated rows of normen/: what the package carries, and every fault of a file at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from aanbesteding.domain.norm import (
    load_normen,
    load_schoolvakanties,
    parse_normen,
    parse_schoolvakanties,
)
from aanbesteding.errors import InvoerError, NormOntbreekt

GOED = """
[[norm]]
code = "proef"
waarde = 10
eenheid = "dagen"
geldig_vanaf = 2016-07-01
geldig_tot = 2020-12-31
grondslag = "verzonnen art. 1"
bron = "verzonnen"
zekerheid = "geverifieerd"
toelichting = "verzonnen"

[[norm]]
code = "proef"
waarde = 12
eenheid = "dagen"
geldig_vanaf = 2021-01-01
grondslag = "verzonnen art. 1"
bron = "verzonnen"
zekerheid = "onbevestigd"
"""


@pytest.mark.parametrize(
    ("code", "datum", "waarde"),
    [
        pytest.param("opschortende_termijn", date(2026, 4, 7), 20, id="opschortende termijn is 20 dagen"),
        pytest.param("inschrijftermijn_openbaar", date(2026, 3, 2), 45, id="openbaar is 45 dagen"),
        pytest.param("korting_elektronisch", date(2026, 3, 2), 5, id="elektronisch scheelt 5 dagen"),
        pytest.param("aanmeldtermijn_niet_openbaar", date(2026, 3, 2), 30, id="aanmelden is 30 dagen"),
        pytest.param("inschrijftermijn_niet_openbaar", date(2026, 3, 2), 40, id="niet-openbaar is 40 dagen"),
        pytest.param("nvi", date(2016, 6, 30), 6, id="nota van inlichtingen was 6 dagen tot juli 2016"),
        pytest.param("nvi", date(2016, 7, 1), 10, id="nota van inlichtingen is 10 dagen sinds juli 2016"),
        pytest.param("nvi_versneld", date(2026, 1, 1), 4, id="versneld is 4 dagen"),
        pytest.param("nvi_versneld", date(2016, 6, 30), 4, id="versneld was ook 4 dagen"),
        pytest.param("inschrijftermijn_openbaar", date(2016, 6, 30), 45, id="openbaar was ook 45 dagen"),
        pytest.param("aanmeldtermijn_niet_openbaar", date(2015, 6, 1), 30, id="aanmelden was ook 30 dagen"),
        pytest.param("inschrijftermijn_niet_openbaar", date(2015, 6, 1), 40, id="niet-openbaar was 40 dagen"),
        pytest.param("korting_documenten_vrij", date(2016, 6, 30), 5, id="vrije stukken scheelden 5 dagen"),
        pytest.param("korting_documenten_vrij", date(2016, 7, 1), 0, id="vrije stukken schelen niets meer"),
        pytest.param("korting_elektronisch", date(2016, 6, 30), 0, id="elektronisch scheelde niets"),
        pytest.param("toeslag_documenten_niet_vrij", date(2016, 6, 30), 0, id="er was geen toeslag"),
        pytest.param("drempel_b_diensten", date(2013, 4, 1), 200000, id="B-diensten 2013"),
        pytest.param("drempel_b_diensten", date(2015, 6, 1), 207000, id="B-diensten 2015"),
        pytest.param("drempel_b_diensten", date(2016, 1, 1), 209000, id="B-diensten eerste helft 2016"),
        pytest.param("drempel_werken", date(2015, 6, 1), 5186000, id="werken 2015"),
        pytest.param("klein_perceel_diensten", date(2015, 6, 1), 80000, id="klein perceel ook in 2015"),
        pytest.param("terugkijk_facultatieve_uitsluiting", date(2015, 6, 1), 4, id="vier jaar terugkijken"),
        pytest.param("raamovereenkomst_looptijd", date(2015, 6, 1), 4, id="raamovereenkomst vier jaar"),
        pytest.param("aankondiging_gunning", date(2016, 6, 30), 48, id="aankondiging gunning was 48 dagen"),
        pytest.param("aankondiging_gunning", date(2016, 7, 1), 30, id="aankondiging gunning is 30 dagen"),
        pytest.param("drempel_leveringen_diensten_decentraal", date(2025, 12, 31), 221000, id="drempel 2025"),
        pytest.param("drempel_leveringen_diensten_decentraal", date(2026, 1, 1), 216000, id="drempel 2026"),
        pytest.param("drempel_sas", date(2025, 12, 31), 750000, id="SAS-drempel 2025 is 750 000"),
        pytest.param("drempel_sas", date(2026, 1, 1), 750000, id="SAS-drempel 2026 blijft 750 000"),
        pytest.param("drempel_werken", date(2026, 1, 1), 5404000, id="werken 2026"),
        pytest.param("drempel_concessies", date(2024, 1, 1), 5538000, id="concessies 2024"),
        pytest.param("bewaren_dossier", date(2026, 1, 1), 3, id="dossier 3 jaar bewaren"),
    ],
)
def test_norm_of_the_law_on_a_date(code: str, datum: date, waarde: int) -> None:
    assert load_normen().op(code, datum).waarde == waarde


@pytest.mark.parametrize(
    ("code", "datum"),
    [
        pytest.param("bestaat_niet", date(2026, 1, 1), id="onbekende code"),
        pytest.param("drempel_werken", date(2028, 1, 1), id="drempel van een periode die nog niet bekend is"),
        pytest.param("drempel_werken", date(2023, 12, 31), id="drempel van voor de eerste rij"),
        pytest.param("inschrijftermijn_openbaar", date(2013, 3, 31), id="termijn van voor de wet van 2012"),
        pytest.param("drempel_sas", date(2016, 6, 30), id="SAS bestond nog niet"),
        pytest.param("drempel_b_diensten", date(2016, 7, 1), id="B-diensten bestaan niet meer"),
    ],
)
def test_norm_without_a_row_is_an_error_and_never_a_guess(code: str, datum: date) -> None:
    with pytest.raises(NormOntbreekt, match=code):
        load_normen().op(code, datum)


def test_normen_that_the_facts_mark_as_unverified_are_onbevestigd() -> None:
    normen, dag = load_normen(), date(2026, 6, 1)
    for code in ("aankondiging_gunning", "richttermijn_sas", "bewaren_archief", "bibob_advies"):
        assert normen.op(code, dag).zekerheid == "onbevestigd"
    for code in ("opschortende_termijn", "nvi", "drempel_sas", "inschrijftermijn_openbaar"):
        assert normen.op(code, dag).zekerheid == "geverifieerd"


@pytest.mark.parametrize(
    ("wet", "aantal", "dag"), [("wmo", 6, date(2017, 6, 1)), ("jeugd", 4, date(2024, 7, 1))]
)
def test_kostenelementen_are_as_many_as_the_norm_says(wet: str, aantal: int, dag: date) -> None:
    normen = load_normen()
    assert normen.op(f"kostenelementen_{wet}", dag).waarde == aantal
    assert len(normen.lijst(f"kostenelement_{wet}_", dag)) == aantal


def test_every_norm_has_a_basis_and_a_source() -> None:
    for rij in load_normen().alle():
        assert rij.grondslag
        assert rij.bron
        assert rij.toelichting


def test_bedragen_are_decimals_and_lengths_are_whole_numbers() -> None:
    for rij in load_normen().alle():
        if rij.eenheid in ("euro", "procent"):
            assert isinstance(rij.waarde, Decimal)
        elif rij.eenheid == "tekst":
            assert isinstance(rij.waarde, str)
        else:
            assert isinstance(rij.waarde, int)


def test_getal_and_bedrag_refuse_another_kind_of_value() -> None:
    normen, dag = load_normen(), date(2026, 1, 1)
    assert normen.op("drempel_sas", dag).bedrag == Decimal(750000)
    with pytest.raises(NormOntbreekt, match="geen geheel getal"):
        _ = normen.op("drempel_sas", dag).getal
    with pytest.raises(NormOntbreekt, match="geen bedrag"):
        _ = normen.op("kostenelement_wmo_a", dag).bedrag


@pytest.mark.parametrize(
    ("datum", "waarde"),
    [
        pytest.param(date(2020, 12, 31), 10, id="de laatste dag van een rij telt mee"),
        pytest.param(date(2021, 1, 1), 12, id="de eerste dag van de volgende rij"),
        pytest.param(date(2099, 1, 1), 12, id="een rij zonder einde blijft gelden"),
        pytest.param(date(2016, 7, 1), 10, id="de eerste dag van een rij telt mee"),
    ],
)
def test_parse_normen_keeps_the_borders_of_a_period(datum: date, waarde: int) -> None:
    assert parse_normen({"proef.toml": GOED}).op("proef", datum).waarde == waarde


@pytest.mark.parametrize(
    ("oud", "nieuw", "fout"),
    [
        pytest.param("waarde = 10", "waarde = 1.5", "kommagetal", id="een kommagetal"),
        pytest.param("waarde = 10", "waarde = true", "geen getal", id="een ja-nee-waarde"),
        pytest.param("waarde = 10", "waarde = -1", "geen getal", id="een negatief getal"),
        pytest.param("waarde = 10", 'waarde = "tien"', "geen getal", id="een woord bij dagen"),
        pytest.param('eenheid = "dagen"', 'eenheid = "uurtjes"', "eenheid", id="een onbekende eenheid"),
        pytest.param(
            "geldig_tot = 2020-12-31", "geldig_tot = 2015-01-01", "ligt voor", id="einde voor begin"
        ),
        pytest.param("geldig_tot = 2020-12-31", "geldig_tot = 2021-01-01", "overlapt", id="rijen overlappen"),
        pytest.param("geldig_tot = 2020-12-31", "", "overlapt", id="een oude rij zonder einde"),
        pytest.param(
            "geldig_vanaf = 2016-07-01", 'geldig_vanaf = "2016"', "geen datum", id="datum als tekst"
        ),
        pytest.param("geldig_vanaf = 2016-07-01", "", "ontbreekt", id="een veld ontbreekt"),
        pytest.param('bron = "verzonnen"', 'bron = " "', "leeg", id="een lege bron"),
        pytest.param(
            'zekerheid = "geverifieerd"', 'zekerheid = "vast"', "zekerheid", id="onbekende zekerheid"
        ),
        pytest.param('toelichting = "verzonnen"', 'opmerking = "x"', "onbekend veld", id="een onbekend veld"),
        pytest.param('code = "proef"', 'code = "Proef 1"', "kleine letters", id="een code met hoofdletter"),
        pytest.param("[[norm]]", "[[normen]]", "onbekende sleutel", id="een verkeerde tabelnaam"),
        pytest.param('code = "proef"', "code = proef", "geldig TOML", id="geen TOML"),
    ],
)
def test_parse_normen_refuses(oud: str, nieuw: str, fout: str) -> None:
    with pytest.raises(InvoerError, match=fout) as gevangen:
        parse_normen({"proef.toml": GOED.replace(oud, nieuw)})
    assert "roef" in str(gevangen.value)


@pytest.mark.parametrize("tekst", ["norm = 3", "norm = [1, 2]", 'norm = "x"'])
def test_parse_normen_refuses_another_shape(tekst: str) -> None:
    with pytest.raises(InvoerError, match="Schrijf"):
        parse_normen({"a.toml": tekst})


def test_parse_schoolvakanties_refuses_another_shape() -> None:
    with pytest.raises(InvoerError, match="Schrijf"):
        parse_schoolvakanties({"a.toml": "vakantie = 3"})


def test_parse_normen_reports_every_fault_of_every_file_at_once() -> None:
    stuk = GOED.replace("waarde = 10", "waarde = 1.5").replace('bron = "verzonnen"', 'bron = ""')
    with pytest.raises(InvoerError) as gevangen:
        parse_normen({"a.toml": stuk, "b.toml": "x = 1", "c.toml": "kapot"})
    assert len(gevangen.value.fouten) == 5


def test_parse_normen_takes_an_amount_as_whole_number_or_text() -> None:
    tekst = GOED.replace('eenheid = "dagen"', 'eenheid = "procent"').replace("waarde = 10", 'waarde = "2.50"')
    assert parse_normen({"a.toml": tekst}).op("proef", date(2017, 1, 1)).waarde == Decimal("2.50")
    with pytest.raises(InvoerError, match="geen getal"):
        parse_normen({"a.toml": tekst.replace("2.50", "NaN")})


def test_schoolvakanties_are_planning_data_and_onbevestigd() -> None:
    vakanties = load_schoolvakanties()
    assert {v.zekerheid for v in vakanties} == {"onbevestigd"}
    assert {v.regio for v in vakanties} == {"noord", "midden", "zuid", "alle"}
    assert all(v.van <= v.tot for v in vakanties)


def test_parse_schoolvakanties_refuses_every_fault_at_once() -> None:
    tekst = """
[[vakantie]]
naam = "Zomer"
regio = "oost"
van = 2026-07-10
tot = 2026-07-01
bron = "verzonnen"
zekerheid = "onbevestigd"
"""
    with pytest.raises(InvoerError) as gevangen:
        parse_schoolvakanties({"v.toml": tekst})
    assert len(gevangen.value.fouten) == 2


def test_a_number_that_binds_nobody_is_onbevestigd_and_says_what_was_looked_for() -> None:
    normen, dag = load_normen(), date(2015, 6, 1)
    for code in ("richttermijn_sas", "richttermijn_open_house"):
        norm = normen.op(code, dag)
        assert norm.zekerheid == "onbevestigd"
        assert "AW15" in norm.bron
