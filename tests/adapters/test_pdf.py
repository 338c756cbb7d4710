"""PDFs by LibreOffice: of the kind asked, once, past a file that hangs; and without it a clear word."""

from __future__ import annotations

import os
import shutil
import stat
import zlib
from pathlib import Path

import pytest

from aanbesteding.adapters.pdf import (
    Omzetting,
    convert,
    find_soffice,
    is_soort,
    list_ontbrekende_lettertypen,
)
from aanbesteding.documents.render import load_template
from aanbesteding.errors import InvoerError
from documents.maak import HUISSTIJL, make_docx

met_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice (soffice) is er niet; installeer libreoffice-writer-nogui, zoals .ci/run doet",
)
TEKST = """# Kop

Beste {{ naam }}.

| Naam | Punten |
{%tr for p in punten %}
| {{ naam }} | {{ p }} |
{%tr endfor %}"""
GOED = b"%PDF-1.7 /MarkInfo <pdfuaid:part>1</pdfuaid:part> %%EOF"


def make(map_: Path, naam: str = "brief", tekst: str = TEKST) -> Path:
    sjabloon = make_docx(map_ / "sjablonen", tekst, naam="s", titel="Proefbrief")
    pad = map_ / f"{naam}.docx"
    pad.parent.mkdir(parents=True, exist_ok=True)
    template = load_template(sjabloon, huisstijl=HUISSTIJL)
    pad.write_bytes(template.render_bytes({"naam": "Zorg & Zn.", "punten": [1, 2]}))
    return pad


# --- with LibreOffice ---------------------------------------------------------------------------------------


@met_libreoffice
@pytest.mark.traag
@pytest.mark.parametrize(
    ("soort", "merken"),
    [
        pytest.param("pdfua", (b"<pdfuaid:part>1</pdfuaid:part>", b"/StructTreeRoot"), id="toegankelijk"),
        pytest.param(
            "pdfa",
            (
                b"<pdfaid:part>2</pdfaid:part>",
                b"<pdfaid:conformance>B</pdfaid:conformance>",
                b"/OutputIntent",
            ),
            id="archief",
        ),
    ],
)
def test_pdf_is_of_the_kind_asked(tmp_path: Path, soort: str, merken: tuple[bytes, ...]) -> None:
    paden = [make(tmp_path, "een"), make(tmp_path, "map/een"), make(tmp_path, "twee & drie")]
    uitkomst = convert(paden, soort)
    assert uitkomst.mislukt == ()
    assert set(uitkomst.gemaakt) == {pad.with_suffix(".pdf") for pad in paden}
    for pdf in uitkomst.gemaakt:
        inhoud = pdf.read_bytes()
        for merk in (b"/Marked true", b"/Lang(nl-NL)", *merken):
            assert merk in inhoud
        assert "Proefbrief" in find_xmp(inhoud)
        assert b"/TH" in inhoud or "/TH" in inflate(inhoud)
    assert not list(tmp_path.rglob("*.deel"))


def find_xmp(pdf: bytes) -> str:
    begin = pdf.index(b"<x:xmpmeta")
    return pdf[begin : pdf.index(b"</x:xmpmeta>")].decode()


def inflate(pdf: bytes) -> str:
    """All compressed streams of a PDF as text."""
    uit: list[str] = []
    for deel in pdf.split(b"stream\n")[1:]:
        try:
            uit.append(zlib.decompressobj().decompress(deel).decode("latin-1"))
        except zlib.error:
            continue
    return "".join(uit)


@met_libreoffice
@pytest.mark.traag
def test_second_run_makes_nothing_and_another_kind_makes_it_anew(tmp_path: Path) -> None:
    pad = make(tmp_path)
    pdf = pad.with_suffix(".pdf")
    assert convert([pad]) == Omzetting((pdf,), (), ())
    eerste = pdf.stat().st_mtime_ns
    assert convert([pad]) == Omzetting((), (pdf,), ())
    assert pdf.stat().st_mtime_ns == eerste
    assert convert([pad], "pdfa") == Omzetting((pdf,), (), ())
    assert is_soort(pdf, "pdfa")


@met_libreoffice
@pytest.mark.traag
def test_broken_file_fails_alone_and_names_itself(tmp_path: Path) -> None:
    goed, kapot = make(tmp_path, "goed"), tmp_path / "kapot.docx"
    kapot.write_bytes(b"PK\x03\x04 kapot")
    uitkomst = convert([kapot, goed])
    assert uitkomst.gemaakt == (goed.with_suffix(".pdf"),)
    assert [pad for pad, _ in uitkomst.mislukt] == [kapot]


# --- with a stand-in that hangs, falls over or lies ---------------------------------------------------------

NEP = """#!/bin/sh
for deel in "$@"; do
  case "$vorige" in --outdir) uit="$deel" ;; esac
  vorige="$deel"
done
mkdir -p "$uit"
echo start >> "{log}"
for bestand in "$@"; do
  case "$bestand" in
    *hangt.docx) sleep 60 ;;
    *valt.docx) echo "fout in filter" >&2; exit 7 ;;
    *liegt.docx) printf 'geen pdf' > "$uit/$(basename "$bestand" .docx).pdf" ;;
    *.docx) printf '%s' '{pdf}' > "$uit/$(basename "$bestand" .docx).pdf" ;;
  esac
done
"""


