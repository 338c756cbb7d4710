"""Judges what a template asks: unknown fields, values without a filter, decisions and arithmetic.

It works on the syntax tree of the prepared template (inspect.py), building blocks included. Tags that Jinja cannot
read at all are found before, in controle_tags.py.

Must stay true: an `if` asks one field or `not` one field; everything else is a decision that belongs in the software,
where it can be tested (guards G2, G4 and G5).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes

from aanbesteding.documents.bevinding import Bevinding, shorten
from aanbesteding.documents.filters import FILTERS
from aanbesteding.documents.inspect import bind_lus, find_pad, walk_velden
from aanbesteding.documents.render_takken import describe_uitdrukking
from aanbesteding.documents.tekst_bron import find_plek

_LUSVELDEN = frozenset({"first", "last", "index", "index0", "length"})
_KAAL = ("tekst", "geheel getal", "grafiek")
_FILTERS_VOOR: Mapping[str, str] = {
    "datum": "|datum of |datum_kort", "moment": "|datumtijd of |datum", "getal": "|euro, |getal of |procent",
    "ja/nee": "|ja_nee", "lijst": "|opsomming of een lus",
}  # fmt: skip
_OPDRACHTEN: Mapping[type[nodes.Node], str] = {
    nodes.Assign: "set", nodes.AssignBlock: "set", nodes.Macro: "macro", nodes.Include: "include",
    nodes.Import: "import", nodes.Block: "block", nodes.With: "with", nodes.FilterBlock: "filter",
}  # fmt: skip
_BESLIS = "laat de software dit beslissen en vraag hier het uitkomstveld"

Gevonden = Iterator[tuple[str, str, str, int]]
"""Code, explanation, advice and line of the tag."""


def check_velden(
    deel: str, bron: str, boom: nodes.Template, velden: Mapping[str, str] | None
) -> Iterator[Bevinding]:
    """Faults of one part. `velden`: every known path with its kind; None when the document is not declared."""
    gevonden = list(_check_knopen(boom.body))
    if velden is not None:
        gevonden += _check_bekend(boom, velden)
        gevonden += _check_kaal(boom.body, {}, velden)
    for code, uitleg, advies, regel in sorted(gevonden, key=lambda g: g[3]):
        tag, plek = find_plek(deel, bron, regel - 1)
        yield Bevinding(code, f"{uitleg}, bij {tag}" if tag else uitleg, advies, plek)


# --- ask, do not reckon -----------------------------------------------------------------------------------


def _is_veld(knoop: nodes.Node) -> bool:
    if isinstance(knoop, nodes.Getattr):
        if isinstance(knoop.node, nodes.Name) and knoop.node.name == "loop":
            return knoop.attr in _LUSVELDEN
        return _is_veld(knoop.node)
    return isinstance(knoop, nodes.Name) and knoop.name != "loop"


def _check_knopen(knopen: list[nodes.Node]) -> Gevonden:
    for knoop in knopen:
        if isinstance(knoop, nodes.Output):
            for deel in knoop.nodes:
                if not isinstance(deel, nodes.TemplateData):
                    yield from _check_waarde(deel)
        elif isinstance(knoop, nodes.If):
            toets = knoop.test.node if isinstance(knoop.test, nodes.Not) else knoop.test
            if not _is_veld(toets):
                uitleg = "een voorwaarde mag alleen een veld zijn, of 'not' met een veld"
                yield "beslissing", uitleg, _BESLIS, knoop.lineno
            yield from _check_knopen(knoop.body)
            yield from _check_knopen([*knoop.elif_, *knoop.else_])
        elif isinstance(knoop, nodes.For):
            recht = _is_veld(knoop.iter) and isinstance(knoop.target, nodes.Name)
            if not recht or knoop.test or knoop.recursive:
                uitleg = "een lus is altijd 'for naam in veld', zonder voorwaarde of berekening"
                yield "beslissing", uitleg, "laat de software de lijst zo aanleveren", knoop.lineno
            yield from _check_knopen(knoop.body)
            yield from _check_knopen(knoop.else_)
        else:
            naam = _OPDRACHTEN.get(type(knoop), type(knoop).__name__)
            yield "beslissing", f"de opdracht '{naam}' mag niet in een sjabloon", _BESLIS, knoop.lineno


def _check_waarde(knoop: nodes.Node) -> Gevonden:
    if isinstance(knoop, nodes.Filter):
        if knoop.name not in FILTERS:
            uitleg = f"het filter '{knoop.name}' hoort niet bij de huisfilters"
            yield "onbekend-filter", uitleg, f"kies uit {', '.join(FILTERS)}", knoop.lineno
        waarden: list[Any] = [*knoop.args, *(k.value for k in knoop.kwargs)]
        if any(not isinstance(a, nodes.Const) for a in waarden):
            uitleg = f"het filter '{knoop.name}' krijgt iets anders dan een vaste waarde"
            yield "beslissing", uitleg, "schrijf een getal of een woord tussen aanhalingstekens", knoop.lineno
        if knoop.node is not None:
            yield from _check_waarde(knoop.node)
    elif isinstance(knoop, nodes.CondExpr):
        uitleg = "een keuze staat in een veld"
        advies = "schrijf een keuze als {% if veld %}…{% else %}…{% endif %}, zodat elke tak getest wordt"
        yield "beslissing", uitleg, advies, knoop.lineno
    elif not _is_veld(knoop):
        wat = describe_uitdrukking(knoop)
        uitleg = f"hier mag alleen een veld staan, geen berekening of aanroep ({wat})"
        yield "beslissing", uitleg, _BESLIS, knoop.lineno


# --- against the context model ----------------------------------------------------------------------------


def _check_bekend(boom: nodes.Template, velden: Mapping[str, str]) -> Gevonden:
    for pad, regel in walk_velden(boom, {}):
        if pad not in velden:
            yield "onbekend-veld", f"het veld '{pad}' bestaat niet", describe_buurt(pad, velden), regel


def describe_buurt(pad: str, velden: Mapping[str, str]) -> str:
    """Which existing field comes nearest: first among the fields beside it, then one of that name, then any."""
    ouder, _, naam = pad.rpartition(".")
    while ouder and ouder not in velden:
        ouder, _, naam = ouder.rpartition(".")
    voor = f"{ouder}." if ouder else ""
    naast = [
        v[len(voor) :]
        for v in velden
        if v.startswith(voor) and "." not in v[len(voor) :] and not v.endswith("[]")
    ]
    if dichtbij := difflib.get_close_matches(naam, naast, n=1, cutoff=0.6):
        return f"het meest lijkt erop: '{voor}{dichtbij[0]}'"
    zelfde = [v for v in velden if v.rpartition(".")[2] == naam.rpartition(".")[2]]
    if dichtbij := zelfde or difflib.get_close_matches(pad, list(velden), n=1, cutoff=0.8):
        return f"het meest lijkt erop: '{dichtbij[0]}'"
    return (
        f"hier bestaan wel: {shorten(', '.join(sorted(naast)))}" if naast else "gebruik een veld dat bestaat"
    )


def _check_kaal(knopen: list[nodes.Node], namen: Mapping[str, str], velden: Mapping[str, str]) -> Gevonden:
    """Values that the renderer would refuse, because a reader should not see them raw."""
    for knoop in knopen:
        if isinstance(knoop, nodes.Output):
            for deel in knoop.nodes:
                soort = velden.get(find_pad(deel, namen) or "", "tekst").removesuffix(", kan leeg zijn")
                if soort not in _KAAL:
                    advies = _FILTERS_VOOR.get(soort.split(" van ")[0], "noem een veld ervan")
                    advies = advies if "noem" in advies else f"gebruik een filter: {advies}"
                    yield (
                        "zonder-filter",
                        f"een waarde van soort '{soort}' kan niet zo in de tekst",
                        advies,
                        deel.lineno,
                    )
        elif isinstance(knoop, nodes.If):
            yield from _check_kaal([*knoop.body, *knoop.elif_, *knoop.else_], namen, velden)
        elif isinstance(knoop, nodes.For):
            yield from _check_kaal(knoop.body, bind_lus(knoop, namen), velden)
            yield from _check_kaal(knoop.else_, namen, velden)
