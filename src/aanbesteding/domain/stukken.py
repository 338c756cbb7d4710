"""A produced document under review: its versions, what was judged about them, and how far it has come.

What is recorded are facts; what a stuk is follows from them and from its row in the register. The key of a stuk is
the path of its first file below the folder of the dossier. Version 1 is the document as it was made, later ones were
handed in. A new edition (`uitgave`) takes the place of an older one of the same decision.

Must stay true: a judgment names the version and the hash that the judge saw; approved is only what was approved with
the hash that the current version has; nothing changes after sending.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Stukstatus(StrEnum):
    """How far a stuk has come. The value is what is stored and never changes."""

    GEMAAKT = "gemaakt"
    """Needs no review."""
    CONCEPT = "concept"
    TERUG = "terug"
    AFGEKEURD = "afgekeurd"
    GOEDGEKEURD = "goedgekeurd"
    VERZONDEN = "verzonden"
    VERVANGEN = "vervangen"


WACHT_OP_JURIST = frozenset({Stukstatus.CONCEPT})
WACHT_OP_MAKER = frozenset({Stukstatus.TERUG, Stukstatus.AFGEKEURD})
EINDE = frozenset({Stukstatus.VERZONDEN, Stukstatus.VERVANGEN})


# --- facts ------------------------------------------------------------------------------------------------


class Stukversie(Gegevensmodel):
    """Exactly this file: a stuk, the number of its version and the hash of what was seen."""

    stuk: str = Field(title="Stuk", description="Pad van het stuk in de map van het dossier", min_length=1)
    versie: int = Field(title="Versie", description="Nummer van de versie; 1 is zoals het is gemaakt", ge=1)
    sha256: Sha256 = Field(title="Hash", description="SHA-256 van het bestand dat is gezien")


class Tegenspraak(Gegevensmodel):
    """A figure, date or name that was changed by hand and now contradicts the dossier."""

    plaats: str = Field(title="Plaats", description="Alinea of tabelcel, in woorden")
    dossier: str = Field(title="In het dossier", description="Wat er volgens het dossier staat")
    document: str = Field(title="In het document", description="Wat er nu in het document staat")
    motivering: str = Field(default="", title="Motivering", description="Waarom dit toch zo blijft")


class Vergelijkingsverslag(Gegevensmodel):
    """What a handed-in version differs in from the version before it, counted in paragraphs."""

    met_versie: int = Field(title="Vergeleken met", description="Nummer van de versie", ge=1)
    ongewijzigd: int = Field(default=0, title="Ongewijzigd", description="Aantal alinea's", ge=0)
    formulering: int = Field(default=0, title="Formulering", description="Aantal alinea's", ge=0)
    tegenspraken: tuple[Tegenspraak, ...] = Field(
        default=(), title="Tegenspraken", description="Wat het dossier tegenspreekt"
    )


class Stukfeit(Feit):
    """A fact about stukken; it says itself which status they get by it."""

    def list_statussen(self) -> Mapping[str, Stukstatus]:
        """Status per stuk after this fact."""
        raise NotImplementedError


class StukkenGoedgekeurd(Stukfeit):
    """These files were approved, in one act."""

    stukken: tuple[Stukversie, ...]
    opmerking: str = ""

    def list_statussen(self) -> Mapping[str, Stukstatus]:
        """Approved."""
        return {s.stuk: Stukstatus.GOEDGEKEURD for s in self.stukken}


class StukAfgekeurd(Stukfeit):
    """This file was rejected; `opmerkingen` were read from the comments in the Word file."""

    gezien: Stukversie
    opmerking: str
    opmerkingen: tuple[str, ...] = ()

    def list_statussen(self) -> Mapping[str, Stukstatus]:
        """Rejected."""
        return {self.gezien.stuk: Stukstatus.AFGEKEURD}


class StukTeruggevraagd(Stukfeit):
    """The reviewer asked the maker something about this file."""

    gezien: Stukversie
    vraag: str

    def list_statussen(self) -> Mapping[str, Stukstatus]:
        """Back with the maker."""
        return {self.gezien.stuk: Stukstatus.TERUG}


class TerugvraagBeantwoord(Stukfeit):
    """The question about a stuk was answered; it waits for review again."""

    stuk: str
    antwoord: str

    def list_statussen(self) -> Mapping[str, Stukstatus]:
        """Waiting for review."""
        return {self.stuk: Stukstatus.CONCEPT}


class StukIngeleverd(Stukfeit):
    """A new version was handed in and is kept at `pad`, beside the first."""

    stuk: str
    versie: int
    pad: str
    sha256: str
    verslag: Vergelijkingsverslag
    toelichting: str = ""

    def list_statussen(self) -> Mapping[str, Stukstatus]:
        """Waiting for review."""
        return {self.stuk: Stukstatus.CONCEPT}


class StukkenOpnieuwGevraagd(Stukfeit):
    """These stukken are made again from the dossier as it is now; the new editions take their place."""

    stukken: tuple[str, ...]
    reden: str

    def list_statussen(self) -> Mapping[str, Stukstatus]:
        """Replaced."""
        return dict.fromkeys(self.stukken, Stukstatus.VERVANGEN)


class StukkenVerzonden(Stukfeit):
    """These files left at one moment."""

    stukken: tuple[Stukversie, ...]
    verzonden: AwareDatetime

    def list_statussen(self) -> Mapping[str, Stukstatus]:
        """Sent."""
        return {s.stuk: Stukstatus.VERZONDEN for s in self.stukken}


STUKFEITEN: tuple[type[Stukfeit], ...] = (
    StukkenGoedgekeurd,
    StukAfgekeurd,
    StukTeruggevraagd,
    TerugvraagBeantwoord,
    StukIngeleverd,
    StukkenOpnieuwGevraagd,
    StukkenVerzonden,
)


# --- the noun ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Registerstuk:
    """A document as the register has it. `maker`: who performed the act that promised it, also by a run."""

    id: str
    document: str
    titel: str
    fase: str
    versie: int
    onderwerpen: tuple[str, ...]
    ontvanger: str
    ontvanger_naam: str
    ontvanger_email: str
    uitgave: int
    maker: str
    sha256: str
    gemaakt: datetime
    te_beoordelen: bool
    verzenden: bool


@dataclass(frozen=True)
class Versie:
    """One version of a stuk: where its file is, its hash, and who brought it in."""

    nummer: int
    pad: str
    sha256: str
    persoon: str
    moment: datetime
    verslag: Vergelijkingsverslag | None = None
    toelichting: str = ""

    @property
    def tegenspraken(self) -> tuple[Tegenspraak, ...]:
        """What contradicts the dossier in this version."""
        return self.verslag.tegenspraken if self.verslag else ()


@dataclass(frozen=True)
class Oordeel:
    """What somebody recorded about a stuk: a judgment, a question, an answer or its sending."""

    soort: Stukstatus
    versie: int
    sha256: str
    persoon: str
    moment: datetime
    tekst: str = ""
    opmerkingen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stuk:
    """A document with its versions (oldest first), its judgments and its status.

    `besluit` and `handeling`: version and code of the act that told the decision, also for an edition made later.
    """

    register: Registerstuk
    besluit: int
    handeling: str
    makers: frozenset[str]
    versies: tuple[Versie, ...]
    status: Stukstatus
    oordelen: tuple[Oordeel, ...] = ()

    @property
    def id(self) -> str:
        """The key: the path of the first file."""
        return self.register.id

    @property
    def huidig(self) -> Versie:
        """The current version."""
        return self.versies[-1]

    @property
    def gezien(self) -> Stukversie:
        """The current version as a judgment names it."""
        return Stukversie(stuk=self.id, versie=self.huidig.nummer, sha256=self.huidig.sha256)

    @property
    def goedgekeurd(self) -> bool:
        """The current version was approved with the hash that it has, and nothing was said since."""
        laatste = self.oordelen[-1] if self.oordelen else None
        return (
            self.status is Stukstatus.GOEDGEKEURD
            and laatste is not None
            and (laatste.versie, laatste.sha256) == (self.huidig.nummer, self.huidig.sha256)
        )

    @property
    def loopt(self) -> bool:
        """Something may still happen to it: neither sent nor replaced, and in need of review."""
        return self.register.te_beoordelen and self.status not in EINDE

    @property
    def is_brief(self) -> bool:
        """It goes to its recipient."""
        return self.register.verzenden


@dataclass(frozen=True)
class TeMaken:
    """A promise of documents that is not kept yet. `besluit`: the decision that they belong to, also made again."""

    versie: int
    document: str
    onderwerpen: tuple[str, ...]
    besluit: int = 0


@dataclass(frozen=True)
class Stukken:
    """Every document of a dossier. `schijf`: hash of the file on disk now, where it was looked at; None: no file."""

    alle: tuple[Stuk, ...] = ()
    te_maken: tuple[TeMaken, ...] = ()
    schijf: Mapping[str, str | None] = field(default_factory=dict[str, str | None])

    @cached_property
    def per_id(self) -> Mapping[str, Stuk]:
        """By key."""
        return {stuk.id: stuk for stuk in self.alle}

    def is_heel(self, stuk: Stuk) -> bool:
        """The file on disk is the current version, byte for byte."""
        return self.schijf.get(stuk.huidig.pad) == stuk.huidig.sha256

    def is_verzendbaar(self, stuk: Stuk) -> bool:
        """Approved for exactly the bytes that are on disk now."""
        return stuk.goedgekeurd and self.is_heel(stuk)


def build_stukken(
    register: Iterable[Registerstuk], te_maken: tuple[TeMaken, ...], dossier: Dossier
) -> Stukken:
    """The stukken of a dossier from its register and its facts."""
    handelingen = {v.versie: v.handeling for v in dossier.vastleggingen}
    stukken: dict[str, Stuk] = {}
    opvolgers: dict[tuple[int, str, str], str] = {}
    vervangen = _list_vervangen(dossier)
    for rij in sorted(register, key=lambda r: r.versie):
        eerder = stukken.get(opvolgers.get((rij.versie, rij.document, rij.ontvanger), ""))
        if rij.id in vervangen:
            opvolgers[vervangen[rij.id], rij.document, rij.ontvanger] = rij.id
        eerste = Versie(1, rij.id, rij.sha256, rij.maker, rij.gemaakt)
        stukken[rij.id] = Stuk(
            rij,
            eerder.besluit if eerder else rij.versie,
            eerder.handeling if eerder else handelingen.get(rij.versie, ""),
            frozenset({rij.maker, *(eerder.makers if eerder else ())}),
            (eerste,),
            Stukstatus.CONCEPT if rij.te_beoordelen else Stukstatus.GEMAAKT,
        )
    for vastlegging in dossier.vastleggingen:
        if isinstance(vastlegging.feit, Stukfeit):
            genoemd = _list_genoemd(vastlegging.feit)
            for id_, status in vastlegging.feit.list_statussen().items():
                if (stuk := stukken.get(id_)) is not None:
                    gezien = genoemd.get(id_, stuk.gezien)
                    bij = _apply(
                        stuk, vastlegging.feit, status, gezien, vastlegging.persoon, vastlegging.moment
                    )
                    stukken[id_] = replace(bij, status=status)
    besluiten = {versie: stukken[id_].besluit for id_, versie in vervangen.items() if id_ in stukken}
    beloofd = tuple(replace(t, besluit=besluiten.get(t.versie, t.versie)) for t in te_maken)
    return Stukken(tuple(stukken.values()), beloofd)


def _list_vervangen(dossier: Dossier) -> dict[str, int]:
    """Per replaced stuk the version in which its new edition was promised."""
    return {
        id_: v.versie
        for v in dossier.vastleggingen
        if isinstance(v.feit, StukkenOpnieuwGevraagd)
        for id_ in v.feit.stukken
    }


def _list_genoemd(feit: Stukfeit) -> dict[str, Stukversie]:
    """The versions that a fact about many stukken names, by key."""
    return (
        {s.stuk: s for s in feit.stukken} if isinstance(feit, StukkenGoedgekeurd | StukkenVerzonden) else {}
    )


def _apply(
    stuk: Stuk, feit: Stukfeit, status: Stukstatus, gezien: Stukversie, persoon: str, moment: datetime
) -> Stuk:
    """The stuk after this fact, but for its status; `gezien`: the version that the fact is about."""
    if isinstance(feit, StukIngeleverd):
        nieuw = Versie(feit.versie, feit.pad, feit.sha256, persoon, moment, feit.verslag, feit.toelichting)
        return replace(stuk, versies=(*stuk.versies, nieuw), makers=stuk.makers | {persoon})
    tekst, opmerkingen = "", tuple[str, ...]()
    match feit:
        case StukkenGoedgekeurd() | StukkenVerzonden():
            tekst = feit.opmerking if isinstance(feit, StukkenGoedgekeurd) else ""
        case StukAfgekeurd():
            gezien, tekst, opmerkingen = feit.gezien, feit.opmerking, feit.opmerkingen
        case StukTeruggevraagd():
            gezien, tekst = feit.gezien, feit.vraag
        case TerugvraagBeantwoord():
            tekst = feit.antwoord
        case StukkenOpnieuwGevraagd():
            tekst = feit.reden
        case _:
            return stuk
    oordeel = Oordeel(status, gezien.versie, gezien.sha256, persoon, moment, tekst, opmerkingen)
    return replace(stuk, oordelen=(*stuk.oordelen, oordeel))
