"""The stand-alone command: a file in, an order or a rehearsal out, faults with exit code 2."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from aanbesteding.cli.rangorde import register
from domain.rangorde.aanbestedingen import make_aanbesteding, make_vast_tarief


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()

    @app.callback()
    def _wortel() -> None: ...

    register(app)
    return app


@pytest.fixture
def bestand(tmp_path: Path) -> Path:
    return tmp_path / "aanbesteding.json"


def run(app: typer.Typer, bestand: Path, inhoud: Any, *opties: str) -> Any:
    tekst = inhoud if isinstance(inhoud, str) else json.dumps(inhoud)
    bestand.write_text(tekst, encoding="utf-8")
    return CliRunner().invoke(app, ["rangorde", str(bestand), *opties])


def test_json_gives_the_published_form(app: typer.Typer, bestand: Path) -> None:
    uitkomst = run(app, bestand, make_aanbesteding(), "--json")
    assert uitkomst.exit_code == 0
    assert set(json.loads(uitkomst.stdout)) == {"rangorde", "afgevallen", "waarschuwingen"}
    assert json.loads(uitkomst.stdout)["rangorde"][0]["exact"] == "475/7"


def test_plain_output_names_rang_and_outcome(app: typer.Typer, bestand: Path) -> None:
    uitkomst = run(app, bestand, make_aanbesteding(maximum_aanbieders=1, reservelijst=1, ondergrens="50"))
    assert uitkomst.stdout.splitlines() == [
        "1. B: 81.000 (K 41.000, P 40.000) gegund",
        "2. A: 79.286 (K 45.000, P 34.286) reserve",
        "Afgevallen: C (PRIJS_ONDER_ONDERGRENS): De prijs 40 ligt onder de aangekondigde ondergrens 50.",
    ]


def test_every_fault_is_named_with_exit_code_2(app: typer.Typer, bestand: Path) -> None:
    aanbesteding = make_aanbesteding(bij_uitval=None)
    aanbesteding["inschrijvingen"][0] |= {"scores": {}, "prijs": "0"}
    uitkomst = run(app, bestand, aanbesteding, "--json")
    assert uitkomst.exit_code == 2
    assert len(uitkomst.stderr.splitlines()) == 3
    assert uitkomst.stdout == ""


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        pytest.param("{", "geen geldige JSON", id="kapotte JSON"),
        pytest.param("[]", "bevat geen object", id="geen object"),
        pytest.param('{"methode": "a", "methode": "b"}', "dubbel in: methode", id="dubbele sleutel"),
    ],
)
def test_a_file_that_is_no_object_is_refused(
    app: typer.Typer, bestand: Path, inhoud: str, woord: str
) -> None:
    uitkomst = run(app, bestand, inhoud)
    assert uitkomst.exit_code == 2
    assert woord in uitkomst.stderr


def test_a_missing_file_is_refused(app: typer.Typer, bestand: Path) -> None:
    uitkomst = CliRunner().invoke(app, ["rangorde", str(bestand)])
    assert uitkomst.exit_code == 2
    assert "niet te lezen" in uitkomst.stderr


def test_proef_shows_reversal_and_worked_example(app: typer.Typer, bestand: Path) -> None:
    uitkomst = run(app, bestand, make_aanbesteding(), "--proef")
    assert uitkomst.exit_code == 0
    assert "valt C weg, dan gaat B boven A" in uitkomst.stdout
    assert "    P: 40 × 40 / 70 = 22.857" in uitkomst.stdout


def test_proef_as_json(app: typer.Typer, bestand: Path) -> None:
    uitkomst = run(app, bestand, make_vast_tarief(inschrijvingen=[]), "--proef", "--json")
    assert json.loads(uitkomst.stdout)["verzonnen"] is True


def test_a_tie_at_the_cap_ends_with_exit_code_2(app: typer.Typer, bestand: Path) -> None:
    uitkomst = run(app, bestand, make_vast_tarief(maximum_aanbieders=1))
    assert uitkomst.exit_code == 2
    assert "A en B staan gelijk" in uitkomst.stderr
