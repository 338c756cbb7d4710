"""`sjabloon controleer`, `velden` and `voorbeeld`: what a jurist sees at the terminal, and the exit codes."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import docx
import pytest

from aanbesteding.cli import main
from documents.maak import make_docx
from documents.test_controle import change_lid

WORTEL = Path(__file__).parents[2]
BRIEF = WORTEL / "sjablonen" / "gunning" / "afwijzingsbrief.docx"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    monkeypatch.setenv("COLUMNS", "250")
    monkeypatch.setenv("AANBESTEDING_HOME", str(tmp_path / "staat"))
    monkeypatch.chdir(tmp_path)

    def run(*opdracht: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["aanbesteding", "sjabloon", *map(str, opdracht)])
        code = 0
        try:
            main()
        except SystemExit as einde:
            code = int(einde.code or 0)
        uit = capsys.readouterr()
        return code, uit.out, uit.err

    return run


@pytest.fixture
def kapot(tmp_path: Path) -> Path:
    """A jurist's copy of a letter with a typing error, an author and a comment mark."""
    pad = tmp_path / "afwijzingsbrief.docx"
    shutil.copy(BRIEF, pad)
    change_lid(pad, "word/document.xml", "brief.onderwerp", "brief.onderwrp")
    change_lid(
        pad,
        "docProps/core.xml",
        "<cp:lastModifiedBy>",
        "<cp:lastModifiedBy>P. Verzonnen",
    )
    return pad


def test_all_templates_of_the_product_are_clean(run: Any) -> None:
    code, uit, _ = run("controleer")
    assert code == 0
    assert uit.strip().endswith("sjablonen gecontroleerd: geen fouten.")


def test_fault_is_told_with_sentence_and_remedy(run: Any, kapot: Path) -> None:
    code, uit, _ = run("controleer", kapot)
    assert code == 2
    assert "In de zin 'Onderwerp {{ brief.onderwrp }}'" in uit
    assert (
        "het veld 'brief.onderwrp' bestaat niet, bij {{ brief.onderwrp }}; het meest lijkt erop: 'brief.onderwerp'"
        in uit
    )
    assert "laatst gewijzigd door: 'P. Verzonnen'" in uit
    assert "velden getoetst aan document 'afwijzingsbrief'" in uit
    assert "1 sjabloon gecontroleerd: " in uit


def test_faults_as_json(run: Any, kapot: Path) -> None:
    code, uit, _ = run("controleer", kapot, "--json")
    (oordeel,) = json.loads(uit)
    assert code == 2
    assert (oordeel["document"], oordeel["velden_getoetst"]) == ("afwijzingsbrief", True)
    assert {f["code"] for f in oordeel["fouten"]} == {"onbekend-veld", "persoonsgegeven"}
    assert set(oordeel["fouten"][0]) == {"code", "onderdeel", "kop", "zin", "uitleg", "advies"}


def test_template_that_is_not_declared_is_checked_without_its_fields_and_says_so(
    run: Any, tmp_path: Path
) -> None:
    pad = make_docx(tmp_path, "Beste {{ wie_dan_ook }}.", naam="eigen_brief")
    code, uit, _ = run("controleer", pad)
    assert code == 0
    assert "de velden zijn niet getoetst" in uit
    code, uit, _ = run("controleer", pad, "--document", "afwijzingsbrief")
    assert code == 2
    assert "het veld 'wie_dan_ook' bestaat niet" in uit


def test_folder_stands_for_every_word_file_in_it(run: Any, tmp_path: Path) -> None:
    map_ = tmp_path / "map"
    make_docx(map_, "Goed.", naam="goed")
    make_docx(map_ / "sub", "Fout {{ x", naam="fout")
    (map_ / "~$goed.docx").write_bytes(b"slot")
    (map_ / "oud.doc").write_bytes(b"x")
    code, uit, _ = run("controleer", map_)
    assert code == 2
    assert "fout.docx: 1 fout" in uit
    assert "oud.doc: 1 fout" in uit
    assert "goed.docx: in orde" in uit
    assert "3 sjablonen gecontroleerd: 2 fouten." in uit


