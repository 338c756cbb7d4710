"""What the engine asks of the outside world, as small protocols; adapters answer them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel


class Klok(Protocol):
    """Tells the time; the only way time comes into the product."""

    def nu(self) -> datetime:
        """The present moment, aware."""
        ...


class Werkboeklezer(Protocol):
    """Reads a workbook into validated rows per sheet, or raises InvoerError with every fault."""

    def __call__(self, pad: Path, bladen: Mapping[str, type[BaseModel]]) -> Mapping[str, tuple[Any, ...]]:
        """Read `pad`; the row models say which columns each sheet has."""
        ...
