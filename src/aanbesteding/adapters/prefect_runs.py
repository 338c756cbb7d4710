"""Starts the run of a stage's flow on a Prefect server that serves the deployments, and asks how far it is.

Speaks the server's HTTP API, so that the web pages need not load Prefect.
Must stay true: nothing here decides; when the server or a deployment is not there, the sentence says what to do.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aanbesteding.adapters.prefect import Server
from aanbesteding.errors import AanbestedingError

WACHTTIJD_S = 5.0
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
    """A run: its state in Dutch, whether it has ended, and the page of Prefect that shows it."""

    id: str
    stand: str
    klaar: bool
    adres: str


@dataclass(frozen=True)
class Prefectruns:
    """Runs on whatever server is in use; `find_server` tells which, None when there is none."""

    find_server: Callable[[], Server | None]

    def start(self, fase: str, dossier: str, persoon: str) -> Flowrun:
        """Start the flow of this stage as this person."""
        server = self._load_server()
        deployment = self._ask(server, f"/deployments/name/{fase}/{fase}")
        opdracht = {"parameters": {"opdracht": {"dossier": dossier, "als": persoon}}}
        run = self._ask(server, f"/deployments/{deployment['id']}/create_flow_run", opdracht)
        return _build_run(server, run)

    def load(self, id_: str) -> Flowrun:
        """How far a run is."""
        server = self._load_server()
        return _build_run(server, self._ask(server, f"/flow_runs/{id_}"))

    def _load_server(self) -> Server:
        server = self.find_server()
        if server is None:
            raise PrefectAntwoordtNiet(
                "Prefect draait niet. Start alles met 'aanbesteding start', of voer de fase uit op de opdrachtregel."
            )
        return server

    def _ask(self, server: Server, pad: str, inhoud: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        verzoek = urllib.request.Request(
            f"{server.api}{pad}",
            data=None if inhoud is None else json.dumps(inhoud).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(verzoek, timeout=WACHTTIJD_S) as antwoord:
                return json.loads(antwoord.read())
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


def _build_run(server: Server, run: Mapping[str, Any]) -> Flowrun:
    soort = str(run.get("state_type") or "SCHEDULED")
    adres = f"{server.url}/runs/flow-run/{run['id']}"
    return Flowrun(str(run["id"]), STANDEN.get(soort, soort.lower()), soort in KLAAR, adres)
