"""Rendering: the guards, hostile values, reproducible bytes, properties and pictures."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx

from aanbesteding.documents.afbeelding import Afbeelding
from aanbesteding.documents.grafiek import render_staafgrafiek
from aanbesteding.documents.render import load_template
from aanbesteding.documents.text import extract_text
from aanbesteding.errors import InvoerError, SjabloonMismatch
from documents.maak import DOCUMENT, HUISSTIJL, make_docx, make_template

ZIN = "# Uitslag\n\nDe winnaar is {{ winnaar.naam }}, gekozen op 1 mei.\n\nLaatste alinea."


@pytest.mark.parametrize(
    ("veldwaarde", "wat"),
    [
        pytest.param(date(2026, 4, 14), r"\|datum", id="datum zonder filter"),
        pytest.param(Decimal("1.50"), r"\|euro", id="bedrag zonder filter"),
        pytest.param(True, r"\|ja_nee", id="waarheid zonder filter"),
        pytest.param(["a"], r"\|opsomming", id="lijst zonder filter"),
        pytest.param({"a": 1}, "noem een veld", id="groep zonder veld"),
        pytest.param(None, "veld is leeg", id="niets"),
        pytest.param(" ", "veld is leeg", id="lege tekst"),
        pytest.param(1.5, "soort float", id="zwevende komma"),
        pytest.param("Zorg\x07BV", r"U\+0007", id="besturingsteken"),
        pytest.param("a\ud800", "U[+]D800", id="half teken"),
    ],
)
def test_value_without_filter_is_refused_with_its_place(tmp_path: Path, veldwaarde: object, wat: str) -> None:
    with pytest.raises(SjabloonMismatch, match=wat) as fout:
        make_template(tmp_path, ZIN).render_bytes({"winnaar": {"naam": veldwaarde}})
    for deel in ("proef.docx", "'Uitslag'", "{{ winnaar.naam }}", "gekozen op 1 mei"):
        assert deel in str(fout.value)


@pytest.mark.parametrize(
    ("context", "hint"),
    [
        pytest.param(
            {"winaar": {}},
            "'winnaar' bestaat niet; het meest lijkt erop: 'winaar'",
            id="onbekend op het hoogste niveau",
        ),
        pytest.param(
            {"winnaar": {"naan": "x"}},
            "'naam' bestaat niet; het meest lijkt erop: 'naan'",
            id="onbekend daaronder",
        ),
        pytest.param({"winnaar": {"kvk": "x"}}, "wel bestaan: kvk", id="niets dat lijkt"),
    ],
)
def test_unknown_field_names_template_place_and_nearest_field(
    tmp_path: Path, context: Any, hint: str
) -> None:
    with pytest.raises(SjabloonMismatch) as fout:
        make_template(tmp_path, ZIN).render_bytes(context)
    assert hint in str(fout.value)
    assert "onder de kop 'Uitslag'" in str(fout.value)


def test_unknown_field_in_a_condition_is_an_error(tmp_path: Path) -> None:
    template = make_template(tmp_path, "{%p if afgewezen %}\nNee.\n{%p endif %}")
    with pytest.raises(SjabloonMismatch, match="'afgewezen' bestaat niet"):
        template.render_bytes({})


def test_unclosed_tag_is_located(tmp_path: Path) -> None:
    with pytest.raises(SjabloonMismatch, match="de opdracht klopt niet"):
        make_template(tmp_path, "# Kop\n\n{%p if a %}\nTekst.").render_bytes({"a": 1})


def test_missing_template_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InvoerError, match="bestaat niet"):
        load_template(tmp_path / "weg.docx")


@pytest.mark.parametrize(
    "naam",
    [
        pytest.param("Jansen & Zn. <BV>", id="en-teken en haken"),
        pytest.param("\"De 'Boom'\"", id="aanhalingstekens"),
        pytest.param("N" * 200, id="tweehonderd tekens"),
        pytest.param("شركة الرعاية", id="van rechts naar links"),
        pytest.param("Zorg 🌳 Boom", id="emoji"),
        pytest.param("{{ 7*7 }} {% if x %}", id="opdracht in de naam"),
        pytest.param("{_{ x }_}", id="ontsnapte opdracht in de naam"),
        pytest.param("]]> <!-- -->", id="XML in de naam"),
    ],
)
def test_hostile_text_comes_out_as_typed(tmp_path: Path, naam: str) -> None:
    docx = make_template(tmp_path, ZIN).render_bytes({"winnaar": {"naam": naam}})
    tekst = extract_text(docx)
    assert f"De winnaar is {naam}, gekozen" in tekst
    assert tekst.rstrip().endswith("Laatste alinea.")
    assert open_docx(io.BytesIO(docx)).paragraphs[-1].text == "Laatste alinea."


def test_title_is_escaped_once(tmp_path: Path) -> None:
    template = make_template(tmp_path, "Tekst.", titel="Brief aan {{ naam }}")
    docx = open_docx(io.BytesIO(template.render_bytes({"naam": "A & B"})))
    assert docx.core_properties.title == "Brief aan A & B"


def test_line_ends_become_breaks(tmp_path: Path) -> None:
    docx = make_template(tmp_path, "Reden: {{ reden }}").render_bytes({"reden": "een\r\ntwee\ndrie"})
    assert "Reden: een ⏎ twee ⏎ drie" in extract_text(docx)


TABEL = """| Naam | Score |
{%tr for r in regels %}
| {{ r.naam }} | {{ r.score|getal(2) }} |
{%tr endfor %}

