"""Flow of the stage publicatie: drafts the documents when all is decided, closes submission when it is time.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase


@flow(
    name="publicatie", flow_run_name="publicatie {opdracht.dossier}", log_prints=False, persist_result=False
)
def publicatie(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase publicatie uit: wat nu kan zonder besluit van een mens, met alle documenten."""
    return run_fase("publicatie", opdracht)
