"""A large series over several machines: Prefect and the product on PostgreSQL, documents in an object store, three
workers as processes with a folder of their own, and one of them killed at work.

With AANBESTEDING_LANG=1 the series has 2,000 letters.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from aanbesteding.adapters.prefect import (
    Server,
    deploy_werkpool,
    launch_server,
    run_fase,
    stop_server,
    wait_server,
)
from aanbesteding.adapters.prefect_api import ask
from aanbesteding.bootstrap import app_in_gebruik
from aanbesteding.engine import outbox
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.verifieer import verify
from aanbesteding.storage.documenten import list_documenten
from bench_dossier import DOSSIER
from betrouwbaarheid import note
from databases import Postgres
from grote_reeks import make_besluit
from objectopslag import Winkel, winkel_in_gebruik

pytestmark = [pytest.mark.prefect, pytest.mark.crash]

AANTAL = 2000 if os.environ.get("AANBESTEDING_LANG") else 240
DELEN = 6
POOL = "inkoop"


@dataclass
class Machines:
    """The shared server and store, and the environment of a machine that works with them."""

    server: Server
    omgeving: dict[str, str]

    @contextmanager
    def werker(self, home: Path) -> Iterator[subprocess.Popen[bytes]]:
        """A machine more, with a folder of its own."""
        home.mkdir()
        with (home / "werker.log").open("wb") as log:
            proces = subprocess.Popen(
                [sys.executable, "-m", "aanbesteding", "werker", "--hoogstens", "1"],
                env={**os.environ, **self.omgeving, "AANBESTEDING_HOME": str(home)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            assert wait_until(lambda: b"started" in (home / "werker.log").read_bytes(), 60)
            yield proces
        finally:
            kill_machine(proces.pid)
            proces.wait(30)


@pytest.fixture
def machines(postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machines]:
    voor = dict(os.environ)
    prefect = postgres.make_leeg().replace("postgresql://", "postgresql+asyncpg://")
    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", prefect)
    with winkel_in_gebruik() as winkel:
        server = launch_server(tmp_path / "server")
        try:
            yield Machines(wait_server(server), make_omgeving(postgres, winkel, server))
        finally:
            stop_server(server)
            os.environ.clear()
            os.environ |= voor


def make_omgeving(postgres: Postgres, winkel: Winkel, server: Server) -> dict[str, str]:
    return {
        **winkel.settings(),
        "AANBESTEDING_DATABASE_URL": postgres.make_database(),
        "AANBESTEDING_PREFECT_API_URL": server.api,
        "AANBESTEDING_WERKPOOL": POOL,
        "AANBESTEDING_WERKPOOL_DELEN": str(DELEN),
        "AANBESTEDING_WERKPOOL_STILTE": "40",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }


def list_kinderen(pid: int) -> list[int]:
    """This process and everything it started, also in other sessions."""
    ouders: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            delen = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ouders.setdefault(int(delen[1]), []).append(int(stat.parent.name))
    gevonden = [pid]
    for ouder in gevonden:
        gevonden += ouders.get(ouder, [])
    return gevonden


def kill_machine(pid: int) -> None:
    """As when the power goes: the worker and whatever it runs, at once."""
    for proces in reversed(list_kinderen(pid)):
        with suppress(ProcessLookupError):
            os.kill(proces, signal.SIGKILL)


def wait_until(klopt: Callable[[], bool], seconden: float) -> bool:
    einde = time.monotonic() + seconden
    while time.monotonic() < einde:
        if klopt():
            return True
        time.sleep(0.1)
    return False


def load_register(app: App) -> dict[str, tuple[str, str, str]]:
    """Path → recipient, hash and whether the file is there with that hash."""
    return {
        r.pad: (r.ontvanger, r.sha256, str(app.bestanden.check(DOSSIER, r.pad, r.sha256)))
        for r in list_documenten(app.database, DOSSIER, fase="gunning")
    }


@pytest.mark.lang
@pytest.mark.betrouwbaarheid
@pytest.mark.timeout(3 * AANTAL if AANTAL > 240 else 600)
def test_series_over_three_machines_of_which_one_is_killed_is_the_series_of_one_machine(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    monkeypatch.setattr(outbox, "SAMEN_VANAF", AANTAL // 2)
    alleen = make_besluit(tmp_path / "alleen", AANTAL)
    request.addfinalizer(alleen.database.dispose)
    for toezegging in list_open(alleen, DOSSIER, "gunning"):
        assert produce(alleen, toezegging).fouten == ()
    goed = load_register(alleen)

    for naam, waarde in machines.omgeving.items():
        monkeypatch.setenv(naam, waarde)
    app = make_besluit(tmp_path / "eerste", AANTAL)
    request.addfinalizer(app.database.dispose)
    deploy_werkpool(tmp_path / "eerste" / "prefect", machines.server, POOL)
    geveld: list[int] = []

    with (
        machines.werker(tmp_path / "m1") as een,
        machines.werker(tmp_path / "m2"),
        machines.werker(tmp_path / "m3"),
    ):

        def fell() -> None:
            brieven = AANTAL // 10
            if wait_until(lambda: len(list_documenten(app.database, DOSSIER, fase="gunning")) > brieven, 240):
                wait_until(lambda: len(list_kinderen(een.pid)) > 1, 60)
                geveld.extend(list_kinderen(een.pid))
                kill_machine(een.pid)

        draad = threading.Thread(target=fell, daemon=True)
        draad.start()
        with app_in_gebruik(app):
            run = run_fase(
                tmp_path / "eerste" / "prefect", machines.server, "gunning", DOSSIER, "inkoper.demo"
            )
        draad.join()

    nu = load_register(app)
    verloren, dubbel = len(goed.keys() - nu.keys()), len(nu.keys() - goed.keys())
    note("storing", "machine valt uit in een verdeelde reeks", geprobeerd=1, verloren=verloren, dubbel=dubbel)
    assert len(geveld) > 1, "de machine was aan het werk toen zij uitviel"
    assert run.fouten == ()
    assert nu == goed
    standen = list_standen(machines.server)
    assert len(standen) == DELEN
    assert standen.count("COMPLETED") >= DELEN - 2
    assert list_open(app, DOSSIER, "gunning") == ()
    assert [m for m in verify(app, DOSSIER).meldingen if m.is_fout] == []


def list_standen(server: Server) -> list[str]:
    """How the runs of the parts ended."""
    vraag = {"flows": {"name": {"any_": ["deel"]}}}
    return [str(run["state_type"]) for run in ask(server, "/flow_runs/filter", vraag)]
