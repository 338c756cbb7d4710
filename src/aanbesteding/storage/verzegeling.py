"""Sealing: content that two of the appointed openers can read together, and nobody else; the one file that uses PyNaCl.

Content is encrypted with a fresh key (XChaCha20-Poly1305, bound to its place). That key is wrapped once for every pair
of openers: a sealed box for the one inside a sealed box for the other. So any two open, one alone sees nothing, and
with three openers one may lose the key. The private key of an opener is encrypted under a passphrase (Argon2id).

Source: PyNaCl (libsodium), `SealedBox`, `Aead`, `pwhash.argon2id`. No cryptography of our own: only nesting.
Must stay true: nothing here writes or logs a key, a passphrase or content; a wrong passphrase and a changed byte give
NietTeOpenen, never content; a seed is for demos only, whose keys are known to everybody.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from threading import Lock

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import Aead, SecretBox
from nacl.utils import random

_EEN_TEGELIJK = Lock()
"""A passphrase costs 256 MB: however many people type one, a process spends that once at a time."""


class NietTeOpenen(Exception):
    """The passphrase is wrong, or a byte was changed."""


@dataclass(frozen=True)
class Slot:
    """The key pair of an opener as it is stored: the private half only under its passphrase."""

    publiek: str
    prive: str

    @property
    def vingerafdruk(self) -> str:
        """What names this key."""
        return fingerprint(self.publiek)


def fingerprint(publiek: str) -> str:
    """What names a key: the first 16 hex digits of the hash of its public half."""
    return hashlib.sha256(base64.b64decode(publiek)).hexdigest()[:16]


@dataclass(frozen=True)
class Bosdeel:
    """The key of some content, wrapped for two openers (by fingerprint)."""

    een: str
    twee: str
    inhoud: str


@dataclass(frozen=True)
class Verzegeld:
    """Sealed content by its key, with the wrapped keys."""

    inhoud: Mapping[str, str]
    bos: tuple[Bosdeel, ...]


def make_slot(wachtzin: str, zaad: bytes = b"") -> Slot:
    """A new key pair under this passphrase; `zaad` (32 bytes) makes it the same every time, for demos only.

    A demo's passphrase is known to everybody, so its private key is not slowed down.
    """
    return _lock(PrivateKey.from_seed(zaad) if zaad else PrivateKey.generate(), wachtzin, licht=bool(zaad))


def rewrap_slot(prive: bytes, wachtzin: str) -> Slot:
    """The key pair of this private key, under another passphrase."""
    return _lock(PrivateKey(prive), wachtzin)


def _lock(prive: PrivateKey, wachtzin: str, *, licht: bool = False) -> Slot:
    ops = argon2id.OPSLIMIT_MIN if licht else argon2id.OPSLIMIT_MODERATE
    mem = argon2id.MEMLIMIT_MIN if licht else argon2id.MEMLIMIT_MODERATE
    zout = random(argon2id.SALTBYTES)
    doos = SecretBox(_stretch(wachtzin, zout, ops, mem)).encrypt(bytes(prive))
    return Slot(
        _encode(bytes(prive.public_key)),
        json.dumps({"zout": _encode(zout), "ops": ops, "mem": mem, "doos": _encode(bytes(doos))}),
    )


def open_slot(slot: Slot, wachtzin: str) -> bytes:
    """The private key; NietTeOpenen when the passphrase is wrong."""
    deel = json.loads(slot.prive)
    try:
        sleutel = _stretch(wachtzin, base64.b64decode(deel["zout"]), int(deel["ops"]), int(deel["mem"]))
        return SecretBox(sleutel).decrypt(base64.b64decode(deel["doos"]))
    except CryptoError as fout:
        raise NietTeOpenen from fout


def seal(inhoud: Mapping[str, bytes], plaats: str, publiek: Sequence[str], *, zaad: bytes = b"") -> Verzegeld:
    """Encrypt each piece under one fresh key that the holders of any two of these public keys can unwrap.

    `plaats` names where it belongs (dossier, kind): content that is moved elsewhere does not open. `zaad` makes the
    encrypted pieces the same every time, for demos only.
    """
    sleutel = _derive(zaad, plaats, Aead.KEY_SIZE) if zaad else random(Aead.KEY_SIZE)
    kist = Aead(sleutel)
    return Verzegeld(
        {
            k: _encode(
                bytes(kist.encrypt(v, _bind(plaats, k), _derive(zaad, k, Aead.NONCE_SIZE) if zaad else None))
            )
            for k, v in inhoud.items()
        },
        tuple(
            Bosdeel(fingerprint(een), fingerprint(twee), _encode(_seal_for(_seal_for(sleutel, twee), een)))
            for een, twee in combinations(publiek, 2)
        ),
    )


@dataclass(frozen=True)
class Kist:
    """An unwrapped key: it reads one piece at a time, so that what need not be read stays closed."""

    _kist: Aead

    def open(self, plaats: str, sleutel: str, inhoud: str) -> bytes:
        """The content of one piece; NietTeOpenen when a byte was changed or it was moved."""
        try:
            return self._kist.decrypt(base64.b64decode(inhoud, validate=True), _bind(plaats, sleutel))
        except (CryptoError, ValueError) as fout:
            raise NietTeOpenen from fout


def unwrap(bos: Iterable[Bosdeel], sleutels: Mapping[str, bytes]) -> Kist:
    """The key of some content, for whoever has the private keys (by fingerprint) of two of its openers."""
    deel = next((d for d in bos if d.een in sleutels and d.twee in sleutels), None)
    if deel is None:
        raise NietTeOpenen
    try:
        buiten = base64.b64decode(deel.inhoud, validate=True)
        binnen = SealedBox(PrivateKey(sleutels[deel.een])).decrypt(buiten)
        return Kist(Aead(SealedBox(PrivateKey(sleutels[deel.twee])).decrypt(binnen)))
    except (CryptoError, ValueError) as fout:
        raise NietTeOpenen from fout


def hash_verzegeld(inhoud: str) -> str:
    """What a fact says of a sealed piece: the hash of the text that it is stored as."""
    return hashlib.sha256(inhoud.encode(errors="surrogatepass")).hexdigest()


def _seal_for(inhoud: bytes, publiek: str) -> bytes:
    return SealedBox(PublicKey(base64.b64decode(publiek))).encrypt(inhoud)


def _derive(zaad: bytes, naam: str, lengte: int) -> bytes:
    return hashlib.sha256(zaad + naam.encode()).digest()[:lengte]


def _bind(plaats: str, sleutel: str) -> bytes:
    return json.dumps([plaats, sleutel], ensure_ascii=False).encode()


def _stretch(wachtzin: str, zout: bytes, ops: int, mem: int) -> bytes:
    with _EEN_TEGELIJK:
        return argon2id.kdf(
            SecretBox.KEY_SIZE, wachtzin.encode(errors="replace"), zout, opslimit=ops, memlimit=mem
        )


def _encode(inhoud: bytes) -> str:
    return base64.b64encode(inhoud).decode()
