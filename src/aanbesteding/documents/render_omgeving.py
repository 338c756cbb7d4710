"""The strict Jinja environment: undefined is an error, escaping on, and a guard on every value that reaches
the text.

`StrengeOmgeving.write` is the one place through which each value goes. It is called by code that Jinja
generates (render_code.py), which saves the objects that MarkupSafe makes for every value.

Must stay true: a date, amount, truth value, list or None never reaches the text without a filter (guard
G5); characters that XML cannot hold are refused, not dropped; a value is escaped once and never evaluated.
Traps: a dict's own methods win over its keys, as in Jinja; this module is loaded for the first letter of a
cold start, so it imports neither docxtpl nor pydantic.
"""
# Jinja's code generator is only partly typed.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownParameterType=false
# pyright: reportMissingTypeArgument=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, Undefined, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from aanbesteding.documents.afbeelding import Afbeelding
from aanbesteding.documents.filters import FILTERS
from aanbesteding.documents.render_beeld import Beeldbasis, Beelden
from aanbesteding.documents.render_code import BIJZONDER, DICT_METHODEN, Codegenerator, ontsnap
from aanbesteding.documents.render_grenzen import (
    BEWAAKT,
    check_som,
    limit_breedtes,
    limit_omgeving,
    refuse_breed,
)
from aanbesteding.documents.render_tekstfilters import guard_filters, guard_samenvoegen

_VERBODEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


LEEG = "het veld is leeg; vraag het eerst met {% if veld %}"


class OngeldigeWaarde(ValueError):
    """A value that may not stand in the text as it is; the message is a Dutch sentence."""


class OnbekendVeld(UndefinedError):
    """A field that does not exist, with the value it was looked for in (None: the context itself)."""

    def __init__(self, boodschap: str | None, obj: Any, naam: str) -> None:
        super().__init__(boodschap)
        self.obj = obj
        self.naam = naam


class _Ontbrekend(StrictUndefined):
    """Undefined that remembers where it was looked for when it is used."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = None
    ) -> None:
        super().__init__(hint, obj, name)
        plek = None if obj is missing else obj
        self._undefined_exception = lambda boodschap: OnbekendVeld(boodschap, plek, name or "")  # type: ignore[assignment]


class Omweg(Exception):
    """A value that only docxtpl itself can put in the document (a Subdoc, an InlineImage)."""

    def __init__(self, tpl: Any) -> None:
        super().__init__()
        self.tpl = tpl


@dataclass
class Staat:
    """What one rendering came across: the rare things for which the result needs more work."""

    kleur: str = ""
    regeleinde: bool = False
    opmaak: bool = False
    tekening: bool = False
    secties: bool = True
    tpl: Any = None
    """The docxtpl object that is rendering, when it is docxtpl that renders."""
    deel: str = ""
    beeldbasis: Beeldbasis | None = None
    beelden: Beelden | None = None
    koppelingen: Mapping[str, str] = field(default_factory=dict[str, str])
    afbeeldingen: dict[str, Afbeelding] = field(default_factory=dict[str, Afbeelding])
    takken: set[str] = field(default_factory=set[str])


STAAT: ContextVar[Staat] = ContextVar("staat")


def is_docxtpl(waarde: Any) -> bool:
    """Whether this is a picture, document or marked-up text of docxtpl's own kinds."""
    return any(k.__module__.startswith("docxtpl.") for k in type(waarde).__mro__)


def write_html(waarde: Any, staat: Staat) -> str:
    """The text of a value that is markup. Omweg when docxtpl must put it in and is not the one rendering."""
    namen = {k.__name__ for k in type(waarde).__mro__ if k.__module__.startswith("docxtpl.")}
    if "InlineImage" in namen:
        return _write_inline(waarde, staat)
    if "Subdoc" in namen and staat.tpl is None:
        raise Omweg(waarde.tpl)
    staat.opmaak = True
    return str.__str__(waarde.__html__())


def _write_inline(waarde: Any, staat: Staat) -> str:
    if staat.tpl is not None:
        waarde = copy.copy(waarde)
        waarde.tpl = staat.tpl  # the picture belongs to the document being made, whoever made the value
        return str.__str__(waarde.__html__())
    if staat.beeldbasis is None or waarde.anchor:
        raise Omweg(waarde.tpl)
    if staat.beelden is None:
        staat.beelden = Beelden(staat.beeldbasis)
    staat.tekening = True
    return staat.beelden.insert(waarde, staat.deel, staat.koppelingen)


