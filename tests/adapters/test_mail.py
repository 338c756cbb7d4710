"""Handing mail to a real server: every way it can end, over TLS, and nothing sent in the clear or to a stranger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aanbesteding.adapters.mail import Mailserver, Smtp, Uitbak, build_bericht, is_adres
from aanbesteding.engine.ports import Mail, MailGeweigerd, MailNietVerstuurd, MailOnbekend
from aanbesteding.errors import InvoerError
from postkamer import AFZENDER, Postbus, check_inlog, list_eml, load_tekst, make_tls, serve


def make_mail(nummer: int = 1, **velden: str) -> Mail:
    basis = Mail(
        aan=f"aanbieder-{nummer}@zorg.example",
        namens="Regio Verzonnen",
        antwoord_aan="contact@voorbeeld.example",
        onderwerp="Er staat een brief voor u klaar",
        tekst="Geachte directie,\n\nEen café in Zaltbommel.\n.\nSlot.\n",
        html="<p>Een café</p>",
        kenmerk=f"PROEF-2-I-{nummer:03d}-1",
        map_="PROEF",
        moment=datetime(2026, 7, 20, 13, 30, tzinfo=UTC),
    )
    return replace(basis, **velden)  # type: ignore[arg-type]


def test_accepted_mail_arrives_whole_with_the_answer_of_the_server():
    postbus = Postbus()
    with serve(postbus) as server:
        post = Smtp(server)
        antwoorden = [post.deliver(make_mail(n)) for n in (1, 2)]
        post.close()
    assert antwoorden == ["250 OK wachtrij-1", "250 OK wachtrij-2"]
    eerste = postbus.mails[0]
    assert eerste["To"] == "aanbieder-1@zorg.example"
    assert eerste["From"] == f"Regio Verzonnen <{AFZENDER}>"
    assert eerste["Reply-To"] == "contact@voorbeeld.example"
    assert eerste["Message-ID"] == "<PROEF-2-I-001-1@voorbeeld.example>"
    assert eerste["Auto-Submitted"] == "auto-generated"
    assert "café" in load_tekst(eerste)
    assert "\n.\n" in load_tekst(eerste).replace("\r\n", "\n")
    assert [d.get_content_type() for d in eerste.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_same_mail_gives_the_same_bytes():
    assert build_bericht(make_mail(), AFZENDER) == build_bericht(make_mail(), AFZENDER)


def test_line_break_in_a_name_or_subject_makes_no_header():
    mail = make_mail(onderwerp="Brief\r\nBcc: ander@elders.example", namens="Regio\nX-Kop: 1")
    bericht = build_bericht(mail, AFZENDER)
    koppen = bericht.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
    assert not any(regel.startswith((b"Bcc:", b"X-Kop:")) for regel in koppen.split(b"\r\n"))


def test_refused_recipient_gets_the_answer_of_the_server_and_the_next_mail_still_goes():
    postbus = Postbus(weiger={"aanbieder-1@zorg.example": "550 5.1.1 bestaat niet"})
    with serve(postbus) as server:
        post = Smtp(server)
        with pytest.raises(MailGeweigerd, match=r"550 5\.1\.1 bestaat niet"):
            post.deliver(make_mail(1))
        post.deliver(make_mail(2))
        post.close()
    assert [m["To"] for m in postbus.mails] == ["aanbieder-2@zorg.example"]


def test_connection_that_breaks_before_the_content_left_nothing_behind():
    postbus = Postbus(breek_bij=1)
    with serve(postbus) as server:
        post = Smtp(server)
        with pytest.raises(MailNietVerstuurd):
            post.deliver(make_mail(1))
        post.deliver(make_mail(1))
        post.close()
    assert len(postbus.mails) == 1


def test_old_connection_that_the_server_closed_is_made_anew():
    postbus = Postbus(breek_bij=2)
    with serve(postbus) as server:
        post = Smtp(server)
        post.deliver(make_mail(1))
        post.deliver(make_mail(2))
        post.close()
    assert [m["To"] for m in postbus.mails] == ["aanbieder-1@zorg.example", "aanbieder-2@zorg.example"]


def test_connection_that_breaks_after_the_content_leaves_the_mail_unknown():
    postbus = Postbus(breek_inhoud_bij=1)
    with serve(postbus) as server:
        post = Smtp(server)
        with pytest.raises(MailOnbekend):
            post.deliver(make_mail(1))
        post.close()


def test_server_that_is_not_there_is_told_with_what_to_check():
    post = Smtp(Mailserver("127.0.0.1", AFZENDER, poort=1, tls="geen", wachttijd=2))
    with pytest.raises(MailNietVerstuurd, match=r"niet bereikbaar.*AANBESTEDING_MAIL_SERVER"):
        post.deliver(make_mail())


@pytest.mark.parametrize(
    "tls", [pytest.param("starttls", id="STARTTLS"), pytest.param("tls", id="meteen TLS")]
)
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_mail_goes_over_tls_and_logs_in(tmp_path: Path, tls: str):
    context, cert = make_tls(tmp_path)
    velden: dict[str, object] = {
        "auth_required": True,
        "authenticator": check_inlog,
        "auth_require_tls": tls != "tls",
    }
    velden |= {"ssl_context": context} if tls == "tls" else {"tls_context": context, "require_starttls": True}
    postbus = Postbus()
    with serve(postbus, **velden) as server:
        goed = replace(
            server,
            adres="localhost",
            tls=tls,
            gebruiker="inkoop",
            wachtwoord="verzonnen wachtwoord",
            certificaten=cert,
        )  # type: ignore[arg-type]
        post = Smtp(goed)
        post.deliver(make_mail())
        post.close()
        fout = Smtp(replace(goed, wachtwoord="anders"))
        with pytest.raises(
            MailNietVerstuurd, match="weigert de gebruikersnaam of het wachtwoord"
        ) as weigering:
            fout.deliver(make_mail())
        assert "anders" not in str(weigering.value)
    assert postbus.tls == [True]


@pytest.mark.parametrize("tls", ["starttls", "tls"])
@pytest.mark.parametrize(
    "naam", [pytest.param("localhost", id="niet vertrouwd"), pytest.param("ander.example", id="andere naam")]
)
def test_certificate_that_cannot_be_trusted_stops_before_anything_is_sent(
    tmp_path: Path, tls: str, naam: str
):
    context, cert = make_tls(tmp_path, naam)
    velden = {"ssl_context": context} if tls == "tls" else {"tls_context": context}
    postbus = Postbus()
    with serve(postbus, **velden) as server:
        vertrouwd = cert if naam != "localhost" else None
        post = Smtp(replace(server, adres="localhost", tls=tls, certificaten=vertrouwd))  # type: ignore[arg-type]
        with pytest.raises(MailNietVerstuurd, match="certificaat"):
            post.deliver(make_mail())
    assert postbus.gezien == 0


def test_server_without_tls_is_refused_when_tls_is_asked():
    with serve(Postbus()) as server, pytest.raises(MailNietVerstuurd):
        Smtp(replace(server, tls="starttls")).deliver(make_mail())


@pytest.mark.parametrize(
    ("velden", "tekst"),
    [
        pytest.param(
            {"tls": "geen", "adres": "mail.gemeente.example"}, "leesbaar", id="zonder TLS naar elders"
        ),
        pytest.param({"afzender": "inkoop"}, "geen e-mailadres", id="afzender zonder adres"),
        pytest.param({"wachtwoord": "x"}, "GEBRUIKER", id="wachtwoord zonder gebruiker"),
        pytest.param({"certificaten": Path("/bestaat/niet.pem")}, "bestaat niet", id="certificaat ontbreekt"),
    ],
)
def test_settings_that_cannot_work_are_told_at_once(velden: dict[str, object], tekst: str):
    server = replace(Mailserver("localhost", AFZENDER), **velden)  # type: ignore[arg-type]
    with pytest.raises(InvoerError, match=tekst):
        Smtp(server)


def test_password_is_not_in_the_text_of_the_settings():
    assert "geheimpje" not in repr(Mailserver("localhost", AFZENDER, gebruiker="a", wachtwoord="geheimpje"))


def test_outbox_keeps_each_mail_whole_under_its_reference(tmp_path: Path):
    post = Uitbak(tmp_path, AFZENDER)
    assert post.deliver(make_mail()) == "bewaard als PROEF/PROEF-2-I-001-1.eml"
    assert [m["To"] for m in list_eml(tmp_path)] == ["aanbieder-1@zorg.example"]
    assert not list(tmp_path.rglob("*.deel"))


@pytest.mark.parametrize(
    ("adres", "goed"),
    [
        ("a@b.example", True),
        ("a.b+c@sub.domein.example", True),
        ("a@b", False),
        ("a b@c.example", False),
        ("a@b.example\r\nBcc: x@y.example", False),
        ("<a@b.example>", False),
        ("", False),
    ],
)
def test_address_looks_like_an_address(adres: str, goed: bool):
    assert is_adres(adres) is goed
