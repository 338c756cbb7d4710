"""Produced files in an object store (S3), which machines that work together share; storage.files says what holds.

A PUT is whole or nothing, so there are no temporary names here. The client lives in the process that made it: after a
split-off (engine.samen) each process makes its own.

Must stay true: nothing is read from a list that was kept; no key or secret stands in what a person reads.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aanbesteding.errors import BestandNietBewaard, InvoerError, OpslagWeg
from aanbesteding.storage.files import Bestanden, Opslag, split_pad

POGINGEN = 3
"""Times that a request is sent when the store does not answer."""


def open_opslag(map_: Path, url: str, eindpunt: str) -> Opslag:
    """The place of produced files: the folder, or the object store of these settings. InvoerError for a wrong one."""
    if not url:
        if eindpunt:
            raise InvoerError(
                [
                    "AANBESTEDING_DOCUMENTEN_EINDPUNT is ingevuld en AANBESTEDING_DOCUMENTEN_URL niet. Geef ook de "
                    "emmer, bijvoorbeeld s3://emmer/documenten, of laat beide leeg."
                ]
            )
        return Bestanden(map_)
    fouten: list[str] = []
    if not (wortel := _parse_emmer(url)):
        fouten.append(
            "AANBESTEDING_DOCUMENTEN_URL klopt niet: geef s3://emmer of s3://emmer/map, zonder sleutels erin, of laat "
            "de instelling leeg voor een map op deze computer."
        )
    if eindpunt and not _is_eindpunt(eindpunt):
        fouten.append(
            "AANBESTEDING_DOCUMENTEN_EINDPUNT klopt niet: geef het hele adres, bijvoorbeeld https://s3.example.nl, "
            "zonder sleutels erin. Met http:// kan alleen een opslag op deze computer zelf."
        )
    if fouten:
        raise InvoerError(fouten)
    if find_spec("s3fs") is None:
        raise InvoerError(
            ["Voor een objectopslag is een uitbreiding nodig: installeer aanbesteding met [s3] erachter."]
        )
    return Objecten(wortel, eindpunt)


def _parse_emmer(url: str) -> str:
    """The bucket, or bucket/folder, of this address; empty when it is none."""
    try:
        deel = urlsplit(url)
    except ValueError:
        return ""
    wortel = f"{deel.netloc}{deel.path}".rstrip("/")
    goed = deel.scheme == "s3" and not (set(deel.netloc) & set("@:") or deel.query or deel.fragment)
    return wortel if goed and not set(wortel.split("/")) & {"", ".", ".."} else ""


def _is_eindpunt(adres: str) -> bool:
    """The address of a server: over https, or on this machine, and with nothing in it that is a secret."""
    try:
        deel = urlsplit(adres)
        _ = deel.port
    except ValueError:
        return False
    hier = deel.scheme == "http" and deel.hostname in ("localhost", "127.0.0.1", "::1")
    return (
        (hier or deel.scheme == "https")
        and bool(deel.hostname)
        and not ("@" in adres or deel.query or deel.fragment)
    )


@dataclass(frozen=True)
class Objecten:
    """The files under `wortel` (bucket, or bucket/folder); `eindpunt` is the address of a store that is not Amazon's.

    Who may come in is said by the standard AWS variables or files, never by a setting of ours.
    """

    wortel: str
    eindpunt: str = ""
    _per_proces: dict[int, Any] = field(default_factory=dict[int, Any], repr=False, compare=False)

    def save(self, dossier: str, pad: str, inhoud: bytes) -> str:
        """See Opslag."""
        try:
            self._winkel().pipe_file(self._find(dossier, pad), inhoud)
        except _fouten() as fout:
            raise BestandNietBewaard(
                f"Het bestand {self.show(dossier, pad)} kan niet worden bewaard: {_describe(fout)}. Herstel dit en doe "
                "het opnieuw; wat er al is, blijft zoals het is."
            ) from fout
        return hashlib.sha256(inhoud).hexdigest()

    def load(self, dossier: str, pad: str) -> bytes:
        """See Opslag."""
        with _bereikbaar():
            return self._winkel().cat_file(self._find(dossier, pad))

    def hash(self, dossier: str, pad: str) -> str | None:
        """See Opslag. OpslagWeg when the store does not answer: then nobody knows."""
        try:
            return hashlib.sha256(self.load(dossier, pad)).hexdigest()
        except FileNotFoundError:
            return None

    def check(self, dossier: str, pad: str, sha256: str) -> bool:
        """See Opslag."""
        return self.hash(dossier, pad) == sha256

    def remove(self, dossier: str, pad: str) -> None:
        """See Opslag."""
        with _bereikbaar():
            self._winkel().rm_file(self._find(dossier, pad))

    def list_dossiers(self) -> Sequence[str]:
        """See Opslag."""
        return sorted({pad.partition("/")[0] for pad in self._list(self.wortel)})

    def list_paden(self, dossier: str) -> Sequence[str]:
        """See Opslag."""
        return self._list(f"{self.wortel}/{dossier}")

    def _list(self, onder: str) -> Sequence[str]:
        with _bereikbaar():
            gevonden = self._winkel().find(onder)
        return sorted(
            (str(pad).removeprefix(f"{onder}/") for pad in gevonden), key=lambda pad: pad.split("/")
        )

    def show(self, dossier: str, pad: str = "") -> str:
        """See Opslag."""
        return f"s3://{self.wortel}/{dossier}/{pad}".rstrip("/")

    def fetch(self, dossier: str, paden: Iterable[str], map_: Path) -> list[Path]:
        """See Opslag."""
        doelen: list[Path] = []
        for pad in paden:
            with suppress(FileNotFoundError):
                Bestanden(map_.parent).save(map_.name, pad, self.load(dossier, pad))
            doelen.append(map_ / pad)
        return doelen

    def remove_tijdelijk(self, dossier: str) -> None:
        """See Opslag; there is nothing half written."""

    def _find(self, dossier: str, pad: str) -> str:
        return "/".join((self.wortel, *split_pad(dossier, pad)))

    def _winkel(self) -> Any:
        """The client of this process."""
        nummer = os.getpid()
        if nummer not in self._per_proces:
            import s3fs

            self._per_proces.clear()
            self._per_proces[nummer] = s3fs.S3FileSystem(
                endpoint_url=self.eindpunt or None,
                use_listings_cache=False,
                skip_instance_cache=True,
                config_kwargs={"retries": {"max_attempts": POGINGEN, "mode": "standard"}},
            )
        return self._per_proces[nummer]


def _fouten() -> tuple[type[Exception], ...]:
    """What the client raises; its library is there only where an object store is used."""
    from botocore.exceptions import BotoCoreError, ClientError

    return OSError, BotoCoreError, ClientError


@contextmanager
def _bereikbaar() -> Generator[None]:
    """FileNotFoundError for what is not there, OpslagWeg for everything else that keeps the store from answering."""
    try:
        yield
    except FileNotFoundError:
        raise
    except _fouten() as fout:
        raise OpslagWeg(
            f"De objectopslag met de documenten is niet te gebruiken: {_describe(fout)}. Probeer het later opnieuw of "
            "meld het de beheerder."
        ) from fout


def _describe(fout: Exception) -> str:
    naam = type(fout).__name__
    if isinstance(fout, FileNotFoundError):
        return "de emmer bestaat niet"
    if isinstance(fout, PermissionError) or "Credentials" in naam:
        return "de toegang is geweigerd; ga AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY en de rechten op de emmer na"
    return f"zij antwoordt niet of met een fout ({naam}); ga het adres en de verbinding na"
