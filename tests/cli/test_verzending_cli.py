"""Sending from the command line: a trial, the sending itself, its log as text and JSON, and what people tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from aanbesteding.bootstrap import app_in_gebruik
from aanbesteding.cli import make_app
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import HandelingRefused
from aanbesteding.errors import InvoerError
from postkamer import (
    ALS,
    DOSSIER,
    Postbus,
    approve,
    list_eml,
    make_besluit,
    make_postapp,
    serve,
    take_besluit,
    use_smtp,
)


def run(app: App, *woorden: str) -> Result:
    with app_in_gebruik(app):
        return CliRunner().invoke(make_app(), [*woorden])


def fout_van(antwoord: Result) -> BaseException:
    assert antwoord.exception is not None
    return antwoord.exception


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_postapp(tmp_path)
    approve(app, make_besluit(app))
    return app


def test_verzend_says_where_mail_goes_and_what_became_of_each_letter(app: App, tmp_path: Path):
    antwoord = run(app, "verzend", DOSSIER, "--als", ALS)
    assert antwoord.exit_code == 0, antwoord.output
    assert "er is geen mailserver ingesteld" in antwoord.output
    assert "I-002  Zorg 2 B.V.: verzonden (bewaard als PROEF/PROEF-2-I-002-1.eml)" in antwoord.output
    assert (
        "Besluit 2: 3 verstuurd, 0 geweigerd, 0 onbekend; het lot van elke brief is bekend."
        in antwoord.output
    )
    assert len(list_eml(tmp_path)) == 3
    assert "geen brieven die nog weg moeten" in str(fout_van(run(app, "verzend", DOSSIER, "--als", ALS)))


def test_mail_whose_fate_is_unknown_is_shown_as_such_and_not_sent_again_without_a_word(app: App):
    postbus = Postbus(breek_inhoud_bij=2)
    with serve(postbus) as server:
        app = use_smtp(app, server)
        eerst = run(app, "verzend", DOSSIER, "--als", ALS)
        assert eerst.exit_code == 1
        assert "Zorg 2 B.V.: onbekend of hij weg is" in eerst.output
        assert "onbekend" in run(app, "verzending", DOSSIER).output
        opnieuw = run(app, "verzend", DOSSIER, "--als", ALS, "--besluit", "2")
        assert "0 verstuurd, 0 geweigerd, 1 onbekend" in opnieuw.output
        assert len(postbus.mails) == 2
        woord = ("bezorging", DOSSIER, "I-002", "opnieuw", "--besluit", "2", "--als", ALS)
        assert run(app, *woord, "--toelichting", "gebeld: niet aangekomen").exit_code == 0
        assert run(app, "verzend", DOSSIER, "--als", ALS, "--besluit", "2").exit_code == 0
        assert len(postbus.mails) == 3


def test_trial_sends_nothing(app: App, tmp_path: Path):
    antwoord = run(app, "verzend", DOSSIER, "--als", ALS, "--proef")
    assert "Proef: 3 ontvangers van 'Besluit meedelen'. Er is niets verstuurd." in antwoord.output
    assert not list_eml(tmp_path)


def test_two_decisions_ask_which_one(app: App):
    take_besluit(app)
    fout = fout_van(run(app, "verzend", DOSSIER, "--als", ALS))
    assert isinstance(fout, InvoerError)
    assert "Kies er een met --besluit: 2 (Besluit meedelen, 05-01-2026), 4" in str(fout)


def test_who_may_not_send_is_refused(app: App):
    assert isinstance(fout_van(run(app, "verzend", DOSSIER, "--als", "jurist.demo")), HandelingRefused)


def test_refused_letter_ends_with_one_and_is_told_and_sent_again_on_a_word(app: App):
    postbus = Postbus(weiger_nummer=3)
    with serve(postbus) as server:
        app = use_smtp(app, server)
        antwoord = run(app, "verzend", DOSSIER, "--als", ALS)
        assert antwoord.exit_code == 1
        assert "Niet bereikt: I-003  Zorg 3 B.V.: geweigerd. 550 5.1.1 mailbox onbekend" in antwoord.output
        woord = ("bezorging", DOSSIER, "I-003", "opnieuw", "--besluit", "2", "--als", ALS)
        assert run(app, *woord, "--toelichting", "adres hersteld").exit_code == 0
        assert run(app, "verzend", DOSSIER, "--als", ALS).exit_code == 0
    assert len(postbus.mails) == 3


def test_log_as_json_names_every_step_and_who_was_not_reached(app: App):
    run(app, "verzend", DOSSIER, "--als", ALS)
    (besluit,) = json.loads(run(app, "verzending", DOSSIER, "--json").output)["besluiten"]
    assert besluit["klaar"] is True
    assert besluit["niet_bereikt"] == []
    assert [r["gebeurtenis"] for r in besluit["berichten"][0]["logboek"]] == ["klaar", "bezig", "verzonden"]
    assert len(besluit["berichten"][0]["stukken"][0]["sha256"]) == 64


def test_overview_says_what_is_not_started_and_why(tmp_path: Path):
    app = make_postapp(tmp_path)
    make_besluit(app)
    uitvoer = run(app, "verzending", DOSSIER).output
    assert "Nog niet gestart." in uitvoer
    assert "nog niet goedgekeurd" in uitvoer


@pytest.mark.parametrize("op", ["gisteren", "2026-13-01"])
def test_moment_that_is_none_is_told(app: App, op: str):
    woord = ("bezorging", DOSSIER, "I-003", "opnieuw", "--besluit", "2", "--als", ALS, "--toelichting", "xxx")
    assert "is geen moment" in str(fout_van(run(app, *woord, "--op", op)))
