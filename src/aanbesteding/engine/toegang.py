"""Who comes in: accounts, logging in with a limit on attempts, and where a person holds a role.

A person's roles are those of the mandate register of each region; an account only opens the door. Every
attempt is counted in the audit log, so that the limit outlives a restart.

Limits: per address; per account and address with a wait that doubles; per account over all addresses with a short
wait; and for a browser in which the person logged in before a limit of its own, so that a stranger who keeps
trying cannot keep the person out (docs/beheer/inloggen.md).

Must stay true: a stranger and a wrong password get the same answer after the same work; attempts are counted
before the password is looked at; what somebody typed as a name is never stored unless it is an account.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
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
from aanbesteding.storage.audit import (
    Auditregel,
    Auditsoort,
    Pogingen,
    has_ingelogd,
    record_audit,
    record_poging,
)
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
    eerste_wachttijd: timedelta = timedelta(seconds=30)
    hoogste_wachttijd: timedelta = timedelta(minutes=15)
    hoogste_van_anderen: timedelta = timedelta(seconds=30)
    bekend: timedelta = timedelta(days=180)

    def count_wachttijd(self, pogingen: Pogingen, vrij: int, hoogst: timedelta, nu: datetime) -> timedelta:
        """How long to wait yet after these failures: nothing for the first, then twice as long each time."""
        if pogingen.aantal < vrij or pogingen.laatste is None:
            return timedelta()
        wachten = min(self.eerste_wachttijd * 2 ** min(pogingen.aantal - vrij, 20), hoogst)
        return max(pogingen.laatste + wachten - nu, timedelta())


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
    apparaat: str = "",
    dossier: str = "",
) -> tuple[str, Account]:
    """Log a person in: the key of a new session, and the account. Every attempt is in the audit log.

    `dossier`: the one that the visitor wants to open; a refusal is noted in its log.
    `apparaat`: the key of the visitor's browser. One with which this person logged in before has a limit of its
    own, so that nobody else can keep the person out.
    """
    nu = app.klok.nu()
    account = load_account(app.database, persoon)
    naam = account.persoon if account else hide_naam(geheim, persoon)

    doel = f"browser:{hash_sleutel(apparaat)[:24]}" if apparaat else ""

    def note(soort: Auditsoort, reden: str = "") -> None:
        record_audit(
            app.database, Auditregel(nu, soort, naam, adres, dossier=dossier, doel=doel, reden=reden)
        )

    def count_wachttijd(count: Callable[..., Pogingen]) -> timedelta:
        vrij, hoogst = regels.per_account, regels.hoogste_wachttijd
        if bekend:
            return regels.count_wachttijd(count(persoon=naam, doel=doel), vrij, hoogst, nu)
        return max(
            regels.count_wachttijd(count(persoon=naam, adres=adres), vrij, hoogst, nu),
            regels.count_wachttijd(count(persoon=naam), vrij, regels.hoogste_van_anderen, nu),
            regels.count_wachttijd(count(adres=adres), regels.per_adres, hoogst, nu),
        )

    bekend = account is not None and has_ingelogd(app.database, naam, doel, nu - regels.bekend)
    poging = Auditregel(nu, Auditsoort.INLOGPOGING, naam, adres, doel=doel)
    wachten = record_poging(app.database, poging, nu - regels.venster, count_wachttijd)
    if wachten:
        raise InloggenBegrensd(f"Te veel pogingen om in te loggen. Wacht {show_duur(wachten)}.")
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
    return open_sessie(app, account.persoon, adres, doel), account


def open_sessie(app: App, persoon: str, adres: str, doel: str) -> str:
    """The key of a new session of somebody who proved who it is."""
    nu, sleutel = app.klok.nu(), secrets.token_urlsafe(32)
    save_sessie(app.database, hash_sleutel(sleutel), persoon, nu)
    record_audit(app.database, Auditregel(nu, Auditsoort.INGELOGD, persoon, adres, doel=doel))
    return sleutel


def show_duur(duur: timedelta) -> str:
    """A time to wait, rounded up."""
    seconden = -int(-duur.total_seconds() // 1)
    if seconden > 90:
        return f"{-(-seconden // 60)} minuten"
    return "1 seconde" if seconden == 1 else f"{seconden} seconden"


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
