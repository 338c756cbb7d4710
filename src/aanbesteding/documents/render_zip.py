"""Writes the zip of a document: fixed order, fixed time stamps, unchanged members deflated once.

It knows nothing of Word beyond the two members that list the others (content types and relations).

Must stay true: the same members give the same bytes. For the archive (`Pers.ARCHIEF`) always zlib level 6,
so that they do not depend on what is installed; `Pers.SNEL` takes the fastest deflate there is, and then the
version of isal is part of what the bytes depend on.
Trap: once isal has run, zlib is several times slower in the same process on some processors (it leaves the
vector registers in a state that costs other code); so the archive keeps away from isal altogether.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_isal: Any = None
with suppress(ImportError):  # the extra "snel" may not be installed
    from isal import isal_zlib as _isal

_crc32: Callable[[bytes], int] = zlib.crc32 if _isal is None else _isal.crc32
_DATUM = (46 << 9) | (1 << 5) | 1  # 1 January 2026 in the zip format's own count
CORE = "docProps/core.xml"
DOCUMENT = "word/document.xml"
DOCUMENT_RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_LINK_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_BEELDSOORTEN = {
    "bmp": "image/bmp", "gif": "image/gif", "jpg": "image/jpeg", "png": "image/png", "tiff": "image/tiff",
}  # fmt: skip
LEGE_RELS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
IMAGE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


@dataclass(frozen=True)
class Lid:
    """One member, deflated; `kop` is what local and central header share."""

    naam: bytes
    kop: bytes
    data: bytes


class Pers(Enum):
    """How members are deflated: for keeping, or for speed."""

    ARCHIEF = "archief"
    SNEL = "snel"

    def build_lid(self, naam: str, inhoud: bytes, *, vast: bool = False) -> Lid:
        """Deflate one member; pictures that are compressed already are stored. `vast`: it is done once."""
        if naam.endswith((".png", ".jpeg", ".jpg")):
            data, methode = inhoud, 0
        else:
            data, methode = (_deflate if self is Pers.ARCHIEF or vast else deflate_snel)(inhoud), 8
        crc32 = zlib.crc32 if self is Pers.ARCHIEF else _crc32
        ruw = naam.encode("utf-8")
        vlag = 0 if ruw.isascii() else 0x800
        kop = struct.pack(
            "<HHHHHIIIHH", 20, vlag, methode, 0, _DATUM, crc32(inhoud), len(data), len(inhoud), len(ruw), 0
        )  # fmt: skip
        return Lid(ruw, kop, data)


def _deflate(inhoud: bytes) -> bytes:
    pers = zlib.compressobj(6, zlib.DEFLATED, -12 if len(inhoud) < 4096 else -15)  # no window to clear
    return pers.compress(inhoud) + pers.flush()


def deflate_snel(inhoud: bytes) -> bytes:
    """Deflate with the fastest there is."""
    if _isal is not None:
        return _isal.compress(inhoud, 1, -15)
    return zlib.compress(inhoud, 1, -15)


class Blok:
    """Members that never change, laid out once: their bytes and their lines in the directory."""

    def __init__(self, leden: Iterable[Lid]) -> None:
        self.lokaal, self.centraal, self.aantal = _lay_out(leden, 0)

    def build_zip(self, leden: Iterable[Lid]) -> bytes:
        """The whole zip: this block, then these members, then the directory."""
        lokaal, centraal, aantal = _lay_out(leden, len(self.lokaal))
        plek = len(self.lokaal) + len(lokaal)
        lengte = len(self.centraal) + len(centraal)
        totaal = self.aantal + aantal
        slot = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, totaal, totaal, lengte, plek, 0)
        return b"".join((self.lokaal, lokaal, self.centraal, centraal, slot))


def _lay_out(leden: Iterable[Lid], plek: int) -> tuple[bytes, bytes, int]:
    lokaal: list[bytes] = []
    centraal: list[bytes] = []
    for lid in leden:
        centraal += [
            b"PK\x01\x02\x14\x00", lid.kop, b"\0\0\0\0\0\0", b"\0\0\0\0", struct.pack("<I", plek), lid.naam,
        ]  # fmt: skip
        stuk = b"".join((b"PK\x03\x04", lid.kop, lid.naam, lid.data))
        lokaal.append(stuk)
        plek += len(stuk)
    return b"".join(lokaal), b"".join(centraal), len(lokaal)


def render_eigenschappen(eigenschappen: Mapping[str, str]) -> bytes:
    """docProps/custom.xml with these text properties, in order of name."""
    regels = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name={quoteattr(naam)}>'
        f"<vt:lpwstr>{escape(waarde)}</vt:lpwstr></property>"
        for n, (naam, waarde) in enumerate(sorted(eigenschappen.items()), start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{regels}</Properties>"
    ).encode()


def add_eigenschappen_relatie(leden: dict[str, bytes]) -> None:
    """Announce docProps/custom.xml in the content types and the package's relations."""
    if CUSTOM in leden:
        return
    leden[TYPES] = _insert(
        leden[TYPES], "Types", f'<Override PartName="/{CUSTOM}" ContentType="{_CUSTOM_TYPE}"/>'
    )
    relatie = f'<Relationship Id="rIdEigenschappen" Type="{_CUSTOM_REL}" Target="{CUSTOM}"/>'
    leden["_rels/.rels"] = _insert(leden["_rels/.rels"], "Relationships", relatie)


