"""`aanbesteding start`: Prefect's server, the deployments and the web pages in one go; Ctrl-C ends all.

Must stay true: everything listens on loopback unless a setting says otherwise, and ends with this process.
"""

from __future__ import annotations

import threading

import typer
import uvicorn

from aanbesteding.adapters.prefect import launch_server, serve_deployments, stop_server, wait_server
from aanbesteding.bootstrap import load_app, load_settings
from aanbesteding.web.app import make_web


def run_start() -> None:
    """Start everything and wait for Ctrl-C."""
    settings = load_settings()
    server = launch_server(settings.prefect_home, settings.prefect_poort)
    app = load_app()
    web = uvicorn.Server(
        uvicorn.Config(make_web(app), host=settings.web_host, port=settings.web_poort, log_level="warning")
    )
    draad = threading.Thread(target=web.run, name="web", daemon=True)
    try:
        draad.start()
        typer.echo(f"Webpagina's:  http://{settings.web_host}:{settings.web_poort}")
        wait_server(server)
        typer.echo(f"Prefect:      {server.url}")
        typer.echo(f"Gegevens:     {settings.home}")
        typer.echo("Stoppen met Ctrl-C.")
        serve_deployments(settings.prefect_home, server)
    except KeyboardInterrupt:
        typer.echo("Wordt gestopt.")
    finally:
        web.should_exit = True
        draad.join(5)
        stop_server(server)
