"""A story: a list of steps (when, who, which act, with which input) that makes a whole purchase.

Stories are data of a region (regios/<code>/verhaal.toml). A step performs one act, imports a workbook, runs a
stage's flow, or performs an act once for every input that is invented for it.

Must stay true: the clock only goes forward and every act has a moment of its own, so that a story that was broken
off knows exactly where it was.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from pydantic import Field, model_validator

from aanbesteding.demo.werkboeken import Verzinsels
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.kalender import TIJDZONE


class Stap(Gegevensmodel):
    """One step. Exactly one of `handeling` (with `invoer` or `bedenk`), `importeer` and `fase`."""

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
    geweigerd: tuple[str, ...] = Field(default=(), description="Regelcodes die deze stap moeten weigeren")

    @model_validator(mode="after")
    def check_soort(self) -> Self:
        """A step does one thing."""
        if sum(map(bool, (self.handeling, self.importeer, self.fase))) != 1:
            raise ValueError("een stap heeft precies één van 'handeling', 'importeer' en 'fase'")
        if self.importeer and not self.werkboek:
            raise ValueError("bij 'importeer' hoort 'werkboek'")
        return self

    @property
    def tijd(self) -> datetime:
        """The moment in the Netherlands."""
        return self.moment.replace(tzinfo=TIJDZONE) if self.moment.tzinfo is None else self.moment


class Verhaal(Gegevensmodel):
    """A whole story of one purchase."""

    titel: str
    dossier: str
    aanbesteding: str = Field(description="Bestand met de definitie, naast het verhaal")
    begin: datetime
    verzinsels: Verzinsels
    stappen: tuple[Stap, ...] = Field(min_length=1)

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
