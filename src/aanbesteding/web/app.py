"""The web pages: which dossiers there are, what stands in one, which documents it has. Reads only, for now.

Acts are performed from the command line and from Prefect; the pages show what may be done, by whom and why not.
Must stay true: no script, no outside address; only registered documents can be downloaded.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from aanbesteding.documents.filters import datum
from aanbesteding.engine.app import App
from aanbesteding.engine.overzicht import list_relevant
from aanbesteding.errors import OnbekendDossier
from aanbesteding.storage.documenten import list_documenten
from aanbesteding.storage.queries import list_dossiers

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KOPPEN = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def make_web(app: App) -> FastAPI:
    """The ASGI app over an engine app."""
    web = FastAPI(title="aanbesteding", docs_url=None, redoc_url=None, openapi_url=None)
    omgeving = Environment(
        loader=PackageLoader("aanbesteding.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    omgeving.filters["datum"] = datum

    def render(naam: str, **waarden: Any) -> HTMLResponse:
        return HTMLResponse(omgeving.get_template(naam).render(**waarden))

    async def add_koppen(verzoek: Request, volgende: Any) -> Response:
        antwoord: Response = await volgende(verzoek)
        for naam, waarde in KOPPEN.items():
            antwoord.headers[naam] = waarde
        return antwoord

    def show_dossiers() -> HTMLResponse:
        return render("dossiers.html", dossiers=list_dossiers(app.database))

    def show_dossier(code: str) -> HTMLResponse:
        try:
            dossier, procedure, regio = app.load(code)
        except OnbekendDossier as fout:
            raise HTTPException(404, str(fout)) from fout
        return render(
            "dossier.html",
            dossier=dossier,
            procedure=procedure,
            regio=regio,
            handelingen=list_relevant(app, code),
            percelen=[(p, dossier.status_van_perceel(p.nummer)) for p in dossier.aanbesteding.percelen],
            documenten=list_documenten(app.database, code),
        )

    def download_document(code: str, pad: str) -> Response:
        if pad not in {regel.pad for regel in list_documenten(app.database, code)}:
            raise HTTPException(404, "Dit document bestaat niet in dit dossier.")
        naam = pad.rpartition("/")[2]
        try:
            inhoud = app.bestanden.load(code, pad)
        except FileNotFoundError as fout:
            raise HTTPException(410, "Het bestand van dit document is niet meer op schijf.") from fout
        return Response(
            inhoud,
            media_type=DOCX,
            headers={"Content-Disposition": f'attachment; filename="{naam}"'},
        )

    def show_stijl() -> Response:
        bron = omgeving.loader
        assert bron is not None
        return Response(bron.get_source(omgeving, "stijl.css")[0], media_type="text/css")

    web.middleware("http")(add_koppen)
    web.get("/", response_class=HTMLResponse)(show_dossiers)
    web.get("/dossiers/{code}", response_class=HTMLResponse)(show_dossier)
    web.get("/dossiers/{code}/documenten/{pad:path}")(download_document)
    web.get("/stijl.css")(show_stijl)
    return web
