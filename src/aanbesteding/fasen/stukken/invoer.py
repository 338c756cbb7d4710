"""What the acts of review ask."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.stukken import Sha256, Stukversie, Vergelijkingsverslag

STUK = Field(title="Stuk", description="Pad van het stuk in de map van het dossier", min_length=1)


class StukkenGoedkeuren(Gegevensmodel):
    """Input of an approval: every file that was seen, so that a group is one act."""

    stukken: tuple[Stukversie, ...] = Field(
        title="Stukken", description="Elk stuk met de versie en de hash die u zag", min_length=1
    )
    opmerking: str = Field(default="", title="Opmerking", description="Voor het dossier; niet verplicht")
    motivering: str = Field(
        default="", title="Motivering", description="Nodig als een stuk het dossier tegenspreekt"
    )


class StukAfkeuren(Gegevensmodel):
    """Input of a rejection."""

    gezien: Stukversie = Field(title="Stuk", description="Het stuk met de versie en de hash die u zag")
    opmerking: str = Field(
        title="Opmerking", description="Wat er niet goed is, zodat de maker het kan verbeteren", min_length=1
    )
    opmerkingen: tuple[str, ...] = Field(
        default=(), title="Opmerkingen in Word", description="Gelezen uit het Word-bestand"
    )


class StukTerugvragen(Gegevensmodel):
    """Input of a question to the maker."""

    gezien: Stukversie = Field(title="Stuk", description="Het stuk met de versie en de hash die u zag")
    vraag: str = Field(title="Vraag", description="Wat u van de maker wilt weten", min_length=1)


class TerugvraagBeantwoorden(Gegevensmodel):
    """Input of an answer."""

    stuk: str = STUK
    antwoord: str = Field(title="Antwoord", description="Antwoord aan de jurist", min_length=1)


class StukInleveren(Gegevensmodel):
    """Input of a new version; the file is kept already, and the report was made by the product itself."""

    stuk: str = STUK
    pad: str = Field(title="Bestand", description="Waar de nieuwe versie is bewaard", min_length=1)
    sha256: Sha256 = Field(title="Hash", description="SHA-256 van de nieuwe versie")
    verslag: Vergelijkingsverslag = Field(
        title="Vergelijking", description="Wat er anders is dan in de vorige versie"
    )
    toelichting: str = Field(default="", title="Toelichting", description="Wat u hebt gewijzigd en waarom")


class StukkenOpnieuwMaken(Gegevensmodel):
    """Input when stukken of one decision are made again from the dossier as it is now."""

    stukken: tuple[str, ...] = Field(
        title="Stukken", description="Paden van de stukken in de map van het dossier", min_length=1
    )
    reden: str = Field(title="Reden", description="Wat er in het dossier is hersteld", min_length=1)


class StukkenVerzenden(Gegevensmodel):
    """Input when letters have left; each with the file that was sent."""

    stukken: tuple[Stukversie, ...] = Field(
        title="Stukken", description="Elk stuk met de versie en de hash die is verzonden", min_length=1
    )
    verzonden: AwareDatetime = Field(title="Verzonden", description="Moment van verzending")
