"""Keys of openers: another passphrase leaves what was sealed as it is, tries count, and nothing secret is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from nacl.pwhash import argon2id
from sqlmodel import Session, select

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.domain.zegel import OpenersAangewezen
from aanbesteding.engine.accounts import Dader
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.engine.sleutels import (
    DEMO_WACHTZIN,
    MAX_SLEUTELS,
    WachtzinBegrensd,
    change_wachtzin,
    list_eigen_sleutels,
    make_sleutel,
)
from aanbesteding.engine.verifieer import verify
from aanbesteding.errors import InvoerError
from aanbesteding.storage import verzegeling
from aanbesteding.storage.audit import Auditregel, Auditsoort
from aanbesteding.storage.dossier import Vast, record_besluit
from aanbesteding.storage.sleutels import replace_slot
from aanbesteding.storage.tables_toegang import AuditRow
from fakes import GEHEIM, OPENERS, BodGeopend, make_app, make_procedure, save_dossier

INKOPER, JURIST, _ = OPENERS
OUD, NIEUW, FOUT = (
    "vijf losse woorden voor morgen",
    "heel andere woorden sinds vandaag",
    "dit is de verkeerde wachtzin",
)


@pytest.fixture(autouse=True)
def goedkoop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs nothing here."""
    monkeypatch.setattr(argon2id, "OPSLIMIT_MODERATE", argon2id.OPSLIMIT_MIN)
    monkeypatch.setattr(argon2id, "MEMLIMIT_MODERATE", argon2id.MEMLIMIT_MIN)
    assert verzegeling.argon2id is argon2id


@pytest.fixture
def app(tmp_path: Path) -> App:
    """A real dossier with two real keys and one sealed bid that may be opened."""
    app = make_app(tmp_path, make_procedure())
    save_dossier(app)
    feit = OpenersAangewezen(openers=tuple(make_sleutel(app, persoon, OUD) for persoon in (INKOPER, JURIST)))
    vast = Vast("openers_aanwijzen", "gemandateerde.demo", app.klok.nu(), (feit,))
    record_besluit(app.database, "PROEF", app.load("PROEF")[0].versie, vast)
    perform(app, "PROEF", "proef_starten", None, INKOPER)
    perform(app, "PROEF", "bod_ontvangen", {"nummer": "1/A", "tekst": GEHEIM}, INKOPER)
    perform(app, "PROEF", "perceel_melden", {"percelen": ["1"], "bedrag": 2}, INKOPER)
    return app


def openen(app: App, inkoper: str, jurist: str = OUD) -> None:
    invoer = {"percelen": ["1"], "openers": (INKOPER, JURIST)}
    perform(app, "PROEF", "bod_openen", invoer, JURIST, wachtzinnen={INKOPER: inkoper, JURIST: jurist})


def list_regels(app: App) -> list[AuditRow]:
    with Session(app.database) as sessie:
        return list(sessie.exec(select(AuditRow).order_by(AuditRow.id)))


def test_after_another_passphrase_the_new_one_opens_what_was_sealed_before_and_the_old_one_does_not(app: App):
    (voor,) = list_eigen_sleutels(app, INKOPER)
    assert change_wachtzin(app, INKOPER, OUD, NIEUW) == voor.slot.vingerafdruk
    (na,) = list_eigen_sleutels(app, INKOPER)
    assert (na.slot.publiek, na.gemaakt, na.heel) == (voor.slot.publiek, voor.gemaakt, True)
    assert na.slot.prive != voor.slot.prive
    assert not [m for m in verify(app, "PROEF").meldingen if "sleutel" in m.soort]
    with pytest.raises(HandelingRefused, match="past niet bij de sleutel"):
        openen(app, OUD)
    openen(app, NIEUW)
    assert app.load("PROEF")[0].laatste(BodGeopend) is not None


@pytest.mark.parametrize(
    ("oud", "nieuw", "zin"),
    [
        pytest.param(FOUT, NIEUW, "past niet bij de sleutel", id="met een verkeerde oude"),
        pytest.param(OUD, "te kort", "te zwak", id="met een te korte nieuwe"),
        pytest.param(OUD, "a" * 40, "te zwak", id="met steeds dezelfde letter"),
        pytest.param(OUD, "woord " * 400, "te zwak", id="met een eindeloos lange"),
        pytest.param(OUD, "vijf losse\nwoorden samen", "te zwak", id="met een regeleinde"),
        pytest.param(OUD, "half teken \ud800 en meer tekst", "te zwak", id="met een half teken"),
        pytest.param(OUD, OUD, "andere wachtzin", id="met dezelfde"),
    ],
)
def test_passphrase_stays(app: App, oud: str, nieuw: str, zin: str):
    voor = list_eigen_sleutels(app, INKOPER)
    with pytest.raises(InvoerError, match=zin) as fout:
        change_wachtzin(app, INKOPER, oud, nieuw)
    assert "niet gewijzigd" in str(fout.value)
    assert list_eigen_sleutels(app, INKOPER) == voor


