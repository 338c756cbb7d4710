"""Documents in an object store are made, checked, exported, backed up and brought back as those in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aanbesteding.engine.app import App
from aanbesteding.engine.archief import (
    ALLES,
    DOSSIER,
    check_archief,
    restore,
    save_archief,
    save_reservekopie,
)
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.engine.verifieer import verify
from aanbesteding.storage.documenten import list_documenten
from aanbesteding.storage.objecten import Objecten
from fakes import make_app, save_dossier, wijs_openers_aan
from objectopslag import Winkel, winkel_in_gebruik

pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def winkel() -> Iterator[Winkel]:
    with winkel_in_gebruik() as winkel:
        yield winkel


def make_gevuld(map_: Path, **velden: object) -> App:
    """Three acts with all their documents."""
    app = make_app(map_, **velden)
    save_dossier(app)
    wijs_openers_aan(app)
    perform(app, "PROEF", "proef_starten", None, "inkoper.demo")
    perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 2}, "inkoper.demo")
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()
    return app


def make_winkelapp(winkel: Winkel, map_: Path) -> App:
    return make_gevuld(map_, bestanden=Objecten(f"{winkel.make_emmer()}/documenten", winkel.eindpunt))


def test_documents_are_the_same_bytes_as_in_a_folder_and_nothing_is_left_on_this_machine(
    winkel: Winkel, tmp_path: Path
):
    hier, daar = make_gevuld(tmp_path / "map"), make_winkelapp(winkel, tmp_path / "winkel")
    registers = [[(r.pad, r.sha256) for r in list_documenten(a.database, "PROEF")] for a in (hier, daar)]
    assert registers[0] == registers[1]
    assert len(registers[0]) > 2
    assert list(daar.bestanden.list_paden("PROEF")) == list(hier.bestanden.list_paden("PROEF"))
    assert not list((tmp_path / "winkel" / "documenten").rglob("*"))


def test_verification_finds_a_changed_a_missing_and_an_unknown_object(winkel: Winkel, tmp_path: Path):
    app = make_winkelapp(winkel, tmp_path)
    assert verify(app, "PROEF").meldingen == ()
    een, twee = [r.pad for r in list_documenten(app.database, "PROEF")][:2]
    app.bestanden.save("PROEF", een, b"iets anders")
    app.bestanden.remove("PROEF", twee)
    app.bestanden.save("PROEF", "proef/vreemd.docx", b"vreemd")
    gemeld = " ".join(m.waar for m in verify(app, "PROEF").meldingen)
    assert [pad for pad in (een, twee, "proef/vreemd.docx") if pad not in gemeld] == []


def test_archive_and_backup_hold_the_objects_and_come_back_in_a_store_or_a_folder(
    winkel: Winkel, tmp_path: Path
):
    app = make_winkelapp(winkel, tmp_path / "oud")
    archief = save_archief(app, "PROEF", tmp_path / "PROEF.zip").pad
    check_archief(archief, DOSSIER)
    kopie = save_reservekopie(app, tmp_path / "alles.zip", {}).pad
    check_archief(kopie, ALLES)
    andere_emmer = Objecten(f"{winkel.make_emmer()}/terug", winkel.eindpunt)
    for naam, velden in (("winkel", {"bestanden": andere_emmer}), ("map", {})):
        nieuw = replace(make_app(tmp_path / f"nieuw-{naam}"), **velden)
        assert restore(nieuw, kopie, {}) == ("PROEF",)
        assert list(nieuw.bestanden.list_paden("PROEF")) == list(app.bestanden.list_paden("PROEF"))
        assert verify(nieuw, "PROEF").meldingen == ()
