"""Finds the template of a document (regional variant first, then the national one) and keeps it compiled.

Must stay true: documents of a dossier are made for keeping: from the template itself, with bytes that do not
depend on what else is installed; the same template file and house style are compiled once per process;
contexts reach Jinja as plain dictionaries of typed values, so a template cannot call into a model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from aanbesteding.documents.clausules import list_voorwaarden
from aanbesteding.documents.declaration import Document, DocumentContext, Gedeelde, Grafiek
from aanbesteding.documents.grafiek import render_grafiek
from aanbesteding.documents.herkomst import build_bundel, load_vast
from aanbesteding.documents.render import Template
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.errors import SjabloonMismatch

Gedeeld = dict[int, tuple[object, Any]]
"""What many contexts hold together (declaration.Gedeeld), made plain once: by identity, kept alive with it."""

_GEWOON = frozenset({str, int, bool, type(None), Decimal, date, datetime})


def make_jinja_context(
    context: DocumentContext, huisstijl: Huisstijl, gedeeld: Gedeeld | None = None
) -> dict[str, Any]:
    """The context as the template sees it: dictionaries, lists and typed values, charts as pictures.

    `gedeeld` is kept by whoever makes a series, so that what all letters share is made plain once.
    """
    plat = _Plat(huisstijl.kleur, {} if gedeeld is None else gedeeld)
    waarden = {naam: plat.make(getattr(context, naam)) for naam in type(context).model_fields}
    return {"huisstijl": plat.make(huisstijl), **waarden}


@dataclass(frozen=True)
class _Plat:
    kleur: str
    gedeeld: Gedeeld

    def make(self, waarde: Any) -> Any:
        """One value of a context, plain."""
        if type(waarde) in _GEWOON:
            return waarde
        if isinstance(waarde, Grafiek):
            return render_grafiek(waarde, kleur=self.kleur)
        if isinstance(waarde, Gedeelde):
            if id(waarde) not in self.gedeeld:
                self.gedeeld[id(waarde)] = (waarde, self._make_model(waarde))
            return self.gedeeld[id(waarde)][1]
        if isinstance(waarde, BaseModel):
            return self._make_model(waarde)
        if isinstance(waarde, tuple | list):
            delen: Sequence[Any] = list[Any](waarde)  # pyright: ignore[reportUnknownArgumentType]
            return [self.make(deel) for deel in delen]
        if isinstance(waarde, Mapping):
            paren: Mapping[str, Any] = waarde  # pyright: ignore[reportUnknownVariableType]
            return {sleutel: self.make(deel) for sleutel, deel in paren.items()}
        return waarde

    def _make_model(self, model: BaseModel) -> dict[str, Any]:
        return {naam: self.make(getattr(model, naam)) for naam in type(model).model_fields}


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
