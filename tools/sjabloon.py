"""Drafting tool for Word templates: `maak` turns a readable draft into a .docx, `toon` prints one back.

The markup is described in tools/SJABLOON.md. The tool is for the people who write templates; the product
never runs it, and a template may just as well be edited in Word afterwards: `toon` then gives the draft
that goes with it.

Must stay true: `maak(toon(x))` gives the same words, styles and tags as x; the same draft gives the same
bytes.
Trap: letter head, closing and title block are put in by the kind of document (`soort`), so `toon` leaves
them out.
"""

from __future__ import annotations

import argparse
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from sjabloon_stijl import (
    AFZENDERKADER,
    CLAUSULESOORT,
    KOP_XML,
    R_NS,
    W_NS,
    render_font_table,
    render_numbering,
    render_settings,
    render_styles,
)

SOORTEN = ("brief", "document", "overeenkomst", "bouwsteen")
BREEDTE = 9070  # text width in twentieths of a point: A4 less two margins of 2.5 cm
W = f"{{{W_NS}}}"
KOPSTIJLEN = {
    "Afzender",
    "Adres",
    "Kenmerk",
    "Kenmerkeerste",
    "Aanhef",
    "Title",
    "Subtitle",
    "Documentgegevens",
}
SLOTSTIJLEN = {"Slot"}


@dataclass(frozen=True)
class Blok:
    """One paragraph, tag line, table or directive of a draft."""

    stijl: str  # a paragraph style id, or: tag, tabel, bouwsteen, pagina, inhoud, slot, clausule, einde
    tekst: str = ""
    lijst: int = 0  # numId of a restarted list, 0 for none
    rijen: tuple[str, ...] = ()
    breedtes: tuple[str, ...] = ()
    bijschrift: str = ""


@dataclass(frozen=True)
class Clausule:
    """A clause: a piece of text with a name of its own and a version that counts up when the text changes."""

    id: str
    versie: str
    naam: str

    @property
    def tag(self) -> str:
        """What stands in the content control, in a template and in every document made with it."""
        return f"clausule:{self.id}:{self.versie}"


@dataclass
class Concept:
    """A whole draft: header keys and blocks."""

    titel: str = ""
    soort: str = "document"
    trefwoord: str = ""
    versie: str = ""
    onderwerp: str = ""
    voor: str = ""  # for a building block: the kind of template it is meant for
    blokken: list[Blok] = field(default_factory=list)
    herstarts: int = 0


# --- reading a draft --------------------------------------------------------------------------------------


def parse_concept(bron: str) -> Concept:
    """Read a draft; raises ValueError with a Dutch sentence that names the line."""
    concept = Concept()
    regels = bron.replace("\r\n", "\n").split("\n")
    start = len(regels)
    for plek, regel in enumerate(regels):
        kop = re.fullmatch(r"(titel|soort|trefwoord|versie|onderwerp|voor):\s*(.*)", regel.strip())
        if kop:
            setattr(concept, kop[1], kop[2].strip())
        elif regel.strip():
            start = plek
            break
    if concept.soort not in SOORTEN:
        raise ValueError(f"Onbekende soort '{concept.soort}': kies uit {', '.join(SOORTEN)}.")
    if concept.voor and (concept.soort != "bouwsteen" or concept.voor not in SOORTEN[:3]):
        raise ValueError("'voor:' hoort bij soort bouwsteen en is brief, document of overeenkomst.")
    if not concept.titel:
        raise ValueError("De regel 'titel: …' ontbreekt bovenaan het concept.")
    _parse_blokken(concept, regels[start:], start)
    if concept.soort == "brief" and any(
        b.tekst.startswith("Met vriendelijke groet") for b in concept.blokken
    ):
        raise ValueError(
            "Laat 'Met vriendelijke groet' en de ondertekening weg: een brief krijgt die vanzelf."
        )
    return concept


