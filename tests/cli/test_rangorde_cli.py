"""The stand-alone command: a file in, an order or a rehearsal out, faults with exit code 2."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from aanbesteding.cli.rangorde import register
from aanbesteding.domain.rangorde.inlezen import SLEUTELS
from domain.rangorde.aanbestedingen import make_aanbesteding, make_vast_tarief, make_verdeling


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
        "Afgevallen: C (PRIJS_ONDER_ONDERGRENS): De prijs €\u00a040,00 ligt onder de aangekondigde ondergrens "
        "€\u00a050,00.",
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
        pytest.param('{"methode": "a", "methode": "b"}', "dubbel in: 'methode'", id="dubbele sleutel"),
        pytest.param("", "is leeg", id="leeg bestand"),
        pytest.param(" \n", "is leeg", id="alleen witruimte"),
        pytest.param("null", "bevat geen object", id="null"),
        pytest.param('"tekst"', "bevat geen object", id="een tekst"),
        pytest.param('{"a": NaN}', "NaN is geen getal", id="NaN"),
        pytest.param('{"a": -Infinity}', "-Infinity is geen getal", id="min oneindig"),
        pytest.param("[" * 100_000, "te diep genest", id="honderdduizend lijsten"),
        pytest.param('{"a":' * 100_000, "te diep genest", id="honderdduizend objecten"),
        pytest.param('{"methode": "a",}', "regel 1, kolom", id="komma te veel"),
        pytest.param('{"a": 1} {"b": 2}', "regel 1, kolom 10", id="twee objecten"),
    ],
)
def test_a_file_that_is_no_object_is_refused(
    app: typer.Typer, bestand: Path, inhoud: str, woord: str
) -> None:
    uitkomst = run(app, bestand, inhoud)
    assert uitkomst.exit_code == 2
    assert woord in uitkomst.stderr


@pytest.mark.parametrize(
    ("prijs", "woord"),
    [
        pytest.param("70.00", "70.00 is geen tekst", id="een getal blijft zoals het er staat"),
        pytest.param("0.1", "0.1 is geen tekst", id="geen drijvende komma"),
        pytest.param("70", "70 is geen tekst", id="een heel getal"),
        pytest.param("1e999999", "1E+999999 is geen tekst", id="een reusachtige macht"),
        pytest.param("7" * 5000, "7" * 60 + "… is geen tekst", id="vijfduizend cijfers"),
        pytest.param('"1e999999"', "'1e999999' is geen getal", id="een macht als tekst"),
        pytest.param('"\\u0661\\u0662"', "is geen getal", id="arabische cijfers"),
        pytest.param('"0x10"', "'0x10' is geen getal", id="zestientallig"),
        pytest.param('"1_000"', "'1_000' is geen getal", id="met een liggend streepje"),
        pytest.param('" 70"', "' 70' is geen getal", id="met een spatie"),
        pytest.param("true", "true is geen tekst", id="waar"),
        pytest.param("{}", "een object is geen tekst", id="een object"),
        pytest.param("[" * 400 + "]" * 400, "een lijst is geen tekst", id="een diepe lijst"),
    ],
)
def test_a_price_that_is_no_exact_text_is_refused(
    app: typer.Typer, bestand: Path, prijs: str, woord: str
) -> None:
    tekst = json.dumps(make_aanbesteding()).replace('"70.00"', prijs)
    uitkomst = run(app, bestand, tekst, "--json")
    assert uitkomst.exit_code == 2
    assert woord in uitkomst.stderr
    assert len(uitkomst.stderr) < 400
    assert uitkomst.stdout == ""


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        pytest.param(json.dumps(make_aanbesteding()).encode("utf-16"), "is geen UTF-8", id="UTF-16"),
        pytest.param('{"methode": "é"}'.encode("latin-1"), "is geen UTF-8", id="Latijns schrift"),
        pytest.param(b"\x00" * 100, "geen geldige JSON", id="nullen"),
        pytest.param(bytes(range(128, 256)), "is geen UTF-8", id="ruis"),
    ],
)
def test_bytes_that_are_no_text_are_refused(
    app: typer.Typer, bestand: Path, inhoud: bytes, woord: str
) -> None:
    bestand.write_bytes(inhoud)
    uitkomst = CliRunner().invoke(app, ["rangorde", str(bestand)])
    assert uitkomst.exit_code == 2
    assert woord in uitkomst.stderr


def test_a_byte_order_mark_does_no_harm(app: typer.Typer, bestand: Path) -> None:
    assert run(app, bestand, "\ufeff" + json.dumps(make_aanbesteding())).exit_code == 0


def test_a_name_in_two_unicode_forms_is_one_bidder(app: typer.Typer, bestand: Path) -> None:
    aanbesteding = make_aanbesteding()
    aanbesteding["inschrijvingen"][0]["aanbieder"] = "Café"
    aanbesteding["inschrijvingen"][1]["aanbieder"] = "Cafe\u0301"
    uitkomst = run(app, bestand, aanbesteding)
    assert uitkomst.exit_code == 2
    assert "inschrijving Café: komt meer dan één keer voor" in uitkomst.stderr


@pytest.mark.parametrize("opties", [(), ("--json",), ("--proef",), ("--proef", "--json")])
@pytest.mark.parametrize("aantal", [0, 1, 2])
def test_few_bids_are_no_fault(app: typer.Typer, bestand: Path, aantal: int, opties: tuple[str, ...]) -> None:
    for formule in ("laagste_gedeeld_door_prijs", "relatief_lineair", "min_max", "rangpunten", "staffel"):
        aanbesteding = make_aanbesteding(formule)
        aanbesteding["inschrijvingen"] = aanbesteding["inschrijvingen"][:aantal]
        uitkomst = run(app, bestand, aanbesteding, *opties)
        assert uitkomst.exit_code == 0, uitkomst.output
    if not opties and aantal == 0:
        assert "Er zijn geen inschrijvingen." in uitkomst.stdout


waarden = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["45", "-1", "1e9", "K", "P", "A", "gewogen_factor", "loting", "kwaliteit"]),
    lambda kinderen: (
        st.lists(kinderen, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*SLEUTELS, "code", "soort", "gewicht", "schaal", "min", "max", "formule", "scores"]
            )
            | st.text(max_size=5),
            kinderen,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from([*SLEUTELS, "percelen", "volgorde"]), waarden, max_size=8),
    st.booleans(),
    st.booleans(),
)
def test_whatever_stands_in_the_file_there_is_no_traceback(
    app: typer.Typer, bestand: Path, anders: dict[str, object], geheel: bool, proef: bool
) -> None:
    """Any JSON, or a good tender with keys replaced: an outcome or Dutch faults, and nothing else."""
    inhoud = anders if geheel else make_aanbesteding(**anders)
    uitkomst = run(app, bestand, json.dumps(inhoud), *(["--proef"] if proef else []))
    assert uitkomst.exit_code in (0, 2), uitkomst.output
    assert uitkomst.exception is None or isinstance(uitkomst.exception, SystemExit)
    if uitkomst.exit_code == 2:
        assert uitkomst.stderr.strip()


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


def test_a_file_with_percelen_is_divided(app: typer.Typer, bestand: Path) -> None:
    uitkomst = run(app, bestand, make_verdeling())
    assert uitkomst.exit_code == 0
    assert uitkomst.stdout.splitlines()[-5:] == [
        "Perceel 3",
        "  1. B: 61.000 (K 41.000, P 20.000) niet gegund",
        "  2. C: 60.000 (K 20.000, P 40.000) gegund",
        "  3. A: 55.000 (K 45.000, P 10.000) niet gegund",
        "  Overgeslagen: B (MAXIMUM_BEREIKT): Heeft al het aangekondigde maximum aantal percelen.",
    ]
    assert set(json.loads(run(app, bestand, make_verdeling(), "--json").stdout)) == {"percelen"}
    geweigerd = run(app, bestand, make_verdeling(), "--proef")
    assert geweigerd.exit_code == 2
    assert "beproef elk perceel apart" in geweigerd.stderr


def test_a_number_beyond_all_bounds_is_told_and_no_traceback(app: typer.Typer, bestand: Path) -> None:
    uitkomst = run(app, bestand, '{"methode": 1e99999999999999999999999}')
    assert (uitkomst.exit_code, "is te groot of te klein" in uitkomst.output) == (2, True)
