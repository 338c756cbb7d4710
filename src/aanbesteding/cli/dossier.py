"""Commands about dossiers, acts and workbooks. None of them needs a flow, so none loads Prefect."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from aanbesteding.domain.regel import Overtreding
from aanbesteding.errors import InvoerError

dossier_app = typer.Typer(no_args_is_help=True, help="Dossiers maken en bekijken.")

Json = Annotated[bool, typer.Option("--json", help="Uitvoer als JSON.")]
Als = Annotated[str, typer.Option("--als", help="Gebruikersnaam van wie de handeling verricht.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(dossier_app, name="dossier")
    app.command("handelingen")(handelingen)
    app.command("handeling")(handeling)
    app.command("importeer")(importeer)


def print_json(waarde: Any) -> None:
    """Print a value as JSON, readable for people and machines."""
    typer.echo(json.dumps(waarde, ensure_ascii=False, indent=2, default=str))


@dossier_app.command("nieuw")
def dossier_nieuw(
    bestand: Annotated[Path, typer.Argument(help="TOML-bestand met de definitie van de aanbesteding.")],
    code: Annotated[
        str, typer.Option("--code", help="Code van het dossier; standaard de code uit het bestand.")
    ] = "",
) -> None:
    """Maak een dossier van een definitie; bij een fout worden alle fouten genoemd en gebeurt er niets."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.dossiers import make_dossier

    gemaakt = make_dossier(load_app(), bestand, code)
    typer.echo(f"Dossier {gemaakt} is gemaakt. Bekijk wat nu kan: aanbesteding handelingen {gemaakt}")


@dossier_app.command("lijst")
def dossier_lijst(json_uit: Json = False) -> None:
    """Toon alle dossiers."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.storage.queries import list_dossiers

    regels = list_dossiers(load_app().database)
    if json_uit:
        print_json([regel.__dict__ for regel in regels])
        return
    if not regels:
        typer.echo("Er zijn nog geen dossiers. Maak er een met 'aanbesteding dossier nieuw BESTAND.toml'.")
        return
    tabel = Table("Dossier", "Titel", "Regio", "Procedure", "Percelen", "Documenten")
    for regel in regels:
        standen = ", ".join(f"{aantal} {status}" for status, aantal in regel.statussen)
        tabel.add_row(regel.code, regel.titel, regel.regio, regel.procedure, standen, str(regel.documenten))
    Console().print(tabel)


@dossier_app.command("toon")
def dossier_toon(dossier: str, json_uit: Json = False) -> None:
    """Toon een dossier: percelen met hun status, en de vastgelegde feiten."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.overzicht import list_meldingen

    app = load_app()
    inhoud, _, regio = app.load(dossier)
    meldingen = list_meldingen(app, dossier)
    if json_uit:
        print_json(
            {
                "code": inhoud.code,
                "titel": inhoud.aanbesteding.titel,
                "regio": regio.code,
                "versie": inhoud.versie,
                "peildatum": inhoud.peildatum.isoformat(),
                "statussen": dict(inhoud.statussen),
                "meldingen": [
                    {"code": m.code, "grondslag": m.grondslag, "tekst": m.tekst} for m in meldingen
                ],
                "feiten": [
                    {
                        "volgnummer": v.volgnummer,
                        "versie": v.versie,
                        "feit": v.feit.soort(),
                        "handeling": v.handeling,
                        "persoon": v.persoon,
                        "moment": v.moment.isoformat(),
                    }
                    for v in inhoud.vastleggingen
                ],
            }
        )
        return
    scherm = Console()
    scherm.print(f"[bold]{escape(inhoud.code)}[/] {escape(inhoud.aanbesteding.titel)} ({escape(regio.naam)})")
    tabel = Table("Perceel", "Titel", "Status")
    for perceel in inhoud.aanbesteding.percelen:
        tabel.add_row(perceel.nummer, perceel.titel, inhoud.status_van_perceel(perceel.nummer))
    scherm.print(tabel)
    print_meldingen(scherm, meldingen)
    for v in inhoud.vastleggingen[-20:]:
        scherm.print(
            f"{v.moment:%d-%m-%Y %H:%M}  {v.feit.soort()}  door {escape(v.persoon)}", highlight=False
        )


def print_meldingen(scherm: Console, meldingen: Iterable[Overtreding]) -> None:
    """Say what the dossier tells whoever looks at it, each with its ground."""
    for m in meldingen:
        scherm.print(f"{escape(m.tekst)} [dim]({m.code}; {escape(m.grondslag)})[/]", highlight=False)