def _parse_blokken(concept: Concept, regels: list[str], eerste: int) -> None:
    alinea: list[str] = []
    tabel: list[str] = []
    breedtes: tuple[str, ...] = ()
    bijschrift = ""
    lijst = 0
    in_lijst = in_clausule = False
    overeenkomst = "overeenkomst" in (concept.soort, concept.voor)

    def sluit() -> None:
        nonlocal alinea, tabel, breedtes, bijschrift
        if alinea:
            concept.blokken.append(Blok("Normal", " ".join(alinea)))
        if tabel:
            concept.blokken.append(
                Blok("tabel", rijen=tuple(tabel), breedtes=breedtes, bijschrift=bijschrift)
            )
            breedtes, bijschrift = (), ""
        alinea, tabel = [], []

    for nummer, regel in enumerate(regels, start=eerste + 1):
        kaal = regel.strip()
        if tabel and (kaal.startswith("|") or re.match(r"\{%\s*-?tr\s", kaal)):
            tabel.append(kaal)
            continue
        if kaal.startswith("|"):
            sluit()
            tabel.append(kaal)
            in_lijst = False
            continue
        if not kaal:
            sluit()
            continue
        if re.fullmatch(r"\{[%#]p\s.*[%#]\}", kaal):
            sluit()
            concept.blokken.append(Blok("tag", kaal))
            continue
        blok = _parse_regel(kaal, regel, overeenkomst)
        if blok is None and kaal.startswith("!"):
            sluit()
            sleutel, _, rest = kaal[1:].partition(" ")
            if sleutel == "breedtes":
                breedtes = tuple(rest.split())
            elif sleutel == "bijschrift":
                bijschrift = rest.strip()
            else:
                raise ValueError(f"Regel {nummer}: '!{sleutel}' bestaat niet; kies !breedtes of !bijschrift.")
            continue
        if blok is None:
            if tabel:
                raise ValueError(f"Regel {nummer}: zet een lege regel tussen de tabel en de tekst erna.")
            alinea.append(kaal)
            in_lijst = False
            continue
        sluit()
        if blok.stijl in ("clausule", "einde"):
            if (blok.stijl == "einde") != in_clausule:
                wat = "staat nog een clausule open" if in_clausule else "is geen clausule begonnen"
                raise ValueError(f"Regel {nummer}: hier {wat}; clausules staan na elkaar, niet in elkaar.")
            in_clausule = not in_clausule
        if blok.stijl in ("ListNumber", "ListNumber2"):
            if blok.stijl == "ListNumber" and kaal.startswith("1.") and not in_lijst:
                lijst = 10 + concept.herstarts
                concept.herstarts += 1
            if not lijst:
                raise ValueError(f"Regel {nummer}: een genummerde lijst begint met '1.'.")
            blok = Blok(blok.stijl, blok.tekst, lijst=lijst)
            in_lijst = True
        elif blok.stijl not in ("ListBullet", "ListBullet2"):
            in_lijst = False
        concept.blokken.append(blok)
    sluit()
    if in_clausule:
        raise ValueError("De laatste clausule heeft geen [[einde clausule]].")


def _parse_regel(kaal: str, regel: str, overeenkomst: bool) -> Blok | None:
    """Return the block of a one-line construct, None for running text."""
    if m := re.match(r"(#{1,3})(\*?)\s+(.*)", kaal):
        return Blok("Kopzondernummer" if m[2] else f"Heading{len(m[1])}", m[3])
    if m := re.match(r"[-•]\s+(.*)", kaal):
        return Blok("ListBullet2" if regel.startswith("  ") else "ListBullet", m[1])
    if m := re.match(r"\d+\.\s+(.*)", kaal):
        return Blok("Artikellid" if overeenkomst else "ListNumber", m[1])
    if m := re.match(r"[a-z]\.\s+(.*)", kaal):
        return Blok("Artikelonderdeel" if overeenkomst else "ListNumber2", m[1])
    if m := re.match(r">\s*(.*)", kaal):
        return Blok("Kader", m[1])
    if m := re.fullmatch(r"\[\[\s*(pagina|inhoud|slot|bouwsteen|afbeelding)\s*(?::\s*(.*?))?\s*\]\]", kaal):
        return Blok("Afbeelding" if m[1] == "afbeelding" else m[1], m[2] or "")
    if kaal == "[[einde clausule]]":
        return Blok("einde")
    if kaal.startswith("[[clausule"):
        parse_clausule(kaal)
        return Blok("clausule", kaal)
    if kaal.startswith("[["):
        raise ValueError(
            f"Onbekende opdracht {kaal}: kies pagina, inhoud, slot, bouwsteen, afbeelding, clausule "
            "of einde clausule."
        )
    return None


def parse_clausule(regel: str) -> Clausule:
    """Read the opening line of a clause."""
    m = re.fullmatch(r"\[\[clausule:\s*([a-z][a-z0-9_-]*)\s+([1-9]\d*)\s*\|\s*([^\]|]+?)\s*\]\]", regel)
    if m is None:
        raise ValueError(
            f"{regel} klopt niet: schrijf een clausule als [[clausule: korte_naam 1 | Leesbare naam]]."
        )
    return Clausule(m[1], m[2], m[3])


# --- writing WordprocessingML -----------------------------------------------------------------------------

