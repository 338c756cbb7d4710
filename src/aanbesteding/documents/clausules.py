"""The clauses of a document: which text with an id and a version stands in it, and under which condition.

A clause is a content control in a template whose tag reads `clausule:<id>:<versie>`; a building block is one as well
(`bouwsteen:<naam>:<versie>`, put there when the template is loaded). The condition is what the template asks around
it. That a document holds a clause is read from the document itself: what was left out by a condition is not there.

Must stay true: a clause without words in the document does not count as sent; text of a supplier is never taken for
a clause, because only the tag of a content control is looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import nodes

from aanbesteding.documents.render_laden import load_pakket
from aanbesteding.documents.render_omgeving import StrengeOmgeving
from aanbesteding.documents.render_takken import describe_uitdrukking
from aanbesteding.documents.render_zip import DOCUMENT

ALTIJD = "altijd"
_TAG = re.compile(r"(?:clausule|bouwsteen):([^:]+):([^:]+)")
_IN_BRON = re.compile(r'<w:tag\s+w:val="((?:clausule|bouwsteen):[^":]+:[^":]+)"')


@dataclass(frozen=True, order=True)
class Clausule:
    """A clause by its stable id and version, with the condition of the template under which it stands."""

    id: str
    versie: str
    voorwaarde: str = ALTIJD


def list_voorwaarden(pad: Path, bouwstenen: Path | None = None) -> Mapping[tuple[str, str], str]:
    """Per clause (id, versie) of a template: the condition in Dutch, `altijd` when there is none."""
    uit: dict[tuple[str, str], list[str]] = {}
    omgeving = StrengeOmgeving()
    for bron in load_pakket(pad, bouwstenen=bouwstenen).bronnen.values():
        if _IN_BRON.search(bron) is None:
            continue
        for sleutel, voorwaarde in _walk(omgeving.parse(bron).body, ()):
            uit.setdefault(sleutel, []).append(voorwaarde)
    return {sleutel: " of ".join(dict.fromkeys(delen)) for sleutel, delen in uit.items()}


def _walk(knopen: list[nodes.Node], voorwaarden: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], str]]:
    for knoop in knopen:
        if isinstance(knoop, nodes.Output):
            for deel in knoop.nodes:
                if isinstance(deel, nodes.TemplateData):
                    for tag in _IN_BRON.findall(deel.data):
                        _, id_, versie = tag.split(":")
                        yield (id_, versie), " en ".join(voorwaarden) or ALTIJD
        elif isinstance(knoop, nodes.If):
            yield from _walk_if(knoop, voorwaarden)
        elif isinstance(knoop, nodes.For):
            lijst = describe_uitdrukking(knoop.iter)
            yield from _walk(knoop.body, (*voorwaarden, f"voor elk van {lijst}"))
            yield from _walk(knoop.else_, (*voorwaarden, f"{lijst} is leeg"))


def _walk_if(knoop: nodes.If, voorwaarden: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], str]]:
    niet = voorwaarden
    for tak in (knoop, *knoop.elif_):
        yield from _walk(tak.body, (*niet, _describe(tak.test, ja=True)))
        niet = (*niet, _describe(tak.test, ja=False))
    yield from _walk(knoop.else_, niet)


def _describe(toets: nodes.Node, *, ja: bool) -> str:
    if isinstance(toets, nodes.Not):
        return _describe(toets.node, ja=not ja)
    return describe_uitdrukking(toets) if ja else f"niet {describe_uitdrukking(toets)}"


def find_clausules(
    docx: bytes, voorwaarden: Mapping[tuple[str, str], str] | None = None
) -> tuple[Clausule, ...]:
    """The clauses with words in this document, each once, in order of appearance."""
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        body = pakket.read(DOCUMENT)
    if b"clausule:" not in body and b"bouwsteen:" not in body:
        return ()
    bekend = voorwaarden or {}
    return tuple(Clausule(i, v, bekend.get((i, v), "")) for i, v in dict.fromkeys(_scan(body)))


_MERK = re.compile(
    rb'<(?:(?P<open>w:sdt)(?=[ >])|(?P<dicht>/w:sdt)>|w:tag w:val="(?P<tag>[^"]*)"|w:t(?: [^>]*)?>(?P<tekst>[^<]*)'
    rb"|(?P<einde>w:(?:br|cr))(?P<soort>[ /][^>]*)>|(?P<teken>w:(?:noBreakHyphen|drawing))(?=[ />]))"
)


@dataclass
class _Blok:
    """An open content control: its place, its tag, and whether words were seen in it."""

    plaats: int
    tag: str = ""
    woorden: bool = False


def _scan(body: bytes) -> Iterator[tuple[str, str]]:
    """Id and version of every tagged content control with words, in order. The body is well-formed and ours: no tree
    is built of it, for ten thousand letters would be parsed once more for this alone."""
    open_: list[_Blok] = []
    klaar: list[_Blok] = []
    for merk in _MERK.finditer(body):
        soort = merk.lastgroup
        if soort == "open":
            open_.append(_Blok(merk.start()))
        elif not open_:
            continue
        elif soort == "dicht":
            klaar.append(open_.pop())
        elif soort == "tag":
            open_[-1].tag = merk["tag"].decode()
        elif open_[-1].woorden:
            continue  # and so have those around it
        elif (
            (soort == "teken")
            or (soort == "tekst" and _is_tekst(merk["tekst"]))
            or (soort == "soort" and b"w:type=" not in merk["soort"])
        ):
            for blok in open_:
                blok.woorden = True
    for blok in sorted(klaar, key=lambda b: b.plaats):
        delen = _TAG.fullmatch(blok.tag)
        if delen and blok.woorden:
            yield delen[1], delen[2]


def _is_tekst(rauw: bytes) -> bool:
    return bool(rauw.strip()) and bool(rauw.decode().replace("\u00a0", " ").strip())
