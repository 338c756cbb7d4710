"""A Word file as a page: HTML made with mammoth, with every filled-in value and every clause marked.

Values are marked by rendering the recorded context through the kept template with a mark around each value
(render_spoor.py); clauses by their content controls. Nothing is found by looking at the words. What mammoth makes is
built anew from a short list of elements, so that nothing else can reach a page.

Must stay true: no script, style, picture or outside address comes out; every text is escaped; a file that was edited by
hand shows its words without marks, for nobody knows any more which of them came from the dossier.
"""
# lxml and mammoth come without types; the unknowns at their border are not ours.
# pyright: basic

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import mammoth
from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue]

from aanbesteding.documents.render_spoor import BEGIN, EINDE, MIDDEN, Veld
from aanbesteding.documents.render_zip import DOCUMENT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CLAUSULE, CLAUSULE_EINDE = "\ufdd3", "\ufdd4"
_TAG = re.compile(r"(?:clausule|bouwsteen):([^:]+):([^:]+)")
_CLAUSULEMERK = re.compile(f"{CLAUSULE}(\\d+){CLAUSULE_EINDE}")
_WAARDE = re.compile(f"{BEGIN}(\\d+){MIDDEN}|({EINDE})")
_REST = re.compile("[\ufdd0-\ufdef]")
_ELEMENTEN = frozenset(
    {"p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "sup", "sub", "br"}
)
_LEEG = frozenset({"br"})
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_KOPPEN = {f"h{n}": f"h{min(n + 2, 6)}" for n in range(1, 7)}
"""A page has headings of its own above the document's."""


@dataclass(frozen=True)
class Clausuleplek:
    """A clause of the document, with the condition of the template under which it stands here."""

    id: str
    versie: str
    voorwaarde: str


@dataclass(frozen=True)
class Blok:
    """A piece of the document: its HTML (safe to show), and the clauses that it belongs to."""

    html: str
    clausules: tuple[Clausuleplek, ...] = ()


@dataclass(frozen=True)
class Voorbeeld:
    """The document as a page, and the paths of the fields whose values were marked, in order of appearance."""

    blokken: tuple[Blok, ...]
    velden: tuple[str, ...] = ()


@dataclass
class _Schrijver:
    """Writes elements of the list, escaped; remembers which values are open across elements."""

    velden: Sequence[Veld]
    anker: str
    gebruikt: dict[str, int] = field(default_factory=dict[str, int])
    open_: list[int] = field(default_factory=list[int])

    def write(self, element: etree._Element) -> str:
        """The element with all that is in it."""
        naam = _KOPPEN.get(element.tag, element.tag) if isinstance(element.tag, str) else ""
        if naam == "img":
            return f'<span class="beeld">[afbeelding: {escape(element.get("alt") or "zonder beschrijving")}]</span>'
        binnen = self.write_text(element.text or "")
        for kind in element:
            binnen += self.write(kind) + self.write_text(kind.tail or "")
        if naam not in _ELEMENTEN and naam not in _KOPPEN.values():
            return binnen
        if naam in _LEEG:
            return f"<{naam}>"
        extra = "".join(
            f' {a}="{int(element.get(a))}"'
            for a in ("colspan", "rowspan")
            if (element.get(a) or "").isdigit()
        )
        return f"<{naam}{extra if naam in ('td', 'th') else ''}>{binnen}</{naam}>"

    def write_text(self, tekst: str) -> str:
        """A text with its marks as elements; a value that runs over several runs is marked in each."""
        uit, plek = "", 0
        for merk in _WAARDE.finditer(tekst):
            uit += self._wrap(tekst[plek : merk.start()])
            plek = merk.end()
            if merk[1] and int(merk[1]) < len(self.velden):
                self.open_.append(int(merk[1]))
            elif self.open_:
                self.open_.pop()
        return uit + self._wrap(tekst[plek:])

    def _wrap(self, tekst: str) -> str:
        kaal = escape(_REST.sub("", _CLAUSULEMERK.sub("", tekst)))
        if not kaal or not self.open_ or not kaal.strip():
            return kaal
        pad = self.velden[self.open_[-1]].pad
        volg = self.gebruikt.setdefault(pad, len(self.gebruikt) + 1)
        return f'<mark>{kaal}<sup><a href="{escape(self.anker)}#veld-{volg}">{volg}</a></sup></mark>'


def build_voorbeeld(
    docx: bytes,
    velden: Sequence[Veld] = (),
    voorwaarden: Mapping[tuple[str, str], str] | None = None,
    anker: str = "",
) -> Voorbeeld:
    """The document as a page. `velden` belongs to a document with marks; `voorwaarden` are those of its clauses.

    `anker`: address of the page that lists the fields; empty: this very page.
    """
    gemerkt, clausules = _mark_clausules(docx, voorwaarden or {})
    ruw = mammoth.convert_to_html(io.BytesIO(gemerkt), include_embedded_style_map=False).value
    wortel = html.fragment_fromstring(ruw, create_parent="div")  # pyright: ignore[reportArgumentType]
    schrijver = _Schrijver(velden, anker)
    blokken: list[Blok] = []
    if wortel.text and wortel.text.strip():
        blokken.append(Blok(f"<p>{schrijver.write_text(wortel.text)}</p>"))
    for kind in wortel:
        nummers = dict.fromkeys(int(n) for n in _CLAUSULEMERK.findall("".join(kind.itertext())))
        hier = tuple(clausules[n] for n in nummers)
        tekst = schrijver.write(kind) + schrijver.write_text(kind.tail or "")
        if blokken and hier and blokken[-1].clausules == hier:
            blokken[-1] = Blok(blokken[-1].html + tekst, hier)
        elif tekst:
            blokken.append(Blok(tekst, hier))
    return Voorbeeld(tuple(blokken), tuple(schrijver.gebruikt))


def _mark_clausules(
    docx: bytes, voorwaarden: Mapping[tuple[str, str], str]
) -> tuple[bytes, list[Clausuleplek]]:
    """The same package with a mark at the start of every paragraph that stands in a clause."""
    clausules: list[Clausuleplek] = []
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as bron, zipfile.ZipFile(uit, "w") as doel:
        for lid in bron.namelist():
            inhoud = bron.read(lid)
            if lid == DOCUMENT:
                inhoud = _mark_alineas(inhoud, voorwaarden, clausules)
            doel.writestr(lid, inhoud)
    return uit.getvalue(), clausules


def _mark_alineas(
    inhoud: bytes, voorwaarden: Mapping[tuple[str, str], str], clausules: list[Clausuleplek]
) -> bytes:
    wortel = etree.fromstring(inhoud, _PARSER)
    for blok in wortel.iter(f"{W}sdt"):
        tag = blok.find(f"{W}sdtPr/{W}tag")
        delen = _TAG.fullmatch("" if tag is None else tag.get(f"{W}val", ""))
        if delen is None:
            continue
        nummer = len(clausules)
        clausules.append(Clausuleplek(delen[1], delen[2], voorwaarden.get((delen[1], delen[2]), "")))
        for alinea in blok.iter(f"{W}p"):
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = f"{CLAUSULE}{nummer}{CLAUSULE_EINDE}"
            eigen = alinea.find(f"{W}pPr")
            alinea.insert(0 if eigen is None else 1, run)
    return etree.tostring(wortel, xml_declaration=True, encoding="UTF-8", standalone=True)
