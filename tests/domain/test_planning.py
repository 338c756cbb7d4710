"""A planning from a start or an end, the check of a plan, and the calendar file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aanbesteding.domain.kalender import is_werkdag
from aanbesteding.domain.mijlpaal import PROCEDURES_MET_PLANNING, STAPPEN, list_stappen
from aanbesteding.domain.norm import Schoolvakantie, load_normen, load_schoolvakanties
from aanbesteding.domain.planning import (
    Planning,
    build_planning,
    check_planning,
)
from aanbesteding.domain.termijn import count_nvi, count_opschortende_termijn
from aanbesteding.errors import InvoerError, NormOntbreekt
from domain.dagentelling import is_vrij

NORMEN = load_normen()
DAG = timedelta(days=1)


def d(tekst: str) -> date:
    return date.fromisoformat(tekst)


def datums(planning: Planning) -> dict[str, date]:
    return {mijlpaal.code: mijlpaal.datum for mijlpaal in planning.mijlpalen}


def test_planning_openbaar_from_a_start_follows_every_term() -> None:
    op = datums(build_planning("openbaar", NORMEN, start=d("2026-03-02")))
    assert op["sluiting"] == d("2026-04-14")
    assert op["nvi"] == d("2026-04-02")
    assert op["einde_opschortende_termijn"] == d("2026-06-15")
    assert op["ondertekening"] > op["einde_opschortende_termijn"]
    assert set(op) == set(list_stappen("openbaar"))


def test_planning_niet_openbaar_knows_two_rounds() -> None:
    """Day 30 of the requests is Wed 1 April; day 35 of the tenders counts from the invitation."""
    op = datums(build_planning("niet_openbaar", NORMEN, start=d("2026-03-02"), duren={"selectie": 14}))
    assert op["sluiting_aanmelding"] == d("2026-04-02")
    assert op["uitnodiging"] == d("2026-04-16")
    assert op["sluiting"] == d("2026-05-22")
    assert op["uitnodiging"] < op["vragen"] < op["nvi"] < op["sluiting"]
    assert set(op) == set(list_stappen("niet_openbaar"))


def test_planning_open_house_has_no_standstill_and_no_award_notice() -> None:
    planning = build_planning("open_house", NORMEN, start=d("2026-03-02"), duren={"heroverweging": 20})
    op = datums(planning)
    assert op["ondertekening"] >= op["toelatingsbesluit"] + timedelta(days=20)
    assert {"gunningsbeslissing", "einde_opschortende_termijn", "aankondiging_gunning"}.isdisjoint(op)
    assert any("evenredig" in w for w in planning.waarschuwingen)


@pytest.mark.parametrize(
    ("procedure", "vreemd"),
    [
        ("openbaar", {"uitnodiging", "toelatingsbesluit"}),
        ("open_house", {"gunningsbeslissing"}),
        ("niet_openbaar", {"toelatingsbesluit"}),
    ],
)
def test_a_plan_may_name_only_the_steps_of_its_procedure(procedure: str, vreemd: set[str]) -> None:
    with pytest.raises(InvoerError) as gevangen:
        check_planning(procedure, dict.fromkeys(STAPPEN, d("2026-03-02")), NORMEN)
    assert all(any(f"'{code}' is onbekend" in fout for fout in gevangen.value.fouten) for code in vreemd)
    assert not vreemd & set(list_stappen(procedure))


@pytest.mark.parametrize("procedure", PROCEDURES_MET_PLANNING)
def test_planning_breaks_no_term_whatever_the_start_or_the_end(procedure: str) -> None:
    dag = date(2026, 1, 1)
    while dag < date(2027, 12, 31):
        for kant in ({"start": dag}, {"einde": dag}):
            planning = build_planning(procedure, NORMEN, **kant)
            assert check_planning(procedure, datums(planning), NORMEN) == (), (dag, kant)
            gepland = [
                m.datum for m in planning.mijlpalen if m.code not in ("ingang", "einde_opschortende_termijn")
            ]
            assert all(is_werkdag(datum) for datum in gepland), dag
        dag += timedelta(days=11)


def test_planning_from_an_end_meets_it_and_one_working_day_later_does_not() -> None:
    planning = build_planning("openbaar", NORMEN, einde=d("2027-01-01"))
    start = datums(planning)["aankondiging"]
    assert datums(planning)["ingang"] == d("2027-01-01")
    assert datums(build_planning("openbaar", NORMEN, start=start))["ingang"] <= d("2027-01-01")
    later = build_planning("openbaar", NORMEN, start=start + timedelta(days=3), einde=d("2027-01-01"))
    assert any("past niet" in w for w in later.waarschuwingen)
    assert min(m.speling or 0 for m in later.mijlpalen) < 0


def test_planning_between_start_and_end_gives_slack_per_step() -> None:
    planning = build_planning("openbaar", NORMEN, start=d("2026-03-02"), einde=d("2026-12-01"))
    assert all(m.speling is not None and m.speling > 60 for m in planning.mijlpalen)
    assert all(m.datum == m.vroegst for m in planning.mijlpalen)


def test_planning_takes_own_lengths_and_shows_them() -> None:
    kort = build_planning("sas", NORMEN, start=d("2026-03-02"), duren={"beoordeling": 7, "implementatie": 0})
    lang = build_planning("sas", NORMEN, start=d("2026-03-02"))
    assert datums(kort)["ingang"] < datums(lang)["ingang"]
    assert any("7 dagen" in m.uitleg for m in kort.mijlpalen)


def test_planning_warns_for_schoolvakantie_and_a_start_on_a_feestdag() -> None:
    vakantie = Schoolvakantie(
        "Proefvakantie", "noord", d("2026-04-10"), d("2026-04-20"), "verzonnen", "onbevestigd"
    )
    planning = build_planning("openbaar", NORMEN, start=d("2026-03-02"), vakanties=[vakantie])
    treffers = [w for w in planning.waarschuwingen if "proefvakantie" in w]
    assert (
        "In de inschrijftermijn vallen 2 feestdagen (Goede Vrijdag en Tweede Paasdag); overweeg verlenging."
        in (planning.waarschuwingen)
    )
    assert treffers == [
        "In de inschrijftermijn vallen 5 dagen proefvakantie (regio noord); overweeg verlenging.",
        "In de beoordeling vallen 7 dagen proefvakantie (regio noord); overweeg verlenging.",
    ]
    koningsdag = build_planning("openbaar", NORMEN, start=d("2026-04-27"))
    assert "Koningsdag" in koningsdag.waarschuwingen[0]
    assert datums(koningsdag)["aankondiging"] == d("2026-04-28")


def test_planning_with_the_packaged_schoolvakanties_names_the_summer() -> None:
    planning = build_planning("sas", NORMEN, start=d("2026-07-06"), vakanties=load_schoolvakanties())
    assert any("zomervakantie" in w for w in planning.waarschuwingen)


def test_planning_refuses_every_fault_at_once() -> None:
    with pytest.raises(InvoerError) as gevangen:
        build_planning("onderhands", NORMEN, duren={"koffie": 1, "beoordeling": -1})
    assert len(gevangen.value.fouten) == 4


def test_planning_before_the_law_is_an_error() -> None:
    with pytest.raises(NormOntbreekt):
        build_planning("openbaar", NORMEN, einde=d("2013-05-01"))


GOED_PLAN = {
    "aankondiging": d("2026-03-02"),
    "nvi": d("2026-04-02"),
    "sluiting": d("2026-04-14"),
    "gunningsbeslissing": d("2026-05-26"),
    "ondertekening": d("2026-06-16"),
    "aankondiging_gunning": d("2026-07-16"),
}


@pytest.mark.parametrize(
    ("procedure", "stap", "datum", "code", "ernst", "dagen"),
    [
        pytest.param(
            "openbaar", "sluiting", "2026-04-10", "inschrijftermijn_openbaar", "schending", 3, id="te kort"
        ),
        pytest.param(
            "openbaar", "sluiting", "2026-04-13", "inschrijftermijn_openbaar", "signaal", 1, id="laatste dag"
        ),
        pytest.param("openbaar", "nvi", "2026-04-06", "nvi", "schending", 3, id="nota te laat"),
        pytest.param(
            "openbaar", "nvi", "2026-04-04", "nvi", "signaal", 1, id="nota alleen in de ruimste lezing"
        ),
        pytest.param(
            "sas", "nvi", "2026-04-06", "nvi", "signaal", 3, id="nota te laat bij SAS is een signaal"
        ),
        pytest.param(
            "openbaar",
            "ondertekening",
            "2026-06-15",
            "opschortende_termijn",
            "schending",
            1,
            id="een dag te vroeg",
        ),
        pytest.param(
            "sas",
            "ondertekening",
            "2026-06-10",
            "opschortende_termijn",
            "schending",
            6,
            id="ook bij SAS te vroeg",
        ),
        pytest.param(
            "openbaar",
            "aankondiging_gunning",
            "2026-07-18",
            "aankondiging_gunning",
            "schending",
            2,
            id="te laat",
        ),
    ],
)
def test_check_planning_names_the_broken_term_and_the_days(
    procedure: str, stap: str, datum: str, code: str, ernst: str, dagen: int
) -> None:
    assert check_planning(procedure, GOED_PLAN, NORMEN) == ()
    schendingen = check_planning(procedure, GOED_PLAN | {stap: d(datum)}, NORMEN)
    gevonden = [s for s in schendingen if s.code == code]
    assert [(s.ernst, s.dagen) for s in gevonden] == [(ernst, dagen)]
    assert all(s.grondslag and s.tekst for s in gevonden)


@pytest.mark.parametrize("procedure", ["sas", "open_house"])
def test_check_planning_without_a_statutory_term_a_short_one_is_a_signal_only(procedure: str) -> None:
    plan = {"aankondiging": d("2026-03-02"), "sluiting": d("2026-03-16")}
    assert [(s.ernst, s.dagen) for s in check_planning(procedure, plan, NORMEN)] == [("signaal", 16)]
    assert check_planning(procedure, plan | {"sluiting": d("2026-04-01")}, NORMEN) == ()


@pytest.mark.parametrize(
    ("plan", "code", "ernst", "dagen"),
    [
        pytest.param(
            {"aankondiging": "2026-03-02", "sluiting_aanmelding": "2026-03-31"},
            "aanmeldtermijn_niet_openbaar",
            "schending",
            1,
            id="aanmelding een dag te kort",
        ),
        pytest.param(
            {"aankondiging": "2026-03-02", "sluiting_aanmelding": "2026-04-01"},
            "aanmeldtermijn_niet_openbaar",
            "signaal",
            1,
            id="aanmelding sluit op de laatste dag",
        ),
        pytest.param(
            {"uitnodiging": "2026-04-16", "sluiting": "2026-05-19"},
            "inschrijftermijn_niet_openbaar",
            "schending",
            2,
            id="inschrijving twee dagen te kort, vanaf de uitnodiging",
        ),
    ],
)
def test_check_planning_niet_openbaar_has_two_terms(
    plan: dict[str, str], code: str, ernst: str, dagen: int
) -> None:
    gevonden = check_planning("niet_openbaar", {stap: d(dag) for stap, dag in plan.items()}, NORMEN)
    assert [(s.code, s.ernst, s.dagen) for s in gevonden] == [(code, ernst, dagen)]
    assert ("1 dag " in gevonden[0].tekst or ernst == "signaal") is (dagen == 1)


def test_the_planning_of_an_open_procedure_agrees_with_a_slow_reference_on_a_thousand_starts() -> None:
    """Written from chapter 8 of the prose: count a day at a time, never with the code of the terms."""
    dag = date(2026, 1, 1)
    for _ in range(1000):
        op = datums(build_planning("openbaar", NORMEN, start=dag))
        begin = skip_vrij(dag)
        sluiting = skip_vrij(skip_vrij(step(begin, 40)) + DAG)
        besluit = skip_vrij(step(skip_vrij(step(sluiting, 28)), 14))
        opgeschort_tot = skip_vrij(step(besluit, 20))
        tekenen = skip_vrij(step(opgeschort_tot, 2))
        assert op["aankondiging"] == begin
        assert op["sluiting"] == sluiting
        assert op["gunningsbeslissing"] == besluit
        assert op["einde_opschortende_termijn"] == opgeschort_tot
        assert op["ondertekening"] == tekenen
        assert op["ingang"] == step(tekenen, 60)
        dag += DAG


def step(dag: date, aantal: int) -> date:
    for _ in range(aantal):
        dag += DAG
    return dag


def skip_vrij(dag: date) -> date:
    while is_vrij(dag):
        dag += DAG
    return dag


def test_check_planning_lists_all_breaches_and_a_wrong_order() -> None:
    plan = GOED_PLAN | {"sluiting": d("2026-04-10"), "ondertekening": d("2026-05-20")}
    codes = [s.code for s in check_planning("openbaar", plan, NORMEN)]
    assert codes == [
        "inschrijftermijn_openbaar",
        "nvi",
        "opschortende_termijn",
        "aankondiging_gunning",
        "volgorde",
    ]


def test_check_planning_skips_what_is_left_out_and_refuses_what_is_unknown() -> None:
    assert check_planning("openbaar", {}, NORMEN) == ()
    with pytest.raises(InvoerError) as gevangen:
        check_planning("onderhands", {"feestje": d("2026-03-02")}, NORMEN)
    assert len(gevangen.value.fouten) == 2


def test_check_planning_agrees_with_the_terms_on_the_first_good_day() -> None:
    for n in range(60):
        besluit = d("2026-03-02") + timedelta(days=n)
        vroegste = count_opschortende_termijn(besluit, NORMEN).vroegste_ondertekening
        assert vroegste is not None
        plan = {"gunningsbeslissing": besluit, "ondertekening": vroegste}
        assert check_planning("openbaar", plan, NORMEN) == ()
        plan["ondertekening"] = vroegste - timedelta(days=1)
        assert [s.dagen for s in check_planning("openbaar", plan, NORMEN)] == [1]
        nvi = count_nvi(besluit, NORMEN).uiterste_datum
        assert nvi is not None
        assert check_planning("openbaar", {"sluiting": besluit, "nvi": nvi}, NORMEN) == ()
