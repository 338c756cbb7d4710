"""`aanbesteding termijn`: count a term, list the holidays, make or check a planning.

Nothing is counted here (see domain/termijn.py and domain/planning.py); this file reads options and writes
text, JSON or a calendar file.

Must stay true: bad input ends with exit code 2 and a Dutch sentence that names the option; a plan that
breaks a term ends with exit code 1; importing this module loads no database, Word or Prefect.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from aanbesteding.domain.kalender import feestdagen, show_datum
from aanbesteding.domain.norm import REGIOS, load_normen, load_schoolvakanties
from aanbesteding.domain.planning import Planning, Schending, build_planning, check_planning, render_icalendar
from aanbesteding.domain.termijn import (
    Termijn,
    count_inschrijftermijn,
    count_nvi,
    count_opschortende_termijn,
    to_json,
)
from aanbesteding.errors import AanbestedingError, InvoerError, NormOntbreekt

app = typer.Typer(help="Termijnen rekenen, met uitleg.", no_args_is_help=True, add_completion=False)

AlsJson = Annotated[bool, typer.Option("--json", help="Schrijf JSON in plaats van tekst.")]
Procedure = Annotated[str, typer.Option("--procedure", help="Bijvoorbeeld openbaar of sas.")]
NietElektronisch = Annotated[
    bool, typer.Option("--niet-elektronisch", help="Elektronisch inschrijven mag niet.")
]
NietVrij = Annotated[bool, typer.Option("--documenten-niet-vrij", help="Stukken niet vrij toegankelijk.")]
Versneld = Annotated[bool, typer.Option("--versneld", help="Gemotiveerde versnelde procedure.")]


@app.command()
def opschortend(
    verzonden: Annotated[str, typer.Option("--verzonden", help="Dag van verzending (JJJJ-MM-DD).")] = "",
    als_json: AlsJson = False,
) -> None:
    """Opschortende termijn na de mededeling van de gunningsbeslissing."""
    with _faults():
        _show_termijn(
            count_opschortende_termijn(_parse_datum("--verzonden", verzonden), load_normen()), als_json
        )


@app.command()
def inschrijving(
    procedure: Procedure = "",
    verzonden: Annotated[str, typer.Option("--verzonden", help="Dag van verzending (JJJJ-MM-DD).")] = "",
    niet_elektronisch: NietElektronisch = False,
    documenten_niet_vrij: NietVrij = False,
    als_json: AlsJson = False,
) -> None:
    """Kortste termijn voor inschrijvingen of aanmeldingen."""
    with _faults():
        if not procedure:
            raise InvoerError(["--procedure ontbreekt. Geef bijvoorbeeld --procedure openbaar."])
        termijn = count_inschrijftermijn(
            procedure,
            _parse_datum("--verzonden", verzonden),
            load_normen(),
            elektronisch=not niet_elektronisch,
            documenten_vrij=not documenten_niet_vrij,
        )
        _show_termijn(termijn, als_json)


@app.command()
def nvi(
    sluiting: Annotated[str, typer.Option("--sluiting", help="Dag van sluiting (JJJJ-MM-DD).")] = "",
    versneld: Versneld = False,
    als_json: AlsJson = False,
) -> None:
    """Laatste dag voor de nota van inlichtingen."""
    with _faults():
        _show_termijn(
            count_nvi(_parse_datum("--sluiting", sluiting), load_normen(), versneld=versneld), als_json
        )


@app.command("feestdagen")
def list_feestdagen(
    jaar: Annotated[str, typer.Argument(help="Het jaar, bijvoorbeeld 2026.")] = "",
    als_json: AlsJson = False,
) -> None:
    """Algemeen erkende feestdagen volgens de Algemene termijnenwet."""
    with _faults():
        if not re.fullmatch(r"[0-9]{4}", jaar):
            raise InvoerError([f"Jaar '{jaar}' is geen jaar van vier cijfers. Schrijf bijvoorbeeld 2026."])
        dagen = feestdagen(int(jaar))
        if als_json:
            _show_json(
                {"jaar": int(jaar), "feestdagen": {dag.isoformat(): naam for dag, naam in dagen.items()}}
            )
            return
        tabel = Table("Datum", "Dag", "Feestdag", title=f"Feestdagen {jaar} (Algemene termijnenwet art. 3)")
        for dag, naam in dagen.items():
            tabel.add_row(dag.isoformat(), show_datum(dag), naam)
        Console().print(tabel)


@app.command()
def planning(
    procedure: Procedure = "",
    start: Annotated[str, typer.Option("--start", help="Dag van de aankondiging (JJJJ-MM-DD).")] = "",
    einde: Annotated[str, typer.Option("--einde", help="Ingang van de overeenkomst (JJJJ-MM-DD).")] = "",
    niet_elektronisch: NietElektronisch = False,
    documenten_niet_vrij: NietVrij = False,
    versneld: Versneld = False,
    regio: Annotated[str, typer.Option("--regio", help="Schoolvakanties: noord, midden of zuid.")] = "",
    controle: Annotated[
        Path | None, typer.Option("--controle", help="Controleer een plan: JSON met stap en datum.")
    ] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="Schrijf de mijlpalen als iCalendar.")] = None,
    kenmerk: Annotated[
        str, typer.Option("--kenmerk", help="Kenmerk van het dossier in de agenda.")
    ] = "planning",
    als_json: AlsJson = False,
) -> None:
    """Planning van een procedure vanaf een begin- of einddatum, of controle van een plan."""
    with _faults():
        if not procedure:
            raise InvoerError(["--procedure ontbreekt. Geef bijvoorbeeld --procedure openbaar."])
        if regio and regio not in REGIOS:
            raise InvoerError([f"--regio '{regio}' is onbekend. Kies {', '.join(REGIOS)}."])
        if controle is not None:
            schendingen = check_planning(
                procedure,
                _load_plan(controle),
                load_normen(),
                elektronisch=not niet_elektronisch,
                documenten_vrij=not documenten_niet_vrij,
                versneld_nvi=versneld,
            )
            _show_schendingen(schendingen, als_json)
            return
        uitkomst = build_planning(
            procedure,
            load_normen(),
            start=_parse_datum("--start", start) if start else None,
            einde=_parse_datum("--einde", einde) if einde else None,
            vakanties=[v for v in load_schoolvakanties() if not regio or v.regio in (regio, "alle")],
            elektronisch=not niet_elektronisch,
            documenten_vrij=not documenten_niet_vrij,
            versneld_nvi=versneld,
        )
        if ics is not None:
            _save_agenda(ics, uitkomst, kenmerk)
        _show_planning(uitkomst, als_json)


def _show_schendingen(schendingen: tuple[Schending, ...], als_json: bool) -> None:
    if als_json:
        _show_json({"schendingen": [asdict(s) for s in schendingen]})
    else:
        for s in schendingen:
            _show(f"{s.ernst.upper()} ({s.dagen} dagen): {s.tekst} [{s.grondslag}]")
        if not schendingen:
            _show("Het plan houdt zich aan alle termijnen.")
    if any(s.ernst == "schending" for s in schendingen):
        raise typer.Exit(1)


def _load_plan(pad: Path) -> dict[str, date]:
    try:
        inhoud: Any = json.loads(pad.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as fout:
        raise InvoerError(
            [f"--controle: '{pad}' is niet te lezen als JSON ({fout}). Controleer het bestand."]
        ) from None
    if not isinstance(inhoud, dict):
        raise InvoerError(['--controle: het bestand bevat geen object. Schrijf {"sluiting": "2026-04-14"}.'])
    fouten: list[str] = []
    plan: dict[str, date] = {}
    paren: dict[Any, Any] = {**inhoud}
    for code, waarde in paren.items():
        try:
            plan[str(code)] = _parse_datum(
                f"--controle, stap '{code}'", waarde if isinstance(waarde, str) else "?"
            )
        except InvoerError as fout:
            fouten.extend(fout.fouten)
    if fouten:
        raise InvoerError(fouten)
    return plan


def _save_agenda(pad: Path, uitkomst: Planning, kenmerk: str) -> None:
    """The time stamp is midnight of the first milestone, so that the same planning gives the same file."""
    eerste = min(m.datum for m in uitkomst.mijlpalen)
    stempel = datetime.combine(eerste, time(), tzinfo=UTC)
    try:
        pad.write_bytes(render_icalendar(uitkomst.mijlpalen, kenmerk=kenmerk, tijdstempel=stempel))
    except OSError as fout:
        raise InvoerError(
            [f"--ics: '{pad}' is niet te schrijven ({fout.strerror}). Kies een andere plaats."]
        ) from None


def _show_planning(uitkomst: Planning, als_json: bool) -> None:
    if als_json:
        mijlpalen = [
            {
                "code": m.code,
                "naam": m.naam,
                "datum": m.datum.isoformat(),
                "soort": m.soort,
                "vroegst": m.vroegst.isoformat() if m.vroegst else None,
                "uiterst": m.uiterst.isoformat() if m.uiterst else None,
                "speling": m.speling,
                "uitleg": m.uitleg,
            }
            for m in uitkomst.mijlpalen
        ]
        waarschuwingen = list(uitkomst.waarschuwingen)
        _show_json(
            {"procedure": uitkomst.procedure, "mijlpalen": mijlpalen, "waarschuwingen": waarschuwingen}
        )
        return
    tabel = Table("Datum", "Stap", "Vroegst", "Uiterst", "Speling", title=f"Planning ({uitkomst.procedure})")
    for m in uitkomst.mijlpalen:
        tabel.add_row(str(m.datum), m.naam, str(m.vroegst or ""), str(m.uiterst or ""), str(m.speling))
    Console().print(tabel)
    for waarschuwing in uitkomst.waarschuwingen:
        _show(f"Let op: {waarschuwing}")


def _show_termijn(termijn: Termijn, als_json: bool) -> None:
    if als_json:
        _show_json(to_json(termijn))
        return
    _show(
        f"Laatste dag: {show_datum(termijn.einde_datum)} ({termijn.einde_datum}), {termijn.einde.isoformat()}"
    )
    for naam, dag in (
        ("Vroegste ondertekening", termijn.vroegste_ondertekening),
        ("Uiterste datum", termijn.uiterste_datum),
        ("Ruimste lezing", termijn.ruimste_lezing),
        ("Advies", termijn.advies_datum),
    ):
        if dag is not None:
            _show(f"{naam}: {show_datum(dag)} ({dag})")
    tabel = Table("Datum", "Uitleg", "Grondslag", title="Hoe geteld is")
    for stap in termijn.uitleg:
        tabel.add_row(stap.datum.isoformat(), stap.tekst, stap.grondslag)
    Console().print(tabel)
    for waarschuwing in termijn.waarschuwingen:
        _show(f"Let op: {waarschuwing}")


def _show(tekst: str) -> None:
    Console().print(tekst, soft_wrap=True, markup=False, highlight=False)


def _show_json(waarde: object) -> None:
    typer.echo(json.dumps(waarde, ensure_ascii=False, indent=2))


def _parse_datum(optie: str, tekst: str) -> date:
    if not tekst:
        raise InvoerError(
            [f"{optie} ontbreekt. Geef een datum als JJJJ-MM-DD, bijvoorbeeld {optie} 2026-04-07."]
        )
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", tekst):
        try:
            return date.fromisoformat(tekst)
        except ValueError:
            raise InvoerError(
                [f"{optie}: '{tekst}' bestaat niet in de kalender. Controleer dag en maand."]
            ) from None
    raise InvoerError([f"{optie}: '{tekst}' is geen datum. Schrijf JJJJ-MM-DD, bijvoorbeeld 2026-04-07."])


@contextmanager
def _faults() -> Generator[None]:
    """Show every fault as a Dutch sentence; a date without a norm is bad input here."""
    try:
        yield
    except AanbestedingError as fout:
        typer.echo(str(fout), err=True)
        raise typer.Exit(2 if isinstance(fout, NormOntbreekt) else fout.exit_code) from None
