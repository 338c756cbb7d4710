"""What a user reads when the disk is full or the database goes away in the middle of something.

Trap: after a COMMIT that failed SQLAlchemy does not roll back; a connection kept in the pool would commit the lost work
with the next thing that is recorded. So it is closed.
Must stay true: nobody is told that nothing was recorded when that is not sure; a fault of our own (a wrong statement)
stays what it is.
"""

from __future__ import annotations

import errno
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

from aanbesteding.errors import BestandNietBewaard, OpslagWeg

VOL = frozenset({errno.ENOSPC, errno.EDQUOT})
_SQLITE_WEG = ("disk i/o error", "unable to open database file", "readonly database", "database is locked")
_SQLITE_VOL = "database or disk is full"
NA_TE_GAAN = (
    "Kijk in het dossier of dit is vastgelegd en doe het anders opnieuw: iets wordt nooit half vastgelegd, en wie "
    "opnieuw begint, gaat verder waar het programma was."
)


def watch_storing(engine: Engine) -> None:
    """Turn a lost database into a sentence that a user may read."""
    event.listen(engine, "handle_error", _tell)


def _tell(context: ExceptionContext) -> OpslagWeg | None:
    if (
        context.connection is None
        or context.is_pre_ping
        or not isinstance(context.sqlalchemy_exception, DBAPIError)
    ):
        return None
    tekst = str(context.original_exception).lower()
    vol = _SQLITE_VOL in tekst
    if not (vol or context.is_disconnect or any(deel in tekst for deel in _SQLITE_WEG)):
        return None
    context.is_disconnect = True
    wat = (
        "De schijf van de database is vol. Maak ruimte." if vol else "De verbinding met de database viel weg."
    )
    return OpslagWeg(f"{wat} {NA_TE_GAAN}")


def tell_bestand(pad: Any, fout: OSError) -> BestandNietBewaard:
    """Why a file could not be kept, with what to do."""
    reden = "de schijf is vol" if fout.errno in VOL else (fout.strerror or str(fout))
    raad = "Maak ruimte" if fout.errno in VOL else "Herstel dit"
    return BestandNietBewaard(
        f"Het bestand {pad} kan niet worden bewaard: {reden}. {raad} en doe het opnieuw; wat er al is, blijft zoals "
        "het is."
    )
