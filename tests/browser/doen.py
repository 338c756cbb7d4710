"""What people do on a page before it is looked at: press, follow, fill in wrongly, hand in, open a letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page

from browser.aanbieder import (
    ask_aanvulling,
    close_ronde,
    druk,
    enter_loket,
    find_loket,
    go_brief,
    open_brief,
    send_aanvraag,
)
from browser.toneel import Toneel
from documents.woord.maken import read_leden, save_leden

INKOPER = "inkoper.demo"
Doe = Callable[[Page], None]
Buiten = Callable[[Page, Toneel], None]


def blijf(page: Page) -> None:
    """Only look."""


def open_link(*namen: str) -> Doe:
    """Follow links by the beginning of their names, one after the other."""

    def doe(page: Page) -> None:
        for naam in namen:
            with page.expect_navigation():
                page.locator("main a").filter(has_text=re.compile(f"^{naam}")).first.click()

    return doe


def keur_dubbel(page: Page) -> None:
    """Reject a document in another window and then approve it in this one: the refusal is shown with its reasons."""
    open_link("Afwijzingsbrief", "openen")(page)
    ander = page.context.new_page()
    ander.goto(page.url)
    ander.get_by_label("Wat er niet goed is").fill("De datum klopt niet.")
    druk(ander, "Afkeuren")
    ander.close()
    druk(page, "Goedkeuren")


def log_verkeerd_in(page: Page) -> None:
    page.get_by_label("Gebruikersnaam").fill(INKOPER)
    page.get_by_label("Wachtwoord").fill("dit is het niet")
    druk(page, "Inloggen")


def wijzig_verkeerd(page: Page) -> None:
    page.get_by_label("Huidig wachtwoord").fill("dit is het niet")
    page.get_by_label("Nieuw wachtwoord", exact=True).fill("een lange verzonnen zin")
    page.get_by_label("Nieuw wachtwoord, nog een keer").fill("een andere verzonnen zin")
    druk(page, "Wijzigen")


VINGERAFDRUK = """echt => {
  const codes = [...document.querySelectorAll('code')].filter(code => code.textContent === echt);
  for (const code of codes) code.textContent = '3fa1c07be25d9846';
}"""
"""Puts a made-up fingerprint in the place of a real one."""


def maak_sleutel(page: Page) -> None:
    """Make a key; the receipt shows a made-up fingerprint, because every key has another one."""
    page.get_by_label("Wachtzin", exact=True).fill("verzonnen wachtzin van vijf woorden")
    page.get_by_label("Wachtzin, nog een keer", exact=True).fill("verzonnen wachtzin van vijf woorden")
    druk(page, "Sleutel maken")
    echt = page.locator("code").first.inner_text()
    assert re.fullmatch("[0-9a-f]{16}", echt)
    page.evaluate(VINGERAFDRUK, echt)


def maak_zwakke_sleutel(page: Page) -> None:
    for label in ("Wachtzin", "Wachtzin, nog een keer"):
        page.get_by_label(label, exact=True).fill("te kort")
    druk(page, "Sleutel maken")


def verklaar(page: Page) -> None:
    for vakje in page.get_by_role("checkbox").all():
        vakje.check()
    page.get_by_role("radio", name="Nee").first.check()
    druk(page, "Belangenverklaring afleggen")


def probeer(page: Page) -> None:
    druk(page, "Proef: wat zou worden vastgelegd?")


def probeer_meedelen(page: Page) -> None:
    for vakje in page.get_by_role("checkbox").all():
        vakje.check()
    page.get_by_label("Verzenddatum").fill("2026-07-20")
    probeer(page)


def lees_gebrekkig_in(page: Page) -> None:
    """Send a workbook with a fault in every row."""
    with page.expect_download() as wacht:
        page.get_by_role("link", name=re.compile("invulblad.*inschrijvingen")).click()
    nieuw = Path(wacht.value.path()).with_name("inschrijvingen.xlsx")
    wacht.value.save_as(nieuw)
    boek = load_workbook(nieuw)
    blad = boek["inschrijvers"]
    for rij in (2, 3):
        for kolom in range(1, 5):
            blad.cell(rij, kolom, "geen nummer")
    boek.save(nieuw)
    page.get_by_label("Ingevuld werkboek: inschrijvingen").set_input_files(nieuw)
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Inlezen.*inschrijvingen")).click()


def voer_fase_uit(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Fase uitvoeren.*Gunning")).click()


def bekijk_run(page: Page) -> None:
    voer_fase_uit(page)
    page.goto(f"{page.url.removesuffix('/start')}/runs/00000001-0000-4000-8000-000000000000")


def open_eerste(page: Page) -> None:
    """Open the first bid of the first perceel."""
    with page.expect_navigation():
        page.get_by_role("main").locator("ol.lijst a").first.click()


def score_onvolledig(page: Page) -> None:
    open_eerste(page)
    page.get_by_role("radio").first.check()
    druk(page, "Bewaren en verder")


def open_inleveren(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("Nakijken.*perceel 1")).click()


STUK = "gunning/gunningsbrief-I-002.docx"
DATUM, ANDER = "20 juli 2026", "21 juli 2026"


def vergelijk_bewerkt(page: Page) -> None:
    """Download a letter, change words and a date in it, and hand it to the page."""
    basis = page.url.removesuffix("/woord")
    leden = read_leden(page.request.get(f"{basis}/woord/versie/1/{STUK}").body())
    tekst = leden["word/document.xml"].decode()
    assert DATUM in tekst
    assert "Met vriendelijke" in tekst
    anders = tekst.replace(DATUM, ANDER, 1).replace("Met vriendelijke", "Met hartelijke")
    bewerkt = save_leden({**leden, "word/document.xml": anders.encode()})
    page.get_by_label("Bewerkt Word-bestand").set_input_files(
        {"name": "kopie van de brief.docx", "mimeType": "application/octet-stream", "buffer": bewerkt}
    )
    druk(page, "Vergelijken")


def lever_bewerkt_in(page: Page) -> None:
    vergelijk_bewerkt(page)
    page.get_by_role("checkbox").check()
    druk(page, "Inleveren als versie 2")


def vergelijk_versies(page: Page) -> None:
    lever_bewerkt_in(page)
    druk(page, "Vergelijken")


def meld_teruggekomen(page: Page) -> None:
    """Record that a mail came back."""
    open_link(".*Gunningsbeslissing meedelen")(page)
    page.get_by_text("Een mail kwam terug, of een brief is anders bezorgd").click()
    page.get_by_label("Ontvanger").select_option(index=0)
    page.get_by_role("radio", name="De mail kwam terug").check()
    page.get_by_label("Toelichting").fill("Bericht van de mailserver: dit adres bestaat niet (verzonnen).")
    druk(page, "Vastleggen")


def verzend(page: Page) -> None:
    open_link(".*Gunningsbeslissing meedelen")(page)
    druk(page, "Verzend alle brieven van dit besluit")


def lees(document: str) -> Buiten:
    """Open a letter of this kind with link and code."""

    def buiten(page: Page, toneel: Toneel) -> None:
        open_brief(page, toneel, document)

    return buiten


def open_slot(page: Page, toneel: Toneel) -> None:
    """Follow the link of a letter, without a code."""
    go_brief(page, toneel, "afwijzingsbrief")


def geef_verkeerde_code(page: Page, toneel: Toneel) -> None:
    open_slot(page, toneel)
    druk(page, "Stuur mij een code")
    page.get_by_label("Code van 8 cijfers").fill("0000 0000")
    druk(page, "Brief openen")


def vraag_code(page: Page, toneel: Toneel) -> None:
    open_slot(page, toneel)
    druk(page, "Stuur mij een code")


def bekijk_ronde(page: Page, toneel: Toneel) -> None:
    page.goto(toneel.adres + find_loket(toneel))


def bekijk_loketcode(page: Page, toneel: Toneel) -> None:
    page.goto(toneel.adres + find_loket(toneel) + "/code")


def verstuur_leeg(page: Page, toneel: Toneel) -> None:
    enter_loket(page, toneel)
    druk(page, "Verstuur de aanvraag")


def vul_aan(page: Page, toneel: Toneel) -> None:
    """Apply, and come back when the officer has asked to complete."""
    send_aanvraag(page, toneel, bewijs=False)
    close_ronde(toneel)
    ask_aanvulling(toneel)
    enter_loket(page, toneel)


def kom_te_laat(page: Page, toneel: Toneel) -> None:
    """Come back after closing with an application that was not sent."""
    close_ronde(toneel)
    enter_loket(page, toneel)