Na de tabel."""


@pytest.mark.parametrize("aantal", [0, 1, 200])
def test_table_keeps_header_and_last_paragraph(tmp_path: Path, aantal: int) -> None:
    regels = [{"naam": f"Zorg {i}", "score": Decimal("7.25")} for i in range(aantal)]
    docx = open_docx(io.BytesIO(make_template(tmp_path, TABEL).render_bytes({"regels": regels})))
    assert len(docx.tables[0].rows) == aantal + 1
    assert "w:tblHeader" in docx.tables[0].rows[0]._tr.xml
    assert docx.paragraphs[-1].text == "Na de tabel."


def test_same_context_gives_same_bytes(tmp_path: Path) -> None:
    context = {"winnaar": {"naam": "Zorg & Co"}}
    pad = make_docx(tmp_path, ZIN)
    eerste = load_template(pad).render_bytes(context, eigenschappen={"dossier": "D-1"})
    template = load_template(pad)
    template.render_bytes({"winnaar": {"naam": "een ander"}})
    assert template.render_bytes(context, eigenschappen={"dossier": "D-1"}) == eerste


def test_custom_properties_are_stored(tmp_path: Path) -> None:
    docx = make_template(tmp_path, ZIN).render_bytes(
        {"winnaar": {"naam": "x"}}, eigenschappen={"dossier": "A & B"}
    )
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        assert pakket.testzip() is None
        assert '"dossier"><vt:lpwstr>A &amp; B<' in pakket.read("docProps/custom.xml").decode()
        assert "custom-properties" in pakket.read("_rels/.rels").decode()
        assert "/docProps/custom.xml" in pakket.read("[Content_Types].xml").decode()
    open_docx(io.BytesIO(docx))


def make_afbeelding() -> Afbeelding:
    return render_staafgrafiek(
        [("Score", [Decimal("7.5"), Decimal(8)])], ["A", "B"], "Scores", alt='Scores van "A" & B'
    )


def test_picture_has_alternative_text_and_repeats(tmp_path: Path) -> None:
    template = make_template(tmp_path, "[[afbeelding: grafiek]]\n\n[[afbeelding: grafiek]]\n\nSlot.")
    docx = open_docx(io.BytesIO(template.render_bytes({"grafiek": make_afbeelding()})))
    assert [vorm._inline.docPr.get("descr") for vorm in docx.inline_shapes] == ['Scores van "A" & B'] * 2
    assert [vorm._inline.docPr.get("id") for vorm in docx.inline_shapes] == ["1001", "1002"]
    assert (
        docx.part.related_parts[
            docx.inline_shapes[0]._inline.graphic.graphicData.pic.blipFill.blip.embed
        ].blob[:4]
        == b"\x89PNG"
    )


def test_chart_is_the_same_every_time() -> None:
    assert make_afbeelding().png == make_afbeelding().png
    assert b"Software" not in make_afbeelding().png


def test_house_style_colours_replace_the_stand_ins(tmp_path: Path) -> None:
    context = {"document": {**DOCUMENT, "datum": date(2026, 4, 14)}}
    docx = make_template(tmp_path, "Tekst.", soort="document").render_bytes(context)
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        stijlen = pakket.read("word/styles.xml").decode()
    assert HUISSTIJL.kleur in stijlen
    assert "0B5A7C" not in stijlen
    assert "[kop] Regio Verzonnen" in extract_text(docx)


def test_bouwsteen_is_inserted_with_name_version_and_own_numbering(tmp_path: Path) -> None:
    map_ = tmp_path / "_bouwstenen"
    map_.mkdir()
    from sjabloon import build_sjabloon, parse_concept

    concept = "titel: Recht\nsoort: bouwsteen\nversie: 3\n\nU mag {{ keuze }}.\n\n1. dagvaarden\n2. wachten\n"
    (map_ / "recht.docx").write_bytes(build_sjabloon(parse_concept(concept)))
    pad = make_docx(tmp_path / "gunning", "1. een\n2. twee\n\n[[bouwsteen: recht]]\n\nSlot.")
    template = load_template(pad)
    docx = template.render_bytes({"keuze": "kiezen"})
    assert "U mag kiezen." in extract_text(docx)
    assert [(b.naam, b.versie) for b in template.bouwstenen] == [("recht", "3")]
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        body = pakket.read("word/document.xml").decode()
    assert 'w:tag w:val="clausule:recht:3"' in body
    assert 'w:numId w:val="10"' in body
    assert 'w:numId w:val="11"' in body


def test_unknown_bouwsteen_names_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "_bouwstenen").mkdir()
    make_docx(tmp_path / "_bouwstenen", "Tekst.", naam="recht")
    with pytest.raises(SjabloonMismatch, match=r"'regt' bestaat niet. Bekend zijn: recht"):
        load_template(make_docx(tmp_path, "[[bouwsteen: regt]]"))


def test_contents_list_holds_the_headings_that_were_rendered(tmp_path: Path) -> None:
    tekst = (
        "[[inhoud]]\n\n# Doel\n\n{%p if lang %}\n## Achtergrond\n\nx\n{%p endif %}\n# Planning & meer\n\nx"
    )
    context = {"document": {**DOCUMENT, "datum": date(2026, 4, 14)}, "lang": True}
    template = make_template(tmp_path, tekst, soort="document")
    regels = extract_text(template.render_bytes(context)).splitlines()
    assert [r.replace("\t", " ") for r in regels if r[:1].isdigit()] == [
        "1 Doel",
        "1.1 Achtergrond",
        "2 Planning & meer",
    ]
    kort = extract_text(template.render_bytes({**context, "lang": False}))
    assert "Achtergrond" not in kort


def test_record_takken_sees_both_ways(tmp_path: Path) -> None:
    template = make_template(
        tmp_path, "{%p if a %}\nJa.\n{%p elif b %}\nOf.\n{%p else %}\nNee.\n{%p endif %}"
    )
    gezien = [
        template.record_takken({"a": a, "b": b}) for a, b in ((True, True), (False, True), (False, False))
    ]
    assert gezien == [{"document:1:a:ja"}, {"document:2:b:ja"}, {"document:1:a:nee"}]
