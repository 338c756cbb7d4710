"""Rules on an agreement for one single case.

Must stay true: contracted providers come first, and the agreement sets demands on quality of its own.
"""

from __future__ import annotations

from typing import Any

from aanbesteding.domain.overeenkomsten import load_overeenkomst
from aanbesteding.domain.regel import regel
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.besluiten.maatwerk import MaatwerkovereenkomstSluiten

STRATEGIE = "inkoopstrategie: maatwerkovereenkomst alleen als gecontracteerd aanbod ontbreekt"


@regel("aanbod-niet-onderzocht", grondslag=STRATEGIE, met_invoer=True)
def aanbod_onderzocht(s: Situatie[MaatwerkovereenkomstSluiten]) -> str | None:
    """The reason says why no contracted provider can give this help, and which agreements were looked at."""
    if not s.invoer.reden:
        return "De reden ontbreekt. Beschrijf waarom geen gecontracteerde aanbieder deze hulp kan leveren."
    fout = [n for n in s.invoer.onderzocht if load_overeenkomst(s.dossier, n) is None]
    if fout:
        return f"Deze overeenkomst bestaat niet: {', '.join(fout)}. Verbeter het nummer."
    return None if s.invoer.onderzocht else "Noem ten minste één overeenkomst die is nagegaan."


@regel(
    "kwaliteitseisen-ontbreken",
    grondslag="inkoopstrategie: eigen kwaliteitseisen bij maatwerk",
    met_invoer=True,
)
def kwaliteitseisen_gesteld(s: Situatie[MaatwerkovereenkomstSluiten]) -> str | None:
    """The agreement has demands on quality."""
    return None if s.invoer.kwaliteitseisen else "Er staan geen kwaliteitseisen in. Noem ten minste één eis."


@regel("gemeente-of-perceel-onbekend", grondslag="regio en inkoop van dit dossier", met_invoer=True)
def gemeente_en_perceel_bekend(s: Situatie[Any]) -> str | None:
    """The municipality takes part and the perceel exists."""
    if s.invoer.gemeente not in {g.code for g in s.regio.gemeenten}:
        return f"Gemeente '{s.invoer.gemeente}' hoort niet bij deze regio."
    if s.invoer.perceel not in {p.nummer for p in s.dossier.aanbesteding.percelen}:
        return f"Perceel {s.invoer.perceel} bestaat niet."
    return None
