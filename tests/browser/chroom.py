"""Debian's Chromium, headless, as the tests use it: no network of its own, Dutch, always the same size and fonts.

Where it is missing the tests are skipped with the reason; in CI that is a failure, because then nobody looked.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PROGRAMMA = "chromium"
ONTBREEKT = "Chromium ontbreekt. Op Debian en Ubuntu: sudo apt install chromium chromium-l10n"
OPTIES = (
    "--headless",
    "--no-sandbox",
    "--lang=nl",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)
BREED = 1100
SMAL = 360
HOOGTE = 800
GEDULD_MS = 15_000


def find_chroom() -> str:
    """Where Chromium is; skips the test where it is not, fails it in CI."""
    pad = shutil.which(PROGRAMMA)
    if pad is None:
        if os.environ.get("CI"):
            pytest.fail(ONTBREEKT, pytrace=False)
        pytest.skip(ONTBREEKT)
    return pad


@contextmanager
def launch_chroom() -> Iterator[Browser]:
    """A Chromium with an empty profile of its own. Must be closed before other tests run: it keeps an event loop."""
    pad = find_chroom()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=pad, args=list(OPTIES), env=os.environ | {"LANGUAGE": "nl"}
        )
        try:
            yield browser
        finally:
            browser.close()


def make_venster(browser: Browser, *, javascript: bool = True) -> BrowserContext:
    """A window of somebody who never was here before."""
    venster = browser.new_context(
        viewport={"width": BREED, "height": HOOGTE},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        java_script_enabled=javascript,
        reduced_motion="reduce",
        accept_downloads=True,
    )
    venster.set_default_timeout(GEDULD_MS)
    return venster


def make_smal(page: Page) -> None:
    """Make the window as narrow as a phone."""
    page.set_viewport_size({"width": SMAL, "height": HOOGTE})
