"""Sending, for the officer: per decision who gets what, the start, the delivery log, and who was not reached.

Must stay true: everything goes through the engine; a refusal loses nothing and is in the audit log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from aanbesteding.domain.kalender import TIJDZONE
from aanbesteding.engine.perform import HandelingRefused
from aanbesteding.engine.verzendbeeld import Besluitstand, list_besluiten, load_besluit
from aanbesteding.engine.verzending import report_bezorging, start_verzending
from aanbesteding.engine.voorwaarden import PAST_BIJ
from aanbesteding.errors import AanbestedingError, InvoerError, StaleDossier
from aanbesteding.web.bewaking import Bezoeker, Formulier, Geweigerd, Kop, Pagina
from aanbesteding.web.kern import Kern, is_open, load_bezoek
from aanbesteding.web.routes.route import Route

PER_BLAD = 100
STANDEN = {
    "klaar": "klaar om te versturen",
    "bezig": "wordt verstuurd",
    "verzonden": "verzonden",
    "geweigerd": "geweigerd door de mailserver",
    "onbekend": "onbekend of hij weg is",
    "teruggekomen": "teruggekomen",
    "anders_bereikt": "anders bezorgd",
    "geen_adres": "geen e-mailadres",
}
MELDINGEN = {
    "teruggekomen": "De mail kwam terug",
    "anders_bereikt": "De brief is op een andere manier bezorgd",
    "aangekomen": "De mail is toch aangekomen",
    "opnieuw": "Verstuur de mail nog een keer",
}


@dataclass(frozen=True)
class Gebeurd:
    """What to tell on top of the page."""

    melding: str = ""
    fouten: tuple[str, ...] = ()
    run: Any = None


def show_verzendingen(verzoek: Request, code: str, kern: Pagina, kop: Kop) -> Response:
    """Every decision with letters."""
    besluiten = list_besluiten(kern.app, code)
    return kern.render(
        verzoek, "pages/verzendingen.html", kop=kop, besluiten=besluiten, post=kern.app.load_post().postbode
    )


def show_verzending(
    verzoek: Request, code: str, besluit: int, kern: Pagina, kop: Kop, blad: int = 1
) -> Response:
    """One decision: its letters, or how far their sending is."""
    return _render(verzoek, kern, _load(kern, code, besluit), Gebeurd(), blad=blad)


def _load(kern: Kern, code: str, besluit: int) -> Besluitstand:
    try:
        return load_besluit(kern.app, code, besluit)
    except InvoerError as fout:
        raise Geweigerd(" ".join(fout.fouten), 404) from None


def _render(
    verzoek: Request, kern: Kern, stand: Besluitstand, gebeurd: Gebeurd, *, status: int = 200, blad: int = 1
) -> Response:
    kop = verzoek.state.kop
    blad = max(1, min(blad, 100_000))
    vanaf = (blad - 1) * PER_BLAD
    regels = stand.berichten or stand.brieven
    waarden: dict[str, Any] = {
        "kop": kop,
        "stand": stand,
        "post": kern.app.load_post().postbode,
        "gebeurd": gebeurd,
        "standen": STANDEN,
        "meldingen": MELDINGEN,
        "meldbaar": [b for b in stand.berichten if any(b.stand in past for past in PAST_BIJ.values())],
        "mag": is_open(verzoek, "verzending_starten", kop.regio),
        "berichten": stand.berichten[vanaf : vanaf + PER_BLAD],
        "brieven": stand.brieven[vanaf : vanaf + PER_BLAD],
        "blad": blad,
        "bladen": max(1, -(-len(regels) // PER_BLAD)),
        "nu": kern.app.klok.nu().astimezone(TIJDZONE),
    }
    return kern.render(verzoek, "pages/verzending.html", status, **waarden)


def send_start(
    verzoek: Request, code: str, besluit: int, kern: Pagina, bezoek: Bezoeker, formulier: Formulier
) -> Response:
    """Give the word, and start the run that sends; a sending that was broken off goes on."""
    stand = _load(kern, code, besluit)
    if stand.gestart is None:
        versie = str(formulier.get("_versie", ""))
        gezien = int(versie) if versie.isdecimal() and len(versie) < 10 else -1
        fouten = _try(lambda: start_verzending(kern.app, code, besluit, bezoek.persoon, versie=gezien))
        if fouten:
            return _render(verzoek, kern, _load(kern, code, besluit), Gebeurd(fouten=fouten), status=409)
    gebeurd = _start_run(verzoek, kern)
    return _render(verzoek, kern, _load(kern, code, besluit), gebeurd)


def _start_run(verzoek: Request, kern: Kern) -> Gebeurd:
    kop, bezoek = verzoek.state.kop, load_bezoek(verzoek)
    try:
        if kern.starter is None:
            raise AanbestedingError("Prefect is hier niet ingesteld.")
        run = kern.starter.start("verzending", kop.code, bezoek.persoon)
        return Gebeurd("De brieven worden nu verstuurd.", run=run)
    except AanbestedingError as fout:
        return Gebeurd(
            f"De opdracht om te verzenden is vastgelegd, maar er is nog niets verstuurd. {fout} Op de server kan het "
            f"zo: aanbesteding verzend {kop.code} --als {bezoek.persoon}"
        )


def _try(doe: Any) -> tuple[str, ...]:
    """Do this; what stands in the way as sentences."""
    try:
        doe()
    except HandelingRefused as fout:
        return tuple(o.tekst for o in fout.overtredingen)
    except InvoerError as fout:
        return tuple(fout.fouten)
    except StaleDossier as fout:
        return (str(fout),)
    return ()


def send_melding(
    verzoek: Request, code: str, besluit: int, kern: Pagina, bezoek: Bezoeker, formulier: Formulier
) -> Response:
    """Record what became known of a letter."""
    _load(kern, code, besluit)
    invoer: dict[str, Any] = {
        veld: str(formulier.get(veld, ""))[:1000] for veld in ("ontvanger", "melding", "toelichting")
    }
    try:
        op = datetime.fromisoformat(str(formulier.get("op", "")))
        invoer["op"] = op if op.tzinfo else op.replace(tzinfo=TIJDZONE)
    except ValueError:
        invoer["op"] = ""
    niet: list[str] = []
    fouten = _try(
        lambda: niet.append(report_bezorging(kern.app, code, {"besluit": besluit, **invoer}, bezoek.persoon)),
    )
    if fouten or any(niet):
        gebeurd = Gebeurd(fouten=(*fouten, *(tekst for tekst in niet if tekst)))
        return _render(verzoek, kern, _load(kern, code, besluit), gebeurd, status=409 if fouten else 200)
    return RedirectResponse(f"/dossiers/{code}/verzending/{besluit}", 303)


ROUTES = (
    Route("verzendingen", "GET", "/dossiers/{code}/verzending", show_verzendingen),
    Route("verzending", "GET", "/dossiers/{code}/verzending/{besluit}", show_verzending),
    Route("verzending_starten", "POST", "/dossiers/{code}/verzending/{besluit}/start", send_start),
    Route("verzending_melden", "POST", "/dossiers/{code}/verzending/{besluit}/melden", send_melding),
)
