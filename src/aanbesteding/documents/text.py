"""A .docx as reviewable text: for golden files, for `git diff`, and for whoever reads without Word.

It shows words and structure, no looks: headings as `# `, list items as `- `, tables as `| a | b |`, header
and footer on top. Numbers that Word counts by itself (headings, articles) are not in the file and so not
here.

Must stay true: every word a reader sees is here; no-break spaces are written as spaces, so that a golden
file can be typed; text in tracked insertions is shown, deleted text is not.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VOOR = {
    "Title": "# ", "Heading1": "## ", "Heading2": "### ", "Heading3": "#### ", "Kopzondernummer": "## ",
    "ListBullet": "- ", "ListBullet2": "  - ", "ListNumber": "1. ", "ListNumber2": "  a. ",
    "Artikellid": "1. ",
    "Artikelonderdeel": "  a. ", "Kader": "> ",
}  # fmt: skip


def extract_text(docx: bytes) -> str:
    """The text of a Word file, one paragraph or table row a line, ending with a newline."""
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        namen = set(pakket.namelist())
        delen = (n for n in namen if n.startswith(("word/header", "word/footer")) and n.endswith(".xml"))
        randen = sorted(delen, key=lambda n: ("footer" in n, n))
        regels = [f"[{soort}] {regel}" for soort, regel in _randregels(pakket, randen)]
        if regels:
            regels.append("")
        body = ElementTree.fromstring(pakket.read("word/document.xml")).find(f"{W}body")
        if body is not None:
            regels += _regels(body)
        for noten in ("word/footnotes.xml", "word/endnotes.xml"):
            if noten in namen:
                wortel = ElementTree.fromstring(pakket.read(noten))
                teksten = [paragraph_text(p) for p in wortel.iter(f"{W}p")]
                regels += [f"[noot] {t}" for t in teksten if t]
    return "\n".join(regels) + "\n"


def _randregels(pakket: zipfile.ZipFile, namen: list[str]) -> Iterator[tuple[str, str]]:
    gezien: set[tuple[str, str]] = set()
    for naam in namen:
        soort = "kop" if "header" in naam else "voet"
        for alinea in ElementTree.fromstring(pakket.read(naam)).iter(f"{W}p"):
            tekst = paragraph_text(alinea)
            if tekst and (soort, tekst) not in gezien:
                gezien.add((soort, tekst))
                yield soort, tekst


def _regels(ouder: ElementTree.Element) -> Iterator[str]:
    for element in ouder:
        if element.tag == f"{W}p":
            tekst = paragraph_text(element)
            if tekst:
                yield _VOOR.get(paragraph_style(element), "") + tekst
        elif element.tag == f"{W}tbl":
            yield from (f"| {' | '.join(cellen)} |" for cellen in _rijen(element))
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            yield from _regels(element)


def _rijen(tabel: ElementTree.Element) -> Iterator[list[str]]:
    for rij in tabel.findall(f".//{W}tr"):
        yield [
            " / ".join(t for p in cel.iter(f"{W}p") if (t := paragraph_text(p))) for cel in rij.iter(f"{W}tc")
        ]


def paragraph_style(alinea: ElementTree.Element) -> str:
    """Style id of a paragraph; Normal when it names none."""
    stijl = alinea.find(f"{W}pPr/{W}pStyle")
    return "Normal" if stijl is None else stijl.get(f"{W}val", "Normal")


def paragraph_text(alinea: ElementTree.Element) -> str:
    """The words of one paragraph; a picture by its alternative text, a line end as ` ⏎ `."""
    delen: list[str] = []
    for run in alinea.iter(f"{W}r"):
        for kind in run:
            if kind.tag == f"{W}t":
                delen.append(kind.text or "")
            elif kind.tag == f"{W}tab":
                delen.append("\t")
            elif kind.tag in (f"{W}br", f"{W}cr") and kind.get(f"{W}type") is None:
                delen.append(" ⏎ ")
            elif kind.tag == f"{W}noBreakHyphen":
                delen.append("-")
            elif kind.tag == f"{W}drawing":
                delen += [f"[afbeelding: {d.get('descr', '')}]" for d in kind.iter(f"{_WP}docPr")]
    return "".join(delen).replace("\u00a0", " ").strip()


if __name__ == "__main__":  # git's textconv: python -m aanbesteding.documents.text FILE
    sys.stdout.write(extract_text(Path(sys.argv[1]).read_bytes()))
