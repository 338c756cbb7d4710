"""Reads a template package and prepares it: house style, building blocks, and docxtpl's preparation of the
tags.

Rendering is render.py, looking for faults is inspect.py; both start from the `Pakket` made here.

Must stay true: docxtpl's own patch_xml stays the meaning of the tags ({%p, {%tr, {%tc, {{r, colspan, ...),
it is called and not copied; a building block may bring no relations (pictures, links) and no style the host
lacks.
Trap: lists of a building block get list numbers of their own, or they would count on from the host's lists.
"""
# lxml and docxtpl come without types; the unknowns at their border are not ours.
# pyright: basic

from __future__ import annotations

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from aanbesteding.documents.huisstijl import perform_huisstijl
from aanbesteding.documents.logo import insert_logo
from aanbesteding.documents.render_pakket import Bouwsteen, Pakket, find_bouwstenen
from aanbesteding.documents.render_zip import CORE, DOCUMENT
from aanbesteding.errors import SjabloonMismatch

if TYPE_CHECKING:
    from aanbesteding.domain.huisstijl import Huisstijl

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DYNAMISCH = ("/header", "/footer", "/footnotes", "/endnotes")
_STIJLDELEN = re.compile(
    r"word/(document|styles|numbering|header\d*|footer\d*|theme/theme\d*|fontTable)\.xml"
)
_BOUWSTEEN = re.compile(r"\[\[\s*bouwsteen:\s*([\w/.-]+?)\s*\]\]")
_VERKLARING = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ONLEESBAAR = (OSError, zipfile.BadZipFile, EOFError, ValueError, RuntimeError, zlib.error)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def load_pakket(pad: Path, *, huisstijl: Huisstijl | None = None, bouwstenen: Path | None = None) -> Pakket:
    """Read a template; SjabloonMismatch when it is no Word file or a building block does not fit."""
    leden = read_leden(pad)
    gebruikt: list[Bouwsteen] = []
    if b"bouwsteen:" in leden[DOCUMENT]:
        leden[DOCUMENT], leden["word/numbering.xml"] = _insert_bouwstenen(pad, leden, bouwstenen, gebruikt)
    insert_logo(leden, huisstijl.logo if huisstijl else None)
    if huisstijl is not None:
        for naam in leden:
            if _STIJLDELEN.fullmatch(naam):
                leden[naam] = perform_huisstijl(leden[naam].decode("utf-8"), huisstijl).encode()
    bronnen: dict[str, str] = {}
    for naam in _dynamische_leden(pad, leden):
        tekst = etree.tostring(_parse(pad, naam, leden[naam]), encoding="unicode")
        bronnen[naam] = _VERKLARING + patch_bron(tekst)
    return Pakket(pad.name, leden, bronnen, tuple(gebruikt))


def patch_bron(xml: str) -> str:
    """docxtpl's preparation of one part: tags split over runs are joined, {%p and the like are unwrapped."""
    from docxtpl import DocxTemplate

    return DocxTemplate(io.BytesIO()).patch_xml(xml)


def read_leden(pad: Path) -> dict[str, bytes]:
    """All members of a .docx in their order; SjabloonMismatch when the file is not a Word document."""
    try:
        with zipfile.ZipFile(pad) as pakket:
            leden = {i.filename: pakket.read(i) for i in pakket.infolist() if not i.is_dir()}
    except _ONLEESBAAR as fout:
        raise SjabloonMismatch(
            f"Sjabloon '{pad.name}' is niet te openen als Word-bestand (.docx); open het in Word en sla het op als "
            ".docx."
        ) from fout
    if DOCUMENT not in leden or "[Content_Types].xml" not in leden:
        raise SjabloonMismatch(f"Sjabloon '{pad.name}' is geen Word-document: {DOCUMENT} ontbreekt.")
    return leden


def _parse(pad: Path, naam: str, xml: bytes) -> etree._Element:
    try:
        return etree.fromstring(xml, _PARSER)
    except etree.XMLSyntaxError as fout:
        raise SjabloonMismatch(f"Sjabloon '{pad.name}': onderdeel {naam} is beschadigd ({fout}).") from fout


