"""Small purchases of the Bommelerwaard, each told up to a step of its story and served by a real web server.

One story is told once and copied at every halt; all parties are invented. The clock stands still at the step.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import uvicorn

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.oidc import Inlogdienst
from aanbesteding.adapters.prefect_runs import Flowrun
from aanbesteding.bootstrap import make_app
from aanbesteding.demo.draaien import Verteller, load_verhaal
from aanbesteding.demo.verhaal import Stap, Verhaal
from aanbesteding.engine.app import App
from aanbesteding.engine.dossiers import make_dossier
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform_due
from aanbesteding.engine.verzending import send
from aanbesteding.errors import AanbestedingError
from aanbesteding.regio import regio_mappen
from aanbesteding.settings import Settings
from web.hulp import make_pagina, make_toegang

DOSSIER = "BW-2027"
AANBIEDERS = 20
WINNAARS = 1
"""So many winners per product: with twenty providers there are still some who get nothing."""
HERSTELTERMIJN = 7
ORGANISATIE = Inlogdienst(
    "http://127.0.0.1:9", "aanbesteding", "verzonnen", "http://127.0.0.1:9", naam="gemeente Proefdorp"
)
"""Where people of the organisation log in; it never answers. Logging in there is tried in tests/web."""
HALTES: Mapping[str, str] = {
    "begin": "beleidskader_vaststellen",
    "consultatie": "verslag_vaststellen",
    "inschrijven": "inschrijvingen",
    "openen": "inschrijvingen_openen",
    "verklaren": "belangenverklaring_afleggen",
    "beoordelen": "scores",
    "consensus": "consensus_vaststellen",
    "prijzen": "prijzen_openen",
    "gunning": "gunning",
    "meedelen": "gunningsbeslissing_meedelen",
    "brieven": "beoordeel: gunning",
    "verzenden": "verzend: gunningsbeslissing_meedelen",
    "verzonden": "kort_geding_melden",
    "ronde": "aanvragen",
    "toetreding": "toetreding_verlenen",
}
"""Where the story halts: right before the first step with this act, import, review, sending or stage that is not to be
refused."""
EERDER = {"ronde": timedelta(days=4)}
"""So much earlier than its step the clock of a halt stands: the round is still open."""


class Fasebeurt:
    """Performs what is due and makes the promised documents in this process, as the flow of the stage does."""

    def __init__(self, app: App, fase: str, als: str) -> None:
        perform_due(app, DOSSIER, fase, als)
        self.fouten = tuple(f for t in list_open(app, DOSSIER, fase) for f in produce(app, t).fouten)
        if fase == "verzending":
            self.fouten += tuple(run.melding for run in send(app, DOSSIER) if run.melding)


@dataclass
class Starter:
    """Runs a stage at once in the server's process and remembers the run, in place of a Prefect server."""

    app: App
    runs: dict[str, Flowrun] = field(default_factory=dict[str, Flowrun])

    def start(self, fase: str, dossier: str, persoon: str, *, alleen: bool = False) -> Flowrun:
        """Run the stage; the run is over when this answers."""
        beurt = Fasebeurt(self.app, fase, persoon)
        nummer = f"{len(self.runs) + 1:08d}-0000-4000-8000-000000000000"
        adres = f"http://127.0.0.1:4243/runs/flow-run/{nummer}"
        self.runs[nummer] = Flowrun(nummer, "mislukt" if beurt.fouten else "klaar", True, adres)
        return self.runs[nummer]

    def load(self, id_: str) -> Flowrun:
        """How far a run is."""
        if id_ not in self.runs:
            raise AanbestedingError("Prefect kent deze run niet.")
        return self.runs[id_]


def load_kort_verhaal() -> tuple[Verhaal, Path]:
    """The story with few providers and few winners, and the folder it stands in."""
    verhaal, regiomap = load_verhaal("bommelerwaard", regio_mappen())
    verzinsels = verhaal.verzinsels.model_copy(update={"aanbieders": AANBIEDERS, "partijen_per_groep": 1})
    stappen = tuple(shorten(stap) for stap in verhaal.stappen)
    return verhaal.model_copy(update={"verzinsels": verzinsels, "stappen": stappen}), regiomap


