"""What this person may do in a dossier now, and for everything else every reason why not.

As engine.perform.list_handelingen, but seen by one person, and with a dossier that is loaded already. Only looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.regel import Ernst, Overtreding
from aanbesteding.domain.regio import Regio
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import (
    check_regels,
    check_statussen,
    list_bevoegd,
    list_onderwerpen,
    make_situatie,
    show_rollen,
)
from aanbesteding.engine.stukregister import Stukkenbron
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


def load_geladen(app: App, code: str) -> Geladen:
    """Load a dossier for a page."""
    return Geladen(*app.load(code))


def list_standen(app: App, geladen: Geladen, persoon: str) -> tuple[Stand, ...]:
    """Every act of the procedure as this person sees it, in order."""
    bron = Stukkenbron(app, geladen.dossier, geladen.procedure)
    return tuple(
        build_stand(app, geladen, fase, handeling, persoon, bron=bron)
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
    bron: Stukkenbron | None = None,
) -> Stand:
    """Judge everything about an act that can be judged without its input."""
    dossier, procedure, regio = geladen.dossier, geladen.procedure, geladen.regio
    eigen = bool(set(handeling.rollen) & regio.list_rollen(persoon))
    if onderwerpen is None:
        onderwerpen = list_onderwerpen(handeling, dossier, procedure, None)
    situatie = make_situatie(app, dossier, regio, persoon if eigen else "")
    fouten = check_statussen(handeling, dossier, onderwerpen)
    if not any(o.code == "geen-onderwerp" for o in fouten):
        bron = bron or Stukkenbron(app, dossier, procedure)
        situatie = bron.add(handeling, replace(situatie, onderwerpen=onderwerpen))
        fouten += check_regels(handeling, situatie, met_invoer=False)
    redenen = tuple(o for o in fouten if o.ernst is Ernst.BLOKKEERT)
    return Stand(
        code=handeling.code,
        titel=handeling.titel,
        fase=fase.code,
        rol=show_rollen(handeling),
        personen=list_bevoegd(handeling, regio),
        eigen=eigen,
        mogelijk=not redenen,
        grondslag=handeling.grondslag,
        redenen=redenen,
        signalen=tuple(o for o in fouten if o.ernst is not Ernst.BLOKKEERT),
    )


def list_fasemeldingen(app: App, geladen: Geladen) -> dict[str, tuple[Overtreding, ...]]:
    """What each stage says about the dossier as it stands, such as a standstill that has not begun."""
    situatie = make_situatie(app, geladen.dossier, geladen.regio, "")
    gevonden = {f.code: f.meldingen(situatie) for f in geladen.procedure.fasen if f.meldingen}
    return {fase: meldingen for fase, meldingen in gevonden.items() if meldingen}


def list_wachtend(standen: Iterable[Stand], vanaf: frozenset[str]) -> tuple[Stand, ...]:
    """Acts that can be done now in these stages: what the dossier waits for."""
    return tuple(s for s in standen if s.mogelijk and s.fase in vanaf)
