"""One file that holds a dossier (an archive, for whoever must check it) or everything (a backup, to go on from).

Both are a plain zip without compression: the tables as lines of JSON, the produced files, the definition of the
region, the terms of the law as they were at work, and SHA256SUMS over all of it. An archive carries the program that
checks it (archiefcontrole.py: nothing of this package is needed) and leaves out what is still sealed.

Must stay true: the same state gives the same file, byte for byte; an archive shows no sealed bid and no draft; a
backup is put back into an empty environment only, whole or not at all; what is read back is checked before it is used.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from sqlalchemy import Connection, Table
from sqlalchemy.exc import StatementError

from aanbesteding.documents.herkomst import describe_motor
from aanbesteding.domain.norm import list_normbestanden, parse_normen
from aanbesteding.engine import archiefcontrole
from aanbesteding.engine.app import App
from aanbesteding.engine.checkpoint import checkpoint
from aanbesteding.errors import AanbestedingError, InvoerError
from aanbesteding.regio import find_regio
from aanbesteding.storage.files import TIJDELIJK
from aanbesteding.storage.tabellen import (
    VLUCHTIG,
    count_rijen,
    insert_tabellen,
    iter_regels,
    list_archieftabellen,
    list_tabellen,
    load_koppen,
    load_schema,
    open_momentopname,
    restart_nummering,
    select_dossier,
)

FORMAAT = 1
DOSSIER, ALLES = "dossier", "alles"
TIJD = (2026, 1, 1, 0, 0, 0)
_BLOK = 1 << 20
_GEEN_NAAM = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.EINVAL}
)
"""How a disk refuses a name that cannot be one; a disk that is full or away is another thing."""

_LEESMIJ = """\
Archief van dossier {dossier}: {titel}

In dit bestand staat alles waaruit de documenten van dit dossier zijn gemaakt:

tabellen/     de vastgelegde feiten, toezeggingen, documentregels en het logboek, één regel JSON per rij
documenten/   de Word-documenten
regio/        de regio zoals zij nu is: gemeenten, mandaten, huisstijl
normen/       de termijnen en drempels uit de wet, met bron en ingangsdatum
SHA256SUMS    van elk bestand de hash

Controleren zonder het programma 'aanbesteding' (alleen Python 3.11 of later is nodig):

    unzip -j {naam} archiefcontrole.py && python3 archiefcontrole.py {naam}

Rangorde en brieven opnieuw berekenen: aanbesteding herbereken {naam}

Hash van het laatste feit (de kop): {kop}
Wie deze kop uit een andere bron kent, bijvoorbeeld uit een proces-verbaal, kan nagaan dat er niets ontbreekt:
geef hem mee met --kop.

