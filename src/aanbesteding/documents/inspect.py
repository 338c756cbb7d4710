"""Looks into a template: which fields it asks for and which branches it has.

It renders nothing and judges nothing; what is wrong with a template is told by controle.py.

Must stay true: the walk sees body, headers, footers, notes and properties, building blocks included; what
the walk cannot follow is a fault for controle_velden.py, so that "no faults" means that every field was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from aanbesteding.documents.render_fout import TAG, describe_plaats, locate_fout
from aanbesteding.documents.render_laden import load_pakket
from aanbesteding.documents.render_omgeving import StrengeOmgeving
from aanbesteding.documents.render_pakket import Pakket
from aanbesteding.documents.render_takken import Tak, walk_takken

__all__ = ["Tak", "find_pad", "list_takken", "list_velden", "parse_delen", "walk_velden"]


def list_velden(pad: Path, bouwstenen: Path | None = None) -> dict[str, str]:
    """Every field path the template uses, such as `percelen[].naam`, with the first place where it does."""
    uit: dict[str, str] = {}
    for _, bron, boom in parse_delen(load_pakket(pad, bouwstenen=bouwstenen)):
        for veldpad, regel in walk_velden(boom, {}):
            uit.setdefault(veldpad, describe_plaats(bron, regel - 1))
    return dict(sorted(uit.items()))


def list_takken(pad: Path, bouwstenen: Path | None = None) -> tuple[Tak, ...]:
    """Every branch of the template; Template.record_takken tells which of them a context takes."""
    return tuple(
        tak
        for deel, _, boom in parse_delen(load_pakket(pad, bouwstenen=bouwstenen))
        for tak, _ in walk_takken(deel, boom)
    )


def parse_delen(pakket: Pakket) -> Iterator[tuple[str, str, nodes.Template]]:
    """Name, source and syntax tree of each part; a node's line less one is the number of its tag."""
    omgeving = StrengeOmgeving()
    for deel, bron in pakket.bronnen.items():
        try:
            boom = omgeving.parse(TAG.sub(lambda m: "\n" + m[0].replace("\n", " "), bron.replace("\n", " ")))
        except TemplateSyntaxError as fout:
            raise locate_fout(pakket.naam, deel, bron, omgeving, {}, fout) from fout
        yield deel, bron, boom


def find_pad(knoop: nodes.Node, namen: Mapping[str, str]) -> str | None:
    """The path of a field as the context knows it; None for what is no field, or belongs to a loop."""
    if isinstance(knoop, nodes.Name):
        return namen.get(knoop.name, knoop.name) or None
    if isinstance(knoop, nodes.Getattr):
        basis = find_pad(knoop.node, namen)
        return None if basis is None else f"{basis}.{knoop.attr}"
    if isinstance(knoop, nodes.Getitem):
        basis = find_pad(knoop.node, namen)
        return None if basis is None else f"{basis}[]"
    return None


def bind_lus(lus: nodes.For, namen: Mapping[str, str]) -> dict[str, str]:
    """What names stand for inside a loop."""
    basis = find_pad(lus.iter, namen)
    binnen = {**namen, "loop": ""}
    if isinstance(lus.target, nodes.Name):
        binnen[lus.target.name] = f"{basis}[]" if basis else ""
    return binnen


def walk_velden(knoop: nodes.Node, namen: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Every field path below a node, with the line of its tag."""
    if isinstance(knoop, nodes.For):
        yield from walk_velden(knoop.iter, namen)
        binnen = bind_lus(knoop, namen)
        for kind in knoop.body:
            yield from walk_velden(kind, binnen)
        for kind in knoop.else_:
            yield from walk_velden(kind, namen)
        return
    veldpad = find_pad(knoop, namen)
    if veldpad is not None:
        yield veldpad, knoop.lineno
        return
    for kind in knoop.iter_child_nodes():
        yield from walk_velden(kind, namen)
