"""Where the assessment stands: what was tested, what still waits, who declared, who locked scores.

Read-only views of the recorded facts, each built in one pass. Not here: rules and decisions.

Must stay true: the last fact about something counts; every list has a fixed order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import TypeVar

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import (
    BelangenverklaringAfgelegd,
    Bijdrage,
    ConsensusVastgesteld,
    Criterium,
    Eis,
    Inschrijving,
    InschrijvingenGeopend,
    InschrijvingGetoetst,
    PerceelUitgewerkt,
    PrijzenGeopend,
    ScoresVergrendeld,
)
from aanbesteding.domain.gunningsrangorde import load_geldige_inschrijvingen
from aanbesteding.domain.inschrijvingen import list_meedingend
from aanbesteding.domain.rangorde.getal import round_getal
from aanbesteding.fasen.beoordeling.feiten import (
    HerbeoordelingGeopend,
    HerstelVastgelegd,
    ToetsAangehouden,
    ToetsBeslist,
)
from aanbesteding.fasen.beoordeling.toetsing import Toets, check_eisen

S = TypeVar("S", ScoresVergrendeld, ConsensusVastgesteld)
Sleutel = tuple[str, str]
"""Perceel and number of a bid."""


def load_inschrijvingen(dossier: Dossier) -> dict[str, Inschrijving]:
    """Every received bid that was not withdrawn by number, in order of number."""
    return dict(sorted((i.nummer, i) for i in list_meedingend(dossier)))


def list_inschrijvingen(dossier: Dossier, perceel: str) -> tuple[Inschrijving, ...]:
    """The received bids for one perceel, in order of number."""
    return tuple(i for i in load_inschrijvingen(dossier).values() if perceel in i.percelen)


def load_te_laat(dossier: Dossier) -> frozenset[str]:
    """Numbers of the bids that came in too late."""
    return frozenset(nummer for feit in dossier.list_feiten(InschrijvingenGeopend) for nummer in feit.te_laat)


def load_antwoorden(dossier: Dossier) -> dict[Sleutel, dict[str, str]]:
    """The answers of every opened bid per perceel."""
    return {
        (deel.perceel, inhoud.nummer): deel.antwoorden
        for feit in dossier.list_feiten(InschrijvingenGeopend)
        for inhoud in feit.inhoud
        for deel in inhoud.percelen
    }


def load_bijdragen(dossier: Dossier) -> dict[Sleutel, tuple[Bijdrage, ...]]:
    """The numbers per member of every opened bid per perceel, where a requirement asks them."""
    return {
        (deel.perceel, inhoud.nummer): deel.bijdragen
        for feit in dossier.list_feiten(InschrijvingenGeopend)
        for inhoud in feit.inhoud
        for deel in inhoud.percelen
        if deel.bijdragen
    }


def load_eisen(dossier: Dossier, perceel: str) -> tuple[Eis, ...]:
    """The announced requirements of one perceel; empty when it was never worked out."""
    uitgewerkt = dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    return uitgewerkt.eisen if uitgewerkt else ()


def load_toets(dossier: Dossier, perceel: str, nummer: str) -> Toets:
    """What the system says of one bid."""
    sleutel = (perceel, nummer)
    antwoorden, bijdragen = load_antwoorden(dossier), load_bijdragen(dossier)
    return check_eisen(load_eisen(dossier, perceel), antwoorden.get(sleutel, {}), bijdragen.get(sleutel, ()))


def load_getoetst(dossier: Dossier) -> dict[Sleutel, InschrijvingGetoetst]:
    """The outcome of every bid that was tested, the last one counting."""
    return {(f.perceel, f.inschrijving): f for f in dossier.list_feiten(InschrijvingGetoetst)}


def list_openstaand(dossier: Dossier, percelen: Iterable[str]) -> tuple[ToetsAangehouden, ...]:
    """Requirements of these percelen that still wait for repair or for a person, in a fixed order."""
    gevraagd = frozenset(percelen)
    klaar = load_getoetst(dossier)
    opgelost = {(f.perceel, f.inschrijving, f.eis) for f in list_opgelost(dossier)}
    open_ = [
        f
        for f in dossier.list_feiten(ToetsAangehouden)
        if f.perceel in gevraagd
        and (f.perceel, f.inschrijving) not in klaar
        and (f.perceel, f.inschrijving, f.eis) not in opgelost
    ]
    return tuple(sorted(open_, key=lambda f: (f.perceel, f.inschrijving, f.eis)))


def list_opgelost(dossier: Dossier) -> tuple[HerstelVastgelegd | ToetsBeslist, ...]:
    """What persons recorded about held requirements."""
    return (*dossier.list_feiten(HerstelVastgelegd), *dossier.list_feiten(ToetsBeslist))


def load_kwaliteitscriteria(dossier: Dossier, perceel: str) -> tuple[Criterium, ...]:
    """The quality criteria of one perceel, as announced."""
    uitgewerkt = dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    return tuple(c for c in uitgewerkt.criteria if c.soort == "kwaliteit") if uitgewerkt else ()


def heeft_prijscriterium(dossier: Dossier, perceel: str) -> bool:
    """Whether price is an award criterion of this perceel."""
    uitgewerkt = dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    return uitgewerkt is not None and any(c.soort == "prijs" for c in uitgewerkt.criteria)


def load_schaal(dossier: Dossier, perceel: str) -> tuple[int, ...]:
    """The points of the announced scale, low to high."""
    uitgewerkt = dossier.laatste(PerceelUitgewerkt, perceel=perceel)
    return tuple(sorted(p.punt for p in uitgewerkt.schaal)) if uitgewerkt else ()


def list_toegestaan(dossier: Dossier, perceel: str, code: str) -> tuple[int, ...]:
    """The scores that may be given for a criterion: the points of the scale, or every whole score between them."""
    schaal = load_schaal(dossier, perceel)
    criterium = next((c for c in load_kwaliteitscriteria(dossier, perceel) if c.code == code), None)
    if not schaal or criterium is None or not criterium.tussenscores:
        return schaal
    return tuple(range(schaal[0], schaal[-1] + 1))


def count_gemiddelde(dossier: Dossier, perceel: str, nummer: str, code: str) -> int | None:
    """The average of the locked scores as announced: exact, then rounded once to a whole score; None without scores."""
    scores = [
        Fraction(score.score)
        for feit in load_vergrendeld(dossier, perceel).values()
        for score in feit.scores
        if (score.inschrijving, score.criterium) == (nummer, code)
    ]
    return int(round_getal(sum(scores, Fraction(0)) / len(scores), 0)) if scores else None


def wordt_gescoord(dossier: Dossier, perceel: str) -> bool:
    """Whether there is anything to score: a quality criterion and at least one valid bid."""
    return bool(load_kwaliteitscriteria(dossier, perceel)) and bool(
        load_geldige_inschrijvingen(dossier, perceel)
    )


def load_belangenverklaringen(dossier: Dossier, perceel: str) -> dict[str, BelangenverklaringAfgelegd]:
    """The last declaration of every assessor for one perceel."""
    verklaringen = dossier.list_feiten(BelangenverklaringAfgelegd)
    return {f.beoordelaar: f for f in verklaringen if perceel in f.percelen}


def load_herbeoordeling(dossier: Dossier, perceel: str) -> HerbeoordelingGeopend | None:
    """The last time that the assessment of this perceel began anew."""
    geopend = (f for f in reversed(dossier.list_feiten(HerbeoordelingGeopend)) if perceel in f.percelen)
    return next(geopend, None)


def load_vergrendeld(dossier: Dossier, perceel: str) -> dict[str, ScoresVergrendeld]:
    """The locked scores of one perceel by assessor, in order of locking; after a new beginning only the new ones."""
    return {f.beoordelaar: f for f in _list_geldend(dossier, perceel, ScoresVergrendeld)}


def load_consensus(dossier: Dossier, perceel: str) -> ConsensusVastgesteld | None:
    """The committee's judgment that counts; None before it, and after a new beginning."""
    geldend = _list_geldend(dossier, perceel, ConsensusVastgesteld)
    return geldend[-1] if geldend else None


