"""The database goes away, the disk is full, LibreOffice hangs, the mail server refuses: nothing is lost or done twice.

Every disturbance is tried at every place where it can come: at the first commit, the second, ... until there is none
left (every third one without AANBESTEDING_LANG=1). Then a person goes on as after a real one: look, and do the rest.
"""

from __future__ import annotations

import errno
import itertools
import os
import stat
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.pdf import convert
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.engine.verifieer import verify
from aanbesteding.engine.verzendbeeld import GEDULD, load_besluit
from aanbesteding.engine.verzending import report_bezorging, send, start_verzending
from aanbesteding.errors import BestandNietBewaard, OpslagWeg
from aanbesteding.storage import files
from aanbesteding.storage.queries import list_dossiers
from betrouwbaarheid import note
from fakes import save_dossier
from postkamer import ALS, DOSSIER, Postbus, approve, make_postapp, serve, use_smtp

pytestmark = [pytest.mark.traag, pytest.mark.lang, pytest.mark.betrouwbaarheid]

LANG = bool(os.environ.get("AANBESTEDING_LANG"))
ALLEN = ("aanbieder-1@zorg.example", "aanbieder-2@zorg.example")
BESLUIT = 2
STAPPEN = ("iets_vastleggen", "besluit_meedelen", "stukken_goedkeuren", "verzending_starten", "verzending_noteren",
           "stukken_verzenden")  # fmt: skip


def list_gedaan(app: App) -> list[str]:
    """Every act that was performed, once for each time."""
    vastleggingen = app.load(DOSSIER)[0].vastleggingen
    return [handeling for _, handeling in sorted({(v.versie, v.handeling) for v in vastleggingen})]


def work(app: App, postbus: Postbus) -> None:
    """A whole working day from wherever it was: decide, write, approve, send, and clear up what is unknown."""
    if not list_dossiers(app.database):
        save_dossier(app)
    for handeling, als in (("iets_vastleggen", ALS), ("besluit_meedelen", "gemandateerde.demo")):
        if handeling not in list_gedaan(app):
            perform(app, DOSSIER, handeling, {} if als != ALS else None, als)
    for toezegging in list_open(app, DOSSIER):
        assert not produce(app, toezegging).fouten
    if "stukken_goedkeuren" not in list_gedaan(app):
        approve(app, BESLUIT)
    if "verzending_starten" not in list_gedaan(app):
        start_verzending(app, DOSSIER, BESLUIT, ALS)
    send(app, DOSSIER)
    clear_up(app, postbus)


def clear_up(app: App, postbus: Postbus) -> None:
    """Wait until what was broken off counts as gone; a person asks of each unknown mail whether it came."""
    assert isinstance(app.klok, StilstaandeKlok)
    if any(b.stand == "bezig" for b in load_besluit(app, DOSSIER, BESLUIT).berichten):
        app.klok.jump(app.klok.nu() + GEDULD + timedelta(minutes=1))
        send(app, DOSSIER)
    for deel in load_besluit(app, DOSSIER, BESLUIT).berichten:
        if deel.stand != "onbekend":
            continue
        aangekomen = deel.bericht.email in {str(m["To"]) for m in postbus.mails}
        melding = {"besluit": BESLUIT, "ontvanger": deel.bericht.ontvanger, "op": app.klok.nu()}
        melding |= {"melding": "aangekomen" if aangekomen else "opnieuw", "toelichting": "gebeld"}
        report_bezorging(app, DOSSIER, melding, ALS)
    send(app, DOSSIER)


