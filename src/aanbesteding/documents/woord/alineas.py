"""Reads a Word file as stories of paragraphs and tables, so that two files can be laid beside each other.

A story is the body, one header or footer of a section, or the notes. White space counts as one space, whatever kind;
what Word reckons itself (page numbers) is written as `#`, a picture by its alternative text. Values that were marked
while rendering (documents.render_spoor) become spans of the text.

Must stay true: every word that a reader of the printed document sees is here, in order, and no word that he does not
see: deleted and hidden text are left out, and hidden text is told apart. Headers are found by their role (section,
first, even), not by the name of their part, because an editor renames parts.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from aanbesteding.documents.render_spoor import BEGIN, EINDE, MIDDEN
from aanbesteding.documents.render_zip import DOCUMENT
from aanbesteding.documents.text import W, paragraph_style
from aanbesteding.documents.woord.wijzigingen import resolve

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_REKENT = frozenset(["PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF"])
_KOP = re.compile(r"Heading[1-9]|Kopzondernummer|Title")
_BLOKHOUDERS = frozenset(f"{W}{n}" for n in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_OVER = frozenset(f"{W}{n}" for n in ("pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr"))
_CLAUSULE = re.compile(r"(?:clausule|bouwsteen):([^:]+:[^:]+)")


@dataclass(frozen=True)
class Spoor:
    """A stretch of a paragraph that was filled in: field `nummer` of the rendering."""

    begin: int
    einde: int
    nummer: int


@dataclass(frozen=True)
class Alinea:
    """A paragraph as printed. `inhoudsopgave`: Word makes it from the headings."""

    tekst: str
    stijl: str = "Normal"
    kop: str = ""
    clausule: str = ""
    onderdeel: str = ""
    sporen: tuple[Spoor, ...] = ()
    beelden: tuple[str, ...] = ()
    koppelingen: tuple[str, ...] = ()
    verborgen: str = ""
    inhoudsopgave: bool = False


@dataclass(frozen=True)
class Rij:
    """A row of a table: per cell its paragraphs (those of a table inside a cell included)."""

    cellen: tuple[tuple[Alinea, ...], ...]
    tabel: int

    @property
    def alineas(self) -> tuple[Alinea, ...]:
        """All paragraphs of the row."""
        return tuple(a for cel in self.cellen for a in cel)


Eenheid = Alinea | Rij


@dataclass(frozen=True)
class Verhaal:
    """A story: its role in the document and what stands in it."""

    rol: str
    deel: str
    eenheden: tuple[Eenheid, ...]

    @property
    def alineas(self) -> Iterator[Alinea]:
        """All its paragraphs in order."""
        for eenheid in self.eenheden:
            yield from eenheid.alineas if isinstance(eenheid, Rij) else (eenheid,)


def read_verhalen(leden: Mapping[str, bytes], *, accepteer: bool = True) -> tuple[Verhaal, ...]:
    """The stories of a document, with tracked changes accepted (or rejected)."""
    body = resolve(ElementTree.fromstring(leden[DOCUMENT]), accepteer=accepteer)
    uit = [_read_verhaal(leden, "body", DOCUMENT, body)]
    for rol, deel in _list_randen(leden, body):
        uit.append(_read_verhaal(leden, rol, deel, _load(leden, deel, accepteer)))
    for rol, deel in _list_noten(leden):
        uit.append(_read_verhaal(leden, rol, deel, _load(leden, deel, accepteer)))
    return tuple(uit)


def _load(leden: Mapping[str, bytes], deel: str, accepteer: bool) -> ElementTree.Element:
    return resolve(ElementTree.fromstring(leden[deel]), accepteer=accepteer)


def list_delen(leden: Mapping[str, bytes]) -> tuple[str, ...]:
    """The names of the parts with running text."""
    return tuple(dict.fromkeys(list_rollen(leden).values()))


def list_rollen(leden: Mapping[str, bytes]) -> dict[str, str]:
    """Per role (body, header:1:first, footnotes, ...) the part that has it."""
    body = ElementTree.fromstring(leden[DOCUMENT])
    return dict([("body", DOCUMENT), *_list_randen(leden, body), *_list_noten(leden)])


# --- which parts ------------------------------------------------------------------------------------------


def load_relaties(leden: Mapping[str, bytes], deel: str) -> dict[str, tuple[str, str]]:
    """Per relation id of a part: the last word of its kind, and its target (a part, or an address)."""
    map_, _, naam = deel.rpartition("/")
    rels = leden.get(f"{map_}/_rels/{naam}.rels")
    if rels is None:
        return {}
    uit: dict[str, tuple[str, str]] = {}
    for rel in ElementTree.fromstring(rels).iter(_REL):
        doel = rel.get("Target", "")
        if rel.get("TargetMode", "").lower() != "external":
            doel = doel[1:] if doel.startswith("/") else posixpath.normpath(posixpath.join(map_, doel))
        uit[rel.get("Id", "")] = (rel.get("Type", "").rpartition("/")[2], doel)
    return uit


def _list_randen(leden: Mapping[str, bytes], body: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Role and part of every header and footer that is really printed."""
    relaties = load_relaties(leden, DOCUMENT)
    even = b"<w:evenAndOddHeaders" in leden.get("word/settings.xml", b"")
    geldig: dict[tuple[str, str], str] = {}
    vroeger = {id(wijziging[0]) for wijziging in body.iter(f"{W}sectPrChange") if len(wijziging)}
    secties = (s for s in body.iter(f"{W}sectPr") if id(s) not in vroeger)
    for nummer, sectie in enumerate(secties, start=1):
        for soort in ("header", "footer"):
            for verwijzing in sectie.findall(f"{W}{soort}Reference"):
                doel = relaties.get(verwijzing.get(f"{R}id", ""), ("", ""))[1]
                if doel in leden:
                    geldig[soort, verwijzing.get(f"{W}type", "default")] = doel
        eerste = sectie.find(f"{W}titlePg")
        vormen = ["default"] + ["first"] * _is_aan(eerste) + ["even"] * even
        for soort in ("header", "footer"):
            for vorm in vormen:
                if (soort, vorm) in geldig:
                    yield f"{soort}:{nummer}:{vorm}", geldig[soort, vorm]


