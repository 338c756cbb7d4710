"""Makes a new, empty region in the user's own directory, ready for its first consultation letter.

A region is data: two files with comments, first inputs to try, and a JSON Schema by which an editor completes and
checks. Texts of the files stand in regios/_nieuw/; every example in them says that it is invented.

Must stay true: what is written loads at once; an existing region is never overwritten; on a fault nothing is made.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any
from uuid import uuid4

from pydantic import BaseModel

from aanbesteding.domain.aanbesteding import Aanbesteding
from aanbesteding.domain.kalender import is_werkdag
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.rol import Rol
from aanbesteding.errors import InvoerError
from aanbesteding.regio import list_regios

SCHEMAS: dict[str, type[BaseModel]] = {"regio.json": Regio, "aanbesteding.json": Aanbesteding}
DAGEN_OM_TE_REAGEREN = 30
LANGSTE_CODE = 50
AANTAL_PERSONEN = {Rol.INKOPER: 2, Rol.BEOORDELAAR: 3}
"""Roles that the rules want more than one person for: four eyes, and three assessors."""
PARTIJEN = """sleutel,naam,groep,straat,postcode,plaats,email
aanbieder-1,Aanbieder Een (verzonnen),aanbieders,Voorbeeldstraat 1,1000 AA,Plaats,een@aanbieder.example
aanbieder-2,Aanbieder Twee (verzonnen),aanbieders,Voorbeeldstraat 2,1000 AA,Plaats,twee@aanbieder.example
adviesraad-1,Adviesraad (verzonnen),adviesraden,Voorbeeldstraat 3,1000 AA,Plaats,raad@adviesraad.example
"""


def build_schema(model: type[BaseModel]) -> str:
    """The JSON Schema of a file, without the docstrings of the code: descriptions are those of the fields."""
    schema = model.model_json_schema()
    for definitie in (schema, *schema.get("$defs", {}).values()):
        definitie.pop("description", None)
    kop = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(kop | schema, ensure_ascii=False, indent=2) + "\n"


def make_regio(
    eigen: Path, mappen: Iterable[Path], code: str, naam: str, gemeenten: Sequence[str], vandaag: date
) -> Path:
    """Write a new region under `eigen`; returns its folder. InvoerError when the code is wrong or taken."""
    namen = tuple(gemeenten) or (f"Voorbeeldgemeente {naam}",)
    fouten = list(_check(code, naam, namen, [p.name for p in list_regios(mappen)], eigen / code))
    if fouten:
        raise InvoerError(fouten)
    waarden = {
        "code": code,
        "naam": naam,
        "inkoop": f"{code}-1",
        "opsomming": ", ".join(namen),
        "mandaten": _show_mandaten(),
        "gemeenten": "\n".join(_show_gemeente(n) for n in namen),
        "id": str(uuid4()),
        "sleutel": str(uuid4()),
    }
    bron = files("aanbesteding") / "regios" / "_nieuw"
    teksten = {
        naam_: Template((bron / f"{sjabloon}.txt").read_text(encoding="utf-8")).substitute(waarden)
        for naam_, sjabloon in (("regio.toml", "regio.toml"), (f"{code}-1.toml", "inkoop.toml"))
    }
    teksten |= _make_eerste_stappen(namen, vandaag)
    teksten |= {f"../schema/{bestand}": build_schema(model) for bestand, model in SCHEMAS.items()}
    for bestand, tekst in teksten.items():
        pad = eigen / code / bestand
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_text(tekst, encoding="utf-8", newline="\n")
    return eigen / code


def slugify(naam: str) -> str:
    """A name as a code: small letters and dashes."""
    kaal = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]+", "-", kaal).strip("-")


def _check(code: str, naam: str, namen: Sequence[str], bekend: Sequence[str], map_: Path) -> Iterable[str]:
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code):
        yield f"De code '{code}' klopt niet: gebruik kleine letters en streepjes, bijvoorbeeld 'noord-oost'."
    elif len(code) > LANGSTE_CODE:
        yield f"De code is te lang: gebruik ten hoogste {LANGSTE_CODE} tekens."
    if code in bekend or os.path.exists(map_):
        yield f"De regio '{code}' bestaat al. Kies een andere code. Bekend zijn: {', '.join(bekend)}."
    codes = [slugify(n) for n in namen]
    for wat, tekst in (("naam", naam), *(("gemeente", n) for n in namen)):
        if not slugify(tekst) or re.search(r'["\\\x00-\x1f]', tekst):
            yield f"De {wat} '{tekst}' kan niet: gebruik letters, zonder aanhalingstekens of regeleinden."
    for dubbel in sorted({c for c in codes if codes.count(c) > 1}):
        yield f"De gemeente '{dubbel}' staat er meer dan een keer in."


def _show_mandaten() -> str:
    """Every role, held by as many persons as the rules ask for, called after it."""
    personen = [
        (rol, f"{rol.value}{nummer if nummer > 1 else ''}")
        for rol in Rol
        for nummer in range(1, AANTAL_PERSONEN.get(rol, 1) + 1)
    ]
    return "".join(
        f'[[mandaten]]\nrol = "{rol.value}"\npersoon = "{persoon}"\n'
        f'grondslag = "verzonnen: vul hier het mandaatbesluit in"\n\n'
        for rol, persoon in personen
    )


def _show_gemeente(naam: str) -> str:
    code = slugify(naam)
    return (
        f'[[gemeenten]]\ncode = "{code}"\nnaam = "{naam}"\ntelefoon = "000 000 0000"\n'
        f'website = "{code}.example"\nbron = "verzonnen: nog invullen"\n'
        'adres = { straat = "Postbus 1", postcode = "1000 AA", plaats = "Plaats" }\n'
    )


def _make_eerste_stappen(namen: Sequence[str], vandaag: date) -> dict[str, str]:
    """Inputs of the first acts, so that the first letter needs no typing: frames, parties, opening."""
    kaders: dict[str, Any] = {
        f"kader-{slugify(naam)}.json": {
            "gemeente": slugify(naam),
            "orgaan": "college van burgemeester en wethouders",
            "datum": vandaag.isoformat(),
            "kenmerk": "Voorbeeldbesluit (verzonnen)",
        }
        for naam in namen
    }
    sluit_op = vandaag + timedelta(days=DAGEN_OM_TE_REAGEREN)
    while not is_werkdag(sluit_op):
        sluit_op += timedelta(days=1)
    stappen = kaders | {"opening.json": {"sluit_op": sluit_op.isoformat()}}
    teksten = {
        f"eerste-stappen/{bestand}": json.dumps(invoer, ensure_ascii=False, indent=2) + "\n"
        for bestand, invoer in stappen.items()
    }
    return teksten | {"eerste-stappen/partijen.csv": PARTIJEN}
