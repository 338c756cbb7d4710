"""The own key of an opener: make one, and choose another passphrase.

Must stay true: a visitor makes and changes the own key only; a passphrase comes in the body of a form, goes to the
engine and nowhere else: it is not shown again, not kept and in no address.
"""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from aanbesteding.engine.sleutels import (
    DEMO_WACHTZIN,
    MIN_WACHTZIN,
    WachtzinBegrensd,
    change_wachtzin,
    list_eigen_sleutels,
    make_sleutel,
)
from aanbesteding.errors import InvoerError
from aanbesteding.web.bewaking import Bezoeker, Formulier, Geweigerd, Pagina
from aanbesteding.web.kern import Bezoek, Kern
from aanbesteding.web.routes.route import Route

ONGELIJK = "De twee wachtzinnen zijn niet gelijk."
KLAAR = ("gemaakt", "gewijzigd")


def render_sleutel(
    verzoek: Request, kern: Kern, bezoek: Bezoek, status: int = 200, **waarden: Any
) -> Response:
    """The keys of this visitor and the forms, with what came of the last one; never a passphrase."""
    sleutels = list_eigen_sleutels(kern.app, bezoek.persoon)
    basis: dict[str, Any] = {
        "sleutels": sleutels,
        "eigen": [s for s in sleutels if not s.demo],
        "nieuwste": sleutels[0] if sleutels else None,
        "lengte": MIN_WACHTZIN,
        "demozin": DEMO_WACHTZIN,
        "klaar": "",
        "fouten": (),
        "mislukt": "",
    }
    return kern.render(verzoek, "pages/sleutel.html", status, **(basis | waarden))


def show_sleutel(verzoek: Request, kern: Pagina, bezoek: Bezoeker, klaar: str = "") -> Response:
    """The own keys; right after making one or changing its passphrase, with the receipt."""
    return render_sleutel(verzoek, kern, bezoek, klaar=klaar if klaar in KLAAR else "")


def send_maken(verzoek: Request, kern: Pagina, bezoek: Bezoeker, formulier: Formulier) -> Response:
    """Make a key, unless one was made since the form was opened (sent twice, or in another window)."""
    check_echt(bezoek)
    sleutels = list_eigen_sleutels(kern.app, bezoek.persoon)
    bekend = sleutels[0].slot.vingerafdruk if sleutels else ""
    wachtzin = str(formulier.get("wachtzin", ""))
    try:
        if str(formulier.get("bekend", "")) != bekend:
            raise InvoerError(
                ["Er is sinds u deze pagina opende al een sleutel gemaakt; die staat hieronder."]
            )
        if wachtzin != str(formulier.get("herhaald", "")):
            raise InvoerError([ONGELIJK])
        make_sleutel(kern.app, bezoek.persoon, wachtzin, bezoek.dader)
    except InvoerError as fout:
        return render_fout(verzoek, kern, bezoek, fout, "Er is geen sleutel gemaakt")
    return RedirectResponse("/sleutel?klaar=gemaakt", 303)


def send_wijzigen(verzoek: Request, kern: Pagina, bezoek: Bezoeker, formulier: Formulier) -> Response:
    """Another passphrase for an own key."""
    check_echt(bezoek)
    oud, nieuw = str(formulier.get("oud", "")), str(formulier.get("nieuw", ""))
    try:
        if nieuw != str(formulier.get("nieuw_herhaald", "")):
            raise InvoerError([ONGELIJK])
        gekozen = str(formulier.get("sleutel", ""))
        change_wachtzin(kern.app, bezoek.persoon, oud, nieuw, gekozen, bezoek.dader)
    except InvoerError as fout:
        return render_fout(verzoek, kern, bezoek, fout, "De wachtzin is niet gewijzigd")
    return RedirectResponse("/sleutel?klaar=gewijzigd", 303)


def render_fout(verzoek: Request, kern: Kern, bezoek: Bezoek, fout: InvoerError, mislukt: str) -> Response:
    """The page with the reason why not; the fields are empty again."""
    status = 429 if isinstance(fout, WachtzinBegrensd) else 422
    return render_sleutel(verzoek, kern, bezoek, status, fouten=fout.fouten, mislukt=mislukt)


def check_echt(bezoek: Bezoek) -> None:
    """An account of a demo has the key of the demo: its password is known, so a key of its own would mean nothing."""
    if bezoek.alleen_demo:
        raise Geweigerd("Een demo-account heeft de sleutel van de demo en maakt geen eigen sleutel.")


ROUTES = (
    Route("sleutel", "GET", "/sleutel", show_sleutel),
    Route("sleutel_maken", "POST", "/sleutel", send_maken),
    Route("sleutel_wijzigen", "POST", "/sleutel/wachtzin", send_wijzigen),
)
