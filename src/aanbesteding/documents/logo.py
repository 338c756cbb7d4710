"""Puts a region's logo where a template says [[logo]]: once, when the template is loaded.

A logo is a fixed part of the house style, so it costs nothing per document. Pictures that are part of a
context are afbeelding.py.

Must stay true: no logo without alternative text; without a logo the place leaves no empty line; the picture
floats (an anchor), so that a taller logo never pushes the text of a letter down.
"""
# lxml comes without types; the unknowns at its border are not ours.
# pyright: basic

from __future__ import annotations

import re
import struct
from xml.sax.saxutils import quoteattr

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from aanbesteding.documents.afbeelding import EMU_PER_MM
from aanbesteding.documents.render_zip import TYPES, add_relaties, add_type
from aanbesteding.domain.huisstijl import Logo

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DELEN = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_PLAATS = "[[logo]]"
_REL_ID = "rIdLogo"
_LID = "word/media/logo.png"


def insert_logo(leden: dict[str, bytes], logo: Logo | None) -> None:
    """Replace every paragraph [[logo]] in body, headers and footers by the picture, or take it out."""
    for naam in [n for n in leden if _DELEN.fullmatch(n)]:
        if _PLAATS.encode() not in re.sub(rb"<[^>]*>", b"", leden[naam]):
            continue
        wortel = etree.fromstring(leden[naam], etree.XMLParser(resolve_entities=False, no_network=True))
        for alinea in list(wortel.iter(f"{_W}p")):
            if "".join(t.text or "" for t in alinea.iter(f"{_W}t")).strip() == _PLAATS:
                _replace(alinea, logo)
        leden[naam] = etree.tostring(wortel, xml_declaration=True, encoding="UTF-8", standalone=True)
        if logo is not None:
            leden[_LID] = logo.png
            leden[TYPES] = add_type(leden[TYPES], "png")
            rels = f"word/_rels/{naam.removeprefix('word/')}.rels"
            leden[rels] = add_relaties(leden.get(rels), {_REL_ID: f"/{_LID}"})


def _replace(alinea: etree._Element, logo: Logo | None) -> None:
    if logo is None:
        alinea.getparent().remove(alinea)
        return
    for kind in [k for k in alinea if k.tag != f"{_W}pPr"]:
        alinea.remove(kind)
    alinea.append(etree.fromstring(f'<w:r xmlns:w="{_W[1:-1]}">{_render_anker(logo)}</w:r>'))


def _render_anker(logo: Logo) -> str:
    """The floating picture: against the right margin, twelve millimetres below the top of the page."""
    breed, hoog = struct.unpack(">II", logo.png[16:24])
    cx = logo.breedte_mm * EMU_PER_MM
    cy = cx * hoog // breed
    alt = quoteattr(logo.alt, {"\n": " "})
    d = "http://schemas.openxmlformats.org/drawingml/2006"
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<w:drawing><wp:anchor xmlns:wp="{d}/wordprocessingDrawing" distT="0" distB="0" distL="114300" '
        'distR="114300" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{12 * EMU_PER_MM}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="Logo" descr={alt}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{d}/main" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{d}/main"><a:graphicData uri="{d}/picture">'
        f'<pic:pic xmlns:pic="{d}/picture"><pic:nvPicPr><pic:cNvPr id="0" name="logo.png" descr={alt}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{r}" r:embed="{_REL_ID}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
