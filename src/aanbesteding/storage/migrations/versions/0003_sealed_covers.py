"""Hashes over the cover of a dossier and over what was promised"""

import hashlib
import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KAFT = (
    "code",
    "titel",
    "regio",
    "procedure",
    "procedure_versie",
    "peildatum",
    "aangemaakt",
    "definitie_hash",
    "demo",
)
TOEZEGGING = ("dossier", "versie", "document", "fase", "onderwerpen", "persoon", "moment")


def upgrade() -> None:
    op.add_column("dossier", sa.Column("kaft_hash", sa.String(), nullable=False, server_default=""))
    op.add_column("toezegging", sa.Column("regel_hash", sa.String(), nullable=False, server_default=""))
    _fill("dossier", "code", KAFT, "kaft_hash")
    _fill("toezegging", "id", TOEZEGGING, "regel_hash")


def _fill(tabel: str, sleutel: str, velden: tuple[str, ...], doel: str) -> None:
    """Give what exists already its hash."""
    verbinding = op.get_bind()
    for rij in verbinding.execute(sa.text(f"SELECT {', '.join((sleutel, *velden))} FROM {tabel}")).all():
        waarden = [_read(veld, waarde) for veld, waarde in zip(velden, rij[1:], strict=True)]
        tekst = json.dumps(waarden, ensure_ascii=False, separators=(",", ":"), default=str)
        verbinding.execute(
            sa.text(f"UPDATE {tabel} SET {doel} = :hash WHERE {sleutel} = :sleutel"),
            {"hash": hashlib.sha256(tekst.encode()).hexdigest(), "sleutel": rij[0]},
        )


def _read(veld: str, waarde: object) -> object:
    """A column as the product reads it, whatever the database calls it."""
    if veld == "demo":
        return bool(waarde)
    return waarde.isoformat() if isinstance(waarde, date) else waarde


def downgrade() -> None:
    op.drop_column("toezegging", "regel_hash")
    op.drop_column("dossier", "kaft_hash")
