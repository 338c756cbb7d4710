"""What the acts of review record. Pure; whether it may is in regels.py."""

from __future__ import annotations

from collections import defaultdict

from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.stukken import (
    StukAfgekeurd,
    StukIngeleverd,
    StukkenGoedgekeurd,
    StukkenOpnieuwGevraagd,
    StukkenVerzonden,
    StukTeruggevraagd,
    TerugvraagBeantwoord,
)
from aanbesteding.fase import Besluit, Uitgave
from aanbesteding.fasen.stukken.invoer import (
    StukAfkeuren,
    StukInleveren,
    StukkenGoedkeuren,
    StukkenOpnieuwMaken,
    StukkenVerzenden,
    StukTerugvragen,
    TerugvraagBeantwoorden,
)


def decide_goedkeuring(s: Situatie[StukkenGoedkeuren]) -> Besluit:
    """Record the approval of every file that was seen, as one fact."""
    return Besluit((StukkenGoedgekeurd(stukken=s.invoer.stukken, opmerking=s.invoer.opmerking),))


def decide_afkeuring(s: Situatie[StukAfkeuren]) -> Besluit:
    """Record the rejection with its comment."""
    return Besluit((StukAfgekeurd(**dict(s.invoer)),))


def decide_terugvraag(s: Situatie[StukTerugvragen]) -> Besluit:
    """Record the question."""
    return Besluit((StukTeruggevraagd(**dict(s.invoer)),))


def decide_antwoord(s: Situatie[TerugvraagBeantwoorden]) -> Besluit:
    """Record the answer."""
    return Besluit((TerugvraagBeantwoord(**dict(s.invoer)),))


def decide_inlevering(s: Situatie[StukInleveren]) -> Besluit:
    """Record the new version under the next number."""
    nummer = s.stukken.per_id[s.invoer.stuk].huidig.nummer + 1
    return Besluit((StukIngeleverd(versie=nummer, **dict(s.invoer)),))


def decide_opnieuw(s: Situatie[StukkenOpnieuwMaken]) -> Besluit:
    """Ask for new editions, per document for its own recipients alone."""
    per_document: dict[tuple[str, str], list[str]] = defaultdict(list)
    onderwerpen: tuple[str, ...] = ()
    for id_ in s.invoer.stukken:
        rij = s.stukken.per_id[id_].register
        per_document[rij.document, rij.fase].append(rij.ontvanger)
        onderwerpen = rij.onderwerpen
    uitgaven = tuple(
        Uitgave(document, fase, onderwerpen, tuple(ontvangers))
        for (document, fase), ontvangers in per_document.items()
    )
    return Besluit((StukkenOpnieuwGevraagd(**dict(s.invoer)),), uitgaven=uitgaven)


def decide_verzending(s: Situatie[StukkenVerzenden]) -> Besluit:
    """Record which files left."""
    return Besluit((StukkenVerzonden(**dict(s.invoer)),))
