"""Which dossiers there are, what stands in one, and its documents.

Must stay true: only registered documents can be downloaded; a long list of documents is read one sheet at a time.
"""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from aanbesteding.engine.dossierbeeld import build_dossierbeeld, load_lijstblad
from aanbesteding.storage.queries import find_document, list_documentblad
from aanbesteding.web.bewaking import Bezoeker, Geweigerd, Kop, Pagina
from aanbesteding.web.grafieken import build_grafieken
from aanbesteding.web.kern import Kern, is_open
from aanbesteding.web.rechten import LEZERS, list_regios_met
from aanbesteding.web.routes.route import Route

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PER_BLAD = 100
ROUTES_OP_PAGINA = (
    "documenten",
    "document",
    "handeling",
    "fase_starten",
    "stukken",
    "werkboeken",
    "grafieken",
    "woord",
    "aanvragen",
    "beoordelen",
    "consensus",
    "verzendingen",
)


def list_open_routes(verzoek: Request, regio: str) -> frozenset[str]:
    """The routes of a dossier of this region that this visitor may open: which links a page shows."""
    return frozenset(route for route in ROUTES_OP_PAGINA if is_open(verzoek, route, regio))


def show_start(verzoek: Request, kern: Pagina, bezoek: Bezoeker, blad: int = 1, zoek: str = "") -> Response:
    """One sheet of the dossiers of the regions in which the visitor holds a role."""
    regios = list_regios_met(bezoek.rollen or {}, LEZERS)
    blad, zoek = clip_blad(blad), clip_zoek(zoek)
    lijst = load_lijstblad(
        kern.app, regios, bezoek.persoon, alleen_demo=bezoek.alleen_demo, zoek=zoek, blad=blad
    )
    return kern.render(verzoek, "pages/dossiers.html", lijst=lijst, zoek=zoek, rollen=bezoek.rollen)


def clip_blad(blad: int) -> int:
    """The number of a sheet, within what a database can count."""
    return max(1, min(blad, 100_000))


def clip_zoek(zoek: str) -> str:
    """What somebody looks for, of a length that a person types; signs that nobody types are left out."""
    return "".join(t for t in zoek if t.isprintable()).strip()[:100]


def show_dossier(verzoek: Request, code: str, kern: Pagina, bezoek: Bezoeker, kop: Kop) -> Response:
    """One dossier: where it stands, its terms, and every act."""
    beeld = build_dossierbeeld(kern.app, code, bezoek.persoon)
    return kern.render(
        verzoek, "pages/dossier.html", beeld=beeld, kop=kop, open=list_open_routes(verzoek, kop.regio)
    )


def show_documenten(
    verzoek: Request, code: str, fase: str, kern: Pagina, kop: Kop, blad: int = 1, zoek: str = ""
) -> Response:
    """One sheet of the documents of a stage."""
    fasen = {f.code: f for f in kern.app.procedures[kop.procedure].fasen}
    if fase not in fasen:
        raise Geweigerd("Deze fase bestaat niet.", 404)
    blad, zoek = clip_blad(blad), clip_zoek(zoek)
    vanaf = (blad - 1) * PER_BLAD
    uitkomst = list_documentblad(kern.app.database, code, fase, zoek=zoek, vanaf=vanaf, aantal=PER_BLAD)
    waarden: dict[str, Any] = {
        "kop": kop,
        "fase": fasen[fase],
        "uitkomst": uitkomst,
        "zoek": zoek,
        "blad": blad,
    }
    bladen = max(1, -(-uitkomst.totaal // PER_BLAD))
    return kern.render(verzoek, "pages/documenten.html", **waarden, bladen=bladen, vanaf=vanaf)


def download_document(code: str, pad: str, kern: Pagina) -> Response:
    """A registered document, whole."""
    if find_document(kern.app.database, code, pad) is None:
        raise Geweigerd("Dit document bestaat niet in dit dossier.", 404)
    try:
        inhoud = kern.app.bestanden.load(code, pad)
    except FileNotFoundError:
        raise Geweigerd("Het bestand van dit document is niet meer op schijf.", 410) from None
    naam = pad.rpartition("/")[2]
    return Response(
        inhoud, media_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{naam}"'}
    )


def show_grafieken(verzoek: Request, code: str, kern: Pagina, bezoek: Bezoeker, kop: Kop) -> Response:
    """The dossier in pictures, each with its figures as a table."""
    grafieken = build_grafieken(build_dossierbeeld(kern.app, code, bezoek.persoon))
    return kern.render(verzoek, "pages/grafieken.html", kop=kop, grafieken=grafieken)


def show_stijl(kern: Pagina) -> Response:
    """The one style sheet."""
    return _send_los(kern, "stijl.css", "text/css")


def show_icoon(kern: Pagina) -> Response:
    """The picture in the tab of the browser."""
    return _send_los(kern, "icoon.svg", "image/svg+xml")


def _send_los(kern: Kern, naam: str, soort: str) -> Response:
    """A file that stands with the templates, as it is."""
    bron = kern.omgeving.loader
    assert bron is not None
    tekst = bron.get_source(kern.omgeving, naam)[0]
    return Response(tekst, media_type=soort, headers={"Cache-Control": "max-age=300"})


ROUTES = (
    Route("stijl", "GET", "/stijl.css", show_stijl),
    Route("icoon", "GET", "/icoon.svg", show_icoon),
    Route("start", "GET", "/", show_start),
    Route("dossier", "GET", "/dossiers/{code}", show_dossier),
    Route("documenten", "GET", "/dossiers/{code}/fasen/{fase}/documenten", show_documenten),
    Route("grafieken", "GET", "/dossiers/{code}/grafieken", show_grafieken),
    Route("document", "GET", "/dossiers/{code}/documenten/{pad:path}", download_document),
)
