"""The pages of review: what waits, the variants of a decision, one document with its origins, and every judgment."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from aanbesteding.domain.stukken import Stukstatus, Tegenspraak, Vergelijkingsverslag
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.engine.stukken import load_stuk, save_versie
from aanbesteding.fasen import stukken
from documents.maak import make_docx
from fakes import make_app, make_procedure, save_dossier
from web.hulp import bezoek, send

EEN, TWEE = "proef/brief-perceel-1.docx", "proef/brief-perceel-2.docx"
PAD = "/dossiers/PROEF/stukken"
WOORD = "/dossiers/PROEF/woord"
VARIANT = f"{PAD}/varianten/1/brief"


@pytest.fixture
def app(tmp_path: Path) -> App:
    basis = make_procedure({"1": "<script>alert(1)</script>", "2": "Zorg & Co"})
    app = make_app(tmp_path, replace(basis, fasen=stukken.begeleid(*basis.fasen)))
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()
    return app


@pytest.fixture
def jurist(app: App) -> TestClient:
    return bezoek(app, "jurist.demo")


def see(app: App, id_: str = EEN) -> str:
    stuk = load_stuk(app, "PROEF", id_).stuk
    return f"{stuk.id}|{stuk.huidig.nummer}|{stuk.huidig.sha256}"


def judge(client: TestClient, wat: str, gezien: str | list[str], tekst: str = "", **velden: str) -> Response:
    return send(client, PAD, {"wat": wat, "gezien": gezien, wat: tekst} | velden)


def status(app: App, id_: str = EEN) -> Stukstatus:
    return load_stuk(app, "PROEF", id_).stuk.status


def test_queue_shows_a_jurist_what_waits_and_an_officer_what_came_back(app: App, jurist: TestClient):
    inkoper = bezoek(app, "inkoper.demo")
    assert VARIANT in jurist.get("/beoordeling").text
    assert "Er wacht nu niets op u." in inkoper.get("/beoordeling").text
    judge(jurist, "stuk_terugvragen", see(app), "Waarom?")
    assert "1 op de maker" in inkoper.get("/beoordeling").text


def test_page_escapes_what_a_supplier_wrote_and_marks_it_as_a_value(app: App, jurist: TestClient):
    tekst = jurist.get(f"{PAD}/stuk/{EEN}").text
    assert "<script" not in tekst
    assert '<mark>&lt;script&gt;alert(1)&lt;/script&gt;<sup><a href="#veld-1">1</a></sup></mark>' in tekst
    assert 'id="veld-1"' in tekst
    assert "<code>naam</code>" in tekst


def test_variant_page_shows_one_in_full_and_of_the_others_what_differs(app: App, jurist: TestClient):
    tekst = html.unescape(jurist.get(VARIANT).text)
    assert "1 variant" in tekst
    assert tekst.count('name="gezien"') == 2
    assert "Zorg & Co" in tekst


def test_a_group_is_approved_in_one_act_with_what_the_page_showed(app: App, jurist: TestClient):
    antwoord = judge(jurist, "stukken_goedkeuren", [see(app), see(app, TWEE)], groep="1/brief")
    assert antwoord.status_code == 303
    assert status(app) is status(app, TWEE) is Stukstatus.GOEDGEKEURD
    assert app.load("PROEF")[0].versie == 2
    assert "Het oordeel is vastgelegd" in jurist.get(antwoord.headers["location"]).text


def test_a_page_that_is_older_than_the_document_approves_nothing(app: App, jurist: TestClient):
    gezien = see(app)
    save_versie(app, "PROEF", EEN, make_docx_bytes(app), Vergelijkingsverslag(met_versie=1), "inkoper.demo")
    antwoord = judge(jurist, "stukken_goedkeuren", gezien)
    assert antwoord.status_code == 409
    assert "andere-versie-dan-gezien" in antwoord.text
    assert status(app) is Stukstatus.CONCEPT


def make_docx_bytes(app: App) -> bytes:
    map_ = app.bestanden.wortel.parent / "los"
    make_docx(map_, "Met de hand gewijzigd.", naam="versie")
    return (map_ / "versie.docx").read_bytes()


def test_a_version_edited_by_hand_is_shown_without_marks_and_asks_a_reason_for_what_contradicts(
    app: App, jurist: TestClient
):
    tegen = Tegenspraak(plaats="alinea 1", dossier="12 maart", document="13 maart")
    verslag = Vergelijkingsverslag(met_versie=1, tegenspraken=(tegen,))
    save_versie(app, "PROEF", EEN, make_docx_bytes(app), verslag, "inkoper.demo")
    tekst = html.unescape(jurist.get(f"{PAD}/stuk/{EEN}").text)
    assert "Met de hand gewijzigd." in tekst
    assert "<mark>" not in tekst
    assert "Nog niet gemotiveerd" in tekst
    assert judge(jurist, "stukken_goedkeuren", see(app)).status_code == 409
    assert judge(jurist, "stukken_goedkeuren", see(app), "De datum is herroepen.").status_code == 303
    assert status(app) is Stukstatus.GOEDGEKEURD


def test_who_made_a_document_is_told_why_approving_is_not_for_them(app: App, jurist: TestClient):
    save_versie(app, "PROEF", EEN, make_docx_bytes(app), Vergelijkingsverslag(met_versie=1), "jurist.demo")
    tekst = html.unescape(jurist.get(f"{PAD}/stuk/{EEN}").text)
    assert "goedkeuring-van-eigen-stuk" in tekst
    assert "jurist2.demo" in tekst
    assert 'value="stukken_goedkeuren"' not in tekst


def test_reject_ask_answer_and_make_again(app: App, jurist: TestClient):
    inkoper = bezoek(app, "inkoper.demo")
    assert judge(jurist, "stuk_afkeuren", see(app)).status_code == 422
    assert judge(jurist, "stuk_terugvragen", see(app), "Waarom deze datum?").status_code == 303
    pagina = html.unescape(inkoper.get(f"{PAD}/stuk/{EEN}").text)
    assert "Waarom deze datum?" in pagina
    assert "De vraag beantwoorden" in pagina
    assert judge(inkoper, "terugvraag_beantwoorden", see(app), "Uit de planning.").status_code == 303
    assert judge(jurist, "stuk_afkeuren", see(app), "De datum klopt niet.").status_code == 303
    assert judge(inkoper, "stukken_opnieuw_maken", see(app), "Planning hersteld.").status_code == 303
    assert status(app) is Stukstatus.VERVANGEN


def test_an_officer_does_not_approve_and_an_unreadable_form_is_refused(app: App):
    inkoper = bezoek(app, "inkoper.demo")
    antwoord = judge(inkoper, "stukken_goedkeuren", see(app))
    assert antwoord.status_code == 409
    assert "mandaat-ontbreekt" in antwoord.text
    for gezien in ("", "x", f"{EEN}|een|twee", f"{EEN}|1|kort"):
        assert judge(inkoper, "terugvraag_beantwoorden", gezien, "x").status_code == 422
    assert judge(inkoper, "verzonnen", see(app)).status_code == 422


def test_versions_are_downloaded_and_nothing_else_is(app: App, jurist: TestClient):
    assert jurist.get(f"{WOORD}/versie/1/{EEN}").content == app.bestanden.load("PROEF", EEN)
    for pad in ("proef/weg.docx", "../proef.db", "%2e%2e/proef.db"):
        assert jurist.get(f"{WOORD}/versie/1/{pad}").status_code == 404
        assert jurist.get(f"{PAD}/pdf/{pad}").status_code == 404


def test_a_file_that_is_gone_is_told(app: App, jurist: TestClient):
    (app.bestanden.folder("PROEF") / EEN).unlink()
    antwoord = jurist.get(f"{PAD}/stuk/{EEN}")
    assert antwoord.status_code == 200
    assert "staat niet meer in de map" in antwoord.text
    weg = jurist.get(f"{WOORD}/versie/1/{EEN}")
    assert weg.status_code == 404
    assert "niet meer op schijf" in weg.text
