"""Every route, every role, with hostile addresses, queries and forms: a page, a redirect or a refusal, never a fault.

Must stay true: the routes come from the code itself, so a new one is tried without a line here.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.fasen import stukken
from aanbesteding.web.routes import ROUTES
from betrouwbaarheid import note
from fakes import make_app, make_procedure, save_dossier
from web.hulp import find_token, log_in, make_pagina, make_toegang

AANTAL = 10_000 if os.environ.get("AANBESTEDING_LANG") else 400
WIE = (
    "inkoper.demo",
    "jurist.demo",
    "voorzitter.demo",
    "gemandateerde.demo",
    "beoordelaar1.demo",
    "auditor.demo",
    "beheerder.demo",
    "",
)
"""One of every kind of visitor; the last one is not logged in."""
ECHT = (
    "PROEF", "1", "0001", "I-001", "proef", "brief", "perceel_melden", "stuk_inleveren", "biedingen", "scores",
    "proef/brief-perceel-1.docx", "inkoper.demo", "verricht", "proef", "1|1|x", "deblokkeren",
)  # fmt: skip
VIJANDIG = (
    "", " ", "..", "../../etc/passwd", "%00", "\x00", "-1", "0", "9" * 400, "²", "1e9", "NaN", "{{7*7}}", "${jndi:x}",
    "<script>alert(1)</script>", "' OR 1=1 --", "a" * 5000, "\r\nSet-Cookie: x=1", "proef/../../web.sleutel", "=1+1",
    "https://vreemd.example/", "//vreemd.example", "\u202e", "é" * 300, "[]", "{}", "null", "2026-02-31",
    "erbij:percelen", "weg:percelen.99999999999999999999",
)  # fmt: skip
VELDEN = (
    "_doe", "_versie", "_token", "persoon", "wachtwoord", "naar", "blad", "zoek", "code", "email", "wat", "gezien",
    "perceel", "percelen.0", "percelen.99999999999", "stuk_eis", "stuk_datum", "op", "van", "mee", "soort", "dossier",
    "motivering", "stuk_afkeuren", "x.y.z.0.0.0", "state", "regio",
)  # fmt: skip
STUK = st.one_of(
    st.sampled_from(ECHT),
    st.sampled_from(VIJANDIG),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
INHOUD = st.dictionaries(st.sampled_from(VELDEN), STUK, max_size=6)


@pytest.fixture(scope="module")
def bezoekers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[TestClient, str]]:
    """Every visitor with the token of the own session."""
    basis = make_procedure()
    app = make_app(tmp_path_factory.mktemp("routes"), replace(basis, fasen=stukken.begeleid(*basis.fasen)))
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    for toezegging in list_open(app, "PROEF"):
        produce(app, toezegging)
    web = make_pagina(app)
    uit: dict[str, tuple[TestClient, str]] = {}
    for persoon in WIE:
        if persoon:
            make_toegang(app, persoon)
        client = log_in(web, persoon) if persoon else TestClient(web)
        uit[persoon] = client, find_token(client.get("/wachtwoord" if persoon else "/inloggen"))
    return uit


def fill(pad: str, stukken_: list[str]) -> str:
    """The address of a route with these pieces in its places."""
    beurt = iter(stukken_)
    return re.sub(r"\{\w+(:path)?\}", lambda m: quote(next(beurt), safe="/" if m[1] else ""), pad)


@pytest.mark.lang
@pytest.mark.betrouwbaarheid
def test_no_route_falls_over_whatever_is_asked(bezoekers: dict[str, tuple[TestClient, str]]) -> None:
    omgevallen: list[str] = []
    geprobeerd = 0

    @settings(max_examples=AANTAL, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        route=st.sampled_from([r for r in ROUTES if r.naam != "uitloggen"]),
        wie=st.sampled_from(WIE),
        stukken_=st.lists(STUK, min_size=4, max_size=4),
        vraag=INHOUD,
        velden=INHOUD,
        token=st.booleans(),
    )
    def probeer(
        route: Any,
        wie: str,
        stukken_: list[str],
        vraag: dict[str, str],
        velden: dict[str, str],
        *,
        token: bool,
    ) -> None:
        nonlocal geprobeerd
        geprobeerd += 1
        client, echt = bezoekers[wie]
        pad = fill(route.pad, stukken_)
        gegevens = {"_token": echt} | velden if token else velden
        try:
            if route.methode == "GET":
                antwoord = client.get(pad, params=vraag, follow_redirects=False)
            else:
                antwoord = client.post(pad, params=vraag, data=gegevens, follow_redirects=False)
        except Exception as fout:
            omgevallen.append(f"{route.naam}: {fout!r}"[:300])
            raise
        assert antwoord.status_code < 500 or antwoord.status_code == 503, (
            route.naam,
            pad,
            antwoord.text[:300],
        )
        if 300 <= antwoord.status_code < 400:
            doel = antwoord.headers["location"]
            assert doel.startswith("/"), (route.naam, doel)
            assert not doel.startswith("//"), (route.naam, doel)
        if antwoord.headers.get("content-type", "").startswith("text/html"):
            assert "<script>alert(1)" not in antwoord.text
            assert "Traceback" not in antwoord.text

    try:
        probeer()
    finally:
        note(
            "invoer",
            "elke route van de webpagina's, met elke rol",
            geprobeerd=geprobeerd,
            tracebacks=len(omgevallen),
        )
