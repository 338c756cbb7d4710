"""Rules on ending an open house: nothing may be left hanging.

Must stay true: whoever applied in time gets a decision before the procedure ends.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.kalender import show_datum
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.aanvraag import index_aanvragen
from aanbesteding.fasen.toetreding.besluiten.ronde import load_ronde
from aanbesteding.fasen.toetreding.besluiten.sluiting import ToelatingBeeindigen

TOEZEGGING = "toelatingsleidraad en openstellingsbesluit; rechtszekerheid"
ONBESLIST = frozenset({"ontvangen", "getoetst", "beoordeeld"})


@regel("ronde-nog-niet-gesloten", grondslag=TOEZEGGING)
def geen_open_ronde(s: Situatie[Any]) -> str | None:
    """No round of these percelen is open any more."""
    open_ = [
        ronde
        for ronde in s.dossier.list_onderwerpen("ronde", frozenset({"open"}))
        if {p.perceel for p in load_ronde(s.dossier, ronde).producten} & set(s.onderwerpen)
    ]
    if not open_:
        return None
    return f"Ronde {', '.join(open_)} is nog open. Wacht tot de openstelling voorbij is."


@regel("aanvraag-nog-niet-beslist", grondslag=TOEZEGGING)
def aanvragen_beslist(s: Situatie[Any]) -> str | None:
    """Every application for these percelen was decided."""
    aanvragen = index_aanvragen(s.dossier)
    open_ = [
        verzoek
        for verzoek in s.dossier.list_onderwerpen("verzoek", ONBESLIST)
        if set(aanvragen[verzoek].aanvraag.percelen) & set(s.onderwerpen)
    ]
    return f"Nog niet beslist: verzoek {', '.join(open_)}. Beslis daar eerst over." if open_ else None


@regel("einde-toelating-in-verleden", grondslag=TOEZEGGING, met_invoer=True)
def einde_vooruit(s: Situatie[ToelatingBeeindigen]) -> str | None:
    """The end is not dated back."""
    if s.invoer.per >= s.vandaag:
        return None
    return f"De dag {show_datum(s.invoer.per)} is voorbij. Kies vandaag of later."
