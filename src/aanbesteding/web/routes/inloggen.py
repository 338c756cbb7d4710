"""Logging in and out, and choosing an own password.

Must stay true: logging in gives a new key (what a stranger held before is worth nothing); after logging in the
visitor goes to a page of this website only.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from aanbesteding.engine.accounts import MIN_LENGTE, replace_wachtwoord
from aanbesteding.engine.ports import InlogdienstFout
from aanbesteding.engine.toegang import InloggenBegrensd, InloggenGeweigerd, log_in, log_out
from aanbesteding.errors import InvoerError
from aanbesteding.web.bewaking import Bezoeker, Formulier, Pagina
from aanbesteding.web.kern import Kern
from aanbesteding.web.routes.route import Route


def find_doel(volgende: str) -> str:
    """Where to go after logging in: a path on this website, else the first page."""
    eigen = volgende.startswith("/") and not volgende.startswith("//") and "\\" not in volgende
    return volgende if eigen and volgende.isprintable() else "/"


def find_dossier(doel: str) -> str:
    """The code of the dossier that a path leads to; empty when it leads elsewhere."""
    delen = urlsplit(doel).path.split("/")
    return unquote(delen[2]) if delen[:2] == ["", "dossiers"] and len(delen) > 2 else ""


def find_uitgelogd(kern: Kern, uit: str) -> str:
    """What to say to who just logged out: where to log out of the organisation too, or that it is done."""
    if not uit:
        return ""
    try:
        return (kern.dienst.find_uitloggen(kern.app.klok.nu()) if kern.dienst else "") or "ja"
    except InlogdienstFout:
        return "ja"


def show_inloggen(
    verzoek: Request, kern: Pagina, bezoek: Bezoeker, volgende: str = "", uit: str = ""
) -> Response:
    """The form to log in."""
    if bezoek.account:
        return RedirectResponse("/", 303)
    waarden: dict[str, Any] = {"volgende": find_doel(volgende), "uitgelogd": find_uitgelogd(kern, uit)}
    return kern.render(verzoek, "pages/inloggen.html", fout="", persoon="", **waarden)


def send_inloggen(verzoek: Request, kern: Pagina, bezoek: Bezoeker, formulier: Formulier) -> Response:
    """Log in; a refusal shows the form again and says no more than needed."""
    persoon = str(formulier.get("persoon", "")).strip()
    doel = find_doel(str(formulier.get("volgende", "")))
    regels, geheim = kern.instellingen.regels, kern.instellingen.geheim
    wachtwoord = str(formulier.get("wachtwoord", ""))
    apparaat = kern.load_apparaat(verzoek)
    try:
        sleutel, _ = log_in(
            kern.app,
            kern.kluis,
            regels,
            geheim,
            persoon,
            wachtwoord,
            bezoek.adres,
            apparaat,
            find_dossier(doel),
        )
    except (InloggenGeweigerd, InloggenBegrensd) as fout:
        status = 429 if isinstance(fout, InloggenBegrensd) else 401
        waarden = {"fout": str(fout), "persoon": persoon, "volgende": doel}
        return kern.render(verzoek, "pages/inloggen.html", status, **waarden)
    if bezoek.account:  # who logs in once more leaves no session behind
        log_out(kern.app, bezoek.sleutel, bezoek.persoon, bezoek.adres)
    return kern.set_apparaat(kern.set_koekje(RedirectResponse(doel, 303), sleutel), apparaat)


def send_uitloggen(kern: Pagina, bezoek: Bezoeker) -> Response:
    """End the session."""
    log_out(kern.app, bezoek.sleutel, bezoek.persoon, bezoek.adres)
    antwoord = RedirectResponse("/inloggen?uit=1" if kern.dienst else "/inloggen", 303)
    antwoord.delete_cookie(kern.koekje, **kern.koekje_koppen)
    return antwoord


def show_wachtwoord(verzoek: Request, kern: Pagina) -> Response:
    """The form to choose an own password."""
    return kern.render(verzoek, "pages/wachtwoord.html", fouten=(), lengte=MIN_LENGTE)


def send_wachtwoord(verzoek: Request, kern: Pagina, bezoek: Bezoeker, formulier: Formulier) -> Response:
    """Replace the own password; this ends every session, so the person logs in again."""
    oud, nieuw = str(formulier.get("oud", "")), str(formulier.get("nieuw", ""))
    fouten: tuple[str, ...] = ()
    if bezoek.account is None or not kern.kluis.check(bezoek.account.wachtwoord, oud):
        fouten = ("Het huidige wachtwoord klopt niet.",)
    elif nieuw != str(formulier.get("herhaald", "")):
        fouten = ("De twee nieuwe wachtwoorden zijn niet gelijk.",)
    elif nieuw == oud:
        fouten = ("Kies een ander wachtwoord dan het huidige.",)
    if not fouten:
        try:
            replace_wachtwoord(
                kern.app, kern.kluis, bezoek.persoon, nieuw, door=bezoek.dader, moet_wijzigen=False
            )
            return RedirectResponse("/inloggen", 303)
        except InvoerError as fout:
            fouten = fout.fouten
    return kern.render(verzoek, "pages/wachtwoord.html", 422, fouten=fouten, lengte=MIN_LENGTE)


ROUTES = (
    Route("inloggen", "GET", "/inloggen", show_inloggen),
    Route("inloggen_versturen", "POST", "/inloggen", send_inloggen),
    Route("uitloggen", "POST", "/uitloggen", send_uitloggen),
    Route("wachtwoord", "GET", "/wachtwoord", show_wachtwoord),
    Route("wachtwoord_versturen", "POST", "/wachtwoord", send_wachtwoord),
)
