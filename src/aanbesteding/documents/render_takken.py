"""The branches of a template: every way an `if` or a loop can go, with a code that stays the same.

Used to record which branches a rendering takes, so that tests can show that all wording was seen.

Must stay true: the code of a branch follows from its part, its order and its outcome only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import nodes


@dataclass(frozen=True)
class Tak:
    """One branch: `uitkomst` is ja or nee of a condition, rijen or leeg of a loop."""

    code: str
    deel: str
    voorwaarde: str
    uitkomst: str


def describe_uitdrukking(knoop: nodes.Node | None) -> str:
    """A field path as the template writes it; other expressions by their kind."""
    if isinstance(knoop, nodes.Name):
        return knoop.name
    if isinstance(knoop, nodes.Getattr):
        return f"{describe_uitdrukking(knoop.node)}.{knoop.attr}"
    if isinstance(knoop, nodes.Not):
        return f"not {describe_uitdrukking(knoop.node)}"
    if isinstance(knoop, nodes.Filter):
        return f"{describe_uitdrukking(knoop.node)}|{knoop.name}"
    return type(knoop).__name__


def walk_takken(deel: str, boom: nodes.Template) -> Iterator[tuple[Tak, list[nodes.Node]]]:
    """Every branch with the list of nodes that is its body (the list itself, so it can be added to)."""
    kort = deel.rpartition("/")[2].removesuffix(".xml")
    vervolg = {id(e) for knoop in boom.find_all(nodes.If) for e in knoop.elif_}
    for nummer, knoop in enumerate(boom.find_all((nodes.If, nodes.For)), start=1):
        lus = isinstance(knoop, nodes.For)
        naam = describe_uitdrukking(knoop.iter if lus else knoop.test)
        body: list[nodes.Node] = knoop.body
        yield _tak(kort, nummer, naam, "rijen" if lus else "ja"), body
        # The else of an elif is that of its if; a loop without else has no wording for "no rows".
        if id(knoop) not in vervolg and (not lus or knoop.else_):
            anders: list[nodes.Node] = knoop.else_
            yield _tak(kort, nummer, naam, "leeg" if lus else "nee"), anders


def _tak(deel: str, nummer: int, naam: str, uitkomst: str) -> Tak:
    return Tak(f"{deel}:{nummer}:{naam}:{uitkomst}", deel, naam, uitkomst)


def instrument_takken(deel: str, boom: nodes.Template) -> None:
    """Make every branch note its code when it is taken."""
    for tak, body in list(walk_takken(deel, boom)):
        noot = nodes.Call(
            nodes.EnvironmentAttribute("record_tak"), [nodes.Const(tak.code)], [], None, None, lineno=1
        )
        body.insert(0, nodes.ExprStmt(noot, lineno=1))
    boom.set_environment(boom.environment)  # pyright: ignore[reportArgumentType]
