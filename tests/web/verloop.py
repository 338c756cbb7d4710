"""A small purchase of the Bommelerwaard, told up to a step of its story; all parties are invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.bootstrap import make_app
from aanbesteding.demo.draaien import Verteller, load_verhaal
from aanbesteding.demo.verhaal import Stap
from aanbesteding.engine.app import App
from aanbesteding.engine.dossiers import make_dossier
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform_due
from aanbesteding.regio import regio_mappen
from aanbesteding.settings import Settings
from aanbesteding.storage.documenten import close_toezegging

DOSSIER = "BW-2027"


class Fasebeurt:
    """Performs what is due and makes the promised documents in this process, as the flow of the stage does.

    Without documents the promises are closed as if they came to nothing.
    """

    fouten: tuple[str, ...] = ()

    def __init__(self, app: App, fase: str, als: str, *, documenten: bool) -> None:
        perform_due(app, DOSSIER, fase, als)
        if not documenten:
            for toezegging in list_open(app, DOSSIER, fase):
                close_toezegging(app.database, toezegging.id, 0)
        else:
            self.fouten = tuple(f for t in list_open(app, DOSSIER, fase) for f in produce(app, t).fouten)


def _record_sending(stap: Stap, stappen: Sequence[Stap]) -> Stap:
    """Without documents there is nothing to send: that all letters left is recorded, as for letters by post."""
    if not stap.verzend:
        return stap
    besluit = next(s for s in reversed(stappen[: stappen.index(stap)]) if s.handeling == stap.verzend)
    gezegd = besluit.invoer | besluit.met
    percelen = gezegd.get("percelen") or [gezegd["perceel"]]
    met = {"percelen": percelen, "verzonden": stap.tijd.isoformat()}
    vastleggen = {"handeling": "verzending_vastleggen", "bedenk": "verzending", "met": met}
    return stap.model_copy(update=vastleggen | {"verzend": ""})


def tell_tot(map_: Path, handeling: str, *, aanbieders: int = 12, documenten: bool = False) -> App:
    """The dossier right before the first step with this act or import; the clock stands at that step."""
    verhaal, regiomap = load_verhaal("bommelerwaard", regio_mappen())
    einde = next(i for i, s in enumerate(verhaal.stappen) if handeling in (s.handeling, s.importeer))
    verzinsels = verhaal.verzinsels.model_copy(update={"aanbieders": aanbieders, "partijen_per_groep": 1})
    stappen = verhaal.stappen[:einde]
    if not documenten:
        stappen = tuple(_record_sending(s, stappen) for s in stappen if not s.beoordeel)
    kort = verhaal.model_copy(update={"stappen": stappen, "verzinsels": verzinsels})
    klok = StilstaandeKlok(verhaal.begin_tijd)
    app = make_app(Settings(home=map_), klok)
    make_dossier(app, regiomap / verhaal.aanbesteding, DOSSIER, demo=True)

    def run(fase: str, dossier: str, als: str) -> Fasebeurt:
        return Fasebeurt(app, fase, als, documenten=documenten)

    Verteller(app, klok, kort, DOSSIER, map_ / "invoer", run).tell(lambda stap, gemaakt: None)
    klok.jump(verhaal.stappen[einde].tijd)
    return app
