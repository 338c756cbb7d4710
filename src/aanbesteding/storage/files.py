"""Where produced files go: <root>/<dossier>/<fase>/<name>, written to a temporary name and then renamed.

Must stay true: a file under its final name is whole; a second write of the same bytes changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from errno import ENOENT
from itertools import count
from pathlib import Path

from aanbesteding.storage.storing import tell_bestand

TIJDELIJK = ".deel"
_volgnummer = count(1)


def make_bestandsnaam(document: str, ontvanger: str, uitgave: int, achtervoegsel: str = ".docx") -> str:
    """File name of a document: letters, digits, dashes and underscores only; another key gives another name.

    A key that holds anything else gets a piece of its hash, so that two keys never share a file. The number of
    the edition follows an underscore, which a key never holds.
    """
    deel = re.sub(r"[^A-Za-z0-9-]+", "-", ontvanger).strip("-")[:80]
    if deel != ontvanger:
        deel = f"{deel}-{hashlib.sha256(ontvanger.encode(errors='surrogatepass')).hexdigest()[:8]}".strip("-")
    nummer = "" if uitgave == 1 else f"_uitgave{uitgave}"
    naam = f"{document}-{deel}" if deel else document
    return f"{naam}{nummer}{achtervoegsel}"


@dataclass(frozen=True)
class Bestanden:
    """The folder of all produced files."""

    wortel: Path

    def folder(self, dossier: str) -> Path:
        """Folder of one dossier."""
        return self.wortel / dossier

    def save(self, dossier: str, pad: str, inhoud: bytes) -> str:
        """Write a file at `pad` below the dossier's folder; returns its SHA-256. BestandNietBewaard when it cannot."""
        doel = self._find(dossier, pad)
        tijdelijk = doel.with_name(f"{doel.name}.{os.getpid()}-{next(_volgnummer)}{TIJDELIJK}")
        try:
            doel.parent.mkdir(parents=True, exist_ok=True)
            with tijdelijk.open("wb") as bestand:
                bestand.write(inhoud)
                bestand.flush()
                os.fsync(bestand.fileno())
            tijdelijk.replace(doel)
        except OSError as fout:
            with suppress(OSError):
                tijdelijk.unlink(missing_ok=True)
            raise tell_bestand(f"{dossier}/{pad}", fout) from fout
        return hashlib.sha256(inhoud).hexdigest()

    def load(self, dossier: str, pad: str) -> bytes:
        """Read a file back."""
        return self._find(dossier, pad).read_bytes()

    def _find(self, dossier: str, pad: str) -> Path:
        """Where this file is; a name that leaves the folder (a row of a hostile backup may hold one) is nowhere."""
        delen = (dossier, *pad.split("/"))
        if not all(delen) or any(d in (".", "..") or set(d) & {"/", "\\", "\0"} for d in delen):
            raise FileNotFoundError(ENOENT, "geen naam van een bestand", pad)
        return self.folder(dossier).joinpath(*delen[1:])

    def check(self, dossier: str, pad: str, sha256: str) -> bool:
        """Is the file there, with exactly this content?"""
        try:
            return hashlib.sha256(self.load(dossier, pad)).hexdigest() == sha256
        except OSError:
            return False

    def remove_tijdelijk(self, dossier: str) -> None:
        """Remove what a killed run left half written; the files of a living process are left alone."""
        for rest in self.folder(dossier).glob(f"**/*{TIJDELIJK}"):
            nummer = rest.name.removesuffix(TIJDELIJK).rpartition(".")[2].partition("-")[0]
            if not (nummer.isdigit() and _check_leeft(int(nummer))):
                rest.unlink(missing_ok=True)


def _check_leeft(nummer: int) -> bool:
    """Is there a process with this number on this machine?"""
    try:
        os.kill(nummer, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
