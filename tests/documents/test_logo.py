"""The logo of a region: in the letter head of every letter, with words for who cannot see it."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path

import docx
import pytest

from aanbesteding.documents.render import load_template
from aanbesteding.domain.huisstijl import Huisstijl, Logo
from aanbesteding.domain.regio import Regio
from aanbesteding.errors import InvoerError
from aanbesteding.regio import load_regio, regio_mappen, with_logo
from bouwers import make_huisstijl
from sjabloon import build_sjabloon, parse_concept

BRIEF = "titel: Brief\nsoort: brief\n\nU hebt gewonnen.\n"


def make_png(breed: int, hoog: int) -> bytes:
    """A black picture."""

    def blok(soort: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + soort + data + struct.pack(">I", zlib.crc32(soort + data))

    kop = struct.pack(">IIBBBBB", breed, hoog, 8, 0, 0, 0, 0)
    beeld = zlib.compress((b"\0" * (breed + 1)) * hoog)
    return b"\x89PNG\r\n\x1a\n" + blok(b"IHDR", kop) + blok(b"IDAT", beeld) + blok(b"IEND", b"")


def make_stijl(alt: str = "Wapen van Aadorp & Beedorp") -> Huisstijl:
    """The invented house style with a logo twice as wide as high."""
    logo = Logo(bestand="logo.png", alt=alt, breedte_mm=30, png=base64.b64encode(make_png(20, 10)))
    return make_huisstijl().model_copy(update={"logo": logo})


def render(tmp_path: Path, stijl: Huisstijl) -> bytes:
    """A letter of one sentence in this house style."""
    pad = tmp_path / "brief.docx"
    pad.write_bytes(build_sjabloon(parse_concept(BRIEF)))
    brief = {
        "aan": ["Zorg B.V."], "datum": date(2027, 1, 4), "kenmerk": "K-1", "contact": "ons",
        "onderwerp": "Uitslag", "aanhef": "Geachte directie,", "namens": "Het college",
        "ondertekenaar_functie": "Inkoper",
    }  # fmt: skip
    return load_template(pad, huisstijl=stijl).render_bytes({"brief": brief})


def read_hoofd(bestand: bytes) -> str:
    """The header of the first page."""
    with zipfile.ZipFile(io.BytesIO(bestand)) as pakket:
        return pakket.read("word/header2.xml").decode()


def test_the_logo_stands_in_the_letter_head_with_its_alternative_text_and_shape(tmp_path: Path) -> None:
    bestand = render(tmp_path, make_stijl())
    hoofd = read_hoofd(bestand)
    assert 'descr="Wapen van Aadorp &amp; Beedorp"' in hoofd
    maten = re.search(r'<wp:extent cx="(\d+)" cy="(\d+)"/>', hoofd)
    assert maten is not None
    assert (int(maten[1]), int(maten[2])) == (30 * 36000, 15 * 36000)
    with zipfile.ZipFile(io.BytesIO(bestand)) as pakket:
        assert pakket.read("word/media/logo.png") == make_png(20, 10)
        assert b"/word/media/logo.png" in pakket.read("word/_rels/header2.xml.rels")
    docx.Document(io.BytesIO(bestand))


def test_without_a_logo_the_letter_head_has_no_place_for_it(tmp_path: Path) -> None:
    bestand = render(tmp_path, make_huisstijl())
    assert "[[logo]]" not in read_hoofd(bestand)
    assert '"Logo"' not in read_hoofd(bestand)
    with zipfile.ZipFile(io.BytesIO(bestand)) as pakket:
        assert not [naam for naam in pakket.namelist() if naam.startswith("word/media")]


def test_a_region_reads_its_logo_from_its_own_folder() -> None:
    regio, map_ = load_regio("bommelerwaard", regio_mappen())
    assert regio.huisstijl.logo is not None
    assert regio.huisstijl.logo.png == (map_ / "logo.png").read_bytes()


@pytest.mark.parametrize(
    ("inhoud", "wat"),
    [
        pytest.param(None, "bestaat niet", id="het bestand ontbreekt"),
        pytest.param(b"<svg/>", "is geen PNG-bestand", id="het bestand is iets anders"),
    ],
)
def test_a_wrong_logo_is_refused_with_its_place(tmp_path: Path, inhoud: bytes | None, wat: str) -> None:
    _, bron = load_regio("bommelerwaard", regio_mappen())
    map_ = tmp_path / "bommelerwaard"
    map_.mkdir()
    (map_ / "regio.toml").write_text((bron / "regio.toml").read_text("utf-8"), "utf-8")
    if inhoud is not None:
        (map_ / "logo.png").write_bytes(inhoud)
    with pytest.raises(InvoerError, match=f"'logo.png' {wat}"):
        load_regio("bommelerwaard", regio_mappen(tmp_path))


@pytest.mark.parametrize(
    ("png", "zin"),
    [
        (b"", "is leeg of groter dan 2 MB"),
        (make_png(20, 10) + b"x" * 2_000_001, "is leeg of groter dan 2 MB"),
        (b"\x89PNG\r\n\x1a\n", "is geen PNG-bestand"),
        (make_png(20, 10).replace(b"IHDR", b"XXXX"), "is geen PNG-bestand"),
        (make_png(20, 10)[:16] + bytes(8) + make_png(20, 10)[24:], "is 0 bij 0 pixels"),
        (make_png(20, 10)[:16] + b"\xff" * 8 + make_png(20, 10)[24:], "is 4294967295 bij 4294967295 pixels"),
        (make_png(1, 10), "is 1 bij 10 pixels; dat past niet in een briefhoofd"),
    ],
)
def test_logo_that_cannot_be_drawn_is_refused_with_the_reason(tmp_path: Path, png: bytes, zin: str):
    (tmp_path / "logo.png").write_bytes(png)
    logo = Logo(bestand="logo.png", alt="x")
    regio = Regio.model_construct(huisstijl=make_huisstijl().model_copy(update={"logo": logo}))
    with pytest.raises(InvoerError, match=zin):
        with_logo(regio, tmp_path)
