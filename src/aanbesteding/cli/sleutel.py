"""Commands about the keys of openers: `aanbesteding sleutel nieuw | wijzig | lijst`.

Must stay true: a passphrase is typed by its owner, unseen, and never comes from an argument that others can see.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from aanbesteding.cli.dossier import Json, print_json
from aanbesteding.errors import InvoerError

app = typer.Typer(
    no_args_is_help=True, help="Sleutels van openers: zonder twee van hen blijven inschrijvingen dicht."
)

VanInvoer = Annotated[
    bool,
    typer.Option(
        "--van-invoer",
        help="Lees wachtzinnen van de standaardinvoer, één per regel, in plaats van te vragen.",
    ),
]


def ask_wachtzin(vraag: str, *, van_invoer: bool, herhaal: bool = False) -> str:
    """A passphrase, typed unseen (twice with `herhaal`) or read from a line of standard input."""
    if van_invoer:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise InvoerError(
            [
                "Een wachtzin wordt ongezien getypt, en dat kan hier niet. Start de opdracht in een terminal, of "
                "gebruik --van-invoer en geef elke wachtzin op een regel van de standaardinvoer."
            ]
        )
    eerste = str(typer.prompt(vraag, hide_input=True, default="", show_default=False))
    if (
        herhaal
        and str(typer.prompt("Nog een keer", hide_input=True, default="", show_default=False)) != eerste
    ):
        raise InvoerError(["De twee keer is niet hetzelfde getypt. Er is niets gemaakt of gewijzigd."])
    return eerste


@app.command("nieuw")
def nieuw(
    persoon: Annotated[
        str, typer.Argument(help="Gebruikersnaam, zoals die in de mandaten van de regio staat.")
    ],
    van_invoer: VanInvoer = False,
) -> None:
    """Maak een sleutel. De opener bedenkt en typt zelf een wachtzin; die is nergens bewaard."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.sleutels import make_sleutel
    from aanbesteding.engine.toegang import list_rollen

    app_ = load_app()
    wachtzin = ask_wachtzin(f"Wachtzin van {persoon}", van_invoer=van_invoer, herhaal=True)
    sleutel = make_sleutel(app_, persoon, wachtzin)
    typer.echo(f"De sleutel van '{persoon}' is gemaakt. Vingerafdruk: {sleutel.vingerafdruk}")
    typer.echo(
        "Noteer de vingerafdruk: dezelfde hoort te staan bij de aanwijzing als opener en in het proces-verbaal.\n"
        "De wachtzin is nergens bewaard. Wie hem kwijt is, kan met deze sleutel niets meer openen."
    )
    if not list_rollen(app_, persoon):
        typer.echo(
            f"Let op: '{persoon}' staat in geen enkel mandaat en kan dus nog niet worden aangewezen. "
            "Voeg een mandaat toe aan regio.toml."
        )


@app.command("wijzig")
def wijzig(
    persoon: Annotated[str, typer.Argument(help="Gebruikersnaam van de opener.")],
    sleutel: Annotated[
        str, typer.Option("--sleutel", help="Vingerafdruk van de sleutel; zonder deze optie de nieuwste.")
    ] = "",
    van_invoer: VanInvoer = False,
) -> None:
    """Wijzig de wachtzin van een sleutel. De sleutel zelf, en alles wat ervoor is verzegeld, blijft zoals het is."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.sleutels import change_wachtzin

    app_ = load_app()
    oud = ask_wachtzin(f"Huidige wachtzin van {persoon}", van_invoer=van_invoer)
    nieuw = ask_wachtzin("Nieuwe wachtzin", van_invoer=van_invoer, herhaal=True)
    vingerafdruk = change_wachtzin(app_, persoon, oud, nieuw, sleutel)
    typer.echo(f"De wachtzin van sleutel {vingerafdruk} is gewijzigd. De vingerafdruk blijft dezelfde.")
    typer.echo("De oude wachtzin opent deze sleutel alleen nog in een reservekopie van vóór nu.")


@app.command("lijst")
def lijst(json_uit: Json = False) -> None:
    """Toon alle sleutels van openers."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.storage.sleutels import list_sleutels

    regels = list_sleutels(load_app().database)
    if json_uit:
        print_json(
            [
                {
                    "persoon": r.persoon,
                    "vingerafdruk": r.slot.vingerafdruk,
                    "gemaakt": r.gemaakt.isoformat(),
                    "demo": r.demo,
                }
                for r in regels
            ]
        )
        return
    if not regels:
        typer.echo(
            "Er zijn nog geen sleutels. Een opener maakt er een met 'aanbesteding sleutel nieuw NAAM'."
        )
        return
    tabel = Table("Opener", "Vingerafdruk", "Gemaakt", "Soort")
    for r in regels:
        soort = "demo: iedereen kent de wachtzin" if r.demo else "echt"
        tabel.add_row(r.persoon, r.slot.vingerafdruk, f"{r.gemaakt:%d-%m-%Y %H:%M}", soort)
    Console().print(tabel)
