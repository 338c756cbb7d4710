"""A small invented decision with letters to send, and real local mail servers that answer as a test asks.

Every address is under .example. The servers speak SMTP on loopback, with or without TLS.
"""

from __future__ import annotations

import datetime as dt
import email
import re
import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from sqlalchemy import update
from sqlmodel import Session as Databasesessie
from sqlmodel import col

from aanbesteding.adapters.mail import Mailserver, Smtp, Uitbak
from aanbesteding.adapters.prefect import find_vrije_poort
from aanbesteding.documents.declaration import Brief, Document, DocumentContext, Exemplaar, Ontvanger
from aanbesteding.domain.basis import Gegevensmodel
from aanbesteding.domain.feit import Feit
from aanbesteding.domain.rol import Rol
from aanbesteding.domain.situatie import Situatie
from aanbesteding.engine.app import App, Post
from aanbesteding.engine.outbox import list_open, produce
from aanbesteding.engine.perform import perform
from aanbesteding.fase import Besluit, Fase, Handeling, NaVerzending, Verzonden
from aanbesteding.fasen import verzending
from aanbesteding.procedure import Procedure
from aanbesteding.storage.tables import DocumentRow
from documents.maak import make_docx
from fakes import make_app, make_procedure, save_dossier

WEB = "https://inkoop.voorbeeld.example"
AFZENDER = "inkoop@voorbeeld.example"
ALS = "inkoper.demo"
DOSSIER = "PROEF"


class Besloten(Feit):
    """Something was decided."""


class Genoteerd(Feit):
    """What was recorded of a sending."""

    verzonden: tuple[str, ...]
    niet_verzonden: tuple[str, ...]
    laatst: dt.datetime


class Noteren(Gegevensmodel):
    verzonden: tuple[str, ...]
    niet_verzonden: tuple[str, ...]
    laatst: dt.datetime


class PostContext(DocumentContext):
    """Context of the invented letter."""

    brief: Brief
    geheim: str


def make_postprocedure(aantal: int = 3, zonder_adres: tuple[int, ...] = ()) -> Procedure:
    """The invented procedure with a decision that promises a letter to so many recipients."""

    def build(s: Situatie[None]) -> Iterator[Exemplaar]:
        for n in range(1, aantal + 1):
            adres = "" if n in zonder_adres else f"aanbieder-{n}@zorg.example"
            brief = Brief(
                aan=(f"Zorg {n}",),
                datum=s.vandaag,
                kenmerk=f"PROEF-{n}",
                onderwerp="Besluit",
                aanhef="Geachte directie,",
                contact="het team Inkoop, 0900 0000",
                ondertekenaar_functie="Gemandateerde",
                namens="De gemeente Voorbeeld",
            )
            yield Exemplaar(
                Ontvanger(f"I-{n:03d}", f"Zorg {n} B.V.", adres),
                PostContext(brief=brief, geheim=f"geheim van {n}"),
            )

    brief = Document(
        "besluitbrief", "Besluitbrief", "post", PostContext, build, _voorbeeld, "inschrijver", verzenden=True
    )
    fase = Fase(
        "post",
        "Post",
        handelingen=(
            Handeling(
                "besluit_meedelen",
                "Besluit meedelen",
                rol=Rol.GEMANDATEERDE,
                per="dossier",
                besluit=lambda s: Besluit((Besloten(),)),
                documenten=(brief,),
                na_verzending=NaVerzending("verzending_noteren", build_noteren),
            ),
            Handeling(
                "verzending_noteren",
                "Verzending noteren",
                rol=Rol.INKOPER,
                per="dossier",
                invoer=Noteren,
                besluit=lambda s: Besluit((Genoteerd(**dict(s.invoer)),)),
            ),
            Handeling(
                "iets_vastleggen",
                "Iets vastleggen",
                rol=Rol.INKOPER,
                per="dossier",
                besluit=lambda s: Besluit((Genoteerd(verzonden=("x",), niet_verzonden=(), laatst=s.nu),)),
            ),
        ),
        feiten=(Besloten, Genoteerd),
    )
    basis = make_procedure()
    return replace(basis, fasen=(*basis.fasen, fase, verzending.FASE))


def build_noteren(uitslag: Verzonden) -> Noteren:
    return Noteren(verzonden=uitslag.verzonden, niet_verzonden=uitslag.niet_verzonden, laatst=uitslag.laatst)


def _voorbeeld() -> PostContext:
    raise NotImplementedError


def make_postapp(map_: Path, *, aantal: int = 3, zonder_adres: tuple[int, ...] = (), **velden: Any) -> App:
    """An app with a dossier whose decision (version 2) has its letters made; mail goes to the outbox folder."""
    make_docx(map_ / "sjablonen" / "post", "{{ brief.aanhef }} {{ geheim }}", naam="besluitbrief")
    app = make_app(map_, make_postprocedure(aantal, zonder_adres), **velden)
    app = replace(app, post=Post(Uitbak(map_ / "uitbak", AFZENDER), WEB))
    return app


