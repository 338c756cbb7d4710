"""The documents of one decision in groups for review, made from what each was made from.

Must stay true: a group is made from the kept template and the recorded context, never from the words of a file; a
document of which another version was handed in is in no group, for its words are no longer those of the template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pydantic import ValidationError

from aanbesteding.documents.catalogus import make_jinja_context
from aanbesteding.documents.declaration import Document, DocumentContext
from aanbesteding.documents.herkomst import load_bundel
from aanbesteding.documents.render import Template
from aanbesteding.documents.varianten import Briefgegevens, Variant, group_varianten
from aanbesteding.documents.velden import list_modelvelden
from aanbesteding.domain.huisstijl import Huisstijl
from aanbesteding.engine.app import App
from aanbesteding.engine.stukken import Stukbeeld, list_stukken
from aanbesteding.errors import SjabloonMismatch
from aanbesteding.storage.documenten import load_sjabloon
from aanbesteding.storage.stukken import Herkomst, load_herkomsten


@dataclass(frozen=True)
class Variantgroep:
    """The documents of one kind of one decision: in variants, and those that are read one by one.

    `los`: another version was handed in, or what it was made from cannot be read any more.
    """

    document: Document
    besluit: int
    varianten: tuple[Variant, ...]
    los: tuple[Stukbeeld, ...]
    beelden: Mapping[str, Stukbeeld]
    omschrijvingen: Mapping[str, str]


@lru_cache(maxsize=32)
def open_sjabloon(bundel: bytes) -> tuple[Template, Huisstijl]:
    """A kept template, compiled once per process."""
    return load_bundel(bundel)


def load_gemaakt(
    app: App, document: Document, herkomst: Herkomst
) -> tuple[Template, Huisstijl, DocumentContext]:
    """What a document was made from; SjabloonMismatch when it cannot be read any more."""
    bundel = load_sjabloon(app.database, herkomst.sjabloon_sha256)
    if bundel is None:
        raise SjabloonMismatch("Het sjabloon waarvan dit stuk is gemaakt, is niet bewaard.")
    template, huisstijl = open_sjabloon(bundel)
    try:
        return template, huisstijl, document.context.model_validate_json(herkomst.context)
    except ValidationError as fout:
        raise SjabloonMismatch(f"De gegevens van dit stuk passen niet meer: {fout.error_count()}.") from fout


def load_variantgroep(app: App, dossier: str, besluit: int, code: str) -> Variantgroep | None:
    """The documents with this code of one decision that are still under review; None when there are none."""
    _, procedure, _ = app.load(dossier)
    beelden = {
        b.stuk.id: b
        for b in list_stukken(app, dossier)
        if b.stuk.besluit == besluit and b.stuk.register.document == code and b.stuk.loopt
    }
    if not beelden:
        return None
    document = procedure.load_document(code)
    herkomsten = load_herkomsten(app.database, dossier, beelden)
    brieven: list[Briefgegevens] = []
    los: list[Stukbeeld] = []
    for id_, beeld in beelden.items():
        if len(beeld.stuk.versies) > 1:
            los.append(beeld)
            continue
        try:
            template, huisstijl, context = load_gemaakt(app, document, herkomsten[id_])
            takken = template.record_takken(make_jinja_context(context, huisstijl))
        except SjabloonMismatch:
            los.append(beeld)
            continue
        brieven.append(Briefgegevens(id_, beeld.stuk.register.ontvanger_naam, takken, context))
    omschrijvingen = {v.pad: v.omschrijving for v in list_modelvelden(document.context)}
    return Variantgroep(document, besluit, group_varianten(brieven), tuple(los), beelden, omschrijvingen)
