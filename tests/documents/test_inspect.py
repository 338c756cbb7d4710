"""What a template asks for, and what is wrong with it; every fault with a template that has it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from aanbesteding.documents.inspect import list_fouten, list_takken, list_velden
from documents.maak import make_docx

GOED = """# Kop

{%p for p in percelen %}
{{ p.naam }}{% if not p.gegund %} niet{% endif %} {{ p.datum|datum }}
{%p endfor %}"""


def test_velden_are_found_through_loops_conditions_and_properties(tmp_path: Path) -> None:
    pad = make_docx(tmp_path, GOED, titel="Over {{ zaak.naam }}")
    assert list(list_velden(pad)) == [
        "percelen",
        "percelen[].datum",
        "percelen[].gegund",
        "percelen[].naam",
        "zaak.naam",
    ]


def test_good_template_has_no_fouten(tmp_path: Path) -> None:
    assert list_fouten(make_docx(tmp_path, GOED)) == ()


def test_takken_of_a_condition(tmp_path: Path) -> None:
    assert [t.code for t in list_takken(make_docx(tmp_path, GOED))] == [
        "document:1:percelen:rijen", "document:2:not p.gegund:ja", "document:2:not p.gegund:nee",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [
        pytest.param(
            "{%p if score > 5 %}\nx\n{%p endif %}",
            "een voorwaarde mag alleen een veld zijn",
            id="vergelijking",
        ),
        pytest.param(
            "{%p if a and b %}\nx\n{%p endif %}", "een voorwaarde mag alleen een veld zijn", id="en"
        ),
        pytest.param(
            "{%p if f(a) %}\nx\n{%p endif %}",
            "een voorwaarde mag alleen een veld zijn",
            id="aanroep in voorwaarde",
        ),
        pytest.param("{%p set a = 1 %}\n\nx", "'set' mag niet", id="toekenning"),
        pytest.param("Som {{ a + b }}", "geen berekening of aanroep", id="optelling"),
        pytest.param("Naam {{ a.upper() }}", "geen berekening of aanroep", id="aanroep"),
        pytest.param("Naam {{ a|upper }}", "hoort niet bij de huisfilters", id="vreemd filter"),
        pytest.param("Keus {{ 'a' if b else 'c' }}", "schrijf een keuze als", id="keuze in een waarde"),
        pytest.param("{%p for a in b|sort %}\nx\n{%p endfor %}", "een lus is altijd", id="bewerkte lus"),
        pytest.param("{%p if a %}\nx", "de opdracht klopt niet", id="niet afgesloten"),
        pytest.param("Tekst ervoor {%p if a %} x", "nog andere tekst", id="alineatag tussen tekst"),
        pytest.param("# Een\n\n### Drie", "sla geen niveau over", id="kopniveau overgeslagen"),
    ],
)
def test_fout_in_the_wording_is_named(tmp_path: Path, tekst: str, wat: str) -> None:
    assert any(wat in fout for fout in list_fouten(make_docx(tmp_path, tekst)))


def change_lid(pad: Path, lid: str, oud: str, nieuw: str) -> Path:
    with zipfile.ZipFile(pad) as pakket:
        leden = {n: pakket.read(n).decode() for n in pakket.namelist()}
    leden.setdefault(lid, "")
    assert oud in leden[lid]
    leden[lid] = leden[lid].replace(oud, nieuw, 1)
    with zipfile.ZipFile(pad, "w") as uit:
        for naam, xml in leden.items():
            uit.writestr(naam, xml)
    return pad


DOC, CORE, RUN = "word/document.xml", "docProps/core.xml", "<w:r>"
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
TEKENING = f'<w:drawing><wp:docPr {WP} id="1" name="p"/></w:drawing>'


@pytest.mark.parametrize(
    ("lid", "oud", "nieuw", "wat"),
    [
        pytest.param(DOC, RUN, f'<w:ins w:author="x">{RUN}', "bijgehouden wijziging", id="wijziging"),
        pytest.param("word/comments.xml", "", "<w:comments/>", "opmerkingen", id="opmerkingen"),
        pytest.param(CORE, "<dc:creator>", "<dc:creator>P. Verzonnen", "persoonsgegeven", id="auteur"),
        pytest.param(CORE, "<dc:title>Proef", "<dc:title>", "geen titel", id="geen titel"),
        pytest.param(DOC, "<w:tblHeader/>", "", "geen kopregel", id="geen kopregel"),
        pytest.param(DOC, RUN, f"{RUN}{TEKENING}", "alternatieve tekst", id="geen alternatieve tekst"),
        pytest.param(DOC, RUN, f"{RUN}<w:rPr><w:b/></w:rPr>", "directe opmaak", id="directe opmaak"),
        pytest.param("word/styles.xml", 'w:val="nl-NL"', 'w:val="en-US"', "Nederlands", id="andere taal"),
        pytest.param("word/settings.xml", "<w:compat>", "<w:compat>{{ a }}", "nooit wordt", id="vreemd veld"),
    ],
)  # fmt: skip
def test_fout_in_the_word_file_is_named(tmp_path: Path, lid: str, oud: str, nieuw: str, wat: str) -> None:
    pad = change_lid(make_docx(tmp_path, "Tekst.\n\n| A | B |\n| a | b |"), lid, oud, nieuw)
    if "<w:ins" in nieuw:
        pad = change_lid(pad, lid, "</w:r>", "</w:r></w:ins>")
    assert any(wat in fout for fout in list_fouten(pad))