_STUK = re.compile(
    r"(?P<tag>\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})|\\(?P<los>[*_|\\])|(?P<br><br>)"
    r"|(?P<vet>\*\*)|(?P<cursief>(?<![^\W_])_(?=[^\s_])|(?<=[^\s_])_(?![^\W_]))"
)


def _runs(tekst: str, *, stijl: str = "") -> str:
    """Turn inline markup into runs; tags stay whole and take the character style around them."""
    uit: list[str] = []
    buffer: list[str] = []
    vet = cursief = False

    def leeg() -> None:
        if not buffer:
            return
        rstijl = "Strong" if vet else stijl
        rpr = (f'<w:rStyle w:val="{rstijl}"/>' if rstijl else "") + (
            "<w:i/><w:iCs/>" if vet and cursief else ""
        )
        if cursief and not vet:
            rpr = '<w:rStyle w:val="Emphasis"/>'
        opmaak = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
        uit.append(f"<w:r>{opmaak}{_tekst(''.join(buffer))}</w:r>")
        buffer.clear()

    plek = 0
    for m in _STUK.finditer(tekst):
        buffer.append(tekst[plek : m.start()])
        plek = m.end()
        if m["tag"]:
            buffer.append(m["tag"])
        elif m["los"]:
            buffer.append(m["los"])
        elif m["br"]:
            buffer.append("\n")
        elif m["vet"]:
            leeg()
            vet = not vet
        else:
            leeg()
            cursief = not cursief
    buffer.append(tekst[plek:])
    buffer[:] = [b for b in buffer if b]
    leeg()
    return "".join(uit)


def _tekst(tekst: str) -> str:
    return "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(deel)}</w:t>' if deel else "" for deel in tekst.split("\n")
    )


def _alinea(stijl: str, inhoud: str, extra: str = "") -> str:
    pstijl = f'<w:pStyle w:val="{stijl}"/>' if stijl != "Normal" else ""
    ppr = f"<w:pPr>{pstijl}{extra}</w:pPr>" if pstijl or extra else ""
    return f"<w:p>{ppr}{inhoud}</w:p>"


def _p(stijl: str, tekst: str) -> str:
    return _alinea(stijl, _runs(tekst))


def _veld(code: str, waarde: str) -> str:
    deel = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        deel.format("begin")
        + f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        + deel.format("separate")
        + f"<w:r><w:t>{waarde}</w:t></w:r>"
        + deel.format("end")
    )


TAB = "<w:r><w:tab/></w:r>"


def _regel_met_label(stijl: str, label: str, waarde: str) -> str:
    return _alinea(stijl, _runs(label, stijl="Kenmerklabel") + TAB + _runs(waarde))


def _lus(stijl: str, lijst: str) -> str:
    extra = AFZENDERKADER if stijl == "Afzender" else ""
    regels = (f"{{%p for regel in {lijst} %}}", "{{ regel }}", "{%p endfor %}")
    return "".join(_alinea(stijl, _runs(regel), extra) for regel in regels)


def _briefkop() -> str:
    return (
        _lus("Adres", "brief.aan")
        + _regel_met_label("Kenmerkeerste", "Datum", "{{ brief.datum|datum }}")
        + _regel_met_label("Kenmerk", "Ons kenmerk", "{{ brief.kenmerk }}")
        + _regel_met_label("Kenmerk", "Contact", "{{ brief.contact }}")
        + _regel_met_label("Kenmerk", "Onderwerp", "**{{ brief.onderwerp }}**")
        + _p("Aanhef", "{{ brief.aanhef }}")
    )


def _briefslot() -> str:
    # one paragraph: on a page with a table LibreOffice does not keep paragraphs together, lines it does
    return _p(
        "Slot",
        "Met vriendelijke groet,<br><br>{{ brief.namens }}<br><br><br>{{ brief.ondertekenaar_functie }}",
    )


def _titelblok(titel: str) -> str:
    return (
        _p("Title", titel)
        + _p("Subtitle", "{{ document.ondertitel }}")
        + _regel_met_label("Documentgegevens", "Kenmerk", "{{ document.kenmerk }}")
        + _regel_met_label("Documentgegevens", "Datum", "{{ document.datum|datum }}")
        + _regel_met_label("Documentgegevens", "Status", "{{ document.status }}")
    )


