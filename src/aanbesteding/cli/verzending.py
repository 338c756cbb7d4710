"""Commands about sending: send the letters of a decision, look at the delivery log, tell what came of a letter."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from aanbesteding.cli.dossier import Als, Json, print_json
from aanbesteding.errors import InvoerError

if TYPE_CHECKING:
    from aanbesteding.engine.app import App
    from aanbesteding.engine.verzendbeeld import Besluitstand

Besluit = Annotated[
    int, typer.Option("--besluit", help="Nummer van het besluit; zie 'aanbesteding verzending'.")
]
STANDEN = {
    "klaar": "klaar om te versturen",
    "bezig": "wordt verstuurd",
    "verzonden": "verzonden",
    "geweigerd": "geweigerd",
    "onbekend": "onbekend of hij weg is",
    "teruggekomen": "teruggekomen",
    "anders_bereikt": "anders bezorgd",
    "geen_adres": "geen e-mailadres",
}


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("verzend")(verzend)
    app.command("verzending")(verzending)
    app.command("bezorging")(bezorging)


def verzend(
    dossier: str,
    als: Als,
    besluit: Besluit = 0,
    proef: Annotated[bool, typer.Option("--proef", help="Alleen toetsen, niets versturen.")] = False,
) -> None:
    """Verstuur alle brieven van één besluit in één keer; een onderbroken verzending gaat verder waar zij was.

    Een mail waarvan na een storing niet bekend is of hij weg is, wordt niet nog eens verstuurd; zie 'bezorging'.
    """
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.perform import perform
    from aanbesteding.engine.verzending import send, start_verzending

    app = load_app()
    gekozen = _select_besluit(app, dossier, besluit)
    nieuw = gekozen.gestart is None
    if proef:
        if nieuw:
            perform(app, dossier, "verzending_starten", {"besluit": gekozen.besluit}, als, proef=True)
        typer.echo(f"Proef: {_show_te_gaan(gekozen)}. Er is niets verstuurd.")
        return
    typer.echo(f"Mail gaat naar {app.load_post().postbode.plaats}.")
    if nieuw:
        start_verzending(app, dossier, gekozen.besluit, als)
    runs = send(app, dossier, lambda bericht, stand, antwoord: typer.echo(
        f"  {bericht.ontvanger}  {bericht.naam}: {STANDEN[stand]} ({antwoord})"
    ))  # fmt: skip
    meldingen = [run.melding for run in runs if run.melding]
    for run in runs:
        typer.echo(
            f"Besluit {run.besluit}: {run.verstuurd} verstuurd, {run.geweigerd} geweigerd, {run.onbekend} onbekend"
            f"{'; het lot van elke brief is bekend' if run.klaar else ''}."
        )
        _show_niet_bereikt(app, dossier, run.besluit)
    if meldingen:
        raise InvoerError([*meldingen, "Start daarna opnieuw: wat al weg is, wordt niet nog eens verstuurd."])
    if any(run.geweigerd or run.onbekend or not run.klaar for run in runs):
        raise typer.Exit(1)


def _select_besluit(app: App, dossier: str, besluit: int) -> Besluitstand:
    from aanbesteding.engine.verzendbeeld import list_besluiten, load_besluit
    from aanbesteding.engine.verzending import is_te_doen

    if besluit:
        return load_besluit(app, dossier, besluit)
    alle = list_besluiten(app, dossier)
    bezig = [b for b in alle if is_te_doen(app, b)]
    open_ = bezig or [b for b in alle if b.gestart is None and b.vervangen_door is None]
    if len(open_) == 1:
        return open_[0]
    if not open_:
        raise InvoerError([f"Dossier {dossier} heeft geen brieven die nog weg moeten."])
    keuzes = ", ".join(f"{b.besluit} ({b.handeling.titel}, {b.genomen.moment:%d-%m-%Y})" for b in open_)
    raise InvoerError([f"Er is meer dan één besluit met brieven. Kies er een met --besluit: {keuzes}."])


def _show_te_gaan(besluit: Besluitstand) -> str:
    aantal = len({b.brief.ontvanger for b in besluit.brieven})
    return f"{aantal} {'ontvanger' if aantal == 1 else 'ontvangers'} van '{besluit.handeling.titel}'"


def _show_niet_bereikt(app: App, dossier: str, besluit: int) -> None:
    from aanbesteding.engine.verzendbeeld import load_besluit

    for b in load_besluit(app, dossier, besluit).niet_bereikt:
        typer.echo(
            f"  Niet bereikt: {b.bericht.ontvanger}  {b.bericht.naam}: {STANDEN[b.stand]}. {b.antwoord}"
        )


def verzending(dossier: str, besluit: Besluit = 0, json_uit: Json = False) -> None:
    """Toon per besluit wie een brief krijgt of kreeg, het verzendlogboek, en wie niet is bereikt."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.verzendbeeld import list_besluiten, load_besluit

    app = load_app()
    alle = (load_besluit(app, dossier, besluit),) if besluit else list_besluiten(app, dossier)
    if json_uit:
        print_json({"post": app.load_post().postbode.plaats, "besluiten": [_build_json(b) for b in alle]})
        return
    scherm = Console(highlight=False)
    scherm.print(f"Mail gaat naar {escape(app.load_post().postbode.plaats)}.")
    for b in alle:
        _show_besluit(scherm, b, uitgebreid=bool(besluit))
    if not alle:
        scherm.print("Dit dossier heeft nog geen brieven.")


