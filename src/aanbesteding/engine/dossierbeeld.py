"""A dossier as pages show it: where it stands per stage, what it waits for, and its next term. Only looks.

The stage of a perceel follows from the acts that start from its status; no status has a name here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from aanbesteding.domain.aanbesteding import Perceel
from aanbesteding.domain.regel import Overtreding
from aanbesteding.engine.app import App
from aanbesteding.engine.standen import (
    Geladen,
    Stand,
    list_fasemeldingen,
    list_standen,
    list_wachtend,
    load_geladen,
)
from aanbesteding.engine.termijnen import Termijnbeeld, find_volgende, list_termijnen
from aanbesteding.fase import Fase
from aanbesteding.procedure import Procedure
from aanbesteding.storage.documenten import list_toezeggingen
from aanbesteding.storage.queries import Dossierregel, count_documenten, list_dossierblad

PER_BLAD = 20
"""Dossiers on one sheet of the list; for each of them rules are asked what can be done now."""


@dataclass(frozen=True)
class Fasebeeld:
    """A stage on the timeline."""

    code: str
    titel: str
    stand: str
    percelen: tuple[str, ...]
    eerste: datetime | None
    laatste: datetime | None
    documenten: int
    te_maken: int
    fouten: tuple[str, ...]


@dataclass(frozen=True)
class Perceelbeeld:
    """A perceel with its status and the stage it is in."""

    perceel: Perceel
    status: str
    fase: str


@dataclass(frozen=True)
class Gebeurtenis:
    """An act that was performed: what, by whom, when. Never what was recorded."""

    versie: int
    titel: str
    persoon: str
    moment: datetime


@dataclass(frozen=True)
class Dossierbeeld:
    """Everything that the page of a dossier shows."""

    geladen: Geladen
    fasen: tuple[Fasebeeld, ...]
    percelen: tuple[Perceelbeeld, ...]
    termijnen: tuple[Termijnbeeld, ...]
    volgende: Termijnbeeld | None
    standen: tuple[Stand, ...]
    gebeurtenissen: tuple[Gebeurtenis, ...]
    nu: datetime
    meldingen: tuple[Overtreding, ...] = ()

    @property
    def heeft_verzoeken(self) -> bool:
        """Did anybody apply?"""
        return any(onderwerp.startswith("verzoek:") for onderwerp in self.geladen.dossier.statussen)


@dataclass(frozen=True)
class Lijstregel:
    """A dossier in the list."""

    regel: Dossierregel
    fasen: tuple[str, ...]
    volgende: Termijnbeeld | None
    wacht_op: tuple[Stand, ...]


def find_fase(procedure: Procedure, onderwerp: str, status: str) -> str:
    """The stage in which an onderwerp with this status is; empty when no act starts from it.

    Acts that end the matter (withdrawing can be done in any stage), and then acts that leave the status as it is,
    count only when there is nothing else.
    """
    soort = onderwerp.partition(":")[0]
    vertrek = [
        (fase.code, h.naar in procedure.eindstatussen, h.naar is not None)
        for fase, h in procedure.list_handelingen()
        if status in h.van and (h.per == soort or (h.per == "aanbesteding" and soort == "perceel"))
    ]
    verder = (
        [fase for fase, einde, gaat in vertrek if gaat and not einde]
        or [fase for fase, einde, _ in vertrek if not einde]
        or [fase for fase, _, _ in vertrek]
    )
    return verder[-1] if verder else ""


def build_dossierbeeld(app: App, code: str, persoon: str) -> Dossierbeeld:
    """The page of a dossier for this person."""
    geladen, nu = load_geladen(app, code), app.klok.nu()
    termijnen = list_termijnen(geladen.dossier, app.normen, nu)
    return Dossierbeeld(
        geladen,
        _build_fasen(app, geladen),
        _build_percelen(geladen),
        termijnen,
        find_volgende(termijnen),
        list_standen(app, geladen, persoon),
        _build_gebeurtenissen(geladen),
        nu,
        tuple(m for fase in list_fasemeldingen(app, geladen).values() for m in fase),
    )


@dataclass(frozen=True)
class Lijstblad:
    """One sheet of the list, and how many dossiers there are on all sheets."""

    regels: tuple[Lijstregel, ...]
    totaal: int
    blad: int

    @property
    def bladen(self) -> int:
        """How many sheets there are."""
        return max(1, -(-self.totaal // PER_BLAD))


def load_lijstblad(
    app: App,
    regios: Collection[str],
    persoon: str,
    *,
    alleen_demo: bool = False,
    zoek: str = "",
    blad: int = 1,
) -> Lijstblad:
    """One sheet of the dossiers of these regions with their stage, next term and what they wait for."""
    vanaf = (blad - 1) * PER_BLAD
    uit = list_dossierblad(
        app.database, regios, alleen_demo=alleen_demo, zoek=zoek, vanaf=vanaf, aantal=PER_BLAD
    )
    return Lijstblad(tuple(build_lijstregel(app, regel, persoon) for regel in uit.regels), uit.totaal, blad)


def build_lijstregel(app: App, regel: Dossierregel, persoon: str) -> Lijstregel:
    """A dossier in the list, as this person sees it at this moment."""
    geladen = load_geladen(app, regel.code)
    nu_fasen = {find_fase(geladen.procedure, o, s) for o, s in geladen.dossier.statussen.items()}
    fasen = tuple(f for f in geladen.procedure.fasen if f.code in nu_fasen)
    termijnen = list_termijnen(geladen.dossier, app.normen, app.klok.nu())
    wachtend = list_wachtend(app, geladen, persoon, frozenset(f.code for f in fasen))
    return Lijstregel(regel, tuple(f.titel for f in fasen), find_volgende(termijnen), wachtend)


def _find_stand(fase: Fase, hier: bool, geweest: bool) -> str:
    """Where a stage stands: now, past, or to come; a stage that moves no status runs along with the others."""
    if not any(h.naar for h in fase.handelingen):
        return "bij"
    return "nu" if hier else "geweest" if geweest else "komt"


def _build_fasen(app: App, geladen: Geladen) -> tuple[Fasebeeld, ...]:
    dossier, procedure = geladen.dossier, geladen.procedure
    aantallen = count_documenten(app.database, dossier.code)
    toezeggingen = list_toezeggingen(app.database, dossier.code)
    fase_van = {h.code: fase.code for fase, h in procedure.list_handelingen()}
    waar = {o: find_fase(procedure, o, s) for o, s in dossier.statussen.items()}
    verst = max((n for n, fase in enumerate(procedure.fasen) if fase.code in waar.values()), default=None)
    beelden: list[Fasebeeld] = []
    for plaats, fase in enumerate(procedure.fasen):
        hier = [o for o, code in waar.items() if code == fase.code]
        momenten = [v.moment for v in dossier.vastleggingen if fase_van.get(v.handeling) == fase.code]
        open_ = [t for t in toezeggingen if t.fase == fase.code]
        beelden.append(
            Fasebeeld(
                fase.code,
                fase.titel,
                # some acts of a stage may be done beforehand, such as appointing openers; that does not make it past
                _find_stand(fase, bool(hier), bool(momenten) and (verst is None or plaats < verst)),
                tuple(o.partition(":")[2] for o in hier if o.startswith("perceel:")),
                min(momenten, default=None),
                max(momenten, default=None),
                aantallen.get(fase.code, 0),
                len(open_),
                tuple(t.fout for t in open_ if t.fout),
            )
        )
    return tuple(beelden)


def _build_percelen(geladen: Geladen) -> tuple[Perceelbeeld, ...]:
    dossier, procedure = geladen.dossier, geladen.procedure
    titels = {fase.code: fase.titel for fase in procedure.fasen}
    beelden: list[Perceelbeeld] = []
    for perceel in dossier.aanbesteding.percelen:
        status = dossier.status_van_perceel(perceel.nummer)
        fase = find_fase(procedure, f"perceel:{perceel.nummer}", status)
        beelden.append(Perceelbeeld(perceel, status, titels.get(fase, "")))
    return tuple(beelden)


def _build_gebeurtenissen(geladen: Geladen) -> tuple[Gebeurtenis, ...]:
    """Every act once, newest first."""
    titels = {h.code: h.titel for _, h in geladen.procedure.list_handelingen()}
    per_versie = {v.versie: v for v in geladen.dossier.vastleggingen}
    return tuple(
        Gebeurtenis(v.versie, titels.get(v.handeling, v.handeling), v.persoon, v.moment)
        for v in reversed(per_versie.values())
    )
