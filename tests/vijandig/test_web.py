# ruff: noqa: E501 - tables of what an attacker sends
"""What an attacker tries at the pages: forms of another site, stolen and planted sessions, headers, bodies, names.

Must stay true: the routes come from the code itself, so a new one is tried without a line here.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.fasen import stukken
from aanbesteding.web.app import KOPPEN
from aanbesteding.web.bewaking import MAX_VREEMD
from aanbesteding.web.kern import KOEKJE, Webinstellingen
from aanbesteding.web.routes import ROUTES
from aanbesteding.web.routes.route import Route
from betrouwbaarheid import note
from fakes import make_app, make_procedure, save_dossier
from vijandig.test_routes import STUK, VIJANDIG, fill
from web.hulp import WACHTWOORD, find_token, log_in, make_pagina, make_toegang, send_inloggen

AANTAL = 10_000 if os.environ.get("AANBESTEDING_LANG") else 300
WIE = "inkoper.demo"
POSTS = [route for route in ROUTES if route.methode == "POST"]
ECHT = ["PROEF", "1", "proef", "brief"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    basis = make_procedure()
    app = make_app(tmp_path_factory.mktemp("web"), replace(basis, fasen=stukken.begeleid(*basis.fasen)))
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, WIE)
    for toezegging in list_open(app, "PROEF"):
        produce(app, toezegging)
    make_toegang(app, WIE)
    make_toegang(app, "jurist.demo")
    return app


@pytest.fixture(scope="module")
def web(app: App) -> Any:
    return make_pagina(app)


# --- forms of another site --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def twee(web: Any) -> tuple[TestClient, TestClient]:
    """Two people who are logged in."""
    return log_in(web, WIE), log_in(web, "jurist.demo")


@pytest.mark.parametrize("route", POSTS, ids=lambda route: route.naam)
@pytest.mark.parametrize("token", ["geen", "vals", "van een ander"])
def test_no_form_of_another_site_does_anything(
    twee: tuple[TestClient, TestClient], app: App, route: Route, token: str
):
    client, ander = twee
    tokens = {
        "geen": {},
        "vals": {"_token": "0" * 64},
        "van een ander": {"_token": find_token(ander.get("/wachtwoord"))},
    }
    voor = app.load("PROEF")[0].versie
    pad = fill(route.pad, [*ECHT])
    antwoord = client.post(pad, data=tokens[token] | {"_doe": "verricht"}, follow_redirects=False)
    assert antwoord.status_code in (403, 404), (pad, antwoord.status_code)
    assert antwoord.status_code == 404 or "formulier" in antwoord.text or "geen rol" in antwoord.text
    assert app.load("PROEF")[0].versie == voor
    assert client.get("/", follow_redirects=False).status_code == 200


# --- sessions ---------------------------------------------------------------------------------------------


def open_met(web: Any, koekje: str) -> int:
    """What somebody gets who took this cookie."""
    dief = TestClient(web)
    dief.cookies.set(KOEKJE, koekje)
    return dief.get("/", follow_redirects=False).status_code


def test_key_of_before_a_second_login_is_dead(web: Any):
    client = log_in(web, WIE)
    oud = client.cookies[KOEKJE]
    token = find_token(client.get("/wachtwoord"))
    gegevens = {"_token": token, "persoon": WIE, "wachtwoord": WACHTWOORD}
    assert client.post("/inloggen", data=gegevens, follow_redirects=False).status_code == 303
    assert client.cookies[KOEKJE] != oud
    assert open_met(web, client.cookies[KOEKJE]) == 200
    assert open_met(web, oud) == 303


def test_key_is_dead_after_logging_out_and_after_a_new_password(app: App, web: Any):
    make_toegang(app, "beoordelaar1.demo")
    een, twee = log_in(web, "beoordelaar1.demo"), log_in(web, "beoordelaar1.demo")
    oud = een.cookies[KOEKJE]
    een.post("/uitloggen", data={"_token": find_token(een.get("/wachtwoord"))}, follow_redirects=False)
    assert open_met(web, oud) == 303
    oud = twee.cookies[KOEKJE]
    nieuw = "een heel andere zin voor een test"
    velden = {"oud": WACHTWOORD, "nieuw": nieuw, "herhaald": nieuw}
    twee.post("/wachtwoord", data={"_token": find_token(twee.get("/wachtwoord"))} | velden)
    assert open_met(web, oud) == 303


# --- headers and bodies -----------------------------------------------------------------------------------

HOSTS = [
    "vreemd.example",
    "vreemd.example:99999",
    "[",
    "]",
    "[::1",
    "a b",
    "",
    "@",
    "x" * 3000,
    "<script>",
    "//x",
    "a\\b",
]


@pytest.mark.parametrize("host", HOSTS)
def test_name_of_another_website_is_never_shown_or_followed(web: Any, host: str):
    paden = ("/", "/inloggen", "/loket", "/dossiers/PROEF", "/weg", "/brief/" + "x" * 43)
    for client, pad in product((TestClient(web, raise_server_exceptions=False), log_in(web, WIE)), paden):
        koppen = {"Host": host, "X-Forwarded-Host": "elders.example", "X-Forwarded-For": "9.9.9.9"}
        antwoord = client.get(pad, headers=koppen, follow_redirects=False)
        assert antwoord.status_code < 500, antwoord.text
        assert "elders.example" not in antwoord.text
        assert "vreemd.example" not in antwoord.text + str(antwoord.headers)
        assert antwoord.headers.get("location", "/").startswith("/")


def check_koppen(antwoord: Any, https: bool = False) -> None:
    """Every answer is closed: to frames, scripts, other sites, caches; its cookies to scripts."""
    for naam, waarde in KOPPEN.items():
        assert antwoord.headers[naam] == waarde or naam == "Cache-Control", (naam, antwoord.headers)
    if antwoord.headers["cache-control"] != "no-store":
        assert antwoord.headers["content-type"].startswith(("text/css", "image/"))
    for koekje in antwoord.headers.get_list("set-cookie"):
        assert "HttpOnly" in koekje
        assert "SameSite=lax" in koekje
        assert "Path=/" in koekje
        assert ("Secure" in koekje) == https
        assert koekje.startswith("__Host-") == https
    if naam := antwoord.headers.get("content-disposition"):
        assert re.fullmatch(r'(attachment|inline); filename="[A-Za-z0-9 ._()-]{1,200}"', naam), naam


@pytest.fixture(scope="module", params=[False, True], ids=["http", "https"])
def bezoekers(request: pytest.FixtureRequest, app: App) -> tuple[bool, list[TestClient]]:
    """A stranger and somebody who is logged in, over http and over https."""
    https: bool = request.param
    web = make_pagina(app, instellingen=Webinstellingen(https=https))
    basis = "https://testserver" if https else "http://testserver"
    return https, [TestClient(web, base_url=basis), log_in(web, WIE, base_url=basis)]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.naam)
def test_every_answer_of_every_route_is_closed(bezoekers: tuple[bool, list[TestClient]], route: Route):
    https, clients = bezoekers
    for client in clients:
        for stukken_ in (ECHT, ["PROEF", "proef/brief-perceel-9.docx", "1", "1"], ["weg"] * 4):
            gegevens = {"x": "1"} if route.methode == "POST" else None
            pad = fill(route.pad, [*stukken_])
            antwoord = client.request(route.methode, pad, data=gegevens, follow_redirects=False)
            check_koppen(antwoord, https)
            assert ("strict-transport-security" in antwoord.headers) == https


def test_download_is_closed_too(bezoekers: tuple[bool, list[TestClient]]):
    https, (vreemd, binnen) = bezoekers
    pad = "/dossiers/PROEF/documenten/proef/brief-perceel-1.docx"
    assert vreemd.get(pad, follow_redirects=False).status_code == 303
    antwoord = binnen.get(pad)
    assert antwoord.status_code == 200
    assert antwoord.headers["content-disposition"].startswith("attachment; filename=")
    check_koppen(antwoord, https)


def test_fault_in_the_program_is_closed_too(app: App, monkeypatch: pytest.MonkeyPatch):
    web = make_pagina(app)
    monkeypatch.setattr(web.state, "kern", replace(web.state.kern, dienst=None))
    client = log_in(web, WIE)
    client = TestClient(web, raise_server_exceptions=False, cookies=dict(client.cookies))
    monkeypatch.setattr("aanbesteding.web.bewaking.list_rollen", lambda *_: 1 / 0)
    antwoord = client.get("/")
    assert antwoord.status_code == 500
    check_koppen(antwoord)
    assert "ZeroDivision" not in antwoord.text


def test_stranger_cannot_send_much(web: Any):
    client = TestClient(web)
    token = find_token(client.get("/inloggen"))
    veel = {"_token": token, "persoon": "x" * (MAX_VREEMD + 1)}
    assert client.post("/inloggen", data=veel).status_code == 413
    bestand = {"bestand": ("x.bin", b"x" * (MAX_VREEMD + 1))}
    assert client.post("/inloggen", data={"_token": token}, files=bestand).status_code == 413
    assert (
        client.post("/dossiers/PROEF/werkboeken/x", files=bestand, follow_redirects=False).status_code == 303
    )


SOORTEN = (
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=é", "multipart/form-data; boundary=x; charset=rommel", "application/json", "text/plain", "", "x",
    "application/x-www-form-urlencoded; charset=utf-16", "multipart/mixed; boundary=x",
)  # fmt: skip
LIJVEN = (
    b"", b"&", b"=&=&=", b"_token=%", b"_token=%ff%fe", b"a=1&" * 1000, b"--x\r\n", b"--x--", b"\x00" * 100, b"{" * 1000,
    b'--x\r\nContent-Disposition: form-data; name="_token"\r\n\r\n',
    b'--x\r\nContent-Disposition: form-data; name="bestand"; filename="../../a\x00.xlsx"\r\n\r\nPK\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--', b'--x\r\nContent-Disposition: x; name="a"\r\n\r\nx\r\n--x--\r\n',
    b"--x\r\n" + b"X: y\r\n" * 2000 + b"\r\nz\r\n--x--\r\n",
)  # fmt: skip
KOP = st.sampled_from(
    ["accept", "accept-language", "user-agent", "referer", "origin", "range", "if-none-match", "if-modified-since", "x-forwarded-for",
     "x-forwarded-proto", "forwarded", "x-original-url", "x-http-method-override", "content-encoding", "expect", "host", "cookie",
     "transfer-encoding", "authorization", "upgrade"]
)  # fmt: skip
WAARDE = st.one_of(
    st.sampled_from([v for v in VIJANDIG if v.isprintable()]),
    st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x7f\x85\xa0"), max_size=60),
    st.sampled_from([f"{KOEKJE}=x.y; {KOEKJE}_loket=é; {KOEKJE}_browser=", f"{KOEKJE}=;;;==", "bytes=0-999999999999", f'{KOEKJE}="\\377"']),
)  # fmt: skip


@pytest.mark.lang
@pytest.mark.betrouwbaarheid
def test_no_header_and_no_body_makes_a_route_fall_over(web: Any) -> None:
    bezoekers = [TestClient(web), log_in(web, WIE)]
    geprobeerd, gevallen = 0, list[str]()

    @settings(max_examples=AANTAL, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        route=st.sampled_from([r for r in ROUTES if r.naam != "uitloggen"]),
        nummer=st.integers(0, 1),
        stukken_=st.lists(STUK, min_size=4, max_size=4),
        koppen=st.dictionaries(KOP, WAARDE, max_size=4),
        soort=st.sampled_from(SOORTEN),
        lijf=st.one_of(st.sampled_from(LIJVEN), st.binary(max_size=300)),
    )
    def probeer(
        route: Route, nummer: int, stukken_: list[str], koppen: dict[str, str], soort: str, lijf: bytes
    ) -> None:
        nonlocal geprobeerd
        geprobeerd += 1
        ruw = {naam: waarde.encode("latin-1", "replace") for naam, waarde in koppen.items()}
        if route.methode == "POST":
            ruw["content-type"] = soort.encode("latin-1", "replace")
        try:
            antwoord = bezoekers[nummer].request(
                route.methode, fill(route.pad, stukken_), headers=ruw, follow_redirects=False,
                content=lijf if route.methode == "POST" else None,
            )  # fmt: skip
        except Exception as fout:
            gevallen.append(f"{route.naam}: {fout!r}"[:300])
            raise
        assert antwoord.status_code < 500 or antwoord.status_code == 503, (route.naam, antwoord.text[:300])
        check_koppen(antwoord)

    try:
        probeer()
    finally:
        note(
            "invoer",
            "koppen, koekjes en inhoud van een webverzoek",
            geprobeerd=geprobeerd,
            tracebacks=len(gevallen),
        )


def test_who_holds_no_role_cannot_tell_which_dossiers_there_are(app: App, web: Any):
    vreemd = TestClient(web)
    for pad in ("/dossiers/{}", "/dossiers/{}/werkboeken", "/dossiers/{}/documenten/proef/x.docx"):
        er, niet = (vreemd.get(pad.format(code), follow_redirects=False) for code in ("PROEF", "NIETS"))
        assert (er.status_code, er.headers["location"].replace("PROEF", "NIETS")) == (
            niet.status_code,
            niet.headers["location"],
        )


def test_refused_login_of_an_unknown_name_looks_like_that_of_a_known_one(web: Any):
    antwoorden = [
        send_inloggen(TestClient(web), naam, "verkeerd wachtwoord") for naam in (WIE, "niemand.demo")
    ]
    zonder = [re.sub(r'value="[^"]*"', "", a.text) for a in antwoorden]
    assert zonder[0] == zonder[1]
    assert antwoorden[0].status_code == antwoorden[1].status_code == 401
