"""The basic agreement of who was admitted after bestuurlijk aanbesteden, with the annex of that day.

It is the agreement of an entrant with the articles on consultation, steering and the living annex.

Must stay true: the articles are those of the published draft; the annex is the last adopted version.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from aanbesteding.documents.declaration import Document, Exemplaar
from aanbesteding.documents.overlegbepalingen import (
    OverlegBepalingen,
    build_overlegbepalingen,
    voorbeeld_overlegbepalingen,
)
from aanbesteding.domain.feiten import OvereenkomstGesloten
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fasen.toetreding.documenten.toelating import (
    OvereenkomstToetrederContext,
    build_overeenkomst_toetreder,
    voorbeeld_overeenkomst_toetreder,
)


class BasisovereenkomstContext(OvereenkomstToetrederContext):
    """The basic agreement with one provider for one perceel."""

    overleg: OverlegBepalingen = Field(description="Bepalingen over overleg, bijsturen en de bijlage")


def build_basisovereenkomst(s: Situatie[None]) -> Iterator[Exemplaar]:
    """One basic agreement per admitted perceel of each application."""
    percelen = {o.nummer: o.perceel for o in s.dossier.list_feiten(OvereenkomstGesloten)}
    overleg = {p: build_overlegbepalingen(s, p) for p in set(percelen.values())}
    for exemplaar in build_overeenkomst_toetreder(s):
        context = exemplaar.context
        if not isinstance(context, OvereenkomstToetrederContext):
            raise TypeError(type(context).__name__)
        bepalingen = overleg[percelen[context.nummer]]
        if bepalingen is None:
            raise KeyError(context.nummer)
        yield Exemplaar(exemplaar.ontvanger, BasisovereenkomstContext(**dict(context), overleg=bepalingen))


def voorbeeld_basisovereenkomst() -> BasisovereenkomstContext:
    """An invented agreement."""
    return BasisovereenkomstContext(
        **dict(voorbeeld_overeenkomst_toetreder()), overleg=voorbeeld_overlegbepalingen()
    )


BASISOVEREENKOMST = Document(
    code="basisovereenkomst",
    titel="Basisovereenkomst",
    fase="toetreding",
    context=BasisovereenkomstContext,
    build=build_basisovereenkomst,
    voorbeeld=voorbeeld_basisovereenkomst,
    per="overeenkomst",
    ondertekenaar=Rol.GEMANDATEERDE,
    ongebruikt=("producten",),
    bouwstenen=("basisovereenkomst_overleg", "overeenkomst_bepalingen"),
    verzenden=True,
)
