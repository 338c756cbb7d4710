"""Prepared templates on disk: faster, safe to delete, never believed when they could be someone else's."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from aanbesteding.documents import render_cache
from aanbesteding.documents.render import load_template
from aanbesteding.documents.render_cache import find_cachemap
from documents.maak import HUISSTIJL, make_docx
from documents.ruw import p, write_docx

CONTEXT = {"naam": "Zorg & Zo", "tabel": [{"a": "x"}]}
PROGRAMMA = """
import sys
from aanbesteding.documents.render import load_template
docx = load_template(sys.argv[1]).render_bytes({"naam": "Zorg & Zo"}, strict=sys.argv[2] == "streng")
assert not {"docxtpl", "docx", "lxml", "pydantic", "babel"} & set(sys.modules) or sys.argv[3] == "zonder"
sys.stdout.buffer.write(docx)
"""


@pytest.fixture
def map_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return find_cachemap()


@pytest.fixture
def pad(tmp_path: Path) -> Path:
    return write_docx(tmp_path / "s.docx", p("Beste {{ naam }}."), titel="Brief {{ naam }}")


def render(pad: Path, strict: bool = True) -> bytes:
    return load_template(pad).render_bytes(CONTEXT, strict=strict)


@pytest.mark.parametrize("wijze", ["streng", "soepel"])
def test_a_second_process_gives_the_same_bytes_without_loading_a_word_library(
    pad: Path, map_: Path, wijze: str
) -> None:
    uitkomsten: set[bytes] = set()
    for zaad, cache in (("0", "zonder"), ("1", "met"), ("2", "met")):
        omgeving = {**os.environ, "PYTHONHASHSEED": zaad}
        opdracht = [sys.executable, "-c", PROGRAMMA, str(pad), wijze, cache]
        uitkomsten.add(subprocess.run(opdracht, env=omgeving, check=True, capture_output=True).stdout)
    uitkomsten.add(
        load_template(pad, cache=False).render_bytes({"naam": "Zorg & Zo"}, strict=wijze == "streng")
    )
    assert len(uitkomsten) == 1
    assert map_.stat().st_mode & 0o777 == 0o700


def damage_halve(bestand: Path) -> None:
    bestand.write_bytes(bestand.read_bytes()[:200])


def damage_bit(bestand: Path) -> None:
    data = bytearray(bestand.read_bytes())
    data[60] ^= 0xFF
    bestand.write_bytes(bytes(data))


def damage_leeg(bestand: Path) -> None:
    bestand.write_bytes(b"")


def damage_vorm(bestand: Path) -> None:
    with zipfile.ZipFile(bestand, "w") as uit:
        uit.writestr("meta.json", '{"naam": 3}')
        uit.writestr("leden.json", "[]")


@pytest.mark.parametrize("strict", [True, False], ids=["streng", "soepel"])
@pytest.mark.parametrize("damage", [damage_halve, damage_bit, damage_leeg, damage_vorm])
def test_a_damaged_file_is_made_anew(
    pad: Path, map_: Path, damage: Callable[[Path], None], strict: bool
) -> None:
    eerste = render(pad, strict)
    for bestand in map_.glob("*.zip"):
        damage(bestand)
    assert render(pad, strict) == eerste


def plant(map_: Path) -> None:
    """Put another text in every kept template, with check sums that hold."""
    for bestand in map_.glob("*.zip"):
        with zipfile.ZipFile(bestand) as pakket:
            leden = {n: pakket.read(n) for n in pakket.namelist()}
        leden["meta.json"] = leden["meta.json"].replace(b"Beste", b"Kwaad")
        with zipfile.ZipFile(bestand, "w") as uit:
            for naam, data in leden.items():
                uit.writestr(naam, data)


def open_map(map_: Path) -> None:
    map_.chmod(0o777)


def open_bestand(map_: Path) -> None:
    next(map_.glob("*.zip")).chmod(0o666)


def link_bestand(map_: Path) -> None:
    bestand = next(map_.glob("*.zip"))
    bestand.rename(map_ / "elders")
    bestand.symlink_to(map_ / "elders")


def link_map(map_: Path) -> None:
    map_.rename(map_.with_name("elders"))
    map_.symlink_to(map_.with_name("elders"))


@pytest.mark.parametrize("vergrijp", [open_map, open_bestand, link_bestand, link_map])
def test_what_someone_else_could_have_written_is_not_believed(
    pad: Path, map_: Path, vergrijp: Callable[[Path], None]
) -> None:
    eerste = render(pad)
    plant(map_)
    assert render(pad) != eerste  # it is read, as long as it is ours alone
    vergrijp(map_)
    assert render(pad) == eerste


def test_a_file_of_another_user_is_not_believed(
    pad: Path, map_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    eerste = render(pad)
    plant(map_)
    monkeypatch.setattr(render_cache.os, "geteuid", lambda: 12345)
    assert render(pad) == eerste


def test_another_template_style_or_library_is_another_file(
    tmp_path: Path, map_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad = make_docx(tmp_path, "Een.")
    load_template(pad)
    load_template(pad)
    assert len(list(map_.glob("*.zip"))) == 1
    load_template(pad, huisstijl=HUISSTIJL)
    load_template(make_docx(tmp_path, "Twee."))
    monkeypatch.setattr(render_cache, "_stempel", lambda: b"andere versie")
    load_template(pad)
    assert len(list(map_.glob("*.zip"))) == 4


def test_a_changed_building_block_is_seen(tmp_path: Path, map_: Path) -> None:
    make_docx(tmp_path / "_bouwstenen", "Oud.", naam="slot")
    pad = make_docx(tmp_path / "fase", "[[bouwsteen: slot]]")
    oud = render(pad)
    make_docx(tmp_path / "_bouwstenen", "Nieuw.", naam="slot")
    assert render(pad) != oud


def test_a_disk_that_takes_nothing_is_no_fault(
    pad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bestand").write_text("geen map")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "bestand"))
    assert render(pad) == load_template(pad, cache=False).render_bytes(CONTEXT)


def test_the_oldest_files_go(pad: Path, map_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_cache, "MEESTE", 3)
    for n in range(6):
        write_docx(pad, p(f"Brief {n}"))
        render(pad)
    assert len(list(map_.iterdir())) == 4