def add_type(types: bytes, soort: str) -> bytes:
    """Announce pictures of this kind (by extension) in the content types, in the order of python-docx."""
    kaal = types.decode()
    if re.search(rf'Extension="{soort}"', kaal, re.IGNORECASE):
        return types
    nieuw = f'<Default Extension="{soort}" ContentType="{_BEELDSOORTEN[soort]}"/>'
    for ander in re.finditer(r'<Default\b[^>]*Extension="([^"]*)"', kaal):
        if ander[1] > soort:
            return f"{kaal[: ander.start()]}{nieuw}{kaal[ander.start() :]}".encode()
    eerste = kaal.find("<Override")
    return _insert(types, "Types", nieuw) if eerste < 0 else f"{kaal[:eerste]}{nieuw}{kaal[eerste:]}".encode()


def add_relaties(rels: bytes | None, relaties: Mapping[str, str]) -> bytes:
    """Relations of a part with these pictures added: relation id to target."""
    regels = "".join(
        f'<Relationship Id="{i}" Type="{IMAGE_REL}" Target="{doel}"/>' for i, doel in relaties.items()
    )
    return _insert(rels or LEGE_RELS, "Relationships", regels)


def list_rel_ids(rels: bytes | None) -> set[str]:
    """Ids of the relations of a part."""
    return {i.decode() for i in re.findall(rb'\bId\s*=\s*["\']([^"\']*)["\']', rels or b"")}


def add_koppelingen(rels: bytes | None, koppelingen: Mapping[str, str]) -> bytes:
    """Relations of a part with these hyperlinks added: address to relation id."""
    regels = "".join(
        f'<Relationship Id="{i}" Type="{_LINK_REL}" Target={quoteattr(url)} TargetMode="External"/>'
        for url, i in koppelingen.items()
    )
    return _insert(rels or LEGE_RELS, "Relationships", regels)


def _insert(xml: bytes, wortel: str, nieuw: str) -> bytes:
    einde = f"</{wortel}>".encode()
    if einde not in xml:  # an empty root element
        return xml.rstrip().removesuffix(b"/>") + b">" + nieuw.encode() + einde
    voor, na = xml.rsplit(einde, 1)
    return voor + nieuw.encode() + einde + na


_DOCPR = re.compile(rb'(<wp:docPr\b[^>]*?\bid=")[^"]*(")')


def number_tekeningen(data: bytes) -> bytes:
    """Number the drawings of a body from 1001, as docxtpl does."""
    teller = iter(range(1001, 1_000_000))
    return _DOCPR.sub(lambda m: b"%b%d%b" % (m[1], next(teller), m[2]), data)
