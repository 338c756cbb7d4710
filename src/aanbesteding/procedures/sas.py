"""The procedure for social and other specific services (SAS) with award criteria, from consultation to entry.

Grondslag: Aw 2012 art. 2.38–2.39. No statutory minimum terms; the principles and the Gids proportionaliteit bind.
Trap: a perceel may do without award criteria, but only when it is published on or after 1 July 2022.
"""

from __future__ import annotations

from datetime import date

from aanbesteding.domain.procedureregime import Procedureregime
from aanbesteding.fasen import (
    aanhouding,
    beoordeling,
    contractbeheer,
    gunning,
    marktconsultatie,
    publicatie,
    strategie,
    stukken,
    toetreding,
    verzending,
)
from aanbesteding.fasen.publicatie.keuzeregels import zonder_criteria_toegestaan
from aanbesteding.procedure import Procedure

SAS = Procedure(
    code="sas",
    titel="Procedure voor sociale en andere specifieke diensten",
    grondslag="Aw 2012 art. 2.38-2.39",
    geldig_vanaf=date(2016, 7, 1),
    versie="1",
    regime=Procedureregime(
        naam="procedure voor sociale en andere specifieke diensten",
        inschrijftermijn="sas",
        licht=True,
        drempel="drempel_sas",
    ),
    begin_status="voorbereiding",
    eindstatussen=frozenset({"ingetrokken", "niet_gegund"}),
    fasen=stukken.begeleid(
        *aanhouding.bewaak(
            strategie.bewaak(marktconsultatie.FASE),
            strategie.bewaak(publicatie.FASE.met(zonder_criteria_toegestaan, bij="publiceren")),
            beoordeling.FASE,
            gunning.FASE,
            toetreding.FASE,
        ),
        strategie.FASE,
        contractbeheer.FASE,
        aanhouding.FASE,
        verzending.FASE,
    ),
)
