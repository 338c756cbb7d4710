"""What a document was made from, so that it can be made again: the bundle of its template, and the versions at work.

A bundle holds the template, the building blocks that it uses and the house style, as they were. It is kept once, by
its hash, beside the register of documents (storage.documenten); editing a template afterwards changes no bundle.

Must stay true: the same template, building blocks and house style give the same bundle, byte for byte, on every
machine; the properties of a document follow from its row in the register alone.
"""

from __future__ import annotations

import functools
import io
import tempfile
import zipfile
import zlib
from importlib.metadata import version
from pathlib import Path

from aanbesteding import __version__
from aanbesteding.documents.render import Template, load_template
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.errors import SjabloonMismatch

_BIBLIOTHEKEN = ("babel", "docxtpl", "jinja2", "lxml", "matplotlib")
VORM = 2
"""Goes up when the same versions of everything make other bytes of the same text."""
_HUISSTIJL = "huisstijl.json"
MAX_BUNDEL = 50_000_000
"""Bytes of a kept template with its building blocks, unpacked."""
_TIJD = (2026, 1, 1, 0, 0, 0)


@functools.cache
def describe_motor() -> str:
    """The versions that decide on the bytes of a document: `aanbesteding=0.1.0 babel=2.17.0 ... zlib=1.3.1`."""
    import zlib

    delen = {
        "aanbesteding": __version__,
        "vorm": str(VORM),
        **{naam: version(naam) for naam in _BIBLIOTHEKEN},
    }
    delen["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    return " ".join(f"{naam}={waarde}" for naam, waarde in delen.items())


def list_motorverschillen(toen: str, nu: str) -> list[str]:
    """What differs between two engines, one Dutch phrase each: `zlib 1.2.13, nu 1.3.1`."""
    oud, nieuw = _split_motor(toen), _split_motor(nu)
    return [
        f"{naam} {oud.get(naam, 'onbekend')}, nu {nieuw.get(naam, 'onbekend')}"
        for naam in {**oud, **nieuw}
        if oud.get(naam) != nieuw.get(naam)
    ]


def _split_motor(motor: str) -> dict[str, str]:
    delen = [deel.partition("=") for deel in motor.split()]
    return {naam: waarde for naam, _, waarde in delen}


def list_eigenschappen(
    *,
    dossier: str,
    document: str,
    versie: int,
    ontvanger: str,
    sjabloon_sha256: str,
    context_sha256: str,
    motor: str,
) -> dict[str, str]:
    """What a produced document carries about itself, as custom properties."""
    return {
        "dossier": dossier,
        "document": document,
        "versie": str(versie),
        "ontvanger": ontvanger,
        "sjabloon_sha256": sjabloon_sha256,
        "context_sha256": context_sha256,
        "aanbesteding_versie": _split_motor(motor).get("aanbesteding", ""),
    }


def load_vast(pad: Path, huisstijl: Huisstijl, bouwstenen: Path) -> Template:
    """The template as documents of record are made from it: the bytes depend on nothing that may be installed."""
    return load_template(pad, huisstijl=huisstijl, bouwstenen=bouwstenen, archief=True, cache=False)


def build_bundel(pad: Path, bouwstenen: Path, namen: tuple[str, ...], huisstijl: Huisstijl) -> bytes:
    """One file that holds the template, the building blocks with these names and the house style."""
    leden = {f"sjabloon/{pad.name}": pad.read_bytes()}
    leden |= {f"_bouwstenen/{n}.docx": (bouwstenen / f"{n}.docx").read_bytes() for n in sorted(set(namen))}
    leden[_HUISSTIJL] = huisstijl.model_dump_json().encode()
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_STORED) as bundel:
        for naam, inhoud in leden.items():
            lid = zipfile.ZipInfo(naam, _TIJD)
            lid.create_system = 3
            bundel.writestr(lid, inhoud)
    return uit.getvalue()


def load_bundel(bundel: bytes) -> tuple[Template, Huisstijl]:
    """The compiled template of a bundle with its house style; SjabloonMismatch when the bundle is damaged."""
    try:
        with tempfile.TemporaryDirectory() as naam, zipfile.ZipFile(io.BytesIO(bundel)) as leden:
            map_ = Path(naam)
            if sum(lid.file_size for lid in leden.infolist()) > MAX_BUNDEL:
                raise ValueError("uitgepakt is het veel te groot")
            leden.extractall(map_)
            huisstijl = Huisstijl.model_validate_json((map_ / _HUISSTIJL).read_bytes())
            (pad,) = (map_ / "sjabloon").iterdir()
            return load_vast(pad, huisstijl, map_ / "_bouwstenen"), huisstijl
    except (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as fout:
        raise SjabloonMismatch(f"Het bewaarde sjabloon is niet te openen: {fout}.") from fout
