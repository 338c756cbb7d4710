"""LibreOffice opens the example of every document, and makes an accessible PDF with its title and language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aanbesteding.adapters.pdf import convert
from contract.sjabloonlijst import GEVALLEN, render_voorbeeld, report

PAGINA = b"/Type/Page/"


@pytest.mark.traag
@pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice (soffice) is er niet; installeer libreoffice-writer-nogui, zoals .ci/run doet",
)
def test_libreoffice_opens_every_example(tmp_path: Path) -> None:
    paden: list[Path] = []
    for geval in GEVALLEN:
        if geval.pad.is_file():
            paden.append(tmp_path / f"{geval.naam.replace('/', '-')}.docx")
            paden[-1].write_bytes(render_voorbeeld(geval))
    uitkomst = convert(paden)
    report(f"{pad.name}: {reden}" for pad, reden in uitkomst.mislukt)
    for pdf in uitkomst.gemaakt:
        inhoud = pdf.read_bytes()
        assert b"/Lang(nl-NL)" in inhoud, pdf.name
        assert b"<dc:title>" in inhoud, pdf.name
        assert inhoud.count(PAGINA) >= 1, pdf.name
    assert len(uitkomst.gemaakt) == len(paden)
