"""Checks the pinned packages against the public list of known vulnerabilities, where that list can be reached.

Usage: `python tools/afhankelijkheden.py [constraints.txt]`; exit code 1 when a pinned version is vulnerable.
Must stay true: without the list nothing is called safe: it says that nothing was checked, and the check goes on.

Source: pip-audit (PyPA), which asks the Python Packaging Advisory Database.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

WORTEL = Path(__file__).parents[1]
WACHTTIJD_S = 90


def run_audit(vastgelegd: Path, wachttijd: float = WACHTTIJD_S) -> dict[str, Any] | None:
    """The report of pip-audit; None when it could not be made in time."""
    opdracht = [
        sys.executable, "-m", "pip_audit", "--requirement", str(vastgelegd), "--disable-pip", "--require-hashes",
        "--format", "json", "--timeout", "5", "--progress-spinner", "off",
    ]  # fmt: skip
    try:
        uit = subprocess.run(opdracht, capture_output=True, text=True, check=False, timeout=wachttijd)
        return json.loads(uit.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None


def judge(verslag: dict[str, Any] | None) -> tuple[int, list[str]]:
    """Exit code and what to say of a report."""
    pakketten = verslag["dependencies"] if verslag else []
    bekeken = [p for p in pakketten if "vulns" in p]
    if not bekeken:
        return 0, [
            "De lijst met bekende kwetsbaarheden is niet bereikbaar: de pakketten zijn niet gecontroleerd."
        ]
    regels = [
        f"{p['name']} {p['version']}: {v['id']}; opgelost in {', '.join(v['fix_versions']) or 'nog geen versie'}."
        for p in bekeken
        for v in p["vulns"]
    ]
    if niet := len(pakketten) - len(bekeken):
        regels.append(
            f"Niet gecontroleerd, want onbekend bij de lijst: {niet} van {len(pakketten)} pakketten."
        )
    kwetsbaar = any(p["vulns"] for p in bekeken)
    return int(kwetsbaar), regels or [f"Geen bekende kwetsbaarheden in {len(bekeken)} pakketten."]


def main(argv: list[str] | None = None) -> int:
    """Check and print."""
    wat = (argv if argv is not None else sys.argv[1:]) or [str(WORTEL / "constraints.txt")]
    code, regels = judge(run_audit(Path(wat[0])))
    (sys.stderr if code else sys.stdout).write("\n".join(regels) + "\n")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
