"""Every setting of an installation, with its description; read by bootstrap alone.

All state lives under one directory (AANBESTEDING_HOME): database, documents and Prefect's own files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings from environment variables with the prefix AANBESTEDING_."""

    model_config = SettingsConfigDict(env_prefix="AANBESTEDING_", extra="ignore", env_ignore_empty=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("aanbesteding"), description="Map met alle gegevens"
    )
    database_url: str = Field(default="", description="Adres van de database; leeg: SQLite-bestand in de map")
    documenten_url: str = Field(
        default="",
        description="Objectopslag voor de documenten, bijvoorbeeld s3://emmer/documenten; leeg: een map bij de "
        "gegevens",
    )
    documenten_eindpunt: str = Field(
        default="",
        description="Adres van de objectopslag als dat niet die van Amazon is; sleutels staan in AWS_ACCESS_KEY_ID en "
        "AWS_SECRET_ACCESS_KEY",
    )
    regios: Path | None = Field(
        default=None, description="Map met eigen regio's; leeg: de map 'regios' bij de gegevens"
    )
    sjablonen: Path | None = Field(default=None, description="Andere map met sjablonen")
    prefect_api_url: str = Field(default="", description="Een bestaande Prefect-server; leeg: eigen server")
    werkpool: str = Field(
        default="",
        description="Work pool van Prefect waarin grote reeksen documenten over machines worden verdeeld; leeg: alles "
        "op deze computer",
    )
    werkpool_delen: int = Field(
        default=8, ge=2, le=200, description="In zoveel delen wordt een grote reeks verdeeld"
    )
    werkpool_stilte: int = Field(
        default=120,
        ge=5,
        description="Komt er zoveel seconden geen document bij en geen deel verder, dan maakt wie erop wacht de rest "
        "zelf",
    )
    web_host: str = Field(default="127.0.0.1", description="Adres waarop de webpagina's luisteren")
    web_poort: int = Field(default=8765, ge=1, le=65535, description="Poort van de webpagina's")
    web_sleutel: SecretStr = Field(
        default=SecretStr(""),
        description="Geheim dat koekjes en formulieren ondertekent (32 tekens of meer); leeg: bestand in de map",
    )
    web_https: bool = Field(
        default=False, description="De webpagina's staan achter https: koekjes gaan alleen daarover"
    )
    web_proxy: str = Field(
        default="",
        description="Adressen van proxy's die het adres van de bezoeker mogen doorgeven, met komma's",
    )
    web_stil_minuten: int = Field(
        default=30, ge=1, le=1440, description="Na zoveel minuten zonder gebruik opnieuw inloggen"
    )
    web_hooguit_uren: int = Field(
        default=10, ge=1, le=168, description="Na zoveel uur hoe dan ook opnieuw inloggen"
    )
    web_adres: str = Field(
        default="",
        description="Adres waarop aanbieders de webpagina's bereiken, bijvoorbeeld https://inkoop.gemeente.nl; "
        "de links in mails leiden daarheen",
    )
    mail_server: str = Field(
        default="",
        description="Mailserver (SMTP) voor brieven; leeg: elke mail wordt een .eml-bestand in de map 'uitbak'",
    )
    mail_poort: int = Field(
        default=0, ge=0, le=65535, description="Poort van de mailserver; 0: die bij mail_tls"
    )
    mail_tls: Literal["starttls", "tls", "geen"] = Field(
        default="starttls",
        description="Hoe de verbinding is versleuteld; 'geen' kan alleen naar deze computer",
    )
    mail_certificaten: Path | None = Field(
        default=None,
        description="Bestand met eigen certificaten (PEM) van de mailserver; leeg: die van het systeem",
    )
    mail_gebruiker: str = Field(
        default="", description="Gebruikersnaam bij de mailserver; leeg: niet inloggen"
    )
    mail_wachtwoord: SecretStr = Field(default=SecretStr(""), description="Wachtwoord bij de mailserver")
    mail_afzender: str = Field(default="", description="E-mailadres waarvandaan brieven worden verstuurd")
    mail_link_dagen: int = Field(
        default=120,
        ge=30,
        le=3650,
        description="Zoveel dagen werkt de link in een mail; langer dan de termijnen in brieven",
    )
    oidc_issuer: str = Field(
        default="", description="Adres van de inlogdienst (OpenID Connect); leeg: alleen eigen accounts"
    )
    oidc_client_id: str = Field(default="", description="Naam van deze toepassing bij de inlogdienst")
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="Geheim van deze toepassing bij de inlogdienst"
    )
    oidc_claim: str = Field(
        default="preferred_username",
        description="Claim waarin de accountnaam staat, zoals in het mandaatregister",
    )
    oidc_naam: str = Field(default="uw organisatie", description="Naam van de inlogdienst op de inlogpagina")
    prefect_poort: int = Field(
        default=4243, ge=1, le=65535, description="Poort van de eigen Prefect-server bij 'start'"
    )

    @property
    def database(self) -> str:
        """URL of the database."""
        return self.database_url or f"sqlite:///{self.home / 'aanbesteding.db'}"

    @property
    def eigen_regios(self) -> Path:
        """Folder of the user's own regions."""
        return self.regios or self.home / "regios"

    @property
    def documenten(self) -> Path:
        """Folder of the produced documents."""
        return self.home / "documenten"

    @property
    def uitbak(self) -> Path:
        """Folder in which mail is left when there is no mail server."""
        return self.home / "uitbak"

    @property
    def motoren(self) -> Path:
        """Folder where the engine that makes redlines unpacks itself."""
        return self.home / "motoren"

    @property
    def prefect_home(self) -> Path:
        """Folder of Prefect's own files."""
        return self.home / "prefect"

    @property
    def bijlagen(self) -> dict[str, Path]:
        """What a backup holds besides database and documents, by the name it has there."""
        return {"regios": self.eigen_regios, "websleutel": self.home / "web.sleutel"}

    @property
    def web_url(self) -> str:
        """Address of the web pages, as links in Prefect's artifacts show it."""
        return f"http://{self.web_host}:{self.web_poort}"
