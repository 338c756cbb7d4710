"""What the acts of the strategy record."""

from __future__ import annotations

from aanbesteding.domain.feiten import LokaleAfwijkingVastgelegd
from aanbesteding.domain.situatie import Situatie
from aanbesteding.fase import Besluit
from aanbesteding.fasen.strategie.feiten import (
    HerleidingVastgesteld,
    LopendeOvereenkomstenGeregistreerd,
    ParticipatieVastgesteld,
    StrategieVastgesteld,
)
from aanbesteding.fasen.strategie.invoer import (
    AfwijkingVastleggen,
    HerleidingVaststellen,
    LopendeOvereenkomstenRegistreren,
    ParticipatieVaststellen,
    StrategieVaststellen,
)


def decide_lopend(s: Situatie[LopendeOvereenkomstenRegistreren]) -> Besluit:
    """Record the running agreements."""
    feit = LopendeOvereenkomstenGeregistreerd(
        peildatum=s.invoer.peildatum, overeenkomsten=s.invoer.overeenkomsten
    )
    return Besluit((feit,))


def decide_participatie(s: Situatie[ParticipatieVaststellen]) -> Besluit:
    """Record the form of participation per track."""
    return Besluit((ParticipatieVastgesteld(keuzes=s.invoer.keuzes),))


def decide_afwijking(s: Situatie[AfwijkingVastleggen]) -> Besluit:
    """Record what one municipality does differently."""
    return Besluit((LokaleAfwijkingVastgelegd(**dict(s.invoer)),))


def decide_strategie(s: Situatie[StrategieVaststellen]) -> Besluit:
    """Record that the strategy stands."""
    return Besluit((StrategieVastgesteld(**dict(s.invoer)),))


def decide_herleiding(s: Situatie[HerleidingVaststellen]) -> Besluit:
    """Record where every principle works through."""
    return Besluit((HerleidingVastgesteld(regels=s.invoer.regels),))
