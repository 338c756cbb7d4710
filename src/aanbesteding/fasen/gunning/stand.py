"""What the dossier says about each perceel of the award, in one pass: who bid, how it ended, what was told.

Rules, decisions and builders ask this instead of walking the facts themselves. Nothing is decided here.

Grondslag: Aw 2012 art. 2.127-2.131 for what belongs to which decision (FEITEN 2.4, 2.5).
Must stay true: one pass over the facts, whatever the number of bidders; a new advice forgets the colleges'
decisions and the released characteristics of the one before; a new decision forgets its sending.
Trap: a late bid has no test of its own and still belongs to a concerned bidder, who gets a letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from aanbesteding.domain.feiten import (
    BelangenverklaringAfgelegd,
    DefinitiefGegund,
    GunningsbeslissingMeegedeeld,
    Inschrijving,
    InschrijvingGetoetst,
    Oordeel,
    OvereenkomstGesloten,
    PerceelUitgewerkt,
    RangordeVastgesteld,
    Rangplaats,
)
from aanbesteding.fasen.gunning.feiten import (
    CollegebesluitVastgelegd,
    ContinuiteitVastgelegd,
    GunningsbeslissingIngetrokken,
    Kenmerk,
    KortGedingAfgedaan,
    KortGedingGemeld,
    MededelingVerzonden,
    NietGegund,
    OndertekeningVastgelegd,
    VerificatieVastgelegd,
)


@dataclass
class Perceelstand:
    """One perceel as it stands now; filled by `load_stand`, read-only afterwards."""

    perceel: str
    uitgewerkt: PerceelUitgewerkt | None = None
    inschrijvingen: dict[str, Inschrijving] = field(default_factory=dict[str, Inschrijving])
    te_laat: set[str] = field(default_factory=set[str])
    toetsen: dict[str, InschrijvingGetoetst] = field(default_factory=dict[str, InschrijvingGetoetst])
    oordelen: dict[tuple[str, str], Oordeel] = field(default_factory=dict[tuple[str, str], Oordeel])
    prijzen: dict[str, Decimal] = field(default_factory=dict[str, Decimal])
    beoordeeld_door: set[str] = field(default_factory=set[str])
    verklaringen: dict[str, BelangenverklaringAfgelegd] = field(
        default_factory=dict[str, BelangenverklaringAfgelegd]
    )
    rangorde: RangordeVastgesteld | None = None
    plaatsen: dict[str, Rangplaats] = field(default_factory=dict[str, Rangplaats])
    adviezen: int = 0
    kenmerken: tuple[Kenmerk, ...] = ()
    vrijgegeven_door: str = ""
    collegebesluiten: dict[str, CollegebesluitVastgelegd] = field(
        default_factory=dict[str, CollegebesluitVastgelegd]
    )
    beslissingen: list[GunningsbeslissingMeegedeeld] = field(
        default_factory=list[GunningsbeslissingMeegedeeld]
    )
    verzendingen: list[MededelingVerzonden] = field(default_factory=list[MededelingVerzonden])
    kort_gedingen: dict[str, KortGedingGemeld] = field(default_factory=dict[str, KortGedingGemeld])
    afgedaan: dict[str, KortGedingAfgedaan] = field(default_factory=dict[str, KortGedingAfgedaan])
    niet_uitgevoerd: KortGedingAfgedaan | None = None
    verificaties: dict[str, VerificatieVastgelegd] = field(default_factory=dict[str, VerificatieVastgelegd])
    overeenkomsten: list[OvereenkomstGesloten] = field(default_factory=list[OvereenkomstGesloten])
    niet_gegund: NietGegund | None = None
    rangordes_bij_beslissing: list[RangordeVastgesteld | None] = field(
        default_factory=list[RangordeVastgesteld | None]
    )
    intrekkingen: list[GunningsbeslissingIngetrokken] = field(
        default_factory=list[GunningsbeslissingIngetrokken]
    )
    auteurs: set[str] = field(default_factory=set[str])
    afdrukken: dict[str, str] = field(default_factory=dict[str, str])
    redenen_vrijgegeven_door: str = ""
    aangepast_na_beslissing: bool = False
    ingetrokken: bool = False
    definitief: DefinitiefGegund | None = None
    ondertekening: OndertekeningVastgelegd | None = None
    continuiteit: ContinuiteitVastgelegd | None = None

    @property
    def beslissing(self) -> GunningsbeslissingMeegedeeld | None:
        """The decision that holds now."""
        return self.beslissingen[-1] if self.beslissingen else None

    @property
    def winnaars(self) -> tuple[Rangplaats, ...]:
        """Places that get at least one product, best first."""
        return tuple(p for p in self.rangorde.plaatsen if p.gegund) if self.rangorde else ()

    @property
    def open_kort_gedingen(self) -> tuple[KortGedingGemeld, ...]:
        """Proceedings without an outcome."""
        return tuple(k for nummer, k in self.kort_gedingen.items() if nummer not in self.afgedaan)

    @property
    def mislukte_verificaties(self) -> tuple[str, ...]:
        """Winners of the standing ranking whose evidence did not hold."""
        return tuple(
            p.inschrijving
            for p in self.winnaars
            if p.inschrijving in self.verificaties and not self.verificaties[p.inschrijving].voldoet
        )

    @property
    def geldende_winnaars(self) -> frozenset[str]:
        """Numbers of the winners whose evidence did not fail."""
        return frozenset(p.inschrijving for p in self.winnaars) - frozenset(self.mislukte_verificaties)

    def reden_buiten_rangorde(self, nummer: str) -> str:
        """What the ranking says of a valid bid that has no place in it; empty when it says nothing."""
        return self._redenen.get(nummer, "")

    @cached_property
    def _redenen(self) -> dict[str, str]:
        """The first remark per bid; only when the state is whole."""
        meldingen = self.rangorde.waarschuwingen if self.rangorde else ()
        delen = [(nummer, tekst) for m in meldingen for nummer, _, tekst in [m.partition(": ")] if tekst]
        return {nummer: tekst for nummer, tekst in reversed(delen)}

    def uitkomst_van(self, nummer: str) -> str:
        """gegund, niet_gekozen, terzijde (no place in the ranking), ongeldig or uitgesloten."""
        toets = self.toetsen.get(nummer)
        if toets is None and nummer in self.te_laat:
            return "ongeldig"
        if toets is not None and toets.uitkomst != "geldig":
            return toets.uitkomst
        plaats = self.plaatsen.get(nummer)
        if plaats is None:
            return "terzijde"
        return "gegund" if plaats.gegund else "niet_gekozen"


def list_betrokkenen(standen: Mapping[str, Perceelstand]) -> tuple[Inschrijving, ...]:
    """Every bidder of these percelen once, by number; also excluded and invalid ones are told."""
    allen = {nummer: i for stand in standen.values() for nummer, i in stand.inschrijvingen.items()}
    return tuple(allen[nummer] for nummer in sorted(allen, key=_op_nummer))


def _op_nummer(nummer: str) -> tuple[int, str]:
    return len(nummer), nummer
