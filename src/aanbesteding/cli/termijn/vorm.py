"""What all commands of `aanbesteding termijn` share: options, reading dates, showing a term, naming faults.

Must stay true: bad input ends with exit code 2 and a Dutch sentence that names the option; a moment counts as
its calendar day in the Netherlands, never as that of the machine or of UTC.
Trap: 23.30 UTC is already the next day here; a moment without a time zone is refused, not guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from aanbesteding.domain.kalender import datum_in_nederland, show_datum
from aanbesteding.domain.termijn import Termijn, to_json
from aanbesteding.errors import AanbestedingError, InvoerError, NormOntbreekt

AlsJson = Annotated[bool, typer.Option("--json", help="Schrijf JSON in plaats van tekst.")]
Peildatum = Annotated[
    str, typer.Option("--peildatum", help="Reken met het recht van deze dag (leeg: van de begindag).")
]
NietElektronisch = Annotated[
    bool, typer.Option("--niet-elektronisch", help="Elektronisch inschrijven mag niet.")
]
NietVrij = Annotated[bool, typer.Option("--documenten-niet-vrij", help="Stukken niet vrij toegankelijk.")]
Versneld = Annotated[bool, typer.Option("--versneld", help="Gemotiveerde versnelde procedure.")]

SYNONIEMEN = {"toelating": "open_house", "sas_zonder_criteria": "sas", "b_diensten": "sas"}
_NAMEN = (
    ("Vroegste ondertekening", "vroegste_ondertekening"),
    ("Uiterste datum", "uiterste_datum"),
    ("Ruimste lezing", "ruimste_lezing"),
    ("Advies", "advies_datum"),
)


def show_termijn(termijn: Termijn, als_json: bool) -> None:
    """The term as JSON, or as lines with the table of steps."""
    if als_json:
        show_json(to_json(termijn))
        return
    show(
        f"Laatste dag: {show_datum(termijn.einde_datum)} ({termijn.einde_datum}), {termijn.einde.isoformat()}"
    )
    for naam, sleutel in _NAMEN:
        dag: date | None = getattr(termijn, sleutel)
        if dag is not None:
            show(f"{naam}: {show_datum(dag)} ({dag})")
    tabel = Table("Datum", "Uitleg", "Grondslag", title="Hoe geteld is")
    for stap in termijn.uitleg:
        tabel.add_row(stap.datum.isoformat(), stap.tekst, stap.grondslag)
    Console().print(tabel)
    for waarschuwing in termijn.waarschuwingen:
        show(f"Let op: {waarschuwing}")


def show(tekst: str) -> None:
    """One line, never wrapped or coloured."""
    Console().print(tekst, soft_wrap=True, markup=False, highlight=False)


def show_json(waarde: object) -> None:
    """JSON as other programs read it."""
    typer.echo(json.dumps(waarde, ensure_ascii=False, indent=2))


def parse_datum(optie: str, tekst: str) -> date:
    """A date, or the Dutch calendar day of a moment with a time zone; InvoerError names the option."""
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
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]", tekst):
        return _parse_moment(optie, tekst)
    raise InvoerError([f"{optie}: '{tekst}' is geen datum. Schrijf JJJJ-MM-DD, bijvoorbeeld 2026-04-07."])


def _parse_moment(optie: str, tekst: str) -> date:
    try:
        moment = datetime.fromisoformat(tekst)
        if moment.tzinfo is not None:
            return datum_in_nederland(moment)
    except (ValueError, OverflowError):
        raise InvoerError(
            [f"{optie}: '{tekst}' is geen tijdstip. Schrijf JJJJ-MM-DD, of 2026-04-07T16:30:00+02:00."]
        ) from None
    raise InvoerError(
        [f"{optie}: '{tekst}' heeft geen tijdzone. Schrijf JJJJ-MM-DD, of 2026-04-07T16:30:00+02:00."]
    )


def parse_procedure(tekst: str) -> str:
    """The name that the terms use: hyphens are fine, and so are the codes of the package's own procedures."""
    if not tekst:
        raise InvoerError(["--procedure ontbreekt. Geef bijvoorbeeld --procedure openbaar."])
    procedure = tekst.replace("-", "_")
    return SYNONIEMEN.get(procedure, procedure)


def parse_datum_of_niets(optie: str, tekst: str) -> date | None:
    """An optional date: empty is None."""
    return parse_datum(optie, tekst) if tekst else None


def parse_aantal(optie: str, aantal: int | None, eenheid: str = "dagen") -> int:
    """A number that must be there."""
    if aantal is None:
        raise InvoerError([f"{optie} ontbreekt. Geef een aantal {eenheid}, bijvoorbeeld {optie} 20."])
    return aantal


def parse_datums(*opties: tuple[str, str]) -> tuple[date, ...]:
    """Several dates that must all be there; InvoerError names every fault at once."""
    fouten: list[str] = []
    datums: list[date] = []
    for optie, tekst in opties:
        try:
            datums.append(parse_datum(optie, tekst))
        except InvoerError as fout:
            fouten.extend(fout.fouten)
    if fouten:
        raise InvoerError(fouten)
    return tuple(datums)


@contextmanager
def faults() -> Generator[None]:
    """Show every fault as a Dutch sentence; a date without a norm is bad input here."""
    try:
        yield
    except AanbestedingError as fout:
        typer.echo(str(fout), err=True)
        raise typer.Exit(2 if isinstance(fout, NormOntbreekt) else fout.exit_code) from None
