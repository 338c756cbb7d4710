"""Flow of the stage beoordeling: tests the bids that were opened and ranks where people have finished.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from __future__ import annotations

from typing import Annotated

from prefect import flow
from pydantic import Field

from stappen import Faserun, run_fase


@flow(name="beoordeling", flow_run_name="beoordeling {dossier}", log_prints=False, persist_result=False)
def beoordeling(
    dossier: Annotated[str, Field(title="Dossier", description="Code van het dossier, bijvoorbeeld BW-2027")],
    als: Annotated[
        str,
        Field(title="Namens wie", description="Uw gebruikersnaam; uw rollen bepalen wat deze run mag doen"),
    ],
) -> Faserun:
    """Voer de fase beoordeling uit: wat nu kan zonder besluit van een mens, met alle documenten."""
    return run_fase(dossier, "beoordeling", als)
