"""Accounts, sessions, the audit log and drafts; an index for lists of documents per stage"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

VAST = "het auditlogboek verandert niet"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("wachtwoord", sa.String(), nullable=False),
        sa.Column("geblokkeerd", sa.Boolean(), nullable=False),
        sa.Column("moet_wijzigen", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("aangemaakt", sa.String(), nullable=False),
        sa.Column("laatst_ingelogd", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("persoon"),
    )
    op.create_table(
        "sessie",
        sa.Column("sleutel_hash", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("begonnen", sa.String(), nullable=False),
        sa.Column("gezien", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["persoon"], ["account.persoon"]),
        sa.PrimaryKeyConstraint("sleutel_hash"),
    )
    op.create_index("ix_sessie_persoon", "sessie", ["persoon"])
    op.create_table(
        "auditregel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("adres", sa.String(), nullable=False),
        sa.Column("regio", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("doel", sa.String(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_auditregel_persoon", "auditregel", ["soort", "persoon", "moment"])
    op.create_index("ix_auditregel_adres", "auditregel", ["soort", "adres", "moment"])
    op.create_table(
        "concept",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("handeling", sa.String(), nullable=False),
        sa.Column("sleutel", sa.String(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.code"]),
        sa.PrimaryKeyConstraint("dossier", "persoon", "handeling", "sleutel"),
    )
    op.create_index("ix_document_dossier_fase", "document", ["dossier", "fase", "versie", "id"])
    freeze_audit()


def freeze_audit() -> None:
    """Make the database itself refuse to change or remove a line of the audit log."""
    if op.get_bind().dialect.name == "sqlite":
        for wat in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER auditregel_{wat.lower()} BEFORE {wat} ON auditregel "
                f"BEGIN SELECT RAISE(ABORT, '{VAST}'); END"
            )
    elif op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION auditregel_vast() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{VAST}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER auditregel_vast BEFORE UPDATE OR DELETE ON auditregel "
            "FOR EACH ROW EXECUTE FUNCTION auditregel_vast()"
        )


def downgrade() -> None:
    op.drop_index("ix_document_dossier_fase", "document")
    op.drop_table("concept")
    op.drop_table("auditregel")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION auditregel_vast()")
    op.drop_index("ix_sessie_persoon", "sessie")
    op.drop_table("sessie")
    op.drop_table("account")
