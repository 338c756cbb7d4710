"""Has the parts of a large series made by workers on other machines, as runs of the flow `deel` in a work pool.

Prefect only hands out the work; whether a document was made is told by the register. A worker that falls takes its
part with it without Prefect noticing (a run stays Running for ever), so progress is what is watched: when no document
came and no run got further for a while, whoever asked goes on alone, and makes what is missing.

Must stay true: the parameters of a run are a code and numbers; the wait always ends; nothing is counted as made
because a run says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from aanbesteding.adapters.prefect import DEEL, Server
from aanbesteding.adapters.prefect_api import KLAAR, PrefectAntwoordtNiet, ask

POLS_S = 1.0
"""Seconds between two looks at the runs and the register."""


@dataclass(frozen=True)
class Werkpool:
    """The workers behind a Prefect server: `delen` parts per series; after `stilte` seconds without a new document
    nobody waits any more."""

    server: Server
    delen: int
    stilte: float

    def __call__(self, dossier: str, toezegging: int, tel: Callable[[], int]) -> None:
        """See Verdeler. A server that does not answer is no error: then nothing is divided."""
        try:
            runs = [self._start(dossier, toezegging, nummer) for nummer in range(self.delen)]
        except PrefectAntwoordtNiet:
            return
        self._wait(runs, tel)
        self._cancel(runs)

    def _start(self, dossier: str, toezegging: int, nummer: int) -> str:
        deployment = ask(self.server, f"/deployments/name/{DEEL}/{DEEL}")
        opdracht = {
            "parameters": {
                "dossier": dossier,
                "toezegging": toezegging,
                "nummer": nummer,
                "aantal": self.delen,
            },
            "tags": [f"dossier:{dossier}"],
            "idempotency_key": str(uuid4()),
        }
        return str(ask(self.server, f"/deployments/{deployment['id']}/create_flow_run", opdracht)["id"])

    def _wait(self, runs: list[str], tel: Callable[[], int]) -> None:
        """Until every run has ended, or for too long no document came and no run got a state that it had not had."""
        stand, sinds, gezien = tel(), time.monotonic(), set[tuple[str, str]]()
        while True:
            standen = self._load_standen(runs)
            if all(standen.get(run) in KLAAR for run in runs):
                return
            if (nu := tel()) != stand or not gezien.issuperset(standen.items()):
                stand, sinds = nu, time.monotonic()
                gezien.update(standen.items())
            if time.monotonic() - sinds >= self.stilte:
                return
            time.sleep(POLS_S)

    def _load_standen(self, runs: list[str]) -> dict[str, str]:
        """What every run is at; nothing when the server does not say."""
        vraag = {"flow_runs": {"id": {"any_": runs}}, "limit": len(runs)}
        try:
            gevonden = ask(self.server, "/flow_runs/filter", vraag)
        except PrefectAntwoordtNiet:
            return {}
        return {str(run["id"]): str(run.get("state_type")) for run in gevonden}

    def _cancel(self, runs: list[str]) -> None:
        """What nobody waits for any more need not begin; what is at work may go on, for the register settles it."""
        try:
            standen = self._load_standen(runs)
            for run in (r for r in runs if standen.get(r) not in KLAAR):
                ask(
                    self.server,
                    f"/flow_runs/{run}/set_state",
                    {"state": {"type": "CANCELLED", "name": "Cancelled"}, "force": True},
                )
        except PrefectAntwoordtNiet:
            return
