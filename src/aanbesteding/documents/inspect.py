"""Looks into a template: which fields it asks for, which branches it has, and what is wrong with it.

It renders nothing. Whether the fields exist is for the contract tests (they know the context models); here
a template is judged by itself: the house rules for jurists (ONTWERP section 8, guards G2, G4 and G9).

Must stay true: the walk sees body, headers, footers, notes and properties, building blocks included; what
the walk cannot follow is a fault, so that "no faults" means that every field was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from jinja2 import TemplateSyntaxError, nodes

from aanbesteding.documents.filters import FILTERS
from aanbesteding.documents.render_fout import TAG, describe_plaats, locate_fout
from aanbesteding.documents.render_laden import load_pakket
from aanbesteding.documents.render_omgeving import StrengeOmgeving
from aanbesteding.documents.render_pakket import Pakket
from aanbesteding.documents.render_takken import Tak, describe_uitdrukking, walk_takken
from aanbesteding.documents.render_zip import CORE
from aanbesteding.documents.text import W, paragraph_style, paragraph_text
from aanbesteding.errors import SjabloonMismatch

__all__ = ["Tak", "list_fouten", "list_takken", "list_velden"]

_LUSVELDEN = frozenset({"first", "last", "index", "index0", "length"})
_LOSSE_TAG = re.compile(r"\{[%{#](p|tr|tc)\s")
_OPMAAK = {
    "b": "vet",
    "i": "cursief",
    "u": "onderstreept",
    "sz": "lettergrootte",
    "color": "kleur",
    "rFonts": "lettertype",
}


def list_velden(pad: Path, bouwstenen: Path | None = None) -> dict[str, str]:
    """Every field path the template uses, such as `percelen[].naam`, with the first place where it does."""
    uit: dict[str, str] = {}
    for _, bron, boom in _parse(load_pakket(pad, bouwstenen=bouwstenen)):
        for veldpad, regel in _walk(boom, {}):
            uit.setdefault(veldpad, describe_plaats(bron, regel - 1))
    return dict(sorted(uit.items()))


def list_takken(pad: Path, bouwstenen: Path | None = None) -> tuple[Tak, ...]:
    """Every branch of the template; Template.record_takken tells which of them a context takes."""
    return tuple(
        tak
        for deel, _, boom in _parse(load_pakket(pad, bouwstenen=bouwstenen))
        for tak, _ in walk_takken(deel, boom)
    )


def list_fouten(pad: Path, bouwstenen: Path | None = None) -> tuple[str, ...]:
    """Everything in the template that breaks a house rule, one Dutch sentence each."""
    try:
        pakket = load_pakket(pad, bouwstenen=bouwstenen)
    except SjabloonMismatch as fout:
        return (str(fout),)
    fouten = [*_check_pakket(pakket)]
    try:
        delen = list(_parse(pakket))
    except SjabloonMismatch as fout:
        return (*dict.fromkeys(fouten), str(fout))
    for deel, bron, boom in delen:
        for uitleg, regel in _check_boom(boom):
            plaats = describe_plaats(bron, regel - 1) or f"in {deel}"
            fouten.append(f"{plaats[0].upper()}{plaats[1:]}: {uitleg}.")
    return tuple(dict.fromkeys(fouten))


def _parse(pakket: Pakket) -> Iterator[tuple[str, str, nodes.Template]]:
    """Name, source and syntax tree of each part; a node's line less one is the number of its tag."""
    omgeving = StrengeOmgeving()
    for deel, bron in pakket.bronnen.items():
        try:
            boom = omgeving.parse(TAG.sub(lambda m: "\n" + m[0].replace("\n", " "), bron.replace("\n", " ")))
        except TemplateSyntaxError as fout:
            raise locate_fout(pakket.naam, deel, bron, omgeving, {}, fout) from fout
        yield deel, bron, boom


# --- fields -----------------------------------------------------------------------------------------------


def _path(knoop: nodes.Node, namen: Mapping[str, str]) -> str | None:
    """The path of a field as the context knows it; None for what is no field, or belongs to a loop."""
    if isinstance(knoop, nodes.Name):
        return namen.get(knoop.name, knoop.name) or None
    if isinstance(knoop, nodes.Getattr):
        basis = _path(knoop.node, namen)
        return None if basis is None else f"{basis}.{knoop.attr}"
    if isinstance(knoop, nodes.Getitem):
        basis = _path(knoop.node, namen)
        return None if basis is None else f"{basis}[]"
    return None


