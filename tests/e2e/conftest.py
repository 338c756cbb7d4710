"""One run of each story, shared by every end-to-end test of the session: ask for it with `vertel(regio, bestand)`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

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

    def list_documenten(self, document: str = "") -> list[Documentregel]:
        """The documents of one kind, or all of them."""
        return list(list_documenten(self.app.database, self.verhaal.dossier, document=document or None))

    def read_alle(self, document: str) -> list[str]:
        """The texts of every copy of a document, oldest first."""
        return [self.read_tekst(regel) for regel in self.list_documenten(document)]

    def read_tekst(self, regel: Documentregel) -> str:
        """The text of one document."""
        return extract_text(self.app.bestanden.load(self.verhaal.dossier, regel.pad))


def tell_verhaal(regio: str, map_: Path, bestand: str = "", **instellingen: Any) -> Verteld:
    """Tell a story of a region in this process, without Prefect. `instellingen`: other settings than the default."""
    verhaal, regiomap = load_verhaal(regio, regio_mappen(None), bestand)
    klok = StilstaandeKlok(verhaal.begin_tijd)
    app = make_app(Settings(home=map_, **instellingen), klok)
    make_dossier(app, regiomap / verhaal.aanbesteding, verhaal.dossier, demo=True)

    def run_fase(fase: str, dossier: str, als: str) -> Faserun:
        perform_due(app, dossier, fase, als)
        fouten = [f for t in list_open(app, dossier, fase) for f in produce(app, t).fouten]
        return Faserun(tuple(fouten))

    verteld = Verteld(app, verhaal, map_)
    verteller = Verteller(app, klok, verhaal, verhaal.dossier, map_ / "invoer", run_fase)
    verteller.tell(lambda stap, documenten: verteld.stappen.append((stap, documenten)))
    return verteld


Vertel = Callable[..., Verteld]


@pytest.fixture(scope="session")
def vertel(tmp_path_factory: pytest.TempPathFactory) -> Vertel:
    """Tells a story once per session: `vertel("westfriesland")`, or with a file when the region has more."""

    @cache
    def tell(regio: str, bestand: str = "verhaal.toml") -> Verteld:
        return tell_verhaal(regio, tmp_path_factory.mktemp(regio), bestand)

    return tell


@pytest.fixture(scope="session")
def bommelerwaard(vertel: Vertel) -> Verteld:
    """The purchase of Bommelerwaard, told once."""
    return vertel("bommelerwaard")
