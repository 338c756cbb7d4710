"""Where produced files go, <root>/<dossier>/<fase>/<name>: what may be asked of such a place, and a folder as one.

A folder is what an installation has by itself; several machines share an object store (storage.objecten). In a folder
a file is written under a temporary name and then renamed.

Must stay true of every place: a file under its final name is whole; a second write of the same bytes changes nothing;
no path leads out of the folder of its dossier.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from errno import ENOENT
from itertools import count
from pathlib import Path
from typing import Protocol

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


def split_pad(dossier: str, pad: str) -> tuple[str, ...]:
    """Dossier, folders and name of a file; a name that leads elsewhere (a row of a hostile backup may hold one) is
    nowhere: FileNotFoundError."""
    delen = (dossier, *pad.split("/"))
    if not all(delen) or any(d in (".", "..") or set(d) & {"/", "\\", "\0"} for d in delen):
        raise FileNotFoundError(ENOENT, "geen naam van een bestand", pad)
    return delen


class Opslag(Protocol):
    """A place of produced files; `pad` is the path below the dossier, with slashes."""

    def save(self, dossier: str, pad: str, inhoud: bytes) -> str:
        """Keep a file; returns its SHA-256. BestandNietBewaard when it cannot."""
        ...

    def load(self, dossier: str, pad: str) -> bytes:
        """Read a file back; OSError when that cannot be done."""
        ...

    def hash(self, dossier: str, pad: str) -> str | None:
        """SHA-256 of the file as it is now; None when there is none."""
        ...

    def check(self, dossier: str, pad: str, sha256: str) -> bool:
        """Is the file there, with exactly this content?"""
        ...

    def remove(self, dossier: str, pad: str) -> None:
        """Take a file away, if it is there."""
        ...

    def list_dossiers(self) -> Sequence[str]:
        """Dossiers that have files, in order."""
        ...

    def list_paden(self, dossier: str) -> Sequence[str]:
        """Paths of the files of a dossier, in order; no half written ones."""
        ...

    def show(self, dossier: str, pad: str = "") -> str:
        """Where a file or a dossier is, for a person."""
        ...

    def fetch(self, dossier: str, paden: Iterable[str], map_: Path) -> list[Path]:
        """These files on this machine: where they are, or brought to `map_`. What is not there is not there."""
        ...

    def remove_tijdelijk(self, dossier: str) -> None:
        """Remove what a killed run left half written; the files of a living process are left alone."""
        ...


@dataclass(frozen=True)
class Bestanden:
    """The folder of all produced files."""

    wortel: Path

    def folder(self, dossier: str) -> Path:
        """Folder of one dossier."""
        return self.wortel / dossier

    def save(self, dossier: str, pad: str, inhoud: bytes) -> str:
        """See Opslag."""
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
        """See Opslag."""
        return self._find(dossier, pad).read_bytes()

    def _find(self, dossier: str, pad: str) -> Path:
        return self.wortel.joinpath(*split_pad(dossier, pad))

    def hash(self, dossier: str, pad: str) -> str | None:
        """See Opslag."""
        try:
            return hashlib.sha256(self.load(dossier, pad)).hexdigest()
        except OSError:
            return None

    def check(self, dossier: str, pad: str, sha256: str) -> bool:
        """See Opslag."""
        return self.hash(dossier, pad) == sha256

    def remove(self, dossier: str, pad: str) -> None:
        """See Opslag."""
        self._find(dossier, pad).unlink(missing_ok=True)

    def list_dossiers(self) -> Sequence[str]:
        """See Opslag."""
        return sorted(map_.name for map_ in self.wortel.glob("*") if map_.is_dir())

    def list_paden(self, dossier: str) -> Sequence[str]:
        """See Opslag."""
        return tuple(self._list(dossier))

    def _list(self, dossier: str) -> Iterator[str]:
        map_ = self.folder(dossier)
        for pad in sorted(map_.rglob("*")):
            if pad.is_file() and not pad.name.endswith(TIJDELIJK):
                yield pad.relative_to(map_).as_posix()

    def show(self, dossier: str, pad: str = "") -> str:
        """See Opslag."""
        return str(self.folder(dossier) / pad)

    def fetch(self, dossier: str, paden: Iterable[str], map_: Path) -> list[Path]:
        """See Opslag."""
        return [self._find(dossier, pad) for pad in paden]

    def remove_tijdelijk(self, dossier: str) -> None:
        """See Opslag."""
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
