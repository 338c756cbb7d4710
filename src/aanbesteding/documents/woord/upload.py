"""Whether a Word file from outside may come in: no macros, no links to elsewhere, nothing embedded, no bombs.

Hyperlinks to web pages and mail addresses are allowed: nothing is fetched until a reader clicks, and the comparison
shows where they lead. Whatever Word or LibreOffice would fetch, run or fill in by itself is refused.

Must stay true: the answer is a list of Dutch findings or the parts of a good file, never another error, whatever the
bytes; nothing is unpacked before its size is known; nothing is written.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from aanbesteding.documents.bevinding import Bevinding, Plek, shorten
from aanbesteding.documents.lezen import parse_docx
from aanbesteding.documents.tekst_bron import describe_onderdeel
from aanbesteding.documents.text import W
from aanbesteding.errors import InvoerError

MAX_BESTAND = 25_000_000
"""Bytes of the file itself; the largest document of a demo is 100 kB, with photographs some MB."""
MAX_DIEPTE = 200
"""Elements inside one another; Word stays below forty."""
MAX_ALINEAS = 20_000
"""Paragraphs; a tender guide has some five hundred."""
MAX_TEKEN = 2_000_000
"""Characters of running text."""

NAAM = "Het bestand"
_SOORTEN = frozenset(
    ["xml", "rels", "png", "jpg", "jpeg", "jfif", "gif", "bmp", "tif", "tiff", "emf", "wmf", "svg", "odttf"]
)  # fmt: skip
"""Kinds of part that a plain document holds: text, relations, pictures and embedded typefaces."""
_INGESLOTEN = frozenset(
    ["oleObject", "package", "control", "aFChunk", "activeXControlBinary", "subDocument", "frame", "vbaProject",
     "wordVbaData", "attachedToolbars", "keyMapCustomizations", "ui", "extensibility", "mailMergeSource",
     "mailMergeHeaderSource", "recipientData", "webextension", "webextensiontaskpanes", "taskpanes"]
)  # fmt: skip
_VELDEN = frozenset(
    ["PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "PAGEREF", "REF", "NOTEREF", "HYPERLINK", "STYLEREF", "SEQ",
     "TITLE", "SUBJECT", "AUTHOR", "DOCPROPERTY", "SYMBOL", "XE", "INDEX", "TOA", "TA", "TC", "BOOKMARK"]
)  # fmt: skip
_KOPPELING = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ELEMENTEN = {
    f"{W}altChunk": "een ingevoegd bestand (altChunk)",
    f"{W}object": "een ingesloten object",
    f"{W}control": "een ActiveX-besturingselement",
    f"{W}subDoc": "een verwijzing naar een subdocument",
    f"{W}mailMerge": "een samenvoeging met een gegevensbron",
    f"{W}dataBinding": "een veld dat zijn inhoud elders uit het bestand haalt",
}
_WEG = "verwijder het; gebruik gewone tekst of een afbeelding"


def controleer_upload(inhoud: bytes) -> tuple[Bevinding, ...]:
    """Every reason not to let this file in; empty when it is a plain, safe .docx."""
    try:
        _open(inhoud)
    except _Geweigerd as fout:
        return fout.bevindingen
    return ()


def open_upload(inhoud: bytes) -> dict[str, bytes]:
    """The parts of a safe file; InvoerError with every reason when it is not one."""
    try:
        return _open(inhoud)
    except _Geweigerd as fout:
        raise InvoerError([str(b) for b in fout.bevindingen]) from fout


class _Geweigerd(Exception):
    def __init__(self, *bevindingen: Bevinding) -> None:
        super().__init__(*bevindingen)
        self.bevindingen = bevindingen


def _open(inhoud: bytes) -> dict[str, bytes]:
    if not inhoud:
        raise _Geweigerd(Bevinding("leeg", "het bestand is leeg", "kies het bewaarde Word-bestand"))
    if len(inhoud) > MAX_BESTAND:
        uitleg = f"het bestand is groter dan {MAX_BESTAND // 1_000_000} MB"
        raise _Geweigerd(Bevinding("te-groot", uitleg, "verklein de afbeeldingen en sla het opnieuw op"))
    if namen := tuple(_check_namen(inhoud)):
        raise _Geweigerd(*namen)
    try:
        leden = parse_docx(inhoud, NAAM)
    except InvoerError as fout:
        uitleg, _, advies = str(fout).removeprefix(f"{NAAM}: ").rstrip(".").partition("; ")
        raise _Geweigerd(Bevinding("bestand", uitleg, advies or "kies een ander bestand")) from fout
    if omvang := tuple(_check_omvang(leden)):
        raise _Geweigerd(*omvang)
    if fouten := tuple(dict.fromkeys(_check_leden(leden))):
        raise _Geweigerd(*fouten)
    return leden


def _check_namen(inhoud: bytes) -> Iterator[Bevinding]:
    """Names in the zip that lead elsewhere, stand there twice, or belong to a closed file."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            leden = pakket.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return  # parse_docx says what it is
    herstel = "open het in Word en sla het opnieuw op"
    gezien: set[str] = set()
    for lid in leden:
        naam = lid.orig_filename
        delen = re.split(r"[/\\]", naam)
        if ".." in delen or naam.startswith(("/", "\\")) or "\\" in naam or ":" in naam or "\0" in naam:
            yield Bevinding("pad", f"een onderdeel heeft een onmogelijke naam ({naam[:80]!r})", herstel)
        if lid.filename.lower() in gezien:
            yield Bevinding("dubbel", f"het onderdeel {naam[:80]} staat er twee keer in", herstel)
        if lid.flag_bits & 0x1:
            yield Bevinding("versleuteld", "het bestand is versleuteld", "sla het zonder wachtwoord op")
            return
        gezien.add(lid.filename.lower())


