"""One run of each region's story, shared by every end-to-end test of the session."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.bootstrap import make_app
from aanbesteding.demo.draaien import Verteller, load_verhaal
from aanbesteding.demo.verhaal import Stap, Verhaal
from aanbesteding.documents.text import extract_text
from aanbesteding.domain.dossier import Dossier
from aanbesteding.engine.app import App
from aanbesteding.engine.dossiers import make_dossier
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform_due
from aanbesteding.regio import regio_mappen
from aanbesteding.settings import Settings
from aanbesteding.storage.documenten import Documentregel, list_documenten


@dataclass(frozen=True)
class Faserun:
    """What the in-process runner gives back, in the form of the flow's own result."""

    fouten: tuple[str, ...]


@dataclass
class Verteld:
    """A story that was told to the end."""

    app: App
    verhaal: Verhaal
    map: Path
    stappen: list[tuple[Stap, int]] = field(default_factory=list[tuple[Stap, int]])

    @property
    def dossier(self) -> Dossier:
        """The dossier as it ended."""
        return self.app.load(self.verhaal.dossier)[0]

    def list_documenten(self, document: str) -> list[Documentregel]:
        """The documents of one kind."""
        return list(list_documenten(self.app.database, self.verhaal.dossier, document=document))

    def read_tekst(self, regel: Documentregel) -> str:
        """The text of one document."""
        return extract_text(self.app.bestanden.load(self.verhaal.dossier, regel.pad))


def tell_verhaal(regio: str, map_: Path) -> Verteld:
    """Tell the story of a region in this process, without Prefect."""
    verhaal, regiomap = load_verhaal(regio, regio_mappen(None))
    klok = StilstaandeKlok(verhaal.begin_tijd)
    app = make_app(Settings(home=map_), klok)
    make_dossier(app, regiomap / verhaal.aanbesteding, verhaal.dossier, demo=True)

    def run_fase(fase: str, dossier: str, als: str) -> Faserun:
        perform_due(app, dossier, fase, als)
        fouten = [f for t in list_open(app, dossier, fase) for f in produce(app, t).fouten]
        return Faserun(tuple(fouten))

    verteld = Verteld(app, verhaal, map_)
    verteller = Verteller(app, klok, verhaal, verhaal.dossier, map_ / "invoer", run_fase)
    verteller.tell(lambda stap, documenten: verteld.stappen.append((stap, documenten)))
    return verteld


@pytest.fixture(scope="session")
def bommelerwaard(tmp_path_factory: pytest.TempPathFactory) -> Verteld:
    """The purchase of Bommelerwaard, told once."""
    return tell_verhaal("bommelerwaard", tmp_path_factory.mktemp("bommelerwaard"))
