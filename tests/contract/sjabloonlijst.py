"""Every template that the contract tests walk: each declared document, nationally and per region.

Compiled templates are shared by all tests of a session.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateError, nodes
from pydantic import BaseModel

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.declaration import Document, DocumentContext, Grafiek
from aanbesteding.documents.inspect import list_velden
from aanbesteding.documents.render import Template, load_template
from aanbesteding.documents.render_laden import load_pakket
from aanbesteding.documents.render_omgeving import STAAT, OngeldigeWaarde, Staat, StrengeOmgeving
from aanbesteding.documents.render_takken import instrument_takken
from aanbesteding.documents.render_zip import DOCUMENT
from aanbesteding.procedures import PROCEDURES
from bouwers import make_huisstijl

WORTEL = Path(__file__).parents[2]
SJABLONEN = WORTEL / "sjablonen"
BOUWSTENEN = SJABLONEN / "_bouwstenen"
HUISSTIJL = make_huisstijl()
KNIP = "\ue000"  # a private character that no template holds
RENDERFOUTEN = (TemplateError, OngeldigeWaarde, ValueError, TypeError, AttributeError)


@dataclass(frozen=True)
class Geval:
    """One template of one document; `regio` is empty for the national one."""

    document: Document
    pad: Path
    regio: str = ""

    @property
    def naam(self) -> str:
        """Name in the list of tests and of the golden file."""
        return f"{self.document.fase}/{self.document.code}" + (f".{self.regio}" if self.regio else "")


def list_documenten() -> tuple[Document, ...]:
    """Every document of every procedure, each once."""
    gevonden = {d.code: d for p in PROCEDURES for f in p.fasen for d in f.documenten}
    return tuple(gevonden.values())


def list_gevallen() -> Iterator[Geval]:
    """Every document with its national template, and once more for every region that has its own."""
    for document in list_documenten():
        yield Geval(document, SJABLONEN / document.sjabloon)
        for pad in sorted(SJABLONEN.glob(f"_regio/*/{document.sjabloon}")):
            yield Geval(document, pad, pad.relative_to(SJABLONEN / "_regio").parts[0])


GEVALLEN = tuple(list_gevallen())
voor_elk_sjabloon = pytest.mark.parametrize("geval", GEVALLEN, ids=lambda g: g.naam)


def require_sjabloon(geval: Geval) -> Path:
    """Path of the template; a missing one is reported once, by its own test, and skipped elsewhere."""
    if not geval.pad.is_file():
        pytest.skip("het sjabloon ontbreekt; zie test_every_document_has_its_sjabloon")
    return geval.pad


@functools.cache
def list_paden(pad: Path) -> Mapping[str, str]:
    """Every field path that a template uses, with where."""
    return list_velden(pad, BOUWSTENEN)


@functools.cache
def load_sjabloon(pad: Path) -> Template:
    """The compiled template in the invented house style."""
    return load_template(pad, huisstijl=HUISSTIJL, bouwstenen=BOUWSTENEN)


@functools.cache
def render_voorbeeld(geval: Geval) -> bytes:
    """The rendered example."""
    return render(geval, geval.document.voorbeeld())


def render(geval: Geval, context: DocumentContext) -> bytes:
    """The document of one context, strictly."""
    return load_sjabloon(require_sjabloon(geval)).render_bytes(make_jinja_context(context, HUISSTIJL))


def report(fouten: Iterable[str]) -> None:
    """Fail with every fault on a line of its own, whole."""
    regels = list(fouten)
    if regels:
        pytest.fail("\n".join(regels), pytrace=False)


def make_velden(context: DocumentContext) -> dict[str, Any]:
    """The context as a template sees it, with words for charts: drawing one takes a tenth of a second."""
    return make_jinja_context(_strip_grafieken(context), HUISSTIJL)


def _strip_grafieken(waarde: Any) -> Any:
    if isinstance(waarde, Grafiek):
        return f"[grafiek {waarde.titel}]"
    if isinstance(waarde, BaseModel):
        velden = {naam: _strip_grafieken(getattr(waarde, naam)) for naam in type(waarde).model_fields}
        return waarde.model_copy(update=velden)
    if isinstance(waarde, tuple):
        return tuple(_strip_grafieken(deel) for deel in waarde)
    return waarde


class Takomgeving(StrengeOmgeving):
    """Counts branches of invented contexts too, in which any text may be empty; the guard on that is tried apart."""

    def write(self, waarde: Any) -> str:
        leeg = waarde.__class__ is str and not waarde.strip()
        return "" if leeg else super().write(waarde)


class Takmeter:
    """A template that notes which branches a context takes; compiled once for any number of contexts."""

    def __init__(self, pad: Path) -> None:
        omgeving = Takomgeving()
        self._delen: list[JinjaTemplate] = []
        for naam, bron in load_pakket(pad, bouwstenen=BOUWSTENEN).bronnen.items():
            boom = omgeving.parse(bron)
            instrument_takken(naam, boom)
            code: Any = omgeving.compile(boom)
            self._delen.append(JinjaTemplate.from_code(omgeving, code, {}))

    def record(self, velden: Mapping[str, object]) -> frozenset[str]:
        """Codes of the branches taken; none when the template does not take this context."""
        staat = Staat(HUISSTIJL.kleur)
        merk = STAAT.set(staat)
        try:
            for deel in self._delen:
                deel.render(velden)
        except RENDERFOUTEN:
            return frozenset()
        finally:
            STAAT.reset(merk)
        return frozenset(staat.takken)


@functools.cache
def list_vaste_tekst(pad: Path) -> tuple[str, ...]:
    """The words of the body that stand outside every condition and loop, in order, without white space."""
    bron = load_pakket(pad, bouwstenen=BOUWSTENEN).bronnen[DOCUMENT]
    # a table of contents is filled anew in every document
    bron = re.sub(
        r"<w:p>(?:(?!</w:p>).)*?<w:instrText[^>]*> ?TOC (?:(?!</w:p>).)*</w:p>", KNIP, bron, flags=re.S
    )
    delen: list[str] = []
    for knoop in StrengeOmgeving().parse(bron).body:
        for deel in knoop.nodes if isinstance(knoop, nodes.Output) else ():
            if isinstance(deel, nodes.TemplateData):
                delen += strip_xml(deel.data).split(KNIP)
    return tuple(deel for deel in delen if deel)


def strip_xml(xml: str) -> str:
    """The words of a piece of WordprocessingML without white space."""
    kaal = re.sub(r"<w:instrText[^>]*>[^<]*</w:instrText>|<wp:posOffset>[^<]*</wp:posOffset>", "", xml)
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", kaal)).split())
