"""What docxtpl makes of a template before any field is filled: the sources it renders and the package it saves.

The lenient way (render_soepel.py) starts from the `Basis` made here; the strict way from render_laden.py.

Must stay true: sources and members are those of docxtpl 0.20 and python-docx, made by calling them.
Traps: docxtpl renders the body without its root element, drops white space between elements of headers and
footers, takes footnotes as they stand, and renders these only when there is a section.
"""
# lxml, python-docx and docxtpl come without usable types.
# pyright: basic

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

from docxtpl import DocxTemplate

from aanbesteding.documents.render_pakket import Basis
from aanbesteding.documents.render_zip import CORE, DOCUMENT

EIGENSCHAPPEN = ("author", "comments", "identifier", "language", "subject", "title")
_NAAMRUIMTE = re.compile(r' xmlns(?::\w+)?="[^"]*"')
_WP = re.compile(r'xmlns:(\w+)="http://schemas\.openxmlformats\.org/drawingml/2006/wordprocessingDrawing"')
_VERKLARING = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def build_basis(docx: bytes) -> Basis:
    """Open a template the way docxtpl does."""
    tpl = DocxTemplate(io.BytesIO(docx))
    tpl.render_init()
    docx_: Any = tpl.get_docx()
    heel = tpl.xml_to_string(docx_._element)
    begin, einde = heel.find("<w:body"), heel.rfind("</w:body>") + len("</w:body>")
    bron = tpl.get_xml()
    open_ = bron[: bron.index(">") + 1]
    koppen = [
        (p.partname[1:], p) for u in (tpl.HEADER_URI, tpl.FOOTER_URI) for _, p in tpl.get_headers_footers(u)
    ]
    noten = [p for p in docx_.part.package.parts if p.content_type.endswith("wordprocessingml.footnotes+xml")]
    gewoon = (
        begin > 0
        and einde > begin
        and docx_._element.body.nsmap == docx_._element.nsmap
        and set(_WP.findall(heel)) <= {"wp"}
        and len({naam for naam, _ in koppen}) == len(koppen)
        and all(isinstance(p.blob, bytes) for p in noten)
    )
    bronnen = {DOCUMENT: tpl.patch_xml(_NAAMRUIMTE.sub("", open_) + bron[len(open_) :])}
    bronnen |= {naam: tpl.patch_xml(tpl.get_part_xml(p)) for naam, p in koppen}
    bronnen |= {p.partname[1:]: tpl.patch_xml(p.blob.decode("utf-8")) for p in noten}
    eigenschappen = _prepare_kern(tpl)
    leden = save_leden(tpl)
    kern = next((n for n in leden if n.endswith("core.xml")), CORE)
    return Basis(
        leden=leden,
        bronnen={n: re.sub(r"<w:p([ >])", r"\n<w:p\1", b) for n, b in bronnen.items()},
        voor=_VERKLARING + heel[:begin],
        na=heel[einde:],
        open=open_,
        kern=leden[kern].decode("utf-8"),
        eigenschappen=eigenschappen,
        noten=tuple(p.partname[1:] for p in noten),
        gewoon=gewoon and kern == CORE,
    )


def _prepare_kern(tpl: Any) -> dict[str, str]:
    """Set the six properties that docxtpl sets; a mark where a template stands. Returns mark and template."""
    eigen = any(p.partname == f"/{CORE}" for p in tpl.docx.part.package.parts)
    kern = tpl.docx.core_properties
    if not eigen:  # python-docx made them just now and put the hour in
        kern.modified = datetime(2026, 1, 1, tzinfo=UTC)
    uit: dict[str, str] = {}
    for naam in EIGENSCHAPPEN:
        tekst = getattr(kern, naam)
        merk = f"[[{naam}:eigenschap]]" if tekst else ""
        if merk:
            uit[merk] = tekst
        setattr(kern, naam, merk)
    return uit


def save_leden(tpl: Any) -> dict[str, bytes]:
    """The members of the package that docxtpl saves."""
    uit = io.BytesIO()
    tpl.docx.save(uit)
    with zipfile.ZipFile(uit) as pakket:
        return {i.filename: pakket.read(i) for i in pakket.infolist()}
