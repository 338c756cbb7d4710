"""Commands that run flows: a stage, the demo, and the product as a whole. Only these load Prefect."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aanbesteding.errors import InvoerError

if TYPE_CHECKING:
    from aanbesteding.settings import Settings


class Fasecode(StrEnum):
    """The stages that can be run."""

    MARKTCONSULTATIE = "marktconsultatie"
    PUBLICATIE = "publicatie"
    BEOORDELING = "beoordeling"
    GUNNING = "gunning"
    TOETREDING = "toetreding"
    AANHOUDING = "aanhouding"
    STRATEGIE = "strategie"
    CONTRACTBEHEER = "contractbeheer"
    OVERLEG = "overleg"
    BERICHTGEVING = "berichtgeving"


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("fase")(fase)
    app.command("demo")(demo)
    app.command("start")(start)
    app.command("werkpool")(werkpool)
    app.command("werker")(werker)


def fase(
    fase: Annotated[Fasecode, typer.Argument(help="De fase die wordt uitgevoerd.")],
    dossier: str,
    als: Annotated[str, typer.Option("--als", help="Gebruikersnaam namens wie de fase draait.")] = "",
) -> None:
    """Voer de Prefect-flow van een fase uit: doet wat nu kan, maakt de documenten en zegt wat nu nodig is."""
    from aanbesteding.adapters.prefect import run_fase, server_in_gebruik
    from aanbesteding.bootstrap import load_app, load_settings
    from aanbesteding.domain.rol import Rol
    from aanbesteding.engine.overzicht import render_benodigd, tell_eerder

    app = load_app()
    voor, _, regio = app.load(dossier)
    personen = regio.list_personen(Rol.INKOPER)
    persoon = als or (personen[0] if personen else "")
    settings = load_settings()
    with server_in_gebruik(settings.prefect_home, settings.prefect_api_url) as server:
        run = run_fase(settings.prefect_home, server, fase.value, dossier, persoon)
    typer.echo(f"Fase {fase.value}: {len(run.handelingen)} handelingen, {run.documenten} documenten gemaakt.")
    for zin in tell_eerder(app, dossier, fase.value, voor.versie, persoon, run.handelingen):
        typer.echo(zin)
    typer.echo(render_benodigd(app, dossier))
    if run.fouten:
        raise InvoerError([*run.fouten, "De andere documenten zijn gemaakt."])


def demo(
    regio: Annotated[str, typer.Argument(help="Code van de regio.")] = "bommelerwaard",
    map_: Annotated[Path, typer.Option("--map", help="Map voor de documenten en alle gegevens.")] = Path(
        "demo-uitvoer"
    ),
    dossier: Annotated[str, typer.Option("--dossier", help="Code van het dossier.")] = "",
    wachtwoord: Annotated[
        str,
        typer.Option("--wachtwoord", help="Wachtwoord van de demo-accounts; standaard wordt er een bedacht."),
    ] = "",
) -> None:
    """Draai een hele inkoop met verzonnen aanbieders, van marktconsultatie tot en met de eerste toetreding."""
    from aanbesteding.demo.draaien import run_demo

    run_demo(regio, map_, dossier, wachtwoord)


def start() -> None:
    """Start Prefect, de deployments en de webpagina's op deze computer; Ctrl-C stopt alles."""
    from aanbesteding.start import run_start

    run_start()


def werkpool() -> None:
    """Maak de work pool op de gedeelde Prefect-server en zet er alle flows in; nog eens doen kan geen kwaad."""
    from aanbesteding.adapters.prefect import deploy_werkpool, make_server

    settings = _load_verdeeld()
    namen = deploy_werkpool(settings.prefect_home, make_server(settings.prefect_api_url), settings.werkpool)
    typer.echo(f"Work pool '{settings.werkpool}': {len(namen)} flows staan klaar ({', '.join(namen)}).")
    typer.echo("Start nu op elke machine een werker: aanbesteding werker")


def werker(
    hoogstens: Annotated[
        int, typer.Option("--hoogstens", min=1, max=64, help="Zoveel runs tegelijk op deze machine.")
    ] = 2,
) -> None:
    """Wees een werker van de work pool: voert uit wat er voor de flows te doen is, tot Ctrl-C."""
    from aanbesteding.adapters.prefect import make_server, run_werker
    from aanbesteding.bootstrap import load_app

    settings = _load_verdeeld()
    load_app().database.dispose()  # whatever is wrong with the settings shows now, and not in every run
    run_werker(settings.prefect_home, make_server(settings.prefect_api_url), settings.werkpool, hoogstens)


def _load_verdeeld() -> Settings:
    """The settings of an installation of several machines; InvoerError for what is missing."""
    from aanbesteding.bootstrap import load_settings

    settings = load_settings()
    if not settings.werkpool or not settings.prefect_api_url:
        raise InvoerError(
            [
                "Geef AANBESTEDING_WERKPOOL (een naam, bijvoorbeeld inkoop) en AANBESTEDING_PREFECT_API_URL (het adres "
                "van de Prefect-server die de machines delen, eindigend op /api). Zie docs/beheer/verdeeld.md."
            ]
        )
    return settings
