"""Flow of sending: goes on with every sending that a person started and that is not finished.

Thin: one task that calls the engine. No retries by Prefect: what may be tried again is decided by the delivery log.
"""

from __future__ import annotations

from prefect import flow

from stappen import Faseopdracht, Faserun, run_fase, send_brieven


@flow(
    name="verzending", flow_run_name="verzending {opdracht.dossier}", log_prints=False, persist_result=False
)
def verzending(opdracht: Faseopdracht) -> Faserun:
    """Voer de fase verzending uit: verstuur de brieven waarvan de verzending is gestart en leg vast wat volgt."""
    _, fouten = send_brieven(opdracht.dossier)
    run = run_fase("verzending", opdracht)
    return Faserun(run.handelingen, run.documenten, (*run.fouten, *fouten))
