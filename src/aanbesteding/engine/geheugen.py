"""What pages read of a dossier, kept in this process for as long as the dossier stays the same.

Reading a dossier is reading all its facts, and its register is a row per document; a page may ask for both at every
click. They are kept with a stamp of a few columns that changes with every act and every document made, and are read
anew when the stamp does. Only views use this: an act, a check of the chain and a document are always made from what
is in the database at that moment.

Must stay true: nothing older than the stamp is ever shown, also when another process writes; what is kept is
bounded, whatever the number of dossiers.
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
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.stukken import Stukken
from aanbesteding.engine.app import App
from aanbesteding.engine.stukregister import load_stukken
from aanbesteding.procedure import Procedure
from aanbesteding.storage.dossier import load_dossier, load_kop
from aanbesteding.storage.queries import load_registerstempel, load_stempel

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
        self, sleutel: Hashable, stempel: Hashable, maak: Callable[[], T], weeg: Callable[[T], int]
    ) -> T:
        """The value of this key at this stamp; made when it is not there."""
        with self._slot:
            deel = self._delen.get(sleutel)
            if deel is not None and deel[0] == stempel:
                self._delen.move_to_end(sleutel)
                return deel[1]
        waarde = maak()
        with self._slot:
            self._delen[sleutel] = (stempel, waarde, weeg(waarde))
            self._delen.move_to_end(sleutel)
            while len(self._delen) > 1 and sum(d[2] for d in self._delen.values()) > self.hoogst:
                self._delen.popitem(last=False)
        return waarde


@dataclass
class _Geheugen:
    dossiers: Bewaard[Dossier] = field(default_factory=lambda: Bewaard[Dossier](HOOGST_FEITEN))
    stukken: Bewaard[Stukken] = field(default_factory=lambda: Bewaard[Stukken](HOOGST_STUKKEN))


_per_database: WeakKeyDictionary[Engine, _Geheugen] = WeakKeyDictionary()


def _load_geheugen(app: App) -> _Geheugen:
    return _per_database.setdefault(app.database, _Geheugen())


def read_dossier(app: App, code: str) -> tuple[Dossier, Procedure, Regio]:
    """As `App.load`, for a view: the facts are read only when there are new ones."""
    kop = load_kop(app.database, code)
    procedure = app.procedures[kop.procedure]
    dossier = _load_geheugen(app).dossiers.load(
        code,
        (load_stempel(app.database, code), procedure.code, procedure.versie),
        lambda: load_dossier(
            app.database, code, procedure.feitsoorten(), procedure.begin_status, procedure.regime
        ),
        lambda gelezen: len(gelezen.vastleggingen) + 1,
    )
    return dossier, procedure, app.load_regio(kop.regio).select_gemeenten(dossier.aanbesteding.gemeenten)


def read_stukken(app: App, dossier: Dossier, procedure: Procedure) -> Stukken:
    """As `load_stukken`, for a view: the register is read only when it grew or the dossier went on."""
    return _load_geheugen(app).stukken.load(
        dossier.code,
        (dossier.versie, load_registerstempel(app.database, dossier.code)),
        lambda: load_stukken(app, dossier, procedure),
        lambda gelezen: len(gelezen.alle) + 1,
    )
