"""Facts of bestuurlijk aanbesteden that more than one stage reads: structure, participants and the living annex.

First parties agree how they consult (process agreement), then at consultation tables on content; what is agreed and
decided becomes a version of the annex to everybody's basic agreement, so that budget and result move during the term.

Grondslag: no article; it is a way of working inside a procedure (FEITEN 1.6). The acts are in fasen/overleg.
Must stay true: a version of the annex is never changed; the next version takes its place from its first day on.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.onderneming import Onderneming


class Tafel(Gegevensmodel):
    """A consultation table: what it is about, for which percelen."""

    code: str = Field(title="Code", description="Korte naam, bijvoorbeeld pbv", pattern=r"^[a-z][a-z0-9_]*$")
    onderwerp: str = Field(title="Onderwerp", description="Waar deze tafel over gaat", min_length=1)
    percelen: tuple[str, ...] = Field(
        title="Percelen", description="Nummers van de percelen waar de tafel over gaat", min_length=1
    )


class Resultaat(Gegevensmodel):
    """A result that providers and municipalities steer on."""

    code: str = Field(title="Code", description="Kenmerk, bijvoorbeeld R1", pattern=r"^[A-Z]{1,2}[0-9]{1,2}$")
    omschrijving: str = Field(title="Resultaat", description="Wat voor de cliënt bereikt wordt", min_length=1)
    maatstaf: str = Field(title="Maatstaf", description="Waaraan dat te zien is", min_length=1)
    streefwaarde: str = Field(title="Streefwaarde", description="Wat de afspraak is", min_length=1)


class Gemeentebesluit(Gegevensmodel):
    """The decision of one municipality, by its college or under mandate."""

    gemeente: str = Field(title="Gemeente", description="Code van de gemeente", pattern=r"^[a-z-]+$")
    datum: date = Field(title="Datum", description="Dag van het besluit")
    kenmerk: str = Field(title="Kenmerk", description="Kenmerk van het besluit", min_length=1)


class OverlegIngericht(Feit):
    """How the consultation goes: tables, ground rules, who decides, and how far may be steered."""

    tafels: tuple[Tafel, ...]
    voorzitter: str
    spelregels: tuple[str, ...]
    besluitvorming: str
    uitnodigingstermijn_dagen: int
    reactietermijn_dagen: int
    opzegtermijn_maanden: int
    grens_procent: Decimal
    aanmelden: str


class ProcesovereenkomstGesloten(Feit):
    """A provider signed the process agreement and has a seat at the tables of these percelen."""

    nummer: str
    deelnemer: Onderneming
    percelen: tuple[str, ...]
    getekend_op: date


class ProcesovereenkomstBeeindigd(Feit):
    """A participant left the consultation; from `per` on it has no seat. A basic agreement goes on."""

    nummer: str
    per: date
    reden: str


class BijlageVastgesteld(Feit):
    """A version of the living annex of a perceel; `overleg` is the table that discussed it.

    `overeenkomsten` are the basic agreements that ran when it was adopted; empty for the first version.
    """

    perceel: str
    versie: int
    overleg: str
    ingang: date
    budget_per_jaar: Decimal
    tarieven: dict[str, Decimal]
    resultaten: tuple[Resultaat, ...]
    afspraken: tuple[str, ...]
    toelichting: str
    gemeentebesluiten: tuple[Gemeentebesluit, ...]
    uittreden_tot: date | None
    overeenkomsten: tuple[str, ...]


def load_inrichting(dossier: Dossier) -> OverlegIngericht | None:
    """How the consultation goes now; None when it was not laid down."""
    return dossier.laatste(OverlegIngericht)


def list_deelnemers(dossier: Dossier, perceel: str | None = None) -> tuple[ProcesovereenkomstGesloten, ...]:
    """Everyone who ever signed a process agreement, for one perceel or for all, in order of number."""
    gesloten = dossier.list_feiten(ProcesovereenkomstGesloten)
    return tuple(p for p in gesloten if perceel is None or perceel in p.percelen)


def list_aan_tafel(
    dossier: Dossier, op: date, perceel: str | None = None
) -> tuple[ProcesovereenkomstGesloten, ...]:
    """Who has a seat on a day: everyone with a process agreement that has not ended by then."""
    weg = {b.nummer for b in dossier.list_feiten(ProcesovereenkomstBeeindigd) if b.per <= op}
    return tuple(d for d in list_deelnemers(dossier, perceel) if d.nummer not in weg)


def list_bijlagen(dossier: Dossier, perceel: str) -> tuple[BijlageVastgesteld, ...]:
    """Every version of the annex of a perceel, oldest first."""
    return tuple(b for b in dossier.list_feiten(BijlageVastgesteld) if b.perceel == perceel)
