"""Makes a new dossier from a definition file: pins the procedure's version and the date of the law."""

from __future__ import annotations

import re
from pathlib import Path

from aanbesteding.domain.kalender import TIJDZONE, show_datum
from aanbesteding.engine.app import App
from aanbesteding.errors import InvoerError
from aanbesteding.regio import list_gemeentefouten, list_procedurefouten, load_aanbesteding, show_plaats
from aanbesteding.storage.dossier import save_nieuw_dossier


def make_dossier(app: App, bestand: Path, code: str = "", *, demo: bool = False) -> str:
    """Store a new dossier; returns its code. InvoerError with every fault of the file or the code."""
    aanbesteding = load_aanbesteding(bestand)
    fouten: list[str] = []
    try:
        fouten += list_gemeentefouten(aanbesteding, app.load_regio(aanbesteding.regio), bestand)
    except InvoerError as fout:
        onbekend = f"De regio '{aanbesteding.regio}' bestaat niet"
        waar = f"{show_plaats(bestand, aanbesteding.regio)}: "
        fouten += [f"{waar}{f[0].lower()}{f[1:]}" if f.startswith(onbekend) else f for f in fout.fouten]
    code = code or aanbesteding.code.upper()
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9-]{1,39}", code):
        fouten.append(
            f"De dossiercode '{code}' klopt niet: gebruik 2 tot 40 hoofdletters, cijfers en streepjes."
        )
    fouten += list_procedurefouten(aanbesteding, app.procedures, bestand)
    nu = app.klok.nu()
    peildatum = aanbesteding.peildatum or nu.astimezone(TIJDZONE).date()
    procedure = app.procedures.get(aanbesteding.procedure)
    if procedure is not None and not procedure.geldt_op(peildatum):
        te_vroeg = peildatum < procedure.geldig_vanaf
        grens = procedure.geldig_vanaf if te_vroeg else (procedure.geldig_tot or procedure.geldig_vanaf)
        fouten.append(
            f"{show_plaats(bestand, procedure.code)}: "
            f"procedure '{procedure.code}' kan {'pas vanaf' if te_vroeg else 'tot en met'} "
            f"{show_datum(grens)} ({procedure.grondslag}). Kies een andere procedure."
        )
    if fouten or procedure is None:
        raise InvoerError(fouten)
    save_nieuw_dossier(
        app.database,
        code,
        aanbesteding,
        procedure_versie=procedure.versie,
        begin_status=procedure.begin_status,
        peildatum=peildatum,
        moment=nu,
        demo=demo,
    )
    return code
