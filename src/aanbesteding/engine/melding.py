"""What a check of a dossier finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Melding:
    """Something that is not as it was. `is_fout`: evidence is damaged; otherwise a remark."""

    soort: str
    waar: str
    tekst: str
    is_fout: bool = True
