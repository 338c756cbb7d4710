"""Flow of the stage toetreding: closes entry rounds, tests applications and keeps the list of providers.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase


@flow(
    name="toetreding", flow_run_name="toetreding {opdracht.dossier}", log_prints=False, persist_result=False
)
def toetreding(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase toetreding uit: wat nu kan zonder besluit van een mens, met alle documenten."""
    return run_fase("toetreding", opdracht)
