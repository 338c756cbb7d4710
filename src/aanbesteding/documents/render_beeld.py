"""Puts the picture of a docxtpl InlineImage in a document without opening the package with python-docx.

Pictures of our own (afbeelding.py) need none of this. An InlineImage that is a hyperlink too is left to docxtpl.

Must stay true: names, relation ids and shape ids are those that python-docx would give: the first that is free;
a picture that is in the package already is not put in again. State lives as long as one document.
Trap: python-docx writes the drawing with white space between its elements; in a body that stays.
"""
# python-docx and lxml come without usable types.
# pyright: basic

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from aanbesteding.documents.render_zip import IMAGE_REL, TYPES, add_relaties, add_type, list_rel_ids

_ID = re.compile(rb'\sid="(\d+)"')
_NUMMER = re.compile(r"[a-zA-Z]+([1-9][0-9]*)?")


class Beeldbasis:
    """The pictures of a template, by the hash of their bytes, and what its parts refer to."""

    def __init__(self, leden: Mapping[str, bytes]) -> None:
        self.leden = leden
        self._volgnummers: dict[str, int] = {}

    @cached_property
    def lidnamen(self) -> dict[str, str]:
        """Member names of the pictures in the order in which python-docx meets them."""
        gezien: dict[str, None] = {}
        self._walk("", gezien, set())
        return {hashlib.sha1(self.leden[n]).hexdigest(): n for n in reversed(gezien) if n in self.leden}

    @cached_property
    def nummers(self) -> list[int | None]:
        """The numbers in the names of those pictures."""
        gezien: dict[str, None] = {}
        self._walk("", gezien, set())
        uit: list[int | None] = []
        for naam in gezien:
            gevonden = _NUMMER.match(posixpath.basename(naam))
            uit.append(int(gevonden[1]) if gevonden and gevonden[1] else None)
        return uit

    def list_relaties(self, deel: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind and member of each relation inside the package."""
        rels = self.leden.get(name_rels(deel))
        for rel in ElementTree.fromstring(rels) if rels else ():
            if rel.get("TargetMode") != "External":
                doel = rel.get("Target", "")
                lid = (
                    doel[1:]
                    if doel.startswith("/")
                    else posixpath.normpath(f"{posixpath.dirname(deel)}/{doel}")
                )
                yield rel.get("Id", ""), rel.get("Type", ""), lid.lstrip("/")

    def compute_volgnummer(self, deel: str) -> int:
        """The shape id that python-docx gives to a new picture in this part."""
        if deel not in self._volgnummers:
            self._volgnummers[deel] = max(map(int, _ID.findall(self.leden[deel])), default=0) + 1
        return self._volgnummers[deel]

    def _walk(self, deel: str, beelden: dict[str, None], gezien: set[str]) -> None:
        for _, soort, lid in self.list_relaties(deel):
            if soort == IMAGE_REL:
                beelden.setdefault(lid)
            if lid not in gezien:
                gezien.add(lid)
                self._walk(lid, beelden, gezien)


class Beelden:
    """The pictures of one document."""

    def __init__(self, basis: Beeldbasis) -> None:
        self._basis = basis
        self._beelden: dict[str, tuple[str, Any]] = {}
        self._nummers: list[int | None] = []
        self._relaties: dict[str, dict[str, str]] = {}
        self.nieuw: dict[str, bytes] = {}

    def insert(self, waarde: Any, deel: str, koppelingen: Mapping[str, str]) -> str:
        """The runs that stand where docxtpl puts this picture."""
        from docx.image.image import Image
        from docx.oxml.shape import CT_Inline

        beeld = Image.from_file(waarde.image_descriptor)
        lidnaam, beeld = self._add(beeld)
        breed, hoog = beeld.scaled_dimensions(waarde.width, waarde.height)
        rel = self._relate(deel, lidnaam, koppelingen)
        tekening = CT_Inline.new_pic_inline(
            self._basis.compute_volgnummer(deel), rel, beeld.filename, breed, hoog
        )
        return f'</w:t></w:r><w:r><w:drawing>{tekening.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'

    def _add(self, beeld: Any) -> tuple[str, Any]:
        from docx.image.image import Image

        som = beeld.sha1
        if som not in self._beelden:
            lidnaam = self._basis.lidnamen.get(som)
            if lidnaam is not None:
                beeld = Image.from_blob(self._basis.leden[lidnaam])
            else:
                bezet = [*self._basis.nummers, *self._nummers]
                nummer = next(n for n in range(1, len(bezet) + 2) if n not in bezet or n == len(bezet) + 1)
                lidnaam = f"word/media/image{nummer}.{beeld.ext}"
                self._nummers.append(nummer)
                self.nieuw[lidnaam] = beeld.blob
            self._beelden[som] = (lidnaam, beeld)
        return self._beelden[som]

    def _relate(self, deel: str, lidnaam: str, koppelingen: Mapping[str, str]) -> str:
        eigen = self._relaties.setdefault(deel, {})
        for id_, soort, lid in self._basis.list_relaties(deel):
            if soort == IMAGE_REL and lid == lidnaam:
                return id_
        if lidnaam not in eigen:
            bezet = list_rel_ids(self._basis.leden.get(name_rels(deel))) | set(eigen.values())
            bezet |= set(koppelingen.values())
            eigen[lidnaam] = next(i for n in range(1, len(bezet) + 2) if (i := f"rId{n}") not in bezet)
        return eigen[lidnaam]

    def build_leden(self, leden: Mapping[str, bytes]) -> dict[str, bytes]:
        """The members that these pictures add or change."""
        types = leden[TYPES]
        for lidnaam in self.nieuw:
            types = add_type(types, lidnaam.rpartition(".")[2])
        uit = dict(self.nieuw)
        if types != leden[TYPES]:
            uit[TYPES] = types
        for deel, relaties in self._relaties.items():
            if relaties:
                doelen = {
                    id_: posixpath.relpath(lid, posixpath.dirname(deel)) for lid, id_ in relaties.items()
                }
                uit[name_rels(deel)] = add_relaties(leden.get(name_rels(deel)), doelen)
        return uit


def name_rels(deel: str) -> str:
    """The member with the relations of a part."""
    map_, _, kort = deel.rpartition("/")
    return f"{map_}/_rels/{kort}.rels".lstrip("/")
