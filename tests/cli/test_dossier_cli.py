"""The commands about dossiers: what they say, their exit code, and that a fault writes nothing."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.adapters.werkboek import save_werkboek
from aanbesteding.bootstrap import app_in_gebruik, make_app
from aanbesteding.cli import main
from aanbesteding.engine.app import App
from aanbesteding.regio import regio_mappen
from aanbesteding.settings import Settings
from aanbesteding.storage.queries import count_weigeringen, list_dossiers

BRON = regio_mappen()[0] / "bommelerwaard" / "bw-2027.toml"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AANBESTEDING_HOME", str(tmp_path / "staat"))
    monkeypatch.setenv("COLUMNS", "250")
    with app_in_gebruik(make_app(Settings())) as app:
        yield app


class Antwoord:
    """Exit code and output of one command."""

    def __init__(self, code: int, uit: str, fout: str) -> None:
        self.code, self.uit, self.fout = code, uit, fout

    @property
    def json(self) -> Any:
        return json.loads(self.uit)


@pytest.fixture
def run(app: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*opdracht: object) -> Antwoord:
        monkeypatch.setattr(sys, "argv", ["aanbesteding", *map(str, opdracht)])
        code = 0
        try:
            main()
        except SystemExit as einde:
            code = int(einde.code or 0)
        uit = capsys.readouterr()
        return Antwoord(code, uit.out, uit.err)

    return run


@pytest.fixture
def dossier(run: Any) -> str:
    assert run("dossier", "nieuw", BRON, "--code", "BW").code == 0
    return "BW"


def make_json(map_: Path, invoer: Any) -> Path:
    pad = map_ / "invoer.json"
    pad.write_text(invoer if isinstance(invoer, str) else json.dumps(invoer), encoding="utf-8")
    return pad


KADER = {
    "gemeente": "maasdriel",
    "orgaan": "college van burgemeester en wethouders",
    "datum": "2026-01-06",
    "kenmerk": "verzonnen",
}


# --- dossier --------------------------------------------------------------------------------------------------


def test_new_dossier_stands_in_the_list_and_says_what_to_do_next(run: Any):
    nieuw = run("dossier", "nieuw", BRON, "--code", "BW-1")
    assert nieuw.code == 0
    assert "aanbesteding handelingen BW-1" in nieuw.uit
    (regel,) = run("dossier", "lijst", "--json").json
    assert (regel["code"], regel["regio"], regel["documenten"]) == ("BW-1", "bommelerwaard", 0)
    assert "BW-1" in run("dossier", "lijst").uit


def test_empty_list_says_how_to_make_a_dossier(run: Any):
    assert "aanbesteding dossier nieuw" in run("dossier", "lijst").uit
    assert run("dossier", "lijst", "--json").json == []


def test_dossier_of_the_same_code_is_refused(run: Any, dossier: str):
    weer = run("dossier", "nieuw", BRON, "--code", dossier)
    assert weer.code == 2
    assert "Het dossier 'BW' bestaat al" in weer.fout


@pytest.mark.parametrize("code", ["x", "bw 1", "../weg", "A" * 41, "-A", "BW/1"])
def test_wrong_code_is_refused_and_nothing_is_written(run: Any, app: App, code: str):
    antwoord = run("dossier", "nieuw", BRON, f"--code={code}")
    assert antwoord.code == 2
    assert "dossiercode" in antwoord.fout
    assert list_dossiers(app.database) == ()


def test_broken_definition_names_file_line_field_found_and_allowed_of_every_fault(
    run: Any, app: App, tmp_path: Path
):
    tekst = BRON.read_text(encoding="utf-8")
    tekst = re.sub(r"^titel = .*$", "titel = 12", tekst, count=1, flags=re.M)
    tekst = re.sub(r'^cpv = "\d+"$', 'cpv = "12"', tekst, count=1, flags=re.M)
    tekst = re.sub(r'^stand = "besloten"$', 'stand = "misschien"', tekst, count=1, flags=re.M)
    tekst = re.sub(r"^procedure = .*$", r"\g<0>\nonzin = 1", tekst, count=1, flags=re.M)
    pad = tmp_path / "stuk.toml"
    pad.write_text(tekst, encoding="utf-8")
    antwoord = run("dossier", "nieuw", pad)
    assert antwoord.code == 2
    regels = antwoord.fout.strip().splitlines()
    bron = tekst.splitlines()
    for veld, gevonden, toegestaan, inhoud in (
        ("titel", "12", "hier hoort tekst", "titel = 12"),
        ("cpv", "'12'", "[0-9]{8}", 'cpv = "12"'),
        ("stand", "'misschien'", "besloten", 'stand = "misschien"'),
        ("onzin", "1", "bestaat niet", "onzin = 1"),
    ):
        (fout,) = [r for r in regels if re.search(rf"veld '([\w.]*\.)?{veld}'", r)]
        assert fout.startswith(f"stuk.toml, regel {bron.index(inhoud) + 1}: ")
        assert f"gevonden: {gevonden}" in fout
        assert toegestaan in fout
    assert list_dossiers(app.database) == ()


@pytest.mark.parametrize(
    ("inhoud", "verwacht"),
    [
        pytest.param(b"titel = ", "geen geldig TOML-bestand", id="geen TOML"),
        pytest.param(b'titel = "\xff"', "geen geldig TOML-bestand", id="geen UTF-8"),
        pytest.param(None, "het bestand bestaat niet", id="het bestand ontbreekt"),
        pytest.param(b"", "veld 'titel': het veld ontbreekt", id="leeg bestand"),
    ],
)
def test_unreadable_definition_is_told_in_dutch(
    run: Any, tmp_path: Path, inhoud: bytes | None, verwacht: str
):
    pad = tmp_path / "stuk.toml"
    if inhoud is not None:
        pad.write_bytes(inhoud)
    antwoord = run("dossier", "nieuw", pad)
    assert (antwoord.code, verwacht in antwoord.fout) == (2, True)


def test_unknown_regio_and_procedure_and_wrong_code_are_named_together(run: Any, tmp_path: Path):
    tekst = BRON.read_text(encoding="utf-8")
    tekst = re.sub(r"^regio = .*$", 'regio = "nergens"', tekst, count=1, flags=re.M)
    tekst = re.sub(r"^procedure = .*$", 'procedure = "geen"', tekst, count=1, flags=re.M)
    pad = tmp_path / "stuk.toml"
    pad.write_text(tekst, encoding="utf-8")
    antwoord = run("dossier", "nieuw", pad, "--code", "fout")
    assert antwoord.code == 2
    for woord in ("nergens", "'geen'", "'fout'"):
        assert woord in antwoord.fout


def test_unknown_dossier_is_told_by_every_command(run: Any, tmp_path: Path):
    pad = make_json(tmp_path, KADER)
    for opdracht in (
        ("dossier", "toon", "WEG"),
        ("handelingen", "WEG"),
        ("documenten", "WEG"),
        ("handeling", "WEG", "consultatie_openen", "--als", "inkoper.demo"),
        ("importeer", "aanbieders", "WEG", pad, "--als", "inkoper.demo"),
    ):
        antwoord = run(*opdracht)
        assert antwoord.code == 2, opdracht
        assert "Het dossier 'WEG' bestaat niet" in antwoord.fout


def test_dossier_is_shown_as_json_with_its_feiten(run: Any, dossier: str, tmp_path: Path):
    run(
        "handeling",
        dossier,
        "beleidskader_vaststellen",
        "--als",
        "jurist.demo",
        "--invoer",
        make_json(tmp_path, KADER),
    )
    beeld = run("dossier", "toon", dossier, "--json").json
    assert beeld["meldingen"] == []
    assert (beeld["code"], beeld["versie"], beeld["regio"]) == ("BW", 1, "bommelerwaard")
    assert beeld["feiten"][0]["persoon"] == "jurist.demo"
    assert set(beeld["statussen"].values()) == {"voorbereiding"}
    tekst = run("dossier", "toon", dossier).uit
    assert beeld["titel"] in tekst
    assert "BeleidskaderVastgesteld" in tekst


# --- handelingen ----------------------------------------------------------------------------------------------


def test_handelingen_are_listed_with_person_and_reason(run: Any, app: App, dossier: str):
    standen = {s["handeling"]: s for s in run("handelingen", dossier, "--json").json}
    assert len(standen) == len(app.procedures["sas"].list_handelingen())
    openen = standen["consultatie_openen"]
    assert (openen["mogelijk"], openen["personen"][0]) == (False, "inkoper.demo")
    assert all(s["meldingen"] == [] for s in standen.values()), "er is nog niets te melden"
    overtreding = next(o for o in openen["overtredingen"] if o["code"] == "beleidskader-ontbreekt")
    assert overtreding["ernst"] == "blokkeert"
    assert overtreding["tekst"]
    assert overtreding["grondslag"]
    tekst = run("handelingen", dossier).uit
    assert "consultatie_openen" in tekst
    assert "beleidskader-ontbreekt" in tekst
    assert count_weigeringen(app.database, dossier) == 0


def test_refused_handeling_names_every_reason_and_changes_nothing(
    run: Any, app: App, dossier: str, tmp_path: Path
):
    invoer = make_json(tmp_path, {"sluit_op": "2020-01-05"})
    antwoord = run("handeling", dossier, "consultatie_openen", "--als", "inkoper.demo", "--invoer", invoer)
    assert antwoord.code == 2
    assert antwoord.uit == ""
    for code in ("beleidskader-ontbreekt", "stakeholdergroep"):
        assert code in antwoord.fout
    assert antwoord.fout.count("\n- ") >= 3
    assert app.load(dossier)[0].versie == 0
    assert count_weigeringen(app.database, dossier) == 1


def test_wrong_rol_is_refused_with_exit_code_two(run: Any, dossier: str, tmp_path: Path):
    invoer = make_json(tmp_path, KADER)
    antwoord = run(
        "handeling", dossier, "beleidskader_vaststellen", "--als", "inkoper.demo", "--invoer", invoer
    )
    assert antwoord.code == 2
    assert "mandaat-ontbreekt" in antwoord.fout
    assert "jurist.demo" in antwoord.fout


@pytest.mark.parametrize(
    ("invoer", "verwacht"),
    [
        pytest.param("{half", "geen geldig JSON-bestand", id="geen JSON"),
        pytest.param("[1, 2]", "hier hoort een JSON-object", id="geen object"),
        pytest.param({}, "veld 'gemeente': het veld ontbreekt", id="velden ontbreken"),
        pytest.param({**KADER, "datum": "morgen", "onzin": 1}, "veld 'onzin'", id="onbekend veld"),
    ],
)
def test_wrong_input_is_told_in_dutch_and_changes_nothing(
    run: Any, app: App, dossier: str, tmp_path: Path, invoer: Any, verwacht: str
):
    pad = make_json(tmp_path, invoer)
    antwoord = run("handeling", dossier, "beleidskader_vaststellen", "--als", "jurist.demo", "--invoer", pad)
    assert antwoord.code == 2
    assert verwacht in antwoord.fout
    if isinstance(invoer, dict) and "datum" in invoer:
        assert "veld 'datum'" in antwoord.fout
    assert app.load(dossier)[0].versie == 0


def test_missing_input_file_and_unknown_handeling_are_told(run: Any, dossier: str, tmp_path: Path):
    weg = tmp_path / "weg.json"
    antwoord = run("handeling", dossier, "beleidskader_vaststellen", "--als", "jurist.demo", "--invoer", weg)
    assert (antwoord.code, "weg.json: het bestand bestaat niet" in antwoord.fout) == (2, True)
    antwoord = run("handeling", dossier, "bestaat_niet", "--als", "jurist.demo")
    assert (antwoord.code, "bestaat_niet" in antwoord.fout) == (2, True)


def test_proef_says_that_it_can_be_done_and_records_nothing(run: Any, app: App, dossier: str, tmp_path: Path):
    opdracht = ("handeling", dossier, "beleidskader_vaststellen", "--als", "jurist.demo")
    invoer = make_json(tmp_path, KADER)
    antwoord = run(*opdracht, "--invoer", invoer, "--proef")
    assert antwoord.code == 0
    assert "Er is niets vastgelegd" in antwoord.uit
    assert app.load(dossier)[0].versie == 0
    assert "is vastgelegd (versie 1)" in run(*opdracht, "--invoer", invoer).uit


# --- documents and workbooks ----------------------------------------------------------------------------------

PARTIJEN = ("sleutel", "naam", "groep", "straat", "postcode", "plaats", "email")


def make_partijen(map_: Path, app: App, *, kapot: bool = False) -> Path:
    groepen = [g.code for g in app.load("BW")[0].aanbesteding.consultatie.groepen]
    rijen = [
        (
            f"partij-{n}",
            f"Partij {n} (verzonnen)",
            groep,
            "Proefweg 1",
            "1001 AB",
            "Proefstad",
            f"p{n}@example.org",
        )
        for n, groep in enumerate(groepen, start=1)
    ]
    if kapot:
        rijen[0] = ("Fout Sleutel", "", groepen[0], "Proefweg 1", "1001 AB", "Proefstad", "geen mail")
        rijen[1] = ("partij-2", "Partij 2 (verzonnen)", "bestaat_niet", "Proefweg 1", "0001", "Proefstad", "")
    save_werkboek(map_ / "partijen.xlsx", {"partijen": (PARTIJEN, rijen)})
    return map_ / "partijen.xlsx"


def test_import_with_faults_names_them_and_leaves_the_dossier_unchanged(
    run: Any, app: App, dossier: str, tmp_path: Path
):
    antwoord = run(
        "importeer", "aanbieders", dossier, make_partijen(tmp_path, app, kapot=True), "--als", "inkoper.demo"
    )
    assert antwoord.code == 2
    assert "partijen.xlsx, blad 'partijen', rij 2: veld 'naam'" in antwoord.fout
    assert "partijen.xlsx, blad 'partijen', rij 2: veld 'email'" in antwoord.fout
    assert app.load(dossier)[0].versie == 0


def test_import_of_an_unknown_kind_names_the_kinds(run: Any, app: App, dossier: str, tmp_path: Path):
    antwoord = run("importeer", "onzin", dossier, make_partijen(tmp_path, app), "--als", "inkoper.demo")
    assert antwoord.code == 2
    assert "'onzin' kan niet worden ingelezen. Wel: aanbieders, reacties" in antwoord.fout


def test_handeling_makes_its_documents_and_they_are_listed(run: Any, app: App, dossier: str, tmp_path: Path):
    for gemeente in ("maasdriel", "zaltbommel"):
        invoer = make_json(tmp_path, {**KADER, "gemeente": gemeente})
        assert (
            run(
                "handeling", dossier, "beleidskader_vaststellen", "--als", "jurist.demo", "--invoer", invoer
            ).code
            == 0
        )
    assert (
        "is ingelezen"
        in run("importeer", "aanbieders", dossier, make_partijen(tmp_path, app), "--als", "inkoper.demo").uit
    )
    invoer = make_json(tmp_path, {"sluit_op": "2099-06-02", "motivering": "Verzonnen."})
    antwoord = run("handeling", dossier, "consultatie_openen", "--als", "inkoper.demo", "--invoer", invoer)
    assert antwoord.code == 0, antwoord.fout
    assert "marktconsultatiedocument: 1 gemaakt" in antwoord.uit
    regels = run("documenten", dossier, "--json").json
    assert {r["document"] for r in regels} == {"marktconsultatiedocument", "uitnodiging", "vragenlijst"}
    assert all(Path(r["pad"]).is_file() for r in regels)
    assert "uitnodiging" in run("documenten", dossier).uit


@pytest.mark.parametrize("handeling", ["stuk_inleveren", "aanvraag_indienen", "aanvulling_indienen"])
def test_input_that_only_the_product_makes_is_taken_from_nobody(
    run: Any, app: App, dossier: str, tmp_path: Path, handeling: str
):
    """A report of comparison or a receipt that somebody wrote is not recorded; the answer says where to go."""
    eigen = tmp_path / "eigen.json"
    eigen.write_text('{"stuk": "x", "verslag": {}}', encoding="utf-8")
    voor = app.load(dossier)[0].versie
    antwoord = run("handeling", dossier, handeling, "--als", "inkoper.demo", "--invoer", eigen)
    assert antwoord.code == 2
    assert "kan niet met eigen invoer" in antwoord.fout
    assert "Gebruik " in antwoord.fout
    assert app.load(dossier)[0].versie == voor
