"""Starts the run of a stage's flow on a Prefect server that serves the deployments, and asks how far it is.

Must stay true: nothing here decides; when the server or a deployment is not there, the sentence says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from aanbesteding.adapters.klok import Systeemklok
from aanbesteding.adapters.prefect import Server
from aanbesteding.adapters.prefect_api import KLAAR, PrefectAntwoordtNiet, ask
from aanbesteding.engine.ports import Klok

GEDULD = timedelta(minutes=15)
"""Longer than a run of a stage lasts: an older one that never ended is not waited for."""
STANDEN = {
    "SCHEDULED": "ingepland",
    "PENDING": "start",
    "RUNNING": "bezig",
    "COMPLETED": "klaar",
    "FAILED": "mislukt",
    "CRASHED": "mislukt",
    "CANCELLED": "afgebroken",
    "CANCELLING": "wordt afgebroken",
    "PAUSED": "gepauzeerd",
}


@dataclass(frozen=True)
class Flowrun:
    """A run: its state in Dutch, whether it has ended, and the page of Prefect that shows it.

    `eerder`: who started it, when that was somebody else than who asked for a run of their own.
    """

    id: str
    stand: str
    klaar: bool
    adres: str
    eerder: str = ""


@dataclass(frozen=True)
class Prefectruns:
    """Runs on whatever server is in use; `find_server` tells which, None when there is none."""

    find_server: Callable[[], Server | None]
    klok: Klok = field(default_factory=Systeemklok)

    def start(self, fase: str, dossier: str, persoon: str, *, alleen: bool = False) -> Flowrun:
        """Start the flow of this stage as this person.

        `alleen`: not when one for this dossier is waiting or at work; then that one comes back. Two who ask at the very
        same moment name the same run before theirs, and Prefect makes one run of that.
        """
        server = self._load_server()
        deployment = ask(server, f"/deployments/name/{fase}/{fase}")
        merk = f"dossier:{dossier}"
        opdracht: dict[str, Any] = {
            "parameters": {"opdracht": {"dossier": dossier, "als": persoon}},
            "tags": [merk],
            "idempotency_key": str(uuid4()),
        }
        if alleen:
            vorige = self._find_laatste(server, str(deployment["id"]), merk)
            if vorige is not None and self._is_bezig(vorige):
                return _build_run(server, vorige, persoon)
            opdracht["idempotency_key"] = f"{merk} na {vorige['id'] if vorige else 'niets'}"
        run = ask(server, f"/deployments/{deployment['id']}/create_flow_run", opdracht)
        return _build_run(server, run, persoon)

    def _find_laatste(self, server: Server, deployment: str, merk: str) -> Mapping[str, Any] | None:
        vraag = {
            "flow_runs": {"tags": {"all_": [merk]}},
            "deployments": {"id": {"any_": [deployment]}},
            "sort": "EXPECTED_START_TIME_DESC",
            "limit": 1,
        }
        return next(iter(ask(server, "/flow_runs/filter", vraag)), None)

    def load(self, id_: str) -> Flowrun:
        """How far a run is."""
        server = self._load_server()
        return _build_run(server, ask(server, f"/flow_runs/{id_}"))

    def _is_bezig(self, run: Mapping[str, Any]) -> bool:
        """Is this run waiting or at work? One of long ago counts as gone: its process may have been killed."""
        begin = datetime.fromisoformat(str(run.get("start_time") or run["expected_start_time"]))
        return str(run.get("state_type")) not in KLAAR and self.klok.nu() - begin < GEDULD

    def _load_server(self) -> Server:
        server = self.find_server()
        if server is None:
            raise PrefectAntwoordtNiet(
                "Prefect draait niet. Start alles met 'aanbesteding start', of voer de fase uit op de opdrachtregel."
            )
        return server


def _build_run(server: Server, run: Mapping[str, Any], vrager: str = "") -> Flowrun:
    soort = str(run.get("state_type") or "SCHEDULED")
    adres = f"{server.url}/runs/flow-run/{run['id']}"
    starter = str(run.get("parameters", {}).get("opdracht", {}).get("als", "")) if vrager else ""
    eerder = starter if starter != vrager else ""
    return Flowrun(str(run["id"]), STANDEN.get(soort, soort.lower()), soort in KLAAR, adres, eerder)
