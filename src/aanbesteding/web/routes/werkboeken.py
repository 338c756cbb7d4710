"""Excel in and out: a workbook to fill in, reading one in, and exports.

Must stay true: a workbook with one fault changes nothing and shows every fault; an import obeys the same role and
rules as its act.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from aanbesteding.adapters.werkboek_uit import list_kolommen, render_sjabloon, render_uitvoer
from aanbesteding.engine.invoer import perform_inhoud
from aanbesteding.engine.keuzes import list_kolomkeuzes
from aanbesteding.engine.perform import HandelingRefused, Resultaat
from aanbesteding.engine.standen import Geladen, load_geladen, load_stand
from aanbesteding.engine.uitvoer import build_uitvoer, count_uitvoer
from aanbesteding.errors import InvoerError, StaleDossier
from aanbesteding.fase import Invoerbestand
from aanbesteding.web.bewaking import Bezoeker, Formulier, Geweigerd, Kop, Pagina
from aanbesteding.web.kern import Kern, is_open, load_bezoek
from aanbesteding.web.routes.handelingen import Zaak, load_zaak, render_verricht
from aanbesteding.web.routes.route import Route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render_werkboeken(
    verzoek: Request, kern: Kern, geladen: Geladen, status: int = 200, **waarden: Any
) -> Response:
    """Which workbooks this visitor may read in now, and which exports there are."""
    persoon, kop = load_bezoek(verzoek).persoon, verzoek.state.kop
    bestanden = [
        (bestand, load_stand(kern.app, geladen, bestand.handeling, persoon))
        for fase in geladen.procedure.fasen
        for bestand in fase.invoerbestanden
        if bestand.handeling in {h.code for h in fase.handelingen}
    ]
    mag_uitvoer = is_open(verzoek, "werkboek_uitvoer", kop.regio)
    basis: dict[str, Any] = {"fouten": (), "cellen": (), "overige": (), "geweigerd": (), "soort": ""}
    return kern.render(
        verzoek,
        "pages/werkboeken.html",
        status,
        kop=kop,
        bestanden=[(b, s) for b, s in bestanden if s.eigen],
        uitvoer=count_uitvoer(geladen) if mag_uitvoer else {},
        **(basis | waarden),
    )


def show_werkboeken(verzoek: Request, code: str, kern: Pagina) -> Response:
    """Excel in and out of this dossier."""
    return render_werkboeken(verzoek, kern, load_geladen(kern.app, code))


def load_bestand(verzoek: Request, kern: Kern, code: str, soort: str) -> tuple[Invoerbestand, Zaak]:
    """The kind of workbook in the address and its act; refused when there is none or it is not this person's."""
    procedure = kern.app.procedures[verzoek.state.kop.procedure]
    try:
        bestand = procedure.load_invoerbestand(soort)
    except KeyError:
        raise Geweigerd("Dit soort werkboek bestaat niet.", 404) from None
    return bestand, load_zaak(verzoek, kern, code, bestand.handeling)


def download_sjabloon(verzoek: Request, code: str, soort: str, kern: Pagina) -> Response:
    """An empty workbook to fill in."""
    bestand, zaak = load_bestand(verzoek, kern, code, soort)
    bladen = {
        naam: list_kolommen(model, list_kolomkeuzes(zaak.geladen, zaak.handeling, model.model_fields))
        for naam, model in bestand.bladen.items()
    }
    inhoud = render_sjabloon(bladen, f"{zaak.handeling.titel}, dossier {code}")
    return make_download(inhoud, f"{code}-{soort}-invulblad.xlsx")


def download_uitvoer(code: str, soort: str, kern: Pagina) -> Response:
    """An export of what was recorded."""
    bladen = build_uitvoer(load_geladen(kern.app, code), soort)
    inhoud = render_uitvoer({blad.naam: (blad.kolommen, blad.rijen) for blad in bladen})
    return make_download(inhoud, f"{code}-{soort}.xlsx")


def make_download(inhoud: bytes, naam: str) -> Response:
    """A workbook to save."""
    return Response(
        inhoud, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{naam}"'}
    )


def send_werkboek(
    verzoek: Request, code: str, soort: str, kern: Pagina, bezoek: Bezoeker, kop: Kop, formulier: Formulier
) -> Response:
    """Read a workbook in: everything or nothing."""
    _, zaak = load_bestand(verzoek, kern, code, soort)
    try:
        resultaat = read_bestand(kern, code, soort, formulier.get("bestand"), bezoek.persoon)
    except InvoerError as fout:
        zinnen = {cel.zin for cel in fout.cellen}
        waarden = {
            "fouten": fout.fouten,
            "cellen": fout.cellen,
            "overige": [f for f in fout.fouten if f not in zinnen],
            "soort": soort,
        }
        return render_werkboeken(verzoek, kern, zaak.geladen, 422, **waarden)
    except StaleDossier as fout:
        return render_werkboeken(
            verzoek, kern, zaak.geladen, 409, fouten=(str(fout),), overige=(str(fout),), soort=soort
        )
    except HandelingRefused as fout:
        waarden = {"geweigerd": fout.overtredingen, "soort": soort}
        return render_werkboeken(verzoek, kern, zaak.geladen, 409, **waarden)
    return render_verricht(verzoek, kern, zaak, resultaat)


def read_bestand(kern: Kern, code: str, soort: str, bestand: object, persoon: str) -> Resultaat:
    """Import the sent file under its own name, so that faults name it; it stays in memory."""
    if not isinstance(bestand, UploadFile) or not bestand.filename:
        raise InvoerError(["Kies een bestand (.xlsx of .csv)."])
    naam = re.sub(r"[^\w. ()-]", "_", Path(bestand.filename.replace("\\", "/")).name)[-80:].strip(" .")
    if not naam.lower().endswith((".xlsx", ".csv")):
        raise InvoerError([f"{naam or 'Het bestand'}: alleen .xlsx en .csv kunnen worden ingelezen."])
    return perform_inhoud(kern.app, code, soort, naam, bestand.file.read(), persoon)


ROUTES = (
    Route("werkboeken", "GET", "/dossiers/{code}/werkboeken", show_werkboeken),
    Route("werkboek_sjabloon", "GET", "/dossiers/{code}/werkboeken/{soort}/invulblad", download_sjabloon),
    Route("werkboek_uitvoer", "GET", "/dossiers/{code}/werkboeken/{soort}/uitvoer", download_uitvoer),
    Route("werkboek_inlezen", "POST", "/dossiers/{code}/werkboeken/{soort}", send_werkboek),
)
