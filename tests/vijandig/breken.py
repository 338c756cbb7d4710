# ruff: noqa: E501 - a table of what bites
"""Ways to break a good example of an input, for every reader alike. All choices come from one random source."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

BIJT = (
    "=HYPERLINK(\"http://x.example\")", "+1+cmd|' /C calc'!A0", "@SUM(1)", "{{7*7}}", "{% for x in range(9**9) %}x{% endfor %}",
    "../../../etc/passwd", "/etc/passwd", "C:\\x", "\\\\server\\deel", "\x00", "\x1b[2J", "\u202e", "\ufeff", "\ud7ff", "9" * 400,
    "-1", "1e400", "NaN", "Infinity", "'; DROP TABLE feit;--", "<script>alert(1)</script>", "\r\nBcc: x@y.example", "%s%n",
    "${jndi:ldap://x}", "x" * 70_000, "[" * 3000, "{" * 3000, "\U0001f4a3" * 50, "0001-01-01", "9999-12-31", "2026-02-30", "1_000",
    "٣", "true", "null", '"', "'", "\\", "#", "=", "[[", "]]", '"""', "'''", "\n", "\t", ",", ";", "|", "a.b.c = 1\n", "[[norm]]\n",
)  # fmt: skip
"""Texts that bite some reader or the one who reads on."""
XML = (
    '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]>', "&c;", "<a>" * 2000, "]]>", "<?xml version='1.0'?>", "&#x0;",
    '<c r="XFD1048576"><v>1</v></c>', '<row r="99999999"><c r="A99999999"><v>1</v></c></row>', '<c t="s"><v>99999999</v></c>',
    "<f>SUM(A1:A9)</f>", "<v>1e999</v>", '<dimension ref="A1:XFD1048576"/>', '<c r="ZZZZZ1"><v>1</v></c>', "<v>-</v>",
)  # fmt: skip
BOM = zlib.compress(b" " * 100_000)


def break_tekst(inhoud: bytes, kans: random.Random) -> bytes:
    """A text with something bad in it."""
    tekst = inhoud.decode("utf-8", "replace")
    regels = tekst.split("\n")
    plek, eind = sorted(kans.randrange(len(tekst) + 1) for _ in range(2))
    beet = kans.choice(BIJT)
    soort = kans.randrange(8)
    if soort == 0:
        tekst = tekst[:plek] + beet + tekst[plek:]
    elif soort == 1:
        tekst = tekst[:plek] + beet + tekst[min(eind, plek + kans.randrange(1, 30)) :]
    elif soort == 2:
        tekst = tekst[:plek] + tekst[eind:]
    elif soort == 3:
        tekst = tekst[:eind] + tekst[plek:eind] + tekst[eind:]
    elif soort == 4:
        kans.shuffle(regels)
        tekst = "\n".join(regels)
    elif soort == 5:
        nummer = kans.randrange(len(regels))
        kop, teken, _ = regels[nummer].partition(kans.choice("=:,;"))
        regels[nummer] = (
            kop + teken + kans.choice([f'"{beet}"', beet, "[]", "{}", "0", "9" * 5000, "[" * 2000])
        )
        tekst = "\n".join(regels)
    elif soort == 6:
        return tekst.encode(kans.choice(["utf-16", "utf-8-sig", "latin-1", "utf-32"]), "replace")
    else:
        return break_bytes(inhoud, kans)
    return tekst.encode("utf-8", "surrogatepass")


def break_bytes(inhoud: bytes, kans: random.Random) -> bytes:
    """Bytes flipped, cut off, taken out or put in."""
    ruw = bytearray(inhoud or b"x")
    soort = kans.randrange(5)
    if soort == 0:
        return bytes(ruw[: kans.randrange(len(ruw))])
    if soort == 1:
        return bytes(ruw[kans.randrange(len(ruw)) :])
    plek = kans.randrange(len(ruw))
    if soort == 2:
        return bytes(ruw[:plek] + kans.randbytes(kans.randrange(1, 200)) + ruw[plek:])
    for _ in range(kans.randrange(1, 40)):
        ruw[kans.randrange(plek if soort == 3 else 0, len(ruw))] = kans.randrange(256)
    return bytes(ruw)


def read_leden(inhoud: bytes) -> dict[str, bytes]:
    """The members of a zip."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
        return {naam: pakket.read(naam) for naam in pakket.namelist()}


def save_leden(leden: dict[str, bytes], manier: int = zipfile.ZIP_DEFLATED, slot: bytes = b"") -> bytes:
    """A zip of these members."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", manier) as pakket:
        for naam, deel in leden.items():
            pakket.writestr(zipfile.ZipInfo(naam), deel, manier)
        pakket.comment = slot
    return uit.getvalue()


def break_zip(inhoud: bytes, kans: random.Random) -> bytes:
    """A zip with a broken, swapped, missing, strange or swollen member, or broken itself."""
    if kans.random() < 0.3:
        return break_bytes(inhoud, kans)
    return save_leden(break_leden(read_leden(inhoud), kans), kans.choice([0, 8, 8, 8, 12, 14]))


def break_leden(leden: dict[str, bytes], kans: random.Random) -> dict[str, bytes]:
    """Members of which one or two are not what they should be."""
    leden = dict(leden)
    namen = [naam for naam in leden if leden[naam]]
    een, ander = kans.choice(namen), kans.choice(namen)
    soort = kans.randrange(9)
    if soort == 0:
        leden[een], leden[ander] = leden[ander], leden[een]
    elif soort == 1:
        del leden[een]
    elif soort == 2:
        leden[
            kans.choice(
                [
                    "../x",
                    "/etc/x",
                    "a\\..\\b",
                    "C:x",
                    "x/" * 200 + "x",
                    "\u0661",
                    "xl/vbaProject.bin",
                    een.upper(),
                ]
            )
        ] = b"x"
    elif soort == 3:
        leden[een] = zlib.decompress(BOM) * kans.randrange(1, 20)
    elif soort == 4:
        leden[een] = break_bytes(leden[een], kans)
    elif soort < 8 and leden[een][:1] == b"<":
        leden[een] = break_xml(leden[een], kans)
    else:
        leden[een] = break_tekst(leden[een], kans)
    return leden


def break_xml(xml: bytes, kans: random.Random) -> bytes:
    """XML with something between its tags that does not belong there, or a part gone or doubled."""
    tekst = xml.decode("utf-8", "replace")
    tags = [i for i, teken in enumerate(tekst) if teken == "<"] or [0]
    plek, eind = sorted(kans.choices(tags, k=2))
    soort = kans.randrange(4)
    if soort == 0:
        tekst = tekst[:plek] + kans.choice(XML) + tekst[plek:]
    elif soort == 1:
        tekst = tekst[:plek] + tekst[eind:]
    elif soort == 2:
        tekst = tekst[:eind] + tekst[plek:eind] + tekst[eind:]
    else:
        na = tekst.find(">", plek) + 1
        tekst = tekst[:na] + kans.choice(BIJT) + tekst[na:]
    return tekst.encode("utf-8", "surrogatepass")
