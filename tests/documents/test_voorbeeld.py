"""A Word file as a page: known elements only, all text escaped, clauses and values marked by what the file says."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from aanbesteding.documents.render_spoor import BEGIN, EINDE, MIDDEN, Veld
from aanbesteding.documents.voorbeeld import build_voorbeeld

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def make_word(body: str) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pakket:
        pakket.writestr("[Content_Types].xml", TYPES)
        pakket.writestr("_rels/.rels", RELS)
        pakket.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return uit.getvalue()


def alinea(*runs: str) -> str:
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{r}</w:t></w:r>' for r in runs) + "</w:p>"


def clausule(id_: str, versie: str, inhoud: str) -> str:
    tag = f'<w:sdtPr><w:tag w:val="clausule:{id_}:{versie}"/></w:sdtPr>'
    return f"<w:sdt>{tag}<w:sdtContent>{inhoud}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "tekst",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&lt;img src=x onerror=alert(1)&gt;",
        "a &amp; b &quot;c&quot;",
    ],
)
def test_text_stays_text(tekst: str):
    (blok,) = build_voorbeeld(make_word(alinea(tekst))).blokken
    assert not re.search(r"<(script|img)", blok.html)
    assert set(re.findall(r"</?([a-z0-9]+)", blok.html)) == {"p"}


def test_a_value_is_marked_also_over_several_runs():
    docx = make_word(
        alinea("Datum: ", f"{BEGIN}0{MIDDEN}20 ju", f"li{EINDE} en ", f"{BEGIN}1{MIDDEN}naam{EINDE}.")
    )
    voorbeeld = build_voorbeeld(docx, (Veld("brief.datum"), Veld("brief.naam")))
    assert voorbeeld.velden == ("brief.datum", "brief.naam")
    (blok,) = voorbeeld.blokken
    assert blok.html.count("<mark>") == 2
    assert re.sub("<[^>]*>", "", blok.html) == "Datum: 20 juli1 en naam2."


def test_marks_never_reach_the_page_even_when_nobody_knows_their_field():
    (blok,) = build_voorbeeld(make_word(alinea(f"a {BEGIN}7{MIDDEN}b{EINDE} c"))).blokken
    assert blok.html == "<p>a b c</p>"


def test_paragraphs_of_a_clause_stand_together_with_its_condition():
    body = (
        alinea("Vooraf") + clausule("rechtsgang", "3", alinea("Eerste") + alinea("Tweede")) + alinea("Daarna")
    )
    blokken = build_voorbeeld(make_word(body), (), {("rechtsgang", "3"): "niet toegelaten"}).blokken
    assert [[(c.id, c.versie, c.voorwaarde) for c in b.clausules] for b in blokken] == [
        [],
        [("rechtsgang", "3", "niet toegelaten")],
        [],
    ]
    assert blokken[1].html == "<p>Eerste</p><p>Tweede</p>"
