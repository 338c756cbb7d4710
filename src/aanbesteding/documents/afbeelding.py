"""A picture as a value of a context, and the WordprocessingML that puts it in a line of text.

Where the picture's bytes go in the package is the renderer's work (render.py). Charts come from grafiek.py.

Must stay true: no picture without alternative text; the relation id follows from the bytes, so that the same
picture gives the same document.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from functools import cached_property
from xml.sax.saxutils import quoteattr

EMU_PER_MM = 36000
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Afbeelding:
    """A PNG with alternative text, shown at a width in millimetres; the height follows from the pixels."""

    png: bytes
    alt: str
    breedte_mm: int

    def __post_init__(self) -> None:
        if not self.png.startswith(_PNG) or len(self.png) < 24:
            raise ValueError("een afbeelding moet een PNG-bestand zijn")
        if not self.alt.strip():
            raise ValueError("een afbeelding heeft een alternatieve tekst nodig")
        if not 1 <= self.breedte_mm <= 160:
            raise ValueError("een afbeelding is 1 tot 160 mm breed")

    @cached_property
    def sleutel(self) -> str:
        """Short hash of the bytes; names the picture inside the package."""
        return hashlib.sha256(self.png).hexdigest()[:16]

    @property
    def rel_id(self) -> str:
        """Id of the relation in the part that shows the picture."""
        return f"rIdAfb{self.sleutel}"

    @property
    def lidnaam(self) -> str:
        """Name of the picture inside the package."""
        return f"word/media/afbeelding_{self.sleutel}.png"

    def render_drawing(self) -> str:
        """The w:drawing element; its docPr id is numbered when the whole part is known."""
        breed, hoog = struct.unpack(">II", self.png[16:24])
        cx = self.breedte_mm * EMU_PER_MM
        cy = cx * hoog // breed
        alt = quoteattr(self.alt, {"\n": " "})
        a = "http://schemas.openxmlformats.org/drawingml/2006"
        return (
            f'<w:drawing><wp:inline xmlns:wp="{a}/wordprocessingDrawing" distT="0" distB="0" '
            f'distL="0" distR="0">'
            f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="1" name="Afbeelding '
            f'{self.sleutel[:6]}" descr={alt}/>'
            f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{a}/main" noChangeAspect="1"/>'
            f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{a}/main"><a:graphicData uri="{a}/picture">'
            f'<pic:pic xmlns:pic="{a}/picture"><pic:nvPicPr><pic:cNvPr id="0" '
            f'name="{self.sleutel}.png" descr={alt}/>'
            "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
            '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'r:embed="{self.rel_id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )
