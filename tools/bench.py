"""Measures making documents against plain docxtpl, as ratios in one run; prints a table.

Usage: make bench. Never a timed test: the machine's noise is larger than a difference worth failing on.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate  # noqa: TID251
from jinja2 import Environment

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.filters import FILTERS
from aanbesteding.documents.render import load_template
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.procedures import PROCEDURES

HUISSTIJL = Huisstijl(
    naam="Proefregio", onderregel="Verzonnen", kleur="1B5E6B", afzender=("Gemeente Proef",), voet="verzonnen"
)
WORTEL = Path(__file__).parents[1] / "sjablonen"
DOCUMENTEN = ("uitnodiging", "aanbiederslijst", "tariefonderbouwing")
RONDES = 5


def measure(werk: Callable[[], object], keer: int) -> float:
    """CPU seconds per call."""
    begin = time.process_time()
    for _ in range(keer):
        werk()
    return (time.process_time() - begin) / keer


def main() -> int:
    """Measure each document and print the ratio."""
    print("| document | docxtpl ms | aanbesteding ms | verhouding (laagste-hoogste) |\n|---|---:|---:|---:|")
    for code in DOCUMENTEN:
        document = PROCEDURES[0].load_document(code)
        pad = WORTEL / document.sjabloon
        context = make_jinja_context(document.voorbeeld(), HUISSTIJL)
        snel = load_template(pad, huisstijl=HUISSTIJL, bouwstenen=WORTEL / "_bouwstenen")

        def plain(pad: Path = pad, context: dict[str, object] = context) -> bytes:
            omgeving = Environment(autoescape=True)
            omgeving.filters.update(FILTERS)
            sjabloon = DocxTemplate(pad)
            sjabloon.render(context, omgeving, autoescape=True)
            uit = BytesIO()
            sjabloon.save(uit)
            return uit.getvalue()

        verhoudingen: list[float] = []
        tijden: list[tuple[float, float]] = []
        for _ in range(RONDES):
            langzaam = measure(plain, 5)
            vlug = measure(lambda s=snel, c=context: s.render_bytes(c), 50)
            tijden.append((langzaam, vlug))
            verhoudingen.append(langzaam / vlug)
        langzaam, vlug = (statistics.median(t) * 1000 for t in zip(*tijden, strict=True))
        midden = statistics.median(verhoudingen)
        spreiding = f"{min(verhoudingen):.0f}-{max(verhoudingen):.0f}"
        print(f"| {code} | {langzaam:.1f} | {vlug:.2f} | {midden:.0f}x ({spreiding}) |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
