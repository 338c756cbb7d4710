"""`aanbesteding sjabloon`: work with one Word template: render a series of documents from it.

What a jurist needs while editing one (controleer, velden, voorbeeld) stands in sjabloon_controle.py.

Must stay true: wrong input ends with exit code 2 and names the line; then nothing was written.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from aanbesteding.cli import sjabloon_controle
from aanbesteding.errors import InvoerError, SjabloonMismatch

app = typer.Typer(help="Werken met Word-sjablonen.", no_args_is_help=True, add_completion=False)


@app.callback()
def sjabloon() -> None:
    """Werken met Word-sjablonen: controleren, velden opzoeken, documenten maken."""


sjabloon_controle.register(app)


@app.command()
def render(
    sjabloon: Annotated[Path, typer.Argument(help="Word-sjabloon (.docx), van waar dan ook.")],
    contexten: Annotated[Path, typer.Argument(help="Bestand met op elke regel een JSON-object (JSONL).")],
    map_: Annotated[Path, typer.Option("--map", help="Map waar de documenten in komen.")],
    naam: Annotated[
        str, typer.Option("--naam", help="Veld dat de bestandsnaam geeft; zonder is dat het regelnummer.")
    ] = "",
    processen: Annotated[int, typer.Option("--processen", min=1, help="Aantal processen naast elkaar.")] = 1,
    referentie: Annotated[
        bool, typer.Option("--referentie", help="Met docxtpl zelf, dat het sjabloon per document opent.")
    ] = False,
    soepel: Annotated[
        bool, typer.Option("--soepel", help="Zoals docxtpl: een onbekend veld wordt niets, geen bewaking.")
    ] = False,
    overschrijf: Annotated[
        bool, typer.Option("--overschrijf", help="Vervang documenten die al in de map staan.")
    ] = False,
) -> None:
    """Maak van één sjabloon een document per regel: alles of niets."""
    from aanbesteding.documents.render_reeks import open_reeks
    from aanbesteding.documents.render_uitvoer import render_reeks

    begin = time.perf_counter()
    reeks = open_reeks(contexten, naamveld=naam, getypeerd=not soepel)
    maker = _load(sjabloon, referentie, soepel)
    meld = _make_voortgang(reeks.aantal)
    render_reeks(reeks, maker, map_, processen=processen, overschrijf=overschrijf, meld=meld)
    duur = time.perf_counter() - begin
    wat = "document" if reeks.aantal == 1 else "documenten"
    typer.echo(
        f"{_show(reeks.aantal)} {wat} gemaakt in {_show(duur, 1)} s ({_show(reeks.aantal / duur)} per seconde): "
        f"{map_}"
    )


def _show(getal: float, decimalen: int = 0) -> str:
    return f"{getal:,.{decimalen}f}".translate(str.maketrans(",.", ".,"))


def _load(pad: Path, referentie: bool, soepel: bool) -> Callable[[Mapping[str, object]], bytes]:
    from aanbesteding.documents.lezen import read_docx
    from aanbesteding.documents.render import load_template

    if not pad.is_file():
        raise InvoerError([f"Het sjabloon '{pad.name}' bestaat niet ({pad.parent})."])
    read_docx(pad)
    if not referentie:
        try:
            template = load_template(pad)
            template.compile(strict=not soepel)
        except SjabloonMismatch as fout:
            raise InvoerError([str(fout)]) from fout
        return lambda context: template.render_bytes(context, strict=not soepel)
    from aanbesteding.documents.render_referentie import render_plain

    return lambda context: render_plain(pad, context)


def _make_voortgang(aantal: int) -> Callable[[int], None]:
    """Progress on a terminal, twice a second; silence elsewhere."""
    if not sys.stderr.isatty():
        return lambda _: None
    laatst = [0.0]

    def meld(gedaan: int) -> None:
        nu = time.monotonic()
        if nu - laatst[0] >= 0.5 or gedaan == aantal:
            laatst[0] = nu
            print(f"\r{gedaan} van {aantal}", end="\n" if gedaan == aantal else "", file=sys.stderr)  # noqa: T201

    return meld