Wat nog verzegeld is (inschrijvingen, prijzen) en wat iemand in concept heeft, staat hier niet in.
"""


class ArchiefBeschadigd(AanbestedingError):
    """An archive or backup is not as it was written; carries what was found."""


@dataclass(frozen=True)
class Geschreven:
    """An archive or backup that was written."""

    pad: Path
    leden: int
    sha256: str


def save_archief(app: App, code: str, pad: Path) -> Geschreven:
    """Write the archive of one dossier; OnbekendDossier when there is none."""
    dossier, procedure, regio = app.load(code, opnieuw=True)
    map_regio = find_regio(regio.code, app.regiomappen)

    def leden(db: Connection) -> Iterator[tuple[str, Iterator[bytes]]]:
        koppen = load_koppen(db, code)
        yield "LEESMIJ.txt", iter([_render_leesmij(code, dossier.aanbesteding.titel, koppen[code])])
        yield "inhoud.json", iter([_describe(app, DOSSIER, koppen, procedure.begin_status)])
        for tabel in list_archieftabellen():
            yield f"tabellen/{tabel.name}.jsonl", _encode(iter_regels(db, tabel, select_dossier(tabel, code)))
        yield from _list_documenten(app, code)
        yield from _list_bestanden(map_regio, f"regio/{map_regio.name}")
        for naam, tekst in list_normbestanden().items():
            yield f"normen/{naam}", iter([tekst.encode()])
        yield "archiefcontrole.py", iter([_load_controle()])

    with open_momentopname(app.database) as db:
        return _write(pad, leden(db))


def save_reservekopie(app: App, pad: Path, bijlagen: Mapping[str, Path]) -> Geschreven:
    """Write a backup of everything: tables, produced files, and these further files and folders by name."""

    def leden(db: Connection) -> Iterator[tuple[str, Iterator[bytes]]]:
        yield "inhoud.json", iter([_describe(app, ALLES, load_koppen(db))])
        for tabel in list_tabellen():
            if tabel.name not in VLUCHTIG:
                yield f"tabellen/{tabel.name}.jsonl", _encode(iter_regels(db, tabel))
        for code in app.bestanden.list_dossiers():
            yield from _list_documenten(app, code)
        for naam, bron in bijlagen.items():
            yield from _list_bestanden(bron, f"bijlagen/{naam}")

    with open_momentopname(app.database) as db:
        return _write(pad, leden(db))


def check_archief(pad: Path, soort: str) -> None:
    """Raise unless this is a whole archive (or backup) of this kind, byte for byte as it was written."""
    try:
        with zipfile.ZipFile(pad) as zip_:
            fouten = archiefcontrole.list_bestandsfouten(zip_, pad)
            if not fouten and json.loads(zip_.read("inhoud.json"))["soort"] != soort:
                ander = "een reservekopie" if soort == DOSSIER else "een archief van één dossier"
                raise InvoerError([f"{pad.name} is {ander}. Gebruik de opdracht die daarbij hoort."])
    except OSError as fout:
        raise InvoerError([f"{pad} is niet te openen: {fout.strerror or fout}."]) from fout
    except (
        zipfile.BadZipFile,
        LookupError,
        TypeError,
        AttributeError,
        ValueError,
        EOFError,
        RuntimeError,
        zlib.error,
    ) as fout:
        raise InvoerError([f"{pad.name} is geen archief van 'aanbesteding' of is beschadigd."]) from fout
    if fouten:
        raise ArchiefBeschadigd(
            f"{pad.name} is beschadigd of gewijzigd:\n" + "\n".join(f"- {f[:300]}" for f in fouten[:100])
        )


def load_dossiers(pad: Path) -> tuple[str, ...]:
    """Codes of the dossiers in a checked archive or backup."""
    with vreemde_inhoud(pad), zipfile.ZipFile(pad) as zip_:
        return tuple(str(code) for code in json.loads(zip_.read("inhoud.json"))["koppen"])


def restore(app: App, pad: Path, bijlagen: Mapping[str, Path]) -> tuple[str, ...]:
    """Put a checked archive or backup back into an empty environment; returns the codes of the dossiers.

    `bijlagen`: where further files and folders go, by the name in the file ("regio" for the region of an archive).
    Raises InvoerError when the environment holds something or its tables are of another version.
    """
    with vreemde_inhoud(pad):
        _check_leeg(app, pad)
        with zipfile.ZipFile(pad) as zip_:
            for code in app.bestanden.list_dossiers():
                app.bestanden.remove_tijdelijk(code)
            for naam in sorted(zip_.namelist()):
                _restore_lid(app, zip_, naam, bijlagen)
            checkpoint("herstel-na-bestanden")
            with closing(_open_tabellen(zip_)) as tabellen:
                insert_tabellen(app.database, tabellen)
        restart_nummering(app.database)
        return load_dossiers(pad)


@contextmanager
def vreemde_inhoud(pad: Path) -> Generator[None]:
    """InvoerError for what this file holds: sums are no secret, so what is in a whole file may still be something
    that nobody ever exported."""
    try:
        yield
    except (
        LookupError, TypeError, AttributeError, ArithmeticError, ValueError, RuntimeError, StatementError, OSError
    ) as fout:  # fmt: skip
        if isinstance(fout, OSError) and fout.errno not in _GEEN_NAAM:
            raise
        raise InvoerError(
            [
                f"{pad.name} is als bestand heel, maar de inhoud past niet bij deze versie van aanbesteding. "
                "Maak het archief of de reservekopie opnieuw."
            ]
        ) from fout


def open_archief(app: App, pad: Path, map_: Path) -> tuple[App, str]:
    """Put a checked archive into this empty environment, to calculate again: the code, and the app to do it with.

    That app knows the region and the terms of the law of the archive alone, in `map_`; what the product itself says
    of them now plays no part.
    """
    with vreemde_inhoud(pad):
        (code,) = restore(app, pad, {"regio": map_ / "regios", "normen": map_ / "normen"})
        teksten = {
            bestand.name: bestand.read_text(encoding="utf-8") for bestand in (map_ / "normen").glob("*.toml")
        }
        return replace(app, regiomappen=(map_ / "regios",), normen=parse_normen(teksten)), code


def _open_tabellen(zip_: zipfile.ZipFile) -> Generator[tuple[Table, Iterator[str]]]:
    namen = set(zip_.namelist())
    for tabel in list_tabellen():
        lid = f"tabellen/{tabel.name}.jsonl"
        if lid in namen:
            with zip_.open(lid) as regels:
                yield tabel, (regel.decode() for regel in regels)
    checkpoint("herstel-voor-vastleggen")


def _check_leeg(app: App, pad: Path) -> None:
    with zipfile.ZipFile(pad) as zip_:
        schema = str(json.loads(zip_.read("inhoud.json"))["schema"])
        namen = {naam.partition("/")[2] for naam in zip_.namelist()}
    # files of a restore that was broken off are no data: they are written again
    vreemd = any(
        f"{code}/{bestand}" not in namen
        for code in app.bestanden.list_dossiers()
        for bestand in app.bestanden.list_paden(code)
    )
    vol = [naam for naam, aantal in count_rijen(app.database).items() if aantal]
    if vol or vreemd:
        raise InvoerError(
            [
                "Terugzetten kan alleen in een lege omgeving, en hier staan al gegevens "
                f"({', '.join(vol) or 'documenten'}). Kies een lege map voor AANBESTEDING_HOME of een lege database."
            ]
        )
    if schema != load_schema(app.database):
        raise InvoerError(
            [
                f"{pad.name} hoort bij tabellen van versie '{schema}'; hier is dat '{load_schema(app.database)}'. "
                "Zet het terug met dezelfde versie van aanbesteding en werk daarna bij."
            ]
        )


def _restore_lid(app: App, zip_: zipfile.ZipFile, naam: str, bijlagen: Mapping[str, Path]) -> None:
    """Put one member back, if it is a file to put back."""
    eerste, _, rest = naam.partition("/")
    if eerste == "documenten":
        code, _, pad = rest.partition("/")
        app.bestanden.save(code, pad, zip_.read(naam))
        return
    doel = _find_doel(naam, bijlagen)
    if doel is not None:
        doel.parent.mkdir(parents=True, exist_ok=True)
        with zip_.open(naam) as bron, doel.open("wb") as uit:
            shutil.copyfileobj(bron, uit, _BLOK)


def _find_doel(naam: str, bijlagen: Mapping[str, Path]) -> Path | None:
    """Where a member that is no document goes. Names were checked: no way out of the folder."""
    eerste, _, rest = naam.partition("/")
    if eerste == "bijlagen":
        eerste, _, rest = rest.partition("/")
    if eerste not in bijlagen:
        return None
    return bijlagen[eerste] / rest if rest else bijlagen[eerste]


def _render_leesmij(code: str, titel: str, kop: str) -> bytes:
    return _LEESMIJ.format(dossier=code, titel=titel, naam=f"{code}.zip", kop=kop or "geen").encode()


def _describe(app: App, soort: str, koppen: Mapping[str, str], begin_status: str = "") -> bytes:
    inhoud = {
        "formaat": FORMAAT,
        "soort": soort,
        "koppen": dict(koppen),
        "begin_status": begin_status,
        "schema": load_schema(app.database),
        "motor": describe_motor(),
    }
    return (json.dumps(inhoud, ensure_ascii=False, indent=2) + "\n").encode()


def _encode(regels: Iterator[str]) -> Iterator[bytes]:
    return (f"{regel}\n".encode() for regel in regels)


def _list_documenten(app: App, code: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    for pad in app.bestanden.list_paden(code):
        yield f"documenten/{code}/{pad}", iter([app.bestanden.load(code, pad)])


def _list_bestanden(map_: Path, onder: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    paden = [map_] if map_.is_file() else sorted(p for p in map_.rglob("*") if p.is_file())
    for pad in paden:
        if not pad.name.endswith(TIJDELIJK):
            rest = pad.relative_to(map_).as_posix()
            yield (onder if pad == map_ else f"{onder}/{rest}"), _read(pad)


def _read(pad: Path) -> Iterator[bytes]:
    with pad.open("rb") as bestand:
        while blok := bestand.read(_BLOK):
            yield blok


def _load_controle() -> bytes:
    return resources.files("aanbesteding.engine").joinpath("archiefcontrole.py").read_bytes()


def _write(pad: Path, leden: Iterator[tuple[str, Iterator[bytes]]]) -> Geschreven:
    """Write the zip under a temporary name, with SHA256SUMS as its last member, and rename it when it is whole."""
    tijdelijk = pad.with_name(f"{pad.name}{TIJDELIJK}")
    pad.parent.mkdir(parents=True, exist_ok=True)
    sommen: list[str] = []
    try:
        with zipfile.ZipFile(tijdelijk, "w", zipfile.ZIP_STORED) as zip_:
            for naam, stukken in leden:
                sommen.append(f"{_write_lid(zip_, naam, stukken)}  {naam}\n")
            _write_lid(zip_, archiefcontrole.SOMMEN, iter(["".join(sommen).encode()]))
            zip_.comment = archiefcontrole.LEEG
        _seal(tijdelijk)
        checkpoint("archief-voor-hernoemen")
        tijdelijk.replace(pad)
    except BaseException:
        tijdelijk.unlink(missing_ok=True)
        raise
    with pad.open("rb") as bestand:
        return Geschreven(pad, len(sommen) + 1, hashlib.file_digest(bestand, "sha256").hexdigest())


def _seal(pad: Path) -> None:
    """Put the hash of all other bytes at the end, where the comment of the zip stands."""
    som = archiefcontrole.hash_lichaam(pad).encode()
    with pad.open("r+b") as bestand:
        bestand.seek(-len(som), 2)
        bestand.write(som)
        bestand.flush()
        os.fsync(bestand.fileno())


def _write_lid(zip_: zipfile.ZipFile, naam: str, stukken: Iterator[bytes]) -> str:
    som = hashlib.sha256()
    lid = zipfile.ZipInfo(naam, TIJD)
    lid.create_system = 3
    lid.external_attr = 0o644 << 16
    with zip_.open(lid, "w", force_zip64=True) as uit:
        for stuk in stukken:
            som.update(stuk)
            uit.write(stuk)
    return som.hexdigest()
