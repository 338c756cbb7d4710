"""One undertaking in two bids for one perceel: as bidder, or as a member that brings numbers towards a requirement.

Grondslag: the tender documents say that an undertaking bids once per perceel, alone or in one combination.
Must stay true: it is only signalled: members are known by name alone, and nobody is put out without being heard.
Trap: a bidder that names itself as a member of its own bid is one undertaking in one bid.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from aanbesteding.domain.regel import Ernst, regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.beoordeling import stand

RECHTSVORMEN = frozenset({"bv", "nv", "vof", "cv", "ua", "ba"})


def normalise_naam(naam: str) -> str:
    """A name as it is compared: without accents, capitals, punctuation and legal form."""
    kaal = unicodedata.normalize("NFKD", naam.casefold())
    kaal = "".join(t for t in kaal if not unicodedata.combining(t)).replace(".", "")
    woorden = re.findall(r"[a-z0-9]+", kaal)
    return " ".join(w for w in woorden if w not in RECHTSVORMEN) or kaal.strip()


@regel(
    "onderneming-in-twee-inschrijvingen",
    grondslag="aanbestedingsleidraad: één inschrijving per onderneming",
    ernst=Ernst.SIGNALEERT,
    zekerheid="onbevestigd",
)
def onderneming_in_een_inschrijving(s: Situatie[Any]) -> str | None:
    """For one perceel no name stands in two bids, as bidder or as member."""
    bijdragen = stand.load_bijdragen(s.dossier)
    zinnen: list[str] = []
    for perceel in s.onderwerpen:
        per_naam: dict[str, dict[str, str]] = {}
        for bod in stand.list_inschrijvingen(s.dossier, perceel):
            namen = [bod.aanbieder.naam, *(b.lid for b in bijdragen.get((perceel, bod.nummer), ()))]
            for naam in namen:
                per_naam.setdefault(normalise_naam(naam), {}).setdefault(bod.nummer, naam)
        zinnen += [
            f"Perceel {perceel}: {' en '.join(dict.fromkeys(waar.values()))} staat in de inschrijvingen "
            f"{stand.show_percelen(waar)}."
            for waar in per_naam.values()
            if len(waar) > 1
        ]
    if not zinnen:
        return None
    return (
        f"{' '.join(zinnen)} Per perceel schrijft een onderneming één keer in. Ga aan het KvK-nummer na of het "
        "dezelfde is, en hoor de inschrijvers voordat u beslist."
    )
