"""Finds the line of every value in a TOML text, so that a fault in a file can name its line.

Reading values is tomllib's work; this only walks a text that tomllib has already accepted and notes where each key
and each element of a list begins.

Must stay true: every path that tomllib can give has a line, also inside inline tables, nested lists and
multi-line strings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

Pad = tuple[str | int, ...]

KAAL = re.compile(r"[A-Za-z0-9_-]+")
WIT = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
TEKST = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
KORT = re.compile(r"[^,\]}\n#]+")


class _Lezer:
    """A cursor over the text that notes lines."""

    def __init__(self, bron: str) -> None:
        self.bron = bron
        self.plek = 0
        self.begin_van_regel = [0, *accumulate(len(r) for r in bron.splitlines(keepends=True))]
        self.regels: dict[Pad, int] = {}

    def note(self, pad: Pad) -> None:
        self.regels.setdefault(pad, bisect_right(self.begin_van_regel, self.plek))

    def skip(self) -> str:
        """Skip blanks and comments; the next character, or nothing at the end."""
        gevonden = WIT.match(self.bron, self.plek)
        self.plek = gevonden.end() if gevonden else self.plek
        return self.bron[self.plek : self.plek + 1]

    def take(self, patroon: re.Pattern[str]) -> str:
        gevonden = patroon.match(self.bron, self.plek)
        if gevonden is None:
            raise ValueError(self.plek)
        self.plek = gevonden.end()
        return gevonden[0]

    def read_sleutel(self) -> tuple[str, ...]:
        delen: list[str] = []
        while True:
            teken = self.skip()
            delen.append(self.take(TEKST)[1:-1] if teken in "\"'" else self.take(KAAL))
            if self.skip() != ".":
                return tuple(delen)
            self.plek += 1

    def read_paar(self, pad: Pad) -> None:
        self.skip()
        begin = self.plek
        sleutel = self.read_sleutel()
        for lengte in range(1, len(sleutel) + 1):
            plek, self.plek = self.plek, begin
            self.note((*pad, *sleutel[:lengte]))
            self.plek = plek
        self.skip()
        self.plek += 1  # the equals sign
        self.read_waarde((*pad, *sleutel))

    def read_waarde(self, pad: Pad) -> None:
        teken = self.skip()
        self.note(pad)
        if teken == "[":
            self._read_reeks(pad)
        elif teken == "{":
            self._read_tabel(pad)
        elif teken in ("'", '"'):
            self.take(TEKST)
        else:
            self.take(KORT)

    def _read_reeks(self, pad: Pad) -> None:
        self.plek += 1
        nummer = 0
        while self.skip() != "]":
            self.read_waarde((*pad, nummer))
            nummer += 1
            if self.skip() == ",":
                self.plek += 1
        self.plek += 1

    def _read_tabel(self, pad: Pad) -> None:
        self.plek += 1
        while self.skip() != "}":
            self.read_paar(pad)
            if self.skip() == ",":
                self.plek += 1
        self.plek += 1


def locate_regels(bron: str) -> Mapping[Pad, int]:
    """Line (from 1) of every path in a valid TOML text."""
    lezer = _Lezer(bron)
    _walk(lezer)
    return lezer.regels


def find_laatste_veld(bron: str) -> tuple[str, int] | None:
    """Name and line of the field in which a text stops being TOML; None when nothing was read before that."""
    lezer = _Lezer(bron)
    try:
        _walk(lezer)
    except ValueError:
        velden = [(pad, regel) for pad, regel in lezer.regels.items() if isinstance(pad[-1], str)]
        buitenste = min((len(pad) for pad, _ in velden), default=0)
        return next(((str(p[-1]), r) for p, r in reversed(velden) if len(p) == buitenste), None)
    return None


def _walk(lezer: _Lezer) -> None:
    reeksen: dict[Pad, int] = {}
    tabel: Pad = ()
    while teken := lezer.skip():
        if teken != "[":
            lezer.read_paar(tabel)
            continue
        begin = lezer.plek
        dubbel = lezer.bron.startswith("[[", lezer.plek)
        lezer.plek += 2 if dubbel else 1
        tabel = ()
        sleutel = lezer.read_sleutel()
        lezer.skip()
        eind = lezer.plek + (2 if dubbel else 1)
        lezer.plek = begin
        for nummer, deel in enumerate(sleutel, start=1):
            tabel = (*tabel, deel)
            lezer.note(tabel)
            if tabel in reeksen and not (dubbel and nummer == len(sleutel)):
                tabel = (*tabel, reeksen[tabel])
        if dubbel:
            reeksen[tabel] = reeksen.get(tabel, -1) + 1
            tabel = (*tabel, reeksen[tabel])
            lezer.note(tabel)
        lezer.plek = eind


def find_regel(regels: Mapping[Pad, int], pad: Sequence[str | int]) -> int | None:
    """Line of this path, or of the nearest thing around it; None for the file as a whole."""
    for lengte in range(len(pad), 0, -1):
        if (regel := regels.get(tuple(pad[:lengte]))) is not None:
            return regel
    return None
