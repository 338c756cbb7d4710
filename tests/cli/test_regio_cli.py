"""A new region from one command: it loads, its first letter is made without code, and a fault makes nothing."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from aanbesteding.bootstrap import app_in_gebruik, make_app
from aanbesteding.cli import main
from aanbesteding.engine.app import App
from aanbesteding.engine.regios import SCHEMAS, build_schema
from aanbesteding.regio import find_aanbestedingen, list_regios, regio_mappen
from aanbesteding.settings import Settings
from aanbesteding.storage.documenten import list_documenten

BESTANDEN = [
    pad for map_ in list_regios(regio_mappen()) for pad in (map_ / "regio.toml", *find_aanbestedingen(map_))
]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AANBESTEDING_HOME", str(tmp_path / "staat"))
    monkeypatch.setenv("COLUMNS", "250")
    with app_in_gebruik(make_app(Settings())) as app:
        yield app


@pytest.fixture
def run(app: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*opdracht: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["aanbesteding", *map(str, opdracht)])
        code = 0
        try:
            main()
        except SystemExit as einde:
            code = int(einde.code or 0)
        uit = capsys.readouterr()
        return code, uit.out, uit.err

    return run


@pytest.fixture
def eigen() -> Path:
    return Settings().eigen_regios


def test_new_regio_reaches_its_first_uitnodiging_without_code(run: Any, app: App, eigen: Path) -> None:
    namen = ("--naam", "Noord-Oost", "--gemeente", "Aa en Bé", "--gemeente", "Ceedorp")
    code, uit, _ = run("regio", "nieuw", "noord-oost", *namen)
    assert (code, "is gemaakt" in uit) == (0, True)
    map_ = eigen / "noord-oost"
    stappen = map_ / "eerste-stappen"
    assert run("regio", "controleer", "noord-oost")[0] == 0
    assert run("dossier", "nieuw", map_ / "noord-oost-1.toml")[0] == 0
    for gemeente in ("aa-en-be", "ceedorp"):
        kader = stappen / f"kader-{gemeente}.json"
        vast = run(
            "handeling", "NOORD-OOST-1", "beleidskader_vaststellen", "--als", "jurist", "--invoer", kader
        )
        assert vast[0] == 0
    assert (
        run("importeer", "aanbieders", "NOORD-OOST-1", stappen / "partijen.csv", "--als", "inkoper")[0] == 0
    )
    opening = ("--als", "inkoper", "--invoer", stappen / "opening.json")
    code, uit, _ = run("handeling", "NOORD-OOST-1", "consultatie_openen", *opening)
    assert (code, "uitnodiging: 3 gemaakt" in uit) == (0, True)
    gemaakt = [d.document for d in list_documenten(app.database, "NOORD-OOST-1")]
    assert (gemaakt.count("uitnodiging"), gemaakt.count("vragenlijst")) == (3, 2)


def test_new_regio_says_of_every_example_that_it_is_invented(run: Any, eigen: Path) -> None:
    run("regio", "nieuw", "zuid")
    tekst = (eigen / "zuid" / "zuid-1.toml").read_text(encoding="utf-8")
    bronnen = [deel.partition('"')[0] for deel in tekst.split('bron = "')[1:]]
    assert bronnen
    assert all(bron.startswith("verzonnen") for bron in bronnen)


def test_regio_is_listed_with_its_files(run: Any) -> None:
    run("regio", "nieuw", "zuid")
    code, uit, _ = run("regio", "lijst")
    assert code == 0
    for woord in ("zuid", "zuid-1.toml", "hart-van-brabant", "wmo-begeleiding.toml"):
        assert woord in uit


@pytest.mark.parametrize(
    ("opdracht", "woorden"),
    [
        pytest.param(
            ("Zuid West",), ("De code 'Zuid West' klopt niet",), id="een code met hoofdletters en een spatie"
        ),
        pytest.param(
            ("a" * 300,), ("De code is te lang: gebruik ten hoogste 50 tekens",), id="een code van 300 tekens"
        ),
        pytest.param(("../weg",), ("De code '../weg' klopt niet",), id="een code die de map uit wil"),
        pytest.param(
            ("bommelerwaard",), ("bestaat al", "westfriesland"), id="een code van een regio die er al is"
        ),
        pytest.param(
            ("zuid", "--gemeente", 'A"b', "--gemeente", "12"),
            ("De gemeente 'A\"b' kan niet", "De gemeente '12' kan niet"),
            id="namen die niet kunnen, alle tegelijk",
        ),
        pytest.param(
            ("zuid", "--gemeente", "Aa", "--gemeente", "AA"), ("meer dan een keer",), id="een gemeente dubbel"
        ),
    ],
)
def test_wrong_request_names_every_fault_and_makes_nothing(
    run: Any, eigen: Path, opdracht: tuple[str, ...], woorden: tuple[str, ...]
) -> None:
    code, _, fout = run("regio", "nieuw", *opdracht)
    assert code == 2
    for woord in woorden:
        assert woord in fout
    assert not eigen.exists()


def test_existing_regio_is_never_overwritten(run: Any, eigen: Path) -> None:
    run("regio", "nieuw", "zuid")
    pad = eigen / "zuid" / "regio.toml"
    pad.write_text("eigen werk", encoding="utf-8")
    code, _, fout = run("regio", "nieuw", "zuid")
    assert (code, "bestaat al" in fout) == (2, True)
    assert pad.read_text(encoding="utf-8") == "eigen werk"


def test_controleer_names_the_faults_of_all_files_together(run: Any, eigen: Path) -> None:
    run("regio", "nieuw", "zuid")
    regio, inkoop = eigen / "zuid" / "regio.toml", eigen / "zuid" / "zuid-1.toml"
    regio.write_text(
        regio.read_text(encoding="utf-8").replace('kleur = "1F4E79"', 'kleur = "blauw"'), "utf-8"
    )
    tekst = inkoop.read_text(encoding="utf-8").replace('wet = "Wmo 2015"', 'wet = "Wmo"')
    inkoop.write_text(tekst.replace('procedure = "sas"', "procedure = 1"), "utf-8")
    code, _, fout = run("regio", "controleer", "zuid")
    assert code == 2
    for woord in (
        "regio.toml, regel",
        "huisstijl.kleur",
        "zuid-1.toml, regel",
        "percelen.1.wet",
        "'procedure'",
    ):
        assert woord in fout


@pytest.mark.parametrize(
    ("oud", "nieuw", "woord"),
    [
        pytest.param('regio = "zuid"', 'regio = "noord"', "hoort 'zuid' te zijn", id="een andere regio"),
        pytest.param(
            'procedure = "sas"',
            'procedure = "veiling"',
            "procedure 'veiling' bestaat niet",
            id="een procedure die niet bestaat",
        ),
        pytest.param(
            '# gemeenten = ["..."]',
            'gemeenten = ["weg"]\nbron_gemeenten = "L1"',
            "gemeente 'weg' bestaat niet",
            id="een gemeente die niet meedoet",
        ),
    ],
)
def test_controleer_names_what_does_not_fit_together(
    run: Any, eigen: Path, oud: str, nieuw: str, woord: str
) -> None:
    run("regio", "nieuw", "zuid")
    pad = eigen / "zuid" / "zuid-1.toml"
    tekst = pad.read_text(encoding="utf-8")
    assert oud in tekst
    pad.write_text(tekst.replace(oud, nieuw), encoding="utf-8")
    code, _, fout = run("regio", "controleer", "zuid")
    assert (code, woord in fout) == (2, True)


# --- JSON Schema ------------------------------------------------------------------------------------------


def make_plain(waarde: Any) -> Any:
    """A TOML value as an editor hands it to a JSON Schema: dates are text."""
    if isinstance(waarde, dict):
        return {sleutel: make_plain(deel) for sleutel, deel in waarde.items()}
    if isinstance(waarde, list):
        return [make_plain(deel) for deel in waarde]
    return waarde if isinstance(waarde, str | int | float | bool) else waarde.isoformat()


def make_validator(pad: Path) -> Draft202012Validator:
    naam = "regio.json" if pad.name == "regio.toml" else "aanbesteding.json"
    return Draft202012Validator(json.loads(build_schema(SCHEMAS[naam])))


@pytest.mark.parametrize("pad", BESTANDEN, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_file_fits_its_schema_and_names_it(pad: Path) -> None:
    tekst = pad.read_text(encoding="utf-8")
    fouten = list(make_validator(pad).iter_errors(make_plain(tomllib.loads(tekst))))
    assert [f.message for f in fouten] == []
    schema = (pad.parent / tekst.splitlines()[0].removeprefix("#:schema ")).resolve()
    assert schema.name == ("regio.json" if pad.name == "regio.toml" else "aanbesteding.json")
    assert schema.is_file()


def test_schema_refuses_an_unknown_field_and_a_wrong_choice() -> None:
    pad = next(p for p in BESTANDEN if p.stem == "wf-2024")
    gegevens = make_plain(tomllib.loads(pad.read_text(encoding="utf-8")))
    gegevens["onbekend"] = 1
    gegevens["zorgvormen"][0]["scope"] = "half"
    fouten = list(make_validator(pad).iter_errors(gegevens))
    assert {tuple(f.absolute_path) for f in fouten} == {(), ("zorgvormen", 0, "scope")}


def test_schema_holds_no_english_of_the_code() -> None:
    for model in SCHEMAS.values():
        schema = json.loads(build_schema(model))
        assert not [naam for naam, d in schema["$defs"].items() if "description" in d]


def test_new_regio_brings_its_schema(run: Any, eigen: Path) -> None:
    run("regio", "nieuw", "zuid")
    for pad in (eigen / "zuid" / "regio.toml", eigen / "zuid" / "zuid-1.toml"):
        tekst = pad.read_text(encoding="utf-8")
        schema = pad.parent / tekst.splitlines()[0].removeprefix("#:schema ")
        validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
        assert not list(validator.iter_errors(make_plain(tomllib.loads(tekst))))
