"""The shape of a route: its name (the row in web.rechten), method, address and function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Route:
    """One route of the pages."""

    naam: str
    methode: str
    pad: str
    functie: Callable[..., Any]
