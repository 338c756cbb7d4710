"""Fills the table of contents of a rendered document with the headings that are really in it.

Word makes a table of contents when a person asks for it; until then there is only a placeholder, which is
no use in a document that is sent or turned into PDF. Page numbers come when Word refreshes: only it knows
where pages end.

Must stay true: the field stays a real TOC field, marked as out of date, so that Word refreshes it.
Trap: heading numbers are counted here as Word counts them; a heading style without numbering has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLAATS = re.compile(r"<w:p>(?:(?!</w:p>).)*?<w:instrText[^>]*> ?TOC (?:(?!</w:p>).)*</w:p>", re.DOTALL)
_KOP = re.compile(
    r'<w:p(?: [^>]*)?>(<w:pPr><w:pStyle w:val="(Heading1|Heading2|Kopzondernummer)"/>'
    r"(?:(?!</w:pPr>).)*</w:pPr>)"
    r"(.*?)</w:p>",
    re.DOTALL,
)
_TEKST = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:(?:br|tab)/>)")
_VELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def has_inhoudsopgave(bron: str) -> bool:
    """Whether the template has a table of contents to fill."""
    return _PLAATS.search(bron) is not None


def list_kopnummers(leden: Mapping[str, bytes]) -> dict[str, str]:
    """Per heading style its number pattern as Word has it ("%1.%2", "Artikel %1."); absent: no number."""
    if "word/numbering.xml" not in leden or "word/styles.xml" not in leden:
        return {}
    nummering = ElementTree.fromstring(leden["word/numbering.xml"])
    abstract: dict[str, ElementTree.Element] = {
        a.get(f"{W}abstractNumId", ""): a for a in nummering.iter(f"{W}abstractNum")
    }
    lijsten: dict[str, ElementTree.Element] = {}
    for num in nummering.iter(f"{W}num"):
        verwijzing = num.find(f"{W}abstractNumId")
        if verwijzing is not None and verwijzing.get(f"{W}val", "") in abstract:
            lijsten[num.get(f"{W}numId", "")] = abstract[verwijzing.get(f"{W}val", "")]
    uit: dict[str, str] = {}
    for stijl in ElementTree.fromstring(leden["word/styles.xml"]).iter(f"{W}style"):
        lijst = stijl.find(f"{W}pPr/{W}numPr/{W}numId")
        laag = stijl.find(f"{W}pPr/{W}numPr/{W}ilvl")
        if lijst is None or lijst.get(f"{W}val", "") not in lijsten:
            continue
        niveau = "0" if laag is None else laag.get(f"{W}val", "0")
        for lvl in lijsten[lijst.get(f"{W}val", "")].iter(f"{W}lvl"):
            tekst = lvl.find(f"{W}lvlText")
            if lvl.get(f"{W}ilvl") == niveau and tekst is not None:
                uit[stijl.get(f"{W}styleId", "")] = tekst.get(f"{W}val", "")
    return uit


def fill_inhoudsopgave(xml: str, kopnummers: Mapping[str, str]) -> str:
    """Replace the placeholder by one entry per heading and give every heading a bookmark."""
    regels: list[tuple[int, str, str, str]] = []
    tellers = [0, 0]

    def note(kop: re.Match[str]) -> str:
        stijl = kop[2]
        tekst = "".join(" " if t[2] else t[1] for t in _TEKST.finditer(kop[3])).strip()
        if not tekst:
            return kop[0]
        niveau = 2 if stijl == "Heading2" else 1
        nummer = kopnummers.get(stijl, "")
        if nummer:
            tellers[niveau - 1] += 1
            if niveau == 1:
                tellers[1] = 0
            nummer = nummer.replace("%1", str(tellers[0])).replace("%2", str(tellers[1]))
        anker = f"_Toc{len(regels) + 1:05d}"
        regels.append((niveau, nummer, tekst, anker))
        id_ = 90000 + len(regels)
        begin = f'<w:bookmarkStart w:id="{id_}" w:name="{anker}"/>'
        return f'<w:p>{kop[1]}{begin}{kop[3]}<w:bookmarkEnd w:id="{id_}"/></w:p>'

    met_ankers = _KOP.sub(note, xml)
    if not regels:
        return xml
    return _PLAATS.sub(lambda _: _render_regels(regels), met_ankers, count=1)


def _render_regels(regels: list[tuple[int, str, str, str]]) -> str:
    uit: list[str] = []
    for plek, (niveau, nummer, tekst, anker) in enumerate(regels):
        voor = na = ""
        if plek == 0:
            voor = (
                '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText '
                'xml:space="preserve"> '
                'TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>' + _VELD.format("separate")
            )
        if plek == len(regels) - 1:
            na = _VELD.format("end")
        tussen = (
            "<w:r><w:tab/></w:r>" if nummer[:1].isdigit() else '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        )
        getal = f'<w:r><w:t xml:space="preserve">{nummer}</w:t></w:r>{tussen}' if nummer else ""
        uit.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC{niveau}"/></w:pPr>{voor}<w:hyperlink '
            f'w:anchor="{anker}" w:history="1">'
            f'{getal}<w:r><w:t xml:space="preserve">{tekst}</w:t></w:r></w:hyperlink>{na}</w:p>'
        )
    return "".join(uit)
