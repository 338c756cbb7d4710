"""Starts the run of a stage's flow on a Prefect server that serves the deployments, and asks how far it is.

Speaks the server's HTTP API, so that the web pages need not load Prefect.
Must stay true: nothing here decides; when the server or a deployment is not there, the sentence says what to do.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from aanbesteding.adapters.klok import Systeemklok
from aanbesteding.adapters.prefect import Server
from aanbesteding.engine.ports import Klok
from aanbesteding.errors import AanbestedingError

WACHTTIJD_S = 5.0
POGINGEN = 5
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
KLAAR = frozenset({"COMPLETED", "FAILED", "CRASHED", "CANCELLED"})


class PrefectAntwoordtNiet(AanbestedingError):
    """There is no Prefect server, or it does not serve this stage."""


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
        deployment = self._ask(server, f"/deployments/name/{fase}/{fase}")
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
        run = self._ask(server, f"/deployments/{deployment['id']}/create_flow_run", opdracht)
        return _build_run(server, run, persoon)

    def _find_laatste(self, server: Server, deployment: str, merk: str) -> Mapping[str, Any] | None:
        vraag = {
            "flow_runs": {"tags": {"all_": [merk]}},
            "deployments": {"id": {"any_": [deployment]}},
            "sort": "EXPECTED_START_TIME_DESC",
            "limit": 1,
        }
        return next(iter(self._ask(server, "/flow_runs/filter", vraag)), None)

    def load(self, id_: str) -> Flowrun:
        """How far a run is."""
        server = self._load_server()
        return _build_run(server, self._ask(server, f"/flow_runs/{id_}"))

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

    def _send(self, verzoek: urllib.request.Request) -> Any:
        """Ask, and again when the server was too busy to answer; every run that is asked for carries its own key."""
        keer = 0
        while True:
            keer += 1
            try:
                with urllib.request.urlopen(verzoek, timeout=WACHTTIJD_S) as antwoord:
                    return json.loads(antwoord.read())
            except urllib.error.HTTPError as fout:
                if fout.code != 503 or keer == POGINGEN:
                    raise
                fout.close()
            time.sleep(0.2 * keer)

    def _ask(self, server: Server, pad: str, inhoud: Mapping[str, Any] | None = None) -> Any:
        verzoek = urllib.request.Request(
            f"{server.api}{pad}",
            data=None if inhoud is None else json.dumps(inhoud).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            return self._send(verzoek)
        except urllib.error.HTTPError as fout:
            if fout.code == 404:
                raise PrefectAntwoordtNiet(
                    "Prefect kent deze fase of deze run niet. Start alles met 'aanbesteding start'."
                ) from fout
            raise PrefectAntwoordtNiet(f"Prefect weigerde het verzoek (code {fout.code}).") from fout
        except (OSError, ValueError) as fout:
            raise PrefectAntwoordtNiet(
                "Prefect antwoordt niet. Start alles met 'aanbesteding start', of probeer het later weer."
            ) from fout


def _build_run(server: Server, run: Mapping[str, Any], vrager: str = "") -> Flowrun:
    soort = str(run.get("state_type") or "SCHEDULED")
    adres = f"{server.url}/runs/flow-run/{run['id']}"
    starter = str(run.get("parameters", {}).get("opdracht", {}).get("als", "")) if vrager else ""
    eerder = starter if starter != vrager else ""
    return Flowrun(str(run["id"]), STANDEN.get(soort, soort.lower()), soort in KLAAR, adres, eerder)
