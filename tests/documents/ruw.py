"""Word packages written by hand, part by part, for tests of what Word may bring along."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
NS = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}"'
VERKLARING = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SECTIE = "<w:sectPr>{}<w:pgSz w:w='11906' w:h='16838'/></w:sectPr>"


def p(tekst: str, stijl: str = "", pr: str = "") -> str:
    """A paragraph of one run."""
    ppr = f'<w:pPr><w:pStyle w:val="{stijl}"/></w:pPr>' if stijl else ""
    return f"<w:p>{ppr}<w:r>{pr}<w:t>{tekst}</w:t></w:r></w:p>"


def cel(tekst: str, pr: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="100" w:type="dxa"/>{pr}</w:tcPr>{p(tekst)}</w:tc>'


def rij(*cellen: str) -> str:
    return f"<w:tr>{''.join(c if c.startswith('<') else cel(c) for c in cellen)}</w:tr>"


def tabel(kolommen: int, *rijen: str) -> str:
    rooster = '<w:gridCol w:w="1000"/>' * kolommen
    return f"<w:tbl><w:tblPr/><w:tblGrid>{rooster}</w:tblGrid>{''.join(rijen)}</w:tbl>"


def tekening(id_: int, rel: str = "rIdLogo", alt: str = "logo") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="100" cy="100"/><wp:docPr id="{id_}" name="Logo" descr="{alt}"/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}"><pic:nvPicPr>'
        f'<pic:cNvPr id="0" name="logo.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{rel}"/>'
        "</pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def make_png(breed: int = 4, hoog: int = 3, kleur: bytes = b"\x10\x20\x30") -> bytes:
    """A small picture."""

    def stuk(soort: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + soort + data + struct.pack(">I", zlib.crc32(soort + data))

    kop = stuk(b"IHDR", struct.pack(">IIBBBBB", breed, hoog, 8, 2, 0, 0, 0))
    beeld = stuk(b"IDAT", zlib.compress((b"\0" + kleur * breed) * hoog))
    return b"\x89PNG\r\n\x1a\n" + kop + beeld + stuk(b"IEND", b"")


def make_gif() -> bytes:
    """A picture of one point."""
    return b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"


def write_docx(
    pad: Path,
    body: str,
    *,
    koppen: tuple[str, ...] = (),
    voeten: tuple[str, ...] = (),
    noten: str = "",
    opmerkingen: str = "",
    titel: str | None = "Titel",
    logo: bool = False,
    sectie: bool = True,
    wortel: str = NS,
    extra: str = "",
) -> Path:
    """Write a package of these parts. Each header and footer gets a section of its own."""
    delen: dict[str, tuple[str, str, str]] = {}
    for soort, teksten in (("header", koppen), ("footer", voeten)):
        tag = "hdr" if soort == "header" else "ftr"
        for n, xml in enumerate(teksten, 1):
            inhoud = f"{VERKLARING}<w:{tag} {NS}>{xml}</w:{tag}>"
            delen[f"{soort}{n}.xml"] = (soort, f"rId{soort}{n}", inhoud)
    if noten:
        delen["footnotes.xml"] = (
            "footnotes",
            "rIdNoten",
            f"{VERKLARING}<w:footnotes {NS}>{noten}</w:footnotes>",
        )
    if opmerkingen:
        delen["comments.xml"] = (
            "comments",
            "rIdCom",
            f"{VERKLARING}<w:comments {NS}>{opmerkingen}</w:comments>",
        )
    secties: list[str] = []
    for n in range(1, max(len(koppen), len(voeten), 1) + 1):
        verwijzing = "".join(
            f'<w:{s}Reference w:type="default" r:id="rId{s}{n}"/>'
            for s in ("header", "footer")
            if f"{s}{n}.xml" in delen
        )
        secties.append(SECTIE.format(verwijzing))
    eerdere = "".join(f"<w:p><w:pPr>{s}</w:pPr></w:p>" for s in secties[:-1])
    slot = secties[-1] if sectie else ""
    document = f"{VERKLARING}<w:document {wortel}><w:body>{eerdere}{body}{slot}</w:body></w:document>"
    rels = "".join(f'<Relationship Id="{i}" Type="{R}/{s}" Target="{n}"/>' for n, (s, i, _) in delen.items())
    rels += f'<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/>'
    types = "".join(
        f'<Override PartName="/word/{n}" ContentType="{TYPE}.{s}+xml"/>' for n, (s, _, _) in delen.items()
    )
    kaal = 'xmlns="http://schemas.openxmlformats.org/package/2006/'
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as uit:
        if logo:
            rels += f'<Relationship Id="rIdLogo" Type="{R}/image" Target="media/image1.png"/>'
            uit.writestr("word/media/image1.png", make_png())
        kern = ""
        if titel is not None:
            kern = (
                '<Relationship Id="rIdKern" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
                'metadata/core-properties" Target="docProps/core.xml"/>'
            )
            types += (
                '<Override PartName="/docProps/core.xml" '
                'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            )
            uit.writestr(
                "docProps/core.xml",
                f'{VERKLARING}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
                f'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{titel}</dc:title>'
                "<dc:creator>Afdeling &amp; co</dc:creator></cp:coreProperties>",
            )
        uit.writestr(
            "[Content_Types].xml",
            f'{VERKLARING}<Types {kaal}content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/>{types}</Types>',
        )
        uit.writestr(
            "_rels/.rels",
            f'{VERKLARING}<Relationships {kaal}relationships"><Relationship Id="rId1" Type="{R}/officeDocument" '
            f'Target="word/document.xml"/>{kern}</Relationships>',
        )
        uit.writestr(
            "word/_rels/document.xml.rels",
            f'{VERKLARING}<Relationships {kaal}relationships">{rels}{extra}</Relationships>',
        )
        uit.writestr("word/styles.xml", f"{VERKLARING}<w:styles {NS}/>")
        uit.writestr("word/document.xml", document)
        for naam, (_, _, inhoud) in delen.items():
            uit.writestr(f"word/{naam}", inhoud)
    return pad


def read_leden(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as pakket:
        assert len(pakket.namelist()) == len(set(pakket.namelist()))
        return {n: pakket.read(n) for n in pakket.namelist()}
