"""The command line: the same acts as everywhere else, for people at a terminal and for scripts.

Commands import what they need when they run, so that `--help` and `termijn` answer at once and no command that
needs no flow loads Prefect.

Exit codes: 0 done; 1 failed; 2 refused or wrong input (every fault is printed, nothing was written).
"""

from __future__ import annotations

import io
import sys

import typer

from aanbesteding.errors import AanbestedingError


def make_app() -> typer.Typer:
    """The whole command line as a Typer app."""
    from aanbesteding.cli import (
        bewijs,
        documenten,
        dossier,
        gebruiker,
        rangorde,
        regio,
        sjabloon,
        sleutel,
        stroom,
        stuk,
        termijn,
        verzending,
    )
    from aanbesteding.cli.nederlands import NederlandseGroep

    app = typer.Typer(
        name="aanbesteding",
        cls=NederlandseGroep,
        help="Aanbestedingen Jeugdwet en Wmo 2015: procedure en documenten in één.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.add_typer(termijn.app, name="termijn", help="Termijnen berekenen, met uitleg.")
    app.add_typer(
        sjabloon.app,
        name="sjabloon",
        help="Werken met Word-sjablonen: controleren, velden opzoeken, documenten maken.",
    )
    app.add_typer(stuk.app, name="stuk", help="Bewerkte Word-bestanden herkennen, vergelijken en redlinen.")
    app.add_typer(gebruiker.app, name="gebruiker")
    app.add_typer(sleutel.app, name="sleutel")
    rangorde.register(app)
    dossier.register(app)
    documenten.register(app)
    verzending.register(app)
    bewijs.register(app)
    regio.register(app)
    stroom.register(app)
    return app


def main() -> None:
    """Entry point of the command `aanbesteding`; a terminal that lacks a character gets a stand-in for it."""
    for stroom in (sys.stdout, sys.stderr):
        if isinstance(stroom, io.TextIOWrapper):
            stroom.reconfigure(errors="replace")
    try:
        make_app()()
    except AanbestedingError as fout:
        print(str(fout), file=sys.stderr)  # noqa: T201
        sys.exit(fout.exit_code)
