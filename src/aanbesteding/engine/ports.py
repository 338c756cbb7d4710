"""What the engine asks of the outside world, as small protocols; adapters answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel

from aanbesteding.errors import AanbestedingError


class Klok(Protocol):
    """Tells the time; the only way time comes into the product."""

    def nu(self) -> datetime:
        """The present moment, aware."""
        ...


MAX_WERKBOEK = 50_000_000
"""Bytes of a workbook at most."""


class Werkboeklezer(Protocol):
    """Reads a workbook into validated rows per sheet, or raises InvoerError with every fault."""

    def __call__(
        self, naam: str, inhoud: bytes, bladen: Mapping[str, type[BaseModel]]
    ) -> Mapping[str, tuple[Any, ...]]:
        """Read a file of this name; the row models say which columns each sheet has."""
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


class Verdeler(Protocol):
    """Has the parts of a large series made elsewhere."""

    def __call__(self, dossier: str, toezegging: int, tel: Callable[[], int]) -> None:
        """Come back when the parts are made, or when nothing came for so long that waiting makes no sense.

        `tel` counts the documents of this promise that there are now. Whatever is missing is made by who asked.
        """
        ...


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


@dataclass(frozen=True)
class Inlogbegin:
    """What must come back from the organisation's login page, and when the visitor left."""

    state: str
    nonce: str
    verifier: str
    moment: datetime


class InlogdienstFout(AanbestedingError):
    """The provider does not answer, or answers something that may not be believed. `reden` is for the audit log."""

    def __init__(self, tekst: str, reden: str) -> None:
        super().__init__(tekst)
        self.reden = reden


class Inlogpoort(Protocol):
    """Vouches for who somebody is."""

    naam: str

    def begin(self, nu: datetime) -> tuple[str, Inlogbegin]:
        """Where to send the visitor, and what must come back."""
        ...

    def finish(self, begin: Inlogbegin, code: str, nu: datetime) -> str:
        """The name of the account; InlogdienstFout when anything is amiss."""
        ...

    def find_uitloggen(self, nu: datetime) -> str:
        """Where the visitor logs out there too; empty when there is no such place."""
        ...
