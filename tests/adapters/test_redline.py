"""A redline tells the truth: accept all is the new version, reject all the old one; otherwise there is none."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

import pytest

from aanbesteding.adapters import redline as kern
from aanbesteding.adapters.redline import GRONDIG, LICHT, RedlineMislukt, has_grondig, make_redline
from aanbesteding.documents.catalogus import Sjablonen, make_jinja_context
from aanbesteding.documents.woord.redline_controle import check_redline
from aanbesteding.documents.woord.upload import open_upload
from aanbesteding.errors import InvoerError
from aanbesteding.paden import find_map
from aanbesteding.procedures import PROCEDURES
from adapters.bewerken import ALLE, LICHTE, edit_stuk
from documents.maak import HUISSTIJL
from documents.woord.maken import edit, find_element, make_stuk

MOMENT = datetime(2026, 11, 25, 10, tzinfo=UTC)
STUKKEN = (
    "afwijzingsbrief",
    "gunningsbrief",
    "overeenkomst",
    "uitnodiging",
    "nota_van_inlichtingen",
    "eigen_verklaring",
)
AANTAL = 60 if os.environ.get("AANBESTEDING_LANG") else 3
grondig = pytest.mark.skipif(not has_grondig(), reason="de uitbreiding 'redline' is niet geïnstalleerd")


@pytest.fixture(scope="session")
def motormap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("motor")


@cache
def make_voorbeeld(code: str) -> bytes:
    document = next(d for p in PROCEDURES for f in p.fasen for d in f.documenten if d.code == code)
    geladen = Sjablonen(find_map("sjablonen")).load(document, "", HUISSTIJL)
    return geladen.template.render_bytes(make_jinja_context(document.voorbeeld(), HUISSTIJL))


@grondig
@pytest.mark.traag
@pytest.mark.lang
@pytest.mark.parametrize("nummer", range(AANTAL))
def test_thorough_engine_accepts_to_new_and_rejects_to_old_whatever_was_edited(
    nummer: int, motormap: Path
) -> None:
    kans = Random(nummer)
    oud = make_voorbeeld(kans.choice(STUKKEN))
    nieuw, gedaan = edit_stuk(oud, kans, ALLE)
    uit = make_redline(oud, nieuw, auteur="J. Urist", moment=MOMENT, map_=motormap, motor=GRONDIG)
    assert uit.motor == GRONDIG
    assert check_redline(open_upload(uit.docx), open_upload(oud), open_upload(nieuw)) == (), gedaan


@pytest.mark.traag
@pytest.mark.lang
@pytest.mark.parametrize("nummer", range(AANTAL))
def test_light_engine_is_right_or_says_that_it_is_not(nummer: int, tmp_path: Path) -> None:
    kans = Random(1000 + nummer)
    oud = make_voorbeeld(kans.choice(STUKKEN))
    nieuw, gedaan = edit_stuk(oud, kans, LICHTE)
    uit = None
    with contextlib.suppress(RedlineMislukt):
        uit = make_redline(oud, nieuw, auteur="J. Urist", moment=MOMENT, map_=tmp_path, motor=LICHT)
    assert uit is None or check_redline(open_upload(uit.docx), open_upload(oud), open_upload(nieuw)) == (), (
        gedaan
    )


def test_light_engine_marks_words_and_a_header(tmp_path: Path) -> None:
    oud = make_stuk().docx
    nieuw = edit(
        edit(oud, ("vriendelijke", "hartelijke")),
        ("Regio Verzonnen", "Regio Anders"),
        deel="word/header1.xml",
    )
    uit = make_redline(oud, nieuw, auteur="J. Urist", moment=MOMENT, map_=tmp_path, motor=LICHT)
    leden = open_upload(uit.docx)
    assert b"w:delText" in leden["word/header1.xml"]
    assert b'w:author="J. Urist"' in leden["word/document.xml"]
    assert uit.wijzigingen >= 4


def test_change_that_the_light_engine_cannot_mark_is_told_and_no_redline_is_given(tmp_path: Path) -> None:
    oud = make_stuk().docx
    nieuw = edit(oud, (find_element(oud, "Hulp B", "tr"), ""))
    with pytest.raises(RedlineMislukt, match="na alles verwerpen is de tekst niet die van de oude versie"):
        make_redline(oud, nieuw, auteur="J", moment=MOMENT, map_=tmp_path, motor=LICHT)


@grondig
def test_row_that_is_gone_is_marked_by_the_thorough_engine(motormap: Path) -> None:
    oud = make_stuk().docx
    nieuw = edit(oud, (find_element(oud, "Hulp B", "tr"), ""))
    uit = make_redline(oud, nieuw, auteur="J", moment=MOMENT, map_=motormap)
    assert uit.motor == GRONDIG


def test_engine_that_lies_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    oud = make_stuk().docx
    nieuw = edit(oud, ("vriendelijke", "hartelijke"))
    monkeypatch.setattr(kern, "_list_motoren", lambda _: [("leugenaar", lambda *_: nieuw)])
    with pytest.raises(RedlineMislukt, match="leugenaar: na alles verwerpen"):
        make_redline(oud, nieuw, auteur="J", moment=MOMENT, map_=tmp_path)


def test_version_with_open_changes_is_refused(tmp_path: Path) -> None:
    oud = make_stuk().docx
    los = edit(
        oud, ("<w:sectPr", '<w:p><w:ins w:id="1" w:author="J"><w:r><w:t>x</w:t></w:r></w:ins></w:p><w:sectPr')
    )
    with pytest.raises(InvoerError, match="De nieuwe versie heeft zelf nog bijgehouden wijzigingen"):
        make_redline(oud, los, auteur="J", moment=MOMENT, map_=tmp_path)
    with pytest.raises(InvoerError, match="De oude versie"):
        make_redline(los, oud, auteur="J", moment=MOMENT, map_=tmp_path)
