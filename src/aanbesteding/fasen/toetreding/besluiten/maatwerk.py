"""An agreement for one single case (maatwerkovereenkomst): input, fact and decision.

For help that no contracted provider can give. It is no entry: the provider gets no place on the list.

Must stay true: nothing here tells who the client is; a reference number leads to the case system.
Trap: a nine-digit number could be a citizen service number; the pattern of the reference leaves no room for
it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.onderneming import Onderneming
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit


class MaatwerkovereenkomstSluiten(Gegevensmodel):
    """Input of a single-case agreement."""

    referentie: str = Field(
        title="Referentie",
        description="Kenmerk in het zaaksysteem, nooit een naam of bsn",
        pattern=r"^[A-Z]{1,4}-[0-9]{1,8}$",
    )
    gemeente: str = Field(title="Gemeente", description="Code van de gemeente", pattern=r"^[a-z-]+$")
    aanbieder: Onderneming = Field(title="Aanbieder", description="De aanbieder van deze hulp")
    perceel: str = Field(
        title="Perceel", description="Perceel waar de hulp bij hoort", pattern=r"^[0-9]{1,2}$"
    )
    hulp: str = Field(
        title="Hulp", description="Welke hulp wordt geleverd, zonder persoonsgegevens", min_length=1
    )
    eenheid: str = Field(title="Eenheid", description="Bijvoorbeeld uur of etmaal", min_length=1)
    tarief: Decimal = Field(gt=0, title="Tarief", description="Bedrag in euro per eenheid")
    omvang: int = Field(ge=1, title="Omvang", description="Hoeveel eenheden ten hoogste")
    ingang: date = Field(title="Ingang", description="Eerste dag")
    einde: date = Field(title="Einde", description="Laatste dag")
    kwaliteitseisen: tuple[str, ...] = Field(
        default=(), title="Kwaliteitseisen", description="Eisen aan deze hulp en aan deze aanbieder"
    )
    onderzocht: tuple[str, ...] = Field(
        default=(),
        title="Onderzochte overeenkomsten",
        description="Nummers van overeenkomsten die zijn nagegaan",
    )
    reden: str = Field(
        default="", title="Reden", description="Waarom geen gecontracteerde aanbieder deze hulp kan leveren"
    )

    @model_validator(mode="after")
    def check_looptijd(self) -> Self:
        """The last day does not precede the first."""
        if self.einde < self.ingang:
            raise ValueError("het einde ligt voor de ingang")
        return self


class MaatwerkovereenkomstGesloten(Feit):
    """A single-case agreement was concluded."""

    nummer: str
    referentie: str
    gemeente: str
    aanbieder: Onderneming
    perceel: str
    hulp: str
    eenheid: str
    tarief: Decimal
    omvang: int
    ingang: date
    einde: date
    kwaliteitseisen: tuple[str, ...]
    onderzocht: tuple[str, ...]
    reden: str


def decide_maatwerk(s: Situatie[MaatwerkovereenkomstSluiten]) -> Besluit:
    """Record the agreement under the next number of its year."""
    begin = f"MW-{s.invoer.ingang.year}-"
    eerder = [f for f in s.dossier.list_feiten(MaatwerkovereenkomstGesloten) if f.nummer.startswith(begin)]
    velden = {naam: getattr(s.invoer, naam) for naam in MaatwerkovereenkomstSluiten.model_fields}
    return Besluit(feiten=(MaatwerkovereenkomstGesloten(nummer=f"{begin}{len(eerder) + 1:03d}", **velden),))
