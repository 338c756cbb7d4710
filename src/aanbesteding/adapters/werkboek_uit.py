"""Writes workbooks for people: an empty one to fill in, with lists to choose from, and exports.

Reading is done in werkboek. Columns have the names that reading expects.
Must stay true: no cell ever starts a formula, whatever stands in it, also after somebody edits it in Excel.
"""
# openpyxl has no complete types; its unknowns stay in this file.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from pydantic import AwareDatetime, BaseModel

from aanbesteding.domain.kalender import TIJDZONE

RIJEN = 5000
"""Rows of an empty workbook that get lists and formats."""

GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r", "\n")
KOP = PatternFill("solid", fgColor="EEF3F4")
FORMATEN = {
    "tekst": "@",
    "datum": "dd-mm-yyyy",
    "moment": "dd-mm-yyyy hh:mm",
    "getal": "0",
    "decimaal": "#,##0.00",
}
SOORTEN = {
    "tekst": "tekst",
    "datum": "een datum",
    "moment": "een datum met tijd (Nederlandse tijd)",
    "getal": "een geheel getal",
    "decimaal": "een getal",
    "keuze": "een keuze uit de lijst",
}


@dataclass(frozen=True)
class Kolom:
    """A column to fill in: its name, what goes in it and what may be chosen."""

    naam: str
    uitleg: str
    soort: str
    verplicht: bool
    keuzes: tuple[str, ...] = ()


def list_kolommen(model: type[BaseModel], keuzes: Mapping[str, Sequence[str]]) -> tuple[Kolom, ...]:
    """The columns of a row model; `keuzes`: what may be chosen per name of a column."""
    return tuple(
        _build_kolom(naam, veld, tuple(keuzes.get(naam, ())))
        for naam, veld in model.model_fields.items()
        if naam != "rij"
    )


def _build_kolom(naam: str, veld: Any, keuzes: tuple[str, ...]) -> Kolom:
    soort, vast = _find_soort(veld.annotation)
    return Kolom(naam, veld.description or "", soort, veld.is_required(), vast or keuzes)


def _find_soort(soort: Any) -> tuple[str, tuple[str, ...]]:
    while get_origin(soort) in (Annotated, Union, types.UnionType):
        delen = [deel for deel in get_args(soort) if deel is not type(None)]
        soort = delen[0]
    if get_origin(soort) is Literal:
        return "keuze", tuple(str(deel) for deel in get_args(soort))
    if soort is AwareDatetime:
        return "moment", ()
    if isinstance(soort, type):
        for basis, naam in (
            (bool, "tekst"),
            (int, "getal"),
            (Decimal, "decimaal"),
            (datetime, "moment"),
            (date, "datum"),
        ):
            if issubclass(soort, basis):
                return naam, ()
    return "tekst", ()


def render_sjabloon(bladen: Mapping[str, Sequence[Kolom]], titel: str) -> bytes:
    """An empty workbook to fill in: the sheets with their lists, and a sheet that explains every column."""
    boek = Workbook()
    boek.remove(boek.active)  # pyright: ignore[reportArgumentType]
    keuzeblad = boek.create_sheet("Keuzelijsten")
    keuzeblad.sheet_state = "hidden"
    lijst = 0
    for naam, kolommen in bladen.items():
        blad = boek.create_sheet(naam)
        _write_rij(blad, [kolom.naam for kolom in kolommen])
        _style_kop(blad)
        for nummer, kolom in enumerate(kolommen, start=1):
            letter = get_column_letter(nummer)
            blad.column_dimensions[letter].width = max(12, min(60, len(kolom.naam) + 12))
            blad.column_dimensions[letter].number_format = FORMATEN.get(kolom.soort, "@")
            if [k for k in kolom.keuzes if k]:
                lijst += 1
                _add_lijst(blad, keuzeblad, letter, lijst, kolom.keuzes)
    _write_uitleg(boek, bladen, titel)
    boek.active = 1
    return _to_bytes(boek)


