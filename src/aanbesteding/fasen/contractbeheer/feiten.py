"""The facts of contract management: cooperation, measurements, extension, and a perceel that goes elsewhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.overleg import Gemeentebesluit


class Samenwerkingslid(Gegevensmodel):
    """An organisation that works under or beside a provider."""

    naam: str = Field(title="Naam", description="Statutaire naam", min_length=1)
    kvk: str = Field(title="KvK", description="KvK-nummer, acht cijfers", pattern=r"^[0-9]{8}$")
    taak: str = Field(title="Taak", description="Welk deel van de hulp dit lid levert", min_length=1)


class SamenwerkingGeregistreerd(Feit):
    """Organisations joined a provider on a day: as subcontractors, or together with it as a coalition."""

    aanbieder: str
    vorm: Literal["onderaanneming", "coalitie"]
    percelen: tuple[str, ...]
    leden: tuple[Samenwerkingslid, ...]
    vanaf: date
    toestemming: str


class SamenwerkingBeeindigd(Feit):
    """An organisation no longer works with a provider."""

    aanbieder: str
    kvk: str
    per: date
    reden: str


class Prestatiemeting(Gegevensmodel):
    """The value of one indicator under one agreement."""

    overeenkomst: str = Field(title="Overeenkomst", description="Nummer van de overeenkomst")
    kpi: str = Field(title="Indicator", description="Code van de indicator")
    waarde: Decimal = Field(title="Waarde", description="Gemeten waarde")
    afgesproken: Decimal = Field(title="Afgesproken", description="Afgesproken waarde")


class PrestatiesGeregistreerd(Feit):
    """Indicators as measured on a day."""

    peildatum: date
    eenheid: str
    metingen: tuple[Prestatiemeting, ...]


class VerlengingGepland(Feit):
    """The preparation of the extension began, with the days on which things must be ready."""

    percelen: tuple[str, ...]
    datum: date


class Perceelverlenging(Gegevensmodel):
    """The extension of one perceel, with what was spent and is expected: the maximum value is not passed."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    maanden: int = Field(title="Maanden", description="Duur van de verlenging", ge=1)
    besteed: Decimal = Field(title="Besteed", description="Uitgaven tot nu toe, zonder btw", ge=0)
    verwacht: Decimal = Field(
        title="Verwacht", description="Verwachte uitgaven tot het nieuwe einde, zonder btw", ge=0
    )


class VerlengingBesloten(Feit):
    """The municipalities extended the agreements of these percelen; providers may decline up to a day."""

    percelen: tuple[Perceelverlenging, ...]
    reden: str
    collegebesluiten: tuple[Gemeentebesluit, ...]
    afwijzen_tot: date


class PerceelOvergedragen(Feit):
    """A perceel leaves this purchase during the term and goes to another body."""

    perceel: str
    naar: str
    per: date
    motivering: str


def count_verlengingen(dossier: Dossier, perceel: str) -> int:
    """How often the agreements of a perceel were extended."""
    return sum(
        v.perceel == perceel for feit in dossier.list_feiten(VerlengingBesloten) for v in feit.percelen
    )


class Lidstand(Gegevensmodel):
    """A member of a cooperation with its history."""

    aanbieder: str
    vorm: str
    percelen: tuple[str, ...]
    lid: Samenwerkingslid
    vanaf: date
    tot: date | None
    toelichting: str


def list_leden(dossier: Dossier) -> tuple[Lidstand, ...]:
    """Every member that ever was, in order of registration, with its first and (when ended) last day."""
    einden = {(f.aanbieder, f.kvk): f for f in dossier.list_feiten(SamenwerkingBeeindigd)}
    return tuple(
        Lidstand(
            aanbieder=feit.aanbieder,
            vorm=feit.vorm,
            percelen=feit.percelen,
            lid=lid,
            vanaf=feit.vanaf,
            tot=einde.per
            if (einde := einden.get((feit.aanbieder, lid.kvk))) and einde.per > feit.vanaf
            else None,
            toelichting=einde.reden if einde else feit.toestemming,
        )
        for feit in dossier.list_feiten(SamenwerkingGeregistreerd)
        for lid in feit.leden
    )