def _dynamische_leden(pad: Path, leden: dict[str, bytes]) -> Iterator[str]:
    """Members that carry tags: body, then headers, footers and notes it relates to, then the properties."""
    yield DOCUMENT
    rels = leden.get("word/_rels/document.xml.rels")
    if rels is not None:
        for rel in _parse(pad, "word/_rels/document.xml.rels", rels):
            doel = rel.get("Target", "")
            naam = doel.removeprefix("/") if doel.startswith("/") else f"word/{doel}"
            if rel.get("Type", "").endswith(_DYNAMISCH) and _has_tag(leden.get(naam, b"")):
                yield naam
    if _has_tag(leden.get(CORE, b"")):
        yield CORE


def _has_tag(xml: bytes) -> bool:
    """Whether a part may hold tags; they can be split over runs, so look at the bare text."""
    kaal = re.sub(rb"<[^>]*>", b"", xml)
    return any(t in kaal for t in (b"{{", b"{%", b"{#", b"{_{", b"{_%"))


def _insert_bouwstenen(
    pad: Path, leden: dict[str, bytes], map_: Path | None, gebruikt: list[Bouwsteen]
) -> tuple[bytes, bytes]:
    wortel = _parse(pad, DOCUMENT, leden[DOCUMENT])
    nummering = _parse(
        pad,
        "word/numbering.xml",
        leden.get("word/numbering.xml") or f'<w:numbering xmlns:w="{W[1:-1]}"/>'.encode(),
    )
    stijlen = _stijl_ids(leden)
    for ronde in range(4):
        alineas = [p for p in wortel.iter(f"{W}p") if _BOUWSTEEN.fullmatch(_tekst(p).strip())]
        if not alineas:
            break
        if ronde == 3:
            raise SjabloonMismatch(
                f"Sjabloon '{pad.name}': bouwstenen roepen elkaar meer dan drie lagen diep aan."
            )
        for alinea in alineas:
            gevonden = _BOUWSTEEN.fullmatch(_tekst(alinea).strip())
            if gevonden is not None:
                _replace_alinea(
                    pad, alinea, gevonden[1], _bouwstenenmap(pad, map_), nummering, stijlen, gebruikt
                )
    return (
        etree.tostring(wortel, xml_declaration=True, encoding="UTF-8", standalone=True),
        etree.tostring(nummering, xml_declaration=True, encoding="UTF-8", standalone=True),
    )


def _bouwstenenmap(pad: Path, map_: Path | None) -> Path:
    gevonden = find_bouwstenen(pad, map_)
    if gevonden is None:
        raise SjabloonMismatch(f"Sjabloon '{pad.name}' gebruikt bouwstenen, maar er is geen map _bouwstenen.")
    return gevonden


def _replace_alinea(
    pad: Path,
    alinea: etree._Element,
    naam: str,
    map_: Path,
    nummering: etree._Element,
    stijlen: set[str],
    gebruikt: list[Bouwsteen],
) -> None:
    bestand = map_ / f"{naam}.docx"
    if not bestand.is_file():
        bekend = ", ".join(sorted(p.stem for p in map_.glob("*.docx"))) or "geen"
        raise SjabloonMismatch(
            f"Sjabloon '{pad.name}': de bouwsteen '{naam}' bestaat niet. Bekend zijn: {bekend}."
        )
    leden = read_leden(bestand)
    body = _parse(bestand, DOCUMENT, leden[DOCUMENT]).find(f"{W}body")
    assert body is not None
    elementen = [copy.deepcopy(e) for e in body if e.tag != f"{W}sectPr"]
    if any(a.startswith(R) for e in elementen for n in e.iter() for a in n.attrib):
        raise SjabloonMismatch(
            f"Bouwsteen '{naam}': een bouwsteen mag geen afbeelding of koppeling bevatten."
        )
    vreemd = {
        s.get(f"{W}val", "") for e in elementen for s in e.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    } - stijlen
    if vreemd:
        raise SjabloonMismatch(
            f"Bouwsteen '{naam}' past niet in sjabloon '{pad.name}': de stijl "
            f"{', '.join(sorted(vreemd))} ontbreekt daar."
        )
    _renumber_lijsten(naam, elementen, leden, nummering)
    versie = _core_versie(leden)
    gebruikt.append(Bouwsteen(naam, versie))
    ouder = alinea.getparent()
    assert ouder is not None
    if not any(_is_clausule(e) for e in elementen):
        elementen = [_wrap_clausule(naam, versie, elementen)]
    plek = ouder.index(alinea)
    ouder[plek : plek + 1] = elementen


