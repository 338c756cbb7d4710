"""Fills the state of each perceel of the award from the recorded facts, in one pass.

Must stay true: one pass over the facts, whatever the number of bidders; a new judgment of the committee forgets the
release of its reasons, a new advice the colleges' decisions and the released characteristics of the one before, a new
decision its sending.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    BelangenverklaringAfgelegd,
    ConsensusVastgesteld,
    DefinitiefGegund,
    GunningsbeslissingMeegedeeld,
    InschrijvingenGeopend,
    InschrijvingenOntvangen,
    InschrijvingGetoetst,
    InschrijvingIngetrokken,
    OvereenkomstGesloten,
    PerceelUitgewerkt,
    PrijzenGeopend,
    RangordeVastgesteld,
    ScoresVergrendeld,
    VerzenddatumVerzet,
)
from aanbesteding.fasen.gunning.feiten import (
    CollegebesluitVastgelegd,
    ContinuiteitVastgelegd,
    GunningsadviesOpgesteld,
    GunningsbeslissingIngetrokken,
    KenmerkenVrijgegeven,
    KortGedingAfgedaan,
    KortGedingGemeld,
    MededelingVerzonden,
    NietGegund,
    OndertekeningVastgelegd,
    RedenenAangepast,
    RedenenVrijgegeven,
    VerificatieVastgelegd,
)
from aanbesteding.fasen.gunning.stand import Perceelstand


def load_stand(dossier: Dossier, percelen: Iterable[str]) -> dict[str, Perceelstand]:
    """The state of these percelen, in the order given; unknown percelen are left out. Not to be changed."""
    gevraagd = tuple(percelen)
    return dict(dossier.derive(("gunningsstand", gevraagd), lambda: _load_stand(dossier, gevraagd)))


def _load_stand(dossier: Dossier, percelen: Iterable[str]) -> dict[str, Perceelstand]:
    bekend = {p.nummer for p in dossier.aanbesteding.percelen}
    standen = {nummer: Perceelstand(nummer) for nummer in percelen if nummer in bekend}
    for vastlegging in dossier.vastleggingen:
        for nummer in _percelen_van(vastlegging.feit, standen):
            _record(standen[nummer], vastlegging.feit, vastlegging.persoon)
    return standen


def load_perceelstand(dossier: Dossier, perceel: str) -> Perceelstand:
    """The state of one perceel; KeyError when it does not exist."""
    return load_stand(dossier, (perceel,))[perceel]


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
    RedenenAangepast,
    KortGedingGemeld,
    KortGedingAfgedaan,
    VerificatieVastgelegd,
    OvereenkomstGesloten,
)
_PER_PERCELEN = (
    BelangenverklaringAfgelegd,
    DefinitiefGegund,
    GunningsbeslissingIngetrokken,
    OndertekeningVastgelegd,
    ContinuiteitVastgelegd,
    GunningsadviesOpgesteld,
    RedenenVrijgegeven,
    KenmerkenVrijgegeven,
    CollegebesluitVastgelegd,
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
            if feit.uitkomst != "geldig":
                stand.auteurs.add(persoon)
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
            stand.afdrukken, stand.redenen_vrijgegeven_door = {}, ""
            if persoon:
                stand.beoordeeld_door.add(persoon)
        case BelangenverklaringAfgelegd():
            stand.verklaringen[feit.beoordelaar] = feit
        case RedenenAangepast():
            _record_aanpassing(stand, feit, persoon)
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
        case RedenenVrijgegeven():
            begin = f"{stand.perceel}/"
            stand.afdrukken = {k: v for k, v in feit.afdrukken.items() if k.startswith(begin)}
            stand.redenen_vrijgegeven_door = persoon
        case KenmerkenVrijgegeven():
            stand.kenmerken = tuple(k for k in feit.kenmerken if k.perceel == stand.perceel)
            stand.vrijgegeven_door = persoon
        case CollegebesluitVastgelegd():
            stand.collegebesluiten[feit.gemeente] = feit
        case VerzenddatumVerzet():
            # the same decision, for another day
            stand.beslissingen[-1:] = [feit]
        case GunningsbeslissingMeegedeeld():
            stand.beslissingen.append(feit)
            stand.rangordes_bij_beslissing.append(stand.rangorde)
            stand.verzendingen, stand.niet_uitgevoerd = [], None
            stand.aangepast_na_beslissing = stand.ingetrokken = False
        case MededelingVerzonden():
            stand.verzendingen.append(feit)
        case NietGegund():
            stand.niet_gegund = feit
        case _:
            _record_na_mededeling(stand, feit, persoon)


def _record_aanpassing(stand: Perceelstand, feit: RedenenAangepast, persoon: str) -> None:
    """Put the better texts in the place of the old ones; after a told decision its letters are not whole."""
    stand.auteurs.add(persoon)
    stand.aangepast_na_beslissing = bool(stand.beslissingen) and not stand.ingetrokken
    for w in feit.wijzigingen:
        sleutel = (w.inschrijving, w.criterium)
        if sleutel in stand.oordelen:
            oud = stand.oordelen[sleutel]
            niet = oud.waarom_niet_maximaal if w.waarom_niet_maximaal is None else w.waarom_niet_maximaal
            stand.oordelen[sleutel] = oud.model_copy(
                update={"motivering": w.motivering, "waarom_niet_maximaal": niet}
            )
        elif not w.criterium and w.inschrijving in stand.toetsen:
            stand.toetsen[w.inschrijving] = stand.toetsen[w.inschrijving].model_copy(
                update={"reden": w.motivering}
            )


def _record_na_mededeling(stand: Perceelstand, feit: Feit, persoon: str) -> None:
    match feit:
        case KortGedingGemeld():
            stand.kort_gedingen[feit.zaaknummer] = feit
            stand.afgedaan.pop(feit.zaaknummer, None)
        case KortGedingAfgedaan():
            stand.afgedaan[feit.zaaknummer] = feit
            stand.niet_uitgevoerd = None if feit.uitkomst == "doorgaan" else feit
        case VerificatieVastgelegd():
            stand.verificaties[feit.inschrijving] = feit
            if not feit.voldoet:
                stand.auteurs.add(persoon)
        case GunningsbeslissingIngetrokken():
            stand.intrekkingen.append(feit)
            stand.aangepast_na_beslissing, stand.ingetrokken = False, True
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
