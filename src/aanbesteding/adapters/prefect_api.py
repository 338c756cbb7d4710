"""Asks a Prefect server something over its HTTP API, so that the web pages need not load Prefect.

The password of the server, if it has one, comes from the variable that Prefect itself reads.

Must stay true: a server that is too busy is asked again, and nothing else is tried twice; every fault is a sentence.
"""

from __future__ import annotations

import base64
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from aanbesteding.adapters.prefect import Server
from aanbesteding.errors import AanbestedingError

WACHTTIJD_S = 5.0
POGINGEN = 5
KLAAR = frozenset({"COMPLETED", "FAILED", "CRASHED", "CANCELLED"})
"""States of a run that has ended."""


class PrefectAntwoordtNiet(AanbestedingError):
    """There is no Prefect server, or it does not serve this stage."""


def ask(server: Server, pad: str, inhoud: Mapping[str, Any] | None = None) -> Any:
    """The answer of the server; with `inhoud` it is posted. PrefectAntwoordtNiet with what to do."""
    verzoek = urllib.request.Request(
        f"{server.api}{pad}",
        data=None if inhoud is None else json.dumps(inhoud).encode(),
        headers={"Content-Type": "application/json", **_make_toegang()},
    )
    try:
        return _send(verzoek)
    except urllib.error.HTTPError as fout:
        fout.close()
        if fout.code == 404:
            raise PrefectAntwoordtNiet(
                "Prefect kent deze fase of deze run niet. Start alles met 'aanbesteding start'."
            ) from fout
        if fout.code == 401:
            raise PrefectAntwoordtNiet(
                "Prefect vraagt een wachtwoord. Zet PREFECT_API_AUTH_STRING op wat de server verwacht."
            ) from fout
        raise PrefectAntwoordtNiet(f"Prefect weigerde het verzoek (code {fout.code}).") from fout
    except (OSError, ValueError) as fout:
        raise PrefectAntwoordtNiet(
            "Prefect antwoordt niet. Start alles met 'aanbesteding start', of probeer het later weer."
        ) from fout


def _make_toegang() -> dict[str, str]:
    toegang = os.environ.get("PREFECT_API_AUTH_STRING", "")
    return {"Authorization": f"Basic {base64.b64encode(toegang.encode()).decode()}"} if toegang else {}


def _send(verzoek: urllib.request.Request) -> Any:
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
