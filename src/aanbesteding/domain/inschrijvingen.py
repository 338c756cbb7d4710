"""Which bids count: received and not withdrawn by the bidder before the closing moment.

Must stay true: every stage asks here, so that a withdrawn bid is opened, tested and told nowhere.
"""

from __future__ import annotations

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feiten import Inschrijving, InschrijvingenOntvangen, InschrijvingIngetrokken


def list_ontvangen(dossier: Dossier) -> tuple[Inschrijving, ...]:
    """Every bid that came in, in order of registration."""
    return tuple(i for feit in dossier.list_feiten(InschrijvingenOntvangen) for i in feit.inschrijvingen)


def list_meedingend(dossier: Dossier) -> tuple[Inschrijving, ...]:
    """Every bid that came in and was not withdrawn, in order of registration."""
    weg = {f.inschrijving for f in dossier.list_feiten(InschrijvingIngetrokken)}
    return tuple(i for i in list_ontvangen(dossier) if i.nummer not in weg)
