"""`aanbesteding stuk`: recognise an edited file, compare it with the dossier, and make a redline."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from documents.woord.maken import edit, find_element, read_leden, save_leden


@pytest.fixture
def brief(app: Any) -> Path:
    return app.bestanden.folder("PROEF") / "proef" / "brief-perceel-1.docx"


@pytest.fixture(autouse=True)
def _thuis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AANBESTEDING_HOME", str(tmp_path / "thuis"))
    (tmp_path / "thuis").mkdir()
    (tmp_path / "thuis" / "aanbesteding.db").touch()


def test_file_is_recognised_whatever_its_name(run: Any, brief: Path, tmp_path: Path) -> None:
    (tmp_path / "kopie van kopie (2).docx").write_bytes(brief.read_bytes())
    code, uit, _ = run("stuk", "herken", tmp_path / "kopie van kopie (2).docx")
    assert code == 0
    assert "brief voor perceel-1, dossier PROEF" in uit
    assert json.loads(run("stuk", "herken", brief, "--json")[1])["document"] == "brief"


def test_value_that_was_changed_is_a_contradiction_with_exit_code_3(
    run: Any, brief: Path, tmp_path: Path
) -> None:
    nieuw = tmp_path / "nieuw.docx"
    alinea = find_element(brief.read_bytes(), "Aan ")
    nieuw.write_bytes(edit(brief.read_bytes(), (alinea, alinea.replace("2026", "2027"))))
    code, uit, _ = run("stuk", "vergelijk", brief, nieuw)
    assert code == 3
    assert "1 keer in tegenspraak met het dossier" in uit
    assert "veld datum" in uit
    assert "{+" in uit
    gegevens = json.loads(run("stuk", "vergelijk", brief, nieuw, "--json")[1])
    assert gegevens["verschillen"][0]["tegenspraken"][0]["veld"] == "datum"


def test_same_file_and_other_wording_end_with_zero(run: Any, brief: Path, tmp_path: Path) -> None:
    nieuw = tmp_path / "nieuw.docx"
    nieuw.write_bytes(edit(brief.read_bytes(), ("U kunt hiertegen", "U kunt tegen dit besluit")))
    assert run("stuk", "vergelijk", brief, brief)[0] == 0
    code, uit, _ = run("stuk", "vergelijk", brief, nieuw)
    assert code == 0
    assert "formulering, gewijzigd" in uit
    assert "Afwijking van het register van clausules: 12:3" in uit


def test_file_of_no_dossier_is_compared_without_values_and_that_is_said(
    run: Any, brief: Path, tmp_path: Path
) -> None:
    leden = read_leden(brief.read_bytes())
    del leden["docProps/custom.xml"]
    (tmp_path / "los.docx").write_bytes(save_leden(leden))
    code, uit, _ = run("stuk", "vergelijk", brief, tmp_path / "los.docx")
    assert code == 0
    assert "Welke waarden uit het dossier komen, is niet bekend" in uit
    assert run("stuk", "herken", tmp_path / "los.docx")[0] == 2


def test_redline_is_written_once(run: Any, brief: Path, tmp_path: Path) -> None:
    nieuw, uit_pad = tmp_path / "nieuw.docx", tmp_path / "redline.docx"
    nieuw.write_bytes(edit(brief.read_bytes(), ("U kunt hiertegen", "U kunt tegen dit besluit")))
    code, uit, _ = run("stuk", "redline", brief, nieuw, "--uit", uit_pad, "--als", "J. Urist")
    assert code == 0, uit
    assert b'w:author="J. Urist"' in read_leden(uit_pad.read_bytes())["word/document.xml"]
    code, _, fout = run("stuk", "redline", brief, nieuw, "--uit", uit_pad)
    assert code == 2
    assert "bestaat al" in fout
    assert run("stuk", "redline", brief, nieuw, "--uit", tmp_path / "weg" / "r.docx")[0] == 2
    assert run("stuk", "redline", brief, nieuw, "--uit", uit_pad, "--overschrijf", "--json")[0] == 0


def test_unsafe_or_missing_file_is_named(run: Any, brief: Path, tmp_path: Path) -> None:
    (tmp_path / "fout.docx").write_bytes(b"geen Word")
    for opdracht in (("vergelijk", brief, tmp_path / "fout.docx"), ("herken", tmp_path / "fout.docx")):
        code, _, fout = run("stuk", *opdracht)
        assert code == 2
        assert "fout.docx" in fout
        assert "geen Word-bestand" in fout
    assert "niet te lezen" in run("stuk", "herken", tmp_path / "weg.docx")[2]


def test_edited_file_is_handed_in_as_the_next_version(
    app: Any, run: Any, brief: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aanbesteding.fasen import stukken

    basis = app.procedures["proef"]
    app.procedures["proef"] = replace(basis, fasen=stukken.begeleid(*basis.fasen))
    nieuw = tmp_path / "nieuw.docx"
    alinea = find_element(brief.read_bytes(), "Aan ")
    nieuw.write_bytes(edit(brief.read_bytes(), (alinea, alinea.replace("2026", "2027"))))
    code, uit, fout = run("stuk", "inleveren", nieuw, "--als", "jurist.demo")
    assert code == 0, fout
    assert "ingeleverd als versie 2, 1 keer in tegenspraak" in uit
    assert "houdt dat goedkeuring tegen" in uit
    assert run("stuk", "inleveren", nieuw, "--als", "jurist.demo")[0] == 2
    nieuw.write_bytes(edit(brief.read_bytes(), (alinea, alinea.replace("2026", "2028"))))
    antwoord = run(
        "stuk", "inleveren", nieuw, "--als", "jurist.demo", "--motivering", "Afgesproken.", "--json"
    )
    assert json.loads(antwoord[1])["gemotiveerd"] is True
    assert run("stuk", "inleveren", nieuw, "--als", "beoordelaar1.demo")[0] != 0
