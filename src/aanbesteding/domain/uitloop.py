"""Until when a provider that gets no contract may finish running help: the fixed last day of a perceel.

Per client the earlier of two days counts: the end of the referral, or that fixed day (Uitloop.count_einde).

Grondslag: the source text of the purchase (Perceel.uitloop) and what was decided on it (point `uitloop_PERCEEL`).
Must stay true: a decided day goes before that of the source text; without a rule in the text there is no run-off.
"""

from __future__ import annotations

from datetime import date

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import PuntBeslist
from aanbesteding.domain.perceelkader import Uitloop


def load_uitloop(dossier: Dossier, perceel: str) -> Uitloop | None:
    """The run-off of a perceel, with the decided last day; None when the text knows no run-off there."""
    bron = dossier.aanbesteding.load_perceel(perceel).uitloop
    beslist = dossier.laatste(PuntBeslist, punt=f"uitloop_{perceel}")
    if bron is None or beslist is None:
        return bron
    return bron.model_copy(update={"uiterlijk": date.fromisoformat(beslist.waarde)})
