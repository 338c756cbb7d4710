"""The log proves itself: lines in chains, acts that stand in them with what they recorded, and every flip found.

Flips are made by somebody who owns the database: the triggers that refuse a change are dropped first.
"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from aanbesteding.engine import archief, archiefcontrole
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.engine.verifieer import verify, verify_algemeen
from aanbesteding.storage.audit import Auditsoort, list_audit
from aanbesteding.storage.bewijs import find_kop
from aanbesteding.storage.tables_toegang import AuditRow
from engine.logvulling import INKOPER, change_rijen, fill, note, soorten
from fakes import wijs_openers_aan


@pytest.fixture
def gevuld(app: App) -> App:
    return fill(app)


def test_every_act_and_refusal_is_a_line_and_the_dossier_is_in_order(gevuld: App):
    uitslag = verify(gevuld, "PROEF")
    assert uitslag.in_orde, uitslag.meldingen
    regels = list_audit(gevuld.database, regios=["bommelerwaard"], personen=[INKOPER], dossier="PROEF")
    assert [(r.soort, r.doel) for r in reversed(regels)] == [
        (Auditsoort.HANDELING_VERRICHT, "proef_starten"),
        (Auditsoort.HANDELING_GEWEIGERD, "perceel_melden"),
        (Auditsoort.HANDELING_VERRICHT, "perceel_melden"),
        (Auditsoort.INGEZIEN, "x"),
        (Auditsoort.BERICHTEN_KLAARGEZET, "besluit 1"),
    ]
    assert uitslag.logregels == 5
    algemeen = verify_algemeen(gevuld)
    assert (algemeen.regels, algemeen.meldingen) == (2, ())


def test_line_about_an_unknown_dossier_stands_in_the_general_log(gevuld: App):
    with Session(gevuld.database) as sessie:
        rij = sessie.exec(select(AuditRow).where(AuditRow.dossier == "BESTAATNIET")).one()
    assert (rij.keten, rij.volgnummer) == ("", 2)


def test_same_refusal_at_the_same_moment_is_one_line(gevuld: App):
    voor = verify(gevuld, "PROEF").logkop
    with pytest.raises(HandelingRefused):
        perform(gevuld, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 3}, INKOPER)
    assert verify(gevuld, "PROEF").logkop == voor


def test_act_without_facts_leaves_a_dossier_in_order(app: App):
    """Receiving a sealed bid records no fact of its own."""
    wijs_openers_aan(app)
    perform(app, "PROEF", "bod_ontvangen", {"nummer": "1", "tekst": "t"}, INKOPER)
    uitslag = verify(app, "PROEF")
    assert uitslag.in_orde, uitslag.meldingen
    assert app.load("PROEF")[0].vastleggingen[-1].handeling == "bod_ontvangen"


def test_lines_written_at_once_make_one_chain(app: App):
    draden = [threading.Thread(target=lambda: [note(app) for _ in range(10)]) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    uitslag = verify(app, "PROEF")
    assert (uitslag.logregels, uitslag.in_orde) == (40, True), uitslag.meldingen


def test_head_that_was_noted_earlier_is_found_after_the_dossier_went_on(gevuld: App):
    toen = verify(gevuld, "PROEF")
    perform(gevuld, "PROEF", "perceel_melden", {"percelen": ["2"], "bedrag": 4}, INKOPER)
    assert "feit" in find_kop(gevuld.database, "PROEF", toen.kop)
    assert "logregel" in find_kop(gevuld.database, "PROEF", toen.logkop)
    assert find_kop(gevuld.database, "PROEF", "0" * 64) == ""


def test_heads_of_a_version_are_those_of_its_act(gevuld: App):
    dossier = gevuld.load("PROEF")[0]
    eerste, laatste = dossier.op_versie(1).bewijskop, dossier.bewijskop
    assert eerste is not None
    assert laatste is not None
    assert (eerste.logregel, laatste.logregel) == (1, 3)
    assert laatste.feit_hash == verify(gevuld, "PROEF").kop
    assert eerste.log_hash != laatste.log_hash
    assert "logregel 1 " in find_kop(gevuld.database, "PROEF", eerste.log_hash)


@pytest.mark.parametrize("tabel", ["feit", "auditregel", "berichtregel"])
@pytest.mark.parametrize("opdracht", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_database_itself_refuses_to_change_or_remove_a_row(gevuld: App, tabel: str, opdracht: str):
    with pytest.raises(DBAPIError, match=r"verander"), gevuld.database.begin() as verbinding:
        verbinding.execute(text(opdracht.format(tabel)))


# --- what somebody who owns the database could try ---


@pytest.mark.parametrize(
    "opdracht",
    [
        pytest.param("DELETE FROM auditregel WHERE keten = 'PROEF' AND volgnummer = 1", id="eerste logregel weg"),
        pytest.param("DELETE FROM auditregel WHERE keten = 'PROEF' AND volgnummer = 2", id="weigering weg"),
        pytest.param("DELETE FROM auditregel WHERE keten = 'PROEF' AND volgnummer = 4", id="inzage weg"),
        pytest.param("DELETE FROM auditregel WHERE keten = 'PROEF'", id="hele logboek weg"),
        pytest.param("DELETE FROM ketenkop", id="kop weg"),
        pytest.param(
            "UPDATE auditregel SET volgnummer = -volgnummer WHERE keten = 'PROEF'", id="andere volgorde"
        ),
        pytest.param("UPDATE auditregel SET keten = '' WHERE volgnummer = 4 AND keten = 'PROEF'", id="andere keten"),
        pytest.param("DELETE FROM berichtregel WHERE gebeurtenis = 'geopend'", id="laatste regel van een bericht"),
        pytest.param("DELETE FROM bericht WHERE id = 2", id="bericht weg"),
        pytest.param("DELETE FROM berichtregel WHERE id = 1", id="eerste regel van een bericht"),
        pytest.param("UPDATE berichtregel SET bericht_id = 2", id="regels van een ander bericht"),
        pytest.param(
            "UPDATE toezegging SET onderwerpen = '[\"2\"]', regel_hash = 'x' WHERE versie = 2", id="toezegging"
        ),
        pytest.param(
            "INSERT INTO toezegging (dossier, versie, document, fase, onderwerpen, persoon, moment, afgehandeld, "
            "ontvangers, regel_hash, fout) VALUES ('PROEF', 2, 'nota', 'proef', '[]', 'p', 'm', FALSE, '', 'x', '')",
            id="toezegging erbij",
        ),
    ],
)  # fmt: skip
def test_missing_moved_or_added_row_is_found(gevuld: App, opdracht: str, tmp_path: Path):
    change_rijen(gevuld, opdracht)
    assert soorten(gevuld)
    pad = archief.save_archief(gevuld, "PROEF", tmp_path / "a.zip").pad
    assert archiefcontrole.main([str(pad)]) == 1


def test_swapped_lines_are_found(gevuld: App, tmp_path: Path):
    for van, naar in ((2, 999), (4, 2), (999, 4)):
        change_rijen(
            gevuld, f"UPDATE auditregel SET volgnummer = {naar} WHERE keten = 'PROEF' AND volgnummer = {van}"
        )
    assert soorten(gevuld) == {"logboek gewijzigd"}
    pad = archief.save_archief(gevuld, "PROEF", tmp_path / "a.zip").pad
    assert archiefcontrole.main([str(pad)]) == 1


def test_promise_with_a_hash_of_its_own_that_fits_is_found(gevuld: App):
    """Whoever changes a promise can recount its own hash, but not the line of the log about the act."""
    from aanbesteding.storage.dossier import hash_toezegging
    from aanbesteding.storage.tables import ToezeggingRow

    with Session(gevuld.database) as sessie:
        rij = sessie.exec(select(ToezeggingRow).order_by(col(ToezeggingRow.id).desc())).first()
        assert rij is not None
        rij.persoon = "iemand.anders"
        rij.regel_hash = hash_toezegging(rij)
        sessie.commit()
    assert soorten(gevuld) == {"handeling klopt niet met logboek"}


def test_last_act_cut_off_with_everything_recounted_is_found_by_the_log(gevuld: App):
    """The facts alone would not tell: version, last hash and status are put back as they were before."""
    perform(gevuld, "PROEF", "perceel_melden", {"percelen": ["2"], "bedrag": 4}, INKOPER)
    for opdracht in (
        "DELETE FROM feit WHERE versie = 3",
        "DELETE FROM toezegging WHERE versie = 3",
        "UPDATE status SET status = 'lopend' WHERE onderwerp = 'perceel:2'",
        "UPDATE dossier SET versie = 2, laatste_hash = (SELECT hash FROM feit ORDER BY volgnummer DESC LIMIT 1)",
    ):
        change_rijen(gevuld, opdracht)
    assert soorten(gevuld) == {"handeling klopt niet met logboek"}


def test_general_log_tells_of_a_changed_line(gevuld: App):
    change_rijen(gevuld, "UPDATE auditregel SET persoon = 'ander' WHERE keten = ''")
    assert {m.soort for m in verify_algemeen(gevuld).meldingen} == {"logboek gewijzigd"}
