"""File names that every system takes, and files that are whole or not there."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.errors import BestandNietBewaard
from aanbesteding.storage.files import Bestanden, make_bestandsnaam


@pytest.mark.parametrize(
    ("document", "ontvanger", "uitgave", "naam"),
    [
        pytest.param("brief", "zorg-001", 1, "brief-zorg-001.docx", id="gewoon"),
        pytest.param("brief", "zorg-001", 2, "brief-zorg-001_uitgave2.docx", id="tweede uitgave"),
        pytest.param("leidraad", "", 1, "leidraad.docx", id="zonder ontvanger"),
        pytest.param("brief", "../../etc/passwd", 1, "brief-etc-passwd-3754d6cb.docx", id="een pad omhoog"),
        pytest.param("brief", "a b/c:d", 1, "brief-a-b-c-d-79d0b368.docx", id="spaties en leestekens"),
        pytest.param("brief", "é", 1, "brief-4a99557e.docx", id="alleen een letter met accent"),
    ],
)
def test_bestandsnaam(document: str, ontvanger: str, uitgave: int, naam: str):
    assert make_bestandsnaam(document, ontvanger, uitgave) == naam


@given(st.text(), st.integers(1, 99))
def test_bestandsnaam_holds_only_plain_characters_and_has_a_bound(ontvanger: str, uitgave: int):
    naam = make_bestandsnaam("afwijzingsbrief", ontvanger, uitgave)
    assert re.fullmatch(r"[A-Za-z0-9_-]+\.docx", naam)
    assert len(naam) < 130


@given(st.sets(st.text("ab1-", min_size=1, max_size=6).filter(lambda t: t == t.strip("-")), max_size=20))
def test_plain_keys_never_share_a_bestandsnaam(sleutels: set[str]):
    assert len({make_bestandsnaam("brief", s, 1) for s in sleutels}) == len(sleutels)


def test_uitgave_of_one_recipient_is_never_the_name_of_another():
    assert make_bestandsnaam("brief", "a", 2) != make_bestandsnaam("brief", "a-uitgave2", 1)


def test_save_gives_the_hash_and_leaves_no_temporary_file(tmp_path: Path):
    bestanden = Bestanden(tmp_path)
    assert bestanden.save("P", "f/a.docx", b"abc") == hashlib.sha256(b"abc").hexdigest()
    assert bestanden.load("P", "f/a.docx") == b"abc"
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["a.docx"]


def test_failed_write_leaves_the_file_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    bestanden = Bestanden(tmp_path)
    bestanden.save("P", "f/a.docx", b"abc")

    def fail(_fd: int) -> None:
        raise OSError("schijf vol")

    monkeypatch.setattr("aanbesteding.storage.files.os.fsync", fail)
    with pytest.raises(BestandNietBewaard, match="schijf vol"):
        bestanden.save("P", "f/a.docx", b"xyz")
    assert bestanden.load("P", "f/a.docx") == b"abc"
    bestanden.remove_tijdelijk("P")
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["a.docx"]


def test_cleaning_a_dossier_without_a_folder_is_no_error(tmp_path: Path):
    Bestanden(tmp_path).remove_tijdelijk("WEG")
