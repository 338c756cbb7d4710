"""Reading a text takes work that grows no faster than the text, whatever shape it is given.

Must stay true: the size that is tried is the largest that is read (AANBESTEDING_LANG), and less otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from aanbesteding.domain.regio import Regio
from aanbesteding.errors import AanbestedingError, InvoerError
from aanbesteding.regio import parse_toml
from aanbesteding.tomlbron import MAX_DELEN, MAX_TEKENS, load_toml
from betrouwbaarheid import note
from vijandig.lezers import LEZERS
from vijandig.test_lezers import bewaakt

LENGTE = 450_000 if os.environ.get("AANBESTEDING_LANG") else 60_000
VORMEN: dict[str, Callable[[int], str]] = {
    "sleutel van duizenden delen": lambda n: "a." * (n // 2) + "a = 1\n",
    "tabel van duizenden delen": lambda n: "[" + "a . " * (n // 4) + "a]\n",
    "sleutel van duizenden delen tussen accolades": lambda n: "x = {" + '"a b".' * (n // 6) + "a = 1}\n",
    "vele sleutels die op een veld lijken": lambda n: "".join(f"gemeenten{i} = 1\n" for i in range(n // 17)),
    "vele tabellen": lambda n: "".join(f"[t{i}]\n" for i in range(n // 8)),
    "vele rijen zonder velden": lambda n: "[[gemeenten]]\n" * (n // 14),
    "vele stappen": lambda n: "[[stappen]]\nwat = 1\n" * (n // 22),
    "sleutel van een blok tekst": lambda n: "x" * n + " = 1\n",
    "aanhalingstekens": lambda n: "code = " + '"' * n + "\n",
    "tekst die niet eindigt": lambda n: 'code = """' + '\\"' * (n // 2),
    "lijst in lijst": lambda n: "x = " + "[" * n,
    "tabel in tabel": lambda n: "x = " + "{a=" * (n // 3),
    "lange lijst": lambda n: "gemeenten = [" + "{}," * (n // 3) + "]\n",
    "lege regels": lambda n: "\n" * n + "[",
    "spaties": lambda n: "code = 1" + " " * n + "x",
    "getal van duizenden cijfers": lambda n: "code = 1" + "_1" * (n // 2),
    "hexadecimaal getal van duizenden cijfers": lambda n: "code = 0x" + "f" * n,
    "breuk van duizenden cijfers": lambda n: "code = 1e" + "1" * n,
}
"""Texts of about so many characters."""


@pytest.mark.lang
@pytest.mark.betrouwbaarheid
@pytest.mark.parametrize("vorm", VORMEN)
@pytest.mark.parametrize(
    "lezer", [lezer for lezer in LEZERS if lezer.achtervoegsel == ".toml"], ids=lambda lezer: lezer.naam
)
def test_long_text_is_read_or_refused_in_time(lezer, vorm: str, tmp_path: Path):
    pad = tmp_path / "lang.toml"
    pad.write_text(VORMEN[vorm](LENGTE), encoding="utf-8")
    gelukt = False
    try:
        with bewaakt(), pytest.raises(AanbestedingError) as fout:
            lezer.lees(pad)
        assert len(str(fout.value)) < 1_000_000
        gelukt = True
    finally:
        note(
            "invoer",
            "tekst van een half miljoen tekens, in elke vorm",
            geprobeerd=1,
            tracebacks=int(not gelukt),
        )


def test_text_that_is_too_long_is_refused_unread():
    with pytest.raises(InvoerError, match=r"langer dan 500\.000 tekens"):
        load_toml("#" * (MAX_TEKENS + 1), "regio.toml")


def test_line_with_too_many_parts_is_named_and_dots_to_fill_in_are_not_counted():
    with pytest.raises(InvoerError, match=r"regio\.toml, regel 2: er staan meer dan 200 punten"):
        load_toml("a = 1\n" + "b." * (MAX_DELEN + 1) + "c = 1", "regio.toml")
    assert load_toml('a = "' + "." * 5_000 + '"', "regio.toml")


def test_after_many_faults_the_rest_is_counted(tmp_path: Path):
    pad = tmp_path / "regio.toml"
    pad.write_text("".join(f"veld{n} = 1\n" for n in range(600)), encoding="utf-8")
    with pytest.raises(InvoerError) as fout:
        parse_toml(pad, Regio)
    assert len(fout.value.fouten) == 501
    assert "er zijn nog 1" in fout.value.fouten[-1]
