"""Facts of the letters: to whom, about what. Only this stage reads them."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import Partij


class Verlichting(Gegevensmodel):
    """How a small provider may prove that it meets a requirement; the requirement itself stays."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel", pattern=r"^[0-9]{1,2}$")
    eis: str = Field(title="Eis", description="Code van de eis in dat perceel")
    licht: str = Field(
        title="Lichter bewijs", description="Wat een kleine aanbieder mag indienen", min_length=1
    )


class Clientenraad(Gegevensmodel):
    """The council of clients of a municipality."""

    gemeente: str = Field(title="Gemeente", description="Code van de gemeente", pattern=r"^[a-z-]+$")
    naam: str = Field(title="Naam", description="Naam van de cliëntenraad of adviesraad", min_length=1)


class Stap(Gegevensmodel):
    """A next step in the programme."""

    wanneer: str = Field(title="Wanneer", description="Dag, maand of kwartaal", min_length=1)
    wat: str = Field(title="Wat", description="Wat er dan gebeurt", min_length=1)


class HuidigeAanbieder(Gegevensmodel):
    """A provider that delivers support now."""

    partij: Partij = Field(title="Partij", description="Naam, adres en e-mailadres")
    kvk: str = Field(title="KvK", description="Nummer in het handelsregister", pattern=r"^[0-9]{8}$")
    percelen: tuple[str, ...] = Field(
        title="Percelen", description="Percelen waarin hij nu ondersteuning biedt", min_length=1
    )


class AanbiedersAangeschreven(Feit):
    """Providers that do not work in the region yet were asked to take part."""

    partijen: tuple[Partij, ...]
    aanleiding: str


class LichteRouteVastgesteld(Feit):
    """Who is small, and how a small provider may prove what everyone must prove."""

    maximum_medewerkers: int | None
    maximum_clienten: int | None
    omschrijving: str
    verlichtingen: tuple[Verlichting, ...]
    hulp: str
    spreekuur: AwareDatetime | None
    spreekuur_plaats: str
    partijen: tuple[Partij, ...]


class RadenGeinformeerd(Feit):
    """Councils and client councils were informed, with the same letter."""

    aanleiding: str
    betekenis: tuple[str, ...]
    stappen: tuple[Stap, ...]
    gedeeld_met: str
    clientenraden: tuple[Clientenraad, ...]


class VoortzettingMeegedeeld(Feit):
    """Present providers heard how running support goes on."""

    ingang: date
    overgang_tot: date | None
    pgb: str
    clientcontact: str
    aanbieders: tuple[HuidigeAanbieder, ...]