def _check_omvang(leden: Mapping[str, bytes]) -> Iterator[Bevinding]:
    """What would keep a reader busy for ever: depth and length of the parts."""
    alineas = tekens = 0
    for naam, xml in leden.items():
        if not naam.lower().endswith((".xml", ".rels", ".svg")):
            continue
        diepte, p, t = _measure(xml)
        alineas, tekens = alineas + p, tekens + t
        if diepte > MAX_DIEPTE:
            yield Bevinding("te-diep", f"het onderdeel {naam} is te ingewikkeld", "gebruik een ander bestand")
    if alineas > MAX_ALINEAS or tekens > MAX_TEKEN:
        uitleg = f"het document is te lang ({alineas} alinea's)"
        yield Bevinding("te-lang", uitleg, "dit kan geen bewerking van een stuk zijn; kies het goede bestand")


def _measure(xml: bytes) -> tuple[int, int, int]:
    """Depth, number of paragraphs and of characters of a part."""
    diepte = diepst = alineas = tekens = 0
    for gebeurtenis, element in ElementTree.iterparse(io.BytesIO(xml), ("start", "end")):
        if gebeurtenis == "start":
            diepte += 1
            diepst = max(diepst, diepte)
            continue
        diepte -= 1
        alineas += element.tag == f"{W}p"
        tekens += len(element.text or "")
        if diepst > MAX_DIEPTE:
            break
    return diepst, alineas, tekens


def _check_leden(leden: Mapping[str, bytes]) -> Iterator[Bevinding]:
    for naam, inhoud in leden.items():
        soort = naam.lower().rpartition(".")[2]
        if soort == "bin" or "/embeddings/" in naam or "/activeX/" in naam or "/afchunk" in naam:
            yield Bevinding("ingesloten", f"er is een bestand of object ingesloten ({naam})", _WEG)
        elif soort not in _SOORTEN:
            uitleg = f"het onderdeel {naam[:80]} hoort niet in een gewoon Word-document"
            yield Bevinding("vreemd-onderdeel", uitleg, "open het in Word en sla het opnieuw op als .docx")
        elif soort == "rels":
            yield from _check_relaties(ElementTree.fromstring(inhoud))
        elif soort == "xml":
            yield from _check_inhoud(naam, ElementTree.fromstring(inhoud))
    if re.search(rb"macroEnabled|vbaProject|activeX|ms-word\.(?:key|attached)", leden["[Content_Types].xml"]):
        uitleg = "het bestand kondigt macro's of besturingselementen aan"
        yield Bevinding("macro", uitleg, "sla het op als .docx zonder macro's")


