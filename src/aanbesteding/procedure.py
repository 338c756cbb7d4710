"""The shape of a procedure: its regime and an ordered choice of stages, with a first status and those that end it.

A procedure that resembles another is made of the same stages with `zonder`, `vervang` and `met` (see fase.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aanbesteding.documents.declaration import Document
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import FEITEN
from aanbesteding.domain.procedureregime import Procedureregime
from aanbesteding.fase import Fase, Handeling, Invoerbestand


@dataclass(frozen=True)
class Procedure:
    """A procedure as data.

    `geldig_vanaf` and `geldig_tot`: the first and (if any) the last day on which a dossier may follow it.
    `eindstatussen`: a perceel in one of these no longer takes part.
    """

    code: str
    titel: str
    grondslag: str
    geldig_vanaf: date
    versie: str
    regime: Procedureregime
    begin_status: str
    eindstatussen: frozenset[str]
    fasen: tuple[Fase, ...]
    geldig_tot: date | None = None

    def geldt_op(self, dag: date) -> bool:
        """Whether a dossier whose law is read on this day may follow it."""
        return self.geldig_vanaf <= dag and (self.geldig_tot is None or dag <= self.geldig_tot)

    def list_handelingen(self) -> tuple[tuple[Fase, Handeling], ...]:
        """Every act with its stage, in order."""
        return tuple((fase, handeling) for fase in self.fasen for handeling in fase.handelingen)

    def load_handeling(self, code: str) -> tuple[Fase, Handeling]:
        """The act with this code; KeyError when this procedure has none."""
        for fase, handeling in self.list_handelingen():
            if handeling.code == code:
                return fase, handeling
        raise KeyError(code)

    def load_fase(self, code: str) -> Fase:
        """The stage with this code; KeyError when this procedure has none."""
        for fase in self.fasen:
            if fase.code == code:
                return fase
        raise KeyError(code)

    def load_document(self, code: str) -> Document:
        """The declaration of a document; KeyError when no stage declares it."""
        for fase in self.fasen:
            for document in fase.documenten:
                if document.code == code:
                    return document
        raise KeyError(code)

    def load_invoerbestand(self, soort: str) -> Invoerbestand:
        """The workbook of this kind; KeyError when no stage takes it."""
        for fase in self.fasen:
            for bestand in fase.invoerbestanden:
                if bestand.soort == soort:
                    return bestand
        raise KeyError(soort)

    def feitsoorten(self) -> dict[str, type[Feit]]:
        """Every kind of fact by its stored name."""
        soorten = (*FEITEN, *(feit for fase in self.fasen for feit in fase.feiten))
        return {soort.soort(): soort for soort in soorten}
