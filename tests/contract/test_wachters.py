"""Every guard of ONTWERP section 8 sees a fault: a template or document that fails on purpose, made here, per guard."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import Field

from aanbesteding.documents.controle import check_document, check_sjabloon
from aanbesteding.documents.declaration import Document, DocumentContext
from aanbesteding.documents.lezen import read_docx
from aanbesteding.documents.render import load_template
from aanbesteding.documents.text import extract_text
from aanbesteding.documents.velden import list_bekend
from aanbesteding.errors import SjabloonMismatch
from contract.wachters import (
    compare_golden,
    list_dood,
    list_lekken,
    list_onbekend,
    list_ongeldig,
    list_ontbrekend,
    list_slordig,
    list_verloren,
    list_wezen,
    list_zonder_omschrijving,
)
from documents.maak import HUISSTIJL, make_docx
from documents.test_controle import change_lid


class Proef(DocumentContext):
    naam: str = Field(description="Naam")
    dag: date = Field(description="Dag")
    bedrag: Decimal | None = Field(default=None, description="Bedrag")
    gegund: bool = Field(default=True, description="Of er is gegund")
    namen: tuple[str, ...] = Field(default=("A", "B"), description="Namen")


VOORBEELD = Proef(naam="Zorg & Zn.", dag=date(2026, 1, 5), bedrag=Decimal("10"))
DOCUMENT = Document("proef", "Proef", "fase", Proef, lambda _: (), lambda: VOORBEELD, "aanbesteding")
GOED = (
    "# Kop\n\nAan {{ naam }} op {{ dag|datum }}{% if gegund %}, gegund{% endif %}: {{ namen|opsomming }}.\n\n"
    "{%p if bedrag %}\nBedrag {{ bedrag|euro }}.\n{%p endif %}\n\nSlot."
)


def make(map_: Path, tekst: str) -> Path:
    return make_docx(map_, tekst)


def render(pad: Path, **anders: Any) -> bytes:
    return load_template(pad, huisstijl=HUISSTIJL).render_bytes({**dict(VOORBEELD), **anders})


def render_pad(map_: Path, tekst: str, **anders: Any) -> Path:
    pad = map_ / "af.docx"
    pad.write_bytes(render(make(map_, tekst), **anders))
    return pad


def test_no_guard_complains_of_a_good_template(tmp_path: Path) -> None:
    pad = make(tmp_path, GOED)
    tekst = extract_text(render(pad))
    assert check_sjabloon(pad, velden=list_bekend(DOCUMENT)) == ()
    for fouten in (
        list_onbekend(pad, DOCUMENT, tmp_path),
        list_dood(pad, DOCUMENT, tmp_path),
        list_zonder_omschrijving(Proef),
        list_lekken(tekst),
        list_slordig(tekst),
        compare_golden(tekst, tekst, "x"),
        list_verloren(pad, render(pad, naam="<Zn.> & {{ 7*7 }}")),
        list_ongeldig(render_pad(tmp_path, GOED)),
        check_document(read_docx(render_pad(tmp_path, GOED))),
    ):
        assert list(fouten) == []


# --- G1: undefined is an error that says template, place, field and the nearest field ------------------------


@pytest.mark.parametrize(
    "tekst",
    [
        pytest.param("# Uw rechten\n\nBeste {{ naa }}, welkom.", id="veld"),
        pytest.param("# Uw rechten\n\nBeste {% if naa %}x{% endif %}, welkom.", id="voorwaarde"),
    ],
)
def test_g1_unknown_field_is_an_error_with_its_place(tmp_path: Path, tekst: str) -> None:
    with pytest.raises(SjabloonMismatch) as fout:
        render(make(tmp_path, tekst))
    for deel in ("Sjabloon 'proef.docx'", "onder de kop 'Uw rechten'", "naa", "in de zin 'Beste", "'naam'"):
        assert deel in str(fout.value)


def test_g1_escaping_is_on(tmp_path: Path) -> None:
    kwaad = "Jansen & Zn. <BV> {{ 7*7 }} {%p if x %}"
    assert f"Aan {kwaad} op" in extract_text(render(make(tmp_path, GOED), naam=kwaad))


# --- G2: unknown field, wherever it stands -------------------------------------------------------------------


VELD = "<w:r><w:t>{{ vreemd }}</w:t></w:r>"


@pytest.mark.parametrize(
    ("lid", "oud", "nieuw"),
    [
        pytest.param("word/document.xml", "<w:r>", f"{VELD}<w:r>", id="tekst"),
        pytest.param("word/header1.xml", "<w:r>", f"{VELD}<w:r>", id="koptekst"),
        pytest.param("word/footer1.xml", "<w:r>", f"{VELD}<w:r>", id="voettekst"),
        pytest.param("docProps/core.xml", "<dc:title>", "<dc:title>{{ vreemd }}", id="documenteigenschap"),
    ],
)
def test_g2_unknown_field_is_seen_in_every_part(tmp_path: Path, lid: str, oud: str, nieuw: str) -> None:
    pad = change_lid(make(tmp_path, GOED), lid, oud, nieuw)
    assert [fout.split()[0] for fout in list_onbekend(pad, DOCUMENT, tmp_path)] == ["vreemd"]


def add_voetnoot(pad: Path, tekst: str) -> Path:
    """A footnotes part with this text, announced as Word does."""
    soort = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    noot = f'<w:footnote w:id="1"><w:p><w:r><w:t>{tekst}</w:t></w:r></w:p></w:footnote>'
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    pad = change_lid(pad, "word/footnotes.xml", "", f"<w:footnotes {ns}>{noot}</w:footnotes>")
    return change_lid(
        pad,
        "word/_rels/document.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rIdN" Type="{soort}" Target="footnotes.xml"/></Relationships>',
    )


def test_g2_unknown_field_is_seen_in_a_footnote(tmp_path: Path) -> None:
    pad = add_voetnoot(make(tmp_path, GOED), "Zie {{ vreemd }}.")
    assert [fout.split()[0] for fout in list_onbekend(pad, DOCUMENT, tmp_path)] == ["vreemd"]
    assert "onbekend-veld" in {b.code for b in check_sjabloon(pad, velden=list_bekend(DOCUMENT))}


def test_g1_data_in_a_footnote_is_evaluated_never(tmp_path: Path) -> None:
    pad = add_voetnoot(make(tmp_path, GOED), "Zie {{ naam }}.")
    assert "[noot] Zie {{ 7*7 }}." in extract_text(render(pad, naam="{{ 7*7 }}"))


def test_g2_unknown_field_is_seen_in_a_building_block(tmp_path: Path) -> None:
    make_docx(tmp_path / "_bouwstenen", "Zie {{ vreemd }}.", naam="blok")
    pad = make(tmp_path, f"{GOED}\n\n[[bouwsteen: blok]]")
    assert [fout.split()[0] for fout in list_onbekend(pad, DOCUMENT, tmp_path / "_bouwstenen")] == ["vreemd"]


# --- G3: unused field ----------------------------------------------------------------------------------------


def test_g3_unused_field_is_named_unless_listed(tmp_path: Path) -> None:
    pad = make(tmp_path, GOED.replace("{{ dag|datum }}", "vandaag"))
    assert list(list_dood(pad, DOCUMENT, tmp_path)) == ["dag"]
    assert list(list_dood(pad, replace(DOCUMENT, ongebruikt=("dag",)), tmp_path)) == []


def test_g3_field_without_a_description_is_named() -> None:
    class Stil(DocumentContext):
        stil: str

    assert list(list_zonder_omschrijving(Stil)) == ["stil"]


# --- G4: ask, do not reckon ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "toets",
    [
        "bedrag > 5",
        "bedrag + 1",
        "naam == 'x'",
        "naam.upper()",
        "f(naam)",
        "naam and gegund",
        "namen|length",
        "1",
    ],
)
def test_g4_decision_in_an_if_is_a_fault(tmp_path: Path, toets: str) -> None:
    pad = make(tmp_path, f"{GOED}\n\n{{%p if {toets} %}}\nx\n{{%p endif %}}")
    assert "beslissing" in {b.code for b in check_sjabloon(pad)}


@pytest.mark.parametrize(
    "opdracht",
    ["{% set a = 1 %}", "{{ bedrag * 2 }}", "{{ naam.upper() }}", "{% macro m() %}x{% endmacro %}"],
)
def test_g4_reckoning_in_the_text_is_a_fault(tmp_path: Path, opdracht: str) -> None:
    assert "beslissing" in {
        b.code for b in check_sjabloon(make(tmp_path, f"{GOED}\n\nTekst {opdracht} tekst."))
    }


# --- G5: raw values ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("veld", "waarde", "raad"),
    [
        pytest.param("dag", date(2026, 1, 5), r"\|datum", id="datum"),
        pytest.param("bedrag", Decimal("1"), r"\|euro", id="bedrag"),
        pytest.param("gegund", True, r"\|ja_nee", id="waar of onwaar"),
        pytest.param("namen", ["A"], r"\|opsomming", id="lijst"),
        pytest.param("bedrag", None, "if veld", id="leeg"),
    ],
)
def test_g5_raw_value_is_refused_with_its_remedy(tmp_path: Path, veld: str, waarde: Any, raad: str) -> None:
    with pytest.raises(SjabloonMismatch, match=raad):
        render(make(tmp_path, f"{GOED}\n\nKaal: {{{{ {veld} }}}}."), **{veld: waarde})


@pytest.mark.parametrize("lek", ["Datum 2026-01-05.", "Is None.", "Is True.", "Naam {{ x }}.", "Leeg ()."])
def test_g5_leak_in_the_text_is_seen(lek: str) -> None:
    assert list(list_lekken(f"Goed.\n{lek}")) == [lek]


@pytest.mark.parametrize("slordig", ["De Vries B.V..", "Een , twee", "Een,, twee", "€ € 5", "5%%", "( x )"])
def test_careless_punctuation_is_seen(slordig: str) -> None:
    assert list(list_slordig(f"Goed.\n{slordig}\nVan a tot z…")) == [slordig]


# --- G6: golden text -----------------------------------------------------------------------------------------


def test_g6_one_changed_word_shows_as_a_diff(tmp_path: Path) -> None:
    vast = extract_text(render(make(tmp_path, GOED)))
    nu = extract_text(render(make(tmp_path, GOED.replace("Slot.", "Einde."))))
    verschil = compare_golden(vast, nu, "proef.txt")
    assert "-Slot." in verschil
    assert "+Einde." in verschil


# --- G7: hostile data ----------------------------------------------------------------------------------------


def test_g7_text_that_docxtpl_loses_without_escaping_is_seen_as_lost(tmp_path: Path) -> None:
    pad = make(tmp_path, "Aan {{ naam }} op de dag.\n\nSlot.")
    kwaad = {"naam": "a <b> c"}
    template = load_template(pad, huisstijl=HUISSTIJL)
    kaal = template.render_bytes(kwaad, strict=False, autoescape=False)
    assert "opdedag.Slot." in list(list_verloren(pad, kaal))
    assert list(list_verloren(pad, template.render_bytes(kwaad))) == []


def test_g7_control_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SjabloonMismatch, match=r"bij \{\{ naam \}\}.*U\+0007.*verwijder het"):
        render(make(tmp_path, GOED), naam="Zorg\x07punt")


# --- G8: template and declaration ----------------------------------------------------------------------------


def test_g8_missing_template_and_orphan_are_named(tmp_path: Path) -> None:
    make_docx(tmp_path / "fase", "x", naam="wees")
    make_docx(tmp_path / "_regio" / "regio1" / "fase", "x", naam="ook_wees")
    assert list(list_ontbrekend(tmp_path, [DOCUMENT])) == ["fase/proef.docx"]
    assert list(list_wezen(tmp_path, [DOCUMENT])) == ["_regio/regio1/fase/ook_wees.docx", "fase/wees.docx"]


def test_g8_declared_template_variant_and_building_block_are_no_orphans(tmp_path: Path) -> None:
    for map_ in ("fase", "_regio/regio1/fase", "_bouwstenen"):
        make_docx(tmp_path / map_, "x", naam="proef")
    assert list(list_ontbrekend(tmp_path, [DOCUMENT])) == list(list_wezen(tmp_path, [DOCUMENT])) == []


# --- G9: what Word leaves behind -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lid", "oud", "nieuw", "code"),
    [
        pytest.param(
            "word/document.xml",
            "<w:r>",
            '<w:ins w:author="x"><w:r/></w:ins><w:r>',
            "wijziging",
            id="wijziging",
        ),
        pytest.param(
            "word/document.xml", "<w:r>", '<w:commentRangeStart w:id="0"/><w:r>', "opmerking", id="opmerking"
        ),
        pytest.param(
            "docProps/core.xml", "<dc:creator>", "<dc:creator>J. V.", "persoonsgegeven", id="auteur"
        ),
    ],
)
def test_g9_what_word_leaves_behind_is_a_fault(
    tmp_path: Path, lid: str, oud: str, nieuw: str, code: str
) -> None:
    assert code in {b.code for b in check_sjabloon(change_lid(make(tmp_path, GOED), lid, oud, nieuw))}


# --- the finished file ---------------------------------------------------------------------------------------


def test_independent_validator_sees_a_broken_file(tmp_path: Path) -> None:
    pad = render_pad(tmp_path, GOED)
    fout = "<w:tbl><w:tr/><w:tblPr/></w:tbl><w:sectPr>"
    assert list(list_ongeldig(change_lid(pad, "word/document.xml", "<w:sectPr>", fout)))


def test_accessibility_check_sees_an_empty_heading(tmp_path: Path) -> None:
    pad = render_pad(tmp_path, "# {% if naam %}{{ naam }}{% endif %}\n\nTekst.", naam="")
    assert [b.code for b in check_document(read_docx(pad))] == ["lege-kop"]


def test_stale_page_is_found_without_writing(tmp_path: Path) -> None:
    """G10: tests/contract/test_docs.py tries it whole; here: a page of another product's fields is stale."""
    import docs

    for naam in docs.PAGINAS:
        (tmp_path / naam).parent.mkdir(exist_ok=True)
        (tmp_path / naam).write_text("oud", encoding="utf-8")
    assert "sjablonen.md" in docs.list_verouderd(tmp_path)
    assert (tmp_path / "sjablonen.md").read_text(encoding="utf-8") == "oud"


def test_zip_of_a_document_names_no_file_twice(tmp_path: Path) -> None:
    with zipfile.ZipFile(render_pad(tmp_path, GOED)) as pakket:
        assert len(pakket.namelist()) == len(set(pakket.namelist()))
