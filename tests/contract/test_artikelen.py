"""The list of articles is the list of clauses of the shared building block, by id, name and order."""

from __future__ import annotations

import re
import zipfile

from aanbesteding.documents.overeenkomst_artikelen import ARTIKELEN
from aanbesteding.paden import find_map

BLOK = re.compile(r"<w:sdtPr>(.*?)</w:sdtPr>", re.DOTALL)


def test_artikelen_are_the_clauses_of_the_shared_agreement():
    pad = find_map("sjablonen") / "_bouwstenen" / "overeenkomst_bepalingen.docx"
    xml = zipfile.ZipFile(pad).read("word/document.xml").decode()
    gevonden = {}
    for blok in BLOK.findall(xml):
        tag = re.search(r'w:tag w:val="clausule:(ovk_\w+):', blok)
        naam = re.search(r'w:alias w:val="([^"]+)"', blok)
        if tag and naam:
            gevonden[tag[1]] = naam[1]
    assert list(gevonden.items()) == list(ARTIKELEN.items())
