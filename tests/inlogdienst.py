"""An invented provider of OpenID Connect on this machine: discovery, keys, and tokens that can be wrong in any way."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, GEHEIM = "aanbesteding", "verzonnen-geheim"


def make_sleutel(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, parameters={"kid": kid, "use": "sig", "alg": "RS256"})


@dataclass
class Dienst:
    """The provider. `change` alters the claims of the next tokens; `sign` makes the token of claims."""

    adres: str = ""
    sleutel: RSAKey = field(default_factory=lambda: make_sleutel("een"))
    change: Callable[[dict[str, Any]], Any] = lambda claims: None
    sign: Callable[[Dienst, dict[str, Any]], str] | None = None
    nu: Callable[[], float] = time.time
    gegevens: dict[str, Any] = field(default_factory=dict[str, Any])
    codes: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    verzoeken: list[str] = field(default_factory=list[str])

    def approve(self, adres: str, naam: str) -> dict[str, str]:
        """What the person's browser brings back after logging in at this address as this name."""
        vraag = {k: v[0] for k, v in parse_qs(urlsplit(adres).query).items()}
        assert vraag["response_type"] == "code"
        assert vraag["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = vraag | {"naam": naam}
        return {"code": code, "state": vraag["state"]}

    def make_token(self, vraag: dict[str, str]) -> str:
        nu = int(self.nu())
        claims: dict[str, Any] = {
            "iss": self.adres, "aud": CLIENT, "sub": "sub-1", "iat": nu, "exp": nu + 300,
            "nonce": vraag["nonce"], "preferred_username": vraag["naam"],
        }  # fmt: skip
        self.change(claims)
        if self.sign is not None:
            return self.sign(self, claims)
        return jwt.encode({"alg": "RS256", "kid": self.sleutel.kid}, claims, self.sleutel)

    def answer(self, pad: str, velden: dict[str, str], auth: str) -> tuple[int, Any]:
        self.verzoeken.append(pad)
        if pad.endswith("/.well-known/openid-configuration"):
            return 200, {
                "issuer": self.adres,
                "authorization_endpoint": f"{self.adres}/inloggen",
                "token_endpoint": f"{self.adres}/token",
                "jwks_uri": f"{self.adres}/sleutels",
                "end_session_endpoint": f"{self.adres}/uitloggen",
            } | self.gegevens
        if pad == "/sleutels":
            return 200, {"keys": [self.sleutel.as_dict(private=False)]}
        if pad != "/token":
            return 404, {}
        vraag = self.codes.pop(velden.get("code", ""), None)
        goed = "Basic " + base64.b64encode(f"{CLIENT}:{GEHEIM}".encode()).decode()
        bewijs = base64.urlsafe_b64encode(sha256(velden.get("code_verifier", "").encode()).digest()).rstrip(
            b"="
        )
        if vraag is None or auth != goed or bewijs.decode() != vraag["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"token_type": "Bearer", "access_token": "x", "id_token": self.make_token(vraag)}


def sign_none(dienst: Dienst, claims: dict[str, Any]) -> str:
    """A token without a signature."""
    delen = [{"alg": "none", "typ": "JWT"}, claims]
    return ".".join(
        [*(base64.urlsafe_b64encode(json.dumps(d).encode()).rstrip(b"=").decode() for d in delen), ""]
    )


def sign_vreemd(dienst: Dienst, claims: dict[str, Any]) -> str:
    """A token signed by a key that the provider does not publish."""
    return jwt.encode({"alg": "RS256", "kid": dienst.sleutel.kid}, claims, make_sleutel("een"))


def sign_symmetrisch(dienst: Dienst, claims: dict[str, Any]) -> str:
    """The public key used as a shared secret."""
    sleutel = OctKey.import_key(dienst.sleutel.as_pem(private=False))
    return jwt.encode({"alg": "HS256", "kid": dienst.sleutel.kid}, claims, sleutel, algorithms=["HS256"])


@contextmanager
def run_dienst() -> Generator[Dienst]:
    """The provider, listening on this machine."""
    dienst = Dienst()

    class Antwoord(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send()

        def do_POST(self) -> None:
            self.send()

        def send(self) -> None:
            lengte = int(self.headers.get("content-length", 0))
            velden = {k: v[0] for k, v in parse_qs(self.rfile.read(lengte).decode()).items()}
            status, inhoud = dienst.answer(
                urlsplit(self.path).path, velden, self.headers.get("authorization", "")
            )
            tekst = json.dumps(inhoud).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(tekst)))
            self.end_headers()
            self.wfile.write(tekst)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Antwoord)
    dienst.adres = f"http://127.0.0.1:{server.server_address[1]}"
    draad = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    draad.start()
    try:
        yield dienst
    finally:
        server.shutdown()
        server.server_close()
        draad.join()
