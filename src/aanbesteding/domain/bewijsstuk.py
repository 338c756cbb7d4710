"""A file that an applicant sent as evidence: what it is, and where its content is kept.

Must stay true: the content is kept under its own hash, so that a fact that names the hash names exactly these bytes.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from aanbesteding.domain.basis import Gegevensmodel

Bewijsvorm = Literal["pdf", "png", "jpg", "docx"]
BEWIJSMAP = "bewijs"
"""Folder of evidence below the folder of a dossier."""


def make_bewijspad(sha256: str, vorm: str) -> str:
    """Where the content with this hash is kept, below the folder of the dossier."""
    return f"{BEWIJSMAP}/{sha256}.{vorm}"


class Bewijsstuk(Gegevensmodel):
    """A file that was sent as evidence for one requirement."""

    perceel: str = Field(title="Perceel", description="Nummer van het perceel")
    eis: str = Field(title="Eis", description="Code van de eis")
    naam: str = Field(title="Naam", description="Naam van het bestand", min_length=1, max_length=150)
    vorm: Bewijsvorm = Field(title="Soort bestand", description="pdf, png, jpg of docx")
    omvang: int = Field(title="Omvang", description="Aantal bytes", gt=0)
    sha256: str = Field(title="SHA-256", description="Hash van de inhoud", pattern=r"^[0-9a-f]{64}$")
    datum: date = Field(title="Datum", description="Datum die op het bewijsstuk staat")

    @property
    def pad(self) -> str:
        """Where the content is kept, below the folder of the dossier."""
        return make_bewijspad(self.sha256, self.vorm)
