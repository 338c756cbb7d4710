"""Writes docs/betrouwbaarheid.md: what the tests broke on purpose, how often, and what came of it.

The figures are what the tests measured: `make betrouwbaarheid` lets every marked test note them in a folder, and
`python tools/docs_betrouwbaarheid.py MAP` keeps them in docs/betrouwbaarheid.json. The page is what that file says.

Must stay true: no figure is written by hand; a measurement whose row is already there replaces it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Cijfers = dict[str, dict[str, dict[str, int]]]
"""Per kind, per row, what was counted."""
UITSLAGEN = Path(__file__).resolve().parents[1] / "docs" / "betrouwbaarheid.json"


@dataclass(frozen=True)
class Soort:
    """A table of the page: its heading, what its rows are, what is counted, and what to say of it."""

    titel: str
    rij: str
    kolommen: tuple[str, ...]
    uitleg: str


SOORTEN: Mapping[str, Soort] = {
    "storing": Soort(
        "Storingen",
        "storing",
        ("geprobeerd", "verloren", "dubbel"),
        "Het programma wordt echt gedood of tegengewerkt en daarna opnieuw gestart. *Verloren* en *dubbel* tellen de\n"
        "feiten, documenten, bestanden en mails die na afloop ontbreken of er twee keer zijn, vergeleken met een\n"
        "ongestoorde gang.",
    ),
    "invoer": Soort(
        "Kapotte invoer",
        "lezer",
        ("geprobeerd", "tracebacks"),
        "Elke lezer van buitenkomende invoer krijgt kapotte invoer. Hij hoort die te aanvaarden of met een\n"
        "Nederlandse melding te weigeren; een *traceback* is een fout in het programma die de gebruiker ziet.",
    ),
    "flip": Soort(
        "Veranderd bewijs",
        "verandering",
        ("geprobeerd", "gevonden"),
        "In een dossier, een bestand of een archief wordt iets veranderd, weggelaten of verwisseld. Elke verandering\n"
        "hoort te worden gevonden.",
    ),
}

INLEIDING = """# Betrouwbaarheid, gemeten

Deze bladzijde staat niet vol beloften maar vol metingen. De tests maken met opzet stuk wat in het echt stuk kan gaan en
tellen wat daarna ontbreekt of te veel is. `make betrouwbaarheid` meet alles opnieuw; elke gewone testgang draait
dezelfde tests, met minder herhalingen.
"""


def load_uitslagen(pad: Path = UITSLAGEN) -> Cijfers:
    """The kept figures; nothing when nothing was measured yet."""
    return json.loads(pad.read_text("utf-8")) if pad.is_file() else {}


def collect(map_: Path) -> Cijfers:
    """What the tests noted in this folder: the counts of one row are added up."""
    geteld: dict[str, dict[str, Counter[str]]] = {}
    for pad in sorted(map_.glob("*.jsonl")):
        for regel in pad.read_text("utf-8").splitlines():
            soort, rij, cijfers = json.loads(regel)
            geteld.setdefault(soort, {}).setdefault(rij, Counter()).update(cijfers)
    return {soort: {rij: dict(telling) for rij, telling in rijen.items()} for soort, rijen in geteld.items()}


def save_uitslagen(nieuw: Cijfers, pad: Path = UITSLAGEN, *, aanvullen: bool = False) -> None:
    """Keep these figures; with `aanvullen` the rows that were not measured now stay as they were."""
    oud = load_uitslagen(pad) if aanvullen else {}
    samen = {soort: {**oud.get(soort, {}), **nieuw.get(soort, {})} for soort in SOORTEN}
    tekst = json.dumps(samen, ensure_ascii=False, indent=1, sort_keys=True)
    pad.write_text(f"{tekst}\n", encoding="utf-8", newline="\n")


def build_betrouwbaarheid(kop: str, uitslagen: Cijfers | None = None) -> str:
    """The page as Markdown: three tables."""
    cijfers = load_uitslagen() if uitslagen is None else uitslagen
    regels = [kop.replace("make docs", "make betrouwbaarheid"), INLEIDING]
    for code, soort in SOORTEN.items():
        regels += [f"## {soort.titel}", "", soort.uitleg, ""]
        regels += [*_build_tabel(soort, cijfers.get(code, {})), ""]
    return "\n".join(regels)


def _build_tabel(soort: Soort, rijen: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    if not rijen:
        yield "*Nog niet gemeten.*"
        return
    yield f"| {' | '.join((soort.rij, *soort.kolommen))} |"
    yield f"|---|{'---:|' * len(soort.kolommen)}"
    for rij, cijfers in sorted(rijen.items()):
        yield f"| {rij} | {' | '.join(_show(cijfers[kolom]) for kolom in soort.kolommen)} |"
    totaal = (_show(sum(cijfers[kolom] for cijfers in rijen.values())) for kolom in soort.kolommen)
    yield f"| **samen** | {' | '.join(f'**{getal}**' for getal in totaal)} |"


def _show(getal: int) -> str:
    return f"{getal:,}".replace(",", ".")


def main(argumenten: Iterable[str] | None = None) -> int:
    """Keep what was noted in a folder; returns the exit code."""
    parser = argparse.ArgumentParser(description="Bewaar wat de tests maten in docs/betrouwbaarheid.json.")
    parser.add_argument("map", type=Path, help="de map waarin de tests hun cijfers noteerden")
    parser.add_argument("--aanvullen", action="store_true", help="laat rijen staan die nu niet gemeten zijn")
    keuze = parser.parse_args(None if argumenten is None else list(argumenten))
    gemeten = collect(keuze.map)
    if not gemeten:
        print("Geen enkele test noteerde een cijfer; docs/betrouwbaarheid.json is niet veranderd.")
        return 1
    save_uitslagen(gemeten, aanvullen=keuze.aanvullen)
    print(f"{sum(map(len, gemeten.values()))} rijen gemeten en bewaard in docs/betrouwbaarheid.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
