"""Measures the award step as it grows: ranking, reports, release of reasons, decision and every letter.

Usage: tools/bench_groei.py AANTAL (100, 1000, 10000): an invented purchase of so many bidders on three percelen
(bench_dossier.py). Prints seconds on the clock, seconds of CPU (with other processes) and memory per step. The steps
are called as the flows call them, without Prefect.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform, perform_due
from bench_dossier import BEGIN, DOSSIER, PERCELEN, VERZENDDATUM, make_dossier


def main() -> int:
    """Run every step once and print what it took."""
    aantal = int(sys.argv[1])
    map_ = Path(tempfile.mkdtemp(prefix="bench-groei-"))
    try:
        app = make_dossier(map_, aantal)
        print("| stap | seconden (klok) | seconden CPU | hoogste geheugen MB |\n|---|---:|---:|---:|")
        begin = time.perf_counter()
        for naam, doe in list_stappen(app):
            _measure(naam, doe)
        print(f"| alles | {time.perf_counter() - begin:.1f} | {_cpu():.1f} | |")
        app.database.dispose()
    finally:
        shutil.rmtree(map_)
    return 0


def list_stappen(app: App) -> list[tuple[str, Callable[[], object]]]:
    """The steps from the ranking to the letters, each by whoever may do it."""
    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(BEGIN + timedelta(hours=1))
    kenmerken = [
        {"perceel": p, "criterium": c, "tekst": "De gekozen inschrijvingen zijn concreet."}
        for p in PERCELEN
        for c in ("K1", "K2")
    ]

    def act(code: str, persoon: str, **invoer: object) -> Callable[[], object]:
        return lambda: perform(app, DOSSIER, code, {"percelen": PERCELEN, **invoer}, persoon)

    def produce_alles(fase: str) -> Callable[[], object]:
        return lambda: [produce(app, t) for t in list_open(app, DOSSIER, fase)]

    return [
        ("rangorde", lambda: perform_due(app, DOSSIER, "beoordeling", "voorzitter.demo")),
        ("beoordelingsrapporten", produce_alles("beoordeling")),
        ("advies", lambda: perform_due(app, DOSSIER, "gunning", "inkoper.demo")),
        ("collegevoorstellen", produce_alles("gunning")),
        *(
            (
                f"besluit {gemeente}",
                act(
                    "collegebesluit_vastleggen",
                    "jurist.demo",
                    gemeente=gemeente,
                    datum=BEGIN.date(),
                    kenmerk=gemeente,
                ),
            )
            for gemeente in ("maasdriel", "zaltbommel")
        ),
        ("redenen vrijgeven", act("redenen_vrijgeven", "jurist2.demo")),
        ("kenmerken vrijgeven", act("kenmerken_vrijgeven", "jurist.demo", kenmerken=kenmerken)),
        (
            "beslissing",
            act("gunningsbeslissing_meedelen", "gemandateerde.demo", verzenddatum=VERZENDDATUM),
        ),
        ("brieven", produce_alles("gunning")),
    ]


def _measure(naam: str, doe: Callable[[], object]) -> None:
    klok, cpu = time.perf_counter(), _cpu()
    doe()
    geheugen = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {naam} | {time.perf_counter() - klok:.1f} | {_cpu() - cpu:.1f} | {geheugen:.0f} |", flush=True)


def _cpu() -> float:
    delen = [resource.getrusage(wie) for wie in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(d.ru_utime + d.ru_stime for d in delen)


if __name__ == "__main__":
    sys.exit(main())
