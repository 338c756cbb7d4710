"""axe on a page: WCAG 2.2 A and AA and the good practices, with every fault as one line that names the element."""

from __future__ import annotations

from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

EISEN = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@cache
def load_axe() -> Axe:
    """axe-core, read once."""
    return Axe()


def list_gebreken(page: Page) -> list[str]:
    """What axe finds on this page."""
    opties = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": EISEN}}
    uitkomst = load_axe().run(page, options=opties).response
    assert uitkomst["passes"], "axe heeft niets bekeken"
    return [
        f"{gebrek['id']} ({gebrek['impact']}): {gebrek['help']}: {plek['html'][:160]}"
        for gebrek in uitkomst["violations"]
        for plek in gebrek["nodes"]
    ]


def measure_breedte(page: Page) -> int:
    """How wide the page is; more than the window means that it must be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
