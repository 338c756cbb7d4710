"""One Prefect server for the whole session, started by the product's own code in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.adapters.prefect import Server, launch_server, run_fase, stop_server, wait_server
from aanbesteding.bootstrap import app_in_gebruik
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import perform
from bouwers import make_partij, moment
from fakes import make_app, save_dossier


@dataclass(frozen=True)
class Omgeving:
    """A running server with its folder."""

    server: Server
    home: Path


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Generator[Omgeving]:
    home = tmp_path_factory.mktemp("prefect")
    voor = dict(os.environ)
    server = launch_server(home)
    try:
        yield Omgeving(wait_server(server), home)
    finally:
        stop_server(server)
        os.environ.clear()
        os.environ |= voor


@pytest.fixture
def app(tmp_path: Path) -> Generator[App]:
    """The product with a small invented purchase of which the consultation has just been opened."""
    from aanbesteding.adapters.klok import StilstaandeKlok
    from aanbesteding.documents.catalogus import Sjablonen
    from aanbesteding.paden import find_map

    klok = StilstaandeKlok(moment("2026-01-12"))
    app = make_app(tmp_path, sjablonen=Sjablonen(find_map("sjablonen")), klok=klok)
    save_dossier(app, "PROEF", "sas")
    for gemeente in ("maasdriel", "zaltbommel"):
        kader = {"gemeente": gemeente, "orgaan": "college", "datum": "2026-01-06", "kenmerk": "verzonnen"}
        perform(app, "PROEF", "beleidskader_vaststellen", kader, "jurist.demo")
    partijen = [
        make_partij(n, groep).model_dump() for n, groep in enumerate(("aanbieders", "adviesraden"), start=1)
    ]
    perform(app, "PROEF", "partijen_registreren", {"partijen": partijen}, "inkoper.demo")
    opening = {"sluit_op": "2026-02-06", "motivering": "Verzonnen."}
    perform(app, "PROEF", "consultatie_openen", opening, "inkoper.demo")
    with app_in_gebruik(app):
        yield app


@pytest.fixture
def run(prefect: Omgeving, app: App) -> Callable[..., Any]:
    def run(fase: str = "marktconsultatie", als: str = "inkoper.demo") -> Any:
        return run_fase(prefect.home, prefect.server, fase, "PROEF", als)

    return run
