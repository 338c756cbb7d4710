"""What is read of a dossier, kept in this process: facts are only ever added, so what was read once stays right.

Reading a large dossier is reading tens of thousands of facts, and what follows from them (a ranking, a state) is
kept with it. A dossier is therefore read whole once and afterwards only as far as it went on; its register, a row per
document, is read anew when it grew. Both are kept with a stamp of a few columns that changes with every act and every
document made. Checks of the evidence (engine.verifieer, engine.herbereken) do not use this: they read every row.

Must stay true: nothing older than the stamp is ever given, also when another process writes; facts that do not
continue the chain of what is kept make it be read whole again; what is kept is bounded, whatever the number of
dossiers. That an act is decided on what is in the database at that moment is guarded where it is recorded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.stukken import Stukken
from aanbesteding.procedure import Procedure
from aanbesteding.storage.dossier import load_dossier
from aanbesteding.storage.queries import load_stempel

T = TypeVar("T")
HOOGST_FEITEN = 60_000
"""Facts that are kept, of all dossiers together; some 60 MB."""
HOOGST_STUKKEN = 60_000
"""Documents that are kept, of all dossiers together; some 60 MB."""


@dataclass
class Bewaard(Generic[T]):
    """The values used last, by key and stamp, up to a weight; the newest is kept whatever it weighs."""

    hoogst: int
    _delen: OrderedDict[Hashable, tuple[Hashable, T, int]] = field(
        default_factory=OrderedDict[Hashable, tuple[Hashable, T, int]]
    )
    _slot: Lock = field(default_factory=Lock)

    def load(
        self, sleutel: Hashable, stempel: Hashable, maak: Callable[[T | None], T], weeg: Callable[[T], int]
    ) -> T:
        """The value of this key at this stamp; made when it is not there, from the one of an older stamp if any."""
        with self._slot:
            deel = self._delen.get(sleutel)
            if deel is not None and deel[0] == stempel:
                self._delen.move_to_end(sleutel)
                return deel[1]
        waarde = maak(None if deel is None else deel[1])
        with self._slot:
            self._delen[sleutel] = (stempel, waarde, weeg(waarde))
            self._delen.move_to_end(sleutel)
            while len(self._delen) > 1 and sum(d[2] for d in self._delen.values()) > self.hoogst:
                self._delen.popitem(last=False)
        return waarde


@dataclass
class Geheugen:
    """What this process keeps of one database."""

    dossiers: Bewaard[Dossier] = field(default_factory=lambda: Bewaard[Dossier](HOOGST_FEITEN))
    stukken: Bewaard[Stukken] = field(default_factory=lambda: Bewaard[Stukken](HOOGST_STUKKEN))


_per_database: WeakKeyDictionary[Engine, Geheugen] = WeakKeyDictionary()


def load_geheugen(database: Engine) -> Geheugen:
    """The memory of this database."""
    return _per_database.setdefault(database, Geheugen())


def read_dossier(database: Engine, code: str, procedure: Procedure, *, opnieuw: bool = False) -> Dossier:
    """The dossier as it is in the database now, with `opnieuw` read whole; OnbekendDossier when there is none."""

    def read(eerder: Dossier | None) -> Dossier:
        soorten, begin = procedure.feitsoorten(), procedure.begin_status
        return load_dossier(database, code, soorten, begin, procedure.regime, eerder)

    if opnieuw:
        return read(None)
    return load_geheugen(database).dossiers.load(
        (code, procedure.code, procedure.versie),
        load_stempel(database, code),
        read,
        lambda gelezen: len(gelezen.vastleggingen) + 1,
    )
