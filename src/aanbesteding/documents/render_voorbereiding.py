"""Prepares a template, from the cache when it was prepared before.

What preparing is stands in render_laden.py (strict) and render_basis.py (as docxtpl); both load Word libraries,
and so are only imported when the cache (render_cache.py) has nothing.

Must stay true: everything that the result depends on is in the key.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aanbesteding.documents.render_bouw import build_heel
from aanbesteding.documents.render_cache import (
    load_basis_uit_cache,
    load_pakket_uit_cache,
    make_sleutel,
    save_in_cache,
)
from aanbesteding.documents.render_pakket import Basis, Pakket, find_bouwstenen
from aanbesteding.documents.render_zip import Pers

if TYPE_CHECKING:
    from aanbesteding.domain.huisstijl import Huisstijl


def prepare_pakket(pad: Path, huisstijl: Huisstijl | None, bouwstenen: Path | None, cache: bool) -> Pakket:
    """The template with its house style and building blocks, and the sources of its parts."""
    sleutel = _make_sleutel_pakket(pad, huisstijl, bouwstenen) if cache else ""
    pakket = load_pakket_uit_cache(sleutel) if cache else None
    if pakket is None:
        from aanbesteding.documents.render_laden import load_pakket

        pakket = load_pakket(pad, huisstijl=huisstijl, bouwstenen=bouwstenen)
        if cache:
            save_in_cache(sleutel, pakket)
    return pakket


def prepare_basis(pakket: Pakket, cache: bool) -> Basis:
    """What docxtpl makes of that template before any field is filled."""
    sleutel = make_sleutel("soepel", (d for n, i in pakket.leden.items() for d in (n.encode(), i)))
    basis = load_basis_uit_cache(sleutel) if cache else None
    if basis is None:
        from aanbesteding.documents.render_basis import build_basis

        basis = build_basis(build_heel(pakket.leden, Pers.SNEL))
        if cache:
            save_in_cache(sleutel, basis)
    return basis


def _make_sleutel_pakket(pad: Path, huisstijl: Huisstijl | None, bouwstenen: Path | None) -> str:
    map_ = find_bouwstenen(pad, bouwstenen)
    bestanden = (pad, *(sorted(map_.glob("*.docx")) if map_ else ()))
    stijl = huisstijl.model_dump_json() if huisstijl else ""
    inhoud = (d for b in bestanden for d in (b.name.encode(), b.read_bytes()))
    return make_sleutel("streng", (stijl.encode(), *inhoud))
