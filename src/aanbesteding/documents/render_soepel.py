"""Renders as docxtpl does, without its cost: every part of the result is equal to docxtpl's as canonical XML.

The lenient way: undefined is nothing, values need no filter, the caller's own Jinja environment decides. What
was proven at compile time (render_bewijs.py) is written as it comes; the rest goes through docxtpl's own
functions; what they cannot do on their own (Subdoc, InlineImage) is left to docxtpl as a whole.

Must stay true: the one difference is that footnotes are rendered once, because docxtpl's next pass evaluates
what a supplier typed; a value is never evaluated. Without a caller's environment templates run in a sandbox.
Traps: docxtpl escapes core properties twice, and so does this; {_{ becomes {{ in values too.
"""
# Jinja's, lxml's and docxtpl's borders are untyped.
# pyright: basic

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape as escape_xml

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator
from jinja2.sandbox import SandboxedEnvironment

from aanbesteding.documents.filters import FILTERS
from aanbesteding.documents.render_bewijs import (
    has_balanced_takken,
    has_losse_tekening,
    has_vaste_tabellen,
    is_wellformed,
)
from aanbesteding.documents.render_code import BIJZONDER, Codegenerator, compile_boom, ontsnap, render_deel
from aanbesteding.documents.render_omgeving import (
    STAAT,
    Staat,
    fast_getattr,
    is_docxtpl,
    write_html,
)
from aanbesteding.documents.render_zip import CORE, DOCUMENT, number_tekeningen

if TYPE_CHECKING:
    from aanbesteding.documents.render_pakket import Basis

