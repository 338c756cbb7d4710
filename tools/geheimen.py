"""Looks for secrets in the files of the repository: keys, tokens and passwords that somebody committed by mistake.

Usage: `python tools/geheimen.py`. Prints place and kind, never the secret itself; exit code 1 when something is found.
Must stay true: it reads what git keeps (or every file of the folder without git); a line may say why it is no secret
with the words GEEN_GEHEIM in a comment.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

WORTEL = Path(__file__).parents[1]
GEEN_GEHEIM = "geen geheim:"
MAX_BYTES = 2_000_000
SOORTEN = {
    "een privésleutel": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "een sleutel van een clouddienst": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "een token van een codedienst": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20})\b"),
    "een token van een chatdienst": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    "een ondertekend token": re.compile(
        r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"
    ),
    "een wachtwoord in een adres": re.compile(
        r"\b[a-z][a-z0-9+]*://[^\s/:@\"'{}<>]+:(?!(?i:wachtwoord|geheim|\.\.\.|…)@)[^\s/:@\"'{}<>]+@"
    ),
    "een geheim in een toewijzing": re.compile(
        r"(?i)\b\w*(?:password|passwd|wachtwoord|secret|geheim|api_?key|token|web_?sleutel)\w*[\"']?\s*[:=]\s*"
        r"[\"'](?=[^\"']*[0-9])(?=[^\"']*[A-Za-z])[A-Za-z0-9+/=_-]{24,}[\"']"
    ),
}
"""What a secret looks like."""


def find_geheimen(tekst: str) -> Iterator[tuple[int, str]]:
    """Line and kind of everything in a text that looks like a secret."""
    for nummer, regel in enumerate(tekst.splitlines(), 1):
        if GEEN_GEHEIM not in regel:
            yield from ((nummer, soort) for soort, vorm in SOORTEN.items() if vorm.search(regel))


def list_bestanden(wortel: Path) -> list[Path]:
    """The files that git keeps or would keep."""
    uit = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=wortel, capture_output=True, check=False,
    )  # fmt: skip
    if uit.returncode == 0:
        return [wortel / naam for naam in uit.stdout.decode().split("\0") if naam]
    return [pad for pad in wortel.rglob("*") if not {".venv", ".git"} & set(pad.parts)]


def scan(wortel: Path) -> list[str]:
    """What was found, as places with their kind."""
    gevonden: list[str] = []
    for pad in list_bestanden(wortel):
        if not pad.is_file() or pad.stat().st_size > MAX_BYTES:
            continue
        try:
            tekst = pad.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        plaats = pad.relative_to(wortel).as_posix()
        gevonden += [f"{plaats}:{regel}: dit lijkt op {soort}." for regel, soort in find_geheimen(tekst)]
    return gevonden


def main() -> int:
    """Print what was found."""
    gevonden = scan(WORTEL)
    if gevonden:
        sys.stderr.write(
            "\n".join(gevonden) + "\nHaal het weg, en maak het geheim ongeldig: git vergeet niets.\n"
        )
        return 1
    print("Geen geheimen gevonden.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
