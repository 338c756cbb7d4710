"""Bestuurlijk aanbesteden: admission without selection, with a consultation structure on top of it.

Gemeenten en aanbieders agree how they consult, then on content at tables; whoever meets the requirements gets a basic
agreement with a living annex, and budget and result are adjusted during the term.

Grondslag: no procedure of its own in the law (FEITEN 1.6); here it is cast as admission (HvJ EU C-410/14, C-9/17).
For care of before 1 July 2016 the light regime for B services (Aw 2012 art. 2.38–2.39 of that time) applied as far as
it is a public contract; Wmo 2015 art. 2.6.4 lid 2 then asked for the most advantageous bid in a tender.
Must stay true: nobody who meets the requirements is kept out, and nobody is chosen.
Trap: whether a purchase of before June 2016 without selection was a public contract was not settled; the rule
`aard-toelating-niet-beslist` asks for a motivation and the question stays in the region's file.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aanbesteding.fasen import (
    aanhouding,
    berichtgeving,
    contractbeheer,
    marktconsultatie,
    overleg,
    strategie,
    stukken,
    toetreding,
    verzending,
)
from aanbesteding.fasen.publicatie import varianten
from aanbesteding.procedures.toelating import TOELATING

BESTUURLIJK = replace(
    TOELATING,
    code="bestuurlijk",
    titel="Bestuurlijk aanbesteden",
    grondslag="werkwijze binnen een toelating zonder selectie; HvJ EU C-410/14 en C-9/17",
    geldig_vanaf=date(2013, 4, 1),
    regime=replace(TOELATING.regime, naam="toelating na bestuurlijk aanbesteden", overleg=True),
    fasen=stukken.begeleid(
        *aanhouding.bewaak(
            strategie.bewaak(marktconsultatie.FASE),
            varianten.FASE_BESTUURLIJK.met(
                overleg.overleg_ingericht, overleg.bijlage_aanwezig, bij="stukken_opstellen"
            ),
            toetreding.FASE_BESTUURLIJK.met(overleg.aanvrager_neemt_deel, bij="aanvragen_registreren"),
        ),
        strategie.FASE,
        overleg.FASE,
        contractbeheer.FASE,
        berichtgeving.FASE,
        aanhouding.FASE,
        verzending.FASE,
    ),
)
