"""Renders a series of contexts (render_reeks.py) with one template to a directory full of documents.

The lines are rendered in blocks, by this process or by others that were forked after compiling; a process
takes the next block when it is free. Filling one document is render.py.

Must stay true: all or nothing: documents come in a directory beside the target and are moved when every one
succeeded; nothing that exists is overwritten unless asked; memory does not grow with the number of lines.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, ForkProcess
from pathlib import Path

from aanbesteding.documents.render_reeks import Fouten, Namen, Reeks
from aanbesteding.errors import AanbestedingError, InvoerError

SCHIJFFOUTEN = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de ruimte voor deze gebruiker is op",
    errno.EFBIG: "een bestand is te groot",
    errno.EIO: "de schijf geeft een fout",
    errno.ENAMETOOLONG: "een naam is te lang",
    errno.EACCES: "er mag daar niet geschreven worden",
    errno.EROFS: "er mag daar niet geschreven worden",
}

Render = Callable[[Mapping[str, object]], bytes]


@dataclass(frozen=True)
class Uitkomst:
    """What became of a block: the names that were given, and the faults, each with its line."""

    aantal: int
    namen: list[tuple[int, str]]
    fouten: list[tuple[int, str]]


def render_reeks(
    reeks: Reeks,
    render: Render,
    map_: Path,
    *,
    processen: int = 1,
    overschrijf: bool = False,
    meld: Callable[[int], None] = lambda _: None,
) -> None:
    """Write a document for every line to `map_`, or nothing at all; `meld` hears how many are done."""
    if os.path.lexists(map_) and not os.path.isdir(map_):
        raise InvoerError([f"--map: '{map_}' is geen map; geef een andere naam."])
    aanwezig = os.path.isdir(map_) and not overschrijf
    namen = Namen(frozenset(p.name for p in map_.iterdir()) if aanwezig else frozenset())
    fouten = Fouten()
    gedaan = 0
    with _werkmap(map_) as werk:
        for uitkomst in _perform(reeks, render, werk, processen):
            botsingen = (namen.check(nummer, naam) for nummer, naam in uitkomst.namen)
            for nummer, fout in (*uitkomst.fouten, *filter(None, botsingen)):
                fouten.add(nummer, fout)
            gedaan += uitkomst.aantal
            meld(gedaan)
        fouten.check(f"Er is niets in '{map_}' gezet.")
        _move(werk, map_)


@contextmanager
def _werkmap(map_: Path) -> Generator[Path]:
    """A directory beside the target, so that moving is renaming; always gone afterwards."""
    ouder = map_.absolute().parent
    try:
        if os.path.isdir(map_) and not os.access(map_, os.W_OK):
            raise PermissionError
        ouder.mkdir(parents=True, exist_ok=True)
        werk = Path(tempfile.mkdtemp(prefix=f".{map_.name}-bezig-", dir=ouder))
    except OSError as fout:
        raise InvoerError([f"--map: in '{map_}' kan niet geschreven worden; geef een andere map."]) from fout
    try:
        yield werk
    except OSError as fout:
        if fout.errno not in SCHIJFFOUTEN:
            raise
        raise AanbestedingError(
            f"Het schrijven naar '{map_}' is mislukt ({SCHIJFFOUTEN[fout.errno]}); er is niets in de map gezet."
        ) from fout
    finally:
        shutil.rmtree(werk, ignore_errors=True)


def _move(werk: Path, map_: Path) -> None:
    if not map_.exists():
        os.chmod(werk, 0o777 & ~_umask())
        os.rename(werk, map_)
        return
    mappen = sorted(pad.name for pad in werk.iterdir() if (map_ / pad.name).is_dir())
    if mappen:
        raise InvoerError(
            [f"--map: '{naam}' is in '{map_}' zelf een map; geef een andere map." for naam in mappen]
        )
    for pad in werk.iterdir():
        os.replace(pad, map_ / pad.name)


def _umask() -> int:
    masker = os.umask(0o022)
    os.umask(masker)
    return masker


def _perform(reeks: Reeks, render: Render, werk: Path, processen: int) -> Iterator[Uitkomst]:
    """Per block how many lines were done and what went wrong."""
    processen = min(processen, len(reeks.blokken))
    if processen == 1:
        for blok in range(len(reeks.blokken)):
            yield _render_blok(reeks, blok, render, werk)
        return
    werkers = [_start_werker(reeks, render, werk) for _ in range(processen)]
    try:
        yield from _deal_out(len(reeks.blokken), dict(werkers))
    finally:
        for _, werker in werkers:
            werker.kill()
            werker.join()


def _start_werker(reeks: Reeks, render: Render, werk: Path) -> tuple[Connection, ForkProcess]:
    hier, daar = multiprocessing.Pipe()

    def run() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that cleans up
        hier.close()
        while (blok := daar.recv()) is not None:
            try:
                uitkomst: Uitkomst | OSError = _render_blok(reeks, blok, render, werk)
            except OSError as fout:
                uitkomst = fout
            daar.send(uitkomst)

    werker = ForkContext().Process(target=run, daemon=True)
    werker.start()
    daar.close()
    return hier, werker


def _deal_out(blokken: int, werkers: Mapping[Connection, ForkProcess]) -> Iterator[Uitkomst]:
    """Give every free worker the next block until all are done."""
    volgende = iter(range(blokken))
    bezig = {lijn for lijn in werkers if _give(lijn, volgende)}
    while bezig:
        for lijn in wait(list(bezig)):
            assert isinstance(lijn, Connection)
            try:
                uitkomst: Uitkomst | OSError = lijn.recv()
            except EOFError as fout:
                raise AanbestedingError("Een van de processen is gestopt; er is niets gemaakt.") from fout
            if isinstance(uitkomst, OSError):
                raise uitkomst
            if not _give(lijn, volgende):
                bezig.discard(lijn)
            yield uitkomst


def _give(lijn: Connection, volgende: Iterator[int]) -> bool:
    blok = next(volgende, None)
    lijn.send(blok)
    return blok is not None


def _render_blok(reeks: Reeks, blok: int, render: Render, werk: Path) -> Uitkomst:
    regels = list(reeks.list_blok(blok))
    uitkomst = Uitkomst(len(regels), [], [])
    for regel in regels:
        if regel.fout:
            uitkomst.fouten.append((regel.nummer, regel.fout))
            continue
        uitkomst.namen.append((regel.nummer, regel.naam))
        try:
            _write(werk / regel.naam, render(regel.context))
        except FileExistsError:
            pass  # the name was given twice, which is told where all names are known
        except AanbestedingError as fout:
            uitkomst.fouten.append((regel.nummer, str(fout)))
    return uitkomst


def _write(pad: Path, data: bytes) -> None:
    handvat = os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handvat, rest) :]
    finally:
        os.close(handvat)
