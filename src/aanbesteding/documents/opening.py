"""What the records of both openings share: who opened with which key, fingerprints, and the heads of the chains.

The record of the opening of bids belongs to the stage publicatie, that of prices to the stage beoordeling.
Must stay true: everything comes from recorded facts; nothing here shows content, a price or a score.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.dossier import Bewijskop
from aanbesteding.domain.situatie import Situatie
from aanbesteding.domain.zegel import OpenersAangewezen, load_geopend


class Openerregel(Gegevensmodel):
    """A person who opened."""

    persoon: str = Field(description="Gebruikersnaam")
    rollen: tuple[str, ...] = Field(description="Rollen volgens het mandaat")
    sleutel: str = Field(default="", description="Vingerafdruk van de sleutel waarmee deze persoon opende")


class Bewijsregel(Gegevensmodel):
    """The heads of the chains of facts and log, as they were recorded with the act that promised this record."""

    feit: int = Field(description="Nummer van het laatste feit")
    feit_hash: str = Field(description="Hash van het laatste feit")
    logregel: int = Field(description="Nummer van de logregel van die handeling; 0 als die er niet is")
    log_hash: str = Field(description="Hash van die logregel; leeg als die er niet is")


def list_openers(s: Situatie[Any], omslag: str, personen: Iterable[str]) -> tuple[Openerregel, ...]:
    """These persons with their roles, and the key with which each last opened envelopes of this kind."""
    geopend = load_geopend(s.dossier, omslag)
    sleutels = {o.persoon: o.vingerafdruk for o in geopend.openers} if geopend else {}
    return tuple(
        Openerregel(
            persoon=p,
            rollen=tuple(sorted(r.value for r in s.regio.list_rollen(p))),
            sleutel=sleutels.get(p, ""),
        )
        for p in personen
    )


def list_aangewezen(s: Situatie[Any]) -> tuple[str, ...]:
    """Who were appointed as openers; empty in a dossier from before sealing."""
    aangewezen = s.dossier.laatste(OpenersAangewezen)
    return tuple(o.persoon for o in aangewezen.openers) if aangewezen else ()


def build_bewijs(kop: Bewijskop | None) -> Bewijsregel | None:
    """The heads as a document prints them, or None when they were not recorded."""
    return None if kop is None else Bewijsregel(**asdict(kop))


def show_kenmerk(kenmerk: str) -> str:
    """A hash in groups of eight, so that it can be compared and broken over lines."""
    return " ".join(kenmerk[n : n + 8] for n in range(0, len(kenmerk), 8))
