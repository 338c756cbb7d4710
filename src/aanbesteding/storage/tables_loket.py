"""Tables of the counter: who is at it, and what an applicant filled in and did not send yet. Nothing is validated here.

Must stay true: of a key and a code only the hash is stored; nothing here is evidence, that stands in the facts.
"""

from __future__ import annotations

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class LoketbezoekRow(SQLModel, table=True):
    """A browser at the counter of one round: for which address a code was sent, and whether it was given back."""

    __tablename__ = "loketbezoek"  # pyright: ignore[reportAssignmentType]

    sleutel_hash: str = Field(primary_key=True)
    dossier: str = Field(foreign_key="dossier.code", index=True)
    ronde: str
    email: str
    code_hash: str
    pogingen: int = 0
    begonnen: str
    bevestigd: bool = False


class LoketconceptRow(SQLModel, table=True):
    """What an applicant filled in and did not send yet."""

    __tablename__ = "loketconcept"  # pyright: ignore[reportAssignmentType]

    dossier: str = Field(foreign_key="dossier.code", primary_key=True)
    ronde: str = Field(primary_key=True)
    email: str = Field(primary_key=True)
    inhoud: str = Field(sa_column=Column(Text, nullable=False))
    moment: str
