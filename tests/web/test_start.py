"""Settings of the pages: the key that signs is made once and kept to its owner, and what a setting changes."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from aanbesteding.errors import InvoerError
from aanbesteding.settings import Settings
from aanbesteding.start import load_geheim, make_instellingen


def test_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path):
    settings = Settings(home=tmp_path / "nieuw")
    geheim = load_geheim(settings)
    assert len(geheim) == 64
    assert load_geheim(settings) == geheim
    assert stat.S_IMODE((tmp_path / "nieuw" / "web.sleutel").stat().st_mode) == 0o600


def test_key_of_the_setting_wins_and_is_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AANBESTEDING_WEB_SLEUTEL", "g" * 40)
    settings = Settings(home=tmp_path)
    assert load_geheim(settings) == b"g" * 40
    assert "ggg" not in repr(settings)
    assert not (tmp_path / "web.sleutel").exists()


def test_short_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AANBESTEDING_WEB_SLEUTEL", "kort")
    with pytest.raises(InvoerError, match="te kort"):
        load_geheim(Settings(home=tmp_path))


def test_damaged_key_is_refused_instead_of_signing_with_nothing(tmp_path: Path):
    (tmp_path / "web.sleutel").write_bytes(b"")
    with pytest.raises(InvoerError, match="beschadigd"):
        load_geheim(Settings(home=tmp_path))


def test_settings_reach_the_pages(tmp_path: Path):
    ingesteld = make_instellingen(
        Settings(home=tmp_path, web_https=True, web_stil_minuten=5, web_hooguit_uren=2)
    )
    assert ingesteld.https
    assert ingesteld.regels.stil == timedelta(minutes=5)
    assert ingesteld.regels.hooguit == timedelta(hours=2)
