"""What the dossier says about each perceel of the award, in one pass: who bid, how it ended, what was told.

Rules, decisions and builders ask this instead of walking the facts themselves. Nothing is decided here.

Grondslag: Aw 2012 art. 2.127-2.131 for what belongs to which decision (FEITEN 2.4, 2.5).
Must stay true: one pass over the facts, whatever the number of bidders; a new advice forgets the colleges'
decisions and the released characteristics of the one before; a new decision forgets its sending.
Trap: a late bid has no test of its own and still belongs to a concerned bidder, who gets a letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    ConsensusVastgesteld,
    DefinitiefGegund,
    GunningsbeslissingMeegedeeld,
    Inschrijving,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    InschrijvingGetoetst,
    InschrijvingIngetrokken,
    Oordeel,
    OvereenkomstGesloten,
    PerceelUitgewerkt,
    PrijzenGeopend,
    RangordeVastgesteld,
    Rangplaats,
    ScoresVergrendeld,
)
from aanbesteding.fasen.gunning.feiten import (
    CollegebesluitVastgelegd,
    ContinuiteitVastgelegd,
    GunningsadviesOpgesteld,
    GunningsbeslissingIngetrokken,
    Kenmerk,
    KenmerkenVrijgegeven,
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


def load_stand(dossier: Dossier, percelen: Iterable[str]) -> dict[str, Perceelstand]:
    """The state of these percelen, in the order given; unknown percelen are left out."""
    bekend = {p.nummer for p in dossier.aanbesteding.percelen}
    standen = {nummer: Perceelstand(nummer) for nummer in percelen if nummer in bekend}
    for vastlegging in dossier.vastleggingen:
        for nummer in _percelen_van(vastlegging.feit, standen):
            _record(standen[nummer], vastlegging.feit, vastlegging.persoon)
    return standen


def load_perceelstand(dossier: Dossier, perceel: str) -> Perceelstand:
    """The state of one perceel; KeyError when it does not exist."""
    return load_stand(dossier, (perceel,))[perceel]


def list_betrokkenen(standen: Mapping[str, Perceelstand]) -> tuple[Inschrijving, ...]:
    """Every bidder of these percelen once, by number; also excluded and invalid ones are told."""
    allen = {nummer: i for stand in standen.values() for nummer, i in stand.inschrijvingen.items()}
    return tuple(allen[nummer] for nummer in sorted(allen, key=_op_nummer))


def _op_nummer(nummer: str) -> tuple[int, str]:
    return len(nummer), nummer


def _percelen_van(feit: Feit, standen: Mapping[str, Perceelstand]) -> Iterable[str]:
    if isinstance(feit, InschrijvingenOntvangen | InschrijvingIngetrokken | InschrijvingenGeopend):
        return standen
    if isinstance(feit, _PER_PERCEEL):
        return (feit.perceel,) if feit.perceel in standen else ()
    if isinstance(feit, _PER_PERCELEN):
        return tuple(p for p in feit.percelen if p in standen)
    return ()


_PER_PERCEEL = (
    PerceelUitgewerkt,
    InschrijvingGetoetst,
    ScoresVergrendeld,
    ConsensusVastgesteld,
    PrijzenGeopend,
    RangordeVastgesteld,
    KortGedingGemeld,
    KortGedingAfgedaan,
    VerificatieVastgelegd,
    OvereenkomstGesloten,
)
_PER_PERCELEN = (
    DefinitiefGegund,
    GunningsbeslissingIngetrokken,
    OndertekeningVastgelegd,
    ContinuiteitVastgelegd,
    GunningsadviesOpgesteld,
    KenmerkenVrijgegeven,
    CollegebesluitVastgelegd,
    ContinuiteitVastgelegd,
    GunningsbeslissingMeegedeeld,
    MededelingVerzonden,
    NietGegund,
)


def _record(stand: Perceelstand, feit: Feit, persoon: str) -> None:
    match feit:
        case InschrijvingenOntvangen():
            stand.inschrijvingen.update(
                (i.nummer, i) for i in feit.inschrijvingen if stand.perceel in i.percelen
            )
        case InschrijvingIngetrokken():
            stand.inschrijvingen.pop(feit.inschrijving, None)
        case InschrijvingenGeopend():
            stand.te_laat.update(feit.te_laat)
        case PerceelUitgewerkt():
            stand.uitgewerkt = feit
        case InschrijvingGetoetst():
            stand.toetsen[feit.inschrijving] = feit
        case PrijzenGeopend():
            stand.prijzen = dict(feit.prijzen)
        case _:
            _record_beoordeling(stand, feit, persoon)


def _record_beoordeling(stand: Perceelstand, feit: Feit, persoon: str) -> None:
    match feit:
        case ScoresVergrendeld():
            stand.beoordeeld_door.add(feit.beoordelaar)
        case ConsensusVastgesteld():
            stand.oordelen = {(o.inschrijving, o.criterium): o for o in feit.oordelen}
            if persoon:
                stand.beoordeeld_door.add(persoon)
        case RangordeVastgesteld():
            stand.rangorde = feit
            stand.plaatsen = {p.inschrijving: p for p in feit.plaatsen}
        case _:
            _record_gunning(stand, feit, persoon)


def _record_gunning(stand: Perceelstand, feit: Feit, persoon: str) -> None:
    match feit:
        case GunningsadviesOpgesteld():
            stand.adviezen += 1
            stand.collegebesluiten = {}
            stand.kenmerken, stand.vrijgegeven_door = (), ""
        case KenmerkenVrijgegeven():
            stand.kenmerken = tuple(k for k in feit.kenmerken if k.perceel == stand.perceel)
            stand.vrijgegeven_door = persoon
        case CollegebesluitVastgelegd():
            stand.collegebesluiten[feit.gemeente] = feit
        case GunningsbeslissingMeegedeeld():
            stand.beslissingen.append(feit)
            stand.rangordes_bij_beslissing.append(stand.rangorde)
            stand.verzendingen, stand.niet_uitgevoerd = [], None
        case MededelingVerzonden():
            stand.verzendingen.append(feit)
        case NietGegund():
            stand.niet_gegund = feit
        case _:
            _record_na_mededeling(stand, feit)


def _record_na_mededeling(stand: Perceelstand, feit: Feit) -> None:
    match feit:
        case KortGedingGemeld():
            stand.kort_gedingen[feit.zaaknummer] = feit
            stand.afgedaan.pop(feit.zaaknummer, None)
        case KortGedingAfgedaan():
            stand.afgedaan[feit.zaaknummer] = feit
            stand.niet_uitgevoerd = None if feit.uitkomst == "doorgaan" else feit
        case VerificatieVastgelegd():
            stand.verificaties[feit.inschrijving] = feit
        case GunningsbeslissingIngetrokken():
            stand.intrekkingen.append(feit)
        case _:
            _record_contract(stand, feit)


def _record_contract(stand: Perceelstand, feit: Feit) -> None:
    match feit:
        case DefinitiefGegund():
            stand.definitief = feit
        case OvereenkomstGesloten():
            stand.overeenkomsten.append(feit)
        case OndertekeningVastgelegd():
            stand.ondertekening = feit
        case ContinuiteitVastgelegd():
            stand.continuiteit = feit
        case _:
            pass
