"""The application at the counter: the form, its evidence, checking, sending and completing.

Must stay true: an applicant sees the own application only; what is typed is kept before it is judged.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from aanbesteding.domain.bewijsstuk import Bewijsstuk
from aanbesteding.engine.loket import (
    AANVULLEN,
    INDIENEN,
    Loket,
    hide_email,
    send,
)
from aanbesteding.engine.loketbewijs import MAX_STUK, Bewijsbestand, save_bewijs
from aanbesteding.engine.perform import HandelingRefused
from aanbesteding.errors import AanbestedingError, InvoerError, StaleDossier
from aanbesteding.fasen.toetreding.besluiten.loket import list_stukken, load_aangevuld, load_gevraagd
from aanbesteding.storage.audit import Auditregel, Auditsoort, record_audit
from aanbesteding.storage.loket import Loketbezoek, load_concept, remove_concept, save_concept
from aanbesteding.web.bewaking import Bezoeker, Formulier, Geweigerd, Pagina
from aanbesteding.web.kern import Kern
from aanbesteding.web.loketformulier import (
    GROOTTES,
    VELDEN,
    Concept,
    Fout,
    Vraag,
    build_aanvraag,
    build_aanvulling,
    list_aanvulvragen,
    list_producten,
    list_vragen,
    parse_concept,
    read_formulier,
)
from aanbesteding.web.routes.loket import find_loket, load_bezoek, pad_van, render
from aanbesteding.web.routes.route import Route


def load_eigen_concept(kern: Kern, bezoek: Loketbezoek) -> Concept:
    """The draft of this address."""
    return parse_concept(load_concept(kern.app.database, bezoek.dossier, bezoek.ronde, bezoek.email))


def show_aanvraag(verzoek: Request, code: str, ronde: str, kern: Pagina) -> Response:
    """The draft, or what was sent and what may be completed."""
    loket = find_loket(kern, code, ronde)
    bezoek = load_bezoek(verzoek, kern, loket)
    if bezoek is None:
        return RedirectResponse(pad_van(loket), 303)
    return render_aanvraag(verzoek, kern, loket, bezoek, load_eigen_concept(kern, bezoek))


def render_aanvraag(
    verzoek: Request,
    kern: Kern,
    loket: Loket,
    bezoek: Loketbezoek,
    concept: Concept,
    status: int = 200,
    **waarden: Any,
) -> Response:
    """The page that fits: form, receipt, or form to complete."""
    feit = loket.find_aanvraag(bezoek.email)
    basis: dict[str, Any] = {
        "bezoek_loket": bezoek,
        "concept": concept,
        "fouten": (),
        "melding": "",
        "waarschuwingen": (),
        "velden": VELDEN,
        "groottes": GROOTTES,
        "max_mb": MAX_STUK // 1_000_000,
    } | waarden
    if feit is not None:
        gevraagd = loket.find_aanvulling(feit.verzoek)
        vragen = list_aanvulvragen(loket, gevraagd, concept) if gevraagd else ()
        ontvangst = {
            "feit": feit,
            "stukken": list_stukken(loket.dossier, feit.verzoek),
            "gevraagd": gevraagd,
            "eerder_gevraagd": load_gevraagd(loket.dossier, feit.verzoek),
            "aangevuld": load_aangevuld(loket.dossier, feit.verzoek),
            "vragen": vragen,
            "producten": dict(list_producten(loket)),
            "eisen": {(v.perceel, v.eis.code): v.eis.tekst for v in list_vragen(loket, concept)},
        }
        return render(verzoek, kern, "ontvangst", loket, status, **basis, **ontvangst)
    vragen = list_vragen(loket, concept)
    if loket.stand != "open":
        return render(verzoek, kern, "gesloten", loket, 409, **basis, vragen=vragen)
    producten = list_producten(loket)
    return render(verzoek, kern, "aanvraag", loket, status, **basis, vragen=vragen, producten=producten)


def send_aanvraag(
    verzoek: Request, code: str, ronde: str, kern: Pagina, formulier: Formulier, persoon: Bezoeker
) -> Response:
    """Keep what was typed; then add or take away a file, or check or send the application."""
    loket = find_loket(kern, code, ronde)
    bezoek = load_bezoek(verzoek, kern, loket)
    if bezoek is None:
        raise Geweigerd(
            "U bent te lang weg geweest. Vraag een nieuwe code aan; wat u bewaarde, staat er nog.", 401
        )
    concept = read_formulier(formulier, load_eigen_concept(kern, bezoek).stukken)
    feit = loket.find_aanvraag(bezoek.email)
    gevraagd = loket.find_aanvulling(feit.verzoek) if feit else None
    if (feit is not None and gevraagd is None) or (feit is None and loket.stand != "open"):
        _note_geweigerd(kern, bezoek, persoon.adres, "gesloten")
        return render_aanvraag(verzoek, kern, loket, bezoek, concept, 409)
    opdracht, _, doel = str(formulier.get("_doe", "bewaar")).partition(":")
    vragen = list_aanvulvragen(loket, gevraagd, concept) if gevraagd else list_vragen(loket, concept)
    fouten: list[Fout] = []
    if opdracht == "stuk":
        stukken, fouten = add_stuk(kern, loket, vragen, concept, formulier)
        concept = Concept(concept.velden, concept.producten, concept.antwoorden, stukken)
    elif opdracht == "weg":
        over = tuple(b for b in concept.stukken if f"{b.perceel}.{b.eis}.{b.sha256}" != doel)
        concept = Concept(concept.velden, concept.producten, concept.antwoorden, over)
    keep(kern, bezoek, concept)
    if fouten:
        return render_aanvraag(verzoek, kern, loket, bezoek, concept, 422, fouten=fouten)
    if opdracht in ("stuk", "weg", "bewaar"):
        wat = {"stuk": "Het bestand is bewaard.", "weg": "Het bestand is weggehaald."}
        melding = wat.get(opdracht, "Uw aanvraag is bewaard. Zij is nog niet verstuurd.")
        return render_aanvraag(verzoek, kern, loket, bezoek, concept, melding=melding)
    return send_alles(verzoek, kern, loket, bezoek, concept, persoon.adres, proef=opdracht != "verstuur")


def keep(kern: Kern, bezoek: Loketbezoek, concept: Concept) -> None:
    """Keep the draft."""
    nu = kern.app.klok.nu()
    save_concept(kern.app.database, bezoek.dossier, bezoek.ronde, bezoek.email, concept.dump(), nu)


def add_stuk(
    kern: Kern, loket: Loket, vragen: tuple[Vraag, ...], concept: Concept, formulier: FormData
) -> tuple[tuple[Bewijsstuk, ...], list[Fout]]:
    """The files with the one that was sent, or what is wrong with it."""
    gekozen = str(formulier.get("stuk_eis", ""))
    vraag = next((v for v in vragen if v.sleutel == gekozen), None)
    bestand = formulier.get("stuk")
    fouten: list[Fout] = []
    if vraag is None:
        fouten.append(("stuk_eis", "Kies bij welke eis het bestand hoort."))
    if not isinstance(bestand, UploadFile) or not bestand.filename:
        fouten.append(("stuk", "Kies een bestand."))
    if fouten or vraag is None or not isinstance(bestand, UploadFile):
        return concept.stukken, fouten
    ruw = str(bestand.filename or "").replace("\\", "/").rpartition("/")[2]
    naam = re.sub(r"[^\w. ()-]", "_", ruw)[-100:].strip(" .") or "bestand"
    try:
        datum = date.fromisoformat(str(formulier.get("stuk_datum", "")))
    except ValueError:
        datum = None
    nieuw = Bewijsbestand(vraag.perceel, vraag.eis.code, naam, bestand.file.read(MAX_STUK + 1), datum)
    try:
        return save_bewijs(kern.app, loket, concept.stukken, nieuw), []
    except InvoerError as fout:
        return concept.stukken, [("stuk", tekst) for tekst in fout.fouten]


def send_alles(
    verzoek: Request,
    kern: Kern,
    loket: Loket,
    bezoek: Loketbezoek,
    concept: Concept,
    adres: str,
    *,
    proef: bool,
) -> Response:
    """Check the application, or send it: all of it or nothing."""
    feit = loket.find_aanvraag(bezoek.email)
    gevraagd = loket.find_aanvulling(feit.verzoek) if feit else None
    if feit and gevraagd:
        handeling = AANVULLEN
        invoer, fouten = build_aanvulling(feit.verzoek, list_aanvulvragen(loket, gevraagd, concept))
    else:
        handeling = INDIENEN
        invoer, fouten = build_aanvraag(loket, concept, bezoek.email)
    if invoer is None:
        return render_aanvraag(verzoek, kern, loket, bezoek, concept, 422, fouten=fouten)
    if zoek := [
        b.naam for b in concept.stukken if not kern.app.bestanden.check(loket.dossier.code, b.pad, b.sha256)
    ]:
        weg = [
            ("stuk", f"Het bestand '{naam}' is niet goed bewaard. Haal het weg en stuur het opnieuw.")
            for naam in zoek
        ]
        return render_aanvraag(verzoek, kern, loket, bezoek, concept, 409, fouten=weg)
    try:
        resultaat = send(kern.app, loket, handeling, invoer, proef=proef)
    except HandelingRefused as fout:
        _note_geweigerd(kern, bezoek, adres, " ".join(o.code for o in fout.overtredingen))
        teksten = [("", o.tekst) for o in fout.overtredingen]
        return render_aanvraag(
            verzoek,
            kern,
            find_loket(kern, bezoek.dossier, bezoek.ronde),
            bezoek,
            concept,
            409,
            fouten=teksten,
        )
    except StaleDossier as fout:
        return render_aanvraag(verzoek, kern, loket, bezoek, concept, 503, fouten=[("", str(fout))])
    if proef:
        waarschuwingen = [o.tekst for o in resultaat.signalen] or ["Alles is ingevuld."]
        return render_aanvraag(verzoek, kern, loket, bezoek, concept, waarschuwingen=waarschuwingen)
    remove_concept(kern.app.database, bezoek.dossier, bezoek.ronde, bezoek.email)
    if resultaat.documenten and kern.starter is not None:
        with suppress(AanbestedingError):  # the promise stands; the next run of the stage makes the letter
            kern.starter.start("toetreding", bezoek.dossier, loket.persoon)
    return RedirectResponse(f"{pad_van(loket)}/aanvraag", 303)


def _note_geweigerd(kern: Kern, bezoek: Loketbezoek, adres: str, reden: str) -> None:
    naam = hide_email(kern.instellingen.geheim, bezoek.email)
    regel = Auditregel(
        kern.app.klok.nu(), Auditsoort.LOKET_GEWEIGERD, naam, adres, dossier=bezoek.dossier, reden=reden
    )
    record_audit(kern.app.database, regel)


ROUTES = (
    Route("loket_aanvraag", "GET", "/loket/{code}/{ronde}/aanvraag", show_aanvraag),
    Route("loket_aanvraag_versturen", "POST", "/loket/{code}/{ronde}/aanvraag", send_aanvraag),
)
