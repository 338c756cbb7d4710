"""What Typer says about a wrong command line is told in Dutch, with exit code 2."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from aanbesteding.cli import make_app


@pytest.mark.parametrize(
    ("opdracht", "zin"),
    [
        pytest.param(
            ["termin"],
            "De opdracht 'termin' bestaat niet. Bedoelt u 'termijn'?",
            id="opdracht met een tikfout",
        ),
        pytest.param(["qqq"], "De opdracht 'qqq' bestaat niet.\n", id="onbekende opdracht"),
        pytest.param(["termijn", "nvi", "--xyz"], "De optie --xyz bestaat niet.", id="onbekende optie"),
        pytest.param(
            ["termijn", "nvi", "--sluitin", "x"], "Bedoelt u --sluiting?", id="optie met een tikfout"
        ),
        pytest.param(["sjabloon", "render", "a", "b"], "De optie '--map' ontbreekt.", id="verplichte optie"),
        pytest.param(["rangorde"], "Het argument 'bestand' ontbreekt.", id="verplicht argument"),
        pytest.param(
            ["termijn", "nvi", "--sluiting"],
            "Bij de optie '--sluiting' hoort een waarde.",
            id="zonder waarde",
        ),
        pytest.param(
            ["termijn", "nvi", "--json=5"], "Bij de optie '--json' hoort geen waarde.", id="waarde te veel"
        ),
        pytest.param(
            ["termijn", "feestdagen", "2026", "2027"], "Dit hoort er niet bij: 2027.", id="argument te veel"
        ),
        pytest.param(
            ["termijn", "tellen", "--aantal", "2,5"],
            "'--aantal': hier hoort een geheel getal.",
            id="geen getal",
        ),
        pytest.param(
            ["sjabloon", "render", "a", "b", "--map", "c", "--processen", "0"],
            "'--processen': hier hoort 1 of meer.",
            id="getal buiten de grenzen",
        ),
        pytest.param(
            ["documenten", "X", "--soort", "q"],
            "'--soort': 'q' kan niet; kies uit 'pdfua', 'pdfa'.",
            id="keuze",
        ),
    ],
)
def test_a_wrong_command_line_is_told_in_dutch(opdracht: list[str], zin: str) -> None:
    uitkomst = CliRunner().invoke(make_app(), opdracht)
    assert (uitkomst.exit_code, zin in uitkomst.output) == (2, True), uitkomst.output
    assert not any(
        woord in uitkomst.output for woord in ("Error", "Try ", "Invalid", "Missing", "klopt niet")
    )


@pytest.mark.parametrize(
    "opdracht", [["--help"], ["termijn", "nvi", "--help"], ["rangorde", "--help"], ["regio"]]
)
def test_the_help_has_dutch_headings(opdracht: list[str]) -> None:
    uitvoer = CliRunner().invoke(make_app(), opdracht).output
    assert "Toon deze uitleg en stop." in uitvoer
    assert not any(
        w in uitvoer for w in ("Options", "Commands", "Arguments", "Show this", "[required]", "[default")
    )
