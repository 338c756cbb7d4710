"""How rules read the dossier, and how they show lists in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aanbesteding.domain.feiten import GunningsbeslissingMeegedeeld
from aanbesteding.domain.kalender import datum_in_nederland, show_datum
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.gunning.stand import Perceelstand
from aanbesteding.fasen.gunning.stand_laden import load_stand

MEEST_GETOOND = 5


def load_standen(s: Situatie[Any]) -> dict[str, Perceelstand]:
    """The state of the percelen that the act concerns."""
    return s.dossier.derive(("gunning", s.onderwerpen), lambda: load_stand(s.dossier, s.onderwerpen))


def show_lijst(stukken: Iterable[str]) -> str:
    """At most a few of many, so that a message stays readable."""
    allen = list(stukken)
    meer = len(allen) - MEEST_GETOOND
    return "; ".join(allen[:MEEST_GETOOND]) + (f"; en nog {meer}" if meer > 0 else "")


def show_genummerd(stukken: Iterable[str]) -> str:
    """All of them, numbered, for a message that must leave nothing out."""
    allen = list(stukken)
    if len(allen) == 1:
        return allen[0]
    return "; ".join(f"({nummer}) {stuk}" for nummer, stuk in enumerate(allen, start=1))


def show_percelen(nummers: Iterable[str]) -> str:
    """Names of percelen in a sentence."""
    return ", ".join(f"perceel {nummer}" for nummer in nummers)


def load_beslissingen(s: Situatie[Any]) -> dict[str, GunningsbeslissingMeegedeeld]:
    """The standing decision per perceel."""
    return {nummer: stand.beslissing for nummer, stand in load_standen(s).items() if stand.beslissing}


def show_dag(moment: Any) -> str:
    """A moment as a day in the Netherlands."""
    return show_datum(datum_in_nederland(moment))
