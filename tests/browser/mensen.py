"""People of the region in the browser, in the stories: log in, follow links, download; script is off."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Page

from browser.aanbieder import druk
from browser.bezoeken import D
from browser.toneel import DOSSIER, Toneel
from web.hulp import WACHTWOORD


def come_in(theater: Any, toneel: Toneel, als: str) -> Page:
    """Somebody opens the dossier: logs in at the form and chooses it in the list; script is off."""
    page = theater.open(toneel, "", javascript=False)
    page.goto(toneel.adres)
    page.get_by_label("Gebruikersnaam").fill(als)
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    druk(page, "Inloggen")
    page.get_by_role("link", name=DOSSIER, exact=True).click()
    page.wait_for_url(f"**{D}")
    return page


def leave(page: Page) -> None:
    """Log out; the window is gone."""
    druk(page, "Uitloggen")
    assert page.url.endswith("/inloggen")
    page.context.close()


def kies(page: Page, naam: str | re.Pattern[str]) -> None:
    """Follow a link."""
    with page.expect_navigation():
        page.get_by_role("link", name=naam).first.click()


def download(page: Page, naam: re.Pattern[str]) -> Download:
    """Download by a link."""
    with page.expect_download() as wacht:
        page.get_by_role("link", name=naam).first.click()
    return wacht.value


def save(bestand: Download, map_: Path) -> Path:
    """Keep a download under its own name."""
    pad = map_ / bestand.suggested_filename
    bestand.save_as(pad)
    return pad
