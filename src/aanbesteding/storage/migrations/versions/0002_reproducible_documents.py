"""What a document was made from, and what shows that a row is missing"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

REGEL = (
    "dossier", "versie", "document", "fase", "titel", "ontvanger", "ontvanger_naam", "ontvanger_email", "uitgave",
    "pad", "sha256", "sjabloon_sha256", "context_sha256", "context", "gemaakt", "motor",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "sjabloon",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "clausule",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("clausule", sa.String(), nullable=False),
        sa.Column("versie", sa.String(), nullable=False),
        sa.Column("voorwaarde", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]),
        sa.PrimaryKeyConstraint("document_id", "clausule", "versie"),
    )
    op.create_index("ix_clausule_id_versie", "clausule", ["clausule", "versie"])
    # Not in a batch: SQLite would rebuild the table, which others refer to. It adds and drops columns by itself.
    op.add_column("dossier", sa.Column("laatste_hash", sa.String(), nullable=False, server_default=""))
    op.add_column("toezegging", sa.Column("aantal", sa.Integer(), nullable=True))
    op.add_column("document", sa.Column("motor", sa.String(), nullable=False, server_default=""))
    op.add_column("document", sa.Column("regel_hash", sa.String(), nullable=False, server_default=""))
    _fill()


def _fill() -> None:
    """Give what exists already its values."""
    op.execute(
        "UPDATE dossier SET laatste_hash = coalesce((SELECT hash FROM feit WHERE feit.dossier = dossier.code "
        "ORDER BY volgnummer DESC LIMIT 1), '')"
    )
    op.execute(
        "UPDATE toezegging SET aantal = (SELECT count(*) FROM document WHERE document.dossier = toezegging.dossier "
        "AND document.versie = toezegging.versie AND document.document = toezegging.document) WHERE afgehandeld"
    )
    verbinding = op.get_bind()
    velden = ", ".join(REGEL)
    nummers = [rij[0] for rij in verbinding.execute(sa.text("SELECT id FROM document"))]
    for nummer in nummers:
        rij = verbinding.execute(
            sa.text(f"SELECT {velden} FROM document WHERE id = :id"), {"id": nummer}
        ).one()
        tekst = json.dumps(list(rij), ensure_ascii=False, separators=(",", ":"))
        hash_ = hashlib.sha256(tekst.encode()).hexdigest()
        verbinding.execute(
            sa.text("UPDATE document SET regel_hash = :hash WHERE id = :id"), {"hash": hash_, "id": nummer}
        )


def downgrade() -> None:
    op.drop_column("document", "regel_hash")
    op.drop_column("document", "motor")
    op.drop_column("toezegging", "aantal")
    op.drop_column("dossier", "laatste_hash")
    op.drop_index("ix_clausule_id_versie", table_name="clausule")
    op.drop_table("clausule")
    op.drop_table("sjabloon")
