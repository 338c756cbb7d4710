"""Flow of the stage aanhouding: makes the letters of holds that began or ended.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase


@flow(
    name="aanhouding", flow_run_name="aanhouding {opdracht.dossier}", log_prints=False, persist_result=False
)
def aanhouding(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase aanhouding uit: wat nu kan zonder besluit van een mens, met alle documenten."""
    return run_fase("aanhouding", opdracht)
