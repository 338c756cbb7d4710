"""Review of documents: the queue, the variants of a decision, one document, and the acts of review.

Must stay true: what is judged is what the page showed (version and hash travel with the form); every refusal shows all
reasons and is in the audit log; nothing outside the register can be downloaded.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from aanbesteding.adapters.pdf import convert, find_soffice
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.stukken import Stukversie
from aanbesteding.engine.perform import HandelingRefused, Resultaat, perform
from aanbesteding.engine.stukbeeld import build_stukpagina
from aanbesteding.engine.stukken import (
    PROEF,
    build_invoer,
    list_groepen,
    list_stukken,
    list_wachtende_dossiers,
    load_stuk,
    try_handelingen,
)
from aanbesteding.engine.varianten import load_variantgroep
from aanbesteding.errors import AanbestedingError, InvoerError, StaleDossier
from aanbesteding.storage.queries import list_dossiers
from aanbesteding.web.bewaking import Bezoeker, Formulier, Geweigerd, Kop, Pagina
from aanbesteding.web.kern import Kern, load_bezoek
from aanbesteding.web.rechten import BEOORDELAARS_VAN_STUKKEN, list_regios_met
from aanbesteding.web.routes.handelingen import start_run
from aanbesteding.web.routes.route import Route

MAX_VOORBEELDEN = 6
"""So many representatives are shown on one page; the others are one click away."""
TEKSTVELD = {
    "stukken_goedkeuren": "motivering",
    "stuk_afkeuren": "opmerking",
    "stuk_terugvragen": "vraag",
    "terugvraag_beantwoorden": "antwoord",
    "stukken_opnieuw_maken": "reden",
}


def show_beoordeling(verzoek: Request, kern: Pagina, bezoek: Bezoeker) -> Response:
    """What waits for the visitor, over all dossiers."""
    regios = list_regios_met(bezoek.rollen or {}, BEOORDELAARS_VAN_STUKKEN)
    rijen: list[tuple[Any, Any]] = []
    wachtend = list_wachtende_dossiers(kern.app)
    for regel in list_dossiers(kern.app.database):
        if regel.code not in wachtend or regel.regio not in regios or (bezoek.alleen_demo and not regel.demo):
            continue
        rollen = (bezoek.rollen or {}).get(regel.regio, frozenset[Rol]())
        groepen = [
            g
            for g in list_groepen(kern.app, regel.code, bezoek.persoon)
            if (Rol.JURIST in rollen and g.wacht_op_jurist) or (Rol.INKOPER in rollen and g.wacht_op_maker)
        ]
        if groepen:
            rijen.append((regel, groepen))
    return kern.render(verzoek, "pages/beoordeling.html", rijen=rijen)


def show_stukken(verzoek: Request, code: str, kern: Pagina, bezoek: Bezoeker, kop: Kop) -> Response:
    """Everything under review in one dossier."""
    return kern.render(
        verzoek, "pages/stukken.html", kop=kop, groepen=list_groepen(kern.app, code, bezoek.persoon)
    )


def show_variant(
    verzoek: Request, code: str, besluit: int, document: str, kern: Pagina, kop: Kop, gedaan: str = ""
) -> Response:
    """The documents of one kind of one decision, by variant."""
    return render_variant(verzoek, kern, kop, besluit, document, gedaan=gedaan)


def render_variant(
    verzoek: Request, kern: Kern, kop: Any, besluit: int, document: str, status: int = 200, **waarden: Any
) -> Response:
    """The page of a group, with what stood in the way of an act."""
    groep = load_variantgroep(kern.app, kop.code, besluit, document)
    if groep is None:
        klaar = [
            b
            for b in list_stukken(kern.app, kop.code)
            if b.stuk.besluit == besluit and b.stuk.register.document == document
        ]
        if not klaar:
            raise Geweigerd("Deze stukken bestaan niet in dit dossier.", 404)
        return kern.render(verzoek, "pages/stukken_klaar.html", status, kop=kop, beelden=klaar)
    voorbeelden = [
        build_stukpagina(kern.app, kop.code, id_, f"/dossiers/{quote(kop.code)}/stukken/stuk/{quote(id_)}")
        if nummer < MAX_VOORBEELDEN
        else None
        for nummer, id_ in enumerate(v.vertegenwoordiger.id for v in groep.varianten)
    ]
    mag = Rol.JURIST in (load_bezoek(verzoek).rollen or {}).get(kop.regio, frozenset[Rol]())
    basis: dict[str, Any] = {"geweigerd": (), "fouten": (), "gedaan": "", "motivering": ""}
    return kern.render(
        verzoek,
        "pages/stukvariant.html",
        status,
        kop=kop,
        groep=groep,
        paren=list(zip(groep.varianten, voorbeelden, strict=True)),
        persoon=load_bezoek(verzoek).persoon,
        mag=mag,
        **(basis | waarden),
    )


def show_stuk(
    verzoek: Request, code: str, pad: str, kern: Pagina, bezoek: Bezoeker, kop: Kop, gedaan: str = ""
) -> Response:
    """One document in full, with where everything came from."""
    return render_stuk(verzoek, kern, kop, pad, gedaan=gedaan)


def render_stuk(
    verzoek: Request, kern: Kern, kop: Any, pad: str, status: int = 200, **waarden: Any
) -> Response:
    """The page of a document, with what stood in the way of an act."""
    beeld = _load_stuk(kern, kop.code, pad)
    try:
        pagina, onleesbaar = build_stukpagina(kern.app, kop.code, pad), ""
    except AanbestedingError as fout:
        pagina, onleesbaar = None, str(fout)
    basis: dict[str, Any] = {"geweigerd": (), "fouten": (), "gedaan": "", "teksten": {}}
    return kern.render(
        verzoek,
        "pages/stuk.html",
        status,
        kop=kop,
        beeld=beeld,
        stuk=beeld.stuk,
        pagina=pagina,
        onleesbaar=onleesbaar,
        handelingen=try_handelingen(kern.app, kop.code, beeld.stuk, load_bezoek(verzoek).persoon),
        pdf=_has_pdf(),
        **(basis | waarden),
    )


def _load_stuk(kern: Kern, code: str, pad: str) -> Any:
    try:
        return load_stuk(kern.app, code, pad)
    except AanbestedingError:
        raise Geweigerd("Dit stuk bestaat niet in dit dossier.", 404) from None


def _has_pdf() -> bool:
    try:
        find_soffice()
    except InvoerError:
        return False
    return True


def send_oordeel(
    verzoek: Request, code: str, kern: Pagina, bezoek: Bezoeker, kop: Kop, formulier: Formulier
) -> Response:
    """Perform an act of review on what the page showed, one document or a group."""
    wat = str(formulier.get("wat", ""))
    gezien = parse_gezien(formulier.getlist("gezien"))
    if wat not in PROEF or not gezien:
        raise Geweigerd("Kies ten minste één stuk en wat ermee moet gebeuren.", 422)
    groep = str(formulier.get("groep", ""))
    tekst = str(formulier.get(wat, "")).strip()
    teksten = {TEKSTVELD[wat]: tekst} if tekst or wat != "stukken_goedkeuren" else {}
    waarden: dict[str, Any] = {"teksten": {wat: tekst}, "motivering": tekst}
    try:
        resultaat = perform(kern.app, code, wat, build_invoer(wat, gezien, **teksten), bezoek.persoon)
    except HandelingRefused as fout:
        return _render_terug(verzoek, kern, kop, groep, gezien, 409, geweigerd=fout.overtredingen, **waarden)
    except StaleDossier as fout:
        return _render_terug(verzoek, kern, kop, groep, gezien, 409, fouten=(str(fout),), **waarden)
    except InvoerError as fout:
        return _render_terug(verzoek, kern, kop, groep, gezien, 422, fouten=fout.fouten, **waarden)
    _start_runs(verzoek, kern, code, resultaat, gezien)
    doel = f"varianten/{quote(groep)}" if groep else f"stuk/{quote(gezien[0].stuk)}"
    return RedirectResponse(f"/dossiers/{quote(code)}/stukken/{doel}?gedaan={wat}", 303)


def _start_runs(
    verzoek: Request, kern: Kern, code: str, resultaat: Resultaat, gezien: list[Stukversie]
) -> None:
    """New editions are made by the flow of their own stage; without Prefect they wait for the next run."""
    if resultaat.documenten:
        start_run(verzoek, kern, load_stuk(kern.app, code, gezien[0].stuk).stuk.register.fase)


def parse_gezien(waarden: list[Any]) -> list[Stukversie]:
    """What the form says was seen: path, version and hash of each; anything malformed is refused."""
    try:
        delen = [str(w).rsplit("|", 2) for w in waarden]
        return [Stukversie(stuk=stuk, versie=int(versie), sha256=sha256) for stuk, versie, sha256 in delen]
    except (ValueError, ValidationError):
        raise Geweigerd("Dit formulier is niet te lezen. Open de pagina opnieuw.", 422) from None


def _render_terug(
    verzoek: Request, kern: Kern, kop: Any, groep: str, gezien: list[Stukversie], status: int, **waarden: Any
) -> Response:
    besluit, _, document = groep.partition("/")
    if besluit.isdecimal() and len(besluit) < 10 and document:
        return render_variant(verzoek, kern, kop, int(besluit), document, status, **waarden)
    return render_stuk(verzoek, kern, kop, gezien[0].stuk, status, **waarden)


def download_pdf(code: str, pad: str, kern: Pagina) -> Response:
    """Any version of a document as PDF, made now."""
    naam, inhoud = _load_versie(kern, code, pad)
    with tempfile.TemporaryDirectory(prefix="aanbesteding-") as map_:
        bestand = Path(map_) / naam
        bestand.write_bytes(inhoud)
        if not _has_pdf():
            raise Geweigerd("PDF kan hier niet worden gemaakt: LibreOffice ontbreekt.", 503)
        uitkomst = convert([bestand])
        if uitkomst.mislukt:
            raise Geweigerd(f"De PDF kon niet worden gemaakt: {uitkomst.mislukt[0][1]}", 503)
        pdf = bestand.with_suffix(".pdf").read_bytes()
    kop = {"Content-Disposition": f'inline; filename="{Path(naam).with_suffix(".pdf")}"'}
    return Response(pdf, media_type="application/pdf", headers=kop)


def _load_versie(kern: Kern, code: str, pad: str) -> tuple[str, bytes]:
    bekend = {v.pad for b in list_stukken(kern.app, code, alles=True) for v in b.stuk.versies}
    if pad not in bekend:
        raise Geweigerd("Dit stuk bestaat niet in dit dossier.", 404)
    try:
        return Path(pad).name, kern.app.bestanden.load(code, pad)
    except OSError:
        raise Geweigerd("Het bestand van dit stuk is niet meer op schijf.", 410) from None


ROUTES = (
    Route("beoordeling", "GET", "/beoordeling", show_beoordeling),
    Route("stukken", "GET", "/dossiers/{code}/stukken", show_stukken),
    Route("stukken_oordelen", "POST", "/dossiers/{code}/stukken", send_oordeel),
    Route("stukvariant", "GET", "/dossiers/{code}/stukken/varianten/{besluit}/{document}", show_variant),
    Route("stukpdf", "GET", "/dossiers/{code}/stukken/pdf/{pad:path}", download_pdf),
    Route("stuk", "GET", "/dossiers/{code}/stukken/stuk/{pad:path}", show_stuk),
)
