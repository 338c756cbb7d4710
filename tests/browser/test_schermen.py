"""The pictures of the handleiding: made by the same visits, on request, and held together with the text around them."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from browser.bezoeken import BEZOEKEN, Bezoek
from browser.chroom import make_smal

HANDLEIDING = Path(__file__).parents[2] / "docs" / "handleiding"
SCHERMEN = HANDLEIDING / "schermen"
MAX_TOTAAL = 8_000_000
KLEUREN = 128
VERVANG = """([van, naar]) => {
  const teksten = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (teksten.nextNode()) teksten.currentNode.data = teksten.currentNode.data.replaceAll(van, naar);
}"""
"""Puts another folder in the words of a page: where a test keeps its files differs each time."""
ROLBESTANDEN = ("inkoper.md", "jurist.md", "opener.md", "beoordelaar.md", "aanbieder.md", "beheerder.md")


def list_schermen() -> set[str]:
    """The name of every picture."""
    return {f"{b.naam}.png" for b in BEZOEKEN} | {f"{b.naam}-smal.png" for b in BEZOEKEN if b.smal}


def list_getoond() -> dict[str, set[str]]:
    """Per file of the handleiding the pictures that it shows."""
    return {
        pad.name: set(re.findall(r"!\[[^\]]{10,}\]\(schermen/([^)]+)\)", pad.read_text(encoding="utf-8")))
        for pad in HANDLEIDING.glob("*.md")
    }


def test_every_visit_has_a_picture_and_every_picture_a_visit():
    assert {pad.name for pad in SCHERMEN.glob("*")} == list_schermen()


def test_handleiding_shows_every_picture_and_none_that_is_not_there():
    getoond = set[str]().union(*list_getoond().values())
    assert getoond == list_schermen()


def test_handleiding_has_a_file_per_reader_with_pictures_and_an_entrance_to_all():
    getoond = list_getoond()
    ingang = (HANDLEIDING / "README.md").read_text(encoding="utf-8")
    for naam in ROLBESTANDEN:
        assert getoond[naam], naam
        assert f"]({naam})" in ingang


def test_every_link_between_files_of_the_handleiding_arrives():
    for pad in HANDLEIDING.glob("*.md"):
        for doel in re.findall(r"\]\((?!https?:|schermen/)([^)#]+)", pad.read_text(encoding="utf-8")):
            assert (HANDLEIDING / doel).exists(), f"{pad.name}: {doel}"


def test_pictures_are_small():
    assert sum(pad.stat().st_size for pad in SCHERMEN.glob("*.png")) < MAX_TOTAAL


@pytest.mark.browser
@pytest.mark.parametrize("bezoek", sorted(BEZOEKEN, key=lambda b: b.halte), ids=lambda b: b.naam)
def test_pictures_are_made_on_request(theater, request, bezoek: Bezoek):
    if not request.config.getoption("--schermen"):
        pytest.skip("schermen worden op verzoek gemaakt: make schermen")
    toneel = theater.load_toneel_van(bezoek)
    page = theater.open(toneel, bezoek.als)
    bezoek.perform(page, toneel)
    page.evaluate(VERVANG, [str(toneel.app.bestanden.wortel.parent), "/var/lib/aanbesteding"])
    save_scherm(page, SCHERMEN / f"{bezoek.naam}.png", bezoek.hoogte)
    if bezoek.smal:
        make_smal(page)
        save_scherm(page, SCHERMEN / f"{bezoek.naam}-smal.png", bezoek.hoogte)
    page.context.close()


def save_scherm(page: Page, pad: Path, hoogte: int) -> None:
    """Picture of the page down to where it ends, few colours; a picture that would look the same is left alone."""
    page.evaluate("window.scrollTo(0, 0)")
    einde = page.evaluate("Math.ceil(document.querySelector('main').getBoundingClientRect().bottom)")
    breedte = page.viewport_size["width"]
    deel = {"x": 0, "y": 0, "width": breedte, "height": min(einde, hoogte)}
    rauw = Image.open(BytesIO(page.screenshot(full_page=True, clip=deel))).convert("RGB")
    beeld = rauw.quantize(KLEUREN, dither=Image.Dither.NONE)
    if pad.exists():
        with Image.open(pad) as oud:
            zelfde = (
                oud.size == beeld.size
                and not ImageChops.difference(oud.convert("RGB"), beeld.convert("RGB")).getbbox()
            )
        if zelfde:
            return
    pad.parent.mkdir(parents=True, exist_ok=True)
    beeld.save(pad, optimize=True)
    assert pad.stat().st_size < MAX_TOTAAL // 40