def count_alles(app: App, postbus: Postbus) -> Counter[str]:
    """What there is at the end of the day: acts, documents, letters in the log, mails that arrived."""
    met_hand = {"bezorging_melden"}
    telling = Counter(f"handeling {h}" for h in list_gedaan(app) if h not in met_hand)
    telling.update(f"mail {m['To']}" for m in postbus.mails)
    with app.database.connect() as verbinding:
        for tabel, kolommen in (
            ("document", "pad, sha256, status"),
            ("toezegging", "document, versie"),
        ):
            telling.update(
                f"{tabel} {tuple(rij)}" for rij in verbinding.execute(text(f"SELECT {kolommen} FROM {tabel}"))
            )
    berichten = load_besluit(app, DOSSIER, BESLUIT).berichten
    telling.update(f"bericht {b.bericht.ontvanger} {b.stand}" for b in berichten)
    map_ = app.bestanden.folder(DOSSIER)
    telling.update(f"bestand {p.relative_to(map_)}" for p in map_.rglob("*") if p.is_file())
    return telling


def note_dag(rij: str, goed: Counter[str], nu: Counter[str]) -> None:
    """Note this disturbance, then demand that nothing is lost or twice."""
    note("storing", rij, geprobeerd=1, verloren=(goed - nu).total(), dubbel=(nu - goed).total())
    assert nu == goed


@contextmanager
def cut_commit(engine: Engine, keer: int, *, na: bool) -> Generator[list[int]]:
    """The connection goes away at this commit: before it reached the disk, or after that but before the answer."""
    dialect, geteld = engine.dialect, [0]
    origineel: Callable[[Any], None] = dialect.do_commit

    def commit(verbinding: Any) -> None:
        geteld[0] += 1
        if geteld[0] == keer:
            if na:
                origineel(verbinding)
            if dialect.name == "postgresql":
                verbinding.dbapi_connection.close()
            assert dialect.dbapi is not None
            raise dialect.dbapi.OperationalError("disk I/O error: server closed the connection unexpectedly")
        origineel(verbinding)

    dialect.do_commit = commit  # type: ignore[method-assign]
    try:
        yield geteld
    finally:
        dialect.do_commit = origineel  # type: ignore[method-assign]


@contextmanager
def new_day(map_: Path) -> Generator[tuple[App, Postbus]]:
    """An app without a dossier and a mail server that takes everything."""
    postbus = Postbus()
    with serve(postbus) as server:
        app = use_smtp(make_postapp(map_, aantal=len(ALLEN)), server)
        try:
            yield app, postbus
        finally:
            app.load_post().postbode.close()


@pytest.fixture
def goed(tmp_path: Path) -> Counter[str]:
    """What an undisturbed day ends with."""
    with new_day(tmp_path / "goed") as (app, postbus):
        work(app, postbus)
        telling = count_alles(app, postbus)
    assert [h for h in STAPPEN if telling[f"handeling {h}"] != 1] == []
    assert [e for e in ALLEN if telling[f"mail {e}"] != 1] == []
    return telling


@pytest.mark.parametrize("na", [pytest.param(False, id="ervoor"), pytest.param(True, id="erna")])
def test_connection_that_is_cut_at_any_commit_loses_and_doubles_nothing(
    tmp_path: Path, goed: Counter[str], na: bool
):
    meldingen = list[str]()
    for keer in itertools.count(1, 1 if LANG else 3):
        with new_day(tmp_path / f"dag-{keer}") as (app, postbus):
            soort = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[app.database.dialect.name]
            with cut_commit(app.database, keer, na=na) as geteld:
                try:
                    work(app, postbus)
                except OpslagWeg as fout:
                    meldingen.append(str(fout))
            if geteld[0] < keer:
                break
            work(app, postbus)
            wanneer = "nadat de commit op schijf stond" if na else "voordat de commit op schijf stond"
            note_dag(f"verbinding met {soort} weg, {wanneer}", goed, count_alles(app, postbus))
            uitslag = verify(app, DOSSIER)
            assert uitslag.in_orde, uitslag.meldingen
    assert len(meldingen) >= (15 if LANG else 5)
    assert all("viel weg. Kijk in het dossier of dit is vastgelegd" in melding for melding in meldingen)


