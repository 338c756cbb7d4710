"""Word out, Word in on the pages: download, edit, see the report, hand in, compare versions, redline, reject."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from aanbesteding.documents.woord.redline_controle import check_redline
from aanbesteding.documents.woord.upload import open_upload
from aanbesteding.domain.stukken import Stukstatus
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.engine.stukken import load_stuk
from aanbesteding.fasen import stukken
from documents.woord.maken import edit, find_element, read_leden, save_leden
from fakes import make_app, make_procedure, save_dossier
from web.hulp import bezoek, find_token

PAD = "/dossiers/PROEF/woord"
EEN = "proef/brief-perceel-1.docx"


@pytest.fixture
def app(tmp_path: Path) -> App:
    basis = make_procedure()
    app = make_app(tmp_path, replace(basis, fasen=stukken.begeleid(*basis.fasen)))
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()
    return app


@pytest.fixture
def client(app: App) -> TestClient:
    return bezoek(app, "jurist.demo")


def upload(client: TestClient, inhoud: bytes, naam: str = "iets heel anders.docx") -> Any:
    token = find_token(client.get(PAD))
    return client.post(PAD, data={"_token": token}, files={"bestand": (naam, inhoud)})


def send_verslag(client: TestClient, pagina: Any, doel: str, **velden: str) -> Any:
    """Send the form of the report page as a browser does: the file goes along in it."""
    mee = re.findall(
        r'name="mee" value="([^"]*)"', pagina.text.partition(f'/woord/{doel}"')[2].partition("</form>")[0]
    )
    assert mee
    return client.post(
        f"{PAD}/{doel}", data={"_token": find_token(pagina), "mee": mee, **velden}, follow_redirects=False
    )


def show(antwoord: Any) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", antwoord.text))


def change_datum(brief: bytes) -> bytes:
    alinea = find_element(brief, "2026")
    return edit(brief, (alinea, alinea.replace("2026", "2027")))


def add_opmerking(brief: bytes) -> bytes:
    xml = (
        b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" '
        b'w:author="J. Urist" w:initials="JU" w:date="2026-01-05T10:00:00Z"><w:p><w:r>'
        b"<w:t>Klopt dit wel?</w:t></w:r></w:p></w:comment></w:comments>"
    )
    return save_leden({**read_leden(brief), "word/comments.xml": xml})


def test_downloaded_file_is_the_version_byte_for_byte(app: App, client: TestClient) -> None:
    antwoord = client.get(f"{PAD}/versie/1/{EEN}")
    assert antwoord.content == app.bestanden.load("PROEF", EEN)
    assert 'filename="brief-perceel-1.docx"' in antwoord.headers["content-disposition"]
    assert client.get(f"{PAD}/versie/2/{EEN}").status_code == 404
    assert client.get(f"{PAD}/versie/1/proef/weg.docx").status_code == 404
    assert client.get(f"{PAD}/versie/1/../../proef.db").status_code == 404


def test_report_is_shown_first_and_nothing_is_recorded(app: App, client: TestClient) -> None:
    versie = app.load("PROEF")[0].versie
    pagina = upload(client, change_datum(client.get(f"{PAD}/versie/1/{EEN}").content))
    assert pagina.status_code == 200
    tekst = show(pagina)
    assert "Er is nog niets vastgelegd" in tekst
    assert "1 tegenspraak met het dossier" in tekst
    assert "<del>" in pagina.text
    assert app.load("PROEF")[0].versie == versie


def test_contradiction_needs_a_motivation_or_a_choice_to_leave_it_open(app: App, client: TestClient) -> None:
    pagina = upload(client, change_datum(client.get(f"{PAD}/versie/1/{EEN}").content))
    zonder = send_verslag(client, pagina, "inleveren", toelichting="Datum <b>verzet</b>")
    assert zonder.status_code == 422
    assert "ontbreekt een motivering" in show(zonder)
    assert "Datum &lt;b&gt;verzet&lt;/b&gt;" in zonder.text
    veld = re.search(r'name="(motivering-[0-9a-f]+)"', zonder.text)
    assert veld
    goed = send_verslag(
        client, zonder, "inleveren", **{veld[1]: "Zo afgesproken.", "toelichting": "Datum verzet"}
    )
    assert goed.status_code == 303
    assert goed.headers["location"] == f"{PAD}/stuk/{EEN}"
    stuk = load_stuk(app, "PROEF", EEN).stuk
    assert [t.motivering for t in stuk.huidig.tegenspraken] == ["Zo afgesproken."]
    assert stuk.huidig.toelichting == "Datum verzet"
    pagina = client.get(goed.headers["location"])
    assert "Motivering: Zo afgesproken." in show(pagina)


def test_contradiction_can_be_left_open_for_the_reviewer(app: App, client: TestClient) -> None:
    pagina = upload(client, change_datum(client.get(f"{PAD}/versie/1/{EEN}").content))
    assert send_verslag(client, pagina, "inleveren", zonder="ja").status_code == 303
    assert "Nog niet gemotiveerd" in show(client.get(f"{PAD}/stuk/{EEN}"))
    assert "2 versies" in show(client.get(PAD))


def test_redline_between_two_versions_is_right(app: App, client: TestClient) -> None:
    eerste = client.get(f"{PAD}/versie/1/{EEN}").content
    send_verslag(client, upload(client, change_datum(eerste)), "inleveren", zonder="ja")
    tweede = client.get(f"{PAD}/versie/2/{EEN}").content
    redline = client.get(f"{PAD}/redline/{EEN}?van=1&naar=2")
    assert 'filename="brief-perceel-1_redline1-2.docx"' in redline.headers["content-disposition"]
    assert check_redline(open_upload(redline.content), open_upload(eerste), open_upload(tweede)) == ()
    assert "Redline van versie 1 naar 2" in show(client.get(f"{PAD}/stuk/{EEN}?van=1&naar=2"))
    assert client.get(f"{PAD}/stuk/{EEN}?van=99&naar=-4").status_code == 200


def test_comments_are_shown_and_bar_handing_in_but_serve_a_rejection(app: App, client: TestClient) -> None:
    pagina = upload(client, add_opmerking(client.get(f"{PAD}/versie/1/{EEN}").content))
    tekst = show(pagina)
    assert "J. Urist (JU), 2026-01-05" in tekst
    assert "Zo kan dit bestand niet worden ingeleverd" in tekst
    assert "/woord/inleveren" not in pagina.text
    assert send_verslag(client, pagina, "afkeuren", opmerking=" ").status_code == 422
    assert send_verslag(client, pagina, "afkeuren", opmerking="De datum klopt niet.").status_code == 303
    stuk = load_stuk(app, "PROEF", EEN).stuk
    assert stuk.status is Stukstatus.AFGEKEURD
    assert stuk.oordelen[-1].opmerkingen == ("J. Urist: Klopt dit wel?",)


@pytest.mark.parametrize(
    ("inhoud", "wat"),
    [
        pytest.param(b"geen Word", "geen Word-bestand", id="geen Word"),
        pytest.param(b"", "leeg", id="leeg"),
        pytest.param(b"PK" + b"x" * 5_000_001, "groter dan 5 MB", id="te groot"),
    ],
)
def test_wrong_file_is_told_on_the_page(client: TestClient, inhoud: bytes, wat: str) -> None:
    antwoord = upload(client, inhoud)
    assert antwoord.status_code == 422
    assert wat in show(antwoord)
    assert "Er is niets vastgelegd" in show(antwoord)


def test_file_that_was_tampered_with_in_the_form_is_checked_again(client: TestClient) -> None:
    token = find_token(client.get(PAD))
    for mee in ("AAAA", "geen base64!", ""):
        antwoord = client.post(f"{PAD}/inleveren", data={"_token": token, "mee": mee})
        assert antwoord.status_code == 422


def test_report_of_the_sender_is_not_taken(app: App, client: TestClient) -> None:
    """The generic form of the act is not a way around the comparison."""
    token, begin = find_token(client.get(PAD)), app.load("PROEF")[0].versie
    verslag = {"verslag.met_versie": "1", "verslag.ongewijzigd": "9", "verslag.formulering": "0"}
    velden = {
        "_token": token,
        "_doe": "verricht",
        "_versie": str(begin),
        "stuk": "x",
        "pad": "x",
        "sha256": "0" * 64,
    }
    antwoord = client.post("/dossiers/PROEF/handelingen/stuk_inleveren", data=velden | verslag)
    assert antwoord.status_code == 409
    assert "kan niet met eigen invoer" in html.unescape(antwoord.text)
    assert app.load("PROEF")[0].versie == begin


def test_act_that_hands_in_leads_to_this_page(app: App, client: TestClient) -> None:
    antwoord = client.get("/dossiers/PROEF/handelingen/stuk_inleveren", follow_redirects=False)
    assert antwoord.headers["location"] == PAD
