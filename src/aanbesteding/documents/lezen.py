"""Opens a Word file that anyone may have made: what is no .docx, or a dangerous one, is refused in plain Dutch.

Rendering trusts the product's own templates (render_laden); this is for files from outside: a template a jurist
hands in to be checked, a document that comes back.

Must stay true: nothing is unpacked before its size is known; no part with a DTD is parsed; what is refused names the
file, the reason and what to do.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring as parse_veilig

from aanbesteding.errors import InvoerError

MAX_UITGEPAKT = 100_000_000
MAX_LEDEN = 2_000
MAX_VERHOUDING = 200
"""Times that a part may be larger than its compressed form; text stays far below it."""

_BESCHADIGD = (
    zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error, OSError,
)  # fmt: skip
_METHODEN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Of the other ways to deflate the size cannot be bounded while reading."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ANDERE_SOORTEN = {
    ".doc": "een document van Word 97-2003", ".docm": "een document met macro's",
    ".dotm": "een sjabloon met macro's", ".dotx": "een sjabloon van Word zelf", ".odt": "een OpenDocument-bestand",
    ".rtf": "een RTF-bestand", ".pdf": "een PDF",
}  # fmt: skip
_HERSTEL = "open het in Word, laat het herstellen en sla het op"
_EIGENSCHAP = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_DOCX = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def read_docx(pad: Path) -> dict[str, bytes]:
    """All parts of a .docx in their order; InvoerError when it is not one, or not a safe one."""
    soort = pad.suffix.lower()
    if soort in _ANDERE_SOORTEN:
        raise _refuse(pad.name, f"dit is {_ANDERE_SOORTEN[soort]}, geen .docx; sla het in Word op als .docx")
    try:
        inhoud = pad.read_bytes()
    except FileNotFoundError:
        raise _refuse(pad.name, f"het bestand bestaat niet ({pad})") from None
    except OSError as fout:
        raise _refuse(pad.name, f"het bestand is niet te lezen ({fout.strerror})") from fout
    return parse_docx(inhoud, pad.name)


def parse_docx(inhoud: bytes, naam: str) -> dict[str, bytes]:
    """All parts of a .docx that is in memory already; `naam` is what the errors call it."""
    if inhoud.startswith(_OLE):
        raise _refuse(
            naam,
            "dit is een oud of met een wachtwoord beveiligd bestand; sla het zonder wachtwoord op als .docx",
        )
    if not inhoud.startswith(b"PK"):
        raise _refuse(naam, "dit is geen Word-bestand (.docx); sla het in Word op als .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            _check_omvang(naam, pakket)
            leden = {i.filename: _read_lid(pakket, i) for i in pakket.infolist() if not i.is_dir()}
    except _BESCHADIGD as fout:
        raise _refuse(naam, f"het bestand is beschadigd; {_HERSTEL}") from fout
    _check_leden(naam, leden)
    return leden


def _read_lid(pakket: zipfile.ZipFile, lid: zipfile.ZipInfo) -> bytes:
    """One part, and never more than it says it holds: a size that lies must not fill the memory."""
    with pakket.open(lid) as bron:
        return bron.read(lid.file_size) + bron.read(1)


def _check_omvang(naam: str, pakket: zipfile.ZipFile) -> None:
    leden = pakket.infolist()
    groot = sum(lid.file_size for lid in leden) > MAX_UITGEPAKT or len(leden) > MAX_LEDEN
    bom = any(
        lid.file_size > 1_000_000 and lid.file_size > MAX_VERHOUDING * max(lid.compress_size, 1)
        for lid in leden
    )
    if any(lid.compress_type not in _METHODEN for lid in leden):
        raise _refuse(
            naam, f"het bestand is beschadigd of ingepakt op een manier die Word niet kent; {_HERSTEL}"
        )
    if groot or bom:
        raise _refuse(naam, "het bestand is uitgepakt veel te groot (een zipbom?); gebruik een ander bestand")


def _check_leden(naam: str, leden: Mapping[str, bytes]) -> None:
    if "[Content_Types].xml" not in leden or "word/document.xml" not in leden:
        raise _refuse(naam, "dit is geen Word-document: de tekst (word/document.xml) ontbreekt")
    if any(lid.lower().endswith("vbaproject.bin") for lid in leden):
        raise _refuse(naam, "het bestand bevat macro's; sla het op als .docx zonder macro's")
    if _DOCX not in leden["[Content_Types].xml"]:
        raise _refuse(naam, "dit is geen gewoon .docx (macrobestand of Word-sjabloon); sla het op als .docx")
    for lid, inhoud in leden.items():
        if not lid.lower().endswith((".xml", ".rels", ".svg")):
            continue
        try:
            parse_veilig(inhoud, forbid_dtd=True)
        except DefusedXmlException as fout:
            raise _refuse(
                naam, f"onderdeel {lid} bevat een DTD, die Word nooit schrijft; gebruik een ander bestand"
            ) from fout
        except (ElementTree.ParseError, ValueError, LookupError) as fout:
            raise _refuse(naam, f"onderdeel {lid} is beschadigd; {_HERSTEL}") from fout


def _refuse(naam: str, reden: str) -> InvoerError:
    return InvoerError([f"{naam}: {reden}."])


def read_eigenschappen(leden: Mapping[str, bytes]) -> dict[str, str]:
    """The custom properties of a document: what it says about itself."""
    if "docProps/custom.xml" not in leden:
        return {}
    wortel = ElementTree.fromstring(leden["docProps/custom.xml"])
    return {e.get("name", ""): "".join(e.itertext()) for e in wortel.iter(_EIGENSCHAP)}
