"""Flow of the stage marktconsultatie: opens nothing by itself; closes the consultation when its date has passed.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase


@flow(
    name="marktconsultatie",
    flow_run_name="marktconsultatie {opdracht.dossier}",
    log_prints=False,
    persist_result=False,
)
def marktconsultatie(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase marktconsultatie uit: wat nu kan zonder besluit van een mens, met alle documenten."""
    return run_fase("marktconsultatie", opdracht)
