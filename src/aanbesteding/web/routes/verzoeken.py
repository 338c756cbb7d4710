"""An application as the people of the region see it, with its evidence.

Must stay true: a file leaves as a download, never as a page, and only when it is still what was sent.
"""

from __future__ import annotations

import re
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from aanbesteding.engine.standen import load_geladen
from aanbesteding.fasen.toetreding.besluiten.aanvraag import (
    AanvraagGetoetst,
    list_aanvragen,
    list_eisen,
    load_aanvraag,
)
from aanbesteding.fasen.toetreding.besluiten.loket import list_stukken, load_aangevuld, load_gevraagd
from aanbesteding.fasen.toetreding.besluiten.ronde import load_product
from aanbesteding.web.bewaking import Geweigerd, Kop, Pagina
from aanbesteding.web.routes.route import Route

SOORTEN = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def show_verzoek(verzoek: Request, code: str, nummer: str, kern: Pagina, kop: Kop) -> Response:
    """One application: answers, evidence with its hash, what the test said, and what was completed."""
    dossier = load_geladen(kern.app, code).dossier
    try:
        feit = load_aanvraag(dossier, nummer)
    except KeyError:
        raise Geweigerd("Deze aanvraag bestaat niet.", 404) from None
    getoetst = dossier.laatste(AanvraagGetoetst, verzoek=nummer)
    uitkomsten = {(p.perceel, e.eis): e for p in (getoetst.percelen if getoetst else ()) for e in p.eisen}
    waarden: dict[str, Any] = {
        "feit": feit,
        "stand": dossier.statussen.get(f"verzoek:{nummer}", ""),
        "stukken": list_stukken(dossier, nummer),
        "uitkomsten": uitkomsten,
        "eisen": {(p, e.code): e.tekst for p in feit.aanvraag.percelen for e in list_eisen(dossier, p)},
        "producten": [
            (keuze.product, product.naam if (product := load_product(dossier, keuze)) else "")
            for keuze in feit.aanvraag.producten
        ],
        "gevraagd": load_gevraagd(dossier, nummer),
        "aangevuld": load_aangevuld(dossier, nummer),
    }
    return kern.render(verzoek, "pages/verzoek.html", kop=kop, **waarden)


def download_bewijsstuk(code: str, nummer: str, sha256: str, kern: Pagina) -> Response:
    """A file that came with this application, whole and unchanged."""
    dossier = load_geladen(kern.app, code).dossier
    stuk = next((b for b in list_stukken(dossier, nummer) if b.sha256 == sha256), None)
    if stuk is None:
        raise Geweigerd("Dit bewijsstuk bestaat niet.", 404)
    if not kern.app.bestanden.check(code, stuk.pad, stuk.sha256):
        raise Geweigerd("Het bestand is er niet meer, of is niet het bestand dat is ingestuurd.", 410)
    naam = re.sub(r"[^A-Za-z0-9._-]", "_", stuk.naam)
    koppen = {"Content-Disposition": f'attachment; filename="{naam}"'}
    return Response(kern.app.bestanden.load(code, stuk.pad), media_type=SOORTEN[stuk.vorm], headers=koppen)


def show_verzoeken(verzoek: Request, code: str, kern: Pagina, kop: Kop) -> Response:
    """Every application of this dossier, with its status."""
    dossier = load_geladen(kern.app, code).dossier
    rijen = [(f, dossier.statussen.get(f"verzoek:{f.verzoek}", "")) for f in list_aanvragen(dossier)]
    return kern.render(verzoek, "pages/verzoeken.html", kop=kop, rijen=rijen)


ROUTES = (
    Route("aanvragen", "GET", "/dossiers/{code}/aanvragen", show_verzoeken),
    Route("aanvraag", "GET", "/dossiers/{code}/aanvragen/{nummer}", show_verzoek),
    Route("bewijsstuk", "GET", "/dossiers/{code}/aanvragen/{nummer}/bewijs/{sha256}", download_bewijsstuk),
)
