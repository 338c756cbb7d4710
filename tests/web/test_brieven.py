"""A recipient opens a letter: the link alone tells nothing, a code opens it, and nothing of anyone else is there."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.engine.app import App
from aanbesteding.engine.brieflink import CODE_POGINGEN, CODES_PER_UUR, WEIGERINGEN_PER_ADRES, show_adres
from aanbesteding.engine.verzendbeeld import load_besluit
from aanbesteding.engine.verzending import send, start_verzending
from postkamer import ALS, DOSSIER, approve, find_link, list_eml, load_tekst, make_besluit, make_postapp
from web.hulp import find_token, make_pagina


class Toneel:
    """An app whose letters were sent to the outbox, and a browser that is nobody's."""

    def __init__(self, map_: Path) -> None:
        self.map = map_
        self.app: App = make_postapp(map_)
        self.besluit = make_besluit(self.app)
        approve(self.app, self.besluit)
        start_verzending(self.app, DOSSIER, self.besluit, ALS)
        send(self.app, DOSSIER)
        self.links = [find_link(load_tekst(m)) for m in list_eml(map_ / "uitbak")]
        self.web: FastAPI = make_pagina(self.app)
        self.client = TestClient(self.web)

    @property
    def klok(self) -> StilstaandeKlok:
        assert isinstance(self.app.klok, StilstaandeKlok)
        return self.app.klok

    def post(self, pad: str, link: str, client: TestClient | None = None, **velden: str) -> Response:
        client = client or self.client
        token = find_token(client.get(f"/brief/{link}"))
        return client.post(f"/brief/{link}/{pad}", data={"_token": token} | velden, follow_redirects=False)

    def ask_code(self, link: str, client: TestClient | None = None) -> str:
        antwoord = self.post("code", link, client)
        assert antwoord.status_code == 200, antwoord.text
        codes = [m for m in (self.map / "uitbak").rglob("*code*.eml")]
        nieuwste = max(codes, key=lambda p: p.stat().st_mtime_ns)
        (mail,) = [m for m in list_eml(nieuwste.parent) if m["Message-ID"].startswith(f"<{nieuwste.stem}@")]
        gevonden = re.search(r"Uw code is: (\d{8})\b", load_tekst(mail))
        assert gevonden
        return gevonden[1]

    def open(self, link: str, client: TestClient | None = None) -> Response:
        code = self.ask_code(link, client)
        antwoord = self.post("openen", link, client, code=code)
        assert antwoord.status_code == 303, antwoord.text
        return (client or self.client).get(f"/brief/{link}")


@pytest.fixture
def toneel(tmp_path: Path) -> Toneel:
    return Toneel(tmp_path)


def audit(app: App) -> list[tuple[str, str, str]]:
    with app.database.connect() as verbinding:
        return [tuple(r) for r in verbinding.exec_driver_sql("SELECT soort, dossier, reden FROM auditregel")]  # type: ignore[misc]


def test_link_alone_tells_that_there_is_a_letter_and_nothing_more(toneel: Toneel):
    antwoord = toneel.client.get(f"/brief/{toneel.links[0]}")
    assert antwoord.status_code == 200
    assert "a•••@zorg.example" in antwoord.text
    for geheim in ("geheim van", "Zorg 1 B.V.", "aanbieder-1@", "Besluit<", "PROEF"):
        assert geheim not in antwoord.text
    for naam, waarde in (("cache-control", "no-store"), ("referrer-policy", "no-referrer")):
        assert antwoord.headers[naam] == waarde
    regels = load_besluit(toneel.app, DOSSIER, toneel.besluit).berichten[0].regels
    assert [r.gebeurtenis for r in regels] == ["klaar", "bezig", "verzonden"]


def test_code_that_is_sent_apart_opens_the_letter_and_the_receipt_says_when(toneel: Toneel):
    toneel.klok.jump(toneel.klok.nu() + timedelta(hours=2))
    pagina = toneel.open(toneel.links[1])
    assert pagina.status_code == 200
    assert "geheim van 2" in pagina.text
    assert "Zorg 2 B.V." in pagina.text
    assert "het team Inkoop, 0900 0000" in pagina.text
    stand = load_besluit(toneel.app, DOSSIER, toneel.besluit).berichten[1]
    assert stand.geopend == toneel.klok.nu()
    assert load_besluit(toneel.app, DOSSIER, toneel.besluit).berichten[0].geopend is None


def test_page_of_one_recipient_shows_nothing_of_another(toneel: Toneel):
    tekst = toneel.open(toneel.links[0]).text
    for ander in ("geheim van 2", "geheim van 3", "Zorg 2", "Zorg 3", "aanbieder-2", "I-002"):
        assert ander not in tekst


def test_letter_is_the_approved_file_byte_for_byte(toneel: Toneel):
    toneel.open(toneel.links[0])
    antwoord = toneel.client.get(f"/brief/{toneel.links[0]}/stukken/1")
    (bestand,) = (toneel.map / "documenten").rglob("besluitbrief-I-001.docx")
    assert antwoord.content == bestand.read_bytes()
    assert antwoord.headers["content-disposition"] == 'attachment; filename="besluitbrief.docx"'
    assert toneel.client.get(f"/brief/{toneel.links[0]}/stukken/2").status_code == 404
    bestand.write_bytes(b"anders")
    assert toneel.client.get(f"/brief/{toneel.links[0]}/stukken/1").status_code == 410


def test_visit_of_one_letter_opens_no_other(toneel: Toneel):
    toneel.open(toneel.links[0])
    for pad in ("", "/stukken/1", "/stukken/1/pdf", "/termijnen.ics"):
        antwoord = toneel.client.get(f"/brief/{toneel.links[1]}{pad}")
        assert "geheim" not in antwoord.text
        assert antwoord.url.path == f"/brief/{toneel.links[1]}"


