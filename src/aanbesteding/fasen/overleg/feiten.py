"""Facts of the tables themselves, which only this stage reads; the shared ones are in domain.overleg."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit

Uitkomst = Literal["overeenstemming", "voorbehoud", "geen_overeenstemming", "aangehouden"]


class Agendapunt(Gegevensmodel):
    """One item on the agenda of a table."""

    onderwerp: str = Field(title="Onderwerp", description="Waar het punt over gaat", min_length=1)
    voorstel: str = Field(
        default="", title="Voorstel", description="Wat de gemeenten voorstellen; leeg bij een bespreekpunt"
    )


class Tafelpunt(Gegevensmodel):
    """What came out of one item."""

    onderwerp: str = Field(title="Onderwerp", description="Zoals op de agenda", min_length=1)
    besproken: str = Field(
        title="Besproken", description="Wat is gezegd, zonder namen van aanbieders", min_length=1
    )
    uitkomst: Uitkomst = Field(
        title="Uitkomst", description="overeenstemming, voorbehoud, geen_overeenstemming of aangehouden"
    )
    afspraak: str = Field(default="", title="Afspraak", description="Wat is afgesproken en wie wat doet")


class OverlegtafelUitgeschreven(Feit):
    """Everybody with a process agreement for these percelen was invited to a table."""

    nummer: str
    tafel: str
    moment: AwareDatetime
    plaats: str
    agenda: tuple[Agendapunt, ...]
    stukken: tuple[str, ...]
    genodigden: tuple[str, ...]


class OverlegtafelGehouden(Feit):
    """A table was held; this is its adopted report."""

    nummer: str
    aanwezig: tuple[str, ...]
    gemeenten: tuple[str, ...]
    punten: tuple[Tafelpunt, ...]
    vastgesteld_op: date


def load_uitschrijving(dossier: Dossier, nummer: str) -> OverlegtafelUitgeschreven | None:
    """The table with this number, or None."""
    return dossier.laatste(OverlegtafelUitgeschreven, nummer=nummer)


def load_verslag(dossier: Dossier, nummer: str) -> OverlegtafelGehouden | None:
    """The adopted report of a table, or None."""
    return dossier.laatste(OverlegtafelGehouden, nummer=nummer)
