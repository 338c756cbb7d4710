"""Who may open what is sealed, and the facts that the engine records when it seals and opens.

Must stay true: the facts hold fingerprints and hashes of sealed envelopes, never content; the public keys that bids
are sealed to come from the facts, which are chained, and not from a table that could be changed.
"""

from __future__ import annotations

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit

MINSTENS = 2
"""Openers who open together."""


class Openersleutel(Gegevensmodel):
    """The public half of the key of an opener. `demo`: everybody knows its passphrase."""

    persoon: str
    vingerafdruk: str
    publiek: str
    demo: bool = False


class OpenersAangewezen(Feit):
    """Who may open the bids and prices: any two of them, together."""

    openers: tuple[Openersleutel, ...]


class EnveloppenVerzegeld(Feit):
    """Envelopes of one kind were sealed to these keys (fingerprints). `kenmerken`: hash of each sealed envelope."""

    omslag: str
    sleutels: tuple[str, ...]
    kenmerken: dict[str, str]


class Openerhandeling(Gegevensmodel):
    """Somebody who opened, and with which key."""

    persoon: str
    vingerafdruk: str


class EnveloppenGeopend(Feit):
    """Envelopes of one kind were opened by two together. `kenmerken`: hash of each envelope that was opened."""

    omslag: str
    openers: tuple[Openerhandeling, ...]
    kenmerken: dict[str, str]


def list_kenmerken(dossier: Dossier, omslag: str) -> dict[str, str]:
    """What the facts say of every sealed envelope of this kind: its hash, by its key."""
    return {
        sleutel: kenmerk
        for feit in dossier.list_feiten(EnveloppenVerzegeld)
        if feit.omslag == omslag
        for sleutel, kenmerk in feit.kenmerken.items()
    }


def load_geopend(dossier: Dossier, omslag: str) -> EnveloppenGeopend | None:
    """The last opening of envelopes of this kind, or None."""
    return dossier.laatste(EnveloppenGeopend, omslag=omslag)
