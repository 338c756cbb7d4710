"""What the crash tests run in processes of their own: the first acts of the story of the Bommelerwaard.

Each process begins as the product begins: it opens what lies in its folder and goes on with the story from there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.bootstrap import make_app
from aanbesteding.demo.draaien import Verteller, load_verhaal
from aanbesteding.demo.verhaal import Verhaal
from aanbesteding.engine.app import App
from aanbesteding.engine.dossiers import make_dossier
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.errors import StaleDossier
from aanbesteding.regio import regio_mappen
from aanbesteding.settings import Settings
from aanbesteding.storage.queries import list_dossiers

DOSSIER = "BW-2027"
TOT = "consultatie_openen"
INVOER = {"sluit_op": "2026-02-06", "datum_bijeenkomst": "2026-01-27"}


@dataclass(frozen=True)
class Run:
    """What a stage's flow would answer."""

    fouten: tuple[str, ...]


def load_begin(*, met_opening: bool = True) -> tuple[Verhaal, Path]:
    """The story up to and including the opening of the consultation, with few parties."""
    verhaal, map_ = load_verhaal("bommelerwaard", regio_mappen())
    laatste = max(n for n, stap in enumerate(verhaal.stappen) if stap.handeling == TOT)
    verzinsels = verhaal.verzinsels.model_copy(update={"aanbieders": 4, "partijen_per_groep": 1})
    stappen = verhaal.stappen[: laatste + int(met_opening)]
    return verhaal.model_copy(update={"stappen": stappen, "verzinsels": verzinsels}), map_


def open_app(home: Path, begin: datetime) -> App:
    """The product on this folder, as a new process opens it."""
    return make_app(Settings(home=home), StilstaandeKlok(begin))


def tell(home: Path, sterf_bij: str = "", met_opening: bool = True) -> None:
    """Tell the beginning of the story from wherever it was; die at this checkpoint."""
    os.environ.pop("AANBESTEDING_STERF_BIJ", None)
    if sterf_bij:
        os.environ["AANBESTEDING_STERF_BIJ"] = sterf_bij
    verhaal, map_ = load_begin(met_opening=met_opening)
    app = open_app(home, verhaal.begin_tijd)
    if not list_dossiers(app.database):
        make_dossier(app, map_ / verhaal.aanbesteding, DOSSIER, demo=True)
    assert isinstance(app.klok, StilstaandeKlok)

    def run_flow(fase: str, dossier: str, als: str) -> Run:
        return Run(tuple(f for t in list_open(app, dossier, fase) for f in produce(app, t).fouten))

    Verteller(app, app.klok, verhaal, DOSSIER, home / "invoer", run_flow).tell(lambda stap, aantal: None)


class Afspraak:
    """A clock at which two processes wait for each other: both have loaded the dossier, neither has recorded."""

    def __init__(self, moment: datetime, afspraak: Barrier) -> None:
        self.moment, self.afspraak = moment, afspraak

    def nu(self) -> datetime:
        """The moment, once both are there."""
        self.afspraak.wait(30)
        return self.moment


def perform_samen(home: Path, afspraak: Barrier, uitkomsten: Any) -> None:
    """Open the consultation at the same moment as somebody else; tell what came of it."""
    verhaal, _ = load_begin()
    app = make_app(Settings(home=home), Afspraak(verhaal.stappen[-1].tijd, afspraak))
    try:
        perform(app, DOSSIER, TOT, INVOER, "inkoper.demo")
        uitkomsten.put("vastgelegd")
    except (StaleDossier, HandelingRefused) as fout:
        uitkomsten.put(type(fout).__name__)


def produce_samen(home: Path, afspraak: Barrier, uitkomsten: Any) -> None:
    """Make every promised document at the same moment as somebody else; tell how many were made here."""
    app = open_app(home, load_begin()[0].begin_tijd)
    afspraak.wait(30)
    uitkomsten.put(sum(produce(app, t).gemaakt for t in list_open(app, DOSSIER)))
