"""Every stage and every kind of workbook is killed as by `kill -9` at each checkpoint, and ends as if nothing happened.

The checkpoints are collected from the source; the stages and workbooks from the procedures. With AANBESTEDING_LANG=1
every checkpoint also by itself, the first and the second time that a process comes there.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from aanbesteding.adapters.prefect import FASEN
from aanbesteding.procedures import PROCEDURES
from crash import fasetoneel
from crash.boeken import PLAATSEN
from crash.fasetoneel import Opname, Opnamen
from crash.processen import start
from crash.punten import ALLE, FASE, GETEST, INVOER
from crash.vergelijk import Staat, load_bestanden, load_staat, note_verschil, show_verschil

LANG = bool(os.environ.get("AANBESTEDING_LANG"))
pytestmark = [pytest.mark.crash, pytest.mark.lang, pytest.mark.betrouwbaarheid]

EIGEN_TEST = {"verzending"}
"""A stage without documents of its own; test_verzending.py kills it."""
WERKBOEKEN = ("aanbieders", "reacties", "vragen", "inschrijvingen", "scores", "aanvragen", "lopende_overeenkomsten",
              "prestaties", "deelnemers", *PLAATSEN)  # fmt: skip


def load_goed(opname: Opname, alles: Path) -> Staat:
    """What the folder holds after this step when nobody disturbs it."""
    register = set(fasetoneel.list_register(opname.na))
    bestanden = {
        k: n for k, n in load_bestanden(alles).items() if k.split(" ")[1].partition("/")[2] in register
    }
    return {**bestanden, **load_staat(opname.na.parent, opname.na.name)}


def load_nu(home: Path) -> Staat:
    return {**load_bestanden(home), **load_staat(home)}


def doe_gedood(home: Path, opname: Opname, naam: str) -> bool:
    """Do the step and die at this checkpoint; False when the step was done without coming there."""
    uitgang = start(fasetoneel.doe_stap, home, opname.moment, naam)
    assert uitgang in (0, -signal.SIGKILL)
    return uitgang != 0


def check_af(rij: str, home: Path, opname: Opname, opnamen: Opnamen, gedood: int) -> None:
    """Do the step once more, to its end: the folder must be what it is when nobody disturbs."""
    assert start(fasetoneel.doe_stap, home, opname.moment) == 0
    alles = opnamen.homes[opname.home or opname.moment.verhaal]
    goed, nu = load_goed(opname, alles), load_nu(home)
    note_verschil(rij, goed, nu, geprobeerd=gedood)
    assert show_verschil(goed, nu) == ""
    assert not [p for p in home.rglob("*.deel")]


def test_every_checkpoint_of_the_source_is_struck_by_a_test():
    assert ALLE == GETEST


def test_every_stage_with_a_flow_and_every_workbook_is_in_the_matrix(opnamen: Opnamen):
    assert set(opnamen.fasen) >= set(FASEN) - EIGEN_TEST
    soorten = {b.soort for p in PROCEDURES for f in p.fasen for b in f.invoerbestanden}
    assert soorten == set(WERKBOEKEN) == set(opnamen.werkboeken)


@pytest.mark.parametrize("fase", [f for f in FASEN if f not in EIGEN_TEST])
def test_stage_that_is_killed_at_every_checkpoint_in_turn_ends_as_if_nothing_happened(
    tmp_path: Path, opnamen: Opnamen, fase: str
):
    opname = opnamen.fasen[fase]
    home = fasetoneel.restore_home(opname, opnamen.homes[opname.moment.verhaal], tmp_path / "home")
    gedood = [naam for naam in FASE if doe_gedood(home, opname, naam)]
    assert gedood == list(FASE)
    check_af("kill -9 in een fase, op elk controlepunt", home, opname, opnamen, len(gedood))


@pytest.mark.parametrize("soort", WERKBOEKEN)
def test_import_that_is_killed_at_every_checkpoint_in_turn_is_read_once(
    tmp_path: Path, opnamen: Opnamen, soort: str
):
    opname = opnamen.werkboeken[soort]
    home = fasetoneel.restore_home(opname, opnamen.homes[opname.moment.verhaal], tmp_path / "home")
    gedood = [naam for naam in INVOER if doe_gedood(home, opname, naam)]
    assert gedood == list(INVOER)
    check_af("kill -9 in het inlezen van een werkboek", home, opname, opnamen, len(gedood))


@pytest.mark.skipif(not LANG, reason="alleen bij make test-lang")
@pytest.mark.parametrize("keer", [1, 2])
@pytest.mark.parametrize("naam", FASE)
@pytest.mark.parametrize("fase", [f for f in FASEN if f not in EIGEN_TEST])
def test_stage_that_is_killed_at_one_checkpoint_ends_as_if_nothing_happened(
    tmp_path: Path, opnamen: Opnamen, fase: str, naam: str, keer: int
):
    opname = opnamen.fasen[fase]
    home = fasetoneel.restore_home(opname, opnamen.homes[opname.moment.verhaal], tmp_path / "home")
    gedood = doe_gedood(home, opname, f"{naam}:{keer}")
    assert gedood or keer == 2
    check_af("kill -9 in een fase, op elk controlepunt", home, opname, opnamen, int(gedood))
