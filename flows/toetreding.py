"""Flow of the stage toetreding: closes entry rounds, tests applications and keeps the list of providers.

Thin: it performs the acts that are due, makes the promised documents, publishes what is needed now, and ends.
Waiting for people is never done inside a run.
"""

from __future__ import annotations

from typing import Annotated

from prefect import flow
from pydantic import Field

from stappen import Faserun, run_fase


@flow(name="toetreding", flow_run_name="toetreding {dossier}", log_prints=False, persist_result=False)
def toetreding(
    dossier: Annotated[str, Field(title="Dossier", description="Code van het dossier, bijvoorbeeld BW-2027")],
    als: Annotated[
        str,
        Field(title="Namens wie", description="Uw gebruikersnaam; uw rollen bepalen wat deze run mag doen"),
    ],
) -> Faserun:
    """Voer de fase toetreding uit: wat nu kan zonder besluit van een mens, met alle documenten."""
    return run_fase(dossier, "toetreding", als)
