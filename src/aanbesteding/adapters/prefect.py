"""Prefect: one supervised local server, running a stage's flow, and serving the deployments.

The only module of the package that knows Prefect, and it imports it only when a flow is needed. Flows live in
flows/ (in a wheel: aanbesteding/_flows) and are loaded by path.

Must stay true: nothing calls the outside (telemetry off in both places); the server listens on loopback only and
dies with the process that started it; correctness never rests on Prefect (see docs/adr/0002).
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aanbesteding.errors import AanbestedingError
from aanbesteding.paden import find_map

FASEN = (
    "marktconsultatie",
    "publicatie",
    "beoordeling",
    "gunning",
    "toetreding",
    "aanhouding",
    "strategie",
    "contractbeheer",
    "verzending",
    "overleg",
    "berichtgeving",
)
DEEL = "deel"
"""The flow that makes a part of a large series on another machine."""
OPSTARTTIJD_S = 180


def make_server(api_url: str) -> Server:
    """The server at this address of an API."""
    return Server(api_url.removesuffix("/").removesuffix("/api"))


class PrefectNietGestart(AanbestedingError):
    """The local Prefect server did not come up."""


def make_omgeving(home: Path) -> dict[str, str]:
    """Environment for every Prefect process: own folder, no telemetry, batched recording."""
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "50",
        "PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE": "50",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
        "PREFECT_CLI_PROMPT": "false",
    }


@dataclass(frozen=True)
class Server:
    """A Prefect server that answers at `url` (its base, without /api)."""

    url: str
    proces: subprocess.Popen[bytes] | None = None

    @property
    def api(self) -> str:
        """Address of the API."""
        return f"{self.url}/api"


def check_gezond(url: str, wachttijd: float = 2.0) -> bool:
    """Does a server answer here?"""
    try:
        with urllib.request.urlopen(f"{url}/api/health", timeout=wachttijd) as antwoord:
            return antwoord.status == 200
    except (urllib.error.URLError, OSError, ValueError):
        return False


def find_vrije_poort(voorkeur: int | None = None) -> int:
    """A free port on loopback; the preferred one when that is free."""
    for poort in ([voorkeur] if voorkeur else []) + [0]:
        with socket.socket() as contact:
            contact.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                contact.bind(("127.0.0.1", poort))
            except OSError:
                continue
            return int(contact.getsockname()[1])
    raise PrefectNietGestart("Er is geen vrije poort op deze computer.")


def launch_server(home: Path, poort: int | None = None) -> Server:
    """Start the server process without waiting for it; `wait_server` does that."""
    home.mkdir(parents=True, exist_ok=True)
    nummer = find_vrije_poort(poort)
    omgeving = os.environ | make_omgeving(home)
    omgeving.pop("PREFECT_API_URL", None)
    omgeving["PREFECT_UI_API_URL"] = f"http://127.0.0.1:{nummer}/api"
    with (home / "server.log").open("ab") as log:
        proces = subprocess.Popen(
            [
                *(sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"),
                *("--host", "127.0.0.1", "--port", str(nummer), "--log-level", "error", "--lifespan", "on"),
                *("--timeout-graceful-shutdown", "3"),
            ],
            env=omgeving,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
    server = Server(f"http://127.0.0.1:{nummer}", proces)
    (home / "server.json").write_text(json.dumps({"url": server.url, "pid": proces.pid}), encoding="utf-8")
    return server


def _die_with_parent() -> None:
    """Ask the kernel to end this child when its parent ends, however that happens (PR_SET_PDEATHSIG)."""
    os.setpgrp()
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def wait_server(server: Server) -> Server:
    """Wait until the server answers; PrefectNietGestart tells where its log is when it does not."""
    einde = time.monotonic() + OPSTARTTIJD_S
    while time.monotonic() < einde:
        if check_gezond(server.url):
            return server
        if server.proces is not None and server.proces.poll() is not None:
            raise PrefectNietGestart(
                f"De Prefect-server stopte meteen (code {server.proces.returncode}). "
                "Zie server.log in de map 'prefect'."
            )
        time.sleep(0.2)
    stop_server(server)
    raise PrefectNietGestart("De Prefect-server kwam niet op tijd op. Zie server.log in de map 'prefect'.")


def stop_server(server: Server) -> None:
    """End a server that we started; a server of someone else is left alone."""
    if server.proces is None:
        return
    server.proces.terminate()
    try:
        server.proces.wait(10)
    except subprocess.TimeoutExpired:
        server.proces.kill()
        server.proces.wait()


@contextmanager
def server_in_gebruik(home: Path, api_url: str = "") -> Generator[Server]:
    """A server to run flows on: the one given, the one that `aanbesteding start` runs, or our own for now."""
    if api_url:
        yield make_server(api_url)
        return
    bestand = home / "server.json"
    bekend = load_bekende_server(bestand)
    if bekend is not None and check_gezond(bekend.url):
        yield bekend
        return
    server = launch_server(home)
    try:
        yield wait_server(server)
    finally:
        stop_server(server)
        bestand.unlink(missing_ok=True)


def load_bekende_server(bestand: Path) -> Server | None:
    """The server that an earlier process noted; None when there is no note or it cannot be read."""
    try:
        return Server(str(json.loads(bestand.read_text(encoding="utf-8"))["url"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load_flow(naam: str) -> Any:
    """The flow object of flows/<naam>.py."""
    from prefect.flows import load_flow_from_entrypoint

    return load_flow_from_entrypoint(f"{find_map('flows') / naam}.py:{naam}", use_placeholder_flow=False)


def run_fase(home: Path, server: Server, fase: str, dossier: str, als: str) -> Any:
    """Run a stage's flow in this process against this server; returns what the flow returns."""
    os.environ |= make_omgeving(home)
    os.environ["PREFECT_API_URL"] = server.api
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({PREFECT_API_URL: server.api, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return load_flow(fase)(opdracht={"dossier": dossier, "als": als})


def serve_deployments(home: Path, server: Server) -> None:
    """Serve every deployment until interrupted; runs are separate processes."""
    os.environ |= make_omgeving(home)
    os.environ["PREFECT_API_URL"] = server.api
    from prefect import serve
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: server.api}):
        serve(*_make_deployments(), pause_on_shutdown=False, print_starting_message=False, limit=2)


