"""Commands about regions: list them, make a new one, check the files of one. None of them loads Prefect."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from aanbesteding.errors import InvoerError

regio_app = typer.Typer(no_args_is_help=True, help="Regio's bekijken, maken en controleren.")

Code = Annotated[str, typer.Argument(help="Code van de regio: kleine letters en streepjes.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(regio_app, name="regio")


@regio_app.command("lijst")
def regio_lijst() -> None:
    """Toon alle regio's met hun aanbestedingen."""
    from aanbesteding.bootstrap import load_settings
    from aanbesteding.regio import find_aanbestedingen, list_regios, load_regio, regio_mappen

    mappen = regio_mappen(load_settings().eigen_regios)
    tabel = Table("Regio", "Naam", "Gemeenten", "Aanbestedingen")
    tabel.add_column("Map", overflow="fold")
    for map_ in list_regios(mappen):
        regio, _ = load_regio(map_.name, mappen)
        bestanden = "\n".join(p.name for p in find_aanbestedingen(map_))
        tabel.add_row(regio.code, regio.naam, str(len(regio.gemeenten)), bestanden, str(map_))
    Console().print(tabel)


@regio_app.command("nieuw")
def regio_nieuw(
    code: Code,
    naam: Annotated[str, typer.Option("--naam", help="Naam van de regio; standaard de code.")] = "",
    gemeente: Annotated[
        list[str] | None, typer.Option("--gemeente", help="Naam van een gemeente; mag vaker.")
    ] = None,
    map_: Annotated[
        Path | None, typer.Option("--map", help="Map met eigen regio's; standaard die van deze installatie.")
    ] = None,
) -> None:
    """Maak een nieuwe, lege regio met uitleg in de bestanden en de invoer voor de eerste stappen."""
    from aanbesteding.adapters.klok import Systeemklok
    from aanbesteding.bootstrap import load_settings
    from aanbesteding.domain.kalender import TIJDZONE
    from aanbesteding.engine.regios import make_regio
    from aanbesteding.regio import regio_mappen

    eigen = map_ or load_settings().eigen_regios
    vandaag = Systeemklok().nu().astimezone(TIJDZONE).date()
    namen = tuple(gemeente or ())
    gemaakt = make_regio(eigen, regio_mappen(eigen), code, naam or code.capitalize(), namen, vandaag)
    typer.echo(f"Regio '{code}' is gemaakt in {gemaakt}:")
    for pad in sorted(p for p in gemaakt.rglob("*") if p.is_file()):
        typer.echo(f"  {pad.relative_to(gemaakt)}")
    if map_ and map_ != load_settings().eigen_regios:
        typer.echo(f"Zet AANBESTEDING_REGIOS={eigen} zodat deze map wordt gebruikt.")
    typer.echo(f"Vul de bestanden in en controleer ze:  aanbesteding regio controleer {code}")
    typer.echo(
        f"Maak daarna het dossier:               aanbesteding dossier nieuw {gemaakt / f'{code}-1.toml'}"
    )


@regio_app.command("controleer")
def regio_controleer(code: Code) -> None:
    """Lees alle bestanden van een regio en noem elke fout met bestand, regel en wat er mag staan."""
    from aanbesteding.bootstrap import load_settings
    from aanbesteding.procedures import PROCEDURES
    from aanbesteding.regio import check_regio, find_aanbestedingen, find_regio, regio_mappen

    map_ = find_regio(code, regio_mappen(load_settings().eigen_regios))
    fouten = check_regio(map_, {p.code for p in PROCEDURES})
    if fouten:
        raise InvoerError(fouten)
    typer.echo(f"Regio '{code}' is in orde: regio.toml en {len(find_aanbestedingen(map_))} aanbesteding(en).")
