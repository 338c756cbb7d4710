"""The evidence of a whole purchase: every document is made again byte for byte, is valid, accessible and traceable."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from aanbesteding.cli import main
from aanbesteding.documents.controle import check_document
from aanbesteding.documents.lezen import read_docx, read_eigenschappen
from aanbesteding.engine import archiefcontrole
from aanbesteding.engine.archief import save_archief
from aanbesteding.engine.verifieer import verify
from aanbesteding.storage.bewijs import iter_documentrijen, list_clausuleregels
from contract.sjabloonlijst import report
from contract.wachters import list_ongeldig

pytestmark = pytest.mark.traag


def list_een_per_document(bommelerwaard) -> dict[str, Path]:
    """One produced file of every kind of document."""
    wortel = bommelerwaard.app.bestanden.folder(bommelerwaard.verhaal.dossier)
    rijen = iter_documentrijen(bommelerwaard.app.database, bommelerwaard.verhaal.dossier)
    return {rij.document: wortel / rij.pad for rij in rijen}


def test_whole_purchase_is_in_order_and_every_document_is_made_again(bommelerwaard):
    uitslag = verify(bommelerwaard.app, bommelerwaard.verhaal.dossier)
    assert uitslag.meldingen == ()
    assert uitslag.gereproduceerd == uitslag.documenten > 900


def test_produced_documents_are_accessible(bommelerwaard):
    for document, pad in list_een_per_document(bommelerwaard).items():
        report(f"{document}: {bevinding}" for bevinding in check_document(read_docx(pad)))


def test_produced_documents_are_valid_to_an_independent_validator(bommelerwaard):
    for document, pad in list_een_per_document(bommelerwaard).items():
        report(f"{document}: {fout}" for fout in list_ongeldig(pad))


def test_document_says_where_it_belongs_and_what_it_was_made_from(bommelerwaard):
    for rij in iter_documentrijen(bommelerwaard.app.database, bommelerwaard.verhaal.dossier):
        pad = bommelerwaard.app.bestanden.folder(rij.dossier) / rij.pad
        eigen = read_eigenschappen(read_docx(pad))
        assert (eigen["dossier"], eigen["document"], eigen["versie"]) == (
            rij.dossier,
            rij.document,
            str(rij.versie),
        )
        assert (eigen["sjabloon_sha256"], eigen["context_sha256"]) == (
            rij.sjabloon_sha256,
            rij.context_sha256,
        )
        if rij.id and rij.id > 50:
            break


def test_clause_leads_to_its_documents_and_back(bommelerwaard):
    app, code = bommelerwaard.app, bommelerwaard.verhaal.dossier
    brieven = list_clausuleregels(app.database, clausule="gunning_rechtsmiddel", dossier=code)
    assert {"gunningsbrief", "afwijzingsbrief"} <= {regel.document for regel in brieven}
    terug = list_clausuleregels(app.database, dossier=code, pad=brieven[0].pad)
    assert brieven[0] in terug


def test_whole_purchase_follows_once_more_from_its_archive_alone(
    bommelerwaard, tmp_path: Path, monkeypatch, capsys
):
    """Exported, checked by a program that has nothing of the package, and calculated again elsewhere."""
    archief = save_archief(bommelerwaard.app, bommelerwaard.verhaal.dossier, tmp_path / "BW.zip").pad
    controle = [sys.executable, "-I", "-S", archiefcontrole.__file__, str(archief)]
    klaar = subprocess.run(controle, capture_output=True, text=True, check=False)
    assert (klaar.returncode, "In orde" in klaar.stdout) == (0, True), klaar.stdout
    monkeypatch.setattr(sys, "argv", ["aanbesteding", "herbereken", str(archief), "--json"])
    monkeypatch.setenv("AANBESTEDING_HOME", str(tmp_path / "leeg"))
    with pytest.raises(SystemExit) as einde:
        main()
    assert not einde.value.code
    uitslag = json.loads(capsys.readouterr().out)
    assert uitslag["gelijk"], uitslag["meldingen"]
    assert uitslag["rangordes"] >= 5
    assert uitslag["documenten"] == uitslag["gereproduceerd"] > 900
    assert not (tmp_path / "leeg").exists()
