"""Whether a file with tracked changes tells the truth: accept all is the new version, reject all the old one.

Every redline is checked so, whichever library made it, before anybody sees it: text, tables, headers, footers, notes
and pictures. Looks (bold, spacing) are not compared.

Must stay true: a difference that is not marked as a change, or a mark for what did not change, is found and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from aanbesteding.documents.bevinding import shorten
from aanbesteding.documents.woord.alineas import Alinea, Eenheid, Rij, Verhaal, list_delen, read_verhalen
from aanbesteding.documents.woord.wijzigingen import list_wijzigingen

Vorm = tuple[str, ...]
_NAMEN = {"body": "de tekst", "header": "een koptekst", "footer": "een voettekst"}


def check_redline(
    redline: Mapping[str, bytes], oud: Mapping[str, bytes], nieuw: Mapping[str, bytes]
) -> tuple[str, ...]:
    """What is wrong with a redline, in Dutch; empty when it is right."""
    aanvaard = _compare(read_verhalen(redline), read_verhalen(nieuw), "alles accepteren", "nieuwe")
    verworpen = _compare(
        read_verhalen(redline, accepteer=False), read_verhalen(oud), "alles verwerpen", "oude"
    )
    return (*aanvaard, *verworpen)


def count_wijzigingen(redline: Mapping[str, bytes]) -> int:
    """How many tracked changes there are."""
    return sum(
        1
        for deel in list_delen(redline)
        for _ in list_wijzigingen(deel, ElementTree.fromstring(redline[deel]))
    )


def _compare(
    redline: Sequence[Verhaal], hoort: Sequence[Verhaal], handeling: str, versie: str
) -> Iterator[str]:
    heeft = {v.rol: list(_describe(v.eenheden)) for v in redline}
    moet = {v.rol: list(_describe(v.eenheden)) for v in hoort}
    for rol in {**moet, **heeft}:
        a, b = heeft.get(rol, []), moet.get(rol, [])
        if a == b:
            continue
        nummer = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        staat = _show(a[nummer]) if nummer < len(a) else "niets"
        hoort_er = _show(b[nummer]) if nummer < len(b) else "niets"
        wat = _NAMEN.get(rol.partition(":")[0], "een noot")
        yield f"na {handeling} is {wat} niet die van de {versie} versie: er staat {staat}, er hoort {hoort_er}"


def _show(vorm: Vorm) -> str:
    return f"'{shorten(' | '.join(vorm[1:]), 0)}'" if any(vorm[1:]) else "een lege alinea"


def _describe(eenheden: Sequence[Eenheid]) -> Iterator[Vorm]:
    """Paragraphs and rows with their text and pictures; an empty paragraph at the end says nothing."""
    vormen = [
        ("rij", *(" / ".join(_write(a) for a in cel) for cel in e.cellen))
        if isinstance(e, Rij)
        else ("", _write(e))
        for e in eenheden
    ]
    while vormen and vormen[-1] == ("", ""):
        vormen.pop()
    yield from vormen


def _write(alinea: Alinea) -> str:
    beelden = "".join(f"[{hash_[:12]}]" for hash_ in alinea.beelden)
    return alinea.tekst + alinea.verborgen + beelden
