"""Documents under review, for pages, sending and the command line: lists, one stuk, and handing in a new version.

Judging itself goes through engine.perform (acts of the stage `stukken`); here is what people look at before it.

Must stay true: "approved" is said only of the very bytes that are on disk now; a version that is handed in is kept
under a name of its own and never written over another.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.regel import Overtreding
from aanbesteding.domain.stukken import (
    WACHT_OP_JURIST,
    WACHT_OP_MAKER,
    Stuk,
    Stukken,
    Stukstatus,
    Stukversie,
    Vergelijkingsverslag,
)
from aanbesteding.engine.app import App
from aanbesteding.engine.checkpoint import checkpoint
from aanbesteding.engine.perform import HandelingRefused, Resultaat, decide, perform
from aanbesteding.engine.stukregister import look_op_schijf, read_stukken
from aanbesteding.errors import AanbestedingError
from aanbesteding.storage.stukken import count_statussen

REDENEN = {
    Stukstatus.CONCEPT: "nog niet beoordeeld",
    Stukstatus.TERUG: "er staat een vraag open",
    Stukstatus.AFGEKEURD: "afgekeurd",
    Stukstatus.VERZONDEN: "al verzonden",
    Stukstatus.VERVANGEN: "vervangen door een nieuwe uitgave",
    Stukstatus.GEMAAKT: "wordt niet verzonden",
}


@dataclass(frozen=True)
class Stukbeeld:
    """A stuk as it is now. `heel`: the file on disk is the current version, byte for byte."""

    stuk: Stuk
    heel: bool

    @property
    def goedgekeurd(self) -> bool:
        """Approved for exactly the bytes that are on disk now."""
        return self.stuk.goedgekeurd and self.heel

    @property
    def reden(self) -> str:
        """Why it is not approved; empty when it is."""
        if self.goedgekeurd:
            return ""
        if self.stuk.loopt and not self.heel:
            vervallen = "; de goedkeuring is vervallen" if self.stuk.goedgekeurd else ""
            return f"het bestand is niet meer het bestand dat is vastgelegd{vervallen}"
        return REDENEN.get(self.stuk.status, "")


@dataclass(frozen=True)
class Verzendgroep:
    """The letters of one decision: they leave together. `te_maken`: codes of letters that are not made yet."""

    besluit: int
    fase: str
    handeling: str
    brieven: tuple[Stukbeeld, ...]
    te_maken: tuple[str, ...] = ()

    @property
    def klaar(self) -> bool:
        """Every letter is there and approved."""
        return bool(self.brieven) and not self.te_maken and all(b.goedgekeurd for b in self.brieven)

    @property
    def redenen(self) -> tuple[tuple[str, str], ...]:
        """Per letter that may not leave (its key) why not."""
        return tuple((b.stuk.id, b.reden) for b in self.brieven if b.reden)


def _load(app: App, code: str) -> tuple[Dossier, Stukken]:
    dossier, procedure, _ = app.load(code)
    return dossier, read_stukken(app, dossier, procedure)


def _look(app: App, code: str, stukken: Stukken, gekozen: Iterable[Stuk]) -> tuple[Stukbeeld, ...]:
    lijst = list(gekozen)
    gezien = look_op_schijf(app, code, stukken, [stuk.huidig.pad for stuk in lijst])
    return tuple(Stukbeeld(stuk, gezien.is_heel(stuk)) for stuk in lijst)


def list_stukken(app: App, dossier: str, *, alles: bool = False) -> tuple[Stukbeeld, ...]:
    """The documents of a dossier that are reviewed, in order of making; with `alles` also those that are not."""
    _, stukken = _load(app, dossier)
    return _look(app, dossier, stukken, (s for s in stukken.alle if alles or s.register.te_beoordelen))


def load_stuk(app: App, dossier: str, id_: str) -> Stukbeeld:
    """One document with its versions and judgments; AanbestedingError when the register does not have it."""
    _, stukken = _load(app, dossier)
    stuk = stukken.per_id.get(id_)
    if stuk is None:
        raise AanbestedingError(f"Het stuk '{id_}' staat niet in het register van dossier '{dossier}'.")
    return _look(app, dossier, stukken, [stuk])[0]


def list_verzendbaar(app: App, dossier: str) -> tuple[Verzendgroep, ...]:
    """The letters that have not left, per decision, each with the reason why it may not leave yet."""
    _, stukken = _load(app, dossier)
    per_besluit: dict[tuple[int, str, str], list[Stuk]] = {}
    for stuk in stukken.alle:
        if stuk.is_brief and stuk.loopt:
            per_besluit.setdefault((stuk.besluit, stuk.register.fase, stuk.handeling), []).append(stuk)
    return tuple(
        Verzendgroep(
            *sleutel,
            _look(app, dossier, stukken, lijst),
            tuple(t.document for t in stukken.te_maken if t.besluit == sleutel[0]),
        )
        for sleutel, lijst in sorted(per_besluit.items())
    )


def make_versiepad(stuk: Stuk, sha256: str) -> str:
    """Where the next version is kept: beside the first, under a name that holds its number and part of its hash."""
    pad = PurePosixPath(stuk.id)
    return str(pad.with_name(f"{pad.stem}_versie{stuk.huidig.nummer + 1}-{sha256[:12]}{pad.suffix}"))


def save_versie(
    app: App,
    dossier: str,
    id_: str,
    inhoud: bytes,
    verslag: Vergelijkingsverslag,
    persoon: str,
    toelichting: str = "",
) -> Resultaat:
    """Keep a new version of a document and record that it was handed in; a refusal leaves no file behind.

    The caller has looked at the file (documents.woord): safe to open, of this document, compared with the current
    version. Raises what engine.perform raises.
    """
    stuk = load_stuk(app, dossier, id_).stuk
    sha256 = hashlib.sha256(inhoud).hexdigest()
    pad = make_versiepad(stuk, sha256)
    invoer = {"stuk": id_, "pad": pad, "sha256": sha256, "verslag": verslag, "toelichting": toelichting}
    app.bestanden.save(dossier, pad, inhoud)
    checkpoint("stukversie-na-schrijven")
    try:
        return perform(app, dossier, "stuk_inleveren", invoer, persoon)
    except AanbestedingError:
        if pad not in {v.pad for v in load_stuk(app, dossier, id_).stuk.versies}:
            app.bestanden.remove(dossier, pad)
        raise


def build_goedkeuring(app: App, dossier: str, persoon: str, *, fase: str = "") -> dict[str, object]:
    """Input that approves everything that waits (of one stage) and that this person may approve as it is."""
    return {
        "stukken": [
            beeld.stuk.gezien
            for beeld in list_stukken(app, dossier)
            if beeld.heel
            and beeld.stuk.status is Stukstatus.CONCEPT
            and persoon not in beeld.stuk.makers
            and (not fase or beeld.stuk.register.fase == fase)
        ]
    }


PROEF: Mapping[str, Mapping[str, str]] = {
    "stukken_goedkeuren": {},
    "stuk_afkeuren": {"opmerking": "proef"},
    "stuk_terugvragen": {"vraag": "proef"},
    "terugvraag_beantwoorden": {"antwoord": "proef"},
    "stukken_opnieuw_maken": {"reden": "proef"},
}
"""Acts of review that a page offers for one document, with a text to try them with."""


def build_invoer(handeling: str, stukken: Sequence[Stukversie], **teksten: str) -> dict[str, object]:
    """The input of an act of review about these files."""
    match handeling:
        case "stukken_goedkeuren":
            return {"stukken": list(stukken), **teksten}
        case "stukken_opnieuw_maken":
            return {"stukken": [s.stuk for s in stukken], **teksten}
        case "terugvraag_beantwoorden":
            return {"stuk": stukken[0].stuk, **teksten}
        case _:
            return {"gezien": stukken[0], **teksten}


def try_handelingen(app: App, code: str, stuk: Stuk, persoon: str) -> dict[str, tuple[Overtreding, ...]]:
    """The acts of review that are this person's by role, each with why it cannot be done now (none: it can)."""
    dossier, procedure, regio = app.load(code)
    uit: dict[str, tuple[Overtreding, ...]] = {}
    for handeling_code, teksten in PROEF.items():
        fase, handeling = procedure.load_handeling(handeling_code)
        if not set(handeling.rollen) & regio.list_rollen(persoon):
            continue
        invoer = build_invoer(handeling_code, [stuk.gezien], **teksten)
        try:
            decide(
                app, dossier, procedure, regio, fase, handeling, invoer, persoon, app.klok.nu(), proef=True
            )
            uit[handeling_code] = ()
        except HandelingRefused as weigering:
            uit[handeling_code] = weigering.overtredingen
    return uit


