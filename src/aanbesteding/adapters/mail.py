"""Delivers mail: by SMTP over TLS, or as .eml files in the outbox folder when no mail server is set up.

Each attempt ends in one of four ways that the caller must keep apart: accepted (the server's answer comes back),
refused (MailGeweigerd), not begun (MailNietVerstuurd: nothing left), or unknown (MailOnbekend: the content was sent
and no answer came).

Must stay true: no password or content in a message of an error; the certificate of the server is verified; without
TLS mail goes to this machine only. The same mail gives the same bytes.
Trap: a connection that breaks before the content is sent may be tried again; one that breaks after may not.
"""

from __future__ import annotations

import hashlib
import os
import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from aanbesteding.engine.ports import Mail, MailGeweigerd, MailNietVerstuurd, MailOnbekend
from aanbesteding.errors import InvoerError

Tls = Literal["starttls", "tls", "geen"]
POORTEN: dict[str, int] = {"starttls": 587, "tls": 465, "geen": 25}
PER_VERBINDING = 100
"""Mails per connection: many servers close a connection that stays longer."""


MAX_ADRES = 254
"""Signs of a mail address (RFC 5321)."""


@dataclass(frozen=True)
class Mailserver:
    """Where mail is handed over, and as whom."""

    adres: str
    afzender: str
    poort: int = 0
    tls: Tls = "starttls"
    gebruiker: str = ""
    wachtwoord: str = field(default="", repr=False)
    certificaten: Path | None = None
    wachttijd: float = 30.0

    def check(self) -> None:
        """InvoerError with every fault of the settings."""
        fouten: list[str] = []
        if not is_adres(self.afzender):
            fouten.append(
                f"AANBESTEDING_MAIL_AFZENDER '{self.afzender}' is geen e-mailadres. Schrijf naam@gemeente.nl."
            )
        if self.tls == "geen" and not is_loopback(self.adres):
            fouten.append(
                "AANBESTEDING_MAIL_TLS staat op 'geen', maar de mailserver staat op een andere computer: brieven en "
                "codes gingen dan leesbaar over het net. Kies 'starttls' of 'tls'."
            )
        if self.wachtwoord and not self.gebruiker:
            fouten.append(
                "AANBESTEDING_MAIL_WACHTWOORD is gezet zonder AANBESTEDING_MAIL_GEBRUIKER. Zet allebei of geen."
            )
        if self.certificaten is not None and not self.certificaten.is_file():
            fouten.append(f"AANBESTEDING_MAIL_CERTIFICATEN: het bestand {self.certificaten} bestaat niet.")
        if fouten:
            raise InvoerError(fouten)


def is_adres(tekst: str) -> bool:
    """Does this look like an address that mail can go to?"""
    vorm = r"[^@\s<>\",;:\\()\[\]]+@[^@\s<>\",;:\\()\[\]]+\.[^@\s<>\",;:\\()\[\].]+"
    if len(tekst) > MAX_ADRES or not tekst.isprintable() or re.fullmatch(vorm, tekst) is None:
        return False
    try:
        Address(addr_spec=tekst)
    except (ValueError, MessageError):
        return False
    return True


def clean_kop(tekst: str) -> str:
    """A text that may stand in a header: one line, without signs that nobody can see."""
    return " ".join("".join(t if t.isprintable() else " " for t in tekst).split())


def is_loopback(host: str) -> bool:
    """Is this host this very machine?"""
    if host.lower() == "localhost":
        return True
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return False


def build_bericht(mail: Mail, afzender: str) -> bytes:
    """The whole mail as bytes; the same mail gives the same bytes."""
    bericht = EmailMessage(policy=SMTP_POLICY)
    bericht["From"] = Address(clean_kop(mail.namens), addr_spec=afzender)
    bericht["To"] = Address(addr_spec=mail.aan)
    if mail.antwoord_aan and is_adres(mail.antwoord_aan):
        bericht["Reply-To"] = Address(addr_spec=mail.antwoord_aan)
    bericht["Subject"] = clean_kop(mail.onderwerp)
    bericht["Date"] = format_datetime(mail.moment)
    bericht["Message-ID"] = f"<{mail.kenmerk}@{afzender.rpartition('@')[2]}>"
    bericht["Auto-Submitted"] = "auto-generated"
    bericht["Content-Language"] = "nl"
    bericht.set_content(mail.tekst, cte="quoted-printable")
    bericht.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    bericht.set_boundary(f"deel-{hashlib.sha256(mail.kenmerk.encode()).hexdigest()[:32]}")
    return bericht.as_bytes()


@dataclass(frozen=True)
class Uitbak:
    """Leaves every mail as an .eml file in a folder; nothing leaves the machine."""

    map_: Path
    afzender: str = "inkoop@voorbeeld.example"

    @property
    def plaats(self) -> str:
        """Where mail goes, in words."""
        return f"de map {self.map_} (er is geen mailserver ingesteld)"

    @property
    def echt(self) -> bool:
        """Nothing really leaves."""
        return False

    def deliver(self, mail: Mail) -> str:
        """Write the mail whole, or not at all."""
        doel = self.map_ / mail.map_ / f"{re.sub(r'[^A-Za-z0-9._-]+', '-', mail.kenmerk)}.eml"
        tijdelijk = doel.with_name(f"{doel.name}.{os.getpid()}.deel")
        try:
            doel.parent.mkdir(parents=True, exist_ok=True)
            with tijdelijk.open("wb") as bestand:
                bestand.write(build_bericht(mail, self.afzender))
                bestand.flush()
                os.fsync(bestand.fileno())
            tijdelijk.replace(doel)
        except OSError as fout:
            with suppress(OSError):
                tijdelijk.unlink(missing_ok=True)
            raise MailNietVerstuurd(
                f"De mail kon niet worden bewaard in {self.map_}: {fout.strerror}."
            ) from None
        return f"bewaard als {doel.relative_to(self.map_)}"

    def close(self) -> None:
        """Nothing is open."""


