"""Flow of the stage contractbeheer: makes registers, reports and letters of contract management.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase


@flow(
    name="contractbeheer",
    flow_run_name="contractbeheer {opdracht.dossier}",
    log_prints=False,
    persist_result=False,
)
def contractbeheer(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase contractbeheer uit: wat nu kan zonder besluit van een mens, met alle documenten."""
    return run_fase("contractbeheer", opdracht)
