"""Fixed texts: what a user reads, word for word, beside the test that makes it. Rewrite with `make golden`."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest


def check_vaste_tekst(pad: Path, tekst: str, config: pytest.Config) -> None:
    """Fail with a readable difference when `tekst` is not the fixed text in `pad`."""
    if config.getoption("--golden"):
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_text(tekst, encoding="utf-8", newline="\n")
    if not pad.is_file():
        pytest.fail(f"{pad.name} ontbreekt; maak het met 'make golden' en lees het na", pytrace=False)
    vast = pad.read_text(encoding="utf-8")
    if vast != tekst:
        verschil = difflib.unified_diff(
            vast.splitlines(), tekst.splitlines(), f"{pad.name} (vast)", "nu gemaakt", lineterm="", n=2
        )
        pytest.fail("\n".join([*verschil, "Is dit goed, schrijf het dan met 'make golden'."]), pytrace=False)
