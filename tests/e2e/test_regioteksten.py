"""What docs/regios.md says that is carried out can be read in a Word document of the story: one row per statement."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from docs_regios import UITGEVOERD

pytestmark = pytest.mark.traag

TEKSTEN: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("regioteksten.toml").read_text(encoding="utf-8")
)
GEVALLEN = [
    pytest.param(regio, verhaal, *eis.split(": ", 1), id=f"{regio}: {code}")
    for regio, verhalen in TEKSTEN.items()
    for verhaal, rijen in verhalen.items()
    for code, eis in rijen.items()
]


@pytest.mark.parametrize("regio", TEKSTEN)
def test_every_statement_that_a_document_shows_has_its_words(regio: str) -> None:
    beloofd = {
        code
        for code, plaatsen in UITGEVOERD[regio].items()
        if any(plaats.startswith("document:") for plaats in plaatsen)
    }
    assert beloofd == {code for rijen in TEKSTEN[regio].values() for code in rijen}


@pytest.mark.parametrize(("regio", "verhaal", "document", "woorden"), GEVALLEN)
def test_statement_can_be_read_in_the_document(vertel, regio, verhaal, document, woorden):
    teksten = vertel(regio, verhaal).read_alle(document)
    assert teksten, f"{document} is niet gemaakt"
    assert any(woorden in " ".join(tekst.split()) for tekst in teksten)
