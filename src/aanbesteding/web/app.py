"""The web application: guard, security headers, error pages and every route, put together.

Pages ask the engine; they know no rule and no status. Works without JavaScript: there is none.
Must stay true: no script, no outside address; every answer has the headers that keep it closed.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from aanbesteding.adapters.wachtwoord import Wachtwoorden
from aanbesteding.engine.accounts import Wachtwoordkluis
from aanbesteding.engine.app import App
from aanbesteding.engine.ports import Inlogpoort
from aanbesteding.errors import AanbestedingError, OpslagWeg
from aanbesteding.storage.audit import ADRES
from aanbesteding.web.bewaking import BEWAKING, EerstInloggen, EerstWachtwoord, Geweigerd, record_inzage
from aanbesteding.web.kern import Fasestarter, Kern, Webinstellingen, find_adres, load_bezoek
from aanbesteding.web.routes import ROUTES

KOPPEN = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
MET_FORMULIER = ("/inloggen", "/brief/", "/loket")
"""Pages with a form for who is not logged in: their forms need a cookie too."""
TEKSTEN = {404: "Deze pagina bestaat niet.", 405: "Zo kan deze pagina niet worden gebruikt."}


def make_web(
    app: App,
    instellingen: Webinstellingen | None = None,
    kluis: Wachtwoordkluis | None = None,
    starter: Fasestarter | None = None,
    dienst: Inlogpoort | None = None,
) -> FastAPI:
    """The ASGI app over an engine app."""
    web = FastAPI(
        redirect_slashes=False,
        title="aanbesteding",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=BEWAKING,
    )
    kern = Kern(app, instellingen or Webinstellingen(), kluis or Wachtwoorden(), starter, dienst)
    web.state.kern = kern

    async def finish(verzoek: Request, volgende: Any) -> Response:
        ADRES.set(find_adres(verzoek))
        antwoord: Response = await volgende(verzoek)
        if antwoord.status_code == 200:
            await run_in_threadpool(record_inzage, verzoek)
        for naam, waarde in KOPPEN.items():
            antwoord.headers.setdefault(naam, waarde)
        bezoek = load_bezoek(verzoek)
        if bezoek.nieuw and str(verzoek.scope["path"]).startswith(MET_FORMULIER):
            kern.set_koekje(antwoord, bezoek.sleutel)
        if kern.instellingen.https:
            antwoord.headers["Strict-Transport-Security"] = "max-age=31536000"
        return antwoord

    web.middleware("http")(finish)
    _add_fouten(web, kern)
    for route in ROUTES:
        web.add_api_route(
            route.pad,
            route.functie,
            methods=[route.methode],
            name=route.naam,
            response_model=None,
            include_in_schema=False,
        )
    return web


def _add_fouten(web: FastAPI, kern: Kern) -> None:
    """Error pages: what went wrong, in plain Dutch, and nothing else."""

    def show(verzoek: Request, status: int, regels: tuple[str, ...]) -> Response:
        return kern.render(verzoek, "errors/fout.html", status, regels=regels, nummer=status)

    def show_inloggen(verzoek: Request, fout: Exception) -> Response:
        if verzoek.method != "GET":
            return RedirectResponse("/inloggen", 303)
        vraag = bytes(verzoek.scope["query_string"]).decode("latin-1")
        doel = str(verzoek.scope["path"]) + (f"?{vraag}" if vraag else "")
        return RedirectResponse(
            f"/inloggen?volgende={quote(doel, safe='')}" if doel != "/" else "/inloggen", 303
        )

    def show_wachtwoord(verzoek: Request, fout: Exception) -> Response:
        return RedirectResponse("/wachtwoord", 303)

    def show_geweigerd(verzoek: Request, fout: Geweigerd) -> Response:
        return show(verzoek, fout.status, (fout.tekst,))

    def show_http(verzoek: Request, fout: HTTPException) -> Response:
        tekst = TEKSTEN.get(fout.status_code, "Dit verzoek kan niet worden verwerkt.")
        return show(verzoek, fout.status_code, (tekst,))

    def show_vraag(verzoek: Request, fout: Exception) -> Response:
        return show(verzoek, 404, (TEKSTEN[404],))

    def show_aanbesteding(verzoek: Request, fout: AanbestedingError) -> Response:
        status = 503 if isinstance(fout, OpslagWeg) else 400
        return show(verzoek, status, tuple(str(fout).splitlines()))

    def show_onverwacht(verzoek: Request, fout: Exception) -> Response:
        antwoord = show(verzoek, 500, ("Er ging iets mis in het programma. Er is niets vastgelegd.",))
        antwoord.headers.update(KOPPEN)
        return antwoord

    for soort, functie in (
        (EerstInloggen, show_inloggen),
        (EerstWachtwoord, show_wachtwoord),
        (Geweigerd, show_geweigerd),
        (HTTPException, show_http),
        (RequestValidationError, show_vraag),
        (AanbestedingError, show_aanbesteding),
        (Exception, show_onverwacht),
    ):
        web.add_exception_handler(soort, functie)  # pyright: ignore[reportArgumentType]
