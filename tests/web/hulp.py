"""Visitors for tests of the pages: cheap passwords, logging in through the real form, and a second region."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from shutil import copyfile
from typing import Any

from argon2 import PasswordHasher
from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from aanbesteding.adapters.wachtwoord import Wachtwoorden
from aanbesteding.engine.accounts import Dader, make_account
from aanbesteding.engine.app import App
from aanbesteding.storage.dossier import save_nieuw_dossier
from aanbesteding.web.app import make_web
from bouwers import PEILDATUM, make_aanbesteding, moment
from fakes import BEGIN

KLUIS = Wachtwoorden(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
WACHTWOORD = "verzonnen zin voor een test"


def make_toegang(app: App, persoon: str, **velden: Any) -> None:
    """An account for a person."""
    make_account(app, KLUIS, persoon, WACHTWOORD, door=Dader(), **({"moet_wijzigen": False} | velden))


def make_pagina(app: App, **velden: Any) -> FastAPI:
    """The pages with cheap passwords."""
    return make_web(app, kluis=KLUIS, **velden)


def find_token(antwoord: Response) -> str:
    """The token of the form on a page."""
    gevonden = re.search(r'name="_token" value="([0-9a-f]{64})"', antwoord.text)
    assert gevonden, antwoord.text[:500]
    return gevonden[1]


def send_inloggen(client: TestClient, persoon: str, wachtwoord: str = WACHTWOORD, **velden: str) -> Response:
    """Fill in the form and send it; redirects are not followed."""
    token = find_token(client.get("/inloggen"))
    gegevens = {"_token": token, "persoon": persoon, "wachtwoord": wachtwoord} | velden
    return client.post("/inloggen", data=gegevens, follow_redirects=False)


def log_in(web: FastAPI, persoon: str, wachtwoord: str = WACHTWOORD, **velden: Any) -> TestClient:
    """A browser in which this person is logged in."""
    client = TestClient(web, **velden)
    antwoord = send_inloggen(client, persoon, wachtwoord)
    assert antwoord.status_code == 303, html.unescape(antwoord.text)
    return client


def bezoek(app: App, persoon: str, **velden: Any) -> TestClient:
    """Pages over this app, with a new account that is logged in."""
    make_toegang(app, persoon)
    return log_in(make_pagina(app), persoon, **velden)


def send(client: TestClient, pad: str, gegevens: dict[str, Any] | None = None, **velden: Any) -> Response:
    """Send a form of this visitor with a valid token; redirects are not followed."""
    token = find_token(client.get("/wachtwoord"))
    return client.post(pad, data={"_token": token} | (gegevens or {}), follow_redirects=False, **velden)


def add_buurland(app: App, map_: Path) -> App:
    """The app with a second, invented region in which nobody of the first one holds a role."""
    voorbeeld = Path(str(files("aanbesteding") / "regios" / "bommelerwaard"))
    bron = (voorbeeld / "regio.toml").read_text(encoding="utf-8")
    eigen = bron.replace('code = "bommelerwaard"', 'code = "buurland"').replace('.demo"', '.buur"')
    doel = map_ / "regios" / "buurland" / "regio.toml"
    doel.parent.mkdir(parents=True)
    for beeld in voorbeeld.glob("*.png"):
        copyfile(beeld, doel.parent / beeld.name)
    doel.write_text(eigen.replace("contractbeheerder.", "contract."), encoding="utf-8")
    return replace(app, regiomappen=(map_ / "regios", *app.regiomappen))


def save_buurdossier(app: App, code: str = "BUUR") -> None:
    """A dossier of the second region."""
    save_nieuw_dossier(
        app.database,
        code,
        make_aanbesteding(regio="buurland", procedure="proef"),
        procedure_versie="1",
        begin_status="voorbereiding",
        peildatum=PEILDATUM,
        moment=moment(BEGIN),
        demo=True,
    )
