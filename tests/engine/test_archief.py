"""An archive holds a whole dossier and proves itself; a backup comes back into an empty environment, or not at all."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from aanbesteding.engine import archief, archiefcontrole
from aanbesteding.engine.app import App
from aanbesteding.engine.archief import ALLES, DOSSIER, ArchiefBeschadigd, check_archief, restore
from aanbesteding.engine.herbereken import recalculate
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.engine.verifieer import verify
from aanbesteding.errors import InvoerError, OnbekendDossier
from aanbesteding.storage.tabellen import (
    NOOIT_IN_ARCHIEF,
    VERTROUWELIJK,
    count_rijen,
    iter_regels,
    list_tabellen,
    open_momentopname,
    select_dossier,
)
from fakes import GEHEIM, make_app, save_dossier, wijs_openers_aan

INKOPER = "inkoper.demo"
CONTROLE = Path(archiefcontrole.__file__)
VRIJ = {
    ("document", "status"),  # how far a document has come follows from what is done with it
    ("document", "id"),
    ("toezegging", "id"),
    ("toezegging", "fout"),
    ("feit", "id"),
}
"""Columns that are no evidence: they may change after a row was recorded."""


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory: pytest.TempPathFactory) -> App:
    """Two dossiers: one of three acts with all its documents and a sealed bid, and another one beside it."""
    app = make_app(tmp_path_factory.mktemp("gevuld"))
    save_dossier(app)
    save_dossier(app, "ANDER")
    wijs_openers_aan(app)
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    perform(app, "PROEF", "bod_ontvangen", {"nummer": "1", "tekst": GEHEIM}, INKOPER)
    perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 2}, INKOPER)
    perform(app, "ANDER", "proef_starten", None, INKOPER)
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()
    return app


@pytest.fixture(scope="module")
def geschreven(gevuld: App, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archief.save_archief(gevuld, "PROEF", tmp_path_factory.mktemp("archief") / "PROEF.zip").pad


def run_controle(pad: Path, *meer: str) -> tuple[int, str]:
    """Run the program as somebody who has nothing but Python: isolated, outside this package."""
    klaar = subprocess.run(
        [sys.executable, "-I", "-S", str(CONTROLE), str(pad), *meer],
        capture_output=True,
        text=True,
        check=False,
    )
    return klaar.returncode, klaar.stdout + klaar.stderr


def rewrite(bron: Path, doel: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The same archive with members changed (None: left out) by somebody who also recounts every hash of the file."""
    with zipfile.ZipFile(bron) as zip_:
        leden = {n: change(n, zip_.read(n)) for n in zip_.namelist() if n != archiefcontrole.SOMMEN}
    stromen = ((naam, iter([inhoud])) for naam, inhoud in leden.items() if inhoud is not None)
    return archief._write(doel, stromen).pad


def test_archive_is_in_order_for_a_program_that_knows_nothing_of_the_package(geschreven: Path, gevuld: App):
    code, uit = run_controle(geschreven)
    assert (code, "In orde: dossier PROEF" in uit) == (0, True), uit
    kop = verify(gevuld, "PROEF").kop
    assert run_controle(geschreven, "--kop", kop)[0] == 0
    code, uit = run_controle(geschreven, "--kop", "0" * 64)
    assert (code, "kop komt niet voor" in uit) == (1, True)


def test_same_dossier_gives_the_same_archive_byte_for_byte(geschreven: Path, gevuld: App, tmp_path: Path):
    nieuw = archief.save_archief(gevuld, "PROEF", tmp_path / "anders.zip")
    assert nieuw.pad.read_bytes() == geschreven.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["anders.zip"]


def test_archive_holds_this_dossier_alone_and_nothing_that_is_sealed(geschreven: Path):
    inhoud = geschreven.read_bytes().decode(errors="replace")
    assert GEHEIM not in inhoud
    with zipfile.ZipFile(geschreven) as zip_:
        namen = zip_.namelist()
        for naam in (n for n in namen if n.startswith("tabellen/")):
            assert "ANDER" not in zip_.read(naam).decode(), naam
        assert json.loads(zip_.read("inhoud.json"))["koppen"].keys() == {"PROEF"}
    assert {"LEESMIJ.txt", "archiefcontrole.py", "normen/termijnen.toml", "SHA256SUMS"} <= set(namen)
    assert any(n.startswith("regio/") for n in namen)
    assert "tabellen/account.jsonl" not in namen
    assert not {"tabellen/envelop.jsonl", "tabellen/envelopsleutel.jsonl", "tabellen/sleutel.jsonl"} & set(
        namen
    )


