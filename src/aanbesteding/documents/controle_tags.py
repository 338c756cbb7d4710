"""Judges the tags of a template as they were typed in Word: unclosed, split, badly quoted, unbalanced.

It works on the paragraphs of the file itself, before docxtpl's preparation, because that preparation joins what was
split and hides what is wrong. What the tags ask is judged in controle_velden.py.

Must stay true: a fault is told where the jurist must repair it: at the opening tag that was never closed, not at the
end of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from aanbesteding.documents.bevinding import Bevinding, Plek, shorten
from aanbesteding.documents.tekst_bron import describe_onderdeel
from aanbesteding.documents.text import W, paragraph_style

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOS = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_OPDRACHT = re.compile(r"\{%[-+]?\s*(p|tr|tc|r)?\s*(if|elif|else|endif|for|endfor)\b")
_ALINEATAG = re.compile(r"\{[%{#](p|tr|tc)\s")
_HELE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_AANHALING = re.compile("[‘’‚“”„«»]")
_WORDVELD = re.compile(r"^\s*(IF|SET|ASK|FILLIN|MERGEFIELD|MERGEREC|NEXTIF|SKIPIF|COMPARE|=)\b|^\s*=")
KOPSTIJL = re.compile(r"Heading[1-9]|Kopzondernummer|Title")


@dataclass(frozen=True)
class Alinea:
    """A paragraph with its text, the ends of its runs in that text, and where it stands."""

    element: ElementTree.Element
    tekst: str
    grenzen: frozenset[int]
    kop: str
    onderdeel: str

    def place(self, rond: int = 0) -> Plek:
        """This paragraph as a place, with the stretch around a position."""
        return Plek(self.kop, shorten(self.tekst, rond), self.onderdeel)


def list_alineas(deel: str, wortel: ElementTree.Element) -> Iterator[Alinea]:
    """Every paragraph of a part in order, with the heading above it."""
    kop, onderdeel = "", describe_onderdeel(deel)
    for element in wortel.iter(f"{W}p"):
        delen = ["".join(t.text or "" for t in run.iter(f"{W}t")) for run in element.iter(f"{W}r")]
        tekst = "".join(delen)
        if KOPSTIJL.fullmatch(paragraph_style(element)):
            kop = shorten(tekst)
        grenzen = frozenset(sum(map(len, delen[: n + 1])) for n in range(len(delen) - 1))
        yield Alinea(element, tekst, grenzen, kop, onderdeel)


def check_tags(deel: str, wortel: ElementTree.Element) -> Iterator[Bevinding]:
    """Faults in the tags of one part, in order."""
    open_: list[tuple[str, str, Plek]] = []
    for alinea in list_alineas(deel, wortel):
        yield from _check_los(alinea)
        yield from _check_vorm(alinea)
        yield from _check_wordvelden(alinea)
        for tag in _TAG.finditer(alinea.tekst):
            yield from _check_balans(tag, alinea.place(tag.start()), open_)
    for soort, tag, plek in open_:
        advies = (
            f"zet {{% end{soort} %}} (of {{%p end{soort} %}} op een eigen regel) na het stuk dat erbij hoort"
        )
        yield Bevinding("niet-afgesloten", f"{tag} is nergens afgesloten", advies, plek)


def _check_los(alinea: Alinea) -> Iterator[Bevinding]:
    """Braces without their counterpart in the same paragraph."""
    rest = _TAG.sub(lambda m: "\0" * len(m[0]), alinea.tekst)
    for los in _LOS.finditer(rest):
        opent = los[0].startswith("{")
        sluit = {"{{": "}}", "{%": "%}", "{#": "#}"}.get(los[0], "")
        uitleg = (
            f"het veld of de opdracht die begint met '{shorten(alinea.tekst[los.start() : los.start() + 40])}' "
            "is niet afgesloten"
            if opent
            else f"hier staat '{los[0]}' zonder begin"
        )
        advies = (
            f"zet er '{sluit}' achter, in dezelfde alinea"
            if opent
            else "verwijder het of typ het veld opnieuw"
        )
        yield Bevinding("niet-afgesloten", uitleg, advies, alinea.place(los.start()))


def _check_vorm(alinea: Alinea) -> Iterator[Bevinding]:
    for tag in _TAG.finditer(alinea.tekst):
        plek = alinea.place(tag.start())
        if any(tag.start() < grens < tag.end() for grens in alinea.grenzen):
            yield Bevinding(
                "gesplitst",
                f"het veld {tag[0]} bestaat in Word uit meer stukken (een spellingcontrole of opmaak ertussen)",
                "verwijder het en typ het opnieuw, in één keer en in één opmaak",
                plek,
            )
        if aanhaling := _AANHALING.search(tag[0]):
            yield Bevinding(
                "aanhalingsteken",
                f"in {tag[0]} staat een krul-aanhalingsteken ({aanhaling[0]})",
                "typ een recht aanhalingsteken ('), en zet in Word de automatische vervanging uit",
                plek,
            )
    kaal = alinea.tekst.strip()
    losse = _ALINEATAG.search(kaal)
    if losse and not _HELE_TAG.fullmatch(kaal):
        yield Bevinding(
            "tekst-bij-tag",
            f"bij een {{%{losse[1]} …%}} staat nog andere tekst, die zou verdwijnen",
            f"zet {{%{losse[1]} …%}} alleen op een regel, of schrijf {{% …%}} zonder {losse[1]}",
            alinea.place(losse.start()),
        )


def _check_balans(tag: re.Match[str], plek: Plek, open_: list[tuple[str, str, Plek]]) -> Iterator[Bevinding]:
    opdracht = _OPDRACHT.match(tag[0])
    if opdracht is None:
        return
    woord = opdracht[2]
    if woord in ("if", "for"):
        open_.append((woord, tag[0], plek))
        return
    if woord in ("elif", "else"):
        if not open_:
            advies = "verwijder het, of zet er {% if veld %} voor"
            yield Bevinding("niet-afgesloten", f"{tag[0]} hoort bij geen enkele 'if'", advies, plek)
        return
    soort = woord.removeprefix("end")
    if not open_:
        advies = f"verwijder het, of zet er {{% {soort} … %}} voor"
        yield Bevinding("niet-afgesloten", f"{tag[0]} sluit niets af", advies, plek)
    elif open_[-1][0] != soort:
        eerst, begin, waar = open_.pop()
        advies = f"sluit eerst {begin} af met {{% end{eerst} %}}"
        yield Bevinding("niet-afgesloten", f"{tag[0]} staat voordat {begin} is afgesloten", advies, waar)
        if open_ and open_[-1][0] == soort:
            open_.pop()
    else:
        open_.pop()


def _check_wordvelden(alinea: Alinea) -> Iterator[Bevinding]:
    """Word's own IF, merge and formula fields decide outside the software."""
    codes = ["".join(i.text or "" for i in alinea.element.iter(f"{W}instrText"))]
    codes += [veld.get(f"{W}instr", "") for veld in alinea.element.iter(f"{W}fldSimple")]
    for code in codes:
        if gevonden := _WORDVELD.match(code):
            yield Bevinding(
                "beslissing",
                f"een Word-veld ({gevonden[0].strip()}) beslist of rekent zelf",
                "laat de software dit beslissen en gebruik {% if veld %}",
                alinea.place(),
            )
