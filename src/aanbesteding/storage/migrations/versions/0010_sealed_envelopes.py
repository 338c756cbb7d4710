"""Envelopes are encrypted to the keys of openers"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "sleutel",
        sa.Column("vingerafdruk", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("publiek", sa.String(), nullable=False),
        sa.Column("prive", sa.Text(), nullable=False),
        sa.Column("gemaakt", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("regel_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("vingerafdruk"),
    )
    op.create_index("ix_sleutel_persoon", "sleutel", ["persoon"])
    op.create_table(
        "envelopsleutel",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("een", sa.String(), nullable=False),
        sa.Column("twee", sa.String(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("regel_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.code"]),
        sa.PrimaryKeyConstraint("dossier", "versie", "soort", "een", "twee"),
    )
    op.add_column("envelop", sa.Column("versie", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("envelop", "versie")
    op.drop_table("envelopsleutel")
    op.drop_index("ix_sleutel_persoon", "sleutel")
    op.drop_table("sleutel")
