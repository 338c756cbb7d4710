"""The pages on the product as bootstrap builds it: the real procedure and region, from the first acts on."""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.bootstrap import make_app
from aanbesteding.demo.draaien import Verteller, load_verhaal
from aanbesteding.domain.regel import Ernst
from aanbesteding.engine.app import App
from aanbesteding.engine.dossiers import make_dossier
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.overzicht import list_relevant
from aanbesteding.regio import regio_mappen
from aanbesteding.settings import Settings
from aanbesteding.storage.documenten import list_documenten
from web.hulp import bezoek, log_in, make_pagina, make_toegang

DOSSIER = "BW-2027"
PAGINA = f"/dossiers/{DOSSIER}"


class Fasebeurt:
    """Makes the promised documents in this process; answers as the flow of the stage does."""

    fouten: tuple[str, ...]

    def __init__(self, app: App, fase: str) -> None:
        self.fouten = tuple(f for t in list_open(app, DOSSIER, fase) for f in produce(app, t).fouten)


def tell_begin(map_: Path, stappen: int) -> App:
    """A dossier of the Bommelerwaard with the first steps of its story; all parties are invented."""
    verhaal, regiomap = load_verhaal("bommelerwaard", regio_mappen())
    verzinsels = verhaal.verzinsels.model_copy(update={"aanbieders": 4, "partijen_per_groep": 1})
    kort = verhaal.model_copy(update={"stappen": verhaal.stappen[:stappen], "verzinsels": verzinsels})
    klok = StilstaandeKlok(verhaal.begin_tijd)
    app = make_app(Settings(home=map_), klok)
    make_dossier(app, regiomap / verhaal.aanbesteding, DOSSIER, demo=True)
    verteller = Verteller(
        app, klok, kort, DOSSIER, map_ / "invoer", lambda fase, dossier, als: Fasebeurt(app, fase)
    )
    verteller.tell(lambda stap, documenten: None)
    return app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The consultation has just been opened and its documents are made."""
    app = tell_begin(tmp_path_factory.mktemp("bommelerwaard"), 5)
    make_toegang(app, "inkoper.demo")
    return app


@pytest.fixture
def client(app: App) -> TestClient:
    return log_in(make_pagina(app), "inkoper.demo")


def test_list_and_page_show_the_dossier(client: TestClient):
    assert PAGINA in client.get("/").text
    antwoord = client.get(PAGINA)
    assert antwoord.status_code == 200
    for woord in ("Bommelerwaard", "documenten<", "fasen/marktconsultatie/documenten"):
        assert woord in antwoord.text


def test_act_that_cannot_be_done_yet_shows_every_reason_with_code_and_article(tmp_path: Path):
    app = tell_begin(tmp_path, 1)
    tekst = html.unescape(bezoek(app, "inkoper.demo").get(PAGINA).text)
    grijs = [stand for stand in list_relevant(app, DOSSIER) if not stand.mogelijk]
    redenen = {o.code: o for stand in grijs for o in stand.overtredingen if o.ernst is Ernst.BLOKKEERT}
    assert "beleidskader-ontbreekt" in redenen
    assert "Aw 2012 art. 2.163c" in redenen["grondslag-toetreding-ontbreekt"].grondslag
    gelijk = r"Perceel 1, 2, 3, 4 en 5: status voorbereiding; nodig is [^<]+ <span class=\"grond\">\(status-past-niet;"
    assert re.search(gelijk, tekst)
    assert "Perceel 2 heeft status" not in tekst
    for reden in redenen.values():
        assert f'{reden.tekst} <span class="grond">({reden.code}; {reden.grondslag})</span>' in tekst
    for stand in grijs:
        assert f'<li class="nog-niet"><strong>{stand.titel}</strong>' in tekst


def test_every_document_of_the_page_is_downloaded_whole(client: TestClient, app: App):
    documenten = list_documenten(app.database, DOSSIER)
    assert len(documenten) > 5
    pagina = client.get(f"{PAGINA}/fasen/marktconsultatie/documenten").text
    for regel in documenten:
        adres = f"{PAGINA}/documenten/{regel.pad}"
        assert f'href="{adres}"' in pagina
        assert hashlib.sha256(client.get(adres).content).hexdigest() == regel.sha256


@pytest.mark.parametrize(
    "pad",
    [
        pytest.param("../../aanbesteding.db", id="de database, recht omhoog"),
        pytest.param("..%2F..%2Faanbesteding.db", id="de database, met gecodeerde schuine strepen"),
        pytest.param("%2e%2e%2f%2e%2e%2faanbesteding.db", id="de database, helemaal gecodeerd"),
        pytest.param("%252e%252e%252f%252e%252e%252faanbesteding.db", id="de database, dubbel gecodeerd"),
        pytest.param("..%5C..%5Caanbesteding.db", id="de database, met omgekeerde strepen"),
        pytest.param("marktconsultatie/../../../aanbesteding.db", id="de database, via een map die er is"),
    ],
)
def test_database_is_never_downloaded(client: TestClient, pad: str):
    antwoord = client.get(f"{PAGINA}/documenten/{pad}")
    assert antwoord.status_code == 404
    assert b"SQLite format" not in antwoord.content
    assert antwoord.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in antwoord.headers["Content-Security-Policy"]
