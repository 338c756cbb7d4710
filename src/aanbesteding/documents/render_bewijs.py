"""Proofs about a template at compile time, so that the rendered document need not be looked at again.

`has_balanced_takken`: whatever branches are taken, the result is well-formed XML (values are escaped).
`has_vaste_tabellen`: no table can change its number of columns, so docxtpl's fix_tables would do nothing.

Must stay true: when in doubt the answer is False; then render.py checks or repairs every single document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from jinja2 import nodes

_TEKENREEKS = "x"
_DOCPR = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*(")')
_GAT = "<g/>"


class _Onbewezen(Exception):
    """A construct for which balance is not proven."""


def is_wellformed(xml: bytes | str, *, naamruimten: bool = False) -> bool:
    """Whether this is well-formed XML; `naamruimten`: every prefix has a name space too."""
    try:
        (expat.ParserCreate(None, " ") if naamruimten else expat.ParserCreate()).Parse(xml, True)
    except expat.ExpatError:
        return False
    return True


def has_balanced_takken(sjabloon: nodes.Template) -> bool:
    """Every branch is balanced by itself and so is what surrounds the branches."""
    try:
        return is_wellformed(_flatten(sjabloon.body))
    except _Onbewezen:
        return False


def _flatten(knopen: Iterable[nodes.Node]) -> str:
    """The text of a branch with a stand-in element for each branch inside, and a letter for each value."""
    delen: list[str] = []
    for knoop in knopen:
        if isinstance(knoop, nodes.Output):
            delen += [d.data if isinstance(d, nodes.TemplateData) else _TEKENREEKS for d in knoop.nodes]
        elif isinstance(knoop, nodes.If):
            takken: list[list[nodes.Node]] = [knoop.body, knoop.else_, *(e.body for e in knoop.elif_)]
            delen += [_prove_tak(tak) for tak in takken]
        elif isinstance(knoop, nodes.For) and not knoop.recursive:
            delen += [_prove_tak(knoop.body), _prove_tak(knoop.else_)]
        elif not isinstance(knoop, nodes.ExprStmt | nodes.Assign):
            raise _Onbewezen
    return "".join(delen)


def is_eenvoudig(sjabloon: nodes.Template) -> bool:
    """Text, values, conditions and plain loops alone: no output is captured or comes from elsewhere."""
    soorten = (
        nodes.Output,
        nodes.TemplateData,
        nodes.If,
        nodes.For,
        nodes.ExprStmt,
        nodes.Template,
        nodes.Expr,
    )
    return all(
        isinstance(k, (*soorten, nodes.Helper)) and not (isinstance(k, nodes.For) and k.recursive)
        for k in sjabloon.find_all(nodes.Node)
    )


def has_losse_tekening(sjabloon: nodes.Template) -> bool:
    """Whether drawings must be numbered per document. When all stand outside branches they are numbered here."""
    buiten = [
        deel
        for knoop in sjabloon.body
        if isinstance(knoop, nodes.Output)
        for deel in knoop.nodes
        if isinstance(deel, nodes.TemplateData) and "<wp:docPr" in deel.data
    ]
    alle = sum("<wp:docPr" in deel.data for deel in sjabloon.find_all(nodes.TemplateData))
    if alle != len(buiten) or any(
        deel.data.count("<wp:docPr") != len(_DOCPR.findall(deel.data)) for deel in buiten
    ):
        return alle > 0
    teller = iter(range(1001, 1_000_000))
    for deel in buiten:
        deel.data = _DOCPR.sub(lambda m: f"{m[1]}{next(teller)}{m[2]}", deel.data)
    return False


_TAG = re.compile(r"<(/?)([^\s/>]+)[^>]*?(/?)>")
_HERHAALBAAR = frozenset({"w:t", "w:r", "w:p"})
"""What a branch may close and open again without any table or section noticing."""


def _prove_tak(knopen: Iterable[nodes.Node]) -> str:
    """A stand-in for a branch that may be there any number of times, also none; _Onbewezen when there is none.

    Either it is balanced by itself, or it closes the run (and paragraph) it stands in and opens the same ones again:
    the stand-in then does so too, so that what surrounds it is proven with it.
    """
    tekst = _flatten(knopen)
    if is_wellformed(f"<t>{tekst}</t>"):
        return _GAT
    dicht, open_ = _list_over(tekst)
    if dicht != open_[::-1] or not _HERHAALBAAR.issuperset(dicht):
        raise _Onbewezen
    voor, na = "".join(f"<{n}>" for n in dicht[::-1]), "".join(f"</{n}>" for n in open_[::-1])
    if not is_wellformed(f"<t>{voor}{tekst}{na}</t>"):
        raise _Onbewezen
    return "".join(f"</{n}>" for n in dicht) + "".join(f"<{n}>" for n in open_)


def _list_over(tekst: str) -> tuple[list[str], list[str]]:
    """The names that this text closes without opening them, and those that it leaves open, each in order."""
    if "<!" in tekst or "<?" in tekst:
        raise _Onbewezen
    dicht: list[str] = []
    open_: list[str] = []
    for sluit, naam, leeg in _TAG.findall(tekst):
        if leeg:
            continue
        if not sluit:
            open_.append(naam)
        elif open_:
            open_.pop()
        else:
            dicht.append(naam)
    return dicht, open_


_TABEL = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_RIJ = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_CEL = re.compile(r"<w:tc[ >].*?</w:tc>", re.DOTALL)
_SPAN = re.compile(r'<w:gridSpan w:val="([^"]*)"')
_BLOK = re.compile(r"\{%.*?%\}", re.DOTALL)


def has_vaste_tabellen(bron: str) -> bool:
    """No tags between cells, constant spans, an unconditional full row in every table, nothing nested."""
    for tabel in _TABEL.findall(bron):
        if tabel.count("<w:tbl>") != 1 or "<w:tblGridChange" in tabel or "{#" in tabel or "{% raw" in tabel:
            return False
        kolommen = tabel.count("<w:gridCol")
        vol = False
        rest = _RIJ.sub("", tabel)
        diepte = 0
        plek = 0
        for rij in _RIJ.finditer(tabel):
            diepte += _depth(tabel[plek : rij.start()])
            plek = rij.end()
            kaal = _CEL.sub("", rij[0])
            if "<w:sdt" in kaal or _BLOK.search(kaal):
                return False
            breed = _count_kolommen(rij[0])
            if breed is None or breed > kolommen:
                return False
            vol = vol or (breed == kolommen and diepte == 0)
        if not vol or "<w:tc>" in rest:
            return False
    return True


def _depth(tekst: str) -> int:
    """How many conditions or loops this stretch opens, less those it closes."""
    tags = _BLOK.findall(tekst)
    return sum(bool(re.match(r"\{%-?\s*(if|for)\b", t)) - bool(re.match(r"\{%-?\s*end", t)) for t in tags)


def _count_kolommen(rij: str) -> int | None:
    totaal = 0
    for cel in _CEL.findall(rij):
        span = _SPAN.search(cel)
        if span is None:
            totaal += 1
        elif span[1].isdigit():
            totaal += int(span[1])
        else:
            return None
    return totaal
