"""Commands about evidence: check a dossier, and find where a clause was sent."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from aanbesteding.cli.dossier import Json, print_json
from aanbesteding.errors import InvoerError

VERZONDEN = "verzonden"
TOON = 20
"""Findings of one kind that are printed in full; the rest is counted."""


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("verifieer")(verifieer)
    app.command("clausules")(clausules)


def verifieer(
    dossier: str,
    json_uit: Json = False,
    alles: Annotated[
        bool, typer.Option("--alles", help="Toon elke melding, ook als het er veel zijn.")
    ] = False,
) -> None:
    """Controleer een dossier: de keten van feiten, elk bestand, en maak elk document opnieuw en vergelijk het.

    Eindigt met 0 als alles klopt en met 1 als er iets gewijzigd is of ontbreekt.
    """
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.verifieer import verify

    app = load_app()
    with Progress(console=Console(stderr=True), transient=True) as balk:
        taak = balk.add_task("Documenten opnieuw maken", total=None)
        uitslag = verify(
            app, dossier, lambda gedaan, totaal: balk.update(taak, completed=gedaan, total=totaal)
        )
    if json_uit:
        print_json(
            {
                "dossier": uitslag.dossier,
                "in_orde": uitslag.in_orde,
                "feiten": uitslag.feiten,
                "documenten": uitslag.documenten,
                "gereproduceerd": uitslag.gereproduceerd,
                "kop": uitslag.kop,
                "meldingen": [melding.__dict__ for melding in uitslag.meldingen],
            }
        )
    else:
        scherm, gezien = Console(), Counter[str]()
        for melding in uitslag.meldingen:
            gezien[melding.soort] += 1
            if alles or gezien[melding.soort] <= TOON:
                kleur = "red" if melding.is_fout else "yellow"
                scherm.print(
                    f"[{kleur}]{escape(melding.soort)}[/]  {escape(melding.waar)}: {escape(melding.tekst)}",
                    highlight=False,
                )
        for soort, aantal in gezien.items():
            if not alles and aantal > TOON:
                scherm.print(f"… en nog {aantal - TOON} keer '{soort}'; zie --alles.")
        oordeel = "in orde" if uitslag.in_orde else "NIET in orde"
        typer.echo(
            f"Dossier {uitslag.dossier} is {oordeel}: {uitslag.feiten} feiten, {uitslag.documenten} documenten, "
            f"waarvan {uitslag.gereproduceerd} opnieuw gemaakt en byte voor byte gelijk.\n"
            f"Hash van het laatste feit: {uitslag.kop or 'er zijn nog geen feiten'}"
        )
    if not uitslag.in_orde:
        raise typer.Exit(1)


def clausules(
    clausule: Annotated[str, typer.Option("--clausule", help="Alleen deze clausule.")] = "",
    versie: Annotated[str, typer.Option("--versie", help="Alleen deze versie van de clausule.")] = "",
    dossier: Annotated[str, typer.Option("--dossier", help="Alleen documenten van dit dossier.")] = "",
    document: Annotated[str, typer.Option("--document", help="Pad van een document in het dossier.")] = "",
    bestand: Annotated[
        Path | None, typer.Option("--bestand", help="Een Word-bestand, waar het ook vandaan komt.")
    ] = None,
    verzonden: Annotated[
        bool, typer.Option("--verzonden", help="Alleen documenten die verzonden zijn.")
    ] = False,
    json_uit: Json = False,
) -> None:
    """Toon welke clausules in welke documenten staan, met versie en voorwaarde.

    Zonder keuze: alle clausules met het aantal documenten. Met --clausule: de documenten waarin zij staat.
    """
    if bestand is not None:
        _toon_bestand(bestand, json_uit)
        return
    from aanbesteding.bootstrap import load_app
    from aanbesteding.storage.bewijs import count_clausules, list_clausuleregels

    app, status = load_app(), VERZONDEN if verzonden else ""
    bekend = {(c, v): n for c, v, n in count_clausules(app.database)}
    _check_bekend(bekend, clausule, versie)
    if not (clausule or dossier or document):
        telling = count_clausules(app.database, status=status)
        if json_uit:
            print_json([{"clausule": c, "versie": v, "documenten": n} for c, v, n in telling])
            return
        tabel = Table("Clausule", "Versie", "Documenten")
        for c, v, n in telling:
            tabel.add_row(escape(c), v, str(n))
        Console().print(tabel)
        return
    if dossier:
        app.load(dossier)
    regels = list_clausuleregels(
        app.database, clausule=clausule, versie=versie, dossier=dossier, pad=document, status=status
    )
    if json_uit:
        print_json([{**r.__dict__, "pad": str(app.bestanden.folder(r.dossier) / r.pad)} for r in regels])
        return
    tabel = Table(
        "Clausule", "Versie", "Voorwaarde", "Dossier", "Document", "Voor", "Uitgave", "Status", "Bestand"
    )
    for r in regels:
        tabel.add_row(
            escape(r.clausule), r.versie, escape(r.voorwaarde), r.dossier, r.document, escape(r.ontvanger_naam),
            str(r.uitgave), r.status, r.pad,
        )  # fmt: skip
    Console().print(tabel)
    typer.echo(f"{len({(r.dossier, r.pad) for r in regels})} documenten.")


def _check_bekend(bekend: dict[tuple[str, str], int], clausule: str, versie: str) -> None:
    """An unknown clause or version is told, with the nearest that do exist."""
    import difflib

    ids = sorted({c for c, _ in bekend})
    if clausule and clausule not in ids:
        buren = difflib.get_close_matches(clausule, ids, n=3, cutoff=0.3)
        hint = (
            f"Bedoelt u: {', '.join(buren)}?"
            if buren
            else "Er is nog geen document met een clausule gemaakt."
        )
        raise InvoerError([f"De clausule '{clausule}' staat in geen enkel document. {hint}"])
    versies = sorted(v for c, v in bekend if not clausule or c == clausule)
    if versie and versie not in versies:
        raise InvoerError(
            [
                f"Versie {versie} staat in geen enkel document. Wel: {', '.join(dict.fromkeys(versies)) or 'geen'}."
            ]
        )


def _toon_bestand(bestand: Path, json_uit: bool) -> None:
    """The clauses of any Word file, with what it says about itself."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.documents.clausules import find_clausules
    from aanbesteding.documents.lezen import read_docx, read_eigenschappen
    from aanbesteding.storage.bewijs import list_clausuleregels

    leden = read_docx(bestand)
    eigen = read_eigenschappen(leden)
    gevonden = find_clausules(bestand.read_bytes())
    regels = list_clausuleregels(load_app().database, dossier=eigen.get("dossier", "-"))
    voorwaarden = {
        (r.clausule, r.versie): r.voorwaarde
        for r in regels
        if (r.document, r.ontvanger) == (eigen.get("document"), eigen.get("ontvanger"))
    }
    if json_uit:
        print_json(
            {
                "bestand": str(bestand),
                "eigenschappen": eigen,
                "clausules": [
                    {
                        "clausule": c.id,
                        "versie": c.versie,
                        "voorwaarde": voorwaarden.get((c.id, c.versie), ""),
                    }
                    for c in gevonden
                ],
            }
        )
        return
    for naam in ("dossier", "document", "ontvanger"):
        if naam in eigen:
            typer.echo(f"{naam}: {eigen[naam]}")
    tabel = Table("Clausule", "Versie", "Voorwaarde")
    for c in gevonden:
        tabel.add_row(escape(c.id), c.versie, escape(voorwaarden.get((c.id, c.versie), "onbekend")))
    Console().print(tabel)
