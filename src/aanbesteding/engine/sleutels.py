"""The keys of openers: making one, another passphrase, and how often a passphrase may be tried.

Every try at a real key is a line of the audit log, so that the limit outlives a restart and somebody who keeps trying
is seen. A demo's passphrase is known to everybody: it is not counted, so that a story is the same every time.

Must stay true: a passphrase and a private key are in memory for the time of one act only, and in no line of the log;
another passphrase leaves the key pair as it is, so that what was sealed to it stays readable; a try is counted before
the passphrase is looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.zegel import Openersleutel
from aanbesteding.engine.accounts import OPDRACHTREGEL, Dader
from aanbesteding.engine.app import App
from aanbesteding.engine.toegang import Toegangsregels, show_duur
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Handeling
from aanbesteding.storage.audit import (
    Auditregel,
    Auditsoort,
    Pogingen,
    count_audit,
    record_audit,
    record_poging,
)
from aanbesteding.storage.sleutels import (
    Sleutelregel,
    list_sleutels,
    load_sleutel,
    replace_slot,
    save_sleutel,
)
from aanbesteding.storage.verzegeling import NietTeOpenen, make_slot, open_slot, rewrap_slot

MIN_WACHTZIN, MAX_WACHTZIN = 16, 1000
REGELS = Toegangsregels()
MAX_SLEUTELS = 5
"""So many keys somebody may make in the time in which tries are counted."""
DEMO_WACHTZIN = "Deze demo is verzonnen"
"""The passphrase of every demo key: known to everybody, so a demo key protects nothing."""
DEMO_ZAAD = b"aanbesteding, demo: deze sleutel is openbaar "


class WachtzinBegrensd(InvoerError):
    """Too many tries; wait."""


def check_wachtzin(wachtzin: str, gevolg: str) -> None:
    """InvoerError when a new passphrase is too weak; `gevolg` says what therefore did not happen."""
    leesbaar = wachtzin.isprintable() and len(wachtzin) <= MAX_WACHTZIN
    if leesbaar and len(wachtzin) >= MIN_WACHTZIN and len(set(wachtzin)) >= MIN_WACHTZIN // 2:
        return
    raad = f"gebruik ten minste {MIN_WACHTZIN} tekens, bijvoorbeeld vijf losse woorden"
    raad += "" if leesbaar else f", niet meer dan {MAX_WACHTZIN} tekens en geen tabs of regeleinden"
    raise InvoerError([f"De wachtzin is te zwak: {raad}. {gevolg}"])


def make_sleutel(app: App, persoon: str, wachtzin: str, door: Dader | None = None) -> Openersleutel:
    """Make and store a key pair for this person; InvoerError when the passphrase is too weak."""
    check_wachtzin(wachtzin, "Er is geen sleutel gemaakt.")
    nu = app.klok.nu()
    sinds = nu - REGELS.venster
    if count_audit(app.database, Auditsoort.SLEUTEL_GEMAAKT, sinds, persoon=persoon) >= MAX_SLEUTELS:
        raise WachtzinBegrensd(
            [f"Er zijn net al {MAX_SLEUTELS} sleutels gemaakt voor {persoon}. Wacht een kwartier."]
        )
    slot = make_slot(wachtzin)
    regel = _build_regel(nu, Auditsoort.SLEUTEL_GEMAAKT, persoon, slot.vingerafdruk, door)
    save_sleutel(app.database, persoon, slot, nu, demo=False, regel=regel)
    return Openersleutel(persoon=persoon, vingerafdruk=slot.vingerafdruk, publiek=slot.publiek)


def make_demosleutel(app: App, persoon: str) -> None:
    """Store the key that this person has in every demo; its passphrase is DEMO_WACHTZIN."""
    zaad = hashlib.sha256(DEMO_ZAAD + persoon.encode()).digest()
    save_sleutel(app.database, persoon, make_slot(DEMO_WACHTZIN, zaad), app.klok.nu(), demo=True)


def load_sleutels(app: App) -> dict[str, Openersleutel]:
    """The newest key of every person who has one."""
    return {
        r.persoon: Openersleutel(
            persoon=r.persoon, vingerafdruk=r.slot.vingerafdruk, publiek=r.slot.publiek, demo=r.demo
        )
        for r in list_sleutels(app.database)
    }


def add_sleutels(app: App, handeling: Handeling, s: Situatie[Any]) -> Situatie[Any]:
    """The situation with the keys of openers, for an act whose rules look at them."""
    return replace(s, sleutels=load_sleutels(app)) if handeling.ziet_sleutels else s


def list_eigen_sleutels(app: App, persoon: str) -> tuple[Sleutelregel, ...]:
    """Every key of one person, the newest first."""
    return tuple(r for r in reversed(list_sleutels(app.database)) if r.persoon == persoon)


def change_wachtzin(
    app: App, persoon: str, oud: str, nieuw: str, vingerafdruk: str = "", door: Dader | None = None
) -> str:
    """Another passphrase for a key of this person (the newest, or this one); the fingerprint.

    InvoerError when there is no such key, the old passphrase is wrong or the new one is too weak; nothing changes.
    """
    gevolg = "De wachtzin is niet gewijzigd."
    eigen = [r for r in list_eigen_sleutels(app, persoon) if not r.demo]
    regel = next((r for r in eigen if vingerafdruk in ("", r.slot.vingerafdruk)), None)
    if regel is None:
        welke = f"geen eigen sleutel {vingerafdruk}" if vingerafdruk else "geen eigen sleutel"
        raise InvoerError([f"{persoon} heeft {welke}. {gevolg}"])
    check_wachtzin(nieuw, gevolg)
    if nieuw == oud:
        raise InvoerError([f"Kies een andere wachtzin dan de huidige. {gevolg}"])
    naam = regel.slot.vingerafdruk
    try:
        prive = try_slot(app, regel, oud, door)
    except NietTeOpenen:
        tekst = f"De huidige wachtzin past niet bij de sleutel {naam}. {gevolg}"
        raise InvoerError([tekst]) from None
    nu = app.klok.nu()
    logregel = _build_regel(nu, Auditsoort.WACHTZIN_GEWIJZIGD, persoon, naam, door)
    if not replace_slot(app.database, regel.slot, rewrap_slot(prive, nieuw), logregel):
        raise InvoerError([f"De sleutel {naam} is ondertussen gewijzigd. {gevolg}"])
    return naam


def try_slot(app: App, regel: Sleutelregel, wachtzin: str, door: Dader | None = None) -> bytes:
    """The private key; NietTeOpenen when the passphrase is wrong, WachtzinBegrensd after too many tries."""
    if regel.demo:
        return open_slot(regel.slot, wachtzin)
    nu, naam = app.klok.nu(), regel.slot.vingerafdruk

    def note(soort: Auditsoort) -> Auditregel:
        return _build_regel(nu, soort, regel.persoon, naam, door)

    def count_wachttijd(count: Callable[..., Pogingen]) -> timedelta:
        pogingen = count(doel=note(Auditsoort.WACHTZINPOGING).doel)
        return REGELS.count_wachttijd(pogingen, REGELS.per_account, REGELS.hoogste_wachttijd, nu)

    wachten = record_poging(
        app.database,
        note(Auditsoort.WACHTZINPOGING),
        nu - REGELS.venster,
        count_wachttijd,
        gelukt=Auditsoort.WACHTZIN_PAST,
        begrensd=Auditsoort.WACHTZIN_BEGRENSD,
    )
    if wachten:
        tekst = f"De wachtzin van {regel.persoon} is te vaak verkeerd getypt. Wacht {show_duur(wachten)}."
        raise WachtzinBegrensd([tekst])
    try:
        prive = open_slot(regel.slot, wachtzin)
    except NietTeOpenen:
        record_audit(app.database, note(Auditsoort.WACHTZIN_GEWEIGERD))
        raise
    record_audit(app.database, note(Auditsoort.WACHTZIN_PAST))
    return prive


def find_sleutel(app: App, vingerafdruk: str) -> Sleutelregel | None:
    """The key with this fingerprint, or None."""
    return load_sleutel(app.database, vingerafdruk)


def _build_regel(
    nu: datetime, soort: Auditsoort, persoon: str, vingerafdruk: str, door: Dader | None
) -> Auditregel:
    """A line about a key: whose it is, and which."""
    adres = door.adres if door else ""
    reden = f"door {door.persoon}" if door and door.persoon not in (persoon, OPDRACHTREGEL) else ""
    return Auditregel(nu, soort, persoon, adres, doel=f"sleutel {vingerafdruk}", reden=reden)
