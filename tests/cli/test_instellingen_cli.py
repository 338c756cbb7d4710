"""A setting that is wrong is named, in Dutch, by whatever command one gives; nothing of its value is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from aanbesteding import bootstrap
from aanbesteding.bootstrap import load_settings, make_app
from aanbesteding.errors import InvoerError
from aanbesteding.settings import Settings
from aanbesteding.storage.database import parse_url


@pytest.mark.parametrize(
    ("naam", "waarde", "zin"),
    [
        ("WEB_POORT", "geheim-x", "hier hoort een geheel getal"),
        ("WEB_POORT", "70000", "moet ten hoogste 65535 zijn"),
        ("PREFECT_POORT", "0", "moet ten minste 1 zijn"),
        ("WEB_HTTPS", "misschien", "hier hoort true of false"),
        ("MAIL_TLS", "geheim-x", "toegestaan: 'starttls', 'tls' of 'geen'"),
        ("MAIL_LINK_DAGEN", "3", "moet ten minste 30 zijn"),
        ("SJABLONEN", "/bestaat/niet", "de map /bestaat/niet bestaat niet"),
    ],
)
def test_wrong_setting_is_named_and_its_value_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, naam: str, waarde: str, zin: str
):
    monkeypatch.setenv(f"AANBESTEDING_{naam}", waarde)
    with pytest.raises(InvoerError) as fout:
        load_settings()
    (regel,) = fout.value.fouten
    assert regel.startswith(f"AANBESTEDING_{naam}: {zin}")
    assert "geheim" not in regel


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch):
    for naam in ("WEB_POORT", "MAIL_POORT", "WEB_HTTPS"):
        monkeypatch.setenv(f"AANBESTEDING_{naam}", "x")
    with pytest.raises(InvoerError) as fout:
        load_settings()
    assert len(fout.value.fouten) == 3


def test_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("AANBESTEDING_HOME", "")
    monkeypatch.setenv("AANBESTEDING_WEB_POORT", "")
    settings = load_settings()
    assert settings.home.is_absolute()
    assert settings.web_poort == 8765


def test_home_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    with pytest.raises(InvoerError, match="AANBESTEDING_HOME: de map"):
        make_app(Settings(home=tmp_path / "bestand" / "map"))


def test_address_of_the_database_with_a_port_that_is_no_number_is_refused():
    with pytest.raises(InvoerError, match="AANBESTEDING_DATABASE_URL klopt niet"):
        parse_url("postgresql://u:geheim@server:x/naam")


def test_address_of_the_pages_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    instellingen = Settings(home=tmp_path, mail_server="post.example", web_adres="https://[")
    with pytest.raises(InvoerError, match="AANBESTEDING_WEB_ADRES moet met https://"):
        bootstrap.make_post(instellingen)
