"""The story of an application in a real browser without JavaScript: sent at the counter, tested, and completed."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from aanbesteding.engine.loket import load_loket
from browser.aanbieder import (
    PDF,
    add_bewijs,
    druk,
    enter_loket,
    fill_aanvraag,
    find_ronde,
)
from browser.bezoeken import D
from browser.mensen import come_in, download, kies, leave
from browser.toneel import DOSSIER, Toneel

VRAAG = "Stuur het ondertekende formulier mee (verzonnen)."


@pytest.mark.browser
def test_an_application_is_sent_at_the_counter_tested_and_completed(theater):
    toneel = theater.load_toneel("ronde", "verhaal")
    send_in(theater, toneel)
    look_at(theater, toneel)
    close_and_ask(theater, toneel)
    complete(theater, toneel)
    page = come_in(theater, toneel, "inkoper.demo")
    page.goto(f"{toneel.adres}{D}/aanvragen/0001")
    assert page.get_by_text("Aangevuld op").is_visible()
    leave(page)


def send_in(theater, toneel: Toneel) -> None:
    """A provider comes in with a code, forgets something, leaves, comes back to what was kept, and sends."""
    page = theater.open(toneel, "", javascript=False)
    enter_loket(page, toneel)
    druk(page, "Verstuur de aanvraag")
    assert page.get_by_role("alert").get_by_role("link", name=re.compile("Postcode")).is_visible()
    fill_aanvraag(page)
    add_bewijs(page, eis=4)
    druk(page, "Loket verlaten")
    enter_loket(page, toneel)
    assert page.get_by_label("Plaats").input_value() == "Voorbeeldstad"
    druk(page, "Controleer eerst")
    assert page.get_by_role("status").get_by_text("U kunt versturen").is_visible()
    druk(page, "Verstuur de aanvraag")
    assert page.get_by_role("heading", level=1).inner_text() == "Uw aanvraag 0001 is ontvangen"
    assert page.get_by_text(sha256(PDF).hexdigest()).is_visible()
    page.context.close()


def look_at(theater, toneel: Toneel) -> None:
    """The officer sees the application and gets the file as it was sent."""
    page = come_in(theater, toneel, "inkoper.demo")
    kies(page, "Aanvragen")
    kies(page, "0001")
    assert page.get_by_text("nog niet getoetst").first.is_visible()
    assert Path(download(page, re.compile("regeling.pdf")).path()).read_bytes() == PDF
    leave(page)


def close_and_ask(theater, toneel: Toneel) -> None:
    """The round closes, the stage tests the application, and the officer asks once to complete it."""
    loket = load_loket(toneel.app, DOSSIER, find_ronde(toneel))
    assert loket is not None
    toneel.klok.jump(loket.ronde.tot)
    page = come_in(theater, toneel, "inkoper.demo")
    druk(page, re.compile("Fase uitvoeren.*Toetreding"))
    page.goto(f"{toneel.adres}{D}")
    kies(page, "Om aanvulling vragen")
    page.get_by_label("Verzoek", exact=True).select_option(value="0001")
    page.get_by_label("Perceel", exact=True).select_option(value="2")
    page.get_by_label("Eis", exact=True).fill("V1")
    page.get_by_label("Wat ontbreekt").fill(VRAAG)
    page.get_by_label("Verzenddatum").fill("2027-05-24")
    page.get_by_label("Aanvullen tot").fill("2027-06-01T12:00")
    druk(page, "Om aanvulling vragen")
    assert page.get_by_role("heading", level=1).inner_text() == "Vastgelegd: Om aanvulling vragen"
    leave(page)


def complete(theater, toneel: Toneel) -> None:
    """The provider comes back, sees what is asked, and completes once."""
    page = theater.open(toneel, "", javascript=False)
    enter_loket(page, toneel)
    assert page.get_by_text(VRAAG).is_visible()
    page.get_by_role("radio", name="Ja").check()
    add_bewijs(page)
    druk(page, "Verstuur de aanvulling")
    assert page.get_by_text("U hebt aangevuld op").is_visible()
    assert page.get_by_role("button", name="Verstuur de aanvulling").count() == 0
    page.context.close()
