"""The definition of one purchase: what the strategy text says, percelen, open points and the consultation.

This is the frozen starting point of a dossier. What is decided later stands in facts (domain.feit), never here.
What a text says beyond this stands in perceelkader (per perceel), programma (around it) and consultatie.

Must stay true: every statement names its source line; shares of percelen within one law add up to 100.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.consultatie import Consultatie
from aanbesteding.domain.gegeven import Gegeven, Navraag, Punt, Stand, Stelling
from aanbesteding.domain.perceelkader import (
    VARIANTEN,
    Aanbiedersbeleid,
    Looptijd,
    Minimumcapaciteit,
    Toewijzing,
    Uitloop,
)
from aanbesteding.domain.programma import (
    Bestuursbesluit,
    Inkoopniveau,
    Marktgroep,
    Participatie,
    Traject,
    Zorgvorm,
)


def _niet_genoemd() -> Gegeven:
    return Gegeven(
        code="niet_genoemd",
        naam="Aandeel",
        stand=Stand.ALLEEN_INVOER,
        tekst="niet genoemd",
        bron="anders: de brontekst noemt geen aandelen",
    )


class Perceel(Gegevensmodel):
    """A lot: its number is for people, its `sleutel` never changes; a region may call it by another word."""

    nummer: str = Field(pattern=r"^[0-9]{1,2}$")
    sleutel: UUID
    titel: str
    korte_naam: str
    wet: Literal["Wmo 2015", "Jeugdwet", "Participatiewet"]
    omschrijving: str
    bron: str
    cpv: str = Field(pattern=r"^[0-9]{8}$")
    cpv_tekst: str
    nuts: str = Field(pattern=r"^NL[0-9A-Z]{3}$")
    woord: str = Field(default="perceel", description="Hoe de regio dit noemt: perceel, segment, gebied, ...")
    stand: Stand = Field(default=Stand.BESLOTEN, description="Hoe vast het is dat dit een eigen perceel is")
    gemeenten: tuple[str, ...] = Field(default=(), description="Leeg: elke gemeente van de aanbesteding")
    zorgvormen: tuple[str, ...] = Field(default=(), description="Codes van de zorgvormen in dit perceel")
    productcategorieen: tuple[str, ...] = ()
    aandeel_financien: Gegeven = Field(default_factory=_niet_genoemd)
    aandeel_clienten: Gegeven = Field(default_factory=_niet_genoemd)
    uitvoeringsvariant: Gegeven
    ambities: tuple[Stelling, ...] = Field(min_length=1)
    regels: tuple[Stelling, ...] = ()
    overdraagbaar: Gegeven | None = None
    ingang: Gegeven | None = Field(default=None, description="Eigen ingang, als die per perceel verschilt")
    looptijd: Looptijd | None = None
    aanbieders: Aanbiedersbeleid | None = None
    minimumcapaciteit: Minimumcapaciteit | None = None
    uitloop: Uitloop | None = None

    @model_validator(mode="after")
    def check_variant(self) -> Self:
        """The way of paying is one of the three that exist, or open."""
        gegeven = self.uitvoeringsvariant
        for tekst in (gegeven.tekst, *gegeven.keuzes):
            if tekst and gegeven.stand is not Stand.OPEN and not tekst.startswith(VARIANTEN):
                raise ValueError(
                    f"uitvoeringsvariant '{tekst}' begint niet met een van: {', '.join(VARIANTEN)}"
                )
        return self

    @property
    def naam(self) -> str:
        """Number and title as documents show them."""
        return f"{self.woord.capitalize()} {self.nummer}: {self.titel}"


class Aanbesteding(Gegevensmodel):
    """One purchase of a region, as laid down before it starts."""

    code: str = Field(pattern=r"^[a-z0-9-]+$")
    id: UUID
    titel: str
    regio: str
    procedure: str
    peildatum: date | None = Field(
        default=None, description="Dag waarop het recht wordt gelezen; leeg: de dag waarop het dossier begint"
    )
    programma: str = Field(default="", description="Inkoopprogramma waar deze aanbesteding bij hoort")
    brontitel: str
    bronbestand: str
    gemeenten: tuple[str, ...] = Field(default=(), description="Leeg: alle gemeenten van de regio")
    bron_gemeenten: str = Field(default="", description="Waar staat welke gemeenten meedoen")
    ingang: Gegeven
    planning: tuple[Gegeven, ...] = ()
    gegevens: tuple[Gegeven, ...] = ()
    uitgangspunten: tuple[Stelling, ...]
    doelen: tuple[Stelling, ...]
    regels: tuple[Stelling, ...] = ()
    kaders: tuple[Stelling, ...] = Field(default=(), description="Wetten, landelijk en eigen beleid")
    kpis: tuple[Stelling, ...] = Field(default=(), description="Waaraan aanbieders worden gemeten")
    innovatiethemas: tuple[Stelling, ...] = ()
    stukken: tuple[Stelling, ...] = Field(default=(), description="Stukken die de brontekst noemt")
    zorgvormen: tuple[Zorgvorm, ...] = ()
    besluiten: tuple[Bestuursbesluit, ...] = ()
    trajecten: tuple[Traject, ...] = ()
    niveaus: tuple[Inkoopniveau, ...] = ()
    markt: tuple[Marktgroep, ...] = ()
    participatie: tuple[Participatie, ...] = ()
    toewijzing: Toewijzing | None = None
    percelen: tuple[Perceel, ...] = Field(min_length=1)
    punten: tuple[Punt, ...]
    navragen: tuple[Navraag, ...] = ()
    consultatie: Consultatie

    @model_validator(mode="after")
    def check_samenhang(self) -> Self:
        """Numbers and codes are unique, references exist and shares add up to 100 per law; every fault at once."""
        fouten = [*self._list_dubbel(), *self._list_aandeelfouten(), *self._list_verwijzingen()]
        if fouten:
            raise ValueError("\n".join(fouten))
        return self

    def _list_dubbel(self) -> Iterable[str]:
        reeksen: dict[str, tuple[str, ...]] = {
            "perceelnummers": tuple(p.nummer for p in self.percelen),
            "sleutels van percelen": tuple(str(p.sleutel) for p in self.percelen),
            "codes van open punten": tuple(p.code for p in self.punten),
            "codes van zorgvormen": tuple(z.code for z in self.zorgvormen),
            "codes van navragen": tuple(n.code for n in self.navragen),
        }
        for naam, codes in reeksen.items():
            for dubbel in sorted({c for c in codes if codes.count(c) > 1}):
                yield f"{naam} zijn niet uniek: '{dubbel}' staat er {codes.count(dubbel)} keer in"

    def _list_aandeelfouten(self) -> Iterable[str]:
        for veld in ("aandeel_financien", "aandeel_clienten"):
            som: dict[str, Decimal] = defaultdict(Decimal)
            for perceel in self.percelen:
                gegeven: Gegeven = getattr(perceel, veld)
                if gegeven.getal is not None:
                    som[perceel.wet] += gegeven.getal
            for wet, totaal in som.items():
                if totaal != 100:
                    yield f"{veld} van de percelen onder de {wet} telt op tot {totaal}, niet tot 100"

    def _list_verwijzingen(self) -> Iterable[str]:
        if self.gemeenten and not self.bron_gemeenten:
            yield "'gemeenten' noemt geen bron; vul 'bron_gemeenten' in"
        zorgvormen = {z.code for z in self.zorgvormen}
        groepen = {g.code for g in self.consultatie.groepen}
        nummers = {p.nummer for p in self.percelen}
        for perceel in self.percelen:
            yield from _list_onbekend(f"perceel {perceel.nummer}", "zorgvorm", perceel.zorgvormen, zorgvormen)
            if self.gemeenten:
                yield from _list_onbekend(
                    f"perceel {perceel.nummer}", "gemeente", perceel.gemeenten, set(self.gemeenten)
                )
        for deel in self.participatie:
            yield from _list_onbekend(f"participatie {deel.code}", "groep", deel.groepen, groepen)
            yield from _list_onbekend(f"participatie {deel.code}", "perceel", deel.percelen, nummers)

    def list_gemeenten(self) -> frozenset[str]:
        """Codes of the municipalities that this file names."""
        return frozenset(
            (
                *self.gemeenten,
                *(g for p in self.percelen for g in p.gemeenten),
                *(g for b in self.besluiten for g in b.gemeenten),
            )
        )

    def load_perceel(self, nummer: str) -> Perceel:
        """The perceel with this number; KeyError when there is none."""
        for perceel in self.percelen:
            if perceel.nummer == nummer:
                return perceel
        raise KeyError(nummer)

    def load_gegeven(self, code: str) -> Gegeven:
        """The stated figure with this code; KeyError when there is none."""
        for gegeven in self.gegevens:
            if gegeven.code == code:
                return gegeven
        raise KeyError(code)


def _list_onbekend(waar: str, soort: str, genoemd: Iterable[str], bekend: set[str]) -> Iterable[str]:
    for code in genoemd:
        if code not in bekend:
            yield f"{waar}: {soort} '{code}' bestaat niet (toegestaan: {', '.join(sorted(bekend))})"
