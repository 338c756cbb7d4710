"""How a row is hashed, and how a row is added to a chain: each covers the one before it, and the head is kept apart.

Must stay true: the stand-alone checker (engine.archiefcontrole) hashes in the same way; whoever adds to a chain locks
its head first, so that two who write at once make one chain and not two.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from sqlalchemy import text, update
from sqlmodel import Session, col, select

from aanbesteding.storage.tables import DossierRow
from aanbesteding.storage.tables_toegang import AuditRow, KetenkopRow

ALGEMEEN = ""
"""The chain of what happened outside any dossier."""

AUDITVELDEN = (
    "vorige_hash", "keten", "volgnummer", "moment", "soort", "persoon", "adres", "regio", "dossier", "doel", "reden",
    "bewijs",
)  # fmt: skip


def hash_velden(rij: object, velden: Iterable[str]) -> str:
    """Hash of these columns of a row (SHA-256, canonical JSON); it takes damaged values as well."""
    return hash_delen([getattr(rij, veld) for veld in velden])


def hash_delen(delen: list[object]) -> str:
    """Hash of these values, as canonical JSON."""
    tekst = json.dumps(delen, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(tekst.encode(errors="surrogatepass")).hexdigest()


def hash_auditrij(rij: AuditRow) -> str:
    """Hash of a line of the audit log over all its content and the hash before it."""
    return hash_velden(rij, AUDITVELDEN)


def append_auditrij(sessie: Session, rij: AuditRow) -> AuditRow:
    """Add a line at the end of the chain of its dossier, or of the general one when there is no such dossier."""
    keten = _lock_keten(sessie, rij.dossier)
    kop = sessie.exec(
        select(KetenkopRow).where(KetenkopRow.keten == keten).execution_options(populate_existing=True)
    ).one()
    rij.keten, rij.volgnummer, rij.vorige_hash = keten, kop.volgnummer, kop.hash
    rij.hash = hash_auditrij(rij)
    kop.hash = rij.hash
    sessie.add(rij)
    return rij


def _lock_keten(sessie: Session, dossier: str) -> str:
    """Count one more line in the chain; until the end of the transaction nobody else can."""
    if dossier and _count(sessie, dossier):
        return dossier
    keten = dossier if dossier and sessie.get(DossierRow, dossier) is not None else ALGEMEEN
    if not _count(sessie, keten):
        sessie.connection().execute(
            text(
                "INSERT INTO ketenkop (keten, volgnummer, hash) VALUES (:keten, 0, '') "
                "ON CONFLICT (keten) DO NOTHING"
            ),
            {"keten": keten},
        )
        _count(sessie, keten)
    return keten


def _count(sessie: Session, keten: str) -> bool:
    treffer = sessie.connection().execute(
        update(KetenkopRow)
        .where(col(KetenkopRow.keten) == keten)
        .values(volgnummer=col(KetenkopRow.volgnummer) + 1)
    )
    return treffer.rowcount == 1
