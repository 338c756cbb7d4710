"""Reads a region's files: regio.toml and one file per aanbesteding; every fault at once, with its place.

Regions travel inside the package (regios/<code>/); a setting may add a directory of the user's own.
The nouns themselves are domain.regio and domain.aanbesteding.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.domain.huisstijl import Logo
from aanbesteding.domain.regio import Regio
from aanbesteding.errors import InvoerError
from aanbesteding.invoerfouten import describe_fouten, find_tekst
from aanbesteding.tomlbron import decode_bestand, load_toml

M = TypeVar("M", bound=BaseModel)
MAX_LOGO = 2_000_000
MAX_PIXELS = 10_000


def parse_toml(pad: Path, model: type[M]) -> M:
    """Read one TOML file into a model; InvoerError with every fault (file, line, field, allowed)."""
    try:
        inhoud = pad.read_bytes()
    except FileNotFoundError as fout:
        raise InvoerError([f"{pad.name}: het bestand bestaat niet ({pad})."]) from fout
    except OSError as fout:
        raise InvoerError([f"{pad.name}: het bestand is niet te lezen ({pad})."]) from fout
    bron = decode_bestand(inhoud, pad.name)
    try:
        return model.model_validate(load_toml(bron, pad.name))
    except ValidationError as fout:
        raise InvoerError(describe_fouten(fout, pad.name, bron, model)) from fout


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


def find_regio(code: str, mappen: Iterable[Path]) -> Path:
    """The folder of the region with this code; InvoerError names the known codes."""
    paden = list_regios(mappen)
    for pad in paden:
        if pad.name == code:
            return pad
    bekend = ", ".join(p.name for p in paden)
    raise InvoerError([f"De regio '{code}' bestaat niet. Bekend zijn: {bekend}."])


def load_regio(code: str, mappen: Iterable[Path]) -> tuple[Regio, Path]:
    """The region with this code and its folder; InvoerError names the known codes."""
    pad = find_regio(code, mappen)
    return with_logo(parse_toml(pad / "regio.toml", Regio), pad), pad


def with_logo(regio: Regio, map_: Path) -> Regio:
    """The region with the bytes of its logo; InvoerError when the file is missing or no PNG."""
    logo = regio.huisstijl.logo
    if logo is None:
        return regio
    pad = map_ / logo.bestand
    png = pad.read_bytes() if pad.is_file() and pad.stat().st_size <= MAX_LOGO else b""
    if wat := _judge_logo(pad, png):
        raise InvoerError(
            [f"regio.toml: het logo '{logo.bestand}' {wat} ({pad}). Zet er een PNG-bestand neer."]
        )
    gevuld = Logo(**logo.model_dump(exclude={"png"}), png=base64.b64encode(png))
    return regio.model_copy(update={"huisstijl": regio.huisstijl.model_copy(update={"logo": gevuld})})


def _judge_logo(pad: Path, png: bytes) -> str:
    """What is wrong with a logo; nothing when it can be drawn."""
    if not pad.is_file():
        return "bestaat niet"
    if not png:
        return f"is leeg of groter dan {MAX_LOGO // 1_000_000} MB"
    if not png.startswith(b"\x89PNG\r\n\x1a\n") or len(png) < 33 or png[12:16] != b"IHDR":
        return "is geen PNG-bestand"
    breed, hoog = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    if not (0 < breed <= MAX_PIXELS and 0 < hoog <= MAX_PIXELS and hoog <= 4 * breed):
        return f"is {breed} bij {hoog} pixels; dat past niet in een briefhoofd"
    return ""


def load_aanbesteding(pad: Path) -> Aanbesteding:
    """Read the definition of one purchase."""
    return parse_toml(pad, Aanbesteding)


def find_aanbestedingen(map_: Path) -> tuple[Path, ...]:
    """Files of the purchases in a region's folder."""
    return tuple(sorted(p for p in map_.glob("*.toml") if p.stem != "regio" and not _is_verhaal(p)))


def _is_verhaal(pad: Path) -> bool:
    """The file holds a story for the demo (verhaal.toml, verhaal-<name>.toml), not a purchase."""
    return pad.stem == "verhaal" or pad.stem.startswith("verhaal-")


def list_gemeentefouten(aanbesteding: Aanbesteding, regio: Regio, bestand: Path) -> list[str]:
    """Municipalities that the file of a purchase names and its region does not have."""
    bekend = [g.code for g in regio.gemeenten]
    return [
        f"{show_plaats(bestand, code)}: "
        f"gemeente '{code}' bestaat niet in regio '{regio.code}'. Toegestaan: {', '.join(bekend)}."
        for code in sorted(aanbesteding.list_gemeenten() - set(bekend))
    ]


def list_procedurefouten(aanbesteding: Aanbesteding, procedures: Collection[str], bestand: Path) -> list[str]:
    """Procedures that the file of a purchase names, as its own or as a choice, and that do not exist."""
    keuzes = [o for p in aanbesteding.punten if p.code == "procedure_keuze" for o in p.opties]
    genoemd = dict.fromkeys((aanbesteding.procedure, *keuzes))
    return [
        f"{show_plaats(bestand, code)}: procedure '{code}' bestaat niet. Toegestaan: {', '.join(sorted(procedures))}."
        for code in genoemd
        if code not in procedures
    ]


def show_plaats(bestand: Path, waarde: str) -> str:
    """The name of the file and the line on which this value stands."""
    regel = find_tekst(decode_bestand(bestand.read_bytes(), bestand.name), waarde)
    return f"{bestand.name}, regel {regel}" if regel else bestand.name


def check_regio(map_: Path, procedures: Collection[str]) -> list[str]:
    """Every fault in the files of a region: each file by itself, and how they fit together."""
    fouten: list[str] = []
    regio: Regio | None = None
    try:
        regio = parse_toml(map_ / "regio.toml", Regio)
        if regio.code != map_.name:
            fouten.append(f"regio.toml: de code '{regio.code}' is niet de naam van de map ('{map_.name}').")
    except InvoerError as fout:
        fouten += fout.fouten
    for pad in find_aanbestedingen(map_):
        try:
            aanbesteding = load_aanbesteding(pad)
        except InvoerError as fout:
            fouten += fout.fouten
            continue
        if aanbesteding.regio != map_.name:
            plaats = show_plaats(pad, aanbesteding.regio)
            fouten.append(f"{plaats}: regio '{aanbesteding.regio}' hoort '{map_.name}' te zijn.")
        fouten += list_procedurefouten(aanbesteding, procedures, pad)
        fouten += list_gemeentefouten(aanbesteding, regio, pad) if regio else []
    return fouten