def _check_relaties(wortel: ElementTree.Element) -> Iterator[Bevinding]:
    for rel in wortel.iter(_REL):
        soort, doel = rel.get("Type", "").rpartition("/")[2], rel.get("Target", "")
        if rel.get("TargetMode", "").lower() == "external" or re.match(r"\w[\w+.-]+:|[/\\]{2}", doel):
            if soort == "hyperlink" and _KOPPELING.match(doel):
                continue
            uitleg = f"het bestand verwijst naar iets buiten zichzelf ({soort}: '{shorten(doel)}')"
            if soort == "attachedTemplate":
                advies = (
                    "kies in Word bij Ontwikkelaars, Documentsjabloon weer Normal.dotm en sla het opnieuw op"
                )
            elif soort == "hyperlink":
                advies = "een koppeling mag alleen naar een webpagina (https://) of een mailadres"
            else:
                advies = "voeg het in of verwijder de koppeling"
            yield Bevinding("koppeling", uitleg, advies)
        elif soort in _INGESLOTEN:
            yield Bevinding("ingesloten", f"er is een bestand of object ingesloten ({doel})", _WEG)


def _check_inhoud(naam: str, wortel: ElementTree.Element) -> Iterator[Bevinding]:
    plek = Plek(onderdeel=describe_onderdeel(naam))
    for element in wortel.iter():
        if element.tag in _ELEMENTEN:
            yield Bevinding("ingesloten", f"er staat {_ELEMENTEN[element.tag]} in het bestand", _WEG, plek)
    for alinea in wortel.iter(f"{W}p"):
        for code in _list_veldcodes(alinea):
            yield from _check_veld(code, plek)


def _check_veld(code: str, plek: Plek) -> Iterator[Bevinding]:
    opdracht = code.split()[0].upper() if code.split() else ""
    doel = re.search(r'"([^"]*)"', code)
    if opdracht and opdracht not in _VELDEN:
        uitleg = f"er staat een Word-veld in dat zelf iets invult, ophaalt of uitvoert ({shorten(code)})"
        yield Bevinding("veld", uitleg, "vervang het door gewone tekst (Ctrl+Shift+F9)", plek)
    elif opdracht == "HYPERLINK" and doel and "\\l" not in code and not _KOPPELING.match(doel[1]):
        uitleg = f"een koppeling leidt naar een bestand ('{shorten(doel[1])}')"
        yield Bevinding("koppeling", uitleg, "gebruik een webpagina (https://) of mailadres", plek)


def _list_veldcodes(alinea: ElementTree.Element) -> Iterator[str]:
    """The code of every field in this paragraph; of nested fields each by itself."""
    open_: list[list[str] | None] = []  # None: the code was read, the result follows
    for element in alinea.iter():
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", "").strip()
        elif element.tag in (f"{W}instrText", f"{W}delInstrText"):
            if not open_ or open_[-1] is None:
                open_.append([])
            delen = open_[-1]
            if delen is not None:
                delen.append(element.text or "")
        elif element.tag == f"{W}fldChar":
            soort = element.get(f"{W}fldCharType")
            if soort == "begin":
                open_.append([])
            elif open_:
                delen = open_.pop()
                yield "".join(delen or ()).strip()
                if soort == "separate":
                    open_.append(None)
    yield from ("".join(delen).strip() for delen in open_ if delen)
