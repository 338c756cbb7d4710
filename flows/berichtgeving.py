"""Flow of the stage berichtgeving: makes the documents of letters to market, councils and clients.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase


@flow(
    name="berichtgeving",
    flow_run_name="berichtgeving {opdracht.dossier}",
    log_prints=False,
    persist_result=False,
)
def berichtgeving(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase berichtgeving uit: maak de beloofde brieven."""
    return run_fase("berichtgeving", opdracht)
