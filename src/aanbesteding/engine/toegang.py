"""Who comes in: accounts, logging in with a limit on attempts, and where a person holds a role.

A person's roles are those of the mandate register of each region; an account only opens the door. Every
attempt is counted in the audit log, so that the limit outlives a restart.

Must stay true: a stranger and a wrong password get the same answer after the same work; attempts are counted
before the password is looked at; what somebody typed as a name is never stored unless it is an account.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from aanbesteding.domain.regio import Regio
from aanbesteding.domain.rol import Rol
from aanbesteding.engine.accounts import MAX_LENGTE, Wachtwoordkluis
from aanbesteding.engine.app import App
from aanbesteding.errors import AanbestedingError, InvoerError
from aanbesteding.regio import list_regios, parse_toml
from aanbesteding.storage.audit import Auditregel, Auditsoort, count_mislukt, record_audit
from aanbesteding.storage.toegang import (
    Account,
    Sessie,
    load_account,
    load_sessie,
    record_gezien,
    remove_sessie,
    save_sessie,
    save_wachtwoord,
)


@dataclass(frozen=True)
class Toegangsregels:
    """How long a session lasts and how many attempts are allowed."""

    stil: timedelta = timedelta(minutes=30)
    hooguit: timedelta = timedelta(hours=10)
    venster: timedelta = timedelta(minutes=15)
    per_account: int = 5
    per_adres: int = 30


class InloggenGeweigerd(AanbestedingError):
    """The name or the password is wrong, or the account is blocked; which of these is not told."""


class InloggenBegrensd(AanbestedingError):
    """Too many attempts; wait."""


def log_in(
    app: App,
    kluis: Wachtwoordkluis,
    regels: Toegangsregels,
    geheim: bytes,
    persoon: str,
    wachtwoord: str,
    adres: str,
) -> tuple[str, Account]:
    """Log a person in: the key of a new session, and the account. Every attempt is in the audit log."""
    nu = app.klok.nu()
    account = load_account(app.database, persoon)
    naam = account.persoon if account else hide_naam(geheim, persoon)

    def note(soort: Auditsoort, reden: str = "") -> None:
        record_audit(app.database, Auditregel(nu, soort, naam, adres, reden=reden))

    note(Auditsoort.INLOGPOGING)
    sinds = nu - regels.venster
    te_veel = (
        count_mislukt(app.database, sinds, persoon=naam) > regels.per_account
        or count_mislukt(app.database, sinds, adres=adres) > regels.per_adres
    )
    if te_veel:
        note(Auditsoort.INLOGGEN_BEGRENSD)
        minuten = int(regels.venster.total_seconds() // 60)
        raise InloggenBegrensd(f"Te veel pogingen om in te loggen. Wacht {minuten} minuten.")
    past = kluis.check(account.wachtwoord if account else None, wachtwoord[: MAX_LENGTE + 1])
    if account is None or not past or account.geblokkeerd:
        note(Auditsoort.INLOGGEN_GEWEIGERD, "geblokkeerd" if account and account.geblokkeerd and past else "")
        raise InloggenGeweigerd("De gebruikersnaam en het wachtwoord horen niet bij elkaar.")
    if kluis.is_verouderd(account.wachtwoord):
        save_wachtwoord(
            app.database,
            account.persoon,
            kluis.hash(wachtwoord),
            moet_wijzigen=account.moet_wijzigen,
            sessies_einde=False,
        )
    sleutel = secrets.token_urlsafe(32)
    save_sessie(app.database, hash_sleutel(sleutel), account.persoon, nu)
    note(Auditsoort.INGELOGD)
    return sleutel, account


def hide_naam(geheim: bytes, getypt: str) -> str:
    """A fixed stand-in for a name that is no account: it may be a password typed in the wrong box."""
    return f"onbekend:{hmac.new(geheim, getypt.encode(errors='replace'), hashlib.sha256).hexdigest()[:16]}"


def hash_sleutel(sleutel: str) -> str:
    """What is stored of a session's key."""
    return hashlib.sha256(sleutel.encode()).hexdigest()


def find_sessie(app: App, regels: Toegangsregels, sleutel: str) -> Sessie | None:
    """The session of this key while it lasts; an expired one is removed."""
    sleutel_hash, nu = hash_sleutel(sleutel), app.klok.nu()
    sessie = load_sessie(app.database, sleutel_hash)
    if sessie is None:
        return None
    verlopen = nu - sessie.gezien > regels.stil or nu - sessie.begonnen > regels.hooguit
    if verlopen or sessie.account.geblokkeerd:
        remove_sessie(app.database, sleutel_hash)
        return None
    if _is_gezien_nodig(sessie, nu):
        record_gezien(app.database, sleutel_hash, nu)
    return sessie


def _is_gezien_nodig(sessie: Sessie, nu: datetime) -> bool:
    """One write a minute is enough to know that a session is in use."""
    return nu - sessie.gezien >= timedelta(minutes=1)


def log_out(app: App, sleutel: str, persoon: str, adres: str) -> None:
    """End this session."""
    remove_sessie(app.database, hash_sleutel(sleutel))
    record_audit(app.database, Auditregel(app.klok.nu(), Auditsoort.UITGELOGD, persoon, adres))


def list_rollen(app: App, persoon: str) -> Mapping[str, frozenset[Rol]]:
    """In which regions this person holds which roles; regions without a role are left out.

    A region whose file is broken gives no roles, so that it closes its own dossiers and nobody else's.
    """
    rollen: dict[str, frozenset[Rol]] = {}
    for pad in list_regios(app.regiomappen):
        bestand = pad / "regio.toml"
        staat = bestand.stat()
        with suppress(InvoerError):
            rollen[pad.name] = _load_register(bestand, staat.st_mtime_ns, staat.st_size).list_rollen(persoon)
    return {regio: gehouden for regio, gehouden in rollen.items() if gehouden}


@lru_cache(maxsize=128)
def _load_register(bestand: Path, gewijzigd_ns: int, omvang: int) -> Regio:
    """A region as its file was at that moment: every request asks for all of them (17 ms for five)."""
    return parse_toml(bestand, Regio)


def list_personen(app: App, regios: frozenset[str]) -> frozenset[str]:
    """Everybody who is named in the mandates of these regions."""
    return frozenset(m.persoon for regio in regios for m in app.load_regio(regio).mandaten)
