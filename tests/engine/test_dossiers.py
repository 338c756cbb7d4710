"""A new dossier: its procedure exists on the day whose law is read, and its municipalities are those that take part."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.bootstrap import make_app
from aanbesteding.domain.feiten import BeleidskaderVastgesteld
from aanbesteding.engine.app import App
from aanbesteding.engine.dossiers import make_dossier
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.errors import InvoerError
from aanbesteding.regio import find_aanbestedingen, list_regios, regio_mappen
from aanbesteding.settings import Settings
from aanbesteding.storage.queries import list_dossiers

REGIOS = regio_mappen()[0]
BESTANDEN = [pad for map_ in list_regios(regio_mappen()) for pad in find_aanbestedingen(map_)]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AANBESTEDING_HOME", str(tmp_path / "staat"))
    return make_app(Settings())


def change(tmp_path: Path, bestand: Path, oud: str, nieuw: str) -> Path:
    """A copy of a definition with one thing changed."""
    tekst = bestand.read_text(encoding="utf-8")
    assert oud in tekst
    pad = tmp_path / bestand.name
    pad.write_text(tekst.replace(oud, nieuw), encoding="utf-8")
    return pad


def test_every_purchase_of_every_region_becomes_a_dossier(app: App) -> None:
    codes = [make_dossier(app, pad) for pad in BESTANDEN]
    assert len(set(codes)) == len(codes) == len(list_dossiers(app.database)) == 10


def test_peildatum_of_the_definition_is_the_day_whose_law_is_read(app: App) -> None:
    code = make_dossier(app, REGIOS / "regio-alkmaar" / "wmo-2016.toml")
    dossier, procedure, _ = app.load(code)
    assert (dossier.peildatum.isoformat(), procedure.code) == ("2015-05-01", "bestuurlijk")


@pytest.mark.parametrize(
    ("oud", "nieuw", "fout"),
    [
        pytest.param(
            'procedure = "b_diensten"',
            'procedure = "sas"',
            "kan pas vanaf vrijdag 1 juli 2016",
            id="te vroeg",
        ),
        pytest.param(
            "peildatum = 2015-05-01",
            "peildatum = 2016-07-01",
            "kan tot en met donderdag 30 juni 2016",
            id="een dag te laat",
        ),
    ],
)
def test_procedure_that_does_not_exist_on_the_peildatum_is_refused(
    app: App, tmp_path: Path, oud: str, nieuw: str, fout: str
) -> None:
    pad = change(tmp_path, REGIOS / "regio-alkmaar" / "jeugd-2016.toml", oud, nieuw)
    with pytest.raises(InvoerError, match=fout):
        make_dossier(app, pad)
    assert list_dossiers(app.database) == ()


def test_westfriesland_records_the_rider_of_opmeer_and_refuses_without_the_parallel_track(app: App) -> None:
    code = make_dossier(app, REGIOS / "westfriesland" / "wf-2024.toml")
    besluit = {
        "gemeente": "opmeer",
        "orgaan": "gemeenteraad",
        "datum": "2023-02-16",
        "kenmerk": "gmb-2023-151628",
    }
    with pytest.raises(HandelingRefused) as fout:
        perform(app, code, "beleidskader_vaststellen", besluit, "jurist.demo")
    assert [o.code for o in fout.value.overtredingen] == ["traject-niet-tegelijk-aangeboden"]
    toevoeging = app.load(code)[0].aanbesteding.besluiten[0].toevoegingen[0].tekst
    volledig = besluit | {"tegelijk": ["jeugdbescherming"], "toevoegingen": [toevoeging]}
    perform(app, code, "beleidskader_vaststellen", volledig, "jurist.demo")
    (feit,) = app.load(code)[0].list_feiten(BeleidskaderVastgesteld)
    assert (feit.gemeente, feit.toevoegingen) == ("opmeer", (toevoeging,))


def test_last_day_of_the_old_regime_is_allowed(app: App, tmp_path: Path) -> None:
    jeugd = REGIOS / "regio-alkmaar" / "jeugd-2016.toml"
    assert make_dossier(app, change(tmp_path, jeugd, "peildatum = 2015-05-01", "peildatum = 2016-06-30"))


@pytest.mark.parametrize(
    ("naam", "aantal"),
    [
        pytest.param("jeugdhulp", 9, id="jeugdhulp door alle negen"),
        pytest.param("wmo-begeleiding", 7, id="begeleiding door zeven"),
    ],
)
def test_region_of_a_dossier_holds_only_its_participants(app: App, naam: str, aantal: int) -> None:
    _, _, regio = app.load(make_dossier(app, REGIOS / "hart-van-brabant" / f"{naam}.toml"))
    assert len(regio.gemeenten) == aantal
    assert ("waalwijk" in {g.code for g in regio.gemeenten}) == (aantal == 9)


def test_municipality_that_the_region_does_not_have_is_refused(app: App, tmp_path: Path) -> None:
    pad = REGIOS / "hart-van-brabant" / "wmo-dagbesteding.toml"
    with pytest.raises(InvoerError, match="gemeente 'breda' bestaat niet in regio 'hart-van-brabant'"):
        make_dossier(app, change(tmp_path, pad, '"goirle", ', '"breda", '))


def test_every_name_that_does_not_exist_is_told_with_its_line(app: App, tmp_path: Path) -> None:
    pad = change(
        tmp_path, REGIOS / "zuid-holland-zuid" / "jeugd-2022.toml", 'procedure = "sas"', 'procedure = "s"'
    )
    tekst = pad.read_text(encoding="utf-8").replace('regio = "zuid-holland-zuid"', 'regio = "zuid"', 1)
    pad.write_text(tekst.replace('"toelating"', '"onderhands"', 1), encoding="utf-8")
    with pytest.raises(InvoerError) as fout:
        make_dossier(app, pad)
    eerste, *procedures = fout.value.fouten
    assert re.match(r".*, regel \d+: de regio 'zuid' bestaat niet. Bekend zijn: ", eerste)
    assert len(procedures) == 2
    assert all(re.match(r".*, regel \d+: procedure '(s|onderhands)' bestaat niet.", f) for f in procedures)


def test_a_code_that_is_there_twice_is_told_with_its_line(app: App, tmp_path: Path) -> None:
    pad = change(
        tmp_path,
        REGIOS / "zuid-holland-zuid" / "jeugd-2022.toml",
        'code = "bibob"',
        'code = "looptijd_maanden"',
    )
    with pytest.raises(
        InvoerError, match=r"regel \d+: codes van open punten .*'looptijd_maanden' staat er 2 keer"
    ):
        make_dossier(app, pad)