@pytest.mark.parametrize(
    "veld",
    [
        pytest.param("weiger_nummer", id="weigert het adres"),
        pytest.param("breek_bij", id="breekt af voor de inhoud"),
        pytest.param("breek_inhoud_bij", id="breekt af tijdens de inhoud"),
    ],
)
def test_mail_server_that_refuses_the_nth_mail_costs_that_mail_alone(
    tmp_path: Path, goed: Counter[str], veld: str
):
    for nummer in range(1, len(ALLEN) + 1):
        with new_day(tmp_path / f"dag-{nummer}") as (app, postbus):
            setattr(postbus, veld, nummer)
            work(app, postbus)
            standen = {b.bericht.email: b.stand for b in load_besluit(app, DOSSIER, BESLUIT).berichten}
            if veld == "weiger_nummer":
                assert standen == dict.fromkeys(ALLEN, "verzonden") | {ALLEN[nummer - 1]: "geweigerd"}
                opnieuw = {"besluit": BESLUIT, "ontvanger": f"I-{nummer:03d}", "op": app.klok.nu()}
                opnieuw |= {"melding": "opnieuw", "toelichting": "adres nagevraagd"}
                assert len(postbus.mails) == len(ALLEN) - 1
                report_bezorging(app, DOSSIER, opnieuw, ALS)
            work(app, postbus)
            nu = count_alles(app, postbus)
            if veld == "weiger_nummer":  # recorded twice: without the refused one, and with it
                nu["handeling verzending_noteren"] -= 1
                nu["handeling stukken_verzenden"] -= 1
            note_dag("mailserver weigert of breekt af bij de zoveelste mail", goed, +nu)


def break_disk(monkeypatch: pytest.MonkeyPatch, keer: int) -> list[int]:
    """The disk is full at this file, and at every one after it."""
    geteld, origineel = [0], os.fsync

    def fsync(nummer: int) -> None:
        geteld[0] += 1
        if geteld[0] >= keer:
            raise OSError(errno.ENOSPC, "No space left on device")
        origineel(nummer)

    monkeypatch.setattr(files.os, "fsync", fsync)
    return geteld


@pytest.mark.parametrize("keer", [1, 2])
def test_full_disk_stops_the_documents_and_keeps_what_is_there(
    tmp_path: Path, goed: Counter[str], monkeypatch: pytest.MonkeyPatch, keer: int
):
    with new_day(tmp_path / "dag") as (app, postbus):
        save_dossier(app)
        perform(app, DOSSIER, "iets_vastleggen", None, ALS)
        perform(app, DOSSIER, "besluit_meedelen", {}, "gemandateerde.demo")
        (toezegging,) = list_open(app, DOSSIER)
        with monkeypatch.context() as stuk:
            break_disk(stuk, keer)
            uit = produce(app, toezegging)
        assert uit.gemaakt == keer - 1
        (fout,) = uit.fouten
        assert "de schijf is vol. Maak ruimte" in fout
        assert not list(app.bestanden.wortel.rglob("*.deel"))
        assert len(list(app.bestanden.wortel.rglob("*.docx"))) == keer - 1
        assert [t.fout for t in list_open(app, DOSSIER)] == [fout]
        work(app, postbus)
        note_dag("schijf vol tijdens het schrijven van documenten", goed, count_alles(app, postbus))


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="een kleine schijf aankoppelen kan alleen root"
)
def test_really_full_disk_leaves_no_half_file(tmp_path: Path, goed: Counter[str]):
    schijf = tmp_path / "dag" / "documenten"
    schijf.mkdir(parents=True)
    aan = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(schijf)]
    if subprocess.run(aan, check=False, capture_output=True).returncode:
        pytest.skip("een tmpfs aankoppelen mag hier niet")
    try:
        with new_day(tmp_path / "dag") as (app, postbus):
            save_dossier(app)
            perform(app, DOSSIER, "iets_vastleggen", None, ALS)
            perform(app, DOSSIER, "besluit_meedelen", {}, "gemandateerde.demo")
            (toezegging,) = list_open(app, DOSSIER)
            uit = produce(app, toezegging)
            assert uit.gemaakt == 0
            assert "de schijf is vol" in uit.fouten[0]
            assert [p for p in schijf.rglob("*") if p.is_file()] == []
            subprocess.run(["mount", "-o", "remount,size=16m", str(schijf)], check=True)
            work(app, postbus)
            note_dag("schijf vol tijdens het schrijven van documenten", goed, count_alles(app, postbus))
    finally:
        subprocess.run(["umount", "-l", str(schijf)], check=True)


