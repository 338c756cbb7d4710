"""Single steps of whole stories, to be done in a process of their own: one per stage and one per kind of workbook.

A story is told once, undisturbed. Of each step that is wanted the database before and after it is kept; the files
follow from its register. From there the same step is done again, killed on the way.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.bootstrap import make_app
from aanbesteding.demo.draaien import FaseRunner, Verteller, load_verhaal
from aanbesteding.demo.verhaal import Stap, Verhaal
from aanbesteding.engine.app import App
from aanbesteding.engine.dossiers import make_dossier
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform_due
from aanbesteding.regio import regio_mappen
from aanbesteding.settings import Settings

DOSSIER = "PROEF"
DATABASE = "aanbesteding.db"
VERHALEN: Mapping[str, tuple[str, str, int]] = {
    "zhz": ("zuid-holland-zuid", "verhaal.toml", 16),
    "wmo": ("regio-alkmaar", "verhaal-wmo.toml", 40),
}
"""Region, file and how many invented bidders: as few as the story can do with."""
NA_PUBLICEREN = Stap.model_validate(
    {
        "moment": "2021-02-01 09:30:00",
        "als": "jurist.demo",
        "wat": "Legt een aanhouding vast",
        "handeling": "aanhouding_beginnen",
        "invoer": {
            "aard": "klacht",
            "percelen": ["1"],
            "datum": "2021-02-01",
            "aanleiding": "Verzonnen aanleiding",
        },
    }
)
"""A step that no story has: a hold, right after the notice."""


@dataclass(frozen=True)
class Run:
    """What a stage's flow would answer."""

    fouten: tuple[str, ...]


@dataclass(frozen=True)
class Boek:
    """A workbook that somebody reads at a moment."""

    soort: str
    als: str
    tijd: datetime
    inhoud: bytes


@dataclass(frozen=True)
class Moment:
    """A step of a story: which story, its place in it, and a step or a workbook of our own to do there instead."""

    verhaal: str
    nummer: int
    eigen: Stap | None = None
    boek: Boek | None = None


@dataclass
class Opname:
    """What was kept of one step: the database before and after it."""

    moment: Moment
    voor: Path
    na: Path
    home: str = ""
    """The folder of a run of its own that nobody disturbed; else that of the story."""


@dataclass
class Opnamen:
    """The kept steps: per stage and per kind of workbook the first one that will do, and the folder of each story."""

    fasen: dict[str, Opname] = field(default_factory=dict[str, Opname])
    werkboeken: dict[str, Opname] = field(default_factory=dict[str, Opname])
    homes: dict[str, Path] = field(default_factory=dict[str, Path])


@cache
def load_kort(sleutel: str) -> tuple[Verhaal, Path]:
    """The story with few bidders, and its folder."""
    regio, bestand, aantal = VERHALEN[sleutel]
    verhaal, map_ = load_verhaal(regio, regio_mappen(), bestand)
    verzinsels = verhaal.verzinsels.model_copy(update={"aanbieders": aantal})
    return verhaal.model_copy(update={"verzinsels": verzinsels}), map_


def make_verteller(
    app: App, sleutel: str, home: Path, stappen: tuple[Stap, ...], runner: FaseRunner
) -> Verteller:
    """Tells these steps of the story only."""
    verhaal, _ = load_kort(sleutel)
    assert isinstance(app.klok, StilstaandeKlok)
    deel = verhaal.model_copy(update={"stappen": stappen})
    return Verteller(app, app.klok, deel, DOSSIER, home / "invoer", runner)


def make_runner(app: App) -> FaseRunner:
    """A stage as its flow runs it, without a server: acts that are due, then every promised document."""

    def run(fase: str, dossier: str, als: str) -> Run:
        perform_due(app, dossier, fase, als)
        return Run(tuple(f for t in list_open(app, dossier, fase) for f in produce(app, t).fouten))

    return run


def select_stappen(moment: Moment) -> tuple[Stap, ...]:
    """The step of this moment, alone."""
    return (moment.eigen or load_kort(moment.verhaal)[0].stappen[moment.nummer],)


