"""Views read a dossier once for as long as it stays the same, and never show anything older than what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from aanbesteding.domain.dossier import Dossier, Vastlegging
from aanbesteding.engine.app import App
from aanbesteding.engine.geheugen import Bewaard
from aanbesteding.engine.herbereken import recalculate
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.engine.stukregister import load_stukken, read_stukken
from aanbesteding.engine.verifieer import verify
from aanbesteding.errors import OnbekendDossier, StaleDossier
from aanbesteding.storage.database import open_database
from aanbesteding.storage.dossier import Vast, load_dossier, record_besluit
from fakes import make_app, make_procedure, save_dossier, unfreeze


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_app(tmp_path, make_procedure())
    save_dossier(app)
    return app


def list_vragen(app: App, doe: Callable[[], Any]) -> list[str]:
    """The statements that this sends to the database."""
    vragen: list[str] = []

    def note(_c: Any, _cu: Any, vraag: str, *_rest: Any) -> None:
        vragen.append(vraag)

    event.listen(app.database, "before_cursor_execute", note)
    try:
        doe()
    finally:
        event.remove(app.database, "before_cursor_execute", note)
    return vragen


def test_facts_are_read_once_and_again_after_an_act(app: App):
    eerste = app.load("PROEF")[0]
    vragen = list_vragen(app, lambda: app.load("PROEF"))
    assert app.load("PROEF")[0] is eerste
    assert not any(" feit" in v for v in vragen)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    nieuw = app.load("PROEF")[0]
    assert (nieuw.versie, len(nieuw.vastleggingen)) == (1, len(app.load("PROEF")[0].vastleggingen))
    assert nieuw == app.load("PROEF")[0]


def test_what_another_process_records_is_seen(app: App):
    app.load("PROEF")
    ander = replace(app, database=open_database(app.database.url.render_as_string(hide_password=False)))
    perform(ander, "PROEF", "proef_starten", None, "inkoper.demo")
    ander.database.dispose()
    assert app.load("PROEF")[0].versie == 1


def test_register_is_read_again_when_a_document_is_made_or_a_promise_closed(app: App):
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    dossier, procedure, _ = app.load("PROEF")
    assert read_stukken(app, dossier, procedure) == load_stukken(app, dossier, procedure)
    assert len(read_stukken(app, dossier, procedure).te_maken) == 2
    for toezegging in list_open(app, "PROEF"):
        produce(app, toezegging)
        assert read_stukken(app, dossier, procedure) == load_stukken(app, dossier, procedure)
    assert read_stukken(app, dossier, procedure).te_maken == ()
    vragen = list_vragen(app, lambda: read_stukken(app, dossier, procedure))
    assert len(vragen) == 2
    assert all("count" in v for v in vragen)


def test_only_newer_facts_are_read_and_the_whole_is_the_same(app: App):
    app.load("PROEF")
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    app.load("PROEF")
    perform(app, "PROEF", "verzoek_indienen", None, "inkoper.demo")
    gelezen: list[int] = []
    echt = Dossier.grow

    def grow(zelf: Dossier, versie: int, erbij: Iterable[Vastlegging]) -> Dossier:
        nieuw = tuple(erbij)
        gelezen.extend(v.volgnummer for v in nieuw)
        return echt(zelf, versie, nieuw)

    with pytest.MonkeyPatch.context() as mp:
        mp.setattr(Dossier, "grow", grow)
        dossier, procedure, _ = app.load("PROEF")
    nieuw = [v.volgnummer for v in dossier.vastleggingen if v.versie == 2]
    assert gelezen == nieuw
    assert len(dossier.vastleggingen) > len(nieuw)
    assert dossier == load_dossier(
        app.database, "PROEF", procedure.feitsoorten(), procedure.begin_status, procedure.regime
    )


def test_act_on_what_somebody_else_changed_in_the_meantime_is_refused_and_then_decided_anew(app: App):
    oud = app.load("PROEF")[0]
    ander = replace(app, database=open_database(app.database.url.render_as_string(hide_password=False)))
    perform(ander, "PROEF", "proef_starten", None, "inkoper.demo")
    ander.database.dispose()
    with pytest.raises(StaleDossier):
        record_besluit(app.database, "PROEF", oud.versie, Vast("proef", "inkoper.demo", app.klok.nu(), ()))
    assert perform(app, "PROEF", "verzoek_indienen", None, "inkoper.demo").versie == 2


def test_facts_that_do_not_continue_what_was_kept_make_everything_be_read(app: App, tmp_path: Path):
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    bewaard = app.load("PROEF")[0]
    vreemd = replace(bewaard, vastleggingen=tuple(replace(v, hash="0" * 64) for v in bewaard.vastleggingen))
    procedure = app.load("PROEF")[1]
    perform(app, "PROEF", "verzoek_indienen", None, "inkoper.demo")
    opnieuw = load_dossier(
        app.database, "PROEF", procedure.feitsoorten(), procedure.begin_status, procedure.regime, vreemd
    )
    assert opnieuw == app.load("PROEF")[0]


def test_check_of_what_is_stored_never_trusts_what_was_kept(app: App):
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    eerder = app.load("PROEF")[0]
    with app.database.begin() as verbinding:
        unfreeze(verbinding)
        verbinding.execute(text("UPDATE feit SET persoon = 'iemand.anders'"))
    assert app.load("PROEF")[0] is eerder, "wat al gelezen was, blijft het"
    assert app.load("PROEF", opnieuw=True)[0].vastleggingen[0].persoon == "iemand.anders"
    assert not verify(app, "PROEF").in_orde
    assert not recalculate(app, "PROEF").gelijk


def test_dossier_that_is_gone_is_not_shown_from_memory(app: App):
    app.load("PROEF")
    with app.database.begin() as verbinding:
        verbinding.execute(text("DELETE FROM status"))
        verbinding.execute(text("DELETE FROM dossier"))
    with pytest.raises(OnbekendDossier):
        app.load("PROEF")


def test_what_is_kept_stays_within_its_weight_and_the_newest_always_stays():
    bewaard = Bewaard[str](hoogst=10)
    gemaakt: list[str] = []

    def load(sleutel: str, zwaarte: int, stempel: int = 1) -> str:
        return bewaard.load(sleutel, stempel, lambda _: gemaakt.append(sleutel) or sleutel, lambda _: zwaarte)

    load("a", 4), load("b", 4), load("a", 4), load("c", 4)
    assert gemaakt == ["a", "b", "c"]
    load("a", 4), load("b", 4)
    assert gemaakt == ["a", "b", "c", "b"], "wie het langst niet is gevraagd ging eruit"
    load("groot", 99), load("groot", 99)
    assert gemaakt[4:] == ["groot"]
    load("groot", 99, stempel=2)
    assert gemaakt[4:] == ["groot", "groot"]
