"""Reads a region's files: regio.toml and one file per aanbesteding; every fault at once, with its place.

Regions travel inside the package (regios/<code>/); a setting may add a directory of the user's own.
The nouns themselves are domain.regio and domain.aanbesteding.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.domain.regio import Regio
from aanbesteding.errors import InvoerError

M = TypeVar("M", bound=BaseModel)

BOODSCHAPPEN = {
    "missing": "het veld ontbreekt",
    "extra_forbidden": "dit veld bestaat niet",
    "string_type": "hier hoort tekst",
    "int_type": "hier hoort een geheel getal",
    "int_parsing": "hier hoort een geheel getal",
    "bool_type": "hier hoort true of false",
    "decimal_parsing": "hier hoort een getal",
    "date_type": "hier hoort een datum (jjjj-mm-dd)",
    "date_from_datetime_parsing": "hier hoort een datum (jjjj-mm-dd)",
    "timezone_aware": "hier hoort een moment met tijdzone",
    "string_too_short": "dit mag niet leeg zijn",
}


def describe_fouten(fout: ValidationError, waar: str, bron: str = "") -> list[str]:
    """Turn a pydantic error into Dutch sentences: place, field, what was found, what is allowed."""
    regels: list[str] = []
    for deel in fout.errors():
        pad = ".".join(str(p) for p in deel["loc"]) or "(geheel)"
        soort = deel["type"]
        context: dict[str, Any] = deel.get("ctx", {})
        if soort in BOODSCHAPPEN:
            tekst = BOODSCHAPPEN[soort]
        elif soort in ("enum", "literal_error"):
            tekst = f"toegestaan: {context.get('expected', '')}".replace(" or ", " of ")
        elif soort == "string_pattern_mismatch":
            tekst = f"de vorm klopt niet (verwacht: {context.get('pattern', '')})"
        elif soort in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
            grens = next(iter(context.values()))
            woord = {"gt": "meer dan", "ge": "ten minste", "lt": "minder dan", "le": "ten hoogste"}
            tekst = f"moet {woord[next(iter(context))]} {grens} zijn"
        elif soort == "value_error":
            tekst = str(context.get("error", deel["msg"]))
        else:
            tekst = f"ongeldig ({deel['msg']})"
        gevonden = "" if soort in ("missing", "value_error") else f"; gevonden: {_short(deel['input'])}"
        regel = find_regel(bron, [str(p) for p in deel["loc"]]) if bron else None
        plaats = f"{waar}, regel {regel}" if regel else waar
        regels.append(f"{plaats}: veld '{pad}': {tekst}{gevonden}.")
    return regels


def _short(waarde: object) -> str:
    tekst = repr(waarde)
    return tekst if len(tekst) <= 60 else tekst[:57] + "..."


def find_regel(bron: str, pad: Sequence[str]) -> int | None:
    """Line of a TOML text where this path most likely stands; None when it cannot be found."""
    tabellen: dict[str, int] = {}
    beste: int | None = None
    namen = [p for p in pad if not p.isdigit()]
    indexen = {
        ".".join(n for n in pad[:i] if not n.isdigit()): int(p) for i, p in enumerate(pad) if p.isdigit()
    }
    actief = not indexen
    for nummer, regel in enumerate(bron.splitlines(), start=1):
        kop = re.match(r"\s*(\[\[?)([\w.-]+)\]\]?", regel)
        if kop:
            naam = kop[2]
            if kop[1] == "[[":
                tabellen[naam] = tabellen.get(naam, -1) + 1
            actief = (
                all(tabellen.get(n, 0) == i for n, i in indexen.items())
                and bool(namen)
                and (naam == namen[0] or naam.startswith(namen[0] + "."))
            )
            if actief:
                beste = nummer
            continue
        if actief and namen and re.match(rf"\s*\"?{re.escape(namen[-1])}\"?\s*=", regel):
            return nummer
    return beste


def parse_toml(pad: Path, model: type[M]) -> M:
    """Read one TOML file into a model; InvoerError with every fault (file, line, field, allowed)."""
    try:
        bron = pad.read_text(encoding="utf-8")
        gegevens = tomllib.loads(bron)
    except FileNotFoundError as fout:
        raise InvoerError([f"{pad.name}: het bestand bestaat niet ({pad})."]) from fout
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fout:
        raise InvoerError([f"{pad.name}: dit is geen geldig TOML-bestand: {fout}."]) from fout
    try:
        return model.model_validate(gegevens)
    except ValidationError as fout:
        raise InvoerError(describe_fouten(fout, pad.name, bron)) from fout


def regio_mappen(extra: Path | None = None) -> tuple[Path, ...]:
    """Directories in which regions are looked up: the user's own first, then the package's."""
    eigen = (extra,) if extra else ()
    return (*eigen, Path(str(files("aanbesteding") / "regios")))


def list_regios(mappen: Iterable[Path]) -> tuple[Path, ...]:
    """Folders that hold a region; a user's region hides a packaged one of the same code."""
    gevonden: dict[str, Path] = {}
    for map_ in mappen:
        for pad in sorted(map_.glob("*/regio.toml")):
            gevonden.setdefault(pad.parent.name, pad.parent)
    return tuple(gevonden.values())


def load_regio(code: str, mappen: Iterable[Path]) -> tuple[Regio, Path]:
    """The region with this code and its folder; InvoerError names the known codes."""
    paden = list_regios(mappen)
    for pad in paden:
        if pad.name == code:
            return parse_toml(pad / "regio.toml", Regio), pad
    bekend = ", ".join(p.name for p in paden)
    raise InvoerError([f"De regio '{code}' bestaat niet. Bekend zijn: {bekend}."])


def load_aanbesteding(pad: Path) -> Aanbesteding:
    """Read the definition of one purchase."""
    return parse_toml(pad, Aanbesteding)


def find_aanbestedingen(map_: Path) -> tuple[Path, ...]:
    """Files of the purchases in a region's folder."""
    return tuple(sorted(p for p in map_.glob("*.toml") if p.stem not in ("regio", "verhaal")))


def list_gemeentefouten(aanbesteding: Aanbesteding, regio: Regio, waar: str) -> list[str]:
    """Municipalities that the file of a purchase names and its region does not have."""
    bekend = [g.code for g in regio.gemeenten]
    return [
        f"{waar}: gemeente '{code}' bestaat niet in regio '{regio.code}'. Toegestaan: {', '.join(bekend)}."
        for code in sorted(aanbesteding.list_gemeenten() - set(bekend))
    ]
