"""Tables of sending letters: messages, their delivery log, and the personal links to them. Nothing is validated here.

Must stay true: the delivery log is append-only (the migration adds triggers); of a link, a code or a visit only the
hash is stored, so that reading the database opens no letter.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class BerichtRow(SQLModel, table=True):
    """One mail to one recipient about one decision, with the letters it gives access to.

    `besluit` is the version of the dossier that promised the letters. `stand` is what the machine knows; `poging`
    how often sending was begun; `eigenaar` which process is at it now. `regel_hash` covers all of it and the last line
    of its log.
    """

    __tablename__ = "bericht"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("dossier", "besluit", "ontvanger"),)

    id: int | None = Field(default=None, primary_key=True)
    dossier: str = Field(foreign_key="dossier.code", index=True)
    besluit: int
    ontvanger: str
    naam: str
    email: str
    stukken: str = Field(sa_column=Column(Text, nullable=False))
    stand: str
    poging: int = 0
    eigenaar: str = ""
    sinds: str = ""
    regel_hash: str = ""


class BerichtregelRow(SQLModel, table=True):
    """One line of the delivery log: what was done with a message, when, and what the mail server said.

    Chained per message by hash.
    """

    __tablename__ = "berichtregel"  # pyright: ignore[reportAssignmentType]

    id: int | None = Field(default=None, primary_key=True)
    bericht_id: int = Field(foreign_key="bericht.id", index=True)
    moment: str
    gebeurtenis: str
    poging: int
    antwoord: str = Field(default="", sa_column=Column(Text, nullable=False))
    vorige_hash: str = ""
    hash: str = ""


class BrieflinkRow(SQLModel, table=True):
    """A personal link to a message, by the hash of its key."""

    __tablename__ = "brieflink"  # pyright: ignore[reportAssignmentType]

    sleutel_hash: str = Field(primary_key=True)
    bericht_id: int = Field(foreign_key="bericht.id", index=True)
    gemaakt: str
    verloopt: str


class BriefcodeRow(SQLModel, table=True):
    """A code that was sent apart, by its hash; good for a short while and a few tries."""

    __tablename__ = "briefcode"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_briefcode_bericht", "bericht_id", "gemaakt"),)

    id: int | None = Field(default=None, primary_key=True)
    bericht_id: int = Field(foreign_key="bericht.id")
    code_hash: str
    gemaakt: str
    verloopt: str
    pogingen: int = 0
    gebruikt: bool = False


class BriefbezoekRow(SQLModel, table=True):
    """A browser that gave the right code, by the hash of its cookie."""

    __tablename__ = "briefbezoek"  # pyright: ignore[reportAssignmentType]

    sleutel_hash: str = Field(primary_key=True)
    bericht_id: int = Field(foreign_key="bericht.id", index=True)
    begonnen: str
    verloopt: str