def doe_stap(home: Path, moment: Moment, sterf_bij: str = "") -> None:
    """Do this step on this folder as a new process does; die at this checkpoint."""
    os.environ.pop("AANBESTEDING_STERF_BIJ", None)
    if moment.boek:
        from crash.boeken import lees_boek

        lees_boek(home, moment.boek, sterf_bij)
        return
    (stap,) = stappen = select_stappen(moment)
    app = make_app(Settings(home=home), StilstaandeKlok(stap.tijd))
    if sterf_bij:
        os.environ["AANBESTEDING_STERF_BIJ"] = sterf_bij
    make_verteller(app, moment.verhaal, home, stappen, make_runner(app)).tell(lambda _stap, _aantal: None)
    app.database.dispose()


def save_database(home: Path, doel: Path) -> Path:
    """A copy of the database of a folder, also while it is in use."""
    van, naar = sqlite3.connect(home / DATABASE), sqlite3.connect(doel)
    van.backup(naar)
    van.close()
    naar.close()
    return doel


def restore_home(opname: Opname, alles: Path, home: Path) -> Path:
    """A folder as it was before this step: the database and the files of its register (links: none is ever changed)."""
    home.mkdir()
    save_database_van(opname.voor, home / DATABASE)
    for pad in list_register(opname.voor):
        doel = home / "documenten" / pad
        doel.parent.mkdir(parents=True, exist_ok=True)
        os.link(alles / "documenten" / pad, doel)
    return home


def save_database_van(bron: Path, doel: Path) -> None:
    doel.write_bytes(bron.read_bytes())


def list_register(database: Path) -> list[str]:
    """Path of every registered document."""
    verbinding = sqlite3.connect(database)
    paden = [rij[0] for rij in verbinding.execute("SELECT dossier || '/' || pad FROM document")]
    verbinding.close()
    return paden


def tell_opname(sleutel: str, map_: Path, opnamen: Opnamen) -> None:
    """Tell a whole story and keep the first useful step of each stage and kind of workbook that is not there yet."""
    verhaal, bron = load_kort(sleutel)
    home = opnamen.homes[sleutel] = map_ / sleutel
    app = make_app(Settings(home=home), StilstaandeKlok(verhaal.begin_tijd))
    make_dossier(app, bron / verhaal.aanbesteding, DOSSIER, demo=True)
    gemaakt: list[str] = []

    def runner(fase: str, dossier: str, als: str) -> Run:
        if any(t.fase == fase for t in list_open(app, dossier)):
            gemaakt.append(fase)
        return make_runner(app)(fase, dossier, als)

    for nummer, stap in enumerate(verhaal.stappen):
        voor = save_database(home, map_ / f"{sleutel}-{nummer}.db")
        gemaakt.clear()
        assert isinstance(app.klok, StilstaandeKlok)
        if stap.tijd > app.klok.nu():
            app.klok.jump(stap.tijd)
        make_verteller(app, sleutel, home, (stap,), runner).tell(lambda _stap, _aantal: None)
        for lade, naam in wanted(stap, gemaakt, opnamen):
            lade[naam] = Opname(Moment(sleutel, nummer), voor, map_ / f"{sleutel}-{nummer + 1}.db")
    save_database(home, map_ / f"{sleutel}-{len(verhaal.stappen)}.db")
    app.database.dispose()


def wanted(stap: Stap, gemaakt: list[str], opnamen: Opnamen) -> Iterator[tuple[dict[str, Opname], str]]:
    """Where this step is the first one: stages in which an act promised documents, and its kind of workbook."""
    if stap.geweigerd:
        return
    if stap.importeer and stap.importeer not in opnamen.werkboeken:
        yield opnamen.werkboeken, stap.importeer
    if stap.importeer or stap.beoordeel or stap.verzend:
        return
    for fase in gemaakt:
        if fase not in opnamen.fasen:
            yield opnamen.fasen, fase


def add_aanhouding(map_: Path, opnamen: Opnamen, start: Callable[..., int | None]) -> None:
    """A hold is in no story: do one of our own, undisturbed, on the folder as it was after the notice."""
    verhaal, _ = load_kort("zhz")
    nummer = 1 + next(n for n, stap in enumerate(verhaal.stappen) if stap.handeling == "publiceren")
    moment = Moment("zhz", nummer, NA_PUBLICEREN)
    opname = Opname(moment, map_ / f"zhz-{nummer}.db", map_ / "aanhouding.db", home="aanhouding")
    home = opnamen.homes["aanhouding"] = restore_home(opname, opnamen.homes["zhz"], map_ / "aanhouding")
    assert start(doe_stap, home, moment) == 0
    save_database(home, opname.na)
    opnamen.fasen["aanhouding"] = replace(opname)