def fast_getattr(gewoon: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """Fields of dicts and models without the detour through an AttributeError; the rest as Jinja does it."""

    def getattr_(obj: Any, attribute: str) -> Any:
        klasse = obj.__class__
        if klasse is dict:
            if attribute in obj and attribute not in DICT_METHODEN:
                return obj[attribute]
        elif attribute in getattr(klasse, "__pydantic_fields__", ()):
            return getattr(obj, attribute)
        return gewoon(obj, attribute)

    return getattr_


class StrengeOmgeving(SandboxedEnvironment):
    """Sandboxed, strict, escaping environment of the house."""

    code_generator_class = Codegenerator
    streng = True

    intercepted_binops = BEWAAKT
    in_bytes = False
    ontsnap = staticmethod(ontsnap)

    def __init__(self, *, autoescape: bool = True, basis: Any = None) -> None:
        super().__init__(undefined=_Ontbrekend, autoescape=autoescape)
        self.filters.update(FILTERS)
        limit_omgeving(self.globals, self.filters)
        if basis is not None:
            self.filters.update(basis.filters)
            self.tests.update(basis.tests)
            self.globals.update(basis.globals)
        guard_filters(self.filters, self._write_ander)
        limit_breedtes(self.filters)
        self._escape = autoescape
        self.getattr = fast_getattr(super().getattr)  # pyright: ignore[reportAttributeAccessIssue]

    def parse(self, source: str, name: str | None = None, filename: str | None = None) -> nodes.Template:
        """The syntax tree, with the values that are joined under guard."""
        return guard_samenvoegen(super().parse(source, name, filename))

    def is_safe_callable(self, obj: Any) -> bool:
        """Jinja's judgment, and no method that makes a text as long as it likes."""
        return not refuse_breed(obj) and super().is_safe_callable(obj)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A sum that has an end."""
        check_som(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def write(self, waarde: Any) -> str:
        """The text of a value as it stands in the XML; OngeldigeWaarde when it needs a filter."""
        klasse = waarde.__class__
        if klasse is str:
            if not waarde or waarde.isspace():
                raise OngeldigeWaarde(LEEG)
            return waarde if BIJZONDER.search(waarde) is None else self._write_bijzonder(waarde)
        if klasse is int:
            return str(waarde)
        return self._write_ander(waarde)

    write_kaal = write

    def _write_bijzonder(self, waarde: str) -> str:
        verboden = _VERBODEN.search(waarde)
        if verboden is not None:
            raise OngeldigeWaarde(
                f"de waarde {waarde[:120]!r} bevat een besturingsteken "
                f"(U+{ord(verboden[0]):04X}) dat niet in een "
                "document kan staan; verwijder het uit de gegevens"
            )
        if "\r" in waarde:
            waarde = waarde.replace("\r\n", "\n").replace("\r", "\n")
        if "\n" in waarde or "\t" in waarde:
            STAAT.get().regeleinde = True
        if not self._escape:
            return waarde
        return waarde.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")

    def _write_ander(self, waarde: Any) -> str:
        if isinstance(waarde, Undefined):
            return str(waarde)  # raises
        if type(waarde).__name__ == "Grafiek":
            from aanbesteding.documents.grafiek import render_grafiek

            waarde = render_grafiek(waarde, kleur=STAAT.get().kleur)
        if isinstance(waarde, Afbeelding):
            staat = STAAT.get()
            staat.tekening = True
            staat.afbeeldingen[waarde.rel_id] = waarde
            self.write(waarde.alt)  # guarded like any text; it is escaped where the drawing is written
            return f'</w:t></w:r><w:r>{waarde.render_drawing()}</w:r><w:r><w:t xml:space="preserve">'
        if hasattr(waarde, "__html__"):
            staat = STAAT.get()
            tekst = write_html(waarde, staat)
            staat.regeleinde = staat.regeleinde or staat.opmaak
            return tekst
        if isinstance(waarde, str):
            tekst = str.__str__(waarde)
            return tekst if BIJZONDER.search(tekst) is None else self._write_bijzonder(tekst)
        if waarde is None:
            raise OngeldigeWaarde(LEEG)
        soort = type(waarde).__name__
        advies = {
            "date": "|datum", "datetime": "|datumtijd of |datum", "Decimal": "|euro, |getal of |procent",
            "Fraction": "|getal", "bool": "|ja_nee", "list": "|opsomming", "tuple": "|opsomming",
        }.get(soort)  # fmt: skip
        wat = f"gebruik een filter: {advies}" if advies else "noem een veld ervan"
        raise OngeldigeWaarde(
            f"een waarde van soort {soort} ({str(waarde)[:80]!r}) kan niet zo in de tekst; {wat}"
        )

    def record_tak(self, code: str) -> str:
        """Remember that a branch was taken; called by instrumented templates only."""
        STAAT.get().takken.add(code)
        return ""
