"""`aanbesteding start`: Prefect's server, the deployments and the web pages in one go; Ctrl-C ends all.

Behind a proxy the pages run as an ASGI app of their own: `uvicorn --factory aanbesteding.start:make_asgi`.
Must stay true: everything listens on loopback unless a setting says otherwise, and ends with this process; the
key that signs cookies is made once and readable by its owner only.
"""

from __future__ import annotations

import os
import secrets
import signal
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import typer
import uvicorn
from fastapi import FastAPI

from aanbesteding.adapters.oidc import Inlogdienst
from aanbesteding.adapters.prefect import (
    Server,
    launch_server,
    load_bekende_server,
    make_server,
    serve_deployments,
    stop_server,
    wait_server,
)
from aanbesteding.adapters.prefect_runs import Prefectruns
from aanbesteding.bootstrap import load_app, load_settings
from aanbesteding.engine.opwarmen import warm_up
from aanbesteding.engine.toegang import Toegangsregels
from aanbesteding.errors import InvoerError
from aanbesteding.settings import Settings
from aanbesteding.storage.toegang import list_accounts
from aanbesteding.web.app import make_web
from aanbesteding.web.kern import Webinstellingen

MIN_SLEUTEL = 32
GENADE_S = 20.0
"""Seconds after Ctrl-C in which everything ends by itself; Prefect may wait much longer for a server that is gone."""


def load_geheim(settings: Settings) -> bytes:
    """The key that signs cookies: from the setting, or from a file in the data folder that is made once."""
    gezet = settings.web_sleutel.get_secret_value()
    if gezet:
        if len(gezet) < MIN_SLEUTEL:
            raise InvoerError([f"AANBESTEDING_WEB_SLEUTEL is te kort: geef ten minste {MIN_SLEUTEL} tekens."])
        return gezet.encode()
    pad = settings.home / "web.sleutel"
    settings.home.mkdir(parents=True, exist_ok=True)
    if not pad.exists():
        _save_geheim(pad)
    geheim = pad.read_bytes()
    if len(geheim) < MIN_SLEUTEL:
        raise InvoerError(
            [f"Het bestand {pad} is beschadigd. Verwijder het; er wordt dan een nieuw gemaakt."]
        )
    return geheim


def _save_geheim(pad: Path) -> None:
    """Put a new key in place whole; of two who do so at once the first one counts."""
    tijdelijk = pad.with_name(f"{pad.name}.{os.getpid()}")
    with os.fdopen(os.open(tijdelijk, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as bestand:
        bestand.write(secrets.token_hex(32).encode())
    with suppress(FileExistsError):
        os.link(tijdelijk, pad)
    tijdelijk.unlink()


def make_instellingen(settings: Settings) -> Webinstellingen:
    """The settings of the pages."""
    regels = Toegangsregels(
        stil=timedelta(minutes=settings.web_stil_minuten), hooguit=timedelta(hours=settings.web_hooguit_uren)
    )
    return Webinstellingen(load_geheim(settings), settings.web_https, regels)


def make_inlogdienst(settings: Settings) -> Inlogdienst | None:
    """The provider of the settings; None without one. InvoerError with every fault of the settings."""
    if not settings.oidc_issuer:
        return None
    web_adres = (settings.web_adres or settings.web_url).rstrip("/")
    dienst = Inlogdienst(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
        f"{web_adres}/inloggen/organisatie/terug",
        settings.oidc_claim,
        settings.oidc_naam,
    )
    dienst.check()
    return dienst


def make_asgi() -> FastAPI:
    """The pages as an ASGI app, from the settings."""
    settings = load_settings()

    def find_server() -> Server | None:
        if settings.prefect_api_url:
            return make_server(settings.prefect_api_url)
        return load_bekende_server(settings.prefect_home / "server.json")

    return make_web(
        load_app(),
        make_instellingen(settings),
        starter=Prefectruns(find_server),
        dienst=make_inlogdienst(settings),
    )


def run_start() -> None:
    """Start everything and wait for Ctrl-C."""
    settings = load_settings()
    server = launch_server(settings.prefect_home, settings.prefect_poort)
    paginas, einde = make_asgi(), threading.Event()
    web = uvicorn.Server(
        uvicorn.Config(
            paginas,
            host=settings.web_host,
            port=settings.web_poort,
            log_level="warning",
            proxy_headers=bool(settings.web_proxy),
            forwarded_allow_ips=settings.web_proxy or None,
        )
    )
    draad = threading.Thread(target=web.run, name="web", daemon=True)
    signal.signal(signal.SIGINT, _stop)
    opwarmen = threading.Thread(
        target=warm_up, args=(paginas.state.kern.app, einde), name="opwarmen", daemon=True
    )
    try:
        draad.start()
        opwarmen.start()
        typer.echo(f"Webpagina's:  {settings.web_url}")
        if not list_accounts(load_app().database):
            typer.echo("Er zijn nog geen accounts. Maak het eerste: aanbesteding gebruiker nieuw NAAM")
        wait_server(server)
        typer.echo(f"Prefect:      {server.url}")
        typer.echo(f"Gegevens:     {settings.home}")
        typer.echo("Stoppen met Ctrl-C.")
        serve_deployments(settings.prefect_home, server)
    except KeyboardInterrupt:
        typer.echo("Wordt gestopt.")
    finally:
        web.should_exit = True
        einde.set()
        draad.join(5)
        stop_server(server)


def _stop(*_signaal: object) -> None:
    """Ctrl-C: end as usual, and in any case after a while; the server ends with this process."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    einde = threading.Timer(GENADE_S, os._exit, (0,))
    einde.daemon = True
    einde.start()
    raise KeyboardInterrupt
