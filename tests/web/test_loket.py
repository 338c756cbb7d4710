"""The counter: a stranger sees the round only, a code opens the own application only, and it closes on the second."""

from __future__ import annotations

import email
import email.policy
import html
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select
from starlette.testclient import TestClient

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.engine.app import App
from aanbesteding.engine.loket import load_loket
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.engine.verifieer import verify
from aanbesteding.fasen.toetreding.besluiten.aanvraag import list_aanvragen
from aanbesteding.fasen.toetreding.besluiten.loket import list_stukken
from aanbesteding.fasen.toetreding.besluiten.toelating import list_open_eisen
from aanbesteding.storage.audit import Auditsoort
from aanbesteding.storage.tables_toegang import AuditRow
from web.hulp import find_token, log_in, make_pagina, make_toegang
from web.verloop import DOSSIER, tell_tot

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
_nummers = count(1)


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The purchase of the Bommelerwaard with a round that is open."""
    app = tell_tot(tmp_path_factory.mktemp("loket"), "aanvragen", aanbieders=60)
    make_toegang(app, "jurist2.demo")
    return app


@pytest.fixture
def app(basis: App) -> App:
    """The same database with the clock two days before closing; tests use their own addresses."""
    klok = StilstaandeKlok(loket_van(basis).ronde.tot - timedelta(days=2))
    return replace(basis, klok=klok)


def loket_van(app: App) -> Any:
    ronde = app.load(DOSSIER)[0].list_onderwerpen("ronde", frozenset({"open"}))[0]
    loket = load_loket(app, DOSSIER, ronde)
    assert loket is not None
    return loket


@pytest.fixture
def web(app: App) -> FastAPI:
    return make_pagina(app)


@pytest.fixture
def pad(app: App) -> str:
    return f"/loket/{DOSSIER}/{loket_van(app).ronde.ronde}"


def make_adres() -> str:
    return f"inkoop@zorgbedrijf-{next(_nummers)}.example"


def find_code(app: App, adres: str) -> str:
    """The code in the last mail to this address, from the outbox folder."""
    map_ = Path(str(app.load_post().postbode.plaats.partition("de map ")[2].partition(" (")[0]))
    mails = [
        email.message_from_bytes(p.read_bytes(), policy=email.policy.default)
        for p in sorted(map_.rglob("loketcode-*.eml"), key=lambda p: p.stat().st_mtime_ns)
    ]
    tekst = [m for m in mails if adres in m["To"]][-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    gevonden = re.search(r"Uw code is: (\d{8})", tekst)
    assert gevonden, tekst
    return gevonden[1]


def ask_code(client: TestClient, pad: str, adres: str) -> Any:
    return client.post(
        pad, data={"_token": find_token(client.get(pad)), "email": adres}, follow_redirects=False
    )


def enter(web: FastAPI, app: App, pad: str, adres: str, ip: str | None = None) -> TestClient:
    """A browser that proved this address."""
    client = TestClient(web, client=(ip or f"10.1.{next(_nummers) % 250}.7", 1))
    assert ask_code(client, pad, adres).headers["location"] == f"{pad}/code"
    antwoord = client.post(
        f"{pad}/code",
        data={"_token": find_token(client.get(f"{pad}/code")), "code": find_code(app, adres)},
        follow_redirects=False,
    )
    assert antwoord.status_code == 303, html.unescape(antwoord.text)
    return client


def make_velden(app: App, **anders: Any) -> dict[str, Any]:
    """Everything filled in, for the first product of the round."""
    loket, nummer = loket_van(app), next(_nummers)
    keuze = loket.ronde.producten[0]
    eisen = {f"eis.{keuze.perceel}.{e.code}": "ja" for e in loket.list_eisen(keuze.perceel)}
    velden = {
        "naam": f"Zorgbedrijf {nummer} (verzonnen)",
        "kvk": f"{90000000 + nummer}",
        "agb": f"{90000000 + nummer}",
        "straat": "Lindelaan 3",
        "postcode": "1236 AB",
        "plaats": "Voorbeeldstad",
        "contact": "Directie",
        "grootte": "klein",
        "product": f"{keuze.perceel}.{keuze.product}",
    }
    return velden | eisen | anders


def post(
    client: TestClient, pad: str, velden: dict[str, Any], doe: str, stuk: Any = None, token: str = ""
) -> Any:
    token = token or find_token(client.get(f"{pad}/aanvraag"))
    bestanden = {"stuk": stuk} if stuk else {"leeg": ("", b"")}
    return client.post(
        f"{pad}/aanvraag",
        data={"_token": token, "_doe": doe} | velden,
        files=bestanden,
        follow_redirects=False,
    )


def first_eis(app: App) -> str:
    loket = loket_van(app)
    perceel = loket.ronde.producten[0].perceel
    return f"{perceel}.{loket.list_eisen(perceel)[0].code}"


def count_aanvragen(app: App) -> int:
    return len(list_aanvragen(app.load(DOSSIER)[0]))


# --- public ---------------------------------------------------------------------------------------------------


def test_page_of_an_open_round_tells_a_stranger_what_is_asked_until_when_and_how_to_repair(
    web: FastAPI, app: App, pad: str
):
    client, loket = TestClient(web), loket_van(app)
    tekst = html.unescape(client.get(pad).text)
    assert loket.regio.huisstijl.naam in tekst
    assert "U kunt aanvragen tot" in tekst
    for eis in loket.list_eisen(loket.ronde.producten[0].perceel):
        assert eis.tekst in tekst
    assert "Aanvullen" in tekst
    assert loket.regio.huisstijl.kleur in client.get(f"{pad}/stijl.css").text
    assert client.get(f"{pad}/beeldmerk.png").content.startswith(b"\x89PNG")
    assert pad in client.get("/loket").text


@pytest.mark.parametrize("onbekend", ["/loket/BESTAAT-NIET/1", f"/loket/{DOSSIER}/99", f"/loket/{DOSSIER}/x"])
def test_counter_that_is_not_there_gives_the_same_answer(web: FastAPI, onbekend: str):
    antwoord = TestClient(web).get(onbekend)
    assert (antwoord.status_code, "Dit loket bestaat niet." in antwoord.text) == (404, True)


def test_region_without_a_mandate_for_its_website_has_no_counter(app: App, pad: str, tmp_path: Path):
    bron = app.regiomappen[-1] / "bommelerwaard"
    doel = tmp_path / "regios" / "bommelerwaard"
    doel.mkdir(parents=True)
    for stuk in bron.iterdir():
        if stuk.suffix in (".toml", ".png"):
            (doel / stuk.name).write_bytes(stuk.read_bytes())
    regio = doel / "regio.toml"
    regio.write_text(regio.read_text("utf-8").replace('rol = "loket"', 'rol = "auditor"'), encoding="utf-8")
    zonder = replace(app, regiomappen=(tmp_path / "regios", *app.regiomappen))
    assert TestClient(make_pagina(zonder)).get(pad).status_code == 404


# --- coming in ------------------------------------------------------------------------------------------------


def test_without_a_code_there_is_no_application_to_see(web: FastAPI, app: App, pad: str):
    client = TestClient(web)
    assert client.get(f"{pad}/aanvraag", follow_redirects=False).headers["location"] == pad
    ask_code(client, pad, make_adres())
    assert client.get(f"{pad}/aanvraag", follow_redirects=False).status_code == 303, (
        "een code vragen is niet genoeg"
    )
    assert (
        post(client, pad, make_velden(app), "verstuur", token=find_token(client.get(pad))).status_code == 401
    )


def test_code_works_once_in_its_own_browser_and_for_a_quarter_of_an_hour(web: FastAPI, app: App, pad: str):
    adres = make_adres()
    eigen, ander = TestClient(web, client=("10.2.0.1", 1)), TestClient(web, client=("10.2.0.2", 1))
    ask_code(eigen, pad, adres)
    code = find_code(app, adres)

    def give(client: TestClient) -> int:
        token = find_token(client.get(f"{pad}/code"))
        return client.post(
            f"{pad}/code", data={"_token": token, "code": code}, follow_redirects=False
        ).status_code

    assert give(ander) == 401
    assert give(eigen) == 303
    assert give(eigen) == 401, "een tweede keer niet"
    ask_code(eigen, pad, adres)
    code = find_code(app, adres)
    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(app.klok.nu() + timedelta(minutes=15, seconds=1))
    assert give(eigen) == 401, "te laat"


def test_five_wrong_codes_end_the_code(web: FastAPI, app: App, pad: str):
    adres, client = make_adres(), TestClient(web, client=("10.2.0.3", 1))
    ask_code(client, pad, adres)
    goed = find_code(app, adres)
    fout = f"{(int(goed) + 1) % 10**8:08d}"
    token = find_token(client.get(f"{pad}/code"))
    for code in [fout] * 5 + [goed]:
        assert client.post(f"{pad}/code", data={"_token": token, "code": code}).status_code == 401
    with Session(app.database) as sessie:
        regels = sessie.exec(
            select(AuditRow).where(AuditRow.soort == Auditsoort.LOKETCODE_GEWEIGERD.value)
        ).all()
    assert len(regels) >= 6
    assert all(adres not in f"{r.persoon}{r.reden}{r.doel}" for r in regels)


def test_codes_are_limited_per_address_of_mail_and_per_address_of_the_net(web: FastAPI, pad: str):
    client, adres = TestClient(web, client=("10.2.0.4", 1)), make_adres()
    assert [ask_code(client, pad, adres).status_code for _ in range(4)] == [303] * 3 + [429]
    codes = [ask_code(client, pad, make_adres()).status_code for _ in range(20)]
    assert codes == [303] * 17 + [429] * 3


@pytest.mark.parametrize(
    "adres", ["", "geen adres", "a@b", "a@b.example\r\nBcc: x@y.example", "x" * 300 + "@b.example"]
)
def test_address_that_is_none_gets_no_mail(web: FastAPI, pad: str, adres: str):
    assert ask_code(TestClient(web), pad, adres).status_code == 422


def test_form_without_its_token_does_nothing(web: FastAPI, app: App, pad: str):
    client = enter(web, app, pad, make_adres())
    voor = count_aanvragen(app)
    assert post(client, pad, make_velden(app), "verstuur", token="0" * 64).status_code == 403
    assert client.post(pad, data={"email": make_adres()}).status_code == 403
    assert count_aanvragen(app) == voor


# --- applying -------------------------------------------------------------------------------------------------


def test_draft_is_kept_and_found_again_with_a_new_code_by_its_own_address_only(
    web: FastAPI, app: App, pad: str
):
    adres = make_adres()
    post(enter(web, app, pad, adres), pad, {"naam": "Half <ingevuld>"}, "bewaar")
    assert "Half <ingevuld>" in html.unescape(enter(web, app, pad, adres).get(f"{pad}/aanvraag").text)
    assert "Half" not in enter(web, app, pad, make_adres()).get(f"{pad}/aanvraag").text


def test_application_is_sent_once_with_a_receipt_that_holds_hash_and_time_to_the_second(
    web: FastAPI, app: App, pad: str
):
    client, velden = enter(web, app, pad, make_adres()), make_velden(app)
    eis = first_eis(app)
    stuk = {"stuk_eis": eis, "stuk_datum": "2020-01-10"}
    antwoord = post(client, pad, velden | stuk, "stuk", ("uittreksel.pdf", PDF))
    assert "Het bestand is bewaard." in antwoord.text, html.unescape(antwoord.text)
    assert "U kunt versturen" in post(client, pad, velden, "controleer").text
    voor = count_aanvragen(app)
    assert post(client, pad, velden, "verstuur").status_code == 303
    assert count_aanvragen(app) == voor + 1
    tekst = html.unescape(client.get(f"{pad}/aanvraag").text)
    assert sha256(PDF).hexdigest() in tekst
    assert f"{app.klok.nu():%H:%M:%S} Nederlandse tijd" in tekst
    assert post(client, pad, velden, "verstuur").status_code == 409, "een tweede keer niet"
    dossier = app.load(DOSSIER)[0]
    feit = list_aanvragen(dossier)[-1]
    assert feit.aanvraag.ontvangen == app.klok.nu()
    assert dossier.vastleggingen[-1].persoon == "digitaal.loket"
    assert app.bestanden.load(DOSSIER, list_stukken(dossier, feit.verzoek)[0].pad) == PDF
    for toezegging in list_open(app, DOSSIER):
        assert not produce(app, toezegging).fouten


def test_officer_sees_the_application_and_gets_the_evidence_as_a_download(web: FastAPI, app: App, pad: str):
    client, velden = enter(web, app, pad, make_adres()), make_velden(app)
    post(
        client,
        pad,
        velden | {"stuk_eis": first_eis(app), "stuk_datum": "2020-01-10"},
        "stuk",
        ("a b.pdf", PDF),
    )
    post(client, pad, velden, "verstuur")
    nummer = list_aanvragen(app.load(DOSSIER)[0])[-1].verzoek
    jurist = log_in(web, "jurist2.demo")
    basis = f"/dossiers/{DOSSIER}/aanvragen"
    assert velden["naam"] in html.unescape(jurist.get(basis).text)
    assert sha256(PDF).hexdigest() in jurist.get(f"{basis}/{nummer}").text
    stuk = jurist.get(f"{basis}/{nummer}/bewijs/{sha256(PDF).hexdigest()}")
    assert stuk.content == PDF
    assert stuk.headers["content-disposition"].startswith("attachment")
    assert stuk.headers["x-content-type-options"] == "nosniff"
    assert jurist.get(f"{basis}/{nummer}/bewijs/{'0' * 64}").status_code == 404
    assert jurist.get(f"{basis}/9999").status_code == 404


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        pytest.param("a.pdf", b"", "is leeg", id="een leeg bestand"),
        pytest.param("a.pdf", b"<html><script>", "geen leesbaar bestand", id="een webpagina als pdf"),
        pytest.param("a.exe", b"MZ\x90", "geen leesbaar bestand", id="een programma"),
        pytest.param("a.pdf", b"%PDF-1.7 afgekapt", "geen leesbaar bestand", id="een afgekapte pdf"),
        pytest.param("a.png", PDF, "in werkelijkheid een pdf", id="een pdf die png heet"),
        pytest.param("a.docx", b"PK\x03\x04kapot", "kan niet worden aangenomen", id="een kapotte docx"),
        pytest.param("a.svg", b"<svg onload='x'/>", "geen leesbaar bestand", id="een svg"),
        pytest.param("a.pdf", PDF + b"x" * 10_000_001, "te groot", id="een te groot bestand"),
    ],
)
def test_hostile_file_is_refused_by_its_content(
    web: FastAPI, app: App, pad: str, naam: str, inhoud: bytes, zin: str
):
    client = enter(web, app, pad, make_adres())
    stuk = {"stuk_eis": first_eis(app), "stuk_datum": "2020-01-10"}
    antwoord = post(client, pad, stuk, "stuk", (naam, inhoud))
    assert antwoord.status_code in (413, 422)
    assert zin in html.unescape(antwoord.text)
    assert "Weghalen" not in client.get(f"{pad}/aanvraag").text


def test_name_of_a_file_leads_nowhere_and_its_date_is_needed(web: FastAPI, app: App, pad: str):
    client, eis = enter(web, app, pad, make_adres()), first_eis(app)
    zonder = post(client, pad, {"stuk_eis": eis}, "stuk", ("a.pdf", PDF))
    assert "Vul de datum in" in zonder.text
    later = post(client, pad, {"stuk_eis": eis, "stuk_datum": "2099-01-01"}, "stuk", ("a.pdf", PDF))
    assert "toekomst" in later.text
    goed = post(
        client, pad, {"stuk_eis": eis, "stuk_datum": "2020-01-10"}, "stuk", ("../../etc/<b>x.pdf", PDF)
    )
    assert "_b_x.pdf" in goed.text
    assert "etc/" not in goed.text.partition("Weghalen")[0].partition("Bewaren")[2]


def test_every_fault_is_told_at_its_field_and_nothing_is_sent(web: FastAPI, app: App, pad: str):
    client, voor = enter(web, app, pad, make_adres()), count_aanvragen(app)
    antwoord = post(client, pad, {"kvk": "12", "postcode": "x"}, "verstuur")
    assert antwoord.status_code == 422
    tekst = html.unescape(antwoord.text)
    for zin in (
        "KvK-nummer: dit klopt niet. Acht cijfers",
        "Naam van de onderneming: vul dit in",
        "Producten: vul dit in",
    ):
        assert zin in tekst
    assert '<a href="#v-kvk">' in antwoord.text
    assert count_aanvragen(app) == voor


@pytest.mark.parametrize(
    ("seconden", "status"),
    [
        pytest.param(-1, 303, id="een seconde voor sluiting"),
        pytest.param(0, 409, id="op het sluitingsmoment"),
        pytest.param(1, 409, id="een seconde na sluiting"),
    ],
)
def test_round_closes_on_the_announced_second(web: FastAPI, app: App, pad: str, seconden: int, status: int):
    tot: datetime = loket_van(app).ronde.tot
    client = enter(web, app, pad, make_adres())
    velden = make_velden(app)
    post(client, pad, velden, "bewaar")
    token = find_token(client.get(f"{pad}/aanvraag"))
    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(tot - timedelta(minutes=30))
    client = enter(web, app, pad, "laat@" + make_adres().partition("@")[2])
    token = find_token(client.get(f"{pad}/aanvraag"))
    voor = count_aanvragen(app)
    app.klok.jump(tot + timedelta(seconds=seconden))
    antwoord = post(client, pad, velden, "verstuur", token=token)
    assert antwoord.status_code == status
    assert count_aanvragen(app) == voor + (status == 303)
    if status == 409:
        assert "De ronde is gesloten" in antwoord.text
        assert "gesloten op" in html.unescape(TestClient(web).get(pad).text)


def test_ten_who_send_at_the_same_moment_all_get_in_with_their_own_number(web: FastAPI, app: App, pad: str):
    browsers = [enter(web, app, pad, make_adres()) for _ in range(8)]
    klaar = [(b, make_velden(app), find_token(b.get(f"{pad}/aanvraag"))) for b in browsers]
    voor = count_aanvragen(app)
    with ThreadPoolExecutor(8) as groep:
        codes = list(groep.map(lambda k: post(k[0], pad, k[1], "verstuur", token=k[2]).status_code, klaar))
    assert codes == [303] * 8
    nummers = [f.verzoek for f in list_aanvragen(app.load(DOSSIER)[0])]
    assert len(nummers) == len(set(nummers)) == voor + 8


def test_verify_finds_evidence_that_was_changed_or_is_gone(web: FastAPI, app: App, pad: str):
    client, velden = enter(web, app, pad, make_adres()), make_velden(app)
    inhoud = PDF + b"%%EOF eigen\n"
    post(
        client,
        pad,
        velden | {"stuk_eis": first_eis(app), "stuk_datum": "2020-01-10"},
        "stuk",
        ("a.pdf", inhoud),
    )
    post(client, pad, velden, "verstuur")
    stuk = app.bestanden.folder(DOSSIER) / "bewijs" / f"{sha256(inhoud).hexdigest()}.pdf"
    assert not [m for m in verify(app, DOSSIER).meldingen if m.soort == "bewijsstuk gewijzigd"]
    stuk.write_bytes(inhoud + b"x")
    assert [m for m in verify(app, DOSSIER).meldingen if m.soort == "bewijsstuk gewijzigd"]
    stuk.write_bytes(inhoud)


# --- completing -----------------------------------------------------------------------------------------------


def test_applicant_completes_once_within_the_period_that_was_asked(
    basis: App, web: FastAPI, app: App, pad: str
):
    adres, velden = make_adres(), make_velden(app)
    loket = loket_van(app)
    perceel = loket.ronde.producten[0].perceel
    eis = next(e for e in loket.list_eisen(perceel) if e.herstelbaar)
    velden[f"eis.{perceel}.{eis.code}"] = "ja"
    client = enter(web, app, pad, adres)
    assert post(client, pad, velden, "verstuur").status_code == 303
    aanvraag = loket_van(app).find_aanvraag(adres)
    assert aanvraag is not None
    verzoek = aanvraag.verzoek
    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(loket.ronde.tot)
    perform(app, DOSSIER, "ronde_sluiten", {"ronde": loket.ronde.ronde}, "inkoper.demo")
    wachtend = app.load(DOSSIER)[0].list_onderwerpen("verzoek", frozenset({"ontvangen"}))
    perform(app, DOSSIER, "aanvragen_toetsen", {"verzoeken": wachtend}, "inkoper.demo")
    dossier = app.load(DOSSIER)[0]
    herstelbaar = {(p, e.code) for p in loket.percelen for e in loket.list_eisen(p) if e.herstelbaar}
    p, code = next(paar for paar in list_open_eisen(dossier, verzoek) if paar in herstelbaar)
    uiterlijk = app.klok.nu() + timedelta(days=10)
    vraag = {
        "verzoek": verzoek,
        "punten": [{"perceel": p, "eis": code, "vraag": "Stuur de regeling zelf mee."}],
        "verzenddatum": app.klok.nu().date().isoformat(),
        "uiterlijk": uiterlijk.isoformat(),
        "motivering": "Iedereen mag dit herstellen (verzonnen).",
    }
    perform(app, DOSSIER, "aanvulling_vragen", vraag, "inkoper.demo")
    client = enter(web, app, pad, adres)
    tekst = html.unescape(client.get(f"{pad}/aanvraag").text)
    assert "Stuur de regeling zelf mee." in tekst
    antwoord = {f"eis.{p}.{code}": "ja"}
    stuk = {"stuk_eis": f"{p}.{code}", "stuk_datum": "2020-01-10"}
    assert "Het bestand is bewaard." in post(client, pad, antwoord | stuk, "stuk", ("regeling.pdf", PDF)).text
    assert post(client, pad, antwoord, "verstuur").status_code == 303
    assert "U hebt aangevuld op" in client.get(f"{pad}/aanvraag").text
    assert post(client, pad, antwoord, "verstuur").status_code == 409
    for toezegging in list_open(app, DOSSIER):
        assert not produce(app, toezegging).fouten
