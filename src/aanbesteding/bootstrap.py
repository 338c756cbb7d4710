"""Puts engine and adapters together; the only reader of settings.

A demo or a test installs its own app for the time of a run (`app_in_gebruik`), so that flows in the same process
work on it; otherwise `load_app` builds one from the settings and keeps it.
"""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_settings import SettingsError

from aanbesteding.adapters.klok import Systeemklok
from aanbesteding.adapters.mail import Mailserver, Smtp, Uitbak, is_loopback
from aanbesteding.adapters.prefect import make_server
from aanbesteding.adapters.prefect_delen import Werkpool
from aanbesteding.adapters.werkboek import read_werkboek
from aanbesteding.documents.catalogus import Sjablonen
from aanbesteding.domain.norm import load_normen
from aanbesteding.engine.app import App, Post
from aanbesteding.engine.ports import Klok, Verdeler
from aanbesteding.errors import InvoerError
from aanbesteding.invoerfouten import describe_oorzaak
from aanbesteding.paden import find_map
from aanbesteding.procedures import PROCEDURES
from aanbesteding.regio import regio_mappen
from aanbesteding.settings import Settings
from aanbesteding.storage.database import migrate, open_database
from aanbesteding.storage.objecten import open_opslag

AFVALDREMPEL = 50_000
"""New objects after which Python looks for cycles that nobody uses any more; its own 700 costs a large dossier, which
is hundreds of thousands of objects that all stay, half of its time (docs/prestaties.md)."""

_in_gebruik: list[App] = []


def load_settings() -> Settings:
    """The settings; InvoerError names every one that is wrong, and shows no value: it may be secret."""
    try:
        settings = Settings()
    except (ValidationError, SettingsError) as fout:
        raise InvoerError(_describe_fouten(fout)) from None
    if settings.sjablonen and not settings.sjablonen.is_dir():
        raise InvoerError([f"AANBESTEDING_SJABLONEN: de map {settings.sjablonen} bestaat niet."])
    return settings


def _describe_fouten(fout: ValidationError | SettingsError) -> list[str]:
    if isinstance(fout, SettingsError):
        return ["Een instelling AANBESTEDING_... is niet te lezen. Kijk de instellingen na."]
    return [
        f"AANBESTEDING_{'_'.join(map(str, deel['loc'])).upper()}: {describe_oorzaak(deel)}. Verbeter deze instelling."
        for deel in fout.errors(include_input=False, include_url=False)
    ]


def make_app(settings: Settings, klok: Klok | None = None) -> App:
    """Build the running product: make its folder, bring its database up to date."""
    gc.set_threshold(AFVALDREMPEL, 10, 10)
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise InvoerError(
            [f"AANBESTEDING_HOME: de map {settings.home} kan niet worden gemaakt. Kies een andere."]
        ) from fout
    database = open_database(settings.database)
    migrate(database)
    return App(
        database=database,
        bestanden=open_opslag(settings.documenten, settings.documenten_url, settings.documenten_eindpunt),
        sjablonen=Sjablonen(settings.sjablonen or find_map("sjablonen")),
        klok=klok or Systeemklok(),
        normen=load_normen(),
        procedures={p.code: p for p in PROCEDURES},
        regiomappen=regio_mappen(settings.eigen_regios),
        lees_werkboek=read_werkboek,
        werkmap=settings.home,
        post=make_post(settings),
        verdeler=make_verdeler(settings),
    )


def make_verdeler(settings: Settings) -> Verdeler | None:
    """Who divides large series over machines: the workers of the work pool; nobody without one."""
    if not settings.werkpool:
        return None
    if not settings.prefect_api_url:
        raise InvoerError(
            [
                "AANBESTEDING_WERKPOOL is ingevuld, maar AANBESTEDING_PREFECT_API_URL niet. Geef het adres van de "
                "Prefect-server die de machines delen (docs/beheer/verdeeld.md), of laat de werkpool leeg."
            ]
        )
    return Werkpool(make_server(settings.prefect_api_url), settings.werkpool_delen, settings.werkpool_stilte)


def make_post(settings: Settings) -> Post:
    """How letters leave: by the mail server of the settings, or as files in the outbox folder."""
    web_adres = (settings.web_adres or settings.web_url).rstrip("/")
    if not settings.mail_server:
        uitbak = Uitbak(settings.uitbak, settings.mail_afzender or Uitbak.afzender)
        return Post(uitbak, web_adres, settings.mail_link_dagen)
    try:
        deel = urlsplit(web_adres)
    except ValueError:
        deel = urlsplit("")
    veilig = deel.scheme == "https" or is_loopback(settings.mail_server)
    if not (veilig and deel.hostname):
        raise InvoerError(
            [
                "AANBESTEDING_WEB_ADRES moet met https:// beginnen zodra brieven echt worden gemaild: de link in elke "
                f"mail leidt daarheen. Nu is het '{web_adres}'."
            ]
        )
    server = Mailserver(
        adres=settings.mail_server,
        afzender=settings.mail_afzender,
        poort=settings.mail_poort,
        tls=settings.mail_tls,
        gebruiker=settings.mail_gebruiker,
        wachtwoord=settings.mail_wachtwoord.get_secret_value(),
        certificaten=settings.mail_certificaten,
    )
    return Post(Smtp(server), web_adres, settings.mail_link_dagen)


def load_app() -> App:
    """The app in use, or one made from the settings."""
    if not _in_gebruik:
        _in_gebruik.append(make_app(load_settings()))
    return _in_gebruik[-1]


@contextmanager
def app_in_gebruik(app: App) -> Generator[App]:
    """Let every `load_app` in this process answer this app."""
    _in_gebruik.append(app)
    try:
        yield app
    finally:
        _in_gebruik.remove(app)
