"""The regime for B services of before 1 July 2016, under which care was bought then; for purchases of that time.

Grondslag: Aw 2012 art. 2.38–2.39 in the text until 1 July 2016: for health and social services this procedure was the
rule unless the authority decided otherwise (art. 2.38 lid 3); only the paragraphs on technical specifications and on
the record and the award notice bound (art. 2.39 lid 2), a prior notice was not needed.
Must stay true: no dossier whose law is read on or after 1 July 2016 can follow it.
Trap: notice, note, award criteria and standstill are here because the authority announces them in its guide (a
"klassieke aanbesteding"); it is bound to them by its own words, not by the law.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aanbesteding.domain.procedureregime import Procedureregime
from aanbesteding.fasen import berichtgeving
from aanbesteding.procedures.sas import SAS

B_DIENSTEN = replace(
    SAS,
    code="b_diensten",
    titel="Procedure voor B-diensten (tot 1 juli 2016)",
    grondslag="Aw 2012 art. 2.38-2.39, tekst tot 1 juli 2016",
    geldig_vanaf=date(2013, 4, 1),
    geldig_tot=date(2016, 6, 30),
    regime=Procedureregime(
        naam="procedure voor B-diensten",
        inschrijftermijn="sas",
        licht=True,
        drempel="drempel_b_diensten",
        b_diensten=True,
    ),
    fasen=(*SAS.fasen, berichtgeving.FASE),
)
