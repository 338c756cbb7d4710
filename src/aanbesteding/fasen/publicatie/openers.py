"""Appointing who may open the bids and prices: what the act asks, what it records and its rules.

Grondslag: Aw 2012 art. 2.108 (nothing is read before the closing moment). That two open together, and with which keys,
is the way of working that the tender documents announce, not the law.
Must stay true: the public keys come into the facts here, before the first bid, and do not change once a bid is sealed.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.zegel import MINSTENS, EnveloppenVerzegeld, OpenersAangewezen
from aanbesteding.fase import Besluit

GRONDSLAG = "Aw 2012 art. 2.108"


class OpenersAanwijzen(Gegevensmodel):
    """Appoint who may open."""

    openers: tuple[str, ...] = Field(
        title="Openers",
        description="Gebruikersnamen; elke twee van hen openen samen. Met drie of meer mag er één uitvallen",
        min_length=MINSTENS,
    )


@regel("opener-zonder-sleutel", grondslag=GRONDSLAG, met_invoer=True)
def openers_hebben_sleutel(s: Situatie[OpenersAanwijzen]) -> str | None:
    """Every opener has a key."""
    zonder = sorted({p for p in s.invoer.openers if p not in s.sleutels})
    if not zonder:
        return None
    return (
        f"Nog zonder sleutel: {', '.join(zonder)}. Laat elk van hen zelf een sleutel maken, op de webpagina "
        f"Mijn sleutel of met: aanbesteding sleutel nieuw {zonder[0]}"
    )


@regel("opener-met-demosleutel", grondslag=GRONDSLAG, met_invoer=True)
def geen_demosleutels(s: Situatie[OpenersAanwijzen]) -> str | None:
    """A real tender is not sealed to a key whose passphrase everybody knows."""
    demo = sorted({p for p in s.invoer.openers if p in s.sleutels and s.sleutels[p].demo})
    if not demo or s.dossier.demo:
        return None
    return (
        f"De sleutel van {', '.join(demo)} is een demosleutel: iedereen kent de wachtzin. Maak eerst een eigen "
        f"sleutel, op de webpagina Mijn sleutel of met: aanbesteding sleutel nieuw {demo[0]}"
    )


@regel("openers-al-in-gebruik", grondslag=GRONDSLAG)
def nog_niets_verzegeld(s: Situatie[Any]) -> str | None:
    """No bid is sealed yet to the openers that were appointed before."""
    if s.dossier.laatste(EnveloppenVerzegeld) is None:
        return None
    return (
        "Er zijn al inschrijvingen verzegeld voor de aangewezen openers. Zij blijven de openers: niemand anders kan "
        "die inschrijvingen openen."
    )


@regel("openers-zonder-reserve", grondslag=GRONDSLAG, ernst=Ernst.SIGNALEERT, met_invoer=True)
def openers_met_reserve(s: Situatie[OpenersAanwijzen]) -> str | None:
    """With more than two openers one may lose the key."""
    if len(set(s.invoer.openers)) > MINSTENS:
        return None
    return (
        "Er zijn maar twee openers. Raakt een van hen zijn sleutel of wachtzin kwijt, dan kan niemand de "
        "inschrijvingen nog openen. Wijs er liever drie aan."
    )


def decide_openers(s: Situatie[OpenersAanwijzen]) -> Besluit:
    """Record the openers with their public keys."""
    return Besluit((OpenersAangewezen(openers=tuple(s.sleutels[p] for p in s.invoer.openers)),))
