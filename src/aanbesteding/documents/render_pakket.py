"""A prepared template as data: what render_laden.py and render_basis.py make and render_cache.py keeps.

Must stay true: nothing but texts and bytes, so that it can be kept on disk without any code in it; importing
this module loads no Word library.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Bouwsteen:
    """A building block that stands in a template: name and version, for tracing a sent clause."""

    naam: str
    versie: str


@dataclass(frozen=True)
class Pakket:
    """A prepared template: all members of the zip, and per dynamic member the Jinja source."""

    naam: str
    leden: dict[str, bytes]
    bronnen: dict[str, str]
    bouwstenen: tuple[Bouwsteen, ...]


@dataclass(frozen=True)
class Basis:
    """The untouched document as docxtpl would save it, and what it would render.

    `bronnen`: per member the source, prepared by docxtpl; of the body the part between `voor` and `na`, in
    which `open` (with all name spaces) stands as <w:body>. `kern`: the core properties with a mark for each
    property in `eigenschappen`. `noten`: members that are footnotes. `gewoon` is false for a package with
    something unusual in it, which docxtpl itself must render.
    """

    leden: dict[str, bytes]
    bronnen: dict[str, str]
    voor: str
    na: str
    open: str
    kern: str
    eigenschappen: dict[str, str]
    noten: tuple[str, ...]
    gewoon: bool


def find_bouwstenen(pad: Path, map_: Path | None) -> Path | None:
    """The directory of building blocks for this template."""
    if map_ is not None:
        return map_
    return next((o / "_bouwstenen" for o in pad.resolve().parents if (o / "_bouwstenen").is_dir()), None)
