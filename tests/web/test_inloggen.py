"""Logging in: what a stranger learns (nothing), what is limited, and how long a session lasts."""

from __future__ import annotations

import html
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select
from starlette.testclient import TestClient

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.wachtwoord import Wachtwoorden
from aanbesteding.engine.accounts import Dader, block_account, make_account
from aanbesteding.engine.app import App
from aanbesteding.engine.toegang import Toegangsregels
from aanbesteding.errors import InvoerError
from aanbesteding.storage.audit import Auditsoort, list_audit
from aanbesteding.storage.tables_toegang import AuditRow
from aanbesteding.storage.toegang import load_account
from aanbesteding.web.app import make_web
from aanbesteding.web.kern import KOEKJE, Webinstellingen
from fakes import make_app, save_dossier
from web.hulp import KLUIS, WACHTWOORD, find_token, log_in, make_pagina, make_toegang, send, send_inloggen

WIE = "inkoper.demo"


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_app(tmp_path)
    save_dossier(app)
    make_toegang(app, WIE)
    return app


@pytest.fixture
def client(app: App) -> TestClient:
    return TestClient(make_pagina(app))


def list_soorten(app: App) -> list[str]:
    with Session(app.database) as sessie:
        return [r.soort for r in sessie.exec(select(AuditRow).order_by(AuditRow.id)).all()]


def jump(app: App, **duur: int) -> None:
    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(app.klok.nu() + timedelta(**duur))


def test_stranger_is_sent_to_the_form_and_comes_back_to_the_page(client: TestClient):
    antwoord = client.get("/dossiers/PROEF?blad=2")
    assert antwoord.url.path == "/inloggen"
    doel = html.unescape(antwoord.text).partition('name="volgende" value="')[2].partition('"')[0]
    assert doel == "/dossiers/PROEF?blad=2"
    assert send_inloggen(client, WIE, volgende=doel).headers["location"] == doel


@pytest.mark.parametrize(
    "doel",
    ["https://elders.example", "//elders.example", "/\\elders.example", "elders", "/a\r\nSet-Cookie: x"],
)
def test_logging_in_never_leads_to_another_website(client: TestClient, doel: str):
    assert send_inloggen(client, WIE, volgende=doel).headers["location"] == "/"


def test_wrong_password_unknown_name_and_blocked_account_get_the_same_answer(app: App, client: TestClient):
    make_toegang(app, "jurist.demo")
    block_account(app, "jurist.demo", door=Dader(), geblokkeerd=True)
    teksten = set[str]()
    for persoon, wachtwoord in ((WIE, "fout"), ("vreemde", "fout"), ("jurist.demo", WACHTWOORD)):
        antwoord = send_inloggen(client, persoon, wachtwoord)
        assert antwoord.status_code == 401
        teksten.add(antwoord.text.partition('role="alert"')[2].partition("</div>")[0])
    assert len(teksten) == 1


