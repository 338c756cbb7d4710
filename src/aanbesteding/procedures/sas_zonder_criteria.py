"""The SAS procedure without award criteria: every tenderer that meets the requirements gets an agreement.

Grondslag: Stb. 2022, 188 and 241 (in force 1 July 2022); Aw 2012 art. 2.38–2.39 go on to bind.
Must stay true: this is no open house: standstill, record and the limits on change of the Aw 2012 apply.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aanbesteding.domain.procedureregime import Procedureregime
from aanbesteding.fasen import (
    aanhouding,
    beoordeling,
    contractbeheer,
    gunning,
    marktconsultatie,
    strategie,
    stukken,
    toetreding,
    verzending,
)
from aanbesteding.fasen.publicatie import varianten
from aanbesteding.procedures.sas import SAS

SAS_ZONDER_CRITERIA = replace(
    SAS,
    code="sas_zonder_criteria",
    titel="Procedure voor sociale en andere specifieke diensten, zonder gunningscriteria",
    grondslag="Stb. 2022, 188 en 241; Aw 2012 art. 2.38-2.39",
    geldig_vanaf=date(2022, 7, 1),
    regime=Procedureregime(
        naam="procedure voor sociale en andere specifieke diensten, zonder gunningscriteria",
        inschrijftermijn="sas",
        licht=True,
        drempel="drempel_sas",
        keuze=False,
    ),
    fasen=stukken.begeleid(
        *aanhouding.bewaak(
            strategie.bewaak(marktconsultatie.FASE),
            varianten.FASE_ZONDER_CRITERIA,
            beoordeling.FASE.zonder(
                "scores_vergrendelen",
                "prijzen_openen",
                "toelichting_prijs_vragen",
                "toelichting_prijs_vastleggen",
                "lage_prijs_beoordelen",
                "herbeoordeling_openen",
            ),
            gunning.FASE,
            toetreding.FASE,
        ),
        strategie.FASE,
        contractbeheer.FASE,
        aanhouding.FASE,
        verzending.FASE,
    ),
)
