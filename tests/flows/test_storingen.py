"""A real Prefect server is killed during a stage, two officers start at once, and a sending runs as a flow."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.prefect import (
    Server,
    check_gezond,
    launch_server,
    load_flow,
    run_fase,
    stop_server,
    wait_server,
)
from aanbesteding.adapters.prefect_runs import Flowrun, Prefectruns
from aanbesteding.bootstrap import app_in_gebruik
from aanbesteding.documents.catalogus import Sjablonen
from aanbesteding.engine import outbox
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open
from aanbesteding.engine.verifieer import verify
from aanbesteding.engine.verzendbeeld import load_besluit
from aanbesteding.engine.verzending import start_verzending
from aanbesteding.paden import find_map
from aanbesteding.storage.documenten import list_documenten
from betrouwbaarheid import note
from bouwers import moment
from crash.processen import PROCESSEN, start
from fakes import make_app
from flows.conftest import Omgeving
from postkamer import ALS, DOSSIER, Postbus, approve, make_besluit, make_postapp, serve, use_smtp

pytestmark = [pytest.mark.prefect, pytest.mark.betrouwbaarheid]

SOORTEN = ["marktconsultatiedocument", "uitnodiging", "uitnodiging", "vragenlijst", "vragenlijst"]


def tell_fase(map_: Path, home: Path, server: Server, dood: int) -> None:
    """Run the stage in a process of its own; with `dood` that process is killed as soon as a document is on disk."""
    app = make_app(
        map_, sjablonen=Sjablonen(find_map("sjablonen")), klok=StilstaandeKlok(moment("2026-01-12"))
    )

    def strike(naam: str) -> None:
        if dood and naam == "document-na-schrijven" and check_gezond(server.url):
            os.kill(dood, signal.SIGKILL)

    outbox.checkpoint = strike
    with app_in_gebruik(app):
        run_fase(home, server, "marktconsultatie", "PROEF", "inkoper.demo")


@pytest.fixture
def eigen_server(prefect: Omgeving, tmp_path: Path) -> Generator[tuple[Path, list[Server]]]:
    """A server of this test alone, that begins with the tables of the other one; the list holds the one that runs."""
    home = tmp_path / "prefect"
    home.mkdir()
    van, naar = sqlite3.connect(prefect.home / "prefect.db"), sqlite3.connect(home / "prefect.db")
    van.backup(naar)
    van.close()
    naar.close()
    servers = [wait_server(launch_server(home))]
    yield home, servers
    stop_server(servers[-1])


@pytest.mark.traag
def test_server_that_is_killed_during_a_stage_costs_no_document_and_makes_none_twice(
    eigen_server: tuple[Path, list[Server]], app: App, tmp_path: Path
):
    home, servers = eigen_server
    server = servers[-1]
    assert server.proces is not None
    kaal = Server(server.url)
    gestoord = PROCESSEN.Process(target=tell_fase, args=(tmp_path, home, kaal, server.proces.pid))
    gestoord.start()
    assert server.proces.wait(120) == -signal.SIGKILL
    servers.append(wait_server(launch_server(home, int(server.url.rpartition(":")[2]))))
    gestoord.join(60)
    gestoord.kill()  # a run that lost its server may wait for it long; who started it gives up
    gestoord.join()
    for _ in range(2):
        assert start(tell_fase, tmp_path, home, kaal, 0) == 0
    soorten = sorted(r.document for r in list_documenten(app.database, "PROEF"))
    verloren = sum(max(0, SOORTEN.count(s) - soorten.count(s)) for s in set(SOORTEN))
    dubbel = sum(max(0, soorten.count(s) - SOORTEN.count(s)) for s in set(soorten))
    note(
        "storing",
        "Prefect-server gedood in een fase en herstart",
        geprobeerd=1,
        verloren=verloren,
        dubbel=dubbel,
    )
    assert soorten == SOORTEN
    assert list_open(app, "PROEF") == ()
    assert verify(app, "PROEF").in_orde
    assert not list(app.bestanden.wortel.rglob("*.deel"))


def test_two_officers_who_start_a_stage_at_the_same_moment_get_one_run_and_one_hears_who_was_first(
    prefect: Omgeving,
):
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: prefect.server.api}):
        load_flow("overleg").to_deployment(name="overleg", tags=["aanbesteding"]).apply()
    personen, samen, runs = ("inkoper.demo", "jurist.demo"), threading.Barrier(2), dict[str, Flowrun]()

    def start(persoon: str) -> None:
        samen.wait(30)
        runs[persoon] = Prefectruns(lambda: prefect.server).start("overleg", "SAMEN", persoon, alleen=True)

    draden = [threading.Thread(target=start, args=(persoon,)) for persoon in personen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    verschillend = len({run.id for run in runs.values()})
    note(
        "storing",
        "twee mensen starten dezelfde fase tegelijk",
        geprobeerd=1,
        verloren=0,
        dubbel=verschillend - 1,
    )
    assert verschillend == 1
    (eerste,) = (persoon for persoon, run in runs.items() if not run.eerder)
    (tweede,) = set(personen) - {eerste}
    assert runs[tweede].eerder == eerste
    later = Prefectruns(lambda: prefect.server).start("overleg", "SAMEN", tweede, alleen=True)
    assert (later.id, later.eerder) == (runs[eerste].id, eerste)
    ander = Prefectruns(lambda: prefect.server).start("overleg", "ANDER", tweede, alleen=True)
    assert (ander.id != later.id, ander.eerder) == (True, "")


@pytest.fixture
def verzonden(tmp_path: Path) -> Generator[tuple[App, Postbus]]:
    """A decision whose letters may leave: the word was given, nothing was sent."""
    postbus = Postbus()
    with serve(postbus) as server:
        app = use_smtp(make_postapp(tmp_path), server)
        besluit = make_besluit(app)
        approve(app, besluit)
        start_verzending(app, DOSSIER, besluit, ALS)
        with app_in_gebruik(app):
            yield app, postbus
        app.load_post().postbode.close()


def list_adressen(postbus: Postbus) -> list[str]:
    return [str(m["To"]) for m in postbus.mails]


ALLEN = [f"aanbieder-{n}@zorg.example" for n in (1, 2, 3)]


def test_sending_runs_as_a_flow_once_and_tells_prefect_no_name_or_address(
    prefect: Omgeving, verzonden: tuple[App, Postbus]
):
    app, postbus = verzonden
    run: Any = run_fase(prefect.home, prefect.server, "verzending", DOSSIER, ALS)
    assert run.fouten == ()
    assert list_adressen(postbus) == ALLEN
    assert load_besluit(app, DOSSIER, 2).klaar
    assert run_fase(prefect.home, prefect.server, "verzending", DOSSIER, ALS).fouten == ()
    assert list_adressen(postbus) == ALLEN
    verbinding = sqlite3.connect(f"file:{prefect.home / 'prefect.db'}?mode=ro", uri=True)
    alles = "\n".join(verbinding.iterdump())
    verbinding.close()
    assert f"verzending {DOSSIER}" in alles
    assert not [w for w in (*ALLEN, "Zorg 1 B.V.") if w in alles]


def test_sweep_goes_on_with_a_sending_that_was_broken_off(prefect: Omgeving, verzonden: tuple[App, Postbus]):
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    _, postbus = verzonden
    with temporary_settings({PREFECT_API_URL: prefect.server.api, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        assert load_flow("termijnbewaking")() >= 1
        assert list_adressen(postbus) == ALLEN
        assert load_flow("termijnbewaking")() == 0
    assert list_adressen(postbus) == ALLEN
