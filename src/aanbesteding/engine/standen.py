"""What this person may do in a dossier now, and for everything else every reason why not.

As engine.perform.list_handelingen, but seen by one person, and with a dossier that is loaded already. Only looks.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.regel import Ernst, Overtreding, Regel
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.stukken import Stukken
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import (
    check_statussen,
    list_bevoegd,
    list_onderwerpen,
    make_situatie,
    show_rollen,
)
from aanbesteding.engine.sleutels import add_sleutels, load_sleutels
from aanbesteding.engine.stukregister import read_stukken
from aanbesteding.fase import Fase, Handeling
from aanbesteding.procedure import Procedure


@dataclass(frozen=True)
class Geladen:
    """A dossier with the procedure and the region it runs under, loaded once for a whole page."""

    dossier: Dossier
    procedure: Procedure
    regio: Regio


@dataclass(frozen=True)
class Stand:
    """An act for one person: may it be done now, by whom, and why not. `eigen`: the person holds the role."""

    code: str
    titel: str
    fase: str
    rol: str
    personen: tuple[str, ...]
    eigen: bool
    mogelijk: bool
    grondslag: str
    redenen: tuple[Overtreding, ...]
    signalen: tuple[Overtreding, ...]

    @property
    def kan_nu(self) -> bool:
        """This person may do it now."""
        return self.eigen and self.mogelijk


@dataclass
class Toets:
    """Judges acts without their input, for one dossier at one moment; a rule that acts share is asked once."""

    app: App
    geladen: Geladen
    _gevonden: dict[tuple[Any, ...], Overtreding | None] = field(
        default_factory=dict[tuple[Any, ...], Overtreding | None]
    )

    @cached_property
    def stukken(self) -> Stukken:
        """The documents, without their files."""
        return read_stukken(self.app, self.geladen.dossier, self.geladen.procedure)

    def is_mogelijk(self, handeling: Handeling, persoon: str) -> bool:
        """Nothing stands in the way of this act; looks no further than the first thing that does."""
        dossier, regio = self.geladen.dossier, self.geladen.regio
        onderwerpen = list_onderwerpen(handeling, dossier, self.geladen.procedure, None)
        if check_statussen(handeling, dossier, onderwerpen):
            return False
        eigen = bool(set(handeling.rollen) & regio.list_rollen(persoon))
        s = replace(
            make_situatie(self.app, dossier, regio, persoon if eigen else ""), onderwerpen=onderwerpen
        )
        s = replace(s, stukken=self.stukken) if handeling.ziet_stukken else s
        s = add_sleutels(self.app, handeling, s)
        eisen = (r for r in handeling.regels if not r.met_invoer and r.ernst is Ernst.BLOKKEERT)
        return all(self._ask(eis, s, handeling) is None for eis in eisen)

    def check(self, handeling: Handeling, situatie: Situatie[Any]) -> list[Overtreding]:
        """What the rules of this act that need no input say; `situatie` differs in persoon and onderwerpen alone."""
        if handeling.ziet_stukken:
            situatie = replace(situatie, stukken=self.stukken)
        situatie = add_sleutels(self.app, handeling, situatie)
        gevonden = (self._ask(r, situatie, handeling) for r in handeling.regels if not r.met_invoer)
        return [overtreding for overtreding in gevonden if overtreding is not None]

    def _ask(self, regel: Regel, s: Situatie[Any], handeling: Handeling) -> Overtreding | None:
        sleutel = (id(regel), s.persoon, s.onderwerpen, handeling.ziet_stukken, handeling.ziet_sleutels)
        if sleutel not in self._gevonden:
            self._gevonden[sleutel] = regel.check(s)
        return self._gevonden[sleutel]


def load_geladen(app: App, code: str) -> Geladen:
    """Load a dossier for a page."""
    return Geladen(*app.load(code))


def list_standen(app: App, geladen: Geladen, persoon: str) -> tuple[Stand, ...]:
    """Every act of the procedure as this person sees it, in order."""
    toets = Toets(app, geladen)
    return tuple(
        build_stand(app, geladen, fase, handeling, persoon, toets=toets)
        for fase, handeling in geladen.procedure.list_handelingen()
    )


def load_stand(
    app: App, geladen: Geladen, handeling_code: str, persoon: str, onderwerpen: tuple[str, ...] | None = None
) -> Stand:
    """One act as this person sees it, for these onderwerpen or for all that qualify; KeyError for none."""
    fase, handeling = geladen.procedure.load_handeling(handeling_code)
    return build_stand(app, geladen, fase, handeling, persoon, onderwerpen)


def build_stand(
    app: App,
    geladen: Geladen,
    fase: Fase,
    handeling: Handeling,
    persoon: str,
    onderwerpen: tuple[str, ...] | None = None,
    toets: Toets | None = None,
) -> Stand:
    """Judge everything about an act that can be judged without its input."""
    dossier, procedure, regio = geladen.dossier, geladen.procedure, geladen.regio
    eigen = bool(set(handeling.rollen) & regio.list_rollen(persoon))
    if onderwerpen is None:
        onderwerpen = list_onderwerpen(handeling, dossier, procedure, None)
    situatie = make_situatie(app, dossier, regio, persoon if eigen else "")
    fouten = check_statussen(handeling, dossier, onderwerpen)
    if not any(o.code == "geen-onderwerp" for o in fouten):
        toets = toets or Toets(app, geladen)
        fouten += toets.check(handeling, replace(situatie, onderwerpen=onderwerpen))
    return _make_stand(fase, handeling, regio, persoon, fouten)


def _make_stand(
    fase: Fase, handeling: Handeling, regio: Regio, persoon: str, fouten: Collection[Overtreding]
) -> Stand:
    redenen = tuple(o for o in fouten if o.ernst is Ernst.BLOKKEERT)
    return Stand(
        code=handeling.code,
        titel=handeling.titel,
        fase=fase.code,
        rol=show_rollen(handeling),
        personen=list_bevoegd(handeling, regio),
        eigen=bool(set(handeling.rollen) & regio.list_rollen(persoon)),
        mogelijk=not redenen,
        grondslag=handeling.grondslag,
        redenen=redenen,
        signalen=tuple(o for o in fouten if o.ernst is not Ernst.BLOKKEERT),
    )


def list_fasemeldingen(app: App, geladen: Geladen) -> dict[str, tuple[Overtreding, ...]]:
    """What each stage says about the dossier as it stands, such as a standstill that has not begun."""
    situatie = make_situatie(app, geladen.dossier, geladen.regio, "")
    situatie = replace(situatie, sleutels=load_sleutels(app))
    gevonden = {f.code: f.meldingen(situatie) for f in geladen.procedure.fasen if f.meldingen}
    return {fase: meldingen for fase, meldingen in gevonden.items() if meldingen}


def list_wachtend(app: App, geladen: Geladen, persoon: str, vanaf: frozenset[str]) -> tuple[Stand, ...]:
    """Acts that can be done now in these stages: what the dossier waits for, without what is only signalled."""
    toets = Toets(app, geladen)
    return tuple(
        _make_stand(fase, handeling, geladen.regio, persoon, ())
        for fase, handeling in geladen.procedure.list_handelingen()
        if fase.code in vanaf and toets.is_mogelijk(handeling, persoon)
    )
