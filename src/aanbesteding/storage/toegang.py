"""Accounts and sessions: who may log in, and which browsers are logged in now.

Not here: passwords are hashed and compared by adapters.wachtwoord; roles stand in the region's mandates.
Must stay true: blocking an account or changing its password ends every session of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, update
from sqlmodel import Session, col, select

from aanbesteding.errors import InvoerError
from aanbesteding.storage.tables_toegang import AccountRow, SessieRow


@dataclass(frozen=True)
class Account:
    """A person who may log in."""

    persoon: str
    naam: str
    wachtwoord: str
    geblokkeerd: bool
    moet_wijzigen: bool
    demo: bool
    laatst_ingelogd: str


@dataclass(frozen=True)
class Sessie:
    """A logged-in browser: since when, and when it was last seen."""

    account: Account
    begonnen: datetime
    gezien: datetime


def load_account(engine: Engine, persoon: str) -> Account | None:
    """The account of this person, or None."""
    with Session(engine) as sessie:
        rij = sessie.get(AccountRow, persoon)
        return None if rij is None else _build_account(rij)


def list_accounts(engine: Engine) -> tuple[Account, ...]:
    """Every account, by name of the person."""
    with Session(engine) as sessie:
        rijen = sessie.exec(select(AccountRow).order_by(col(AccountRow.persoon))).all()
        return tuple(_build_account(rij) for rij in rijen)


def save_nieuw_account(
    engine: Engine,
    persoon: str,
    naam: str,
    wachtwoord: str,
    moment: datetime,
    *,
    moet_wijzigen: bool,
    demo: bool = False,
) -> None:
    """Store a new account with the hash of its password; InvoerError when it exists."""
    with Session(engine) as sessie:
        if sessie.get(AccountRow, persoon) is not None:
            raise InvoerError([f"Het account '{persoon}' bestaat al. Kies een andere gebruikersnaam."])
        sessie.add(
            AccountRow(
                persoon=persoon,
                naam=naam,
                wachtwoord=wachtwoord,
                moet_wijzigen=moet_wijzigen,
                demo=demo,
                aangemaakt=moment.isoformat(),
            )
        )
        sessie.commit()


def save_wachtwoord(
    engine: Engine, persoon: str, wachtwoord: str, *, moet_wijzigen: bool, sessies_einde: bool = True
) -> None:
    """Replace the hash of a password; a new password ends every session, a mere rehash does not."""
    with Session(engine) as sessie:
        _change(sessie, persoon, wachtwoord=wachtwoord, moet_wijzigen=moet_wijzigen)
        if sessies_einde:
            sessie.connection().execute(delete(SessieRow).where(col(SessieRow.persoon) == persoon))
        sessie.commit()


def save_blokkade(engine: Engine, persoon: str, *, geblokkeerd: bool) -> None:
    """Block an account, or give it back; InvoerError when there is none."""
    with Session(engine) as sessie:
        _change(sessie, persoon, geblokkeerd=geblokkeerd)
        sessie.connection().execute(delete(SessieRow).where(col(SessieRow.persoon) == persoon))
        sessie.commit()


def _change(sessie: Session, persoon: str, **waarden: object) -> None:
    treffer = sessie.connection().execute(
        update(AccountRow).where(col(AccountRow.persoon) == persoon).values(**waarden)
    )
    if treffer.rowcount != 1:
        raise InvoerError([f"Het account '{persoon}' bestaat niet. Zie 'aanbesteding gebruiker lijst'."])


def save_sessie(engine: Engine, sleutel_hash: str, persoon: str, moment: datetime) -> None:
    """A person logged in."""
    with Session(engine) as sessie:
        _change(sessie, persoon, laatst_ingelogd=moment.isoformat())
        sessie.add(
            SessieRow(
                sleutel_hash=sleutel_hash,
                persoon=persoon,
                begonnen=moment.isoformat(),
                gezien=moment.isoformat(),
            )
        )
        sessie.commit()


def load_sessie(engine: Engine, sleutel_hash: str) -> Sessie | None:
    """The session with this hash and its account; None when there is none."""
    with Session(engine) as sessie:
        rij = sessie.get(SessieRow, sleutel_hash)
        account = None if rij is None else sessie.get(AccountRow, rij.persoon)
        if rij is None or account is None:
            return None
        return Sessie(
            _build_account(account), datetime.fromisoformat(rij.begonnen), datetime.fromisoformat(rij.gezien)
        )


def record_gezien(engine: Engine, sleutel_hash: str, moment: datetime) -> None:
    """The session is in use."""
    with Session(engine) as sessie:
        sessie.connection().execute(
            update(SessieRow)
            .where(col(SessieRow.sleutel_hash) == sleutel_hash)
            .values(gezien=moment.isoformat())
        )
        sessie.commit()


def remove_sessie(engine: Engine, sleutel_hash: str) -> None:
    """The person logged out, or the session is too old."""
    with Session(engine) as sessie:
        sessie.connection().execute(delete(SessieRow).where(col(SessieRow.sleutel_hash) == sleutel_hash))
        sessie.commit()


def _build_account(rij: AccountRow) -> Account:
    return Account(
        rij.persoon,
        rij.naam,
        rij.wachtwoord,
        rij.geblokkeerd,
        rij.moet_wijzigen,
        rij.demo,
        rij.laatst_ingelogd,
    )
