"""A fault in a template or document, as a jurist reads it: where, in which sentence, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass

MAX_ZIN = 160


@dataclass(frozen=True)
class Plek:
    """A place in a Word file: heading above it, kind of part, and the sentence itself."""

    kop: str = ""
    zin: str = ""
    onderdeel: str = ""

    def __str__(self) -> str:
        delen = [self.onderdeel] if self.onderdeel else []
        delen += [f"onder de kop '{self.kop}'"] if self.kop else []
        delen += [f"in de zin '{self.zin}'"] if self.zin else []
        return ", ".join(delen)


@dataclass(frozen=True)
class Bevinding:
    """One fault. `code` names its kind; `uitleg` and `advies` are Dutch phrases without a full stop."""

    code: str
    uitleg: str
    advies: str
    plek: Plek = Plek()

    def __str__(self) -> str:
        plaats = str(self.plek)
        zin = f"{plaats}: {self.uitleg}" if plaats else self.uitleg
        return f"{zin[0].upper()}{zin[1:]}; {self.advies}."


def shorten(tekst: str, rond: int = 0) -> str:
    """A sentence that fits on a line; of a long one the stretch around position `rond`."""
    kaal = " ".join(tekst.split())
    if len(kaal) <= MAX_ZIN:
        return kaal
    begin = max(0, min(rond - MAX_ZIN // 2, len(kaal) - MAX_ZIN))
    stuk = kaal[begin : begin + MAX_ZIN].strip()
    return ("…" if begin else "") + stuk + ("…" if begin + MAX_ZIN < len(kaal) else "")
