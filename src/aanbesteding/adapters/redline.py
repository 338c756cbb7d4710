"""Makes a redline (real tracked changes of Word) of two versions with a library, and believes none of them.

The thorough engine is Docxodus (python-redlines, extra `redline`). Without it there is docx-trackdiff, which marks
running text only: here it is run for each header, footer and note as well, and it cannot mark rows or columns of a
table. Which to take and why: docs/adr/0016.

Must stay true: no redline is given out that was not checked (documents.woord.redline_controle); nothing is fetched from
a network; an engine that hangs or fails costs itself; what it unpacks stands under the folder of this installation.
"""

# lxml comes without types; the unknowns at its border are not ours.
# pyright: basic

from __future__ import annotations

import importlib.util
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from aanbesteding.documents.bevinding import shorten
from aanbesteding.documents.render_zip import DOCUMENT, DOCUMENT_RELS, LEGE_RELS
from aanbesteding.documents.text import W
from aanbesteding.documents.woord.alineas import list_rollen
from aanbesteding.documents.woord.redline_controle import check_redline, count_wijzigingen
from aanbesteding.documents.woord.upload import open_upload
from aanbesteding.errors import AanbestedingError, InvoerError

SECONDEN = 120
"""After so long an engine has failed; 39 pages take some five seconds."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_TEKENS = {"tab": "\ue009", "br": "\ue00a"}
"""docx-trackdiff has no eye for tabs and line ends: they go through it as characters for private use."""
GRONDIG, LICHT = "docxodus", "docx-trackdiff"

Maak = Callable[[bytes, bytes, str, datetime, Path], bytes]


@dataclass(frozen=True)
class Redline:
    """A checked redline: which engine made it, and how many changes it marks."""

    docx: bytes
    motor: str
    wijzigingen: int


class RedlineMislukt(AanbestedingError):
    """No engine made a redline that tells the truth."""


def make_redline(
    oud: bytes, nieuw: bytes, *, auteur: str, moment: datetime, map_: Path, motor: str = ""
) -> Redline:
    """A redline from `oud` to `nieuw`; `map_` is where an engine may unpack itself. `motor`: this one alone.

    InvoerError when a file is unsafe or holds open tracked changes, RedlineMislukt when no engine got it right.
    """
    leden_oud, leden_nieuw = open_upload(oud), open_upload(nieuw)
    for leden, welke in ((leden_oud, "oude"), (leden_nieuw, "nieuwe")):
        if count_wijzigingen(leden):
            raise InvoerError(
                [
                    f"De {welke} versie heeft zelf nog bijgehouden wijzigingen, zodat niet te zien zou zijn "
                    "welke bij deze vergelijking horen. Accepteer of verwerp ze eerst in Word (Controleren)."
                ]
            )
    fouten: list[str] = []
    for naam, maak in _list_motoren(motor):
        try:
            docx = maak(oud, nieuw, auteur, moment, map_)
            leden = open_upload(docx)
        except (OSError, subprocess.SubprocessError, InvoerError, zipfile.BadZipFile) as fout:
            fouten.append(f"{naam} liep vast ({shorten(str(fout))})")
            continue
        gebreken = check_redline(leden, leden_oud, leden_nieuw)
        if not gebreken:
            return Redline(docx, naam, count_wijzigingen(leden))
        fouten.append(f"{naam}: {gebreken[0]}")
    advies = "" if has_grondig() else " Installeer de uitbreiding 'redline' (grondige motor), die kan meer."
    raise RedlineMislukt(
        "Er is geen betrouwbare redline te maken van deze twee versies. "
        f"{'; '.join(fouten)}.{advies} De vergelijking per alinea geldt wel."
    )


def has_grondig() -> bool:
    """Whether the thorough engine is installed."""
    return all(importlib.util.find_spec(naam) for naam in ("python_redlines", "python_redlines_docxodus"))


def _list_motoren(alleen: str) -> list[tuple[str, Maak]]:
    motoren: list[tuple[str, Maak]] = [(GRONDIG, _run_docxodus)] if has_grondig() else []
    motoren.append((LICHT, _run_trackdiff))
    return [(naam, maak) for naam, maak in motoren if alleen in ("", naam)]


def _write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _run_docxodus(oud: bytes, nieuw: bytes, auteur: str, moment: datetime, map_: Path) -> bytes:
    """The engine as a program of its own: the library's own call knows no time limit."""
    from python_redlines import DocxodusEngine

    motor = DocxodusEngine(target_path=str(map_))
    vreemd = _list_blokken(oud) != _list_blokken(
        nieuw
    )  # saved by another program, which also writes its own looks
    if vreemd:
        oud, nieuw = _unwrap_blokken(oud), _unwrap_blokken(nieuw)
    with tempfile.TemporaryDirectory() as werk:
        plek = Path(werk)
        (plek / "oud.docx").write_bytes(oud)
        (plek / "nieuw.docx").write_bytes(nieuw)
        _run(
            [motor.extracted_binaries_path, "oud.docx", "nieuw.docx", "uit.docx", f"--author={auteur}",
             f"--date-time={_write_moment(moment)}", "--no-conflate-spaces",
             *(["--no-detect-format-changes"] if vreemd else [])],
            plek,
        )  # fmt: skip
        return (plek / "uit.docx").read_bytes()


