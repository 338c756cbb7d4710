"""Flow of the stage gunning: puts the ranked percelen before the colleges.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase


@flow(name="gunning", flow_run_name="gunning {opdracht.dossier}", log_prints=False, persist_result=False)
def gunning(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase gunning uit: wat nu kan zonder besluit van een mens, met alle documenten."""
    return run_fase("gunning", opdracht)
