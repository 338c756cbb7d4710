"""Commands about produced documents: the list, and PDFs of them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from aanbesteding.cli.dossier import Json, print_json


class Soort(StrEnum):
    """Kind of PDF."""

    pdfua = "pdfua"
    pdfa = "pdfa"


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("documenten")(documenten)


def documenten(
    dossier: str,
    fase: Annotated[str, typer.Option("--fase", help="Alleen documenten van deze fase.")] = "",
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Maak van elk document ook een PDF (met LibreOffice).")
    ] = False,
    soort: Annotated[
        Soort,
        typer.Option("--soort", help="pdfua: toegankelijk, om te lezen; pdfa: PDF/A-2b, voor het archief."),
    ] = Soort.pdfua,
    json_uit: Json = False,
) -> None:
    """Toon de documenten van een dossier, of maak er PDF's van.

    Bestaande PDF's van dezelfde soort blijven staan: afgebroken gaat het bij een nieuwe start verder.
    """
    from aanbesteding.bootstrap import load_app
    from aanbesteding.storage.documenten import list_documenten

    app = load_app()
    app.load(dossier)
    regels = list_documenten(app.database, dossier, fase=fase or None)
    if pdf:
        hier = app.bestanden.fetch(dossier, [regel.pad for regel in regels], app.werkmap / "pdf" / dossier)
        _make_pdf(hier, soort.value, json_uit)
        return
    if json_uit:
        print_json([{**regel.__dict__, "pad": app.bestanden.show(dossier, regel.pad)} for regel in regels])
        return
    tabel = Table(Column("Bestand", overflow="fold"), "Voor", "Uitgave", "Status", "SHA-256")
    for regel in regels:
        tabel.add_row(
            regel.pad, escape(regel.ontvanger_naam), str(regel.uitgave), regel.status, regel.sha256[:12]
        )
    Console().print(tabel)
    typer.echo(f"Map: {app.bestanden.show(dossier)}")


def _make_pdf(bestanden: Sequence[Path], soort: str, json_uit: bool) -> None:
    from aanbesteding.adapters.pdf import convert, find_soffice, list_ontbrekende_lettertypen

    soffice = find_soffice()
    weg = [bestand for bestand in bestanden if not bestand.is_file()]
    echt = [bestand for bestand in bestanden if bestand.is_file()]
    waarschuwingen = list_ontbrekende_lettertypen(echt)
    for waarschuwing in waarschuwingen:
        typer.echo(f"Let op: {waarschuwing}", err=True)
    kolommen = (TextColumn("PDF"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*kolommen, console=Console(stderr=True), transient=True) as balk:
        taak = balk.add_task("pdf", total=len(echt))
        uitkomst = convert(
            echt, soort, soffice=soffice, meld=lambda gedaan, _totaal: balk.update(taak, completed=gedaan)
        )
    mislukt = [
        *uitkomst.mislukt,
        *((pad, "het Word-bestand ontbreekt; zie 'aanbesteding verifieer'") for pad in weg),
    ]
    if json_uit:
        print_json(
            {
                "soort": soort,
                "gemaakt": [str(pad) for pad in uitkomst.gemaakt],
                "aanwezig": [str(pad) for pad in uitkomst.aanwezig],
                "mislukt": [{"bestand": str(pad), "reden": reden} for pad, reden in mislukt],
                "waarschuwingen": list(waarschuwingen),
            }
        )
    else:
        for pad, reden in mislukt:
            typer.echo(f"Mislukt: {pad.name}: {reden}.", err=True)
        typer.echo(
            f"{len(uitkomst.gemaakt)} PDF's gemaakt ({soort}), {len(uitkomst.aanwezig)} waren er al, "
            f"{len(mislukt)} mislukt. Elke PDF staat naast het Word-bestand."
        )
    if mislukt:
        raise typer.Exit(1)
