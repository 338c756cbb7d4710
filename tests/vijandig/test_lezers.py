"""Broken and hostile input, for every reader: accepted or refused in Dutch; never a crash, a hang or a write.

10,000 inputs per reader with AANBESTEDING_LANG=1 (make test-lang), some hundreds otherwise.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanbesteding.adapters.werkboek import load_werkboek, save_werkboek
from aanbesteding.errors import AanbestedingError, InvoerError
from betrouwbaarheid import note
from vijandig.breken import read_leden, save_leden
from vijandig.lezers import LEZERS, Lezer, list_bladen
from vijandig.terugzetten import EIGEN

LANG = bool(os.environ.get("AANBESTEDING_LANG"))
AANTAL = 10_000 if LANG else 200
AANTAL_EIGEN = 10_000 if LANG else 40
"""A reader with a database of its own takes a tenth of a second for each."""
SECONDEN = 10
"""Of work of the processor: whatever else the machine does meanwhile is no fault of a reader."""
ENGELS = re.compile(r"Traceback|<class|\b\w+(Error|Exception)\b|object at 0x")
_bewaakt: list[list[str]] = []


def _note_daad(gebeurtenis: str, argumenten: tuple[Any, ...]) -> None:
    """What a reader may not do: write, connect or start something."""
    if not _bewaakt:
        return
    if gebeurtenis == "open":
        pad, wijze, vlaggen = argumenten
        schrijft = isinstance(vlaggen, int) and vlaggen & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if schrijft and "__pycache__" not in str(pad):
            _bewaakt[-1].append(f"open {pad} {wijze}")
    elif gebeurtenis in (
        "socket.connect",
        "subprocess.Popen",
        "os.system",
        "os.mkdir",
        "os.rename",
        "os.remove",
    ):
        _bewaakt[-1].append(f"{gebeurtenis} {argumenten}"[:200])


sys.addaudithook(_note_daad)


@contextmanager
def bewaakt() -> Iterator[list[str]]:
    """Collects what is done meanwhile; stops whatever takes too long."""

    def stop(_signaal: int, _frame: Any) -> None:
        raise TimeoutError(f"langer dan {SECONDEN} seconden")

    oud = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDEN)
    daden: list[str] = []
    _bewaakt.append(daden)
    try:
        yield daden
    finally:
        _bewaakt.pop()
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, oud)


def is_eigen(daad: str, map_: Path) -> bool:
    """Was this done in the folder of this reader, or in one that was made for the moment?"""
    soort, _, waar = daad.partition(" ")
    if soort == "open":
        return waar.startswith((f"{map_ / EIGEN}/", f"{tempfile.gettempdir()}/tmp"))
    return soort in ("os.mkdir", "os.remove", "os.rename")


@pytest.mark.lang
@pytest.mark.timeout(7200)
@pytest.mark.betrouwbaarheid
@pytest.mark.parametrize("lezer", LEZERS, ids=lambda lezer: lezer.naam)
def test_broken_input_is_accepted_or_refused_in_dutch(lezer: Lezer, tmp_path: Path):
    voorbeelden = lezer.voorbeelden(tmp_path)
    pad = tmp_path / f"invoer{lezer.achtervoegsel}"
    for voorbeeld in voorbeelden:
        pad.write_bytes(voorbeeld)
        with suppress(AanbestedingError):  # an example for one kind may be read as another
            lezer.lees(pad)
    aantal = AANTAL_EIGEN if lezer.eigen else AANTAL
    geteld = {"geprobeerd": 0, "geweigerd": 0, "tracebacks": 0}

    @settings(
        max_examples=aantal,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**60))
    def try_een(zaad: int) -> None:
        kans = random.Random(zaad)
        pad.write_bytes(lezer.breek(kans.choice(voorbeelden), kans))
        geteld["geprobeerd"] += 1
        melding = "aanvaard"
        with bewaakt() as daden:
            try:
                lezer.lees(pad)
            except AanbestedingError as fout:
                geteld["geweigerd"] += 1
                melding = str(fout)
            except Exception as fout:
                geteld["tracebacks"] += 1
                fout.add_note(f"{lezer.naam}: zaad {zaad}")
                raise
        assert [daad for daad in daden if not (lezer.eigen and is_eigen(daad, tmp_path))] == []
        assert melding.strip()
        assert not ENGELS.search(melding), melding

    try:
        try_een()
    finally:
        note("invoer", lezer.naam, geprobeerd=geteld["geprobeerd"], tracebacks=geteld["tracebacks"])
    assert lezer.naam.startswith(("bewijs", "formulier", "adressen")) or geteld["geweigerd"] > aantal // 20


def _make_goed(pad: Path) -> bytes:
    save_werkboek(pad, {blad: (("a",), [["1"]]) for blad in list_bladen()[0]})
    return pad.read_bytes()


NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def wrap_blad(binnen: str, voor: str = "") -> str:
    """The XML of a sheet."""
    return f'{voor}<worksheet xmlns="{NS}">{binnen}</worksheet>'


def wrap_rijen(rijen: str) -> str:
    """The XML of a sheet with these rows."""
    return wrap_blad(f"<sheetData>{rijen}</sheetData>")


ENTITEITEN = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
SMAL = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 5000))
BOMMEN = {
    "cel in de verste hoek": wrap_rijen('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "brede rijen": wrap_blad(f'<dimension ref="A1:XFD1048576"/><sheetData>{SMAL}</sheetData>'),
    "entiteiten in elkaar": wrap_blad("&j;", f'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{ENTITEITEN}]>'),
    "bestand van de computer": wrap_blad(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData>',
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ),
    "uitgepakt veel te groot": wrap_blad(" " * 200_000_000),
    "heel diep": f'<worksheet xmlns="{NS}">' + "<sheetData>" * 100_000,
}


@pytest.mark.betrouwbaarheid
@pytest.mark.parametrize("bom", BOMMEN)
def test_workbook_that_swells_is_refused_fast_and_without_filling_the_memory(bom: str, tmp_path: Path):
    pad = tmp_path / "bom.xlsx"
    leden = read_leden(_make_goed(pad)) | {"xl/worksheets/sheet1.xml": BOMMEN[bom].encode()}
    pad.write_bytes(save_leden(leden))
    geweigerd = False
    tracemalloc.start()
    try:
        with bewaakt() as daden, pytest.raises(InvoerError) as fout:
            load_werkboek(pad, list_bladen()[0])
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
        geweigerd = True
    finally:
        tracemalloc.stop()
        note("invoer", "werkboek dat opzwelt", geprobeerd=1, tracebacks=int(not geweigerd))
    assert daden == []
    assert "root:" not in str(fout.value)
