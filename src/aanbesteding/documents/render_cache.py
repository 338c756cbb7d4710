"""Keeps prepared templates on disk, so that the first document of a process need not wait for docxtpl.

What is kept is what docxtpl, python-docx and lxml made of a template: texts and members, as JSON and bytes in a
zip. There is no code in it: Jinja compiles the sources again in every process, and renders them in its sandbox.

Must stay true: safe to delete at any moment; a file counts only when it and its directory belong to this user
and no one else may write there, when its check sums hold, and when it was made from this very template, house
style, building blocks, package and libraries; anything else is ignored and made anew. No fault of the disk is
ever a fault of the document.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aanbesteding.documents.render_pakket import Basis, Bouwsteen, Pakket

MEESTE = 300
_BIBLIOTHEKEN = ("docxtpl", "docx", "lxml", "jinja2")


def find_cachemap() -> Path:
    """Where prepared templates are kept for this user."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "aanbesteding" / "sjablonen"


@cache
def _stempel() -> bytes:
    """Changes with Python, with this package and with every library that has a say in the result."""
    delen = [sys.version.encode()]
    delen += [pad.read_bytes() for pad in sorted(Path(__file__).parent.glob("*.py"))]
    for naam in _BIBLIOTHEKEN:
        spec = find_spec(naam)
        if spec is not None and spec.origin:
            gegevens = os.stat(spec.origin)
            delen.append(f"{spec.origin} {gegevens.st_size} {gegevens.st_mtime_ns}".encode())
    return hashlib.sha256(b"\0".join(delen)).digest()


def make_sleutel(soort: str, delen: Iterable[bytes]) -> str:
    """Name of what was made of these inputs."""
    som = hashlib.sha256(_stempel() + soort.encode())
    for deel in delen:
        som.update(len(deel).to_bytes(8, "big") + deel)
    return som.hexdigest()


def load_pakket_uit_cache(sleutel: str) -> Pakket | None:
    """The prepared template that was kept under this key."""
    gevonden = _load(sleutel)
    if gevonden is None:
        return None
    meta, leden = gevonden
    with suppress(KeyError, TypeError):
        stenen = tuple(Bouwsteen(b["naam"], b["versie"]) for b in meta["bouwstenen"])
        return Pakket(meta["naam"], leden, meta["bronnen"], stenen)
    return None


def load_basis_uit_cache(sleutel: str) -> Basis | None:
    """docxtpl's own start that was kept under this key."""
    gevonden = _load(sleutel)
    if gevonden is None:
        return None
    meta, leden = gevonden
    with suppress(KeyError, TypeError):
        velden: dict[str, Any] = {**meta, "leden": leden, "noten": tuple(meta["noten"])}
        return Basis(**velden)
    return None


def save_in_cache(sleutel: str, inhoud: Pakket | Basis) -> None:
    """Keep this; a disk that does not allow it is no fault."""
    meta = {naam: waarde for naam, waarde in asdict(inhoud).items() if naam != "leden"}
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pakket:
        pakket.writestr("meta.json", json.dumps(meta), zipfile.ZIP_DEFLATED, 1)
        pakket.writestr("leden.json", json.dumps(list(inhoud.leden)))
        for nummer, data in enumerate(inhoud.leden.values()):
            pakket.writestr(str(nummer), data, zipfile.ZIP_DEFLATED, 1)
    with suppress(OSError):
        map_ = find_cachemap()
        map_.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_eigen(os.lstat(map_), stat.S_ISDIR):
            return
        _prune(map_)
        handvat, tijdelijk = tempfile.mkstemp(dir=map_, prefix=".nieuw-")
        try:
            with os.fdopen(handvat, "wb") as bestand:
                bestand.write(uit.getvalue())
            os.replace(tijdelijk, map_ / f"{sleutel}.zip")
        except OSError:
            os.unlink(tijdelijk)


def _load(sleutel: str) -> tuple[dict[str, Any], dict[str, bytes]] | None:
    data = _read(find_cachemap(), f"{sleutel}.zip")
    if data is None:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pakket:
            namen: list[str] = json.loads(pakket.read("leden.json"))
            return json.loads(pakket.read("meta.json")), {n: pakket.read(str(i)) for i, n in enumerate(namen)}
    except Exception:  # damaged in whatever way: it is made anew
        return None


def _read(map_: Path, naam: str) -> bytes | None:
    if not hasattr(os, "geteuid"):
        return None  # whose file it is cannot be told here
    with suppress(OSError):
        if not _is_eigen(os.lstat(map_), stat.S_ISDIR):
            return None
        handvat = os.open(map_ / naam, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handvat, "rb") as bestand:
            return bestand.read() if _is_eigen(os.fstat(handvat), stat.S_ISREG) else None
    return None


def _is_eigen(gegevens: os.stat_result, soort: Any) -> bool:
    """Of the right kind, of this user, and not to be written by anyone else."""
    return soort(gegevens.st_mode) and gegevens.st_uid == os.geteuid() and not gegevens.st_mode & 0o022


def _prune(map_: Path) -> None:
    bestanden = sorted(map_.iterdir(), key=lambda p: p.stat().st_mtime)
    for pad in bestanden[: max(0, len(bestanden) - MEESTE)]:
        pad.unlink(missing_ok=True)