def test_of_every_table_is_said_what_belongs_to_a_dossier():
    """A new table without a column `dossier` needs a line in storage.tabellen."""
    for tabel in list_tabellen():
        if tabel.name not in NOOIT_IN_ARCHIEF | VERTROUWELIJK:
            select_dossier(tabel, "PROEF")


def test_unknown_dossier_is_told_and_leaves_no_file(gevuld: App, tmp_path: Path):
    with pytest.raises(OnbekendDossier, match="WEG"):
        archief.save_archief(gevuld, "WEG", tmp_path / "weg.zip")
    assert list(tmp_path.iterdir()) == []


def test_one_flipped_byte_anywhere_in_the_file_is_found(geschreven: Path, tmp_path: Path):
    heel = geschreven.read_bytes()
    kies = random.Random(7)
    plaatsen = sorted({*kies.sample(range(len(heel)), 400), *range(60), *range(len(heel) - 150, len(heel))})
    pad = tmp_path / "gekanteld.zip"
    for plaats in plaatsen:
        pad.write_bytes(heel[:plaats] + bytes([heel[plaats] ^ 1]) + heel[plaats + 1 :])
        assert archiefcontrole.main([str(pad)]) != 0, plaats
        with pytest.raises((ArchiefBeschadigd, InvoerError)):
            check_archief(pad, DOSSIER)


@pytest.mark.parametrize("weg", [1, 64, 1000])
def test_archive_that_is_cut_off_or_has_a_tail_is_refused(geschreven: Path, tmp_path: Path, weg: int):
    pad = tmp_path / "kort.zip"
    pad.write_bytes(geschreven.read_bytes()[:-weg])
    assert archiefcontrole.main([str(pad)]) != 0
    pad.write_bytes(geschreven.read_bytes() + b"x" * weg)
    assert archiefcontrole.main([str(pad)]) != 0


def _list_wijzigingen(pad: Path) -> Iterator[tuple[str, int, str]]:
    with zipfile.ZipFile(pad) as zip_:
        for tabel in ("dossier", "feit", "status", "toezegging", "document"):
            for nummer, regel in enumerate(zip_.read(f"tabellen/{tabel}.jsonl").decode().splitlines()):
                for kolom in json.loads(regel):
                    if (tabel, kolom) not in VRIJ:
                        yield tabel, nummer, kolom


def test_one_changed_value_in_any_row_is_found_also_when_the_file_is_made_anew(
    geschreven: Path, tmp_path: Path
):
    wijzigingen = list(_list_wijzigingen(geschreven))
    assert len(wijzigingen) > 100
    for tabel, nummer, kolom in wijzigingen:

        def change(
            naam: str, inhoud: bytes, *, tabel: str = tabel, nummer: int = nummer, kolom: str = kolom
        ) -> bytes:
            if naam != f"tabellen/{tabel}.jsonl":
                return inhoud
            rijen = [json.loads(r) for r in inhoud.decode().splitlines()]
            oud = rijen[nummer][kolom]
            nieuw = (not oud) if isinstance(oud, bool) else (oud + 1) if isinstance(oud, int) else f"{oud}x"
            rijen[nummer][kolom] = nieuw
            return "".join(f"{json.dumps(r, ensure_ascii=False)}\n" for r in rijen).encode()

        pad = rewrite(geschreven, tmp_path / "anders.zip", change)
        assert archiefcontrole.main([str(pad)]) != 0, (tabel, nummer, kolom)


@pytest.mark.parametrize("tabel", ["feit", "document", "toezegging", "status"])
def test_missing_or_doubled_row_is_found(geschreven: Path, tmp_path: Path, tabel: str):
    lid = f"tabellen/{tabel}.jsonl"
    with zipfile.ZipFile(geschreven) as zip_:
        regels = zip_.read(lid).splitlines(keepends=True)
    for nummer in range(len(regels)):
        for nieuw in (regels[:nummer] + regels[nummer + 1 :], [*regels[: nummer + 1], *regels[nummer:]]):
            pad = rewrite(
                geschreven,
                tmp_path / "anders.zip",
                lambda n, i, nieuw=nieuw: b"".join(nieuw) if n == lid else i,
            )
            assert archiefcontrole.main([str(pad)]) == 1, nummer


