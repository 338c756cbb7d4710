"""The open procedure: statutory minimum terms, award criteria for every perceel, a limited framework term.

Grondslag: Aw 2012 art. 2.71–2.74 (terms), 2.54 (note), 2.115 (criteria), 2.140 (framework); still allowed for
social and other specific services.
Must stay true: the terms bind here; in the SAS procedure the same rules only ask for a reason.
"""

from __future__ import annotations

from dataclasses import replace

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
from aanbesteding.fasen.publicatie.keuzeregels import criteria_aangekondigd, looptijd_binnen_maximum
from aanbesteding.procedures.sas import SAS

OPENBAAR = replace(
    SAS,
    code="openbaar",
    titel="Openbare procedure",
    grondslag="Aw 2012 art. 2.71-2.74; Richtlijn 2014/24/EU art. 27",
    regime=Procedureregime(naam="openbare procedure", inschrijftermijn="openbaar", wettelijke_termijnen=True),
    fasen=stukken.begeleid(
        *aanhouding.bewaak(
            strategie.bewaak(marktconsultatie.FASE),
            strategie.bewaak(
                publicatie.FASE.met(criteria_aangekondigd, looptijd_binnen_maximum, bij="publiceren")
            ),
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
