"""Excel on the pages: a workbook to fill in, reading it in whole or not at all, and exports that start no formula."""

from __future__ import annotations

import html
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from starlette.testclient import TestClient

from aanbesteding.adapters.werkboek import render_werkboek
from aanbesteding.adapters.werkboek_uit import Kolom, render_sjabloon, render_uitvoer
from aanbesteding.domain.feiten import InschrijvingenOntvangen
from aanbesteding.engine.app import App
from aanbesteding.engine.uitvoer import UITVOER
from aanbesteding.fasen.marktconsultatie.besluiten import PartijenGeregistreerd
from aanbesteding.storage.dossier import load_kop
from web.hulp import bezoek, send
from web.verloop import DOSSIER, tell_tot
from zegels import read_enveloppen

PAD = f"/dossiers/{DOSSIER}/werkboeken"
FORMULES = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://elders.example")')


@pytest.fixture
def app(tmp_path: Path) -> App:
    return tell_tot(tmp_path, "aanbieders")


@pytest.fixture
def client(app: App) -> TestClient:
    return bezoek(app, "inkoper.demo")


def upload(client: TestClient, inhoud: bytes, naam: str = "aanbieders.xlsx", soort: str = "aanbieders"):
    return send(client, f"{PAD}/{soort}", files={"bestand": (naam, inhoud)})


def fill_in(sjabloon: bytes, blad: str, *rijen: tuple[Any, ...]) -> bytes:
    """The downloaded workbook with rows, as a person would save it."""
    boek = load_workbook(BytesIO(sjabloon))
    for rij in rijen:
        boek[blad].append(rij)
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def find_groep(app: App) -> str:
    return app.load(DOSSIER)[0].aanbesteding.consultatie.groepen[0].code


def make_partij(app: App, nummer: int, **anders: str) -> tuple[str, ...]:
    rij = {
        "sleutel": f"partij-{nummer}",
        "naam": f"Verzonnen partij {nummer}",
        "groep": find_groep(app),
        "straat": "Verzonnen laan 1",
        "postcode": "5301 AA",
        "plaats": "Zaltbommel",
        "email": f"partij{nummer}@verzonnen.example",
    }
    return tuple((rij | anders).values())


def test_workbook_to_fill_in_has_headers_lists_and_an_explanation_of_every_column(
    app: App, client: TestClient
):
    antwoord = client.get(f"{PAD}/aanbieders/invulblad")
    boek = load_workbook(BytesIO(antwoord.content))
    assert boek.sheetnames == ["Keuzelijsten", "partijen", "Uitleg"]
    assert boek["Keuzelijsten"].sheet_state == "hidden"
    kop = [cel.value for cel in boek["partijen"][1]]
    assert kop == ["sleutel", "naam", "groep", "straat", "postcode", "plaats", "email"]
    uitgelegd = {rij[1] for rij in boek["Uitleg"].iter_rows(values_only=True) if rij[0] == "partijen"}
    assert uitgelegd == set(kop)
    (lijst,) = boek["partijen"].data_validations.dataValidation
    assert str(lijst.sqref).startswith("C2:C")
    codes = [cel.value for cel in boek["Keuzelijsten"]["A"]]
    assert codes == [g.code for g in app.load(DOSSIER)[0].aanbesteding.consultatie.groepen]


@pytest.mark.parametrize("soort", ["aanbieders", "reacties", "vragen", "inschrijvingen", "aanvragen"])
def test_every_workbook_of_the_buyer_can_be_downloaded_and_opens(client: TestClient, soort: str):
    antwoord = client.get(f"{PAD}/{soort}/invulblad")
    assert antwoord.status_code == 200
    assert f'filename="{DOSSIER}-{soort}-invulblad.xlsx"' in antwoord.headers["content-disposition"]
    load_workbook(BytesIO(antwoord.content))


def test_filled_in_workbook_is_read_in(app: App, client: TestClient):
    sjabloon = client.get(f"{PAD}/aanbieders/invulblad").content
    antwoord = upload(client, fill_in(sjabloon, "partijen", make_partij(app, 1), make_partij(app, 2)))
    assert antwoord.status_code == 200, html.unescape(antwoord.text)
    feit = app.load(DOSSIER)[0].list_feiten(PartijenGeregistreerd)[-1]
    assert [p.sleutel for p in feit.partijen] == ["partij-1", "partij-2"]


