"""Renders a document once more with every filled-in value marked, so that it is known which words come from where.

A mark is `BEGIN number MIDDEN value EINDE`, in characters that Unicode keeps for internal use; `number` points at the
field (a path as documents.velden writes it, `percelen[].naam`) and the kind of its filter. The marked document is for
looking only: woord/ compares it with an edited file, and a preview can show where each value came from.

Must stay true: without its marks the text is exactly that of the document itself; a mark never stands in text that a
template wrote; which fields are marked follows from the template, never from what the text looks like.
"""
# Jinja's code generator is only partly typed.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from aanbesteding.documents.render_code import Codegenerator
from aanbesteding.documents.render_omgeving import StrengeOmgeving

BEGIN, MIDDEN, EINDE = "\ufdd0", "\ufdd1", "\ufdd2"
MERKEN = re.compile(f"{BEGIN}\\d*{MIDDEN}|[{BEGIN}{MIDDEN}{EINDE}]")

_SOORTEN: Mapping[str, str] = {
    "datum": "datum", "datum_kort": "datum", "datumtijd": "datum", "euro": "bedrag", "getal": "getal",
    "procent": "getal", "aantal": "getal",
}  # fmt: skip


@dataclass(frozen=True)
class Veld:
    """A place in a template where a value is filled in: the field, and its kind as far as the filter tells."""

    pad: str
    soort: str = ""


@dataclass(frozen=True)
class Waarden:
    """A document as it was made, with its values marked, and the fields that the marks point at."""

    docx: bytes
    velden: tuple[Veld, ...]


class _Spoorgenerator(Codegenerator):
    """Writes a mark around every value."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(f"environment.mark({self._number(node)}, ")
        super()._output_child_pre(node, frame, finalize)

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        super()._output_child_post(node, frame, finalize)
        self.write(")")

    def _write_waarde(self, deel: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self._output_child_pre(deel, frame, finalize)
        self.visit(deel, frame)
        self._output_child_post(deel, frame, finalize)
        self.write(".encode()")

    def _number(self, node: nodes.Expr) -> int:
        omgeving = self.environment
        assert isinstance(omgeving, Spooromgeving)
        return omgeving.nummers[id(node)]


class Spooromgeving(StrengeOmgeving):
    """The strict environment, which marks each value; `velden` grows with every part that is parsed."""

    code_generator_class = _Spoorgenerator

    def __init__(self) -> None:
        super().__init__()
        self.velden: list[Veld] = []
        self.nummers: dict[int, int] = {}
        self._bomen: list[nodes.Template] = []  # kept, so that no id is given twice

    def parse(self, source: str, name: str | None = None, filename: str | None = None) -> nodes.Template:
        """The syntax tree, of which every value has a number now."""
        boom = super().parse(source, name, filename)
        self._bomen.append(boom)
        for uitdrukking, veld in _walk(boom.body, {}):
            self.nummers[id(uitdrukking)] = len(self.velden)
            self.velden.append(veld)
        return boom

    def mark(self, nummer: int, tekst: str) -> str:
        """The text of a value between its marks; called by compiled templates only."""
        return f"{BEGIN}{nummer}{MIDDEN}{MERKEN.sub('', tekst)}{EINDE}"


def _walk(knopen: list[nodes.Node], namen: Mapping[str, str]) -> Iterator[tuple[nodes.Expr, Veld]]:
    for knoop in knopen:
        if isinstance(knoop, nodes.Output):
            for deel in knoop.nodes:
                if not isinstance(deel, nodes.TemplateData):
                    yield (
                        deel,
                        Veld(" en ".join(_list_paden(deel, namen)) or "vaste tekst", _find_soort(deel)),
                    )
        elif isinstance(knoop, nodes.If):
            for tak in (knoop, *knoop.elif_):
                yield from _walk(tak.body, namen)
            yield from _walk(knoop.else_, namen)
        elif isinstance(knoop, nodes.For):
            lijst = next(iter(_list_paden(knoop.iter, namen)), "lijst")
            eigen = {n.name: f"{lijst}[]" for n in _list_doelen(knoop.target)}
            yield from _walk(knoop.body, {**namen, **eigen})
            yield from _walk(knoop.else_, namen)
        else:  # a construct that the product's own templates do not use: its values keep the names they have
            for deel in knoop.find_all(nodes.Output):
                yield from _walk([deel], namen)


def _list_doelen(doel: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(doel, nodes.Name):
        yield doel
    yield from doel.find_all(nodes.Name)


def _list_paden(knoop: nodes.Node, namen: Mapping[str, str]) -> list[str]:
    """The fields that an expression asks for, each once."""
    if isinstance(knoop, nodes.Name):
        return [namen.get(knoop.name, knoop.name)]
    if isinstance(knoop, nodes.Getattr):
        return [f"{pad}.{knoop.attr}" for pad in _list_paden(knoop.node, namen)]
    if isinstance(knoop, nodes.Getitem):
        return [f"{pad}[]" for pad in _list_paden(knoop.node, namen)]
    delen = (pad for kind in knoop.iter_child_nodes() for pad in _list_paden(kind, namen))
    return list(dict.fromkeys(delen))


def _find_soort(knoop: nodes.Node) -> str:
    while isinstance(knoop, nodes.Filter):
        if knoop.name in _SOORTEN:
            return _SOORTEN[knoop.name]
        if knoop.node is None:
            break
        knoop = knoop.node
    return ""
