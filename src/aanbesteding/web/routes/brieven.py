"""The pages of a recipient: behind the link in a mail, opened by a code that was sent apart. No account, no dossier.

Must stay true: opening a link tells nothing but that there is a letter, and changes nothing (mail scanners do it);
what is shown and downloaded is of this recipient alone.
"""

from __future__ import annotations

import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from aanbesteding.adapters.pdf import convert, find_soffice
from aanbesteding.engine.briefbeeld import load_briefbeeld, render_agenda
from aanbesteding.engine.brieflink import (
    CODE_MINUTEN,
    Bezoeker,
    BriefBegrensd,
    CodeGeweigerd,
    LinkOngeldig,
    find_link,
    is_binnen,
    open_brief,
    request_code,
    show_adres,
)
from aanbesteding.errors import InvoerError
from aanbesteding.storage.brieflink import Brieflink
from aanbesteding.storage.dossier import load_kop
from aanbesteding.storage.post import Stuk, record_gebeurtenis
from aanbesteding.web.bewaking import Formulier, Geweigerd, Pagina
from aanbesteding.web.kern import Kern, find_adres
from aanbesteding.web.routes.dossiers import DOCX
from aanbesteding.web.routes.route import Route

KOEKJE = "aanbesteding_brief"
_PDF = threading.Lock()
"""One LibreOffice at a time: a recipient is no reason to start forty."""


def load_bezoeker(kern: Kern, verzoek: Request) -> Bezoeker:
    """Who asks, with the key of the visit in the cookie."""
    return Bezoeker(find_adres(verzoek), verzoek.cookies.get(_naam(kern), ""))


def _naam(kern: Kern) -> str:
    return f"__Host-{KOEKJE}" if kern.instellingen.https else KOEKJE


def _find(kern: Kern, verzoek: Request, sleutel: str) -> Brieflink:
    try:
        return find_link(kern.app, sleutel, load_bezoeker(kern, verzoek))
    except LinkOngeldig as fout:
        raise Geweigerd(str(fout), 404) from None
    except BriefBegrensd as fout:
        raise Geweigerd(str(fout), 429) from None


def show_brief(verzoek: Request, sleutel: str, kern: Pagina) -> Response:
    """The letter for who gave the code; for others the form to ask for one."""
    link = _find(kern, verzoek, sleutel)
    if not is_binnen(kern.app, link, load_bezoeker(kern, verzoek)):
        return _show_slot(verzoek, kern, sleutel, link)
    beeld = load_briefbeeld(kern.app, link.bericht)
    return kern.render(
        verzoek,
        "pages/brief.html",
        beeld=beeld,
        sleutel=sleutel,
        met_pdf=_has_pdf(),
        **_load_huis(kern, link),
    )


def _load_huis(kern: Kern, link: Brieflink) -> dict[str, Any]:
    """Whose letter it is, for head and foot of the page."""
    regio = kern.app.load_regio(load_kop(kern.app.database, link.bericht.dossier).regio)
    return {"huis": regio.huisstijl, "contact": regio.contact}


def _show_slot(
    verzoek: Request, kern: Kern, sleutel: str, link: Brieflink, status: int = 200, **velden: object
) -> Response:
    waarden: dict[str, object] = {"gestuurd": False, "fout": ""}
    return kern.render(
        verzoek,
        "pages/brief_slot.html",
        status,
        sleutel=sleutel,
        adres=show_adres(link.bericht.email),
        minuten=CODE_MINUTEN,
        **(waarden | _load_huis(kern, link) | velden),
    )


def send_code(verzoek: Request, sleutel: str, kern: Pagina) -> Response:
    """Mail a code to the address of the recipient."""
    link = _find(kern, verzoek, sleutel)
    try:
        request_code(kern.app, sleutel, load_bezoeker(kern, verzoek))
    except BriefBegrensd as fout:
        return _show_slot(verzoek, kern, sleutel, link, 429, fout=str(fout))
    return _show_slot(verzoek, kern, sleutel, link, gestuurd=True)


def open_met_code(verzoek: Request, sleutel: str, kern: Pagina, formulier: Formulier) -> Response:
    """Let the browser in that gives the right code."""
    link = _find(kern, verzoek, sleutel)
    try:
        bezoek = open_brief(
            kern.app, sleutel, str(formulier.get("code", ""))[:40], load_bezoeker(kern, verzoek)
        )
    except (CodeGeweigerd, BriefBegrensd) as fout:
        return _show_slot(verzoek, kern, sleutel, link, 403, gestuurd=True, fout=str(fout))
    antwoord = RedirectResponse(f"/brief/{sleutel}", 303)
    antwoord.set_cookie(_naam(kern), bezoek, **kern.koekje_koppen)
    return antwoord


