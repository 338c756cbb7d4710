"""Letters of one decision grouped by the branches of the template that they took: what differs, what stands out.

Letters that took the same branches have the same wording; only filled-in values differ. Whoever read one of a group
in full need only see the values of the others. What stands out is said with its reason:

- a rare variant: at most 5% of the letters of this document took these branches, and more than one variant exists;
- a number (a score, an amount) further from the median of its group than 3.5 times the usual distance to it (the
  median of the distances, times 1.4826: for a bell-shaped spread that is one standard deviation);
- a text that is far shorter or longer than the others: outside the quartiles by more than 1.5 times their distance,
  and by more than half the usual length.

Must stay true: nothing is guessed from words; the groups follow from the template, the differences from the contexts.
Trap: below five letters nothing is compared, for three values have no outlier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles
from typing import Any

from pydantic import BaseModel

from aanbesteding.documents.declaration import Grafiek
from aanbesteding.documents.filters import getal

MIN_VERGELIJKBAAR = 5
ZELDZAAM = Decimal("0.05")
VER = Decimal("3.5") * Decimal("1.4826")
_NUMMER = re.compile(r"\[[^\]]*\]")
LANG = 30
"""A text of at least so many characters on average is compared by its length."""
IQR = 1.5


@dataclass(frozen=True)
class Briefgegevens:
    """One letter: its key, for whom, the branches it took, and its context."""

    id: str
    naam: str
    takken: frozenset[str]
    context: BaseModel


@dataclass(frozen=True)
class Verschil:
    """A field that is not the same in every letter of the group (`percelen[].naam`), with its values in this one."""

    pad: str
    waarden: tuple[Any, ...]


@dataclass(frozen=True)
class Opvallend:
    """Why a letter stands out: in which field, and what is unusual about it."""

    pad: str
    tekst: str


@dataclass(frozen=True)
class Brief:
    """A letter of a group: what differs in it, and why it stands out."""

    id: str
    naam: str
    verschillen: tuple[Verschil, ...]
    opvallend: tuple[Opvallend, ...] = ()


@dataclass(frozen=True)
class Variant:
    """Letters with the same wording, what stands out first; the representative is the most ordinary one."""

    takken: frozenset[str]
    brieven: tuple[Brief, ...]
    vertegenwoordiger: Brief
    zeldzaam: str = ""


def flatten(waarde: Any, pad: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of a context with its path."""
    if isinstance(waarde, BaseModel) and not isinstance(waarde, Grafiek):
        for naam in type(waarde).model_fields:
            yield from flatten(getattr(waarde, naam), f"{pad}.{naam}" if pad else naam)
    elif isinstance(waarde, Mapping):
        paren: Mapping[Any, Any] = waarde  # pyright: ignore[reportUnknownVariableType]
        for sleutel, deel in paren.items():
            yield from flatten(deel, f"{pad}[{sleutel}]")
    elif isinstance(waarde, tuple | list):
        delen: Sequence[Any] = list[Any](waarde)  # pyright: ignore[reportUnknownArgumentType]
        for nummer, deel in enumerate(delen, start=1):
            yield from flatten(deel, f"{pad}[{nummer}]")
    else:
        yield pad, waarde


def group_varianten(brieven: Sequence[Briefgegevens]) -> tuple[Variant, ...]:
    """The letters of one document in groups, the rarest group first."""
    groepen: dict[frozenset[str], list[Briefgegevens]] = {}
    for brief in brieven:
        groepen.setdefault(brief.takken, []).append(brief)
    varianten = [
        _build_variant(takken, leden, len(brieven), len(groepen)) for takken, leden in groepen.items()
    ]
    return tuple(sorted(varianten, key=lambda v: (len(v.brieven), v.vertegenwoordiger.id)))


def _build_variant(
    takken: frozenset[str], leden: Sequence[Briefgegevens], totaal: int, soorten: int
) -> Variant:
    bladen = [dict(flatten(lid.context)) for lid in leden]
    opvallend = list_opvallend(bladen)
    velden = [_group_velden(blad) for blad in bladen]
    paden = list(dict.fromkeys(pad for veld in velden for pad in veld))
    anders = [pad for pad in paden if any(v.get(pad) != velden[0].get(pad) for v in velden)]
    brieven = [
        Brief(lid.id, lid.naam, tuple(Verschil(p, veld.get(p, ())) for p in anders), tuple(redenen))
        for lid, veld, redenen in zip(leden, velden, opvallend, strict=True)
    ]
    vooraan = sorted(brieven, key=lambda b: (-len(b.opvallend), b.naam, b.id))
    gewoon = min(brieven, key=lambda b: (len(b.opvallend), b.naam, b.id))
    zeldzaam = ""
    if soorten > 1 and len(leden) <= max(1, int(totaal * ZELDZAAM)):
        zeldzaam = f"zeldzaam: deze tekst komt bij {len(leden)} van de {totaal} stukken voor"
    return Variant(takken, tuple(vooraan), gewoon, zeldzaam)


def strip_nummers(pad: str) -> str:
    """The path as a template names it: `percelen[3].naam` becomes `percelen[].naam`."""
    return _NUMMER.sub("[]", pad)


def _group_velden(blad: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The values per field, all elements of a list together."""
    uit: dict[str, tuple[Any, ...]] = {}
    for pad, waarde in blad.items():
        veld = strip_nummers(pad)
        uit[veld] = (*uit.get(veld, ()), waarde)
    return uit


def list_opvallend(bladen: Sequence[Mapping[str, Any]]) -> list[list[Opvallend]]:
    """Per letter why it stands out among these."""
    uit: list[list[Opvallend]] = [[] for _ in bladen]
    for pad in dict.fromkeys(pad for blad in bladen for pad in blad):
        waarden = [(n, blad[pad]) for n, blad in enumerate(bladen) if pad in blad]
        if len(waarden) < MIN_VERGELIJKBAAR:
            continue
        getallen = [
            (n, Decimal(w)) for n, w in waarden if isinstance(w, int | Decimal) and not isinstance(w, bool)
        ]
        teksten = [(n, w) for n, w in waarden if isinstance(w, str)]
        if len(getallen) == len(waarden):
            _note_getallen(pad, getallen, uit)
        elif len(teksten) == len(waarden):
            _note_teksten(pad, teksten, uit)
    return uit


def _note_getallen(pad: str, waarden: Sequence[tuple[int, Decimal]], uit: list[list[Opvallend]]) -> None:
    midden = median(w for _, w in waarden)
    afstand = median(abs(w - midden) for _, w in waarden)
    if not afstand:
        return
    for n, w in waarden:
        if abs(w - midden) > VER * afstand:
            uit[n].append(Opvallend(pad, f"{getal(w)}, ver van de andere stukken (midden {getal(midden)})"))


def _note_teksten(pad: str, waarden: Sequence[tuple[int, str]], uit: list[list[Opvallend]]) -> None:
    lengtes = [len(w) for _, w in waarden]
    if sum(lengtes) < LANG * len(lengtes):
        return
    onder, midden, boven = quantiles(lengtes, n=4)
    marge = max(IQR * (boven - onder), midden / 2)
    for (n, _), lengte in zip(waarden, lengtes, strict=True):
        if lengte < onder - marge:
            uit[n].append(Opvallend(pad, f"opvallend kort ({lengte} tekens)"))
        elif lengte > boven + marge:
            uit[n].append(Opvallend(pad, f"opvallend lang ({lengte} tekens)"))
