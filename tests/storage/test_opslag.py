"""What holds of every place of documents, a folder and an object store alike; and what is told when one fails."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from aanbesteding.adapters.prefect import find_vrije_poort
from aanbesteding.engine.samen import run_samen
from aanbesteding.errors import BestandNietBewaard, InvoerError, OpslagWeg
from aanbesteding.storage.files import Bestanden, Opslag
from aanbesteding.storage.objecten import Objecten, open_opslag
from objectopslag import Winkel, winkel_in_gebruik


@pytest.fixture(scope="module")
def winkel() -> Iterator[Winkel]:
    with winkel_in_gebruik() as winkel:
        yield winkel


@pytest.fixture(params=["map", "objectopslag"])
def opslag(request: pytest.FixtureRequest, tmp_path: Path) -> Opslag:
    if request.param == "map":
        return Bestanden(tmp_path / "documenten")
    winkel: Winkel = request.getfixturevalue("winkel")
    return Objecten(f"{winkel.make_emmer()}/documenten", winkel.eindpunt)


def test_what_was_saved_comes_back_with_its_hash(opslag: Opslag):
    sha256 = opslag.save("P", "fase/brief.docx", b"abc")
    assert sha256 == hashlib.sha256(b"abc").hexdigest()
    assert opslag.load("P", "fase/brief.docx") == b"abc"
    assert opslag.hash("P", "fase/brief.docx") == sha256
    assert opslag.check("P", "fase/brief.docx", sha256)
    assert not opslag.check("P", "fase/brief.docx", "0" * 64)


def test_second_write_replaces_the_whole_and_adds_no_file(opslag: Opslag):
    opslag.save("P", "fase/brief.docx", b"een langere inhoud")
    opslag.save("P", "fase/brief.docx", b"kort")
    assert opslag.load("P", "fase/brief.docx") == b"kort"
    assert list(opslag.list_paden("P")) == ["fase/brief.docx"]


def test_what_is_not_there_is_none_and_reading_it_is_an_error(opslag: Opslag):
    assert opslag.hash("P", "fase/weg.docx") is None
    assert not opslag.check("P", "fase/weg.docx", hashlib.sha256(b"").hexdigest())
    with pytest.raises(FileNotFoundError):
        opslag.load("P", "fase/weg.docx")


def test_dossiers_and_their_files_are_listed_in_order_and_apart(opslag: Opslag):
    assert list(opslag.list_dossiers()) == []
    assert list(opslag.list_paden("P")) == []
    for dossier, pad in (("P", "b/2.docx"), ("P", "b/1.docx"), ("P", "a/3.docx"), ("P2", "a/1.docx")):
        opslag.save(dossier, pad, b"x")
    assert list(opslag.list_dossiers()) == ["P", "P2"]
    assert list(opslag.list_paden("P")) == ["a/3.docx", "b/1.docx", "b/2.docx"]
    assert list(opslag.list_paden("P2")) == ["a/1.docx"]


def test_file_that_is_removed_is_gone_and_removing_it_again_is_no_error(opslag: Opslag):
    opslag.save("P", "fase/brief.docx", b"abc")
    opslag.remove("P", "fase/brief.docx")
    opslag.remove("P", "fase/brief.docx")
    assert opslag.hash("P", "fase/brief.docx") is None


def test_fetched_files_are_on_this_machine_whole(opslag: Opslag, tmp_path: Path):
    opslag.save("P", "fase/brief.docx", b"abc")
    er, weg = opslag.fetch("P", ["fase/brief.docx", "fase/weg.docx"], tmp_path / "hier" / "P")
    assert er.read_bytes() == b"abc"
    assert not weg.exists()


@pytest.mark.parametrize("pad", ["../Q/fase/brief.docx", "fase/../../Q/fase/brief.docx"])
def test_no_path_leads_out_of_the_folder_of_its_dossier(opslag: Opslag, pad: str):
    opslag.save("P", "fase/brief.docx", b"van mij")
    opslag.save("Q", "fase/brief.docx", b"van een ander")
    assert opslag.hash("P", pad) is None
    with pytest.raises(FileNotFoundError):
        opslag.load("P", pad)


def test_absolute_path_is_no_path_of_a_dossier(opslag: Opslag):
    assert opslag.hash("P", "/etc/hostname") is None


def test_process_that_is_split_off_writes_with_a_client_of_its_own(winkel: Winkel):
    opslag = Objecten(winkel.make_emmer(), winkel.eindpunt)
    opslag.save("P", "voor.docx", b"voor")
    run_samen(2, lambda nummer: opslag.save("P", f"deel{nummer}.docx", str(nummer).encode()) and None)
    assert list(opslag.list_paden("P")) == ["deel0.docx", "deel1.docx", "voor.docx"]


def test_store_that_does_not_answer_is_told_without_any_secret(winkel: Winkel):
    opslag = Objecten("emmer/documenten", f"http://127.0.0.1:{find_vrije_poort()}")
    with pytest.raises(
        BestandNietBewaard, match=r"s3://emmer/documenten/P/a\.docx.*antwoordt niet"
    ) as bewaren:
        opslag.save("P", "a.docx", b"abc")
    with pytest.raises(OpslagWeg, match="objectopslag") as lezen:
        opslag.check("P", "a.docx", "0" * 64)
    for fout in (bewaren, lezen):
        assert os.environ["AWS_SECRET_ACCESS_KEY"] not in str(fout.value)


def test_bucket_that_is_not_there_is_named(winkel: Winkel):
    with pytest.raises(BestandNietBewaard, match="de emmer bestaat niet"):
        Objecten("bestaat-niet", winkel.eindpunt).save("P", "a.docx", b"abc")


@pytest.mark.parametrize(
    ("url", "eindpunt", "melding"),
    [
        ("ftp://emmer", "", "AANBESTEDING_DOCUMENTEN_URL"),
        ("s3://", "", "AANBESTEDING_DOCUMENTEN_URL"),
        ("s3://sleutel:geheim@emmer", "", "zonder sleutels"),
        ("s3://emmer", "s3.example.nl", "AANBESTEDING_DOCUMENTEN_EINDPUNT"),
        ("", "https://s3.example.nl", "AANBESTEDING_DOCUMENTEN_URL"),
        ("s3://[", "", "AANBESTEDING_DOCUMENTEN_URL"),
        ("s3://emmer:x", "", "AANBESTEDING_DOCUMENTEN_URL"),
        ("s3://emmer/a/../b", "", "AANBESTEDING_DOCUMENTEN_URL"),
        ("s3://emmer//a", "", "AANBESTEDING_DOCUMENTEN_URL"),
        ("s3://emmer", "https://", "AANBESTEDING_DOCUMENTEN_EINDPUNT"),
        ("s3://emmer", "https://[", "AANBESTEDING_DOCUMENTEN_EINDPUNT"),
        ("s3://emmer", "https://s3.example.nl:x", "AANBESTEDING_DOCUMENTEN_EINDPUNT"),
        ("s3://emmer", "https://sleutel:geheim@s3.example.nl", "zonder sleutels"),
        ("s3://emmer", "http://s3.example.nl", "op deze computer zelf"),
    ],
)
def test_wrong_setting_is_refused_by_its_name_and_without_its_value(
    tmp_path: Path, url: str, eindpunt: str, melding: str
):
    with pytest.raises(InvoerError, match=melding) as fout:
        open_opslag(tmp_path, url, eindpunt)
    assert "geheim" not in str(fout.value)


def test_both_settings_of_the_store_are_judged_at_once(tmp_path: Path):
    with pytest.raises(InvoerError) as fout:
        open_opslag(tmp_path, "ftp://emmer", "s3.example.nl")
    assert [f.partition(" ")[0] for f in fout.value.fouten] == [
        "AANBESTEDING_DOCUMENTEN_URL",
        "AANBESTEDING_DOCUMENTEN_EINDPUNT",
    ]


def test_store_on_this_machine_needs_no_https(tmp_path: Path):
    for eindpunt in ("http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"):
        assert open_opslag(tmp_path, "s3://emmer", eindpunt) == Objecten("emmer", eindpunt)


def test_without_setting_documents_are_in_a_folder(tmp_path: Path):
    assert open_opslag(tmp_path, "", "") == Bestanden(tmp_path)
    assert isinstance(open_opslag(tmp_path, "s3://emmer/map/", ""), Objecten)
