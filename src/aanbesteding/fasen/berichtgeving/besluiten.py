"""What the acts of the letters record. Pure; whether it may is in regels.py, what is printed in documenten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aanbesteding.domain.feiten import Partij
from aanbesteding.domain.onderneming import Adres
from aanbesteding.domain.situatie import Situatie
from aanbesteding.errors import InvoerError
from aanbesteding.fase import Besluit
from aanbesteding.fasen.berichtgeving.feiten import (
    AanbiedersAangeschreven,
    LichteRouteVastgesteld,
    RadenGeinformeerd,
    VoortzettingMeegedeeld,
)
from aanbesteding.fasen.berichtgeving.invoer import (
    LichteRouteVaststellen,
    NieuweAanbiedersAanschrijven,
    RadenInformeren,
    RijAanbieder,
    VoortzettingMeedelen,
)


def decide_aanschrijving(s: Situatie[NieuweAanbiedersAanschrijven]) -> Besluit:
    """Record who was written to."""
    return Besluit((AanbiedersAangeschreven(partijen=s.invoer.partijen, aanleiding=s.invoer.aanleiding),))


def build_aanschrijving(
    bladen: Mapping[str, tuple[Any, ...]], s: Situatie[None]
) -> NieuweAanbiedersAanschrijven:
    """The rows of the workbook as input; InvoerError when they give different reasons."""
    rijen: tuple[RijAanbieder, ...] = bladen["aanbieders"]
    if len(redenen := {rij.aanleiding for rij in rijen}) > 1:
        raise InvoerError([f"De rijen noemen {len(redenen)} aanleidingen; elke brief krijgt dezelfde tekst."])
    return NieuweAanbiedersAanschrijven(
        partijen=tuple(
            Partij(
                sleutel=rij.sleutel,
                naam=rij.naam,
                groep=rij.groep,
                adres=Adres(straat=rij.straat, postcode=rij.postcode, plaats=rij.plaats),
                email=rij.email,
            )
            for rij in rijen
        ),
        aanleiding=redenen.pop(),
    )


def decide_lichte_route(s: Situatie[LichteRouteVaststellen]) -> Besluit:
    """Record the light track; a later one takes the place of an earlier one."""
    velden = {naam: getattr(s.invoer, naam) for naam in LichteRouteVastgesteld.model_fields}
    return Besluit((LichteRouteVastgesteld(**velden),))


def decide_raden(s: Situatie[RadenInformeren]) -> Besluit:
    """Record what the councils hear."""
    velden = {naam: getattr(s.invoer, naam) for naam in RadenGeinformeerd.model_fields}
    return Besluit((RadenGeinformeerd(**velden),))


def decide_voortzetting(s: Situatie[VoortzettingMeedelen]) -> Besluit:
    """Record what present providers hear."""
    velden = {naam: getattr(s.invoer, naam) for naam in VoortzettingMeegedeeld.model_fields}
    return Besluit((VoortzettingMeegedeeld(**velden),))
