"""The questions put to a dossier about holds; the facts themselves are in domain.feiten.

Must stay true: a hold has no end date; it ends by a recorded outcome, and an outcome that asks for something goes
on to hold until that was done.
Trap: whether an outcome was carried out is read from what was recorded after it, never from a tick.
"""

from __future__ import annotations

from aanbesteding.domain.dossier import Dossier, perceel_onderwerp
from aanbesteding.domain.feit import StatusGewijzigd
from aanbesteding.domain.feiten import (
    AanhoudingBegonnen,
    AanhoudingGeeindigd,
    RectificatieGepubliceerd,
    SluitingVerplaatst,
)

GESTOPT = frozenset({"ingetrokken", "niet_gegund", "beeindigd"})
TERUG = frozenset({"getoetst", "in_toetsing", "beoordeeld", "meegedeeld"})
HERZIEN = frozenset({"consultatie_afgerond"})


def list_aanhoudingen(dossier: Dossier) -> tuple[AanhoudingBegonnen, ...]:
    """Every hold, in order of recording."""
    return dossier.list_feiten(AanhoudingBegonnen)


def load_einde(dossier: Dossier, aanhouding: str) -> AanhoudingGeeindigd | None:
    """How a hold ended; None while it runs."""
    return dossier.laatste(AanhoudingGeeindigd, aanhouding=aanhouding)


def list_lopend(dossier: Dossier) -> tuple[AanhoudingBegonnen, ...]:
    """Holds without an outcome."""
    klaar = {f.aanhouding for f in dossier.list_feiten(AanhoudingGeeindigd)}
    return tuple(a for a in list_aanhoudingen(dossier) if a.aanhouding not in klaar)


def list_niet_uitgevoerd(
    dossier: Dossier, percelen: tuple[str, ...]
) -> tuple[tuple[AanhoudingBegonnen, AanhoudingGeeindigd, tuple[str, ...]], ...]:
    """Ended holds whose outcome was not carried out yet, with the percelen that still wait."""
    gevonden: list[tuple[AanhoudingBegonnen, AanhoudingGeeindigd, tuple[str, ...]]] = []
    for aanhouding in list_aanhoudingen(dossier):
        einde = load_einde(dossier, aanhouding.aanhouding)
        if einde is None or einde.uitkomst == "doorgaan":
            continue
        wacht = tuple(
            p for p in aanhouding.percelen if p in percelen and not _is_uitgevoerd(dossier, einde, p)
        )
        if wacht:
            gevonden.append((aanhouding, einde, wacht))
    return tuple(gevonden)


def _is_uitgevoerd(dossier: Dossier, einde: AanhoudingGeeindigd, perceel: str) -> bool:
    """Whether something recorded after the outcome carries it out for this perceel."""
    nummer = next(v.volgnummer for v in dossier.vastleggingen if v.feit is einde)
    na = [v.feit for v in dossier.vastleggingen if v.volgnummer > nummer]
    statussen = {
        f.naar for f in na if isinstance(f, StatusGewijzigd) and f.onderwerp == perceel_onderwerp(perceel)
    }
    match einde.uitkomst:
        case "herzien":
            return bool(statussen & HERZIEN) or any(isinstance(f, RectificatieGepubliceerd) for f in na)
        case "termijn_verlengen":
            return any(isinstance(f, SluitingVerplaatst) for f in na)
        case "herbeoordelen":
            return bool(statussen & TERUG)
        case _:
            return bool(statussen & GESTOPT)