def mag_scoren(dossier: Dossier, perceel: str, persoon: str) -> bool:
    """False for who scored before a new beginning for which a new committee was asked."""
    opnieuw = load_herbeoordeling(dossier, perceel)
    if opnieuw is None or not opnieuw.nieuwe_commissie or persoon in load_vergrendeld(dossier, perceel):
        return True
    allen = dossier.list_feiten(ScoresVergrendeld)
    return not any(f.perceel == perceel and f.beoordelaar == persoon for f in allen)


def _list_geldend(dossier: Dossier, perceel: str, soort: type[S]) -> list[S]:
    """Facts of this kind about a perceel, recorded after the last new beginning."""
    feiten = [f for f in dossier.list_feiten(soort) if f.perceel == perceel]
    opnieuw = load_herbeoordeling(dossier, perceel)
    if opnieuw is None:
        return feiten
    geldend: list[S] = []
    for vastlegging in dossier.vastleggingen:
        feit = vastlegging.feit
        if feit is opnieuw:
            geldend = []
        elif isinstance(feit, soort) and feit.perceel == perceel:
            geldend.append(feit)
    return geldend


def load_momenten(dossier: Dossier, soort: type[Feit]) -> dict[int, datetime]:
    """When the facts of one kind were recorded, by identity: one pass instead of one search per fact."""
    return {id(v.feit): v.moment for v in dossier.vastleggingen if isinstance(v.feit, soort)}


def mist_prijzen(dossier: Dossier, perceel: str) -> bool:
    """Whether price counts, there is a valid bid, and the prices were not opened yet."""
    return (
        heeft_prijscriterium(dossier, perceel)
        and bool(load_geldige_inschrijvingen(dossier, perceel))
        and dossier.laatste(PrijzenGeopend, perceel=perceel) is None
    )


def show_percelen(percelen: Iterable[str]) -> str:
    """Numbers as a sentence needs them: "1", "1 en 2", "1, 2 en 3"."""
    nummers = list(percelen)
    return f"{', '.join(nummers[:-1])} en {nummers[-1]}" if len(nummers) > 1 else "".join(nummers)
