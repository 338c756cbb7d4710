"""What the acts of a hold ask."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feiten import Aanhoudingsoort, Aanhoudingsuitkomst


class AanhoudingBeginnen(Gegevensmodel):
    """Input when something holds the procedure up."""

    aard: Aanhoudingsoort = Field(
        title="Aard", description="kort_geding, klacht, bibob, raadswijziging, herroeping of storing"
    )
    percelen: tuple[str, ...] = Field(title="Percelen", description="Nummers van de percelen", min_length=1)
    datum: date = Field(title="Begonnen op", description="Dag waarop de reden van de aanhouding bekend werd")
    aanleiding: str = Field(
        title="Aanleiding",
        description="Wat er aan de hand is, zonder namen; betrokkenen lezen deze tekst",
        min_length=1,
    )
    intern: str = Field(
        default="", title="Interne toelichting", description="Wie en wat; blijft in het dossier"
    )
    inschrijving: str = Field(
        default="",
        title="Inschrijving",
        description="Alleen bij een Bibob-advies: over welke inschrijving het gaat",
    )


class AanhoudingBeeindigen(Gegevensmodel):
    """Input when a hold has an outcome."""

    aanhouding: str = Field(title="Aanhouding", description="Nummer, bijvoorbeeld H-1")
    uitkomst: Aanhoudingsuitkomst = Field(
        title="Uitkomst",
        description="doorgaan, herzien, termijn_verlengen, herbeoordelen, opnieuw_aanbesteden of intrekken",
    )
    motivering: str = Field(
        title="Motivering",
        description="Waarom deze uitkomst, zonder namen; betrokkenen lezen deze tekst",
        min_length=1,
    )
