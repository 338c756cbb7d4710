"""A whole purchase on PostgreSQL: the same facts, the same chain and the same documents as on SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from aanbesteding.engine.verifieer import verify
from aanbesteding.storage.tables import DossierRow, FeitRow
from databases import Postgres
from e2e.conftest import Vertel, Verteld, tell_verhaal

REGIO = "regio-alkmaar"


def load_bewijs(verteld: Verteld) -> tuple[str, list[str], dict[str, bytes]]:
    """The head of the chain, the hash of every fact in order, and every document as it is on disk."""
    code = verteld.verhaal.dossier
    with Session(verteld.app.database) as sessie:
        kop = sessie.get_one(DossierRow, code).laatste_hash
        vraag = select(FeitRow.hash).where(FeitRow.dossier == code).order_by(col(FeitRow.volgnummer))
        keten = list(sessie.exec(vraag).all())
    stukken = {r.pad: verteld.app.bestanden.load(code, r.pad) for r in verteld.list_documenten()}
    return kop, keten, stukken


@pytest.mark.traag
def test_whole_purchase_on_postgresql_gives_the_same_chain_and_the_same_bytes(
    vertel: Vertel, postgres: Postgres, tmp_path: Path
):
    daar = tell_verhaal(REGIO, tmp_path, database_url=postgres.make_leeg())
    try:
        assert daar.app.database.dialect.name == "postgresql"
        assert not (tmp_path / "aanbesteding.db").exists()
        hier = load_bewijs(vertel(REGIO))
        assert load_bewijs(daar) == hier
        assert len(hier[2]) > 300
        uitslag = verify(daar.app, daar.verhaal.dossier)
        assert uitslag.meldingen == ()
        assert uitslag.gereproduceerd == len(hier[2])
    finally:
        daar.app.database.dispose()
