"""Flow of the stage beoordeling: tests the bids that were opened and ranks where people have finished.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase


@flow(
    name="beoordeling", flow_run_name="beoordeling {opdracht.dossier}", log_prints=False, persist_result=False
)
def beoordeling(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase beoordeling uit: wat nu kan zonder besluit van een mens, met alle documenten."""
    return run_fase("beoordeling", opdracht)
