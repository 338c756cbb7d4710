"""The story told once per session, a browser and its servers per module: a browser keeps an event loop while open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser.bezoeken import Bezoek
from browser.chroom import find_chroom, launch_chroom, make_venster
from browser.toneel import Toneel, serve, tell_haltes
from web.hulp import WACHTWOORD

SCHERMEN = Path(__file__).parents[2] / "docs" / "handleiding" / "schermen"


@pytest.fixture(scope="session")
def haltes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A copy of the dossier at every halt of the story."""
    find_chroom()
    return tell_haltes(tmp_path_factory.mktemp("haltes"))


@pytest.fixture(scope="module")
def chroom() -> Iterator[Browser]:
    """Chromium, for one module of tests."""
    with launch_chroom() as browser:
        yield browser


@dataclass
class Theater:
    """Serves dossiers and lets people in; everything is closed at the end of the module."""

    browser: Browser
    haltes: dict[str, Path]
    map: Path
    stapel: ExitStack
    tonelen: dict[str, Toneel] = field(default_factory=dict[str, Toneel])
    koekjes: dict[tuple[str, str], object] = field(default_factory=dict[tuple[str, str], object])
    paden: dict[str, str] = field(default_factory=dict[str, str])
    gezien: set[str] = field(default_factory=set[str])

    def load_toneel(self, halte: str, eigen: str = "") -> Toneel:
        """The served dossier of a halt; with `eigen` a copy under that name, to change things in."""
        sleutel = f"{halte}-{eigen}"
        if sleutel not in self.tonelen:
            kopie = self.map / sleutel
            shutil.copytree(self.haltes[halte], kopie)
            self.tonelen[sleutel] = self.stapel.enter_context(serve(kopie, halte))
        return self.tonelen[sleutel]

    def open(self, toneel: Toneel, als: str, *, javascript: bool = True) -> Page:
        """A page of a window in which this person is logged in, on the first page."""
        venster = make_venster(self.browser, javascript=javascript)
        sleutel = (toneel.adres, als)
        if als and sleutel not in self.koekjes:
            log_in(venster, toneel, als)
            self.koekjes[sleutel] = venster.cookies()
        elif als:
            venster.add_cookies(self.koekjes[sleutel])
        return venster.new_page()

    def load_toneel_van(self, bezoek: Bezoek) -> Toneel:
        """The served dossier of a visit: shared, or its own when it changes something."""
        return self.load_toneel(bezoek.halte, bezoek.naam if bezoek.alleen else "")


def log_in(venster: BrowserContext, toneel: Toneel, als: str) -> None:
    """Log in through the form."""
    page = venster.new_page()
    page.goto(f"{toneel.adres}/inloggen")
    page.get_by_label("Gebruikersnaam").fill(als)
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Inloggen").click()
    assert page.get_by_role("button", name="Uitloggen").is_visible()
    page.close()


@pytest.fixture(scope="module")
def theater(
    chroom: Browser, haltes: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Theater]:
    """The servers of one module."""
    with ExitStack() as stapel:
        yield Theater(chroom, haltes, tmp_path_factory.mktemp("theater"), stapel)
