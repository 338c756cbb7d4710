"""Which municipalities take part in which perceel: who decides on it, gives authority for it and is party to it.

The definition says so (Perceel.gemeenten; none: every municipality of the purchase). Not here: which municipalities
take part in the purchase at all, the region of a dossier is already that.

Must stay true: a municipality that takes no part in a perceel decides nothing about it and is no party to its
agreements; what concerns more percelen concerns every municipality of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from aanbesteding.domain.aanbesteding import Aanbesteding, Perceel
from aanbesteding.domain.regio import Regio


def neemt_deel(perceel: Perceel, gemeente: str) -> bool:
    """Whether the municipality with this code takes part in the perceel."""
    return not perceel.gemeenten or gemeente in perceel.gemeenten


def select_deelnemers(regio: Regio, inkoop: Aanbesteding, percelen: Iterable[str]) -> Regio:
    """The region with only the municipalities that take part in at least one of these percelen (none: all)."""
    delen = [inkoop.load_perceel(nummer) for nummer in percelen]
    codes = tuple(g.code for g in regio.gemeenten if any(neemt_deel(p, g.code) for p in delen))
    return regio.select_gemeenten(codes) if delen else regio


def list_percelen_van(inkoop: Aanbesteding, gemeente: str, percelen: Iterable[str]) -> tuple[str, ...]:
    """Of these percelen those in which the municipality takes part."""
    return tuple(nummer for nummer in percelen if neemt_deel(inkoop.load_perceel(nummer), gemeente))


def is_verdeeld(inkoop: Aanbesteding, regio: Regio) -> bool:
    """Whether not every municipality takes part in every perceel."""
    return any(not neemt_deel(p, g.code) for p in inkoop.percelen for g in regio.gemeenten)
