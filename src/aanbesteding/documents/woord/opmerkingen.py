"""The comments of a Word file: who said what, when, about which words.

Must stay true: every comment is listed, also one that hangs on no words any more; replies say to whom they reply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from aanbesteding.documents.bevinding import shorten
from aanbesteding.documents.render_zip import DOCUMENT
from aanbesteding.documents.text import W
from aanbesteding.documents.woord.alineas import load_relaties
from aanbesteding.documents.woord.upload import open_upload

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True)
class Opmerking:
    """A comment. `bij`: the words it is about; `antwoord_op`: the text of the comment it answers; `afgehandeld`: Word
    shows it as resolved."""

    auteur: str
    initialen: str
    datum: str
    tekst: str
    bij: str
    antwoord_op: str = ""
    afgehandeld: bool = False


def list_opmerkingen(inhoud: bytes) -> tuple[Opmerking, ...]:
    """The comments of a file, in order; InvoerError when the file is unsafe."""
    return list_opmerkingen_leden(open_upload(inhoud))


def list_opmerkingen_leden(leden: Mapping[str, bytes]) -> tuple[Opmerking, ...]:
    """The same, of the parts of a file that was let in already."""
    relaties = load_relaties(leden, DOCUMENT)
    deel = next((doel for soort, doel in relaties.values() if soort == "comments"), "word/comments.xml")
    if deel not in leden:
        return ()
    bij = _list_woorden(ElementTree.fromstring(leden[DOCUMENT]))
    draad = _load_draad(leden)
    opmerkingen = list(ElementTree.fromstring(leden[deel]).iter(f"{W}comment"))
    teksten = {_find_para(o): _get_tekst(o) for o in opmerkingen}
    uit: list[Opmerking] = []
    for opmerking in opmerkingen:
        ouder, klaar = draad.get(_find_para(opmerking), ("", False))
        uit.append(
            Opmerking(
                opmerking.get(f"{W}author", ""),
                opmerking.get(f"{W}initials", ""),
                opmerking.get(f"{W}date", ""),
                _get_tekst(opmerking),
                shorten(bij.get(opmerking.get(f"{W}id", ""), "")),
                shorten(teksten.get(ouder, "")) if ouder else "",
                klaar,
            )
        )
    return tuple(uit)


def _get_tekst(opmerking: ElementTree.Element) -> str:
    alineas = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in opmerking.iter(f"{W}p"))
    return " ".join(" ".join(alineas).split())


def _find_para(opmerking: ElementTree.Element) -> str:
    """Word names a comment in a thread by its last paragraph."""
    alineas = [p.get(f"{_W14}paraId", "") for p in opmerking.iter(f"{W}p")]
    return alineas[-1] if alineas else ""


def _load_draad(leden: Mapping[str, bytes]) -> dict[str, tuple[str, bool]]:
    deel = leden.get("word/commentsExtended.xml")
    if deel is None:
        return {}
    return {
        e.get(f"{_W15}paraId", ""): (e.get(f"{_W15}paraIdParent", ""), e.get(f"{_W15}done") in ("1", "true"))
        for e in ElementTree.fromstring(deel).iter(f"{_W15}commentEx")
    }


def _list_woorden(wortel: ElementTree.Element) -> dict[str, str]:
    """Per comment the words between its marks; without marks the paragraph it hangs on."""
    open_: dict[str, list[str]] = {}
    uit: dict[str, list[str]] = {}
    for alinea in wortel.iter(f"{W}p"):
        heel: list[str] = []
        for element in alinea.iter():
            id_ = element.get(f"{W}id", "")
            if element.tag == f"{W}commentRangeStart":
                uit[id_] = open_[id_] = []
            elif element.tag == f"{W}commentRangeEnd":
                open_.pop(id_, None)
            elif element.tag == f"{W}commentReference":
                uit.setdefault(id_, heel)
            elif element.tag == f"{W}t":
                heel.append(element.text or "")
                for delen in open_.values():
                    delen.append(element.text or "")
        for delen in open_.values():
            delen.append(" ")
    return {id_: " ".join("".join(delen).split()) for id_, delen in uit.items()}