def test_stranger_costs_as_much_work_as_an_account():
    geteld: list[str] = []

    class Teller(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            geteld.append(str(hash))
            return super().verify(hash, password)

    kluis = Wachtwoorden(Teller(time_cost=1, memory_cost=8, parallelism=1))
    assert not kluis.check(None, "wat dan ook")
    assert kluis.check(kluis.hash("goed"), "goed")
    assert len(geteld) == 2


def test_old_hash_is_made_anew_at_login(app: App):
    duurder = Wachtwoorden(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    oud = load_account(app.database, WIE)
    log_in(make_web(app, kluis=duurder), WIE)
    nieuw = load_account(app.database, WIE)
    assert oud is not None
    assert nieuw is not None
    assert nieuw.wachtwoord != oud.wachtwoord
    assert duurder.check(nieuw.wachtwoord, WACHTWOORD)
    assert not duurder.is_verouderd(nieuw.wachtwoord)


def from_adres(app: App, adres: str) -> TestClient:
    """A browser at this address."""
    return TestClient(make_pagina(app, instellingen=Webinstellingen(geheim=b"g" * 32)), client=(adres, 1))


def test_after_five_wrong_attempts_the_right_password_does_not_help_until_the_wait_is_over(
    app: App, client: TestClient
):
    for _ in range(5):
        assert send_inloggen(client, WIE, "fout").status_code == 401
    antwoord = send_inloggen(client, WIE)
    assert antwoord.status_code == 429
    assert "Wacht 30 seconden." in antwoord.text
    assert send_inloggen(TestClient(make_pagina(app)), WIE).status_code == 429, "ook na een herstart"
    jump(app, seconds=31)
    assert send_inloggen(client, WIE).status_code == 303


def test_every_failure_after_the_fifth_doubles_the_wait_at_that_address(app: App, client: TestClient):
    for _ in range(5):
        send_inloggen(client, WIE, "fout")
    for wachten in (30, 60, 120, 240):
        jump(app, seconds=wachten - 1)
        assert send_inloggen(client, WIE, "fout").status_code == 429, wachten
        jump(app, seconds=1)
        assert send_inloggen(client, WIE, "fout").status_code == 401, wachten


def test_a_refused_attempt_does_not_lengthen_the_wait(app: App, client: TestClient):
    for _ in range(5):
        send_inloggen(client, WIE, "fout")
    for _ in range(29):
        jump(app, seconds=1)
        assert send_inloggen(client, WIE).status_code == 429
    jump(app, seconds=1)
    assert send_inloggen(client, WIE).status_code == 303


def test_attempts_from_many_addresses_slow_an_account_down_but_never_close_it_for_long(app: App):
    for n in range(60):
        jump(app, seconds=31)
        assert send_inloggen(from_adres(app, f"10.0.0.{n}"), WIE, "fout").status_code == 401
    assert send_inloggen(from_adres(app, "10.0.1.1"), WIE, "fout").status_code == 429, "gokken gaat niet snel"
    jump(app, seconds=30)
    assert send_inloggen(from_adres(app, "10.0.2.1"), WIE).status_code == 303


def test_somebody_else_cannot_keep_a_person_out_of_a_browser_that_was_used_before(app: App):
    eigen = from_adres(app, "10.0.0.1")
    assert send_inloggen(eigen, WIE).status_code == 303
    send(eigen, "/uitloggen")
    aanvaller = from_adres(app, "10.0.0.1")
    for _ in range(40):
        send_inloggen(aanvaller, WIE, "fout")
    assert send_inloggen(aanvaller, WIE).status_code == 429
    assert send_inloggen(eigen, WIE).status_code == 303


def test_known_browser_has_a_limit_of_its_own_and_is_known_for_one_person_only(app: App):
    make_toegang(app, "jurist.demo")
    eigen = from_adres(app, "10.0.0.1")
    send_inloggen(eigen, WIE)
    send(eigen, "/uitloggen")
    codes = [send_inloggen(eigen, WIE, "fout").status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]
    for _ in range(5):
        send_inloggen(from_adres(app, "10.0.0.9"), "jurist.demo", "fout")
    assert send_inloggen(eigen, "jurist.demo").status_code == 429


def test_browser_that_was_made_up_is_not_known(app: App):
    send_inloggen(from_adres(app, "10.0.0.1"), WIE)
    for _ in range(5):
        send_inloggen(from_adres(app, "10.0.0.9"), WIE, "fout")
    vals = from_adres(app, "10.0.0.9")
    vals.cookies.set(f"{KOEKJE}_browser", "verzonnen.handtekening")
    assert send_inloggen(vals, WIE).status_code == 429


def test_attempts_at_the_same_moment_see_each_other(app: App):
    web = make_pagina(app)
    with ThreadPoolExecutor(8) as groep:
        taken = [groep.submit(send_inloggen, TestClient(web), WIE, "fout") for _ in range(16)]
        codes = sorted(taak.result().status_code for taak in taken)
    assert codes == [401] * 5 + [429] * 11


def test_limit_is_the_same_for_a_name_that_does_not_exist(client: TestClient):
    codes = [send_inloggen(client, "bestaat.niet", "fout").status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]


def test_limit_per_address_counts_over_all_names(app: App):
    regels = Toegangsregels(per_account=100, per_adres=3)
    client = TestClient(make_pagina(app, instellingen=Webinstellingen(regels=regels)))
    codes = [send_inloggen(client, f"naam{n}", "fout").status_code for n in range(4)]
    assert codes == [401, 401, 401, 429]


def test_login_gives_a_new_key_so_that_a_planted_one_is_worth_nothing(app: App, client: TestClient):
    client.get("/inloggen")
    voor = client.cookies[KOEKJE]
    send_inloggen(client, WIE)
    assert client.cookies[KOEKJE] != voor
    indringer = TestClient(make_pagina(app, instellingen=Webinstellingen()))
    indringer.cookies.set(KOEKJE, voor)
    assert indringer.get("/", follow_redirects=False).status_code == 303


def test_cookie_is_signed_closed_to_scripts_and_to_other_sites(app: App):
    veilig = TestClient(
        make_pagina(app, instellingen=Webinstellingen(https=True)), base_url="https://testserver"
    )
    koekje = send_inloggen(veilig, WIE).headers["set-cookie"]
    assert koekje.startswith(f"__Host-{KOEKJE}=")
    for deel in ("HttpOnly", "SameSite=lax", "Secure", "Path=/"):
        assert deel in koekje


def test_cookie_with_another_signature_is_no_cookie(client: TestClient):
    send_inloggen(client, WIE)
    vals = TestClient(client.app)
    vals.cookies.set(KOEKJE, client.cookies[KOEKJE].partition(".")[0] + ".vals")
    assert vals.get("/", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    ("stappen", "binnen"),
    [
        pytest.param([29, 29, 29], True, id="wie blijft werken blijft ingelogd"),
        pytest.param([31], False, id="een half uur stil: opnieuw inloggen"),
        pytest.param([29] * 21, False, id="na tien uur hoe dan ook opnieuw inloggen"),
    ],
)
def test_session_ends_after_silence_and_in_any_case_after_a_day_of_work(
    app: App, client: TestClient, stappen: list[int], binnen: bool
):
    send_inloggen(client, WIE)
    for minuten in stappen:
        jump(app, minutes=minuten)
        antwoord = client.get("/", follow_redirects=False)
    assert (antwoord.status_code == 200) is binnen


def test_logging_out_ends_the_session_on_the_server(app: App, client: TestClient):
    send_inloggen(client, WIE)
    sleutel = client.cookies[KOEKJE]
    assert send(client, "/uitloggen").headers["location"] == "/inloggen"
    gestolen = TestClient(client.app)
    gestolen.cookies.set(KOEKJE, sleutel)
    assert gestolen.get("/", follow_redirects=False).status_code == 303
    assert list_soorten(app)[-1] == Auditsoort.UITGELOGD


def test_blocking_ends_every_session_at_once(app: App, client: TestClient):
    send_inloggen(client, WIE)
    block_account(app, WIE, door=Dader(), geblokkeerd=True)
    assert client.get("/", follow_redirects=False).status_code == 303


def test_who_got_a_password_from_another_chooses_an_own_one_first(app: App, client: TestClient):
    make_toegang(app, "jurist.demo", moet_wijzigen=True)
    send_inloggen(client, "jurist.demo")
    assert client.get("/dossiers/PROEF", follow_redirects=False).headers["location"] == "/wachtwoord"
    nieuw = "een eigen zin van iemand"
    fout = send(client, "/wachtwoord", {"oud": WACHTWOORD, "nieuw": nieuw, "herhaald": nieuw + "x"})
    assert fout.status_code == 422
    goed = send(client, "/wachtwoord", {"oud": WACHTWOORD, "nieuw": nieuw, "herhaald": nieuw})
    assert goed.headers["location"] == "/inloggen"
    assert client.get("/", follow_redirects=False).status_code == 303, "de oude sessie is voorbij"
    assert send_inloggen(client, "jurist.demo", nieuw).status_code == 303
    assert client.get("/dossiers/PROEF", follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    "wachtwoord",
    [
        pytest.param("kort", id="te kort"),
        pytest.param("inkoper.demo is goed", id="met de gebruikersnaam erin"),
        pytest.param("aaaaaaaaaaaaaaaaaa", id="steeds hetzelfde teken"),
        pytest.param("ab" * 101, id="te lang"),
    ],
)
def test_weak_password_is_refused(app: App, wachtwoord: str):
    with pytest.raises(InvoerError):
        make_account(app, KLUIS, "inkoper.demo", wachtwoord, door=Dader())


@pytest.mark.parametrize("token", ["", "0" * 64, "é" * 64], ids=["geen", "vals", "vreemde tekens"])
@pytest.mark.parametrize("pad", ["/inloggen", "/uitloggen", "/wachtwoord"])
def test_form_without_its_token_does_nothing_and_is_noted(app: App, client: TestClient, pad: str, token: str):
    send_inloggen(client, WIE)
    antwoord = client.post(pad, data={"_token": token, "persoon": WIE, "wachtwoord": WACHTWOORD})
    assert antwoord.status_code == 403
    assert list_soorten(app)[-1] == Auditsoort.FORMULIER_GEWEIGERD
    assert client.get("/", follow_redirects=False).status_code == 200


def test_token_of_one_visitor_is_no_token_of_another(app: App, client: TestClient):
    make_toegang(app, "jurist.demo")
    ander = log_in(client.app, "jurist.demo")  # pyright: ignore[reportArgumentType]
    token = find_token(ander.get("/wachtwoord"))
    send_inloggen(client, WIE)
    assert client.post("/uitloggen", data={"_token": token}).status_code == 403


def test_form_that_is_too_long_or_does_not_say_how_long_is_refused(client: TestClient):
    send_inloggen(client, WIE)
    assert client.post("/uitloggen", data={"x": "a" * 8_000_001}).status_code == 413
    assert client.post("/uitloggen", content=iter([b"_token=1"])).status_code == 411


def test_audit_log_names_who_and_what_but_never_a_password_or_what_a_stranger_typed(
    app: App, client: TestClient
):
    send_inloggen(client, "geheim-wachtwoord-in-verkeerd-vak", "nog geheimer")
    send_inloggen(client, WIE)
    client.get("/accounts")
    with Session(app.database) as sessie:
        regels = sessie.exec(select(AuditRow)).all()
    alles = " ".join(str(r.model_dump()) for r in regels)
    assert "geheim" not in alles
    assert WACHTWOORD not in alles
    laatste = list_audit(app.database, regios=(), personen=(WIE,))[0]
    assert (laatste.soort, laatste.doel) == (Auditsoort.PAGINA_GEWEIGERD, "accounts")


@pytest.mark.parametrize("opdracht", ["UPDATE auditregel SET persoon = 'x'", "DELETE FROM auditregel"])
def test_database_itself_refuses_to_change_the_audit_log(app: App, opdracht: str):
    with pytest.raises(DatabaseError, match="verandert niet"), app.database.begin() as verbinding:
        verbinding.execute(text(opdracht))
    assert list_soorten(app) == [Auditsoort.ACCOUNT_GEWIJZIGD]
