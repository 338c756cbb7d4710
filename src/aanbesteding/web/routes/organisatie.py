"""Logging in at the organisation (OpenID Connect): going there and coming back.

Must stay true: what must come back stands in a signed cookie of ten minutes that scripts cannot read; a refusal says
what to do and never shows what the provider answered.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from aanbesteding.engine.organisatie import DUUR, VERLOPEN, finish_inloggen
from aanbesteding.engine.ports import Inlogbegin, InlogdienstFout, Inlogpoort
from aanbesteding.engine.toegang import InloggenGeweigerd, log_out
from aanbesteding.web.bewaking import Bezoeker, Geweigerd, Pagina
from aanbesteding.web.kern import Kern
from aanbesteding.web.routes.inloggen import find_doel
from aanbesteding.web.routes.route import Route


def koekje_van(kern: Kern) -> str:
    """Name of the cookie that holds what must come back."""
    return f"{kern.koekje}_organisatie"


def load_dienst(kern: Kern) -> Inlogpoort:
    """The provider; refused when none is set up."""
    if kern.dienst is None:
        raise Geweigerd("Inloggen bij een organisatie is hier niet ingesteld.", 404)
    return kern.dienst


def start_organisatie(verzoek: Request, kern: Pagina, volgende: str = "") -> Response:
    """Send the visitor to the organisation."""
    try:
        adres, begin = load_dienst(kern).begin(kern.app.klok.nu())
    except InlogdienstFout as fout:
        return render_fout(verzoek, kern, str(fout), 503)
    inhoud = json.dumps(
        [begin.state, begin.nonce, begin.verifier, begin.moment.isoformat(), find_doel(volgende)]
    )
    antwoord = RedirectResponse(adres, 303)
    antwoord.set_cookie(
        koekje_van(kern), kern.sign(inhoud), max_age=int(DUUR.total_seconds()), **kern.koekje_koppen
    )
    return antwoord


def render_fout(verzoek: Request, kern: Kern, tekst: str, status: int) -> Response:
    """The form to log in, with what went wrong."""
    antwoord = kern.render(verzoek, "pages/inloggen.html", status, fout=tekst, persoon="", volgende="/")
    antwoord.delete_cookie(koekje_van(kern), **kern.koekje_koppen)
    return antwoord


def finish_organisatie(
    verzoek: Request, kern: Pagina, bezoek: Bezoeker, state: str = "", code: str = "", error: str = ""
) -> Response:
    """The visitor comes back: a session, or what went wrong."""
    dienst = load_dienst(kern)
    gelezen = read_begin(kern, verzoek)
    if gelezen is None:
        return render_fout(verzoek, kern, VERLOPEN, 401)
    begin, doel = gelezen
    if error or not code:
        return render_fout(
            verzoek, kern, "Uw organisatie heeft u niet laten inloggen. Probeer het opnieuw.", 401
        )
    try:
        sleutel = finish_inloggen(
            kern.app, kern.kluis, dienst, kern.instellingen.geheim, begin, state, code, bezoek.adres
        )
    except (InloggenGeweigerd, InlogdienstFout) as fout:
        return render_fout(verzoek, kern, str(fout), 401)
    if bezoek.account:
        log_out(kern.app, bezoek.sleutel, bezoek.persoon, bezoek.adres)
    antwoord = kern.set_koekje(RedirectResponse(doel, 303), sleutel)
    antwoord.delete_cookie(koekje_van(kern), **kern.koekje_koppen)
    return antwoord


def read_begin(kern: Kern, verzoek: Request) -> tuple[Inlogbegin, str] | None:
    """What must come back, and where to go then; None when this browser did not begin."""
    waarde = kern.unsign(verzoek.cookies.get(koekje_van(kern), ""))
    try:
        delen: Any = json.loads(waarde or "")
        state, nonce, verifier, moment, doel = (str(deel) for deel in delen)
        return Inlogbegin(state, nonce, verifier, datetime.fromisoformat(moment)), find_doel(doel)
    except (ValueError, TypeError):
        return None


ROUTES = (
    Route("organisatie", "GET", "/inloggen/organisatie", start_organisatie),
    Route("organisatie_terug", "GET", "/inloggen/organisatie/terug", finish_organisatie),
)
