"""The counter on the pages: the public page of a round, and coming in with a code. What comes after is loketaanvraag.

Must stay true: a stranger sees public facts of the round and nothing of an applicant.
"""

from __future__ import annotations

import re
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from aanbesteding.adapters.mail import is_adres
from aanbesteding.engine.loket import (
    CodeGeweigerd,
    Loket,
    LoketBegrensd,
    confirm_code,
    find_bezoek,
    leave,
    list_loketten,
    load_loket,
    send_code,
)
from aanbesteding.engine.ports import MailGeweigerd, MailNietVerstuurd, MailOnbekend
from aanbesteding.storage.loket import Loketbezoek
from aanbesteding.web.bewaking import Bezoeker, Formulier, Geweigerd, Pagina
from aanbesteding.web.kern import Kern
from aanbesteding.web.loketformulier import (
    Concept,
    list_producten,
    list_vragen,
)
from aanbesteding.web.routes.route import Route

NIET_VERSTUURD = "De mail met de code kon niet worden verstuurd. Probeer het later opnieuw of bel ons."


def find_loket(kern: Kern, code: str, ronde: str) -> Loket:
    """The counter in the address; refused when there is none."""
    loket = load_loket(kern.app, code, ronde)
    if loket is None:
        raise Geweigerd("Dit loket bestaat niet.", 404)
    return loket


def koekje_van(kern: Kern) -> str:
    """Name of the cookie that holds the key of a visit."""
    return f"{kern.koekje}_loket"


def load_sleutel(verzoek: Request, kern: Kern) -> str:
    """The key of the visit; empty when there is none."""
    return kern.unsign(verzoek.cookies.get(koekje_van(kern), "")) or ""


def set_sleutel(kern: Kern, antwoord: Response, sleutel: str) -> Response:
    """Give the browser the key of its visit."""
    antwoord.set_cookie(koekje_van(kern), kern.sign(sleutel), **kern.koekje_koppen)
    return antwoord


def pad_van(loket: Loket) -> str:
    """Address of the counter of a round."""
    return f"/loket/{loket.dossier.code}/{loket.ronde.ronde}"


def render(
    verzoek: Request, kern: Kern, pagina: str, loket: Loket, status: int = 200, **waarden: Any
) -> Response:
    """A page of the counter in the house style of the region."""
    return kern.render(
        verzoek, f"pages/loket/{pagina}.html", status, loket=loket, pad=pad_van(loket), **waarden
    )


# --- public -----------------------------------------------------------------------------------------------


def show_loketten(verzoek: Request, kern: Pagina) -> Response:
    """Every round that is open or will be."""
    return kern.render(verzoek, "pages/loket/lijst.html", loketten=list_loketten(kern.app))


def show_loket(verzoek: Request, code: str, ronde: str, kern: Pagina) -> Response:
    """The public page of a round."""
    loket = find_loket(kern, code, ronde)
    return render_loket(verzoek, kern, loket)


def render_loket(
    verzoek: Request, kern: Kern, loket: Loket, status: int = 200, fout: str = "", email: str = ""
) -> Response:
    """What is asked, on which terms, and where to begin."""
    vragen = list_vragen(loket, Concept({}, (), {}, ()))
    waarden = {"vragen": vragen, "producten": list_producten(loket), "fout": fout, "email": email}
    return render(verzoek, kern, "ronde", loket, status, **waarden)


def show_stijl(code: str, ronde: str, kern: Pagina) -> Response:
    """The colour of the region."""
    kleur = find_loket(kern, code, ronde).regio.huisstijl.kleur
    tekst = f":root {{ --huiskleur: #{kleur}; }}\n.huis {{ border-top: .5rem solid var(--huiskleur); }}\n"
    return Response(tekst, media_type="text/css", headers={"Cache-Control": "max-age=300"})


