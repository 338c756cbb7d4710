"""Nothing that is stored shows a bid before it is opened, nor a price before its own opening: searched byte for byte.

A bid with marks in it goes through the product and a real Prefect server; then the database, every file and Prefect's
own database and logs are searched, also inside Word files and workbooks.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.prefect import run_fase
from aanbesteding.adapters.werkboek import render_werkboek
from aanbesteding.bootstrap import app_in_gebruik
from aanbesteding.demo.draaien import load_verhaal
from aanbesteding.demo.openers import list_wachtzinnen
from aanbesteding.demo.verhaal import Verhaal
from aanbesteding.demo.werkboeken import Bedenker
from aanbesteding.engine.app import App
from aanbesteding.engine.archief import save_archief, save_reservekopie
from aanbesteding.engine.perform import make_situatie, perform
from aanbesteding.fasen.publicatie.invoer import InschrijvingenRegistreren
from aanbesteding.regio import regio_mappen
from flows.conftest import Omgeving
from web.verloop import DOSSIER, tell_tot
from zegels import read_enveloppen

pytestmark = pytest.mark.prefect

BOD = "MERKTEKEN-VAN-EEN-BOD"
PRIJS = "31.41592653"


def build_biedingen(app: App, verhaal: Verhaal) -> InschrijvingenRegistreren:
    """The invented bids as their workbook gives them, with a mark in every remark and every price."""
    dossier, procedure, regio = app.load(DOSSIER)
    bladen = Bedenker(verhaal.verzinsels, dossier).inschrijvingen()
    kolommen, rijen = bladen["percelen"]
    bladen["percelen"] = (kolommen, [(*rij[:-1], PRIJS if rij[-1] else rij[-1]) for rij in rijen])
    bestand = procedure.load_invoerbestand("inschrijvingen")
    gelezen = app.lees_werkboek("inschrijvingen.xlsx", render_werkboek(bladen), bestand.bladen)
    invoer = bestand.build_invoer(gelezen, make_situatie(app, dossier, regio, "inkoper.demo"))
    assert isinstance(invoer, InschrijvingenRegistreren)
    biedingen = tuple(bod.model_copy(update={"opmerking": BOD}) for bod in invoer.inschrijvingen)
    return InschrijvingenRegistreren(inschrijvingen=biedingen)


def list_vindplaatsen(merk: str, *mappen: Path) -> list[str]:
    """Every file under these folders that holds the mark, also inside a zip."""
    return [p.name for map_ in mappen for p in map_.rglob("*") if p.is_file() and holds(p, merk.encode())]


def holds(pad: Path, merk: bytes) -> bool:
    if merk in pad.read_bytes():
        return True
    if not zipfile.is_zipfile(pad):
        return False
    with zipfile.ZipFile(pad) as zip_:
        return any(merk in zip_.read(naam) for naam in zip_.namelist())


def test_nothing_stored_shows_a_bid_or_a_price_before_its_opening(tmp_path: Path, prefect: Omgeving):
    app = tell_tot(tmp_path / "home", "inschrijvingen", aanbieders=6)
    verhaal, _ = load_verhaal("bommelerwaard", regio_mappen())
    overal = (tmp_path, prefect.home)
    assert isinstance(app.klok, StilstaandeKlok)
    with app_in_gebruik(app):
        biedingen = build_biedingen(app, verhaal)
        perform(app, DOSSIER, "inschrijvingen_registreren", biedingen, "inkoper.demo")
        run_fase(prefect.home, prefect.server, "publicatie", DOSSIER, "inkoper.demo")
        save_reservekopie(app, tmp_path / "kopie.zip", {})
        save_archief(app, DOSSIER, tmp_path / "archief.zip")
        assert BOD in str(read_enveloppen(app, DOSSIER, "inschrijving"))
        assert PRIJS in str(read_enveloppen(app, DOSSIER, "prijs"))
        assert list_vindplaatsen("I-001", *overal), "er wordt echt gezocht in wat is opgeslagen"
        assert list_vindplaatsen(BOD, *overal) == []
        assert list_vindplaatsen(PRIJS, *overal) == []

        openen = {"openers": ["inkoper.demo", "jurist.demo"], "plaats": "Gemeentehuis"}
        wachtzinnen = list_wachtzinnen(openen)
        perform(app, DOSSIER, "inschrijvingen_openen", openen, "inkoper.demo", wachtzinnen=wachtzinnen)
        run_fase(prefect.home, prefect.server, "publicatie", DOSSIER, "inkoper.demo")
        save_reservekopie(app, tmp_path / "kopie.zip", {})
        assert list_vindplaatsen(BOD, tmp_path), "na de opening is het bod een feit"
        assert list_vindplaatsen(BOD, prefect.home) == []
        assert list_vindplaatsen(PRIJS, *overal) == []
        for wachtzin in wachtzinnen.values():
            assert list_vindplaatsen(wachtzin, *overal) == []
