"""What was typed, as a tree: names with points ("partijen.0.adres.plaats") lead to lists of texts.

Must stay true: a tree holds exactly what was typed, but for what nobody can see; empty rows are taken out before
anything is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.tekens import strip_onzichtbaar
from aanbesteding.web.formulier.vorm import Soort, Vorm, find_vorm

Boom = dict[str, Any]
"""Name → a leaf (list of texts) or another tree. Rows have the keys "0", "1", ..."""

MAX_DIEPTE = 8
_RIJ = re.compile(r"[0-9]{1,6}")
"""The key of a row; other signs that count as figures are no number of a row."""


def build_boom(paren: Iterable[tuple[str, object]]) -> Boom:
    """The tree of a sent form; names that begin with "_" are about the form itself."""
    boom: Boom = {}
    for naam, waarde in paren:
        *voor, laatste = naam.split(".")
        if naam.startswith("_") or not isinstance(waarde, str) or len(voor) >= MAX_DIEPTE:
            continue
        tak: Boom | None = boom
        for deel in voor:
            tak = grow(tak, deel) if tak is not None else None
        if tak is not None and isinstance(tak.setdefault(laatste, []), list):
            tak[laatste].append(strip_onzichtbaar(waarde.replace("\r\n", "\n")))
    return boom


def grow(boom: Boom, naam: str) -> Boom | None:
    """The tree at this name, made when there is nothing; None when a leaf is there."""
    tak = boom.setdefault(naam, {})
    return tak if isinstance(tak, dict) else None  # pyright: ignore[reportUnknownVariableType]


def first(boom: Mapping[str, Any], naam: str) -> str:
    """The first text at this name, without blanks around it."""
    blad = boom.get(naam)
    return str(blad[0]).strip() if isinstance(blad, list) and blad else ""  # pyright: ignore[reportUnknownArgumentType]


def branch(boom: Mapping[str, Any], naam: str) -> Boom:
    """The tree at this name; an empty one when there is none."""
    tak = boom.get(naam)
    return tak if isinstance(tak, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def texts(boom: Mapping[str, Any], naam: str) -> list[str]:
    """Every text at this name: ticked boxes, or the lines of a text area; blanks left out."""
    blad = boom.get(naam)
    if isinstance(blad, dict):
        gevuld = [first(blad, sleutel) for sleutel in order(blad)]  # pyright: ignore[reportUnknownArgumentType]
        return [tekst for tekst in gevuld if tekst]
    if not isinstance(blad, list):
        return []
    regels = [regel.strip() for tekst in blad for regel in str(tekst).split("\n")]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return [regel for regel in regels if regel]


def order(tak: Mapping[str, Any]) -> list[str]:
    """The keys of the rows in order of their numbers."""
    return sorted((k for k in tak if _RIJ.fullmatch(k)), key=int)


def rows(boom: Mapping[str, Any], naam: str) -> list[Boom]:
    """The rows at this name."""
    takken = branch(boom, naam)
    return [branch(takken, k) for k in order(takken)]


def prune(model: type[BaseModel], boom: Boom) -> Boom:
    """The tree without rows in which nothing was filled in, and with the rows numbered from 0."""
    uit = dict(boom)
    for naam, veld in model.model_fields.items():
        vorm = find_vorm(naam, veld)
        if vorm.soort is Soort.RIJEN and vorm.model:
            binnen = [prune(vorm.model, rij) for rij in rows(boom, naam)]
            uit[naam] = number([rij for rij in binnen if not is_leeg(vorm.model, rij)])
        elif vorm.soort is Soort.PAREN:
            uit[naam] = number([r for r in rows(boom, naam) if first(r, "sleutel") or first(r, "waarde")])
        elif vorm.soort is Soort.GROEP and vorm.model and isinstance(boom.get(naam), dict):
            uit[naam] = prune(vorm.model, boom[naam])
    return uit


def number(rijen: Iterable[Boom]) -> Boom:
    """Rows under the keys "0", "1", ..."""
    return {str(nummer): rij for nummer, rij in enumerate(rijen)}


def is_leeg(model: type[BaseModel], rij: Boom) -> bool:
    """Was nothing filled in in this row? What the form fills in by itself does not count."""
    standaard = build_leeg(model)
    for naam, waarde in rij.items():
        veld = model.model_fields.get(naam)
        if veld is None:
            continue
        vorm = find_vorm(naam, veld)
        if vorm.soort is Soort.GROEP and vorm.model and isinstance(waarde, dict):
            if not is_leeg(vorm.model, waarde):  # pyright: ignore[reportUnknownArgumentType]
                return False
        elif vorm.soort in (Soort.RIJEN, Soort.PAREN):
            if rows(rij, naam):
                return False
        elif texts(rij, naam) not in ([], texts(standaard, naam)):
            return False
    return True


def build_leeg(model: type[BaseModel]) -> Boom:
    """The tree of an empty form: only defaults."""
    boom: Boom = {}
    for naam, veld in model.model_fields.items():
        if not veld.is_required():
            boom[naam] = to_blad(find_vorm(naam, veld), veld.get_default(call_default_factory=True))
    return boom


def to_boom(waarde: BaseModel) -> Boom:
    """The tree that yields this input again."""
    velden = type(waarde).model_fields
    return {naam: to_blad(find_vorm(naam, veld), getattr(waarde, naam)) for naam, veld in velden.items()}


def to_blad(vorm: Vorm, waarde: Any) -> Any:
    """One value as the form shows it."""
    if waarde is None:
        return []
    if vorm.soort is Soort.GROEP:
        return to_boom(waarde)
    if vorm.soort is Soort.RIJEN:
        return number(to_boom(rij) for rij in waarde)
    if vorm.soort is Soort.PAREN:
        return number(
            {"sleutel": [str(k)], "waarde": [v if isinstance(v, str) else ", ".join(v)]}
            for k, v in waarde.items()
        )
    if vorm.soort is Soort.VAST:
        return {str(nummer): [str(deel)] for nummer, deel in enumerate(waarde)}
    if vorm.soort is Soort.TEKSTEN:
        return [str(deel) for deel in waarde]
    return [_show(waarde)]


def _show(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return waarde.astimezone(TIJDZONE).strftime("%Y-%m-%dT%H:%M")
    if isinstance(waarde, date):
        return waarde.isoformat()
    if isinstance(waarde, Decimal):
        return f"{waarde:f}".replace(".", ",")
    return str(getattr(waarde, "value", waarde))
