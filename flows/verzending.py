"""Flow of sending: goes on with every sending that a person started and that is not finished.

Thin: one task that calls the engine. No retries by Prefect: what may be tried again is decided by the delivery log.
"""

from __future__ import annotations

from prefect import flow, get_run_logger, task

from aanbesteding.bootstrap import load_app
from aanbesteding.engine.verzending import send
from stappen import Faseopdracht, Faserun, run_fase


@task(task_run_name="brieven versturen {dossier}", persist_result=False)
def send_brieven(dossier: str) -> tuple[int, list[str]]:
    """Send the letters that were started; how many left, and what stopped or could not be recorded."""
    runs = send(load_app(), dossier)
    for run in runs:
        get_run_logger().info(
            "letters_sent besluit=%s verstuurd=%s geweigerd=%s onbekend=%s",
            *(run.besluit, run.verstuurd, run.geweigerd, run.onbekend),
        )
    fouten = [
        f"besluit {run.besluit}: zie 'aanbesteding verzending {dossier}'" for run in runs if run.melding
    ]
    return sum(run.verstuurd for run in runs), fouten


@flow(
    name="verzending", flow_run_name="verzending {opdracht.dossier}", log_prints=False, persist_result=False
)
def verzending(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase verzending uit: verstuur de brieven waarvan de verzending is gestart en leg vast wat volgt."""
    _, fouten = send_brieven(opdracht.dossier)
    run = run_fase("verzending", opdracht)
    return Faserun(run.handelingen, run.documenten, (*run.fouten, *fouten))
