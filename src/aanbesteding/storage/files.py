"""Where produced files go: <root>/<dossier>/<fase>/<name>, written to a temporary name and then renamed.

Must stay true: a file under its final name is whole; a second write of the same bytes changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

TIJDELIJK = ".deel"


def make_bestandsnaam(document: str, ontvanger: str, uitgave: int, achtervoegsel: str = ".docx") -> str:
    """File name of a document: letters, digits, dashes and underscores only."""
    deel = re.sub(r"[^A-Za-z0-9_-]+", "-", ontvanger).strip("-")[:80]
    nummer = "" if uitgave == 1 else f"-uitgave{uitgave}"
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
        """Write a file at `pad` below the dossier's folder; returns its SHA-256."""
        doel = self.folder(dossier) / pad
        doel.parent.mkdir(parents=True, exist_ok=True)
        tijdelijk = doel.with_name(doel.name + TIJDELIJK)
        with tijdelijk.open("wb") as bestand:
            bestand.write(inhoud)
            bestand.flush()
            os.fsync(bestand.fileno())
        tijdelijk.replace(doel)
        return hashlib.sha256(inhoud).hexdigest()

    def load(self, dossier: str, pad: str) -> bytes:
        """Read a file back."""
        return (self.folder(dossier) / pad).read_bytes()

    def remove_tijdelijk(self, dossier: str) -> None:
        """Remove what a killed run left half written."""
        for rest in self.folder(dossier).glob(f"**/*{TIJDELIJK}"):
            rest.unlink(missing_ok=True)
