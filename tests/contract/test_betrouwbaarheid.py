"""The page of measurements says what was measured, adds up, and is never touched by an ordinary run."""

from __future__ import annotations

from pathlib import Path

import pytest

import docs_betrouwbaarheid
from betrouwbaarheid import note
from docs_betrouwbaarheid import SOORTEN, build_betrouwbaarheid, collect, load_uitslagen, save_uitslagen


def test_ordinary_run_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("BETROUWBAARHEID", raising=False)
    monkeypatch.chdir(tmp_path)
    note("flip", "een byte", geprobeerd=1, gevonden=1)
    assert list(tmp_path.iterdir()) == []


def test_counts_of_the_same_row_are_added_up_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BETROUWBAARHEID", str(tmp_path / "cijfers"))
    note("storing", "kill -9", geprobeerd=1_000, verloren=0, dubbel=0)
    note("storing", "kill -9", geprobeerd=234, verloren=0, dubbel=1)
    note("invoer", "werkboek", geprobeerd=7, tracebacks=0)
    cijfers = collect(tmp_path / "cijfers")
    assert cijfers["storing"] == {"kill -9": {"geprobeerd": 1_234, "verloren": 0, "dubbel": 1}}
    tekst = build_betrouwbaarheid("", cijfers)
    assert "| kill -9 | 1.234 | 0 | 1 |" in tekst
    assert "| werkboek | 7 | 0 |" in tekst
    assert tekst.count("Nog niet gemeten") == 1


@pytest.mark.parametrize(("soort", "cijfers"), [("flip", {"geprobeerd": 1}), ("invoer", {"gevonden": 1})])
def test_row_with_other_counts_than_its_table_is_a_mistake_of_the_test(soort: str, cijfers: dict[str, int]):
    with pytest.raises(ValueError, match="telt"):
        note(soort, "rij", **cijfers)


def test_new_measurement_replaces_all_and_an_addition_leaves_the_rest(tmp_path: Path):
    pad = tmp_path / "uitslagen.json"
    een = {"flip": {"een byte": {"geprobeerd": 3, "gevonden": 3}}}
    twee = {"flip": {"een rij": {"geprobeerd": 2, "gevonden": 2}}}
    save_uitslagen(een, pad)
    save_uitslagen(twee, pad, aanvullen=True)
    assert set(load_uitslagen(pad)["flip"]) == {"een byte", "een rij"}
    save_uitslagen(twee, pad)
    assert set(load_uitslagen(pad)["flip"]) == {"een rij"}
    assert set(load_uitslagen(pad)) == set(SOORTEN)


def test_run_that_measured_nothing_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    pad = tmp_path / "uitslagen.json"
    monkeypatch.setattr(docs_betrouwbaarheid, "UITSLAGEN", pad)
    assert docs_betrouwbaarheid.main([str(tmp_path)]) == 1
    assert not pad.exists()
    assert "niet veranderd" in capsys.readouterr().out


def test_kept_measurements_lost_nothing_doubled_nothing_and_missed_nothing():
    uitslagen = load_uitslagen()
    for rij, cijfers in uitslagen.get("storing", {}).items():
        assert (cijfers["verloren"], cijfers["dubbel"]) == (0, 0), rij
    for rij, cijfers in uitslagen.get("invoer", {}).items():
        assert cijfers["tracebacks"] == 0, rij
    for rij, cijfers in uitslagen.get("flip", {}).items():
        assert cijfers["gevonden"] == cijfers["geprobeerd"], rij