def test_key_that_is_not_there_or_of_a_demo_keeps_its_passphrase(app: App):
    with pytest.raises(InvoerError, match="geen eigen sleutel 0000"):
        change_wachtzin(app, INKOPER, OUD, NIEUW, "0000")
    with pytest.raises(InvoerError, match="geen eigen sleutel"):
        change_wachtzin(app, "inkoper2.demo", DEMO_WACHTZIN, NIEUW)
    (van_jurist,) = list_eigen_sleutels(app, JURIST)
    with pytest.raises(InvoerError, match="geen eigen sleutel"):
        change_wachtzin(app, INKOPER, OUD, NIEUW, van_jurist.slot.vingerafdruk)


def test_with_two_keys_the_one_that_is_named_changes(app: App):
    (eerste,) = list_eigen_sleutels(app, INKOPER)
    jump(app, timedelta(minutes=1))
    make_sleutel(app, INKOPER, NIEUW)
    change_wachtzin(app, INKOPER, OUD, FOUT, eerste.slot.vingerafdruk)
    nieuwste, oudste = list_eigen_sleutels(app, INKOPER)
    assert oudste.slot.vingerafdruk == eerste.slot.vingerafdruk
    assert change_wachtzin(app, INKOPER, NIEUW, OUD) == nieuwste.slot.vingerafdruk


def test_two_changes_at_once_do_not_overwrite_each_other(app: App):
    (voor,) = list_eigen_sleutels(app, INKOPER)
    change_wachtzin(app, INKOPER, OUD, NIEUW)
    (na,) = list_eigen_sleutels(app, INKOPER)
    aantal = len(list_regels(app))
    logregel = Auditregel(app.klok.nu(), Auditsoort.WACHTZIN_GEWIJZIGD, INKOPER, "")
    assert not replace_slot(app.database, voor.slot, replace(voor.slot, prive="anders"), logregel)
    assert list_eigen_sleutels(app, INKOPER) == (na,)
    assert len(list_regels(app)) == aantal


def jump(app: App, duur: timedelta) -> None:
    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(app.klok.nu() + duur)


def test_too_many_wrong_passphrases_must_wait_also_for_the_right_one_and_also_at_the_opening(app: App):
    for _ in range(5):
        with pytest.raises(InvoerError, match="past niet"):
            change_wachtzin(app, INKOPER, FOUT, NIEUW)
    with pytest.raises(WachtzinBegrensd, match="Wacht 30 seconden"):
        change_wachtzin(app, INKOPER, OUD, NIEUW)
    with pytest.raises(HandelingRefused, match="te vaak verkeerd getypt") as fout:
        openen(app, OUD)
    assert [o.code for o in fout.value.overtredingen] == ["wachtzin-te-vaak"]
    jump(app, timedelta(seconds=31))
    change_wachtzin(app, INKOPER, OUD, NIEUW)


def test_one_opener_who_must_wait_does_not_stop_another(app: App):
    for _ in range(5):
        with pytest.raises(InvoerError, match="past niet"):
            change_wachtzin(app, INKOPER, FOUT, NIEUW)
    change_wachtzin(app, JURIST, OUD, NIEUW)


def test_right_passphrases_are_not_counted_as_wrong(app: App):
    for nieuw, oud in [(NIEUW, OUD), (OUD, NIEUW)] * 4:
        change_wachtzin(app, INKOPER, oud, nieuw)


def test_making_keys_without_end_must_wait(app: App):
    for _ in range(MAX_SLEUTELS - 1):
        make_sleutel(app, INKOPER, NIEUW)
    with pytest.raises(WachtzinBegrensd, match="Wacht een kwartier"):
        make_sleutel(app, INKOPER, NIEUW)
    jump(app, timedelta(minutes=16))
    make_sleutel(app, INKOPER, NIEUW)


def test_log_tells_what_was_done_with_which_key_and_holds_no_passphrase(app: App):
    (sleutel,) = list_eigen_sleutels(app, INKOPER)
    with pytest.raises(InvoerError):
        change_wachtzin(app, INKOPER, FOUT, NIEUW, door=Dader(INKOPER, "10.0.0.1"))
    change_wachtzin(app, INKOPER, OUD, NIEUW, door=Dader(INKOPER, "10.0.0.1"))
    naam = f"sleutel {sleutel.slot.vingerafdruk}"
    regels = [r for r in list_regels(app) if r.doel == naam]
    assert [(r.soort, r.persoon, r.adres) for r in regels] == [
        ("sleutel_gemaakt", INKOPER, ""),
        ("wachtzinpoging", INKOPER, "10.0.0.1"),
        ("wachtzin_geweigerd", INKOPER, "10.0.0.1"),
        ("wachtzinpoging", INKOPER, "10.0.0.1"),
        ("wachtzin_past", INKOPER, "10.0.0.1"),
        ("wachtzin_gewijzigd", INKOPER, "10.0.0.1"),
    ]
    for zin in (OUD, NIEUW, FOUT):
        assert zin not in str([r.model_dump() for r in list_regels(app)])
