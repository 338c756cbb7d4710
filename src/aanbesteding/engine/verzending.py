"""Sends the letters of a decision, each once, and records how every one of them ended.

A mail cannot be taken back. So an attempt is recorded before it is made and its outcome afterwards; a mail whose
outcome nobody recorded is unknown and is not made again without a person's word (the act `bezorging_melden`).

Must stay true: nothing is sent before a person gave the word, nor another file than the approved one; two processes
never attempt the same message; the standstill's record (`na_verzending`) is made only when every fate is known.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.kalender import datum_in_nederland
from aanbesteding.engine.app import App
from aanbesteding.engine.brieftekst import Schrijver, load_schrijver
from aanbesteding.engine.checkpoint import checkpoint
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.engine.ports import MailGeweigerd, MailNietVerstuurd, MailOnbekend
from aanbesteding.engine.toegang import hash_sleutel
from aanbesteding.engine.verzendbeeld import (
    Berichtstand,
    Besluitstand,
    build_berichtstukken,
    is_verlaten,
    list_besluiten,
    load_besluit,
    show_eigenaar,
)
from aanbesteding.errors import AanbestedingError, StaleDossier
from aanbesteding.fase import Verzonden
from aanbesteding.storage.post import (
    Bericht,
    claim_bericht,
    record_onbekend,
    record_uitkomst,
    save_berichten,
)
from aanbesteding.storage.queries import list_dossiers

AFGEBROKEN = "Het programma stopte terwijl deze mail werd verstuurd; of hij weg is, is niet bekend."
Meld = Callable[[Bericht, str, str], None]
"""Hears of each attempt: the message, how it ended and the answer."""


@dataclass(frozen=True)
class Verzendrun:
    """What a run did for one decision. `melding` says what stopped it, or what could not be recorded."""

    besluit: int
    verstuurd: int
    geweigerd: int
    onbekend: int
    klaar: bool
    melding: str = ""


def start_verzending(app: App, code: str, besluit: int, persoon: str, *, versie: int | None = None) -> None:
    """Give the word to send the letters of this decision, as this person; HandelingRefused says why not."""
    perform(app, code, "verzending_starten", {"besluit": besluit}, persoon, versie=versie)


def report_bezorging(app: App, code: str, invoer: dict[str, Any], persoon: str) -> str:
    """Record what became known of a letter, and what follows; returns what could not be recorded, or nothing."""
    perform(app, code, "bezorging_melden", invoer, persoon)
    return complete(app, code, int(invoer["besluit"]))


def send(app: App, code: str, meld: Meld | None = None, *, vanzelf: bool = False) -> tuple[Verzendrun, ...]:
    """Send what was started and is not finished, decision by decision; safe to run any number of times.

    `vanzelf`: nobody asked now, so only what may go on by itself (`is_voort_te_zetten`).
    """
    kies = is_voort_te_zetten if vanzelf else is_te_doen
    try:
        return tuple(
            _send_besluit(app, stand, meld) for stand in list_besluiten(app, code) if kies(app, stand)
        )
    finally:
        app.load_post().postbode.close()


def is_te_doen(app: App, stand: Besluitstand) -> bool:
    """Was this sending started, and is there something left to send or to record?"""
    if stand.gestart is None:
        return False
    return not stand.berichten or not stand.klaar or _build_vervolg(app, stand) is not None


def is_voort_te_zetten(app: App, stand: Besluitstand) -> bool:
    """May a sending that was broken off go on without a person, and is there something to do?

    Letters that name the day of their sending do not leave on another day; a mail whose fate is unknown stays unknown.
    """
    if not is_te_doen(app, stand):
        return False
    if stand.klaar:
        return True
    if stand.verzenddatum not in (None, datum_in_nederland(app.klok.nu())):
        return False
    nu = app.klok.nu()
    return not stand.berichten or any(
        b.stand == "klaar" or (b.bericht.stand == "bezig" and is_verlaten(b.bericht, nu))
        for b in stand.berichten
    )


def list_voort_te_zetten(app: App) -> tuple[str, ...]:
    """Every dossier with a sending that was broken off and may go on without a person."""
    return tuple(
        regel.code
        for regel in list_dossiers(app.database)
        if any(is_voort_te_zetten(app, stand) for stand in list_besluiten(app, regel.code))
    )


def _send_besluit(app: App, stand: Besluitstand, meld: Meld | None) -> Verzendrun:
    nieuw = [
        Bericht(
            0, stand.dossier, stand.besluit, sleutel, rij.ontvanger_naam, rij.ontvanger_email, stukken,
            "klaar" if rij.ontvanger_email else "geen_adres", 0, "", None,
        )
        for sleutel, (rij, stukken) in build_berichtstukken(stand.brieven).items()
    ]  # fmt: skip
    save_berichten(app.database, stand.dossier, stand.besluit, nieuw, app.klok.nu())
    checkpoint("verzending-na-klaarzetten")
    for bericht in (b.bericht for b in load_besluit(app, stand.dossier, stand.besluit).berichten):
        if bericht.stand == "bezig" and is_verlaten(bericht, app.klok.nu()):
            _give_up(app, bericht)
    uitkomsten, schrijver = list[str](), load_schrijver(app, stand.dossier)
    melding = ""
    for deel in load_besluit(app, stand.dossier, stand.besluit).berichten:
        if deel.stand != "klaar":
            continue
        try:
            uitkomsten.append(_attempt(app, schrijver, deel, meld))
        except MailNietVerstuurd as fout:
            melding = str(fout)
            break
    if not melding:
        melding = complete(app, stand.dossier, stand.besluit)
    eind = load_besluit(app, stand.dossier, stand.besluit)
    return Verzendrun(
        stand.besluit,
        uitkomsten.count("verzonden"),
        uitkomsten.count("geweigerd"),
        sum(b.stand == "onbekend" for b in eind.berichten),
        eind.klaar,
        melding,
    )


def _give_up(app: App, bericht: Bericht) -> None:
    """Record that the process is gone. A mail that is only kept in a folder never left: it may be made again."""
    nu = app.klok.nu()
    if app.load_post().postbode.echt:
        record_onbekend(app.database, bericht, nu, AFGEBROKEN)
    else:
        vorige = replace(bericht, poging=bericht.poging - 1)
        record_uitkomst(
            app.database, vorige, bericht.eigenaar, "klaar", nu, "afgebroken; er was geen mailserver",
            gebeurtenis="niet_verstuurd", poging=vorige.poging,
        )  # fmt: skip


def _attempt(app: App, schrijver: Schrijver, deel: Berichtstand, meld: Meld | None) -> str:
    """One attempt at one message: claim, deliver, record. Returns how it ended; empty when somebody was first."""
    bericht, post = deel.bericht, app.load_post()
    for stuk in bericht.stukken:
        if not app.bestanden.check(bericht.dossier, stuk.pad, stuk.sha256):
            raise AanbestedingError(
                f"{bericht.naam} ({stuk.titel}): het bestand is niet meer wat er is goedgekeurd. "
                f"Deze brief is niet verstuurd; zie 'aanbesteding verifieer {bericht.dossier}'."
            )
    sleutel, eigenaar = secrets.token_urlsafe(32), show_eigenaar()
    begin = app.klok.nu()
    verloopt = begin + timedelta(days=post.link_dagen)
    mail = schrijver.build_mail(bericht, sleutel, verloopt, begin)
    checkpoint("verzending-voor-bezig")
    if not claim_bericht(app.database, bericht, eigenaar, begin, hash_sleutel(sleutel), verloopt):
        return ""
    checkpoint("verzending-na-bezig")

    def record(stand: str, antwoord: str, **velden: Any) -> None:
        record_uitkomst(app.database, bericht, eigenaar, stand, app.klok.nu(), antwoord, **velden)

    try:
        antwoord = post.postbode.deliver(mail)
        stand = "verzonden"
    except MailGeweigerd as fout:
        stand, antwoord = "geweigerd", str(fout)
    except MailOnbekend as fout:
        stand, antwoord = "onbekend", str(fout)
    except MailNietVerstuurd as fout:
        record(bericht.stand, str(fout), gebeurtenis="niet_verstuurd", poging=bericht.poging)
        raise
    checkpoint("verzending-na-poging")
    record(stand, antwoord)
    checkpoint("verzending-na-uitkomst")
    if meld is not None:
        meld(bericht, stand, antwoord)
    return stand


def complete(app: App, code: str, besluit: int) -> str:
    """When every fate is known, record what follows: the act of the decision itself, and which files were sent.

    Returns why the follow-up could not be recorded; empty when it was, or when there is nothing to record yet.
    """
    for _ in range(10):
        stand = load_besluit(app, code, besluit)
        if not stand.klaar or stand.gestart is None:
            return ""
        vervolg = _build_vervolg(app, stand)
        if vervolg is None:
            return ""
        checkpoint("verzending-voor-afronden")
        try:
            perform(
                app, code, vervolg.handeling, vervolg.invoer, stand.gestart.persoon, versie=vervolg.versie
            )
        except StaleDossier:
            continue
        except HandelingRefused as fout:
            return str(fout)
        checkpoint("verzending-na-afronden")
    return "Het dossier werd steeds door iemand anders gewijzigd. Start de verzending nog een keer."


@dataclass(frozen=True)
class Vervolg:
    """An act that records a sending, its input and the version of the dossier it looks at."""

    handeling: str
    invoer: BaseModel | dict[str, Any]
    versie: int


def _build_vervolg(app: App, stand: Besluitstand) -> Vervolg | None:
    """What is still to be recorded of this sending, one act at a time; None when all is."""
    momenten = {b.bericht.ontvanger: b.verstuurd for b in stand.berichten}
    weg = [moment for moment in momenten.values() if moment is not None]
    if not weg:
        return None
    dossier, procedure, _ = app.load(stand.dossier)
    na = stand.handeling.na_verzending
    if na is not None:
        invoer = na.build_invoer(
            Verzonden(
                stand.onderwerpen,
                tuple(o for o, moment in momenten.items() if moment is not None),
                tuple(o for o, moment in momenten.items() if moment is None),
                max(weg),
            )
        )
        if not _is_vastgelegd(dossier, stand.besluit, na.handeling, invoer):
            return Vervolg(na.handeling, invoer, dossier.versie)
    open_ = {b.brief.id: b.brief for b in stand.brieven if b.brief.loopt}
    stukken = [
        {"stuk": s.id, "versie": s.versie, "sha256": s.sha256}
        for b in stand.berichten
        if b.verstuurd is not None
        for s in b.bericht.stukken
        if s.id in open_
    ]
    if not stukken or not any(h.code == "stukken_verzenden" for _, h in procedure.list_handelingen()):
        return None
    return Vervolg("stukken_verzenden", {"stukken": stukken, "verzonden": max(weg)}, dossier.versie)


def _is_vastgelegd(dossier: Dossier, besluit: int, handeling: str, invoer: BaseModel) -> bool:
    """Was this act already performed with this very input, after the decision?"""
    gevraagd = invoer.model_dump()
    for vastlegging in dossier.vastleggingen:
        if vastlegging.handeling == handeling and vastlegging.versie > besluit:
            vast = vastlegging.feit.model_dump()
            if all(vast.get(veld) == waarde for veld, waarde in gevraagd.items()):
                return True
    return False
