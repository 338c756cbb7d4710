"""Handing out parts of a series: what a run is told, when nobody waits any more, and what happens without a server."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.adapters import prefect_delen
from aanbesteding.adapters.prefect import Server, find_vrije_poort
from aanbesteding.adapters.prefect_delen import Werkpool
from aanbesteding.bootstrap import make_verdeler
from aanbesteding.errors import InvoerError
from aanbesteding.settings import Settings

DELEN = 3


class Namaak:
    """A stand-in for Prefect: `standen` says what the runs are at each look."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, standen: Callable[[int], str]) -> None:
        self.gestart: list[Mapping[str, Any]] = []
        self.afgebroken: list[str] = []
        self.keer = 0
        self.standen = standen
        monkeypatch.setattr(prefect_delen, "ask", self.ask)
        monkeypatch.setattr(prefect_delen, "POLS_S", 0.01)

    def ask(self, _server: Server, pad: str, inhoud: Mapping[str, Any] | None = None) -> Any:
        if pad.startswith("/deployments/name/"):
            return {"id": "dep"}
        if pad.endswith("/create_flow_run"):
            assert inhoud is not None
            self.gestart.append(inhoud)
            return {"id": f"run-{len(self.gestart)}"}
        if pad.endswith("/set_state"):
            self.afgebroken.append(pad.split("/")[2])
            return {}
        self.keer += 1
        return [{"id": f"run-{n}", "state_type": self.standen(n)} for n in range(1, DELEN + 1)]


@pytest.fixture
def werkpool() -> Werkpool:
    return Werkpool(Server("http://127.0.0.1:1"), DELEN, 0.3)


def test_every_part_is_a_run_that_knows_a_code_and_numbers_only(
    werkpool: Werkpool, monkeypatch: pytest.MonkeyPatch
):
    namaak = Namaak(monkeypatch, lambda _: "COMPLETED")
    werkpool("BW-2027", 17, lambda: 0)
    assert [g["parameters"] for g in namaak.gestart] == [
        {"dossier": "BW-2027", "toezegging": 17, "nummer": n, "aantal": DELEN} for n in range(DELEN)
    ]
    assert len({g["idempotency_key"] for g in namaak.gestart}) == DELEN
    assert namaak.afgebroken == []


def test_wait_lasts_as_long_as_documents_are_added(werkpool: Werkpool, monkeypatch: pytest.MonkeyPatch):
    namaak = Namaak(monkeypatch, lambda _: "RUNNING" if namaak.keer < 100 else "COMPLETED")
    werkpool("BW-2027", 17, lambda: namaak.keer)
    assert namaak.keer >= 100
    assert namaak.afgebroken == []


def test_machine_that_says_nothing_any_more_is_not_waited_for_and_its_run_is_ended(
    werkpool: Werkpool, monkeypatch: pytest.MonkeyPatch
):
    namaak = Namaak(monkeypatch, lambda nummer: "RUNNING" if nummer == 2 else "COMPLETED")
    werkpool("BW-2027", 17, lambda: 5)
    assert namaak.afgebroken == ["run-2"]


def test_without_a_server_nothing_is_divided_and_nothing_fails():
    Werkpool(Server(f"http://127.0.0.1:{find_vrije_poort()}"), DELEN, 60)("BW-2027", 17, lambda: 0)


def test_work_pool_without_the_address_of_the_server_is_refused(tmp_path: Path):
    with pytest.raises(InvoerError, match="AANBESTEDING_PREFECT_API_URL"):
        make_verdeler(Settings(home=tmp_path, werkpool="inkoop", prefect_api_url=""))
    assert make_verdeler(Settings(home=tmp_path)) is None


def test_run_that_comes_further_is_progress_too_though_no_document_was_added(
    werkpool: Werkpool, monkeypatch: pytest.MonkeyPatch
):
    begin = time.monotonic()

    def stand(nummer: int) -> str:
        """One run after the other ends, each within the silence, all of them long after it."""
        voorbij = time.monotonic() - begin
        return "COMPLETED" if voorbij > nummer * 0.2 else "RUNNING"

    namaak = Namaak(monkeypatch, stand)
    werkpool("BW-2027", 17, lambda: 0)
    assert time.monotonic() - begin >= DELEN * 0.2 > werkpool.stilte
    assert namaak.afgebroken == []


def test_run_that_goes_to_and_fro_is_no_progress_for_ever(
    werkpool: Werkpool, monkeypatch: pytest.MonkeyPatch
):
    namaak = Namaak(monkeypatch, lambda _: "PENDING" if namaak.keer % 2 else "RUNNING")
    begin = time.monotonic()
    werkpool("BW-2027", 17, lambda: 0)
    assert werkpool.stilte <= time.monotonic() - begin < 10
    assert len(namaak.afgebroken) == DELEN
