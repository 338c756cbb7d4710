"""How the pages write a code, a number or a stored value in plain Dutch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from aanbesteding.documents.filters import datum, datumtijd, opsomming
from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.domain.regel import Overtreding

PER_ONDERWERP = re.compile(r"(?P<soort>\w+) (?P<sleutel>\S+) heeft (?P<rest>status .+)")
AFKORTINGEN = {"email": "E-mailadres", "kvk": "KvK-nummer", "agb": "AGB-code", "rij": "Rij"}


def show_code(code: str) -> str:
    """A stored code as words: in_beoordeling → In beoordeling; ScoresVergrendeld → Scores vergrendeld."""
    if code in AFKORTINGEN:
        return AFKORTINGEN[code]
    woorden = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", code).replace("_", " ").strip().lower()
    return woorden[:1].upper() + woorden[1:]


def show_getal(waarde: int | Decimal) -> str:
    """A number with Dutch signs: 1.234,5."""
    tekst = f"{waarde:,}"
    return tekst.replace(",", " ").replace(".", ",").replace(" ", ".")


def show_seconden(moment: datetime) -> str:
    """The time of a moment to the second: a receipt must be exact."""
    return f"{moment.astimezone(TIJDZONE):%H:%M:%S} Nederlandse tijd"


def show_waarde(waarde: Any) -> str:
    """Any stored value as one line of text."""
    if waarde is None or waarde == "":
        return "–"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return datumtijd(waarde)
    if isinstance(waarde, date):
        return datum(waarde)
    if isinstance(waarde, int | Decimal):
        return show_getal(waarde)
    if isinstance(waarde, Enum):
        return show_code(str(waarde.value))
    if isinstance(waarde, BaseModel):
        return show_waarde(dict(waarde))
    if isinstance(waarde, dict):
        return _show_paren(waarde)  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(waarde, tuple | list):
        return _show_delen(waarde)  # pyright: ignore[reportUnknownArgumentType]
    return str(waarde)


def _show_paren(paren: Mapping[Any, Any]) -> str:
    return "; ".join(f"{show_code(str(k))}: {show_waarde(v)}" for k, v in paren.items()) or "–"


def _show_delen(delen: Sequence[Any]) -> str:
    return " · ".join(show_waarde(deel) for deel in delen) or "–"


def merge_redenen(overtredingen: Sequence[Overtreding]) -> tuple[Overtreding, ...]:
    """Violations for a page: what is the same for several percelen is said once."""
    samen: dict[tuple[str, str], tuple[Overtreding, list[str]]] = {}
    for overtreding in overtredingen:
        deel = PER_ONDERWERP.fullmatch(overtreding.tekst)
        sleutel = (deel["soort"], deel["rest"]) if deel else (overtreding.code, overtreding.tekst)
        _, sleutels = samen.setdefault(sleutel, (overtreding, []))
        sleutels += [deel["sleutel"]] if deel else []
    return tuple(
        replace(eerste, tekst=f"{soort} {opsomming(sleutels)}: {rest}") if len(sleutels) > 1 else eerste
        for (soort, rest), (eerste, sleutels) in samen.items()
    )


def merge_feiten(feiten: Sequence[tuple[str, dict[str, Any]]]) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Facts for a page: what is recorded alike of several onderwerpen (the first field) is shown once, with all."""
    samen: list[tuple[str, dict[str, Any]]] = []
    sleutels: list[Any] = []
    for soort, velden in feiten:
        naam, *rest = velden or {"": None}
        gelijk = samen and samen[-1][0] == soort and list(samen[-1][1]) == list(velden) and rest
        if gelijk and all(samen[-1][1][veld] == velden[veld] for veld in rest):
            sleutels.append(velden[naam])
            samen[-1][1][naam] = tuple(sleutels)
        else:
            sleutels = [velden.get(naam)]
            samen.append((soort, dict(velden)))
    return tuple(samen)
