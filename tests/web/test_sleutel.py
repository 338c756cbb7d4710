"""The page of the own key: make one, choose another passphrase; nothing secret stays behind anywhere."""

from __future__ import annotations

import html
import logging
from pathlib import Path

import pytest
from nacl.pwhash import argon2id
from sqlalchemy import text
from starlette.testclient import TestClient

from aanbesteding.engine.app import App
from aanbesteding.engine.sleutels import list_eigen_sleutels, load_sleutels, make_demosleutel
from fakes import make_app, save_dossier
from web.hulp import find_token, log_in, make_pagina, make_toegang

WIE = "inkoper.demo"
OUD, NIEUW, FOUT = (
    "vijf losse woorden voor morgen",
    "heel andere woorden sinds vandaag",
    "dit is de verkeerde wachtzin",
)


@pytest.fixture(autouse=True)
def goedkoop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs nothing here."""
    monkeypatch.setattr(argon2id, "OPSLIMIT_MODERATE", argon2id.OPSLIMIT_MIN)
    monkeypatch.setattr(argon2id, "MEMLIMIT_MODERATE", argon2id.MEMLIMIT_MIN)


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_app(tmp_path)
    save_dossier(app)
    return app


@pytest.fixture
def client(app: App) -> TestClient:
    make_toegang(app, WIE)
    return log_in(make_pagina(app), WIE)


def find_bekend(pagina: str) -> str:
    return pagina.partition('name="bekend" value="')[2].partition('"')[0]


def maak(client: TestClient, wachtzin: str = OUD, herhaald: str | None = None, **velden: str):
    pagina = client.get("/sleutel")
    gegevens = {"wachtzin": wachtzin, "herhaald": wachtzin if herhaald is None else herhaald}
    basis = {"_token": find_token(pagina), "bekend": find_bekend(pagina.text)}
    return client.post("/sleutel", data=basis | gegevens | velden)


def wijzig(client: TestClient, oud: str, nieuw: str, herhaald: str | None = None):
    gegevens = {"_token": find_token(client.get("/sleutel")), "oud": oud, "nieuw": nieuw}
    gegevens["nieuw_herhaald"] = nieuw if herhaald is None else herhaald
    return client.post("/sleutel/wachtzin", data=gegevens)


def test_opener_makes_a_key_and_gets_a_receipt_with_its_fingerprint(app: App, client: TestClient):
    assert "U heeft nog geen sleutel" in client.get("/sleutel").text
    antwoord = maak(client)
    assert antwoord.status_code == 200
    sleutel = load_sleutels(app)[WIE]
    assert not sleutel.demo
    for deel in ("Uw sleutel is gemaakt", sleutel.vingerafdruk, "kunnen hem niet terughalen"):
        assert deel in antwoord.text
    assert antwoord.url.query == b"klaar=gemaakt"


@pytest.mark.parametrize(
    ("wachtzin", "herhaald", "zin"),
    [
        pytest.param("te kort", None, "De wachtzin is te zwak", id="te zwak"),
        pytest.param(OUD, NIEUW, "De twee wachtzinnen zijn niet gelijk", id="twee keer anders"),
        pytest.param("", None, "De wachtzin is te zwak", id="leeg"),
    ],
)
def test_no_key_is_made_and_the_fields_are_empty_again(
    app: App, client: TestClient, wachtzin: str, herhaald: str | None, zin: str
):
    antwoord = maak(client, wachtzin, herhaald)
    assert antwoord.status_code == 422
    assert zin in html.unescape(antwoord.text)
    assert not list_eigen_sleutels(app, WIE)
    assert not wachtzin or f'value="{wachtzin}"' not in antwoord.text


def test_form_that_is_sent_twice_makes_one_key(app: App, client: TestClient):
    maak(client)
    antwoord = maak(client, bekend="")
    assert antwoord.status_code == 422
    assert "al een sleutel gemaakt" in antwoord.text
    assert len(list_eigen_sleutels(app, WIE)) == 1


def test_opener_chooses_another_passphrase_and_the_fingerprint_stays(app: App, client: TestClient):
    maak(client)
    (voor,) = list_eigen_sleutels(app, WIE)
    assert "past niet bij de sleutel" in wijzig(client, FOUT, NIEUW).text
    assert "niet gelijk" in wijzig(client, OUD, NIEUW, OUD).text
    antwoord = wijzig(client, OUD, NIEUW)
    assert "De wachtzin is gewijzigd" in antwoord.text
    (na,) = list_eigen_sleutels(app, WIE)
    assert na.slot.publiek == voor.slot.publiek
    assert na.slot.prive != voor.slot.prive


def test_who_keeps_trying_must_wait(client: TestClient):
    maak(client)
    assert [wijzig(client, FOUT, NIEUW).status_code for _ in range(6)] == [422] * 5 + [429]
    assert "Wacht" in wijzig(client, OUD, NIEUW).text


def test_passphrase_is_nowhere_afterwards(
    app: App, client: TestClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    antwoorden = [
        maak(client, FOUT, NIEUW),
        maak(client),
        wijzig(client, FOUT, NIEUW),
        wijzig(client, OUD, NIEUW),
    ]
    for zin in (OUD, NIEUW, FOUT):
        assert zin not in caplog.text
        assert zin.encode() not in b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
        for antwoord in antwoorden:
            assert zin not in antwoord.text
            assert zin not in str(antwoord.url) + str(antwoord.headers)
        with app.database.connect() as db:
            tabellen = ("sleutel", "auditregel", "sessie")
            inhoud = [db.execute(text(f"SELECT * FROM {t}")).all() for t in tabellen]
        assert zin not in str(inhoud)


def test_account_of_a_demo_makes_no_key_of_its_own(app: App):
    make_toegang(app, WIE, demo=True)
    make_demosleutel(app, WIE)
    client = log_in(make_pagina(app), WIE)
    pagina = client.get("/sleutel").text
    assert "demosleutel" in pagina
    assert 'type="password"' not in pagina
    token = find_token(client.get("/wachtwoord"))
    gegevens = {"_token": token, "wachtzin": OUD, "herhaald": OUD, "bekend": find_bekend(pagina)}
    assert client.post("/sleutel", data=gegevens).status_code == 403
    assert [s.demo for s in list_eigen_sleutels(app, WIE)] == [True]
