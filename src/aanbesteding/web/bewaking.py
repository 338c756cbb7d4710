"""The guard at every route: who is this, may the visitor come in, and was the form made by us.

Runs before each route, as dependencies of the whole application; a route cannot forget it. Every refusal of a
known visitor, and every form without its token, is a line of the audit log; and so is, after the route, every answer
that may hold prices or scores.

Must stay true: nothing of a form is used before its token was checked; a refused visitor learns nothing of the
dossier, not even that it exists.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartParser

from aanbesteding.engine.toegang import find_sessie, list_rollen
from aanbesteding.errors import OnbekendDossier
from aanbesteding.storage.audit import Auditregel, Auditsoort, record_audit
from aanbesteding.storage.dossier import Dossierkop, load_kop
from aanbesteding.web.kern import Bezoek, Kern, find_adres, load_bezoek, load_kern
from aanbesteding.web.rechten import RECHTEN, Bereik, Toegang, decide_toegang

TOKENVELD = "_token"
MAX_VELDEN = 50_000
MAX_VELD_BYTES = 1_000_000
MAX_FORMULIER = 8_000_000
MAX_BESTAND = 60_000_000
MAX_VREEMD = 100_000
"""What somebody may send who is not logged in."""
MAX_LOKET = 11_000_000
"""What a visitor of the counter may send at once: one file and its form."""
VERLOPEN = (
    "Dit formulier is verlopen of komt niet van deze website. Open de pagina opnieuw en probeer het weer."
)
ZONDER_EIGEN_WACHTWOORD = frozenset(
    {"wachtwoord", "wachtwoord_versturen", "uitloggen", "stijl", "icoon", "inloggen"}
) | {route for route, recht in RECHTEN.items() if recht.bereik is Bereik.LINK}


# A sent file may hold bids and prices: it stays in memory and never becomes a temporary file.
MultiPartParser.spool_max_size = MAX_BESTAND


class EerstInloggen(Exception):
    """The visitor must log in first; afterwards the page is shown."""


class EerstWachtwoord(Exception):
    """The visitor must choose an own password first."""


class Geweigerd(Exception):
    """The visitor may not do this."""

    def __init__(self, tekst: str, status: int = 403) -> None:
        self.tekst, self.status = tekst, status
        super().__init__(tekst)


def find_bezoek(kern: Kern, verzoek: Request) -> Bezoek:
    """Who is this? A stranger gets a fresh key, so that the log-in form has a token too."""
    adres = find_adres(verzoek)
    sleutel = kern.unsign(verzoek.cookies.get(kern.koekje, ""))
    if sleutel is None:
        return Bezoek(secrets.token_urlsafe(32), adres, nieuw=True)
    sessie = find_sessie(kern.app, kern.instellingen.regels, sleutel)
    if sessie is None:
        return Bezoek(sleutel, adres)
    return Bezoek(sleutel, adres, sessie.account, list_rollen(kern.app, sessie.account.persoon))


def check_bezoek(verzoek: Request) -> None:
    """Let the visitor in or not; the visitor and the dossier's cover are kept with the request."""
    kern, route = load_kern(verzoek), str(verzoek.scope["route"].name)
    bezoek = verzoek.state.bezoek = find_bezoek(kern, verzoek)
    code = str(verzoek.path_params.get("code", ""))
    kop = verzoek.state.kop = _find_kop(kern, code)
    zichtbaar = kop is not None and (kop.demo or not bezoek.alleen_demo)
    toegang = decide_toegang(route, bezoek.rollen, kop.regio if kop and zichtbaar else None)
    if toegang is Toegang.EERST_INLOGGEN:
        raise EerstInloggen
    if bezoek.account and bezoek.account.moet_wijzigen and route not in ZONDER_EIGEN_WACHTWOORD:
        raise EerstWachtwoord
    if toegang is Toegang.TOEGESTAAN:
        return
    record_geweigerd(verzoek, Auditsoort.PAGINA_GEWEIGERD, route)
    if toegang is Toegang.BESTAAT_NIET:
        raise Geweigerd(f"Het dossier '{code}' bestaat niet.", 404)
    raise Geweigerd("U heeft geen rol waarmee u deze pagina mag openen.")


