"""Finds the place of a tag in a prepared part (the Jinja source): tag, heading and sentence."""

from __future__ import annotations

import html
import re

from aanbesteding.documents.bevinding import Plek, shorten
from aanbesteding.documents.render_fout import TAG

_KOP = re.compile(r'<w:pStyle w:val="(?:Heading\d|Kop\w*|Title)"/>')
_ALINEA = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)


def find_plek(deel: str, bron: str, tagnummer: int) -> tuple[str, Plek]:
    """The n-th tag (from 1) of a part and where it stands; no tag when there are not so many."""
    tags = list(TAG.finditer(bron))
    onderdeel = describe_onderdeel(deel)
    if not 1 <= tagnummer <= len(tags):
        return "", Plek(onderdeel=onderdeel)
    tag = tags[tagnummer - 1]
    kop = zin = ""
    for alinea in _ALINEA.finditer(bron):
        if alinea.start() > tag.start():
            break
        if _KOP.search(alinea[0]):
            kop = strip_xml(alinea[0])
        if alinea.end() > tag.start():
            zin = shorten(strip_xml(alinea[0]), len(strip_xml(bron[alinea.start() : tag.start()])))
    kaal = strip_xml(tag[0])
    return kaal, Plek(shorten(kop), "" if zin == kaal else zin, onderdeel)


def strip_xml(xml: str) -> str:
    """The words of a piece of XML."""
    xml = re.sub(r"<w:(?:tab|br|cr)(?: [^>]*)?/>", " ", xml)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", xml))).strip()


def describe_onderdeel(deel: str) -> str:
    """Where in the document a part shows, empty for the running text."""
    kort = deel.rpartition("/")[2]
    for begin, naam in (
        ("header", "in de koptekst"), ("footer", "in de voettekst"), ("footnotes", "in een voetnoot"),
        ("endnotes", "in een eindnoot"), ("core", "in de documenteigenschappen"), ("comments", "in een opmerking"),
    ):  # fmt: skip
        if kort.startswith(begin):
            return naam
    return ""