def _add_lijst(blad: Any, keuzeblad: Any, letter: str, lijst: int, keuzes: Sequence[str]) -> None:
    """A drop-down in this column, with its choices on the hidden sheet."""
    kolom = get_column_letter(lijst)
    gevuld = [k for k in keuzes if k]
    for rij, keuze in enumerate(gevuld, start=1):
        _write_cel(keuzeblad, rij, lijst, keuze)
    toets = DataValidation(
        type="list",
        formula1=f"=Keuzelijsten!${kolom}$1:${kolom}${len(gevuld)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Kies uit de lijst",
        error="Deze waarde staat niet in de lijst.",
    )
    toets.add(f"{letter}2:{letter}{RIJEN}")
    blad.add_data_validation(toets)


def _write_uitleg(boek: Any, bladen: Mapping[str, Sequence[Kolom]], titel: str) -> None:
    blad = boek.create_sheet("Uitleg")
    _write_rij(blad, ["Blad", "Kolom", "Wat u invult", "Soort", "Verplicht", "Toegestaan"])
    _style_kop(blad)
    for naam, kolommen in bladen.items():
        for kolom in kolommen:
            toegestaan = ", ".join(k or "(leeg)" for k in kolom.keuzes[:40])
            verplicht = "ja" if kolom.verplicht else "nee"
            _write_rij(blad, [naam, kolom.naam, kolom.uitleg, SOORTEN[kolom.soort], verplicht, toegestaan])
    _write_rij(blad, [])
    _write_rij(blad, [titel])
    _write_rij(blad, ["Vul vanaf rij 2. Laat de eerste rij en de namen van de bladen zoals ze zijn."])
    for letter, breedte in zip("ABCDEF", (16, 24, 60, 24, 12, 60), strict=True):
        blad.column_dimensions[letter].width = breedte


def render_uitvoer(bladen: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """A workbook of sheets with columns and rows; every text stays text."""
    boek = Workbook()
    boek.remove(boek.active)  # pyright: ignore[reportArgumentType]
    for naam, (kolommen, rijen) in bladen.items():
        blad = boek.create_sheet(naam)
        _write_rij(blad, kolommen)
        _style_kop(blad)
        for rij in rijen:
            _write_rij(blad, rij)
        for nummer, kolom in enumerate(kolommen, start=1):
            blad.column_dimensions[get_column_letter(nummer)].width = max(12, min(40, len(kolom) + 6))
    return _to_bytes(boek)


def _write_rij(blad: Any, waarden: Sequence[Any]) -> None:
    rij = blad.max_row + (0 if blad.max_row == 1 and blad.cell(1, 1).value is None else 1)
    for kolom, waarde in enumerate(waarden, start=1):
        _write_cel(blad, rij, kolom, waarde)
    if not waarden:
        blad.cell(rij, 1).value = " "


def _write_cel(blad: Any, rij: int, kolom: int, waarde: Any) -> None:
    cel = blad.cell(rij, kolom)
    if isinstance(waarde, datetime):
        cel.value = waarde.astimezone(TIJDZONE).replace(tzinfo=None)
        cel.number_format = FORMATEN["moment"]
    elif isinstance(waarde, date):
        cel.value = waarde
        cel.number_format = FORMATEN["datum"]
    elif isinstance(waarde, bool):
        cel.value = "ja" if waarde else "nee"
    elif isinstance(waarde, int | Decimal) or waarde is None:
        cel.value = waarde
    else:
        tekst = ILLEGAL_CHARACTERS_RE.sub("", str(waarde))
        cel.value = tekst
        cel.data_type = "s"
        if tekst.startswith(GEVAARLIJK):
            cel.quotePrefix = True


def _style_kop(blad: Any) -> None:
    for cel in blad[1]:
        cel.font = Font(bold=True)
        cel.fill = KOP
        cel.alignment = Alignment(wrap_text=True, vertical="top")
    blad.freeze_panes = "A2"


def _to_bytes(boek: Any) -> bytes:
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()
