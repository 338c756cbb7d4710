"""What the acts of sending ask."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import Bezorgmelding

BESLUIT = Field(
    title="Besluit",
    description="Nummer van het besluit waar de brieven bij horen; zie 'Verzending' in het dossier",
    ge=1,
)


class VerzendingStarten(Gegevensmodel):
    """Input of the word that the letters of a decision may leave."""

    besluit: int = BESLUIT


class BezorgingMelden(Gegevensmodel):
    """Input of what became known of one letter."""

    besluit: int = BESLUIT
    ontvanger: str = Field(
        title="Ontvanger", description="Kenmerk van de ontvanger, bijvoorbeeld I-003", min_length=1
    )
    melding: Bezorgmelding = Field(
        title="Melding",
        description=(
            "teruggekomen: de mail kwam terug; anders_bereikt: de brief is op een andere manier bezorgd; "
            "aangekomen: de mail waarvan dat onbekend was, is er; opnieuw: verstuur hem nog een keer"
        ),
    )
    op: AwareDatetime = Field(title="Op", description="Wanneer dit gebeurde of bleek")
    toelichting: str = Field(
        title="Toelichting",
        description="Hoe dit bekend is, of hoe de brief is bezorgd (per post, aan de balie, ...)",
        min_length=3,
    )
