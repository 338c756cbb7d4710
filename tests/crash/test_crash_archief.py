"""A backup or a restore that is killed leaves nothing half: all is there, or nothing."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from aanbesteding.bootstrap import make_app
from aanbesteding.engine.archief import ALLES, check_archief, restore, save_reservekopie
from aanbesteding.engine.verifieer import verify
from aanbesteding.settings import Settings
from aanbesteding.storage.tabellen import iter_regels, list_tabellen, open_momentopname
from betrouwbaarheid import note
from crash.processen import start
from crash.punten import ARCHIEF
from crash.test_crash import load_bestanden, ongestoord  # noqa: F401
from crash.toneel import DOSSIER
from crash.vergelijk import Staat, note_verschil
from crash.vergelijk import load_bestanden as tel_bestanden
from crash.vergelijk import load_staat as tel_rijen

pytestmark = [pytest.mark.crash, pytest.mark.betrouwbaarheid]


def tel(home: Path) -> Staat:
    """Everything that this folder holds."""
    return {**tel_bestanden(home), **tel_rijen(home)}


def keep(home: Path, doel: Path, sterf_bij: str = "") -> None:
    """Write a backup; die at this checkpoint."""
    os.environ["AANBESTEDING_STERF_BIJ"] = sterf_bij
    save_reservekopie(make_app(Settings(home=home)), doel, {})


def bring_back(home: Path, bron: Path, sterf_bij: str = "") -> None:
    """Restore a backup; die at this checkpoint."""
    os.environ["AANBESTEDING_STERF_BIJ"] = sterf_bij
    check_archief(bron, ALLES)
    restore(make_app(Settings(home=home)), bron, {})


def test_killed_backup_leaves_no_file_under_its_name_and_can_be_made_again(tmp_path: Path, ongestoord: Path):  # noqa: F811
    doel = tmp_path / "kopie.zip"
    assert start(keep, ongestoord, doel, "archief-voor-hernoemen") == -signal.SIGKILL
    assert not doel.exists()
    assert start(keep, ongestoord, doel) == 0
    check_archief(doel, ALLES)
    note(
        "storing",
        "kill -9 in een reservekopie",
        geprobeerd=1,
        verloren=0,
        dubbel=len(list(tmp_path.iterdir())) - 1,
    )
    assert [p.name for p in tmp_path.iterdir()] == ["kopie.zip"]


@pytest.mark.parametrize("naam", ARCHIEF[1:])
def test_killed_restore_is_simply_done_again(tmp_path: Path, ongestoord: Path, naam: str):  # noqa: F811
    kopie, home = tmp_path / "kopie.zip", tmp_path / "nieuw"
    assert start(keep, ongestoord, kopie) == 0
    assert start(bring_back, home, kopie, naam) == -signal.SIGKILL
    assert start(bring_back, home, kopie) == 0
    goed, nu = tel(ongestoord), tel(home)
    note_verschil("kill -9 in het terugzetten van een reservekopie", goed, nu)
    oud, nieuw = make_app(Settings(home=ongestoord)), make_app(Settings(home=home))
    with open_momentopname(oud.database) as een, open_momentopname(nieuw.database) as twee:
        for tabel in list_tabellen():
            assert list(iter_regels(een, tabel)) == list(iter_regels(twee, tabel)), tabel.name
    assert load_bestanden(home) == load_bestanden(ongestoord)
    assert verify(nieuw, DOSSIER).in_orde
