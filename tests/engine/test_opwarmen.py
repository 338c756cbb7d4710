"""After a start dossiers are read before anybody asks; the list then reads none, and shows what is so by then."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from aanbesteding.engine import geheugen, opwarmen
from aanbesteding.engine.app import App
from aanbesteding.engine.dossierbeeld import load_lijstblad
from aanbesteding.engine.opwarmen import warm_up
from aanbesteding.engine.perform import perform
from aanbesteding.engine.standen import load_geladen
from aanbesteding.errors import OnbekendDossier
from aanbesteding.storage.dossier import load_dossier
from fakes import make_app, make_procedure, save_dossier

INKOPER = "inkoper.demo"
CODES = ("EEN", "TWEE", "DRIE")


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_app(tmp_path, make_procedure())
    for code in CODES:
        save_dossier(app, code)
    return app


@pytest.fixture
def gelezen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The code of every dossier that is read from the database from here on."""
    codes: list[str] = []

    def read(engine, code, *rest):
        codes.append(code)
        return load_dossier(engine, code, *rest)

    monkeypatch.setattr(geheugen, "load_dossier", read)
    return codes


def list_regels(app: App) -> tuple[object, ...]:
    return load_lijstblad(app, {"bommelerwaard"}, INKOPER).regels


def test_after_warming_up_the_list_reads_no_dossier(app: App, gelezen: list[str]):
    assert warm_up(app, Event()) == len(CODES)
    assert sorted(gelezen) == sorted(CODES)
    gelezen.clear()
    assert len(list_regels(app)) == len(CODES)
    assert not gelezen


def test_the_list_shows_what_happened_since(app: App):
    warm_up(app, Event())
    voor = list_regels(app)
    perform(app, "EEN", "proef_starten", None, INKOPER)
    na = list_regels(app)
    assert [v == n for v, n in zip(voor, na, strict=True)] == [True, False, True]


def test_it_stops_when_told_and_when_the_memory_is_full(app: App):
    perform(app, "DRIE", "proef_starten", None, INKOPER)
    stop = Event()
    stop.set()
    assert warm_up(app, stop) == 1
    assert warm_up(app, Event(), hoogst=1) == 1


def test_a_dossier_that_cannot_be_read_is_left_out(app: App, monkeypatch: pytest.MonkeyPatch):
    def load(app: App, code: str):
        if code == "TWEE":
            raise OnbekendDossier("weg")
        return load_geladen(app, code)

    monkeypatch.setattr(opwarmen, "load_geladen", load)
    assert warm_up(app, Event()) == 2
