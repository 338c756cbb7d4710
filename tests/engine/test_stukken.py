"""Review through the engine: real files, a real register, and evidence that is still whole afterwards."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
from sqlalchemy import text

from aanbesteding.domain.stukken import Stukstatus, Vergelijkingsverslag
from aanbesteding.engine.app import App
from aanbesteding.engine.archief import save_archief
from aanbesteding.engine.archiefcontrole import list_dossierfouten
from aanbesteding.engine.herbereken import recalculate
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import HandelingRefused, list_handelingen, perform
from aanbesteding.engine.stukken import (
    build_goedkeuring,
    list_stukken,
    list_verzendbaar,
    load_stuk,
    save_versie,
)
from aanbesteding.engine.verifieer import verify
from aanbesteding.errors import AanbestedingError, StaleDossier
from aanbesteding.fasen import stukken
from aanbesteding.storage.stukken import count_statussen
from fakes import make_app, make_procedure, save_dossier, unfreeze

INKOPER, JURIST, JURIST2 = "inkoper.demo", "jurist.demo", "jurist2.demo"
EEN, TWEE = "proef/brief-perceel-1.docx", "proef/brief-perceel-2.docx"
VERSLAG = Vergelijkingsverslag(met_versie=1)


def make_all(app: App) -> None:
    for toezegging in list_open(app, "PROEF"):
        assert produce(app, toezegging).fouten == ()


@pytest.fixture
def app(tmp_path) -> App:
    basis = make_procedure()
    app = make_app(tmp_path, replace(basis, fasen=stukken.begeleid(*basis.fasen)))
    save_dossier(app)
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    make_all(app)
    return app


def approve(app: App, *ids: str, als: str = JURIST) -> None:
    gezien = [load_stuk(app, "PROEF", i).stuk.gezien for i in ids]
    perform(app, "PROEF", "stukken_goedkeuren", {"stukken": gezien}, als)


def codes(weigering: pytest.ExceptionInfo[HandelingRefused]) -> set[str]:
    return {o.code for o in weigering.value.overtredingen}


def test_letters_wait_for_review_and_other_documents_do_not(app: App):
    beelden = list_stukken(app, "PROEF")
    assert {b.stuk.register.document for b in beelden} == {"brief"}
    assert {b.stuk.status for b in beelden} == {Stukstatus.CONCEPT}
    assert {b.stuk.register.maker for b in beelden} == {INKOPER}
    assert all(b.heel and b.reden == "nog niet beoordeeld" for b in beelden)
    assert {b.stuk.status for b in list_stukken(app, "PROEF", alles=True)} == {
        Stukstatus.CONCEPT,
        Stukstatus.GEMAAKT,
    }


def test_a_whole_decision_is_approved_in_one_act_and_may_then_leave(app: App):
    (groep,) = list_verzendbaar(app, "PROEF")
    assert (groep.handeling, groep.klaar, len(groep.redenen)) == ("proef_starten", False, len(groep.brieven))
    perform(app, "PROEF", "stukken_goedkeuren", build_goedkeuring(app, "PROEF", JURIST), JURIST)
    (groep,) = list_verzendbaar(app, "PROEF")
    assert (groep.klaar, groep.redenen) == (True, ())
    assert count_statussen(app.database)["PROEF"]["goedgekeurd"] == len(groep.brieven)


def test_only_a_jurist_approves_and_an_officer_or_a_jurist_hands_in(app: App):
    with pytest.raises(HandelingRefused) as weigering:
        approve(app, EEN, als=INKOPER)
    assert codes(weigering) == {"mandaat-ontbreekt"}
    save_versie(app, "PROEF", EEN, b"een andere versie", VERSLAG, JURIST)
    save_versie(app, "PROEF", EEN, b"nog een versie", VERSLAG, INKOPER)
    assert load_stuk(app, "PROEF", EEN).stuk.makers == {INKOPER, JURIST}


def test_one_changed_byte_on_disk_lapses_the_approval(app: App):
    approve(app, EEN, TWEE)
    pad = app.bestanden.folder("PROEF") / EEN
    heel = pad.read_bytes()
    pad.write_bytes(heel[:-1] + bytes([heel[-1] ^ 1]))
    beeld = load_stuk(app, "PROEF", EEN)
    assert not beeld.goedgekeurd
    assert "goedkeuring is vervallen" in beeld.reden
    (groep,) = list_verzendbaar(app, "PROEF")
    assert [i for i, _ in groep.redenen] == [EEN]
    pad.write_bytes(heel)
    assert load_stuk(app, "PROEF", EEN).goedgekeurd


def test_a_version_is_kept_beside_the_first_and_the_evidence_stays_whole(app: App):
    eerste = app.bestanden.load("PROEF", EEN)
    save_versie(app, "PROEF", EEN, b"versie twee", VERSLAG, INKOPER, "Aanhef hersteld.")
    save_versie(app, "PROEF", EEN, b"versie drie", VERSLAG, INKOPER)
    stuk = load_stuk(app, "PROEF", EEN).stuk
    assert [app.bestanden.load("PROEF", v.pad) for v in stuk.versies] == [
        eerste,
        b"versie twee",
        b"versie drie",
    ]
    assert stuk.versies[1].toelichting == "Aanhef hersteld."
    assert verify(app, "PROEF").meldingen == ()


def test_a_refused_version_leaves_no_file_behind(app: App):
    voor = sorted(app.bestanden.folder("PROEF").rglob("*"))
    with pytest.raises(HandelingRefused) as weigering:
        save_versie(app, "PROEF", EEN, app.bestanden.load("PROEF", EEN), VERSLAG, INKOPER)
    assert codes(weigering) == {"versie-is-niet-nieuw"}
    with pytest.raises(HandelingRefused):
        save_versie(app, "PROEF", EEN, b"nieuw", VERSLAG, "beoordelaar1.demo")
    assert sorted(app.bestanden.folder("PROEF").rglob("*")) == voor


def test_a_version_that_another_brought_in_meanwhile_is_not_removed(
    app: App, monkeypatch: pytest.MonkeyPatch
):
    def perform_late(*_: object, **__: object) -> None:
        monkeypatch.undo()
        save_versie(app, "PROEF", EEN, b"versie twee", VERSLAG, INKOPER)
        raise StaleDossier("te laat")

    monkeypatch.setattr("aanbesteding.engine.stukken.perform", perform_late)
    with pytest.raises(StaleDossier):
        save_versie(app, "PROEF", EEN, b"versie twee", VERSLAG, INKOPER)
    assert load_stuk(app, "PROEF", EEN).heel
    assert verify(app, "PROEF").in_orde


@pytest.mark.parametrize(
    ("schade", "soort"),
    [
        pytest.param("byte", "bestand gewijzigd", id="een byte van een ingeleverde versie"),
        pytest.param("weg", "bestand ontbreekt", id="een ingeleverde versie is weg"),
        pytest.param("status", "status gewijzigd", id="de status in het register"),
        pytest.param("hash", "feit gewijzigd", id="de hash in het feit"),
    ],
)
def test_verifieer_finds_damage_to_what_review_left(app: App, schade: str, soort: str):
    save_versie(app, "PROEF", EEN, b"versie twee", VERSLAG, INKOPER)
    approve(app, EEN)
    pad = app.bestanden.folder("PROEF") / load_stuk(app, "PROEF", EEN).stuk.huidig.pad
    if schade == "byte":
        pad.write_bytes(b"versie twEe")
    elif schade == "weg":
        pad.unlink()
    else:
        opdracht = {
            "status": f"UPDATE document SET status = 'verzonden' WHERE pad = '{EEN}'",
            "hash": 'UPDATE feit SET inhoud = replace(inhoud, \'"sha256":"\', \'"sha256":"0\') '
            "WHERE soort = 'StukIngeleverd'",
        }[schade]
        with app.database.begin() as verbinding:
            unfreeze(verbinding)
            verbinding.execute(text(opdracht))
    assert soort in {m.soort for m in verify(app, "PROEF").meldingen}


def test_a_rejected_letter_is_made_again_for_its_recipient_alone_and_joins_the_decision(app: App):
    gezien = load_stuk(app, "PROEF", EEN).stuk.gezien
    perform(app, "PROEF", "stuk_afkeuren", {"gezien": gezien, "opmerking": "De datum klopt niet."}, JURIST)
    perform(app, "PROEF", "stukken_opnieuw_maken", {"stukken": [EEN], "reden": "Datum hersteld."}, INKOPER)
    (groep,) = list_verzendbaar(app, "PROEF")
    assert groep.te_maken == ("brief",)
    assert EEN not in {b.stuk.id for b in groep.brieven}
    voor = len(list_stukken(app, "PROEF"))
    make_all(app)
    beelden = list_stukken(app, "PROEF")
    assert len(beelden) == voor + 1
    nieuw = beelden[-1].stuk
    assert (nieuw.register.uitgave, nieuw.register.ontvanger) == (2, "perceel-1")
    assert load_stuk(app, "PROEF", EEN).stuk.status is Stukstatus.VERVANGEN
    (groep,) = list_verzendbaar(app, "PROEF")
    assert nieuw.id in {b.stuk.id for b in groep.brieven}
    assert verify(app, "PROEF").meldingen == ()


def test_a_new_edition_for_somebody_who_gets_nothing_any_more_is_an_error(app: App):
    with app.database.begin() as verbinding:
        verbinding.execute(text(f"UPDATE document SET ontvanger = 'weg' WHERE pad = '{EEN}'"))
    perform(app, "PROEF", "stukken_opnieuw_maken", {"stukken": [EEN], "reden": "Hersteld."}, INKOPER)
    (open_,) = list_open(app, "PROEF")
    (fout,) = produce(app, open_).fouten
    assert "niets meer te maken voor weg" in fout


def test_after_sending_the_list_of_letters_to_send_is_empty_and_nothing_can_change(app: App):
    ids = [b.stuk.id for b in list_stukken(app, "PROEF")]
    approve(app, *ids)
    gezien = [load_stuk(app, "PROEF", i).stuk.gezien for i in ids]
    invoer = {"stukken": gezien, "verzonden": app.klok.nu()}
    perform(app, "PROEF", "stukken_verzenden", invoer, INKOPER)
    assert list_verzendbaar(app, "PROEF") == ()
    with pytest.raises(HandelingRefused) as weigering:
        save_versie(app, "PROEF", EEN, b"te laat", VERSLAG, INKOPER)
    assert "stuk-al-verzonden" in codes(weigering)
    assert verify(app, "PROEF").meldingen == ()


def test_the_list_of_acts_says_that_there_is_nothing_to_review(tmp_path):
    basis = make_procedure()
    app = make_app(tmp_path / "leeg", replace(basis, fasen=stukken.begeleid(*basis.fasen)))
    save_dossier(app)
    redenen = {h.code: {o.code for o in h.overtredingen} for h in list_handelingen(app, "PROEF")}
    assert redenen["stukken_goedkeuren"] == {"niets-te-beoordelen"}


def test_an_archive_holds_every_version_and_its_own_checker_sees_damage(app: App, tmp_path):
    save_versie(app, "PROEF", EEN, b"versie twee", VERSLAG, INKOPER)
    perform(app, "PROEF", "stukken_opnieuw_maken", {"stukken": [TWEE], "reden": "Hersteld."}, INKOPER)
    make_all(app)
    heel = save_archief(app, "PROEF", tmp_path / "heel.zip").pad
    with zipfile.ZipFile(heel) as zip_:
        assert list_dossierfouten(zip_) == []
    pad = app.bestanden.folder("PROEF") / load_stuk(app, "PROEF", EEN).stuk.huidig.pad
    for schade, woord in ((b"versie twEe", "is niet het bestand"), (None, "ontbreekt")):
        pad.write_bytes(schade) if schade else pad.unlink()
        with zipfile.ZipFile(save_archief(app, "PROEF", tmp_path / f"{woord}.zip").pad) as zip_:
            (fout,) = list_dossierfouten(zip_)
        assert woord in fout


def test_a_document_made_again_is_calculated_again_for_its_recipient_alone(app: App):
    perform(app, "PROEF", "stukken_opnieuw_maken", {"stukken": [TWEE], "reden": "Hersteld."}, INKOPER)
    make_all(app)
    assert recalculate(app, "PROEF").gelijk


def test_an_unknown_stuk_is_told(app: App):
    with pytest.raises(AanbestedingError, match=r"weg\.docx"):
        load_stuk(app, "PROEF", "proef/weg.docx")


def test_a_path_that_leaves_the_folder_is_no_file(app: App):
    invoer = {"stuk": EEN, "pad": "../../proef.db", "sha256": "0" * 64, "verslag": VERSLAG}
    with pytest.raises(HandelingRefused) as weigering:
        perform(app, "PROEF", "stuk_inleveren", invoer, INKOPER)
    assert codes(weigering) == {"versie-is-niet-bewaard"}