class Smtp:
    """Hands mail to a server, over one connection for a while."""

    def __init__(self, server: Mailserver) -> None:
        server.check()
        self.server = server
        self._client: smtplib.SMTP | None = None
        self._gedaan = 0

    @property
    def plaats(self) -> str:
        """Where mail goes, in words."""
        return f"mailserver {self.server.adres}"

    @property
    def echt(self) -> bool:
        """Mail leaves."""
        return True

    def deliver(self, mail: Mail) -> str:
        """Hand over one mail; returns what the server answered."""
        try:
            inhoud = build_bericht(mail, self.server.afzender)
        except (ValueError, UnicodeError):
            raise MailGeweigerd(f"'{mail.aan}' is geen adres waar mail heen kan.") from None
        client = self._begin(mail)
        try:
            code, antwoord = client.data(inhoud)
        except smtplib.SMTPDataError as fout:
            self._reset()
            raise MailGeweigerd(show_antwoord(fout.smtp_code, fout.smtp_error)) from None
        except (smtplib.SMTPException, OSError) as fout:
            self._drop()
            raise MailOnbekend(
                f"De verbinding brak af nadat de mail was aangeboden ({type(fout).__name__})."
            ) from None
        if code != 250:
            self._reset()
            raise MailGeweigerd(show_antwoord(code, antwoord))
        self._gedaan += 1
        if self._gedaan >= PER_VERBINDING:
            self.close()
        return show_antwoord(code, antwoord)

    def close(self) -> None:
        """Say goodbye to the server."""
        if self._client is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._client.quit()
        self._drop()

    def _begin(self, mail: Mail) -> smtplib.SMTP:
        """Tell the server who writes to whom; over a new connection when the old one was closed meanwhile."""
        oud = self._client is not None
        try:
            return self._announce(mail)
        except MailNietVerstuurd:
            if not oud:
                raise
            return self._announce(mail)

    def _announce(self, mail: Mail) -> smtplib.SMTP:
        client = self._client or self._connect()
        try:
            code, antwoord = client.mail(self.server.afzender)
            if code != 250:
                self._drop()
                raise MailNietVerstuurd(
                    f"De mailserver neemt geen mail aan van {self.server.afzender}: {show_antwoord(code, antwoord)}."
                )
            code, antwoord = client.rcpt(mail.aan)
            if code == 421:
                self._drop()
                raise MailNietVerstuurd(f"De mailserver sluit: {show_antwoord(code, antwoord)}.")
            if code not in (250, 251):
                self._reset()
                raise MailGeweigerd(show_antwoord(code, antwoord))
        except UnicodeError:
            self._reset()
            raise MailGeweigerd(f"'{mail.aan}' bevat tekens die de mailserver niet aanneemt.") from None
        except (smtplib.SMTPException, OSError) as fout:
            self._drop()
            raise MailNietVerstuurd(f"De mailserver verbrak de verbinding ({type(fout).__name__}).") from None
        return client

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        poort = server.poort or POORTEN[server.tls]
        naam = server.afzender.rpartition("@")[2]
        try:
            context = ssl.create_default_context(cafile=server.certificaten)
            if server.tls == "tls":
                client: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.adres, poort, naam, timeout=server.wachttijd, context=context
                )
            else:
                client = smtplib.SMTP(server.adres, poort, naam, timeout=server.wachttijd)
            try:
                if server.tls == "starttls":
                    client.starttls(context=context)
                client.ehlo_or_helo_if_needed()
                self._log_in(client)
            except BaseException:
                client.close()
                raise
        except ssl.SSLCertVerificationError as fout:
            raise MailNietVerstuurd(
                f"Het certificaat van mailserver {server.adres} is niet te vertrouwen ({fout.verify_message}). "
                "Zet een eigen certificaat in AANBESTEDING_MAIL_CERTIFICATEN."
            ) from None
        except (smtplib.SMTPException, OSError) as fout:
            raise MailNietVerstuurd(
                f"Mailserver {server.adres}:{poort} is niet bereikbaar met '{server.tls}' "
                f"({type(fout).__name__}). Controleer AANBESTEDING_MAIL_SERVER, _POORT en _TLS."
            ) from None
        self._client, self._gedaan = client, 0
        return client

    def _log_in(self, client: smtplib.SMTP) -> None:
        if not self.server.gebruiker:
            return
        try:
            client.login(self.server.gebruiker, self.server.wachtwoord)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPServerDisconnected):
            raise MailNietVerstuurd(
                f"Mailserver {self.server.adres} weigert de gebruikersnaam of het wachtwoord. Controleer "
                "AANBESTEDING_MAIL_GEBRUIKER en _WACHTWOORD."
            ) from None

    def _reset(self) -> None:
        """Forget the mail that was refused; the connection stays when it can."""
        try:
            if self._client is not None:
                self._client.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None


def show_antwoord(code: int, antwoord: bytes | str) -> str:
    """A server's answer on one line."""
    tekst = antwoord.decode(errors="replace") if isinstance(antwoord, bytes) else antwoord
    return " ".join(f"{code} {tekst}".split())[:500]
