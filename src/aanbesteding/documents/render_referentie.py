"""docxtpl as it is: the meaning of a template that is not rendered strictly, and two of its repairs.

Must stay true: what docxtpl does is called here, not copied (LGPL); the one difference is that footnotes are
rendered once, because docxtpl's second pass evaluates what a supplier typed.
"""
# docxtpl, python-docx and lxml come without usable types.
# pyright: basic

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from aanbesteding.documents.filters import FILTERS


class _Referentie(DocxTemplate):
    """docxtpl with every part rendered once."""

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        for part in self.get_docx().part.package.parts:  # pyright: ignore[reportOptionalMemberAccess]
            if part.content_type.endswith("wordprocessingml.footnotes+xml"):
                xml = self.patch_xml(part.blob.decode("utf-8"))
                part._blob = self.render_xml_part(xml, part, context, jinja_env).encode("utf-8")


def render_referentie(
    docx: bytes, velden: Mapping[str, object], *, autoescape: bool, jinja_env: Any
) -> dict[str, bytes]:
    """Members of the document that docxtpl makes; in a sandbox unless an environment is given."""
    sjabloon = _Referentie(io.BytesIO(docx))
    sjabloon.render(dict(velden), jinja_env or SandboxedEnvironment(autoescape=autoescape), autoescape)
    uit = io.BytesIO()
    sjabloon.save(uit)
    with zipfile.ZipFile(uit) as pakket:
        return {i.filename: pakket.read(i) for i in pakket.infolist()}


def render_plain(pad: Path, velden: Mapping[str, object]) -> bytes:
    """A document by docxtpl alone, which opens and compiles the template again: slow, for comparison."""
    omgeving = SandboxedEnvironment(autoescape=True)
    omgeving.filters.update(FILTERS)
    sjabloon = _Referentie(pad)
    sjabloon.render(dict(velden), omgeving, autoescape=True)
    uit = io.BytesIO()
    sjabloon.save(uit)
    return uit.getvalue()


def resolve_regels(data: bytes) -> bytes:
    """docxtpl's own way with line ends and tabs in values."""
    return DocxTemplate(io.BytesIO()).resolve_listing(data.decode("utf-8")).encode("utf-8")


def fix_tabellen(data: bytes) -> bytes:
    """docxtpl's own repair of column grids."""
    boom = DocxTemplate(io.BytesIO()).fix_tables(data)
    return etree.tostring(boom, xml_declaration=True, encoding="UTF-8", standalone=True)
