"""The register of clauses: every clause in the templates with its version and a hash of its text.

A sent document names the clauses it holds by id and version (a content control with the tag
`clausule:<id>:<versie>`). That only means something when a version never changes its words. So the register,
sjablonen/_clausules.toml, remembers the text of every version there ever was, by its hash; `make clausules`
adds what is new and refuses a changed text under an old version.

Must stay true: the hash is of words, styles and tags (the draft, see sjabloon.py), not of looks; a version
that was once registered stays.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from sjabloon import W, read_clausule, show_blokken

SJABLONEN = Path(__file__).resolve().parents[1] / "sjablonen"
REGISTER = SJABLONEN / "_clausules.toml"
KOP = """\
# Elke clausule in de sjablonen, met elke versie die er ooit was. Niet met de hand wijzigen: draai `make clausules`.
# Verandert de tekst van een clausule, verhoog dan haar versie in het sjabloon; anders weigert `make clausules`.
"""


@dataclass(frozen=True, order=True)
class Vastgelegd:
    """One version of a clause: where it stands (or last stood) and the hash of its text."""

    id: str
    versie: int
    naam: str
    sjabloon: str
    sha256: str

    @property
    def sleutel(self) -> tuple[str, int]:
        """What a produced document names it by."""
        return self.id, self.versie


def list_clausules(wortel: Path = SJABLONEN) -> Iterator[Vastgelegd]:
    """Every clause in the templates, building blocks and regional variants, in order of file and place."""
    for pad in sorted(wortel.rglob("*.docx")):
        with zipfile.ZipFile(pad) as pakket:
            body = etree.fromstring(pakket.read("word/document.xml"))
        for sdt in body.iter(f"{W}sdt"):
            clausule = read_clausule(sdt)
            if clausule is None:
                continue
            versie = int(clausule.versie) if clausule.versie.isdecimal() else 0
            tekst = show_blokken(sdt.find(f"{W}sdtContent"))
            som = hashlib.sha256(tekst.encode()).hexdigest()[:16]
            yield Vastgelegd(clausule.id, versie, clausule.naam, pad.relative_to(wortel).as_posix(), som)


def read_register(pad: Path = REGISTER) -> dict[tuple[str, int], Vastgelegd]:
    """What was registered before; empty when there is no register yet."""
    if not pad.is_file():
        return {}
    rijen = tomllib.loads(pad.read_text("utf-8")).get("clausule", [])
    return {(v := Vastgelegd(**rij)).sleutel: v for rij in rijen}


def list_fouten(clausules: Iterable[Vastgelegd], register: dict[tuple[str, int], Vastgelegd]) -> list[str]:
    """What is wrong with the clauses as they stand, each in a Dutch sentence with the remedy."""
    fouten: list[str] = []
    gezien: dict[str, Vastgelegd] = {}
    hoogste = {id_: versie for id_, versie in sorted(register)}
    for c in clausules:
        wie = f"{c.sjabloon}: clausule '{c.id}'"
        ander = gezien.setdefault(c.id, c)
        oud = register.get(c.sleutel)
        if not re.fullmatch(r"[a-z][a-z0-9_-]*", c.id) or c.versie < 1 or not c.naam:
            fouten.append(f"{wie} mist een korte naam, een versie vanaf 1 of een leesbare naam.")
        elif ander is not c and not _is_variant(ander, c):
            fouten.append(f"{wie} staat ook in {ander.sjabloon}; geef een van beide een eigen naam.")
        elif ander is not c and ander.sleutel == c.sleutel and ander.sha256 != c.sha256:
            fouten.append(
                f"{wie} heeft hier een andere tekst dan in {ander.sjabloon}; geef haar een eigen naam."
            )
        elif oud is not None and oud.sha256 != c.sha256:
            fouten.append(
                f"{wie} heeft een andere tekst dan versie {c.versie} had; maak er versie {c.versie + 1} van."
            )
        elif c.versie < hoogste.get(c.id, 0):
            fouten.append(
                f"{wie} is versie {c.versie}, maar versie {hoogste[c.id]} was er al; verhoog de versie."
            )
    return fouten


def _is_variant(een: Vastgelegd, ander: Vastgelegd) -> bool:
    """Whether these stand in a template and its regional variant (or in two variants)."""
    kaal = {re.sub(r"^_regio/[^/]+/", "", v.sjabloon) for v in (een, ander)}
    return een.sjabloon != ander.sjabloon and len(kaal) == 1


def render_register(versies: Iterable[Vastgelegd]) -> str:
    """The register as TOML, sorted by id and version."""
    regels = [KOP]
    for v in sorted(versies):
        naam = v.naam.replace("\\", "\\\\").replace('"', '\\"')
        regels.append(
            f'[[clausule]]\nid = "{v.id}"\nversie = {v.versie}\nnaam = "{naam}"\n'
            f'sjabloon = "{v.sjabloon}"\nsha256 = "{v.sha256}"\n'
        )
    return "\n".join(regels)


def update_register(
    clausules: Iterable[Vastgelegd], register: dict[tuple[str, int], Vastgelegd]
) -> list[Vastgelegd]:
    """The register with what is new; a national template goes before its variants."""
    nieuw = dict(register)
    eigen: set[tuple[str, int]] = set()
    for c in sorted(clausules, key=lambda c: c.sjabloon.startswith("_regio/")):
        if c.sleutel not in eigen:
            eigen.add(c.sleutel)
            nieuw[c.sleutel] = c
    return list(nieuw.values())


def main(argv: list[str] | None = None) -> int:
    """Command line: bring the register up to date, or refuse."""
    argparse.ArgumentParser(description="Werkt het register van clausules bij.").parse_args(argv)
    clausules, register = list(list_clausules()), read_register()
    fouten = list_fouten(clausules, register)
    if fouten:
        sys.stderr.write("\n".join([*fouten, "Het register is niet gewijzigd.", ""]))
        return 2
    versies = update_register(clausules, register)
    REGISTER.write_text(render_register(versies), encoding="utf-8", newline="\n")
    print(f"{len(versies)} versies van {len({v.id for v in versies})} clausules in {REGISTER.name}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
