"""`aanbesteding sjabloon controleer, velden, voorbeeld`: what a jurist needs while editing a template in Word.

Exit codes of `controleer`: 0 no faults, 2 faults (or a file that cannot be checked at all).
"""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from aanbesteding.cli.dossier import Json, print_json
from aanbesteding.documents.bevinding import Bevinding
from aanbesteding.errors import InvoerError

if TYPE_CHECKING:
    from aanbesteding.documents.declaration import Document

BOUWSTENEN = "_bouwstenen"
WORD = (".docx", ".docm", ".doc", ".dotx", ".dotm")

Documentcode = Annotated[str, typer.Argument(help="Code van het document, bijvoorbeeld afwijzingsbrief.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `aanbesteding sjabloon`."""
    app.command("controleer")(controleer)
    app.command("velden")(velden)
    app.command("voorbeeld")(voorbeeld)


def list_documenten() -> dict[str, Document]:
    """Every document of every procedure by its code."""
    from aanbesteding.procedures import PROCEDURES

    return {d.code: d for p in PROCEDURES for f in p.fasen for d in f.documenten}


def find_document(code: str) -> Document:
    """The document with this code; InvoerError with the nearest codes when there is none."""
    bekend = list_documenten()
    gezocht = code.rpartition("/")[2].removesuffix(".docx").lower()
    if gezocht in bekend:
        return bekend[gezocht]
    buren = difflib.get_close_matches(gezocht, bekend, n=3, cutoff=0.4)
    buren = buren or [c for c in bekend if gezocht and gezocht in c] or sorted(bekend)
    raise InvoerError([f"Het document '{code}' bestaat niet. Bedoelt u: {', '.join(buren)}?"])


def find_sjablonen() -> Path:
    """The folder of templates of this installation."""
    from aanbesteding.bootstrap import load_settings
    from aanbesteding.paden import find_map

    return load_settings().sjablonen or find_map("sjablonen")


# --- controleer -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Oordeel:
    """What the check of one file came to; `toelichting` says what could not be checked."""

    pad: Path
    naam: str
    document: Document | None
    toelichting: str
    fouten: tuple[Bevinding, ...]


def controleer(
    paden: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PAD]...", help="Sjabloon of map; standaard alle sjablonen."),
    ] = None,
    document: Annotated[
        str, typer.Option("--document", help="Toets de velden aan dit document, hoe het bestand ook heet.")
    ] = "",
    json_uit: Json = False,
) -> None:
    """Controleer sjablonen: elke fout met de zin waarin hij staat en wat eraan te doen is.

    Eindigt met 0 als er niets is gevonden, anders met 2.
    """
    wortel = find_sjablonen()
    gekozen = find_document(document) if document else None
    oordelen = [_check(pad, wortel, gekozen) for pad in list_bestanden(paden or [wortel])]
    if json_uit:
        print_json([_build_json(oordeel) for oordeel in oordelen])
    else:
        _print_oordelen(oordelen)
    if any(oordeel.fouten for oordeel in oordelen):
        raise typer.Exit(2)


def list_bestanden(paden: list[Path]) -> list[Path]:
    """The files to check; a folder stands for every Word file in it. InvoerError when there is nothing."""
    uit: list[Path] = []
    for pad in paden:
        if not pad.is_dir():
            uit.append(pad)
            continue
        gevonden = [
            p for p in sorted(pad.rglob("*")) if p.suffix.lower() in WORD and not p.name.startswith("~$")
        ]
        if not gevonden:
            raise InvoerError([f"In de map {pad} staan geen Word-bestanden."])
        uit += gevonden
    return uit


def _check(pad: Path, wortel: Path, gekozen: Document | None) -> Oordeel:
    from aanbesteding.documents.controle import check_sjabloon
    from aanbesteding.documents.velden import list_bekend

    soort, toelichting = gekozen or list_documenten().get(pad.stem), ""
    if _resolve(pad).parent.name == BOUWSTENEN and gekozen is None:
        soort = None
        toelichting = "bouwsteen: de velden worden getoetst in de sjablonen die hem gebruiken"
    elif soort is None:
        toelichting = "geen document van dit product: de velden zijn niet getoetst (zie --document)"
    elif _resolve(wortel) not in _resolve(pad).parents:
        toelichting = f"velden getoetst aan document '{soort.code}'"
    bouwstenen = next(
        (p / BOUWSTENEN for p in _resolve(pad).parents if (p / BOUWSTENEN).is_dir()), wortel / BOUWSTENEN
    )
    try:
        fouten = check_sjabloon(pad, bouwstenen, list_bekend(soort) if soort else None)
    except InvoerError as fout:
        uitleg = str(fout).removeprefix(f"{pad.name}: ").rstrip(".")
        uitleg, _, advies = uitleg.partition("; ")
        fouten = (Bevinding("bestand", uitleg, advies or "kies een ander bestand"),)
        soort, toelichting = None, ""
    return Oordeel(pad, _show_naam(pad, wortel), soort, toelichting, fouten)


def _resolve(pad: Path) -> Path:
    """Where the path leads; a link to itself stays as it is (Path.resolve would raise)."""
    return Path(os.path.realpath(pad))


def _show_naam(pad: Path, wortel: Path) -> str:
    try:
        return _resolve(pad).relative_to(_resolve(wortel).parent).as_posix()
    except ValueError:
        return str(pad)


