"""Heads of the documents of the assessment: reference, title block, signing party.

Must stay true: a reference is unique in the dossier and the same every time a document is built.
"""

from __future__ import annotations

from aanbesteding.documents.declaration import Documentkop
from aanbesteding.domain.regio import Regio
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.beoordeling.stand import show_percelen


def build_kop(s: Situatie[None], soort: str, deel: str, ondertitel: str, status: str) -> Documentkop:
    """Title block of a report or form."""
    return Documentkop(
        ondertitel=ondertitel, kenmerk=f"{s.dossier.code}-{soort}-{deel}", datum=s.vandaag, status=status
    )


def show_namens(regio: Regio) -> str:
    """On behalf of which bodies a letter is signed."""
    namen = tuple(g.naam for g in regio.gemeenten)
    organen = {g.bevoegd_orgaan for g in regio.gemeenten}
    if organen != {"college van burgemeester en wethouders"}:
        return show_percelen(f"{g.bevoegd_orgaan} van {g.naam}" for g in regio.gemeenten)
    if len(namen) == 1:
        return f"Het college van burgemeester en wethouders van de gemeente {namen[0]}"
    return f"De colleges van burgemeester en wethouders van de gemeenten {show_percelen(namen)}"


def make_sleutel(persoon: str) -> str:
    """A user name as part of a file name: letters, digits and dashes."""
    return persoon.replace(".", "-")
