"""The scan for secrets finds what is one and never prints it; the audit of packages says what it did not check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from afhankelijkheden import judge, run_audit
from geheimen import find_geheimen, scan

WILLEKEUR = "q8Zr4TfW1nYc7LxV0bKm2HsD"
"""Invented: letters and digits as a key has them."""


@pytest.mark.parametrize(
    "regel",
    [
        pytest.param("-----BEGIN OPENSSH " + "PRIVATE KEY-----", id="een privésleutel"),
        pytest.param("id = " + "AKIA" + "ABCDEFGHIJ234567", id="een sleutel van een clouddienst"),
        pytest.param("ghp" + "_" + WILLEKEUR + WILLEKEUR[:12], id="een token van een codedienst"),
        pytest.param("postgresql://jan:" + "Kies1Beter@db.example/x", id="een wachtwoord in een adres"),
        pytest.param(f'SMTP_WACHTWOORD = "{WILLEKEUR}"', id="een wachtwoord in een toewijzing"),
        pytest.param(f"api_key: '{WILLEKEUR}'", id="een sleutel in een instelling"),
    ],
)
def test_secret_is_found_with_its_place_and_is_not_printed(tmp_path: Path, regel: str) -> None:
    (tmp_path / "instelling.toml").write_text(f"# eerste regel\n{regel}\n", encoding="utf-8")
    (melding,) = scan(tmp_path)
    assert melding.startswith("instelling.toml:2: dit lijkt op een ")
    assert WILLEKEUR not in melding


@pytest.mark.parametrize(
    "regel",
    [
        pytest.param("postgresql://jan:WACHTWOORD@db.example/x", id="een voorbeeld in een handleiding"),
        pytest.param('token = load_token("sleutel-van-de-zaak-2027")', id="een aanroep"),
        pytest.param(
            f'wachtwoord = "{WILLEKEUR}"  # geen geheim: verzonnen', id="een regel die zegt waarom niet"
        ),
        pytest.param('verdeelsleutel = "aantal inwoners per 1 januari 2027"', id="een gewoon woord"),
    ],
)
def test_what_is_no_secret_is_left_alone(regel: str) -> None:
    assert list(find_geheimen(regel)) == []


def test_unreadable_and_large_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "beeld.png").write_bytes(b"\x89PNG\xff\xfe")
    assert scan(tmp_path) == []


def make_verslag(*pakketten: dict[str, Any]) -> dict[str, Any]:
    return {"dependencies": [{"name": "pakket", "version": "1.0"} | p for p in pakketten]}


def test_audit_that_could_not_reach_its_list_says_that_nothing_was_checked() -> None:
    for verslag in (None, make_verslag({"skip_reason": "Dependency not found"})):
        code, (regel,) = judge(verslag)
        assert code == 0
        assert "niet gecontroleerd" in regel


def test_audit_fails_on_a_known_vulnerability_and_counts_what_it_does_not_know() -> None:
    lek = {"vulns": [{"id": "PYSEC-0000-1", "fix_versions": ["1.1"]}]}
    code, regels = judge(make_verslag(lek, {"vulns": []}, {"skip_reason": "onbekend"}))
    assert code == 1
    assert regels == [
        "pakket 1.0: PYSEC-0000-1; opgelost in 1.1.",
        "Niet gecontroleerd, want onbekend bij de lijst: 1 van 3 pakketten.",
    ]
    assert judge(make_verslag({"vulns": []})) == (0, ["Geen bekende kwetsbaarheden in 1 pakketten."])


def test_audit_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    leeg = tmp_path / "leeg.txt"
    leeg.write_text("", encoding="utf-8")
    assert run_audit(leeg, wachttijd=0.001) is None
