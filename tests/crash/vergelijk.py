"""What a folder holds after a run, item by item, so that two runs can be compared: what is lost, what is too much.

Ids that the database hands out and everything random (links in mails, passwords) are left out.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from betrouwbaarheid import note

TABELLEN = ("dossier", "feit", "status", "toezegging", "document", "clausule", "envelop", "bericht")
WEGLATEN = {"id", "eigenaar", "sinds"}
Staat = Mapping[str, int]
"""How often each thing is there, by a text that says all of it."""


def load_staat(home: Path, bestand: str = "aanbesteding.db") -> Staat:
    """Every row of every table that belongs to a dossier, with how often it is there."""
    verbinding = sqlite3.connect(home / bestand)
    telling: Counter[str] = Counter()
    aanwezig = {rij[0] for rij in verbinding.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    for tabel in TABELLEN:
        if tabel not in aanwezig:
            continue
        kolommen = [k[1] for k in verbinding.execute(f"PRAGMA table_info({tabel})") if k[1] not in WEGLATEN]
        for rij in verbinding.execute(f"SELECT {', '.join(kolommen)} FROM {tabel}"):
            telling[f"{tabel} {rij!r}"] += 1
    verbinding.close()
    return telling


def load_bestanden(home: Path) -> Staat:
    """Every file of the documents, by its place and hash."""
    return {
        f"bestand {p.relative_to(home).as_posix()} {hashlib.sha256(p.read_bytes()).hexdigest()}": 1
        for p in sorted((home / "documenten").rglob("*"))
        if p.is_file()
    }


def count_verschil(goed: Staat, nu: Staat) -> tuple[int, int]:
    """How many things are lost, and how many are there that should not be."""
    verloren = sum(max(0, aantal - nu.get(wat, 0)) for wat, aantal in goed.items())
    dubbel = sum(max(0, aantal - goed.get(wat, 0)) for wat, aantal in nu.items())
    return verloren, dubbel


def show_verschil(goed: Staat, nu: Staat) -> str:
    """The first of what is lost or too much; empty when the two are the same."""
    regels = [f"weg: {wat[:300]}" for wat, n in goed.items() if n > nu.get(wat, 0)]
    regels += [f"te veel: {wat[:300]}" for wat, n in nu.items() if n > goed.get(wat, 0)]
    return "\n".join(regels[:20])


def note_verschil(rij: str, goed: Staat, nu: Staat, *, geprobeerd: int = 1) -> None:
    """Note for the page of measurements what this disturbance did."""
    verloren, dubbel = count_verschil(goed, nu)
    note("storing", rij, geprobeerd=geprobeerd, verloren=verloren, dubbel=dubbel)
