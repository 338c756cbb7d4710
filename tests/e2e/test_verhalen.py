"""What must hold for every story of every region; what is special of a region stands in a test file of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aanbesteding.domain.feiten import PuntBeslist
from aanbesteding.engine.outbox import list_open
from aanbesteding.regio import regio_mappen
from e2e_verslag import render_verslag

pytestmark = pytest.mark.traag

VERHALEN = [
    (pad.parent.name, pad.name) for map_ in regio_mappen(None) for pad in sorted(map_.glob("*/verhaal*.toml"))
]
PROGRAMMATAAL = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|\{\{|\{%|\d{4}-\d{2}-\d{2}T|Decimal\(|\bB\.V\.\.|\bU\.A\.\.|\bnog niet bekend\b"
)
EXEMPLAREN = 6
"""Of documents with very many copies, the first few are read."""


@pytest.fixture(scope="session", params=VERHALEN, ids=[f"{r}/{b.removesuffix('.toml')}" for r, b in VERHALEN])
def verhaal(request, vertel):
    """Every story in turn."""
    return vertel(*request.param), *request.param


def test_a_verhaal_ends_with_every_promised_document(verhaal):
    verteld, _, _ = verhaal
    assert not list_open(verteld.app, verteld.verhaal.dossier)


def test_no_document_of_a_verhaal_shows_what_only_a_program_would_write(verhaal):
    verteld, _, _ = verhaal
    gelezen: dict[str, int] = {}
    fout: list[str] = []
    for regel in verteld.list_documenten():
        gelezen[regel.document] = gelezen.get(regel.document, 0) + 1
        if gelezen[regel.document] <= EXEMPLAREN:
            tekst = verteld.read_tekst(regel)
            fout += [f"{regel.pad}: {t}" for t in PROGRAMMATAAL.findall(tekst)]
    assert not fout


def test_every_open_punt_of_a_verhaal_was_decided_with_a_reason(verhaal):
    verteld, _, _ = verhaal
    besluiten = {p.punt: p for p in verteld.dossier.list_feiten(PuntBeslist)}
    assert set(besluiten) == {p.code for p in verteld.dossier.aanbesteding.punten}
    assert all(p.motivering for p in besluiten.values())


def test_transcript_of_a_verhaal_is_fresh(verhaal, request):
    verteld, regio, bestand = verhaal
    naam = regio + bestand.removeprefix("verhaal").removesuffix(".toml")
    pad = Path(__file__).parents[2] / "docs" / "verhalen" / f"{naam}.md"
    verslag = render_verslag(verteld)
    if request.config.getoption("--golden"):
        pad.write_text(verslag, encoding="utf-8")
    assert pad.read_text(encoding="utf-8") == verslag, "docs/verhalen is niet vers: draai make golden"
