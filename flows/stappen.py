"""The steps that every stage flow is made of; each is one call into the package and may run twice.

Not here: order and names of a stage (the flow files), and anything about tenders (the package).
Must stay true: parameters and results are ids, counts and plain text; no personal data, score or price reaches
Prefect's database.
"""

from __future__ import annotations

from dataclasses import dataclass

from prefect import get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from pydantic import BaseModel, ConfigDict, Field

from aanbesteding.bootstrap import load_app, load_settings
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.overzicht import list_documentregels, render_benodigd
from aanbesteding.engine.perform import perform_due
from aanbesteding.engine.verzending import send


class Faseopdracht(BaseModel):
    """What an officer fills in to run a stage; Prefect makes the form of it."""

    model_config = ConfigDict(
        json_schema_extra={"description": "Voor welk dossier en namens wie de fase draait."}
    )

    dossier: str = Field(title="Dossier", description="Code van het dossier, bijvoorbeeld BW-2027")
    als: str = Field(
        title="Namens wie", description="Uw gebruikersnaam; uw rollen bepalen wat deze run mag doen"
    )


@dataclass(frozen=True)
class Faserun:
    """What a stage run did: acts performed, documents made, promises that failed."""

    handelingen: tuple[str, ...]
    documenten: int
    fouten: tuple[str, ...]


@task(task_run_name="handelingen {fase} {dossier}", retries=2, retry_delay_seconds=1, persist_result=False)
def perform_handelingen(dossier: str, fase: str, als: str) -> list[str]:
    """Perform the acts of this stage that are due and need no person."""
    return list(perform_due(load_app(), dossier, fase, als))


@task(task_run_name="documenten {fase} {dossier}", retries=2, retry_delay_seconds=1, persist_result=False)
def produce_documenten(dossier: str, fase: str) -> tuple[int, list[str]]:
    """Make every promised document of this stage, one promise (a batch of one kind) after the other."""
    logger = get_run_logger()
    app = load_app()
    gemaakt, fouten = 0, list[str]()
    for toezegging in list_open(app, dossier, fase):
        productie = produce(app, toezegging)
        logger.info("document_batch_produced %s %s", productie.document, productie.gemaakt)
        gemaakt += productie.gemaakt
        fouten += [f"{productie.document}: {len(productie.fouten)} niet gemaakt"] if productie.fouten else []
    return gemaakt, fouten


@task(task_run_name="overzicht {fase} {dossier}", persist_result=False)
def publish_overzicht(dossier: str, fase: str) -> None:
    """Publish the documents of this stage and what is needed now, from whom, by when."""
    app = load_app()
    sleutel = f"{dossier}-{fase}".lower().replace("_", "-")
    create_table_artifact(
        key=f"documenten-{sleutel}",
        table=list_documentregels(app, dossier, fase),
        description=f"Documenten van fase {fase} van dossier {dossier}",
    )
    create_markdown_artifact(
        key=f"nu-nodig-{sleutel}",
        markdown=f"{render_benodigd(app, dossier)}\n[Alle documenten]({load_settings().web_url}/dossiers/{dossier})\n",
        description=f"Wat nu nodig is in dossier {dossier}",
    )


@task(task_run_name="brieven versturen {dossier}", persist_result=False)
def send_brieven(dossier: str, vanzelf: bool = False) -> tuple[int, list[str]]:
    """Send the letters that were started; how many left, and what stopped or could not be recorded."""
    runs = send(load_app(), dossier, vanzelf=vanzelf)
    for run in runs:
        get_run_logger().info(
            "letters_sent besluit=%s verstuurd=%s geweigerd=%s onbekend=%s",
            *(run.besluit, run.verstuurd, run.geweigerd, run.onbekend),
        )
    fouten = [
        f"besluit {run.besluit}: zie 'aanbesteding verzending {dossier}'" for run in runs if run.melding
    ]
    return sum(run.verstuurd for run in runs), fouten


def run_fase(fase: str, opdracht: Faseopdracht) -> Faserun:
    """The order of a stage run: acts that are due, documents, overview."""
    handelingen = perform_handelingen(opdracht.dossier, fase, opdracht.als)
    gemaakt, fouten = produce_documenten(opdracht.dossier, fase)
    publish_overzicht(opdracht.dossier, fase)
    return Faserun(tuple(handelingen), gemaakt, tuple(fouten))
