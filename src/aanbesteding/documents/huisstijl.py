"""Puts a region's house style into the fixed parts of a template: accent colour, its tint, and the typeface.

Names and lines of the house style are ordinary fields (`huisstijl.naam`); the noun itself is
domain.huisstijl. The look of the styles is not here but in the templates (and tools/sjabloon_stijl.py,
which draws them).

Must stay true: ACCENT and TINT are the colours that the drafting tool writes; they stand for "the region's
colour".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aanbesteding.domain.huisstijl import Huisstijl

ACCENT = "0B5A7C"
TINT = "E7EFF3"
LETTERTYPE = "Calibri"


def compute_tint(kleur: str) -> str:
    """A light tint (one part colour, nine parts white) for table bands and boxes."""
    return "".join(f"{(int(kleur[i : i + 2], 16) + 9 * 255) // 10:02X}" for i in (0, 2, 4))


def compute_contrast(kleur: str) -> int:
    """Contrast with white as WCAG counts it, in hundredths: 450 is the least for text."""
    kanalen = [int(kleur[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    lineair = [k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanalen]
    licht = 0.2126 * lineair[0] + 0.7152 * lineair[1] + 0.0722 * lineair[2]
    return int(105 / (licht + 0.05))


def perform_huisstijl(xml: str, huisstijl: Huisstijl) -> str:
    """Replace the stand-in colours and typeface of one part by those of the region."""
    kleur = huisstijl.kleur.upper()
    xml = xml.replace(f'"{ACCENT}"', f'"{kleur}"').replace(f'"{TINT}"', f'"{compute_tint(kleur)}"')
    if huisstijl.lettertype != LETTERTYPE:
        xml = xml.replace(f'"{LETTERTYPE}"', f'"{huisstijl.lettertype}"')
    return xml