@pytest.mark.parametrize(
    ("naam", "inhoud", "wat"),
    [
        pytest.param("a.docx", b"geen zip", "Dit is geen Word-bestand (.docx)", id="geen Word"),
        pytest.param("a.docm", b"PK", "document met macro's", id="macrobestand"),
        pytest.param("a.docx", None, "Het bestand bestaat niet", id="bestaat niet"),
    ],
)
def test_file_that_cannot_be_checked_is_told(
    run: Any, tmp_path: Path, naam: str, inhoud: bytes | None, wat: str
) -> None:
    if inhoud is not None:
        (tmp_path / naam).write_bytes(inhoud)
    code, uit, _ = run("controleer", tmp_path / naam)
    assert code == 2
    assert wat in uit


def test_empty_folder_is_told(run: Any, tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    code, _, fout = run("controleer", tmp_path / "leeg")
    assert (code, "geen Word-bestanden" in fout) == (2, True)


# --- velden -------------------------------------------------------------------------------------------------


def test_fields_with_kind_description_and_example(run: Any) -> None:
    code, uit, _ = run("velden", "afwijzingsbrief")
    assert code == 0
    assert "brief.datum" in uit
    assert "Datum van de brief" in uit
    assert "huisstijl.naam" in uit


def test_fields_as_json_are_those_of_the_model(run: Any) -> None:
    antwoord = json.loads(run("velden", "gunning/afwijzingsbrief.docx", "--json")[1])
    velden = {v["veld"]: v for v in antwoord["velden"]}
    assert antwoord["document"] == "afwijzingsbrief"
    assert velden["brief.datum"]["soort"] == "datum"
    assert velden["brief.datum"]["voorbeeld"]
    assert all(v["omschrijving"] for v in velden.values())


@pytest.mark.parametrize(
    ("code", "buur"),
    [
        ("afwijsbrief", "afwijzingsbrief"),
        ("Afwijzingsbrieven", "afwijzingsbrief"),
        ("leidraad", "aanbestedingsleidraad"),
    ],
)
@pytest.mark.parametrize("opdracht", ["velden", "voorbeeld"])
def test_unknown_document_is_told_with_the_nearest(run: Any, opdracht: str, code: str, buur: str) -> None:
    uitgang, _, fout = run(opdracht, code)
    assert uitgang == 2
    assert f"Het document '{code}' bestaat niet" in fout
    assert buur in fout


# --- voorbeeld ----------------------------------------------------------------------------------------------


def test_example_is_rendered_in_the_house_style_of_a_region(run: Any, tmp_path: Path) -> None:
    code, uit, _ = run(
        "voorbeeld", "afwijzingsbrief", "--regio", "bommelerwaard", "--uit", tmp_path / "x.docx"
    )
    assert code == 0
    assert "Bommelerwaard" in uit
    document = docx.Document(str(tmp_path / "x.docx"))
    assert "voorbeeld met verzonnen gegevens" in document.sections[0].footer.paragraphs[0].text


def test_example_goes_here_or_into_a_folder(run: Any, tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    assert run("voorbeeld", "afwijzingsbrief")[0] == 0
    assert run("voorbeeld", "afwijzingsbrief", "--uit", "map")[0] == 0
    assert (tmp_path / "voorbeeld-afwijzingsbrief.docx").read_bytes() == (
        tmp_path / "map" / "voorbeeld-afwijzingsbrief.docx"
    ).read_bytes()


@pytest.mark.parametrize(
    ("opdracht", "wat"),
    [
        pytest.param(["--regio", "nergens"], "De regio 'nergens' bestaat niet", id="onbekende regio"),
        pytest.param(["--uit", "weg/x.docx"], "De map weg bestaat niet", id="onbekende map"),
    ],
)
def test_wrong_choice_is_told(run: Any, opdracht: list[str], wat: str) -> None:
    code, _, fout = run("voorbeeld", "afwijzingsbrief", *opdracht)
    assert (code, wat in fout) == (2, True)


def test_a_link_to_itself_is_told_as_a_file_that_cannot_be_read(run: Any, tmp_path: Path) -> None:
    (tmp_path / "kring.docx").symlink_to("kring.docx")
    code, uit, _ = run("controleer", "kring.docx")
    assert (code, "niet te lezen" in uit) == (2, True)


@pytest.mark.parametrize(
    "plek", ["/proc/x.docx", "a" * 300], ids=["een map die niet mag", "een naam van 300 tekens"]
)
def test_example_that_cannot_be_written_is_told(run: Any, plek: str) -> None:
    code, _, fout = run("voorbeeld", "afwijzingsbrief", "--uit", plek)
    assert (code, "niet te schrijven" in fout) == (2, True)
