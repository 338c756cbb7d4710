"""Visits to the counter and drafts of applications"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "loketbezoek",
        sa.Column("sleutel_hash", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("ronde", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("pogingen", sa.Integer(), nullable=False),
        sa.Column("begonnen", sa.String(), nullable=False),
        sa.Column("bevestigd", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.code"]),
        sa.PrimaryKeyConstraint("sleutel_hash"),
    )
    op.create_index("ix_loketbezoek_dossier", "loketbezoek", ["dossier"])
    op.create_table(
        "loketconcept",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("ronde", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.code"]),
        sa.PrimaryKeyConstraint("dossier", "ronde", "email"),
    )


def downgrade() -> None:
    op.drop_table("loketconcept")
    op.drop_index("ix_loketbezoek_dossier", "loketbezoek")
    op.drop_table("loketbezoek")
