"""The text of every rendered example, line by line, reviewed as a diff (guard G6). Rewrite with `make golden`."""

from __future__ import annotations

from pathlib import Path

import pytest

from aanbesteding.documents.text import extract_text
from contract.sjabloonlijst import GEVALLEN, WORTEL, Geval, render_voorbeeld, voor_elk_sjabloon
from contract.wachters import compare_golden

FASEN = WORTEL / "tests" / "fasen"


def golden_pad(geval: Geval) -> Path:
    """Where the golden text of a template stands."""
    fase, _, naam = geval.naam.partition("/")
    return FASEN / fase / "golden" / f"{naam}.txt"


@voor_elk_sjabloon
def test_voorbeeld_has_its_golden_text(geval: Geval, pytestconfig: pytest.Config) -> None:
    pad, tekst = golden_pad(geval), extract_text(render_voorbeeld(geval))
    if pytestconfig.getoption("--golden"):
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_text(tekst, encoding="utf-8", newline="\n")
    waar = pad.relative_to(WORTEL)
    if not pad.is_file():
        pytest.fail(f"{waar} ontbreekt; maak het met 'make golden' en lees het na", pytrace=False)
    vast = pad.read_text(encoding="utf-8")
    if vast != tekst:
        verschil = compare_golden(vast, tekst, str(waar))
        pytest.fail("\n".join([*verschil, "Is dit goed, schrijf het dan met 'make golden'."]), pytrace=False)


def test_every_golden_text_has_its_document(pytestconfig: pytest.Config) -> None:
    wees = set(FASEN.glob("*/golden/*.txt")) - {golden_pad(geval) for geval in GEVALLEN}
    if pytestconfig.getoption("--golden"):
        for pad in wees:
            pad.unlink()
        wees = set()
    assert sorted(str(pad.relative_to(WORTEL)) for pad in wees) == []
