"""The committee on the pages: first the declaration, then each alone, then the chair with all scores side by side."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select
from starlette.testclient import TestClient

from aanbesteding.domain.feiten import ConsensusVastgesteld, ScoresVergrendeld
from aanbesteding.domain.gunningsrangorde import load_geldige_inschrijvingen
from aanbesteding.engine.app import App
from aanbesteding.engine.beoordelen import SCOREN
from aanbesteding.engine.standen import load_geladen
from aanbesteding.engine.uitvoer import build_uitvoer
from aanbesteding.storage.concepten import load_concepten
from aanbesteding.storage.tables_toegang import AuditRow
from web.hulp import find_token, log_in, make_pagina, make_toegang, send
from web.verloop import DOSSIER, tell_tot
from zegels import read_enveloppen

PAD = f"/dossiers/{DOSSIER}"
LEDEN = ("beoordelaar1.demo", "beoordelaar2.demo", "beoordelaar3.demo")
GEHEIM = "Verzonnen reden die alleen de schrijver leest"


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = tell_tot(tmp_path, "belangenverklaring_afleggen")
    for persoon in (*LEDEN, "voorzitter.demo", "inkoper.demo", "auditor.demo"):
        make_toegang(app, persoon)
    return app


@pytest.fixture
def web(app: App) -> FastAPI:
    return make_pagina(app)


def verklaar(client: TestClient, perceel: str = "1") -> None:
    """Declare no interest through the form of the act."""
    pad = f"{PAD}/handelingen/belangenverklaring_afleggen"
    gegevens = {
        "_token": find_token(client.get(pad)),
        "_versie": find_versie(client, pad),
        "percelen": perceel,
        "belang": "nee",
        "_doe": "verricht",
    }
    antwoord = client.post(pad, data=gegevens)
    assert "Vastgelegd" in antwoord.text, html.unescape(antwoord.text)


def find_versie(client: TestClient, pad: str) -> str:
    gevonden = re.search(r'name="_versie" value="(\d+)"', client.get(pad).text)
    assert gevonden
    return gevonden[1]


def list_criteria(app: App) -> list[str]:
    from aanbesteding.domain.feiten import PerceelUitgewerkt

    uitgewerkt = app.load(DOSSIER)[0].laatste(PerceelUitgewerkt, perceel="1")
    assert uitgewerkt is not None
    return [c.code for c in uitgewerkt.criteria if c.soort == "kwaliteit"]


def list_geldig(app: App) -> tuple[str, ...]:
    return load_geldige_inschrijvingen(app.load(DOSSIER)[0], "1")


def fill_in(
    client: TestClient, app: App, score: str = "4", soort: str = "beoordelen", reden: str = GEHEIM
) -> None:
    """Fill in every bid of perceel 1."""
    for nummer in list_geldig(app):
        gegevens = {f"{c}.score": score for c in list_criteria(app)}
        gegevens |= {f"{c}.motivering": reden for c in list_criteria(app)}
        gegevens |= {
            f"{c}.waarom_niet_maximaal": "Verzonnen: er ontbrak een plan" for c in list_criteria(app)
        }
        assert send(client, f"{PAD}/{soort}/1/{nummer}", gegevens).status_code == 303


def lever_in(client: TestClient, soort: str = "beoordelen") -> int:
    pad = f"{PAD}/{soort}/1"
    return send(client, pad, {"_versie": find_versie(client, pad)}).status_code


def test_nothing_can_be_scored_before_the_declaration_of_interests(app: App, web: FastAPI):
    client = log_in(web, LEDEN[0])
    overzicht = html.unescape(client.get(f"{PAD}/beoordelen").text)
    assert "nog geen belangenverklaring" in overzicht
    assert f'href="{PAD}/handelingen/belangenverklaring_afleggen"' in overzicht
    nummer = list_geldig(app)[0]
    assert "<textarea" not in client.get(f"{PAD}/beoordelen/1/{nummer}").text
    assert send(client, f"{PAD}/beoordelen/1/{nummer}", {"K1.score": "4"}).status_code == 409
    assert load_concepten(app.database, DOSSIER, LEDEN[0], SCOREN) == {}


def test_who_declared_an_interest_does_not_score(app: App, web: FastAPI):
    client = log_in(web, LEDEN[0])
    pad = f"{PAD}/handelingen/belangenverklaring_afleggen"
    gegevens = {"percelen": "1", "belang": "ja", "toelichting": "Verzonnen belang", "_doe": "verricht"}
    send(client, pad, gegevens | {"_versie": find_versie(client, pad)})
    assert "meldde een belang" in html.unescape(client.get(f"{PAD}/beoordelen").text)


def test_form_shows_the_scale_with_the_meaning_of_each_point_and_keeps_what_is_not_complete(
    app: App, web: FastAPI
):
    client = log_in(web, LEDEN[0])
    verklaar(client)
    pad = f"{PAD}/beoordelen/1/{list_geldig(app)[0]}"
    tekst = html.unescape(client.get(pad).text)
    werk = load_geladen(app, DOSSIER).dossier
    from aanbesteding.domain.feiten import PerceelUitgewerkt

    uitgewerkt = werk.laatste(PerceelUitgewerkt, perceel="1")
    assert uitgewerkt is not None
    for punt in uitgewerkt.schaal:
        assert punt.betekenis in tekst
        assert punt.uitleg in tekst
    code = list_criteria(app)[0]
    antwoord = send(client, pad, {f"{code}.score": "4", f"{code}.motivering": ""})
    assert antwoord.status_code == 422
    assert "vul in waarom u deze score geeft" in html.unescape(antwoord.text)
    assert f'name="{code}.score" value="4" checked' in client.get(pad).text
    vreemd = send(client, pad, {f"{code}.score": "99", f"{code}.motivering": GEHEIM})
    assert vreemd.status_code == 422
    assert GEHEIM in vreemd.text


def test_incomplete_scores_cannot_be_locked_and_nothing_typed_is_lost(app: App, web: FastAPI):
    client = log_in(web, LEDEN[0])
    verklaar(client)
    eerste = list_geldig(app)[0]
    code = list_criteria(app)[0]
    send(client, f"{PAD}/beoordelen/1/{eerste}", {f"{code}.score": "4", f"{code}.motivering": GEHEIM})
    assert lever_in(client) == 409
    assert app.load(DOSSIER)[0].list_feiten(ScoresVergrendeld) == ()
    assert GEHEIM in client.get(f"{PAD}/beoordelen/1/{eerste}").text


def test_scores_are_locked_once_and_for_all(app: App, web: FastAPI):
    client = log_in(web, LEDEN[0])
    verklaar(client)
    fill_in(client, app)
    assert lever_in(client) == 200
    feit = app.load(DOSSIER)[0].laatste(ScoresVergrendeld, perceel="1", beoordelaar=LEDEN[0])
    assert feit is not None
    assert {s.motivering for s in feit.scores} == {GEHEIM}
    assert load_concepten(app.database, DOSSIER, LEDEN[0], SCOREN) == {}
    assert "Vastgelegd" in client.get(f"{PAD}/beoordelen").text
    nummer = list_geldig(app)[0]
    assert send(client, f"{PAD}/beoordelen/1/{nummer}", {"K1.score": "1"}).status_code == 409


def list_paginas(app: App) -> list[str]:
    nummer = list_geldig(app)[0]
    return [
        PAD,
        *(f"{PAD}/{deel}" for deel in ("beoordelen", "beoordelen/1", f"beoordelen/1/{nummer}")),
        *(f"{PAD}/{deel}" for deel in ("consensus", "consensus/1", f"consensus/1/{nummer}")),
        *(f"{PAD}/{deel}" for deel in ("werkboeken", "werkboeken/scores/uitvoer", "grafieken", "run")),
        *(f"{PAD}/handelingen/{h.code}" for _, h in app.load(DOSSIER)[1].list_handelingen()),
    ]


def test_nobody_reads_the_scores_of_another_before_the_committee_can_decide(app: App, web: FastAPI):
    een = log_in(web, LEDEN[0])
    verklaar(een)
    fill_in(een, app)
    twee = log_in(web, LEDEN[1])
    verklaar(twee)
    anderen = [twee, *(log_in(web, p) for p in ("voorzitter.demo", "inkoper.demo", "auditor.demo"))]
    for fase in ("concept", "vergrendeld"):
        for client in anderen:
            for pad in list_paginas(app):
                assert GEHEIM.encode() not in client.get(pad).content, (fase, pad)
        if fase == "concept":
            assert lever_in(een) == 200
    assert build_uitvoer(load_geladen(app, DOSSIER), "scores")[0].rijen == ()


def lock_all(app: App, web: FastAPI) -> None:
    for nummer, persoon in enumerate(LEDEN):
        client = log_in(web, persoon)
        verklaar(client)
        fill_in(client, app, score=("2", "4", "5")[nummer] if "5" in punten(app) else "4")
        assert lever_in(client) == 200


def punten(app: App) -> set[str]:
    from aanbesteding.domain.feiten import PerceelUitgewerkt

    uitgewerkt = app.load(DOSSIER)[0].laatste(PerceelUitgewerkt, perceel="1")
    assert uitgewerkt is not None
    return {str(p.punt) for p in uitgewerkt.schaal}


def test_chair_brings_the_scores_together_and_records_the_judgment(app: App, web: FastAPI):
    lock_all(app, web)
    voorzitter = log_in(web, "voorzitter.demo")
    nummer = list_geldig(app)[0]
    tekst = voorzitter.get(f"{PAD}/consensus/1/{nummer}").text
    for persoon in LEDEN:
        assert persoon in tekst
    assert tekst.count(GEHEIM) == len(LEDEN) * len(list_criteria(app))
    fill_in(voorzitter, app, soort="consensus", reden="Verzonnen oordeel van de commissie")
    assert lever_in(voorzitter, "consensus") == 200
    feit = app.load(DOSSIER)[0].laatste(ConsensusVastgesteld, perceel="1")
    assert feit is not None
    assert len(feit.oordelen) == len(list_geldig(app)) * len(list_criteria(app))
    assert len(build_uitvoer(load_geladen(app, DOSSIER), "scores")[0].rijen) == 3 * len(feit.oordelen)


def test_reason_that_names_another_bidder_is_refused_with_every_rule_and_noted(app: App, web: FastAPI):
    lock_all(app, web)
    voorzitter = log_in(web, "voorzitter.demo")
    namen = {i.nummer: i.aanbieder.naam for f in _ontvangen(app) for i in f.inschrijvingen}
    ander = list_geldig(app)[1]
    fill_in(voorzitter, app, soort="consensus", reden=f"Minder goed dan {namen[ander]}")
    pad = f"{PAD}/consensus/1"
    antwoord = send(voorzitter, pad, {"_versie": find_versie(voorzitter, pad)})
    assert antwoord.status_code == 409
    assert "reden-bevat-verboden-gegeven" in antwoord.text
    with Session(app.database) as sessie:
        regel = sessie.exec(select(AuditRow).order_by(AuditRow.id.desc())).first()  # pyright: ignore
    assert regel is not None
    assert "reden-bevat-verboden-gegeven" in regel.reden
    assert namen[ander] not in regel.reden


def _ontvangen(app: App):
    from aanbesteding.domain.feiten import InschrijvingenOntvangen

    return app.load(DOSSIER)[0].list_feiten(InschrijvingenOntvangen)


def test_no_sealed_price_is_on_any_page_before_quality_is_locked(app: App, web: FastAPI):
    prijzen = {str(w) for e in read_enveloppen(app, DOSSIER, "prijs").values() for w in e.values()}
    prijzen = {p for p in prijzen if re.fullmatch(r"\d+[.]\d+", p)}
    assert prijzen
    for persoon in (LEDEN[0], "voorzitter.demo", "inkoper.demo", "auditor.demo"):
        client = log_in(web, persoon)
        for pad in list_paginas(app):
            inhoud = client.get(pad).text
            for prijs in prijzen:
                assert prijs not in inhoud
                assert prijs.replace(".", ",") not in inhoud
