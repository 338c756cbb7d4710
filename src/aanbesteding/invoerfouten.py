"""Says in Dutch what is wrong with input: place, field, what was found and what is allowed; every fault at once.

Pydantic finds the faults; this gives them words. It serves files, workbooks and forms alike.

Must stay true: no English reaches a user; a fault in a TOML text names its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from aanbesteding.tomlplaats import Pad, find_regel, locate_regels

BOODSCHAPPEN = {
    "missing": "het veld ontbreekt",
    "string_type": 'hier hoort tekst, tussen aanhalingstekens ("...")',
    "int_type": "hier hoort een geheel getal",
    "int_parsing": "hier hoort een geheel getal",
    "int_from_float": "hier hoort een geheel getal",
    "bool_type": "hier hoort true of false",
    "bool_parsing": "hier hoort true of false",
    "decimal_type": "hier hoort een getal",
    "decimal_parsing": "hier hoort een getal",
    "date_type": "hier hoort een datum (jjjj-mm-dd)",
    "date_parsing": "hier hoort een datum (jjjj-mm-dd)",
    "date_from_datetime_parsing": "hier hoort een datum (jjjj-mm-dd)",
    "date_from_datetime_inexact": "hier hoort een datum zonder tijd (jjjj-mm-dd)",
    "datetime_type": "hier hoort een moment (jjjj-mm-dd uu:mm:ss)",
    "datetime_parsing": "hier hoort een moment (jjjj-mm-dd uu:mm:ss)",
    "datetime_from_date_parsing": "hier hoort een moment (jjjj-mm-dd uu:mm:ss)",
    "timezone_aware": "hier hoort een moment met tijdzone",
    "tuple_type": "hier hoort een lijst, tussen vierkante haken ([...])",
    "list_type": "hier hoort een lijst, tussen vierkante haken ([...])",
    "dict_type": "hier hoort een tabel met velden",
    "model_type": "hier hoort een tabel met velden",
    "model_attributes_type": "hier hoort een tabel met velden",
    "uuid_type": "hier hoort een UUID, bijvoorbeeld 123e4567-e89b-42d3-a456-426614174000",
    "uuid_parsing": "hier hoort een UUID, bijvoorbeeld 123e4567-e89b-42d3-a456-426614174000",
    "string_too_short": "dit mag niet leeg zijn",
}
GRENSWOORDEN = {"gt": "meer dan", "ge": "ten minste", "lt": "minder dan", "le": "ten hoogste"}
GRENZEN = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")
MAX_FOUTEN = 500
"""So many faults are told; who mended those sees the next ones."""
MAX_NAAM = 60
"""A name of a field that is longer is cut off, and no name that exists is like it."""
ZONDER_VONDST = ("missing", "value_error", "too_short", "too_long")


def describe_fouten(
    fout: ValidationError, waar: str, bron: str = "", model: type[BaseModel] | None = None
) -> list[str]:
    """Turn a pydantic error into Dutch sentences. `bron` is the TOML text, `model` what it was read into."""
    regels = locate_regels(bron)
    alle = fout.errors()
    delen = alle[:MAX_FOUTEN]
    zinnen = [
        (_find_plaats(deel, tekst, regels, bron), tekst)
        for deel in delen
        if not _is_gevolg(deel, delen)
        for tekst in describe_deel(deel, model)
    ]
    zinnen.sort(key=lambda zin: zin[0])
    meer = len(alle) - len(delen)
    rest = [f"{waar}: er zijn nog {meer} fouten. Herstel eerst deze."] if meer else []
    return [
        *(f"{waar}, regel {regel}: {tekst}." if regel else f"{waar}: {tekst}." for regel, tekst in zinnen),
        *rest,
    ]


def _is_gevolg(deel: ErrorDetails, delen: Sequence[ErrorDetails]) -> bool:
    """A list is only too short because its elements are wrong: the elements are told."""
    pad = deel["loc"]
    return deel["type"] == "too_short" and any(
        len(ander["loc"]) > len(pad) and ander["loc"][: len(pad)] == pad for ander in delen
    )


def describe_deel(deel: ErrorDetails, model: type[BaseModel] | None = None) -> Iterator[str]:
    """The sentences of one fault; a check of the whole may find several faults at once."""
    veld = _show_veld(deel)
    if deel["type"] == "value_error":
        context: Mapping[str, Any] = deel.get("ctx", {})
        for zin in str(context.get("error", deel["msg"])).split("\n"):
            yield f"{veld}: {zin.rstrip('.')}" if deel["loc"] else zin.rstrip(".")
        return
    gevonden = "" if deel["type"] in ZONDER_VONDST else f"; gevonden: {_show_waarde(deel['input'])}"
    yield f"{veld}: {_describe_soort(deel, model)}{gevonden}"


def describe_oorzaak(deel: ErrorDetails) -> str:
    """What is wrong with one value, without its place; for a form, which shows it at the field itself."""
    if deel["type"] == "value_error":
        return str(deel.get("ctx", {}).get("error", deel["msg"]))
    return _describe_soort(deel, None)


def _describe_soort(deel: ErrorDetails, model: type[BaseModel] | None) -> str:
    soort, context = deel["type"], dict[str, Any](deel.get("ctx", {}))
    if soort in BOODSCHAPPEN:
        return BOODSCHAPPEN[soort]
    if soort == "extra_forbidden":
        return f"dit veld bestaat niet{_show_velden(model, deel['loc'])}"
    if soort in ("enum", "literal_error"):
        return f"toegestaan: {context.get('expected', '')}".replace(" or ", " of ")
    if soort == "string_pattern_mismatch":
        return f"de vorm klopt niet (verwacht: {context.get('pattern', '')})"
    if soort in GRENZEN:
        sleutel, grens = next(iter(context.items()))
        return f"moet {GRENSWOORDEN[sleutel]} {grens} zijn"
    if soort == "too_short":
        return f"hier horen er ten minste {context['min_length']}; er zijn er {context['actual_length']}"
    if soort in ("too_long", "string_too_long"):
        return f"ten hoogste {context['max_length']} toegestaan"
    return "deze waarde past hier niet"


def _show_velden(model: type[BaseModel] | None, pad: Sequence[int | str]) -> str:
    """The nearest existing name, or every name that is allowed here."""
    hier = _find_model(model, pad[:-1])
    if hier is None:
        return ""
    namen = list(hier.model_fields)
    lijkt_op = get_close_matches(str(pad[-1])[:MAX_NAAM], namen, n=1, cutoff=0.7)
    bedoeld = f"; bedoelt u '{lijkt_op[0]}'?" if lijkt_op else ""
    return f"{bedoeld or '.'} Toegestaan: {', '.join(namen)}"


def _find_model(model: type[BaseModel] | None, pad: Sequence[int | str]) -> type[BaseModel] | None:
    for stap in pad:
        if isinstance(stap, int):
            continue
        veld = model.model_fields.get(stap) if model else None
        model = _unwrap(veld.annotation) if veld else None
    return model


def _unwrap(annotatie: Any) -> type[BaseModel] | None:
    """The model inside `tuple[Model, ...]` or `Model | None`."""
    if isinstance(annotatie, type) and issubclass(annotatie, BaseModel):
        return annotatie
    return next((m for deel in get_args(annotatie) if (m := _unwrap(deel))), None)


def _find_plaats(deel: ErrorDetails, tekst: str, regels: Mapping[Pad, int], bron: str) -> int:
    """Line of the fault; a check of several fields points at the value it names. 0 when there is no line."""
    regel = find_regel(regels, deel["loc"]) or 0
    zin = tekst.removeprefix(f"{_show_veld(deel)}: ")
    genoemd = re.search(r"'([^']+)'", zin) if deel["type"] == "value_error" else None
    return (find_tekst(bron, genoemd[1], regel) if genoemd else None) or regel


def find_tekst(bron: str, tekst: str, vanaf: int = 0) -> int | None:
    """First line, from `vanaf` on, on which this value stands between quotes."""
    for nummer, regel in enumerate(bron.splitlines(), start=1):
        if nummer >= vanaf and f'"{tekst}"' in regel:
            return nummer
    return None


def _show_veld(deel: ErrorDetails) -> str:
    return f"veld '{'.'.join(_show_stap(stap) for stap in deel['loc']) or '(geheel)'}'"


def _show_stap(stap: int | str) -> str:
    naam = str(stap + 1) if isinstance(stap, int) else stap
    return naam if len(naam) <= MAX_NAAM else f"{naam[:MAX_NAAM]}..."


def _show_waarde(waarde: object) -> str:
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
    if isinstance(waarde, dict):
        return "een tabel"
    if isinstance(waarde, (list, tuple)):
        return "een lijst"
    if isinstance(waarde, int) and waarde.bit_length() > 200:
        return "een getal van tientallen cijfers"
    tekst = repr(waarde[:60]) if isinstance(waarde, str) else str(waarde)
    return tekst if len(tekst) <= 60 else tekst[:57] + "..."
