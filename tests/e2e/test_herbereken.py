"""From the archive of a finished purchase alone follow the same rankings and the same letters, in every procedure.

What the product itself says of regions and law is taken away first: only the definitions in the archive count.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aanbesteding import bootstrap
from aanbesteding.cli import main
from aanbesteding.domain.norm import parse_normen
from aanbesteding.engine import archiefcontrole
from aanbesteding.engine.archief import save_archief
from aanbesteding.engine.verifieer import verify
from aanbesteding.storage.bewijs import find_kop

pytestmark = pytest.mark.traag

VERHALEN = [
    pytest.param("hart-van-brabant", "verhaal-wmo-begeleiding.toml", 12, id="gebieden, samen verdeeld"),
    pytest.param("regio-alkmaar", "verhaal-wmo.toml", 0, id="bestuurlijk aanbesteden"),
    pytest.param("regio-alkmaar", "verhaal.toml", 0, id="B-diensten"),
    pytest.param("westfriesland", "verhaal.toml", 1, id="SAS met zeven raden"),
    pytest.param("zuid-holland-zuid", "verhaal.toml", 1, id="SAS met segmenten"),
]


@pytest.mark.parametrize(("regio", "bestand", "rangordes"), VERHALEN)
def test_purchase_follows_once_more_from_its_archive(
    vertel: Any, tmp_path: Path, monkeypatch, capsys, regio: str, bestand: str, rangordes: int
):
    verteld = vertel(regio, bestand)
    pad = save_archief(verteld.app, verteld.verhaal.dossier, tmp_path / "a.zip").pad
    controle = [sys.executable, "-I", "-S", archiefcontrole.__file__, str(pad)]
    klaar = subprocess.run(controle, capture_output=True, text=True, check=False)
    assert (klaar.returncode, "In orde" in klaar.stdout) == (0, True), klaar.stdout
    (tmp_path / "leeg").mkdir()
    monkeypatch.setattr(bootstrap, "load_normen", lambda: parse_normen({}))
    monkeypatch.setattr(bootstrap, "regio_mappen", lambda _extra=None: (tmp_path / "leeg",))
    monkeypatch.setattr(sys, "argv", ["aanbesteding", "herbereken", str(pad), "--json"])
    with pytest.raises(SystemExit) as einde:
        main()
    uitslag = json.loads(capsys.readouterr().out)
    assert (einde.value.code or 0, uitslag["gelijk"]) == (0, True), uitslag["meldingen"][:10]
    assert uitslag["rangordes"] >= rangordes
    assert uitslag["documenten"] == uitslag["gereproduceerd"] > 20


def test_record_of_the_award_prints_heads_that_are_found_later(bommelerwaard, capsys):
    """The heads of the moment of the award stand in the record; much was recorded after it."""
    app, code = bommelerwaard.app, bommelerwaard.verhaal.dossier
    uitslag = verify(app, code)
    teksten = bommelerwaard.read_alle("proces_verbaal_gunning")
    assert teksten
    for tekst in teksten:
        rij = {r.split("|")[1].strip(): r.split("|")[3].strip() for r in tekst.splitlines() if r.startswith("| ")
               and r.split("|")[1].strip() in ("Feiten", "Logboek")}  # fmt: skip
        assert rij.keys() == {"Feiten", "Logboek"}, tekst[-800:]
        assert "feit" in find_kop(app.database, code, rij["Feiten"])
        assert "logregel" in find_kop(app.database, code, rij["Logboek"])
        assert rij["Feiten"] != uitslag.kop
