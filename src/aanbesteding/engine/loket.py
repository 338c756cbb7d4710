"""The counter: who may come to it, and sending an application in the name of the region's website.

A visitor proves an e-mail address with a code and then sees the application of that address in that round, nothing
else. Sending is an act like any other (engine.perform), in the role `loket`.

Must stay true: a code is stored as its hash, works once, for a short time and a few attempts.
Trap: two applicants may send at the same moment; who comes second is tried again on the new dossier.
"""

from __future__ import annotations

import hmac
import random
import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock

from pydantic import BaseModel

from aanbesteding.documents.mailtekst import render_mail
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import Eis
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.rol import Rol
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import Resultaat, perform
from aanbesteding.engine.ports import Mail
from aanbesteding.engine.toegang import hash_sleutel
from aanbesteding.errors import AanbestedingError, OnbekendDossier, StaleDossier
from aanbesteding.fasen.toetreding.besluiten.aanvraag import AanvraagOntvangen, list_aanvragen, list_eisen
from aanbesteding.fasen.toetreding.besluiten.loket import (
    AanvullingGevraagd,
    is_aanvulling_open,
    load_gevraagd,
)
from aanbesteding.fasen.toetreding.besluiten.ronde import OpenstellingBesloten, load_ronde
from aanbesteding.storage.audit import Auditregel, Auditsoort, count_audit, record_audit
from aanbesteding.storage.loket import (
    Loketbezoek,
    count_poging,
    list_open_ronden,
    load_bezoek,
    remove_bezoek,
    save_bezoek,
)

INDIENEN, AANVULLEN = "aanvraag_indienen", "aanvulling_indienen"
POGINGEN_BIJ_DRUKTE = 40
_post = Lock()


@dataclass(frozen=True)
class Loketregels:
    """How long a code and a visit last, and how many codes and attempts are allowed."""

    code: timedelta = timedelta(minutes=15)
    bezoek: timedelta = timedelta(hours=4)
    pogingen: int = 5
    venster: timedelta = timedelta(minutes=15)
    codes_per_email: int = 3
    codes_per_adres: int = 20
    fouten_per_adres: int = 30


class LoketBegrensd(AanbestedingError):
    """Too many codes or attempts; wait."""


class CodeGeweigerd(AanbestedingError):
    """The code is wrong, used or too old."""


@dataclass(frozen=True)
class Loket:
    """One round as its page shows it, now."""

    dossier: Dossier
    regio: Regio
    ronde: OpenstellingBesloten
    persoon: str
    status: str
    nu: datetime

    @property
    def stand(self) -> str:
        """komt, open or gesloten."""
        if self.status != "open" or self.nu >= self.ronde.tot:
            return "gesloten"
        return "open" if self.nu.astimezone(self.ronde.tot.tzinfo).date() >= self.ronde.van else "komt"

    @property
    def percelen(self) -> tuple[str, ...]:
        """Percelen of the opened products."""
        return tuple(dict.fromkeys(p.perceel for p in self.ronde.producten))

    def list_eisen(self, perceel: str) -> tuple[Eis, ...]:
        """What is asked in this perceel."""
        return list_eisen(self.dossier, perceel)

    def find_aanvraag(self, email: str) -> AanvraagOntvangen | None:
        """The application of this address in this round, however it came in."""
        gevonden = [
            f
            for f in list_aanvragen(self.dossier, self.ronde.ronde)
            if f.aanvraag.aanbieder.email.lower() == email
        ]
        return gevonden[-1] if gevonden else None

    def find_aanvulling(self, verzoek: str) -> AanvullingGevraagd | None:
        """What may be completed now."""
        open_ = is_aanvulling_open(self.dossier, verzoek, self.nu)
        return load_gevraagd(self.dossier, verzoek) if open_ else None


def load_loket(app: App, code: str, ronde: str) -> Loket | None:
    """The counter of a round; None when there is no such round, or its region gave the website no mandate."""
    try:
        dossier, procedure, regio = app.load(code)
        openstelling = load_ronde(dossier, ronde)
    except (OnbekendDossier, KeyError):
        return None
    personen = regio.list_personen(Rol.LOKET)
    if not personen or INDIENEN not in {h.code for _, h in procedure.list_handelingen()}:
        return None
    status = dossier.statussen.get(f"ronde:{ronde}", "")
    return Loket(dossier, regio, openstelling, personen[0], status, app.klok.nu())


def list_loketten(app: App) -> tuple[Loket, ...]:
    """Every round that is open or will be."""
    loketten = (load_loket(app, code, ronde) for code, ronde in list_open_ronden(app.database))
    return tuple(loket for loket in loketten if loket is not None and loket.stand != "gesloten")


# --- coming in --------------------------------------------------------------------------------------------


def hide_email(geheim: bytes, email: str) -> str:
    """A fixed stand-in for an address in the audit log."""
    return f"loket:{hmac.new(geheim, email.encode(errors='replace'), sha256).hexdigest()[:16]}"


