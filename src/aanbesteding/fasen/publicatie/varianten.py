"""Variants of the publication stage for procedures without a choice between bids, made by composition.

What differs is said here in one place: which acts fall away, which rules come, how the act of publication ends.

Grondslag: Stb. 2022, 188 and 241 (no award criteria); HvJ EU C-410/14 and C-9/17 (open house).
Must stay true: an open house has no bids, no closing moment and no planning of its own; its rounds do.
"""

from __future__ import annotations

from dataclasses import replace

from aanbesteding.fasen.publicatie import FASE, besluiten, openers
from aanbesteding.fasen.publicatie import keuzeregels as kr
from aanbesteding.fasen.publicatie import planningregels as pl
from aanbesteding.fasen.publicatie import regels as r
from aanbesteding.fasen.publicatie import waarderegels as wr
from aanbesteding.fasen.publicatie.documenten.basisovereenkomst import CONCEPTBASISOVEREENKOMST
from aanbesteding.fasen.publicatie.documenten.perceelstukken import (
    CONCEPTOVEREENKOMST,
    PROGRAMMA_VAN_EISEN,
    TARIEFONDERBOUWING,
)
from aanbesteding.fasen.publicatie.documenten.toelating import TOELATINGSLEIDRAAD
from aanbesteding.fasen.publicatie.documenten.verloop import INTREKKINGSBERICHT

TOELATINGSSTUKKEN = (TOELATINGSLEIDRAAD, PROGRAMMA_VAN_EISEN, CONCEPTOVEREENKOMST, TARIEFONDERBOUWING)
VOOR_TOELATING = frozenset(
    [
        "voorbereiding",
        "consultatie_open",
        "consultatie_gesloten",
        "consultatie_afgerond",
        "stukken_opgesteld",
        "opengesteld",
    ]
)

# Bids without award criteria: everyone who meets the requirements gets an agreement (Stb. 2022, 188).
FASE_ZONDER_CRITERIA = FASE.met(
    kr.geen_gunningscriteria, kr.geen_maximum, kr.geen_vrije_prijs, bij="perceel_uitwerken"
).met(kr.zonder_criteria_toegestaan, bij="publiceren")

# An open house: no bids, no closing moment, no planning of its own; applications come in rounds (toetreding).
FASE_OPEN_HOUSE = (
    replace(FASE, meldingen=None)
    .zonder(
        "planning_vaststellen",
        "vragen_registreren",
        "nota_vaststellen",
        "rectificatie_publiceren",
        "inschrijftermijn_verlengen",
        "inschrijving_terugnemen",
        "openers_aanwijzen",
        "inschrijvingen_registreren",
        "inschrijftermijn_sluiten",
        "inschrijvingen_openen",
    )
    .met(kr.geen_gunningscriteria, kr.geen_maximum, kr.geen_vrije_prijs, bij="perceel_uitwerken")
    .zonder_regels(pl.planning_aanwezig, bij="stukken_opstellen")
    .pas_aan(
        "stukken_opstellen",
        titel="Toelatingsstukken opstellen",
        documenten=TOELATINGSSTUKKEN,
        automatisch=besluiten.plan_toelatingsstukken,
    )
    .pas_aan("stukken_herzien", titel="Toelatingsstukken herzien")
    .zonder_regels(
        pl.planning_aanwezig,
        pl.verzending_op_tijd,
        pl.verzending_haalt_richttermijn,
        wr.waarde_vanaf_drempel,
        wr.geen_klein_perceel,
        r.gidsafwijking_opgenomen,
        openers.openers_aangewezen,
        openers.openers_kunnen_openen,
        bij="publiceren",
    )
    .pas_aan(
        "publiceren",
        titel="Toelatingsprocedure publiceren",
        naar="opengesteld",
        besluit=besluiten.decide_toelating_publiceren,
        documenten=TOELATINGSSTUKKEN,
        grondslag="HvJ EU C-410/14 en C-9/17: voorwaarden vooraf bekend, geen selectie",
        ziet_sleutels=False,
    )
    .pas_aan(
        "aanbesteding_intrekken",
        titel="Toelatingsprocedure intrekken",
        van=VOOR_TOELATING,
        documenten=(INTREKKINGSBERICHT,),
    )
)

BESTUURLIJKE_STUKKEN = tuple(
    CONCEPTBASISOVEREENKOMST if d is CONCEPTOVEREENKOMST else d for d in TOELATINGSSTUKKEN
)

# Bestuurlijk aanbesteden: an open house whose agreement has a living annex, made at consultation tables.
FASE_BESTUURLIJK = (
    FASE_OPEN_HOUSE.pas_aan("stukken_opstellen", documenten=BESTUURLIJKE_STUKKEN)
    .pas_aan("publiceren", documenten=BESTUURLIJKE_STUKKEN)
    .met(kr.aard_toelating_beslist, bij="publiceren")
)
