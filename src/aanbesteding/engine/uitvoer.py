"""What may leave a dossier as a workbook: parties, reactions, questions, bids and scores, as recorded.

Kinds of fact are named as they are stored. Only looks.
Must stay true: sealed content never comes here (facts do not hold it), and scores only of percelen whose quality
is locked: before that nobody sees anybody's scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from aanbesteding.domain.dossier import Dossier
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.feiten import ConsensusVastgesteld
from aanbesteding.engine.standen import Geladen
from aanbesteding.errors import InvoerError


@dataclass(frozen=True)
class Bron:
    """A sheet: which list of which kind of fact, and which fields of the fact itself stand before each row."""

    blad: str
    feit: str
    lijst: str
    vooraf: tuple[str, ...] = ()
    zonder: frozenset[str] = frozenset()
    na_kwaliteit: bool = False


@dataclass(frozen=True)
class Blad:
    """A sheet to write."""

    naam: str
    kolommen: tuple[str, ...]
    rijen: tuple[tuple[Any, ...], ...]


UITVOER: Mapping[str, tuple[Bron, ...]] = {
    "partijen": (Bron("partijen", "PartijenGeregistreerd", "partijen"),),
    "reacties": (
        Bron("scores", "ReactiesGeregistreerd", "scores"),
        Bron("antwoorden", "ReactiesGeregistreerd", "antwoorden"),
    ),
    "vragen": (Bron("vragen", "VragenOntvangen", "vragen"),),
    "inschrijvingen": (Bron("inschrijvingen", "InschrijvingenOntvangen", "inschrijvingen"),),
    "scores": (
        Bron("losse scores", "ScoresVergrendeld", "scores", ("perceel", "beoordelaar"), na_kwaliteit=True),
        Bron("oordeel", "ConsensusVastgesteld", "oordelen", ("perceel",), frozenset({"intern"})),
    ),
}


def build_uitvoer(geladen: Geladen, soort: str) -> tuple[Blad, ...]:
    """The sheets of one kind of export; InvoerError for a kind that does not exist."""
    if soort not in UITVOER:
        raise InvoerError([f"'{soort}' kan niet worden uitgevoerd. Wel: {', '.join(UITVOER)}."])
    return tuple(_build_blad(geladen.dossier, bron) for bron in UITVOER[soort])


def count_uitvoer(geladen: Geladen) -> Mapping[str, int]:
    """How many rows each export has now."""
    return {soort: sum(len(b.rijen) for b in build_uitvoer(geladen, soort)) for soort in UITVOER}


def _build_blad(dossier: Dossier, bron: Bron) -> Blad:
    kwaliteit_vast = {f.perceel for f in dossier.list_feiten(ConsensusVastgesteld)}
    rijen: list[dict[str, Any]] = []
    for vastlegging in dossier.vastleggingen:
        feit = vastlegging.feit
        if feit.soort() != bron.feit:
            continue
        if bron.na_kwaliteit and getattr(feit, "perceel", None) not in kwaliteit_vast:
            continue
        rijen += _list_rijen(feit, bron)
    kolommen = tuple(dict.fromkeys(naam for rij in rijen for naam in rij))
    return Blad(bron.blad, kolommen or ("leeg",), tuple(tuple(r.get(k) for k in kolommen) for r in rijen))


def _list_rijen(feit: Feit, bron: Bron) -> Iterator[dict[str, Any]]:
    vooraf = {naam: getattr(feit, naam) for naam in bron.vooraf}
    delen: Sequence[BaseModel] = getattr(feit, bron.lijst)
    for deel in delen:
        vlak = dict(_flatten(deel, ""))
        yield vooraf | {naam: waarde for naam, waarde in vlak.items() if naam not in bron.zonder}


def _flatten(deel: BaseModel, voor: str) -> Iterator[tuple[str, Any]]:
    """Fields of a model as columns; fields of a model inside it get its name before theirs."""
    for naam in type(deel).model_fields:
        waarde = getattr(deel, naam)
        if isinstance(waarde, BaseModel):
            yield from _flatten(waarde, f"{voor}{naam} ")
        elif isinstance(waarde, tuple | list):
            onderdelen: list[Any] = [*waarde]
            yield f"{voor}{naam}", ", ".join(str(w) for w in onderdelen)
        else:
            yield f"{voor}{naam}", waarde
