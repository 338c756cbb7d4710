"""Reads an Excel workbook or CSV file into validated rows; every fault at once, with its cell.

A workbook has one sheet per row model; the first row holds the field names. A CSV file stands for a workbook with
a single sheet. Nothing is half read: one fault and nothing comes out.

Must stay true: cells are read as values, never as formulas; limits on size keep a hostile file from filling memory.
"""
# openpyxl has no complete types; its unknowns stay in this file.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import zip_longest
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from pydantic import BaseModel, ValidationError

from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.engine.ports import MAX_WERKBOEK
from aanbesteding.errors import Celfout, InvoerError
from aanbesteding.invoerfouten import describe_deel, describe_oorzaak
from aanbesteding.tekens import ONZICHTBAAR, strip_onzichtbaar

MAX_BYTES = MAX_WERKBOEK
MAX_UITGEPAKT = 150_000_000
"""Bytes of all parts together, once unpacked; 10,000 bids take some 20 MB."""
MAX_RIJEN = 200_000
MAX_KOLOMMEN = 500

Rijen = list[tuple[int, list[Any]]]


def load_werkboek(pad: Path, bladen: Mapping[str, type[BaseModel]]) -> dict[str, tuple[Any, ...]]:
    """Read the file `pad`, as `read_werkboek` does."""
    if not pad.is_file():
        raise InvoerError([f"{pad.name}: het bestand bestaat niet ({pad})."])
    if pad.stat().st_size > MAX_BYTES:
        raise InvoerError([f"{pad.name}: het bestand is groter dan {MAX_BYTES // 1_000_000} MB."])
    try:
        inhoud = pad.read_bytes()
    except OSError as fout:
        raise InvoerError([f"{pad.name}: het bestand is niet te lezen ({fout.strerror or fout})."]) from fout
    return read_werkboek(pad.name, inhoud, bladen)


def read_werkboek(
    naam: str, inhoud: bytes, bladen: Mapping[str, type[BaseModel]]
) -> dict[str, tuple[Any, ...]]:
    """Read the content of a file of this name (.xlsx or .csv); a model with a field `rij` gets its row number.

    Raises InvoerError with every fault: file, sheet, row, column, found, allowed. Nothing touches the disk.
    """
    if len(inhoud) > MAX_BYTES:
        raise InvoerError([f"{naam}: het bestand is groter dan {MAX_BYTES // 1_000_000} MB."])
    is_csv = naam.lower().endswith(".csv")
    tabellen = _read_csv(naam, inhoud, bladen) if is_csv else _read_xlsx(naam, inhoud)
    fouten: list[str | Celfout] = []
    uitkomst: dict[str, tuple[Any, ...]] = {}
    for blad, model in bladen.items():
        if blad not in tabellen:
            fouten.append(f"{naam}: het blad '{blad}' ontbreekt. Aanwezig: {', '.join(tabellen) or 'geen'}.")
            continue
        uitkomst[blad] = tuple(_parse_blad(naam, blad, model, tabellen[blad], fouten))
    if fouten:
        _refuse(fouten)
    return uitkomst


def _refuse(fouten: Iterable[str | Celfout]) -> NoReturn:
    """Every fault as a sentence, and those of one cell as a cell too."""
    alle = list(fouten)
    raise InvoerError(
        [f.zin if isinstance(f, Celfout) else f for f in alle], [f for f in alle if isinstance(f, Celfout)]
    )


def _read_xlsx(naam: str, inhoud: bytes) -> dict[str, Rijen]:
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as archief:
            if sum(deel.file_size for deel in archief.infolist()) > MAX_UITGEPAKT:
                raise InvoerError([f"{naam}: uitgepakt is dit werkboek te groot."])
        uitkomsten = load_workbook(BytesIO(inhoud), read_only=True, data_only=True)
        formules = load_workbook(BytesIO(inhoud), read_only=True, data_only=False)
        tabellen = {
            blad.title: _read_blad(naam, blad, formules[blad.title]) for blad in uitkomsten.worksheets
        }
        uitkomsten.close()
        formules.close()
    except InvoerError:
        raise
    except Exception as fout:  # a reader of hostile files: whatever openpyxl trips over is a broken workbook
        raise InvoerError([f"{naam}: dit is geen leesbaar Excel-werkboek (.xlsx)."]) from fout
    return tabellen


