"""Writes the zip of a document: fixed order, fixed time stamps, unchanged members deflated once.

It knows nothing of Word beyond the two members that list the others (content types and relations).

Must stay true: the same members give the same bytes, on every machine with the same zlib; level 6 always,
and no faster deflate when it happens to be there, because that would make the bytes depend on what is
installed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_DATUM = (46 << 9) | (1 << 5) | 1  # 1 January 2026 in the zip format's own count
_NIVEAU = 6
TYPES = "[Content_Types].xml"
CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_IMAGE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


@dataclass(frozen=True)
class Lid:
    """One member, deflated; `kop` is what local and central header share."""

    naam: bytes
    kop: bytes
    data: bytes


def build_lid(naam: str, inhoud: bytes) -> Lid:
    """Deflate one member; pictures that are compressed already are stored."""
    opslaan = naam.endswith((".png", ".jpeg", ".jpg"))
    if opslaan:
        data, methode = inhoud, 0
    else:
        pers = zlib.compressobj(
            _NIVEAU, zlib.DEFLATED, -12 if len(inhoud) < 4096 else -15
        )  # no window to clear
        data, methode = pers.compress(inhoud) + pers.flush(), 8
    ruw = naam.encode("utf-8")
    vlag = 0 if ruw.isascii() else 0x800
    kop = struct.pack(
        "<HHHHHIIIHH", 20, vlag, methode, 0, _DATUM, zlib.crc32(inhoud), len(data), len(inhoud), len(ruw), 0
    )
    return Lid(ruw, kop, data)


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


def add_png_type(leden: dict[str, bytes]) -> None:
    """Announce PNG pictures in the content types."""
    if b'Extension="png"' not in leden[TYPES]:
        leden[TYPES] = _insert(leden[TYPES], "Types", '<Default Extension="png" ContentType="image/png"/>')


def add_afbeelding_relaties(rels: bytes | None, relaties: Mapping[str, str]) -> bytes:
    """Relations of a part with these pictures added: relation id to member name."""
    leeg = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    regels = "".join(
        f'<Relationship Id="{i}" Type="{_IMAGE_REL}" Target="/{naam}"/>'
        for i, naam in sorted(relaties.items())
    )
    return _insert(rels or leeg, "Relationships", regels)


def _insert(xml: bytes, wortel: str, nieuw: str) -> bytes:
    einde = f"</{wortel}>".encode()
    if einde not in xml:  # an empty root element
        return xml.rstrip().removesuffix(b"/>") + b">" + nieuw.encode() + einde
    voor, na = xml.rsplit(einde, 1)
    return voor + nieuw.encode() + einde + na
