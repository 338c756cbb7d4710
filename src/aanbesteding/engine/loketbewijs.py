"""Evidence of an application at the counter: judged, and stored under its hash.

Must stay true: evidence is on disk before a fact names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from aanbesteding.domain.bewijsstuk import Bewijsstuk, make_bewijspad
from aanbesteding.engine.app import App
from aanbesteding.engine.bewijsvorm import check_bewijs
from aanbesteding.engine.loket import Loket
from aanbesteding.errors import InvoerError

MAX_STUK = 10_000_000
MAX_STUKKEN = 40
MAX_SAMEN = 100_000_000


@dataclass(frozen=True)
class Bewijsbestand:
    """A file as it came in."""

    perceel: str
    eis: str
    naam: str
    inhoud: bytes
    datum: date | None


def save_bewijs(
    app: App, loket: Loket, stukken: tuple[Bewijsstuk, ...], nieuw: Bewijsbestand
) -> tuple[Bewijsstuk, ...]:
    """Store a file under its hash and add it; InvoerError with every fault."""
    fouten: list[str] = []
    if nieuw.datum is None:
        fouten.append("Vul de datum in die op het bewijsstuk staat.")
    elif nieuw.datum > loket.nu.date():
        fouten.append("De datum van het bewijsstuk ligt in de toekomst.")
    if len(stukken) >= MAX_STUKKEN:
        fouten.append(f"Er zitten al {MAX_STUKKEN} bestanden bij de aanvraag. Haal er eerst een weg.")
    if len(nieuw.inhoud) > MAX_STUK or sum(b.omvang for b in stukken) + len(nieuw.inhoud) > MAX_SAMEN:
        fouten.append(
            f"Het bestand is te groot: hooguit {MAX_STUK // 1_000_000} MB per bestand en "
            f"{MAX_SAMEN // 1_000_000} MB samen."
        )
    vorm, fout = check_bewijs(nieuw.naam, nieuw.inhoud)
    if fout:
        fouten.append(fout)
    if fouten or vorm is None or nieuw.datum is None:
        raise InvoerError(fouten)
    hash_ = sha256(nieuw.inhoud).hexdigest()
    stuk = Bewijsstuk(
        perceel=nieuw.perceel,
        eis=nieuw.eis,
        naam=nieuw.naam,
        vorm=vorm,
        omvang=len(nieuw.inhoud),
        sha256=hash_,
        datum=nieuw.datum,
    )
    app.bestanden.save(loket.dossier.code, make_bewijspad(hash_, vorm), nieuw.inhoud)
    ander = tuple(b for b in stukken if (b.perceel, b.eis, b.sha256) != (stuk.perceel, stuk.eis, hash_))
    return (*ander, stuk)