def _read_blad(bestand: str, blad: Any, formules: Any) -> Rijen:
    """The rows of a sheet that hold something; a formula whose outcome was never stored is a fault."""
    rijen: Rijen = []
    fouten: list[str | Celfout] = []
    paren = zip(blad.iter_rows(values_only=True), formules.iter_rows(values_only=True), strict=True)
    for nummer, (rij, bron) in enumerate(paren, start=1):
        if nummer > MAX_RIJEN:
            raise InvoerError([f"{bestand}, blad '{blad.title}': meer dan {MAX_RIJEN} rijen."])
        if max(len(rij), len(bron)) > MAX_KOLOMMEN:
            raise InvoerError([f"{bestand}, blad '{blad.title}': meer dan {MAX_KOLOMMEN} kolommen."])
        waar = f"{bestand}, blad '{blad.title}', rij {nummer}"
        for kolom, (cel, formule) in enumerate(zip(rij, bron, strict=True), start=1):
            plaats = f"{get_column_letter(kolom)}{nummer}"
            if cel is None and isinstance(formule, str) and formule.startswith("="):
                tekst = (
                    "een formule zonder bewaarde uitkomst. "
                    "Open het werkboek in Excel, bewaar het en lees het opnieuw in"
                )
                zin = f"{waar}: {tekst} (cel {plaats})."
                fouten.append(Celfout(blad.title, plaats, "", formule[:60], tekst, zin))
            if isinstance(cel, str) and (onzichtbaar := ONZICHTBAAR.search(cel)):
                tekst = f"een onzichtbaar teken (U+{ord(onzichtbaar[0]):04X}) in de tekst; typ de cel opnieuw"
                zin = f"{waar}: {tekst} (cel {plaats})."
                fouten.append(Celfout(blad.title, plaats, "", strip_onzichtbaar(cel)[:60], tekst, zin))
            if isinstance(cel, float) and not isfinite(cel):
                zin = f"{waar}: '{cel}' is geen getal (cel {plaats})."
                fouten.append(Celfout(blad.title, plaats, "", str(cel), "hier hoort een getal", zin))
        if any(cel is not None and cel != "" for cel in rij):
            rijen.append((nummer, list(rij)))
    if fouten:
        _refuse(fouten)
    return rijen


def _read_csv(naam: str, inhoud: bytes, bladen: Mapping[str, type[BaseModel]]) -> dict[str, Rijen]:
    if len(bladen) != 1:
        raise InvoerError(
            [
                f"{naam}: hier horen {len(bladen)} bladen bij ({', '.join(bladen)}); gebruik een Excel-werkboek."
            ]
        )
    try:
        tekst = inhoud.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fout:
        raise InvoerError([f"{naam}: het bestand is niet in UTF-8 bewaard."]) from fout
    scheiding = ";" if tekst.partition("\n")[0].count(";") >= tekst.partition("\n")[0].count(",") else ","
    try:
        rijen = [
            (n, list(rij))
            for n, rij in enumerate(csv.reader(StringIO(tekst, newline=""), delimiter=scheiding), start=1)
            if any(rij)
        ]
    except csv.Error as fout:
        raise InvoerError([f"{naam}: dit is geen leesbaar CSV-bestand ({fout})."]) from fout
    blad = next(iter(bladen))
    if len(rijen) > MAX_RIJEN:
        raise InvoerError([f"{naam}, blad '{blad}': meer dan {MAX_RIJEN} rijen."])
    return {blad: [(n, list[Any](rij)) for n, rij in rijen]}


