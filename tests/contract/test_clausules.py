"""Clauses can be traced: each has one id and version, and a version never changes its words."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from pathlib import Path

import pytest

from clausules import (
    REGISTER,
    Vastgelegd,
    list_clausules,
    list_fouten,
    main,
    read_register,
    render_register,
    update_register,
)
from contract.sjabloonlijst import GEVALLEN, Geval, render_voorbeeld, report
from sjabloon import build_sjabloon, parse_concept

TAG = re.compile(r'<w:tag w:val="clausule:([a-z][a-z0-9_-]*):([1-9]\d*)"/>')
EEN = Vastgelegd("recht", 2, "Recht", "gunning/brief.docx", "aa")


def test_the_clauses_of_the_library_have_one_id_a_version_and_the_registered_text() -> None:
    report(list_fouten(list_clausules(), read_register()))


def test_the_register_is_fresh() -> None:
    versies = update_register(list_clausules(), read_register())
    assert REGISTER.read_text("utf-8") == render_register(versies), "draai 'make clausules'"


@pytest.mark.parametrize(
    ("clausules", "fout"),
    [
        pytest.param([EEN], None, id="een ongewijzigde clausule mag"),
        pytest.param(
            [dataclasses.replace(EEN, sha256="bb")], "maak er versie 3 van", id="andere tekst, zelfde versie"
        ),
        pytest.param(
            [dataclasses.replace(EEN, sha256="bb", versie=3)], None, id="andere tekst, nieuwe versie"
        ),
        pytest.param(
            [dataclasses.replace(EEN, versie=1)], "versie 2 was er al", id="terug naar een oude versie"
        ),
        pytest.param(
            [EEN, dataclasses.replace(EEN, sjabloon="gunning/ander.docx")],
            "staat ook in gunning/brief.docx",
            id="zelfde naam in twee sjablonen",
        ),
        pytest.param([EEN, EEN, dataclasses.replace(EEN)], "staat ook in", id="twee keer in een sjabloon"),
        pytest.param(
            [EEN, dataclasses.replace(EEN, sjabloon="_regio/x/gunning/brief.docx")],
            None,
            id="regionale variant met dezelfde tekst mag",
        ),
        pytest.param(
            [EEN, dataclasses.replace(EEN, sjabloon="_regio/x/gunning/brief.docx", sha256="bb")],
            "andere tekst dan in gunning/brief.docx",
            id="regionale variant met andere tekst",
        ),
        pytest.param([dataclasses.replace(EEN, versie=0)], "mist", id="zonder versie"),
        pytest.param([dataclasses.replace(EEN, id="Recht 1")], "mist", id="naam met spatie en hoofdletter"),
    ],
)
def test_fault_in_a_clause_is_named(clausules: list[Vastgelegd], fout: str | None) -> None:
    fouten = list_fouten(clausules, {EEN.sleutel: EEN})
    assert (not fouten) if fout is None else any(fout in f for f in fouten)


def test_a_registered_version_stays_when_a_new_one_comes() -> None:
    nieuw = dataclasses.replace(EEN, sha256="bb", versie=3)
    assert sorted(update_register([nieuw], {EEN.sleutel: EEN})) == [EEN, nieuw]


def test_make_clausules_refuses_a_changed_text_under_an_old_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pad = tmp_path / "brief.docx"
    concept = "titel: x\n\n[[clausule: recht {} | Recht]]\n\n{}\n\n[[einde clausule]]\n"
    monkeypatch.setattr("clausules.list_clausules", lambda: list_clausules(tmp_path))
    monkeypatch.setattr("clausules.REGISTER", register := tmp_path / "r.toml")
    monkeypatch.setattr("clausules.read_register", lambda: read_register(register))
    uitkomsten: list[int] = []
    for versie, tekst in ((1, "U mag."), (1, "U mag niet."), (2, "U mag niet.")):
        pad.write_bytes(build_sjabloon(parse_concept(concept.format(versie, tekst))))
        uitkomsten.append(main([]))
    assert uitkomsten == [0, 2, 0]
    assert "maak er versie 2 van" in capsys.readouterr().err
    assert sorted(v.versie for v in read_register(register).values()) == [1, 2]


OVEREENKOMSTEN = [g for g in GEVALLEN if b"Artikellid" in zipfile.ZipFile(g.pad).read("word/styles.xml")]


@pytest.mark.parametrize("geval", OVEREENKOMSTEN, ids=lambda g: g.naam)
def test_every_article_of_an_agreement_is_a_clause(geval: Geval) -> None:
    with zipfile.ZipFile(io.BytesIO(render_voorbeeld(geval))) as pakket:
        body = pakket.read("word/document.xml").decode()
    buiten = re.sub(r"<w:sdt>(?:(?!<w:sdt>).)*?</w:sdt>", "", body, flags=re.DOTALL)
    assert 'w:val="Heading1"' not in buiten
    assert 'w:val="Artikellid"' not in buiten


def test_every_registered_clause_that_stands_in_a_template_reaches_a_document() -> None:
    gemaakt: set[tuple[str, int]] = set()
    for geval in GEVALLEN:
        with zipfile.ZipFile(io.BytesIO(render_voorbeeld(geval))) as pakket:
            body = pakket.read("word/document.xml").decode()
        gemaakt |= {(id_, int(versie)) for id_, versie in TAG.findall(body)}
    voorwaardelijk = {c.sleutel for c in list_clausules()} - gemaakt
    assert {id_ for id_, _ in voorwaardelijk} <= VOORWAARDELIJK


# clauses whose condition no example meets
VOORWAARDELIJK: set[str] = {"hvb_gebied", "hvb_gebied_concept"}
