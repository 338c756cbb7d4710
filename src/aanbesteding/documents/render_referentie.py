"""docxtpl as it is: the way out for what the fast paths do not cover, and its repairs one by one.

Must stay true: what docxtpl does is called here, not copied (LGPL); the one difference is that footnotes are
rendered once, because docxtpl's second pass evaluates what a supplier typed.
Trap: loading this module loads docxtpl, python-docx and lxml; the fast paths import it only when they need it.
"""
# docxtpl, python-docx and lxml come without usable types.
# pyright: basic

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx.opc.oxml import parse_xml, serialize_part_xml
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from aanbesteding.documents.filters import FILTERS
from aanbesteding.documents.render_basis import save_leden
from aanbesteding.documents.render_omgeving import STAAT, Staat
from aanbesteding.errors import SjabloonMismatch

_ALINEA = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_LIJSTTEKEN = re.compile("[\t\n\a\f]")


class Referentie(DocxTemplate):
    """docxtpl with every part rendered once."""

    kern_env: Any = None
    """Environment for the core properties, when they are to be escaped by the XML alone."""

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        super().render_properties(context, self.kern_env or jinja_env)

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        docx: Any = self.get_docx()
        if not len(docx.sections):
            return
        for part in docx.part.package.parts:
            if part.content_type.endswith("wordprocessingml.footnotes+xml"):
                xml = self.patch_xml(part.blob.decode("utf-8"))
                part._blob = self.render_xml_part(xml, part, context, jinja_env).encode("utf-8")


def render_referentie(
    docx: bytes, velden: Mapping[str, object], omgeving: Any, *, kern_env: Any = None, kleur: str = ""
) -> dict[str, bytes]:
    """Members of the document that docxtpl makes with this environment."""
    sjabloon = Referentie(io.BytesIO(docx))
    sjabloon.kern_env = kern_env
    merk = STAAT.set(Staat(kleur, tpl=sjabloon))
    try:
        sjabloon.render(dict(velden), omgeving)
    finally:
        STAAT.reset(merk)
    return save_leden(sjabloon)


def save_eigen(tpl: Any) -> bytes | None:
    """The package of a docxtpl object that was prepared outside (Subdoc changes styles and lists of its host)."""
    if not isinstance(tpl, DocxTemplate) or tpl.docx is None or tpl.is_rendered:
        return None
    uit = io.BytesIO()
    tpl.docx.save(uit)
    return uit.getvalue()


def render_plain(pad: Path, velden: Mapping[str, object]) -> bytes:
    """A document by docxtpl alone, which opens and compiles the template again: slow, for comparison."""
    omgeving = SandboxedEnvironment(autoescape=True)
    omgeving.filters.update(FILTERS)
    uit = io.BytesIO()
    try:
        sjabloon = Referentie(pad)
        sjabloon.render(dict(velden), omgeving, autoescape=True)
        sjabloon.save(uit)
    except Exception as fout:
        raise SjabloonMismatch(f"Sjabloon '{pad.name}': docxtpl kan het niet maken ({fout}).") from fout
    return uit.getvalue()


_HULP = DocxTemplate(io.BytesIO())


def resolve_regels(data: bytes) -> bytes:
    """docxtpl's own way with line ends and tabs in values, for the paragraphs that have them."""
    xml = data.decode("utf-8")
    return _ALINEA.sub(
        lambda m: _HULP.resolve_listing(m[0]) if _LIJSTTEKEN.search(m[0]) else m[0], xml
    ).encode("utf-8")


def fix_tabellen(data: bytes) -> bytes:
    """docxtpl's own repair of column grids."""
    return etree.tostring(_HULP.fix_tables(data), xml_declaration=True, encoding="UTF-8", standalone=True)


def fix_body(body: bytes) -> tuple[bytes, bool]:
    """docxtpl's own parsing of a body: what is ill-formed is recovered, columns and drawings are mended.

    Also whether a section is left in it, for without one docxtpl renders no footnotes.
    """
    tpl = DocxTemplate(io.BytesIO())
    tpl.docx_ids_index = 1000
    boom = tpl.fix_tables(body.decode("utf-8"))
    tpl.fix_docpr_ids(boom)
    uit = etree.tostring(boom, encoding="UTF-8", xml_declaration=False)
    try:
        etree.fromstring(uit)
    except etree.XMLSyntaxError as fout:
        raise ValueError(f"het resultaat is geen geldig document ({fout.msg})") from fout
    return uit, bool(boom.xpath("w:sectPr | w:p/w:pPr/w:sectPr", namespaces={"w": boom.nsmap["w"]}))


def reparse(data: bytes) -> bytes:
    """python-docx's own reading of a header or footer, which drops the white space between elements."""
    return serialize_part_xml(parse_xml(data))  # pyright: ignore[reportArgumentType]


def open_docx(data: bytes) -> io.BytesIO:
    """The bytes of a package as python-docx wants them."""
    return io.BytesIO(data)