def make_besluit(app: App) -> int:
    """Take the decision and make its letters; returns its number."""
    save_dossier(app)
    perform(app, DOSSIER, "iets_vastleggen", None, ALS)
    besluit = take_besluit(app)
    return besluit


def take_besluit(app: App) -> int:
    """Take one more decision of the kind and make its letters."""
    versie = perform(app, DOSSIER, "besluit_meedelen", {}, "gemandateerde.demo").versie
    for toezegging in list_open(app, DOSSIER):
        assert not produce(app, toezegging).fouten
    return versie


def approve(app: App, besluit: int) -> None:
    """Have every letter of a decision approved."""
    with Databasesessie(app.database) as sessie:
        sessie.connection().execute(
            update(DocumentRow).where(col(DocumentRow.versie) == besluit).values(status="goedgekeurd")
        )
        sessie.commit()


# --- mail servers ---------------------------------------------------------------------------------------


@dataclass
class Postbus:
    """What a server took in, and how it answers: `weiger` addresses with an answer, `breek_na` that many mails."""

    weiger: dict[str, str] = field(default_factory=dict[str, str])
    weiger_nummer: int = 0
    breek_bij: int = 0
    breek_inhoud_bij: int = 0
    mails: list[EmailMessage] = field(default_factory=list[EmailMessage])
    tls: list[bool] = field(default_factory=list[bool])
    aangeboden: int = 0
    gezien: int = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.gezien += 1
        if address in self.weiger:
            return self.weiger[address]
        if self.weiger_nummer and self.gezien == self.weiger_nummer:
            return "550 5.1.1 mailbox onbekend"
        if self.breek_bij and self.gezien == self.breek_bij:
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.aangeboden += 1
        if self.breek_inhoud_bij and self.aangeboden == self.breek_inhoud_bij:
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
            return "250 te laat"
        bericht = email.message_from_bytes(envelope.content, policy=default)  # type: ignore[arg-type]
        assert isinstance(bericht, EmailMessage)
        self.mails.append(bericht)
        self.tls.append(
            server.transport is not None and server.transport.get_extra_info("cipher") is not None
        )
        return f"250 OK wachtrij-{len(self.mails)}"


@contextmanager
def serve(postbus: Postbus, **velden: Any) -> Generator[Mailserver]:
    """A mail server on loopback; gives the settings to reach it without TLS."""
    controller = Controller(postbus, hostname="127.0.0.1", port=find_vrije_poort(), **velden)
    controller.start()
    try:
        yield Mailserver("127.0.0.1", AFZENDER, poort=controller.port, tls="geen", wachttijd=5)
    finally:
        controller.stop()


def make_certificaat(map_: Path, naam: str = "localhost") -> tuple[Path, Path]:
    """A certificate of our own for this name, with its key, as PEM files."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    sleutel = ec.generate_private_key(ec.SECP256R1())
    wie = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, naam)])
    nu = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(wie)
        .issuer_name(wie)
        .public_key(sleutel.public_key())
        .serial_number(1)
        .not_valid_before(nu)
        .not_valid_after(nu + dt.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(naam)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(sleutel, hashes.SHA256())
    )
    certpad, sleutelpad = map_ / f"{naam}.pem", map_ / f"{naam}.key"
    certpad.write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    sleutelpad.write_bytes(
        sleutel.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return certpad, sleutelpad


def make_tls(map_: Path, naam: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """The TLS of a server with its own certificate, and that certificate for whoever trusts it."""
    cert, sleutel = make_certificaat(map_, naam)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, sleutel)
    return context, cert


def check_inlog(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    """Only this one user with this one password."""
    goed = (data.login, data.password) == (b"inkoop", b"verzonnen wachtwoord")
    return AuthResult(success=goed)


def find_link(tekst: str) -> str:
    """The personal link in the text of a mail."""
    gevonden = re.search(rf"{re.escape(WEB)}/brief/([A-Za-z0-9_-]+)", tekst)
    assert gevonden, tekst
    return gevonden[1]


def load_tekst(bericht: EmailMessage) -> str:
    """The plain text of a mail."""
    deel = bericht.get_body(("plain",))
    assert deel is not None
    return str(deel.get_content())


def list_eml(map_: Path) -> list[EmailMessage]:
    """Every mail in an outbox folder, by name."""
    berichten = [
        email.message_from_bytes(p.read_bytes(), policy=default) for p in sorted(map_.rglob("*.eml"))
    ]
    return [b for b in berichten if isinstance(b, EmailMessage)]


def use_smtp(app: App, server: Mailserver) -> App:
    """The app with this mail server."""
    return replace(app, post=Post(Smtp(server), WEB))