def _walk(knoop: nodes.Node, namen: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    if isinstance(knoop, nodes.For):
        yield from _walk(knoop.iter, namen)
        basis = _path(knoop.iter, namen)
        binnen = {**namen, "loop": ""}
        if isinstance(knoop.target, nodes.Name):
            binnen[knoop.target.name] = f"{basis}[]" if basis else ""
        for kind in knoop.body:
            yield from _walk(kind, binnen)
        for kind in knoop.else_:
            yield from _walk(kind, namen)
        return
    veldpad = _path(knoop, namen)
    if veldpad is not None:
        yield veldpad, knoop.lineno
        return
    for kind in knoop.iter_child_nodes():
        yield from _walk(kind, namen)


# --- ask, do not reckon -----------------------------------------------------------------------------------


def _is_veld(knoop: nodes.Node) -> bool:
    if isinstance(knoop, nodes.Getattr):
        if isinstance(knoop.node, nodes.Name) and knoop.node.name == "loop":
            return knoop.attr in _LUSVELDEN
        return _is_veld(knoop.node)
    return isinstance(knoop, nodes.Name) and knoop.name != "loop"


def _check_boom(boom: nodes.Template) -> Iterator[tuple[str, int]]:
    yield from _check_knopen(boom.body)


def _check_knopen(knopen: list[nodes.Node]) -> Iterator[tuple[str, int]]:
    for knoop in knopen:
        if isinstance(knoop, nodes.Output):
            for deel in knoop.nodes:
                if not isinstance(deel, nodes.TemplateData):
                    yield from _check_waarde(deel)
        elif isinstance(knoop, nodes.If):
            toets = knoop.test.node if isinstance(knoop.test, nodes.Not) else knoop.test
            if not _is_veld(toets):
                yield (
                    "een voorwaarde mag alleen een veld zijn, of 'not' met een veld; laat de "
                    "software dit beslissen "
                    "en vraag hier het uitkomstveld",
                    knoop.lineno,
                )
            yield from _check_knopen(knoop.body)
            yield from _check_knopen([*knoop.elif_, *knoop.else_])
        elif isinstance(knoop, nodes.For):
            if (
                not _is_veld(knoop.iter)
                or not isinstance(knoop.target, nodes.Name)
                or knoop.test
                or knoop.recursive
            ):
                yield "een lus is altijd 'for naam in veld', zonder voorwaarde of berekening", knoop.lineno
            yield from _check_knopen(knoop.body)
            yield from _check_knopen(knoop.else_)
        else:
            yield (
                f"de opdracht '{_OPDRACHTEN.get(type(knoop), type(knoop).__name__)}' mag niet in "
                f"een sjabloon",
                knoop.lineno,
            )


_OPDRACHTEN: Mapping[type[nodes.Node], str] = {
    nodes.Assign: "set", nodes.AssignBlock: "set", nodes.Macro: "macro", nodes.Include: "include",
    nodes.Import: "import", nodes.Block: "block", nodes.With: "with", nodes.FilterBlock: "filter",
}  # fmt: skip


def _check_waarde(knoop: nodes.Node) -> Iterator[tuple[str, int]]:
    if isinstance(knoop, nodes.Filter):
        if knoop.name not in FILTERS:
            yield (
                f"het filter '{knoop.name}' hoort niet bij de huisfilters ({', '.join(FILTERS)})",
                knoop.lineno,
            )
        if any(not isinstance(a, nodes.Const) for a in knoop.args):
            yield f"het filter '{knoop.name}' krijgt iets anders dan een vaste waarde", knoop.lineno
        if knoop.node is not None:
            yield from _check_waarde(knoop.node)
    elif isinstance(knoop, nodes.CondExpr):
        yield (
            "schrijf een keuze als {% if veld %}…{% else %}…{% endif %}, zodat elke tak getest wordt",
            knoop.lineno,
        )
    elif not _is_veld(knoop):
        yield (
            f"hier mag alleen een veld staan, geen berekening of aanroep ({describe_uitdrukking(knoop)})",
            knoop.lineno,
        )


# --- the Word side ----------------------------------------------------------------------------------------


def _check_pakket(pakket: Pakket) -> Iterator[str]:
    leden = pakket.leden
    if any(naam.startswith("word/comments") for naam in leden):
        yield "Er staan opmerkingen (comments) in het sjabloon; verwijder ze."
    for naam, xml in leden.items():
        if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml", naam):
            yield from _check_deel(ElementTree.fromstring(xml))
    yield from _check_eigenschappen(leden)
    for naam, xml in leden.items():
        if naam.startswith("word/") and naam.endswith(".xml") and naam not in pakket.bronnen:
            kaal = re.sub(rb"<[^>]*>", b"", xml)
            if b"{{" in kaal or b"{%" in kaal:
                yield f"In {naam} staat een veld dat nooit wordt ingevuld; verplaats het naar de tekst."


def _check_eigenschappen(leden: Mapping[str, bytes]) -> Iterator[str]:
    core = ElementTree.fromstring(leden[CORE]) if CORE in leden else ElementTree.Element("leeg")
    waarden = {e.tag.rpartition("}")[2]: (e.text or "").strip() for e in core}
    for sleutel, naam in (("creator", "auteur"), ("lastModifiedBy", "laatst gewijzigd door")):
        waarde = waarden.get(sleutel, "")
        if waarde and not TAG.fullmatch(waarde):
            yield f"In de eigenschappen staat een persoonsgegeven ({naam}: '{waarde}'); maak het veld leeg."
    if "docProps/app.xml" in leden:
        for element in ElementTree.fromstring(leden["docProps/app.xml"]):
            if element.tag.rpartition("}")[2] in ("Manager", "Company") and (element.text or "").strip():
                yield f"In de eigenschappen staat een naam ('{element.text}'); maak het veld leeg."
    if not waarden.get("title"):
        yield "Het document heeft geen titel; vul bij de eigenschappen een titel in."
    talen = re.findall(rb'<w:lang [^>]*?w:val="([^"]*)"', leden.get("word/styles.xml", b""))
    if not talen or any(t != b"nl-NL" for t in talen):
        yield "De taal van het sjabloon is niet overal Nederlands (nl-NL)."


def _check_deel(wortel: ElementTree.Element) -> Iterator[str]:
    kop = ""
    niveau = 0
    for element in wortel.iter():
        soort = element.tag.rpartition("}")[2]
        if soort in (
            "ins",
            "del",
            "moveFrom",
            "moveTo",
            "rPrChange",
            "pPrChange",
            "tblPrChange",
            "sectPrChange",
        ):
            zin = " ".join("".join(element.itertext()).split())[:120]
            yield f"{_at(kop)}er staat een bijgehouden wijziging ('{zin}'); accepteer of verwerp die."
        elif soort in ("commentReference", "commentRangeStart"):
            yield f"{_at(kop)}er staat een opmerking in de tekst; verwijder die."
        elif soort == "p":
            stijl = paragraph_style(element)
            if re.fullmatch(r"Heading[1-9]", stijl):
                kop = paragraph_text(element)
                if int(stijl[-1]) > niveau + 1:
                    yield f"Bij de kop '{kop}': niveau {stijl[-1]} volgt op {niveau}; sla geen niveau over."
                niveau = int(stijl[-1])
            elif stijl == "Kopzondernummer":
                kop, niveau = paragraph_text(element), 1
            yield from _check_alinea(element, kop)
        elif soort == "tbl":
            yield from _check_tabel(element, kop)
        elif soort == "docPr" and not element.get("descr", "").strip():
            yield f"{_at(kop)}een afbeelding heeft geen alternatieve tekst ('{element.get('name', '')}')."


def _at(kop: str) -> str:
    return f"Onder de kop '{kop}': " if kop else "In het sjabloon: "


def _check_alinea(alinea: ElementTree.Element, kop: str) -> Iterator[str]:
    tekst = "".join(t.text or "" for t in alinea.iter(f"{W}t")).strip()
    losse = _LOSSE_TAG.search(tekst)
    if losse and not re.fullmatch(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", tekst):
        yield f"{_at(kop)}bij {{%{losse[1]} …%}} staat nog andere tekst, die zou verdwijnen: '{tekst[:120]}'."
    for run in alinea.iter(f"{W}r"):
        eigen = run.find(f"{W}rPr")
        namen = (
            [] if eigen is None else [_OPMAAK[n] for e in eigen if (n := e.tag.rpartition("}")[2]) in _OPMAAK]
        )
        woorden = "".join(t.text or "" for t in run.iter(f"{W}t")).strip()
        if namen and woorden:
            yield f"{_at(kop)}directe opmaak ({', '.join(namen)}) bij '{woorden[:60]}'; gebruik een stijl."
    ppr = alinea.find(f"{W}pPr")
    if (
        ppr is not None
        and any(ppr.find(f"{W}{n}") is not None for n in ("jc", "ind", "spacing", "shd"))
        and tekst
    ):
        yield f"{_at(kop)}de alinea '{tekst[:60]}' heeft directe opmaak (uitlijning); neem een stijl."


def _check_tabel(tabel: ElementTree.Element, kop: str) -> Iterator[str]:
    rijen = tabel.findall(f"{W}tr")
    eerste = " | ".join(paragraph_text(p) for p in rijen[0].iter(f"{W}p")) if rijen else ""
    if not rijen or rijen[0].find(f"{W}trPr/{W}tblHeader") is None:
        yield f"{_at(kop)}de tabel die begint met '{eerste[:80]}' heeft geen kopregel die zich herhaalt."
    for rij in rijen:
        tekst = "".join(t.text or "" for t in rij.iter(f"{W}t")).strip()
        if re.search(r"\{[%{#]tr\s", tekst) and not re.fullmatch(r"\{%.*?%\}|\{#.*?#\}", tekst):
            yield f"{_at(kop)}in de rij met '{tekst[:80]}' staat nog andere tekst, die zou verdwijnen."
