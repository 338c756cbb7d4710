"""Reads a series of contexts: a file with a JSON object per line (JSONL), each to become one document.

Rendering the series is render_uitvoer.py.

Must stay true: faults are told with their line number, all at once, in the order of the lines; memory does not
grow with the number of lines, but for a number per name.
Traps: JSON has no dates and no exact numbers, so a typed series reads "2026-04-14" as a date and 1.50 as a
Decimal (the guards on values then hold); an untyped one hands the values to the template as they stand.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import insort
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from aanbesteding.errors import InvoerError

BLOK = 50
TE_TONEN = 20
LANGSTE_GETAL = 1000
_DAG = re.compile(rb'"(\d{4}-\d\d-\d\d(?:T[\d:.+\-Z]{4,})?)"')
_ONVEILIG = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_APPARAAT = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Regel:
    """A line: the name of its document and its context, or what is wrong with it."""

    nummer: int
    naam: str = ""
    context: dict[str, object] = field(default_factory=dict[str, object])
    fout: str = ""


@dataclass(frozen=True)
class Reeks:
    """A file of contexts, and where each block of lines starts in it: offset and number of its first line."""

    pad: Path
    naamveld: str
    getypeerd: bool
    aantal: int
    blokken: tuple[tuple[int, int], ...]

    def list_blok(self, blok: int) -> Iterator[Regel]:
        """The lines of a block that are not empty."""
        plek, nummer = self.blokken[blok]
        gedaan = 0
        with self.pad.open("rb") as bestand:
            bestand.seek(plek)
            while gedaan < BLOK and (rauw := bestand.readline()):
                if rauw.strip():
                    yield self._judge(nummer, rauw)
                    gedaan += 1
                nummer += 1

    def _judge(self, nummer: int, rauw: bytes) -> Regel:
        try:
            context = _parse(rauw, self.getypeerd)
            naam = _name(context, self.naamveld, nummer)
        except ValueError as fout:
            return Regel(nummer, fout=f"{fout}.")
        if self.getypeerd and (dagen := _parse_dagen(rauw)):
            _type_dagen(context, dagen)
        return Regel(nummer, naam, context)


@dataclass
class Fouten:
    """Faults of a series: the first lines are kept with their text, the rest is counted."""

    regels: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    aantal: int = 0

    def add(self, nummer: int, fout: str) -> None:
        self.aantal += 1
        insort(self.regels, (nummer, fout))
        del self.regels[TE_TONEN:]

    def check(self, slot: str) -> None:
        """Raise them all at once."""
        if self.aantal:
            meer = self.aantal - len(self.regels)
            rest = [f"… en nog {meer} {'fout' if meer == 1 else 'fouten'}."] if meer else []
            raise InvoerError([*(f"Regel {n}: {fout}" for n, fout in self.regels), *rest, slot])


@dataclass
class Namen:
    """The names that were given so far, without regard to capitals: not every disk tells them apart."""

    bezet: frozenset[str]
    _gegeven: dict[int, int] = field(default_factory=dict[int, int])

    def check(self, nummer: int, naam: str) -> tuple[int, str] | None:
        """The line that is at fault and why, when this name cannot be used."""
        if naam in self.bezet:
            return nummer, f"'{naam}' bestaat al in de map; kies een andere map of geef --overschrijf."
        eerder = self._gegeven.setdefault(hash(unicodedata.normalize("NFC", naam).casefold()), nummer)
        if eerder == nummer:
            return None
        return max(eerder, nummer), (
            f"de naam '{naam}' is al gebruikt op regel {min(eerder, nummer)}; maak namen uniek."
        )


def open_reeks(pad: Path, *, naamveld: str = "", getypeerd: bool = True) -> Reeks:
    """Find the blocks of a file; what is in the lines is judged when they are read."""
    if not pad.is_file():
        raise InvoerError([f"Het bestand met contexten '{pad}' bestaat niet."])
    blokken: list[tuple[int, int]] = []
    aantal = plek = 0
    with pad.open("rb") as bestand:
        for nummer, rauw in enumerate(bestand, start=1):
            if rauw.strip():
                if aantal % BLOK == 0:
                    blokken.append((plek, nummer))
                aantal += 1
            plek += len(rauw)
    if not aantal:
        raise InvoerError(
            [f"Het bestand '{pad.name}' bevat geen contexten; zet op elke regel een JSON-object."]
        )
    return Reeks(pad, naamveld, getypeerd, aantal, tuple(blokken))


def _parse(rauw: bytes, getypeerd: bool) -> dict[str, object]:
    try:
        waarde: object = _LEZERS[getypeerd].decode(rauw.decode("utf-8-sig"))
    except UnicodeDecodeError as fout:
        raise ValueError(
            f"geen geldige UTF-8 op teken {fout.start + 1}; sla het bestand op als UTF-8"
        ) from fout
    except json.JSONDecodeError as fout:
        raise ValueError(f"geen geldige JSON op teken {fout.colno} ({_explain(fout.msg)})") from fout
    except RecursionError as fout:
        raise ValueError("de JSON is te diep genest") from fout
    if not isinstance(waarde, dict):
        raise ValueError(f"hier hoort een JSON-object ({{…}}), geen {_SOORTEN[type(waarde)]}")
    return waarde  # pyright: ignore[reportUnknownVariableType]


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


def _parse_heel(cijfers: str) -> int:
    if len(cijfers) > LANGSTE_GETAL:
        raise ValueError(f"het getal {cijfers[:20]}… is te lang om in een document te staan")
    return int(cijfers)


def _parse_breuk(cijfers: str) -> Decimal:
    try:
        return Decimal(cijfers)
    except InvalidOperation:
        raise ValueError(f"het getal {cijfers[:40]} is te groot of te klein") from None


def _build_object(paren: list[tuple[str, object]]) -> dict[str, object]:
    gebouwd = dict(paren)
    if len(gebouwd) < len(paren):
        dubbel = next(naam for naam, aantal in Counter(naam for naam, _ in paren).items() if aantal > 1)
        raise ValueError(f"het veld '{dubbel}' staat er dubbel in; laat er een weg")
    return gebouwd


_LEZERS = {
    True: json.JSONDecoder(
        parse_float=_parse_breuk,
        parse_int=_parse_heel,
        parse_constant=_refuse_getal,
        object_pairs_hook=_build_object,
    ),
    False: json.JSONDecoder(
        parse_int=_parse_heel, parse_constant=_refuse_getal, object_pairs_hook=_build_object
    ),
}
_SOORTEN: dict[type[object], str] = {
    list: "lijst",
    str: "tekst",
    int: "getal",
    float: "getal",
    Decimal: "getal",
    bool: "true of false",
    type(None): "null",
}


def _parse_dagen(rauw: bytes) -> dict[str, date]:
    """The texts in a line that are exactly a date, or a moment with a time zone, and what they say."""
    dagen: dict[str, date] = {}
    for tekst in {gevonden.decode() for gevonden in _DAG.findall(rauw)}:
        with suppress(ValueError):
            dag = datetime.fromisoformat(tekst) if "T" in tekst else date.fromisoformat(tekst)
            if not isinstance(dag, datetime) or dag.tzinfo is not None:
                dagen[tekst] = dag
    return dagen


def _type_dagen(groep: Any, dagen: Mapping[str, date]) -> None:
    """Put dates where their texts stand in this dict or list."""
    for plek, waarde in groep.items() if groep.__class__ is dict else enumerate(groep):
        if waarde.__class__ is str:
            if waarde in dagen:
                groep[plek] = dagen[waarde]
        elif waarde.__class__ is dict or waarde.__class__ is list:
            _type_dagen(waarde, dagen)


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
    if isinstance(waarde, bool) or not isinstance(waarde, str | int):
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
