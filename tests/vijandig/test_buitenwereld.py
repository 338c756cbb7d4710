"""Nothing calls the outside: every process is watched while it runs commands, a stage through Prefect, and the pages.

The watch is an audit hook (PEP 578) that every Python process of the command loads when it starts, Prefect's too. It
notes and refuses whatever is not loopback: looking up a name, connecting, sending.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from aanbesteding.adapters.prefect import find_vrije_poort
from aanbesteding.regio import regio_mappen

pytestmark = [pytest.mark.prefect, pytest.mark.traag]

WACHT = '''
"""Notes and refuses every use of the network outside this machine."""
import os, sys

EIGEN = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "", None)

def _kijk(gebeurtenis, argumenten):
    if gebeurtenis in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        adres = argumenten[1]
        waar = adres[0] if isinstance(adres, tuple) else None
    elif gebeurtenis in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        waar = argumenten[0]
    else:
        return
    waar = waar.decode() if isinstance(waar, bytes) else waar
    if waar in EIGEN or str(waar).startswith("127."):
        return
    with open(os.environ["WACHT_BOEK"], "a") as boek:
        boek.write(f"{gebeurtenis} {waar} in {sys.argv[:3]}\\n")
    raise OSError("Geen netwerk buiten deze computer (test).")

sys.addaudithook(_kijk)
with open(os.environ["WACHT_BOEK"] + ".wie", "a") as boek:
    boek.write(f"{os.getpid()}\\n")
'''


class Omgeving:
    """Processes that are watched, with a state of their own."""

    def __init__(self, map_: Path) -> None:
        (map_ / "wacht").mkdir()
        (map_ / "wacht" / "sitecustomize.py").write_text(WACHT, encoding="utf-8")
        self.boek = map_ / "boek.txt"
        self.poort = find_vrije_poort()
        self.env = {
            k: v for k, v in os.environ.items() if not k.startswith(("AANBESTEDING_", "PREFECT_"))
        } | {
            "PYTHONPATH": str(map_ / "wacht"),
            "WACHT_BOEK": str(self.boek),
            "AANBESTEDING_HOME": str(map_ / "staat"),
            "AANBESTEDING_WEB_POORT": str(self.poort),
            "AANBESTEDING_PREFECT_POORT": str(find_vrije_poort()),
        }

    def run(self, *opdracht: str, python: bool = False) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        voor = [sys.executable] if python else [sys.executable, "-m", "aanbesteding"]
        return subprocess.run(
            [*voor, *opdracht], env=self.env, capture_output=True, text=True, check=False, timeout=300
        )

    @property
    def buiten(self) -> str:
        """What was tried towards the outside."""
        return self.boek.read_text(encoding="utf-8") if self.boek.exists() else ""

    @property
    def bewaakt(self) -> int:
        """How many processes loaded the watch."""
        return len(Path(f"{self.boek}.wie").read_text(encoding="utf-8").split())

    @contextmanager
    def start(self) -> Iterator[httpx.Client]:
        """`aanbesteding start`, with a visitor once its pages answer; ended with Ctrl-C."""
        proces = subprocess.Popen(
            [sys.executable, "-m", "aanbesteding", "start"],
            env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{self.poort}", trust_env=False) as client:
                einde = time.monotonic() + 240
                while True:
                    try:
                        client.get("/inloggen")
                        break
                    except httpx.TransportError:
                        assert proces.poll() is None, proces.communicate()[0]
                        assert time.monotonic() < einde, "de pagina's antwoorden niet"
                        time.sleep(0.3)
                yield client
        finally:
            proces.send_signal(signal.SIGINT)
            try:
                proces.communicate(timeout=90)
            except subprocess.TimeoutExpired:
                os.killpg(proces.pid, signal.SIGKILL)
                raise


@pytest.fixture
def omgeving(tmp_path: Path) -> Omgeving:
    return Omgeving(tmp_path)


def test_the_watch_itself_sees_and_refuses_what_goes_out(omgeving: Omgeving) -> None:
    uit = omgeving.run(
        "-c", "import socket; socket.create_connection(('buiten.example', 80), 1)", python=True
    )
    assert uit.returncode == 1
    assert "buiten.example" in omgeving.buiten


def test_commands_a_stage_and_the_pages_stay_on_this_machine(omgeving: Omgeving) -> None:
    bron = regio_mappen()[0] / "bommelerwaard" / "bw-2027.toml"
    assert omgeving.run("termijn", "opschortend", "--verzonden", "2026-04-07").returncode == 0
    nieuw = omgeving.run("dossier", "nieuw", str(bron))
    assert nieuw.returncode == 0, nieuw.stderr
    assert omgeving.run("handelingen", "BW-2027").returncode == 0
    fase = omgeving.run("fase", "marktconsultatie", "BW-2027")
    assert fase.returncode == 0, fase.stdout + fase.stderr
    with omgeving.start() as client:
        assert "Inloggen" in client.get("/inloggen").text
        assert client.get("/loket").status_code == 200
    assert omgeving.buiten == ""
    assert omgeving.bewaakt >= 7, "elke opdracht, en de server van Prefect"
