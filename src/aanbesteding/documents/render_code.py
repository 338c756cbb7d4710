"""Compiles the syntax tree of a part to Python that writes bytes.

It changes three things in what Jinja generates, and no meaning: every value goes through `environment.write`;
constant text is encoded once; a key of a dict is taken in place, where Jinja first tries an attribute.

Must stay true: whatever is not a plain text, value, condition or loop is left to Jinja's own generator; the
environment decides what a value may be (render_omgeving.py, render_soepel.py).
"""
# Jinja's code generator is only partly typed.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownParameterType=false
# pyright: reportMissingTypeArgument=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from aanbesteding.documents.render_bewijs import is_eenvoudig

BIJZONDER = re.compile("[&<>'\"\x00-\x1f\ufffe\uffff\ud800-\udfff]")
DICT_METHODEN = frozenset(dir(dict))
try:  # the part of MarkupSafe that makes no objects
    from markupsafe import _speedups

    ontsnap: Callable[[str], str] = _speedups._escape_inner
except (ImportError, AttributeError):

    def ontsnap(waarde: str, /) -> str:
        """The text with &, <, > and quotes escaped."""
        return str.__str__(escape(waarde))


class Codegenerator(CodeGenerator):
    """Writes `environment.write(x)` where Jinja writes `escape(x)`, and `write_kaal(x)` for `str(x)`.

    `environment.in_bytes` asks for tuples of bytes instead of strings: constant text is then encoded once, when
    the template is compiled. It is for parts whose output is never captured (see render_bewijs.is_eenvoudig).
    """

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if self.environment.streng or (frame.eval_ctx.autoescape and not frame.eval_ctx.volatile):  # type: ignore[attr-defined]
            self.write("schrijf(")
        elif frame.eval_ctx.volatile:
            self.write("(schrijf if context.eval_ctx.autoescape else schrijf_kaal)(")
        else:
            self.write("schrijf_kaal(")
        if finalize.src is not None:
            self.write(finalize.src)

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(")" if finalize.src is None else "))")

    def _output_child_to_const(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> str:
        if isinstance(node, nodes.TemplateData):
            return node.data
        if self.environment.streng or finalize.const is None:  # type: ignore[attr-defined]
            raise nodes.Impossible  # constants too go through the guard
        tekst = super()._output_child_to_const(node, frame, finalize)
        if BIJZONDER.search(tekst):
            raise nodes.Impossible
        return tekst

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("schrijf = environment.write")
        self.writeline("schrijf_kaal = environment.write_kaal")
        self.writeline("ontsnap = environment.ontsnap")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """One tuple of bytes per stretch of text and values, when all of the part can be written so."""
        if not self.environment.in_bytes:  # type: ignore[attr-defined]
            super().visit_Output(node, frame)
            return
        finalize = self._make_finalize()
        self.writeline("yield (", node)
        for deel in node.nodes:
            try:
                self.write(repr(self._output_child_to_const(deel, frame, finalize).encode()))
            except Exception:  # no constant, or a fault that belongs to the rendering
                self._write_waarde(deel, frame, finalize)
            self.write(", ")
        self.write(")")

    def _write_waarde(self, deel: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """An ordinary text is escaped in place; what is empty, no text or has a control character goes to `write`."""
        if finalize.src is None and frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("(ontsnap(v) if (v := ")
            self.visit(deel, frame)
            self.write(").__class__ is str and v[:1] > ' ' and v.isprintable() else schrijf(v)).encode()")
            return
        self._output_child_pre(deel, frame, finalize)
        self.visit(deel, frame)
        self._output_child_post(deel, frame, finalize)
        self.write(".encode()")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """A key of a dict is taken in place; anything else is asked of the environment."""
        if not self.environment.in_bytes or node.attr in DICT_METHODEN:  # type: ignore[attr-defined]
            super().visit_Getattr(node, frame)
            return
        self.write(f"(o[{node.attr!r}] if (o := ")
        self.visit(node.node, frame)
        self.write(f").__class__ is dict and {node.attr!r} in o else environment.getattr(o, {node.attr!r}))")


def compile_boom(omgeving: Any, boom: nodes.Template) -> tuple[Template, bool]:
    """Compile a syntax tree; whether its root function gives tuples of bytes."""
    in_bytes = is_eenvoudig(boom)
    omgeving.in_bytes = in_bytes
    try:
        code = omgeving.compile(boom)
    finally:
        omgeving.in_bytes = False
    return Template.from_code(omgeving, code, omgeving.make_globals(None)), in_bytes


def render_deel(
    root: Callable[[Any], Iterable[Any]], jinja: Template, in_bytes: bool, alles: dict[str, Any]
) -> bytes:
    """The bytes of one part."""
    stukken = root(jinja.new_context(alles, shared=True))
    return b"".join(chain.from_iterable(stukken) if in_bytes else map(str.encode, stukken))
