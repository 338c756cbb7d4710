"""The shape of a stage: its acts (who, from where to where, under which rules) and its documents.

A stage is a value. A variant of a stage is made by composition (`zonder`, `vervang`, `pas_aan`, `met`,
`met_handelingen`, `zonder_regels`), never by a subclass.

Must stay true: the declaration of an act is the only answer to "who may do this, from where, on what grounds".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from aanbesteding.documents.declaration import Document
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.regel import Overtreding, Regel
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie

Per = Literal["aanbesteding", "perceel", "dossier", "ronde", "verzoek", "overeenkomst"]
"""What an act concerns.

aanbesteding: all percelen together that have not ended; perceel: the percelen that the input names;
dossier: nothing with a status; ronde, verzoek, overeenkomst: the ones that the input names, or that the act makes.
"""


class GeenInvoer(Gegevensmodel):
    """Input of an act that asks nothing but an optional motivation."""

    motivering: str = Field(default="", title="Motivering", description="Nodig als een regel daarom vraagt")


@dataclass(frozen=True)
class Envelop:
    """Content to be sealed: kind ("inschrijving", "prijs"), key and content. Never part of a fact."""

    soort: str
    sleutel: str
    inhoud: Mapping[str, Any]


@dataclass(frozen=True)
class Uitgave:
    """Documents to be made again: of this code, about these onderwerpen, for these recipients only."""

    document: str
    fase: str
    onderwerpen: tuple[str, ...]
    ontvangers: tuple[str, ...]


@dataclass(frozen=True)
class Besluit:
    """What an act records: facts, sealed content, keys of onderwerpen that it makes, and editions it asks for."""

    feiten: tuple[Feit, ...] = ()
    verzegeld: tuple[Envelop, ...] = ()
    nieuw: tuple[str, ...] = ()
    uitgaven: tuple[Uitgave, ...] = ()


@dataclass(frozen=True)
class Verzonden:
    """How the sending of an act's letters ended: recipients whose letter left or not, and when the last one left."""

    onderwerpen: tuple[str, ...]
    verzonden: tuple[str, ...]
    niet_verzonden: tuple[str, ...]
    laatst: datetime


@dataclass(frozen=True)
class NaVerzending:
    """What is recorded once the fate of every letter of an act is known: which act, with which input."""

    handeling: str
    build_invoer: Callable[[Verzonden], BaseModel]


@dataclass(frozen=True)
class Handeling:
    """An act: one arrow of the state machine with its role, input, rules, decision and documents.

    `van` empty: the status does not matter (or the act makes a new onderwerp). `naar` None: the status stays.
    `opent`: kind of sealed content that this act opens (handed over as `situatie.geopend`); its input names `openers`.
    `na_verzending`: what must be recorded when its letters have been sent.
    `mede`: other roles that may perform it as well. `ziet_stukken`: its rules look at the produced documents.
    `ingang`: where people do it, when its input holds what only the product may make (a report, a receipt, a moment);
    such input is taken from nobody.
    `ziet_sleutels`: its rules look at the keys of openers. `verzegelt`: what it takes in is sealed to openers.
    `automatisch`: returns the input when a stage run may perform this act by itself now, else None.
    """

    code: str
    titel: str
    rol: Rol
    per: Per
    besluit: Callable[[Situatie[Any]], Besluit]
    van: frozenset[str] = frozenset()
    naar: str | None = None
    invoer: type[BaseModel] = GeenInvoer
    regels: tuple[Regel, ...] = ()
    documenten: tuple[Document, ...] = ()
    opent: str | None = None
    automatisch: Callable[[Situatie[None]], BaseModel | None] | None = None
    na_verzending: NaVerzending | None = None
    grondslag: str = ""
    mede: tuple[Rol, ...] = ()
    ziet_stukken: bool = False
    ingang: str = ""
    ziet_sleutels: bool = False
    verzegelt: bool = False

    @property
    def rollen(self) -> tuple[Rol, ...]:
        """Every role that may perform it."""
        return (self.rol, *self.mede)


@dataclass(frozen=True)
class Invoerbestand:
    """A workbook that can be imported: the row model of each sheet and how rows become the input of an act.

    `build_invoer` gets the validated rows per sheet and the dossier's situation; it raises InvoerError with
    every fault when rows do not fit together.
    """

    soort: str
    handeling: str
    bladen: Mapping[str, type[BaseModel]]
    build_invoer: Callable[[Mapping[str, tuple[Any, ...]], Situatie[None]], BaseModel]


@dataclass(frozen=True)
class Fase:
    """A stage. `feiten` are the kinds of fact that only this stage records.

    `meldingen` says what the dossier must tell whoever looks at it, whatever act they have in mind.
    """

    code: str
    titel: str
    handelingen: tuple[Handeling, ...]
    feiten: tuple[type[Feit], ...] = ()
    invoerbestanden: tuple[Invoerbestand, ...] = ()
    meldingen: Callable[[Situatie[Any]], tuple[Overtreding, ...]] | None = None

    @property
    def documenten(self) -> tuple[Document, ...]:
        """Every document of the stage, each once, in order of the acts."""
        gezien: dict[str, Document] = {}
        for handeling in self.handelingen:
            for document in handeling.documenten:
                gezien.setdefault(document.code, document)
        return tuple(gezien.values())

    def load_handeling(self, code: str) -> Handeling:
        """The act with this code; KeyError when the stage has none."""
        for handeling in self.handelingen:
            if handeling.code == code:
                return handeling
        raise KeyError(f"fase {self.code} heeft geen handeling {code}")

    def zonder(self, *codes: str) -> Fase:
        """This stage without these acts, and without the workbooks that feed them; KeyError on an unknown one."""
        for code in codes:
            self.load_handeling(code)
        return replace(
            self,
            handelingen=tuple(h for h in self.handelingen if h.code not in codes),
            invoerbestanden=tuple(b for b in self.invoerbestanden if b.handeling not in codes),
        )

    def vervang(self, code: str, handeling: Handeling) -> Fase:
        """This stage with one act replaced; KeyError when there is none of this code."""
        self.load_handeling(code)
        return replace(self, handelingen=tuple(handeling if h.code == code else h for h in self.handelingen))

    def pas_aan(self, code: str, **velden: Any) -> Fase:
        """This stage with some fields of one act changed, such as `van` or `naar`."""
        return self.vervang(code, replace(self.load_handeling(code), **velden))

    def met(self, *regels: Regel, bij: str) -> Fase:
        """This stage with more rules at one act."""
        return self.pas_aan(bij, regels=(*self.load_handeling(bij).regels, *regels))

    def met_handelingen(self, *handelingen: Handeling, feiten: tuple[type[Feit], ...] = ()) -> Fase:
        """This stage with more acts at the end, and the kinds of fact that they record."""
        return replace(self, handelingen=(*self.handelingen, *handelingen), feiten=(*self.feiten, *feiten))

    def zonder_regels(self, *regels: Regel, bij: str) -> Fase:
        """This stage with fewer rules at one act; ValueError when the act does not have such a rule."""
        over = [r for r in self.load_handeling(bij).regels if r not in regels]
        if len(over) + len(regels) != len(self.load_handeling(bij).regels):
            raise ValueError(f"handeling {bij} heeft niet al deze regels")
        return self.pas_aan(bij, regels=tuple(over))
