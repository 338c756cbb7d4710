"""Accounts: making them, replacing a password, blocking. Each change is a line of the audit log.

Not here: logging in (toegang) and the cost of a hash (adapters.wachtwoord).
Must stay true: a new password is judged before it is stored; who changed an account is always noted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from aanbesteding.engine.app import App
from aanbesteding.errors import InvoerError
from aanbesteding.storage.audit import Auditregel, Auditsoort, record_audit
from aanbesteding.storage.toegang import save_blokkade, save_nieuw_account, save_wachtwoord

MIN_LENGTE, MAX_LENGTE = 12, 200
NAAM = re.compile(r"[a-z0-9.-]{2,60}")
OPDRACHTREGEL = "opdrachtregel"
"""Who changed an account, when that was done at the command line."""


class Wachtwoordkluis(Protocol):
    """Hashes and compares passwords."""

    def hash(self, wachtwoord: str) -> str:
        """The hash to store."""
        ...

    def check(self, bewaard: str | None, wachtwoord: str) -> bool:
        """Does the password fit? The same work without a stored hash."""
        ...

    def is_verouderd(self, bewaard: str) -> bool:
        """Should the hash be made anew?"""
        ...


@dataclass(frozen=True)
class Dader:
    """Who changes an account, and from which address."""

    persoon: str = OPDRACHTREGEL
    adres: str = ""


def check_wachtwoord(persoon: str, wachtwoord: str) -> list[str]:
    """What is wrong with a new password; nothing when it is good."""
    fouten: list[str] = []
    if not MIN_LENGTE <= len(wachtwoord) <= MAX_LENGTE:
        fouten.append(f"Kies een wachtwoord van {MIN_LENGTE} tot {MAX_LENGTE} tekens.")
    if persoon and persoon.lower() in wachtwoord.lower():
        fouten.append("Kies een wachtwoord waar de gebruikersnaam niet in staat.")
    if len(set(wachtwoord)) < 5:
        fouten.append("Kies een wachtwoord met ten minste vijf verschillende tekens.")
    return fouten


def make_account(
    app: App,
    kluis: Wachtwoordkluis,
    persoon: str,
    wachtwoord: str,
    naam: str = "",
    *,
    door: Dader,
    moet_wijzigen: bool = True,
    demo: bool = False,
) -> None:
    """Store a new account; InvoerError with every fault."""
    fouten = check_wachtwoord(persoon, wachtwoord)
    if not NAAM.fullmatch(persoon):
        fouten.append(
            f"De gebruikersnaam '{persoon}' klopt niet: gebruik 2 tot 60 kleine letters, cijfers, punten en streepjes."
        )
    if fouten:
        raise InvoerError(fouten)
    save_nieuw_account(
        app.database,
        persoon,
        naam or persoon,
        kluis.hash(wachtwoord),
        app.klok.nu(),
        moet_wijzigen=moet_wijzigen,
        demo=demo,
    )
    _note(app, door, persoon, "account gemaakt")


def replace_wachtwoord(
    app: App, kluis: Wachtwoordkluis, persoon: str, wachtwoord: str, *, door: Dader, moet_wijzigen: bool
) -> None:
    """Give an account another password and end its sessions; InvoerError with every fault."""
    if fouten := check_wachtwoord(persoon, wachtwoord):
        raise InvoerError(fouten)
    save_wachtwoord(app.database, persoon, kluis.hash(wachtwoord), moet_wijzigen=moet_wijzigen)
    _note(app, door, persoon, "wachtwoord vervangen")


def block_account(app: App, persoon: str, *, door: Dader, geblokkeerd: bool) -> None:
    """Block an account and end its sessions, or give it back; InvoerError when there is none."""
    save_blokkade(app.database, persoon, geblokkeerd=geblokkeerd)
    _note(app, door, persoon, "account geblokkeerd" if geblokkeerd else "account vrijgegeven")


def _note(app: App, door: Dader, persoon: str, wat: str) -> None:
    regel = Auditregel(
        app.klok.nu(), Auditsoort.ACCOUNT_GEWIJZIGD, door.persoon, door.adres, doel=persoon, reden=wat
    )
    record_audit(app.database, regel)
