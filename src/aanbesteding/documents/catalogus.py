"""Finds the template of a document (regional variant first, then the national one) and keeps it compiled.

Must stay true: documents of a dossier are made for keeping: from the template itself, with bytes that do not
depend on what else is installed; the same template file and house style are compiled once per process;
contexts reach Jinja as plain dictionaries of typed values, so a template cannot call into a model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from aanbesteding.documents.clausules import list_voorwaarden
from aanbesteding.documents.declaration import Document, DocumentContext, Grafiek
from aanbesteding.documents.grafiek import render_grafiek
from aanbesteding.documents.herkomst import build_bundel, load_vast
from aanbesteding.documents.render import Template
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.errors import SjabloonMismatch


def make_jinja_context(context: DocumentContext, huisstijl: Huisstijl) -> dict[str, Any]:
    """The context as the template sees it: dictionaries, lists and typed values, charts as pictures."""
    waarden = {naam: _plain(getattr(context, naam), huisstijl) for naam in type(context).model_fields}
    return {"huisstijl": _plain(huisstijl, huisstijl), **waarden}


def _plain(waarde: Any, huisstijl: Huisstijl) -> Any:
    if isinstance(waarde, Grafiek):
        return render_grafiek(waarde, kleur=huisstijl.kleur)
    if isinstance(waarde, BaseModel):
        return {naam: _plain(getattr(waarde, naam), huisstijl) for naam in type(waarde).model_fields}
    if isinstance(waarde, tuple | list):
        delen: Sequence[Any] = list[Any](waarde)  # pyright: ignore[reportUnknownArgumentType]
        return [_plain(deel, huisstijl) for deel in delen]
    if isinstance(waarde, Mapping):
        paren: Mapping[str, Any] = waarde  # pyright: ignore[reportUnknownVariableType]
        return {sleutel: _plain(deel, huisstijl) for sleutel, deel in paren.items()}
    return waarde


@dataclass(frozen=True)
class Geladen:
    """A compiled template with what it was compiled from, its hash, and the conditions of its clauses."""

    template: Template
    sha256: str
    bundel: bytes
    clausules: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Sjablonen:
    """The folder of templates, with the compiled ones kept for this process."""

    wortel: Path
    _geladen: dict[tuple[str, str, str], Geladen] = field(default_factory=dict[tuple[str, str, str], Geladen])

    def find(self, document: Document, regio: str) -> Path:
        """Path of the template for this region."""
        regionaal = self.wortel / "_regio" / regio / document.sjabloon
        pad = regionaal if regionaal.exists() else self.wortel / document.sjabloon
        if not pad.exists():
            raise SjabloonMismatch(
                f"Het sjabloon {document.sjabloon} van document '{document.code}' ontbreekt. "
                f"Zet het Word-bestand in {self.wortel.name}/{document.fase}/."
            )
        return pad

    def load(self, document: Document, regio: str, huisstijl: Huisstijl) -> Geladen:
        """The compiled template of this document in this house style."""
        sleutel = (document.code, regio, huisstijl.model_dump_json())
        if sleutel not in self._geladen:
            pad = self.find(document, regio)
            bouwstenen = self.wortel / "_bouwstenen"
            template = load_vast(pad, huisstijl, bouwstenen)
            bundel = build_bundel(pad, bouwstenen, tuple(b.naam for b in template.bouwstenen), huisstijl)
            voorwaarden = list_voorwaarden(pad, bouwstenen)
            self._geladen[sleutel] = Geladen(
                template, hashlib.sha256(bundel).hexdigest(), bundel, voorwaarden
            )
        return self._geladen[sleutel]
