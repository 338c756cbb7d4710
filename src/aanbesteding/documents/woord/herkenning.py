"""Which document a Word file is, read from what it carries in itself; its file name says nothing.

The renderer writes dossier, document, recipient and version as custom properties (documents.herkomst). Word and
LibreOffice keep those when a file is edited and saved; a copy of the text in a new document, the document inspector
of Word and Google Docs do not.

Must stay true: a file is recognised whole or not at all; what a file says is a claim, which the register must confirm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aanbesteding.documents.lezen import read_eigenschappen
from aanbesteding.documents.woord.upload import open_upload
from aanbesteding.errors import InvoerError

_LANGST = 200
_NODIG = ("dossier", "document", "ontvanger", "versie")


@dataclass(frozen=True)
class Herkenning:
    """What a file says it is. `versie` is the version of the dossier it was made at: with document and recipient
    it points at one row of the register (and so at one uitgave)."""

    dossier: str
    document: str
    ontvanger: str
    versie: int
    sjabloon_sha256: str = ""
    context_sha256: str = ""


def herken(inhoud: bytes) -> Herkenning:
    """Which document this file is; InvoerError when it is unsafe, or does not say."""
    return herken_leden(open_upload(inhoud))


def herken_leden(leden: Mapping[str, bytes]) -> Herkenning:
    """The same, of the parts of a file that was let in already."""
    eigen = {naam: waarde.strip() for naam, waarde in read_eigenschappen(leden).items()}
    weg = [naam for naam in _NODIG if not eigen.get(naam)]
    if len(weg) == len(_NODIG):
        raise InvoerError(
            [
                "Het bestand zegt niet bij welk dossier en stuk het hoort: de documenteigenschappen zijn leeg. Dat "
                "gebeurt als de tekst in een nieuw document is geplakt, als Word de eigenschappen heeft verwijderd "
                "(Document controleren), of bij een ander programma. Download het stuk opnieuw, breng de wijzigingen "
                "daarin aan en bewaar dat bestand; de naam van het bestand doet er niet toe."
            ]
        )
    versie = eigen.get("versie", "")
    fout = [naam for naam in _NODIG if len(eigen.get(naam, "")) > _LANGST]
    if not (versie.isascii() and versie.isdigit() and len(versie) < 10) and "versie" not in weg:
        fout.append("versie")
    if weg or fout:
        wat = " en ".join(
            deel
            for deel in (
                f"{', '.join(weg)} ontbreekt" if weg else "",
                f"{', '.join(fout)} klopt niet" if fout else "",
            )
            if deel
        )
        raise InvoerError(
            [
                f"Het bestand zegt niet precies bij welk stuk het hoort: in de documenteigenschappen geldt: {wat}. "
                "Download het stuk opnieuw en breng de wijzigingen daarin aan."
            ]
        )
    return Herkenning(
        eigen["dossier"],
        eigen["document"],
        eigen["ontvanger"],
        int(versie),
        eigen.get("sjabloon_sha256", "")[:64],
        eigen.get("context_sha256", "")[:64],
    )