def _list_blokken(docx: bytes) -> list[str]:
    """The tags of the content controls: Word keeps them, LibreOffice does not."""
    return re.findall(r'<w:tag w:val="([^"]*)"', open_upload(docx)[DOCUMENT].decode(errors="replace"))


def _unwrap_blokken(docx: bytes) -> bytes:
    """Without content controls, or every clause would be marked as replaced."""
    leden = open_upload(docx)
    wortel = etree.fromstring(leden[DOCUMENT], _PARSER)
    for blok in list(wortel.iter(f"{W}sdt")):
        inhoud, ouder = blok.find(f"{W}sdtContent"), blok.getparent()
        plek = ouder.index(blok)
        ouder[plek : plek + 1] = list(inhoud) if inhoud is not None else []
    return _save({**leden, DOCUMENT: etree.tostring(wortel, encoding="UTF-8", xml_declaration=True)})


def _run(opdracht: list[str], plek: Path) -> None:
    omgeving = {n: w for n, w in os.environ.items() if n in ("PATH", "HOME", "TMPDIR", "LANG", "SYSTEMROOT")}
    omgeving |= {"DOTNET_CLI_TELEMETRY_OPTOUT": "1", "PYTHONIOENCODING": "utf-8"}
    uitkomst = subprocess.run(
        opdracht, cwd=plek, env=omgeving, timeout=SECONDEN, capture_output=True, check=False
    )
    if uitkomst.returncode:
        regels = uitkomst.stderr.decode(errors="replace").strip().splitlines() or ["geen melding"]
        raise subprocess.SubprocessError(regels[-1])


# --- the light engine -------------------------------------------------------------------------------------


def _run_trackdiff(oud: bytes, nieuw: bytes, auteur: str, moment: datetime, map_: Path) -> bytes:
    """docx-trackdiff knows the body alone; a header, footer or notes go through it as if they were a body."""
    leden_oud, leden_nieuw = open_upload(oud), open_upload(nieuw)
    uit = dict(leden_nieuw)
    oude_rollen = list_rollen(leden_oud)
    gedaan: set[str] = set()
    for rol, deel in list_rollen(leden_nieuw).items():
        ander = oude_rollen.get(rol)
        if ander is None or deel in gedaan or leden_oud[ander] == leden_nieuw[deel]:
            continue
        gedaan.add(deel)
        klaar = _diff_body(_swap_body(leden_oud, ander), _swap_body(leden_nieuw, deel), auteur, moment)
        uit |= {n: x for n, x in klaar.items() if n not in leden_nieuw}  # pictures of the old version
        uit["word/settings.xml"] = klaar["word/settings.xml"]
        uit[deel] = _unwrap(klaar[DOCUMENT], leden_nieuw[deel])
        if _name_rels(deel) in leden_nieuw:
            uit[_name_rels(deel)] = klaar[DOCUMENT_RELS]
    return _save(uit)


