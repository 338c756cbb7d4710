"""Starting a run and asking after it, on a stand-in for Prefect's server; and every way in which there is none."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.prefect import Server, find_vrije_poort
from aanbesteding.adapters.prefect_runs import PrefectAntwoordtNiet, Prefectruns
from bouwers import moment

ONTVANGEN: list[dict[str, Any]] = []
LAATSTE: list[dict[str, Any]] = []
TOEGANG: list[str | None] = []


class Namaak(BaseHTTPRequestHandler):
    """Answers the three questions as Prefect does."""

    def answer(self, inhoud: Any, code: int = 200) -> None:
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(inhoud).encode())

    def do_GET(self) -> None:
        TOEGANG.append(self.headers["Authorization"])
        if self.path == "/api/deployments/name/gunning/gunning":
            self.answer({"id": "dep-1"})
        elif self.path == "/api/flow_runs/run-1":
            self.answer({"id": "run-1", "state_type": "RUNNING"})
        elif self.path == "/api/flow_runs/run-2":
            self.answer({"id": "run-2", "state_type": "COMPLETED"})
        elif self.path == "/api/flow_runs/dicht":
            self.answer({}, 401)
        elif self.path == "/api/flow_runs/stuk":
            self.answer({}, 500)
        else:
            self.answer({"detail": "Not found"}, 404)

    def do_POST(self) -> None:
        ONTVANGEN.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if self.path == "/api/flow_runs/filter":
            self.answer(LAATSTE)
            return
        self.answer({"id": "run-1", "state_type": "SCHEDULED"}, 201)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def runs() -> Generator[Prefectruns]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Namaak)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Prefectruns(lambda: Server(f"http://127.0.0.1:{server.server_address[1]}"))
    server.shutdown()
    server.server_close()


def test_run_is_started_for_this_dossier_as_this_person(runs: Prefectruns):
    run = runs.start("gunning", "BW-2027", "inkoper.demo")
    assert (run.id, run.stand, run.klaar) == ("run-1", "ingepland", False)
    assert run.adres.endswith("/runs/flow-run/run-1")
    assert ONTVANGEN[-1].pop("idempotency_key")
    assert ONTVANGEN[-1] == {
        "parameters": {"opdracht": {"dossier": "BW-2027", "als": "inkoper.demo"}},
        "tags": ["dossier:BW-2027"],
    }


@pytest.mark.parametrize(
    ("stand", "begin", "eerder"),
    [
        pytest.param("RUNNING", "2026-01-05T08:58:00+00:00", "jurist.demo", id="een ander is bezig"),
        pytest.param("SCHEDULED", "2026-01-05T09:00:00Z", "jurist.demo", id="van een ander staat hij klaar"),
        pytest.param("RUNNING", "2026-01-05T07:00:00+00:00", "", id="een run die nooit eindigde"),
        pytest.param("COMPLETED", "2026-01-05T08:58:00+00:00", "", id="de vorige is klaar"),
        pytest.param("", "", "", id="de eerste run"),
    ],
)
def test_who_starts_a_stage_that_somebody_else_just_started_gets_that_run(
    runs: Prefectruns, stand: str, begin: str, eerder: str
):
    run = {"id": "run-0", "state_type": stand, "expected_start_time": begin}
    run |= {"parameters": {"opdracht": {"dossier": "BW-2027", "als": "jurist.demo"}}}
    LAATSTE[:] = [run] if stand else []
    uit = replace(runs, klok=StilstaandeKlok(moment("2026-01-05 10:00"))).start(
        "gunning", "BW-2027", "inkoper.demo", alleen=True
    )
    assert (uit.id, uit.eerder) == (("run-0", eerder) if eerder else ("run-1", ""))
    if not eerder:
        assert ONTVANGEN[-1]["idempotency_key"] == f"dossier:BW-2027 na {'run-0' if stand else 'niets'}"


@pytest.mark.parametrize(("id_", "stand", "klaar"), [("run-1", "bezig", False), ("run-2", "klaar", True)])
def test_state_of_a_run_is_told_in_dutch(runs: Prefectruns, id_: str, stand: str, klaar: bool):
    run = runs.load(id_)
    assert (run.stand, run.klaar) == (stand, klaar)


def test_stage_that_is_not_served_and_run_that_is_gone_say_what_to_do(runs: Prefectruns):
    with pytest.raises(PrefectAntwoordtNiet, match="aanbesteding start"):
        runs.start("toetreding", "BW-2027", "inkoper.demo")
    with pytest.raises(PrefectAntwoordtNiet):
        runs.load("weg")
    with pytest.raises(PrefectAntwoordtNiet, match="500"):
        runs.load("stuk")


def test_without_a_server_the_sentence_says_so():
    with pytest.raises(PrefectAntwoordtNiet, match="Prefect draait niet"):
        Prefectruns(lambda: None).start("gunning", "X", "y")
    dood = Server(f"http://127.0.0.1:{find_vrije_poort()}")
    with pytest.raises(PrefectAntwoordtNiet, match="antwoordt niet"):
        Prefectruns(lambda: dood).start("gunning", "X", "y")


def test_password_of_the_server_is_sent_when_it_is_set_and_never_shown(
    runs: Prefectruns, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("PREFECT_API_AUTH_STRING", raising=False)
    runs.load("run-1")
    assert TOEGANG[-1] is None
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "beheer:geheim")
    runs.load("run-1")
    assert TOEGANG[-1] == "Basic YmVoZWVyOmdlaGVpbQ=="
    with pytest.raises(PrefectAntwoordtNiet, match="PREFECT_API_AUTH_STRING") as fout:
        runs.load("dicht")
    assert "geheim" not in str(fout.value)