def _make_deployments(**velden: Any) -> list[Any]:
    """A deployment of every stage, of the watch over terms and of a part of a series."""
    namen: dict[str, dict[str, Any]] = {naam: {} for naam in (*FASEN, DEEL)}
    namen["termijnbewaking"] = {"interval": 900}
    return [
        load_flow(naam).to_deployment(name=naam, tags=["aanbesteding"], **extra, **velden)
        for naam, extra in namen.items()
    ]


def deploy_werkpool(home: Path, server: Server, pool: str) -> list[str]:
    """Make the work pool when it is not there and register every deployment in it; their names. Safe to do again."""
    os.environ |= make_omgeving(home)
    os.environ["PREFECT_API_URL"] = server.api
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.exceptions import ObjectNotFound
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: server.api}), get_client(sync_client=True) as client:
        try:
            client.read_work_pool(pool)
        except ObjectNotFound:
            client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
        deployments = _make_deployments(work_pool_name=pool)
        for deployment in deployments:
            # a worker runs in an empty folder of its own, so only the whole path of a flow says where it is
            deployment.entrypoint = f"{find_map('flows') / deployment.name}.py:{deployment.name}"
            deployment.apply()
        return [str(deployment.name) for deployment in deployments]


def run_werker(home: Path, server: Server, pool: str, hoogstens: int) -> None:
    """Become a worker of this pool, until it is ended; this process does not come back."""
    home.mkdir(parents=True, exist_ok=True)
    omgeving = {**os.environ, **make_omgeving(home), "PREFECT_API_URL": server.api}
    opdracht = [sys.executable, "-m", "prefect", "worker", "start", "--pool", pool, "--type", "process"]
    os.execve(sys.executable, [*opdracht, "--limit", str(hoogstens)], omgeving)