@pytest.mark.sqlite
def test_full_disk_of_the_database_is_told_and_leaves_the_dossier_as_it_was(tmp_path: Path):
    with new_day(tmp_path / "dag") as (app, _):
        save_dossier(app)
        perform(app, DOSSIER, "iets_vastleggen", None, ALS)
        app.database.dispose()
        with app.database.connect() as verbinding:
            bladen = verbinding.execute(text("PRAGMA page_count")).scalar_one()
            verbinding.execute(text(f"PRAGMA max_page_count = {bladen}"))
            verbinding.commit()
        tellen, melding = 0, ""
        while not melding and tellen < 500:
            try:
                perform(app, DOSSIER, "iets_vastleggen", None, ALS)
                tellen += 1
            except OpslagWeg as fout:
                melding = str(fout)
        assert "De schijf van de database is vol. Maak ruimte." in melding
        assert list_gedaan(app) == ["iets_vastleggen"] * (1 + tellen)
        with app.database.connect() as verbinding:
            verbinding.execute(text("PRAGMA max_page_count = 1000000"))
            verbinding.commit()
        app.database.dispose()
        perform(app, DOSSIER, "iets_vastleggen", None, ALS)
        assert len(list_gedaan(app)) == tellen + 2
        assert verify(app, DOSSIER).in_orde


HANGT = """#!/bin/sh
sleep 300 &
echo $! > "{pid}"
wait
"""


@pytest.mark.sqlite
def test_libreoffice_that_hangs_is_ended_with_its_children_and_the_document_stays(tmp_path: Path):
    nep, pid = tmp_path / "soffice", tmp_path / "pid"
    nep.write_text(HANGT.format(pid=pid), encoding="utf-8")
    nep.chmod(nep.stat().st_mode | stat.S_IXUSR)
    with new_day(tmp_path / "dag") as (app, postbus):
        work(app, postbus)
        voor = count_alles(app, postbus)
        brieven = sorted(app.bestanden.wortel.rglob("*.docx"))
        uit = convert(brieven[:1], soffice=nep, seconden=(1, 0))
        assert [
            (pad, "gaf na 1 seconden geen antwoord en is gestopt" in reden) for pad, reden in uit.mislukt
        ] == [(brieven[0], True)]
        einde = time.monotonic() + 5
        kind = Path(f"/proc/{pid.read_text().strip()}")
        while (
            kind.exists() and "Z" not in (kind / "stat").read_text().split()[2] and time.monotonic() < einde
        ):
            time.sleep(0.05)
        assert not kind.exists() or (kind / "stat").read_text().split()[2] == "Z"
        note_dag("LibreOffice hangt", voor, count_alles(app, postbus))
        assert verify(app, DOSSIER).in_orde


def test_file_that_cannot_be_kept_says_which_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with new_day(tmp_path / "dag") as (app, _):
        break_disk(monkeypatch, 1)
        with pytest.raises(
            BestandNietBewaard, match=r"PROEF/post/brief\.docx.*de schijf is vol.*doe het opnieuw"
        ):
            app.bestanden.save(DOSSIER, "post/brief.docx", b"inhoud")
        assert not list(app.bestanden.wortel.rglob("*.d*"))