def _is_clausule(element: etree._Element) -> bool:
    tag = element.find(f"{W}sdtPr/{W}tag")
    return tag is not None and tag.get(f"{W}val", "").startswith("clausule:")


def _wrap_clausule(naam: str, versie: str, elementen: list[etree._Element]) -> etree._Element:
    """A building block that marks no clauses of its own is one clause, by its name and version."""
    sdt = etree.Element(f"{W}sdt")
    eigenschappen = etree.SubElement(sdt, f"{W}sdtPr")
    etree.SubElement(eigenschappen, f"{W}alias").set(f"{W}val", f"Bouwsteen {naam}")
    etree.SubElement(eigenschappen, f"{W}tag").set(f"{W}val", f"clausule:{naam}:{versie}")
    soort = etree.SubElement(
        eigenschappen, f"{W}docPartObj"
    )  # in a plain control LibreOffice loses bold text
    etree.SubElement(soort, f"{W}docPartGallery").set(f"{W}val", "Quick Parts")
    etree.SubElement(soort, f"{W}docPartCategory").set(f"{W}val", "Clausule")
    etree.SubElement(sdt, f"{W}sdtContent").extend(elementen)
    return sdt


def _renumber_lijsten(
    naam: str, elementen: list[etree._Element], leden: dict[str, bytes], nummering: etree._Element
) -> None:
    """Give every restarted list of the building block a list number of its own in the host."""
    verwijzingen = [n for e in elementen for n in e.iter(f"{W}numId") if n.get(f"{W}val") != "0"]
    if not verwijzingen:
        return
    eigen = etree.fromstring(leden["word/numbering.xml"], _PARSER)
    nsid_van = {a.get(f"{W}abstractNumId"): _nsid(a) for a in eigen.iter(f"{W}abstractNum")}
    gast_van = {_nsid(a): a.get(f"{W}abstractNumId", "") for a in nummering.iter(f"{W}abstractNum")}
    hoogste = max((int(n.get(f"{W}numId", "0")) for n in nummering.iter(f"{W}num")), default=0)
    nieuw: dict[str, str] = {}
    for verwijzing in verwijzingen:
        oud = verwijzing.get(f"{W}val", "")
        if oud not in nieuw:
            num = next((n for n in eigen.iter(f"{W}num") if n.get(f"{W}numId") == oud), None)
            abstract = num.find(f"{W}abstractNumId") if num is not None else None
            nsid = nsid_van.get(abstract.get(f"{W}val")) if abstract is not None else None
            if num is None or nsid not in gast_van:
                raise SjabloonMismatch(
                    f"Bouwsteen '{naam}': een lijst gebruikt een nummering die het sjabloon niet heeft."
                )
            kopie = copy.deepcopy(num)
            hoogste += 1
            kopie.set(f"{W}numId", str(hoogste))
            kopie.find(f"{W}abstractNumId").set(f"{W}val", gast_van[nsid])
            nummering.append(kopie)
            nieuw[oud] = str(hoogste)
        verwijzing.set(f"{W}val", nieuw[oud])


def _nsid(abstract: etree._Element) -> str:
    nsid = abstract.find(f"{W}nsid")
    return nsid.get(f"{W}val", "") if nsid is not None else ""


def _core_versie(leden: dict[str, bytes]) -> str:
    versie = re.search(rb"<cp:version>([^<]*)</cp:version>", leden.get(CORE, b""))
    return versie[1].decode() if versie else "1"


def _stijl_ids(leden: dict[str, bytes]) -> set[str]:
    return {m.decode() for m in re.findall(rb'w:styleId="([^"]*)"', leden.get("word/styles.xml", b""))}


def _tekst(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))
