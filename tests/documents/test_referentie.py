"""docxtpl stays the meaning of the tags: the strict way gives the same text and the same body as docxtpl."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docxtpl import Listing, RichText  # noqa: TID251
from lxml import etree

from aanbesteding.documents.render import load_template
from aanbesteding.documents.text import extract_text
from documents.maak import HUISSTIJL, make_docx

GEVALLEN: dict[str, tuple[str, dict[str, Any]]] = {
    "alinea's en lus": (
        "# Kop\n\n{%p if a %}\nJa "
        "{{ naam }}.\n{%p else %}\nNee.\n{%p endif %}\n{%p for x in xs %}\n- punt {{ x.n }}\n{%p endfor %}",
        {"a": 1, "naam": "A & <B>", "xs": [{"n": 1}, {"n": 2}]},
    ),
    "tabel met voorwaarde per rij": (
        "| A | B |\n{%tr for r in rs %}\n| {{ r.a }} | {% if r.b %}ja{% else %}nee{% endif %} "
        "|\n{%tr endfor %}\n\nSlot.",
        {"rs": [{"a": "x", "b": 1}, {"a": "y\nz", "b": 0}]},
    ),
    "kolommen in een lus": (
        "| A | B | C |\n| {%tc for k in ks %} | {{ k }} | {%tc endfor %} |\n\nSlot.",
        {"ks": ["p", "q", "r & s", "t"]},
    ),
    "celkleur en samengevoegde cel": (
        "| A | B |\n| {% cellbg kleur %}{{ a }} | {% colspan 1 %}{{ a }} |\n\nSlot.",
        {"kleur": "FF0000", "a": "x"},
    ),
    "opgemaakte tekst en lijsttekst": (
        "Voor {{r rijk }} na\n\n{{ lijst }}",
        {"rijk": RichText("A & B", bold=True), "lijst": Listing("een\ntwee\tdrie\avier")},
    ),
    "vaste regelovergang en ontsnapte tag": ("Een<br>twee {\\_{ x }\\_} **vet {{ n }}** slot", {"n": "v"}),
}


def canonical(docx: bytes, lid: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        return etree.tostring(etree.fromstring(pakket.read(lid)), method="c14n")


@pytest.mark.parametrize("geval", GEVALLEN)
def test_strict_gives_the_body_that_docxtpl_gives(tmp_path: Path, geval: str) -> None:
    tekst, context = GEVALLEN[geval]
    template = load_template(make_docx(tmp_path, tekst))
    streng, soepel = template.render_bytes(context), template.render_bytes(context, strict=False)
    assert extract_text(streng) == extract_text(soepel)
    assert canonical(streng, "word/document.xml") == canonical(soepel, "word/document.xml")


def test_letter_is_equal_too(tmp_path: Path) -> None:
    from jinja2 import Environment

    omgeving = Environment(autoescape=True)
    omgeving.filters["datum"] = str
    brief = {
        v: v
        for v in ("datum", "kenmerk", "contact", "onderwerp", "aanhef", "namens", "ondertekenaar_functie")
    }
    context = {"brief": {**brief, "aan": ["Zorg & Co", "1234 AB Oostmeer"]}}
    template = load_template(make_docx(tmp_path, "Tekst.", soort="brief"), huisstijl=HUISSTIJL)
    streng = template.render_bytes(context, jinja_env=omgeving)
    soepel = template.render_bytes(context, strict=False, jinja_env=omgeving)
    for lid in ("word/document.xml", "word/header1.xml", "word/header2.xml", "word/footer1.xml"):
        assert canonical(streng, lid) == canonical(soepel, lid)


def test_not_strict_prints_undefined_as_nothing(tmp_path: Path) -> None:
    template = load_template(make_docx(tmp_path, "Een {{ weg }} twee."))
    assert "Een  twee." in extract_text(template.render_bytes({}, strict=False))
    assert template.render_bytes({}, strict=False) == template.render_bytes({}, strict=False)


def test_without_escaping_an_ill_formed_result_is_refused(tmp_path: Path) -> None:
    from aanbesteding.errors import SjabloonMismatch

    template = load_template(make_docx(tmp_path, "Een {{ naam }}."))
    with pytest.raises(SjabloonMismatch, match="geen geldig document"):
        template.render_bytes({"naam": "a < b"}, autoescape=False)


def test_footnotes_are_rendered_once(tmp_path: Path) -> None:
    """Two sections: docxtpl would run `{{ 7*7 }}` of the data in the second pass."""
    pad = make_docx(tmp_path, "Tekst.")
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    type_ = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    with zipfile.ZipFile(pad) as pakket:
        leden = {n: pakket.read(n).decode() for n in pakket.namelist()}
    leden["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{w}"><w:footnote w:id="1"><w:p><w:r><w:t>Noot '
        f"{{{{ naam }}}}</w:t></w:r></w:p>"
        "</w:footnote></w:footnotes>"
    )
    leden["[Content_Types].xml"] = leden["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{type_}.footnotes+xml"/></Types>'
    )
    leden["word/_rels/document.xml.rels"] = leden["word/_rels/document.xml.rels"].replace(
        "</Relationships>", f'<Relationship Id="rId90" Type="{rel}" Target="footnotes.xml"/></Relationships>'
    )
    leden["word/document.xml"] = leden["word/document.xml"].replace(
        "<w:body>", "<w:body><w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    )
    with zipfile.ZipFile(pad, "w") as uit:
        for naam, xml in leden.items():
            uit.writestr(naam, xml)
    for streng in (True, False):
        docx = load_template(pad).render_bytes({"naam": "{{ 7*7 }}"}, strict=streng)
        assert "[noot] Noot {{ 7*7 }}" in extract_text(docx)
