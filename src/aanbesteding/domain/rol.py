"""Roles that a mandate can grant; who holds which role is data of the region (see domain.regio)."""

from __future__ import annotations

from enum import StrEnum


class Rol(StrEnum):
    """A role in the purchase. The value is what is stored and never changes."""

    INKOPER = "inkoper"
    JURIST = "jurist"
    BEOORDELAAR = "beoordelaar"
    VOORZITTER = "voorzitter"
    GEMANDATEERDE = "gemandateerde"
    CONTRACTBEHEERDER = "contractbeheerder"
    AUDITOR = "auditor"
    BEHEERDER = "beheerder"
    LOKET = "loket"
    """The region's own website, that takes applications in; never a person."""
