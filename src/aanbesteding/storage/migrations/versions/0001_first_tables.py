"""First tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "dossier",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("titel", sa.String(), nullable=False),
        sa.Column("regio", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("procedure_versie", sa.String(), nullable=False),
        sa.Column("peildatum", sa.Date(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("aangemaakt", sa.String(), nullable=False),
        sa.Column("definitie", sa.Text(), nullable=False),
        sa.Column("definitie_hash", sa.String(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "weigering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("handeling", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("regels", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("weigering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_weigering_dossier"), ["dossier"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("fase", sa.String(), nullable=False),
        sa.Column("titel", sa.String(), nullable=False),
        sa.Column("ontvanger", sa.String(), nullable=False),
        sa.Column("ontvanger_naam", sa.String(), nullable=False),
        sa.Column("ontvanger_email", sa.String(), nullable=False),
        sa.Column("uitgave", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("pad", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("sjabloon_sha256", sa.String(), nullable=False),
        sa.Column("context_sha256", sa.String(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("gemaakt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"],
            ["dossier.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dossier", "pad"),
        sa.UniqueConstraint("dossier", "versie", "document", "ontvanger"),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_dossier"), ["dossier"], unique=False)

    op.create_table(
        "envelop",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("sleutel", sa.String(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"],
            ["dossier.code"],
        ),
        sa.PrimaryKeyConstraint("dossier", "soort", "sleutel"),
    )
    op.create_table(
        "feit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.Column("handeling", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("vorige_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"],
            ["dossier.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dossier", "volgnummer"),
    )
    with op.batch_alter_table("feit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feit_dossier"), ["dossier"], unique=False)

    op.create_table(
        "status",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"],
            ["dossier.code"],
        ),
        sa.PrimaryKeyConstraint("dossier", "onderwerp"),
    )
    op.create_table(
        "toezegging",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("fase", sa.String(), nullable=False),
        sa.Column("onderwerpen", sa.String(), nullable=False),
        sa.Column("persoon", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("afgehandeld", sa.Boolean(), nullable=False),
        sa.Column("fout", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"],
            ["dossier.code"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dossier", "versie", "document"),
    )
    with op.batch_alter_table("toezegging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_toezegging_dossier"), ["dossier"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("toezegging", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_toezegging_dossier"))

    op.drop_table("toezegging")
    op.drop_table("status")
    with op.batch_alter_table("feit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feit_dossier"))

    op.drop_table("feit")
    op.drop_table("envelop")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_dossier"))

    op.drop_table("document")
    with op.batch_alter_table("weigering", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_weigering_dossier"))

    op.drop_table("weigering")
    op.drop_table("dossier")
