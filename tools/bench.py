"""Measures making documents against plain docxtpl, as ratios in one run; prints Markdown.

Usage: make bench; `tools/bench.py --kort` for a first impression, `--schrijf` to put the result in
docs/prestaties.md. Contestants take turns on one core, each in its own process, and CPU time counts, because
other work on the machine makes the clock useless. Never a timed test: the machine's noise is larger than a
difference worth failing on.

The floor is Jinja as it comes (autoescape on) rendering the very same parts, encoding and deflating them, and
nothing else: no guards, no zip, no other parts. That ours can be below it is because constant text is encoded
once, at compile time, and values make no Markup objects.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from aanbesteding.documents.render import load_template
from bench_sjablonen import PROEVEN, Proef

KORT = "--kort" in sys.argv
RONDES = 3 if KORT else 5
BRIEVEN = 1000 if KORT else 10_000
PAGINA = Path(__file__).parents[1] / "docs" / "prestaties.md"
BEGIN, EINDE = "<!-- bench: begin -->", "<!-- bench: einde -->"

KOUD = {
    "aanbesteding": """
import pickle, sys
from aanbesteding.documents.render import load_template
context = pickle.load(open(sys.argv[2], "rb"))
open(sys.argv[3], "wb").write(load_template(sys.argv[1], cache=sys.argv[4] == "met").render_bytes(context))
""",
    "docxtpl": """
import pickle, sys
from docxtpl import DocxTemplate
from jinja2 import Environment
from aanbesteding.documents.filters import FILTERS
context = pickle.load(open(sys.argv[2], "rb"))
omgeving = Environment(autoescape=True)
omgeving.filters.update(FILTERS)
sjabloon = DocxTemplate(sys.argv[1])
sjabloon.render(context, omgeving, autoescape=True)
sjabloon.save(sys.argv[3])
""",
}


def main() -> int:
    """Print every table, and put them in docs/prestaties.md when asked."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=_geheugenschijf()) as tijdelijk:
        map_ = Path(tijdelijk)
        os.environ["XDG_CACHE_HOME"] = str(map_ / "cache")
        proeven = {proef: proef.write(map_) for proef in PROEVEN}
        kern = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, kern[:1])
        tabellen = [_describe_machine(), _measure_documenten(proeven), _measure_koud(proeven, map_)]
        os.sched_setaffinity(0, kern)
        tabellen.append(_measure_reeks(proeven, map_))
    uitslag = "\n\n".join(tabellen)
    print(uitslag)
    if "--schrijf" in sys.argv:
        voor, rest = PAGINA.read_text("utf-8").split(BEGIN)
        PAGINA.write_text(f"{voor}{BEGIN}\n\n{uitslag}\n\n{EINDE}{rest.split(EINDE)[1]}", "utf-8")
    return 0


def _geheugenschijf() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _describe_machine() -> str:
    last = ", ".join(f"{g:.1f}".replace(".", ",") for g in os.getloadavg())
    isal = "met isal" if find_spec("isal") else "zonder isal"
    return (
        f"Gemeten met Python {platform.python_version()} ({isal}) op {os.cpu_count()} kernen, {RONDES} rondes om en "
        f"om; belasting van de machine bij het begin (1, 5 en 15 minuten): {last}."
    )


# documents: CPU time per document, contestants in turn


