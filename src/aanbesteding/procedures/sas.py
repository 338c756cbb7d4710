"""The procedure for social and other specific services (SAS) with award criteria, from consultation to entry.

Grondslag: Aw 2012 art. 2.38–2.39. No statutory minimum terms; the principles and the Gids proportionaliteit bind.
"""

from __future__ import annotations

from datetime import date

from aanbesteding.fasen import beoordeling, gunning, marktconsultatie, publicatie, toetreding
from aanbesteding.procedure import Procedure

SAS = Procedure(
    code="sas",
    titel="Procedure voor sociale en andere specifieke diensten",
    grondslag="Aw 2012 art. 2.38-2.39",
    geldig_vanaf=date(2016, 7, 1),
    versie="1",
    begin_status="voorbereiding",
    eindstatussen=frozenset({"ingetrokken", "niet_gegund"}),
    fasen=(marktconsultatie.FASE, publicatie.FASE, beoordeling.FASE, gunning.FASE, toetreding.FASE),
)
