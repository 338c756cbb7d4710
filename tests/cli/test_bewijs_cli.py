"""The commands about evidence: what they say, their exit code, and the way from a clause to a sent document."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from aanbesteding.engine.app import App
from fakes import unfreeze


def test_verifieer_of_a_whole_dossier_says_so(run: Any) -> None:
    code, uit, _ = run("verifieer", "PROEF")
    assert code == 0
    assert "Dossier PROEF is in orde" in uit
    assert "5 documenten, waarvan 5 opnieuw gemaakt" in uit


def test_verifieer_names_every_fault_and_ends_with_1(app: App, run: Any) -> None:
    (app.bestanden.folder("PROEF") / "proef" / "brief-perceel-1.docx").unlink()
    with app.database.begin() as verbinding:
        unfreeze(verbinding)
        verbinding.execute(text("UPDATE feit SET persoon = 'ander' WHERE volgnummer = 2"))
    code, uit, _ = run("verifieer", "PROEF")
    assert code == 1
    assert "bestand ontbreekt  proef/brief-perceel-1.docx" in uit
    assert "feit gewijzigd  feit 2" in uit
    assert "NIET in orde" in uit


@pytest.mark.parametrize(
    ("opdracht", "tekst"),
    [
        pytest.param(
            "DELETE FROM clausule WHERE clausule = '12'", "(versie 3) ontbreekt in het register", id="weg"
        ),
        pytest.param(
            "UPDATE clausule SET versie = '99' WHERE clausule = '12'",
            "(versie 99) staat niet in het document",
            id="versie",
        ),
    ],
)
def test_a_changed_register_of_clauses_is_found(app: App, run: Any, opdracht: str, tekst: str) -> None:
    with app.database.begin() as verbinding:
        verbinding.exec_driver_sql(opdracht)
    code, uit, _ = run("verifieer", "PROEF")
    assert (code, "clausules gewijzigd" in uit, tekst in uit) == (1, True, True), uit


def test_verifieer_as_json(app: App, run: Any) -> None:
    code, uit, _ = run("verifieer", "PROEF", "--json")
    antwoord = json.loads(uit)
    assert (code, antwoord["in_orde"], antwoord["meldingen"]) == (0, True, [])
    assert antwoord["documenten"] == antwoord["gereproduceerd"] == 5
    with app.database.begin() as verbinding:
        verbinding.execute(text("UPDATE document SET titel = 'x'"))
    code, uit, _ = run("verifieer", "PROEF", "--json")
    antwoord = json.loads(uit)
    assert (code, antwoord["in_orde"]) == (1, False)
    assert {m["soort"] for m in antwoord["meldingen"]} == {"rij gewijzigd"}


def test_many_equal_faults_are_counted(app: App, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aanbesteding.cli.bewijs.TOON", 2)
    with app.database.begin() as verbinding:
        verbinding.execute(text("UPDATE document SET titel = 'x'"))
    assert "en nog 3 keer 'rij gewijzigd'" in run("verifieer", "PROEF")[1]
    assert "en nog" not in run("verifieer", "PROEF", "--alles")[1]


def test_verifieer_of_an_unknown_dossier_is_refused(run: Any) -> None:
    code, _, fout = run("verifieer", "WEG")
    assert code == 2
    assert "Het dossier 'WEG' bestaat niet" in fout


# --- clauses ----------------------------------------------------------------------------------------------------


def ask(run: Any, *opdracht: object) -> list[dict[str, Any]]:
    code, uit, _ = run("clausules", *opdracht, "--json")
    assert code == 0
    return json.loads(uit)


def test_all_clauses_with_the_number_of_documents(run: Any) -> None:
    assert ask(run) == [
        {"clausule": "12", "versie": "3", "documenten": 3},
        {"clausule": "13", "versie": "1", "documenten": 1},
    ]


def test_which_documents_hold_a_clause(app: App, run: Any) -> None:
    regels = ask(run, "--clausule", "12", "--versie", "3")
    assert {r["dossier"] for r in regels} == {"PROEF"}
    assert len(regels) == 3
    assert all(Path(r["pad"]).is_file() for r in regels)
    (met,) = ask(run, "--clausule", "13")
    assert met["voorwaarde"] == "gemeld"
    assert (met["document"], met["uitgave"]) == ("brief", 2)


def test_which_sent_documents_hold_a_clause(app: App, run: Any) -> None:
    assert ask(run, "--clausule", "12", "--verzonden") == []
    with app.database.begin() as verbinding:
        verbinding.execute(text("UPDATE document SET status = 'verzonden' WHERE ontvanger = 'perceel-2'"))
    (regel,) = ask(run, "--clausule", "12", "--versie", "3", "--verzonden")
    assert (regel["ontvanger"], regel["status"]) == ("perceel-2", "verzonden")
    assert ask(run, "--verzonden") == [{"clausule": "12", "versie": "3", "documenten": 1}]


def test_which_clauses_a_document_holds(run: Any) -> None:
    regels = ask(run, "--dossier", "PROEF", "--document", "proef/brief-perceel-1_uitgave2.docx")
    assert [(r["clausule"], r["versie"], r["voorwaarde"]) for r in regels] == [
        ("12", "3", "altijd"),
        ("13", "1", "gemeld"),
    ]


def test_clauses_of_a_file_that_was_renamed(app: App, run: Any, tmp_path: Path) -> None:
    kopie = tmp_path / "gekregen.docx"
    kopie.write_bytes(app.bestanden.load("PROEF", "proef/brief-perceel-1_uitgave2.docx"))
    code, uit, _ = run("clausules", "--bestand", kopie, "--json")
    antwoord = json.loads(uit)
    assert code == 0
    assert antwoord["eigenschappen"]["dossier"] == "PROEF"
    assert [c["voorwaarde"] for c in antwoord["clausules"]] == ["altijd", "gemeld"]


@pytest.mark.parametrize(
    ("opdracht", "wat"),
    [
        pytest.param(["--clausule", "123"], "Bedoelt u: ", id="onbekende clausule"),
        pytest.param(["--clausule", "12", "--versie", "9"], "Versie 9 staat in geen", id="onbekende versie"),
        pytest.param(["--dossier", "WEG"], "bestaat niet", id="onbekend dossier"),
        pytest.param(["--bestand", "weg.docx"], "weg.docx: het bestand bestaat niet", id="bestand weg"),
    ],
)
def test_wrong_question_is_told(run: Any, opdracht: list[str], wat: str) -> None:
    code, _, fout = run("clausules", *opdracht)
    assert code == 2
    assert wat in fout


def test_tables_show_the_same(run: Any) -> None:
    assert "12" in run("clausules")[1]
    assert "3 documenten." in run("clausules", "--clausule", "12")[1]


def test_export_says_what_it_wrote_and_its_hash(run: Any, tmp_path: Path) -> None:
    doel = tmp_path / "uit" / "P.zip"
    code, uit, _ = run("exporteer", "PROEF", "--uit", doel)
    assert code == 0
    assert str(doel) in uit
    assert hashlib.sha256(doel.read_bytes()).hexdigest() in uit


def test_damaged_archive_is_refused_with_what_is_wrong(run: Any, tmp_path: Path) -> None:
    doel = tmp_path / "P.zip"
    run("exporteer", "PROEF", "--uit", doel)
    heel = doel.read_bytes()
    doel.write_bytes(heel.replace(b"Proef", b"Proeg", 1) if b"Proef" in heel else heel[:-1])
    code, _, fout = run("herbereken", doel)
    assert code == 1
    assert "beschadigd" in fout
    assert run("herbereken", tmp_path / "weg.zip")[0] == 2


def test_backup_is_private_and_never_overwrites(run: Any, tmp_path: Path) -> None:
    doel = tmp_path / "kopie.zip"
    assert run("bewaar", doel)[0] == 0
    assert doel.stat().st_mode & 0o077 == 0
    code, _, fout = run("bewaar", doel)
    assert (code, "bestaat al" in fout) == (2, True)


def test_restore_into_an_environment_in_use_is_refused(run: Any, tmp_path: Path) -> None:
    doel = tmp_path / "kopie.zip"
    run("bewaar", doel)
    code, _, fout = run("herstel", doel)
    assert (code, "lege omgeving" in fout) == (2, True)
