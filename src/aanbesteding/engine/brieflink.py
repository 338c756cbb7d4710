"""The way from a link in a mail to the letter: the link, a code that is sent apart, and the visit that it opens.

A link alone opens nothing: mail is forwarded and scanners follow links. The code goes to the address that the letter
was sent to, works a short while, once, and for a few tries. Every refusal is a line of the audit log, and those lines
are what the limits count, so that they outlive a restart.

Must stay true: of link, code and visit only hashes are stored; a code is hashed with its link, which is stored
nowhere; an unknown link, an expired one and one of another message look the same.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from aanbesteding.engine.app import App
from aanbesteding.engine.brieftekst import load_schrijver
from aanbesteding.engine.ports import MailGeweigerd, MailNietVerstuurd, MailOnbekend
from aanbesteding.engine.toegang import hash_sleutel
from aanbesteding.errors import AanbestedingError
from aanbesteding.storage.audit import Auditregel, Auditsoort, count_regels, record_audit
from aanbesteding.storage.brieflink import (
    Brieflink,
    list_codemomenten,
    load_bezoek,
    load_link,
    save_bezoek,
    save_code,
    take_poging,
)
from aanbesteding.storage.dossier import load_kop
from aanbesteding.storage.post import record_gebeurtenis

CODE_CIJFERS = 8
CODE_MINUTEN = 15
CODE_POGINGEN = 5
CODES_PER_UUR = 5
BEZOEK = timedelta(hours=1)
VENSTER = timedelta(minutes=15)
WEIGERINGEN_PER_ADRES = 30


class LinkOngeldig(AanbestedingError):
    """There is no letter behind this link (any more)."""


class CodeGeweigerd(AanbestedingError):
    """The code is wrong, too old or used."""


class BriefBegrensd(AanbestedingError):
    """Too many tries from this address or for this letter."""


@dataclass(frozen=True)
class Bezoeker:
    """Who asks: from which address, with which key in the cookie."""

    adres: str
    sleutel: str = ""


def find_link(app: App, sleutel: str, wie: Bezoeker) -> Brieflink:
    """The message behind a link; LinkOngeldig or BriefBegrensd, each noted."""
    nu = app.klok.nu()
    geteld = count_regels(app.database, Auditsoort.BRIEF_GEWEIGERD, nu - VENSTER, wie.adres)
    if geteld >= WEIGERINGEN_PER_ADRES:
        _note(app, Auditsoort.BRIEF_BEGRENSD, wie, None, "adres")
        raise BriefBegrensd("Te veel pogingen vanaf uw internetadres. Wacht een kwartier.")
    link = load_link(app.database, hash_sleutel(sleutel))
    if link is None or link.verloopt < nu:
        _note(app, Auditsoort.BRIEF_GEWEIGERD, wie, link, "verlopen" if link else "onbekende link")
        raise LinkOngeldig(
            "Deze link werkt niet (meer). Kopieer de hele link uit de mail, of vraag de afzender van de mail om hulp."
        )
    return link


def is_binnen(app: App, link: Brieflink, wie: Bezoeker) -> bool:
    """Did this browser give the code of this message, not too long ago?"""
    bezoek = load_bezoek(app.database, hash_sleutel(wie.sleutel)) if wie.sleutel else None
    return bezoek is not None and bezoek[0] == link.bericht.id and app.klok.nu() < bezoek[1]


def request_code(app: App, sleutel: str, wie: Bezoeker) -> Brieflink:
    """Send a new code to the address of the recipient."""
    link, nu = find_link(app, sleutel, wie), app.klok.nu()
    recent = [m for m in list_codemomenten(app.database, link.bericht.id) if nu - m < timedelta(hours=1)]
    if len(recent) >= CODES_PER_UUR:
        _note(app, Auditsoort.BRIEF_BEGRENSD, wie, link, "te veel codes")
        raise BriefBegrensd("Er zijn te veel codes aangevraagd voor deze brief. Wacht een uur.")
    code = f"{secrets.randbelow(10**CODE_CIJFERS):0{CODE_CIJFERS}d}"
    verloopt = nu + timedelta(minutes=CODE_MINUTEN)
    nummer = save_code(app.database, link.bericht.id, _hash_code(sleutel, code), nu, verloopt)
    schrijver = load_schrijver(app, link.bericht.dossier)
    mail = schrijver.build_codemail(link.bericht, code, CODE_MINUTEN, nummer, nu)
    postbode = app.load_post().postbode
    try:
        antwoord = postbode.deliver(mail)
    except (MailGeweigerd, MailNietVerstuurd, MailOnbekend) as fout:
        record_gebeurtenis(app.database, link.bericht, nu, "code_niet_verstuurd", str(fout))
        raise BriefBegrensd(
            "De code kon niet worden gemaild. Probeer het over een paar minuten weer, of vraag de afzender om hulp."
        ) from fout
    finally:
        postbode.close()
    record_gebeurtenis(app.database, link.bericht, nu, "code_verstuurd", antwoord)
    return link


def open_brief(app: App, sleutel: str, code: str, wie: Bezoeker) -> str:
    """Let a browser in that gives the right code; returns the key for its cookie."""
    link, nu = find_link(app, sleutel, wie), app.klok.nu()
    gegeven = "".join(teken for teken in code if teken.isdigit() and teken.isascii())
    poging = take_poging(app.database, link.bericht.id, CODE_POGINGEN)
    past = poging is not None and hmac.compare_digest(poging.code_hash, _hash_code(sleutel, gegeven))
    bezoek = secrets.token_urlsafe(32)
    if poging is None or not past or poging.verloopt < nu:
        _note(app, Auditsoort.BRIEF_GEWEIGERD, wie, link, "verkeerde code")
        raise CodeGeweigerd(
            f"Deze code klopt niet of werkt niet meer. Een code werkt {CODE_MINUTEN} minuten, één keer, en voor "
            f"{CODE_POGINGEN} pogingen. Vraag zo nodig een nieuwe aan."
        )
    if not save_bezoek(app.database, poging.id, link.bericht.id, hash_sleutel(bezoek), nu, nu + BEZOEK):
        raise CodeGeweigerd("Deze code is al gebruikt. Vraag een nieuwe aan.")
    record_gebeurtenis(app.database, link.bericht, nu, "geopend", f"vanaf {wie.adres}"[:100])
    return bezoek


def show_adres(email: str) -> str:
    """An address that its owner recognises and nobody else can use: i•••@zorg.example."""
    naam, apenstaart, domein = email.rpartition("@")
    return f"{naam[:1]}•••{apenstaart}{domein}"


def _hash_code(sleutel: str, code: str) -> str:
    return hash_sleutel(f"{sleutel}:{code}")


def _note(app: App, soort: Auditsoort, wie: Bezoeker, link: Brieflink | None, reden: str) -> None:
    dossier = link.bericht.dossier if link else ""
    regio = load_kop(app.database, dossier).regio if dossier else ""
    doel = f"besluit {link.bericht.besluit}, {link.bericht.ontvanger}" if link else ""
    record_audit(app.database, Auditregel(app.klok.nu(), soort, "", wie.adres, regio, dossier, doel, reden))
