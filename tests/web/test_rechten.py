"""The whole matrix: every route, every role, a dossier of the own region, of another region, and none.

The table below is written out by hand; it is not the table of the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from aanbesteding.domain.rol import Rol
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.fasen import stukken
from aanbesteding.web.rechten import RECHTEN, Toegang, decide_toegang
from aanbesteding.web.routes import ROUTES
from fakes import make_app, make_procedure, save_dossier
from web.hulp import add_buurland, find_token, log_in, make_pagina, make_toegang, save_buurdossier

ROLLEN = {
    "ink": "inkoper.demo",
    "jur": "jurist.demo",
    "beo": "beoordelaar1.demo",
    "voo": "voorzitter.demo",
    "gem": "gemandateerde.demo",
    "con": "contractbeheerder.maasdriel",
    "aud": "auditor.demo",
    "beh": "beheerder.demo",
}
IEDER = "ink jur beo voo gem con aud beh"
LEZER = "ink jur beo voo gem con aud"
STUKKEN = "ink jur voo gem con aud"
DOENER = "ink jur beo voo gem con"


@dataclass(frozen=True)
class Rij:
    """A row of the matrix: how to ask, and which roles get in. `{c}` is the code of the dossier."""

    pad: str
    rollen: str
    methode: str = "GET"
    gegevens: dict[str, str] = field(default_factory=dict[str, str])


PROEF = {"_doe": "proef", "_versie": "1"}
OORDEEL = {
    "wat": "stuk_afkeuren",
    "gezien": f"proef/brief-perceel-1.docx|9|{'0' * 64}",
    "stuk_afkeuren": "Nee.",
}
MATRIX: dict[str, list[Rij]] = {
    "stijl": [Rij("/stijl.css", IEDER)],
    "icoon": [Rij("/icoon.svg", IEDER)],
    "inloggen": [Rij("/inloggen", IEDER)],
    "inloggen_versturen": [Rij("/inloggen", IEDER, "POST", {"persoon": "", "wachtwoord": ""})],
    "loketten": [Rij("/loket", IEDER)],
    "loket": [Rij("/loket/PROEF/1", IEDER)],
    "loket_stijl": [Rij("/loket/PROEF/1/stijl.css", IEDER)],
    "loket_beeldmerk": [Rij("/loket/PROEF/1/beeldmerk.png", IEDER)],
    "loket_code_vragen": [Rij("/loket/PROEF/1", IEDER, "POST", {"email": "a@b.example"})],
    "loket_code": [Rij("/loket/PROEF/1/code", IEDER)],
    "loket_code_invullen": [Rij("/loket/PROEF/1/code", IEDER, "POST", {"code": "1"})],
    "loket_aanvraag": [Rij("/loket/PROEF/1/aanvraag", IEDER)],
    "loket_aanvraag_versturen": [Rij("/loket/PROEF/1/aanvraag", IEDER, "POST")],
    "loket_verlaten": [Rij("/loket/PROEF/1/verlaten", IEDER, "POST")],
    "aanvragen": [Rij("/dossiers/{c}/aanvragen", STUKKEN)],
    "aanvraag": [Rij("/dossiers/{c}/aanvragen/0001", STUKKEN)],
    "bewijsstuk": [Rij("/dossiers/{c}/aanvragen/0001/bewijs/0", STUKKEN)],
    "organisatie": [Rij("/inloggen/organisatie", IEDER)],
    "organisatie_terug": [Rij("/inloggen/organisatie/terug", IEDER)],
    "brief": [Rij("/brief/onbekend", IEDER)],
    "brief_code": [Rij("/brief/onbekend/code", IEDER, "POST")],
    "brief_openen": [Rij("/brief/onbekend/openen", IEDER, "POST", {"code": "12345678"})],
    "brief_stuk": [Rij("/brief/onbekend/stukken/1", IEDER)],
    "brief_pdf": [Rij("/brief/onbekend/stukken/1/pdf", IEDER)],
    "brief_termijnen": [Rij("/brief/onbekend/termijnen.ics", IEDER)],
    "uitloggen": [Rij("/uitloggen", IEDER, "POST")],
    "wachtwoord": [Rij("/wachtwoord", IEDER)],
    "wachtwoord_versturen": [Rij("/wachtwoord", IEDER, "POST")],
    "start": [Rij("/", IEDER)],
    "sleutel": [Rij("/sleutel", "ink jur")],
    "sleutel_maken": [Rij("/sleutel", "ink jur", "POST", {"wachtzin": "te kort"})],
    "sleutel_wijzigen": [Rij("/sleutel/wachtzin", "ink jur", "POST", {"oud": "x"})],
    "accounts": [Rij("/accounts", "beh")],
    "account_nieuw": [Rij("/accounts", "beh", "POST", {"persoon": "inkoper2.demo"})],
    "account_wijzigen": [Rij("/accounts/beoordelaar2.demo", "beh", "POST", {"wat": "deblokkeren"})],
    "auditlog": [Rij("/auditlog", "beh aud")],
    "beoordeling": [Rij("/beoordeling", "ink jur")],
    "stukken": [Rij("/dossiers/{c}/stukken", STUKKEN)],
    "stukken_oordelen": [Rij("/dossiers/{c}/stukken", "ink jur", "POST", OORDEEL)],
    "stukvariant": [Rij("/dossiers/{c}/stukken/varianten/1/brief", STUKKEN)],
    "stukpdf": [Rij("/dossiers/{c}/stukken/pdf/proef/brief-perceel-1.docx", STUKKEN)],
    "stuk": [Rij("/dossiers/{c}/stukken/stuk/proef/brief-perceel-1.docx", STUKKEN)],
    "dossier": [Rij("/dossiers/{c}", LEZER)],
    "documenten": [Rij("/dossiers/{c}/fasen/proef/documenten", STUKKEN)],
    "document": [Rij("/dossiers/{c}/documenten/proef/brief-perceel-1.docx", STUKKEN)],
    "handeling": [
        Rij("/dossiers/{c}/handelingen/perceel_melden", "ink"),
        Rij("/dossiers/{c}/handelingen/bod_openen", "jur"),
        Rij("/dossiers/{c}/handelingen/proef_stoppen", "gem"),
    ],
    "handeling_versturen": [
        Rij("/dossiers/{c}/handelingen/perceel_melden", "ink", "POST", PROEF),
        Rij("/dossiers/{c}/handelingen/bod_openen", "jur", "POST", PROEF),
        Rij("/dossiers/{c}/handelingen/proef_stoppen", "gem", "POST", PROEF),
    ],
    "fase_starten": [Rij("/dossiers/{c}/fasen/proef/start", "ink jur voo gem con", "POST")],
    "run": [Rij("/dossiers/{c}/fasen/proef/runs/abc", STUKKEN)],
    "verzendingen": [Rij("/dossiers/{c}/verzending", STUKKEN)],
    "verzending": [Rij("/dossiers/{c}/verzending/1", STUKKEN)],
    "verzending_starten": [Rij("/dossiers/{c}/verzending/1/start", "ink", "POST")],
    "verzending_melden": [Rij("/dossiers/{c}/verzending/1/melden", "ink", "POST", {"op": "x"})],
    "werkboeken": [Rij("/dossiers/{c}/werkboeken", LEZER)],
    "werkboek_sjabloon": [Rij("/dossiers/{c}/werkboeken/biedingen/invulblad", "ink")],
    "werkboek_inlezen": [Rij("/dossiers/{c}/werkboeken/biedingen", "ink", "POST")],
    "werkboek_uitvoer": [Rij("/dossiers/{c}/werkboeken/scores/uitvoer", STUKKEN)],
    "woord": [Rij("/dossiers/{c}/woord", STUKKEN)],
    "woord_lezen": [Rij("/dossiers/{c}/woord", "ink jur", "POST")],
    "woord_inleveren": [Rij("/dossiers/{c}/woord/inleveren", "ink jur", "POST")],
    "woord_afkeuren": [Rij("/dossiers/{c}/woord/afkeuren", "jur", "POST")],
    "woord_stuk": [Rij("/dossiers/{c}/woord/stuk/proef/brief-perceel-1.docx", STUKKEN)],
    "woord_versie": [Rij("/dossiers/{c}/woord/versie/1/proef/brief-perceel-1.docx", STUKKEN)],
    "woord_redline": [Rij("/dossiers/{c}/woord/redline/proef/brief-perceel-1.docx", STUKKEN)],
    "grafieken": [Rij("/dossiers/{c}/grafieken", STUKKEN)],
    "beoordelen": [Rij("/dossiers/{c}/beoordelen", "beo")],
    "beoordelen_inleveren": [Rij("/dossiers/{c}/beoordelen/1", "beo")],
    "beoordelen_vergrendelen": [Rij("/dossiers/{c}/beoordelen/1", "beo", "POST")],
    "beoordelen_inschrijving": [Rij("/dossiers/{c}/beoordelen/1/I-001", "beo")],
    "beoordelen_bewaren": [Rij("/dossiers/{c}/beoordelen/1/I-001", "beo", "POST")],
    "consensus": [Rij("/dossiers/{c}/consensus", "voo")],
    "consensus_inleveren": [Rij("/dossiers/{c}/consensus/1", "voo")],
    "consensus_vaststellen": [Rij("/dossiers/{c}/consensus/1", "voo", "POST")],
    "consensus_inschrijving": [Rij("/dossiers/{c}/consensus/1/I-001", "voo")],
    "consensus_bewaren": [Rij("/dossiers/{c}/consensus/1/I-001", "voo", "POST")],
}
LEEG_BINNEN = frozenset(naam for naam in MATRIX if naam.startswith(("beoordelen_", "consensus_")))
"""Pages of a committee that has nothing to score here: who may come in is told that, with a 404 of its own."""
AANVRAAG = {"aanvraag": "Deze aanvraag bestaat niet.", "bewijsstuk": "Dit bewijsstuk bestaat niet."}
"""Pages of an application that is not there: who may come in is told that."""
NIETS = "In dit perceel valt niets te beoordelen."
BESTAAT_NIET = "bestaat niet."


def list_cellen() -> Iterator[Any]:
    for naam, rijen in MATRIX.items():
        for nummer, rij in enumerate(rijen):
            soorten = ("eigen regio", "andere regio", "geen dossier") if "{c}" in rij.pad else ("-",)
            for wie in (*ROLLEN, "niemand", "vreemde"):
                for soort in soorten:
                    yield pytest.param(naam, rij, wie, soort, id=f"{naam}{nummer or ''}: {wie}, {soort}")


@dataclass(frozen=True)
class Toneel:
    app: App
    web: FastAPI
    browsers: dict[str, TestClient]


@pytest.fixture(scope="module")
def toneel(tmp_path_factory: pytest.TempPathFactory) -> Toneel:
    map_ = tmp_path_factory.mktemp("matrix")
    basis = make_procedure()
    app = add_buurland(make_app(map_, replace(basis, fasen=stukken.begeleid(*basis.fasen))), map_)
    save_dossier(app)
    save_buurdossier(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    perform(app, "BUUR", "proef_starten", None, "inkoper.buur")
    for code in ("PROEF", "BUUR"):
        for toezegging in list_open(app, code):
            produce(app, toezegging)
    for persoon in (*ROLLEN.values(), "niemand", "beoordelaar2.demo", "inkoper.buur"):
        make_toegang(app, persoon)
    web = make_pagina(app)
    browsers = {wie: log_in(web, persoon) for wie, persoon in ROLLEN.items()}
    browsers |= {"niemand": log_in(web, "niemand"), "vreemde": TestClient(web)}
    return Toneel(app, web, browsers)


def test_matrix_has_a_row_for_every_route_and_the_code_too():
    namen = [route.naam for route in ROUTES]
    assert len(namen) == len(set(namen))
    assert set(MATRIX) == set(namen) == set(RECHTEN)
    assert set(ROLLEN) == {rol.value[:3] for rol in Rol if rol is not Rol.LOKET}


@pytest.mark.parametrize(("naam", "rij", "wie", "soort"), list(list_cellen()))
def test_every_cell_of_the_matrix(toneel: Toneel, naam: str, rij: Rij, wie: str, soort: str):
    client = toneel.browsers[wie]
    code = {"eigen regio": "PROEF", "andere regio": "BUUR"}.get(soort, "WEG")
    antwoord = ask(toneel, client, rij, rij.pad.format(c=code))
    openbaar = naam in ("stijl", "icoon", "inloggen", "inloggen_versturen") or naam.startswith(
        ("loket", "organisatie")
    )
    if naam.startswith("brief"):
        # who is logged in or not makes no difference: without a real link there is no letter, for nobody
        assert antwoord.status_code in (404, 429)
        return
    if wie == "vreemde" and not openbaar:
        assert antwoord.status_code == 303
        assert antwoord.headers["location"].startswith("/inloggen")
    elif "{c}" not in rij.pad:
        persoonlijk = openbaar or naam in ("uitloggen", "wachtwoord", "wachtwoord_versturen", "start")
        binnen = persoonlijk or wie in rij.rollen.split()
        assert (antwoord.status_code != 403) is binnen, antwoord.text
    elif soort != "eigen regio" or wie == "niemand":
        assert antwoord.status_code == 404
        assert BESTAAT_NIET in antwoord.text
    elif wie in rij.rollen.split():
        assert (
            antwoord.status_code in (200, 303, 409, 422, 503)
            or (naam in LEEG_BINNEN and antwoord.status_code == 404 and NIETS in antwoord.text)
            or (naam in AANVRAAG and antwoord.status_code == 404 and AANVRAAG[naam] in antwoord.text)
        )
    else:
        assert antwoord.status_code == 403
    if naam == "uitloggen" and wie != "vreemde":
        toneel.browsers[wie] = log_in(toneel.web, ROLLEN.get(wie, wie))


def ask(toneel: Toneel, client: TestClient, rij: Rij, pad: str):
    if rij.methode == "GET":
        return client.get(pad, follow_redirects=False)
    pagina = client.get("/inloggen", follow_redirects=False)
    pagina = client.get("/wachtwoord") if pagina.status_code == 303 else pagina
    return client.post(pad, data={"_token": find_token(pagina)} | rij.gegevens, follow_redirects=False)


def test_route_without_a_row_is_closed_to_everybody():
    alles = {"bommelerwaard": frozenset(Rol)}
    assert decide_toegang("vergeten", alles, "bommelerwaard") is Toegang.GEWEIGERD
    assert decide_toegang("vergeten", None) is Toegang.GEWEIGERD


def test_list_shows_only_dossiers_of_regions_in_which_the_person_holds_a_role(toneel: Toneel):
    assert "BUUR" not in toneel.browsers["ink"].get("/").text
    buur = log_in(toneel.web, "inkoper.buur").get("/").text
    assert "BUUR" in buur
    assert "PROEF" not in buur
    for wie in ("beh", "niemand"):
        assert "/dossiers/PROEF" not in toneel.browsers[wie].get("/").text


def test_every_refused_page_is_in_the_audit_log_of_its_region(toneel: Toneel):
    toneel.browsers["aud"].get("/dossiers/PROEF/handelingen/perceel_melden")
    tekst = toneel.browsers["aud"].get("/auditlog").text
    eerste = tekst.partition("<tbody>")[2].partition("</tr>")[0]
    for woord in ("Pagina geweigerd", "auditor.demo", "PROEF", "handeling"):
        assert woord in eerste


def test_manager_reaches_no_account_of_another_region(toneel: Toneel):
    beheerder = toneel.browsers["beh"]
    assert "inkoper.buur" not in beheerder.get("/accounts").text
    token = find_token(beheerder.get("/accounts"))
    for persoon in ("inkoper.buur", "niemand", "bestaat.niet"):
        for pad, gegevens in (
            (f"/accounts/{persoon}", {"wat": "wachtwoord"}),
            ("/accounts", {"persoon": persoon}),
        ):
            assert beheerder.post(pad, data={"_token": token} | gegevens).status_code == 403


def test_manager_makes_an_account_and_shows_its_password_once(toneel: Toneel):
    beheerder = toneel.browsers["beh"]
    token = find_token(beheerder.get("/accounts"))
    antwoord = beheerder.post(
        "/accounts", data={"_token": token, "persoon": "beoordelaar5.demo", "naam": "Lid 5"}
    )
    wachtwoord = antwoord.text.partition("Wachtwoord: <code>")[2].partition("</code>")[0]
    assert len(wachtwoord) == 24
    assert wachtwoord not in beheerder.get("/accounts").text
    nieuw = log_in(toneel.web, "beoordelaar5.demo", wachtwoord)
    assert nieuw.get("/", follow_redirects=False).headers["location"] == "/wachtwoord"


def test_change_of_the_mandates_counts_at_the_next_page_and_a_broken_region_closes_only_itself(
    tmp_path: Path,
):
    app = add_buurland(make_app(tmp_path, make_procedure()), tmp_path)
    save_dossier(app)
    save_buurdossier(app)
    make_toegang(app, "inkoper.buur")
    make_toegang(app, "inkoper.demo")
    web = make_pagina(app)
    buur, demo = log_in(web, "inkoper.buur"), log_in(web, "inkoper.demo")
    assert buur.get("/dossiers/BUUR").status_code == 200
    bestand = tmp_path / "regios" / "buurland" / "regio.toml"
    bron = bestand.read_text(encoding="utf-8")
    bestand.write_text(bron.replace('"inkoper.buur"', '"inkoper.nieuw"'), encoding="utf-8")
    assert buur.get("/dossiers/BUUR").status_code == 404
    bestand.write_text("dit is = geen TOML [", encoding="utf-8")
    assert buur.get("/dossiers/BUUR").status_code == 404
    assert demo.get("/dossiers/PROEF").status_code == 200
    assert demo.get("/").status_code == 200
