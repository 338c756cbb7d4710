"""The officer's page of sending: why letters cannot leave yet, the start, the log, who was not reached."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aanbesteding.adapters.prefect_runs import Flowrun
from aanbesteding.engine.app import App
from aanbesteding.engine.verzendbeeld import load_besluit
from aanbesteding.engine.verzending import send, start_verzending
from aanbesteding.errors import OpslagWeg
from postkamer import ALS, DOSSIER, Postbus, approve, list_eml, make_besluit, make_postapp, serve, use_smtp
from web.hulp import bezoek, find_token, log_in, make_pagina, make_toegang

PAD = f"/dossiers/{DOSSIER}/verzending"


@dataclass
class Starter:
    """Notes what was started, as Prefect would."""

    gestart: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])

    def start(self, fase: str, dossier: str, persoon: str, *, alleen: bool = False) -> Flowrun:
        self.gestart.append((fase, dossier, persoon))
        return Flowrun("abc", "ingepland", False, "http://localhost/run")

    def load(self, id_: str) -> Flowrun:
        raise NotImplementedError


@pytest.fixture
def app(tmp_path: Path) -> App:
    return make_postapp(tmp_path)


def test_page_names_every_recipient_and_why_letters_cannot_leave(app: App):
    besluit = make_besluit(app)
    tekst = bezoek(app, ALS).get(f"{PAD}/{besluit}").text
    assert "Waarom dit nog niet kan" in tekst
    assert "nog niet goedgekeurd" in tekst
    assert "aanbieder-2@zorg.example" in tekst
    assert "geen mailserver ingesteld" in tekst
    assert "Verzend alle brieven" not in tekst


def test_start_gives_the_word_and_starts_the_run(app: App):
    besluit, starter = make_besluit(app), Starter()
    approve(app, besluit)
    make_toegang(app, ALS)
    client = log_in(make_pagina(app, starter=starter), ALS)
    pagina = client.get(f"{PAD}/{besluit}")
    versie = pagina.text.partition('name="_versie" value="')[2].partition('"')[0]
    velden = {"_token": find_token(pagina), "_versie": versie}
    antwoord = client.post(f"{PAD}/{besluit}/start", data=velden)
    assert antwoord.status_code == 200, html.unescape(antwoord.text)
    assert "De brieven worden nu verstuurd." in antwoord.text
    assert starter.gestart == [("verzending", DOSSIER, ALS)]
    assert load_besluit(app, DOSSIER, besluit).gestart is not None
    send(app, DOSSIER)
    tekst = client.get(f"{PAD}/{besluit}").text
    assert "Iedereen is bereikt." in tekst
    assert "3 van 3" in tekst


def test_without_prefect_the_word_stands_and_the_page_says_what_to_do(app: App, tmp_path: Path):
    besluit = make_besluit(app)
    approve(app, besluit)
    client = bezoek(app, ALS)
    pagina = client.get(f"{PAD}/{besluit}")
    versie = pagina.text.partition('name="_versie" value="')[2].partition('"')[0]
    antwoord = client.post(f"{PAD}/{besluit}/start", data={"_token": find_token(pagina), "_versie": versie})
    assert f"aanbesteding verzend {DOSSIER} --als {ALS}" in antwoord.text
    assert not list_eml(tmp_path)


def test_page_that_is_older_than_the_dossier_starts_nothing(app: App):
    besluit = make_besluit(app)
    approve(app, besluit)
    client = bezoek(app, ALS)
    velden = {"_token": find_token(client.get(f"{PAD}/{besluit}")), "_versie": "1"}
    antwoord = client.post(f"{PAD}/{besluit}/start", data=velden)
    assert antwoord.status_code == 409
    assert load_besluit(app, DOSSIER, besluit).gestart is None


def test_mail_whose_fate_is_unknown_is_shown_as_such_and_not_sent_again_without_a_word(app: App):
    besluit = make_besluit(app)
    approve(app, besluit)
    start_verzending(app, DOSSIER, besluit, ALS)
    postbus = Postbus(breek_inhoud_bij=2)
    with serve(postbus) as server:
        app = use_smtp(app, server)
        send(app, DOSSIER)
        client = bezoek(app, ALS)
        pagina = client.get(f"{PAD}/{besluit}")
        assert "onbekend of hij weg is" in pagina.text
        assert "Niet bereikt (1)" in pagina.text
        assert client.post(f"{PAD}/{besluit}/start", data={"_token": find_token(pagina)}).status_code == 200
        send(app, DOSSIER)
        assert len(postbus.mails) == 2
        velden = {
            "_token": find_token(pagina), "ontvanger": "I-002", "melding": "opnieuw", "op": "2026-01-05T08:59",
            "toelichting": "gebeld: niet aangekomen",
        }  # fmt: skip
        assert client.post(f"{PAD}/{besluit}/melden", data=velden, follow_redirects=False).status_code == 303
        send(app, DOSSIER)
        assert len(postbus.mails) == 3


def test_database_that_goes_away_is_told_without_saying_that_nothing_was_recorded(
    app: App, monkeypatch: pytest.MonkeyPatch
):
    besluit = make_besluit(app)
    client = bezoek(app, ALS)

    def weg(*_: object) -> None:
        raise OpslagWeg("De verbinding met de database viel weg. Kijk in het dossier of dit is vastgelegd.")

    monkeypatch.setattr("aanbesteding.web.routes.verzending.load_besluit", weg)
    antwoord = client.get(f"{PAD}/{besluit}")
    assert antwoord.status_code == 503
    assert "Kijk in het dossier of dit is vastgelegd." in antwoord.text
    assert "Er is niets vastgelegd" not in antwoord.text


def test_refused_letter_is_listed_and_what_happened_to_it_can_be_told(app: App):
    besluit = make_besluit(app)
    approve(app, besluit)
    start_verzending(app, DOSSIER, besluit, ALS)
    with serve(Postbus(weiger_nummer=2)) as server:
        send(use_smtp(app, server), DOSSIER)
    client = bezoek(app, ALS)
    pagina = client.get(f"{PAD}/{besluit}")
    assert "Niet bereikt (1)" in pagina.text
    assert "550 5.1.1 mailbox onbekend" in pagina.text
    velden = {
        "_token": find_token(pagina),
        "ontvanger": "I-002",
        "melding": "anders_bereikt",
        "op": "2026-01-05T08:59",
        "toelichting": "<b>aan de balie</b>",
    }
    assert client.post(f"{PAD}/{besluit}/melden", data=velden, follow_redirects=False).status_code == 303
    tekst = client.get(f"{PAD}/{besluit}").text
    assert "Niet bereikt (0)" in tekst
    assert "<b>aan de balie</b>" not in tekst
    assert "&lt;b&gt;aan de balie&lt;/b&gt;" in tekst


@pytest.mark.parametrize(
    ("velden", "tekst"),
    [
        pytest.param({"melding": "opnieuw"}, "past alleen bij", id="een verzonden mail opnieuw"),
        pytest.param({"op": "straks"}, "op", id="geen moment"),
        pytest.param({"op": "2027-01-01T10:00"}, "ligt in de toekomst", id="in de toekomst"),
        pytest.param({"melding": "verdwenen"}, "melding", id="een melding die er niet is"),
        pytest.param({"ontvanger": "I-999"}, "geen bericht aan", id="een ontvanger die er niet is"),
        pytest.param({"toelichting": ""}, "toelichting", id="zonder toelichting"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_reason(app: App, velden: dict[str, str], tekst: str):
    besluit = make_besluit(app)
    approve(app, besluit)
    start_verzending(app, DOSSIER, besluit, ALS)
    send(app, DOSSIER)
    client = bezoek(app, ALS)
    basis = {
        "_token": find_token(client.get(f"{PAD}/{besluit}")),
        "ontvanger": "I-002",
        "melding": "teruggekomen",
        "op": "2026-01-05T08:59",
        "toelichting": "mail kwam terug",
    }
    antwoord = client.post(f"{PAD}/{besluit}/melden", data=basis | velden)
    assert antwoord.status_code == 409
    assert tekst in html.unescape(antwoord.text)


def test_list_shows_every_decision_with_letters_and_the_dossier_links_to_it(app: App):
    besluit = make_besluit(app)
    client = bezoek(app, ALS)
    assert f'href="{PAD}"' in client.get(f"/dossiers/{DOSSIER}").text
    tekst = client.get(PAD).text
    assert f"{besluit}: Besluit meedelen" in tekst
    assert "kan nog niet weg" in tekst
    assert client.get(f"{PAD}/99").status_code == 404


def test_who_may_read_but_not_send_sees_no_button(app: App):
    besluit = make_besluit(app)
    approve(app, besluit)
    tekst = bezoek(app, "jurist.demo").get(f"{PAD}/{besluit}").text
    assert "Een inkoper kan ze verzenden." in tekst
    assert '<button type="submit">Verzend' not in tekst