def _inhoud() -> str:
    deel = '<w:r><w:fldChar w:fldCharType="{}"{}/></w:r>'
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent>{_p('TOCHeading', 'Inhoud')}"
        + _alinea(
            "TOC1",
            deel.format("begin", ' w:dirty="true"')
            + '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
            + deel.format("separate", "")
            + "<w:r><w:t>Werk de inhoudsopgave bij: klik erop en druk op F9.</w:t></w:r>"
            + deel.format("end", ""),
        )
        + "</w:sdtContent></w:sdt>"
    )


def _clausule(blok: Blok) -> str:
    """Open or close the content control of a clause."""
    if blok.stijl == "einde":
        return "</w:sdtContent></w:sdt>"
    clausule = parse_clausule(blok.tekst)
    naam = escape(clausule.naam, {'"': "&quot;"})
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{naam}"/><w:tag w:val="{clausule.tag}"/>{CLAUSULESOORT}'
        "</w:sdtPr><w:sdtContent>"
    )


def _cellen(regel: str) -> list[str]:
    """Split a row at its bars, not at the bars of a Jinja filter."""
    kaal = regel.strip().removeprefix("|")
    kaal = kaal[:-1] if kaal.endswith("|") and not kaal.endswith("\\|") else kaal
    return [c.strip() for c in re.findall(r"((?:\{\{.*?\}\}|\{%.*?%\}|\\.|[^|])*)(?:\||$)", kaal)[:-1]]


