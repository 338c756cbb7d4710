"""`aanbesteding sjabloon render`: a document per line, or a fault per line and no document at all."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aanbesteding.cli import main
from aanbesteding.documents.text import extract_text
from documents.maak import make_docx

TEKST = "# Uitslag\n\nBeste {{ naam }}, op {{ dag|datum }} kost het {{ prijs|euro }}.\n\nSlot."
GOED: dict[str, Any] = {"naam": "Zorg & Zo <BV>", "dag": "2026-04-14", "prijs": 1.50, "code": "brief-1"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    make_docx(tmp_path, TEKST)
    monkeypatch.chdir(tmp_path)

    def run(regels: list[Any], *keuze: str) -> tuple[int, str, str]:
        tekst = "\n".join(r if isinstance(r, str) else json.dumps(r) for r in regels)
        Path("c.jsonl").write_text(tekst, "utf-8")
        opdracht = ["aanbesteding", "sjabloon", "render", "proef.docx", "c.jsonl", "--map", "uit", *keuze]
        monkeypatch.setattr(sys, "argv", opdracht)
        code = 0
        try:
            main()
        except SystemExit as einde:
            code = int(einde.code or 0)
        return code, *capsys.readouterr()

    return run


def list_hashes(map_: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in map_.iterdir()}


def test_every_line_becomes_a_document_with_typed_values(run: Any, tmp_path: Path) -> None:
    code, uit, _ = run([GOED, "", {**GOED, "code": "brief-2"}], "--naam", "code")
    assert (code, sorted(p.name for p in (tmp_path / "uit").iterdir())) == (
        0,
        ["brief-1.docx", "brief-2.docx"],
    )
    assert uit.startswith("2 documenten gemaakt in")
    assert "per seconde" in uit
    tekst = extract_text((tmp_path / "uit" / "brief-1.docx").read_bytes())
    assert "Beste Zorg & Zo <BV>, op 14 april 2026 kost het € 1,50." in tekst


@pytest.mark.parametrize(
    ("regel", "wat"),
    [
        pytest.param("{", "Regel 2: geen geldige JSON op teken 2", id="kapotte JSON"),
        pytest.param("[1]", "Regel 2: hier hoort een JSON-object", id="een lijst"),
        pytest.param('{"code": NaN}', "Regel 2: NaN is geen getal", id="geen getal"),
        pytest.param(
            {"naam": "x"}, "Regel 2: het veld 'code' voor de bestandsnaam ontbreekt", id="geen naam"
        ),
        pytest.param(GOED, "Regel 2: de naam 'brief-1.docx' is al gebruikt op regel 1", id="dubbele naam"),
        pytest.param({**GOED, "code": "BRIEF-1"}, "al gebruikt op regel 1", id="alleen hoofdletters anders"),
        pytest.param({**GOED, "code": "../x"}, "geen veilige bestandsnaam", id="pad omhoog"),
        pytest.param({**GOED, "code": "a\x00b"}, "geen veilige bestandsnaam", id="stuurteken"),
        pytest.param({**GOED, "code": "NUL"}, "geen veilige bestandsnaam", id="apparaat"),
        pytest.param({**GOED, "code": ""}, "geen veilige bestandsnaam", id="lege naam"),
        pytest.param({**GOED, "code": "é" * 101}, "geen veilige bestandsnaam", id="te lang"),
        pytest.param({**GOED, "code": ["x"]}, "geen tekst of geheel getal", id="lijst als naam"),
        pytest.param({**GOED, "naam": None, "code": "b2"}, r"Regel 2: Sjabloon 'proef.docx'", id="leeg veld"),
        pytest.param({"code": "b2", "naan": "x"}, "het veld 'naam' bestaat niet", id="onbekend veld"),
        pytest.param({**GOED, "naam": "2026-04-14", "code": "b2"}, "|datum", id="datum zonder filter"),
        pytest.param({**GOED, "naam": "a\x07b", "code": "b2"}, "U+0007", id="besturingsteken"),
    ],
)
def test_fault_names_the_line_and_nothing_is_written(run: Any, tmp_path: Path, regel: Any, wat: str) -> None:
    code, _, fout = run([GOED, regel], "--naam", "code")
    assert code == 2
    assert wat in fout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.jsonl", "proef.docx"]


def test_all_faults_are_told_at_once(run: Any) -> None:
    code, _, fout = run(["{", "[", *["1"] * 30])
    assert (code, fout.count("Regel ")) == (2, 20)
    assert "en nog 12 fouten" in fout


def test_existing_documents_are_kept_unless_asked(run: Any, tmp_path: Path) -> None:
    run([GOED], "--naam", "code")
    eerste = list_hashes(tmp_path / "uit")
    (tmp_path / "uit" / "ander.txt").write_text("blijft")
    nieuw = [{**GOED, "naam": "Een ander"}, {**GOED, "code": "brief-2"}]
    code, _, fout = run(nieuw, "--naam", "code")
    assert (code, "'brief-1.docx' bestaat al" in fout) == (2, True)
    assert list_hashes(tmp_path / "uit").items() >= eerste.items()
    assert run(nieuw, "--naam", "code", "--overschrijf")[0] == 0
    assert sorted(list_hashes(tmp_path / "uit")) == ["ander.txt", "brief-1.docx", "brief-2.docx"]
    assert list_hashes(tmp_path / "uit")["brief-1.docx"] != eerste["brief-1.docx"]


def test_one_process_and_three_give_the_same_bytes(run: Any, tmp_path: Path) -> None:
    regels = [{**GOED, "naam": f"Zorg {n}", "code": f"b{n}"} for n in range(170)]
    assert run(regels, "--naam", "code")[0] == 0
    een = list_hashes(tmp_path / "uit")
    assert run(regels, "--naam", "code", "--processen", "3", "--overschrijf")[0] == 0
    assert (len(een), list_hashes(tmp_path / "uit")) == (170, een)


def test_a_name_given_twice_is_found_between_processes(run: Any, tmp_path: Path) -> None:
    regels = [{**GOED, "code": f"b{n % 150}"} for n in range(153)]
    for processen in ("1", "2"):
        code, _, fout = run(regels, "--naam", "code", "--processen", processen)
        assert (code, fout.count("is al gebruikt op regel")) == (2, 3)
        assert "Regel 151: de naam 'b0.docx' is al gebruikt op regel 1;" in fout
        assert not (tmp_path / "uit").exists()


def test_faults_of_several_processes_leave_nothing(run: Any, tmp_path: Path) -> None:
    regels = [{**GOED, "code": f"b{n}"} for n in range(120)] + [{"code": "x"}]
    code, _, fout = run(regels, "--naam", "code", "--processen", "2")
    assert (code, "Regel 121: " in fout, (tmp_path / "uit").exists()) == (2, True, False)


@pytest.mark.parametrize("keuze", [["--referentie"], ["--soepel"], ["--referentie", "--soepel"]])
def test_other_ways_give_the_same_text(run: Any, tmp_path: Path, keuze: list[str]) -> None:
    make_docx(tmp_path, "Beste {{ naam }}.{{ weg }}")
    assert run([{"naam": "A & B"}], *keuze)[0] == 0
    assert "Beste A & B." in extract_text((tmp_path / "uit" / "000001.docx").read_bytes())


@pytest.mark.parametrize("keuze", [[], ["--soepel"]], ids=["streng", "soepel"])
def test_a_broken_template_is_told_once(run: Any, tmp_path: Path, keuze: list[str]) -> None:
    make_docx(tmp_path, "# Kop\n\nBeste {{ naam }} {% if a %}.")
    code, _, fout = run([GOED] * 5, *keuze)
    assert (code, fout.count("de opdracht klopt niet"), "Regel" in fout) == (2, 1, False)
    (tmp_path / "proef.docx").write_text("geen Word")
    code, _, fout = run([GOED], *keuze)
    assert (code, "dit is geen Word-bestand" in fout) == (2, True)


def test_missing_files_are_named(run: Any, tmp_path: Path) -> None:
    (tmp_path / "proef.docx").unlink()
    assert "'proef.docx' bestaat niet" in run([GOED])[2]
    assert "bevat geen contexten" in run([])[2]


@pytest.mark.parametrize(
    "keuze", [[], ["--soepel"], ["--referentie"]], ids=["streng", "soepel", "referentie"]
)
@pytest.mark.parametrize(
    ("maak_stuk", "wat"),
    [
        pytest.param(lambda data: data[: len(data) // 2], "beschadigd", id="half bestand"),
        pytest.param(lambda data: b"", "geen Word-bestand", id="leeg bestand"),
        pytest.param(lambda data: _edit(data, 6, 8, 1), "beschadigd", id="versleuteld"),
        pytest.param(lambda data: _edit(data, 8, 10, 77), "beschadigd", id="onbekende inpakmethode"),
        pytest.param(lambda data: _add(data, "word/vbaProject.bin", b"x"), "macro's", id="met macro's"),
        pytest.param(lambda data: _add(data, "word/bom.bin", bytes(200_000_000)), "zipbom", id="zipbom"),
        pytest.param(
            lambda data: _add(data, "word/stuk.xml", b"<x"), "stuk.xml is beschadigd", id="kapotte XML"
        ),
    ],
)
def test_a_template_that_is_no_sound_word_file_is_refused_in_dutch(
    run: Any, tmp_path: Path, maak_stuk: Any, wat: str, keuze: list[str]
) -> None:
    run([GOED])
    pad = tmp_path / "proef.docx"
    pad.write_bytes(maak_stuk(pad.read_bytes()))
    code, _, fout = run([GOED], "--overschrijf", *keuze)
    assert (code, wat in fout, "Regel 1" in fout) == (2, True, False), fout


def _edit(data: bytes, lokaal: int, centraal: int, waarde: int) -> bytes:
    """Set a byte in every local and central header of a zip."""
    stuk = bytearray(data)
    for merk, plek in ((b"PK\x03\x04", lokaal), (b"PK\x01\x02", centraal)):
        gevonden = stuk.find(merk)
        while gevonden >= 0:
            stuk[gevonden + plek] = waarde
            gevonden = stuk.find(merk, gevonden + 4)
    return bytes(stuk)


def _add(data: bytes, naam: str, inhoud: bytes) -> bytes:
    uit = io.BytesIO(data)
    with zipfile.ZipFile(uit, "a", zipfile.ZIP_DEFLATED) as pakket:
        pakket.writestr(naam, inhoud)
    return uit.getvalue()


@pytest.mark.parametrize(
    ("regel", "wat"),
    [
        pytest.param(
            '{"naam": ' + "9" * 5000 + "}", "het getal 99999999999999999999… is te lang", id="heel lang getal"
        ),
        pytest.param(
            '{"naam": 1e99999999999999999999}',
            "is te groot of te klein",
            id="getal met een onmogelijke macht",
        ),
        pytest.param('{"naam": "a", "naam": "b"}', "het veld 'naam' staat er dubbel in", id="veld dubbel"),
        pytest.param("[]", "geen lijst", id="een lijst"),
        pytest.param("null", "geen null", id="null"),
    ],
)
def test_a_line_that_json_would_bend_is_refused(run: Any, regel: str, wat: str) -> None:
    code, _, fout = run([regel])
    assert (code, wat in fout) == (2, True), fout


def test_a_folder_in_the_place_of_a_document_stops_all_before_anything_is_replaced(
    run: Any, tmp_path: Path
) -> None:
    (tmp_path / "uit" / "000002.docx").mkdir(parents=True)
    code, _, fout = run([GOED, GOED, GOED], "--overschrijf")
    assert (code, "'000002.docx' is in 'uit' zelf een map" in fout) == (2, True)
    assert [p.name for p in (tmp_path / "uit").iterdir()] == ["000002.docx"]
    assert not list(tmp_path.glob(".uit-bezig-*"))


def test_a_link_to_nowhere_is_no_target(run: Any, tmp_path: Path) -> None:
    (tmp_path / "uit").symlink_to(tmp_path / "nergens")
    code, _, fout = run([GOED])
    assert (code, "is geen map" in fout) == (2, True)


@pytest.mark.parametrize("processen", ["1", "2"])
def test_a_full_disk_is_told_and_leaves_nothing(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processen: str
) -> None:
    def write(_pad: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("aanbesteding.documents.render_uitvoer._write", write)
    code, _, fout = run([GOED] * 120, "--processen", processen)
    assert (code, "de schijf is vol" in fout) == (1, True), fout
    assert not (tmp_path / "uit").exists()
    assert not list(tmp_path.glob(".uit-bezig-*"))
