"""What acts promised is made once, from the dossier as it was, and a failing template stops only itself."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx
from sqlalchemy import text
from sqlmodel import Session, select

from aanbesteding.documents.catalogus import Sjablonen
from aanbesteding.documents.herkomst import describe_motor
from aanbesteding.engine.app import App
from aanbesteding.engine.deadlines import Bewaakt, list_bewaakt
from aanbesteding.engine.outbox import Productie, list_open, produce, select_huisstijl
from aanbesteding.engine.overzicht import list_documentregels, list_relevant, render_benodigd
from aanbesteding.engine.perform import perform
from aanbesteding.storage.documenten import list_documenten, load_sjabloon
from aanbesteding.storage.tables import DocumentRow
from documents.maak import make_docx
from fakes import BRIEFTEKST, make_app, make_procedure, save_dossier

INKOPER = "inkoper.demo"


def drain(app: App) -> list[Productie]:
    return [produce(app, toezegging) for toezegging in list_open(app, "PROEF")]


def start(app: App) -> None:
    perform(app, "PROEF", "proef_starten", None, INKOPER)


def meld(app: App, perceel: str = "1", bedrag: int = 2) -> None:
    perform(app, "PROEF", "perceel_melden", {"percelen": [perceel], "bedrag": bedrag}, INKOPER)


def load_bytes(app: App) -> dict[str, bytes]:
    """Every file of the dossier, by its path."""
    map_ = app.bestanden.folder("PROEF")
    return {p.relative_to(map_).as_posix(): p.read_bytes() for p in map_.rglob("*") if p.is_file()}


def load_rijen(app: App) -> list[DocumentRow]:
    with Session(app.database) as sessie:
        return list(sessie.exec(select(DocumentRow)).all())


def break_sjabloon(map_: Path, naam: str, tekst: str) -> None:
    make_docx(map_ / "sjablonen" / "proef", tekst, naam=naam)


def reopen(app: App) -> App:
    """The same product in a new process: nothing compiled yet."""
    return replace(app, sjablonen=Sjablonen(app.sjablonen.wortel))


def check_register(app: App) -> None:
    """Every registered document is whole on disk under its own hash, and nothing else lies there."""
    rijen = list_documenten(app.database, "PROEF")
    assert {r.pad: r.sha256 for r in rijen} == {
        pad: hashlib.sha256(inhoud).hexdigest() for pad, inhoud in load_bytes(app).items()
    }
    assert len({r.pad for r in rijen}) == len(rijen)


# --- once -----------------------------------------------------------------------------------------------------


def test_produce_makes_every_promised_document_once(app: App):
    start(app)
    assert drain(app) == [Productie("brief", 2, 0, ()), Productie("nota", 2, 0, ())]
    assert sorted(load_bytes(app)) == [
        "proef/brief-perceel-1.docx",
        "proef/brief-perceel-2.docx",
        "proef/nota-perceel-1.docx",
        "proef/nota-perceel-2.docx",
    ]
    check_register(app)
    assert list_open(app, "PROEF") == ()


def test_second_run_makes_nothing(app: App):
    start(app)
    open_ = list_open(app, "PROEF")
    drain(app)
    voor = load_bytes(app)
    assert drain(app) == []
    assert [produce(app, t) for t in open_] == [Productie("brief", 0, 2, ()), Productie("nota", 0, 2, ())]
    assert load_bytes(app) == voor
    assert len(load_rijen(app)) == 4


def test_run_that_was_broken_off_makes_only_what_is_missing(app: App):
    start(app)
    with Session(app.database) as sessie:
        drain(app)
        sessie.delete(
            sessie.exec(select(DocumentRow).where(DocumentRow.pad == "proef/brief-perceel-2.docx")).one()
        )
        sessie.commit()
    voor = load_bytes(app)
    rest = app.bestanden.folder("PROEF") / "proef" / "brief-perceel-2.docx.deel"
    rest.write_bytes(b"half")
    with app.database.begin() as verbinding:
        verbinding.execute(text("UPDATE toezegging SET afgehandeld = false WHERE document = 'brief'"))
    assert drain(app) == [Productie("brief", 1, 1, ())]
    assert not rest.exists()
    assert load_bytes(app) == voor
    check_register(app)


def test_letter_waits_for_approval_and_another_document_does_not(app: App):
    start(app)
    drain(app)
    assert {(r.document, r.status) for r in list_documenten(app.database, "PROEF")} == {
        ("brief", "concept"),
        ("nota", "gemaakt"),
    }


# --- as it was ------------------------------------------------------------------------------------------------


def test_document_made_later_is_the_same_as_one_made_at_once(tmp_path: Path):
    apps = {naam: make_app(tmp_path / naam) for naam in ("meteen", "later")}
    for naam, app in apps.items():
        save_dossier(app)
        start(app)
        if naam == "meteen":
            drain(app)
        meld(app, bedrag=2)
        meld(app, bedrag=4)
        drain(app)
    assert load_bytes(apps["meteen"]) == load_bytes(apps["later"])
    rijen = {
        naam: [r.context for r in sorted(load_rijen(app), key=lambda r: r.pad)] for naam, app in apps.items()
    }
    assert rijen["meteen"] == rijen["later"]


def test_register_keeps_what_a_document_was_made_from(app: App):
    start(app)
    drain(app)
    for rij in load_rijen(app):
        assert rij.context_sha256 == hashlib.sha256(rij.context.encode()).hexdigest()
        geladen = app.sjablonen.load(
            app.procedures["proef"].load_document(rij.document),
            "bommelerwaard",
            select_huisstijl(app.load("PROEF")[2], demo=app.load("PROEF")[0].demo),
        )
        assert rij.sjabloon_sha256 == geladen.sha256
        assert load_sjabloon(app.database, rij.sjabloon_sha256) == geladen.bundel
        assert rij.motor == describe_motor()
        assert rij.gemaakt.startswith("2026-01-05T09:00")


def test_context_of_a_document_is_that_of_the_version_that_promised_it(app: App):
    start(app)
    meld(app, bedrag=2)
    meld(app, bedrag=4)
    drain(app)
    bedragen = {r.pad: r.context for r in load_rijen(app)}
    assert '"gemeld":[]' in bedragen["proef/brief-perceel-1.docx"]
    assert '"gemeld":[2]' in bedragen["proef/brief-perceel-1_uitgave2.docx"]
    assert '"gemeld":[2,4]' in bedragen["proef/brief-perceel-1_uitgave3.docx"]


# --- editions -------------------------------------------------------------------------------------------------


def test_same_document_for_the_same_recipient_gets_the_next_uitgave(app: App):
    start(app)
    drain(app)
    meld(app)
    drain(app)
    uitgaven = [(r.ontvanger, r.uitgave) for r in list_documenten(app.database, "PROEF", document="brief")]
    assert uitgaven == [("perceel-1", 1), ("perceel-2", 1), ("perceel-1", 2)]
    check_register(app)


def test_uitgave_made_after_a_later_one_leaves_the_later_one_as_it_was(tmp_path: Path):
    """The first promise fails, a later one succeeds, the template is mended: no file may be overwritten."""
    app = make_app(tmp_path)
    save_dossier(app)
    break_sjabloon(
        tmp_path, "brief", "{%p for b in gemeld %}\nBedrag {{ b|getal }}.\n{%p endfor %}\n\n{{ weg }}"
    )
    start(app)
    drain(app)
    meld(app)
    break_sjabloon(tmp_path, "brief", BRIEFTEKST)
    app = reopen(app)
    eerste, laatste = (t for t in list_open(app, "PROEF") if t.document == "brief")
    produce(app, laatste)
    voor = load_bytes(app)
    produce(app, eerste)
    assert {pad: inhoud for pad, inhoud in load_bytes(app).items() if pad in voor} == voor
    check_register(app)
    assert list_open(app, "PROEF") == ()


def test_last_of_three_open_uitgaven_waits_for_both_before_it(app: App):
    start(app)
    meld(app, bedrag=2)
    meld(app, bedrag=4)
    eerste, tweede, derde = (t for t in list_open(app, "PROEF") if t.document == "brief")
    for toezegging in (derde, tweede, eerste):
        produce(app, toezegging)
    check_register(app)
    contexten = {r.uitgave: r.context for r in load_rijen(app) if r.ontvanger == "perceel-1"}
    for uitgave, gemeld in enumerate(("[]", "[2]", "[2,4]"), start=1):
        assert f'"gemeld":{gemeld}' in contexten[uitgave]


# --- failing --------------------------------------------------------------------------------------------------


def test_failing_sjabloon_leaves_its_promise_open_and_the_others_are_made(tmp_path: Path):
    app = make_app(tmp_path)
    save_dossier(app)
    break_sjabloon(tmp_path, "brief", "# Bericht\n\nBeste {{ naam }}, het bedrag is {{ bedrgen }} euro.")
    start(app)
    brief, nota = drain(app)
    assert brief.gemaakt == 0
    assert nota == Productie("nota", 2, 0, ())
    (open_,) = list_open(app, "PROEF")
    assert open_.document == "brief"
    for woord in ("brief.docx", "bedrgen", "Bericht"):
        assert woord in open_.fout
    check_register(app)


def test_mended_sjabloon_keeps_the_promise_and_clears_the_fault(tmp_path: Path):
    app = make_app(tmp_path)
    save_dossier(app)
    break_sjabloon(tmp_path, "brief", "Beste {{ bestaat_niet }}.")
    start(app)
    drain(app)
    break_sjabloon(tmp_path, "brief", BRIEFTEKST)
    assert drain(reopen(app)) == [Productie("brief", 2, 0, ())]
    assert list_open(app, "PROEF") == ()
    check_register(app)


@pytest.mark.parametrize(
    "inhoud",
    [
        pytest.param(None, id="het sjabloon ontbreekt"),
        pytest.param(b"geen zip", id="het sjabloon is geen Word-bestand"),
        pytest.param(b"", id="het sjabloon is leeg"),
    ],
)
def test_unreadable_sjabloon_is_told_and_the_others_are_made(tmp_path: Path, inhoud: bytes | None):
    app = make_app(tmp_path)
    save_dossier(app)
    pad = tmp_path / "sjablonen" / "proef" / "brief.docx"
    pad.unlink() if inhoud is None else pad.write_bytes(inhoud)
    start(app)
    brief, nota = drain(app)
    assert "brief.docx" in brief.fouten[0]
    assert nota.gemaakt == 2


def test_one_recipient_that_fails_does_not_stop_the_others(tmp_path: Path):
    """Nothing prints as blank: the letter to somebody without a name is not made."""
    app = make_app(tmp_path, make_procedure(namen={"1": ""}))
    save_dossier(app)
    start(app)
    brief, *_ = drain(app)
    assert (brief.gemaakt, len(brief.fouten)) == (1, 1)
    assert "het veld is leeg" in brief.fouten[0]
    assert "brief" in [t.document for t in list_open(app, "PROEF")]
    check_register(app)


def test_two_recipients_never_share_a_file(tmp_path: Path):
    """Keys that differ only in a character that a file name cannot hold."""
    percelen = ["0001", "0001 ", "0001/"]
    app = make_app(tmp_path, make_procedure(nieuw=percelen))
    save_dossier(app)
    perform(app, "PROEF", "verzoek_indienen", None, INKOPER)
    drain(app)
    check_register(app)
    assert len(load_rijen(app)) == len(percelen)


def test_two_runs_at_once_make_everything_once(app: App, monkeypatch: pytest.MonkeyPatch):
    """A second run makes the same promise between the writing and the registering of the first."""
    start(app)
    brief = list_open(app, "PROEF")[0]
    onderbroken: list[str] = []

    def interrupt(naam: str) -> None:
        if naam == "documenten-voor-registratie" and not onderbroken:
            onderbroken.append(naam)
            produce(app, brief)

    monkeypatch.setattr("aanbesteding.engine.outbox.checkpoint", interrupt)
    produce(app, brief)
    assert onderbroken
    check_register(app)


def test_second_run_leaves_the_file_that_the_first_is_writing(app: App, monkeypatch: pytest.MonkeyPatch):
    """A second run cleans up while the first has a temporary file open."""
    start(app)
    brief, nota = list_open(app, "PROEF")
    onderbroken: list[int] = []

    def interrupt(fd: int) -> None:
        if not onderbroken:
            onderbroken.append(fd)
            produce(app, nota)

    monkeypatch.setattr("aanbesteding.storage.files.os.fsync", interrupt)
    produce(app, brief)
    check_register(app)


# --- looking --------------------------------------------------------------------------------------------------


def test_document_names_its_origin_in_its_properties(app: App):
    start(app)
    drain(app)
    pad = app.bestanden.folder("PROEF") / "proef" / "brief-perceel-1.docx"
    assert "Perceel 1, versie 1, 5 januari 2026" in "\n".join(p.text for p in open_docx(str(pad)).paragraphs)
    with zipfile.ZipFile(pad) as archief:
        eigenschappen = archief.read("docProps/custom.xml").decode()
    for woord in ("PROEF", "brief", "perceel-1", load_rijen(app)[0].context_sha256):
        assert woord in eigenschappen


def test_deadlines_name_the_stage_where_a_promise_is_open_and_then_nothing(app: App):
    assert list_bewaakt(app) == ()
    start(app)
    assert list_bewaakt(app) == (Bewaakt("PROEF", "proef", INKOPER),)
    drain(app)
    assert list_bewaakt(app) == ()
    perform(app, "PROEF", "verzoek_indienen", None, INKOPER)
    drain(app)
    meld(app)
    drain(app)
    assert list_bewaakt(app) == (Bewaakt("PROEF", "proef", INKOPER),)


def test_overview_for_flows_holds_no_names_and_names_every_reason(tmp_path: Path):
    app = make_app(tmp_path, make_procedure(namen={"1": "Geheime Naam", "2": "Geheime Naam"}))
    save_dossier(app)
    start(app)
    drain(app)
    regels: list[Any] = list_documentregels(app, "PROEF", "proef")
    assert len(regels) == 4
    tekst = render_benodigd(app, "PROEF")
    assert "Geheime Naam" not in f"{regels}{tekst}"
    assert "**Perceel melden** (inkoper: inkoper.demo, inkoper2.demo): kan nu" in tekst
    assert "Er is nog niets gemeld. (bedrag-ontbreekt; Proefwet art. 5)" in tekst


def test_handeling_for_which_no_perceel_has_the_status_is_not_needed_now(app: App):
    start(app)
    codes = {s.code for s in list_relevant(app, "PROEF")}
    assert "perceel_melden" in codes
    assert "bod_openen" not in codes
    assert "proef_starten" not in codes
