"""How a test tells what it measured for docs/betrouwbaarheid.md; without `make betrouwbaarheid` nothing is kept.

A measuring test carries the marker `betrouwbaarheid` and calls, before it asserts:

    note("storing", "kill -9 in een fase", geprobeerd=1, verloren=0, dubbel=0)
    note("invoer", "werkboek", geprobeerd=10_000, tracebacks=0)
    note("flip", "byte in een document", geprobeerd=200, gevonden=200)

Counts of the same row are added up over all calls, so every case of a parametrised test notes its own.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from docs_betrouwbaarheid import SOORTEN


def note(soort: str, rij: str, **cijfers: int) -> None:
    """Note these counts for this row of this table, when somebody is measuring (BETROUWBAARHEID names a folder)."""
    kolommen = SOORTEN[soort].kolommen
    if set(cijfers) != set(kolommen):
        raise ValueError(f"een rij van '{soort}' telt {', '.join(kolommen)}; niet {', '.join(cijfers)}")
    if "|" in rij or "\n" in rij:
        raise ValueError(f"geen tabelteken in de naam van een rij: {rij!r}")
    map_ = os.environ.get("BETROUWBAARHEID")
    if not map_:
        return
    Path(map_).mkdir(parents=True, exist_ok=True)
    with Path(map_, f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as bestand:
        bestand.write(f"{json.dumps([soort, rij, cijfers], ensure_ascii=False)}\n")
