"""What is wrong with a template: every fault with a template that has it, told with its sentence and a remedy."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from aanbesteding.documents.bevinding import MAX_ZIN, Bevinding, Plek, shorten
from aanbesteding.documents.controle import check_document, check_sjabloon
from aanbesteding.documents.controle_velden import describe_buurt
from aanbesteding.documents.controle_word import HUISSTIJLEN
from aanbesteding.documents.lezen import read_docx
from aanbesteding.documents.render import load_template
from documents.maak import HUISSTIJL, make_docx
from sjabloon_stijl import render_styles

GOED = """# Kop

{%p for p in percelen %}
{{ p.naam }}{% if not p.gegund %} niet{% endif %} {{ p.datum|datum }}
{%p endfor %}

!breedtes 50 50
| Naam | Datum |
{%tr for p in percelen %}
| {{ p.naam }} | {{ p.datum|datum }} |
{%tr endfor %}

Slot."""
VELDEN = {
    "percelen": "lijst", "percelen[]": "onderdeel", "percelen[].naam": "tekst", "percelen[].datum": "datum",
    "percelen[].gegund": "ja/nee", "brief": "onderdeel", "brief.kenmerk": "tekst", "brief.datum": "datum",
    "bedrag": "getal, kan leeg zijn", "namen": "lijst van tekst", "aantal": "geheel getal", "open": "ja/nee",
}  # fmt: skip


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


def check(pad: Path, velden: Mapping[str, str] | None = None) -> dict[str, Bevinding]:
    """The findings by their code (the first of each)."""
    uit: dict[str, Bevinding] = {}
    for bevinding in check_sjabloon(pad, velden=velden):
        uit.setdefault(bevinding.code, bevinding)
    return uit


def test_good_template_has_no_fouten(tmp_path: Path) -> None:
    assert check_sjabloon(make_docx(tmp_path, GOED), velden=VELDEN) == ()


# --- what was typed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "code", "uitleg", "zin"),
    [
        pytest.param(
            "Beste {{ naam, u", "niet-afgesloten", "begint met '{{ naam, u'", "Beste", id="veld open"
        ),
        pytest.param(
            "Beste naam }}, u", "niet-afgesloten", "'}}' zonder begin", "Beste", id="veld zonder begin"
        ),
        pytest.param(
            "Tekst {% if a, u", "niet-afgesloten", "begint met '{% if a", "Tekst", id="opdracht open"
        ),
        pytest.param(
            "Een\n\n{%p if a %}\nTwee", "niet-afgesloten", "{%p if a %} is nergens", "", id="if open"
        ),
        pytest.param(
            "Een {% if a %}twee", "niet-afgesloten", "is nergens afgesloten", "Een", id="if in een zin open"
        ),
        pytest.param(
            "{%p for a in b %}\nTwee", "niet-afgesloten", "{%p for a in b %} is nergens", "", id="lus open"
        ),
        pytest.param("Twee\n{%p endif %}", "niet-afgesloten", "sluit niets af", "", id="endif te veel"),
        pytest.param("Twee\n{%p else %}", "niet-afgesloten", "bij geen enkele 'if'", "", id="else te veel"),
        pytest.param(
            "{%p if a %}\n{%p for b in c %}\nx\n{%p endif %}\n{%p endfor %}",
            "niet-afgesloten",
            "staat voordat {%p for b in c %} is afgesloten",
            "",
            id="gekruist",
        ),
        pytest.param("Van {{ a|aantal(‘x’, 'y') }} nu", "aanhalingsteken", "(‘)", "Van", id="krulteken"),
        pytest.param(
            "Tekst ervoor {%p if a %} x", "tekst-bij-tag", "nog andere tekst", "ervoor", id="tekst bij p"
        ),
    ],
)
def test_fault_in_typing_is_told_where_it_must_be_mended(
    tmp_path: Path, tekst: str, code: str, uitleg: str, zin: str
) -> None:
    bevinding = check(make_docx(tmp_path, f"# De kop\n\n{tekst}\n"))[code]
    assert uitleg in bevinding.uitleg
    assert zin in bevinding.plek.zin
    assert bevinding.plek.kop == "De kop"
    assert bevinding.advies


def test_field_in_two_runs_is_split(tmp_path: Path) -> None:
    pad = make_docx(tmp_path, "Beste {{ naam }}, welkom")
    pad = change_lid(
        pad, "word/document.xml", "{{ naam", '{{ na</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>am'
    )
    bevinding = check(pad)["gesplitst"]
    assert "{{ naam }}" in bevinding.uitleg
    assert bevinding.plek.zin == "Beste {{ naam }}, welkom"
    assert "opnieuw, in één keer" in bevinding.advies


def test_field_that_runs_on_in_the_next_paragraph_is_not_closed(tmp_path: Path) -> None:
    assert "niet-afgesloten" in check(make_docx(tmp_path, "Beste {{ naam\n\n}}, welkom"))


# --- what is asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "code", "uitleg"),
    [
        pytest.param(
            "{%p if score > 5 %}\nx\n{%p endif %}", "beslissing", "alleen een veld zijn", id="vergelijking"
        ),
        pytest.param("{%p if a and b %}\nx\n{%p endif %}", "beslissing", "alleen een veld zijn", id="en"),
        pytest.param("{%p if f(a) %}\nx\n{%p endif %}", "beslissing", "alleen een veld zijn", id="aanroep"),
        pytest.param(
            "{%p if a is none %}\nx\n{%p endif %}", "beslissing", "alleen een veld zijn", id="toets"
        ),
        pytest.param("{%p set a = 1 %}\n\nx", "beslissing", "'set' mag niet", id="toekenning"),
        pytest.param("Som {{ a + b }}", "beslissing", "geen berekening of aanroep", id="optelling"),
        pytest.param(
            "Naam {{ a.upper() }}", "beslissing", "geen berekening of aanroep", id="aanroep in waarde"
        ),
        pytest.param(
            "Naam {{ a|upper }}", "onbekend-filter", "hoort niet bij de huisfilters", id="vreemd filter"
        ),
        pytest.param(
            "Som {{ a|euro(b) }}", "beslissing", "iets anders dan een vaste waarde", id="gerekend filter"
        ),
        pytest.param(
            "Som {{ a|getal(2, vast=b) }}", "beslissing", "iets anders dan een vaste", id="gerekende optie"
        ),
        pytest.param("Keus {{ 'a' if b else 'c' }}", "beslissing", "een keuze staat in een veld", id="keuze"),
        pytest.param(
            "{%p for a in b|sort %}\nx\n{%p endfor %}", "beslissing", "een lus is altijd", id="bewerkte lus"
        ),
        pytest.param("{{ a b }}", "onleesbaar", "de opdracht klopt niet", id="onzin"),
    ],
)
def test_decision_in_word_is_named(tmp_path: Path, tekst: str, code: str, uitleg: str) -> None:
    assert uitleg in check(make_docx(tmp_path, tekst))[code].uitleg


@pytest.mark.parametrize(
    "code", ['IF "a" = "b" "ja" "nee"', "= 2 + 3", "MERGEFIELD naam", "SET a 1"], ids=lambda c: c.split()[0]
)
def test_field_of_word_that_decides_is_named(tmp_path: Path, code: str) -> None:
    veld = f"<w:r><w:instrText>{code.replace(chr(34), '&quot;')}</w:instrText></w:r>"
    pad = change_lid(make_docx(tmp_path, "Tekst."), "word/document.xml", "<w:r>", f"{veld}<w:r>")
    assert "een Word-veld" in check(pad)["beslissing"].uitleg


def test_contents_list_and_page_number_of_word_are_no_decisions(tmp_path: Path) -> None:
    pad = make_docx(tmp_path, "[[inhoud]]\n\n# Kop\n\nTekst.", soort="document")
    assert "beslissing" not in check(pad)


@pytest.mark.parametrize(
    ("tekst", "veld", "buur"),
    [
        pytest.param("Ons {{ brief.kenmrk }}.", "brief.kenmrk", "'brief.kenmerk'", id="tikfout"),
        pytest.param("Ons {{ kenmerk }}.", "kenmerk", "'brief.kenmerk'", id="onderdeel vergeten"),
        pytest.param(
            "{%p for p in percelen %}\n{{ p.nam }}\n{%p endfor %}", "percelen[].nam", "naam'", id="in een lus"
        ),
        pytest.param("{% if opn %}x{% endif %}", "opn", "'open'", id="in een voorwaarde"),
        pytest.param(
            "{%p for p in perceel %}\n{{ p.naam }}\n{%p endfor %}", "perceel", "'percelen'", id="de lus zelf"
        ),
        pytest.param("{{ brief.xyzzy }}", "brief.xyzzy", "hier bestaan wel: datum, kenmerk", id="geen buur"),
    ],
)
def test_unknown_field_is_told_with_the_nearest_that_exists(
    tmp_path: Path, tekst: str, veld: str, buur: str
) -> None:
    bevinding = check(make_docx(tmp_path, f"# De kop\n\n{tekst}"), VELDEN)["onbekend-veld"]
    assert f"het veld '{veld}' bestaat niet, bij {{" in bevinding.uitleg
    assert buur in bevinding.advies
    assert bevinding.plek.kop == "De kop"


def test_field_of_nothing_has_no_neighbours() -> None:
    assert describe_buurt("x", {}) == "gebruik een veld dat bestaat"


@pytest.mark.parametrize(
    ("lid", "oud", "onderdeel"),
    [
        pytest.param("word/header1.xml", "<w:r>", "in de koptekst", id="koptekst"),
        pytest.param("word/footer1.xml", "<w:r>", "in de voettekst", id="voettekst"),
        pytest.param("docProps/core.xml", "<dc:title>", "in de documenteigenschappen", id="eigenschappen"),
    ],
)
def test_unknown_field_outside_the_text_is_found(tmp_path: Path, lid: str, oud: str, onderdeel: str) -> None:
    veld = "{{ weg }}" if lid.startswith("doc") else "<w:r><w:t>{{ weg }}</w:t></w:r>"
    nieuw = f"{oud}{veld}" if lid.startswith("doc") else f"{veld}{oud}"
    bevinding = check(change_lid(make_docx(tmp_path, "Tekst."), lid, oud, nieuw), VELDEN)["onbekend-veld"]
    assert bevinding.plek.onderdeel == onderdeel


@pytest.mark.parametrize(
    ("tekst", "advies"),
    [
        pytest.param("Op {{ brief.datum }}.", "|datum", id="datum"),
        pytest.param("Som {{ bedrag }}.", "|euro", id="bedrag"),
        pytest.param("Ja {{ open }}.", "|ja_nee", id="ja of nee"),
        pytest.param("Aan {{ namen }}.", "|opsomming", id="lijst"),
        pytest.param("De {{ brief }}.", "noem een veld ervan", id="onderdeel"),
        pytest.param(
            "{%p for p in percelen %}\n{{ p.datum }}\n{%p endfor %}", "|datum", id="datum in een lus"
        ),
        pytest.param("{% if open %}{{ brief.datum }}{% endif %}", "|datum", id="datum onder een voorwaarde"),
    ],
)
def test_value_without_its_filter_is_named(tmp_path: Path, tekst: str, advies: str) -> None:
    assert advies in check(make_docx(tmp_path, tekst), VELDEN)["zonder-filter"].advies


def test_fields_of_a_template_that_is_not_declared_are_left_alone(tmp_path: Path) -> None:
    assert check_sjabloon(make_docx(tmp_path, "Ons {{ onbekend }}, {{ ook.onbekend }}.")) == ()


def test_fields_are_seen_in_building_blocks(tmp_path: Path) -> None:
    make_docx(tmp_path / "_bouwstenen", "Uw {{ recht }}.", naam="rechten")
    pad = make_docx(tmp_path, "[[bouwsteen: rechten]]\n\nSlot.", naam="host")
    assert "'recht'" in check(pad, VELDEN)["onbekend-veld"].uitleg


# --- the Word file ------------------------------------------------------------------------------------------

DOC, CORE, RUN, ALINEA = "word/document.xml", "docProps/core.xml", "<w:r>", "<w:p>"
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
TEKENING = f'<w:drawing><wp:docPr {WP} id="1" name="p"/></w:drawing>'
PICT = '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict>'
W_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = "word/_rels/document.xml.rels"
REL = '<Relationship Id="x1" Type="http://x/attachedTemplate" Target="file:///C:/x.dotx" TargetMode="External"/>'
OLE = '<Relationship Id="x2" Type="http://x/oleObject" Target="embeddings/x.bin"/>'


@pytest.mark.parametrize(
    ("lid", "oud", "nieuw", "code", "wat"),
    [
        pytest.param(
            DOC, RUN, '<w:ins w:author="P"/><w:r>', "wijziging", "bijgehouden wijziging van P", id="wijziging"
        ),
        pytest.param(
            DOC, RUN, "<w:r><w:rPr><w:rPrChange/></w:rPr>", "wijziging", "bijgehouden", id="opmaakwijziging"
        ),
        pytest.param(
            "word/settings.xml",
            "<w:compat>",
            "<w:trackRevisions/><w:compat>",
            "wijziging",
            "aan",
            id="bijhouden",
        ),
        pytest.param(
            "word/comments.xml",
            "",
            f"<w:comments {W_NS}/>",
            "opmerking",
            "opmerking",
            id="leeg deel opmerkingen",
        ),
        pytest.param(
            "word/comments.xml",
            "",
            f"<w:comments {W_NS}><w:comment><w:p><w:r><w:t>Klopt dit?</w:t></w:r></w:p>"
            "</w:comment></w:comments>",
            "opmerking",
            "'Klopt dit?'",
            id="opmerking met tekst",
        ),
        pytest.param(
            DOC, RUN, '<w:commentRangeStart w:id="1"/><w:r>', "opmerking", "bij deze tekst", id="merk"
        ),
        pytest.param(
            CORE, "<dc:creator>", "<dc:creator>P. Verzonnen", "persoonsgegeven", "P. Verzonnen", id="auteur"
        ),
        pytest.param(
            "word/people.xml", "", '<p author="P. Verzonnen"/>', "persoonsgegeven", "bewerker", id="bewerker"
        ),
        pytest.param(CORE, "<dc:title>Proef", "<dc:title>", "titel", "geen titel", id="geen titel"),
        pytest.param(DOC, "<w:tblHeader/>", "", "kopregel", "geen kopregel", id="geen kopregel"),
        pytest.param(
            DOC, RUN, f"{RUN}{TEKENING}", "alt-tekst", "alternatieve tekst", id="geen alternatieve tekst"
        ),
        pytest.param(DOC, RUN, f"{RUN}{PICT}", "alt-tekst", "oude opmaak", id="oude afbeelding"),
        pytest.param(DOC, RUN, f"{RUN}<w:rPr><w:b/></w:rPr>", "directe-opmaak", "vet", id="directe opmaak"),
        pytest.param(
            DOC,
            ALINEA,
            '<w:p><w:pPr><w:jc w:val="right"/></w:pPr>',
            "directe-opmaak",
            "uitlijning",
            id="uitlijning",
        ),
        pytest.param(
            DOC, RUN, f"{RUN}<w:rPr><w:vanish/></w:rPr>", "verborgen-tekst", "verborgen", id="verborgen"
        ),
        pytest.param(
            DOC,
            ALINEA,
            '<w:p><w:pPr><w:pStyle w:val="Eigen"/></w:pPr>',
            "vreemde-stijl",
            "'Eigen'",
            id="stijl",
        ),
        pytest.param(
            DOC,
            RUN,
            f'{RUN}<w:rPr><w:rStyle w:val="Rood"/></w:rPr>',
            "vreemde-stijl",
            "'Rood'",
            id="tekenstijl",
        ),
        pytest.param(
            "word/styles.xml", 'w:val="nl-NL"', 'w:val="en-US"', "taal", "Nederlands", id="andere taal"
        ),
        pytest.param(
            DOC, RUN, f'{RUN}<w:rPr><w:lang w:val="en-GB"/></w:rPr>', "taal", "en-GB", id="taal van een woord"
        ),
        pytest.param(
            "word/settings.xml",
            "<w:compat>",
            "<w:compat>{{ a }}",
            "dood-veld",
            "nooit wordt",
            id="vreemd veld",
        ),
        pytest.param(
            RELS,
            "</Relationships>",
            f"{REL}</Relationships>",
            "koppeling",
            "attachedTemplate",
            id="koppeling",
        ),
        pytest.param(
            RELS, "</Relationships>", f"{OLE}</Relationships>", "koppeling", "ingesloten", id="object"
        ),
    ],
)
def test_fault_in_the_word_file_is_named(
    tmp_path: Path, lid: str, oud: str, nieuw: str, code: str, wat: str
) -> None:
    pad = change_lid(make_docx(tmp_path, "Tekst.\n\n| A | B |\n| a | b |"), lid, oud, nieuw)
    bevinding = check(pad)[code]
    assert wat in bevinding.uitleg
    assert bevinding.advies


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        pytest.param("# Een\n\n### Drie", "kopniveau", id="kopniveau overgeslagen"),
        pytest.param("## Twee", "kopniveau", id="begint niet bij 1"),
    ],
)
def test_headings_are_in_order(tmp_path: Path, tekst: str, code: str) -> None:
    assert code in check(make_docx(tmp_path, tekst))


def test_table_of_loop_rows_alone_is_named(tmp_path: Path) -> None:
    tekst = "| Kop | Kop |\n{%tr for p in percelen %}\n| {{ p.naam }} | {{ p.naam }} |\n{%tr endfor %}"
    pad = make_docx(tmp_path, tekst)
    assert check(pad) == {}
    with zipfile.ZipFile(pad) as pakket:
        body = pakket.read(DOC).decode()
    kopregel = body[body.index("<w:tr>") : body.index("</w:tr>") + 7]
    bevindingen = check(change_lid(pad, DOC, kopregel, ""))
    assert "alleen uit rijen van een lus" in bevindingen["alleen-lusrij"].uitleg


def test_text_beside_a_row_tag_is_named(tmp_path: Path) -> None:
    pad = make_docx(tmp_path, "| Kop |\n{%tr for p in percelen %}\n| {{ p.naam }} |\n{%tr endfor %}")
    pad = change_lid(pad, DOC, "{%tr endfor %}", "Let op: {%tr endfor %}")
    assert "tekst-bij-tag" in check(pad)


def test_house_styles_are_those_that_the_drafting_tool_draws() -> None:

    getekend = {
        s
        for soort in ("brief", "document", "overeenkomst")
        for s in re.findall(r'w:styleId="(\w+)"', render_styles(soort))
    }
    assert getekend == HUISSTIJLEN


# --- how it is told -----------------------------------------------------------------------------------------


def test_finding_reads_as_a_sentence() -> None:
    plek = Plek("Uw rechten", "U kunt {{ x }} doen", "in een voetnoot")
    assert str(Bevinding("c", "het veld bestaat niet", "gebruik y", plek)) == (
        "In een voetnoot, onder de kop 'Uw rechten', in de zin 'U kunt {{ x }} doen': het veld bestaat niet; gebruik y."
    )
    assert str(Bevinding("c", "er is geen titel", "vul hem in")) == "Er is geen titel; vul hem in."


def test_long_sentence_is_cut_around_the_fault() -> None:
    tekst = "woord " * 100 + "FOUT " + "woord " * 100
    kort = shorten(tekst, tekst.index("FOUT"))
    assert "FOUT" in kort
    assert len(kort) <= MAX_ZIN + 2
    assert kort.startswith("…")
    assert kort.endswith("…")


# --- finished documents -------------------------------------------------------------------------------------


def render(map_: Path, tekst: str, **velden: object) -> dict[str, bytes]:
    pad = map_ / "af.docx"
    pad.write_bytes(load_template(make_docx(map_, tekst), huisstijl=HUISSTIJL).render_bytes(velden))
    return read_docx(pad)


def test_finished_document_of_a_good_template_is_accessible(tmp_path: Path) -> None:
    percelen = [{"naam": "Een {{ x }}", "gegund": True, "datum": date(2026, 1, 5)}]
    assert check_document(render(tmp_path, GOED, percelen=percelen)) == ()


@pytest.mark.parametrize(
    ("tekst", "velden", "code"),
    [
        pytest.param(
            "# {% if kop %}{{ kop }}{% endif %}\n\nTekst.", {"kop": ""}, "lege-kop", id="kop zonder tekst"
        ),
        pytest.param(
            "# A\n\n{%p if b %}\n## B\n{%p endif %}\n\n### C", {"b": False}, "kopniveau", id="kop valt weg"
        ),
    ],
)
def test_finished_document_is_judged_as_it_came_out(
    tmp_path: Path, tekst: str, velden: dict[str, object], code: str
) -> None:
    assert code in {b.code for b in check_document(render(tmp_path, tekst, **velden))}
