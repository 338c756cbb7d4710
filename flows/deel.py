"""Flow of a part of a large series: makes the documents that fall to it, on whatever machine a worker runs.

Thin: one call into the package. A run that is killed or never begins loses nothing; whoever asked makes what is
missing.
"""

from __future__ import annotations

from prefect import flow

from aanbesteding.bootstrap import load_app
from aanbesteding.engine.outbox import Deel, produce_deel


@flow(name="deel", flow_run_name="deel {nummer} van {dossier}", log_prints=False, persist_result=False)
def deel(dossier: str, toezegging: int, nummer: int, aantal: int) -> int:
    """Maak een deel van een grote reeks documenten; hoeveel het er waren."""
    return produce_deel(load_app(), dossier, toezegging, Deel(nummer, aantal))
