"""Criteria that cannot change the outcome: their reach is nought, or too small to matter but at a tie.

Grondslag: docs/methodiek/rangorde.md chapter 11; a weight that cannot work is not the weight that was
announced (Aw 2012 art. 2.115).
Must stay true: the reach counts only scores and prices with which a bid still counts (minimum, floor).
Trap: with in-between scores or a free price the other criteria can make any difference, however small.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from aanbesteding.domain.rangorde.getal import show_invoer
from aanbesteding.domain.rangorde.kwaliteit import score_blad
from aanbesteding.domain.rangorde.opdracht import (
    Formule,
    Kwaliteitscriterium,
    Prijscriterium,
    Rangordeopdracht,
)
from aanbesteding.domain.rangorde.proefinschrijvingen import list_scores

Oordeel = Literal["werkt", "alleen_bij_gelijke_stand", "dood"]
MAXIMUM_AANTAL_SOMMEN = 5000


@dataclass(frozen=True)
class Criteriumproef:
    """How much a criterion can do: its announced weight (or euros), its reach, and a verdict in Dutch."""

    code: str
    gewicht: Fraction
    bereik: Fraction | None
    oordeel: Oordeel
    tekst: str


@dataclass(frozen=True)
class _Bereik:
    """The points a criterion can give; `punten` None when every value in between is possible."""

    code: str
    gewicht: Fraction
    breedte: Fraction | None
    punten: tuple[Fraction, ...] | None


def list_criteriumproeven(opdracht: Rangordeopdracht) -> tuple[Criteriumproef, ...]:
    """A verdict on every scored criterion and on the price."""
    bereiken = [_build_kwaliteitsbereik(opdracht, blad) for blad in opdracht.list_bladen()]
    if opdracht.prijs is not None or opdracht.laagste_wint:
        bereiken.append(_build_prijsbereik(opdracht))
    return tuple(
        _judge(bereik, [ander for ander in bereiken if ander is not bereik], opdracht.laagste_wint)
        for bereik in bereiken
    )


def _build_kwaliteitsbereik(opdracht: Rangordeopdracht, blad: Kwaliteitscriterium) -> _Bereik:
    gewicht = (blad.waarde or Fraction(0)) if opdracht.laagste_wint else blad.gewicht
    punten = sorted(score_blad(blad, score, opdracht.methode) for score in list_scores(blad))
    if not punten:
        return _Bereik(blad.code, gewicht, None, ())
    vast = blad.schaal is not None and blad.schaal.punten and not blad.schaal.tussenscores
    breedte = punten[-1] - punten[0]
    return _Bereik(blad.code, gewicht, breedte, tuple(punten) if vast or breedte == 0 else None)


def _build_prijsbereik(opdracht: Rangordeopdracht) -> _Bereik:
    prijs = opdracht.prijs
    if prijs is None or prijs.formule is None:
        return _Bereik(prijs.code if prijs else "prijs", Fraction(0), Fraction(1), None)
    punten = _list_vaste_punten(prijs, opdracht.ondergrens)
    if punten is not None:
        breedte = max(punten) - min(punten) if punten else None
        return _Bereik(prijs.code, prijs.gewicht, breedte, tuple(sorted(set(punten))))
    breedte = prijs.gewicht
    bodem, plafond = prijs.parameters.bodem, prijs.parameters.plafond
    if bodem is not None and plafond is not None and opdracht.ondergrens is not None:
        laag = min(plafond, max(bodem, opdracht.ondergrens))
        breedte = prijs.gewicht * (plafond - laag) / (plafond - bodem)
    return _Bereik(prijs.code, prijs.gewicht, breedte, None if breedte else (Fraction(0),))


def _list_vaste_punten(prijs: Prijscriterium, ondergrens: Fraction | None) -> list[Fraction] | None:
    if prijs.formule is Formule.STAFFEL:
        haalbaar = [
            t for t in prijs.parameters.staffel if t.tot is None or ondergrens is None or t.tot > ondergrens
        ]
        return [trede.punten for trede in haalbaar]
    if prijs.formule is Formule.RANGPUNTEN and prijs.parameters.punten:
        overig = prijs.parameters.overig
        return [*prijs.parameters.punten, *([] if overig is None else [overig])]
    return None


def _judge(bereik: _Bereik, anderen: list[_Bereik], op_waarde: bool) -> Criteriumproef:
    oordeel: Oordeel = "werkt"
    if bereik.breedte is None:
        oordeel, tekst = (
            "dood",
            f"{bereik.code}: geen enkele toegestane score of prijs telt mee; pas de drempel aan.",
        )
    elif bereik.breedte == 0:
        oordeel, tekst = "dood", f"{bereik.code}: dood gewicht, iedereen die meetelt krijgt hetzelfde."
    else:
        stap = _count_kleinste_verschil(anderen)
        tekst = f"{bereik.code}: bereik {show_invoer(bereik.breedte)} van {show_invoer(bereik.gewicht)}."
        if op_waarde and bereik.gewicht == 0:
            tekst = f"{bereik.code}: de prijs telt in euro's, zonder grens."
        if stap is not None and bereik.breedte < stap:
            oordeel = "alleen_bij_gelijke_stand"
            tekst = (
                f"{bereik.code}: bereik {show_invoer(bereik.breedte)} is kleiner dan "
                f"het kleinste verschil dat de andere criteria maken ({show_invoer(stap)}); "
                "het beslist alleen bij gelijke stand."
            )
    return Criteriumproef(bereik.code, bereik.gewicht, bereik.breedte, oordeel, tekst)


def _count_kleinste_verschil(anderen: list[_Bereik]) -> Fraction | None:
    sommen = {Fraction(0)}
    for ander in anderen:
        if ander.punten is None:
            return None
        sommen = {som + punt for som in sommen for punt in ander.punten} if ander.punten else sommen
        if len(sommen) > MAXIMUM_AANTAL_SOMMEN:
            return None
    geordend = sorted(sommen)
    return min((hoog - laag for laag, hoog in pairwise(geordend)), default=None)
