"""Tables of the people's side: accounts, sessions, the audit log and drafts. Not nouns; nothing is validated here.

Must stay true: the audit log is append-only (the migration adds triggers that refuse change and removal), chained
line by line (storage.ketting), and never holds a password, a price or a score; a session is stored by the hash of its
key.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel


class AccountRow(SQLModel, table=True):
    """A person who may log in. What the person may do stands in the region's mandates, never here."""

    __tablename__ = "account"  # pyright: ignore[reportAssignmentType]

    persoon: str = Field(primary_key=True)
    naam: str
    wachtwoord: str
    geblokkeerd: bool = False
    moet_wijzigen: bool = False
    demo: bool = False
    aangemaakt: str
    laatst_ingelogd: str = ""


class SessieRow(SQLModel, table=True):
    """A logged-in browser."""

    __tablename__ = "sessie"  # pyright: ignore[reportAssignmentType]

    sleutel_hash: str = Field(primary_key=True)
    persoon: str = Field(foreign_key="account.persoon", index=True)
    begonnen: str
    gezien: str


class AuditRow(SQLModel, table=True):
    """One line of the audit log: who did, tried or saw what, from where, and what came of it.

    `keten` is the dossier whose chain it belongs to, empty for the general one. `bewijs`: of an act that was
    performed, the hash of everything it recorded; of messages that were put ready, the hash of their recipients.
    """

    __tablename__ = "auditregel"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_auditregel_persoon", "soort", "persoon", "moment"),
        Index("ix_auditregel_adres", "soort", "adres", "moment"),
        Index("ux_auditregel_keten", "keten", "volgnummer", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    moment: str
    soort: str
    persoon: str
    adres: str
    regio: str = ""
    dossier: str = ""
    doel: str = ""
    reden: str = Field(default="", sa_column=Column(Text, nullable=False))
    keten: str = ""
    volgnummer: int = 0
    bewijs: str = ""
    vorige_hash: str = ""
    hash: str = ""


class KetenkopRow(SQLModel, table=True):
    """The end of the audit log of a dossier (empty: of everything else): how many lines, and the hash of the last."""

    __tablename__ = "ketenkop"  # pyright: ignore[reportAssignmentType]

    keten: str = Field(primary_key=True)
    volgnummer: int
    hash: str


class ConceptRow(SQLModel, table=True):
    """What a person filled in and did not send yet; nobody else ever reads it."""

    __tablename__ = "concept"  # pyright: ignore[reportAssignmentType]

    dossier: str = Field(foreign_key="dossier.code", primary_key=True)
    persoon: str = Field(primary_key=True)
    handeling: str = Field(primary_key=True)
    sleutel: str = Field(primary_key=True)
    inhoud: str = Field(sa_column=Column(Text, nullable=False))
    moment: str
