"""The story of a decision, told by its people in a real browser without JavaScript, from the stage to the letter."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document as open_docx
from playwright.sync_api import Download, Page

from browser.bezoeken import D, druk
from browser.toneel import DOSSIER, Toneel, find_halte, load_kort_verhaal, tell_tot
from web.hulp import WACHTWOORD

GEMEENTEN = (("Maasdriel", timedelta(0)), ("Zaltbommel", timedelta(hours=1)))


@pytest.mark.browser
def test_a_decision_goes_from_the_stage_to_its_letters_by_hand_of_its_people(theater, tmp_path: Path):
    toneel = theater.load_toneel("gunning", "verhaal")
    start_gunning(theater, toneel)
    record_collegebesluiten(theater, toneel)
    tell_tot(toneel.app, toneel.klok, "gunningsbeslissing_meedelen", tmp_path)
    jump_naar(toneel, "gunningsbeslissing_meedelen")
    deel_mee(theater, toneel)
    read_brief(theater, toneel)


def jump_naar(toneel: Toneel, code: str, erbij: timedelta = timedelta(0)) -> None:
    """Put the clock at the moment that the story gives this act."""
    verhaal, _ = load_kort_verhaal()
    toneel.klok.jump(verhaal.stappen[find_halte(verhaal, code)].tijd + erbij)


def come_in(theater, toneel: Toneel, als: str) -> Page:
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


def start_gunning(theater, toneel: Toneel) -> None:
    """The officer starts the stage; the proposals for both colleges are made."""
    page = come_in(theater, toneel, "inkoper.demo")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Fase uitvoeren.*Gunning")).click()
    assert page.get_by_text("Stand van de run: klaar").is_visible()
    kies(page, "Documenten van Gunning")
    assert page.get_by_role("link", name=re.compile("Collegevoorstel gunning")).count() == 2
    leave(page)


def record_collegebesluiten(theater, toneel: Toneel) -> None:
    """The lawyer records what both colleges decided; a form that is not complete records nothing."""
    for gemeente, later in GEMEENTEN:
        jump_naar(toneel, "collegebesluit_vastleggen", later)
        page = come_in(theater, toneel, "jurist.demo")
        kies(page, "Besluit van een college vastleggen")
        page.get_by_label("Gemeente").select_option(label=gemeente)
        for vakje in page.get_by_role("checkbox").all():
            vakje.check()
        page.get_by_label("Datum").fill("2026-07-14")
        druk(page, "Proef: wat zou worden vastgelegd?")
        assert page.get_by_role("alert").get_by_text("Kenmerk").is_visible()
        assert page.get_by_label("Datum").input_value() == "2026-07-14"
        page.get_by_label("Kenmerk").fill(f"Verzonnen besluit van {gemeente}")
        druk(page, "Besluit van een college vastleggen")
        assert page.get_by_role("heading", level=1).inner_text().startswith("Vastgelegd")
        leave(page)


def deel_mee(theater, toneel: Toneel) -> None:
    """The mandate holder tries first, then tells the decision; the letters are made at once."""
    page = come_in(theater, toneel, "gemandateerde.demo")
    kies(page, "Gunningsbeslissing meedelen")
    for vakje in page.get_by_role("checkbox").all():
        vakje.check()
    page.get_by_label("Verzenddatum").fill("2026-07-20")
    druk(page, "Proef: wat zou worden vastgelegd?")
    assert page.get_by_text("Proef: dit kan. Er is nog niets vastgelegd.").is_visible()
    druk(page, "Gunningsbeslissing meedelen")
    assert page.get_by_role("heading", level=1).inner_text() == "Vastgelegd: Gunningsbeslissing meedelen"
    kies(page, "Bekijk de voortgang")
    assert page.get_by_text("Stand van de run: klaar").is_visible()
    leave(page)


def read_brief(theater, toneel: Toneel) -> None:
    """The lawyer looks a letter up by its recipient and opens it in Word."""
    page = come_in(theater, toneel, "jurist.demo")
    kies(page, re.compile(r"\d+ documenten.*Gunning"))
    page.get_by_label("Zoek op titel of ontvanger").fill("Afwijzingsbrief")
    druk(page, "Zoeken")
    print(page.url, page.locator("main").inner_text()[:1500])
    link = page.get_by_role("link", name=re.compile("Afwijzingsbrief voor")).first
    naam = page.locator("tbody tr").first.locator("td").nth(1).inner_text()
    with page.expect_download() as wacht:
        link.click()
    brief = open_docx(str(wacht.value.path()))
    assert any(naam in alinea.text for alinea in brief.paragraphs)
    leave(page)
