"""The guards hold in every corner of a document: body, table, header, footer, note, property, alternative text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from aanbesteding.documents.render import Template, load_template
from aanbesteding.errors import SjabloonMismatch
from documents.ruw import W, p, read_leden, rij, tabel, tekening, write_docx

PLEKKEN = ("tekst", "cel", "alt", "kop", "voet", "noot", "titel")
KWAAD = "{{ 7*7 }} {% for x in 'ab' %}{{ x }}{% endfor %} {# weg #} {_{ <b> & \"'"
BESTURING = [c for n in (*range(32), 0x7F) if (c := chr(n)) not in "\t\n\r\x7f"] + [
    "\ufffe",
    "\uffff",
    "\ud800",
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    body = (
        p("Hoofdstuk", "Heading1")
        + p("Voor {{ tekst }} na.")
        + tabel(
            2,
            rij("A", "B"),
            rij("{%tr for r in rijen %}", ""),
            rij("x", "{{ r.cel }}"),
            rij("{%tr endfor %}", ""),
        )
        + f"<w:p>{tekening(1, alt='{{ alt }}')}</w:p>"
        + p("Laatste alinea.")
    )
    pad = tmp_path_factory.mktemp("s") / "s.docx"
    noten = f"<w:footnote w:id='1'>{p('Noot {{ noot }}')}</w:footnote>"
    koppen, voeten = (p("{{ kop }}"), p("vast")), (p("{{ voet }}"), p("vast"))
    return load_template(
        write_docx(pad, body, koppen=koppen, voeten=voeten, noten=noten, titel="T {{ titel }}", logo=True)
    )


def make_context(**anders: Any) -> dict[str, Any]:
    waarden = {plek: "gewoon" for plek in PLEKKEN} | anders
    return {**waarden, "rijen": [{"cel": waarden.pop("cel")}] * 2}


def read_plek(docx: bytes, plek: str) -> str:
    leden = read_leden(docx)
    lid = {"kop": "header1", "voet": "footer1", "noot": "footnotes"}.get(plek, "document")
    if plek == "titel":
        boom = etree.fromstring(leden["docProps/core.xml"])
        return boom.findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    boom = etree.fromstring(leden[f"word/{lid}.xml"])
    if plek == "alt":
        return next(e.get("descr", "") for e in boom.iter("{*}docPr"))
    return "".join("\n" if e.tag == f"{{{W}}}br" else "\t" if e.tag == f"{{{W}}}tab" else e.text or ""
                   for e in boom.iter(f"{{{W}}}t", f"{{{W}}}br", f"{{{W}}}tab"))  # fmt: skip


@pytest.mark.parametrize("plek", PLEKKEN)
def test_template_syntax_in_data_comes_out_as_typed(template: Template, plek: str) -> None:
    assert KWAAD in read_plek(template.render_bytes(make_context(**{plek: KWAAD})), plek)


@pytest.mark.parametrize("plek", [*PLEKKEN])
def test_lenient_does_not_evaluate_data_either(template: Template, plek: str) -> None:
    docx = template.render_bytes(make_context(**{plek: "{{ 7*7 }}"}), strict=False)
    assert "{{ 7*7 }}" in read_plek(docx, plek)


@pytest.mark.parametrize("teken", BESTURING, ids=lambda c: f"U+{ord(c):04X}")
def test_control_character_is_an_error_with_its_field(template: Template, teken: str) -> None:
    for plek in PLEKKEN:
        with pytest.raises(SjabloonMismatch, match=rf"\b{plek}\b.*U\+{ord(teken):04X}"):
            template.render_bytes(make_context(**{plek: f"a{teken}b"}))


@pytest.mark.parametrize(
    "waarde", [None, True, date(2026, 4, 14), Decimal("1.5"), 1.5, [], {}, object()], ids=str
)
def test_value_without_filter_is_an_error_everywhere(template: Template, waarde: object) -> None:
    for plek in PLEKKEN:
        with pytest.raises(SjabloonMismatch, match=rf"Sjabloon 's.docx'.*\b{plek}\b"):
            template.render_bytes(make_context(**{plek: waarde}))


def test_unknown_field_names_part_sentence_and_nearest_field_everywhere(template: Template) -> None:
    for plek in PLEKKEN:
        context = make_context()
        bron = context["rijen"][0] if plek == "cel" else context
        bron[f"{plek}x"] = bron.pop(plek)
        with pytest.raises(SjabloonMismatch) as fout:
            template.render_bytes(context)
        assert f"'{plek}' bestaat niet; het meest lijkt erop: '{plek}x'" in str(fout.value)
    with pytest.raises(
        SjabloonMismatch, match=r"onder de kop 'Hoofdstuk'.*in de zin 'Voor \{\{ tekst \}\} na\.'"
    ):
        template.render_bytes({})


tekst = st.text(
    st.characters(codec="utf-8", exclude_characters="".join(c for c in BESTURING if c != "\ud800")),
    max_size=60,
).filter(str.strip)


@pytest.mark.parametrize("waarde", ["", " ", "\n\t"])
def test_nothing_prints_as_blank(template: Template, waarde: str) -> None:
    for plek in PLEKKEN:
        with pytest.raises(SjabloonMismatch, match="het veld is leeg; vraag het eerst met"):
            template.render_bytes(make_context(**{plek: waarde}))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({plek: tekst for plek in PLEKKEN}))
def test_any_text_stands_in_the_document_as_it_was_given(template: Template, waarden: dict[str, str]) -> None:
    docx = template.render_bytes(make_context(**waarden))
    for naam, data in read_leden(docx).items():
        if naam.endswith((".xml", ".rels")):
            etree.fromstring(data)
    for plek, waarde in waarden.items():
        verwacht = waarde.replace("\r\n", "\n").replace("\r", "\n")
        if plek == "alt":
            verwacht = verwacht.replace("\n", " ").replace("\t", " ")  # as XML has it for an attribute
        assert verwacht in read_plek(docx, plek)
    assert "Laatste alinea." in read_plek(docx, "tekst")


@pytest.mark.parametrize("waarde", ["<w:t>", "&", "a<b", "<m:x/>", "</w:t>", "\x01"])
def test_markup_that_breaks_the_document_is_an_error(template: Template, waarde: str) -> None:
    for plek in PLEKKEN:
        with pytest.raises(SjabloonMismatch, match="geen geldig document"):
            template.render_bytes(make_context(**{plek: Markup(waarde)}))


def test_escaping_cannot_be_switched_off_by_a_template(tmp_path: Path) -> None:
    pad = write_docx(tmp_path / "s.docx", p("{% autoescape false %}{{ a }}{% endautoescape %}"))
    docx = load_template(pad).render_bytes({"a": "<w:br/> & x"})
    assert read_plek(docx, "tekst") == "<w:br/> & x"


def test_a_text_type_of_its_own_is_guarded_like_text(template: Template) -> None:
    class Tekst(str):
        __slots__ = ()

    assert "A & B" in read_plek(template.render_bytes(make_context(tekst=Tekst("A & B"))), "tekst")
    with pytest.raises(SjabloonMismatch, match=r"U\+0001"):
        template.render_bytes(make_context(tekst=Tekst("\x01")))
