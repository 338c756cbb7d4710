"""Builds the package of a document: what never changes once, what was rendered, and the relations of pictures.

Rendering the parts is not done here, nor is deflating (render_zip.py).

Must stay true: members that do not change are deflated once per template; the result depends on the template
and the document alone, not on documents made before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aanbesteding.documents.render_beeld import Beeldbasis, name_rels
from aanbesteding.documents.render_omgeving import Staat
from aanbesteding.documents.render_zip import (
    CUSTOM,
    DOCUMENT,
    DOCUMENT_RELS,
    TYPES,
    Blok,
    Lid,
    Pers,
    add_eigenschappen_relatie,
    add_koppelingen,
    add_relaties,
    add_type,
    render_eigenschappen,
)

_BLOKKEN = 8


class Bouwer:
    """Builds documents from the members of one untouched template."""

    def __init__(self, leden: Mapping[str, bytes], pers: Pers) -> None:
        self._leden = leden
        self._pers = pers
        self._blokken: dict[tuple[bool, frozenset[str]], Blok] = {}
        self._vorige: dict[str, tuple[bytes, Lid]] = {}
        self.beeldbasis = Beeldbasis(leden)

    def build(
        self, delen: Mapping[str, bytes], staat: Staat, eigenschappen: Mapping[str, str] | None
    ) -> bytes:
        """The package with these parts in place of the template's."""
        wisselend = [self._build_lid(naam, data) for naam, data in delen.items()]
        if eigenschappen:
            wisselend.append(self._pers.build_lid(CUSTOM, render_eigenschappen(eigenschappen)))
        anders: dict[str, bytes] = {}
        if staat.koppelingen or staat.afbeeldingen or staat.beelden:
            anders = self._build_relaties(bool(eigenschappen), delen, staat)
            wisselend += [self._pers.build_lid(naam, data) for naam, data in anders.items()]
        blok = self._get_blok(bool(eigenschappen), frozenset((*delen, *anders)))
        return blok.build_zip(wisselend)

    def _get_blok(self, eigenschappen: bool, wisselend: frozenset[str]) -> Blok:
        sleutel = (eigenschappen, wisselend)
        if sleutel not in self._blokken:
            while len(self._blokken) >= _BLOKKEN:  # pictures of every document may have names of their own
                del self._blokken[next(iter(self._blokken))]
            self._blokken[sleutel] = Blok(
                self._pers.build_lid(naam, data, vast=True)
                for naam, data in self._list_vast(eigenschappen).items()
                if naam not in wisselend
            )
        return self._blokken[sleutel]

    def _list_vast(self, eigenschappen: bool) -> dict[str, bytes]:
        """The members of the untouched document, with room for custom properties when they are asked for."""
        leden = dict(self._leden)
        if eigenschappen:
            add_eigenschappen_relatie(leden)
            leden.pop(CUSTOM, None)
        return leden

    def _build_lid(self, naam: str, data: bytes) -> Lid:
        """Deflate a part, or take the previous document's when it is equal (headers, footers)."""
        if naam == DOCUMENT:
            return self._pers.build_lid(naam, data)
        vorige = self._vorige.get(naam)
        if vorige is None or vorige[0] != data:
            vorige = self._vorige[naam] = (data, self._pers.build_lid(naam, data))
        return vorige[1]

    def _build_relaties(
        self, eigenschappen: bool, delen: Mapping[str, bytes], staat: Staat
    ) -> dict[str, bytes]:
        """The members that pictures and hyperlinks add or change."""
        uit: dict[str, bytes] = {}
        leden = self._list_vast(eigenschappen)
        if staat.koppelingen:
            rels = add_koppelingen(leden.get(DOCUMENT_RELS), staat.koppelingen)
            uit[DOCUMENT_RELS] = leden[DOCUMENT_RELS] = rels
        if staat.beelden:
            uit |= staat.beelden.build_leden(leden)
        if staat.afbeeldingen:
            uit[TYPES] = add_type(uit.get(TYPES) or leden[TYPES], "png")
        afbeeldingen = sorted(staat.afbeeldingen.items())
        for naam, data in delen.items():
            relaties = {i: f"/{a.lidnaam}" for i, a in afbeeldingen if i.encode() in data}
            if relaties:
                lid = name_rels(naam)
                uit[lid] = add_relaties(uit.get(lid) or leden.get(lid), relaties)
        return uit | {a.lidnaam: a.png for _, a in afbeeldingen}


def build_heel(
    leden: Mapping[str, bytes], pers: Pers, eigenschappen: Mapping[str, str] | None = None
) -> bytes:
    """A package of these members, in their order and with fixed times."""
    alles = dict(leden)
    if eigenschappen:
        add_eigenschappen_relatie(alles)
        alles[CUSTOM] = render_eigenschappen(eigenschappen)
    gedaan: Iterable[Lid] = (pers.build_lid(naam, data) for naam, data in alles.items())
    return Blok(gedaan).build_zip(())
