"""Performing an act on the pages: trial, refusal with every reason, somebody who was first, and the run."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from aanbesteding.adapters.prefect_runs import Flowrun
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import perform
from aanbesteding.engine.sleutels import DEMO_WACHTZIN
from aanbesteding.errors import AanbestedingError
from aanbesteding.storage.audit import Auditsoort
from aanbesteding.storage.dossier import load_kop
from aanbesteding.storage.tables_toegang import AuditRow
from fakes import Gemeld, OnderbrekendeKlok, make_app, make_procedure, save_dossier, wijs_openers_aan
from web.hulp import bezoek, find_token, log_in, make_pagina, make_toegang

PAD = "/dossiers/PROEF/handelingen/perceel_melden"


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_app(tmp_path, make_procedure())
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    return app


@pytest.fixture
def client(app: App) -> TestClient:
    return bezoek(app, "inkoper.demo")


def send(client: TestClient, doe: str = "verricht", pad: str = PAD, **velden: Any):
    """Fill in the form of an act and press a button."""
    pagina = client.get(pad)
    versie = re.search(r'name="_versie" value="(\d+)"', pagina.text)
    assert versie
    basis = {"_token": find_token(pagina), "_versie": versie[1], "_doe": doe}
    return client.post(pad, data=basis | {k.replace("__", "."): v for k, v in velden.items()})


def list_audit(app: App) -> list[AuditRow]:
    with Session(app.database) as sessie:
        return list(sessie.exec(select(AuditRow).order_by(AuditRow.id)).all())  # pyright: ignore


def test_act_is_performed_and_shows_what_was_recorded(app: App, client: TestClient):
    antwoord = send(client, percelen=["1", "2"], bedrag="42")
    assert antwoord.status_code == 200
    tekst = html.unescape(antwoord.text)
    for woord in ("Vastgelegd: Perceel melden", "versie 2", "Gemeld", "42", "Brief"):
        assert woord in tekst
    assert [f.bedrag for f in app.load("PROEF")[0].list_feiten(Gemeld)] == [42, 42]


def test_trial_shows_what_would_be_recorded_and_records_nothing(app: App, client: TestClient):
    antwoord = send(client, "proef", percelen="1", bedrag="50")
    assert antwoord.status_code == 200
    tekst = html.unescape(antwoord.text)
    assert "Proef: dit kan. Er is nog niets vastgelegd." in tekst
    assert "Het bedrag is een rond getal." in tekst, "een signaal hoort bij de proef"
    assert 'value="50"' in antwoord.text
    assert app.load("PROEF")[0].list_feiten(Gemeld) == ()


def test_refusal_shows_every_reason_with_its_article_keeps_the_form_and_is_noted(
    app: App, client: TestClient
):
    antwoord = send(client, percelen="1", bedrag="1001")
    assert antwoord.status_code == 409
    tekst = html.unescape(antwoord.text)
    for woord in ("bedrag-oneven; Proefwet art. 1", "bedrag-boven-duizend; Proefwet art. 2", "bedrag-hoog"):
        assert woord in tekst
    assert 'value="1001"' in antwoord.text
    assert load_kop(app.database, "PROEF").versie == 1
    regel = list_audit(app)[-1]
    assert (regel.soort, regel.persoon, regel.doel) == (
        Auditsoort.HANDELING_GEWEIGERD,
        "inkoper.demo",
        "perceel_melden",
    )
    assert "bedrag-oneven bedrag-boven-duizend bedrag-hoog" in regel.reden
    assert "1001" not in regel.reden


def test_rule_that_asks_for_a_motivation_lets_the_act_pass_with_one(app: App, client: TestClient):
    assert send(client, percelen="1", bedrag="102").status_code == 409
    assert send(client, percelen="1", bedrag="102", motivering="Verzonnen reden").status_code == 200


def test_fault_in_a_field_is_told_there_and_in_the_summary(client: TestClient):
    antwoord = send(client, bedrag="veel", soort="c")
    assert antwoord.status_code == 422
    tekst = html.unescape(antwoord.text)
    assert '<a href="#v-bedrag">Bedrag: Hier hoort een geheel getal' in tekst
    assert 'id="v-bedrag-fout"' in tekst
    assert 'aria-describedby="v-bedrag-fout" aria-invalid="true"' in tekst
    assert '<a href="#v-percelen">Percelen: Vul hier ten minste 1 in.' in tekst
    assert '<a href="#v-soort">' in tekst
    assert tekst.partition("<title>")[2].startswith("Fout: ")


def test_page_older_than_the_dossier_performs_nothing_and_loses_nothing(app: App, client: TestClient):
    pagina = client.get(PAD)
    perform(app, "PROEF", "perceel_melden", {"percelen": ["2"], "bedrag": 8}, "inkoper2.demo")
    gegevens = {
        "_token": find_token(pagina),
        "_versie": "1",
        "_doe": "verricht",
        "percelen": "1",
        "bedrag": "4",
    }
    antwoord = client.post(PAD, data=gegevens)
    assert antwoord.status_code == 409
    assert "Iemand was u voor" in antwoord.text
    assert 'value="4"' in antwoord.text
    assert 'name="_versie" value="2"' in antwoord.text
    assert [f.bedrag for f in app.load("PROEF")[0].list_feiten(Gemeld)] == [8]
    opnieuw = client.post(PAD, data=gegevens | {"_versie": "2"})
    assert "Vastgelegd" in opnieuw.text


@pytest.mark.parametrize("versie", ["", "x", "-1", "0", "99", "1" * 30])
def test_form_without_the_right_version_performs_nothing(app: App, client: TestClient, versie: str):
    token = find_token(client.get(PAD))
    gegevens = {"_token": token, "_versie": versie, "_doe": "verricht", "percelen": "1", "bedrag": "4"}
    assert client.post(PAD, data=gegevens).status_code == 409
    assert app.load("PROEF")[0].list_feiten(Gemeld) == ()


def test_two_at_once_one_is_told_that_somebody_was_first(app: App):
    make_toegang(app, "inkoper.demo")

    def act() -> None:
        perform(app, "PROEF", "perceel_melden", {"percelen": ["2"], "bedrag": 8}, "inkoper2.demo")

    client = log_in(make_pagina(app), "inkoper.demo")
    pagina = client.get(PAD)
    onderbroken = log_in(make_pagina(app), "inkoper.demo")
    onderbroken.app.state.kern = replace(  # pyright: ignore
        onderbroken.app.state.kern,  # pyright: ignore
        app=replace(app, klok=_LaterKlok(app.klok, act)),
    )
    token = find_token(onderbroken.get("/wachtwoord"))
    versie = re.search(r'name="_versie" value="(\d+)"', pagina.text)
    assert versie
    gegevens = {"_token": token, "_versie": versie[1], "_doe": "verricht", "percelen": "1", "bedrag": "4"}
    antwoord = onderbroken.post(PAD, data=gegevens)
    assert antwoord.status_code == 409
    assert [f.bedrag for f in app.load("PROEF")[0].list_feiten(Gemeld)] == [8]


class _LaterKlok(OnderbrekendeKlok):
    """Something happens at the fifth look of the clock: after the page was checked, before the act is recorded."""

    def __init__(self, klok: Any, gebeurtenis: Any) -> None:
        super().__init__(klok, gebeurtenis)
        self.keer = 0

    def nu(self) -> Any:
        self.keer += 1
        return super().nu() if self.keer >= 4 else self._klok.nu()


def test_row_is_added_without_javascript_and_nothing_is_recorded(app: App, tmp_path: Path):
    from web.verloop import DOSSIER, tell_tot

    echt = tell_tot(tmp_path / "bw", "aanbieders")
    client = bezoek(echt, "inkoper.demo")
    pad = f"/dossiers/{DOSSIER}/handelingen/partijen_registreren"
    antwoord = send(client, "erbij:partijen", pad, partijen__0__naam="Verzonnen partij")
    assert antwoord.status_code == 200
    assert 'value="Verzonnen partij"' in antwoord.text
    assert 'name="partijen.1.adres.straat"' in antwoord.text
    weg = send(client, "weg:partijen.0", pad, partijen__0__naam="Een", partijen__1__naam="Twee")
    assert 'value="Twee"' in weg.text
    assert 'value="Een"' not in weg.text


def test_act_of_another_role_is_refused_and_noted(app: App, client: TestClient):
    antwoord = client.get("/dossiers/PROEF/handelingen/bod_openen")
    assert antwoord.status_code == 403
    assert "vraagt de rol jurist" in antwoord.text
    assert list_audit(app)[-1].reden == "mandaat-ontbreekt"


def test_unknown_act_does_not_exist(client: TestClient):
    assert client.get("/dossiers/PROEF/handelingen/bestaat_niet").status_code == 404


def test_sealed_content_is_not_shown_by_a_trial_of_the_act_that_opens_it(app: App):
    wijs_openers_aan(app)
    perform(app, "PROEF", "bod_ontvangen", {"nummer": "1/A", "tekst": "GEHEIM BOD"}, "inkoper.demo")
    perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 8}, "inkoper.demo")
    client = bezoek(app, "jurist.demo")
    antwoord = send(client, "proef", "/dossiers/PROEF/handelingen/bod_openen", percelen="1")
    assert antwoord.status_code == 200
    assert "GEHEIM" not in antwoord.text


def test_two_openers_type_their_own_passphrase_and_neither_is_shown_or_asked_back(app: App):
    wijs_openers_aan(app)
    perform(app, "PROEF", "bod_ontvangen", {"nummer": "1/A", "tekst": "GEHEIM BOD"}, "inkoper.demo")
    perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 8}, "inkoper.demo")
    client, pad = bezoek(app, "jurist.demo"), "/dossiers/PROEF/handelingen/bod_openen"
    assert client.get(pad).text.count('type="password"') == 2
    velden = {"percelen": "1", "openers.0": "inkoper.demo", "openers.1": "jurist.demo"}
    fout = send(
        client, "verricht", pad, **velden, _wachtzin_1=DEMO_WACHTZIN, _wachtzin_2="niet mijn wachtzin"
    )
    assert fout.status_code == 409
    assert "De wachtzin van jurist.demo past niet bij de sleutel" in fout.text
    assert DEMO_WACHTZIN not in fout.text
    assert "niet mijn wachtzin" not in fout.text
    leeg = send(client, "verricht", pad, **velden)
    assert "De wachtzin van inkoper.demo ontbreekt" in leeg.text
    goed = send(client, "verricht", pad, **velden, _wachtzin_1=DEMO_WACHTZIN, _wachtzin_2=DEMO_WACHTZIN)
    assert goed.status_code == 200
    assert "GEHEIM BOD" in goed.text


def test_automatic_act_starts_from_what_the_run_would_do(app: App, client: TestClient):
    perform(app, "PROEF", "verzoek_indienen", None, "inkoper.demo")
    tekst = client.get("/dossiers/PROEF/handelingen/verzoek_toetsen").text
    assert '<option value="0001" selected>' in tekst


class Starter:
    """Notes what was started, or says that Prefect is not there."""

    def __init__(self, fout: str = "") -> None:
        self.gestart: list[tuple[str, str, str]] = []
        self.fout = fout

    def start(self, fase: str, dossier: str, persoon: str, *, alleen: bool = False) -> Flowrun:
        if self.fout:
            raise AanbestedingError(self.fout)
        self.gestart.append((fase, dossier, persoon))
        return Flowrun("abc-1", "ingepland", False, "http://prefect.example/runs/flow-run/abc-1")

    def load(self, id_: str) -> Flowrun:
        if self.fout:
            raise AanbestedingError(self.fout)
        return Flowrun(id_, "klaar", True, f"http://prefect.example/runs/flow-run/{id_}")


def test_performing_an_act_starts_the_run_that_makes_its_documents(app: App):
    make_toegang(app, "inkoper.demo")
    starter = Starter()
    client = log_in(make_pagina(app, starter=starter), "inkoper.demo")
    tekst = send(client, percelen="1", bedrag="4").text
    assert starter.gestart == [("proef", "PROEF", "inkoper.demo")]
    assert 'href="/dossiers/PROEF/fasen/proef/runs/abc-1"' in tekst
    assert "prefect.example/runs/flow-run/abc-1" in tekst
    assert "klaar" in client.get("/dossiers/PROEF/fasen/proef/runs/abc-1").text


def test_who_starts_a_stage_second_is_told_who_was_first(app: App):
    class Eerder(Starter):
        def start(self, fase: str, dossier: str, persoon: str, *, alleen: bool = False) -> Flowrun:
            return replace(super().start(fase, dossier, persoon), eerder="jurist.demo" if alleen else "")

    make_toegang(app, "inkoper.demo")
    client = log_in(make_pagina(app, starter=Eerder()), "inkoper.demo")
    token = find_token(client.get("/wachtwoord"))
    start = client.post("/dossiers/PROEF/fasen/proef/start", data={"_token": token})
    assert "Iemand was u voor: jurist.demo heeft deze fase zojuist gestart." in start.text
    assert "er is geen tweede gestart" in start.text


@pytest.mark.parametrize("starter", [None, Starter("Prefect antwoordt niet.")], ids=["niet ingesteld", "weg"])
def test_without_prefect_the_act_counts_and_the_page_says_what_to_do(app: App, starter: Starter | None):
    make_toegang(app, "inkoper.demo")
    client = log_in(make_pagina(app, starter=starter), "inkoper.demo")
    antwoord = send(client, percelen="1", bedrag="4")
    assert antwoord.status_code == 200
    assert "aanbesteding fase proef PROEF" in antwoord.text
    assert len(app.load("PROEF")[0].list_feiten(Gemeld)) == 1
    token = find_token(client.get("/wachtwoord"))
    start = client.post("/dossiers/PROEF/fasen/proef/start", data={"_token": token})
    assert start.status_code == 503
    assert "De fase is niet gestart" in start.text
    assert client.get("/dossiers/PROEF/fasen/proef/runs/abc").status_code == 503
