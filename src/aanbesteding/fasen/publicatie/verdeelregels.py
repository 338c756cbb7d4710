"""The gate for percelen that are divided together: the rule is announced whole, and it can be carried out.

The walking itself is domain.perceelverdeling.

Grondslag: Aw 2012 art. 2.10 and 2.115; docs/methodiek/rangorde.md chapter 10.
Must stay true: nothing about the division is left to be chosen after the bids are known.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.toewijzing import load_verdeelregel
from aanbesteding.errors import InvoerError
from aanbesteding.fasen.publicatie.feiten import list_percelen, load_uitwerking


@regel("verdeling-niet-uitvoerbaar", grondslag="Aw 2012 art. 2.10 en 2.115", zekerheid="onbevestigd")
def verdeling_uitvoerbaar(s: Situatie[Any]) -> str | None:
    """Order and maximum are decided, every perceel can be ranked to the last place, products have no own maximum."""
    try:
        if load_verdeelregel(s.dossier) is None:
            return None
    except InvoerError as fout:
        return " ".join(fout.fouten)
    zinnen: list[str] = []
    for nummer in list_percelen(s):
        u = load_uitwerking(s, nummer)
        if u is None:
            continue
        if not u.criteria or "loting" not in u.gelijke_stand:
            zinnen.append(
                f"Perceel {nummer}: kondig gunningscriteria en loting bij gelijke stand aan; anders is de verdeling "
                "over de percelen niet af te maken."
            )
        if begrensd := [p.code for p in u.producten if p.maximum_aanbieders is not None]:
            zinnen.append(
                f"Perceel {nummer}: product {', '.join(begrensd)} heeft een eigen maximum. Bij een verdeling over "
                "percelen geldt het aantal aanbieders per perceel; haal het maximum weg."
            )
    return " ".join(zinnen) or None
