"""SQLModel tables. Tables are not nouns: they hold stored text and keys, nothing is validated here.

Must stay true: the table of facts is append-only; statussen are a projection of facts, for lists only.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class DossierRow(SQLModel, table=True):
    """One tender. `versie` is the optimistic lock; `definitie` the frozen definition as JSON.

    `laatste_hash` is the hash of the last fact, so that a fact missing at the end shows as well; `kaft_hash` covers
    what never changes here.
    """

    __tablename__ = "dossier"  # pyright: ignore[reportAssignmentType]

    code: str = Field(primary_key=True)
    titel: str
    regio: str
    procedure: str
    procedure_versie: str
    peildatum: date
    versie: int
    aangemaakt: str
    definitie: str = Field(sa_column=Column(Text, nullable=False))
    definitie_hash: str
    demo: bool = False
    laatste_hash: str = ""
    kaft_hash: str = ""


class FeitRow(SQLModel, table=True):
    """A recorded fact, chained to the one before it by hash; the database refuses to change or remove one.

    `logboek`, on the last fact of an act: place and hash of the line of the audit log about that act ("12:ab…"). It
    is not in the hash of the fact: that line covers the fact.
    """

    __tablename__ = "feit"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("dossier", "volgnummer"),)

    id: int | None = Field(default=None, primary_key=True)
    dossier: str = Field(foreign_key="dossier.code", index=True)
    volgnummer: int
    versie: int
    soort: str
    inhoud: str = Field(sa_column=Column(Text, nullable=False))
    handeling: str
    persoon: str
    moment: str
    vorige_hash: str
    hash: str
    logboek: str = ""


class StatusRow(SQLModel, table=True):
    """Current status of an onderwerp; a projection of the facts, so that lists need not load dossiers."""

    __tablename__ = "status"  # pyright: ignore[reportAssignmentType]

    dossier: str = Field(foreign_key="dossier.code", primary_key=True)
    onderwerp: str = Field(primary_key=True)
    status: str


class ToezeggingRow(SQLModel, table=True):
    """What an act promised: the outbox. One row per act (version) and document code.

    `aantal` is how many documents it came to, once it is closed; `regel_hash` covers what was promised.
    `ontvangers`: keys of the only recipients, for an edition made again; empty: everybody.
    """

    __tablename__ = "toezegging"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("dossier", "versie", "document"),)

    id: int | None = Field(default=None, primary_key=True)
    dossier: str = Field(foreign_key="dossier.code", index=True)
    versie: int
    document: str
    fase: str
    onderwerpen: str
    persoon: str
    moment: str
    afgehandeld: bool = False
    aantal: int | None = None
    ontvangers: str = ""
    regel_hash: str = ""
    fout: str = Field(default="", sa_column=Column(Text, nullable=False))


class DocumentRow(SQLModel, table=True):
    """A produced document: what it was made from, where it is, and how far it has come.

    `motor` names the versions it was made with; `regel_hash` covers everything but the status.
    """

    __tablename__ = "document"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        UniqueConstraint("dossier", "versie", "document", "ontvanger"),
        UniqueConstraint("dossier", "pad"),
        Index("ix_document_dossier_fase", "dossier", "fase", "versie", "id"),
        Index("ix_document_status", "status", "dossier"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dossier: str = Field(foreign_key="dossier.code", index=True)
    versie: int
    document: str
    fase: str
    titel: str
    ontvanger: str
    ontvanger_naam: str
    ontvanger_email: str = ""
    uitgave: int
    status: str
    pad: str
    sha256: str
    sjabloon_sha256: str
    context_sha256: str
    context: str = Field(sa_column=Column(Text, nullable=False))
    gemaakt: str
    motor: str = ""
    regel_hash: str = ""


class SjabloonRow(SQLModel, table=True):
    """A template as it was used: one file with its building blocks and house style, kept once, by its hash."""

    __tablename__ = "sjabloon"  # pyright: ignore[reportAssignmentType]

    sha256: str = Field(primary_key=True)
    naam: str
    inhoud: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ClausuleRow(SQLModel, table=True):
    """A clause that stands in a produced document, with the condition of the template it stands under."""

    __tablename__ = "clausule"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_clausule_id_versie", "clausule", "versie"),)

    document_id: int = Field(foreign_key="document.id", primary_key=True)
    clausule: str = Field(primary_key=True)
    versie: str = Field(primary_key=True)
    voorwaarde: str = Field(sa_column=Column(Text, nullable=False))


class EnvelopRow(SQLModel, table=True):
    """Sealed content (bids, prices). Read only by the act that opens it.

    `versie`: the act it came in by, whose wrapped keys open it; 0: from before sealing, as it was.
    """

    __tablename__ = "envelop"  # pyright: ignore[reportAssignmentType]

    dossier: str = Field(foreign_key="dossier.code", primary_key=True)
    soort: str = Field(primary_key=True)
    sleutel: str = Field(primary_key=True)
    inhoud: str = Field(sa_column=Column(Text, nullable=False))
    versie: int = 0


class EnvelopsleutelRow(SQLModel, table=True):
    """The key of the envelopes of one act and kind, wrapped for two openers (by fingerprint) together."""

    __tablename__ = "envelopsleutel"  # pyright: ignore[reportAssignmentType]

    dossier: str = Field(foreign_key="dossier.code", primary_key=True)
    versie: int = Field(primary_key=True)
    soort: str = Field(primary_key=True)
    een: str = Field(primary_key=True)
    twee: str = Field(primary_key=True)
    inhoud: str = Field(sa_column=Column(Text, nullable=False))
    regel_hash: str = ""


class SleutelRow(SQLModel, table=True):
    """The key pair of an opener; `prive` only under the passphrase that its owner alone knows."""

    __tablename__ = "sleutel"  # pyright: ignore[reportAssignmentType]

    vingerafdruk: str = Field(primary_key=True)
    persoon: str = Field(index=True)
    publiek: str
    prive: str = Field(sa_column=Column(Text, nullable=False))
    gemaakt: str
    demo: bool = False
    regel_hash: str = ""