def show_beeldmerk(code: str, ronde: str, kern: Pagina) -> Response:
    """The logo of the region."""
    logo = find_loket(kern, code, ronde).regio.huisstijl.logo
    if logo is None:
        raise Geweigerd("Deze regio heeft geen beeldmerk.", 404)
    return Response(bytes(logo.png), media_type="image/png")


# --- coming in --------------------------------------------------------------------------------------------


def send_code_vragen(
    verzoek: Request, code: str, ronde: str, kern: Pagina, bezoek: Bezoeker, formulier: Formulier
) -> Response:
    """Send a code to an address."""
    loket = find_loket(kern, code, ronde)
    email = str(formulier.get("email", "")).strip().lower()
    if not is_adres(email) or len(email) > 200 or not email.isprintable():
        fout = "Vul een e-mailadres in, bijvoorbeeld inkoop@zorgbedrijf.example."
        return render_loket(verzoek, kern, loket, 422, fout, email)
    instellingen = kern.instellingen
    try:
        sleutel = send_code(kern.app, instellingen.loket, instellingen.geheim, loket, email, bezoek.adres)
    except LoketBegrensd as fout:
        return render_loket(verzoek, kern, loket, 429, str(fout), email)
    except (MailGeweigerd, MailNietVerstuurd, MailOnbekend):
        return render_loket(verzoek, kern, loket, 503, NIET_VERSTUURD, email)
    return set_sleutel(kern, RedirectResponse(f"{pad_van(loket)}/code", 303), sleutel)


def show_code(verzoek: Request, code: str, ronde: str, kern: Pagina) -> Response:
    """The form for the code."""
    return render(verzoek, kern, "code", find_loket(kern, code, ronde), fout="")


def send_code_invullen(
    verzoek: Request, code: str, ronde: str, kern: Pagina, bezoek: Bezoeker, formulier: Formulier
) -> Response:
    """Give the code back; a good one gives a new key."""
    loket, instellingen = find_loket(kern, code, ronde), kern.instellingen
    getypt = re.sub(r"\s", "", str(formulier.get("code", "")))[:20]
    oud = load_sleutel(verzoek, kern)
    try:
        sleutel = confirm_code(kern.app, instellingen.loket, instellingen.geheim, oud, getypt, bezoek.adres)
    except (CodeGeweigerd, LoketBegrensd) as fout:
        status = 429 if isinstance(fout, LoketBegrensd) else 401
        return render(verzoek, kern, "code", loket, status, fout=str(fout))
    return set_sleutel(kern, RedirectResponse(f"{pad_van(loket)}/aanvraag", 303), sleutel)


def send_verlaten(verzoek: Request, code: str, ronde: str, kern: Pagina) -> Response:
    """End the visit."""
    leave(kern.app, load_sleutel(verzoek, kern))
    antwoord = RedirectResponse(f"/loket/{code}/{ronde}", 303)
    antwoord.delete_cookie(koekje_van(kern), **kern.koekje_koppen)
    return antwoord


def load_bezoek(verzoek: Request, kern: Kern, loket: Loket) -> Loketbezoek | None:
    """The confirmed visit to this counter, or None."""
    sleutel = load_sleutel(verzoek, kern)
    return find_bezoek(kern.app, kern.instellingen.loket, sleutel, loket.dossier.code, loket.ronde.ronde)


ROUTES = (
    Route("loketten", "GET", "/loket", show_loketten),
    Route("loket", "GET", "/loket/{code}/{ronde}", show_loket),
    Route("loket_stijl", "GET", "/loket/{code}/{ronde}/stijl.css", show_stijl),
    Route("loket_beeldmerk", "GET", "/loket/{code}/{ronde}/beeldmerk.png", show_beeldmerk),
    Route("loket_code_vragen", "POST", "/loket/{code}/{ronde}", send_code_vragen),
    Route("loket_code", "GET", "/loket/{code}/{ronde}/code", show_code),
    Route("loket_code_invullen", "POST", "/loket/{code}/{ronde}/code", send_code_invullen),
    Route("loket_verlaten", "POST", "/loket/{code}/{ronde}/verlaten", send_verlaten),
)
