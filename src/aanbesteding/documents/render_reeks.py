"""Reads a series of contexts: a file with a JSON object per line (JSONL), each to become one document.

Rendering the series is render_uitvoer.py.

Must stay true: every line is judged before anything is made, and all faults are told at once with their line
number; memory does not grow with the number of lines, but for a number per name.
Traps: JSON has no dates and no exact numbers, so a typed series reads "2026-04-14" as a date and 1.50 as a
Decimal (the guards on values then hold); an untyped one hands the values to the template as they stand.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from aanbesteding.errors import InvoerError

BLOK = 50
TE_TONEN = 20
_DAG = re.compile(rb'"\d{4}-\d\d-\d\d(?:T[^"]*)?"')
_DAG_TEKST = re.compile(r"\d{4}-\d\d-\d\d(T.*)?", re.DOTALL)
_ONVEILIG = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_APPARAAT = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Reeks:
    """A judged file of contexts: where each block of lines starts, and what the documents are named after."""

    pad: Path
    naamveld: str
    getypeerd: bool
    aantal: int
    blokken: tuple[tuple[int, int, int], ...]
    """Per block: offset in the file, number of its first line, number of documents before it."""

    def list_blok(self, blok: int) -> Iterator[tuple[int, str, dict[str, object]]]:
        """Line number, file name and context of every document of a block."""
        plek, regel, _ = self.blokken[blok]
        with self.pad.open("rb") as bestand:
            bestand.seek(plek)
            gedaan = 0
            while gedaan < BLOK and (rauw := bestand.readline()):
                if rauw.strip():
                    context = _parse(rauw, self.getypeerd)
                    yield regel, _name(context, self.naamveld, regel), context
                    gedaan += 1
                regel += 1


@dataclass
class Fouten:
    """Faults of a series; the first ones are kept with their text, the rest is counted."""

    regels: list[str] = field(default_factory=list[str])
    aantal: int = 0

    def add(self, fouten: Sequence[str]) -> None:
        self.aantal += len(fouten)
        self.regels += fouten[: TE_TONEN - len(self.regels)] if len(self.regels) < TE_TONEN else ()

    def check(self, slot: str) -> None:
        """Raise them all at once."""
        if self.aantal:
            meer = self.aantal - len(self.regels)
            rest = [f"… en nog {meer} fouten."] if meer else []
            raise InvoerError([*self.regels, *rest, slot])


def read_reeks(pad: Path, *, naamveld: str = "", getypeerd: bool = True) -> Reeks:
    """Read every line once and judge it; InvoerError with all faults, each with its line number."""
    if not pad.is_file():
        raise InvoerError([f"Het bestand met contexten '{pad}' bestaat niet."])
    fouten = Fouten()
    namen: dict[int, int] = {}
    blokken: list[tuple[int, int, int]] = []
    aantal = plek = 0
    with pad.open("rb") as bestand:
        for regel, rauw in enumerate(bestand, start=1):
            if rauw.strip():
                if aantal % BLOK == 0:
                    blokken.append((plek, regel, aantal))
                aantal += 1
                fouten.add(_judge(rauw, regel, naamveld, getypeerd, namen))
            plek += len(rauw)
    if not aantal:
        raise InvoerError(
            [f"Het bestand '{pad.name}' bevat geen contexten; zet op elke regel een JSON-object."]
        )
    fouten.check("Er is niets gemaakt.")
    return Reeks(pad, naamveld, getypeerd, aantal, tuple(blokken))


def _judge(rauw: bytes, regel: int, naamveld: str, getypeerd: bool, namen: dict[int, int]) -> list[str]:
    try:
        context = _parse(rauw, getypeerd)
        naam = _name(context, naamveld, regel)
    except ValueError as fout:
        return [f"Regel {regel}: {fout}."]
    sleutel = hash(unicodedata.normalize("NFC", naam).casefold())
    if sleutel in namen:
        return [
            f"Regel {regel}: de naam '{naam}' is al gebruikt op regel {namen[sleutel]}; maak namen uniek."
        ]
    namen[sleutel] = regel
    return []


def _parse(rauw: bytes, getypeerd: bool) -> dict[str, object]:
    try:
        waarde = json.loads(
            rauw.decode("utf-8-sig"),
            parse_float=Decimal if getypeerd else float,
            parse_constant=_refuse_getal,
        )
    except UnicodeDecodeError as fout:
        raise ValueError(
            f"geen geldige UTF-8 op teken {fout.start + 1}; sla het bestand op als UTF-8"
        ) from fout
    except json.JSONDecodeError as fout:
        raise ValueError(f"geen geldige JSON op teken {fout.colno} ({_explain(fout.msg)})") from fout
    except RecursionError as fout:
        raise ValueError("de JSON is te diep genest") from fout
    if not isinstance(waarde, dict):
        raise ValueError(f"hier hoort een JSON-object ({{…}}), geen {type(waarde).__name__}")
    return _type_dagen(waarde) if getypeerd and _DAG.search(rauw) else waarde  # pyright: ignore[reportUnknownVariableType]


_UITLEG = {
    "Expecting value": "hier hoort een waarde",
    "Expecting property name enclosed in double quotes": "hier hoort een veldnaam tussen dubbele aanhalingstekens",
    "Expecting ':' delimiter": "hier hoort een dubbele punt",
    "Expecting ',' delimiter": "hier hoort een komma",
    "Extra data": "na het object staat nog iets",
    "Invalid control character at": "een besturingsteken in een tekst; schrijf het als \\n of \\t",
    "Unterminated string starting at": "een tekst zonder slotaanhalingsteken",
    "Illegal trailing comma before end of object": "een komma te veel",
}


def _explain(melding: str) -> str:
    return _UITLEG.get(melding, melding)


def _refuse_getal(naam: str) -> object:
    raise ValueError(f"{naam} is geen getal dat in een document kan staan")


def _type_dagen(waarde: Any) -> Any:
    """Texts that are exactly a date, or a moment with a time zone, as what they say."""
    if isinstance(waarde, dict):
        return {k: _type_dagen(v) for k, v in waarde.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(waarde, list):
        return [_type_dagen(v) for v in waarde]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(waarde, str) and (gevonden := _DAG_TEKST.fullmatch(waarde)):
        try:
            if gevonden[1] is None:
                return date.fromisoformat(waarde)
            moment = datetime.fromisoformat(waarde)
        except ValueError:
            return waarde
        return waarde if moment.tzinfo is None else moment
    return waarde


def _name(context: Mapping[str, object], naamveld: str, regel: int) -> str:
    """File name of a document; ValueError with a Dutch sentence when it is missing or unsafe."""
    if not naamveld:
        return f"{regel:06d}.docx"
    waarde: Any = context
    for deel in naamveld.split("."):
        if not isinstance(waarde, Mapping) or deel not in waarde:
            velden = ", ".join(sorted(context)[:12]) or "geen"
            raise ValueError(f"het veld '{naamveld}' voor de bestandsnaam ontbreekt; wel bestaan: {velden}")
        waarde = waarde[deel]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(waarde, bool) or not isinstance(waarde, str | int | date):
        raise ValueError(f"het veld '{naamveld}' is geen tekst of geheel getal en kan geen bestandsnaam zijn")
    return check_naam(str(waarde), naamveld)


def check_naam(naam: str, naamveld: str) -> str:
    """The name with its extension; ValueError when it is no safe name of a file on every system."""
    kaal = naam.removesuffix(".docx")
    if (
        not kaal.strip()
        or kaal != kaal.strip()
        or kaal.startswith(".")
        or kaal.endswith(".")
        or _ONVEILIG.search(kaal)
        or _APPARAAT.fullmatch(kaal)
        or any(0xD800 <= ord(teken) < 0xE000 for teken in kaal)
        or len(kaal.encode("utf-8", "replace")) > 200
    ):
        raise ValueError(
            f"'{naam[:80]}' (veld '{naamveld}') is geen veilige bestandsnaam; gebruik letters, cijfers, spaties, "
            "punten en streepjes, hoogstens 200 bytes"
        )
    return f"{kaal}.docx"
