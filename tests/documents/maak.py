"""Templates for these tests, drafted in the markup of tools/sjabloon.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aanbesteding.documents.render import Template, load_template
from aanbesteding.domain.huisstijl import Huisstijl
from sjabloon import build_sjabloon, parse_concept

HUISSTIJL = Huisstijl(
    naam="Regio Verzonnen",
    onderregel="Gemeenten Oostmeer en Veenwijk (verzonnen)",
    kleur="7A1F5C",
    afzender=("Gemeente Oostmeer", "Postbus 100"),
    voet="Regio Verzonnen",
)
DOCUMENT = {"ondertitel": "Proef", "kenmerk": "K-1", "status": "concept"}


def make_docx(
    map_: Path, tekst: str, *, soort: str = "bouwsteen", naam: str = "proef", titel: str = "Proef"
) -> Path:
    """Write a template of this text; a bouwsteen has no fields of its own."""
    pad = map_ / f"{naam}.docx"
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_bytes(build_sjabloon(parse_concept(f"titel: {titel}\nsoort: {soort}\n\n{tekst}\n")))
    return pad


def make_template(map_: Path, tekst: str, **keuze: Any) -> Template:
    return load_template(make_docx(map_, tekst, **keuze), huisstijl=HUISSTIJL)