def send_code(app: App, regels: Loketregels, geheim: bytes, loket: Loket, email: str, adres: str) -> str:
    """Send a code to this address; returns the key of the visit. Every request is in the audit log."""
    nu, naam = app.klok.nu(), hide_email(geheim, email)
    sinds, dossier = nu - regels.venster, loket.dossier
    regel = Auditregel(
        nu, Auditsoort.LOKETCODE_GEVRAAGD, naam, adres, regio=loket.regio.code, dossier=dossier.code
    )
    gevraagd = Auditsoort.LOKETCODE_GEVRAAGD
    if (
        count_audit(app.database, gevraagd, sinds, persoon=naam) >= regels.codes_per_email
        or count_audit(app.database, gevraagd, sinds, adres=adres) >= regels.codes_per_adres
    ):
        raise LoketBegrensd("Er zijn te veel codes aangevraagd. Wacht een kwartier en probeer het opnieuw.")
    record_audit(app.database, regel)
    sleutel, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**8):08d}"
    bezoek = Loketbezoek(
        dossier.code, loket.ronde.ronde, email, hash_code(geheim, sleutel, code), 0, nu, bevestigd=False
    )
    save_bezoek(app.database, hash_sleutel(sleutel), bezoek)
    _deliver(app, loket, email, code, int(regels.code.total_seconds() // 60), nu)
    return sleutel


def hash_code(geheim: bytes, sleutel: str, code: str) -> str:
    """What is stored of a code; worth nothing without the key of its own browser."""
    return hmac.new(geheim, f"{sleutel}:{code}".encode(), sha256).hexdigest()


def _deliver(app: App, loket: Loket, email: str, code: str, minuten: int, nu: datetime) -> None:
    """One mail at a time: a connection with the mail server is not shared."""
    regio, dossier = loket.regio, loket.dossier
    waarden = {
        "aanhef": "Geachte heer of mevrouw,",
        "code": code,
        "minuten": minuten,
        "titel": dossier.aanbesteding.titel,
        "ronde": loket.ronde.ronde,
        "contact": regio.contact,
        "namens": regio.huisstijl.naam,
        "demo": dossier.demo,
    }
    tekst = render_mail("loketcode", waarden)
    mail = Mail(
        email,
        regio.huisstijl.naam,
        regio.email,
        tekst.onderwerp,
        tekst.tekst,
        tekst.html,
        f"loketcode-{secrets.token_hex(8)}",
        dossier.code,
        nu,
    )
    with _post:
        postbode = app.load_post().postbode
        try:
            postbode.deliver(mail)
        finally:
            postbode.close()


def confirm_code(app: App, regels: Loketregels, geheim: bytes, sleutel: str, code: str, adres: str) -> str:
    """Give the code back: the key of a confirmed visit; CodeGeweigerd says no more than needed."""
    nu, sleutel_hash = app.klok.nu(), hash_sleutel(sleutel)
    bezoek = load_bezoek(app.database, sleutel_hash)
    geweigerd = Auditsoort.LOKETCODE_GEWEIGERD
    if count_audit(app.database, geweigerd, nu - regels.venster, adres=adres) >= regels.fouten_per_adres:
        raise LoketBegrensd("Er zijn te veel verkeerde codes ingevuld. Wacht een kwartier.")
    if bezoek is None or bezoek.bevestigd:
        raise CodeGeweigerd("Deze code werkt niet meer. Vraag een nieuwe code aan.")
    regel = Auditregel(nu, geweigerd, hide_email(geheim, bezoek.email), adres, dossier=bezoek.dossier)
    if count_poging(app.database, sleutel_hash) > regels.pogingen or nu - bezoek.begonnen > regels.code:
        record_audit(app.database, regel)
        raise CodeGeweigerd("Deze code werkt niet meer. Vraag een nieuwe code aan.")
    if not hmac.compare_digest(hash_code(geheim, sleutel, code), bezoek.code_hash):
        record_audit(app.database, regel)
        raise CodeGeweigerd("Deze code klopt niet. Kijk in de laatste mail en probeer het opnieuw.")
    if not remove_bezoek(app.database, sleutel_hash):
        raise CodeGeweigerd("Deze code is al gebruikt. Vraag een nieuwe code aan.")
    nieuw = secrets.token_urlsafe(32)
    bevestigd = Loketbezoek(
        bezoek.dossier, bezoek.ronde, bezoek.email, "", bezoek.pogingen, nu, bevestigd=True
    )
    save_bezoek(app.database, hash_sleutel(nieuw), bevestigd)
    binnen = Auditregel(
        nu, Auditsoort.LOKET_BINNEN, hide_email(geheim, bezoek.email), adres, dossier=bezoek.dossier
    )
    record_audit(app.database, binnen)
    return nieuw


def find_bezoek(app: App, regels: Loketregels, sleutel: str, code: str, ronde: str) -> Loketbezoek | None:
    """The confirmed visit to this round with this key, while it lasts."""
    bezoek = load_bezoek(app.database, hash_sleutel(sleutel)) if sleutel else None
    if bezoek is None or not bezoek.bevestigd or (bezoek.dossier, bezoek.ronde) != (code, ronde):
        return None
    return bezoek if app.klok.nu() - bezoek.begonnen <= regels.bezoek else None


def leave(app: App, sleutel: str) -> None:
    """End a visit."""
    remove_bezoek(app.database, hash_sleutel(sleutel))


# --- sending ----------------------------------------------------------------------------------------------


def send(app: App, loket: Loket, handeling: str, invoer: BaseModel, *, proef: bool = False) -> Resultaat:
    """Perform the act in the name of the website; again when somebody else changed the dossier meanwhile."""
    for poging in range(POGINGEN_BIJ_DRUKTE):
        try:
            return perform(app, loket.dossier.code, handeling, invoer, loket.persoon, proef=proef)
        except StaleDossier:
            time.sleep(random.uniform(0, 0.01 * (poging + 1)))
    raise StaleDossier(
        "Het is erg druk. Uw aanvraag is nog niet verstuurd. Probeer het over een minuut opnieuw."
    )
