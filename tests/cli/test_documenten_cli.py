"""`aanbesteding documenten --pdf`: a PDF beside every document, what failed by name, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.test_pdf import GOED, NEP


@pytest.fixture
def nep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for LibreOffice and fc-list, first on the path."""
    map_ = tmp_path / "bin"
    map_.mkdir()
    (map_ / "soffice").write_text(NEP.format(log=tmp_path / "starts", pdf=GOED.decode()), encoding="utf-8")
    (map_ / "fc-list").write_text("#!/bin/sh\necho DejaVu Sans\n", encoding="utf-8")
    for pad in map_.iterdir():
        pad.chmod(0o755)
    monkeypatch.setenv("PATH", f"{map_}:/usr/bin:/bin")


@pytest.mark.usefixtures("nep")
def test_pdfs_are_made_beside_the_documents_and_only_once(app: Any, run: Any) -> None:
    code, uit, fout = run("documenten", "PROEF", "--pdf")
    assert code == 0
    assert "5 PDF's gemaakt (pdfua), 0 waren er al, 0 mislukt" in uit
    assert "Let op: Het lettertype 'Calibri' ontbreekt" in fout
    assert (app.bestanden.folder("PROEF") / "proef" / "brief-perceel-1.pdf").is_file()
    assert "0 PDF's gemaakt (pdfua), 5 waren er al" in run("documenten", "PROEF", "--pdf")[1]
    assert run("verifieer", "PROEF")[0] == 0


@pytest.mark.usefixtures("nep")
def test_pdf_as_json(run: Any) -> None:
    antwoord = json.loads(run("documenten", "PROEF", "--pdf", "--json")[1])
    assert len(antwoord["gemaakt"]) == 5
    assert (antwoord["soort"], antwoord["mislukt"]) == ("pdfua", [])


@pytest.mark.usefixtures("nep")
def test_missing_document_is_named_and_the_others_are_made(app: Any, run: Any) -> None:
    (app.bestanden.folder("PROEF") / "proef" / "brief-perceel-1.docx").unlink()
    code, uit, fout = run("documenten", "PROEF", "--pdf", "--fase", "proef")
    assert code == 1
    assert "Mislukt: brief-perceel-1.docx: het Word-bestand ontbreekt" in fout
    assert "4 PDF's gemaakt" in uit


def test_without_libreoffice_the_command_says_what_is_missing(
    run: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, fout = run("documenten", "PROEF", "--pdf")
    assert code == 2
    assert "LibreOffice nodig" in fout
    assert run("documenten", "PROEF")[0] == 0


def test_unknown_kind_is_refused(run: Any) -> None:
    code, _, fout = run("documenten", "PROEF", "--pdf", "--soort", "pdfx")
    assert code == 2
    assert "pdfua" in fout
