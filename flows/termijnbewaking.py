"""Flow that watches the terms: performs what is due in every dossier, on a schedule. The certain path.

Events only make things happen sooner; this sweep makes them happen. It holds no lock and may run beside itself.
"""

from __future__ import annotations

from prefect import flow

from aanbesteding.bootstrap import load_app
from aanbesteding.engine.deadlines import list_bewaakt
from stappen import perform_handelingen, produce_documenten


@flow(name="termijnbewaking", flow_run_name="termijnbewaking", log_prints=False, persist_result=False)
def termijnbewaking() -> int:
    """Bewaak de termijnen van alle dossiers en voer uit wat vanzelf moet gebeuren."""
    bewaakt = list_bewaakt(load_app())
    for taak in bewaakt:
        perform_handelingen(taak.dossier, taak.fase, taak.persoon)
        produce_documenten(taak.dossier, taak.fase)
    return len(bewaakt)
