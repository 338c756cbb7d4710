"""Flow of the stage overleg: makes the documents of the consultation.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase


@flow(name="overleg", flow_run_name="overleg {opdracht.dossier}", log_prints=False, persist_result=False)
def overleg(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase overleg uit: maak de beloofde stukken van het overleg."""
    return run_fase("overleg", opdracht)
