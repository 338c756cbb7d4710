"""The admission procedure (open house): conditions known beforehand, everyone who meets them gets an agreement.

Grondslag: HvJ EU C-410/14 (Falk Pharma) and C-9/17 (Tirkkonen): without selection there is no public contract.
The principles still bind; reconsideration by contract and the civil court take the place of a standstill.
Must stay true: no award criteria, no ranking, no maximum number of providers, one tariff for everyone.
Trap: published percelen stay `opengesteld`; the applications in the rounds have statuses of their own.
"""

from __future__ import annotations

from datetime import date

from aanbesteding.domain.procedureregime import Procedureregime
from aanbesteding.fasen import (
    aanhouding,
    contractbeheer,
    marktconsultatie,
    strategie,
    stukken,
    toetreding,
    verzending,
)
from aanbesteding.fasen.publicatie import varianten
from aanbesteding.procedure import Procedure

TOELATING = Procedure(
    code="toelating",
    titel="Toelatingsprocedure (open house)",
    grondslag="HvJ EU C-410/14 en C-9/17; geen overheidsopdracht",
    geldig_vanaf=date(2016, 7, 1),
    versie="1",
    regime=Procedureregime(
        naam="toelatingsprocedure (open house)", inschrijftermijn="open_house", keuze=False, opdracht=False
    ),
    begin_status="voorbereiding",
    eindstatussen=frozenset({"ingetrokken"}),
    fasen=stukken.begeleid(
        *aanhouding.bewaak(
            strategie.bewaak(marktconsultatie.FASE), varianten.FASE_OPEN_HOUSE, toetreding.FASE_OPEN_HOUSE
        ),
        strategie.FASE,
        contractbeheer.FASE,
        aanhouding.FASE,
        verzending.FASE,
    ),
)
