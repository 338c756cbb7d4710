"""What the officer sees: what matters of many dossiers, counted terms, long lists of documents, charts."""

from __future__ import annotations

import html
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import event, insert, text
from starlette.testclient import TestClient

from aanbesteding.domain.feiten import PlanningVastgesteld
from aanbesteding.engine.app import App
from aanbesteding.engine.dossierbeeld import build_dossierbeeld, find_fase
from aanbesteding.engine.perform import perform
from aanbesteding.engine.termijnen import find_volgende, list_termijnen
from aanbesteding.procedures import PROCEDURES
from aanbesteding.storage.tables import DocumentRow
from aanbesteding.web.grafieken import build_grafieken
from aanbesteding.web.taal import merge_redenen, show_code, show_getal, show_waarde
from fakes import make_app, make_procedure, save_dossier
from web.hulp import bezoek
from web.verloop import DOSSIER, tell_tot

PAD = f"/dossiers/{DOSSIER}"


@pytest.fixture(scope="module")
def ver(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The decision was told; the standstill runs."""
    return tell_tot(tmp_path_factory.mktemp("ver"), "kort_geding_melden", aanbieders=60)


@pytest.fixture(scope="module")
def client(ver: App) -> TestClient:
    return bezoek(ver, "inkoper.demo")


def test_list_shows_stage_next_term_and_what_waits_on_whom(client: TestClient):
    tekst = html.unescape(client.get("/").text)
    assert "<dt>Fase</dt><dd>Gunning</dd>" in tekst
    assert "Einde van de opschortende termijn: maandag 10 augustus 2026 om 23.59 uur" in tekst
    assert re.search(r"Kan nu: \d+ handelingen, waarvan \d+ door u", tekst)
    assert "<strong>u</strong>" in tekst
    assert "gemandateerde (gemandateerde.demo)" in tekst


def test_page_shows_where_each_stage_stands_and_every_act_that_cannot_be_done_with_its_reasons(
    ver: App, client: TestClient
):
    tekst = html.unescape(client.get(PAD).text)
    beeld = build_dossierbeeld(ver, DOSSIER, "inkoper.demo")
    assert [f.stand for f in beeld.fasen][:5] == ["geweest", "geweest", "geweest", "nu", "komt"]
    assert "opschortende-termijn-loopt" in {o.code for s in beeld.standen for o in s.redenen}
    for stand in beeld.standen:
        assert stand.titel in tekst
        for reden in merge_redenen(stand.redenen):
            assert reden.tekst in tekst
            assert f"({reden.code}; {reden.grondslag})" in tekst


def test_stage_is_not_past_because_somebody_did_something_of_it_beforehand(tmp_path: Path):
    vroeg = tell_tot(tmp_path, "beleidskader_vaststellen")
    beeld = build_dossierbeeld(vroeg, DOSSIER, "inkoper.demo")
    assert [f.code for f in beeld.fasen if f.eerste is not None and f.stand != "bij"] == ["publicatie"]
    assert [f.stand for f in beeld.fasen][:5] == ["nu", "komt", "komt", "komt", "komt"]


def test_terms_are_explained_step_by_step(client: TestClient):
    tekst = html.unescape(client.get(PAD).text)
    assert "Hoe is dit geteld?" in tekst
    assert "Dag 1 is" in tekst
    assert "Voorbij (" in tekst


def test_next_term_is_the_first_that_is_not_over(ver: App):
    dossier = ver.load(DOSSIER)[0]
    planning = dossier.laatste(PlanningVastgesteld)
    assert planning is not None
    termijnen = list_termijnen(dossier, ver.normen, planning.sluiting)
    volgende = find_volgende(termijnen)
    assert volgende is not None
    assert volgende.naam == "Sluiting van de inschrijving", "op het moment zelf loopt de termijn nog"
    assert [t.moment for t in termijnen] == sorted(t.moment for t in termijnen)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: p.code)
def test_every_status_of_a_perceel_belongs_to_a_stage_until_it_ends(procedure):
    soorten = ("perceel", "aanbesteding")
    statussen = {s for _, h in procedure.list_handelingen() if h.per in soorten for s in h.van}
    for status in statussen - procedure.eindstatussen:
        assert find_fase(procedure, "perceel:1", status)
    assert find_fase(procedure, "perceel:1", procedure.begin_status) == procedure.fasen[0].code


def test_history_tells_who_did_what_but_never_what_was_recorded(ver: App, client: TestClient):
    deel = client.get(PAD).text.partition('id="gebeurd"')[2]
    assert "Oordeel van de commissie vaststellen, door voorzitter.demo" in deel
    assert "motivering" not in deel.lower()


def fill_dossiers(app: App, aantal: int) -> None:
    """Copies of the dossier PROEF, facts and all, under the codes T-0000 and on."""
    with app.database.begin() as verbinding:
        for n in range(aantal):
            for tabel, sleutel in (("dossier", "code"), ("status", "dossier"), ("feit", "dossier")):
                kolommen = [
                    r[1] for r in verbinding.execute(text(f"PRAGMA table_info({tabel})")) if r[1] != "id"
                ]
                gekozen = ", ".join(":code" if k == sleutel else k for k in kolommen)
                bron = f"SELECT {gekozen} FROM {tabel} WHERE {sleutel}='PROEF'"
                vraag = f"INSERT INTO {tabel} ({', '.join(kolommen)}) {bron}"
                verbinding.execute(text(vraag), {"code": f"T-{n:04d}"})


def test_a_thousand_dossiers_are_listed_one_sheet_at_a_time_and_read_once(tmp_path: Path):
    app = make_app(tmp_path, make_procedure())
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    fill_dossiers(app, 1000)
    client = bezoek(app, "inkoper.demo")
    vragen: list[str] = []
    event.listen(app.database, "before_cursor_execute", lambda c, cu, vraag, *rest: vragen.append(vraag))
    tekst = client.get("/?blad=2").text
    assert "1.001 dossiers, blad 2 van 51" in tekst
    assert re.findall(r'href="/dossiers/([A-Z]+-?\d*)"', tekst) == [f"T-{n:04d}" for n in range(19, 39)]
    gelezen = [v for v in vragen if "FROM feit" in v]
    assert len(gelezen) == 20, "alleen de feiten van dit blad"
    vragen.clear()
    client.get("/?blad=2")
    assert not any("FROM feit" in v for v in vragen)
    assert not any("definitie," in v for v in vragen), (
        "de definities van alle dossiers horen niet bij een lijst"
    )


def test_dossier_is_found_by_part_of_its_code_or_title(tmp_path: Path):
    app = make_app(tmp_path, make_procedure())
    save_dossier(app)
    fill_dossiers(app, 30)
    client = bezoek(app, "inkoper.demo")
    tekst = client.get("/?zoek=t-001").text
    assert "10 dossiers met ‘t-001’" in tekst
    assert "PROEF" not in tekst
    assert "0 dossiers met ‘%’" in client.get("/?zoek=%25").text, "een jokerteken zoekt zichzelf"
    for blad in ("0", "-1", "99", "1000000000000000000000"):
        assert client.get(f"/?blad={blad}").status_code == 200
    assert client.get("/?blad=een").status_code == 404


def fill_documenten(app: App, aantal: int) -> None:
    """Rows of invented documents, written straight into the register."""
    rijen = [
        {
            "dossier": "PROEF", "versie": 1 + n // 1000, "document": "brief", "fase": "proef",
            "titel": "Verzonnen brief", "ontvanger": f"o-{n:05d}", "ontvanger_naam": f"Aanbieder {n:05d}",
            "ontvanger_email": "", "uitgave": 1, "status": "gemaakt", "pad": f"proef/brief-{n:05d}.docx",
            "sha256": "0" * 64, "sjabloon_sha256": "", "context_sha256": "", "context": "x" * 2000, "gemaakt": "",
        }
        for n in range(aantal)
    ]  # fmt: skip
    with app.database.begin() as verbinding:
        verbinding.execute(insert(DocumentRow), rijen)


def test_ten_thousand_documents_are_read_one_sheet_at_a_time_and_by_index(tmp_path: Path):
    app = make_app(tmp_path, make_procedure())
    save_dossier(app)
    fill_documenten(app, 10_000)
    client = bezoek(app, "inkoper.demo")
    pad = "/dossiers/PROEF/fasen/proef/documenten"
    vragen: list[str] = []
    event.listen(app.database, "before_cursor_execute", lambda c, cu, vraag, *rest: vragen.append(vraag))
    begin = time.perf_counter()
    antwoord = client.get(f"{pad}?blad=50")
    duur = time.perf_counter() - begin
    assert "10.000 documenten, blad 50 van 100" in antwoord.text
    assert antwoord.text.count("/documenten/proef/brief-") == 100
    assert not any("context," in v or "document.context " in v for v in vragen)
    assert duur < 3
    with app.database.connect() as verbinding:
        plan = verbinding.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT pad FROM document WHERE dossier='PROEF' AND fase='proef' "
                "ORDER BY versie DESC, id LIMIT 100 OFFSET 4900"
            )
        ).all()
    assert "ix_document_dossier_fase" in str(plan)


def test_search_finds_a_recipient_and_takes_signs_as_they_are(tmp_path: Path):
    app = make_app(tmp_path, make_procedure())
    save_dossier(app)
    fill_documenten(app, 120)
    client = bezoek(app, "inkoper.demo")
    pad = "/dossiers/PROEF/fasen/proef/documenten"
    assert "1 document met ‘aanbieder 00042’" in client.get(pad, params={"zoek": "aanbieder 00042"}).text
    for teken in ("%", "_", "'", '"><script>', "\\"):
        assert "0 documenten" in client.get(pad, params={"zoek": teken}).text
    assert "<script>" not in client.get(pad, params={"zoek": '"><script>'}).text
    for blad in ("0", "-5", "99999999999999999999", "2"):
        assert client.get(f"{pad}?blad={blad}").status_code == 200
    assert client.get(f"{pad}?blad=x").status_code == 404


def test_charts_have_a_text_alternative_with_every_figure(ver: App, client: TestClient):
    tekst = html.unescape(client.get(f"{PAD}/grafieken").text)
    grafieken = build_grafieken(build_dossierbeeld(ver, DOSSIER, "inkoper.demo"))
    assert {g.code for g in grafieken} >= {"planning", "enquete", "scores-1"}
    for grafiek in grafieken:
        assert f'<title id="t-{grafiek.code}">{grafiek.titel}</title>' in tekst
        for staaf in grafiek.staven:
            assert f"{staaf.label}: {staaf.tekst}." in tekst
            assert 0 <= staaf.x <= 1000
            assert 0 < staaf.breedte <= 1000
            for cel in staaf.cellen:
                assert f"<td>{cel}</td>" in tekst


def test_scores_are_drawn_only_of_percelen_whose_quality_is_locked(tmp_path: Path):
    app = tell_tot(tmp_path, "consensus_vaststellen", aanbieders=60)
    grafieken = build_grafieken(build_dossierbeeld(app, DOSSIER, "inkoper.demo"))
    assert not [g for g in grafieken if g.code.startswith("scores-")]


@pytest.mark.parametrize(
    "pad", ["", "/grafieken", "/werkboeken", "/fasen/gunning/documenten", "/handelingen/niet_gunnen"]
)
def test_pages_have_one_heading_one_main_labels_and_no_script(client: TestClient, pad: str):
    tekst = client.get(PAD + pad).text
    for teken in ("<script", "style=", "onclick", "javascript:"):
        assert teken not in tekst
    assert tekst.count("<h1>") == 1
    assert tekst.count("<main") == 1
    assert '<html lang="nl">' in tekst
    velden = set(re.findall(r'<(?:input|select|textarea)[^>]*? id="([^"]+)"', tekst))
    assert velden <= set(re.findall(r'<label for="([^"]+)"', tekst))
    ids = re.findall(r' id="([^"]+)"', tekst)
    assert len(ids) == len(set(ids))
    niveaus = [int(n) for n in re.findall(r"<h([1-6])", tekst)]
    assert all(b - a <= 1 for a, b in pairwise(niveaus))
    for verwijzing in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', tekst):
        assert set(verwijzing.split()) <= set(ids)


def test_words_for_codes_numbers_and_values():
    assert show_code("in_beoordeling") == "In beoordeling"
    assert show_code("ScoresVergrendeld") == "Scores vergrendeld"
    assert show_getal(1234567) == "1.234.567"
    assert show_waarde({"a": (True, None)}) == "A: ja · –"


def test_what_the_stages_say_of_the_dossier_stands_on_its_page_and_at_the_acts_of_that_stage(
    ver: App, client: TestClient
):
    zin = "De opschortende termijn van perceel 1"
    for pad in ("", "/handelingen/verzending_vastleggen"):
        tekst = html.unescape(client.get(f"/dossiers/{DOSSIER}{pad}").text)
        assert "Stand van het dossier" in tekst
        assert zin in tekst
    assert zin not in html.unescape(client.get(f"/dossiers/{DOSSIER}/handelingen/aanvragen_registreren").text)


def test_no_status_is_shown_as_its_code(client: TestClient):
    tekst = html.unescape(client.get(f"/dossiers/{DOSSIER}").text)
    zichtbaar = re.sub(r"<[^>]+>", " ", tekst)
    codes = {h.naar for p in PROCEDURES for _, h in p.list_handelingen() if h.naar and "_" in h.naar}
    assert [code for code in codes if re.search(rf"(status|is) \w* ?{code}", zichtbaar)] == []
    assert "nodig is" in zichtbaar
