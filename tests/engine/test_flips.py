"""Every flip is found: each column of each row of evidence, each row missing or swapped, bytes of files and archives.

What is tried here is counted for docs/betrouwbaarheid.md. Flips are made by somebody who owns the database (the
triggers that refuse a change are dropped first), or who makes the whole archive anew with sums that fit.
"""

from __future__ import annotations

import json
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from aanbesteding.engine import archief, archiefcontrole
from aanbesteding.engine.app import App
from betrouwbaarheid import note
from engine.logvulling import change_rijen, fill, soorten
from fakes import make_app, save_dossier

pytestmark = [pytest.mark.betrouwbaarheid, pytest.mark.sqlite]
LANG = bool(os.environ.get("AANBESTEDING_LANG"))


@pytest.fixture(scope="module")
def bron(tmp_path_factory: pytest.TempPathFactory) -> App:
    app = make_app(tmp_path_factory.mktemp("flips"))
    save_dossier(app)
    return fill(app)


@pytest.fixture(scope="module")
def geschreven(bron: App, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pad = archief.save_archief(bron, "PROEF", tmp_path_factory.mktemp("archief") / "bron.zip").pad
    assert archiefcontrole.main([str(pad)]) == 0
    return pad


GEEN_BEWIJS = {
    ("toezegging", "fout"): "what went wrong at the last try",
    ("toezegging", "id"): "only a number of the database",
    ("feit", "id"): "only a number of the database",
    ("auditregel", "id"): "only a number of the database",
    ("berichtregel", "id"): "only a number of the database; another order breaks the chain",
    ("document", "id"): "only a number of the database",
    ("sjabloon", "naam"): "a template is known by its hash; the name is a help for people",
}
"""Columns whose value nobody needs to trust, with the reason."""

TABELLEN = (
    "dossier", "feit", "status", "toezegging", "document", "sjabloon", "bericht", "berichtregel", "auditregel",
    "ketenkop",
)  # fmt: skip
SLEUTELS = {"dossier": "code", "status": "onderwerp", "sjabloon": "sha256", "ketenkop": "keten"}


def list_flips(verbinding: Connection) -> Iterator[tuple[str, object, str, Any]]:
    """Every column of every row of evidence of this dossier: table, key, column, and another value."""
    for tabel in TABELLEN:
        sleutel = SLEUTELS.get(tabel, "id")
        waar = {
            "dossier": "1 = 1", "ketenkop": "keten = 'PROEF'", "auditregel": "keten = 'PROEF'",
            "sjabloon": "1 = 1", "berichtregel": "1 = 1",
        }.get(tabel, "dossier = 'PROEF'")  # fmt: skip
        for rij in verbinding.execute(text(f"SELECT * FROM {tabel} WHERE {waar}")).mappings().all():
            for kolom, oud in rij.items():
                if (tabel, kolom) in GEEN_BEWIJS or (tabel, kolom) == ("dossier", "code"):
                    continue
                yield tabel, rij[sleutel], kolom, change(kolom, oud)


def change(kolom: str, oud: Any) -> Any:
    if kolom in ("demo", "afgehandeld"):
        return not oud
    if kolom == "peildatum":
        return "2031-01-01"
    if isinstance(oud, bytes):
        return bytes([oud[0] ^ 1]) + oud[1:]
    return oud + 1000 if isinstance(oud, int) else f"{oud or ''}x"


def test_every_changed_column_of_every_row_of_evidence_is_found(bron: App):
    with bron.database.connect() as verbinding:
        flips = list(list_flips(verbinding))
    gemist: list[tuple[str, object, str]] = []
    for tabel, sleutel, kolom, nieuw in flips:
        oud = load_waarde(bron, tabel, sleutel, kolom)
        set_waarde(bron, tabel, sleutel, kolom, nieuw)
        heet = nieuw if kolom == SLEUTELS.get(tabel, "id") else sleutel
        if not soorten(bron):
            gemist.append((tabel, sleutel, kolom))
        set_waarde(bron, tabel, heet, kolom, oud)
    note("flip", "kolom van een rij in de database", geprobeerd=len(flips), gevonden=len(flips) - len(gemist))
    assert gemist == []
    assert len(flips) > 250
    assert soorten(bron) == set()


def load_waarde(app: App, tabel: str, sleutel: object, kolom: str) -> Any:
    vraag = text(f"SELECT {kolom} FROM {tabel} WHERE {SLEUTELS.get(tabel, 'id')} = :sleutel")
    with app.database.connect() as verbinding:
        return verbinding.execute(vraag, {"sleutel": sleutel}).scalar_one()


def set_waarde(app: App, tabel: str, sleutel: object, kolom: str, waarde: object) -> None:
    opdracht = f"UPDATE {tabel} SET {kolom} = :waarde WHERE {SLEUTELS.get(tabel, 'id')} = :sleutel"
    change_rijen(app, opdracht, waarde=waarde, sleutel=sleutel)


def list_rijen(app: App, tabel: str) -> list[dict[str, Any]]:
    with app.database.connect() as verbinding:
        vraag = text(f"SELECT * FROM {tabel} ORDER BY {SLEUTELS.get(tabel, 'id')}")
        return [dict(rij) for rij in verbinding.execute(vraag).mappings() if rij.get("keten") != ""]


@pytest.mark.parametrize("tabel", [t for t in TABELLEN if t != "dossier"])
def test_every_missing_row_is_found(bron: App, tabel: str):
    rijen = list_rijen(bron, tabel)
    sleutel = SLEUTELS.get(tabel, "id")
    gemist: list[object] = []
    for rij in rijen:
        change_rijen(bron, f"DELETE FROM {tabel} WHERE {sleutel} = :sleutel", sleutel=rij[sleutel])
        if not soorten(bron):
            gemist.append(rij[sleutel])
        velden = ", ".join(rij)
        change_rijen(
            bron, f"INSERT INTO {tabel} ({velden}) VALUES ({', '.join(f':{v}' for v in rij)})", **rij
        )
    note("flip", "rij weg uit de database", geprobeerd=len(rijen), gevonden=len(rijen) - len(gemist))
    assert rijen
    assert gemist == []
    assert soorten(bron) == set()


VAST = {
    "id",
    "code",
    "dossier",
    "onderwerp",
    "keten",
    "volgnummer",
    "versie",
    "document",
    "ontvanger",
    "pad",
    "besluit",
    "bericht_id",
}
"""Columns that say which row it is: two rows are swapped by swapping everything else."""


@pytest.mark.parametrize(
    "tabel", ["feit", "toezegging", "document", "sjabloon", "bericht", "berichtregel", "auditregel"]
)
def test_every_two_swapped_rows_are_found(bron: App, tabel: str):
    rijen = list_rijen(bron, tabel)
    sleutel = SLEUTELS.get(tabel, "id")
    paren = [
        (een, twee)
        for een, twee in pairwise(rijen)
        if any(een[v] != twee[v] for v in een if v not in VAST | {sleutel})
    ]
    gemist: list[object] = []

    def put(waar: object, rij: dict[str, Any]) -> None:
        velden = [v for v in rij if v not in VAST | {sleutel}]
        opdracht = f"UPDATE {tabel} SET {', '.join(f'{v} = :{v}' for v in velden)} WHERE {sleutel} = :waar"
        change_rijen(bron, opdracht, waar=waar, **{v: rij[v] for v in velden})

    for een, twee in paren:
        put(een[sleutel], twee)
        put(twee[sleutel], een)
        if not soorten(bron):
            gemist.append((een[sleutel], twee[sleutel]))
        put(een[sleutel], een)
        put(twee[sleutel], twee)
    note(
        "flip",
        "twee rijen verwisseld in de database",
        geprobeerd=len(paren),
        gevonden=len(paren) - len(gemist),
    )
    assert paren
    assert gemist == []
    assert soorten(bron) == set()


def test_every_changed_byte_of_a_document_is_found(bron: App):
    """A check makes every document once more, so a sample: some of every file, or (at length) many of every file."""
    paden = sorted(bron.bestanden.folder("PROEF").rglob("*.docx"))
    geprobeerd, gemist = 0, list[tuple[str, int]]()
    for pad in paden:
        heel = pad.read_bytes()
        for plek in pick(len(heel), 400 if LANG else 12):
            geprobeerd += 1
            pad.write_bytes(heel[:plek] + bytes([heel[plek] ^ 1]) + heel[plek + 1 :])
            if "bestand gewijzigd" not in soorten(bron):
                gemist.append((pad.name, plek))
        pad.write_bytes(heel)
    note("flip", "byte van een document", geprobeerd=geprobeerd, gevonden=geprobeerd - len(gemist))
    assert geprobeerd >= 12 * len(paden) > 12
    assert gemist == []


def pick(lengte: int, aantal: int) -> list[int]:
    """Places to change: the first and the last bytes, and so many others."""
    kies = random.Random(7)
    midden = kies.sample(range(lengte), min(aantal, lengte))
    return sorted({*midden, 0, lengte - 1}) if aantal < lengte else list(range(lengte))


# --- archives ---------------------------------------------------------------------------------------------


def test_every_changed_byte_of_an_archive_is_found(geschreven: Path, tmp_path: Path):
    heel = geschreven.read_bytes()
    pad = tmp_path / "gekanteld.zip"
    plaatsen = pick(len(heel), 20_000 if LANG else 300)
    gemist: list[int] = []
    for plaats in plaatsen:
        pad.write_bytes(heel[:plaats] + bytes([heel[plaats] ^ 1]) + heel[plaats + 1 :])
        if archiefcontrole.main([str(pad)]) == 0:
            gemist.append(plaats)
    note("flip", "byte van een archief", geprobeerd=len(plaatsen), gevonden=len(plaatsen) - len(gemist))
    assert gemist == []


def rewrite(bron: Path, doel: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The same archive with members changed (None: left out) by somebody who also recounts every sum of the file."""
    with zipfile.ZipFile(bron) as zip_:
        leden = {n: change(n, zip_.read(n)) for n in zip_.namelist() if n != archiefcontrole.SOMMEN}
    stromen = ((naam, iter([inhoud])) for naam, inhoud in leden.items() if inhoud is not None)
    return archief._write(doel, stromen).pad


def load_regels(pad: Path, tabel: str) -> list[str]:
    with zipfile.ZipFile(pad) as zip_:
        return zip_.read(f"tabellen/{tabel}.jsonl").decode().splitlines()


def check_tabel(bron: Path, map_: Path, tabel: str, regels: list[str]) -> bool:
    """Is it found when this table of an archive reads so, with all sums of the file counted anew?"""
    lid, inhoud = f"tabellen/{tabel}.jsonl", "".join(f"{regel}\n" for regel in regels).encode()
    pad = rewrite(bron, map_ / "anders.zip", lambda n, i: inhoud if n == lid else i)
    return archiefcontrole.main([str(pad)]) != 0


@pytest.mark.parametrize("tabel", TABELLEN)
def test_every_changed_value_in_an_archive_made_anew_is_found(geschreven: Path, tmp_path: Path, tabel: str):
    regels = load_regels(geschreven, tabel)
    vrij = {*GEEN_BEWIJS, ("document", "status")}
    geprobeerd, gemist = 0, list[tuple[int, str]]()
    for nummer, regel in enumerate(regels):
        rij: dict[str, Any] = json.loads(regel)
        for kolom, oud in rij.items():
            if (tabel, kolom) in vrij:
                continue
            geprobeerd += 1
            nieuw = {"base64": "AAAA"} if isinstance(oud, dict) else change(kolom, oud)
            anders = json.dumps({**rij, kolom: nieuw}, ensure_ascii=False)
            if not check_tabel(
                geschreven, tmp_path, tabel, [*regels[:nummer], anders, *regels[nummer + 1 :]]
            ):
                gemist.append((nummer, kolom))
    note("flip", "kolom van een rij in een archief", geprobeerd=geprobeerd, gevonden=geprobeerd - len(gemist))
    assert geprobeerd
    assert gemist == []


@pytest.mark.parametrize("tabel", TABELLEN)
def test_every_missing_or_doubled_row_in_an_archive_made_anew_is_found(
    geschreven: Path, tmp_path: Path, tabel: str
):
    regels = load_regels(geschreven, tabel)
    gemist = [
        nummer
        for nummer in range(len(regels))
        for anders in ([*regels[:nummer], *regels[nummer + 1 :]], [*regels[: nummer + 1], *regels[nummer:]])
        if not check_tabel(geschreven, tmp_path, tabel, anders)
    ]
    aantal = 2 * len(regels)
    note("flip", "rij weg of dubbel in een archief", geprobeerd=aantal, gevonden=aantal - len(gemist))
    assert aantal
    assert gemist == []


def test_every_missing_or_changed_document_in_an_archive_made_anew_is_found(geschreven: Path, tmp_path: Path):
    with zipfile.ZipFile(geschreven) as zip_:
        leden = [n for n in zip_.namelist() if n.startswith("documenten/")]
    gemist: list[str] = []
    for lid in leden:
        for anders in (lambda i: None, lambda i: i + b"x", lambda i: bytes([i[0] ^ 1]) + i[1:]):
            pad = rewrite(
                geschreven, tmp_path / "a.zip", lambda n, i, a=anders, lid=lid: a(i) if n == lid else i
            )
            if archiefcontrole.main([str(pad)]) == 0:
                gemist.append(lid)
    aantal = 3 * len(leden)
    note("flip", "document weg of anders in een archief", geprobeerd=aantal, gevonden=aantal - len(gemist))
    assert leden
    assert gemist == []
