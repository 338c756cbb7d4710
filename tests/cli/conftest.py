"""A small dossier with its documents, two of their clauses marked, and a way to run a command on it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.bootstrap import app_in_gebruik
from aanbesteding.cli import main
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from documents.maak import make_docx
from documents.test_clausules import mark
from fakes import make_app, save_dossier

BRIEF = """Aan {{ naam }}, {{ versie }}, {{ datum|datum }}.

<<12:3>> U kunt hiertegen in beroep.

{%p if gemeld %}
<<13:1>> Er is gemeld, zie boven.
{%p endif %}"""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("COLUMNS", "250")
    app = make_app(tmp_path)
    mark(make_docx(app.sjablonen.wortel / "proef", BRIEF, naam="brief"))
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 2}, "inkoper.demo")
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()
    with app_in_gebruik(app):
        yield app


@pytest.fixture
def run(app: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*opdracht: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["aanbesteding", *map(str, opdracht)])
        code = 0
        try:
            main()
        except SystemExit as einde:
            code = int(einde.code or 0)
        uit = capsys.readouterr()
        return code, uit.out, uit.err

    return run
