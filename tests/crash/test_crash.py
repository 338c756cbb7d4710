"""Processes are killed as by `kill -9` at every checkpoint; started again they end where an undisturbed run ends.

The first stage of a story, told by the demo's own teller; test_fasen.py does the same in every stage.
"""

from __future__ import annotations

import hashlib
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crash import toneel, vergelijk
from crash.processen import PROCESSEN, start
from crash.punten import FASE
from crash.vergelijk import note_verschil

pytestmark = [pytest.mark.crash, pytest.mark.betrouwbaarheid]

CHECKPOINTS = sorted(FASE)
TABELLEN = ("dossier", "feit", "status", "toezegging", "document", "envelop")


def load_staat(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that belongs to the dossier, with the ids that the database gave left out."""
    verbinding = sqlite3.connect(home / "aanbesteding.db")
    staat: dict[str, list[tuple[Any, ...]]] = {}
    for tabel in TABELLEN:
        kolommen = [rij[1] for rij in verbinding.execute(f"PRAGMA table_info({tabel})") if rij[1] != "id"]
        vraag = f"SELECT {', '.join(kolommen)} FROM {tabel} ORDER BY 1, 2, 3"
        staat[tabel] = sorted(verbinding.execute(vraag).fetchall(), key=repr)
    verbinding.close()
    return staat


def load_bestanden(home: Path) -> dict[str, str]:
    """Hash of every file that is not the database."""
    return {
        p.relative_to(home).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted((home / "documenten").rglob("*"))
        if p.is_file()
    }


def check_register(home: Path) -> None:
    """What the register says lies on disk does lie there, whole, and nothing else."""
    verbinding = sqlite3.connect(home / "aanbesteding.db")
    register = dict(verbinding.execute("SELECT 'documenten/' || dossier || '/' || pad, sha256 FROM document"))
    verbinding.close()
    assert register == load_bestanden(home)


@pytest.fixture(scope="module")
def ongestoord(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a run that nobody disturbed."""
    home = tmp_path_factory.mktemp("ongestoord")
    assert start(toneel.tell, home) == 0
    return home


@pytest.fixture(scope="module")
def voor_opening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a run that stopped just before the consultation opens."""
    home = tmp_path_factory.mktemp("voor-opening")
    assert start(toneel.tell, home, "", False) == 0
    return home


def copy_home(bron: Path, doel: Path) -> Path:
    """A copy of a folder whose database is not in use."""
    doel.mkdir(exist_ok=True)
    van, naar = sqlite3.connect(bron / "aanbesteding.db"), sqlite3.connect(doel / "aanbesteding.db")
    van.backup(naar)
    van.close()
    naar.close()
    return doel


def test_undisturbed_run_makes_documents_and_keeps_every_promise(ongestoord: Path):
    staat = load_staat(ongestoord)
    assert len(staat["document"]) > 10
    assert len(staat["feit"]) >= 5
    check_register(ongestoord)


@pytest.mark.parametrize(
    "keer", [pytest.param("", id="de eerste keer"), pytest.param(":2", id="de tweede keer")]
)
@pytest.mark.parametrize("naam", CHECKPOINTS)
def test_run_that_was_killed_ends_like_an_undisturbed_run(
    tmp_path: Path, ongestoord: Path, naam: str, keer: str
):
    assert start(toneel.tell, tmp_path, naam + keer) == -signal.SIGKILL
    assert start(toneel.tell, tmp_path) == 0
    rij = "kill -9 in een fase, op elk controlepunt"
    note_verschil(rij, vergelijk.load_staat(ongestoord), vergelijk.load_staat(tmp_path))
    assert load_staat(tmp_path) == load_staat(ongestoord)
    assert load_bestanden(tmp_path) == load_bestanden(ongestoord)
    check_register(tmp_path)
    assert start(toneel.tell, tmp_path) == 0
    assert load_staat(tmp_path) == load_staat(ongestoord)


def test_run_that_is_killed_again_and_again_ends_the_same(tmp_path: Path, ongestoord: Path):
    """Acts first, so that every checkpoint is still to come when its turn is there."""
    for naam in sorted(CHECKPOINTS, reverse=True):
        assert start(toneel.tell, tmp_path, naam) == -signal.SIGKILL
    assert start(toneel.tell, tmp_path) == 0
    assert load_staat(tmp_path) == load_staat(ongestoord)
    assert load_bestanden(tmp_path) == load_bestanden(ongestoord)


def test_half_written_file_of_a_killed_run_is_cleaned_up(tmp_path: Path, ongestoord: Path):
    start(toneel.tell, tmp_path, "document-na-schrijven")
    rest = next((tmp_path / "documenten").rglob("*.docx")).with_name("uitnodiging-x.docx.deel")
    rest.write_bytes(b"half")
    assert start(toneel.tell, tmp_path) == 0
    assert not rest.exists()
    assert load_bestanden(tmp_path) == load_bestanden(ongestoord)


def start_samen(doel: Callable[..., None], home: Path) -> list[Any]:
    """Run this in two processes that wait for each other; returns what each told, sorted. Both must end well."""
    afspraak, uitkomsten = PROCESSEN.Barrier(2), PROCESSEN.Queue()
    processen = [PROCESSEN.Process(target=doel, args=(home, afspraak, uitkomsten)) for _ in range(2)]
    for proces in processen:
        proces.start()
    for proces in processen:
        proces.join(60)
    assert [proces.exitcode for proces in processen] == [0, 0]
    return sorted(uitkomsten.get(timeout=5) for _ in processen)


def test_two_processes_that_perform_the_same_handeling_exactly_one_succeeds(
    tmp_path: Path, voor_opening: Path
):
    home = copy_home(voor_opening, tmp_path / "samen")
    voor = len(load_staat(home)["feit"])
    assert start_samen(toneel.perform_samen, home) == ["StaleDossier", "vastgelegd"]
    feiten = load_staat(home)["feit"]
    assert len(feiten) > voor
    assert len({rij[2] for rij in feiten if rij[5] == toneel.TOT}) == 1
    assert start(toneel.tell, home) == 0
    check_register(home)


def test_two_processes_that_make_the_same_documents_make_each_once(
    tmp_path: Path, voor_opening: Path, ongestoord: Path
):
    home = copy_home(voor_opening, tmp_path / "samen")
    assert start(toneel.tell, home, "handeling-na-vastleggen") == -signal.SIGKILL
    start_samen(toneel.produce_samen, home)
    assert load_staat(home) == load_staat(ongestoord)
    assert load_bestanden(home) == load_bestanden(ongestoord)
    check_register(home)
