"""Commands about accounts: `aanbesteding gebruiker nieuw | lijst | wachtwoord | blokkeren | deblokkeren`.

The first account is made here; later ones may also be made on the web pages by whoever has the role beheerder.
Must stay true: a password is printed once, when it is made, and never read from an argument that others can see.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from aanbesteding.cli.dossier import Json, print_json

app = typer.Typer(no_args_is_help=True, help="Accounts voor de webpagina's.")

Persoon = Annotated[str, typer.Argument(help="Gebruikersnaam, zoals die in de mandaten van de regio staat.")]
VanInvoer = Annotated[
    bool,
    typer.Option(
        "--van-invoer", help="Lees het wachtwoord van de standaardinvoer in plaats van er een te bedenken."
    ),
]


def _load_wachtwoord(van_invoer: bool) -> tuple[str, bool]:
    """The password, and whether it was made up here."""
    from aanbesteding.adapters.wachtwoord import make_wachtwoord

    if not van_invoer:
        return make_wachtwoord(), True
    return sys.stdin.readline().rstrip("\r\n"), False


def _show_wachtwoord(wachtwoord: str, bedacht: bool) -> None:
    if bedacht:
        typer.echo(f"Wachtwoord: {wachtwoord}")
        typer.echo(
            "Dit wachtwoord is nergens bewaard. Bij de eerste keer inloggen moet het worden gewijzigd."
        )


@app.command("nieuw")
def nieuw(
    persoon: Persoon,
    naam: Annotated[str, typer.Option("--naam", help="Naam of functie zoals die op de pagina's staat.")] = "",
    van_invoer: VanInvoer = False,
) -> None:
    """Maak een account. De rollen komen uit de mandaten van de regio."""
    from aanbesteding.adapters.wachtwoord import Wachtwoorden
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.accounts import Dader, make_account
    from aanbesteding.engine.toegang import list_rollen

    app_ = load_app()
    wachtwoord, bedacht = _load_wachtwoord(van_invoer)
    make_account(app_, Wachtwoorden(), persoon, wachtwoord, naam, door=Dader(), moet_wijzigen=bedacht)
    typer.echo(f"Het account '{persoon}' is gemaakt.")
    _show_wachtwoord(wachtwoord, bedacht)
    if not list_rollen(app_, persoon):
        typer.echo(
            f"Let op: '{persoon}' staat in geen enkel mandaat en ziet dus nog geen dossier. "
            "Voeg een mandaat toe aan regio.toml."
        )


@app.command("lijst")
def lijst(json_uit: Json = False) -> None:
    """Toon alle accounts met hun rollen per regio."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.toegang import list_rollen
    from aanbesteding.storage.toegang import list_accounts

    app_ = load_app()
    regels = [
        {
            "persoon": a.persoon,
            "naam": a.naam,
            "rollen": {regio: sorted(rollen) for regio, rollen in list_rollen(app_, a.persoon).items()},
            "geblokkeerd": a.geblokkeerd,
            "laatst_ingelogd": a.laatst_ingelogd,
        }
        for a in list_accounts(app_.database)
    ]
    if json_uit:
        print_json(regels)
        return
    if not regels:
        typer.echo("Er zijn nog geen accounts. Maak er een met 'aanbesteding gebruiker nieuw NAAM'.")
        return
    tabel = Table("Gebruiker", "Naam", "Rollen", "Stand", "Laatst ingelogd")
    for regel, a in zip(regels, list_accounts(app_.database), strict=True):
        rollen = "; ".join(f"{r}: {', '.join(sorted(n))}" for r, n in list_rollen(app_, a.persoon).items())
        stand = "geblokkeerd" if a.geblokkeerd else "actief"
        tabel.add_row(a.persoon, a.naam, rollen or "geen", stand, str(regel["laatst_ingelogd"])[:16])
    Console().print(tabel)


@app.command("wachtwoord")
def wachtwoord(persoon: Persoon, van_invoer: VanInvoer = False) -> None:
    """Geef een account een nieuw wachtwoord; wie is ingelogd wordt uitgelogd."""
    from aanbesteding.adapters.wachtwoord import Wachtwoorden
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.accounts import Dader, replace_wachtwoord

    nieuw_, bedacht = _load_wachtwoord(van_invoer)
    replace_wachtwoord(load_app(), Wachtwoorden(), persoon, nieuw_, door=Dader(), moet_wijzigen=bedacht)
    typer.echo(f"Het wachtwoord van '{persoon}' is vervangen.")
    _show_wachtwoord(nieuw_, bedacht)


@app.command("blokkeren")
def blokkeren(persoon: Persoon) -> None:
    """Blokkeer een account; wie is ingelogd wordt uitgelogd."""
    _save_blokkade(persoon, geblokkeerd=True)
    typer.echo(f"Het account '{persoon}' is geblokkeerd.")


@app.command("deblokkeren")
def deblokkeren(persoon: Persoon) -> None:
    """Geef een geblokkeerd account weer vrij."""
    _save_blokkade(persoon, geblokkeerd=False)
    typer.echo(f"Het account '{persoon}' is weer vrijgegeven.")


def _save_blokkade(persoon: str, *, geblokkeerd: bool) -> None:
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.accounts import Dader, block_account

    block_account(load_app(), persoon, door=Dader(), geblokkeerd=geblokkeerd)
