"""Workbooks: every fault at once with its place, text stays text, and nothing is half read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from pydantic import AwareDatetime, Field

from aanbesteding.adapters import werkboek
from aanbesteding.adapters.werkboek import load_werkboek, save_werkboek
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.errors import InvoerError
from bouwers import AMSTERDAM, moment


class Rij(Gegevensmodel):
    rij: int
    sleutel: str = Field(pattern=r"^[a-z0-9-]+$")
    aantal: int = Field(default=0, ge=0)
    prijs: Decimal | None = None
    sinds: date | None = None
    ontvangen: AwareDatetime | None = None


class Los(Gegevensmodel):
    naam: str


KOLOMMEN = ("sleutel", "aantal", "prijs", "sinds", "ontvangen")


def make_boek(map_: Path, bladen: Mapping[str, Iterable[Iterable[Any]]], naam: str = "in.xlsx") -> Path:
    boek = Workbook()
    boek.remove(boek.worksheets[0])
    for titel, rijen in bladen.items():
        blad = boek.create_sheet(titel)
        for rij in rijen:
            blad.append(list(rij))
    pad = map_ / naam
    boek.save(pad)
    return pad


def make_csv(map_: Path, tekst: str, naam: str = "in.csv", **keuze: Any) -> Path:
    pad = map_ / naam
    pad.write_bytes(tekst.encode(**({"encoding": "utf-8"} | keuze)))
    return pad


def load_fouten(pad: Path, bladen: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    with pytest.raises(InvoerError) as fout:
        load_werkboek(pad, bladen or {"regels": Rij})
    return fout.value.fouten


def make_zip(map_: Path, blad: bytes) -> Path:
    """A workbook whose first sheet is replaced by these bytes."""
    bron = make_boek(map_, {"los": [("naam",), ("x",)]})
    pad = map_ / "kapot.xlsx"
    with zipfile.ZipFile(bron) as oud, zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for deel in oud.infolist():
            inhoud = blad if deel.filename.startswith("xl/worksheets/sheet") else oud.read(deel)
            nieuw.writestr(deel.filename, inhoud)
    return pad


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
KOP = '<row r="1"><c r="A1" t="inlineStr"><is><t>naam</t></is></c></row>'


# --- good -----------------------------------------------------------------------------------------------------


def test_workbook_becomes_validated_rows_with_their_row_number(tmp_path: Path):
    pad = make_boek(
        tmp_path,
        {
            "regels": [
                KOLOMMEN,
                ("a", 1, 12.5, date(2026, 3, 1), moment("2026-03-01 14:30").replace(tzinfo=None)),
                (None, None, None, None, None),
                ("b", 2.0, None, None, moment("2026-07-01 12:00").replace(tzinfo=None)),
            ],
            "los": [("naam",), ("x",)],
            "uitleg": [("een blad dat niemand vraagt",)],
        },
    )
    uit = load_werkboek(pad, {"regels": Rij, "los": Los})
    assert uit["los"] == (Los(naam="x"),)
    a, b = uit["regels"]
    assert (a.rij, a.aantal, a.prijs, a.sinds) == (2, 1, Decimal("12.5"), date(2026, 3, 1))
    assert a.ontvangen == moment("2026-03-01 14:30")
    assert (b.rij, b.aantal, b.prijs) == (4, 2, None)
    assert b.ontvangen.utcoffset() == datetime(2026, 7, 1, tzinfo=AMSTERDAM).utcoffset()


@pytest.mark.parametrize(
    "tekst",
    [
        pytest.param("sleutel;aantal\na;1\nb;2\n", id="met puntkomma"),
        pytest.param("sleutel,aantal\na,1\nb,2\n", id="met komma"),
        pytest.param("\ufeffsleutel;aantal\r\na;1\r\n\r\nb;2", id="zoals Excel het bewaart"),
        pytest.param('"sleutel";"aantal"\n"a";"1"\n"b";"2"\n', id="met aanhalingstekens"),
        pytest.param("aantal;sleutel\n1;a\n2;b\n", id="kolommen in een andere volgorde"),
    ],
)
def test_csv_is_read_like_a_workbook_of_one_sheet(tmp_path: Path, tekst: str):
    uit = load_werkboek(make_csv(tmp_path, tekst), {"regels": Rij})["regels"]
    assert [(r.sleutel, r.aantal) for r in uit] == [("a", 1), ("b", 2)]


def test_csv_with_a_comma_inside_the_text_keeps_it(tmp_path: Path):
    uit = load_werkboek(make_csv(tmp_path, 'naam\n"Jansen, Piet"\n'), {"los": Los})
    assert uit["los"] == (Los(naam="Jansen, Piet"),)


@pytest.mark.parametrize("naam", ["in.xlsx", "in.csv"])
def test_leading_zeros_of_text_are_kept(tmp_path: Path, naam: str):
    rijen = [("naam",), ("00012345",)]
    pad = (
        make_boek(tmp_path, {"los": rijen})
        if naam.endswith("x")
        else make_csv(tmp_path, "\n".join(r[0] for r in rijen))
    )
    assert load_werkboek(pad, {"los": Los})["los"] == (Los(naam="00012345"),)


def test_written_workbook_reads_back_the_same(tmp_path: Path):
    pad = tmp_path / "sub" / "uit.xlsx"
    rijen = [
        ("a", 1, Decimal("12.50"), date(2026, 3, 1), moment("2026-07-01 14:30")),
        ("b", 0, None, None, None),
    ]
    save_werkboek(pad, {"regels": (KOLOMMEN, rijen)})
    a, b = load_werkboek(pad, {"regels": Rij})["regels"]
    assert (a.sleutel, a.aantal, a.prijs, a.sinds, a.ontvangen) == rijen[0]
    assert (b.sleutel, b.prijs) == ("b", None)


# --- formulas -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tekst", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(A1)", "=cmd|'/c x'!A0"]
)
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, tekst: str):
    pad = tmp_path / "uit.xlsx"
    save_werkboek(pad, {"los": (("naam",), [(tekst,)])})
    cel = load_workbook(pad)["los"]["A2"]
    assert (cel.data_type, cel.value) == ("s", tekst)
    assert load_werkboek(pad, {"los": Los})["los"] == (Los(naam=tekst),)


def make_formule(map_: Path, cel: str) -> Path:
    return make_zip(map_, SHEET.format(KOP + f'<row r="2">{cel}</row>').encode())


def test_formula_gives_the_outcome_that_the_workbook_holds(tmp_path: Path):
    pad = make_formule(tmp_path, '<c r="A2" t="str"><f>"a"&amp;"b"</f><v>bewaard</v></c>')
    assert load_werkboek(pad, {"los": Los})["los"] == (Los(naam="bewaard"),)


def test_formula_without_an_outcome_is_not_taken_for_an_empty_cell(tmp_path: Path):
    pad = make_formule(tmp_path, '<c r="A2"><f>1+1</f></c>')
    assert "rij 2" in load_fouten(pad, {"los": Los})[0]


# --- faults ---------------------------------------------------------------------------------------------------


def test_every_fault_is_named_at_once_with_sheet_row_and_column(tmp_path: Path):
    pad = make_boek(
        tmp_path,
        {
            "regels": [KOLOMMEN, ("Fout!", -1, "veel", "gisteren", None), ("goed", 1), (None, "twee")],
            "los": [("naam",), (None,)],
            "extra": [("naam", "iets"), ("x", "y")],
        },
    )
    fouten = load_fouten(pad, {"regels": Rij, "los": Los, "extra": Los, "weg": Los})
    tekst = "\n".join(fouten)
    for plaats in (
        "blad 'regels', rij 2: veld 'sleutel'",
        "blad 'regels', rij 2: veld 'aantal'",
        "blad 'regels', rij 2: veld 'prijs'",
        "blad 'regels', rij 2: veld 'sinds'",
        "blad 'regels', rij 4: veld 'sleutel'",
        "blad 'regels', rij 4: veld 'aantal'",
        "blad 'extra': de kolom 'iets' is onbekend",
        "het blad 'weg' ontbreekt. Aanwezig: regels, los, extra",
    ):
        assert plaats in tekst
    assert all(f.startswith("in.xlsx") for f in fouten)
    assert "rij 3" not in tekst


@pytest.mark.parametrize(
    ("rijen", "verwacht"),
    [
        pytest.param([("aantal",), (1,)], "de kolom 'sleutel' ontbreekt", id="verplichte kolom ontbreekt"),
        pytest.param(
            [("sleutel", "Sleutel"), ("a", "b")], "de kolom 'Sleutel' is onbekend", id="onbekende kolom"
        ),
        pytest.param([("sleutel", "sleutel"), ("a", "b")], "meer dan één keer", id="dubbele kolom"),
        pytest.param([], "het blad is leeg", id="leeg blad"),
        pytest.param([(None, None)], "het blad is leeg", id="blad met lege rijen"),
        pytest.param([("rij", "sleutel"), (1, "a")], "de kolom 'rij' is onbekend", id="eigen rijnummers"),
    ],
)
def test_fault_in_the_columns(tmp_path: Path, rijen: Any, verwacht: str):
    (fout,) = load_fouten(make_boek(tmp_path, {"regels": rijen}))
    assert fout.startswith("in.xlsx, blad 'regels'")
    assert verwacht in fout


@pytest.mark.parametrize(
    "inhoud",
    [
        pytest.param(b"", id="leeg bestand"),
        pytest.param(b"geen zip", id="geen zip"),
        pytest.param(b"PK\x03\x04kapot", id="kapotte zip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, id="versleuteld of oud Excel"),
    ],
)
def test_file_that_is_no_workbook_is_told_in_dutch(tmp_path: Path, inhoud: bytes):
    pad = tmp_path / "in.xlsx"
    pad.write_bytes(inhoud)
    (fout,) = load_fouten(pad)
    assert fout == "in.xlsx: dit is geen leesbaar Excel-werkboek (.xlsx)."


def test_zip_that_is_no_workbook_is_told_in_dutch(tmp_path: Path):
    pad = tmp_path / "in.xlsx"
    with zipfile.ZipFile(pad, "w") as archief:
        archief.writestr("iets.txt", "x")
    assert load_fouten(pad) == ("in.xlsx: dit is geen leesbaar Excel-werkboek (.xlsx).",)


@pytest.mark.parametrize(
    "blad",
    [
        pytest.param(
            b"<worksheet><sheetData><row>",
            id="het blad breekt af",
        ),
        pytest.param(
            SHEET.format(KOP + '<row r="2"><c r="A2"><v>1e999</v></c></row>').encode(),
            id="een oneindig getal",
        ),
        pytest.param(
            SHEET.format(KOP + '<row r="2"><c r="A2"><v>abc</v></c></row>').encode(),
            id="een getal dat geen getal is",
        ),
    ],
)
def test_broken_sheet_is_told_in_dutch(tmp_path: Path, blad: bytes):
    assert "kapot.xlsx" in load_fouten(make_zip(tmp_path, blad), {"los": Los})[0]


def test_sheet_with_an_entity_bomb_is_refused(tmp_path: Path):
    bom = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + SHEET.format(KOP + '<row r="2"><c r="A2" t="inlineStr"><is><t>&b;</t></is></c></row>').encode()
    )
    with pytest.raises(Exception, match=r"Excel|[Ee]ntit"):
        load_werkboek(make_zip(tmp_path, bom), {"los": Los})


def test_missing_file_is_told_in_dutch(tmp_path: Path):
    (fout,) = load_fouten(tmp_path / "weg.xlsx")
    assert "weg.xlsx: het bestand bestaat niet" in fout


def test_csv_for_more_than_one_sheet_asks_for_a_workbook(tmp_path: Path):
    (fout,) = load_fouten(make_csv(tmp_path, "naam\nx\n"), {"a": Los, "b": Los})
    assert "hier horen 2 bladen bij (a, b)" in fout


def test_csv_in_another_encoding_is_told_in_dutch(tmp_path: Path):
    (fout,) = load_fouten(make_csv(tmp_path, "naam\nCafé\n", encoding="latin-1"), {"los": Los})
    assert fout == "in.csv: het bestand is niet in UTF-8 bewaard."


@pytest.mark.parametrize(
    "tekst",
    [
        pytest.param("naam\nJansen, Piet\n", id="komma in een CSV met één kolom"),
        pytest.param(
            "naam;\nx;verborgen\n",
            id="waarde onder een lege kop",
        ),
    ],
)
def test_value_outside_the_columns_is_never_dropped_in_silence(tmp_path: Path, tekst: str):
    try:
        uit = load_werkboek(make_csv(tmp_path, tekst), {"los": Los})["los"]
    except InvoerError:
        return
    assert uit == (Los(naam="Jansen, Piet"),)


def test_value_under_an_empty_heading_of_a_workbook_is_never_dropped_in_silence(tmp_path: Path):
    pad = make_boek(tmp_path, {"los": [("naam", None), ("x", "verborgen")]})
    assert "rij 2" in load_fouten(pad, {"los": Los})[0]


def test_csv_row_with_more_values_than_columns_is_a_fault(tmp_path: Path):
    pad = make_csv(tmp_path, "sleutel,aantal\nzorg,1,2\n")
    assert "rij 2" in load_fouten(pad)[0]


# --- huge -----------------------------------------------------------------------------------------------------


def test_file_that_is_too_big_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(werkboek, "MAX_BYTES", 1_000_000)
    pad = tmp_path / "in.xlsx"
    pad.write_bytes(b"0" * 1_000_001)
    assert load_fouten(pad) == ("in.xlsx: het bestand is groter dan 1 MB.",)


def test_workbook_that_is_too_big_when_unpacked_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(werkboek, "MAX_UITGEPAKT", 100_000)
    pad = make_zip(tmp_path, b" " * 200_000)
    assert pad.stat().st_size < 100_000
    assert "uitgepakt is dit werkboek te groot" in load_fouten(pad, {"los": Los})[0]


@pytest.mark.parametrize(
    "naam",
    [
        pytest.param("in.xlsx", id="werkboek"),
        pytest.param(
            "in.csv",
            id="een lang csv-bestand",
        ),
    ],
)
def test_sheet_with_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, naam: str):
    monkeypatch.setattr(werkboek, "MAX_RIJEN", 10)
    rijen = [("naam",), *[("x",)] * 20]
    pad = (
        make_boek(tmp_path, {"los": rijen})
        if naam.endswith("x")
        else make_csv(tmp_path, "\n".join(r[0] for r in rijen))
    )
    assert "meer dan 10 rijen" in load_fouten(pad, {"los": Los})[0]
