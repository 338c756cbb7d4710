"""How percelen go to bidders when they are divided together: the announced order and the most that one may get.

Applies where the definition says that percelen are areas with so many providers each (Aanbesteding.toewijzing); the
order and the maximum are decided points, announced in the guide. The walking itself is domain.rangorde.percelen.

Grondslag: docs/methodiek/rangorde.md chapter 10; Aw 2012 art. 2.10 (article not checked against the current text).
Must stay true: every perceel stands once in the announced order; nothing is divided by a rule that was not announced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import Perceelverdeling, Product, PuntBeslist
from aanbesteding.errors import InvoerError

MAXIMUM = "maximum_percelen_per_inschrijver"
VOLGORDE = "toewijzingsvolgorde"


@dataclass(frozen=True)
class Verdeelregel:
    """What was announced: the order, providers per perceel, and the most percelen per bidder (None: no maximum)."""

    volgorde: tuple[str, ...]
    per_perceel: int
    maximum: int | None


def wordt_verdeeld(dossier: Dossier) -> bool:
    """Whether the percelen of this purchase are divided together."""
    return dossier.aanbesteding.toewijzing is not None


def load_maximum(product: Product, verdeling: Perceelverdeling | None) -> int | None:
    """Most providers of a product: its own maximum, or that of the whole perceel when percelen were divided."""
    return verdeling.per_perceel if verdeling else product.maximum_aanbieders


def load_verdeelregel(dossier: Dossier) -> Verdeelregel | None:
    """The announced rule; None when percelen are not divided together. InvoerError with every fault at once."""
    toewijzing = dossier.aanbesteding.toewijzing
    if toewijzing is None:
        return None
    nummers = [p.nummer for p in dossier.aanbesteding.percelen]
    volgorde = _load_punt(dossier, VOLGORDE)
    genoemd = tuple(re.findall(r"[0-9]+", volgorde or ""))
    fouten: list[str] = []
    if volgorde is None:
        fouten.append(f"De volgorde van toewijzing is niet beslist (punt '{VOLGORDE}').")
    elif ontbreekt := [n for n in nummers if n not in genoemd]:
        fouten.append(
            f"De volgorde van toewijzing noemt perceel {', '.join(ontbreekt)} niet. Noem elk perceel."
        )
    if vreemd := [n for n in dict.fromkeys(genoemd) if n not in nummers or genoemd.count(n) > 1]:
        fouten.append(
            f"De volgorde van toewijzing noemt {', '.join(vreemd)} te veel. Noem elk perceel één keer."
        )
    maximum = _load_punt(dossier, MAXIMUM)
    kent = any(p.code == MAXIMUM for p in dossier.aanbesteding.punten)
    if kent and (maximum is None or not maximum.isdigit() or maximum == "0"):
        fouten.append(f"Het maximum per inschrijver is niet beslist (punt '{MAXIMUM}').")
    if fouten:
        raise InvoerError(fouten)
    return Verdeelregel(genoemd, toewijzing.per_perceel, int(maximum) if kent and maximum else None)


def _load_punt(dossier: Dossier, code: str) -> str | None:
    punt = dossier.laatste(PuntBeslist, punt=code)
    return punt.waarde if punt else None
