"""Measures the award step as it grows: an invented purchase on three percelen, ranked and told, through Prefect.

Usage: make bench, or `tools/bench_groei.py [--schrijf] [AANTAL ...]` (100, 1.000 and 10.000 bidders when none is
named); `--schrijf` puts the result in docs/prestaties.md. Every size runs twice, each in a process of its own on a
purchase of its own (bench_dossier.py): through the stage flows on a Prefect server that was started for it, and by
calling the very same steps without Prefect. Two processes work, whatever the machine has.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from aanbesteding.adapters.klok import StilstaandeKlok, Systeemklok
from aanbesteding.adapters.prefect import launch_server, load_flow, run_fase, stop_server, wait_server
from aanbesteding.bootstrap import app_in_gebruik, make_app
from aanbesteding.engine import overzicht
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform, perform_due
from aanbesteding.settings import Settings
from bench_dossier import BEGIN, DOSSIER, PERCELEN, VERZENDDATUM, make_dossier

PAGINA = Path(__file__).parents[1] / "docs" / "prestaties.md"
MERK, EINDE = "<!-- groei: begin -->", "<!-- groei: einde -->"
AANTALLEN = (100, 1_000, 10_000)
DOEL_S, DOEL_AANDEEL = 60, 10
STAPPEN = ("perform_due", "list_open", "produce", "list_documentregels", "render_benodigd")
"""What the flows call of the package (flows/stappen.py); all other time of a flow is Prefect's."""
Meting = dict[str, float]


def main() -> int:
    """Measure every size and print the table, or (called by itself) make or measure one purchase."""
    if sys.argv[1:2] == ["--maak"]:
        make_dossier(Path(sys.argv[2]), int(sys.argv[3])).database.dispose()
        return 0
    if sys.argv[1:2] == ["--meet"]:
        print(json.dumps(measure(Path(sys.argv[2]), met_prefect=sys.argv[3] == "ja")))
        return 0
    aantallen = tuple(int(a) for a in sys.argv[1:] if a.isdigit()) or AANTALLEN
    belasting = os.getloadavg()
    metingen = {n: (_measure_apart(n, "ja"), _measure_apart(n, "nee")) for n in aantallen}
    uitslag = describe(metingen, belasting)
    print(uitslag)
    if "--schrijf" in sys.argv:
        voor, rest = PAGINA.read_text("utf-8").split(MERK)
        PAGINA.write_text(f"{voor}{MERK}\n\n{uitslag}\n\n{EINDE}{rest.split(EINDE)[1]}", "utf-8")
    return 0


