"""Messages, their delivery log, and the personal links to letters"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

VAST = "het verzendlogboek verandert niet"


def upgrade() -> None:
    op.create_table(
        "bericht",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("besluit", sa.Integer(), nullable=False),
        sa.Column("ontvanger", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("stukken", sa.Text(), nullable=False),
        sa.Column("stand", sa.String(), nullable=False),
        sa.Column("poging", sa.Integer(), nullable=False),
        sa.Column("eigenaar", sa.String(), nullable=False),
        sa.Column("sinds", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.code"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dossier", "besluit", "ontvanger"),
    )
    op.create_index("ix_bericht_dossier", "bericht", ["dossier"])
    op.create_table(
        "berichtregel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bericht_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("gebeurtenis", sa.String(), nullable=False),
        sa.Column("poging", sa.Integer(), nullable=False),
        sa.Column("antwoord", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bericht_id"], ["bericht.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_berichtregel_bericht_id", "berichtregel", ["bericht_id"])
    op.create_table(
        "brieflink",
        sa.Column("sleutel_hash", sa.String(), nullable=False),
        sa.Column("bericht_id", sa.Integer(), nullable=False),
        sa.Column("gemaakt", sa.String(), nullable=False),
        sa.Column("verloopt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bericht_id"], ["bericht.id"]),
        sa.PrimaryKeyConstraint("sleutel_hash"),
    )
    op.create_index("ix_brieflink_bericht_id", "brieflink", ["bericht_id"])
    op.create_table(
        "briefcode",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bericht_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("gemaakt", sa.String(), nullable=False),
        sa.Column("verloopt", sa.String(), nullable=False),
        sa.Column("pogingen", sa.Integer(), nullable=False),
        sa.Column("gebruikt", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bericht_id"], ["bericht.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_briefcode_bericht", "briefcode", ["bericht_id", "gemaakt"])
    op.create_table(
        "briefbezoek",
        sa.Column("sleutel_hash", sa.String(), nullable=False),
        sa.Column("bericht_id", sa.Integer(), nullable=False),
        sa.Column("begonnen", sa.String(), nullable=False),
        sa.Column("verloopt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bericht_id"], ["bericht.id"]),
        sa.PrimaryKeyConstraint("sleutel_hash"),
    )
    op.create_index("ix_briefbezoek_bericht_id", "briefbezoek", ["bericht_id"])
    freeze_logboek()


def freeze_logboek() -> None:
    """Make the database itself refuse to change or remove a line of the delivery log."""
    if op.get_bind().dialect.name == "sqlite":
        for wat in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER berichtregel_{wat.lower()} BEFORE {wat} ON berichtregel "
                f"BEGIN SELECT RAISE(ABORT, '{VAST}'); END"
            )
    elif op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION berichtregel_vast() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{VAST}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER berichtregel_vast BEFORE UPDATE OR DELETE ON berichtregel "
            "FOR EACH ROW EXECUTE FUNCTION berichtregel_vast()"
        )


def downgrade() -> None:
    op.drop_index("ix_briefbezoek_bericht_id", "briefbezoek")
    op.drop_table("briefbezoek")
    op.drop_index("ix_briefcode_bericht", "briefcode")
    op.drop_table("briefcode")
    op.drop_index("ix_brieflink_bericht_id", "brieflink")
    op.drop_table("brieflink")
    op.drop_index("ix_berichtregel_bericht_id", "berichtregel")
    op.drop_table("berichtregel")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION berichtregel_vast()")
    op.drop_index("ix_bericht_dossier", "bericht")
    op.drop_table("bericht")
