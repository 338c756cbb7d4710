"""What is due at a moment: automatic acts that a stage run would perform now.

Must stay true: it only looks; performing goes through engine.perform.
"""

from __future__ import annotations

from dataclasses import dataclass

from aanbesteding.domain.rol import Rol
from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open
from aanbesteding.engine.perform import find_due
from aanbesteding.storage.queries import list_dossiers


@dataclass(frozen=True)
class Bewaakt:
    """A stage of a dossier where something is due, and the person in whose name it may be done."""

    dossier: str
    fase: str
    persoon: str


def list_bewaakt(app: App) -> tuple[Bewaakt, ...]:
    """Every stage of every dossier with a due automatic act or an open promise."""
    gevonden: list[Bewaakt] = []
    for regel in list_dossiers(app.database):
        personen = app.load_regio(regel.regio).list_personen(Rol.INKOPER)
        open_ = {toezegging.fase for toezegging in list_open(app, regel.code)}
        for fase in app.procedures[regel.procedure].fasen:
            if personen and (fase.code in open_ or find_due(app, regel.code, fase.code, personen[0])):
                gevonden.append(Bewaakt(regel.code, fase.code, personen[0]))
    return tuple(gevonden)
