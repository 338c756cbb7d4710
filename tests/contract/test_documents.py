"""Every declared document and its template hold together (ONTWERP section 8, guards G2 to G5 and G7 to G9).

A new document brings its own tests: everything here walks the declarations, and every regional variant.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import docx
import pytest

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.declaration import Document, DocumentContext
from aanbesteding.documents.inspect import list_fouten, list_takken
from aanbesteding.documents.render import load_template
from aanbesteding.documents.text import W, extract_text
from aanbesteding.domain.huisstijl import Huisstijl
from contract.sjabloonlijst import (
    BOUWSTENEN,
    GEVALLEN,
    HUISSTIJL,
    SJABLONEN,
    Geval,
    Takmeter,
    list_documenten,
    list_paden,
    list_vaste_tekst,
    load_sjabloon,
    make_velden,
    render,
    render_voorbeeld,
    report,
    require_sjabloon,
    voor_elk_sjabloon,
)
from contract.verzinnen import NAAR, NAAR_REGELS, Kwaad, list_varianten, list_willekeurig, make_vijandig
from docs_velden import list_modelvelden

LEK = re.compile(
    r"\b(None|True|False|Decimal|datetime|Undefined)\b|\b\d{4}-\d{2}-\d{2}\b|\{\{|\{%|\}\}|%\}|\[\[|\[\]|\(\)"
)
voor_elk_document = pytest.mark.parametrize("document", list_documenten(), ids=lambda d: f"{d.fase}/{d.code}")


# --- G8: template and declaration -------------------------------------------------------------------------


@voor_elk_document
def test_every_document_has_its_sjabloon(document: Document) -> None:
    assert (SJABLONEN / document.sjabloon).is_file(), f"sjablonen/{document.sjabloon} ontbreekt"


def test_every_sjabloon_is_declared() -> None:
    verklaard = {geval.pad for geval in GEVALLEN}
    paden = {pad for pad in SJABLONEN.rglob("*.docx") if pad.parent != BOUWSTENEN}
    report(sorted(str(pad.relative_to(SJABLONEN)) for pad in paden - verklaard))


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
    report(list_fouten(require_sjabloon(geval), BOUWSTENEN))


# --- G2 and G3: template and context model ----------------------------------------------------------------


def paths_of(document: Document) -> set[str]:
    """Every path that a template of this document may use."""
    huisstijl = {f"huisstijl.{veld.pad}" for veld in list_modelvelden(Huisstijl)} | {"huisstijl"}
    return {veld.pad for veld in list_modelvelden(document.context)} | huisstijl


def is_under(pad: str, ouders: tuple[str, ...]) -> bool:
    """Whether a path is one of these paths or lies below one."""
    return any(pad == ouder or pad.startswith((f"{ouder}.", f"{ouder}[")) for ouder in ouders)


@voor_elk_sjabloon
def test_every_path_in_the_sjabloon_exists(geval: Geval) -> None:
    gebruikt = list_paden(require_sjabloon(geval))
    bekend = paths_of(geval.document)
    report(f"{pad} ({plaats})" for pad, plaats in gebruikt.items() if pad not in bekend)


@voor_elk_sjabloon
def test_every_field_is_used_or_listed_as_ongebruikt(geval: Geval) -> None:
    gebruikt = list_paden(require_sjabloon(geval))
    bladen = [veld.pad for veld in list_modelvelden(geval.document.context) if veld.is_blad]
    dood = [pad for pad in bladen if not any(is_under(g, (pad,)) for g in gebruikt)]
    report(pad for pad in dood if not is_under(pad, geval.document.ongebruikt))


@voor_elk_document
def test_ongebruikt_names_only_fields_that_are_unused(document: Document) -> None:
    gebruikt = list_paden(require_sjabloon(Geval(document, SJABLONEN / document.sjabloon)))
    report(f"{pad} bestaat niet" for pad in sorted(set(document.ongebruikt) - paths_of(document)))
    report(
        f"{pad} wordt gebruikt" for pad in document.ongebruikt if any(is_under(g, (pad,)) for g in gebruikt)
    )


@voor_elk_document
def test_every_field_has_an_omschrijving(document: Document) -> None:
    velden = list_modelvelden(document.context)
    report(veld.pad for veld in velden if not veld.omschrijving and not veld.pad.endswith("[]"))


# --- G5: the example --------------------------------------------------------------------------------------


@voor_elk_sjabloon
def test_voorbeeld_prints_no_raw_values(geval: Geval) -> None:
    regels = extract_text(render_voorbeeld(geval)).splitlines()
    report(regel for regel in regels if LEK.search(regel))


@voor_elk_sjabloon
def test_voorbeeld_reads_well(geval: Geval) -> None:
    regels = extract_text(render_voorbeeld(geval)).splitlines()
    slordig = re.compile(r"(?<!\.)\.\.(?!\.)| [.,;:](?:\s|$)|,,|€ ?€|%%|\( | \)")
    report(regel for regel in regels if slordig.search(regel))


@voor_elk_sjabloon
def test_same_context_gives_the_same_bytes(geval: Geval) -> None:
    eerste = render_voorbeeld(geval)
    assert render(geval, geval.document.voorbeeld()) == eerste
    opnieuw = load_template(geval.pad, huisstijl=HUISSTIJL, bouwstenen=BOUWSTENEN)
    assert opnieuw.render_bytes(make_jinja_context(geval.document.voorbeeld(), HUISSTIJL)) == eerste


@voor_elk_sjabloon
def test_voorbeeld_is_accessible(geval: Geval) -> None:
    bestand = render_voorbeeld(geval)
    document = docx.Document(io.BytesIO(bestand))
    assert document.core_properties.title.strip()
    with zipfile.ZipFile(io.BytesIO(bestand)) as pakket:
        stijlen = ElementTree.fromstring(pakket.read("word/styles.xml"))
        body = ElementTree.fromstring(pakket.read("word/document.xml"))
    assert {taal.get(f"{W}val") for taal in stijlen.iter(f"{W}lang")} == {"nl-NL"}
    report(
        f"geen kopregel: {''.join(t.text or '' for t in tabel.iter(f'{W}t'))[:60]}"
        for tabel in body.iter(f"{W}tbl")
        if tabel.find(f"{W}tr/{W}trPr/{W}tblHeader") is None
    )


# --- G7: hostile data -------------------------------------------------------------------------------------

KWAAD = {
    "vijandige tekst": Kwaad(NAAR),
    "vijandige tekst, lege lijsten": Kwaad(NAAR, 0),
    "tekst met regeleinden, lijsten van een": Kwaad(NAAR_REGELS, 1),
    "vijandige tekst, lijsten van 200": Kwaad(NAAR, 200),
}


def woorden(bestand: bytes) -> str:
    """All words of the body, without white space."""
    with zipfile.ZipFile(io.BytesIO(bestand)) as pakket:
        body = pakket.read("word/document.xml").decode()
    return "".join(html.unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", body))).split())


def list_verloren(geval: Geval, tekst: str) -> Iterator[str]:
    """Fixed words of the template that the document lost, in the order of the template."""
    plek = 0
    for deel in list_vaste_tekst(geval.pad):
        gevonden = tekst.find(deel, plek)
        if gevonden < 0:
            yield deel[:80]
        else:
            plek = gevonden + len(deel)


@pytest.mark.parametrize("kwaad", KWAAD.values(), ids=KWAAD)
@voor_elk_sjabloon
def test_hostile_data_stays_whole_and_loses_nothing(geval: Geval, kwaad: Kwaad) -> None:
    bestand = render(geval, make_vijandig(geval.document.voorbeeld(), kwaad))
    document = docx.Document(io.BytesIO(bestand))
    assert document.element.body[-1].tag == f"{W}sectPr"
    tekst = woorden(bestand)
    report(list_verloren(geval, tekst))
    begin, geheel = ("".join(deel.split()) for deel in (kwaad.tekst[:10], kwaad.tekst))
    assert tekst.count(begin) == tekst.count(geheel)


@voor_elk_sjabloon
def test_voorbeeld_keeps_every_fixed_word(geval: Geval) -> None:
    report(list_verloren(geval, woorden(render_voorbeeld(geval))))


# --- every branch -----------------------------------------------------------------------------------------


def list_contexten(voorbeeld: DocumentContext) -> Iterator[DocumentContext]:
    """The example, then contexts that differ from it more and more."""
    yield voorbeeld
    yield from list_varianten(type(voorbeeld), voorbeeld)
    yield from list_willekeurig(type(voorbeeld), voorbeeld, 300)


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
