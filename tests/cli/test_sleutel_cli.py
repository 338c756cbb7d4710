"""`aanbesteding sleutel`: a key is made, gets another passphrase, and no passphrase is ever shown."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from nacl.pwhash import argon2id
from typer.testing import CliRunner

from aanbesteding.bootstrap import app_in_gebruik
from aanbesteding.cli import make_app as make_cli
from aanbesteding.engine.app import App
from aanbesteding.engine.sleutels import list_eigen_sleutels
from aanbesteding.errors import InvoerError
from aanbesteding.storage.verzegeling import open_slot
from fakes import make_app

WIE = "inkoper.demo"
OUD, NIEUW = "vijf losse woorden voor morgen", "heel andere woorden sinds vandaag"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[App]:
    monkeypatch.setattr(argon2id, "OPSLIMIT_MODERATE", argon2id.OPSLIMIT_MIN)
    monkeypatch.setattr(argon2id, "MEMLIMIT_MODERATE", argon2id.MEMLIMIT_MIN)
    with app_in_gebruik(make_app(tmp_path)) as app:
        yield app


def run(*opdracht: str, invoer: str = "") -> tuple[int, str]:
    uit = CliRunner().invoke(make_cli(), ["sleutel", *opdracht], input=invoer)
    if isinstance(uit.exception, InvoerError):
        return uit.exception.exit_code, str(uit.exception)
    return uit.exit_code, uit.output


def test_passphrase_changes_and_the_fingerprint_stays(app: App):
    assert run("nieuw", WIE, "--van-invoer", invoer=f"{OUD}\n")[0] == 0
    (voor,) = list_eigen_sleutels(app, WIE)
    code, tekst = run("wijzig", WIE, "--van-invoer", invoer=f"{OUD}\n{NIEUW}\n")
    assert code == 0
    assert voor.slot.vingerafdruk in tekst
    assert OUD not in tekst
    assert NIEUW not in tekst
    (na,) = list_eigen_sleutels(app, WIE)
    assert na.slot.publiek == voor.slot.publiek
    assert open_slot(na.slot, NIEUW) == open_slot(voor.slot, OUD)


@pytest.mark.parametrize(
    ("extra", "invoer", "zin"),
    [
        pytest.param(
            (), f"iets anders dan wat het was\n{NIEUW}\n", "past niet bij de sleutel", id="verkeerde oude"
        ),
        pytest.param((), f"{OUD}\n", "te zwak", id="zonder nieuwe"),
        pytest.param(
            ("--sleutel", "0123"), f"{OUD}\n{NIEUW}\n", "geen eigen sleutel 0123", id="andere sleutel"
        ),
    ],
)
def test_passphrase_is_not_changed_and_why_is_said(app: App, extra: tuple[str, ...], invoer: str, zin: str):
    run("nieuw", WIE, "--van-invoer", invoer=f"{OUD}\n")
    code, tekst = run("wijzig", WIE, "--van-invoer", *extra, invoer=invoer)
    assert code == 2
    assert zin in tekst
    assert "niet gewijzigd" in tekst