def _measure_documenten(proeven: Mapping[Proef, Path]) -> str:
    regels = [
        "| document | kB tekst | docxtpl ms | streng ms | **keer sneller** | zonder isal | soepel | bodem ms "
        "| streng/bodem |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for proef, pad in proeven.items():
        lopers = {naam: Loper(naam, proef, pad) for naam in ("docxtpl", "streng", "zlib", "soepel", "bodem")}
        tijden: dict[str, list[float]] = {naam: [] for naam in lopers}
        for _ in range(RONDES):
            for naam, loper in lopers.items():
                tijden[naam].append(loper.measure())
        for loper in lopers.values():
            loper.stop()
        midden = {naam: statistics.median(t) * 1000 for naam, t in tijden.items()}
        regels.append(
            f"| {proef.naam} | {_size(pad, proef)} | {_nl(midden['docxtpl'], 1)} | {_nl(midden['streng'], 3)} | "
            f"**{_ratio(tijden, 'docxtpl', 'streng')}** | {_ratio(tijden, 'docxtpl', 'zlib')} | "
            f"{_ratio(tijden, 'docxtpl', 'soepel')} | {_nl(midden['bodem'], 3)} | "
            f"{_ratio(tijden, 'streng', 'bodem', 2)} |"
        )
    return "\n".join(regels)


class Loper:
    """A contestant in its own process (tools/bench_loper.py)."""

    def __init__(self, naam: str, proef: Proef, pad: Path) -> None:
        self._keer = 4 if naam == "docxtpl" else {"brief": 200, "rapport": 10, "overeenkomst": 80}[proef.naam]
        opdracht = [
            sys.executable,
            str(Path(__file__).with_name("bench_loper.py")),
            naam,
            proef.naam,
            str(pad),
        ]
        self.proces = subprocess.Popen(opdracht, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def measure(self) -> float:
        """CPU seconds per document."""
        assert self.proces.stdin is not None
        assert self.proces.stdout is not None
        self.proces.stdin.write(f"{self._keer}\n")
        self.proces.stdin.flush()
        return float(self.proces.stdout.readline())

    def stop(self) -> None:
        self.proces.communicate()


def _ratio(tijden: Mapping[str, list[float]], boven: str, onder: str, decimalen: int = 0) -> str:
    verhoudingen = [b / o for b, o in zip(tijden[boven], tijden[onder], strict=True)]
    spreiding = f"{_nl(min(verhoudingen), decimalen)}–{_nl(max(verhoudingen), decimalen)}"
    return f"{_nl(statistics.median(verhoudingen), decimalen)} ({spreiding})"


def _size(pad: Path, proef: Proef) -> str:
    import zipfile

    with zipfile.ZipFile(BytesIO(load_template(pad).render_bytes(proef.context(1)))) as pakket:
        return _nl(pakket.getinfo("word/document.xml").file_size / 1000, 0)


def _nl(getal: float, decimalen: int) -> str:
    return f"{getal:,.{decimalen}f}".translate(str.maketrans(",.", ".,"))


# cold start: a whole process that makes one document


def _measure_koud(proeven: Mapping[Proef, Path], map_: Path) -> str:
    import pickle

    regels = [
        "| eerste document van een proces, ms CPU | docxtpl | zonder cache | met cache | met cache/docxtpl |",
        "|---|---:|---:|---:|---:|",
    ]
    for proef, pad in proeven.items():
        (map_ / "context").write_bytes(pickle.dumps(dict(proef.context(1))))
        tijden: dict[str, list[float]] = {"docxtpl": [], "zonder": [], "met": []}
        _run(
            [
                sys.executable,
                "-c",
                KOUD["aanbesteding"],
                str(pad),
                str(map_ / "context"),
                str(map_ / "uit"),
                "met",
            ]
        )
        for _ in range(RONDES):
            for naam, lijst in tijden.items():
                code = KOUD["docxtpl" if naam == "docxtpl" else "aanbesteding"]
                opdracht = [
                    sys.executable,
                    "-c",
                    code,
                    str(pad),
                    str(map_ / "context"),
                    str(map_ / "uit"),
                    naam,
                ]
                lijst.append(_run(opdracht)[1])
        midden = [_nl(statistics.median(t) * 1000, 0) for t in tijden.values()]
        regels.append(f"| {proef.naam} | {' | '.join(midden)} | {_ratio(tijden, 'met', 'docxtpl', 2)} |")
    return "\n".join(regels)


def _run(opdracht: list[str]) -> tuple[float, float]:
    """Seconds on the clock and seconds of CPU of a process with its children."""
    begin = time.perf_counter()
    kind = subprocess.Popen(opdracht, stdout=subprocess.DEVNULL)
    _, status, gebruik = os.wait4(kind.pid, 0)
    kind.returncode = os.waitstatus_to_exitcode(status)
    if kind.returncode:
        raise SystemExit(f"mislukt: {' '.join(opdracht)[:200]}")
    return time.perf_counter() - begin, gebruik.ru_utime + gebruik.ru_stime


REEKS = """
import re, sys
from aanbesteding.cli import main
geheugen, sys.argv = sys.argv[1], ["aanbesteding", *sys.argv[2:]]
try:
    main()
finally:
    open(geheugen, "w").write(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
"""


# a series: the command that a user gives


def _measure_reeks(proeven: Mapping[Proef, Path], map_: Path) -> str:
    proef, pad = next(iter(proeven.items()))
    klein, groot = map_ / "klein.jsonl", map_ / "groot.jsonl"
    _write_contexten(proef, klein, BRIEVEN // 10)
    _write_contexten(proef, groot, BRIEVEN)
    regels = [
        "| brieven naar bestanden | seconden (klok) | seconden CPU | per seconde | geheugen MB |",
        "|---|---:|---:|---:|---:|",
    ]
    gevallen = {
        f"{_nl(BRIEVEN // 10, 0)}, één proces": (klein, BRIEVEN // 10, []),
        f"{_nl(BRIEVEN, 0)}, één proces": (groot, BRIEVEN, []),
        f"{_nl(BRIEVEN, 0)}, twee processen": (groot, BRIEVEN, ["--processen", "2"]),
        f"{_nl(BRIEVEN // 10, 0)}, docxtpl (`--referentie`)": (klein, BRIEVEN // 10, ["--referentie"]),
    }
    metingen: dict[str, list[tuple[float, float, int]]] = {naam: [] for naam in gevallen}
    for ronde in range(2):
        for naam, (bestand, _, keuze) in gevallen.items():
            if ronde == 0 or "docxtpl" not in naam:
                opdracht = [
                    sys.executable,
                    "-c",
                    REEKS,
                    str(map_ / "geheugen"),
                    "sjabloon",
                    "render",
                    str(pad),
                ]
                klok, cpu = _run([*opdracht, str(bestand), "--map", str(map_ / "uit-reeks"), *keuze])
                metingen[naam].append((klok, cpu, int((map_ / "geheugen").read_text())))
                shutil.rmtree(map_ / "uit-reeks")
    for naam, (_, aantal, _) in gevallen.items():
        klok, cpu, geheugen = (statistics.median(m) for m in zip(*metingen[naam], strict=True))
        regels.append(
            f"| {naam} | {_nl(klok, 1)} | {_nl(cpu, 1)} | {_nl(aantal / klok, 0)} | {_nl(geheugen / 1024, 1)} |"
        )
    return "\n".join(regels)


def _write_contexten(proef: Proef, pad: Path, aantal: int) -> None:
    def write(waarde: object) -> object:
        return (
            waarde.isoformat()
            if isinstance(waarde, date)
            else float(waarde)
            if isinstance(waarde, Decimal)
            else 0
        )

    with pad.open("w", encoding="utf-8") as bestand:
        for n in range(aantal):
            bestand.write(json.dumps(proef.context(n), default=write) + "\n")


if __name__ == "__main__":
    sys.exit(main())
