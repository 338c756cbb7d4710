"""Letters of a decision leave in one go, each once; what came of each is known, and nothing leaves without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aanbesteding.adapters.klok import StilstaandeKlok
from aanbesteding.adapters.mail import Uitbak
from aanbesteding.engine.app import App
from aanbesteding.engine.perform import HandelingRefused, perform
from aanbesteding.engine.stukken import list_stukken
from aanbesteding.engine.verzendbeeld import GEDULD, load_besluit
from aanbesteding.engine.verzending import (
    is_voort_te_zetten,
    list_voort_te_zetten,
    report_bezorging,
    send,
    start_verzending,
)
from aanbesteding.errors import AanbestedingError, InvoerError
from aanbesteding.storage.documenten import list_documenten
from aanbesteding.storage.post import claim_bericht, list_berichten
from postkamer import (
    ALS,
    DOSSIER,
    Genoteerd,
    Postbus,
    approve,
    find_link,
    list_eml,
    load_tekst,
    make_besluit,
    make_postapp,
    serve,
    take_besluit,
    use_smtp,
)


def make_gereed(map_: Path, **velden: object) -> tuple[App, int]:
    """An app whose decision may be sent."""
    app = make_postapp(map_, **velden)  # type: ignore[arg-type]
    besluit = make_besluit(app)
    approve(app, besluit)
    return app, besluit


def list_standen(app: App, besluit: int) -> dict[str, str]:
    return {b.bericht.ontvanger: b.stand for b in load_besluit(app, DOSSIER, besluit).berichten}


def list_genoteerd(app: App) -> list[Genoteerd]:
    return [f for f in app.load(DOSSIER)[0].list_feiten(Genoteerd) if f.verzonden != ("x",)]


def refused(fout: pytest.ExceptionInfo[HandelingRefused]) -> set[str]:
    return {o.code for o in fout.value.overtredingen}


def meld(app: App, besluit: int, ontvanger: str, melding: str) -> str:
    return report_bezorging(
        app,
        DOSSIER,
        {
            "besluit": besluit,
            "ontvanger": ontvanger,
            "melding": melding,
            "op": app.klok.nu(),
            "toelichting": "gebeld",
        },
        ALS,
    )


def test_all_letters_of_a_decision_leave_by_a_real_server_and_what_follows_is_recorded(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    postbus = Postbus()
    with serve(postbus) as server:
        app = use_smtp(app, server)
        start_verzending(app, DOSSIER, besluit, ALS)
        (run,) = send(app, DOSSIER)
    assert (run.verstuurd, run.geweigerd, run.onbekend, run.klaar, run.melding) == (3, 0, 0, True, "")
    assert [m["To"] for m in postbus.mails] == [f"aanbieder-{n}@zorg.example" for n in (1, 2, 3)]
    (genoteerd,) = list_genoteerd(app)
    assert genoteerd.verzonden == ("I-001", "I-002", "I-003")
    assert genoteerd.niet_verzonden == ()
    assert {d.status for d in list_documenten(app.database, DOSSIER, document="besluitbrief")} == {
        "verzonden"
    }
    gebeurtenissen = [r.gebeurtenis for r in load_besluit(app, DOSSIER, besluit).berichten[0].regels]
    assert gebeurtenissen == ["klaar", "bezig", "verzonden"]
    assert load_besluit(app, DOSSIER, besluit).berichten[0].antwoord == "250 OK wachtrij-1"
    assert send(app, DOSSIER) == ()


def test_mail_holds_the_link_of_its_recipient_and_nothing_of_the_letter_or_of_anyone_else(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    start_verzending(app, DOSSIER, besluit, ALS)
    send(app, DOSSIER)
    berichten = list_eml(tmp_path / "uitbak")
    assert len(berichten) == 3
    links = {find_link(load_tekst(b)) for b in berichten}
    assert len(links) == 3
    assert all(len(link) >= 43 for link in links)
    for n, bericht in enumerate(berichten, start=1):
        geheel = bericht.as_string()
        assert "geheim" not in geheel
        assert f"Zorg {n} B.V." in load_tekst(bericht)
        assert not any(f"Zorg {m} B.V." in geheel or f"aanbieder-{m}@" in geheel for m in {1, 2, 3} - {n})
        assert not list(bericht.iter_attachments())
    with app.database.connect() as verbinding:
        bewaard = {rij[0] for rij in verbinding.exec_driver_sql("SELECT sleutel_hash FROM brieflink")}
    assert len(bewaard) == 3
    assert not bewaard & links


def test_nothing_leaves_before_a_person_gave_the_word(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    assert send(app, DOSSIER) == ()
    assert list_berichten(app.database, DOSSIER) == ()
    assert not list_eml(tmp_path / "uitbak")
    assert load_besluit(app, DOSSIER, besluit).bezwaren == ()


def test_letters_that_are_not_approved_hold_all_letters_of_the_decision(tmp_path: Path):
    app = make_postapp(tmp_path)
    besluit = make_besluit(app)
    with pytest.raises(HandelingRefused, match="nog niet goedgekeurd") as fout:
        start_verzending(app, DOSSIER, besluit, ALS)
    assert refused(fout) == {"brieven-niet-gereed"}


def test_file_that_differs_from_the_register_holds_all_letters(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    brief = next((tmp_path / "documenten").rglob("besluitbrief-I-002.docx"))
    brief.write_bytes(brief.read_bytes() + b"x")
    with pytest.raises(HandelingRefused, match="niet meer wat er is goedgekeurd"):
        start_verzending(app, DOSSIER, besluit, ALS)


def test_file_that_changes_after_the_word_is_not_sent(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    start_verzending(app, DOSSIER, besluit, ALS)
    brief = next((tmp_path / "documenten").rglob("besluitbrief-I-002.docx"))
    heel = brief.read_bytes()
    brief.write_bytes(heel + b"x")
    with pytest.raises(AanbestedingError, match="niet meer wat er is goedgekeurd"):
        send(app, DOSSIER)
    assert list_standen(app, besluit) == {"I-001": "verzonden", "I-002": "klaar", "I-003": "klaar"}
    brief.write_bytes(heel)
    send(app, DOSSIER)
    assert set(list_standen(app, besluit).values()) == {"verzonden"}


def test_decision_without_letters_and_unknown_decision_are_refused(tmp_path: Path):
    app, _ = make_gereed(tmp_path)
    for besluit in (1, 99):
        with pytest.raises(HandelingRefused) as fout:
            start_verzending(app, DOSSIER, besluit, ALS)
        assert "besluit-zonder-brieven" in refused(fout)


def test_only_who_holds_the_role_may_start(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    with pytest.raises(HandelingRefused) as fout:
        start_verzending(app, DOSSIER, besluit, "jurist.demo")
    assert refused(fout) == {"mandaat-ontbreekt"}


def test_sending_is_started_once(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    start_verzending(app, DOSSIER, besluit, ALS)
    with pytest.raises(HandelingRefused) as fout:
        start_verzending(app, DOSSIER, besluit, ALS)
    assert refused(fout) == {"verzending-al-gestart"}


def test_letter_changes_no_more_once_the_word_to_send_was_given(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    stuk = list_stukken(app, DOSSIER)[0].stuk
    invoer = {"gezien": stuk.gezien, "opmerking": "toch niet goed"}
    assert perform(app, DOSSIER, "stuk_afkeuren", invoer, "jurist.demo", proef=True).feiten
    start_verzending(app, DOSSIER, besluit, ALS)
    with pytest.raises(HandelingRefused) as fout:
        perform(app, DOSSIER, "stuk_afkeuren", invoer, "jurist.demo")
    assert refused(fout) == {"verzending-van-stuk-gestart"}


def test_each_decision_sends_its_own_letters_only(tmp_path: Path):
    app, eerste = make_gereed(tmp_path)
    tweede = take_besluit(app)
    start_verzending(app, DOSSIER, eerste, ALS)
    send(app, DOSSIER)
    assert len(list_eml(tmp_path / "uitbak")) == 3
    assert load_besluit(app, DOSSIER, tweede).berichten == ()


def test_refused_mail_is_recorded_with_the_answer_and_sent_again_only_on_a_persons_word(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    postbus = Postbus(weiger_nummer=2)
    with serve(postbus) as server:
        app = use_smtp(app, server)
        start_verzending(app, DOSSIER, besluit, ALS)
        (run,) = send(app, DOSSIER)
        assert (run.verstuurd, run.geweigerd, run.klaar) == (2, 1, True)
        stand = load_besluit(app, DOSSIER, besluit)
        assert [b.bericht.ontvanger for b in stand.niet_bereikt] == ["I-002"]
        assert stand.niet_bereikt[0].antwoord == "550 5.1.1 mailbox onbekend"
        assert list_genoteerd(app)[-1].niet_verzonden == ("I-002",)
        assert send(app, DOSSIER) == ()
        assert meld(app, besluit, "I-002", "opnieuw") == ""
        assert list_standen(app, besluit)["I-002"] == "klaar"
        send(app, DOSSIER)
    assert sorted(m["To"] for m in postbus.mails) == [f"aanbieder-{n}@zorg.example" for n in (1, 2, 3)]
    assert list_genoteerd(app)[-1].niet_verzonden == ()
    assert len({m["Message-ID"] for m in postbus.mails}) == 3


def test_mail_whose_connection_broke_is_unknown_and_never_sent_again_by_itself(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    postbus = Postbus(breek_inhoud_bij=2)
    with serve(postbus) as server:
        app = use_smtp(app, server)
        start_verzending(app, DOSSIER, besluit, ALS)
        (run,) = send(app, DOSSIER)
        assert (run.verstuurd, run.onbekend, run.klaar) == (2, 1, False)
        assert list_standen(app, besluit)["I-002"] == "onbekend"
        assert list_genoteerd(app) == []
        send(app, DOSSIER)
        assert len(postbus.mails) == 2
    assert meld(app, besluit, "I-002", "aangekomen") == ""
    assert list_genoteerd(app)[-1].verzonden == ("I-001", "I-002", "I-003")


def test_server_that_goes_away_stops_the_run_and_the_rest_leaves_later(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    postbus = Postbus()
    with serve(postbus) as server:
        app = use_smtp(app, replace(server, poort=1))
        start_verzending(app, DOSSIER, besluit, ALS)
        (run,) = send(app, DOSSIER)
        assert (run.verstuurd, run.klaar) == (0, False)
        assert "niet bereikbaar" in run.melding
        assert set(list_standen(app, besluit).values()) == {"klaar"}
        (run,) = send(use_smtp(app, server), DOSSIER)
        assert (run.verstuurd, run.klaar) == (3, True)
    gebeurtenissen = [r.gebeurtenis for r in load_besluit(app, DOSSIER, besluit).berichten[0].regels]
    assert gebeurtenissen == ["klaar", "bezig", "niet_verstuurd", "bezig", "verzonden"]


def test_recipient_without_address_is_not_reached_until_somebody_delivered_the_letter(tmp_path: Path):
    app, besluit = make_gereed(tmp_path, zonder_adres=(3,))
    start_verzending(app, DOSSIER, besluit, ALS)
    send(app, DOSSIER)
    assert list_standen(app, besluit)["I-003"] == "geen_adres"
    assert list_genoteerd(app)[-1].niet_verzonden == ("I-003",)
    meld(app, besluit, "I-003", "anders_bereikt")
    assert list_genoteerd(app)[-1].niet_verzonden == ()
    assert not load_besluit(app, DOSSIER, besluit).niet_bereikt
    assert {d.status for d in list_documenten(app.database, DOSSIER, document="besluitbrief")} == {
        "verzonden"
    }


def test_letter_that_came_back_was_sent_but_not_reached(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    start_verzending(app, DOSSIER, besluit, ALS)
    send(app, DOSSIER)
    meld(app, besluit, "I-001", "teruggekomen")
    stand = load_besluit(app, DOSSIER, besluit)
    assert [b.bericht.ontvanger for b in stand.niet_bereikt] == ["I-001"]
    assert len(list_genoteerd(app)) == 1
    meld(app, besluit, "I-001", "anders_bereikt")
    assert not load_besluit(app, DOSSIER, besluit).niet_bereikt


@pytest.mark.parametrize(
    ("melding", "ontvanger", "code"),
    [
        pytest.param("opnieuw", "I-001", "melding-past-niet", id="een verzonden mail nog eens versturen"),
        pytest.param("aangekomen", "I-001", "melding-past-niet", id="aangekomen wat bekend was"),
        pytest.param("teruggekomen", "I-099", "ontvanger-onbekend", id="een ontvanger die er niet is"),
    ],
)
def test_what_does_not_fit_cannot_be_told(tmp_path: Path, melding: str, ontvanger: str, code: str):
    app, besluit = make_gereed(tmp_path)
    start_verzending(app, DOSSIER, besluit, ALS)
    send(app, DOSSIER)
    with pytest.raises(HandelingRefused) as fout:
        meld(app, besluit, ontvanger, melding)
    assert refused(fout) == {code}


def test_message_of_a_process_on_another_machine_is_left_alone_until_it_must_be_gone(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    app = replace(app, post=replace(app.load_post(), postbode=EchteUitbak(tmp_path / "uitbak")))
    start_verzending(app, DOSSIER, besluit, ALS)
    send(replace(app, post=replace(app.load_post(), postbode=Dicht())), DOSSIER)
    eerste = list_berichten(app.database, DOSSIER)[0]
    assert claim_bericht(app.database, eerste, "elders:1", app.klok.nu(), "x", app.klok.nu())
    assert not claim_bericht(app.database, eerste, "ander:2", app.klok.nu(), "y", app.klok.nu())
    send(app, DOSSIER)
    assert list_standen(app, besluit) == {"I-001": "bezig", "I-002": "verzonden", "I-003": "verzonden"}
    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(app.klok.nu() + GEDULD + timedelta(seconds=1))
    assert list_standen(app, besluit)["I-001"] == "onbekend"
    send(app, DOSSIER)
    assert list_standen(app, besluit)["I-001"] == "onbekend"
    assert len(list_eml(tmp_path / "uitbak")) == 2


def test_mail_that_is_only_kept_in_a_folder_is_kept_again_after_a_kill_for_it_never_left(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    start_verzending(app, DOSSIER, besluit, ALS)
    send(replace(app, post=replace(app.load_post(), postbode=Dicht())), DOSSIER)
    eerste = list_berichten(app.database, DOSSIER)[0]
    assert claim_bericht(app.database, eerste, "elders:1", app.klok.nu(), "x", app.klok.nu())
    assert isinstance(app.klok, StilstaandeKlok)
    app.klok.jump(app.klok.nu() + GEDULD + timedelta(seconds=1))
    send(app, DOSSIER)
    assert set(list_standen(app, besluit).values()) == {"verzonden"}
    assert len(list_eml(tmp_path / "uitbak")) == 3


class EchteUitbak(Uitbak):
    """A folder that stands for a real mail server."""

    @property
    def echt(self) -> bool:
        return True


class Dicht:
    """A postman who is not there."""

    plaats, echt = "nergens", False

    def deliver(self, mail: object) -> str:
        from aanbesteding.engine.ports import MailNietVerstuurd

        raise MailNietVerstuurd("niet bereikbaar")

    def close(self) -> None:
        pass


def test_log_of_deliveries_cannot_be_changed_or_removed(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    start_verzending(app, DOSSIER, besluit, ALS)
    send(app, DOSSIER)
    for opdracht in ("UPDATE berichtregel SET gebeurtenis = 'x'", "DELETE FROM berichtregel"):
        with app.database.connect() as verbinding, pytest.raises(Exception, match="verandert niet"):
            verbinding.exec_driver_sql(opdracht)


def test_unknown_number_of_a_decision_is_told_with_where_to_look(tmp_path: Path):
    app, _ = make_gereed(tmp_path)
    with pytest.raises(InvoerError, match="aanbesteding verzending"):
        load_besluit(app, DOSSIER, 77)


def test_follow_up_that_is_refused_is_told_and_tried_again(tmp_path: Path):
    app, besluit = make_gereed(tmp_path)
    start_verzending(app, DOSSIER, besluit, ALS)
    vast = app.procedures
    weg = replace(vast["proef"], fasen=tuple(_zonder_mandaat(f) for f in vast["proef"].fasen))
    (run,) = send(replace(app, procedures={**vast, "proef": weg}), DOSSIER)
    assert "rol gemandateerde niet" in run.melding
    assert list_genoteerd(app) == []
    (run,) = send(app, DOSSIER)
    assert (run.verstuurd, run.melding) == (0, "")
    assert len(list_genoteerd(app)) == 1
    perform(app, DOSSIER, "iets_vastleggen", None, ALS)


def _zonder_mandaat(fase):  # type: ignore[no-untyped-def]
    from aanbesteding.domain.rol import Rol

    codes = {h.code for h in fase.handelingen}
    return (
        fase.pas_aan("verzending_noteren", rol=Rol.GEMANDATEERDE) if "verzending_noteren" in codes else fase
    )


def test_broken_sending_goes_on_by_itself_but_not_on_another_day_and_never_a_mail_that_is_unknown(
    tmp_path: Path,
):
    app, besluit = make_gereed(tmp_path)
    assert list_voort_te_zetten(app) == ()
    postbus = Postbus(breek_inhoud_bij=1)
    with serve(postbus) as server:
        start_verzending(app, DOSSIER, besluit, ALS)
        (run,) = send(use_smtp(app, replace(server, poort=1)), DOSSIER)
        assert run.verstuurd == 0
        stand, vandaag = load_besluit(app, DOSSIER, besluit), app.klok.nu().date()
        assert not is_voort_te_zetten(app, replace(stand, verzenddatum=vandaag - timedelta(days=1)))
        assert is_voort_te_zetten(app, replace(stand, verzenddatum=vandaag))
        assert list_voort_te_zetten(app) == (DOSSIER,)
        app = use_smtp(app, server)
        (run,) = send(app, DOSSIER, vanzelf=True)
        assert (run.verstuurd, run.onbekend) == (2, 1)
        assert list_voort_te_zetten(app) == ()
        assert send(app, DOSSIER, vanzelf=True) == ()
        assert [str(m["To"]) for m in postbus.mails] == [
            "aanbieder-2@zorg.example",
            "aanbieder-3@zorg.example",
        ]
