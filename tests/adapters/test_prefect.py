"""The parts of the Prefect adapter that need no server: its environment, its port, its process."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from aanbesteding.adapters.prefect import (
    FASEN,
    PrefectNietGestart,
    Server,
    check_gezond,
    find_vrije_poort,
    launch_server,
    make_omgeving,
    server_in_gebruik,
    stop_server,
    wait_server,
)
from aanbesteding.procedures import PROCEDURES


def test_environment_switches_telemetry_off_in_both_places(tmp_path: Path):
    omgeving = make_omgeving(tmp_path)
    assert omgeving["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert omgeving["DO_NOT_TRACK"] == "1"
    assert omgeving["PREFECT_HOME"] == str(tmp_path)
    assert omgeving["PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT"] == "false"


def test_flows_of_the_adapter_are_the_stages_of_the_procedures():
    """All but the review of documents: it makes none, and people do all of it."""
    fasen = {fase.code: fase for procedure in PROCEDURES for fase in procedure.fasen}
    assert set(fasen) - set(FASEN) == {"stukken"}
    assert set(FASEN) <= set(fasen)
    assert not fasen["stukken"].documenten


def test_free_port_is_the_preferred_one_when_it_is_free_and_else_another():
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        poort = int(bezet.getsockname()[1])
        ander = find_vrije_poort(poort)
        assert ander != poort
    assert find_vrije_poort(ander) == ander
    assert find_vrije_poort() > 0


def test_server_that_does_not_answer_is_not_healthy():
    assert not check_gezond(f"http://127.0.0.1:{find_vrije_poort()}", wachttijd=0.2)
    assert not check_gezond("onzin")


def test_address_that_was_given_is_used_and_no_server_is_started(tmp_path: Path):
    for gegeven in ("http://127.0.0.1:9/api", "http://127.0.0.1:9/api/", "http://127.0.0.1:9"):
        with server_in_gebruik(tmp_path, gegeven) as server:
            assert (server.url, server.api, server.proces) == (
                "http://127.0.0.1:9",
                "http://127.0.0.1:9/api",
                None,
            )
    assert list(tmp_path.iterdir()) == []


def test_server_process_is_gone_after_stop(tmp_path: Path):
    server = launch_server(tmp_path)
    assert server.proces is not None
    assert server.url.startswith("http://127.0.0.1:")
    assert json.loads((tmp_path / "server.json").read_text())["pid"] == server.proces.pid
    stop_server(server)
    assert server.proces.poll() is not None


def test_server_of_someone_else_is_left_alone():
    stop_server(Server("http://127.0.0.1:9"))


def test_server_that_stops_at_once_is_told_with_the_place_of_its_log(tmp_path: Path):
    proces = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    proces.wait()
    with pytest.raises(PrefectNietGestart, match=r"code 3.*server\.log"):
        wait_server(Server(f"http://127.0.0.1:{find_vrije_poort()}", proces))


def test_broken_note_of_an_earlier_server_does_not_stop_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "server.json").write_text("{half")
    gestart = Server("http://127.0.0.1:9")
    monkeypatch.setattr("aanbesteding.adapters.prefect.launch_server", lambda home: gestart)
    monkeypatch.setattr("aanbesteding.adapters.prefect.wait_server", lambda server: server)
    with server_in_gebruik(tmp_path) as server:
        assert server is gestart