def _load_stuk(kern: Kern, verzoek: Request, sleutel: str, nummer: int) -> tuple[Brieflink, Stuk]:
    """A letter of who is in; who is not in is sent to the form."""
    link = _find(kern, verzoek, sleutel)
    if not is_binnen(kern.app, link, load_bezoeker(kern, verzoek)):
        raise NietBinnen
    if not 1 <= nummer <= len(link.bericht.stukken):
        raise Geweigerd("Deze brief bestaat niet.", 404)
    stuk = link.bericht.stukken[nummer - 1]
    if not kern.app.bestanden.check(link.bericht.dossier, stuk.pad, stuk.sha256):
        raise Geweigerd(
            "Deze brief kan nu niet worden geopend. Neem contact op met de afzender van de mail.", 410
        )
    return link, stuk


class NietBinnen(Exception):
    """The visitor did not give a code (any more)."""


def download_stuk(verzoek: Request, sleutel: str, nummer: int, kern: Pagina) -> Response:
    """The letter as it was approved and sent, byte for byte."""
    try:
        link, stuk = _load_stuk(kern, verzoek, sleutel, nummer)
    except NietBinnen:
        return RedirectResponse(f"/brief/{sleutel}", 303)
    record_gebeurtenis(kern.app.database, link.bericht, kern.app.klok.nu(), "opgehaald", f"{stuk.pad} (Word)")
    return _send(kern.app.bestanden.load(link.bericht.dossier, stuk.pad), DOCX, f"{stuk.document}.docx")


def download_pdf(verzoek: Request, sleutel: str, nummer: int, kern: Pagina) -> Response:
    """The letter as an accessible PDF, made of the Word file when LibreOffice is there."""
    try:
        link, stuk = _load_stuk(kern, verzoek, sleutel, nummer)
    except NietBinnen:
        return RedirectResponse(f"/brief/{sleutel}", 303)
    inhoud = _make_pdf(kern, link.bericht.dossier, stuk.pad)
    record_gebeurtenis(kern.app.database, link.bericht, kern.app.klok.nu(), "opgehaald", f"{stuk.pad} (PDF)")
    return _send(inhoud, "application/pdf", f"{stuk.document}.pdf")


def _make_pdf(kern: Kern, dossier: str, pad: str) -> bytes:
    """The PDF of a letter; it stays beside the Word file where that is a file on this machine."""
    with _PDF, TemporaryDirectory(prefix="brief-") as map_:
        try:
            uitkomst = convert(kern.app.bestanden.fetch(dossier, [pad], Path(map_) / dossier), "pdfua")
        except InvoerError:
            raise Geweigerd(
                "Een PDF kan hier niet worden gemaakt. Download de brief als Word-bestand.", 503
            ) from None
        for gemaakt in (*uitkomst.gemaakt, *uitkomst.aanwezig):
            return gemaakt.read_bytes()
    raise Geweigerd("De PDF kon niet worden gemaakt. Download de brief als Word-bestand.", 503)


def download_agenda(verzoek: Request, sleutel: str, kern: Pagina) -> Response:
    """The terms of the letters, for a calendar."""
    link = _find(kern, verzoek, sleutel)
    if not is_binnen(kern.app, link, load_bezoeker(kern, verzoek)):
        return RedirectResponse(f"/brief/{sleutel}", 303)
    return _send(render_agenda(load_briefbeeld(kern.app, link.bericht)), "text/calendar", "termijnen.ics")


def _send(inhoud: bytes, soort: str, naam: str) -> Response:
    return Response(
        inhoud, media_type=soort, headers={"Content-Disposition": f'attachment; filename="{naam}"'}
    )


def _has_pdf() -> bool:
    try:
        find_soffice()
    except InvoerError:
        return False
    return True


ROUTES = (
    Route("brief", "GET", "/brief/{sleutel}", show_brief),
    Route("brief_code", "POST", "/brief/{sleutel}/code", send_code),
    Route("brief_openen", "POST", "/brief/{sleutel}/openen", open_met_code),
    Route("brief_stuk", "GET", "/brief/{sleutel}/stukken/{nummer}", download_stuk),
    Route("brief_pdf", "GET", "/brief/{sleutel}/stukken/{nummer}/pdf", download_pdf),
    Route("brief_termijnen", "GET", "/brief/{sleutel}/termijnen.ics", download_agenda),
)
