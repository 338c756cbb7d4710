"""Memory stays flat: ten times as many documents take no more than a tenth more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from documents.maak import make_docx

PROGRAMMA = """
import re, sys
from aanbesteding.cli import main
sys.argv = ["aanbesteding", "sjabloon", "render", *sys.argv[1:]]
try:
    main()
finally:
    print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
"""


@pytest.mark.traag
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="alleen Linux vertelt het geheugen zo")
def test_ten_times_the_documents_take_no_more_memory(tmp_path: Path) -> None:
    make_docx(
        tmp_path, "Beste {{ naam }}.\n\n| A | B |\n{%tr for r in rijen %}\n| {{ r.a }} | x |\n{%tr endfor %}"
    )

    def measure(aantal: int) -> int:
        with (tmp_path / "c.jsonl").open("w") as bestand:
            for n in range(aantal):
                bestand.write(
                    json.dumps({"naam": f"Zorg {n}", "rijen": [{"a": f"{n} & {k}"} for k in range(20)]})
                    + "\n"
                )
        opdracht = [sys.executable, "-c", PROGRAMMA, "proef.docx", "c.jsonl", "--map", f"uit-{aantal}"]
        klaar = subprocess.run(opdracht, cwd=tmp_path, check=True, capture_output=True, text=True)
        assert len(list((tmp_path / f"uit-{aantal}").iterdir())) == aantal
        return int(klaar.stdout.split()[-1])

    measure(1)  # the first process prepares the template, for which it loads docxtpl
    assert measure(3000) <= 1.1 * measure(300)
