"""Rank reversal: can the departure of a third bid turn round two others? With an example, found by search.

Grondslag: docs/methodiek/rangorde.md chapter 11; HR 9 mei 2014, ECLI:NL:HR:2014:1078 (relative formulas).
Must stay true: an example is only given after the ranking itself has confirmed it, before and after.
Trap: not finding an example is not proof; the verdict says "niet gevonden", not "niet mogelijk".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Literal

from aanbesteding.domain.rangorde.dood_gewicht import list_criteriumproeven
from aanbesteding.domain.rangorde.getal import show_invoer
from aanbesteding.domain.rangorde.kwaliteit import score_kwaliteit
from aanbesteding.domain.rangorde.opdracht import Formule, Inschrijving, Prijscriterium, Rangordeopdracht
from aanbesteding.domain.rangorde.prijsformules import score_prijs
from aanbesteding.domain.rangorde.proefinschrijvingen import build_profielen, list_proefprijzen
from aanbesteding.domain.rangorde.rangschikking import rank_inschrijvingen
from aanbesteding.errors import InvoerError

Oordeel = Literal["niet_mogelijk", "gevonden", "niet_gevonden"]
FACTOREN = tuple(Fraction(tiende, 10) for tiende in (10, 11, 12, 14, 16, 18, 20, 25))
MAXIMUM_AANTAL_PROEVEN = 60


@dataclass(frozen=True)
class Omkering:
    """The verdict; with an example when found: the bids, who leaves, and the order before and after."""

    oordeel: Oordeel
    tekst: str
    inschrijvingen: tuple[Inschrijving, ...] = ()
    vertrekker: str | None = None
    voor: tuple[str, ...] = ()
    na: tuple[str, ...] = ()


def check_omkering(opdracht: Rangordeopdracht) -> Omkering:
    """Look for a reversal, first in the bids of the assignment, then in invented ones."""
    if not opdracht.hangt_af_van_anderen or opdracht.prijs is None:
        return Omkering(
            "niet_mogelijk", "Omkering is niet mogelijk: geen score hangt af van andere inschrijvingen."
        )
    werkend = [proef for proef in list_criteriumproeven(opdracht) if proef.oordeel != "dood"]
    if len(werkend) < 2:
        return Omkering(
            "niet_mogelijk", "Omkering is niet mogelijk: er is maar één criterium dat verschil maakt."
        )
    kaal = replace(
        opdracht,
        maximum_aanbieders=None,
        reservelijst=None,
        uitgevallen=(),
        loting=None,
        gelijke_stand=(),
        bij_uitval="herberekenen",
    )
    kandidaten = ((kaal.inschrijvingen, naam) for naam in _list_vertrekkers(kaal, opdracht.prijs))
    for inschrijvingen, vertrekker in chain(kandidaten, _list_verzonnen(kaal, opdracht.prijs)):
        gevonden = _check_voorbeeld(kaal, inschrijvingen, vertrekker)
        if gevonden is not None:
            return gevonden
    return Omkering(
        "niet_gevonden", "Omkering is bij deze formule mogelijk, maar de proef vond geen voorbeeld."
    )


def _list_vertrekkers(opdracht: Rangordeopdracht, prijs: Prijscriterium) -> list[str]:
    """Who can turn others round by leaving: who sets the lowest or highest price; with rank points anybody."""
    try:
        uitslag = rank_inschrijvingen(opdracht)
    except InvoerError:
        return []
    grenzen = {*uitslag.prijzen[:1], *uitslag.prijzen[-1:]}
    return [
        inschrijving.aanbieder
        for inschrijving in opdracht.inschrijvingen
        if uitslag.get_plaats(inschrijving.aanbieder) is not None
        and (prijs.formule is Formule.RANGPUNTEN or inschrijving.prijs in grenzen)
    ][:MAXIMUM_AANTAL_PROEVEN]


def _check_voorbeeld(
    opdracht: Rangordeopdracht, inschrijvingen: Sequence[Inschrijving], vertrekker: str
) -> Omkering | None:
    try:
        voor = rank_inschrijvingen(replace(opdracht, inschrijvingen=tuple(inschrijvingen)))
        rest = tuple(i for i in inschrijvingen if i.aanbieder != vertrekker)
        na = rank_inschrijvingen(replace(opdracht, inschrijvingen=rest))
    except InvoerError:
        return None
    rang_voor = {plaats.aanbieder: plaats.rang for plaats in voor.rangorde}
    for hoger, lager in combinations(na.rangorde, 2):
        if hoger.rang < lager.rang and rang_voor[hoger.aanbieder] > rang_voor[lager.aanbieder]:
            return Omkering(
                "gevonden",
                f"Omkering is mogelijk: valt {vertrekker} weg, dan gaat {hoger.aanbieder} "
                f"boven {lager.aanbieder}.",
                tuple(inschrijvingen),
                vertrekker,
                tuple(f"{plaats.rang}. {plaats.aanbieder} {plaats.totaal}" for plaats in voor.rangorde),
                tuple(f"{plaats.rang}. {plaats.aanbieder} {plaats.totaal}" for plaats in na.rangorde),
            )
    return None


def _list_verzonnen(
    opdracht: Rangordeopdracht, criterium: Prijscriterium
) -> Iterator[tuple[tuple[Inschrijving, ...], str]]:
    profielen = build_profielen(opdracht)
    kwaliteiten = [sum(score_kwaliteit(opdracht, profiel).values(), Fraction(0)) for profiel in profielen]
    prijzen = [list_proefprijzen(opdracht)[0] * factor for factor in FACTOREN]
    geleverd = 0
    for prijs_a, prijs_b, prijs_c in product(prijzen, repeat=3):
        if prijs_a == prijs_b or geleverd >= MAXIMUM_AANTAL_PROEVEN:
            continue
        try:
            met = _count_verschil(criterium, prijs_a, prijs_b, [prijs_a, prijs_b, prijs_c])
            zonder = _count_verschil(criterium, prijs_a, prijs_b, [prijs_a, prijs_b])
        except InvoerError:
            continue
        for a, b in product(range(len(profielen)), repeat=2):
            if min(met, zonder) < kwaliteiten[b] - kwaliteiten[a] < max(met, zonder):
                geleverd += 1
                yield _build_drietal((profielen[a], profielen[b], profielen[0]), (prijs_a, prijs_b, prijs_c))
                break


def _count_verschil(
    criterium: Prijscriterium, prijs_a: Fraction, prijs_b: Fraction, prijzen: Sequence[Fraction]
) -> Fraction:
    geordend = sorted(prijzen)
    return score_prijs(criterium, prijs_a, geordend) - score_prijs(criterium, prijs_b, geordend)


def _build_drietal(
    profielen: Sequence[dict[str, Fraction]], prijzen: Sequence[Fraction]
) -> tuple[tuple[Inschrijving, ...], str]:
    namen = ("Verzonnen A", "Verzonnen B", "Verzonnen C")
    drietal = tuple(
        Inschrijving(naam, profiel, prijs)
        for naam, profiel, prijs in zip(namen, profielen, prijzen, strict=True)
    )
    return drietal, namen[-1]


def show_inschrijving(inschrijving: Inschrijving) -> str:
    """One bid on one line, for the example."""
    scores = ", ".join(f"{code} {show_invoer(score)}" for code, score in inschrijving.scores.items())
    prijs = "" if inschrijving.prijs is None else f"; prijs {show_invoer(inschrijving.prijs)}"
    return f"{inschrijving.aanbieder}: {scores}{prijs}"