def _is_aan(element: ElementTree.Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off")


def _list_noten(leden: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for soort, doel in load_relaties(leden, DOCUMENT).values():
        if soort in ("footnotes", "endnotes") and doel in leden:
            yield soort, doel


# --- one story --------------------------------------------------------------------------------------------


def _read_verhaal(leden: Mapping[str, bytes], rol: str, deel: str, wortel: ElementTree.Element) -> Verhaal:
    lezer = _Lezer(leden, load_relaties(leden, deel), _describe_rol(rol))
    if rol == "body":
        body = wortel.find(f"{W}body")
        eenheden = list(lezer.read(body if body is not None else wortel))
    elif rol in ("footnotes", "endnotes"):
        noten = (n for n in wortel if n.get(f"{W}type", "normal") == "normal")
        eenheden = [e for noot in noten for e in lezer.read(noot)]
    else:
        eenheden = list(lezer.read(wortel))
    return Verhaal(rol, deel, tuple(eenheden))


def _describe_rol(rol: str) -> str:
    soort, _, vorm = rol.partition(":")
    naam = {
        "body": "", "header": "in de koptekst", "footer": "in de voettekst", "footnotes": "in een voetnoot",
        "endnotes": "in een eindnoot",
    }[soort]  # fmt: skip
    return f"{naam} van de eerste bladzijde" if vorm.endswith("first") else naam


@dataclass
class _Veld:
    """A Word field that is open: its code, and whether its result is being read."""

    code: str = ""
    resultaat: bool = False

    @property
    def opdracht(self) -> str:
        delen = self.code.split()
        return delen[0].upper() if delen else ""


@dataclass
class _Stukken:
    """What is gathered of one paragraph."""

    tekst: list[str] = field(default_factory=list[str])
    verborgen: list[str] = field(default_factory=list[str])
    beelden: list[str] = field(default_factory=list[str])
    koppelingen: list[str] = field(default_factory=list[str])
    kaders: list[ElementTree.Element] = field(default_factory=list[ElementTree.Element])


class _Lezer:
    """Reads one story; fields of Word can run on over paragraphs."""

    def __init__(
        self, leden: Mapping[str, bytes], relaties: Mapping[str, tuple[str, str]], onderdeel: str
    ) -> None:
        self._leden = leden
        self._relaties = relaties
        self._onderdeel = onderdeel
        self._velden: list[_Veld] = []
        self._kop = ""
        self._tabellen = 0

    def read(self, ouder: ElementTree.Element, clausule: str = "") -> Iterator[Eenheid]:
        for kind in ouder:
            if kind.tag == f"{W}p":
                yield from self._read_alinea(kind, clausule)
            elif kind.tag == f"{W}tbl":
                self._tabellen += 1
                yield from self._read_tabel(kind, clausule, self._tabellen)
            elif kind.tag in _BLOKHOUDERS:
                yield from self.read(kind, _find_clausule(kind) or clausule)

    def _read_tabel(self, tabel: ElementTree.Element, clausule: str, nummer: int) -> Iterator[Rij]:
        for rij in _iter_door(tabel, f"{W}tr"):
            cellen = tuple(
                tuple(
                    a for e in self.read(cel, clausule) for a in (e.alineas if isinstance(e, Rij) else (e,))
                )
                for cel in _iter_door(rij, f"{W}tc")
            )
            yield Rij(cellen, nummer)

    def _read_alinea(self, element: ElementTree.Element, clausule: str) -> Iterator[Alinea]:
        inhoudsopgave = any(v.opdracht == "TOC" and v.resultaat for v in self._velden)
        stukken = _Stukken()
        self._read_inhoud(element, stukken)
        inhoudsopgave = inhoudsopgave or any(v.opdracht == "TOC" and v.resultaat for v in self._velden)
        tekst, sporen = parse_merken("".join(stukken.tekst))
        stijl = paragraph_style(element)
        if _KOP.fullmatch(stijl):
            self._kop = tekst
        yield Alinea(
            tekst,
            stijl,
            self._kop,
            clausule,
            self._onderdeel,
            sporen,
            tuple(stukken.beelden),
            tuple(stukken.koppelingen),
            " ".join("".join(stukken.verborgen).split()),
            inhoudsopgave,
        )
        for kader in stukken.kaders:
            for eenheid in self.read(kader, clausule):
                yield from eenheid.alineas if isinstance(eenheid, Rij) else (eenheid,)

    def _read_inhoud(self, ouder: ElementTree.Element, uit: _Stukken) -> None:
        for kind in ouder:
            if kind.tag == f"{W}r":
                self._read_run(kind, uit)
            elif kind.tag == f"{W}fldSimple":
                self._velden.append(_Veld(kind.get(f"{W}instr", "")))
                self._start_resultaat(uit)
                self._read_inhoud(kind, uit)
                self._velden.pop()
            elif kind.tag == f"{W}hyperlink":
                doel = self._relaties.get(kind.get(f"{R}id", ""), ("", ""))[1]
                if doel:
                    uit.koppelingen.append(doel)
                self._read_inhoud(kind, uit)
            elif kind.tag.endswith("}oMath") or kind.tag.endswith("}oMathPara"):
                uit.tekst += [t.text or "" for t in kind.iter() if t.tag.endswith("}t")]
            elif kind.tag not in _OVER:
                self._read_inhoud(kind, uit)

    def _read_run(self, run: ElementTree.Element, uit: _Stukken) -> None:
        verborgen = _is_aan(run.find(f"{W}rPr/{W}vanish"))
        doel = uit.verborgen if verborgen else uit.tekst
        for kind in run:
            if kind.tag == f"{W}fldChar":
                self._read_veldteken(kind, uit)
            elif kind.tag == f"{W}instrText":
                if self._velden and not self._velden[-1].resultaat:
                    self._velden[-1].code += kind.text or ""
            elif not self._is_gerekend():
                self._read_deel(kind, doel, uit)

    def _read_deel(self, kind: ElementTree.Element, doel: list[str], uit: _Stukken) -> None:
        if kind.tag == f"{W}t":
            doel.append(kind.text or "")
        elif kind.tag in (f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"):
            doel.append(" ")
        elif kind.tag == f"{W}noBreakHyphen":
            doel.append("-")
        elif kind.tag == f"{W}sym":
            doel.append(_parse_teken(kind.get(f"{W}char", "")))
        elif kind.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            doel.append("[noot]")
        elif kind.tag in (f"{W}drawing", f"{W}pict"):
            self._read_beeld(kind, doel, uit)
        elif kind.tag == f"{_MC}AlternateContent":
            keuze = kind.find(f"{_MC}Choice")
            for deel in keuze if keuze is not None else ():
                self._read_deel(deel, doel, uit)

    def _read_beeld(self, beeld: ElementTree.Element, doel: list[str], uit: _Stukken) -> None:
        kaders = [k for k in beeld.iter(f"{W}txbxContent")]
        uit.kaders += kaders
        for element in beeld.iter():
            for naam in (f"{R}embed", f"{R}id", f"{R}link"):
                lid = self._relaties.get(element.get(naam, ""), ("", ""))[1]
                if lid in self._leden:
                    uit.beelden.append(hashlib.sha256(self._leden[lid]).hexdigest())
        if not kaders:
            namen = [d.get("descr", "") for d in beeld.iter(f"{_WP}docPr")] or [""]
            doel += [f"[afbeelding: {naam}]" for naam in namen]

    def _read_veldteken(self, teken: ElementTree.Element, uit: _Stukken) -> None:
        soort = teken.get(f"{W}fldCharType")
        if soort == "begin":
            self._velden.append(_Veld())
        elif soort == "separate" and self._velden:
            self._start_resultaat(uit)
        elif soort == "end" and self._velden:
            self._velden.pop()

    def _start_resultaat(self, uit: _Stukken) -> None:
        veld = self._velden[-1]
        buiten = self._is_gerekend(self._velden[:-1])
        veld.resultaat = True
        if self._is_gerekend() and not buiten:
            uit.tekst.append("#")
        if veld.opdracht == "HYPERLINK" and (adres := re.search(r'"([^"]*)"', veld.code)):
            uit.koppelingen.append(adres[1])

    def _is_gerekend(self, velden: list[_Veld] | None = None) -> bool:
        """Whether what is read now is not text of the document: a code, or a number that Word reckons.

        In a table of contents LibreOffice puts the whole line in the field of its page number.
        """
        open_ = self._velden if velden is None else velden
        rekent = _REKENT - {"PAGEREF"} if any(v.opdracht == "TOC" for v in open_) else _REKENT
        return any(not v.resultaat or v.opdracht in rekent for v in open_)


def _iter_door(ouder: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    """Rows of a table or cells of a row, content controls around them looked through."""
    for kind in ouder:
        if kind.tag == tag:
            yield kind
        elif kind.tag in _BLOKHOUDERS:
            yield from _iter_door(kind, tag)


def _find_clausule(blok: ElementTree.Element) -> str:
    tag = blok.find(f"{W}sdtPr/{W}tag")
    delen = _CLAUSULE.fullmatch("" if tag is None else tag.get(f"{W}val", ""))
    return delen[1] if delen else ""


def _parse_teken(code: str) -> str:
    try:
        teken = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "?"
    return "?" if "\ud800" <= teken <= "\udfff" else teken


def parse_merken(ruw: str) -> tuple[str, tuple[Spoor, ...]]:
    """The text with white space made one space, and the stretches between marks."""
    tekst: list[str] = []
    sporen: list[Spoor] = []
    open_: list[tuple[int, int]] = []
    nummer: str | None = None
    for teken in ruw:
        if teken == BEGIN:
            nummer = ""
        elif nummer is not None and teken != MIDDEN:
            nummer += teken
        elif teken == MIDDEN:
            if nummer is not None and nummer.isdigit():
                open_.append((len(tekst), int(nummer)))
            nummer = None
        elif teken == EINDE:
            if open_:
                begin, veld = open_.pop()
                sporen.append(Spoor(begin, len(tekst), veld))
        elif teken.isspace():
            if tekst and tekst[-1] != " ":
                tekst.append(" ")
        elif teken not in ("\u00ad", "\u200b", "\ufeff"):
            tekst.append("-" if teken == "\u2011" else teken)
    sporen += [Spoor(begin, len(tekst), veld) for begin, veld in open_]
    kaal = "".join(tekst).rstrip()
    geldig = (_trim(kaal, spoor) for spoor in sporen)
    return kaal, tuple(sorted((s for s in geldig if s.begin < s.einde), key=lambda s: (s.begin, -s.einde)))


def _trim(tekst: str, spoor: Spoor) -> Spoor:
    begin, einde = spoor.begin, min(spoor.einde, len(tekst))
    while begin < einde and tekst[begin] == " ":
        begin += 1
    while einde > begin and tekst[einde - 1] == " ":
        einde -= 1
    return Spoor(begin, einde, spoor.nummer)
