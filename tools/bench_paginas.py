"""Measures the pages of an officer with 1,000 dossiers and 10,000 documents: CPU time, first time and afterwards.

Usage: `python tools/bench_paginas.py`. The dossier is the invented purchase of the Bommelerwaard right after the award
decision, where most rules have something to say, copied row by row. Never a timed test: see docs/prestaties.md.
"""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from pathlib import Path
from threading import Event
from typing import Any

from sqlalchemy import Connection, insert, text

from aanbesteding.bootstrap import make_app
from aanbesteding.engine.app import App
from aanbesteding.engine.opwarmen import warm_up
from aanbesteding.settings import Settings
from aanbesteding.storage.tables import DocumentRow

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
DOSSIER = "BW-2027"
DOSSIERS, DOCUMENTEN = 1000, 10_000
PAGINAS = {
    f"lijst van {DOSSIERS} dossiers": "/",
    f"dossier met {DOCUMENTEN} documenten": f"/dossiers/{DOSSIER}",
    "dossier zonder documenten": "/dossiers/T-0999",
    "blad met documenten": f"/dossiers/{DOSSIER}/fasen/gunning/documenten",
    "stukken": f"/dossiers/{DOSSIER}/stukken",
    "grafieken": f"/dossiers/{DOSSIER}/grafieken",
    "verzending": f"/dossiers/{DOSSIER}/verzending",
    "beoordeling": "/beoordeling",
}


def main() -> int:
    """Print the table."""
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(prefix="bench-paginas-") as map_:
        from web.verloop import tell_tot

        app = tell_tot(Path(map_), "kort_geding_melden", aanbieders=60)
        with app.database.begin() as verbinding:
            for n in range(DOSSIERS):
                _copy(verbinding, f"T-{n:04d}")
            _fill(verbinding)
        print("| pagina | eerste keer (ms CPU) | daarna (ms CPU) | daarna (ms klok) |\n|---|---:|---:|---:|")
        _measure(app)
        _measure_opgewarmd(Path(map_))
    return 0


def _measure_opgewarmd(map_: Path) -> None:
    """The first sheet of the list in a process that read dossiers after its start, before anybody asked."""
    from web.hulp import log_in, make_pagina

    app = make_app(Settings(home=map_))
    begin = time.process_time()
    aantal = warm_up(app, Event())
    duur = (time.process_time() - begin) * 1000
    client = log_in(make_pagina(app), "inkoper.demo")
    print(f"| lijst, eerste blad na opwarmen | {_ask(client, '/')[0]:.0f} | | |")
    print(f"\nOpgewarmd: {aantal} dossiers, {duur / aantal:.0f} ms CPU per dossier.")


def _measure(app: App) -> None:
    from web.hulp import bezoek

    client = bezoek(app, "inkoper.demo")
    for naam, pad in PAGINAS.items():
        eerste, *rest = (_ask(client, pad) for _ in range(4))
        cpu, klok = (sorted(deel)[1] for deel in zip(*rest, strict=True))
        print(f"| {naam} | {eerste[0]:.0f} | {cpu:.0f} | {klok:.0f} |", flush=True)


def _ask(client: Any, pad: str) -> tuple[float, float]:
    cpu, klok = time.process_time(), time.perf_counter()
    assert client.get(pad).status_code == 200
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - klok) * 1000


def _copy(verbinding: Connection, code: str) -> None:
    for tabel, sleutel in (
        ("dossier", "code"),
        ("status", "dossier"),
        ("feit", "dossier"),
        ("toezegging", "dossier"),
    ):
        kolommen = [r[1] for r in verbinding.execute(text(f"PRAGMA table_info({tabel})")) if r[1] != "id"]
        gekozen = ", ".join(":code" if k == sleutel else k for k in kolommen)
        bron = f"SELECT {gekozen} FROM {tabel} WHERE {sleutel}=:van"
        vraag = text(f"INSERT INTO {tabel} ({', '.join(kolommen)}) {bron}")
        verbinding.execute(vraag, {"code": code, "van": DOSSIER})


def _fill(verbinding: Connection) -> None:
    """Invented documents, spread over every promise of the dossier."""
    vraag = text("SELECT versie, document, fase FROM toezegging WHERE dossier=:code")
    beloften = verbinding.execute(vraag, {"code": DOSSIER}).all()
    gelijk = {
        "ontvanger_email": "", "uitgave": 1, "status": "gemaakt", "sha256": "0" * 64, "sjabloon_sha256": "",
        "context_sha256": "", "context": "x" * 3000, "gemaakt": "2026-07-01T10:00:00+02:00",
    }  # fmt: skip
    rijen: list[dict[str, Any]] = []
    for n in range(DOCUMENTEN):
        versie, document, fase = beloften[n % len(beloften)]
        rijen.append(
            gelijk
            | {
                "dossier": DOSSIER,
                "versie": versie,
                "document": document,
                "fase": fase,
                "titel": f"Verzonnen {document}",
                "ontvanger": f"o-{n:05d}",
                "ontvanger_naam": f"Aanbieder {n:05d}",
                "pad": f"{fase}/{document}-{n:05d}.docx",
            }
        )
    verbinding.execute(insert(DocumentRow), rijen)


if __name__ == "__main__":
    sys.exit(main())