def test_one_fault_and_nothing_is_read_in_and_every_fault_names_sheet_row_and_column(
    app: App, client: TestClient
):
    versie = load_kop(app.database, DOSSIER).versie
    sjabloon = client.get(f"{PAD}/aanbieders/invulblad").content
    rijen = (make_partij(app, 1), make_partij(app, 2, email="geen adres"), make_partij(app, 3, naam=""))
    antwoord = upload(client, fill_in(sjabloon, "partijen", *rijen))
    assert antwoord.status_code == 422
    tekst = html.unescape(antwoord.text)
    assert "Er is niets ingelezen (aanbieders): 2 fouten" in tekst
    assert "Blad ‘partijen’: 2 cellen met een fout" in tekst
    cellen = re.findall(r'<tr><th scope="row">(\w+)</th><td>(\w+)</td><td>(.*?)</td><td>(.*?)</td>', tekst)
    assert [(cel, kolom) for cel, kolom, _, _ in cellen] == [("G3", "email"), ("B4", "naam")]
    assert all(gevonden and moet for _, _, gevonden, moet in cellen)
    assert load_kop(app.database, DOSSIER).versie == versie


@pytest.mark.parametrize(
    ("inhoud", "naam"),
    [
        pytest.param(b"", "aanbieders.xlsx", id="leeg"),
        pytest.param(b"PK\x03\x04 geen werkboek", "aanbieders.xlsx", id="geen werkboek"),
        pytest.param(b"MZ", "virus.exe", id="een programma"),
        pytest.param(b"a;b", "../../../etc/aanbieders.csv", id="een naam met een pad"),
        pytest.param(b"x", "....xlsx", id="een naam zonder naam"),
    ],
)
def test_file_that_is_no_workbook_is_told_in_words(app: App, client: TestClient, inhoud: bytes, naam: str):
    antwoord = upload(client, inhoud, naam)
    assert antwoord.status_code == 422
    assert "Er is niets ingelezen" in antwoord.text
    assert ".." not in html.unescape(antwoord.text).partition('role="alert"')[2].partition("</div>")[0]


def test_without_a_file_the_page_asks_for_one(client: TestClient):
    assert "Kies een bestand" in send(client, f"{PAD}/aanbieders").text


def test_workbook_of_an_act_that_cannot_be_done_now_is_refused_with_every_reason(
    app: App, client: TestClient
):
    sjabloon = client.get(f"{PAD}/vragen/invulblad").content
    rij = ("1", "Verzonnen aanbieder", "", "", "", "Een vraag?", "2026-04-20 10:00")
    boek = load_workbook(BytesIO(sjabloon))
    boek["vragen"].append(rij[:-1])
    boek["vragen"].cell(2, 7).value = app.klok.nu().replace(tzinfo=None)
    uit = BytesIO()
    boek.save(uit)
    antwoord = upload(client, uit.getvalue(), "vragen.xlsx", "vragen")
    assert antwoord.status_code == 409
    assert "nodig is gepubliceerd" in html.unescape(antwoord.text)


def read_rijen(inhoud: bytes) -> dict[str, list[tuple[Any, ...]]]:
    boek = load_workbook(BytesIO(inhoud))
    return {blad.title: list(blad.iter_rows(values_only=True)) for blad in boek.worksheets}


def test_exports_hold_what_was_recorded_and_never_sealed_content(tmp_path: Path):
    app = tell_tot(tmp_path, "inschrijvingen_openen")
    client = bezoek(app, "inkoper.demo")
    bladen = {soort: read_rijen(client.get(f"{PAD}/{soort}/uitvoer").content) for soort in UITVOER}
    ontvangen = [
        i for f in app.load(DOSSIER)[0].list_feiten(InschrijvingenOntvangen) for i in f.inschrijvingen
    ]
    rijen = bladen["inschrijvingen"]["inschrijvingen"]
    assert [rij[0] for rij in rijen[1:]] == [i.nummer for i in ontvangen]
    assert bladen["scores"]["losse scores"] == [("leeg",)]
    assert len(bladen["reacties"]["scores"]) > 1
    verzegeld = read_enveloppen(app, DOSSIER, "prijs") | read_enveloppen(app, DOSSIER, "inschrijving")
    assert verzegeld
    alles = str(bladen["inschrijvingen"])
    for inhoud in verzegeld.values():
        assert str(inhoud) not in alles
    assert "antwoorden" not in rijen[0]
    assert "prijs" not in rijen[0]


