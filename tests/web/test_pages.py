"""The pages: what they show, the headers that keep them closed, and downloads of registered documents only."""

from __future__ import annotations

import hashlib
import html
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.storage.documenten import list_documenten
from fakes import make_app, make_procedure, save_dossier
from web.hulp import bezoek

NAAR = '<script>alert("x")</script> & <img src=x onerror=y>'


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_app(tmp_path, make_procedure(namen={"1": NAAR}))
    save_dossier(app, titel=NAAR)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    for toezegging in list_open(app, "PROEF"):
        produce(app, toezegging)
    return app


@pytest.fixture
def client(app: App) -> TestClient:
    return bezoek(app, "inkoper.demo")


@pytest.mark.parametrize("pad", ["/", "/dossiers/PROEF", "/stijl.css", "/dossiers/WEG", "/weg", "/inloggen"])
def test_every_answer_has_the_headers_that_keep_the_page_closed(client: TestClient, pad: str):
    koppen = client.get(pad).headers
    beleid = koppen["Content-Security-Policy"]
    for deel in ("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert deel in beleid
    assert "unsafe" not in beleid
    assert koppen["X-Content-Type-Options"] == "nosniff"
    assert koppen["Referrer-Policy"] == "no-referrer"
    assert koppen["Cache-Control"] == ("max-age=300" if pad == "/stijl.css" else "no-store")


def test_list_shows_every_dossier_with_a_link(client: TestClient):
    antwoord = client.get("/")
    assert antwoord.status_code == 200
    assert '<a href="/dossiers/PROEF">PROEF</a>' in antwoord.text
    assert "2 lopend" in antwoord.text


def test_list_without_dossiers_says_how_to_make_one(tmp_path: Path):
    assert "aanbesteding dossier nieuw" in bezoek(make_app(tmp_path), "inkoper.demo").get("/").text


def test_page_of_a_dossier_shows_percelen_handelingen_with_reasons_and_documenten(
    client: TestClient, app: App
):
    antwoord = client.get("/dossiers/PROEF")
    assert antwoord.status_code == 200
    for woord in (
        "Proefperceel 1",
        '<a href="/dossiers/PROEF/handelingen/perceel_melden">Perceel melden</a>',
        "Er is nog niets gemeld.",
        "Proefwet art. 5",
        "4 documenten",
    ):
        assert woord in antwoord.text
    stukken = client.get("/dossiers/PROEF/fasen/proef/documenten").text
    assert "concept" in stukken
    for regel in list_documenten(app.database, "PROEF"):
        assert f'href="/dossiers/PROEF/documenten/{regel.pad}"' in stukken


def test_pages_hold_no_script_and_no_outside_address(client: TestClient):
    for pad in ("/", "/dossiers/PROEF"):
        tekst = client.get(pad).text
        assert "<script" not in tekst
        assert "http://" not in tekst
        assert "https://" not in tekst
        assert "style=" not in tekst


def test_nasty_title_and_nasty_name_are_escaped(client: TestClient):
    for pad in ("/", "/dossiers/PROEF"):
        tekst = client.get(pad).text
        assert "&lt;script&gt;" in tekst
        assert "<img" not in tekst


def test_unknown_dossier_and_unknown_page_are_not_found(client: TestClient):
    antwoord = client.get("/dossiers/WEG")
    assert antwoord.status_code == 404
    assert "Het dossier 'WEG' bestaat niet" in html.unescape(antwoord.text)
    assert client.get("/weg").status_code == 404


@pytest.mark.parametrize("pad", ["/docs", "/redoc", "/openapi.json"])
def test_there_are_no_pages_for_developers(client: TestClient, pad: str):
    assert client.get(pad).status_code == 404


@pytest.mark.parametrize("methode", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_only_read(client: TestClient, methode: str):
    for pad in ("/", "/dossiers/PROEF"):
        assert client.request(methode, pad).status_code == 405


def test_registered_document_is_downloaded_whole_under_its_own_name(client: TestClient, app: App):
    for regel in list_documenten(app.database, "PROEF"):
        antwoord = client.get(f"/dossiers/PROEF/documenten/{regel.pad}")
        assert antwoord.status_code == 200
        assert hashlib.sha256(antwoord.content).hexdigest() == regel.sha256
        assert antwoord.headers["Content-Disposition"] == f'attachment; filename="{Path(regel.pad).name}"'
        assert antwoord.headers["Content-Type"].endswith("wordprocessingml.document")
        assert antwoord.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "pad",
    [
        pytest.param("proef/geheim.docx", id="een bestand dat niet in het register staat"),
        pytest.param("../../proef.db", id="omhoog"),
        pytest.param("..%2F..%2Fproef.db", id="omhoog met een gecodeerde schuine streep"),
        pytest.param("%2e%2e/%2e%2e/proef.db", id="omhoog met gecodeerde punten"),
        pytest.param("proef/../proef/brief-perceel-1.docx", id="een omweg naar een bestand dat er is"),
        pytest.param("/etc/passwd", id="een pad vanaf de wortel"),
        pytest.param("%2Fetc%2Fpasswd", id="een gecodeerd pad vanaf de wortel"),
        pytest.param("proef/brief-perceel-1.docx%00.txt", id="een nulteken"),
        pytest.param("", id="niets"),
    ],
)
def test_only_registered_documents_can_be_downloaded(client: TestClient, app: App, pad: str):
    app.bestanden.save("PROEF", "proef/geheim.docx", b"geheim")
    bekend = {app.bestanden.load("PROEF", r.pad) for r in list_documenten(app.database, "PROEF")}
    antwoord = client.get(f"/dossiers/PROEF/documenten/{pad}")
    assert antwoord.status_code == 404 or antwoord.content in bekend
    assert b"SQLite" not in antwoord.content
    assert b"root:" not in antwoord.content


def test_document_of_another_dossier_is_not_found(client: TestClient, app: App):
    save_dossier(app, "ANDER")
    assert client.get("/dossiers/ANDER/documenten/proef/brief-perceel-1.docx").status_code == 404
    assert client.get("/dossiers/WEG/documenten/proef/brief-perceel-1.docx").status_code == 404


def test_document_that_is_gone_from_disk_is_told(client: TestClient, app: App):
    (app.bestanden.folder("PROEF") / "proef" / "brief-perceel-1.docx").unlink()
    assert client.get("/dossiers/PROEF/documenten/proef/brief-perceel-1.docx").status_code == 410
