"""One contestant of tools/bench.py, in a process of its own: for every number on stdin, CPU seconds per document.

Apart, because they spoil each other: after isal's first call zlib is four times slower in the same process on
some processors (isal leaves the vector registers in a state that costs other code), and docxtpl uses zlib.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

NAAM, PROEF, PAD = sys.argv[1], sys.argv[2], Path(sys.argv[3])
if NAAM in ("docxtpl", "zlib"):
    sys.modules["isal"] = None  # type: ignore[assignment]  # as if it were not installed

from docxtpl import DocxTemplate  # noqa: E402, TID251
from jinja2 import Environment  # noqa: E402

from aanbesteding.documents import render_zip  # noqa: E402
from aanbesteding.documents.filters import FILTERS  # noqa: E402
from aanbesteding.documents.render import load_template  # noqa: E402
from aanbesteding.documents.render_laden import load_pakket  # noqa: E402
from bench_sjablonen import PROEVEN  # noqa: E402

Loper = Callable[[Mapping[str, Any]], object]


def make_omgeving() -> Environment:
    """docxtpl's way with escaping on and our filters."""
    omgeving = Environment(autoescape=True)
    omgeving.filters.update(FILTERS)
    return omgeving


def make_loper() -> Loper:
    """What this contestant does for one document."""
    if NAAM == "docxtpl":
        return _render_docxtpl
    if NAAM == "bodem":
        omgeving = make_omgeving()
        delen = [omgeving.from_string(bron) for bron in load_pakket(PAD).bronnen.values()]
        return lambda context: [render_zip.deflate_snel(d.render(context).encode()) for d in delen]
    template = load_template(PAD)
    if NAAM == "soepel":
        omgeving = make_omgeving()
        return lambda context: template.render_bytes(context, strict=False, jinja_env=omgeving)
    return template.render_bytes


def _render_docxtpl(context: Mapping[str, Any]) -> bytes:
    sjabloon = DocxTemplate(PAD)
    sjabloon.render(dict(context), make_omgeving(), autoescape=True)
    uit = BytesIO()
    sjabloon.save(uit)
    return uit.getvalue()


def main() -> int:
    """Run as often as is asked, and tell what it took."""
    proef = next(p for p in PROEVEN if p.naam == PROEF)
    contexten = [proef.context(n) for n in range(20)]
    loper = make_loper()
    loper(contexten[0])
    for regel in sys.stdin:
        keer = int(regel)
        begin = time.process_time()
        for n in range(keer):
            loper(contexten[n % 20])
        print((time.process_time() - begin) / keer, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
