"""Commands that run no flow answer without loading Prefect, and without the heavy libraries they do not use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROEF = """
import sys
from aanbesteding.cli import main
sys.argv = ["aanbesteding", *sys.argv[1:]]
try:
    main()
except SystemExit as einde:
    code = einde.code or 0
print("GELADEN", code, *sorted({naam.partition(".")[0] for naam in sys.modules}))
"""


def run(home: Path, *opdracht: str) -> tuple[int, set[str], str]:
    """Exit code, top-level modules that were loaded, and the output of a command in a fresh process."""
    uit = subprocess.run(
        [sys.executable, "-c", PROEF, *opdracht],
        env=os.environ | {"AANBESTEDING_HOME": str(home), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    tekst, _, geladen = uit.stdout.rpartition("GELADEN ")
    code, *modules = geladen.split()
    return int(code), set(modules), tekst


@pytest.mark.parametrize(
    "opdracht",
    [
        pytest.param(("--help",), id="hulp"),
        pytest.param(("dossier", "lijst"), id="lijst van dossiers"),
        pytest.param(("gebruiker", "lijst"), id="lijst van accounts"),
        pytest.param(("handelingen", "WEG"), id="handelingen van een dossier dat er niet is"),
        pytest.param(("termijn", "--help"), id="hulp bij termijnen"),
        pytest.param(("termijn", "opschortend", "--verzonden", "2026-04-07"), id="een termijn berekenen"),
    ],
)
def test_command_without_a_flow_does_not_load_prefect(tmp_path: Path, opdracht: tuple[str, ...]):
    code, modules, _ = run(tmp_path, *opdracht)
    assert code == (2 if "WEG" in opdracht else 0)
    assert "typer" in modules
    assert not modules & {"prefect", "uvicorn", "matplotlib"}


def test_help_is_light_and_names_every_command(tmp_path: Path):
    _, modules, tekst = run(tmp_path, "--help")
    assert not modules & {"sqlalchemy", "docx", "openpyxl", "jinja2", "fastapi"}
    for woord in (
        "termijn",
        "dossier",
        "handelingen",
        "handeling",
        "documenten",
        "importeer",
        "fase",
        "demo",
        "start",
        "gebruiker",
    ):
        assert woord in tekst
    assert list(tmp_path.iterdir()) == []
