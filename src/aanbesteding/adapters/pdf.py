"""Makes PDFs of Word files by LibreOffice, when it is there: one start for a whole batch, and on with what is left.

Two kinds: `pdfua` (tagged PDF/UA-1, for reading) and `pdfa` (tagged PDF/A-2b, for the archive). The Word file stays the
document that counts; a PDF is made of it and may be made again, so it stands in no register.

Must stay true: each run of LibreOffice has a profile of its own, so that an open LibreOffice of the user is no
hindrance; a PDF under its final name is whole and of the kind asked; a file that hangs costs itself, not its batch.
Trap: without metric-compatible typefaces pages break elsewhere, so what is missing is told before converting.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aanbesteding.errors import InvoerError

BLOK = 40
"""Files per start of LibreOffice: starting costs a second, and a start gets slower by the file after a few hundred."""
SECONDEN_START, SECONDEN_BESTAND = 90, 20

SOORTEN = {
    "pdfua": '"PDFUACompliance":{"type":"boolean","value":"true"},"SelectPdfVersion":{"type":"long","value":"17"}',
    "pdfa": '"SelectPdfVersion":{"type":"long","value":"2"}',
}
_ALTIJD = (
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"EmbedStandardFonts":{"type":"boolean","value":"true"}'
)
_MERK = {"pdfua": b"pdfuaid:part", "pdfa": b"pdfaid:part"}
_VERVANGERS = {
    "calibri": "carlito", "cambria": "caladea", "arial": "liberation sans", "times new roman": "liberation serif",
    "courier new": "liberation mono", "helvetica": "liberation sans",
}  # fmt: skip
_PAKKET = {
    "calibri": "fonts-crosextra-carlito", "cambria": "fonts-crosextra-caladea", "arial": "fonts-liberation",
    "times new roman": "fonts-liberation", "courier new": "fonts-liberation", "helvetica": "fonts-liberation",
}  # fmt: skip
_LETTERTYPE = re.compile(r'w:(?:ascii|hAnsi)="([^"]+)"')


@dataclass(frozen=True)
class Omzetting:
    """What came of the files: made now, there already, and what failed with its reason."""

    gemaakt: tuple[Path, ...]
    aanwezig: tuple[Path, ...]
    mislukt: tuple[tuple[Path, str], ...]


def find_soffice() -> Path:
    """LibreOffice on this machine; InvoerError that says what is missing and how to get it."""
    for naam in ("soffice", "libreoffice"):
        if gevonden := shutil.which(naam):
            return Path(gevonden)
    raise InvoerError(
        [
            "Voor PDF is LibreOffice nodig, en dat is hier niet gevonden. De Word-documenten zijn er wel. "
            "Op Debian en Ubuntu: sudo apt install libreoffice-writer-nogui fonts-crosextra-carlito fonts-liberation"
        ]
    )


def list_ontbrekende_lettertypen(bestanden: Iterable[Path]) -> tuple[str, ...]:
    """Typefaces of these files that are not here, nor one with the same widths; each with what to install."""
    if shutil.which("fc-list") is None:
        return ()
    uit = subprocess.run(
        ["fc-list", ":", "family"], capture_output=True, text=True, check=False, timeout=60
    ).stdout
    aanwezig = {naam.strip().lower() for regel in uit.splitlines() for naam in regel.split(",")}
    gevraagd: dict[str, str] = {}
    for bestand in bestanden:
        with zipfile.ZipFile(bestand) as pakket:
            stijlen = (
                pakket.read("word/styles.xml").decode() if "word/styles.xml" in pakket.namelist() else ""
            )
        gevraagd |= {naam.lower(): naam for naam in _LETTERTYPE.findall(stijlen)}
    ontbreekt = [
        naam
        for klein, naam in sorted(gevraagd.items())
        if klein not in aanwezig and _VERVANGERS.get(klein, klein) not in aanwezig
    ]
    return tuple(_describe_lettertype(naam) for naam in ontbreekt)


def _describe_lettertype(naam: str) -> str:
    pakket = _PAKKET.get(naam.lower())
    raad = (
        f"installeer {pakket}" if pakket else "installeer het, of kies een ander lettertype in de huisstijl"
    )
    return (
        f"Het lettertype '{naam}' ontbreekt, en ook een met dezelfde maten: regels en pagina's vallen anders. "
        f"Raad: {raad}."
    )


def is_soort(pdf: Path, soort: str) -> bool:
    """Whether this is a whole PDF of this kind, by its own metadata."""
    try:
        inhoud = pdf.read_bytes()
    except OSError:
        return False
    heel = inhoud.startswith(b"%PDF-") and b"%%EOF" in inhoud[-1024:]
    return heel and _MERK[soort] in inhoud and b"/MarkInfo" in inhoud


def convert(
    bestanden: Sequence[Path],
    soort: str = "pdfua",
    *,
    meld: Callable[[int, int], None] = lambda _gedaan, _totaal: None,
    soffice: Path | None = None,
    seconden: tuple[int, int] = (SECONDEN_START, SECONDEN_BESTAND),
) -> Omzetting:
    """Make a PDF beside every Word file that has none of this kind yet (or an older one)."""
    if soort not in SOORTEN:
        raise InvoerError([f"De soort '{soort}' bestaat niet. Kies uit: {', '.join(SOORTEN)}."])
    programma = soffice or find_soffice()
    aanwezig = [b for b in bestanden if _is_klaar(b, soort)]
    rest = [b for b in bestanden if b not in set(aanwezig)]
    gemaakt: list[Path] = []
    mislukt: list[tuple[Path, str]] = []
    meld(len(aanwezig), len(bestanden))
    for blok in _split(rest):
        for bestand, reden in _convert_blok(programma, blok, soort, seconden):
            if reden:
                mislukt.append((bestand, reden))
            else:
                gemaakt.append(bestand.with_suffix(".pdf"))
            meld(len(aanwezig) + len(gemaakt) + len(mislukt), len(bestanden))
    return Omzetting(tuple(gemaakt), tuple(b.with_suffix(".pdf") for b in aanwezig), tuple(mislukt))


def _is_klaar(bestand: Path, soort: str) -> bool:
    pdf = bestand.with_suffix(".pdf")
    return pdf.is_file() and pdf.stat().st_mtime >= bestand.stat().st_mtime and is_soort(pdf, soort)


def _split(bestanden: Sequence[Path]) -> Iterator[list[Path]]:
    """Blocks in which no two files have the same name, because they share a folder."""
    wacht = list(bestanden)
    while wacht:
        blok: dict[str, Path] = {}
        for bestand in wacht:
            if len(blok) < BLOK:
                blok.setdefault(bestand.name, bestand)
        gekozen = set(blok.values())
        yield list(blok.values())
        wacht = [bestand for bestand in wacht if bestand not in gekozen]


def _convert_blok(
    soffice: Path, blok: Sequence[Path], soort: str, seconden: tuple[int, int]
) -> Iterator[tuple[Path, str]]:
    """Every file of a block with the reason why it failed, empty when it did not.

    A start that hangs or falls over is ended; what it had not made is tried again, one file at a time.
    """
    rest = list(blok)
    with tempfile.TemporaryDirectory(prefix="aanbesteding-pdf-") as naam:
        map_ = Path(naam)
        reden = _run(soffice, rest, map_, soort, seconden)
        yield from _collect(rest, map_, soort)
        rest = [b for b in rest if not _is_klaar(b, soort)]
        for bestand in rest:
            if len(blok) > 1:
                reden = _run(soffice, [bestand], map_, soort, seconden)
                if list(_collect([bestand], map_, soort)):
                    yield bestand, ""
                    continue
            yield bestand, reden or "LibreOffice gaf geen PDF van de gevraagde soort"


def _run(soffice: Path, bestanden: Sequence[Path], map_: Path, soort: str, seconden: tuple[int, int]) -> str:
    """One start of LibreOffice; returns what went wrong, empty when nothing did."""
    opties = f"pdf:writer_pdf_Export:{{{_ALTIJD},{SOORTEN[soort]}}}"
    profiel = map_ / "profiel"
    opdracht = [
        str(soffice), "--headless", "--norestore", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={profiel.as_uri()}", "--convert-to", opties, "--outdir", str(map_ / "uit"),
        *map(str, bestanden),
    ]  # fmt: skip
    grens = seconden[0] + seconden[1] * len(bestanden)
    proces = subprocess.Popen(
        opdracht,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        _, fout = proces.communicate(timeout=grens)
    except subprocess.TimeoutExpired:
        os.killpg(proces.pid, signal.SIGKILL)
        proces.communicate()
        shutil.rmtree(profiel, ignore_errors=True)
        return f"LibreOffice gaf na {grens} seconden geen antwoord en is gestopt"
    if proces.returncode:
        regels = [r for r in fout.splitlines() if r.strip()]
        return f"LibreOffice stopte met fout {proces.returncode}" + (
            f": {regels[-1].strip()}" if regels else ""
        )
    return ""


def _collect(bestanden: Sequence[Path], map_: Path, soort: str) -> Iterator[tuple[Path, str]]:
    """Put every PDF that is whole and of this kind in its place."""
    for bestand in bestanden:
        uit = map_ / "uit" / f"{bestand.stem}.pdf"
        if is_soort(uit, soort):
            deel = bestand.with_suffix(f".pdf.{os.getpid()}.deel")
            shutil.move(uit, deel)
            deel.replace(bestand.with_suffix(".pdf"))
            yield bestand, ""