def shorten(stap: Stap) -> Stap:
    """The step with few winners per product, and a round in which completing was announced."""
    if stap.handeling == "perceel_uitwerken":
        producten = [product | {"maximum_aanbieders": WINNAARS} for product in stap.invoer["producten"]]
        return stap.model_copy(update={"invoer": stap.invoer | {"producten": producten}})
    if stap.handeling == "openstelling_besluiten":
        return stap.model_copy(update={"invoer": stap.invoer | {"hersteltermijn_dagen": HERSTELTERMIJN}})
    return stap


def find_halte(verhaal: Verhaal, code: str) -> int:
    """The number of the step before which the story halts."""
    return next(
        i for i, stap in enumerate(verhaal.stappen) if code in list_codes(stap) and not stap.geweigerd
    )


def list_codes(stap: Stap) -> tuple[str, ...]:
    """By which codes a halt names this step."""
    return (
        stap.handeling,
        stap.importeer,
        stap.fase,
        f"beoordeel: {stap.beoordeel}",
        f"verzend: {stap.verzend}",
    )


def tell_tot(app: App, klok: StilstaandeKlok, code: str, invoermap: Path) -> None:
    """Tell what has not been done yet, up to the first step with this act, import or stage; the clock follows."""
    verhaal, _ = load_kort_verhaal()
    einde = find_halte(verhaal, code)
    deel = verhaal.model_copy(update={"stappen": verhaal.stappen[:einde]})

    def run(fase: str, dossier: str, als: str) -> Fasebeurt:
        return Fasebeurt(app, fase, als)

    if deel.stappen:
        Verteller(app, klok, deel, DOSSIER, invoermap, run).tell(lambda stap, gemaakt: None)


def tell_haltes(map_: Path) -> dict[str, Path]:
    """Tell the story once; leaves a copy of everything at every halt."""
    verhaal, regiomap = load_kort_verhaal()
    klok = StilstaandeKlok(verhaal.begin_tijd)
    app = make_app(Settings(home=map_ / "verhaal"), klok)
    make_dossier(app, regiomap / verhaal.aanbesteding, DOSSIER, demo=True)
    mappen: dict[str, Path] = {}
    for naam, code in HALTES.items():
        tell_tot(app, klok, code, map_ / "invoer")
        app.database.dispose()
        mappen[naam] = map_ / naam
        shutil.copytree(map_ / "verhaal", mappen[naam])
    return mappen


@dataclass(frozen=True)
class Toneel:
    """A dossier that is being served: where, with which clock, and which templates were shown."""

    app: App
    klok: StilstaandeKlok
    adres: str
    getoond: list[str]


def load_app(map_: Path, halte: str) -> tuple[App, StilstaandeKlok]:
    """The product on the copy of a halt, with an account for everybody in the mandates."""
    verhaal, _ = load_kort_verhaal()
    tijd = verhaal.stappen[find_halte(verhaal, HALTES[halte])].tijd - EERDER.get(halte, timedelta(0))
    klok = StilstaandeKlok(tijd)
    app = make_app(Settings(home=map_), klok)
    for persoon in dict.fromkeys(m.persoon for m in app.load_regio("bommelerwaard").mandaten):
        make_toegang(app, persoon)
    return app, klok


@contextmanager
def serve(map_: Path, halte: str) -> Iterator[Toneel]:
    """Serve the copy of a halt on a free port of this machine."""
    app, klok = load_app(map_, halte)
    web = make_pagina(app, starter=Starter(app), dienst=ORGANISATIE if halte == "begin" else None)
    getoond = note_sjablonen(web.state.kern.omgeving)
    with socket.create_server(("127.0.0.1", 0)) as stopcontact:
        config = uvicorn.Config(web, log_level="warning", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        draad = threading.Thread(target=server.run, kwargs={"sockets": [stopcontact]}, daemon=True)
        draad.start()
        wait_tot(lambda: server.started)
        try:
            yield Toneel(app, klok, f"http://127.0.0.1:{stopcontact.getsockname()[1]}", getoond)
        finally:
            server.should_exit = True
            draad.join(10)
            app.database.dispose()


def wait_tot(klaar: Callable[[], bool], seconden: float = 10) -> None:
    """Wait until something is so; an error when it takes too long."""
    einde = time.monotonic() + seconden
    while not klaar():
        if time.monotonic() > einde:
            raise TimeoutError
        time.sleep(0.02)


def note_sjablonen(omgeving: object) -> list[str]:
    """Note every page template that is shown from here on."""
    getoond: list[str] = []
    get_template = omgeving.get_template

    def note(naam: str, *args: object) -> object:
        getoond.append(naam)
        return get_template(naam, *args)

    omgeving.get_template = note
    return getoond