@dataclass(frozen=True)
class Stukgroep:
    """The documents of one kind of one decision. `eigen`: how many this person made and so may not approve."""

    besluit: int
    document: str
    titel: str
    handeling: str
    moment: datetime
    aantallen: Mapping[str, int]
    eerste: str
    eigen: int

    @property
    def wacht_op_jurist(self) -> int:
        """How many wait for a judgment."""
        return sum(self.aantallen.get(s.value, 0) for s in WACHT_OP_JURIST)

    @property
    def wacht_op_maker(self) -> int:
        """How many wait for an answer, a new version or a new edition."""
        return sum(self.aantallen.get(s.value, 0) for s in WACHT_OP_MAKER)


def list_wachtende_dossiers(app: App) -> frozenset[str]:
    """Codes of the dossiers with a document that waits for somebody; no dossier is read for it."""
    wacht_op = {s.value for s in WACHT_OP_JURIST | WACHT_OP_MAKER}
    return frozenset(
        code for code, aantallen in count_statussen(app.database).items() if wacht_op & set(aantallen)
    )


def list_groepen(app: App, code: str, persoon: str) -> tuple[Stukgroep, ...]:
    """The documents under review of a dossier by decision and kind, newest decision first; no file is read."""
    dossier, procedure, _ = app.load(code)
    titels = {h.code: h.titel for _, h in procedure.list_handelingen()}
    per_groep: dict[tuple[int, str], list[Stuk]] = {}
    for stuk in read_stukken(app, dossier, procedure).alle:
        if stuk.register.te_beoordelen:
            per_groep.setdefault((stuk.besluit, stuk.register.document), []).append(stuk)
    return tuple(
        Stukgroep(
            besluit,
            document,
            stukken[0].register.titel,
            titels.get(stukken[0].handeling, stukken[0].handeling),
            stukken[0].register.gemaakt,
            Counter(s.status.value for s in stukken),
            next((s.id for s in stukken if s.loopt), stukken[0].id),
            sum(persoon in s.makers for s in stukken if s.loopt),
        )
        for (besluit, document), stukken in sorted(per_groep.items(), reverse=True)
    )
