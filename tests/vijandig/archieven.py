"""An archive of an invented dossier, broken with and without sums that are right again: sums are no secret."""

from __future__ import annotations

import hashlib
import random
import zipfile
from pathlib import Path

from aanbesteding.engine.archief import save_archief
from aanbesteding.engine.archiefcontrole import LEEG, SOMMEN
from aanbesteding.engine.perform import perform
from fakes import make_app, make_procedure, save_dossier
from vijandig.breken import break_bytes, break_leden, read_leden, save_leden


def make_archief(map_: Path) -> list[bytes]:
    """One whole archive."""
    app = make_app(map_ / "app", make_procedure())
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    pad = map_ / "goed.zip"
    save_archief(app, "PROEF", pad)
    return [pad.read_bytes()]


def break_archief(inhoud: bytes, kans: random.Random) -> bytes:
    """An archive with something wrong in it, mostly with sums and seal that fit what is wrong."""
    if kans.random() < 0.2:
        return break_bytes(inhoud, kans)
    leden = read_leden(inhoud)
    del leden[SOMMEN]
    leden = break_leden(leden, kans)
    leden[SOMMEN] = sum_leden(leden)
    return seal(leden)


def sum_leden(leden: dict[str, bytes]) -> bytes:
    """The sums that fit these members."""
    regels = (f"{hashlib.sha256(deel).hexdigest()}  {naam}\n" for naam, deel in leden.items())
    return "".join(regels).encode("utf-8", "replace")


def seal(leden: dict[str, bytes]) -> bytes:
    """A zip of these members with the hash of its bytes at the end, as an archive has."""
    ruw = save_leden(leden, zipfile.ZIP_STORED, LEEG)
    lichaam = ruw[: -len(LEEG)]
    return lichaam + hashlib.sha256(lichaam).hexdigest().encode()
