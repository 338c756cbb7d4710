"""An archive or a backup is refused before anything of it is unpacked when it swells, leaves its folder or lies."""

from __future__ import annotations

import hashlib
import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from aanbesteding.documents.herkomst import load_bundel
from aanbesteding.engine import archiefcontrole
from aanbesteding.engine.archief import DOSSIER, ArchiefBeschadigd, check_archief, restore
from aanbesteding.engine.archiefcontrole import LEEG, SOMMEN
from aanbesteding.errors import AanbestedingError, SjabloonMismatch
from aanbesteding.storage.files import Bestanden
from aanbesteding.storage.tabellen import load_schema
from betrouwbaarheid import note
from fakes import make_app
from vijandig.archieven import seal, sum_leden
from vijandig.breken import save_leden
from vijandig.test_lezers import bewaakt

LEDEN = {"inhoud.json": b'{"soort": "dossier", "koppen": {}}', "tabellen/feit.jsonl": b""}


def make(anders: dict[str, bytes], manier: int = zipfile.ZIP_STORED) -> bytes:
    leden = LEDEN | anders
    leden[SOMMEN] = sum_leden(leden)
    if manier == zipfile.ZIP_STORED:
        return seal(leden)
    ruw = save_leden(leden, manier, LEEG)
    lichaam = ruw[: -len(LEEG)]
    return lichaam + hashlib.sha256(lichaam).hexdigest().encode()


def make_dubbel() -> bytes:
    """Two members that are the same bytes of the file: what is read is more than what is there."""
    ruw = make({"tabellen/groot.jsonl": b" " * 1_000_000, "tabellen/klein.jsonl": b""})
    with zipfile.ZipFile(io.BytesIO(ruw)) as zip_:
        groot = zip_.getinfo("tabellen/groot.jsonl")
    kop = ruw.index(b"PK\x01\x02", groot.header_offset)
    boek = bytearray(ruw[kop:])
    plek = boek.index(b"tabellen/klein.jsonl") - 46
    boek[plek + 16 : plek + 28] = struct.pack("<LLL", groot.CRC, groot.file_size, groot.file_size)
    boek[plek + 42 : plek + 46] = struct.pack("<L", groot.header_offset)
    return ruw[:kop] + bytes(boek)


def make_verwijzing() -> bytes:
    """A member that says it is a symbolic link."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as zip_:
        lid = zipfile.ZipInfo("documenten/PROEF/brief.docx")
        lid.external_attr = (stat.S_IFLNK | 0o777) << 16
        lid.create_system = 3
        zip_.writestr(lid, "/etc/passwd")
    return uit.getvalue()


BOMMEN: dict[str, Callable[[], bytes]] = {
    "ingepakt, en uitgepakt veel te groot": lambda: make(
        {"tabellen/x.jsonl": b" " * 100_000_000}, zipfile.ZIP_DEFLATED
    ),
    "op een andere manier ingepakt": lambda: make({"tabellen/x.jsonl": b" " * 1_000_000}, zipfile.ZIP_LZMA),
    "hetzelfde stuk twee keer genoemd": make_dubbel,
    "verwijzing naar een bestand van de computer": make_verwijzing,
    "naam die de map verlaat": lambda: make({"documenten/../../weg": b"x"}),
    "naam van een ander station": lambda: make({"C:/weg": b"x"}),
    "naam met een regeleinde": lambda: make({"documenten/a\nb": b"x"}),
    "naam zonder eind": lambda: make({"a/" * 2_000 + "b": b"x"}),
}


@pytest.mark.betrouwbaarheid
@pytest.mark.parametrize("bom", BOMMEN)
def test_archive_that_swells_or_lies_is_refused_unread(
    bom: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    pad = tmp_path / "bom.zip"
    pad.write_bytes(BOMMEN[bom]())
    geweigerd = False
    try:
        with bewaakt() as daden:
            with pytest.raises(ArchiefBeschadigd):
                check_archief(pad, DOSSIER)
            assert archiefcontrole.main([str(pad)]) == 1
        geweigerd = True
    finally:
        note("invoer", "archief dat opzwelt of liegt", geprobeerd=1, tracebacks=int(not geweigerd))
    assert daden == []
    assert "FOUT" in capsys.readouterr().out


@pytest.mark.parametrize(
    "namen",
    [
        ("documenten/PROEF",),
        ("documenten/PROEF/a", "documenten/PROEF/a/b"),
        (f"documenten/PROEF/{'x' * 300}",),
        ("regio/a", "regio/a/b"),
        (f"regio/{'x' * 300}",),
        ("regio/a/b", "regio/a"),
    ],
)
def test_member_whose_name_no_disk_can_hold_is_told_in_dutch(tmp_path: Path, namen: tuple[str, ...]):
    pad = tmp_path / "vreemd.zip"
    app = make_app(tmp_path / "leeg")
    inhoud = json.dumps({"soort": "dossier", "koppen": {}, "schema": load_schema(app.database)}).encode()
    pad.write_bytes(make({"inhoud.json": inhoud} | dict.fromkeys(namen, b"x")))
    check_archief(pad, DOSSIER)
    with pytest.raises(AanbestedingError):
        restore(app, pad, {"regio": tmp_path / "regios"})


@pytest.mark.parametrize("pad", ["../../geheim", "/etc/passwd", "a/../../b", "a//b", "", "a\\b", "a\0b", "."])
def test_row_that_names_a_file_outside_the_folder_reaches_nothing(tmp_path: Path, pad: str):
    (tmp_path / "geheim").write_bytes(b"geheim")
    bestanden = Bestanden(tmp_path / "documenten" / "x")
    for dossier in ("PROEF", "..", "../.."):
        with pytest.raises(FileNotFoundError):
            bestanden.load(dossier, pad)
        assert not bestanden.check(dossier, pad, hashlib.sha256(b"geheim").hexdigest())


@pytest.mark.parametrize("inhoud", [b"", b"geen zip", save_leden({"a": b" " * 60_000_000})])
def test_kept_template_that_swells_or_is_none_is_refused(inhoud: bytes):
    with pytest.raises(SjabloonMismatch, match="niet te openen"):
        load_bundel(inhoud)