def handelingen(dossier: str, json_uit: Json = False, alles: bool = False) -> None:
    """Toon wat nu kan, door wie, en wat nog niet kan en waarom (met artikel)."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.overzicht import list_meldingen, list_relevant
    from aanbesteding.engine.perform import list_handelingen
    from aanbesteding.engine.standen import list_fasemeldingen, load_geladen

    app = load_app()
    standen = list_handelingen(app, dossier) if alles or json_uit else list_relevant(app, dossier)
    if json_uit:
        per_fase = list_fasemeldingen(app, load_geladen(app, dossier))
        print_json(
            [
                {
                    "handeling": s.code,
                    "titel": s.titel,
                    "fase": s.fase,
                    "rol": s.rol,
                    "personen": list(s.personen),
                    "onderwerpen": list(s.onderwerpen),
                    "mogelijk": s.mogelijk,
                    "automatisch": s.automatisch,
                    "overtredingen": [
                        {"code": o.code, "grondslag": o.grondslag, "ernst": o.ernst.value, "tekst": o.tekst}
                        for o in s.overtredingen
                    ],
                    "meldingen": [
                        {"code": m.code, "grondslag": m.grondslag, "tekst": m.tekst}
                        for m in per_fase.get(s.fase, ())
                    ],
                }
                for s in standen
            ]
        )
        return
    scherm = Console()
    print_meldingen(scherm, list_meldingen(app, dossier))
    for s in standen:
        teken = "[green]kan nu[/]" if s.mogelijk else "[yellow]nog niet[/]"
        scherm.print(f"{teken}  [bold]{s.code}[/]  {escape(s.titel)}  ({s.rol}: {', '.join(s.personen)})")
        for o in s.overtredingen:
            scherm.print(
                f"          {escape(o.tekst)} [dim]({o.code}; {escape(o.grondslag)})[/]", highlight=False
            )


def handeling(
    dossier: str,
    code: Annotated[str, typer.Argument(help="Code van de handeling; zie 'aanbesteding handelingen'.")],
    als: Als,
    invoer: Annotated[Path | None, typer.Option("--invoer", help="JSON-bestand met de invoer.")] = None,
    proef: Annotated[bool, typer.Option("--proef", help="Alleen toetsen, niets vastleggen.")] = False,
    van_invoer: Annotated[
        bool,
        typer.Option(
            "--van-invoer", help="Lees de wachtzinnen van openers van de standaardinvoer, per regel een."
        ),
    ] = False,
) -> None:
    """Verricht een handeling. Een geweigerde handeling noemt alle redenen en verandert niets."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.invoer import perform_opgave
    from aanbesteding.engine.perform import HandelingRefused
    from aanbesteding.engine.zegel import list_openers

    app, gegevens = load_app(), load_invoer(invoer)
    wachtzinnen: dict[str, str] = {}
    if not proef and (openers := list_openers(app, dossier, code, gegevens)):
        from aanbesteding.cli.sleutel import ask_wachtzin

        with suppress(HandelingRefused):  # then it is refused below, and noted, without asking for anything
            perform_opgave(app, dossier, code, gegevens, als, proef=True)
            wachtzinnen = {p: ask_wachtzin(f"Wachtzin van {p}", van_invoer=van_invoer) for p in openers}
    resultaat = perform_opgave(app, dossier, code, gegevens, als, proef=proef, wachtzinnen=wachtzinnen)
    for signaal in resultaat.signalen:
        typer.echo(f"Let op: {signaal.tekst} ({signaal.code}; {signaal.grondslag})")
    if proef:
        typer.echo(f"Proef: '{code}' kan. Er is niets vastgelegd.")
        return
    produce_en_toon(app, dossier, f"'{code}' is vastgelegd (versie {resultaat.versie}).")


def produce_en_toon(app: Any, dossier: str, bericht: str) -> None:
    """Make what was promised and say what came of it."""
    from aanbesteding.engine.outbox import list_open, produce

    typer.echo(bericht)
    fouten: list[str] = []
    for toezegging in list_open(app, dossier):
        productie = produce(app, toezegging)
        typer.echo(f"  {productie.document}: {productie.gemaakt} gemaakt")
        fouten += productie.fouten
    if fouten:
        raise InvoerError(
            [*fouten, "De andere documenten zijn gemaakt. Herstel het sjabloon en voer de fase opnieuw uit."]
        )


def load_invoer(bestand: Path | None) -> dict[str, Any]:
    """Read the JSON input of an act; InvoerError when it is not a JSON object."""
    if bestand is None:
        return {}
    try:
        gegevens = json.loads(bestand.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvoerError([f"{bestand.name}: het bestand bestaat niet ({bestand})."]) from None
    except OSError as fout:
        raise InvoerError([f"{bestand.name}: het bestand is niet te lezen ({bestand})."]) from fout
    except (ValueError, RecursionError) as fout:
        plek = f" (regel {fout.lineno}, kolom {fout.colno})" if isinstance(fout, json.JSONDecodeError) else ""
        raise InvoerError([f"{bestand.name}: dit is geen geldig JSON-bestand{plek}. Herstel het."]) from fout
    if not isinstance(gegevens, dict):
        raise InvoerError(
            [f'{bestand.name}: hier hoort een JSON-object met velden, bijvoorbeeld {{"perceel": "1"}}.']
        )
    return dict[str, Any](gegevens)  # pyright: ignore[reportUnknownArgumentType]


def importeer(
    soort: Annotated[
        str, typer.Argument(help="aanbieders, reacties, vragen, inschrijvingen, scores, aanvragen, ...")
    ],
    dossier: str,
    bestand: Annotated[Path, typer.Argument(help="Excel-werkboek (.xlsx) of CSV-bestand.")],
    als: Als,
) -> None:
    """Lees een werkboek in. Bij een fout worden alle fouten genoemd (blad, rij, kolom) en gebeurt er niets."""
    from aanbesteding.bootstrap import load_app
    from aanbesteding.engine.invoer import perform_import

    app = load_app()
    resultaat = perform_import(app, dossier, soort, bestand, als)
    for signaal in resultaat.signalen:
        typer.echo(f"Let op: {signaal.tekst} ({signaal.code}; {signaal.grondslag})")
    produce_en_toon(app, dossier, f"{bestand.name} is ingelezen (versie {resultaat.versie}).")
