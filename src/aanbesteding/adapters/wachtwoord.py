"""Passwords: hashed with Argon2id, compared in the same time whether the account exists or not.

Must stay true: a password is never logged or stored; `check` costs one hash for a stranger as well.
"""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody mistakes for one another."""


class Wachtwoorden:
    """Hashes passwords; the cost is that of argon2-cffi unless a test asks for less."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._vreemde = self._hasher.hash(secrets.token_urlsafe(32))

    def hash(self, wachtwoord: str) -> str:
        """The hash to store."""
        return self._hasher.hash(wachtwoord)

    def check(self, bewaard: str | None, wachtwoord: str) -> bool:
        """Does the password fit? Without a stored hash the answer is no, after just as much work."""
        try:
            self._hasher.verify(bewaard or self._vreemde, wachtwoord)
        except (VerificationError, InvalidHashError):
            return False
        return bewaard is not None

    def is_verouderd(self, bewaard: str) -> bool:
        """Was this hash made with another cost than that of now?"""
        return self._hasher.check_needs_rehash(bewaard)


def make_wachtwoord() -> str:
    """A random password that can be read aloud: five groups of four (about 99 bits)."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(5))
