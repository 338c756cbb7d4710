"""Tracked changes of Word: list them, and look at a part as if all were accepted, or all rejected.

Inserted and deleted runs, moves, inserted and deleted paragraph marks (which join paragraphs), rows and cells, and
changes of formatting. It works on a tree that it may change; nothing is written back to a file.

Must stay true: `resolve` with `accepteer` gives what Word shows after "accept all", without it what Word shows after
"reject all"; a tree without tracked changes stays as it is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from aanbesteding.documents.text import W

_ERBIJ, _ERAF = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
_VORM = tuple(
    f"{W}{naam}"
    for naam in ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange",
                 "tblGridChange", "numberingChange", "tblPrExChange")
)  # fmt: skip
_BEREIK = tuple(
    f"{W}{soort}Range{eind}"
    for soort in (
        "moveFrom",
        "moveTo",
        "customXmlIns",
        "customXmlDel",
        "customXmlMoveFrom",
        "customXmlMoveTo",
    )
    for eind in ("Start", "End")
)
_BLIJFT = {
    f"{W}pPr": (f"{W}rPr", f"{W}sectPr"),
    f"{W}sectPr": (f"{W}headerReference", f"{W}footerReference"),
}
_CELLEN = {f"{W}cellIns": True, f"{W}cellDel": False}
_SOORTEN = {
    "ins": "toegevoegd", "moveTo": "hierheen verplaatst", "del": "verwijderd", "moveFrom": "hiervandaan verplaatst",
    "cellIns": "cel toegevoegd", "cellDel": "cel verwijderd", "cellMerge": "cellen samengevoegd",
}  # fmt: skip


@dataclass(frozen=True)
class Wijziging:
    """A tracked change that nobody accepted or rejected yet."""

    soort: str
    auteur: str
    datum: str
    tekst: str
    deel: str


def list_wijzigingen(deel: str, wortel: ElementTree.Element) -> Iterator[Wijziging]:
    """The open tracked changes of one part."""
    for element in wortel.iter():
        naam = element.tag.removeprefix(W)
        if not element.tag.startswith(W) or (naam not in _SOORTEN and element.tag not in _VORM):
            continue
        tekst = "".join(t.text or "" for t in element.iter() if t.tag in (f"{W}t", f"{W}delText"))
        yield Wijziging(
            _SOORTEN.get(naam, "opmaak gewijzigd"),
            element.get(f"{W}author", ""),
            element.get(f"{W}date", ""),
            " ".join(tekst.split()),
            deel,
        )


def resolve(wortel: ElementTree.Element, *, accepteer: bool) -> ElementTree.Element:
    """A copy of the tree with every tracked change accepted, or every one rejected."""
    kopie = copy.deepcopy(wortel)
    _walk(kopie, accepteer)
    return kopie


def _walk(ouder: ElementTree.Element, accepteer: bool) -> None:
    weg, blijft = (_ERAF, _ERBIJ) if accepteer else (_ERBIJ, _ERAF)
    nieuw: list[ElementTree.Element] = []
    for kind in list(ouder):
        tag = kind.tag
        if tag in _BEREIK or (tag in weg and len(kind)) or _is_weg(kind, weg, accepteer):
            continue
        if tag in blijft and len(kind):
            _walk(kind, accepteer)
            nieuw += list(kind)
            continue
        if tag in _VORM and not accepteer and len(kind):
            _restore(ouder, kind, nieuw)
            continue
        if tag in _VORM:
            continue
        _walk(kind, accepteer)
        if tag == f"{W}delText":
            kind.tag = f"{W}t"
        elif tag == f"{W}delInstrText":
            kind.tag = f"{W}instrText"
        nieuw.append(kind)
    ouder[:] = _join_alineas(nieuw, weg)


def _is_weg(kind: ElementTree.Element, weg: tuple[str, ...], accepteer: bool) -> bool:
    """Whether a row or cell as a whole disappears."""
    if kind.tag == f"{W}tr":
        return any(kind.find(f"{W}trPr/{tag}") is not None for tag in weg)
    if kind.tag == f"{W}tc":
        merk = next((t for t in _CELLEN if kind.find(f"{W}tcPr/{t}") is not None), None)
        return merk is not None and _CELLEN[merk] != accepteer
    if kind.tag == f"{W}tbl":
        rijen = list(kind.iter(f"{W}tr"))
        return bool(rijen) and all(any(r.find(f"{W}trPr/{tag}") is not None for tag in weg) for r in rijen)
    return False


def _restore(
    ouder: ElementTree.Element, wijziging: ElementTree.Element, nieuw: list[ElementTree.Element]
) -> None:
    """Put the former properties back; what a change of properties never holds stays."""
    blijft = _BLIJFT.get(ouder.tag, ())
    vroeger = wijziging[0]
    nieuw[:] = [*vroeger, *(e for e in nieuw if e.tag in blijft)]


def _join_alineas(kinderen: list[ElementTree.Element], weg: tuple[str, ...]) -> list[ElementTree.Element]:
    """A paragraph whose mark disappears runs on into the next one, which keeps its own properties."""
    uit: list[ElementTree.Element] = []
    over: list[ElementTree.Element] = []  # what runs on
    laatste: ElementTree.Element | None = None
    for kind in kinderen:
        if kind.tag != f"{W}p":
            if over and laatste is not None and _has_inhoud(over):
                uit.append(_build_alinea(laatste, over))
                over = []
            uit.append(kind)
            continue
        merk = kind.find(f"{W}pPr/{W}rPr")
        verdwijnt = merk is not None and any(merk.find(tag) is not None for tag in weg)
        inhoud = [e for e in kind if e.tag != f"{W}pPr"]
        if verdwijnt:
            over += inhoud
            laatste = kind
        elif over:
            uit.append(_build_alinea(kind, over + inhoud))
            over = []
        else:
            uit.append(kind)
    if over and laatste is not None and _has_inhoud(over):
        uit.append(_build_alinea(laatste, over))
    elif laatste is not None and not any(e.tag == f"{W}p" for e in uit) and _is_cel(kinderen):
        uit.append(ElementTree.Element(f"{W}p"))
    return uit


def _is_cel(kinderen: list[ElementTree.Element]) -> bool:
    return any(e.tag == f"{W}tcPr" for e in kinderen)


def _has_inhoud(elementen: list[ElementTree.Element]) -> bool:
    return any(e.tag == f"{W}r" or any(k.tag == f"{W}r" for k in e.iter()) for e in elementen)


def _build_alinea(als: ElementTree.Element, inhoud: list[ElementTree.Element]) -> ElementTree.Element:
    nieuw = ElementTree.Element(f"{W}p")
    eigenschappen = als.find(f"{W}pPr")
    if eigenschappen is not None:
        nieuw.append(eigenschappen)
    nieuw.extend(inhoud)
    return nieuw
