"""A version that is handed in while the process dies is kept once, or not at all and then simply handed in again."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.bootstrap import make_app
from aanbesteding.domain.stukken import Vergelijkingsverslag
from aanbesteding.engine.stukken import list_stukken, load_stuk, save_versie
from aanbesteding.engine.verifieer import verify
from aanbesteding.settings import Settings
from crash.processen import start
from crash.punten import STUKKEN
from crash.test_crash import copy_home, ongestoord  # noqa: F401
from crash.toneel import DOSSIER, load_begin

pytestmark = pytest.mark.crash


def hand_in(home: Path, sterf_bij: str = "") -> None:
    """Hand in a new version of the first letter, unless it is there already; die at this checkpoint."""
    os.environ["AANBESTEDING_STERF_BIJ"] = sterf_bij
    app = make_app(Settings(home=home), StilstaandeKlok(load_begin()[0].stappen[-1].tijd))
    eerste = list_stukken(app, DOSSIER)[0].stuk.id
    if len(load_stuk(app, DOSSIER, eerste).stuk.versies) == 1:
        inhoud = app.bestanden.load(DOSSIER, eerste) + b"gewijzigd"
        save_versie(app, DOSSIER, eerste, inhoud, Vergelijkingsverslag(met_versie=1), "inkoper.demo")


@pytest.mark.parametrize("naam", STUKKEN)
def test_version_is_kept_exactly_once(tmp_path: Path, ongestoord: Path, naam: str):  # noqa: F811
    home = copy_home(ongestoord, tmp_path / "home")
    for pad in (ongestoord / "documenten").rglob("*.docx"):
        doel = home / pad.relative_to(ongestoord)
        doel.parent.mkdir(parents=True, exist_ok=True)
        doel.write_bytes(pad.read_bytes())
    assert start(hand_in, home, naam) == -signal.SIGKILL
    assert start(hand_in, home) == 0
    app = make_app(Settings(home=home))
    eerste = list_stukken(app, DOSSIER)[0].stuk.id
    assert [v.nummer for v in load_stuk(app, DOSSIER, eerste).stuk.versies] == [1, 2]
    uitslag = verify(app, DOSSIER)
    assert uitslag.in_orde, uitslag.meldingen