def _measure_apart(aantal: int, met_prefect: str) -> Meting:
    map_ = Path(tempfile.mkdtemp(prefix="bench-groei-"))
    omgeving = os.environ | {"AANBESTEDING_PROCESSEN": "2"}
    try:
        for opdracht in (["--maak", str(map_), str(aantal)], ["--meet", str(map_), met_prefect]):
            gedaan = subprocess.run(
                [sys.executable, __file__, *opdracht],
                env=omgeving,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
        return json.loads(gedaan.stdout.splitlines()[-1])
    finally:
        shutil.rmtree(map_)


def measure(map_: Path, *, met_prefect: bool) -> Meting:
    """The whole award of the purchase in this folder: seconds per part, and memory in MB."""
    uit: Meting = defaultdict(float)
    klok = StilstaandeKlok(BEGIN + timedelta(hours=1))
    app = make_app(Settings(home=map_), klok)
    uit["geheugen_leeg"] = _read_geheugen()
    app.load(DOSSIER)
    uit["geheugen_dossier"] = _read_geheugen() - uit["geheugen_leeg"]
    with app_in_gebruik(app), _run_fases(map_, uit, met_prefect=met_prefect) as run:
        run("rangorde", "beoordeling", "voorzitter.demo")
        run("voorstellen", "gunning", "inkoper.demo")
        with _time(uit, "mensen"):
            decide(app)
        run("brieven", "gunning", "inkoper.demo")
        uit["belasting"] = os.getloadavg()[0]
    assert not list_open(app, DOSSIER), "er is niet alles gemaakt"
    uit["geheugen_hoogst"] = max(
        resource.getrusage(wie).ru_maxrss / 1024 for wie in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    app.database.dispose()
    return uit


def decide(app: App) -> None:
    """What people do between the ranking and the letters."""
    kenmerken = [
        {"perceel": p, "criterium": c, "tekst": "De gekozen inschrijvingen zijn concreet."}
        for p in PERCELEN
        for c in ("K1", "K2")
    ]

    def act(code: str, persoon: str, **invoer: object) -> None:
        perform(app, DOSSIER, code, {"percelen": PERCELEN, **invoer}, persoon)

    for gemeente in ("maasdriel", "zaltbommel"):
        besluit = {"gemeente": gemeente, "datum": BEGIN.date(), "kenmerk": gemeente}
        act("collegebesluit_vastleggen", "jurist.demo", **besluit)
    act("redenen_vrijgeven", "jurist2.demo")
    act("kenmerken_vrijgeven", "jurist.demo", kenmerken=kenmerken)
    act("gunningsbeslissing_meedelen", "gemandateerde.demo", verzenddatum=VERZENDDATUM)


@contextmanager
def _run_fases(map_: Path, uit: Meting, *, met_prefect: bool) -> Generator[Callable[[str, str, str], None]]:
    """How a stage is run: by its flow on a server of our own, or by calling what the flow calls."""
    if not met_prefect:
        yield partial(_run_zonder, uit)
        return
    server = launch_server(map_ / "prefect")
    try:
        wait_server(server)
        load_flow("gunning"), load_flow("beoordeling")

        def run(naam: str, fase: str, als: str) -> None:
            with _watch_stappen(uit, naam), _time(uit, naam):
                run_fase(map_ / "prefect", server, fase, DOSSIER, als)

        yield run
    finally:
        stop_server(server)


def _run_zonder(uit: Meting, naam: str, fase: str, als: str) -> None:
    from aanbesteding.bootstrap import load_app

    app = load_app()
    with _time(uit, naam):
        with _time(uit, f"{naam}.perform_due"):
            perform_due(app, DOSSIER, fase, als)
        uit[f"geheugen_{naam}"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with _time(uit, f"{naam}.produce"):
            for toezegging in list_open(app, DOSSIER, fase):
                produce(app, toezegging)
        overzicht.list_documentregels(app, DOSSIER, fase)
        overzicht.render_benodigd(app, DOSSIER)


@contextmanager
def _watch_stappen(uit: Meting, naam: str) -> Generator[None]:
    """Time every step of the package that a flow calls."""
    stappen = sys.modules["stappen"]
    namen = {stap: _timed(uit, f"{naam}.{stap}", getattr(stappen, stap)) for stap in STAPPEN}
    with patch.multiple(stappen, **namen):
        yield


def _timed(uit: Meting, naam: str, doe: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **velden: Any) -> Any:
        with _time(uit, naam):
            return doe(*args, **velden)

    return call


@contextmanager
def _time(uit: Meting, naam: str) -> Generator[None]:
    klok, cpu = time.perf_counter(), _read_cpu()
    yield
    uit[naam] = uit.get(naam, 0) + time.perf_counter() - klok
    uit[f"{naam} CPU"] = uit.get(f"{naam} CPU", 0) + _read_cpu() - cpu


def _read_cpu() -> float:
    delen = [resource.getrusage(wie) for wie in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(d.ru_utime + d.ru_stime for d in delen)


def _read_geheugen() -> float:
    bladen = int(Path("/proc/self/statm").read_text().split()[1])
    return bladen * resource.getpagesize() / 1024**2


def describe(metingen: dict[int, tuple[Meting, Meting]], belasting: tuple[float, float, float]) -> str:
    """The table, with the ratios and whether the aim is met."""
    regels: list[tuple[str, Callable[[int, Meting, Meting], str]]] = [
        ("**gunningsstap door Prefect, s**", lambda _, m, z: f"**{_show(_sum_stap(m))}**"),
        ("waarvan rangorde", lambda _, m, z: _show(m["rangorde.perform_due"])),
        ("waarvan brieven", lambda _, m, z: _show(m["brieven.produce"])),
        ("waarvan het overzicht van wat nu nodig is", lambda _, m, z: _show(_sum_overzicht(m))),
        ("dezelfde stap zonder Prefect, s", lambda _, m, z: _show(_sum_stap(z))),
        ("rekentijd (CPU) van de stap, s", lambda _, m, z: _show(_sum_stap(m, " CPU"))),
        ("aandeel van Prefect", lambda _, m, z: f"{_show(100 * _prefect(m))} %"),
        ("klok per inschrijver, ms", lambda n, m, z: _show(1000 * _sum_stap(m) / n)),
        ("apart: drie beoordelingsrapporten, s", lambda _, m, z: _show(m["rangorde.produce"])),
        ("apart: advies en collegevoorstellen, s", lambda _, m, z: _show(m["voorstellen"])),
        ("apart: vijf handelingen van mensen, s", lambda _, m, z: _show(m["mensen"])),
        ("het dossier in het geheugen, MB", lambda _, m, z: _show(m["geheugen_dossier"])),
        ("geheugen na de rangorde, zonder rapport, MB", lambda _, m, z: f"{z['geheugen_rangorde']:.0f}"),
        ("hoogste geheugen van een proces, MB", lambda _, m, z: f"{m['geheugen_hoogst']:.0f}"),
        ("belasting van de machine na de brieven", lambda _, m, z: _show(m["belasting"])),
    ]
    kop = " | ".join(f"{n:,}".replace(",", ".") for n in metingen)
    tabel = [f"| inschrijvers | {kop} |", "|---|" + "---:|" * len(metingen)]
    for naam, show in regels:
        tabel.append(f"| {naam} | {' | '.join(show(n, *paar) for n, paar in metingen.items())} |")
    laatste = ", ".join(_show(g) for g in belasting)
    dag = Systeemklok().nu().strftime("%d-%m-%Y")
    begin = f"Gemeten op {dag} met twee processen; belasting van de machine bij het begin: {laatste}."
    return "\n".join([begin, "", *tabel, "", *_judge(metingen)])


def _judge(metingen: dict[int, tuple[Meting, Meting]]) -> list[str]:
    hoogst = max(metingen)
    stap, aandeel = _sum_stap(metingen[hoogst][0]), 100 * _prefect(metingen[hoogst][0])
    regels = [
        f"Het doel is hooguit {DOEL_S} s bij 10.000 inschrijvers, met minder dan {DOEL_AANDEEL} % voor Prefect. "
        f"Gemeten bij {hoogst}: {_show(stap)} s ({_met(stap <= DOEL_S)}) en {_show(aandeel)} % "
        f"({_met(aandeel < DOEL_AANDEEL)})."
    ]
    if len(metingen) > 1:
        lager = sorted(metingen)[-2]
        deling = (stap / hoogst) / (_sum_stap(metingen[lager][0]) / lager)
        regels.append(f"Tijd per inschrijver bij {hoogst} tegen die bij {lager}: {_show(deling)}.")
    return regels


def _sum_stap(meting: Meting, soort: str = "") -> float:
    """Both runs, without the reports that the first one makes as well."""
    return meting[f"rangorde{soort}"] - meting[f"rangorde.produce{soort}"] + meting[f"brieven{soort}"]


def _sum_overzicht(meting: Meting) -> float:
    delen = ("list_documentregels", "render_benodigd")
    return sum(meting[f"{naam}.{deel}"] for naam in ("rangorde", "brieven") for deel in delen)


def _prefect(meting: Meting) -> float:
    """Which part of the step was not spent in the package itself."""
    eigen = sum(meting.get(f"{naam}.{stap}", 0) for naam in ("rangorde", "brieven") for stap in STAPPEN)
    return 1 - (eigen - meting["rangorde.produce"]) / _sum_stap(meting)


def _met(gehaald: bool) -> str:
    return "gehaald" if gehaald else "niet gehaald"


def _show(getal: float) -> str:
    return f"{getal:.1f}".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main())