_VREEMD = re.compile("[\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_ONTSNAPT = ((b"{_{", b"{{"), (b"}_}", b"}}"), (b"{_%", b"{%"), (b"%_}", b"%}"))
_REGEL = re.compile(r"\n(?=<w:p[ >])")
_WITRUIMTE = re.compile(rb">[ \t\r\n]+<")
_VERKLARING = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;"})


def make_soepele_omgeving(env: Any, autoescape: bool) -> Any:
    """The caller's environment (or docxtpl's default, in a sandbox) with our way of writing values.

    None when the environment has a compiler of its own: then docxtpl must do the work.
    """
    if env is None:
        env = SandboxedEnvironment()
        env.filters.update(FILTERS)
    if (
        env.code_generator_class is not CodeGenerator
        or env.template_class is not Template
        or env.concat is not Environment.concat
        or env.is_async
    ):
        return None
    uit = env.overlay(autoescape=True) if autoescape else env.overlay()
    uit.code_generator_class = Codegenerator
    uit.streng = False
    uit.in_bytes = False
    uit.ontsnap = ontsnap
    uit.write, uit.write_kaal = _write, _write_kaal
    if type(env).getattr in (Environment.getattr, SandboxedEnvironment.getattr):
        uit.getattr = fast_getattr(type(env).getattr.__get__(uit))
    return uit


def _write(waarde: Any) -> str:
    """As escape() of MarkupSafe, noting what makes the result uncertain."""
    if waarde.__class__ is int:
        return str(waarde)
    if waarde.__class__ is not str:
        if hasattr(waarde, "__html__"):
            return write_html(waarde, STAAT.get())
        waarde = str.__str__(str(waarde))
    if BIJZONDER.search(waarde) is None:
        return waarde
    _note(waarde)
    return waarde.translate(_HTML)


def _write_kaal(waarde: Any) -> str:
    """As str(), noting what makes the result uncertain."""
    if waarde.__class__ is not str:
        if hasattr(waarde, "__html__") and is_docxtpl(waarde):
            return write_html(waarde, STAAT.get())
        waarde = str.__str__(str(waarde))
    if BIJZONDER.search(waarde) is not None:
        STAAT.get().opmaak = True
        _note(waarde)
    return waarde


def _note(waarde: str) -> None:
    gevonden = _VREEMD.findall(waarde)
    if gevonden:
        staat = STAAT.get()
        staat.regeleinde = True
        staat.opmaak = staat.opmaak or not set(gevonden) <= {"\n", "\t"}


def _referentie() -> Any:
    """docxtpl's own functions; loaded only when a document needs them."""
    from aanbesteding.documents import render_referentie

    return render_referentie


@dataclass(frozen=True)
class _Deel:
    naam: str
    root: Callable[[Any], Iterable[Any]]
    jinja: Template
    in_bytes: bool
    bewezen: bool
    eigen_regeleinde: bool
    losse_tekening: bool


class Soepel:
    """A template compiled for one environment."""

    def __init__(self, basis: Basis, omgeving: Any) -> None:
        self.basis = basis
        self.omgeving = omgeving
        self._voor, self._na = basis.voor.encode(), basis.na.encode()
        self._delen: dict[str, _Deel] = {}
        self._kern, self._kern_bron = self._prepare_kern()

    def compile(self) -> None:
        """Compile every part that is always rendered."""
        for naam in self.basis.bronnen:
            if naam not in self.basis.noten:
                self._get_deel(naam)

    def _get_deel(self, naam: str) -> _Deel:
        if naam not in self._delen:
            self._delen[naam] = self._compile(naam)
        return self._delen[naam]

    def _compile(self, naam: str) -> _Deel:
        bron = self.basis.bronnen[naam]
        boom = self.omgeving.parse(bron)
        for data in boom.find_all(nodes.TemplateData):
            data.data = _REGEL.sub("", data.data)
        kaal = _REGEL.sub("", bron)
        los = naam == DOCUMENT and has_losse_tekening(boom)
        jinja, in_bytes = compile_boom(self.omgeving, boom)
        return _Deel(
            naam,
            jinja.root_render_func,
            jinja,
            in_bytes,
            has_balanced_takken(boom) and (naam != DOCUMENT or has_vaste_tabellen(kaal)),
            _VREEMD.search(kaal) is not None,
            los,
        )

    def render(self, velden: Mapping[str, object], staat: Staat) -> dict[str, bytes]:
        """The members that differ from the basis. Raises Omweg, or what the template raises."""
        alles = {**self.omgeving.globals, **velden}
        uit: dict[str, bytes] = {}
        merk = STAAT.set(staat)
        try:
            for naam in self.basis.bronnen:
                if naam in self.basis.noten and not staat.secties:
                    continue
                deel = self._get_deel(naam)
                staat.deel, staat.tekening = deel.naam, deel.losse_tekening
                staat.regeleinde, staat.opmaak = deel.eigen_regeleinde, False
                data = render_deel(deel.root, deel.jinja, deel.in_bytes, alles)
                uit[deel.naam] = self._finish(deel, data, staat)
            uit[CORE] = self._render_kern(velden)
        finally:
            STAAT.reset(merk)
        return uit

    def _finish(self, deel: _Deel, data: bytes, staat: Staat) -> bytes:
        if staat.opmaak:
            data = data.replace(b"\n<w:p ", b"<w:p ").replace(b"\n<w:p>", b"<w:p>")
        if b"{" in data or b"}" in data:  # one byte is found ten times as fast as three
            for ontsnapt, letterlijk in _ONTSNAPT:
                data = data.replace(ontsnapt, letterlijk)
        if staat.regeleinde or staat.opmaak:
            data = _referentie().resolve_regels(data)
        zeker = deel.bewezen and not staat.opmaak
        if deel.naam == DOCUMENT:
            return self._finish_body(deel, data, zeker, staat)
        if deel.naam in self.basis.noten:
            if not zeker and not is_wellformed(data, naamruimten=True):
                raise ValueError("het resultaat is geen geldige XML; zet ontsnappen (autoescape) aan")
            return data
        return (
            _VERKLARING + data if zeker and _WITRUIMTE.search(data) is None else _referentie().reparse(data)
        )

    def _finish_body(self, deel: _Deel, data: bytes, zeker: bool, staat: Staat) -> bytes:
        if zeker:
            data = number_tekeningen(data) if staat.tekening else data
            staat.secties = b"<w:sectPr" in data
        else:
            body = data.replace(b"<w:body", self.basis.open[:-1].encode(), 1)
            data, staat.secties = _referentie().fix_body(body)
        return b"".join((self._voor, data, self._na))

    def _prepare_kern(self) -> tuple[dict[str, Template], bytes]:
        """The properties with a field in them, and the member in which the others are filled in."""
        jinja = {merk: self.omgeving.from_string(t) for merk, t in self.basis.eigenschappen.items()}
        vast = {m for m, t in self.basis.eigenschappen.items() if _is_constant(self.omgeving.parse(t))}
        xml = _fill_kern(self.basis.kern, {m: j.render() for m, j in jinja.items() if m in vast})
        return {m: j for m, j in jinja.items() if m not in vast}, xml

    def _render_kern(self, velden: Mapping[str, object]) -> bytes:
        if not self._kern:
            return self._kern_bron
        teksten = {merk: jinja.render(velden) for merk, jinja in self._kern.items()}
        for tekst in teksten.values():
            if len(tekst) > 255:
                raise ValueError(f"een documenteigenschap is langer dan 255 tekens: {tekst[:60]!r}…")
            if set(_VREEMD.findall(tekst)) - set("\t\n\r"):
                raise ValueError(f"een documenteigenschap bevat een besturingsteken: {tekst[:60]!r}")
        return _fill_kern(self._kern_bron.decode(), teksten)


def _fill_kern(xml: str, teksten: Mapping[str, str]) -> bytes:
    """All at once, so that no text is looked into for the mark of another."""
    merken = "|".join(map(re.escape, teksten)) or "(?!)"
    return re.sub(merken, lambda m: escape_xml(teksten[m[0]], {"\r": "&#13;"}), xml).encode()


def _is_constant(boom: nodes.Template) -> bool:
    return all(
        isinstance(k, nodes.Output) and all(isinstance(d, nodes.TemplateData) for d in k.nodes)
        for k in boom.body
    )
