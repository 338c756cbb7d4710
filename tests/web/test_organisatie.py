"""Logging in at the organisation: what a token may not be, and that a token gives a name and no role."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.oidc import Inlogdienst
from aanbesteding.engine.accounts import Dader, block_account
from aanbesteding.engine.app import App
from aanbesteding.errors import InvoerError
from aanbesteding.settings import Settings
from aanbesteding.start import make_inlogdienst
from aanbesteding.storage.tables_toegang import AuditRow
from aanbesteding.storage.toegang import load_account
from fakes import make_app, save_dossier
from inlogdienst import (
    CLIENT,
    GEHEIM,
    Dienst,
    make_sleutel,
    run_dienst,
    sign_none,
    sign_symmetrisch,
    sign_vreemd,
)
from web.hulp import KLUIS, WACHTWOORD, find_token, make_pagina, make_toegang, send, send_inloggen

WIE = "inkoper.demo"
TERUG = "/inloggen/organisatie/terug"


@pytest.fixture(scope="module")
def bron() -> Iterator[Dienst]:
    with run_dienst() as dienst:
        yield dienst


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_app(tmp_path)
    save_dossier(app)
    make_toegang(app, WIE)
    return app


@pytest.fixture
def dienst(bron: Dienst, app: App) -> Dienst:
    bron.change, bron.sign, bron.gegevens = lambda claims: None, None, {}
    bron.nu = lambda: app.klok.nu().timestamp()
    return bron


@pytest.fixture
def client(app: App, dienst: Dienst) -> TestClient:
    poort = Inlogdienst(dienst.adres, CLIENT, GEHEIM, f"http://127.0.0.1{TERUG}", naam="gemeente Proefdorp")
    return TestClient(make_pagina(app, dienst=poort))


def go(client: TestClient, volgende: str = "/") -> str:
    """To the organisation: the address to which the visitor is sent."""
    antwoord = client.get("/inloggen/organisatie", params={"volgende": volgende}, follow_redirects=False)
    assert antwoord.status_code == 303, html.unescape(antwoord.text)
    return antwoord.headers["location"]


def come_back(client: TestClient, dienst: Dienst, naam: str = WIE, **anders: str) -> Any:
    terug = dienst.approve(go(client), naam) | anders
    return client.get(TERUG, params=terug, follow_redirects=False)


def list_redenen(app: App) -> list[str]:
    with Session(app.database) as sessie:
        rijen = sessie.exec(select(AuditRow).order_by(AuditRow.id)).all()  # type: ignore[arg-type]
    return [r.reden for r in rijen if r.soort == "inloggen_geweigerd"]


def test_person_logs_in_at_the_organisation_and_comes_back_to_the_page(client: TestClient, dienst: Dienst):
    assert "Inloggen via gemeente Proefdorp" in client.get("/inloggen").text
    terug = dienst.approve(go(client, "/dossiers/PROEF"), "Inkoper.Demo")
    antwoord = client.get(TERUG, params=terug, follow_redirects=False)
    assert (antwoord.status_code, antwoord.headers["location"]) == (303, "/dossiers/PROEF")
    assert client.get("/dossiers/PROEF").status_code == 200


def test_local_accounts_stay_and_without_a_provider_there_is_nothing_of_it(app: App, client: TestClient):
    assert send_inloggen(client, WIE).status_code == 303
    kaal = TestClient(make_pagina(app))
    assert "Inloggen via" not in kaal.get("/inloggen").text
    assert kaal.get("/inloggen/organisatie").status_code == 404
    assert kaal.get(TERUG).status_code == 404


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        pytest.param(lambda c: c.update(nonce="een andere"), None, id="een andere nonce"),
        pytest.param(lambda c: c.pop("nonce"), None, id="geen nonce"),
        pytest.param(lambda c: c.update(aud="een ander"), None, id="voor een andere toepassing"),
        pytest.param(lambda c: c.pop("aud"), None, id="voor niemand"),
        pytest.param(
            lambda c: c.update(aud=[CLIENT, "een ander"], azp="een ander"),
            None,
            id="voor meer, uit naam van een ander",
        ),
        pytest.param(lambda c: c.update(iss="https://elders.example"), None, id="van een ander"),
        pytest.param(lambda c: c.update(exp=c["iat"] - 61), None, id="verlopen"),
        pytest.param(lambda c: c.pop("exp"), None, id="zonder einde"),
        pytest.param(lambda c: c.update(iat=c["iat"] + 3600), None, id="uit de toekomst"),
        pytest.param(lambda c: c.update(exp="morgen"), None, id="een einde dat geen tijd is"),
        pytest.param(lambda c: None, sign_none, id="zonder handtekening (alg none)"),
        pytest.param(lambda c: None, sign_vreemd, id="met een vreemde sleutel"),
        pytest.param(lambda c: None, sign_symmetrisch, id="met de openbare sleutel als geheim"),
        pytest.param(lambda c: None, lambda d, c: "geen.token", id="geen token"),
        pytest.param(lambda c: c.pop("preferred_username"), None, id="zonder accountnaam"),
        pytest.param(lambda c: c.update(preferred_username=["x"]), None, id="een naam die geen tekst is"),
    ],
)
def test_token_that_is_wrong_in_one_way_opens_nothing(
    app: App, client: TestClient, dienst: Dienst, change: Callable[[Any], Any], sign: Any
):
    dienst.change, dienst.sign = change, sign
    antwoord = come_back(client, dienst)
    assert antwoord.status_code == 401
    assert 'role="alert"' in antwoord.text
    assert client.get("/", follow_redirects=False).status_code == 303
    assert len(list_redenen(app)) == 1


def test_answer_is_used_once_also_with_the_cookie_that_was_kept(app: App, client: TestClient, dienst: Dienst):
    terug = dienst.approve(go(client), WIE)
    koekjes = dict(client.cookies)
    assert client.get(TERUG, params=terug, follow_redirects=False).status_code == 303
    dief = TestClient(client.app, cookies=koekjes)
    vraag = next(iter(dienst.codes.values()), None)
    assert vraag is None
    dienst.codes[terug["code"]] = {"nonce": "x", "naam": WIE, "code_challenge": "x"}
    assert dief.get(TERUG, params=terug, follow_redirects=False).status_code == 401
    assert list_redenen(app) == ["al gebruikt"]
    dienst.codes.clear()


@pytest.mark.parametrize(
    "anders", [{"state": "vals"}, {"state": ""}, {"code": ""}, {"error": "access_denied"}]
)
def test_answer_that_was_not_asked_for_opens_nothing(
    client: TestClient, dienst: Dienst, anders: dict[str, str]
):
    assert come_back(client, dienst, **anders).status_code == 401
    assert client.get("/", follow_redirects=False).status_code == 303


def test_answer_in_another_browser_or_after_ten_minutes_opens_nothing(
    app: App, client: TestClient, dienst: Dienst
):
    terug = dienst.approve(go(client), WIE)
    assert TestClient(client.app).get(TERUG, params=terug, follow_redirects=False).status_code == 401
    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(app.klok.nu() + timedelta(minutes=10, seconds=1))
    assert client.get(TERUG, params=terug, follow_redirects=False).status_code == 401


def test_person_without_an_account_reads_what_to_do_and_is_in_the_audit_log_without_the_name(
    app: App, client: TestClient, dienst: Dienst
):
    antwoord = come_back(client, dienst, "onbekende.persoon")
    assert antwoord.status_code == 401
    assert "maar hier is geen account met die naam" in html.unescape(antwoord.text)
    assert list_redenen(app) == ["geen account"]
    with Session(app.database) as sessie:
        assert not [r for r in sessie.exec(select(AuditRow)).all() if "onbekende" in f"{r.persoon}{r.reden}"]


def test_blocked_account_does_not_come_in(app: App, client: TestClient, dienst: Dienst):
    block_account(app, WIE, door=Dader(), geblokkeerd=True)
    assert "geblokkeerd" in come_back(client, dienst).text


def test_roles_come_from_the_mandates_and_never_from_the_token(app: App, client: TestClient, dienst: Dienst):
    make_toegang(app, "niemand")
    dienst.change = lambda c: c.update(roles=["beheerder"], groups=["beheerder", "inkoper"])
    assert come_back(client, dienst, "niemand").status_code == 303
    assert client.get("/accounts").status_code == 403
    assert client.get("/dossiers/PROEF").status_code == 404


def test_first_password_of_a_new_account_is_worth_nothing_after_logging_in_here(
    app: App, client: TestClient, dienst: Dienst
):
    make_toegang(app, "jurist.demo", moet_wijzigen=True)
    assert come_back(client, dienst, "jurist.demo").status_code == 303
    assert client.get("/", follow_redirects=False).status_code == 200
    account = load_account(app.database, "jurist.demo")
    assert account is not None
    assert not KLUIS.check(account.wachtwoord, WACHTWOORD)


def test_email_counts_as_a_name_only_when_the_organisation_confirmed_it(app: App, dienst: Dienst):
    poort = Inlogdienst(dienst.adres, CLIENT, GEHEIM, f"http://127.0.0.1{TERUG}", "email")
    client = TestClient(make_pagina(app, dienst=poort))
    dienst.change = lambda c: c.update(email=WIE, email_verified=False)
    assert come_back(client, dienst).status_code == 401
    dienst.change = lambda c: c.update(email=WIE, email_verified=True)
    assert come_back(client, dienst).status_code == 303


def test_new_key_of_the_provider_is_fetched_when_it_is_first_seen(client: TestClient, dienst: Dienst):
    assert come_back(client, dienst).status_code == 303
    dienst.sleutel = make_sleutel("twee")
    client.cookies.clear()
    assert come_back(client, dienst).status_code == 303


def test_logging_out_ends_the_session_and_offers_to_log_out_of_the_organisation(
    client: TestClient, dienst: Dienst
):
    come_back(client, dienst)
    antwoord = send(client, "/uitloggen")
    assert antwoord.headers["location"] == "/inloggen?uit=1"
    tekst = html.unescape(client.get("/inloggen?uit=1").text)
    assert f'{dienst.adres}/uitloggen?client_id={CLIENT}"' in tekst
    assert client.get("/", follow_redirects=False).status_code == 303


def test_provider_that_does_not_answer_is_a_clear_page_and_local_accounts_still_work(app: App):
    poort = Inlogdienst("http://127.0.0.1:9", CLIENT, GEHEIM, f"http://127.0.0.1{TERUG}")
    client = TestClient(make_pagina(app, dienst=poort))
    antwoord = client.get("/inloggen/organisatie", follow_redirects=False)
    assert (antwoord.status_code, "antwoordt niet goed" in antwoord.text) == (503, True)
    assert client.get("/inloggen?uit=1").status_code == 200
    assert find_token(client.get("/inloggen"))
    assert send_inloggen(client, WIE).status_code == 303


@pytest.mark.parametrize(
    "gegevens",
    [
        pytest.param({"issuer": "https://elders.example"}, id="een ander zegt dat hij het is"),
        pytest.param({"token_endpoint": "http://elders.example/token"}, id="een adres zonder https"),
        pytest.param({"jwks_uri": ""}, id="geen sleutels"),
    ],
)
def test_provider_that_says_something_strange_of_itself_is_not_believed(
    client: TestClient, dienst: Dienst, gegevens: dict[str, Any]
):
    dienst.gegevens = gegevens
    assert client.get("/inloggen/organisatie", follow_redirects=False).status_code == 503


def test_settings_that_are_wrong_are_told_all_at_once_and_none_means_no_provider(tmp_path: Path):
    assert make_inlogdienst(Settings(home=tmp_path)) is None
    with pytest.raises(InvoerError) as fout:
        make_inlogdienst(Settings(home=tmp_path, oidc_issuer="http://elders.example", oidc_claim=""))
    assert len(fout.value.fouten) == 3
    goed = Settings(
        home=tmp_path, oidc_issuer="https://inloggen.example", oidc_client_id="x", oidc_client_secret="y"
    )  # type: ignore[arg-type]
    dienst = make_inlogdienst(goed)
    assert dienst is not None