def _build_json(oordeel: Oordeel) -> dict[str, object]:
    return {
        "bestand": str(oordeel.pad),
        "document": oordeel.document.code if oordeel.document else None,
        "velden_getoetst": oordeel.document is not None,
        "toelichting": oordeel.toelichting,
        "fouten": [
            {
                "code": b.code,
                "onderdeel": b.plek.onderdeel,
                "kop": b.plek.kop,
                "zin": b.plek.zin,
                "uitleg": b.uitleg,
                "advies": b.advies,
            }
            for b in oordeel.fouten
        ],
    }


def _print_oordelen(oordelen: list[Oordeel]) -> None:
    scherm = Console(soft_wrap=True, highlight=False)
    for oordeel in oordelen:
        if (
            not oordeel.fouten
            and len(oordelen) > 1
            and (oordeel.document or "bouwsteen" in oordeel.toelichting)
        ):
            continue
        stand = f"[red]{_count(len(oordeel.fouten))}[/]" if oordeel.fouten else "[green]in orde[/]"
        extra = f" [dim]({escape(oordeel.toelichting)})[/]" if oordeel.toelichting else ""
        scherm.print(f"[bold]{escape(oordeel.naam)}[/]: {stand}{extra}")
        for bevinding in oordeel.fouten:
            scherm.print(f"  - {escape(str(bevinding))} [dim]\\[{bevinding.code}][/]")
    wat = "sjabloon" if len(oordelen) == 1 else "sjablonen"
    aantal = sum(len(oordeel.fouten) for oordeel in oordelen)
    scherm.print(f"{len(oordelen)} {wat} gecontroleerd: {_count(aantal)}.")


def _count(aantal: int) -> str:
    return "geen fouten" if not aantal else "1 fout" if aantal == 1 else f"{aantal} fouten"


# --- velden and voorbeeld ---------------------------------------------------------------------------------


def velden(document: Documentcode, json_uit: Json = False) -> None:
    """Toon de velden die in het sjabloon van een document gebruikt mogen worden, met uitleg en een voorbeeld."""
    from aanbesteding.documents.velden import list_modelvelden, load_waarde, show_waarde
    from aanbesteding.domain.huisstijl import Huisstijl

    gekozen = find_document(document)
    inhoud = gekozen.voorbeeld()
    regels = [
        {
            "veld": v.pad,
            "soort": v.soort,
            "omschrijving": v.omschrijving,
            "voorbeeld": show_waarde(load_waarde(inhoud, v.pad)),
        }
        for v in list_modelvelden(gekozen.context)
        if v.omschrijving
    ]
    regels += [
        {"veld": f"huisstijl.{v.pad}", "soort": v.soort, "omschrijving": v.omschrijving, "voorbeeld": ""}
        for v in list_modelvelden(Huisstijl)
        if v.omschrijving
    ]
    if json_uit:
        print_json({"document": gekozen.code, "titel": gekozen.titel, "velden": regels})
        return
    scherm = Console()
    scherm.print(f"[bold]{escape(gekozen.titel)}[/] ({gekozen.code}), sjablonen/{gekozen.sjabloon}")
    tabel = Table(Column("Veld", overflow="fold"), "Soort", "Omschrijving", "Voorbeeld (verzonnen)")
    for regel in regels:
        tabel.add_row(*(escape(deel) for deel in regel.values()))
    scherm.print(tabel)
    typer.echo("[] staat voor elk element van een lijst: {%p for p in percelen %} {{ p.naam }} {%p endfor %}")


def voorbeeld(
    document: Documentcode,
    regio: Annotated[str, typer.Option("--regio", help="Huisstijl en sjabloon van deze regio.")] = "",
    uit: Annotated[
        Path | None, typer.Option("--uit", help="Bestand of map; standaard voorbeeld-DOCUMENT.docx hier.")
    ] = None,
) -> None:
    """Maak het document van een sjabloon met verzonnen gegevens, om het in Word te bekijken."""
    from aanbesteding.bootstrap import load_settings
    from aanbesteding.documents.catalogus import Sjablonen, make_jinja_context
    from aanbesteding.regio import list_regios, load_regio, regio_mappen

    gekozen = find_document(document)
    mappen = regio_mappen(load_settings().regios)
    code = regio or list_regios(mappen)[0].name
    stijl = load_regio(code, mappen)[0].huisstijl
    huisstijl = stijl.model_copy(update={"voet": f"{stijl.voet} · voorbeeld met verzonnen gegevens"})
    geladen = Sjablonen(find_sjablonen()).load(gekozen, code, huisstijl)
    inhoud = geladen.template.render_bytes(make_jinja_context(gekozen.voorbeeld(), huisstijl))
    naam = f"voorbeeld-{gekozen.code}.docx"
    doel = uit / naam if uit is not None and os.path.isdir(uit) else uit or Path(naam)
    if not doel.parent.is_dir():
        raise InvoerError(
            [f"De map {doel.parent} bestaat niet. Maak haar eerst, of kies een andere met --uit."]
        )
    try:
        doel.write_bytes(inhoud)
    except OSError as fout:
        raise InvoerError([f"{doel} is niet te schrijven. Kies een andere plaats met --uit."]) from fout
    typer.echo(f"{gekozen.titel} in de huisstijl van {huisstijl.naam}: {doel}")
