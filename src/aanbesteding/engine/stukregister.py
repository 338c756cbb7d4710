"""The documents of a dossier as rules see them: register, facts, and the hash of a file on disk where it matters.

Must stay true: the hash on disk is read at the moment itself, never from the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from aanbesteding.documents.declaration import Document
from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.stukken import Registerstuk, Stukken, Stukstatus, TeMaken, build_stukken
from aanbesteding.engine.app import App
from aanbesteding.engine.geheugen import load_geheugen
from aanbesteding.fase import Handeling
from aanbesteding.procedure import Procedure
from aanbesteding.storage.documenten import list_toezeggingen
from aanbesteding.storage.queries import load_registerstempel
from aanbesteding.storage.stukken import Stukrij, list_stukrijen


def load_stukken(app: App, dossier: Dossier, procedure: Procedure) -> Stukken:
    """Every document of this dossier at this version; nothing is read from disk."""
    rijen = list_stukrijen(app.database, dossier.code)
    soorten = {code: _find_document(procedure, code) for code in {rij.document for rij in rijen}}
    register = (_build_registerstuk(soorten[rij.document], rij) for rij in rijen)
    te_maken = tuple(
        TeMaken(t.versie, t.document, t.onderwerpen) for t in list_toezeggingen(app.database, dossier.code)
    )
    return build_stukken(register, te_maken, dossier)


def read_stukken(app: App, dossier: Dossier, procedure: Procedure) -> Stukken:
    """As `load_stukken`, for a view: the register is read only when it grew or the dossier went on."""
    return load_geheugen(app.database).stukken.load(
        dossier.code,
        (dossier.versie, load_registerstempel(app.database, dossier.code)),
        lambda _: load_stukken(app, dossier, procedure),
        lambda gelezen: len(gelezen.alle) + 1,
    )


def _find_document(procedure: Procedure, code: str) -> Document | None:
    try:
        return procedure.load_document(code)
    except KeyError:  # a document of an older version of the product
        return None


def _build_registerstuk(document: Document | None, rij: Stukrij) -> Registerstuk:
    if document is None:
        te_beoordelen = verzenden = rij.status != Stukstatus.GEMAAKT
    else:
        te_beoordelen, verzenden = document.te_beoordelen, document.verzenden
    return Registerstuk(
        rij.pad, rij.document, rij.titel, rij.fase, rij.versie, rij.onderwerpen, rij.ontvanger, rij.ontvanger_naam,
        rij.ontvanger_email, rij.uitgave, rij.maker, rij.sha256, rij.gemaakt, te_beoordelen, verzenden,
    )  # fmt: skip


def look_op_schijf(app: App, dossier: str, stukken: Stukken, paden: Iterable[str]) -> Stukken:
    """The same stukken with the hash of these files on disk."""
    return replace(stukken, schijf={pad: app.bestanden.hash(dossier, pad) for pad in paden})


def _list_genoemd(invoer: Any) -> frozenset[str]:
    """The keys that an input names; none when it names no stuk."""
    delen: tuple[Any, ...] = (
        *getattr(invoer, "stukken", ()),
        getattr(invoer, "gezien", None),
        getattr(invoer, "stuk", None),
    )
    return frozenset(str(getattr(deel, "stuk", deel)) for deel in delen if deel is not None)


@dataclass
class Stukkenbron:
    """The documents of one dossier at one moment, loaded when the first act asks for them."""

    app: App
    dossier: Dossier
    procedure: Procedure

    @cached_property
    def stukken(self) -> Stukken:
        """The documents, without their files."""
        return load_stukken(self.app, self.dossier, self.procedure)

    def add(self, handeling: Handeling, s: Situatie[Any]) -> Situatie[Any]:
        """The situation with the documents, for an act that looks at them; with input also their files on disk."""
        if not handeling.ziet_stukken:
            return s
        if s.invoer is None:
            return replace(s, stukken=self.stukken)
        genoemd = _list_genoemd(s.invoer)
        paden = [
            stuk.huidig.pad for stuk in self.stukken.alle if (stuk.id in genoemd if genoemd else stuk.loopt)
        ]
        paden += [str(s.invoer.pad)] if getattr(s.invoer, "pad", "") else []
        return replace(s, stukken=look_op_schijf(self.app, self.dossier.code, self.stukken, paden))