def test_facts_in_another_order_are_found(geschreven: Path, tmp_path: Path):
    def change(naam: str, inhoud: bytes) -> bytes:
        if naam != "tabellen/feit.jsonl":
            return inhoud
        rijen = [json.loads(r) for r in inhoud.decode().splitlines()]
        rijen[0]["volgnummer"], rijen[1]["volgnummer"] = rijen[1]["volgnummer"], rijen[0]["volgnummer"]
        return "".join(f"{json.dumps(r)}\n" for r in rijen).encode()

    assert archiefcontrole.main([str(rewrite(geschreven, tmp_path / "anders.zip", change))]) == 1


def test_missing_or_changed_document_is_found(geschreven: Path, tmp_path: Path):
    with zipfile.ZipFile(geschreven) as zip_:
        lid = next(n for n in zip_.namelist() if n.endswith(".docx"))
    weg = rewrite(geschreven, tmp_path / "weg.zip", lambda n, i: None if n == lid else i)
    anders = rewrite(geschreven, tmp_path / "anders.zip", lambda n, i: i + b"x" if n == lid else i)
    assert [archiefcontrole.main([str(p)]) for p in (weg, anders)] == [1, 1]


@pytest.mark.parametrize("naam", ["../weg.txt", "/etc/weg", "documenten/../../weg", "a\\b", "C:/weg", ""])
def test_name_that_leaves_the_folder_is_refused_before_anything_is_written(
    gevuld: App, geschreven: Path, tmp_path: Path, naam: str
):
    pad = tmp_path / "pad.zip"
    with zipfile.ZipFile(geschreven) as bron, zipfile.ZipFile(pad, "w") as uit:
        uit.writestr(zipfile.ZipInfo(naam or "x"), "x")
        for lid in bron.namelist():
            uit.writestr(lid, bron.read(lid))
    with pytest.raises(ArchiefBeschadigd):
        check_archief(pad, DOSSIER)


@pytest.mark.parametrize("inhoud", [b"", b"geen zip", b"PK\x03\x04" + b"\0" * 100])
def test_something_else_than_an_archive_is_told(tmp_path: Path, inhoud: bytes):
    pad = tmp_path / "iets.zip"
    pad.write_bytes(inhoud)
    with pytest.raises(InvoerError, match=r"iets\.zip"):
        check_archief(pad, DOSSIER)
    assert run_controle(pad)[0] == 2
    assert run_controle(tmp_path / "weg.zip")[0] == 2


# --- calculating again ------------------------------------------------------------------------------------


def restore_in(pad: Path, map_: Path, soort: str) -> App:
    app = make_app(map_)
    check_archief(pad, soort)
    restore(app, pad, {"regio": map_ / "regios"})
    return app


def test_from_an_archive_alone_every_document_is_made_again(geschreven: Path, tmp_path: Path):
    app = restore_in(geschreven, tmp_path, DOSSIER)
    uitslag = recalculate(app, "PROEF")
    assert uitslag.gelijk, uitslag
    assert uitslag.documenten == uitslag.verificatie.gereproduceerd > 2
    assert (tmp_path / "regios" / "bommelerwaard" / "regio.toml").is_file()


def test_letter_that_does_not_follow_from_the_facts_is_named(geschreven: Path, tmp_path: Path):
    """Somebody made a letter with other figures and registered it with all its hashes."""
    app = restore_in(geschreven, tmp_path, DOSSIER)
    with app.database.begin() as verbinding:
        verbinding.execute(text("UPDATE document SET context_sha256 = 'x' WHERE ontvanger = 'perceel-1'"))
    uitslag = recalculate(app, "PROEF")
    assert not uitslag.gelijk
    assert any("perceel-1" in m.waar for m in uitslag.afwijkingen)


# --- backup and restore -----------------------------------------------------------------------------------


