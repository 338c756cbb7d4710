"""Every setting of an installation, with its description; read by bootstrap alone.

All state lives under one directory (AANBESTEDING_HOME): database, documents and Prefect's own files.
"""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings from environment variables with the prefix AANBESTEDING_."""

    model_config = SettingsConfigDict(env_prefix="AANBESTEDING_", extra="ignore")

    home: Path = Field(
        default_factory=lambda: user_data_path("aanbesteding"), description="Map met alle gegevens"
    )
    database_url: str = Field(default="", description="Adres van de database; leeg: SQLite-bestand in de map")
    regios: Path | None = Field(
        default=None, description="Map met eigen regio's; leeg: de map 'regios' bij de gegevens"
    )
    sjablonen: Path | None = Field(default=None, description="Andere map met sjablonen")
    prefect_api_url: str = Field(default="", description="Een bestaande Prefect-server; leeg: eigen server")
    web_host: str = Field(default="127.0.0.1", description="Adres waarop de webpagina's luisteren")
    web_poort: int = Field(default=8765, description="Poort van de webpagina's")
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
        default=30, ge=1, description="Na zoveel minuten zonder gebruik opnieuw inloggen"
    )
    web_hooguit_uren: int = Field(default=10, ge=1, description="Na zoveel uur hoe dan ook opnieuw inloggen")
    prefect_poort: int = Field(default=4243, description="Poort van de eigen Prefect-server bij 'start'")

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
