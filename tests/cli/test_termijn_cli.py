"""The command line of the terms: exact options, JSON keys, Dutch faults with exit code 2, quick to load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from aanbesteding.cli.termijn import app
from aanbesteding.procedures import PROCEDURES
from domain.rangorde.aanbestedingen import make_aanbesteding

RUNNER = CliRunner()


def run_json(*opties: str) -> dict[str, Any]:
    uitkomst = RUNNER.invoke(app, [*opties, "--json"])
    assert uitkomst.exit_code == 0, uitkomst.output
    inhoud: dict[str, Any] = json.loads(uitkomst.stdout)
    return inhoud


def test_opschortend_as_json() -> None:
    uit = run_json("opschortend", "--verzonden", "2026-04-07")
    assert uit["eerste_dag"] == "2026-04-08"
    assert uit["einde_datum"] == "2026-04-28"
    assert uit["einde"] == "2026-04-28T23:59:59+02:00"
    assert uit["vroegste_ondertekening"] == "2026-04-29"
    assert set(uit["uitleg"][0]) == {"regel", "grondslag", "datum", "tekst"}


@pytest.mark.parametrize(
    ("moment", "eerste_dag"),
    [
        pytest.param("2026-04-07T21:59:59Z", "2026-04-08", id="een seconde voor middernacht in Nederland"),
        pytest.param("2026-04-07T22:00:00+00:00", "2026-04-09", id="middernacht in Nederland"),
        pytest.param("2026-04-07T23:30:00Z", "2026-04-09", id="half twaalf UTC is hier de volgende dag"),
        pytest.param("2026-12-07T23:30:00+01:00", "2026-12-08", id="half twaalf wintertijd is dezelfde dag"),
        pytest.param("2026-12-31T23:30:00Z", "2027-01-02", id="over de jaargrens"),
        pytest.param("2026-04-07 23:30:00-10:00", "2026-04-09", id="een verre tijdzone"),
    ],
)
def test_a_moment_counts_as_the_dutch_calendar_day(moment: str, eerste_dag: str) -> None:
    assert run_json("opschortend", "--verzonden", moment)["eerste_dag"] == eerste_dag


@pytest.mark.parametrize(
    ("opties", "verwacht"),
    [
        pytest.param(
            ["vervaltermijn", "--verzonden", "2020-10-12", "--dagen", "20"],
            {"einde_datum": "2020-11-02", "vroegste_ondertekening": "2020-11-03"},
            id="vervaltermijn gelijk met de opschortende",
        ),
        pytest.param(
            ["vervaltermijn", "--verzonden", "2020-10-12", "--dagen", "20", "--strikt"],
            {"einde_datum": "2020-11-01", "ruimste_lezing": "2020-11-02"},
            id="vervaltermijn strikt, de Haagse zaak",
        ),
        pytest.param(
            ["aankondiging-gunning", "--gegund", "2026-06-16"],
            {"uiterste_datum": "2026-07-16", "einde": "2026-07-16T23:59:59+02:00"},
            id="aankondiging van de gunning",
        ),
        pytest.param(
            ["aankondiging-gunning", "--gegund", "2026-06-16", "--per-kwartaal"],
            {"uiterste_datum": "2026-07-30"},
            id="gebundeld per kwartaal",
        ),
        pytest.param(
            ["aankondiging-gunning", "--gegund", "2016-08-01", "--peildatum", "2016-06-01"],
            {"uiterste_datum": "2016-09-19"},
            id="het recht van voor juli 2016 als dat is vastgezet: 48 dagen",
        ),
        pytest.param(
            ["gestanddoening", "--sluiting", "2026-04-14", "--dagen", "90"],
            {"einde_datum": "2026-07-13"},
            id="gestanddoening",
        ),
        pytest.param(
            ["bewaren", "--gegund", "2026-05-02", "--einde-overeenkomst", "2030-12-31"],
            {"einde_datum": "2037-12-31"},
            id="bewaren",
        ),
        pytest.param(
            ["bewijsmiddel", "--soort", "gva", "--datum", "2024-04-13", "--ingediend", "2026-04-14"],
            {"voldoet": False, "oudste_datum": "2024-04-14"},
            id="bewijsmiddel",
        ),
        pytest.param(
            ["tellen", "--vanaf", "2026-02-01", "--aantal", "12", "--eenheid", "weken"],
            {"einde_datum": "2026-04-28"},
            id="12 weken onder de Termijnenwet",
        ),
        pytest.param(
            ["tellen", "--vanaf", "2026-05-15", "--aantal", "10", "--terug"],
            {"einde_datum": "2026-05-05"},
            id="terugrekenen",
        ),
        pytest.param(
            ["inschrijving", "--procedure", "niet-openbaar-inschrijving", "--verzonden", "2026-03-02"],
            {"einde_datum": "2026-04-07"},
            id="niet-openbaar met streepjes: dag 35 is Tweede Paasdag",
        ),
    ],
)
def test_every_term_can_be_asked(opties: list[str], verwacht: dict[str, object]) -> None:
    uit = run_json(*opties)
    assert {sleutel: uit[sleutel] for sleutel in verwacht} == verwacht
    for stap in uit.get("uitleg", []):
        assert set(stap) == {"regel", "grondslag", "datum", "tekst"}
        assert all(stap.values())
    mens = RUNNER.invoke(app, opties)
    assert mens.exit_code == 0
    assert "[" in mens.stdout or "Laatste dag" in mens.stdout


@pytest.mark.parametrize("procedure", sorted({p.regime.inschrijftermijn for p in PROCEDURES}))
def test_every_procedure_of_the_package_has_a_term_and_a_planning(procedure: str) -> None:
    assert run_json("inschrijving", "--procedure", procedure, "--verzonden", "2026-03-02")["einde_datum"]
    assert run_json("planning", "--procedure", procedure, "--start", "2026-03-02")["mijlpalen"]


def test_planning_takes_own_durations() -> None:
    basis = ["planning", "--procedure", "sas", "--start", "2026-03-02"]
    kort = run_json(*basis, "--duur", "beoordeling=7", "--duur", "implementatie=0")
    assert kort["mijlpalen"][-1]["datum"] < run_json(*basis)["mijlpalen"][-1]["datum"]


def test_two_plannings_have_different_events_in_one_agenda(tmp_path: Path) -> None:
    uids: set[str] = set()
    for procedure in ("sas", "openbaar"):
        pad = tmp_path / f"{procedure}.ics"
        run_json("planning", "--procedure", procedure, "--start", "2026-03-02", "--ics", str(pad))
        uids |= {r for r in pad.read_text(encoding="utf-8").splitlines() if r.startswith("UID:")}
    assert len(uids) == 20


@pytest.mark.parametrize(
    ("opties", "einde"),
    [
        pytest.param([], "2026-04-13", id="elektronisch en vrije stukken"),
        pytest.param(["--niet-elektronisch"], "2026-04-16", id="niet elektronisch"),
        pytest.param(["--documenten-niet-vrij"], "2026-04-16", id="stukken niet vrij"),
        pytest.param(["--niet-elektronisch", "--documenten-niet-vrij"], "2026-04-21", id="beide"),
    ],
)
def test_inschrijving_as_json(opties: list[str], einde: str) -> None:
    uit = run_json("inschrijving", "--procedure", "openbaar", "--verzonden", "2026-03-02", *opties)
    assert uit["einde_datum"] == einde


def test_inschrijving_sas_warns() -> None:
    uitkomst = RUNNER.invoke(app, ["inschrijving", "--procedure", "sas", "--verzonden", "2026-03-02"])
    assert uitkomst.exit_code == 0
    assert "De wet geeft voor deze procedure geen minimumtermijn" in uitkomst.stdout


@pytest.mark.parametrize(
    ("opties", "uiterste", "ruimste"),
    [
        pytest.param([], "2026-04-03", "2026-04-04", id="gewoon"),
        pytest.param(["--versneld"], "2026-04-09", "2026-04-10", id="versneld"),
    ],
)
def test_nvi_as_json(opties: list[str], uiterste: str, ruimste: str) -> None:
    uit = run_json("nvi", "--sluiting", "2026-04-14", *opties)
    assert (uit["uiterste_datum"], uit["ruimste_lezing"]) == (uiterste, ruimste)


def test_feestdagen_as_json_and_as_table() -> None:
    assert run_json("feestdagen", "2026")["feestdagen"]["2026-05-05"] == "Bevrijdingsdag"
    uitkomst = RUNNER.invoke(app, ["feestdagen", "2025"])
    assert "2025-04-26" in uitkomst.stdout
    assert "Koningsdag" in uitkomst.stdout


def test_human_form_gives_date_hour_and_article() -> None:
    uitkomst = RUNNER.invoke(app, ["opschortend", "--verzonden", "2026-12-04"])
    assert (
        "Laatste dag: donderdag 24 december 2026 (2026-12-24), 2026-12-24T23:59:59+01:00" in uitkomst.stdout
    )
    assert "Let op: Vrijdag 25 december 2026 is geen werkdag (Eerste Kerstdag)" in uitkomst.stdout
    assert "2.127" in uitkomst.stdout


@pytest.mark.parametrize(
    ("opties", "zin"),
    [
        pytest.param(["opschortend"], "--verzonden ontbreekt", id="datum ontbreekt"),
        pytest.param(
            ["opschortend", "--verzonden", "2026-02-30"], "bestaat niet in de kalender", id="30 februari"
        ),
        pytest.param(["opschortend", "--verzonden", "7 april"], "is geen datum", id="datum in woorden"),
        pytest.param(
            ["opschortend", "--verzonden", "20260407"], "is geen datum", id="datum zonder streepjes"
        ),
        pytest.param(["opschortend", "--verzonden", "2026-W15-2"], "is geen datum", id="weeknotatie"),
        pytest.param(
            ["opschortend", "--verzonden", "2026-04-07T10:00"],
            "heeft geen tijdzone",
            id="tijdstip zonder tijdzone",
        ),
        pytest.param(["opschortend", "--verzonden", "2026-04-07T25:00Z"], "is geen tijdstip", id="25 uur"),
        pytest.param(
            ["opschortend", "--verzonden", "2026-04-07", "--peildatum", "2013-03-31"],
            "geen waarde bekend",
            id="peildatum voor de wet",
        ),
        pytest.param(["vervaltermijn", "--verzonden", "2026-04-07"], "--dagen ontbreekt", id="geen lengte"),
        pytest.param(
            ["gestanddoening", "--sluiting", "2026-04-07", "--dagen", "0"], "kan niet", id="nul dagen geldig"
        ),
        pytest.param(
            ["bewijsmiddel", "--soort", "diploma"], "Kies handelsregister, gva, belasting", id="vreemd bewijs"
        ),
        pytest.param(
            ["bewijsmiddel", "--soort", "gva", "--datum", "x", "--ingediend", "y"],
            "--ingediend: 'y' is geen datum",
            id="alle datums tegelijk genoemd",
        ),
        pytest.param(
            ["tellen", "--vanaf", "2026-04-07", "--aantal", "48", "--eenheid", "uren"],
            "valt buiten de Algemene termijnenwet (art. 4)",
            id="uren",
        ),
        pytest.param(
            ["tellen", "--vanaf", "2026-04-07", "--aantal", "2", "--eenheid", "eeuwen"],
            "Kies dagen, weken, maanden, jaren",
            id="vreemde eenheid",
        ),
        pytest.param(
            ["tellen", "--vanaf", "2026-04-07", "--aantal", "2", "--regime", "gewoonte"],
            "Kies atw, verordening, stukken",
            id="vreemd regime",
        ),
        pytest.param(
            ["inschrijving", "--procedure", "niet-openbaar", "--verzonden", "2026-03-02"],
            "kent twee termijnen",
            id="niet-openbaar zonder keuze",
        ),
        pytest.param(
            ["planning", "--procedure", "sas", "--start", "2026-03-02", "--duur", "beoordeling=lang"],
            "schrijf code=dagen",
            id="duur in woorden",
        ),
        pytest.param(["opschortend", "--verzonden", "1990-01-01"], "geen waarde bekend", id="voor de wet"),
        pytest.param(
            ["opschortend", "--verzonden", "9999-12-31"], "kalender rekent van", id="na de kalender"
        ),
        pytest.param(["nvi", "--sluiting", "0001-01-01"], "geen waarde bekend", id="jaar 1"),
        pytest.param(
            ["inschrijving", "--verzonden", "2026-03-02"], "--procedure ontbreekt", id="geen procedure"
        ),
        pytest.param(
            ["inschrijving", "--procedure", "x", "--verzonden", "2026-03-02"],
            "is onbekend",
            id="vreemde procedure",
        ),
        pytest.param(["feestdagen", "veel"], "geen jaar van vier cijfers", id="jaar in letters"),
        pytest.param(["feestdagen"], "geen jaar van vier cijfers", id="jaar ontbreekt"),
        pytest.param(["feestdagen", "1500"], "1980 tot en met 4099", id="jaar buiten de kalender"),
        pytest.param(
            ["planning", "--procedure", "openbaar"], "begin- of een einddatum", id="planning zonder datum"
        ),
        pytest.param(
            ["planning", "--procedure", "sas", "--start", "2026-03-02", "--regio", "oost"],
            "--regio",
            id="regio",
        ),
        pytest.param(
            ["planning", "--procedure", "sas", "--controle", "plan.json", "--ics", "plan.ics"],
            "niet bij --controle",
            id="agenda van een controle",
        ),
        pytest.param(
            ["planning", "--procedure", "sas", "--controle", "bestaat-niet.json"],
            "niet te lezen",
            id="geen bestand",
        ),
    ],
)
def test_bad_input_ends_with_2_and_a_dutch_sentence(opties: list[str], zin: str) -> None:
    uitkomst = RUNNER.invoke(app, opties)
    assert uitkomst.exit_code == 2
    assert zin in uitkomst.stderr
    assert uitkomst.stdout == ""


def test_planning_writes_the_same_agenda_twice(tmp_path: Path) -> None:
    een, twee = tmp_path / "een.ics", tmp_path / "twee.ics"
    for pad in (een, twee):
        uit = run_json("planning", "--procedure", "openbaar", "--start", "2026-03-02", "--ics", str(pad))
    assert een.read_bytes() == twee.read_bytes()
    assert een.read_bytes().count(b"BEGIN:VEVENT") == len(uit["mijlpalen"]) == 10
    assert uit["mijlpalen"][0]["speling"] is not None


def test_planning_as_table_warns_for_the_region_only() -> None:
    basis = ["planning", "--procedure", "sas", "--start", "2026-07-06"]
    assert "regio zuid" in RUNNER.invoke(app, basis).stdout
    assert "regio zuid" not in RUNNER.invoke(app, [*basis, "--regio", "noord"]).stdout


def test_planning_refuses_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    uitkomst = RUNNER.invoke(
        app,
        ["planning", "--procedure", "sas", "--start", "2026-03-02", "--ics", str(tmp_path / "weg" / "a.ics")],
    )
    assert uitkomst.exit_code == 2
    assert "niet te schrijven" in uitkomst.stderr


@pytest.mark.parametrize(
    ("plan", "code", "zin"),
    [
        pytest.param(
            {"aankondiging": "2026-03-02", "sluiting": "2026-04-14"}, 0, "alle termijnen", id="goed plan"
        ),
        pytest.param(
            {"aankondiging": "2026-03-02", "sluiting": "2026-04-10"}, 1, "3 dagen", id="te korte termijn"
        ),
        pytest.param({"sluiting": "morgen", "nvi": 3}, 2, "stap 'nvi'", id="geen datums"),
        pytest.param({"feestje": "2026-03-02"}, 2, "'feestje' is onbekend", id="vreemde stap"),
        pytest.param([1], 2, "geen object", id="geen object"),
    ],
)
def test_planning_checks_a_plan(tmp_path: Path, plan: object, code: int, zin: str) -> None:
    pad = tmp_path / "plan.json"
    pad.write_text(json.dumps(plan), encoding="utf-8")
    uitkomst = RUNNER.invoke(app, ["planning", "--procedure", "openbaar", "--controle", str(pad)])
    assert uitkomst.exit_code == code
    assert zin in uitkomst.output


def test_planning_check_as_json(tmp_path: Path) -> None:
    pad = tmp_path / "plan.json"
    pad.write_text('{"gunningsbeslissing": "2026-04-07", "ondertekening": "2026-04-28"}', encoding="utf-8")
    uitkomst = RUNNER.invoke(app, ["planning", "--procedure", "sas", "--controle", str(pad), "--json"])
    assert uitkomst.exit_code == 1
    assert json.loads(uitkomst.stdout)["schendingen"][0]["dagen"] == 1


def test_the_domain_of_the_terms_loads_no_word_database_or_prefect() -> None:
    code = (
        "import sys, aanbesteding.domain.planning, aanbesteding.domain.termijn;"
        "print([m for m in ('docx', 'prefect', 'sqlmodel', 'fastapi', 'docxtpl') if m in sys.modules])"
    )
    uitkomst = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert uitkomst.stdout.strip() == "[]"


def test_a_terminal_without_the_characters_gets_a_stand_in(tmp_path: Path) -> None:
    pad = tmp_path / "opdracht.json"
    pad.write_text(json.dumps(make_aanbesteding()), encoding="utf-8")
    uitkomst = subprocess.run(
        [sys.executable, "-m", "aanbesteding", "rangorde", str(pad), "--proef"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
        check=True,
    )
    assert "K: 60 × (45 ? 0) / (60 ? 0) = 45.000" in uitkomst.stdout.decode("latin-1")


@pytest.mark.parametrize(
    ("opties", "zin"),
    [
        pytest.param(
            ["bewaren", "--gegund", "2026-01-01", "--einde-overeenkomst", "2020-01-01"],
            "voor de gunning op donderdag 1 januari 2026",
            id="overeenkomst eindigt voor de gunning",
        ),
        pytest.param(
            ["bewaren", "--gegund", "2026-01-01", "--einde-overeenkomst", "9999-01-01"],
            "Jaar 9999: de kalender rekent van 1980",
            id="overeenkomst eindigt in het jaar 9999",
        ),
        pytest.param(
            ["bewijsmiddel", "--soort", "gva", "--datum", "2026-01-01", "--ingediend", "9999-12-31"],
            "Jaar 9999: de kalender rekent van 1980",
            id="ingediend in het jaar 9999",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused(opties: list[str], zin: str) -> None:
    uitkomst = RUNNER.invoke(app, opties)
    assert (uitkomst.exit_code, zin in uitkomst.output) == (2, True), uitkomst.output


def test_evidence_of_the_last_day_there_is_counts_without_a_traceback() -> None:
    uitkomst = RUNNER.invoke(
        app, ["bewijsmiddel", "--soort", "gva", "--datum", "9999-12-31", "--ingediend", "2026-12-31"]
    )
    assert uitkomst.exit_code == 0, uitkomst.output


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        pytest.param("{}", "geen object met stappen", id="leeg plan"),
        pytest.param("nope", "niet te lezen als JSON (UTF-8). Controleer", id="geen JSON, zonder Engels"),
    ],
)
def test_a_plan_without_steps_does_not_pass(tmp_path: Path, inhoud: str, zin: str) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(inhoud, "utf-8")
    uitkomst = RUNNER.invoke(app, ["planning", "--procedure", "sas", "--controle", str(plan)])
    assert (uitkomst.exit_code, zin in uitkomst.output) == (2, True), uitkomst.output
