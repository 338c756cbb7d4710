"""Who saw prices or scores is a line of the audit log: one per look, before the answer leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.engine.verifieer import verify
from aanbesteding.storage.audit import INZAGE, Auditsoort
from aanbesteding.storage.tables_toegang import AuditRow
from aanbesteding.web.rechten import RECHTEN, Bereik
from aanbesteding.web.routes import ROUTES
from fakes import make_app, save_dossier
from web.hulp import log_in, make_pagina, make_toegang, send_inloggen

BRIEF = "/dossiers/PROEF/documenten/proef/brief-perceel-1.docx"
TOONT_NIETS = {
    "aanvragen", "aanvraag", "dossier", "documenten", "stukken", "run", "verzendingen", "verzending", "werkboeken",
    "werkboek_sjabloon", "woord",
}  # fmt: skip
"""Pages of a dossier on which no price and no score of a bid stands; written out by hand, with a reason to be here:
lists of documents by title, applications without prices, progress of runs and sending, and empty workbooks."""


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_app(tmp_path)
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()
    for persoon in ("inkoper.demo", "auditor.demo", "beheerder.demo"):
        make_toegang(app, persoon)
    return app


@pytest.fixture
def web(app: App) -> FastAPI:
    return make_pagina(app)


def list_regels(app: App, *soorten: Auditsoort) -> list[tuple[str, str, str, str, str]]:
    vraag = select(AuditRow).where(col(AuditRow.soort).in_([s.value for s in soorten or INZAGE]))
    with Session(app.database) as sessie:
        return [
            (r.soort, r.persoon, r.keten, r.doel, r.adres)
            for r in sessie.exec(vraag.order_by(col(AuditRow.id)))
        ]


def test_every_page_of_a_dossier_says_whether_it_shows_prices_or_scores():
    """A new page is in this list or in the table with what it shows; nobody forgets to choose."""
    lezen = {r.naam for r in ROUTES if r.methode == "GET" and RECHTEN[r.naam].bereik is Bereik.DOSSIER}
    assert lezen - {naam for naam, recht in RECHTEN.items() if recht.inzage} == TOONT_NIETS
    assert {recht.inzage for recht in RECHTEN.values()} == {None, *INZAGE}


def test_download_is_one_line_with_who_what_and_from_where(app: App, web: FastAPI):
    inkoper = log_in(web, "inkoper.demo")
    assert inkoper.get(BRIEF).status_code == 200
    assert list_regels(app) == [
        ("gedownload", "inkoper.demo", "PROEF", "documenten/proef/brief-perceel-1.docx", "testclient")
    ]
    assert inkoper.get(BRIEF).status_code == 200
    assert len(list_regels(app)) == 2


def test_page_with_figures_is_one_line(app: App, web: FastAPI):
    assert log_in(web, "auditor.demo").get("/dossiers/PROEF/grafieken").status_code == 200
    assert list_regels(app) == [("ingezien", "auditor.demo", "PROEF", "grafieken", "testclient")]


@pytest.mark.parametrize(
    "pad",
    [
        pytest.param("/dossiers/PROEF/documenten/proef/weg.docx", id="een stuk dat er niet is"),
        pytest.param("/dossiers/PROEF", id="een pagina zonder prijzen"),
        pytest.param("/dossiers/WEG/grafieken", id="een dossier dat er niet is"),
    ],
)
def test_what_was_not_seen_is_no_look(app: App, web: FastAPI, pad: str):
    log_in(web, "inkoper.demo").get(pad)
    assert list_regels(app) == []


def test_who_may_not_look_has_seen_nothing_and_is_in_the_log(app: App, web: FastAPI):
    assert log_in(web, "beheerder.demo").get(BRIEF).status_code == 403
    assert list_regels(app) == []
    (regel,) = list_regels(app, Auditsoort.PAGINA_GEWEIGERD)
    assert regel[2] == "PROEF"


def test_without_a_line_nothing_is_shown(app: App, web: FastAPI):
    """When the log cannot be written, the answer does not leave."""
    inkoper = log_in(web, "inkoper.demo", raise_server_exceptions=False)
    with app.database.begin() as verbinding:
        verbinding.exec_driver_sql(
            "CREATE TRIGGER vol BEFORE INSERT ON auditregel BEGIN SELECT RAISE(ABORT, 'schijf vol'); END"
        )
    antwoord = inkoper.get(BRIEF)
    assert antwoord.status_code == 500
    assert not antwoord.content.startswith(b"PK")


def test_refused_login_on_the_way_to_a_dossier_is_in_its_log(app: App, web: FastAPI):
    antwoord = send_inloggen(TestClient(web), "inkoper.demo", "verkeerd", volgende="/dossiers/PROEF?x=1")
    assert antwoord.status_code == 401
    (regel,) = list_regels(app, Auditsoort.INLOGGEN_GEWEIGERD)
    assert regel[:3] == ("inloggen_geweigerd", "inkoper.demo", "PROEF")


def test_act_performed_on_a_page_has_the_address_of_the_visitor(app: App, web: FastAPI):
    perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 2}, "inkoper.demo")
    assert [r[4] for r in list_regels(app, Auditsoort.HANDELING_VERRICHT)] == ["", ""]


def test_chain_holds_after_people_looked_around(app: App, web: FastAPI):
    inkoper = log_in(web, "inkoper.demo")
    for pad in (BRIEF, "/dossiers/PROEF/grafieken", "/dossiers/PROEF", BRIEF):
        inkoper.get(pad)
    uitslag = verify(app, "PROEF")
    assert (uitslag.in_orde, uitslag.logregels) == (True, 4), uitslag.meldingen


# --- the page of the log ----------------------------------------------------------------------------------


def list_rijen(client: TestClient, vraag: str = "") -> list[str]:
    tekst = client.get(f"/auditlog{vraag}").text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [rij for rij in tekst.split("</tr>") if "<td>" in rij]


def test_log_can_be_narrowed_to_who_saw_what(app: App, web: FastAPI):
    log_in(web, "inkoper.demo").get(BRIEF)
    auditor = log_in(web, "auditor.demo")
    auditor.get("/dossiers/PROEF/grafieken")
    assert len(list_rijen(auditor)) > 4
    inzage = list_rijen(auditor, "?wat=inzage")
    assert [("grafieken" in r, "brief-perceel-1" in r) for r in inzage] == [(True, False), (False, True)]
    assert len(list_rijen(auditor, "?wat=inzage&dossier=PROEF&persoon=inkoper.demo")) == 1
    (verricht,) = list_rijen(auditor, "?wat=verricht")
    assert "proef_starten" in verricht or "Proef starten" in verricht
    assert list_rijen(auditor, "?wat=inzage&dossier=ANDER") == []


@pytest.mark.parametrize("vraag", ["?wat=onzin", "?wat=<script>&dossier=%00", "?dossier=' OR 1=1 --"])
def test_strange_question_is_answered_and_escaped(web: FastAPI, vraag: str):
    antwoord = log_in(web, "auditor.demo").get(f"/auditlog{vraag}")
    assert antwoord.status_code == 200
    assert "<script>" not in antwoord.text


def test_pages_of_a_narrowed_log_stay_narrowed(app: App, web: FastAPI):
    inkoper = log_in(web, "inkoper.demo")
    for _ in range(101):
        inkoper.get("/dossiers/PROEF/grafieken")
    tekst = log_in(web, "auditor.demo").get("/auditlog?wat=inzage&dossier=PROEF").text
    assert "blad=2&amp;wat=inzage&amp;dossier=PROEF" in tekst
