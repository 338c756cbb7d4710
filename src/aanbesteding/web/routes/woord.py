"""Word out, Word in: download any version of a stuk, hand in an edited one after its report, and see redlines.

Handing in takes two steps without anything kept in between: the report page carries the file itself along in its form,
and what is sent back is checked and compared as if it had never been seen.

Must stay true: nothing is recorded before the report was shown; the version is kept and recorded in one act, by
engine.inleveren; every refused act is in the audit log.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from aanbesteding.adapters.redline import has_grondig, make_redline
from aanbesteding.domain.stukken import Stuk
from aanbesteding.engine.inleveren import (
    Inlevering,
    compare_versies,
    list_zonder_motivering,
    load_versie,
    perform_inlevering,
    read_inlevering,
)
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.engine.stukken import list_stukken, load_stuk
from aanbesteding.errors import AanbestedingError, InvoerError
from aanbesteding.web.bewaking import Bezoeker, Formulier, Geweigerd, Kop, Pagina
from aanbesteding.web.kern import Kern, is_open
from aanbesteding.web.routes.dossiers import DOCX
from aanbesteding.web.routes.route import Route

MAX_BESTAND = 5_000_000
"""Bytes of a file that goes along in a form; on the command line it may be larger."""
_STUK = 600_000
TOON = 200


@dataclass(frozen=True)
class Gedeeld:
    """What the pages about one stuk share."""

    stuk: Stuk
    van: int
    naar: int


def show_woord(verzoek: Request, code: str, kern: Pagina, kop: Kop) -> Response:
    """The form to hand a file in, and the stukken that have more than one version."""
    return render_woord(verzoek, kern, kop)


def render_woord(verzoek: Request, kern: Kern, kop: Any, status: int = 200, **waarden: Any) -> Response:
    """The first page, with what is wrong with the file that was sent."""
    beelden = [b for b in list_stukken(kern.app, kop.code) if len(b.stuk.versies) > 1]
    basis: dict[str, Any] = {"fouten": (), "geweigerd": ()}
    mag = is_open(verzoek, "woord_lezen", kop.regio)
    return kern.render(
        verzoek, "pages/woord.html", status, kop=kop, beelden=beelden[:TOON], mag=mag, **(basis | waarden)
    )


def send_woord(verzoek: Request, code: str, kern: Pagina, kop: Kop, formulier: Formulier) -> Response:
    """Read a file and show its report; nothing is recorded."""
    try:
        inhoud = read_bestand(formulier)
        inlevering = read_inlevering(kern.app, code, inhoud)
    except AanbestedingError as fout:
        return render_woord(verzoek, kern, kop, 422, fouten=str(fout).splitlines())
    return render_verslag(verzoek, kern, kop, inlevering, inhoud)


def send_inleveren(
    verzoek: Request, code: str, kern: Pagina, bezoek: Bezoeker, kop: Kop, formulier: Formulier
) -> Response:
    """Keep the file of the report as the next version."""
    try:
        inhoud = read_meegestuurd(formulier)
        inlevering = read_inlevering(kern.app, code, inhoud)
        motiveringen = read_motiveringen(formulier)
        toelichting = str(formulier.get("toelichting", ""))[:5000]
        open_ = list_zonder_motivering(inlevering.vergelijking, motiveringen)
        if open_ and "zonder" not in formulier:
            ingevuld = {"motiveringen": motiveringen, "toelichting": toelichting, "open_": open_}
            return render_verslag(verzoek, kern, kop, inlevering, inhoud, 422, **ingevuld)
        perform_inlevering(
            kern.app, code, inhoud, bezoek.persoon, toelichting=toelichting, motiveringen=motiveringen
        )
    except HandelingRefused as fout:
        return render_woord(verzoek, kern, kop, 409, geweigerd=fout.overtredingen)
    except AanbestedingError as fout:
        return render_woord(verzoek, kern, kop, 422, fouten=str(fout).splitlines())
    return RedirectResponse(f"/dossiers/{code}/woord/stuk/{inlevering.stuk.id}", 303)


def send_afkeuren(
    verzoek: Request, code: str, kern: Pagina, bezoek: Bezoeker, kop: Kop, formulier: Formulier
) -> Response:
    """Reject the stuk with the comments that stand in the file of the report."""
    try:
        inlevering = read_inlevering(kern.app, code, read_meegestuurd(formulier))
        opmerking = str(formulier.get("opmerking", "")).strip()[:5000]
        if not opmerking:
            raise InvoerError(
                ["Schrijf in één zin wat er niet goed is; de opmerkingen uit Word komen erbij."]
            )
        invoer = {
            "gezien": inlevering.stuk.gezien,
            "opmerking": opmerking,
            "opmerkingen": [
                f"{o.auteur or o.initialen or 'onbekend'}{f' bij ‘{o.bij}’' if o.bij else ''}: {o.tekst}"
                for o in inlevering.vergelijking.opmerkingen
            ],
        }
        perform(kern.app, code, "stuk_afkeuren", invoer, bezoek.persoon)
    except HandelingRefused as fout:
        return render_woord(verzoek, kern, kop, 409, geweigerd=fout.overtredingen)
    except AanbestedingError as fout:
        return render_woord(verzoek, kern, kop, 422, fouten=str(fout).splitlines())
    return RedirectResponse(f"/dossiers/{code}/woord/stuk/{inlevering.stuk.id}", 303)


def render_verslag(
    verzoek: Request,
    kern: Kern,
    kop: Any,
    inlevering: Inlevering,
    inhoud: bytes,
    status: int = 200,
    **waarden: Any,
) -> Response:
    """The report on a file that was not handed in yet."""
    basis: dict[str, Any] = {"motiveringen": {}, "toelichting": "", "open_": ()}
    return kern.render(
        verzoek,
        "pages/woord_verslag.html",
        status,
        kop=kop,
        inlevering=inlevering,
        vergelijking=inlevering.vergelijking,
        stuk=inlevering.stuk,
        mee=split_bestand(inhoud),
        mag_afkeuren=is_open(verzoek, "woord_afkeuren", kop.regio),
        toon=TOON,
        **(basis | waarden),
    )


# --- the file in the form ---------------------------------------------------------------------------------


def read_bestand(formulier: FormData) -> bytes:
    """The sent file; InvoerError when there is none or it is too large for these pages."""
    bestand = formulier.get("bestand")
    if not isinstance(bestand, UploadFile) or not bestand.filename:
        raise InvoerError(["Kies een Word-bestand (.docx)."])
    inhoud = bestand.file.read(MAX_BESTAND + 1)
    if len(inhoud) > MAX_BESTAND:
        mb = MAX_BESTAND // 1_000_000
        raise InvoerError(
            [f"Het bestand is groter dan {mb} MB. Verklein de afbeeldingen en bewaar het opnieuw."]
        )
    return inhoud


def split_bestand(inhoud: bytes) -> list[str]:
    """The file as pieces of text that fit in the fields of a form."""
    tekst = base64.b64encode(inhoud).decode()
    return [tekst[i : i + _STUK] for i in range(0, len(tekst), _STUK)]


def read_meegestuurd(formulier: FormData) -> bytes:
    """The file that the report page carried along."""
    delen = [str(deel) for deel in formulier.getlist("mee")]
    try:
        inhoud = base64.b64decode("".join(delen), validate=True)
    except (binascii.Error, ValueError):
        inhoud = b""
    if not inhoud or len(inhoud) > MAX_BESTAND:
        raise InvoerError(["Het bestand is niet goed meegekomen. Kies het opnieuw."])
    return inhoud


def read_motiveringen(formulier: FormData) -> dict[str, str]:
    """Per contradiction why it stays."""
    return {
        naam.removeprefix("motivering-"): str(waarde)[:5000]
        for naam, waarde in formulier.multi_items()
        if naam.startswith("motivering-")
    }


# --- versions ---------------------------------------------------------------------------------------------


def load_gedeeld(kern: Kern, code: str, pad: str, van: int, naar: int) -> Gedeeld:
    """The stuk in the address with the two versions that are looked at; 404 when there is no such stuk."""
    try:
        stuk = load_stuk(kern.app, code, pad).stuk
    except AanbestedingError:
        raise Geweigerd("Dit document bestaat niet in dit dossier.", 404) from None
    laatste = stuk.huidig.nummer
    naar = naar if 1 <= naar <= laatste else laatste
    return Gedeeld(stuk, van if 1 <= van <= laatste else max(1, naar - 1), naar)


def show_stuk(
    verzoek: Request, code: str, pad: str, kern: Pagina, kop: Kop, van: int = 0, naar: int = 0
) -> Response:
    """The versions of a stuk, and what changed between two of them."""
    gedeeld = load_gedeeld(kern, code, pad, van, naar)
    vergelijking, fouten = None, tuple[str, ...]()
    if gedeeld.van != gedeeld.naar:
        try:
            vergelijking = compare_versies(kern.app, code, gedeeld.stuk, gedeeld.van, gedeeld.naar)
        except AanbestedingError as fout:
            fouten = tuple(str(fout).splitlines())
    return kern.render(
        verzoek,
        "pages/woord_stuk.html",
        kop=kop,
        stuk=gedeeld.stuk,
        van=gedeeld.van,
        naar=gedeeld.naar,
        vergelijking=vergelijking,
        fouten=fouten,
        grondig=has_grondig(),
        mag=is_open(verzoek, "woord_lezen", kop.regio),
        toon=TOON,
    )


def download_versie(code: str, nummer: int, pad: str, kern: Pagina) -> Response:
    """One version of a stuk, byte for byte."""
    gedeeld = load_gedeeld(kern, code, pad, 0, 0)
    try:
        inhoud = load_versie(kern.app, code, gedeeld.stuk, nummer)
    except InvoerError as fout:
        raise Geweigerd(str(fout), 404) from None
    naam = PurePosixPath(pad).stem + (f"_versie{nummer}" if nummer > 1 else "")
    return make_download(inhoud, f"{naam}.docx")


def download_redline(
    code: str, pad: str, kern: Pagina, bezoek: Bezoeker, van: int = 0, naar: int = 0
) -> Response:
    """The differences between two versions as tracked changes."""
    gedeeld = load_gedeeld(kern, code, pad, van, naar)
    oud, nieuw = (load_versie(kern.app, code, gedeeld.stuk, n) for n in (gedeeld.van, gedeeld.naar))
    auteur = gedeeld.stuk.versies[gedeeld.naar - 1].persoon or bezoek.persoon
    map_ = kern.app.werkmap / "motoren"
    gemaakt = make_redline(oud, nieuw, auteur=auteur, moment=kern.app.klok.nu(), map_=map_)
    return make_download(gemaakt.docx, f"{PurePosixPath(pad).stem}_redline{gedeeld.van}-{gedeeld.naar}.docx")


def make_download(inhoud: bytes, naam: str) -> Response:
    """A Word file to save."""
    return Response(
        inhoud, media_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{naam}"'}
    )


ROUTES = (
    Route("woord", "GET", "/dossiers/{code}/woord", show_woord),
    Route("woord_lezen", "POST", "/dossiers/{code}/woord", send_woord),
    Route("woord_inleveren", "POST", "/dossiers/{code}/woord/inleveren", send_inleveren),
    Route("woord_afkeuren", "POST", "/dossiers/{code}/woord/afkeuren", send_afkeuren),
    Route("woord_stuk", "GET", "/dossiers/{code}/woord/stuk/{pad:path}", show_stuk),
    Route("woord_versie", "GET", "/dossiers/{code}/woord/versie/{nummer}/{pad:path}", download_versie),
    Route("woord_redline", "GET", "/dossiers/{code}/woord/redline/{pad:path}", download_redline),
)
