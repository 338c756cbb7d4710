"""How far the sending of each decision is: its letters, who gets what, and what became of each message.

A decision is a version of the dossier that promised letters. What the machine knows (rows) and what people told
(facts) come together here. Only looks.

Must stay true: a message counts as reached only when a mail server took it or a person said how it was delivered; a
message whose process is gone is unknown, never ready.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aanbesteding.domain.dossier import Dossier, Vastlegging
from aanbesteding.domain.feiten import BezorgingGemeld, VerzendingGestart
from aanbesteding.domain.stukken import Registerstuk, Stuk, Stukken, Stukstatus
from aanbesteding.domain.verzending import list_meldingen, load_verzenddatum
from aanbesteding.engine.app import App
from aanbesteding.engine.stukregister import load_stukken, read_stukken
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Handeling
from aanbesteding.procedure import Procedure
from aanbesteding.storage.post import Bericht, Berichtregel, list_berichten, list_regels
from aanbesteding.storage.post import Stuk as Berichtstuk

REDENEN = {
    Stukstatus.CONCEPT: "nog niet goedgekeurd",
    Stukstatus.TERUG: "er staat een vraag open",
    Stukstatus.AFGEKEURD: "afgekeurd",
    Stukstatus.VERZONDEN: "al verzonden",
}
BEREIKT = frozenset({"verzonden", "anders_bereikt"})
ONBEKEND = frozenset({"klaar", "bezig", "onbekend"})
"""States in which a message has not come to an end."""
GEDULD = timedelta(minutes=10)
"""Longer than any attempt lasts: afterwards a process on another machine counts as gone."""


@dataclass(frozen=True)
class Berichtstand:
    """A message as people see it: the machine's state with what people told laid over it."""

    bericht: Bericht
    stand: str
    regels: tuple[Berichtregel, ...]
    meldingen: tuple[BezorgingGemeld, ...]

    @property
    def bereikt(self) -> bool:
        """Did the recipient get the letter?"""
        return self.stand in BEREIKT

    @property
    def toegestaan(self) -> int:
        """How many attempts people allowed: the first one, and one for each word to try again."""
        return 1 + sum(m.melding == "opnieuw" for m in self.meldingen)

    @property
    def verstuurd(self) -> datetime | None:
        """When the letter left or was delivered; also when it came back afterwards. None when it never left."""
        gemeld = [m.op for m in self.meldingen if m.melding in ("anders_bereikt", "aangekomen")]
        gemaild = [r.moment for r in self.regels if r.gebeurtenis == "verzonden"]
        return min((*gemaild, *gemeld), default=None)

    @property
    def geopend(self) -> datetime | None:
        """When the recipient opened the letter for the first time."""
        return next((r.moment for r in self.regels if r.gebeurtenis == "geopend"), None)

    @property
    def antwoord(self) -> str:
        """What was last said of it: by a person, or by the mail server."""
        if self.meldingen and self.meldingen[-1].melding != "opnieuw":
            return self.meldingen[-1].toelichting
        gezegd = [r.antwoord for r in self.regels if r.antwoord and r.gebeurtenis in _UITKOMSTEN]
        return gezegd[-1] if gezegd else ""


_UITKOMSTEN = frozenset({"verzonden", "geweigerd", "onbekend", "niet_verstuurd"})


@dataclass(frozen=True)
class Briefstand:
    """A letter of a decision and why it cannot leave; `bezwaar` is empty when it can."""

    brief: Stuk
    bezwaar: str


@dataclass(frozen=True)
class Besluitstand:
    """One decision whose letters are sent together."""

    dossier: str
    besluit: int
    handeling: Handeling
    fase: str
    genomen: Vastlegging
    verzenddatum: date | None
    gestart: Vastlegging | None
    onderwerpen: tuple[str, ...]
    niet_gemaakt: tuple[str, ...]
    brieven: tuple[Briefstand, ...]
    berichten: tuple[Berichtstand, ...]

    @property
    def klaar(self) -> bool:
        """Is the fate of every message known?"""
        return bool(self.berichten) and not any(b.stand in ONBEKEND for b in self.berichten)

    @property
    def niet_bereikt(self) -> tuple[Berichtstand, ...]:
        """Who did not get the letter (yet)."""
        return tuple(b for b in self.berichten if not b.bereikt)

    @property
    def bezwaren(self) -> tuple[str, ...]:
        """Why the letters cannot leave now, as far as the register tells; empty when they can."""
        redenen = [f"Document '{code}' is nog niet gemaakt." for code in self.niet_gemaakt]
        if not self.brieven and not self.niet_gemaakt:
            redenen.append(f"Besluit {self.besluit} heeft geen brieven.")
        return (
            *redenen,
            *(
                f"{b.brief.register.ontvanger_naam} ({b.brief.register.titel}): {b.bezwaar}."
                for b in self.brieven
                if b.bezwaar
            ),
        )


def list_besluiten(app: App, code: str) -> tuple[Besluitstand, ...]:
    """Every decision of a dossier that has letters to send, oldest first."""
    dossier, procedure, _ = app.load(code)
    stukken = read_stukken(app, dossier, procedure)
    return tuple(
        build_besluit(app, dossier, procedure, stukken, besluit)
        for besluit in sorted(
            {s.besluit for s in stukken.alle if s.is_brief} | _list_beloofd(procedure, stukken)
        )
    )