def test_backup_comes_back_row_for_row_and_file_for_file_and_work_goes_on(gevuld: App, tmp_path: Path):
    bijlage = tmp_path / "websleutel"
    bijlage.write_text("geheim")
    pad = archief.save_reservekopie(gevuld, tmp_path / "alles.zip", {"websleutel": bijlage}).pad
    app = make_app(tmp_path / "nieuw")
    check_archief(pad, ALLES)
    assert restore(app, pad, {"websleutel": tmp_path / "nieuw" / "websleutel"}) == ("ANDER", "PROEF")
    with open_momentopname(app.database) as nieuw, open_momentopname(gevuld.database) as oud:
        for tabel in list_tabellen():
            assert list(iter_regels(nieuw, tabel)) == list(iter_regels(oud, tabel)), tabel.name
    assert (tmp_path / "nieuw" / "websleutel").read_text() == "geheim"
    assert verify(app, "PROEF").in_orde
    perform(app, "PROEF", "perceel_melden", {"percelen": ["2"], "bedrag": 4}, INKOPER)
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()
    assert verify(app, "PROEF").in_orde


def test_backup_is_of_one_moment_though_others_go_on_writing(tmp_path: Path):
    app = make_app(tmp_path / "bron")
    save_dossier(app)
    with open_momentopname(app.database) as db:
        (voor,) = iter_regels(db, SQLModel.metadata.tables["dossier"])
        perform(app, "PROEF", "proef_starten", None, INKOPER)
        (na,) = iter_regels(db, SQLModel.metadata.tables["dossier"])
        assert na == voor
        assert list(iter_regels(db, SQLModel.metadata.tables["feit"])) == []


def test_backup_keeps_what_is_sealed(gevuld: App, tmp_path: Path):
    pad = archief.save_reservekopie(gevuld, tmp_path / "alles.zip", {}).pad
    app = make_app(tmp_path / "nieuw")
    restore(app, pad, {})
    rijen = count_rijen(app.database)
    assert (rijen["envelop"], rijen["envelopsleutel"], rijen["sleutel"]) == (1, 3, 3)


def test_restore_into_an_environment_with_data_changes_nothing(gevuld: App, tmp_path: Path):
    pad = archief.save_reservekopie(gevuld, tmp_path / "alles.zip", {}).pad
    app = make_app(tmp_path / "vol")
    save_dossier(app, "EIGEN")
    voor = count_rijen(app.database)
    with pytest.raises(InvoerError, match="lege omgeving"):
        restore(app, pad, {})
    assert count_rijen(app.database) == voor
    assert not app.bestanden.wortel.exists()


def test_restore_with_tables_of_another_version_is_refused(gevuld: App, tmp_path: Path):
    pad = archief.save_reservekopie(gevuld, tmp_path / "alles.zip", {}).pad
    app = make_app(tmp_path / "nieuw")
    with app.database.begin() as verbinding:
        verbinding.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(InvoerError, match="versie"):
        restore(app, pad, {})


def test_archive_is_no_backup_and_a_backup_no_archive(gevuld: App, geschreven: Path, tmp_path: Path):
    pad = archief.save_reservekopie(gevuld, tmp_path / "alles.zip", {}).pad
    with pytest.raises(InvoerError, match="reservekopie"):
        check_archief(pad, DOSSIER)
    with pytest.raises(InvoerError, match="archief van één dossier"):
        check_archief(geschreven, ALLES)


def test_rules_of_hashing_are_the_ones_of_the_store():
    from aanbesteding.storage import documenten, dossier, ketting, post
    from aanbesteding.storage.audit import Auditsoort

    assert archiefcontrole._FEIT == dossier._FEIT
    assert archiefcontrole._KAFT == dossier._KAFT
    assert archiefcontrole._TOEZEGGING == dossier._TOEZEGGING
    assert archiefcontrole._REGEL == documenten._REGEL
    assert archiefcontrole._AUDIT == ketting.AUDITVELDEN
    assert archiefcontrole._BERICHT == post._BERICHT
    assert archiefcontrole._BERICHTREGEL == post._BERICHTREGEL
    assert str(Auditsoort.HANDELING_VERRICHT.value) == archiefcontrole._VERRICHT
    assert str(Auditsoort.BERICHTEN_KLAARGEZET.value) == archiefcontrole._KLAARGEZET


def test_program_that_checks_imports_the_standard_library_alone():
    import ast

    boom = ast.parse(CONTROLE.read_text())
    namen = {
        (k.module if isinstance(k, ast.ImportFrom) else k.names[0].name) or ""
        for k in ast.walk(boom)
        if isinstance(k, ast.Import | ast.ImportFrom)
    }
    assert {n.partition(".")[0] for n in namen} <= {*sys.stdlib_module_names, "__future__"}
