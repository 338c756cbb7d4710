"""A planning from a start or an end, the check of a plan, and the calendar file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from aanbesteding.domain.kalender import is_werkdag
from aanbesteding.domain.norm import Schoolvakantie, load_normen, load_schoolvakanties
from aanbesteding.domain.planning import (
    STAPPEN,
    Mijlpaal,
    Planning,
    build_planning,
    check_planning,
    render_icalendar,
)
from aanbesteding.domain.termijn import count_nvi, count_opschortende_termijn
from aanbesteding.errors import InvoerError, NormOntbreekt

NORMEN = load_normen()
STEMPEL = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


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
    assert set(op) == set(STAPPEN)


@pytest.mark.parametrize("procedure", ["openbaar", "sas"])
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
        build_planning("openbaar", NORMEN, einde=d("2016-08-01"))


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


def test_check_planning_sas_short_term_is_a_signal_only() -> None:
    plan = {"aankondiging": d("2026-03-02"), "sluiting": d("2026-03-16")}
    assert [(s.ernst, s.dagen) for s in check_planning("sas", plan, NORMEN)] == [("signaal", 16)]


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


def test_icalendar_is_deterministic_and_reads_as_written() -> None:
    mijlpaal = Mijlpaal(
        "sluiting", "Sluiting; laatste, dag", d("2026-04-14"), "vroegst", "regel 1\nregel 2 \\ einde"
    )
    tekst = render_icalendar([mijlpaal], kenmerk="proef-2026-1", tijdstempel=STEMPEL)
    assert tekst == render_icalendar([mijlpaal], kenmerk="proef-2026-1", tijdstempel=STEMPEL)
    assert tekst.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//aanbesteding//planning//NL",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:sluiting@proef-2026-1",
        "DTSTAMP:20260302T093000Z",
        "DTSTART;VALUE=DATE:20260414",
        "DTEND;VALUE=DATE:20260415",
        "SUMMARY:Sluiting\\; laatste\\, dag (vroegst)",
        "DESCRIPTION:regel 1\\nregel 2 \\\\ einde",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_icalendar_folds_at_75_octets_without_cutting_a_character() -> None:
    lang = "é€ë" * 100
    tekst = render_icalendar(
        [Mijlpaal("nvi", lang, d("2026-04-02"), "uiterst", lang)], kenmerk="proef", tijdstempel=STEMPEL
    )
    regels = tekst.split(b"\r\n")
    assert max(len(regel) for regel in regels) <= 75
    assert all(regel.decode() or True for regel in regels)
    assert f"SUMMARY:{lang} (uiterst)" in tekst.decode().replace("\r\n ", "")


def test_icalendar_refuses_a_stamp_without_tijdzone() -> None:
    with pytest.raises(InvoerError, match="tijdzone"):
        render_icalendar([], kenmerk="proef", tijdstempel=datetime(2026, 1, 1))  # noqa: DTZ001
