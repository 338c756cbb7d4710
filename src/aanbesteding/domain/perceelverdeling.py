"""The ranking of several percelen at once, where they are divided together over bidders who may have only so many.

Each perceel is ranked on its own by its announced criteria (gunningsrangorde); then the percelen are walked in the
announced order. Where percelen are not divided together this is the ranking of each perceel and no more.

Grondslag: docs/methodiek/rangorde.md chapter 10; Aw 2012 art. 2.10 (article not checked against the current text).
Must stay true: points and places of a perceel never depend on another perceel, only who gets it does; a perceel whose
award is final is not divided again and counts towards the maximum; a perceel in which nothing is awarded is left out.
Trap: when a winner drops out, other percelen may change hands; `list_geraakt` says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import Perceelverdeling, RangordeVastgesteld
from aanbesteding.domain.gunningsrangorde import (
    Loting,
    LotingNodig,
    build_rangorde,
    load_trekking,
    load_uitgewerkt,
    rank_perceel,
    reckon_perceel,
)
from aanbesteding.domain.rangorde import Uitslag
from aanbesteding.domain.rangorde.percelen import GelijkBijVerdeling, Verdeling, assign_percelen
from aanbesteding.domain.toewijzing import Verdeelregel, load_verdeelregel, wordt_verdeeld

DEFINITIEF = frozenset({"gegund", "gecontracteerd"})
VERVALLEN = frozenset({"niet_gegund", "ingetrokken"})

PerPerceel = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Verdeeld:
    """A division with what it rests on."""

    regel: Verdeelregel
    volgorde: tuple[str, ...]
    uitslagen: Mapping[str, Uitslag]
    trekkingen: PerPerceel
    uitgevallen: PerPerceel
    verdeling: Verdeling


def rank_percelen(
    dossier: Dossier,
    percelen: Iterable[str],
    *,
    uitgevallen: PerPerceel | None = None,
    loting: PerPerceel | None = None,
) -> tuple[RangordeVastgesteld, ...]:
    """The rankings of these percelen, divided together where that was announced.

    `uitgevallen` and `loting` per perceel; other percelen keep what their last ranking says. Raises LotingNodig and
    InvoerError as rank_perceel does.
    """
    uit, lot, nummers = uitgevallen or {}, loting or {}, tuple(percelen)
    if not wordt_verdeeld(dossier):
        return tuple(
            rank_perceel(dossier, p, uitgevallen=uit.get(p, ()), loting=lot.get(p, ())) for p in nummers
        )
    verdeeld = _divide(dossier, uit, lot)
    return tuple(_build_feit(dossier, verdeeld, nummer) for nummer in nummers)


def list_geraakt(
    dossier: Dossier,
    percelen: Iterable[str],
    *,
    uitgevallen: PerPerceel | None = None,
    loting: PerPerceel | None = None,
) -> tuple[str, ...]:
    """Percelen outside these that have a ranking and would change hands when these are divided (again)."""
    if not wordt_verdeeld(dossier):
        return ()
    verdeeld, eigen = _divide(dossier, uitgevallen or {}, loting or {}), frozenset(percelen)
    geraakt: list[str] = []
    for deel in verdeeld.verdeling.percelen:
        vorige = dossier.laatste(RangordeVastgesteld, perceel=deel.perceel)
        if (
            deel.perceel not in eigen
            and vorige is not None
            and set(deel.aanbieders) != _list_winnaars(vorige)
        ):
            geraakt.append(deel.perceel)
    return tuple(geraakt)


def list_samen(dossier: Dossier) -> tuple[str, ...]:
    """Percelen that must be ranked in one act: divided together, still without a ranking, and not lapsed."""
    if not wordt_verdeeld(dossier):
        return ()
    return tuple(
        p.nummer
        for p in dossier.aanbesteding.percelen
        if dossier.status_van_perceel(p.nummer) not in VERVALLEN
        and dossier.laatste(RangordeVastgesteld, perceel=p.nummer) is None
    )


def _divide(dossier: Dossier, uitgevallen: PerPerceel, loting: PerPerceel) -> _Verdeeld:
    regel = load_verdeelregel(dossier)
    assert regel is not None
    vast: dict[str, tuple[str, ...]] = {}
    uitslagen: dict[str, Uitslag] = {}
    trekkingen: dict[str, tuple[str, ...]] = {}
    afgevallen: dict[str, tuple[str, ...]] = {}
    for nummer in regel.volgorde:
        vorige, status = (
            dossier.laatste(RangordeVastgesteld, perceel=nummer),
            dossier.status_van_perceel(nummer),
        )
        if status in VERVALLEN:
            continue
        if status in DEFINITIEF and vorige is not None:
            vast[nummer] = tuple(sorted(_list_winnaars(vorige)))
            continue
        afgevallen[nummer] = uitgevallen.get(nummer, vorige.uitgevallen if vorige else ())
        trekkingen[nummer] = load_trekking(dossier, nummer, loting.get(nummer, ()))
        _, uitslag = reckon_perceel(
            dossier, nummer, uitgevallen=afgevallen[nummer], loting=trekkingen[nummer]
        )
        uitslagen[nummer] = replace(uitslag, maximum_aanbieders=regel.per_perceel)
    volgorde = tuple(p for p in regel.volgorde if p in uitslagen or p in vast)
    try:
        verdeling = assign_percelen(uitslagen, regel.maximum, volgorde, vast=vast)
    except GelijkBijVerdeling as gelijk:
        lotingen = (Loting("", gelijk.aanbieders, gelijk.plaatsen),)
        raise LotingNodig(gelijk.perceel, "", gelijk.aanbieders, lotingen) from gelijk
    return _Verdeeld(regel, volgorde, uitslagen, trekkingen, afgevallen, verdeling)


def _list_winnaars(rangorde: RangordeVastgesteld) -> set[str]:
    return {p.inschrijving for p in rangorde.plaatsen if p.gegund}


def _build_feit(dossier: Dossier, verdeeld: _Verdeeld, nummer: str) -> RangordeVastgesteld:
    uitgewerkt = load_uitgewerkt(dossier, nummer)
    deel = next(d for d in verdeeld.verdeling.percelen if d.perceel == nummer)
    winnaars = frozenset(deel.aanbieders)
    kaal = build_rangorde(
        dossier,
        uitgewerkt,
        verdeeld.uitslagen[nummer],
        {product.code: winnaars for product in uitgewerkt.producten},
        verdeeld.trekkingen[nummer],
        verdeeld.uitgevallen[nummer],
    )
    overgeslagen = {naam for naam, _ in deel.overgeslagen}
    plaatsen = tuple(
        p.model_copy(update={"kreeg_al": _list_eerder(verdeeld, nummer, p.inschrijving)})
        if p.inschrijving in overgeslagen
        else p
        for p in kaal.plaatsen
    )
    regel = verdeeld.regel
    verdeling = Perceelverdeling(
        plaats=verdeeld.volgorde.index(nummer) + 1,
        aantal=len(verdeeld.volgorde),
        per_perceel=regel.per_perceel,
        maximum=regel.maximum,
    )
    return kaal.model_copy(update={"plaatsen": plaatsen, "verdeling": verdeling})


def _list_eerder(verdeeld: _Verdeeld, nummer: str, inschrijving: str) -> tuple[str, ...]:
    """The percelen that count towards this bidder's maximum when this perceel is reached."""
    klaar = set(verdeeld.volgorde[: verdeeld.volgorde.index(nummer)])
    return tuple(
        d.perceel
        for d in verdeeld.verdeling.percelen
        if inschrijving in d.aanbieders and (d.perceel in klaar or d.perceel not in verdeeld.uitslagen)
    )
