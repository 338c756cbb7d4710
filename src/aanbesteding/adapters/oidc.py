"""Logging in at the organisation itself: OpenID Connect, authorization code flow with PKCE, state and nonce.

The library checks the claims (authlib) and the signature (joserfc); here is which of them must hold. What comes out is
the name of an account and nothing else: roles stand in the mandate register, never in a token.

Must stay true: only asymmetric signatures by a key that the issuer publishes; issuer, audience, nonce and time are
checked at every token; nothing goes to an address without TLS, but to this machine.
Trap: a provider changes its keys at will, so a key that is not known is asked for once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from authlib.common.security import generate_token
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # pyright: ignore[reportUnknownVariableType]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from aanbesteding.adapters.mail import is_loopback
from aanbesteding.engine.ports import Inlogbegin, InlogdienstFout
from aanbesteding.errors import InvoerError

ALGORITMEN = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
ADRESSEN = ("authorization_endpoint", "token_endpoint", "jwks_uri")
GELDIG = timedelta(hours=1)
SPELING_SECONDEN = 60
ONBEREIKBAAR = "De inlogdienst van uw organisatie antwoordt niet goed. Probeer het later opnieuw."
NIET_GOED = "Het antwoord van de inlogdienst klopt niet. Begin opnieuw met inloggen."


@dataclass
class Inlogdienst:
    """The provider of the settings. `claim` is the claim that holds the name of the account."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    terug: str
    claim: str = "preferred_username"
    naam: str = "uw organisatie"
    wachttijd: float = 10.0
    _gegevens: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)
    _sleutels: KeySet | None = field(default=None, repr=False)
    _gehaald: datetime | None = None
    _slot: Lock = field(default_factory=Lock, repr=False)

    def check(self) -> None:
        """InvoerError with every fault of the settings."""
        fouten: list[str] = []
        for naam, adres in (("OIDC_ISSUER", self.issuer), ("WEB_ADRES", self.terug)):
            if not is_veilig(adres):
                fouten.append(f"AANBESTEDING_{naam}: '{adres}' is geen https-adres. Vul een https-adres in.")
        if not self.client_id or not self.client_secret:
            fouten.append("Vul AANBESTEDING_OIDC_CLIENT_ID en AANBESTEDING_OIDC_CLIENT_SECRET allebei in.")
        if not self.claim:
            fouten.append("AANBESTEDING_OIDC_CLAIM is leeg. Noem de claim met de accountnaam.")
        if fouten:
            raise InvoerError(fouten)

    def begin(self, nu: datetime) -> tuple[str, Inlogbegin]:
        """Where to send the visitor, and what must come back."""
        begin = Inlogbegin(generate_token(43), generate_token(43), generate_token(64), nu)
        vraag = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.terug,
            "scope": "openid profile email",
            "state": begin.state,
            "nonce": begin.nonce,
            "code_challenge": str(create_s256_code_challenge(begin.verifier)),  # pyright: ignore[reportUnknownArgumentType]
            "code_challenge_method": "S256",
        }
        adres = str(self._load(nu)["authorization_endpoint"])
        return f"{adres}{'&' if '?' in adres else '?'}{urlencode(vraag)}", begin

    def finish(self, begin: Inlogbegin, code: str, nu: datetime) -> str:
        """The name of the account that the provider vouches for; InlogdienstFout when anything is amiss."""
        gegevens = self._load(nu)
        vraag = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.terug,
            "code_verifier": begin.verifier,
        }
        antwoord = self._ask(
            "POST", str(gegevens["token_endpoint"]), data=vraag, auth=(self.client_id, self.client_secret)
        )
        token = antwoord.get("id_token")
        if not isinstance(token, str):
            raise InlogdienstFout(NIET_GOED, "geen id_token")
        claims = self._check(token, begin.nonce, nu)
        naam = claims.get(self.claim)
        if not isinstance(naam, str) or not naam.strip():
            raise InlogdienstFout(
                "De inlogdienst noemt geen accountnaam. Vraag de beheerder naar de instelling.",
                f"claim {self.claim} ontbreekt",
            )
        if self.claim == "email" and claims.get("email_verified") is not True:
            raise InlogdienstFout(
                "Uw e-mailadres is bij uw organisatie niet bevestigd.", "email niet bevestigd"
            )
        return naam.strip().lower()

    def find_uitloggen(self, nu: datetime) -> str:
        """Where the visitor logs out at the organisation too; empty when there is no such place."""
        adres = self._load(nu).get("end_session_endpoint")
        if not isinstance(adres, str) or not is_veilig(adres):
            return ""
        vraag = urlencode({"client_id": self.client_id})
        return f"{adres}{'&' if '?' in adres else '?'}{vraag}"

    def _check(self, token: str, nonce: str, nu: datetime) -> Mapping[str, Any]:
        """The claims of a token that is signed, meant for us, for this login, and valid now."""
        regels = jwt.JWTClaimsRegistry(
            now=int(nu.timestamp()),
            leeway=SPELING_SECONDEN,
            iss={"essential": True, "value": self._gegevens["issuer"]},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        try:
            gelezen = self._decode(token, nu)
            regels.validate(gelezen)
        except (JoseError, ValueError, TypeError, KeyError) as fout:
            raise InlogdienstFout(NIET_GOED, type(fout).__name__) from None
        aud = gelezen.get("aud")
        if isinstance(aud, list) and len(aud) > 1 and gelezen.get("azp") != self.client_id:  # pyright: ignore[reportUnknownArgumentType]
            raise InlogdienstFout(NIET_GOED, "azp")
        return gelezen

    def _decode(self, token: str, nu: datetime) -> dict[str, Any]:
        for poging in range(2):
            sleutels = self._sleutels
            assert sleutels is not None
            try:
                return dict(jwt.decode(token, sleutels, algorithms=list(ALGORITMEN)).claims)
            except (JoseError, ValueError):
                if poging:
                    raise
                self._fetch(nu)
        raise AssertionError

    def _load(self, nu: datetime) -> Mapping[str, Any]:
        """What the provider says of itself, at most an hour old."""
        with self._slot:
            if self._gehaald is None or nu - self._gehaald > GELDIG:
                self._fetch(nu)
            return self._gegevens

    def _fetch(self, nu: datetime) -> None:
        basis = self.issuer.rstrip("/")
        gegevens = self._ask("GET", f"{basis}/.well-known/openid-configuration")
        if str(gegevens.get("issuer", "")).rstrip("/") != basis:
            raise InlogdienstFout(ONBEREIKBAAR, "andere issuer")
        if not all(is_veilig(str(gegevens.get(adres, ""))) for adres in ADRESSEN):
            raise InlogdienstFout(ONBEREIKBAAR, "adres zonder https")
        try:
            sleutels = KeySet.import_key_set(self._ask("GET", str(gegevens["jwks_uri"])))  # pyright: ignore[reportArgumentType]
        except (JoseError, ValueError, KeyError, TypeError):
            raise InlogdienstFout(ONBEREIKBAAR, "sleutels onleesbaar") from None
        self._gegevens, self._sleutels, self._gehaald = gegevens, sleutels, nu

    def _ask(self, methode: str, adres: str, **velden: Any) -> dict[str, Any]:
        try:
            antwoord = httpx.request(methode, adres, timeout=self.wachttijd, follow_redirects=False, **velden)
            antwoord.raise_for_status()
            gelezen = antwoord.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fout:
            raise InlogdienstFout(ONBEREIKBAAR, type(fout).__name__) from None
        if not isinstance(gelezen, dict):
            raise InlogdienstFout(ONBEREIKBAAR, "geen object")
        return dict[str, Any](gelezen)  # pyright: ignore[reportUnknownArgumentType]


def is_veilig(adres: str) -> bool:
    """Does what goes there stay unread: https, or this very machine?"""
    try:
        deel = urlsplit(adres)
    except ValueError:
        return False
    return bool(deel.hostname) and (
        deel.scheme == "https" or (deel.scheme == "http" and is_loopback(deel.hostname or ""))
    )
