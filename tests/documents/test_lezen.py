"""A file from outside is opened only when it is a plain Word document of a sane size; otherwise it is told why not."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.documents.lezen import MAX_LEDEN, read_docx, read_eigenschappen
from aanbesteding.documents.render import load_template
from aanbesteding.errors import InvoerError
from documents.maak import HUISSTIJL, make_docx

TYPES = "[Content_Types].xml"
UTF16 = '<?xml version="1.0" encoding="UTF-16"?>'
BOM = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


def save(pad: Path, leden: dict[str, bytes], *, soort: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(pad, "w", soort) as uit:
        for naam, inhoud in leden.items():
            uit.writestr(naam, inhoud)
    return pad


@pytest.fixture
def leden(tmp_path: Path) -> dict[str, bytes]:
    return read_docx(make_docx(tmp_path, "Tekst."))


def refuse(pad: Path) -> str:
    with pytest.raises(InvoerError) as fout:
        read_docx(pad)
    (zin,) = fout.value.fouten
    assert zin.startswith(f"{pad.name}: ")
    assert zin.endswith(".")
    return zin


def test_good_file_gives_its_parts(leden: dict[str, bytes]) -> None:
    assert next(iter(leden)) == TYPES
    assert "word/document.xml" in leden


@pytest.mark.parametrize(
    ("naam", "inhoud", "wat"),
    [
        pytest.param("a.docx", b"", "geen Word-bestand", id="leeg"),
        pytest.param("a.docx", b"Beste", "geen Word-bestand", id="tekst"),
        pytest.param("a.docx", b"%PDF-1.7", "geen Word-bestand", id="pdf met een andere naam"),
        pytest.param("a.docx", b"PK\x03\x04rest", "beschadigd", id="afgebroken"),
        pytest.param("a.docx", bytes.fromhex("d0cf11e0a1b11ae1"), "wachtwoord", id="oud of beveiligd"),
        pytest.param("a.doc", b"x", "sla het in Word op als .docx", id="oud Word"),
        pytest.param("a.docm", b"x", "macro's", id="macrobestand"),
        pytest.param("a.odt", b"x", "OpenDocument", id="OpenDocument"),
    ],
)
def test_other_file_is_refused(tmp_path: Path, naam: str, inhoud: bytes, wat: str) -> None:
    pad = tmp_path / naam
    pad.write_bytes(inhoud)
    assert wat in refuse(pad)


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    assert "bestaat niet" in refuse(tmp_path / "weg.docx")
    (tmp_path / "map.docx").mkdir()
    assert "niet te lezen" in refuse(tmp_path / "map.docx")


@pytest.mark.parametrize(
    ("lid", "inhoud", "wat"),
    [
        pytest.param("word/vbaProject.bin", b"x", "macro's", id="macro's onder een gewone naam"),
        pytest.param(TYPES, b"<Types/>", "geen gewoon .docx", id="ander soort"),
        pytest.param("word/extra.xml", BOM.encode(), "een DTD", id="XML-bom"),
        pytest.param("word/extra.xml", f"{UTF16}{BOM}".encode("utf-16"), "een DTD", id="XML-bom in UTF-16"),
        pytest.param("word/document.xml", b"<w:document>", "beschadigd", id="kapotte XML"),
        pytest.param("word/document.xml", b"\xff\xfe\x00", "beschadigd", id="geen XML"),
        pytest.param("word/media/x.bin", b"\0" * 50_000_000, "veel te groot", id="zipbom"),
    ],
)  # fmt: skip
def test_dangerous_file_is_refused(
    tmp_path: Path, leden: dict[str, bytes], lid: str, inhoud: bytes, wat: str
) -> None:
    assert wat in refuse(save(tmp_path / "kwaad.docx", {**leden, lid: inhoud}))


def test_too_many_parts_are_refused(tmp_path: Path, leden: dict[str, bytes]) -> None:
    veel = {f"word/{n}.txt": b"" for n in range(MAX_LEDEN)}
    assert "veel te groot" in refuse(save(tmp_path / "veel.docx", {**leden, **veel}))


def test_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, leden: dict[str, bytes]) -> None:
    pad = save(tmp_path / "bom.docx", {**leden, "word/x.xml": b" " * 90_000_000})
    assert pad.stat().st_size < 200_000
    assert "zipbom" in refuse(pad)


def test_document_without_text_is_refused(tmp_path: Path, leden: dict[str, bytes]) -> None:
    del leden["word/document.xml"]
    assert "geen Word-document" in refuse(save(tmp_path / "leeg.docx", leden))


def test_every_flipped_byte_is_told_or_harmless(tmp_path_factory: pytest.TempPathFactory) -> None:
    map_ = tmp_path_factory.mktemp("bytes")
    heel = make_docx(map_, "Tekst.").read_bytes()
    pad = map_ / "proef.docx"
    for plek in range(0, len(heel), max(1, len(heel) // 150)):
        pad.write_bytes(heel[:plek] + bytes([heel[plek] ^ 0x41]) + heel[plek + 1 :])
        with contextlib.suppress(InvoerError):
            read_docx(pad)


@given(st.binary(max_size=400))
def test_any_bytes_are_told(tmp_path_factory: pytest.TempPathFactory, inhoud: bytes) -> None:
    pad = tmp_path_factory.getbasetemp() / "willekeurig.docx"
    for begin in (b"", b"PK\x03\x04"):
        pad.write_bytes(begin + inhoud)
        refuse(pad)


def test_properties_of_a_document_are_read_back(tmp_path: Path) -> None:
    template = load_template(make_docx(tmp_path, "Tekst."), huisstijl=HUISSTIJL)
    eigen = {"dossier": "A & B <c>", "versie": "3"}
    (tmp_path / "af.docx").write_bytes(template.render_bytes({}, eigenschappen=eigen))
    assert read_eigenschappen(read_docx(tmp_path / "af.docx")) == eigen
    assert read_eigenschappen({}) == {}


def test_zip_with_an_unknown_compression_is_told(tmp_path: Path, leden: dict[str, bytes]) -> None:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_STORED) as pakket:
        for naam, inhoud in leden.items():
            pakket.writestr(naam, inhoud)
    ruw = uit.getvalue().replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00"
    )
    (tmp_path / "vreemd.docx").write_bytes(ruw)
    assert "beschadigd" in refuse(tmp_path / "vreemd.docx")