def test_visit_ends_after_an_hour_and_in_another_browser_there_is_none(toneel: Toneel):
    toneel.open(toneel.links[0])
    assert "geheim" not in TestClient(toneel.web).get(f"/brief/{toneel.links[0]}").text
    toneel.klok.jump(toneel.klok.nu() + timedelta(minutes=61))
    assert "geheim" not in toneel.client.get(f"/brief/{toneel.links[0]}").text


def test_code_works_once_and_only_for_its_own_letter(toneel: Toneel):
    code = toneel.ask_code(toneel.links[0])
    assert toneel.post("openen", toneel.links[1], code=code).status_code == 403
    assert toneel.post("openen", toneel.links[0], code=f" {code[:4]} {code[4:]} ").status_code == 303
    assert toneel.post("openen", toneel.links[0], TestClient(toneel.web), code=code).status_code == 403


def test_code_is_too_old_after_a_quarter_of_an_hour(toneel: Toneel):
    code = toneel.ask_code(toneel.links[0])
    toneel.klok.jump(toneel.klok.nu() + timedelta(minutes=16))
    antwoord = toneel.post("openen", toneel.links[0], code=code)
    assert antwoord.status_code == 403
    assert "werkt niet meer" in antwoord.text


def test_new_code_puts_the_one_before_out_of_use(toneel: Toneel):
    oud, nieuw = toneel.ask_code(toneel.links[0]), toneel.ask_code(toneel.links[0])
    assert toneel.post("openen", toneel.links[0], code=oud).status_code == (403 if oud != nieuw else 303)
    assert toneel.post("openen", toneel.links[0], code=nieuw).status_code == 303


def test_code_may_be_tried_a_few_times_only(toneel: Toneel):
    code = toneel.ask_code(toneel.links[0])
    fout = "00000000" if code != "00000000" else "00000001"
    for _ in range(CODE_POGINGEN):
        assert toneel.post("openen", toneel.links[0], code=fout).status_code == 403
    assert toneel.post("openen", toneel.links[0], code=code).status_code == 403
    assert ("brief_geweigerd", DOSSIER, "verkeerde code") in audit(toneel.app)


def test_only_so_many_codes_an_hour_are_sent(toneel: Toneel):
    for _ in range(CODES_PER_UUR):
        toneel.ask_code(toneel.links[0])
    antwoord = toneel.post("code", toneel.links[0])
    assert antwoord.status_code == 429
    assert "Wacht een uur" in antwoord.text
    toneel.klok.jump(toneel.klok.nu() + timedelta(minutes=61))
    toneel.ask_code(toneel.links[0])


@pytest.mark.parametrize("link", ["x", "A" * 43, "%00", "a" * 5000])
def test_unknown_link_is_refused_and_noted(toneel: Toneel, link: str):
    antwoord = toneel.client.get(f"/brief/{link}")
    assert antwoord.status_code == 404
    if link in ("x", "A" * 43):
        assert ("brief_geweigerd", "", "onbekende link") in audit(toneel.app)


def test_expired_link_looks_like_an_unknown_one(toneel: Toneel):
    onbekend = toneel.client.get(f"/brief/{'A' * 43}").text
    toneel.klok.jump(toneel.klok.nu() + timedelta(days=121))
    verlopen = toneel.client.get(f"/brief/{toneel.links[0]}")
    assert verlopen.status_code == 404
    assert re.sub(r"[0-9a-f]{64}", "", verlopen.text) == re.sub(r"[0-9a-f]{64}", "", onbekend)
    assert ("brief_geweigerd", DOSSIER, "verlopen") in audit(toneel.app)


def test_guessing_links_is_stopped_for_a_while(toneel: Toneel):
    for n in range(WEIGERINGEN_PER_ADRES):
        assert toneel.client.get(f"/brief/{n}").status_code == 404
    assert toneel.client.get(f"/brief/{toneel.links[0]}").status_code == 429
    toneel.klok.jump(toneel.klok.nu() + timedelta(minutes=16))
    assert toneel.client.get(f"/brief/{toneel.links[0]}").status_code == 200


def test_form_of_another_site_asks_for_no_code(toneel: Toneel):
    antwoord = toneel.client.post(f"/brief/{toneel.links[0]}/code", data={"_token": "0" * 64})
    assert antwoord.status_code == 403
    assert len(list_eml(toneel.map / "uitbak")) == 3


def test_nothing_of_link_code_or_visit_can_be_read_in_the_database(toneel: Toneel):
    code = toneel.ask_code(toneel.links[0])
    toneel.post("openen", toneel.links[0], code=code)
    bezoek = toneel.client.cookies["aanbesteding_brief"]
    toneel.app.database.dispose()
    inhoud = b"".join(p.read_bytes() for p in toneel.map.glob("proef.db*"))
    for geheim in (*toneel.links, code, bezoek):
        assert geheim.encode() not in inhoud


def test_cookie_of_a_visit_is_closed_to_scripts(toneel: Toneel):
    code = toneel.ask_code(toneel.links[0])
    koekje = toneel.post("openen", toneel.links[0], code=code).headers["set-cookie"]
    assert "httponly" in koekje.lower()
    assert "samesite=lax" in koekje.lower()


def test_calendar_of_a_letter_without_terms_is_empty_and_well_formed(toneel: Toneel):
    toneel.open(toneel.links[0])
    agenda = toneel.client.get(f"/brief/{toneel.links[0]}/termijnen.ics")
    assert agenda.headers["content-type"].startswith("text/calendar")
    assert agenda.text.startswith("BEGIN:VCALENDAR")


def test_address_is_shown_to_its_owner_only_in_part():
    assert show_adres("inkoop@zorg.example") == "i•••@zorg.example"
