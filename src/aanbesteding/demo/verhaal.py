"""A story: a list of steps (when, who, which act, with which input) that makes a whole purchase.

Stories are data of a region (regios/<code>/verhaal.toml, and verhaal-<name>.toml when it has more purchases). A step
performs one act, imports a workbook, runs a stage's flow, or performs an act once for every input that is invented
for it. A step with `elk` stands for one step per value, as in every municipality that decides the same.

Must stay true: the clock only goes forward and every act has a moment of its own, so that a story that was broken
off knows exactly where it was.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import product
from typing import Any, Self, TypeGuard

from pydantic import Field, model_validator

from aanbesteding.demo.werkboeken import Verzinsels
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.kalender import TIJDZONE


class Stap(Gegevensmodel):
    """One step. Exactly one of `handeling` (with `invoer` or `bedenk`), `importeer`, `fase`, `beoordeel`, `verzend`."""

    moment: datetime = Field(description="Nederlandse tijd")
    als: str
    wat: str = Field(min_length=1, description="Eén zin voor het verslag")
    handeling: str = ""
    invoer: dict[str, Any] = Field(default_factory=dict[str, Any])
    bedenk: str = ""
    importeer: str = ""
    werkboek: str = ""
    met: dict[str, Any] = Field(default_factory=dict[str, Any])
    fase: str = ""
    beoordeel: str = Field(
        default="", description="Fase waarvan alle stukken in beoordeling worden goedgekeurd"
    )
    verzend: str = Field(default="", description="Handeling waarvan alle brieven worden verstuurd")
    geweigerd: tuple[str, ...] = Field(default=(), description="Regelcodes die deze stap moeten weigeren")

    @model_validator(mode="after")
    def check_soort(self) -> Self:
        """A step does one thing."""
        if sum(map(bool, (self.handeling, self.importeer, self.fase, self.beoordeel, self.verzend))) != 1:
            raise ValueError(
                "een stap heeft precies één van 'handeling', 'importeer', 'fase', 'beoordeel' en 'verzend'"
            )
        if self.importeer and not self.werkboek:
            raise ValueError("bij 'importeer' hoort 'werkboek'")
        return self

    @property
    def tijd(self) -> datetime:
        """The moment in the Netherlands."""
        return self.moment.replace(tzinfo=TIJDZONE) if self.moment.tzinfo is None else self.moment


TUSSENTIJD = 10
"""Minutes between the steps that one step with `elk` stands for."""
MAX_HERHALING = 1_000
"""Steps that one step with `elk` may stand for."""


def expand_stap(stap: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps that a step with `elk` stands for: one per combination, the last name turning fastest.

    `elk` gives values per name; "{name}" in any text of the step becomes the value. Each next step is `tussen` minutes
    later. ValueError says what is wrong with `elk` or `tussen`.
    """
    kaal = {veld: waarde for veld, waarde in stap.items() if veld not in ("elk", "tussen")}
    elk, minuten = _check_elk(stap.get("elk", {})), stap.get("tussen", TUSSENTIJD)
    if not isinstance(minuten, int) or not 0 <= minuten <= 24 * 60:
        raise ValueError("'tussen' is een geheel aantal minuten, ten hoogste een dag")
    for nummer, waarden in enumerate(product(*elk.values())):
        ingevuld = _fill(kaal, {f"{{{naam}}}": str(w) for naam, w in zip(elk, waarden, strict=True)})
        yield ingevuld | {"moment": _add(kaal["moment"], nummer * minuten)} if elk else ingevuld


def _check_elk(elk: object) -> Mapping[str, list[Any]]:
    if not _is_tabel(elk) or not all(map(_is_lijst, elk.values())):
        raise ValueError("'elk' geeft per naam een lijst van waarden")
    if math.prod(map(len, elk.values())) > MAX_HERHALING:
        raise ValueError(f"'elk' staat voor meer dan {MAX_HERHALING} stappen; verdeel de stap")
    return elk


def _add(moment: datetime, minuten: int) -> datetime:
    try:
        return moment + timedelta(minutes=minuten)
    except OverflowError as fout:
        raise ValueError("het moment ligt voorbij het jaar 9999") from fout


def _is_tabel(waarde: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(waarde, dict)


def _is_lijst(waarde: object) -> TypeGuard[list[Any]]:
    return isinstance(waarde, list)


def _fill(waarde: Any, namen: Mapping[str, str]) -> Any:
    if isinstance(waarde, str):
        for naam, tekst in namen.items():
            waarde = waarde.replace(naam, tekst)
        return waarde
    if _is_tabel(waarde):
        return {sleutel: _fill(deel, namen) for sleutel, deel in waarde.items()}
    if _is_lijst(waarde):
        return [_fill(deel, namen) for deel in waarde]
    return waarde


class Verhaal(Gegevensmodel):
    """A whole story of one purchase."""

    titel: str
    dossier: str
    aanbesteding: str = Field(description="Bestand met de definitie, naast het verhaal")
    begin: datetime
    verzinsels: Verzinsels
    stappen: tuple[Stap, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def expand_stappen(cls, gegevens: Any) -> Any:
        """Steps with `elk` become the steps they stand for; a malformed step is left to its own check."""
        if not _is_tabel(gegevens) or not _is_lijst(gegevens.get("stappen")):
            return gegevens
        stappen = [
            deel
            for stap in gegevens["stappen"]
            for deel in (
                expand_stap(stap) if _is_tabel(stap) and isinstance(stap.get("moment"), datetime) else (stap,)
            )
        ]
        return gegevens | {"stappen": stappen}

    @model_validator(mode="after")
    def check_volgorde(self) -> Self:
        """Time goes forward."""
        vorige = self.begin_tijd
        for nummer, stap in enumerate(self.stappen, start=1):
            if stap.tijd < vorige:
                raise ValueError(f"stap {nummer} ({stap.wat}) ligt voor de stap ervoor")
            vorige = stap.tijd
        return self

    @property
    def begin_tijd(self) -> datetime:
        """When the dossier is made, in the Netherlands."""
        return self.begin.replace(tzinfo=TIJDZONE)