@pytest.fixture
def nep(tmp_path: Path) -> Path:
    """A stand-in for LibreOffice that notes every start."""
    pad = tmp_path / "soffice"
    pad.write_text(NEP.format(log=tmp_path / "starts", pdf=GOED.decode()), encoding="utf-8")
    pad.chmod(pad.stat().st_mode | stat.S_IXUSR)
    return pad


def make_leeg(map_: Path, *namen: str) -> list[Path]:
    paden = [map_ / "uit" / f"{naam}.docx" for naam in namen]
    for pad in paden:
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_bytes(b"PK")
    return paden


def count_starts(map_: Path) -> int:
    return len((map_ / "starts").read_text().split())


def test_many_files_take_few_starts(tmp_path: Path, nep: Path) -> None:
    paden = make_leeg(tmp_path, *(f"brief-{n}" for n in range(90)))
    gezien: list[tuple[int, int]] = []
    uitkomst = convert(paden, soffice=nep, meld=lambda gedaan, totaal: gezien.append((gedaan, totaal)))
    assert len(uitkomst.gemaakt) == 90
    assert count_starts(tmp_path) == 3
    assert gezien[-1] == (90, 90)


def test_hang_is_ended_and_costs_one_file(tmp_path: Path, nep: Path) -> None:
    paden = make_leeg(tmp_path, "a", "hangt", "b")
    uitkomst = convert(paden, soffice=nep, seconden=(1, 0))
    assert {pad.stem for pad in uitkomst.gemaakt} == {"a", "b"}
    ((pad, reden),) = uitkomst.mislukt
    assert pad.stem == "hangt"
    assert "gaf na 1 seconden geen antwoord" in reden


@pytest.mark.parametrize(
    ("naam", "reden"), [("valt", "fout 7: fout in filter"), ("liegt", "geen PDF van de gevraagde soort")]
)
def test_failure_is_told_and_the_rest_goes_on(tmp_path: Path, nep: Path, naam: str, reden: str) -> None:
    paden = make_leeg(tmp_path, "a", naam, "b")
    uitkomst = convert(paden, soffice=nep)
    assert {pad.stem for pad in uitkomst.gemaakt} == {"a", "b"}
    assert [(pad.stem, reden in wat) for pad, wat in uitkomst.mislukt] == [(naam, True)]
    assert not paden[1].with_suffix(".pdf").exists()


def test_broken_off_run_goes_on_with_what_is_left(tmp_path: Path, nep: Path) -> None:
    paden = make_leeg(tmp_path, "a", "b", "c")
    assert len(convert(paden[:2], soffice=nep).gemaakt) == 2
    uitkomst = convert(paden, soffice=nep)
    assert [pad.stem for pad in uitkomst.gemaakt] == ["c"]
    assert [pad.stem for pad in uitkomst.aanwezig] == ["a", "b"]


def test_pdf_older_than_its_document_is_made_again(tmp_path: Path, nep: Path) -> None:
    (pad,) = make_leeg(tmp_path, "a")
    convert([pad], soffice=nep)
    os.utime(pad.with_suffix(".pdf"), (1, 1))
    assert len(convert([pad], soffice=nep).gemaakt) == 1


# --- without it ---------------------------------------------------------------------------------------------


def test_without_libreoffice_it_is_said_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InvoerError, match=r"LibreOffice nodig.*De Word-documenten zijn er wel.*apt install"):
        find_soffice()


def test_unknown_kind_is_refused(nep: Path) -> None:
    with pytest.raises(InvoerError, match=r"'pdfx' bestaat niet\. Kies uit: pdfua, pdfa"):
        convert([], "pdfx", soffice=nep)


@pytest.mark.parametrize(
    ("families", "verwacht"),
    [
        pytest.param("Calibri", [], id="het lettertype zelf"),
        pytest.param("Carlito,Carlito Regular", [], id="met dezelfde maten"),
        pytest.param(
            "DejaVu Sans", ["'Calibri' ontbreekt", "installeer fonts-crosextra-carlito"], id="geen van beide"
        ),
    ],
)
def test_missing_typeface_is_told_before_converting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, families: str, verwacht: list[str]
) -> None:
    nep = tmp_path / "bin" / "fc-list"
    nep.parent.mkdir()
    nep.write_text(f"#!/bin/sh\necho '{families}'\n", encoding="utf-8")
    nep.chmod(0o755)
    monkeypatch.setenv("PATH", f"{nep.parent}:{os.environ['PATH']}")
    gevonden = list_ontbrekende_lettertypen([make(tmp_path)])
    assert len(gevonden) == bool(verwacht)
    for deel in verwacht:
        assert deel in gevonden[0]


@pytest.mark.parametrize(
    ("inhoud", "soort", "goed"),
    [
        pytest.param(GOED, "pdfua", True, id="heel en van de soort"),
        pytest.param(GOED, "pdfa", False, id="van een andere soort"),
        pytest.param(GOED[:-6], "pdfua", False, id="afgebroken"),
        pytest.param(b"", "pdfua", False, id="leeg"),
    ],
)
def test_pdf_is_judged_by_its_own_metadata(tmp_path: Path, inhoud: bytes, soort: str, goed: bool) -> None:
    (tmp_path / "x.pdf").write_bytes(inhoud)
    assert is_soort(tmp_path / "x.pdf", soort) is goed
    assert not is_soort(tmp_path / "weg.pdf", soort)