def _list_beloofd(procedure: Procedure, stukken: Stukken) -> set[int]:
    return {t.besluit for t in stukken.te_maken if procedure.load_document(t.document).verzenden}


def load_besluit(app: App, code: str, besluit: int) -> Besluitstand:
    """One decision; InvoerError when there is none of this number with letters."""
    dossier, procedure, _ = app.load(code)
    stukken = load_stukken(app, dossier, procedure)
    brieven = {s.besluit for s in stukken.alle if s.is_brief}
    if besluit not in brieven | _list_beloofd(procedure, stukken):
        raise InvoerError(
            [
                f"Besluit {besluit} van dossier {code} heeft geen brieven. Zie 'aanbesteding verzending {code}'."
            ]
        )
    return build_besluit(app, dossier, procedure, stukken, besluit)


def build_besluit(
    app: App, dossier: Dossier, procedure: Procedure, stukken: Stukken, besluit: int
) -> Besluitstand:
    """The state of one decision; of a letter that was made again only the edition that counts."""
    genomen = next(v for v in dossier.vastleggingen if v.versie == besluit)
    fase, handeling = procedure.load_handeling(genomen.handeling)
    gestart = [
        v
        for v in dossier.vastleggingen
        if isinstance(v.feit, VerzendingGestart) and v.feit.besluit == besluit
    ]
    brieven = [
        s
        for s in stukken.alle
        if s.besluit == besluit and s.is_brief and s.status is not Stukstatus.VERVANGEN
    ]
    te_maken = {t.document for t in stukken.te_maken if t.besluit == besluit}
    berichten = list_berichten(app.database, dossier.code, besluit)
    return Besluitstand(
        dossier=dossier.code,
        besluit=besluit,
        handeling=handeling,
        fase=fase.code,
        genomen=genomen,
        verzenddatum=load_verzenddatum(dossier, besluit),
        gestart=gestart[0] if gestart else None,
        onderwerpen=brieven[0].register.onderwerpen if brieven else (),
        niet_gemaakt=tuple(sorted(d for d in te_maken if procedure.load_document(d).verzenden)),
        brieven=tuple(Briefstand(b, find_bezwaar(b)) for b in brieven),
        berichten=build_standen(app, dossier, besluit, berichten),
    )


def find_bezwaar(brief: Stuk) -> str:
    """Why this letter may not leave, as far as is recorded; empty when it may."""
    if brief.goedgekeurd:
        return ""
    return REDENEN.get(brief.status, "niet goedgekeurd")


def build_standen(
    app: App, dossier: Dossier, besluit: int, berichten: Iterable[Bericht]
) -> tuple[Berichtstand, ...]:
    """Messages with their log and what people told of them."""
    allen = tuple(berichten)
    regels = list_regels(app.database, [b.id for b in allen])
    meldingen = list_meldingen(dossier, besluit)
    nu = app.klok.nu()
    return tuple(
        Berichtstand(
            b,
            decide_stand(b, meldingen.get(b.ontvanger, ()), nu),
            regels.get(b.id, ()),
            meldingen.get(b.ontvanger, ()),
        )
        for b in allen
    )


def decide_stand(bericht: Bericht, meldingen: tuple[BezorgingGemeld, ...], nu: datetime) -> str:
    """The state of a message: what people told last, or else what the machine knows."""
    stand = "onbekend" if bericht.stand == "bezig" and is_verlaten(bericht, nu) else bericht.stand
    if not meldingen:
        return stand
    laatste = meldingen[-1].melding
    if laatste == "aangekomen":
        return "verzonden"
    if laatste != "opnieuw":
        return laatste
    begonnen = bericht.poging >= 1 + sum(m.melding == "opnieuw" for m in meldingen)
    return stand if begonnen else "klaar"


def show_eigenaar() -> str:
    """This process, as it signs its attempts."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_verlaten(bericht: Bericht, nu: datetime) -> bool:
    """Is the process that was at this message gone?"""
    if bericht.sinds is not None and nu - bericht.sinds > GEDULD:
        return True
    host, _, nummer = bericht.eigenaar.rpartition(":")
    if host != socket.gethostname() or not nummer.isdigit():
        return False
    try:
        os.kill(int(nummer), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def build_berichtstukken(
    brieven: Iterable[Briefstand],
) -> dict[str, tuple[Registerstuk, tuple[Berichtstuk, ...]]]:
    """Per recipient the letters that go in one message, each in its current version."""
    per_ontvanger: dict[str, tuple[Registerstuk, tuple[Berichtstuk, ...]]] = {}
    for stand in brieven:
        rij, huidig = stand.brief.register, stand.brief.huidig
        eerder = per_ontvanger.get(rij.ontvanger, (rij, ()))[1]
        stuk = Berichtstuk(rij.document, rij.titel, rij.id, huidig.nummer, huidig.pad, huidig.sha256)
        per_ontvanger[rij.ontvanger] = (rij, (*eerder, stuk))
    return per_ontvanger