def _parse_blad(
    bestand: str, blad: str, model: type[BaseModel], rijen: Rijen, fouten: list[str | Celfout]
) -> Iterator[BaseModel]:
    waar = f"{bestand}, blad '{blad}'"
    if not rijen:
        fouten.append(f"{waar}: het blad is leeg; de eerste rij hoort de kolomnamen te bevatten.")
        return
    kop = [str(cel).strip() if cel is not None else "" for cel in rijen[0][1]]
    velden = [naam for naam in model.model_fields if naam != "rij"]
    for naam in velden:
        if naam not in kop and model.model_fields[naam].is_required():
            fouten.append(f"{waar}: de kolom '{naam}' ontbreekt. Nodig: {', '.join(velden)}.")
    for naam in kop:
        if naam and naam not in velden:
            fouten.append(f"{waar}: de kolom '{naam}' is onbekend. Toegestaan: {', '.join(velden)}.")
    for dubbel in sorted({naam for naam in kop if naam and kop.count(naam) > 1}):
        fouten.append(f"{waar}: de kolom '{dubbel}' komt meer dan één keer voor.")
    if any(isinstance(f, str) and f.startswith(waar) for f in fouten):
        return
    for nummer, cellen in rijen[1:]:
        buiten = [cel for naam, cel in zip_longest(kop, cellen) if not naam and cel not in (None, "")]
        if buiten:
            fouten.append(
                f"{waar}, rij {nummer}: '{buiten[0]}' staat in een kolom zonder naam. "
                "Geef de kolom een naam of maak de cel leeg."
            )
            continue
        waarden = {
            naam: _read_cel(cel)
            for naam, cel in zip(kop, cellen, strict=False)
            if naam and cel not in (None, "")
        }
        if "rij" in model.model_fields:
            waarden["rij"] = nummer
        try:
            yield model.model_validate(waarden)
        except ValidationError as fout:
            fouten.extend(_describe_rij(fout, waar, blad, nummer, kop))


def _describe_rij(
    fout: ValidationError, waar: str, blad: str, nummer: int, kop: list[str]
) -> Iterator[str | Celfout]:
    """Every fault of a row; one that concerns a column stands in a cell."""
    for deel in fout.errors():
        kolom = str(deel["loc"][0]) if deel["loc"] else ""
        for zin in describe_deel(deel):
            if kolom not in kop:
                yield f"{waar}, rij {nummer}: {zin}."
                continue
            cel = f"{get_column_letter(kop.index(kolom) + 1)}{nummer}"
            leeg = deel["type"] == "missing"
            tekst = "deze cel mag niet leeg zijn" if leeg else describe_oorzaak(deel)
            gevonden = "" if leeg else str(deel["input"])[:60]
            yield Celfout(blad, cel, kolom, gevonden, tekst, f"{waar}, rij {nummer}: {zin} (cel {cel}).")


def _read_cel(cel: Any) -> Any:
    """A cell as a plain value: times get the Dutch time zone, whole numbers lose their fraction."""
    if isinstance(cel, datetime):
        return cel.replace(tzinfo=TIJDZONE) if cel.tzinfo is None else cel
    if isinstance(cel, bool | date):
        return cel
    if isinstance(cel, int | float):
        return str(int(cel)) if cel == int(cel) else repr(cel)
    return str(cel).strip()


def save_werkboek(pad: Path, bladen: Mapping[str, tuple[tuple[str, ...], Iterable[Iterable[Any]]]]) -> None:
    """Write a workbook to a file, whole or not at all."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    tijdelijk = pad.with_name(f"{pad.name}.deel")
    tijdelijk.write_bytes(render_werkboek(bladen))
    tijdelijk.replace(pad)


def render_werkboek(bladen: Mapping[str, tuple[tuple[str, ...], Iterable[Iterable[Any]]]]) -> bytes:
    """A workbook: per sheet its columns and rows. Text that looks like a formula stays text."""
    boek = Workbook()
    if boek.active is not None:
        boek.remove(boek.active)
    for naam, (kolommen, rijen) in bladen.items():
        blad = boek.create_sheet(naam)
        blad.append(list(kolommen))
        for rij in rijen:
            blad.append([_write_cel(cel) for cel in rij])
        for cellen in blad.iter_rows():
            for cel in cellen:
                if cel.data_type == "f":
                    cel.data_type = "s"
        for cel in blad[1]:
            cel.font = Font(bold=True)
            cel.alignment = Alignment(wrap_text=True)
        blad.freeze_panes = "A2"
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _write_cel(cel: Any) -> Any:
    return cel.astimezone(TIJDZONE).replace(tzinfo=None) if isinstance(cel, datetime) else cel