@pytest.mark.parametrize("formule", FORMULES)
def test_no_exported_cell_starts_a_formula(formule: str):
    inhoud = render_uitvoer({"blad": ((formule, "b"), [(formule, 1), (None, True)])})
    blad = load_workbook(BytesIO(inhoud))["blad"]
    for cel in (blad["A1"], blad["A2"]):
        assert cel.value == formule
        assert cel.data_type == "s"
        assert cel.quotePrefix
    with ZipFile(BytesIO(inhoud)) as archief:
        assert b"<f>" not in archief.read("xl/worksheets/sheet1.xml")


def list_formules(inhoud: bytes) -> list[str]:
    """Every member of a workbook in which a cell is a formula, or in which Excel would make one after an edit."""
    gevonden: list[str] = []
    with ZipFile(BytesIO(inhoud)) as archief:
        gevonden += [naam for naam in archief.namelist() if re.search(rb"<f[ >]", archief.read(naam))]
    for blad in load_workbook(BytesIO(inhoud)).worksheets:
        for cel in (cel for rij in blad.iter_rows() for cel in rij if isinstance(cel.value, str)):
            if cel.data_type != "s" or (cel.value[:1] in "=+-@\t\r\n" and not cel.quotePrefix):
                gevonden.append(f"{blad.title}!{cel.coordinate}")
    return gevonden


def test_name_that_looks_like_a_formula_goes_in_and_comes_out_as_a_name(app: App, client: TestClient):
    rijen = [make_partij(app, n, naam=f"{formule.strip()} {n}") for n, formule in enumerate(FORMULES)]
    kolommen = ("sleutel", "naam", "groep", "straat", "postcode", "plaats", "email")
    bestand = render_werkboek({"partijen": (kolommen, rijen)})
    assert upload(client, bestand).status_code == 200
    uitvoer = {soort: client.get(f"{PAD}/{soort}/uitvoer").content for soort in UITVOER}
    assert any("HYPERLINK" in str(read_rijen(inhoud)) for inhoud in uitvoer.values())
    assert [soort for soort, inhoud in uitvoer.items() if list_formules(inhoud)] == []


@pytest.mark.parametrize("begin", [*FORMULES, "\r=1", "\n=1"])
def test_no_column_of_any_export_starts_a_formula(begin: str):
    for soort, bronnen in UITVOER.items():
        bladen = {bron.blad: ((f"{begin} kolom",), [(f"{begin} {soort}",), (begin,)]) for bron in bronnen}
        assert list_formules(render_uitvoer(bladen)) == []


def test_no_choice_of_a_workbook_to_fill_in_starts_a_formula():
    inhoud = render_sjabloon({"blad": [Kolom("a", "=1", "keuze", True, FORMULES)]}, "=2")
    with ZipFile(BytesIO(inhoud)) as archief:
        for naam in archief.namelist():
            assert b"<f>" not in archief.read(naam)


def test_control_characters_do_not_break_an_export():
    inhoud = render_uitvoer({"blad": (("a",), [("goed\x00\x0bgoed",)])})
    assert load_workbook(BytesIO(inhoud))["blad"]["A2"].value == "goedgoed"


def test_workbook_that_is_not_there_and_export_that_is_not_there_do_not_exist(client: TestClient):
    assert client.get(f"{PAD}/onbekend/invulblad").status_code == 404
    assert client.get(f"{PAD}/onbekend/uitvoer").status_code == 400


def test_buyer_does_not_read_in_what_belongs_to_the_chair(app: App, client: TestClient):
    leeg = BytesIO()
    Workbook().save(leeg)
    assert upload(client, leeg.getvalue(), "consensus.xlsx", "consensus").status_code == 403
    assert f'action="{PAD}/consensus"' not in client.get(PAD).text
