"""Dossiers that this process has read: facts never change, so a second look reads only what was added.

Must stay true: a kept dossier counts only while the database still says that its last fact is the last, or that the
next fact hangs on it; whoever checks evidence (storage.bewijs) never reads through here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit

MEESTE_FEITEN = 200_000
"""So many facts are kept; the dossier that was read last is always kept."""


@dataclass(frozen=True)
class Gelezen:
    """A dossier as it was read, with the hash of its last fact and of its cover, and how its facts were read."""

    dossier: Dossier
    laatste_hash: str
    definitie_hash: str
    feitsoorten: Mapping[str, type[Feit]]


class Leeszaal:
    """The kept dossiers, those read last at the end. Safe for threads: values are immutable."""

    def __init__(self) -> None:
        self._per_database: WeakKeyDictionary[Engine, OrderedDict[str, Gelezen]] = WeakKeyDictionary()
        self._slot = Lock()

    def find(self, engine: Engine, code: str) -> Gelezen | None:
        """What was kept of this dossier."""
        with self._slot:
            return self._per_database.get(engine, OrderedDict[str, Gelezen]()).get(code)

    def keep(self, engine: Engine, gelezen: Gelezen) -> None:
        """Keep this dossier in the place of what was kept of it; the oldest ones make room."""
        with self._slot:
            plank = self._per_database.setdefault(engine, OrderedDict())
            plank.pop(gelezen.dossier.code, None)
            plank[gelezen.dossier.code] = gelezen
            while (
                len(plank) > 1 and sum(len(g.dossier.vastleggingen) for g in plank.values()) > MEESTE_FEITEN
            ):
                plank.popitem(last=False)


LEESZAAL = Leeszaal()
