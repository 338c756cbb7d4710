"""`aanbesteding demo` is killed at random moments and started again on the same folder: nothing lost, nothing more.

With AANBESTEDING_LANG=1 every region in full, killed many times; otherwise one whole story of one region.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aanbesteding.regio import list_regios, regio_mappen
from crash.vergelijk import load_bestanden, load_staat, note_verschil, show_verschil

LANG = bool(os.environ.get("AANBESTEDING_LANG"))
KILLS = 6 if LANG else 2
REGIOS = [map_.name for map_ in list_regios(regio_mappen())] if LANG else ["regio-alkmaar"]
KORT = "verhaal-wmo.toml"
"""The story that is told when time is short."""
pytestmark = [
    pytest.mark.crash,
    pytest.mark.traag,
    pytest.mark.lang,
    pytest.mark.betrouwbaarheid,
    pytest.mark.timeout(3600),
]


@pytest.fixture(scope="module")
def eigen_regios(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the user's own regions: empty, or with one that has a single story."""
    map_ = tmp_path_factory.mktemp("regios")
    if not LANG:
        bron = next(m for m in list_regios(regio_mappen()) if m.name == REGIOS[0])
        shutil.copytree(bron, map_ / bron.name)
        for pad in (map_ / bron.name).glob("verhaal*.toml"):
            if pad.name != KORT:
                pad.unlink()
    return map_


def start_demo(regio: str, home: Path, eigen_regios: Path) -> subprocess.Popen[bytes]:
    """The command as a user types it, with its output beside the folder."""
    with home.with_suffix(".log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "aanbesteding", "demo", regio, "--map", str(home)],
            env=os.environ | {"AANBESTEDING_REGIOS": str(eigen_regios)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def finish_demo(regio: str, home: Path, eigen_regios: Path) -> None:
    """Run to the end."""
    assert start_demo(regio, home, eigen_regios).wait(1800) == 0, home.with_suffix(".log").read_text("utf-8")


def kill_demo(proces: subprocess.Popen[bytes], home: Path, vanaf: int, kans: random.Random) -> bool:
    """`kill -9` some moments after there are this many documents; False when it was ready sooner."""
    while proces.poll() is None and count_documenten(home) < vanaf:
        time.sleep(0.02)
    time.sleep(kans.uniform(0, 0.3))
    proces.kill()
    return proces.wait() != 0


def count_documenten(home: Path) -> int:
    return sum(1 for _ in (home / "documenten").rglob("*.docx"))


def list_overige(home: Path) -> list[str]:
    """Every other file that the demo leaves, the database's and Prefect's own left out; a mail by its folder."""
    return sorted(
        p.parent.relative_to(home).as_posix() if p.suffix == ".eml" else p.relative_to(home).as_posix()
        for p in home.rglob("*")
        if p.is_file()
        and p.relative_to(home).parts[0] not in ("documenten", "prefect")
        and not p.name.startswith("aanbesteding.db")
    )


@pytest.mark.parametrize("regio", REGIOS)
def test_demo_that_is_killed_and_started_again_ends_like_an_undisturbed_one(
    tmp_path: Path, eigen_regios: Path, regio: str
):
    heel, gestoord = tmp_path / "heel", tmp_path / "gestoord"
    finish_demo(regio, heel, eigen_regios)
    kans = random.Random(os.environ.get("AANBESTEDING_KANS", regio))
    momenten = sorted(kans.sample(range(count_documenten(heel)), KILLS))
    gedood = sum(kill_demo(start_demo(regio, gestoord, eigen_regios), gestoord, n, kans) for n in momenten)
    finish_demo(regio, gestoord, eigen_regios)
    goed = {**load_bestanden(heel), **load_staat(heel)}
    nu = {**load_bestanden(gestoord), **load_staat(gestoord)}
    note_verschil(f"demo {regio} gedood op een willekeurig moment", goed, nu, geprobeerd=gedood)
    assert gedood > 0
    assert show_verschil(goed, nu) == "", f"gedood na {momenten} documenten"
    assert list_overige(gestoord) == list_overige(heel)
    shutil.rmtree(heel)
    shutil.rmtree(gestoord)
