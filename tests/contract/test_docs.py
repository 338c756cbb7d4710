"""The generated documentation says what the code says (guard G10); rewrite with `make docs`."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

import docs


@functools.cache
def build_pagina(naam: str) -> str:
    """A page, built once for all tests that only read it."""
    return docs.PAGINAS[naam]()


@pytest.mark.parametrize("pagina", docs.PAGINAS)
def test_generated_page_is_fresh(pagina: str) -> None:
    pad = docs.WORTEL / "docs" / pagina
    assert pad.is_file(), f"docs/{pagina} ontbreekt; maak het met 'make docs'"
    vers = pad.read_text(encoding="utf-8") == build_pagina(pagina)
    assert vers, f"docs/{pagina} is verouderd; maak het met 'make docs'"


@pytest.mark.parametrize("pagina", docs.PAGINAS)
def test_generated_page_is_the_same_every_time_and_names_no_path(pagina: str) -> None:
    tekst = build_pagina(pagina)
    assert tekst == docs.PAGINAS[pagina]()
    assert str(docs.WORTEL) not in tekst
    assert " 0x" not in tekst


def test_controleer_writes_nothing_and_names_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "begrippen.md").write_text("oud", encoding="utf-8")
    assert docs.list_verouderd(tmp_path) == tuple(docs.PAGINAS)
    monkeypatch.setattr(docs, "list_verouderd", lambda: ("regels.md",))
    assert docs.main(["--controleer"]) == 1
    assert "docs/regels.md is verouderd" in capsys.readouterr().out
    monkeypatch.setattr(docs, "list_verouderd", tuple)
    assert docs.main(["--controleer"]) == 0


@pytest.mark.parametrize(
    ("waarde", "tekst"),
    [
        pytest.param(None, "(leeg)", id="niets"),
        pytest.param((), "(leeg)", id="een lege lijst"),
        pytest.param(True, "ja", id="waar"),
        pytest.param(("A", "B"), "A; B", id="een lijst van teksten"),
        pytest.param("x" * 100, "x" * 69 + "…", id="een lange tekst"),
    ],
)
def test_example_value_is_shown_in_dutch(waarde: object, tekst: str) -> None:
    assert docs.show_waarde(waarde) == tekst
