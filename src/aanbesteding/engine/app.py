"""What the engine works with, in one frozen value: database, files, clock, law, regions and procedures.

Made by bootstrap; passed to every engine function. Nothing here decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from aanbesteding.documents.catalogus import Sjablonen
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.norm import Normen
from aanbesteding.domain.regio import Regio
from aanbesteding.engine.geheugen import read_dossier
from aanbesteding.engine.ports import Klok, Postbode, Verdeler, Werkboeklezer
from aanbesteding.errors import AanbestedingError
from aanbesteding.procedure import Procedure
from aanbesteding.regio import load_regio
from aanbesteding.storage.dossier import load_kop
from aanbesteding.storage.files import Opslag


@dataclass(frozen=True)
class Post:
    """How letters reach their recipients: who delivers, and where the links in a mail lead.

    `link_dagen`: how long a link works; it must outlast every term that a letter names.
    """

    postbode: Postbode
    web_adres: str
    link_dagen: int = 120


@dataclass(frozen=True)
class App:
    """The running product. `werkmap` is a folder on this machine for what may go at any time."""

    database: Engine
    bestanden: Opslag
    sjablonen: Sjablonen
    klok: Klok
    normen: Normen
    procedures: Mapping[str, Procedure]
    regiomappen: tuple[Path, ...]
    lees_werkboek: Werkboeklezer
    werkmap: Path
    post: Post | None = None
    verdeler: Verdeler | None = None

    def load_post(self) -> Post:
        """How letters leave; AanbestedingError when this installation has no way."""
        if self.post is None:
            raise AanbestedingError("Deze installatie heeft geen weg voor post. Meld dit als fout.")
        return self.post

    def load_regio(self, code: str) -> Regio:
        """The region with this code."""
        return load_regio(code, self.regiomappen)[0]

    def load(self, code: str, *, opnieuw: bool = False) -> tuple[Dossier, Procedure, Regio]:
        """A dossier with the procedure and the region (its participating municipalities) that it runs under.

        `opnieuw`: nothing that this process read before is used, for who checks what is stored.
        """
        kop = load_kop(self.database, code)
        procedure = self.procedures[kop.procedure]
        dossier = read_dossier(self.database, code, procedure, opnieuw=opnieuw)
        regio = self.load_regio(kop.regio).select_gemeenten(dossier.aanbesteding.gemeenten)
        return dossier, procedure, regio
