"""The regime for B services of before 1 July 2016, under which care was bought then; for purchases of that time.

Grondslag: Aw 2012 art. 2.38–2.39 in the text until 1 July 2016: technical specifications and the report of the award
bound, a prior notice was not needed (FEITEN 1.3). Whoever chose a heavier procedure was bound to it.
Must stay true: no dossier whose law is read on or after 1 July 2016 can follow it.
Trap: terms and thresholds of that time are in normen/ only in part; where a number is missing the engine says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aanbesteding.domain.procedureregime import Procedureregime
from aanbesteding.procedures.sas import SAS

B_DIENSTEN = replace(
    SAS,
    code="b_diensten",
    titel="Procedure voor B-diensten (tot 1 juli 2016)",
    grondslag="Aw 2012 art. 2.38-2.39, tekst tot 1 juli 2016",
    geldig_vanaf=date(2013, 4, 1),
    geldig_tot=date(2016, 6, 30),
    regime=Procedureregime(naam="procedure voor B-diensten", inschrijftermijn="sas", licht=True),
)
