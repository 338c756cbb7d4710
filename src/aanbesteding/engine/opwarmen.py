"""Reads dossiers before anybody asks, after a start: whoever opens the list first need not wait for all of them.

A dossier that is read stays in memory with what follows from it (engine.geheugen), and is read again only when it goes
on. Here nothing is kept: the same line of the list is built that a page will build.

Must stay true: what a page shows is decided when it is asked, on the dossier and the moment as they are then; this
takes no more than half of the time of the process, and no more dossiers than the memory holds.
"""

from __future__ import annotations

import time
from contextlib import suppress
from threading import Event

from aanbesteding.engine.app import App
from aanbesteding.engine.dossierbeeld import build_lijstregel
from aanbesteding.engine.geheugen import HOOGST_FEITEN
from aanbesteding.engine.standen import load_geladen
from aanbesteding.errors import AanbestedingError
from aanbesteding.storage.queries import list_dossiers

DEEL = 0.8
"""So much of the memory is filled beforehand."""


def warm_up(app: App, stop: Event, hoogst: int = int(HOOGST_FEITEN * DEEL)) -> int:
    """Read dossiers in the order of the list, up to this many facts or until told to stop; how many were read.

    A dossier that cannot be read is left to the page that shows it, and so is a database that does not answer.
    """
    gelezen = feiten = 0
    try:
        regels = list_dossiers(app.database)
    except AanbestedingError:
        return 0
    for regel in regels:
        begin = time.monotonic()
        with suppress(AanbestedingError):
            feiten += len(load_geladen(app, regel.code).dossier.vastleggingen)
            build_lijstregel(app, regel, "")
            gelezen += 1
        if feiten >= hoogst or stop.wait(time.monotonic() - begin):
            break
    return gelezen
