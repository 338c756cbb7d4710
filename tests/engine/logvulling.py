"""A dossier with something in every table of evidence: acts, a refusal, looks, documents and a sending with its log."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from aanbesteding.engine.app import App
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.engine.verifieer import verify
from aanbesteding.storage.audit import Auditregel, Auditsoort, record_audit
from aanbesteding.storage.post import (
    Bericht,
    claim_bericht,
    list_berichten,
    record_gebeurtenis,
    save_berichten,
)
from fakes import unfreeze

INKOPER = "inkoper.demo"


def note(
    app: App, dossier: str = "PROEF", soort: Auditsoort = Auditsoort.PAGINA_GEWEIGERD, doel: str = "x"
) -> None:
    record_audit(
        app.database, Auditregel(app.klok.nu(), soort, INKOPER, "127.0.0.1", dossier=dossier, doel=doel)
    )


def fill(app: App) -> App:
    """Acts, a refusal, looks, a sending with a delivery log, and lines about no dossier."""
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    with pytest.raises(HandelingRefused):
        perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 3}, INKOPER)
    perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 2}, INKOPER)
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()
    note(app, soort=Auditsoort.INGEZIEN)
    note(app, dossier="", doel="inloggen")
    note(app, dossier="BESTAATNIET")
    nieuw = [
        Bericht(0, "PROEF", 1, f"perceel-{n}", "Naam", "a@b.example", (), "klaar", 0, "", None)
        for n in (1, 2)
    ]
    save_berichten(app.database, "PROEF", 1, nieuw, app.klok.nu())
    eerste = list_berichten(app.database, "PROEF")[0]
    assert claim_bericht(app.database, eerste, "ik", app.klok.nu(), "h", app.klok.nu())
    record_gebeurtenis(app.database, eerste, app.klok.nu(), "geopend")
    return app


def soorten(app: App) -> set[str]:
    """The kinds of fault that a check finds."""
    return {m.soort for m in verify(app, "PROEF").meldingen if m.is_fout}


def change_rijen(app: App, *opdrachten: str, **waarden: object) -> None:
    """Change rows as somebody who owns the database: neither triggers nor references hold this back."""
    with app.database.connect() as verbinding:
        if verbinding.dialect.name == "sqlite":
            verbinding.exec_driver_sql("PRAGMA foreign_keys=OFF")
            unfreeze(verbinding)
        else:
            verbinding.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for opdracht in opdrachten:
            assert verbinding.execute(text(opdracht), waarden).rowcount
        verbinding.commit()