def _show_besluit(scherm: Console, besluit: Besluitstand, *, uitgebreid: bool) -> None:
    scherm.print(
        f"\n[bold]Besluit {besluit.besluit}[/]  {escape(besluit.handeling.titel)}  "
        f"({besluit.genomen.moment:%d-%m-%Y})  {len(besluit.brieven)} brieven"
    )
    if besluit.vervangen_door is not None:
        scherm.print(f"  Vervangen door besluit {besluit.vervangen_door}; deze brieven gaan niet meer weg.")
        return
    if besluit.gestart is None:
        scherm.print("  Nog niet gestart.")
        for reden in besluit.bezwaren[: None if uitgebreid else 3]:
            scherm.print(f"  {escape(reden)}")
        return
    scherm.print(f"  Gestart door {besluit.gestart.persoon} op {besluit.gestart.moment:%d-%m-%Y %H:%M}.")
    tabel = Table("Ontvanger", "Naam", "Stand", "Moment", "Antwoord", "Geopend")
    getoond = besluit.berichten if uitgebreid else besluit.niet_bereikt
    for b in getoond:
        moment = f"{b.regels[-1].moment:%d-%m-%Y %H:%M}" if b.regels else ""
        geopend = f"{b.geopend:%d-%m-%Y %H:%M}" if b.geopend else ""
        tabel.add_row(
            b.bericht.ontvanger, escape(b.bericht.naam), STANDEN[b.stand], moment, escape(b.antwoord), geopend
        )
    bereikt = sum(b.bereikt for b in besluit.berichten)
    scherm.print(f"  Bereikt: {bereikt} van {len(besluit.berichten)}.")
    if getoond:
        scherm.print(tabel)


def _build_json(b: Besluitstand) -> dict[str, Any]:
    return {
        "besluit": b.besluit,
        "handeling": b.handeling.code,
        "fase": b.fase,
        "genomen": b.genomen.moment.isoformat(),
        "verzenddatum": b.verzenddatum,
        "gestart": b.gestart.moment.isoformat() if b.gestart else None,
        "gestart_door": b.gestart.persoon if b.gestart else None,
        "vervangen_door": b.vervangen_door,
        "klaar": b.klaar,
        "brieven": len(b.brieven),
        "bezwaren": list(b.bezwaren) if b.gestart is None else [],
        "berichten": [
            {
                "ontvanger": d.bericht.ontvanger,
                "naam": d.bericht.naam,
                "email": d.bericht.email,
                "stand": d.stand,
                "bereikt": d.bereikt,
                "antwoord": d.antwoord,
                "geopend": d.geopend.isoformat() if d.geopend else None,
                "stukken": [
                    {"document": s.document, "pad": s.pad, "sha256": s.sha256} for s in d.bericht.stukken
                ],
                "logboek": [
                    {
                        "moment": r.moment.isoformat(),
                        "gebeurtenis": r.gebeurtenis,
                        "poging": r.poging,
                        "antwoord": r.antwoord,
                    }
                    for r in d.regels
                ],
            }
            for d in b.berichten
        ],
        "niet_bereikt": [d.bericht.ontvanger for d in b.niet_bereikt],
    }


def bezorging(
    dossier: str,
    ontvanger: Annotated[str, typer.Argument(help="Kenmerk van de ontvanger, bijvoorbeeld I-003.")],
    melding: Annotated[
        str, typer.Argument(help="teruggekomen, anders_bereikt, aangekomen (bij onbekend) of opnieuw.")
    ],
    besluit: Besluit,
    als: Als,
    toelichting: Annotated[str, typer.Option("--toelichting", help="Hoe dit bekend is.")],
    op: Annotated[
        str, typer.Option("--op", help="Wanneer, bijvoorbeeld 2026-07-20T15:30+02:00; leeg: nu.")
    ] = "",
) -> None:
    """Leg vast wat van een brief bekend is: teruggekomen, anders bezorgd, toch aangekomen, of opnieuw versturen."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.verzending import report_bezorging

    app = load_app()
    try:
        moment = datetime.fromisoformat(op) if op else app.klok.nu()
    except ValueError:
        raise InvoerError(
            [f"--op '{op}' is geen moment. Schrijf bijvoorbeeld 2026-07-20T15:30+02:00."]
        ) from None
    invoer = {
        "besluit": besluit,
        "ontvanger": ontvanger,
        "melding": melding,
        "op": moment,
        "toelichting": toelichting,
    }
    fout = report_bezorging(app, dossier, invoer, als)
    typer.echo(f"Vastgelegd: {ontvanger} {melding.replace('_', ' ')}.")
    if melding == "opnieuw":
        typer.echo(f"Verstuur hem met: aanbesteding verzend {dossier} --besluit {besluit} --als {als}")
    if fout:
        raise InvoerError([fout])
