"""What people hand over as the input of an act: a form or file of one act, or a workbook.

Must stay true: a workbook is taken whole or not at all; an import obeys the same mandate and rules as the act; what
only the product may make (a report, a receipt, a moment) is taken from nobody; what is handed in is never written down
on the way, because bids and prices come in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from aanbesteding.engine.app import App
from aanbesteding.engine.checkpoint import checkpoint
from aanbesteding.engine.perform import Resultaat, make_situatie, perform
from aanbesteding.engine.ports import MAX_WERKBOEK
from aanbesteding.errors import InvoerError


def perform_opgave(
    app: App,
    code: str,
    handeling: str,
    invoer: BaseModel | dict[str, Any],
    persoon: str,
    *,
    proef: bool = False,
    versie: int | None = None,
    wachtzinnen: Mapping[str, str] | None = None,
) -> Resultaat:
    """Perform an act with input that a person gave; InvoerError when its input is made by the product itself."""
    gevonden = next((h for _, h in app.load(code)[1].list_handelingen() if h.code == handeling), None)
    if gevonden and gevonden.ingang:
        raise InvoerError(
            [
                f"'{gevonden.titel}' kan niet met eigen invoer: wat daarbij wordt vastgelegd, maakt het programma "
                f"zelf. Gebruik {gevonden.ingang}."
            ]
        )
    return perform(app, code, handeling, invoer, persoon, proef=proef, versie=versie, wachtzinnen=wachtzinnen)


def perform_import(app: App, code: str, soort: str, bestand: Path, persoon: str) -> Resultaat:
    """Read the file with a workbook of this kind and perform its act; InvoerError with every fault."""
    if not bestand.is_file():
        raise InvoerError([f"{bestand.name}: het bestand bestaat niet ({bestand})."])
    try:
        with bestand.open("rb") as bron:
            inhoud = bron.read(MAX_WERKBOEK + 1)
    except OSError as fout:
        raise InvoerError(
            [f"{bestand.name}: het bestand is niet te lezen ({fout.strerror or fout})."]
        ) from fout
    return perform_inhoud(app, code, soort, bestand.name, inhoud, persoon)


def perform_inhoud(app: App, code: str, soort: str, naam: str, inhoud: bytes, persoon: str) -> Resultaat:
    """Read the content of a workbook of this kind and name and perform its act; InvoerError with every fault."""
    dossier, procedure, regio = app.load(code)
    try:
        declaratie = procedure.load_invoerbestand(soort)
    except KeyError:
        soorten = [b.soort for fase in procedure.fasen for b in fase.invoerbestanden]
        raise InvoerError([f"'{soort}' kan niet worden ingelezen. Wel: {', '.join(soorten)}."]) from None
    rijen = app.lees_werkboek(naam, inhoud, declaratie.bladen)
    invoer = declaratie.build_invoer(rijen, make_situatie(app, dossier, regio, persoon))
    checkpoint("invoer-na-lezen")
    return perform(app, code, declaratie.handeling, invoer, persoon)
