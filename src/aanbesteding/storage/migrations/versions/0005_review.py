"""Review of documents: promises for some recipients alone, statuses of review, an index on them"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("toezegging", sa.Column("ontvangers", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_document_status", "document", ["status", "dossier"])
    op.execute("UPDATE document SET status = 'concept' WHERE status = 'te_beoordelen'")


def downgrade() -> None:
    op.execute("UPDATE document SET status = 'te_beoordelen' WHERE status <> 'gemaakt'")
    op.drop_index("ix_document_status", "document")
    op.drop_column("toezegging", "ontvangers")