def _tabel(blok: Blok) -> str:
    kop = _cellen(blok.rijen[0])
    maten = blok.breedtes or tuple(str(100 // len(kop)) for _ in kop)
    if len(maten) != len(kop):
        raise ValueError(
            f"!breedtes noemt {len(maten)} kolommen, de tabel '{blok.rijen[0]}' heeft er {len(kop)}."
        )
    delen = [int(m.rstrip(">")) for m in maten]
    rechts = [m.endswith(">") for m in maten]
    breed = [BREEDTE * d // sum(delen) for d in delen]
    naam = escape(blok.bijschrift, {'"': "&quot;"})
    titel = f'<w:tblCaption w:val="{naam}"/>' if naam else ""
    raster = "".join(f'<w:gridCol w:w="{b}"/>' for b in breed)
    uit = [
        _p("Caption", blok.bijschrift) if blok.bijschrift else "",
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Aanbesteding"/><w:tblW w:w="{sum(breed)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"{titel}</w:tblPr><w:tblGrid>{raster}</w:tblGrid>",
    ]
    for nummer, regel in enumerate(blok.rijen):
        if re.match(r"\{%\s*-?tr\s", regel):
            uit.append(
                f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{sum(breed)}" w:type="dxa"/>'
                f'<w:gridSpan w:val="{len(kop)}"/></w:tcPr>{_p("Sjabloonopdracht", regel)}</w:tc></w:tr>'
            )
            continue
        cellen = _cellen(regel)
        if len(cellen) != len(kop):
            raise ValueError(f"De rij '{regel}' heeft {len(cellen)} cellen; de kop heeft er {len(kop)}.")
        herhaal = "<w:tblHeader/>" if nummer == 0 else ""
        uit.append(f"<w:tr><w:trPr><w:cantSplit/>{herhaal}</w:trPr>")
        for inhoud, maat, getal in zip(cellen, breed, rechts, strict=True):
            cel = _p("Tabelgetal" if getal else "Tabeltekst", inhoud)
            if (
                nummer == 0
            ):  # LibreOffice loses the rows of a table whose heading row stands alone at a page's foot
                cel = re.sub(r"(<w:pStyle [^>]*/>)", r"\1<w:keepNext/>", cel)
            uit.append(f'<w:tc><w:tcPr><w:tcW w:w="{maat}" w:type="dxa"/></w:tcPr>{cel}</w:tc>')
        uit.append("</w:tr>")
    return "".join([*uit, "</w:tbl>"])


def _body(concept: Concept) -> str:
    brief = concept.soort == "brief"
    uit: list[str] = []
    if brief:
        uit.append(_briefkop())
    elif concept.soort != "bouwsteen":
        uit.append(_titelblok(concept.titel))
    slot_gezet = not brief
    breek = False
    voor = _Voorganger()
    for plek, blok in enumerate(concept.blokken):
        if blok.stijl in ("clausule", "einde"):
            uit.append(_clausule(blok))
            continue
        extra = "<w:pageBreakBefore/>" if breek and blok.stijl not in ("tag", "tabel", "inhoud") else ""
        if breek and blok.stijl in ("tabel", "inhoud", "pagina", "tag"):
            uit.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        breek = False
        if blok.stijl == "tag":
            voor.note_tag(blok.tekst)
            uit.append(_p("Sjabloonopdracht", blok.tekst))
            continue
        if voor.tabel and blok.stijl in ("tabel", "slot", "inhoud", "bouwsteen") and not blok.bijschrift:
            uit.append(_alinea("Tabelruimte", ""))
        if blok.stijl == "tabel":
            uit.append(_tabel(blok))
        elif blok.stijl == "pagina":
            breek = True
        elif blok.stijl == "inhoud":
            uit.append(_inhoud())
        elif blok.stijl == "slot":
            uit.append(_briefslot())
            slot_gezet = True
        elif blok.stijl == "bouwsteen":
            uit.append(_alinea("Sjabloonopdracht", _runs(f"[[bouwsteen: {blok.tekst}]]")))
        elif blok.stijl == "Afbeelding":
            uit.append(_alinea("Afbeelding", _runs(f"{{{{ {blok.tekst} }}}}"), extra))
        else:
            if _blijft_bij_volgende(blok, concept.blokken[plek + 1 :], brief):
                extra = "<w:keepNext/>" + extra
            stijl = voor.kies_stijl(blok.stijl)
            laag = int(stijl == "ListNumber2")
            lijst = f'<w:numPr><w:ilvl w:val="{laag}"/><w:numId w:val="{blok.lijst}"/></w:numPr>'
            uit.append(_alinea(stijl, _runs(blok.tekst), extra + (lijst if blok.lijst else "")))
        voor.note_blok(blok.stijl)
    if not slot_gezet:
        uit.append(_briefslot())
    if voor.tabel and slot_gezet:
        uit.append(_alinea("Tabelruimte", ""))
    return "".join(uit)


LIJSTSTIJLEN = ("ListBullet", "ListBullet2", "ListNumber", "ListNumber2")


class _Voorganger:
    """What may stand before a block, whatever branch a condition takes: it decides the space above a paragraph."""

    def __init__(self) -> None:
        self.tabel = self.lijst = False
        self._begin: list[tuple[bool, bool]] = []
        self._einden: list[tuple[bool, bool]] = []

    def note_blok(self, stijl: str) -> None:
        """A block was written."""
        self.tabel, self.lijst = stijl == "tabel", stijl in LIJSTSTIJLEN

    def note_tag(self, tag: str) -> None:
        """A condition or loop opened, turned or closed."""
        if re.match(r"\{%p\s+(if|for)\b", tag):
            self._begin.append((self.tabel, self.lijst))
            self._einden.append((self.tabel, self.lijst))
        elif re.match(r"\{%p\s+(else|elif)\b", tag) and self._begin:
            self._einden[-1] = self._een_van(self._einden[-1])
            self.tabel, self.lijst = self._begin[-1]
        elif re.match(r"\{%p\s+end", tag) and self._begin:
            self._begin.pop()
            self.tabel, self.lijst = self._een_van(self._einden.pop())

    def _een_van(self, ander: tuple[bool, bool]) -> tuple[bool, bool]:
        return self.tabel or ander[0], self.lijst or ander[1]

    def kies_stijl(self, stijl: str) -> str:
        """Running text after a table or a list has a style with space above it."""
        if stijl != "Normal" or not (self.tabel or self.lijst):
            return stijl
        return "Natabel" if self.tabel else "Nalijst"


def _blijft_bij_volgende(blok: Blok, rest: list[Blok], brief: bool) -> bool:
    """Whether a paragraph may not stand alone at the foot of a page: it announces what follows, or ends a letter."""
    if blok.stijl not in ("Normal", "Artikellid", "Kader", *LIJSTSTIJLEN):
        return False
    volgend = next(
        (b.stijl for b in rest if b.stijl not in ("tag", "clausule", "einde")), "slot" if brief else ""
    )
    if blok.stijl == "Kader":
        return volgend == "Kader"
    if volgend in ("slot", "tabel"):
        return blok.stijl == "Normal" or volgend == "slot"
    return blok.tekst.rstrip("*_ ").endswith(":") and volgend in (*LIJSTSTIJLEN, "Artikelonderdeel")


def _sectie(brief: bool) -> str:
    eerste = (
        '<w:headerReference w:type="first" r:id="rId12"/><w:footerReference w:type="first" r:id="rId11"/>'
        if brief
        else ""
    )
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rId10"/>{eerste}'
        '<w:footerReference w:type="default" r:id="rId11"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{1700 if brief else 1620}" w:right="1418" w:bottom="1418" '
        f'w:left="1418" w:header="680" '
        'w:footer="624" w:gutter="0"/>' + ("<w:titlePg/>" if brief else "") + "</w:sectPr>"
    )


def _parts(concept: Concept) -> dict[str, str]:
    ns = f'xmlns:w="{W_NS}" xmlns:r="{R_NS}"'
    brief = concept.soort == "brief"
    stijlsoort = concept.voor or concept.soort
    onderwerp = "{{ brief.kenmerk }}" if brief else "{{ document.kenmerk }}"
    kop = f"{_runs('{{ huisstijl.naam }}')}{TAB}{_runs(onderwerp)}"
    if concept.soort == "bouwsteen":
        kop = _runs("Bouwsteen")
    voet = _runs("{{ huisstijl.voet }}") if concept.soort != "bouwsteen" else ""
    voet += TAB + _runs("pagina ") + _veld("PAGE", "1") + _runs(" van ") + _veld("NUMPAGES", "1")
    delen = {
        "word/document.xml": f"<w:document {ns}><w:body>"
        f"{_body(concept)}{_sectie(brief)}</w:body></w:document>",
        "word/styles.xml": render_styles(stijlsoort),
        "word/numbering.xml": render_numbering(stijlsoort, concept.herstarts),
        "word/settings.xml": render_settings(),
        "word/fontTable.xml": render_font_table(),
        "word/header1.xml": f"<w:hdr {ns}>{_alinea('Header', kop)}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {ns}>{_alinea('Footer', voet)}</w:ftr>",
    }
    if brief:
        groot = (
            _p("Logo", "[[logo]]")
            + _lus("Afzender", "huisstijl.afzender")
            + _p("Briefhoofd", "{{ huisstijl.naam }}")
            + _p("Briefhoofdonder", "{{ huisstijl.onderregel }}")
        )
        delen["word/header2.xml"] = f"<w:hdr {ns}>{groot}</w:hdr>"
    delen["docProps/core.xml"] = _core(concept)
    delen["docProps/app.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
    )
    return {naam: xml if xml.startswith("<?xml") else KOP_XML + xml for naam, xml in delen.items()}


def _core(concept: Concept) -> str:
    auteur = "" if concept.soort == "bouwsteen" else "{{ huisstijl.naam }}"
    versie = f"<cp:version>{escape(concept.versie)}</cp:version>" if concept.versie else ""
    voor = f"<cp:contentStatus>{concept.voor}</cp:contentStatus>" if concept.voor else ""
    return (
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(concept.titel)}</dc:title><dc:subject>{escape(concept.onderwerp)}</dc:subject>"
        f"<dc:creator>{auteur}</dc:creator><cp:keywords>{escape(concept.trefwoord)}</cp:keywords>"
        "<cp:lastModifiedBy></cp:lastModifiedBy><cp:revision>1</cp:revision>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:modified>'
        f"<cp:category>{concept.soort}</cp:category>{versie}{voor}<dc:language>"
        f"nl-NL</dc:language></cp:coreProperties>"
    )


def _relaties(rijen: list[tuple[str, str, str]]) -> str:
    body = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{d}"/>' for i, t, d in rijen)
    return f'{KOP_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


def build_sjabloon(concept: Concept) -> bytes:
    """Return the .docx of a draft; the same draft gives the same bytes."""
    delen = _parts(concept)
    wml = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    soorten = {
        "word/document.xml": f"{wml}.document.main+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    relaties = [("rId1", "styles"), ("rId2", "numbering"), ("rId3", "settings"), ("rId4", "fontTable")]
    relaties += [("rId10", "header1"), ("rId11", "footer1")] + (
        [("rId12", "header2")] if concept.soort == "brief" else []
    )
    rel_rijen = [(i, f"{R_NS}/{n.rstrip('12')}", f"{n}.xml") for i, n in relaties]
    for _, naam in relaties:
        soorten[f"word/{naam}.xml"] = f"{wml}.{naam.rstrip('12')}+xml"
    typen = "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in soorten.items())
    vast = {
        "[Content_Types].xml": f'{KOP_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{typen}</Types>',
        "_rels/.rels": _relaties(
            [
                ("rId1", f"{R_NS}/officeDocument", "word/document.xml"),
                (
                    "rId2",
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                    "docProps/core.xml",
                ),
                ("rId3", f"{R_NS}/extended-properties", "docProps/app.xml"),
            ]
        ),
        "word/_rels/document.xml.rels": _relaties(rel_rijen),
    }
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pakket:
        for naam, xml in {**vast, **delen}.items():
            etree.fromstring(xml.encode())  # ill-formed XML is a fault of this tool; stop here
            info = zipfile.ZipInfo(naam, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            pakket.writestr(info, xml.encode())
    return uit.getvalue()


# --- printing a template back -----------------------------------------------------------------------------

_PREFIX = {
    "Heading1": "# ",
    "Heading2": "## ",
    "Heading3": "### ",
    "Kopzondernummer": "#* ",
    "ListBullet": "- ",
    "ListBullet2": "  - ",
    "Kader": "> ",
    "ListNumber2": "a. ",
    "Artikellid": "1. ",
    "Artikelonderdeel": "a. ",
}


def show_concept(docx: bytes) -> str:
    """Return the draft that goes with a template, also after it was edited in Word."""
    with zipfile.ZipFile(BytesIO(docx)) as pakket:
        core = etree.fromstring(pakket.read("docProps/core.xml"))
        body = etree.fromstring(pakket.read("word/document.xml")).find(f"{W}body")
    eigenschap = {etree.QName(e).localname: e.text or "" for e in core}
    uit = [f"titel: {eigenschap.get('title', '')}", f"soort: {eigenschap.get('category', 'document')}"]
    for sleutel, naam in (
        ("keywords", "trefwoord"),
        ("version", "versie"),
        ("subject", "onderwerp"),
        ("contentStatus", "voor"),
    ):
        if eigenschap.get(sleutel):
            uit.append(f"{naam}: {eigenschap[sleutel]}")
    uit.append("")
    assert body is not None
    vorige = ""
    regels = list(_toon_blokken(body))
    while regels and regels[-1][0] in ("tag-slot", "slot"):
        regels.pop()
    for soort, tekst in regels:
        los = soort in ("opsomming", "nummers", "kader", "tag")
        if vorige and not (los and vorige == soort):
            uit.append("")
        uit.append(tekst)
        vorige = soort
    return "\n".join(uit) + "\n"


def _toon_blokken(body: etree._Element) -> Iterator[tuple[str, str]]:
    lijst = ""
    slot = False
    for element in body:
        naam = etree.QName(element).localname
        if naam == "tbl":
            yield "tabel", _toon_tabel(element)
        elif naam == "sdt":
            clausule = read_clausule(element)
            if clausule is None and element.find(f"{W}sdtPr/{W}docPartObj") is not None:
                yield "inhoud", "[[inhoud]]"
                continue
            if clausule is not None:
                yield "clausule", f"[[clausule: {clausule.id} {clausule.versie} | {clausule.naam}]]"
            yield from _toon_blokken(element.find(f"{W}sdtContent"))
            if clausule is not None:
                yield "einde", "[[einde clausule]]"
        elif naam == "p":
            stijl = _stijl_van(element)
            if element.find(f"{W}pPr/{W}pageBreakBefore") is not None or _is_pagina(element):
                yield "pagina", "[[pagina]]"
            tekst = _toon_inline(element)
            if stijl in KOPSTIJLEN or (
                stijl == "Caption" and element.getnext() is not None and element.getnext().tag == f"{W}tbl"
            ):
                continue
            if stijl in SLOTSTIJLEN:
                if not slot:
                    yield "slot", "[[slot]]"
                slot = True
                continue
            if not tekst.strip():
                continue
            if stijl == "ListNumber":
                num = element.find(f"{W}pPr/{W}numPr/{W}numId")
                dit = num.get(f"{W}val") if num is not None else ""
                yield "nummers", ("1. " if dit != lijst else "2. ") + tekst
                lijst = dit
            elif re.fullmatch(r"\{[%#]p\s.*[%#]\}", tekst):
                yield "tag", tekst
            elif stijl == "Afbeelding":
                yield "afbeelding", f"[[afbeelding: {tekst.strip().strip('{}').strip()}]]"
            elif stijl in _PREFIX:
                groep = {"Kader": "kader", "ListBullet": "opsomming", "ListBullet2": "opsomming"}
                yield groep.get(stijl, "kop" if stijl[0] in "HK" else "nummers"), _PREFIX[stijl] + tekst
            else:
                yield "alinea", tekst


def read_clausule(sdt: etree._Element) -> Clausule | None:
    """The clause that a content control holds; None for a control of another kind."""
    tag, alias = (sdt.find(f"{W}sdtPr/{W}{naam}") for naam in ("tag", "alias"))
    delen = (tag.get(f"{W}val") or "").split(":") if tag is not None else []
    if len(delen) != 3 or delen[0] != "clausule":
        return None
    return Clausule(delen[1], delen[2], (alias.get(f"{W}val") or "") if alias is not None else "")


def show_blokken(ouder: etree._Element) -> str:
    """The draft of a piece of a template: its words, styles and tags, nothing of its looks."""
    return "\n".join(tekst for _, tekst in _toon_blokken(ouder))


def _is_pagina(p: etree._Element) -> bool:
    return any(br.get(f"{W}type") == "page" for br in p.iter(f"{W}br"))


def _stijl_van(p: etree._Element) -> str:
    stijl = p.find(f"{W}pPr/{W}pStyle")
    return stijl.get(f"{W}val", "Normal") if stijl is not None else "Normal"


def _toon_tabel(tabel: etree._Element) -> str:
    delen = [int(g.get(f"{W}w", "1")) for g in tabel.iterfind(f"{W}tblGrid/{W}gridCol")]
    rijen = list(tabel.iterfind(f"{W}tr"))
    getal = [False] * len(delen)
    for rij in rijen:
        stijlen = [_stijl_van(p) for p in rij.iterfind(f"{W}tc/{W}p")]
        if len(stijlen) == len(delen):
            getal = [g or s == "Tabelgetal" for g, s in zip(getal, stijlen, strict=True)]
    procent = [round(100 * d / sum(delen)) for d in delen]
    uit: list[str] = []
    titel = tabel.find(f"{W}tblPr/{W}tblCaption")
    if titel is not None:
        uit.append(f"!bijschrift {titel.get(f'{W}val')}")
    uit.append("!breedtes " + " ".join(f"{p}{'>' if g else ''}" for p, g in zip(procent, getal, strict=True)))
    for rij in rijen:
        cellen = [
            "<br>".join(
                _toon_inline(p).replace("|", "\\|") if "{" not in _toon_inline(p) else _toon_inline(p)
                for p in cel.iterfind(f"{W}p")
            )
            for cel in rij.iterfind(f"{W}tc")
        ]
        if cellen and re.match(r"\{%\s*-?tr\s", cellen[0]):
            uit.append(cellen[0])
        else:
            uit.append("| " + " | ".join(cellen) + " |")
    return "\n".join(uit)


def _toon_inline(p: etree._Element) -> str:
    stukken: list[tuple[str, str]] = []
    for run in p.iter(f"{W}r"):
        if etree.QName(run.getparent()).localname == "del":
            continue
        tekst = "".join(
            "<br>"
            if t.tag == f"{W}br" and t.get(f"{W}type") is None
            else ""
            if t.tag == f"{W}br"
            else t.text or ""
            for t in run
            if t.tag in (f"{W}t", f"{W}br")
        )
        rpr = run.find(f"{W}rPr")
        vet = cursief = False
        if rpr is not None:
            rstijl = rpr.find(f"{W}rStyle")
            val = rstijl.get(f"{W}val") if rstijl is not None else ""
            vet = val == "Strong" or rpr.find(f"{W}b") is not None
            cursief = val == "Emphasis" or rpr.find(f"{W}i") is not None
        teken = ("**" if vet else "") + ("_" if cursief else "")
        if stukken and stukken[-1][0] == teken:
            stukken[-1] = (teken, stukken[-1][1] + tekst)
        elif tekst:
            stukken.append((teken, tekst))
    return "".join(t + _escape_markup(s) + t[::-1] for t, s in stukken)


def _escape_markup(tekst: str) -> str:
    """Escape what would read back as markup, outside the tags."""
    delen = re.split(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", tekst)
    return "".join(
        d if i % 2 else re.sub(r"(\*\*|\\|(?<!\w)_(?=\S)|(?<=\S)_(?!\w))", r"\\\1", d)
        for i, d in enumerate(delen)
    )


def main(argv: list[str] | None = None) -> int:
    """Command line: maak CONCEPT.txt UIT.docx, or toon X.docx."""
    parser = argparse.ArgumentParser(
        prog="sjabloon", description="Maakt Word-sjablonen uit een leesbaar concept."
    )
    sub = parser.add_subparsers(dest="opdracht", required=True)
    maak = sub.add_parser("maak", help="maak een .docx van een concept")
    maak.add_argument("concept", type=Path)
    maak.add_argument("uit", type=Path)
    sub.add_parser("toon", help="toon een .docx als concept").add_argument("docx", type=Path)
    keuze = parser.parse_args(argv)
    if keuze.opdracht == "toon":
        sys.stdout.write(show_concept(keuze.docx.read_bytes()))
        return 0
    try:
        docx = build_sjabloon(parse_concept(keuze.concept.read_text("utf-8")))
    except ValueError as fout:
        sys.stderr.write(f"{keuze.concept}: {fout}\n")
        return 2
    keuze.uit.parent.mkdir(parents=True, exist_ok=True)
    keuze.uit.write_bytes(docx)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
