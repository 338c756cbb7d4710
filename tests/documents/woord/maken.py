"""A small letter for these tests, made by the real renderer, and hands that edit it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aanbesteding.documents.render_spoor import Waarden
from aanbesteding.documents.woord.vergelijking import vergelijk
from aanbesteding.documents.woord.verslag import Vergelijking
from documents.maak import DOCUMENT, make_template

TEKST = """\
Beste {{ naam }},

U kreeg {{ punten|getal }} van de {{ hoogste|getal }} punten. U staat op plaats {{ rang }}.

# Wat u kunt doen

Ga uiterlijk {{ einde|datum }} naar de {{ rechtbank }}. Het bedrag is {{ prijs|euro }}.

{%p for k in criteria %}
- {{ k.naam }}: {{ k.punten|getal }} punten.
{%p endfor %}

| Winnaar | Totaal |
{%tr for w in winnaars %}
| {{ w.naam }} | {{ w.totaal|getal }} |
{%tr endfor %}

Met vriendelijke groet.
"""
CONTEXT: dict[str, object] = {
    "document": {**DOCUMENT, "datum": date(2026, 4, 14)},
    "naam": "Zorg De Proef B.V.",
    "punten": 61,
    "hoogste": 100,
    "rang": 27,
    "einde": date(2026, 8, 10),
    "rechtbank": "rechtbank Gelderland",
    "prijs": Decimal("1234.50"),
    "criteria": [{"naam": "Samenwerking", "punten": 21}, {"naam": "Kwaliteit", "punten": 28}],
    "winnaars": [{"naam": "Hulp A", "totaal": 93}, {"naam": "Hulp B", "totaal": 87}, {"naam": "Hulp C", "totaal": 80}],
}  # fmt: skip
EIGEN = {
    "dossier": "BW-2027", "document": "proefbrief", "ontvanger": "I-008", "versie": "98",
    "sjabloon_sha256": "a" * 64, "context_sha256": "b" * 64,
}  # fmt: skip


@dataclass(frozen=True)
class Stuk:
    docx: bytes
    waarden: Waarden


@cache
def make_stuk() -> Stuk:
    with TemporaryDirectory() as map_:
        template = make_template(Path(map_), TEKST, soort="document")
        velden: dict[str, Any] = CONTEXT
        return Stuk(template.render_bytes(velden, eigenschappen=EIGEN), template.render_waarden(velden))


def read_leden(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        return {naam: pakket.read(naam) for naam in pakket.namelist()}


def save_leden(leden: Mapping[str, bytes], soort: int = zipfile.ZIP_DEFLATED) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", soort) as pakket:
        for naam, inhoud in leden.items():
            pakket.writestr(naam, inhoud)
    return uit.getvalue()


def edit(docx: bytes, *wissels: tuple[str, str], deel: str = "word/document.xml") -> bytes:
    """Replace pieces of the XML of a part; each must be there."""
    leden = read_leden(docx)
    xml = leden[deel].decode()
    for oud, nieuw in wissels:
        assert oud in xml, oud
        xml = xml.replace(oud, nieuw, 1)
    return save_leden({**leden, deel: xml.encode()})


def find_element(docx: bytes, woord: str, soort: str = "p") -> str:
    """The XML of the paragraph (or row) with this word."""
    xml = read_leden(docx)["word/document.xml"].decode()
    for gevonden in re.finditer(rf"<w:{soort}[ >].*?</w:{soort}>", xml, re.DOTALL):
        if woord in re.sub(r"<[^>]*>", "", gevonden[0]):
            return gevonden[0]
    raise AssertionError(woord)


def compare(*wissels: tuple[str, str], deel: str = "word/document.xml") -> Vergelijking:
    stuk = make_stuk()
    return vergelijk(stuk.docx, edit(stuk.docx, *wissels, deel=deel), stuk.waarden)
