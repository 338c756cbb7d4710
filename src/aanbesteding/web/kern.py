"""What every route works with: the engine's app, the web's own settings, the templates and the visitor.

Must stay true: a page is made by `Kern.render` alone, so that every form has its token and everything is escaped.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from itsdangerous import BadSignature, Signer
from jinja2 import Environment, PackageLoader, StrictUndefined

from aanbesteding.adapters.prefect_runs import Flowrun
from aanbesteding.documents.filters import datum, datumtijd, euro, getal
from aanbesteding.documents.varianten import strip_nummers
from aanbesteding.domain.dossier import show_status
from aanbesteding.domain.rol import Rol
from aanbesteding.engine.accounts import Dader, Wachtwoordkluis
from aanbesteding.engine.app import App
from aanbesteding.engine.loket import Loketregels
from aanbesteding.engine.ports import Inlogpoort
from aanbesteding.engine.toegang import Toegangsregels
from aanbesteding.storage.toegang import Account
from aanbesteding.web.rechten import Toegang, decide_toegang
from aanbesteding.web.taal import merge_redenen, show_code, show_getal, show_seconden, show_waarde

KOEKJE = "aanbesteding_sessie"
NAVIGATIE = (
    ("start", "/", "Dossiers"),
    ("beoordeling", "/beoordeling", "Beoordeling"),
    ("sleutel", "/sleutel", "Mijn sleutel"),
    ("accounts", "/accounts", "Accounts"),
    ("auditlog", "/auditlog", "Auditlogboek"),
)


class Fasestarter(Protocol):
    """Starts the flow of a stage and tells how far it is; AanbestedingError when Prefect does not answer."""

    def start(self, fase: str, dossier: str, persoon: str, *, alleen: bool = False) -> Flowrun:
        """Start the flow of this stage as this person; with `alleen` the run of whoever was first, if there is one."""
        ...

    def load(self, id_: str) -> Flowrun:
        """How far a run is."""
        ...


@dataclass(frozen=True)
class Webinstellingen:
    """Settings of the pages. `geheim` signs cookies and tokens; `https`: cookies go over https only."""

    geheim: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    https: bool = False
    regels: Toegangsregels = field(default_factory=Toegangsregels)
    loket: Loketregels = field(default_factory=Loketregels)


@dataclass(frozen=True)
class Bezoek:
    """The visitor of this request. Without `account` somebody who is not logged in; `sleutel` is the cookie's."""

    sleutel: str
    adres: str
    account: Account | None = None
    rollen: Mapping[str, frozenset[Rol]] | None = None
    nieuw: bool = False

    @property
    def persoon(self) -> str:
        """The name under which the visitor acts; empty for a stranger."""
        return self.account.persoon if self.account else ""

    @property
    def alleen_demo(self) -> bool:
        """This account was made by the demo and sees nothing else."""
        return self.account is not None and self.account.demo

    @property
    def dader(self) -> Dader:
        """The visitor as the one who changes an account."""
        return Dader(self.persoon, self.adres)


@dataclass(frozen=True)
class Kern:
    """The pages as one value."""

    app: App
    instellingen: Webinstellingen
    kluis: Wachtwoordkluis
    starter: Fasestarter | None
    dienst: Inlogpoort | None = None

    @cached_property
    def omgeving(self) -> Environment:
        """The templates."""
        omgeving = Environment(
            loader=PackageLoader("aanbesteding.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        filters: dict[str, Any] = {
            "datum": datum,
            "datumtijd": datumtijd,
            "code": show_code,
            "status": show_status,
            "seconden": show_seconden,
            "getal": show_getal,
            "samen": merge_redenen,
            "waarde": show_waarde,
            "punten": getal,
            "bedrag": euro,
            "pad": strip_nummers,
        }
        omgeving.filters.update(filters)
        return omgeving

    @cached_property
    def koekje(self) -> str:
        """Name of the cookie; behind https the browser itself guards where it goes."""
        return f"__Host-{KOEKJE}" if self.instellingen.https else KOEKJE

    def sign(self, sleutel: str) -> str:
        """The value of the cookie that holds this key."""
        return self._signer.sign(sleutel).decode()

    def unsign(self, waarde: str) -> str | None:
        """The key in a cookie; None when it was not signed here."""
        try:
            return self._signer.unsign(waarde).decode()
        except (BadSignature, UnicodeError):
            return None

    @cached_property
    def _signer(self) -> Signer:
        return Signer(
            self.instellingen.geheim,
            salt=b"aanbesteding.sessie",
            digest_method=hashlib.sha256,
            key_derivation="hmac",
        )

    def load_apparaat(self, verzoek: Request) -> str:
        """The key of the visitor's browser; a fresh one when it has none. It opens nothing by itself."""
        bekend = self.unsign(verzoek.cookies.get(f"{self.koekje}_browser", ""))
        return bekend or secrets.token_urlsafe(32)

    def set_apparaat(self, antwoord: Response, apparaat: str) -> Response:
        """Let the browser remember that somebody logged in with it."""
        leeftijd = int(self.instellingen.regels.bekend.total_seconds())
        naam = f"{self.koekje}_browser"
        antwoord.set_cookie(naam, self.sign(apparaat), max_age=leeftijd, **self.koekje_koppen)
        return antwoord

    def set_koekje(self, antwoord: Response, sleutel: str) -> Response:
        """Give the visitor's browser this key."""
        antwoord.set_cookie(self.koekje, self.sign(sleutel), **self.koekje_koppen)
        return antwoord

    @property
    def koekje_koppen(self) -> dict[str, Any]:
        """How the cookie is guarded: not for scripts, not from other sites, over https alone when there is https."""
        return {"httponly": True, "samesite": "lax", "secure": self.instellingen.https, "path": "/"}

    def make_token(self, sleutel: str) -> str:
        """The token that every form of this visitor carries."""
        return hmac.new(
            self.instellingen.geheim, b"formulier:" + sleutel.encode(), hashlib.sha256
        ).hexdigest()

    def check_token(self, sleutel: str, token: str) -> bool:
        """Was this form made for this visitor?"""
        return hmac.compare_digest(self.make_token(sleutel).encode(), token.encode(errors="replace"))

    def render(self, verzoek: Request, naam: str, status: int = 200, **waarden: Any) -> HTMLResponse:
        """A page for the visitor of this request."""
        bezoek = load_bezoek(verzoek)
        algemeen = {
            "bezoek": bezoek,
            "dienst": self.dienst,
            "uitgelogd": "",
            "token": self.make_token(bezoek.sleutel),
            "navigatie": [
                (adres, label)
                for route, adres, label in NAVIGATIE
                if decide_toegang(route, bezoek.rollen) is Toegang.TOEGESTAAN
            ],
        }
        return HTMLResponse(self.omgeving.get_template(naam).render(algemeen | waarden), status)


def load_kern(verzoek: Request) -> Kern:
    """The pages that this request belongs to."""
    kern: Kern = verzoek.app.state.kern
    return kern


def load_bezoek(verzoek: Request) -> Bezoek:
    """The visitor of this request; a stranger when nobody looked yet."""
    bezoek: Bezoek | None = getattr(verzoek.state, "bezoek", None)
    return bezoek or Bezoek("", find_adres(verzoek))


def find_adres(verzoek: Request) -> str:
    """The address from which the visitor comes."""
    return verzoek.client.host if verzoek.client else ""


def is_open(verzoek: Request, route: str, regio: str) -> bool:
    """May this visitor open this route of a dossier of this region? For links on a page."""
    return decide_toegang(route, load_bezoek(verzoek).rollen, regio) is Toegang.TOEGESTAAN
