"""Imports a workbook: rows become the input of the act that its stage declares, and the act is performed.

Must stay true: a workbook is taken whole or not at all; an import obeys the same mandate and rules as the act.
"""

from __future__ import annotations

from pathlib import Path

from aanbesteding.engine.app import App
from aanbesteding.engine.perform import Resultaat, make_situatie, perform
from aanbesteding.errors import InvoerError


def perform_import(app: App, code: str, soort: str, bestand: Path, persoon: str) -> Resultaat:
    """Read a workbook of this kind and perform its act; InvoerError with every fault."""
    dossier, procedure, regio = app.load(code)
    try:
        declaratie = procedure.load_invoerbestand(soort)
    except KeyError:
        soorten = [b.soort for fase in procedure.fasen for b in fase.invoerbestanden]
        raise InvoerError([f"'{soort}' kan niet worden ingelezen. Wel: {', '.join(soorten)}."]) from None
    rijen = app.lees_werkboek(bestand, declaratie.bladen)
    invoer = declaratie.build_invoer(rijen, make_situatie(app, dossier, regio, persoon))
    return perform(app, code, declaratie.handeling, invoer, persoon)
