"""What the engine asks of the outside world, as small protocols; adapters answer them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel

from aanbesteding.errors import AanbestedingError


class Klok(Protocol):
    """Tells the time; the only way time comes into the product."""

    def nu(self) -> datetime:
        """The present moment, aware."""
        ...


class Werkboeklezer(Protocol):
    """Reads a workbook into validated rows per sheet, or raises InvoerError with every fault."""

    def __call__(self, pad: Path, bladen: Mapping[str, type[BaseModel]]) -> Mapping[str, tuple[Any, ...]]:
        """Read `pad`; the row models say which columns each sheet has."""
        ...


@dataclass(frozen=True)
class Mail:
    """One mail to one address. `kenmerk` makes its Message-ID; `map_` is where it is kept when nothing leaves."""

    aan: str
    namens: str
    antwoord_aan: str
    onderwerp: str
    tekst: str
    html: str
    kenmerk: str
    map_: str
    moment: datetime


class MailGeweigerd(AanbestedingError):
    """The server refused this mail; the text is its answer."""


class MailNietVerstuurd(AanbestedingError):
    """Nothing was handed over: the server cannot be reached, or closed before the content was sent."""


class MailOnbekend(AanbestedingError):
    """The content was handed over and no answer came: the mail may have left."""


class Postbode(Protocol):
    """Delivers mail."""

    @property
    def plaats(self) -> str:
        """Where mail goes, in words."""
        ...

    @property
    def echt(self) -> bool:
        """Does mail leave, or is it only kept?"""
        ...

    def deliver(self, mail: Mail) -> str:
        """Deliver one mail and return the answer; MailGeweigerd, MailNietVerstuurd or MailOnbekend."""
        ...

    def close(self) -> None:
        """Nothing more to deliver for now."""
        ...
