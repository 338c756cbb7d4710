"""Archives and backups whose file is whole and whose content nobody ever exported: put back and calculated again.

Only what a reader writes below the folder `eigen` next to the file is its own.
"""

from __future__ import annotations

import json
import random
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from aanbesteding.engine import archiefcontrole
from aanbesteding.engine.app import App
from aanbesteding.engine.archief import (
    ALLES,
    DOSSIER,
    ArchiefBeschadigd,
    check_archief,
    open_archief,
    restore,
    save_archief,
    save_reservekopie,
    vreemde_inhoud,
)
from aanbesteding.engine.archiefcontrole import SOMMEN
from aanbesteding.engine.herbereken import recalculate
from aanbesteding.engine.verifieer import verify, verify_algemeen
from databases import close_databases
from engine.logvulling import fill
from fakes import make_app, make_procedure, save_dossier
from vijandig.archieven import seal, sum_leden
from vijandig.breken import BIJT, break_bytes, break_leden, read_leden

EIGEN = "eigen"
WAARDEN: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1.5, "", "x", [], {}, {"base64": "!"}, {"base64": "AAAA"}, "../../../etc/passwd",
    "/etc/passwd", "[" * 3000, "[]", "{}", "null", '"x"', "2026-02-30", *BIJT[:24],
)  # fmt: skip


def make_bron(map_: Path) -> App:
    """An app with a dossier that has something in every table of evidence."""
    app = make_app(map_ / "bron", make_procedure())
    save_dossier(app)
    return fill(app)


def make_archieven(map_: Path) -> list[bytes]:
    """One whole archive."""
    return [save_archief(make_bron(map_), "PROEF", map_ / "goed.zip").pad.read_bytes()]


def make_kopieen(map_: Path) -> list[bytes]:
    """One whole backup."""
    return [save_reservekopie(make_bron(map_), map_ / "kopie.zip", {}).pad.read_bytes()]


def break_inhoud(inhoud: bytes, kans: random.Random) -> bytes:
    """Mostly: other rows, in a file whose sums are right again."""
    if kans.random() < 0.05:
        return break_bytes(inhoud, kans)
    leden = read_leden(inhoud)
    del leden[SOMMEN]
    if kans.random() < 0.15:
        leden = break_leden(leden, kans)
    else:
        for _ in range(kans.choice([1, 1, 1, 2, 4])):
            _break_tabel(leden, kans)
    leden[SOMMEN] = sum_leden(leden)
    return seal(leden)


def _break_tabel(leden: dict[str, bytes], kans: random.Random) -> None:
    namen = [naam for naam in leden if naam.startswith("tabellen/") and leden[naam].strip()]
    if not namen or kans.random() < 0.1:
        leden["inhoud.json"] = json.dumps(_break_waarde(json.loads(leden["inhoud.json"]), kans)).encode()
        return
    naam = kans.choice(namen)
    rijen: list[Any] = [json.loads(regel) for regel in leden[naam].decode().splitlines()]
    plek = kans.randrange(len(rijen))
    soort = kans.randrange(8)
    if soort == 0:
        rijen.append(rijen[plek])
    elif soort == 1:
        del rijen[plek]
    else:
        rijen[plek] = _break_waarde(rijen[plek], kans)
    leden[naam] = "".join(f"{json.dumps(rij)}\n" for rij in rijen).encode()


def _break_waarde(waarde: Any, kans: random.Random) -> Any:
    """Another value in its place, or one of the values in it another; texts that hold JSON are opened."""
    if isinstance(waarde, str) and waarde[:1] in ("{", "[") and kans.random() < 0.8:
        with suppress(ValueError, RecursionError):  # what was broken before
            return json.dumps(_break_waarde(json.loads(waarde), kans))
    if not waarde or not isinstance(waarde, dict | list) or kans.random() < 0.03:
        return kans.choice(WAARDEN)
    if isinstance(waarde, list):
        plek = kans.randrange(len(waarde))
        return [_break_waarde(deel, kans) if n == plek else deel for n, deel in enumerate(waarde)]
    sleutel = kans.choice(list(waarde))
    soort = kans.randrange(10)
    if soort == 0:
        return {k: v for k, v in waarde.items() if k != sleutel}
    if soort == 1:
        return waarde | {kans.choice(["x", "", "id", "\x00"]): kans.choice(WAARDEN)}
    return waarde | {sleutel: _break_waarde(waarde[sleutel], kans)}


@cache
def _make_leeg() -> Path:
    """An empty environment to copy: making its tables takes long."""
    map_ = Path(mkdtemp())
    make_app(map_, make_procedure())
    close_databases()
    return map_


def _open_leeg(map_: Path) -> App:
    eigen = map_ / EIGEN
    shutil.rmtree(eigen, ignore_errors=True)
    shutil.copytree(_make_leeg(), eigen)
    return make_app(eigen, make_procedure())


def read_herbereken(pad: Path) -> None:
    """As `aanbesteding herbereken` does."""
    check_archief(pad, DOSSIER)
    try:
        app, code = open_archief(_open_leeg(pad.parent), pad, pad.parent / EIGEN)
        with vreemde_inhoud(pad):
            recalculate(app, code)
    finally:
        close_databases()


def read_herstel(pad: Path) -> None:
    """As `aanbesteding herstel` does."""
    check_archief(pad, ALLES)
    try:
        app = _open_leeg(pad.parent)
        for code in restore(app, pad, {}):
            verify(app, code)
        verify_algemeen(app)
    finally:
        close_databases()


def read_los(pad: Path) -> None:
    """As the program does that travels along; what it finds it says itself."""
    if uitkomst := archiefcontrole.main([str(pad)]):
        assert uitkomst in (1, 2)
        raise ArchiefBeschadigd("Het losse controleprogramma keurt het archief af.")
