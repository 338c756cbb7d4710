"""Flow of the stage strategie: makes the documents of the strategy: letters, participation plan, strategy, tracing.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase


@flow(name="strategie", flow_run_name="strategie {opdracht.dossier}", log_prints=False, persist_result=False)
def strategie(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase strategie uit: wat nu kan zonder besluit van een mens, met alle documenten."""
    return run_fase("strategie", opdracht)
