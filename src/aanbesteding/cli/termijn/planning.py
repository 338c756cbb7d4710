"""`aanbesteding termijn planning`: make a planning, write it as a calendar file, or check a plan.

Nothing is counted here (see domain/planning.py).

Must stay true: a plan that breaks a term ends with exit code 1, wrong input with 2; the same planning gives the
same calendar file.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from aanbesteding.cli.termijn.vorm import (
    AlsJson,
    NietElektronisch,
    NietVrij,
    Versneld,
    faults,
    parse_datum,
    parse_datum_of_niets,
    parse_procedure,
    show,
    show_json,
)
from aanbesteding.domain.kalender import show_aantal
from aanbesteding.domain.norm import REGIOS, load_normen, load_schoolvakanties
from aanbesteding.domain.planning import (
    PROCEDURES_MET_PLANNING,
    Planning,
    Schending,
    build_planning,
    check_planning,
    render_icalendar,
)
from aanbesteding.errors import InvoerError

Duur = Annotated[
    list[str], typer.Option("--duur", help="Eigen duur in plaats van de richtwaarde: beoordeling=21.")
]


def planning(
    procedure: Annotated[str, typer.Option("--procedure", help=", ".join(PROCEDURES_MET_PLANNING))] = "",
    start: Annotated[str, typer.Option("--start", help="Dag van de aankondiging (JJJJ-MM-DD).")] = "",
    einde: Annotated[str, typer.Option("--einde", help="Ingang van de overeenkomst (JJJJ-MM-DD).")] = "",
    niet_elektronisch: NietElektronisch = False,
    documenten_niet_vrij: NietVrij = False,
    versneld: Versneld = False,
    duur: Duur = [],  # noqa: B006 - typer reads the default, nobody changes it
    regio: Annotated[str, typer.Option("--regio", help="Schoolvakanties: noord, midden of zuid.")] = "",
    controle: Annotated[
        Path | None, typer.Option("--controle", help="Controleer een plan: JSON met stap en datum.")
    ] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="Schrijf de mijlpalen als iCalendar.")] = None,
    kenmerk: Annotated[
        str,
        typer.Option("--kenmerk", help="Kenmerk van het dossier in de agenda (leeg: procedure en begin)."),
    ] = "",
    als_json: AlsJson = False,
) -> None:
    """Planning van een procedure vanaf een begin- of einddatum, of controle van een plan."""
    with faults():
        procedure = parse_procedure(procedure)
        if regio and regio not in REGIOS:
            raise InvoerError([f"--regio '{regio}' is onbekend. Kies {', '.join(REGIOS)}."])
        if controle is not None:
            if ics is not None:
                raise InvoerError(["--ics hoort bij een planning die wordt gemaakt, niet bij --controle."])
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
            start=parse_datum_of_niets("--start", start),
            einde=parse_datum_of_niets("--einde", einde),
            vakanties=[v for v in load_schoolvakanties() if not regio or v.regio in (regio, "alle")],
            duren=_parse_duren(duur),
            elektronisch=not niet_elektronisch,
            documenten_vrij=not documenten_niet_vrij,
            versneld_nvi=versneld,
        )
        if ics is not None:
            _save_agenda(ics, uitkomst, kenmerk)
        _show_planning(uitkomst, als_json)


def _parse_duren(teksten: list[str]) -> dict[str, int]:
    fouten: list[str] = []
    duren: dict[str, int] = {}
    for tekst in teksten:
        code, teken, dagen = tekst.partition("=")
        if teken and dagen.isascii() and dagen.isdigit() and len(dagen) <= 4:
            duren[code] = int(dagen)
        else:
            fouten.append(f"--duur '{tekst}': schrijf code=dagen, bijvoorbeeld --duur beoordeling=21.")
    if fouten:
        raise InvoerError(fouten)
    return duren


def _show_schendingen(schendingen: tuple[Schending, ...], als_json: bool) -> None:
    if als_json:
        show_json({"schendingen": [asdict(s) for s in schendingen]})
    else:
        for s in schendingen:
            show(f"{s.ernst.upper()} ({show_aantal(s.dagen, 'dag', 'dagen')}): {s.tekst} [{s.grondslag}]")
        if not schendingen:
            show("Het plan houdt zich aan alle termijnen.")
    if any(s.ernst == "schending" for s in schendingen):
        raise typer.Exit(1)


def _load_plan(pad: Path) -> dict[str, date]:
    try:
        inhoud: Any = json.loads(pad.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise InvoerError(
            [f"--controle: '{pad}' is niet te lezen als JSON (UTF-8). Controleer het bestand."]
        ) from None
    if not isinstance(inhoud, dict) or not inhoud:
        raise InvoerError(
            ['--controle: het bestand bevat geen object met stappen. Schrijf {"sluiting": "2026-04-14"}.']
        )
    fouten: list[str] = []
    plan: dict[str, date] = {}
    paren: dict[Any, Any] = {**inhoud}
    for code, waarde in paren.items():
        try:
            plan[str(code)] = parse_datum(
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
    kenmerk = kenmerk or f"{uitkomst.procedure}-{eerste:%Y%m%d}"
    try:
        pad.write_bytes(render_icalendar(uitkomst.mijlpalen, kenmerk=kenmerk, tijdstempel=stempel))
    except OSError:
        raise InvoerError([f"--ics: '{pad}' is niet te schrijven. Kies een andere plaats."]) from None


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
        show_json({"procedure": uitkomst.procedure, "mijlpalen": mijlpalen, "waarschuwingen": waarschuwingen})
        return
    tabel = Table("Datum", "Stap", "Vroegst", "Uiterst", "Speling", title=f"Planning ({uitkomst.procedure})")
    for m in uitkomst.mijlpalen:
        tabel.add_row(str(m.datum), m.naam, str(m.vroegst or ""), str(m.uiterst or ""), str(m.speling))
    Console().print(tabel)
    for waarschuwing in uitkomst.waarschuwingen:
        show(f"Let op: {waarschuwing}")
