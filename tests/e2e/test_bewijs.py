"""The evidence of a whole purchase: every document is made again byte for byte, is valid, accessible and traceable."""

from __future__ import annotations

from pathlib import Path

import pytest

from aanbesteding.documents.controle import check_document
from aanbesteding.documents.lezen import read_docx, read_eigenschappen
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