def _name_rels(deel: str) -> str:
    map_, _, naam = deel.rpartition("/")
    return f"{map_}/_rels/{naam}.rels"


def _swap_body(leden: Mapping[str, bytes], deel: str) -> dict[str, bytes]:
    """The package with the content of this part as its body."""
    rels = leden.get(_name_rels(deel), LEGE_RELS).replace(b'Target="/word/', b'Target="')
    wortel = etree.fromstring(leden[deel], _PARSER)
    _hide_tekens(wortel)
    if deel == DOCUMENT:
        return {**leden, DOCUMENT: etree.tostring(wortel, encoding="UTF-8"), DOCUMENT_RELS: rels}
    document = etree.Element(f"{W}document", nsmap=wortel.nsmap)
    body = etree.SubElement(document, f"{W}body")
    body.extend(list(wortel))
    etree.SubElement(body, f"{W}sectPr")
    return {**leden, DOCUMENT: etree.tostring(document, encoding="UTF-8"), DOCUMENT_RELS: rels}


def _unwrap(document: bytes, als: bytes) -> bytes:
    """The body of this document as a part like `als`; a real body as it is."""
    voorbeeld = etree.fromstring(als, _PARSER)
    uitkomst = etree.fromstring(document, _PARSER)
    _show_tekens(uitkomst)
    if voorbeeld.tag != f"{W}document":
        body = uitkomst[0]
        uitkomst = etree.Element(voorbeeld.tag, dict(voorbeeld.attrib), nsmap=voorbeeld.nsmap)
        uitkomst.extend([e for e in body if e.tag != f"{W}sectPr"])
    return etree.tostring(uitkomst, xml_declaration=True, encoding="UTF-8", standalone=True)


def _hide_tekens(wortel: etree._Element) -> None:
    for naam, teken in _TEKENS.items():
        for element in list(wortel.iter(f"{W}{naam}")):
            if not element.attrib and element.getparent().tag == f"{W}r":
                element.tag, element.text = f"{W}t", teken


def _show_tekens(wortel: etree._Element) -> None:
    terug = {teken: naam for naam, teken in _TEKENS.items()}
    for tekst in list(wortel.iter(f"{W}t", f"{W}delText")):
        delen = re.split(f"([{''.join(terug)}])", tekst.text or "")
        if len(delen) == 1:
            continue
        ouder = tekst.getparent()
        plek = ouder.index(tekst)
        nieuw = []
        for deel in filter(None, delen):
            element = etree.Element(f"{W}{terug[deel]}" if deel in terug else tekst.tag)
            if deel not in terug:
                element.text = deel
                element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            nieuw.append(element)
        ouder[plek : plek + 1] = nieuw


def _diff_body(
    oud: Mapping[str, bytes], nieuw: Mapping[str, bytes], auteur: str, moment: datetime
) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as werk:
        plek = Path(werk)
        (plek / "oud.docx").write_bytes(_save(oud))
        (plek / "nieuw.docx").write_bytes(_save(nieuw))
        _run(
            [sys.executable, "-m", "docx_trackdiff.compare", "oud.docx", "nieuw.docx", "uit.docx",
             f"--author={auteur}", f"--date={_write_moment(moment)}"],
            plek,
        )  # fmt: skip
        with zipfile.ZipFile(plek / "uit.docx") as pakket:
            return {naam: pakket.read(naam) for naam in pakket.namelist()}


def _save(leden: Mapping[str, bytes]) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pakket:
        for naam, inhoud in leden.items():
            pakket.writestr(zipfile.ZipInfo(naam, (2026, 1, 1, 0, 0, 0)), inhoud, zipfile.ZIP_DEFLATED)
    return uit.getvalue()