def _find_kop(kern: Kern, code: str) -> Dossierkop | None:
    try:
        return load_kop(kern.app.database, code) if code else None
    except OnbekendDossier:
        return None


def record_geweigerd(verzoek: Request, soort: Auditsoort, doel: str, reden: str = "") -> None:
    """Note what this visitor was refused."""
    record_bezoek(verzoek, soort, doel, reden)


def record_bezoek(verzoek: Request, soort: Auditsoort, doel: str, reden: str = "") -> None:
    """A line of the audit log about this visitor, and the dossier in the address."""
    kern, bezoek = load_kern(verzoek), load_bezoek(verzoek)
    kop: Dossierkop | None = getattr(verzoek.state, "kop", None)
    regel = Auditregel(
        kern.app.klok.nu(),
        soort,
        bezoek.persoon,
        bezoek.adres,
        regio=kop.regio if kop else "",
        dossier=str(verzoek.path_params.get("code", "")),
        doel=doel,
        reden=reden,
    )
    record_audit(kern.app.database, regel)


def record_inzage(verzoek: Request) -> None:
    """Note that this visitor got an answer that may hold prices or scores, before it is given."""
    route = verzoek.scope.get("route")
    recht = RECHTEN.get(getattr(route, "name", ""))
    if recht is None or recht.inzage is None:
        return
    _, _, rest = str(verzoek.scope["path"]).removeprefix("/dossiers/").partition("/")
    record_bezoek(verzoek, recht.inzage, rest)


async def check_formulier(verzoek: Request) -> AsyncGenerator[None]:
    """Read the form of a POST and refuse one without the visitor's token; sent files are closed afterwards."""
    verzoek.state.formulier = FormData()
    if verzoek.method in ("GET", "HEAD"):
        yield
        return
    check_omvang(verzoek)
    async with verzoek.form(max_files=1, max_fields=MAX_VELDEN, max_part_size=MAX_VELD_BYTES) as formulier:
        token = formulier.get(TOKENVELD)
        kern, bezoek = load_kern(verzoek), load_bezoek(verzoek)
        if not (isinstance(token, str) and kern.check_token(bezoek.sleutel, token)):
            doel = str(verzoek.scope["route"].name)
            await run_in_threadpool(record_geweigerd, verzoek, Auditsoort.FORMULIER_GEWEIGERD, doel)
            raise Geweigerd(VERLOPEN)
        verzoek.state.formulier = formulier
        yield


def check_omvang(verzoek: Request) -> None:
    """A form says how long it is, and is not too long."""
    lengte = verzoek.headers.get("content-length", "")
    if not (lengte.isdecimal() and len(lengte) < 15):
        raise Geweigerd("Dit verzoek zegt niet hoe groot het is.", 411)
    bestand = verzoek.headers.get("content-type", "").startswith("multipart/form-data")
    hoogst = MAX_BESTAND if bestand else MAX_FORMULIER
    if str(verzoek.scope["route"].name).startswith("loket"):
        hoogst = min(hoogst, MAX_LOKET)
    elif load_bezoek(verzoek).account is None:
        hoogst = MAX_VREEMD
    if int(lengte) > hoogst:
        raise Geweigerd("Dit formulier of bestand is te groot.", 413)


def load_formulier(verzoek: Request) -> FormData:
    """The checked form of this request."""
    formulier: FormData = verzoek.state.formulier
    return formulier


def load_kop_van(verzoek: Request) -> Dossierkop:
    """The cover of the dossier in the address; the guard has seen that it is there."""
    kop: Dossierkop = verzoek.state.kop
    return kop


Bezoeker = Annotated[Bezoek, Depends(load_bezoek)]
Pagina = Annotated[Kern, Depends(load_kern)]
Formulier = Annotated[FormData, Depends(load_formulier)]
Kop = Annotated[Dossierkop, Depends(load_kop_van)]
BEWAKING = (Depends(check_bezoek), Depends(check_formulier))
