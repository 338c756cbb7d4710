"""The base of every noun that comes from outside or is stored: frozen, strict, no unknown fields.

Must stay true: an unknown key in a region's file or in an act's input is an error, never dropped in silence.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Gegevensmodel(BaseModel):
    """Frozen pydantic model without extra fields; the parent of nouns, facts, inputs and contexts."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
