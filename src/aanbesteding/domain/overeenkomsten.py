"""Which agreements run on a day, and the next number of an agreement.

Concluding and ending an agreement are acts of the stages gunning and toetreding; this only reads their facts.

Must stay true: an agreement that ended "per" a day no longer runs on that day; a number is never used twice; the last
day is the one that holds now, after an extension.
Trap: an agreement is often concluded months before its first day: it is concluded, but does not run yet.
"""

from __future__ import annotations

import re
from datetime import date

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import EinddatumGewijzigd, OvereenkomstBeeindigd, OvereenkomstGesloten


def list_overeenkomsten(dossier: Dossier) -> tuple[OvereenkomstGesloten, ...]:
    """Every agreement that was ever concluded, in that order, with the last day that holds now."""
    einden = {e.nummer: e.einde for e in dossier.list_feiten(EinddatumGewijzigd)}
    return tuple(
        o.model_copy(update={"einde": einden[o.nummer]}) if o.nummer in einden else o
        for o in dossier.list_feiten(OvereenkomstGesloten)
    )


def list_gesloten(
    dossier: Dossier, datum: date, perceel: str | None = None
) -> tuple[OvereenkomstGesloten, ...]:
    """Agreements that are concluded and have not ended on `datum`, also those that begin later; by number."""
    beeindigd = {e.nummer for e in dossier.list_feiten(OvereenkomstBeeindigd) if e.per <= datum}
    return tuple(
        overeenkomst
        for overeenkomst in sorted(list_overeenkomsten(dossier), key=lambda o: o.nummer)
        if (perceel is None or overeenkomst.perceel == perceel)
        and datum <= overeenkomst.einde
        and overeenkomst.nummer not in beeindigd
    )


def list_lopend(
    dossier: Dossier, datum: date, perceel: str | None = None
) -> tuple[OvereenkomstGesloten, ...]:
    """Agreements that run on `datum` (first and last day included); by number."""
    return tuple(o for o in list_gesloten(dossier, datum, perceel) if o.ingang <= datum)


def load_overeenkomst(dossier: Dossier, nummer: str) -> OvereenkomstGesloten | None:
    """The agreement with this number, ended or not; None when there is none."""
    return next((o for o in list_overeenkomsten(dossier) if o.nummer == nummer), None)


def build_voorvoegsel(regiocode: str) -> str:
    """Letters of an agreement's number: initials of the words, or the first two letters of a single word."""
    woorden = [w for w in re.split(r"[^a-z]+", regiocode) if w]
    letters = "".join(w[0] for w in woorden[:4]) if len(woorden) > 1 else woorden[0][:2]
    return letters.upper()


def next_nummer(dossier: Dossier, perceel: str, prefix: str, jaar: int, *, na: int = 0) -> str:
    """The next number, such as "BW-2027-P1-001"; `na` counts numbers that the same act already gives out."""
    begin = f"{prefix}-{jaar:04d}-P{perceel}-"
    gebruikt = [
        int(o.nummer.removeprefix(begin))
        for o in dossier.list_feiten(OvereenkomstGesloten)
        if o.nummer.startswith(begin)
    ]
    return f"{begin}{max(gebruikt, default=0) + 1 + na:03d}"
