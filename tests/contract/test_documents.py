"""Every declared document and its template hold together (ONTWERP section 8, guards G1 to G5 and G7 to G9).

A new document brings its own tests: everything here walks the declarations, and every regional variant. The guards
themselves are tried on templates that fail on purpose in test_wachters.py.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.controle import check_document, check_sjabloon
from aanbesteding.documents.declaration import Document, DocumentContext
from aanbesteding.documents.inspect import list_takken
from aanbesteding.documents.lezen import read_docx
from aanbesteding.documents.render import load_template
from aanbesteding.documents.text import W, extract_text
from aanbesteding.documents.velden import list_bekend
from aanbesteding.errors import SjabloonMismatch
from contract.sjabloonlijst import (
    BOUWSTENEN,
    GEVALLEN,
    HUISSTIJL,
    SJABLONEN,
    Geval,
    Takmeter,
    list_documenten,
    list_paden,
    load_sjabloon,
    make_velden,
    render,
    render_voorbeeld,
    report,
    require_sjabloon,
    voor_elk_sjabloon,
)
from contract.verzinnen import NAAR, NAAR_REGELS, Kwaad, list_varianten, list_willekeurig, make_vijandig
from contract.wachters import (
    is_under,
    join_woorden,
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

voor_elk_document = pytest.mark.parametrize("document", list_documenten(), ids=lambda d: f"{d.fase}/{d.code}")


# --- G8: template and declaration -------------------------------------------------------------------------


def test_every_document_has_its_sjabloon() -> None:
    report(list_ontbrekend(SJABLONEN, list_documenten()))


def test_every_sjabloon_is_declared() -> None:
    report(list_wezen(SJABLONEN, list_documenten()))


def test_every_bouwsteen_is_used() -> None:
    gebruikt = {b.naam for g in GEVALLEN if g.pad.is_file() for b in load_sjabloon(g.pad).bouwstenen}
    report(sorted({pad.stem for pad in BOUWSTENEN.glob("*.docx")} - gebruikt))


@voor_elk_sjabloon
def test_declared_bouwstenen_are_those_of_the_sjabloon(geval: Geval) -> None:
    gebruikt = {b.naam for b in load_sjabloon(require_sjabloon(geval)).bouwstenen}
    assert sorted(geval.document.bouwstenen) == sorted(gebruikt)


@voor_elk_document
def test_document_belongs_to_one_stage_and_has_a_titel(document: Document) -> None:
    assert re.fullmatch(r"[a-z0-9_]+", document.code)
    assert document.titel.strip()


# --- G4 and G9: the template by itself --------------------------------------------------------------------


@voor_elk_sjabloon
def test_sjabloon_keeps_the_house_rules(geval: Geval) -> None:
    report(map(str, check_sjabloon(require_sjabloon(geval), BOUWSTENEN, list_bekend(geval.document))))


@pytest.mark.parametrize("pad", sorted(BOUWSTENEN.glob("*.docx")), ids=lambda pad: pad.stem)
def test_bouwsteen_keeps_the_house_rules(pad: Path) -> None:
    report(map(str, check_sjabloon(pad, BOUWSTENEN)))


# --- G2 and G3: template and context model ----------------------------------------------------------------


@voor_elk_sjabloon
def test_every_path_in_the_sjabloon_exists(geval: Geval) -> None:
    report(list_onbekend(require_sjabloon(geval), geval.document, BOUWSTENEN))


@voor_elk_sjabloon
def test_every_field_is_used_or_listed_as_ongebruikt(geval: Geval) -> None:
    report(list_dood(require_sjabloon(geval), geval.document, BOUWSTENEN))


@voor_elk_document
def test_ongebruikt_names_only_fields_that_are_unused(document: Document) -> None:
    gebruikt = list_paden(require_sjabloon(Geval(document, SJABLONEN / document.sjabloon)))
    report(f"{pad} bestaat niet" for pad in sorted(set(document.ongebruikt) - set(list_bekend(document))))
    report(
        f"{pad} wordt gebruikt" for pad in document.ongebruikt if any(is_under(g, (pad,)) for g in gebruikt)
    )


@voor_elk_document
def test_every_field_has_an_omschrijving(document: Document) -> None:
    report(list_zonder_omschrijving(document.context))


# --- G5: the example --------------------------------------------------------------------------------------


@voor_elk_sjabloon
def test_voorbeeld_prints_no_raw_values(geval: Geval) -> None:
    report(list_lekken(extract_text(render_voorbeeld(geval))))


@voor_elk_sjabloon
def test_voorbeeld_reads_well(geval: Geval) -> None:
    report(list_slordig(extract_text(render_voorbeeld(geval))))


@voor_elk_sjabloon
def test_same_context_gives_the_same_bytes(geval: Geval) -> None:
    eerste = render_voorbeeld(geval)
    assert render(geval, geval.document.voorbeeld()) == eerste
    opnieuw = load_template(geval.pad, huisstijl=HUISSTIJL, bouwstenen=BOUWSTENEN)
    assert opnieuw.render_bytes(make_jinja_context(geval.document.voorbeeld(), HUISSTIJL)) == eerste


# --- the finished file ------------------------------------------------------------------------------------


@voor_elk_sjabloon
def test_voorbeeld_is_accessible(geval: Geval, tmp_path: Path) -> None:
    pad = tmp_path / "voorbeeld.docx"
    pad.write_bytes(render_voorbeeld(geval))
    report(map(str, check_document(read_docx(pad))))
    assert docx.Document(str(pad)).core_properties.title.strip()


@voor_elk_sjabloon
def test_voorbeeld_is_valid_to_an_independent_validator(geval: Geval, tmp_path: Path) -> None:
    pad = tmp_path / "voorbeeld.docx"
    velden = make_jinja_context(geval.document.voorbeeld(), HUISSTIJL)
    template = load_sjabloon(require_sjabloon(geval))
    pad.write_bytes(template.render_bytes(velden, eigenschappen={"dossier": "PROEF & <Zn.>", "versie": "1"}))
    report(list_ongeldig(pad))


# --- G1 and G7: hostile data ------------------------------------------------------------------------------

KWAAD = {
    "vijandige tekst": Kwaad(NAAR),
    "vijandige tekst, lege lijsten": Kwaad(NAAR, 0),
    "tekst met regeleinden, lijsten van een": Kwaad(NAAR_REGELS, 1),
    "vijandige tekst, lijsten van 500": Kwaad(NAAR, 500),
}


@pytest.mark.parametrize("kwaad", KWAAD.values(), ids=KWAAD)
@voor_elk_sjabloon
def test_hostile_data_stays_whole_and_loses_nothing(geval: Geval, kwaad: Kwaad) -> None:
    bestand = render(geval, make_vijandig(geval.document.voorbeeld(), kwaad))
    report(list_verloren(geval.pad, bestand))
    tekst = join_woorden(bestand)
    begin, geheel = ("".join(deel.split()) for deel in (kwaad.tekst[:10], kwaad.tekst))
    assert tekst.count(begin) == tekst.count(geheel) > 0
    assert find_paginaopmaak(bestand) == find_paginaopmaak(render_voorbeeld(geval))


def find_paginaopmaak(bestand: bytes) -> str:
    """What the body ends with: the page set-up, which goes first when text is lost in silence."""
    einde = docx.Document(io.BytesIO(bestand)).element.body[-1]
    assert einde.tag == f"{W}sectPr"
    return einde.xml


@voor_elk_sjabloon
def test_control_character_is_refused_with_its_field(geval: Geval) -> None:
    with pytest.raises(SjabloonMismatch, match=r"bij \{\{.*besturingsteken \(U\+0007\)"):
        render(geval, make_vijandig(geval.document.voorbeeld(), Kwaad("Zorg\x07punt")))


@voor_elk_sjabloon
def test_voorbeeld_keeps_every_fixed_word(geval: Geval) -> None:
    report(list_verloren(geval.pad, render_voorbeeld(geval)))


# --- every branch -----------------------------------------------------------------------------------------


def list_contexten(voorbeeld: DocumentContext) -> Iterator[DocumentContext]:
    """The example, then contexts that differ from it more and more."""
    yield voorbeeld
    yield from list_varianten(type(voorbeeld), voorbeeld)
    yield from list_willekeurig(type(voorbeeld), voorbeeld, 900)


@voor_elk_sjabloon
def test_every_branch_can_be_taken(geval: Geval, taktelling: dict[str, tuple[int, int]]) -> None:
    takken = list_takken(require_sjabloon(geval), BOUWSTENEN)
    meter = Takmeter(geval.pad)
    rest = {tak.code for tak in takken}
    for context in list_contexten(geval.document.voorbeeld()):
        if not rest:
            break
        rest -= meter.record(make_velden(context))
    taktelling[geval.naam] = (len(takken) - len(rest), len(takken))
    report(sorted(rest))
