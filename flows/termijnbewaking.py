"""Flow that watches the terms: performs what is due in every dossier, on a schedule. The certain path.

A sending that was broken off goes on too, as far as no person is needed.

Events only make things happen sooner; this sweep makes them happen. It holds no lock and may run beside itself.
"""

from __future__ import annotations

from prefect import flow

from aanbesteding.bootstrap import load_app
from aanbesteding.engine.deadlines import list_bewaakt
from aanbesteding.engine.verzending import list_voort_te_zetten
from stappen import perform_handelingen, produce_documenten, send_brieven


@flow(name="termijnbewaking", flow_run_name="termijnbewaking", log_prints=False, persist_result=False)
def termijnbewaking() -> int:
    """Bewaak de termijnen van alle dossiers, voer uit wat vanzelf moet en ga met verzendingen verder."""
    bewaakt = list_bewaakt(load_app())
    for taak in bewaakt:
        perform_handelingen(taak.dossier, taak.fase, taak.persoon)
        produce_documenten(taak.dossier, taak.fase)
    verzendingen = list_voort_te_zetten(load_app())
    for dossier in verzendingen:
        send_brieven(dossier, vanzelf=True)
    return len(bewaakt) + len(verzendingen)
