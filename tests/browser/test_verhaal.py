"""The story of a decision, told by its people in a real browser without JavaScript, from the stage to the letter."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document as open_docx
from playwright.sync_api import Page

from browser.aanbieder import druk, find_code, go_brief, list_ontvangers
from browser.bezoeken import D
from browser.mensen import come_in, download, kies, leave, save
from browser.toneel import Toneel, find_halte, load_kort_verhaal, tell_tot

GEMEENTEN = (("Maasdriel", timedelta(0)), ("Zaltbommel", timedelta(hours=1)))


@pytest.mark.browser
def test_a_decision_goes_from_the_stage_to_its_letters_by_hand_of_its_people(theater, tmp_path: Path):
    toneel = theater.load_toneel("gunning", "verhaal")
    start_gunning(theater, toneel)
    record_collegebesluiten(theater, toneel)
    tell_tot(toneel.app, toneel.klok, "gunningsbeslissing_meedelen", tmp_path)
    jump_naar(toneel, "gunningsbeslissing_meedelen")
    deel_mee(theater, toneel)
    naam = reject_one(theater, toneel)
    edit_one(theater, toneel, tmp_path)
    make_again(theater, toneel, naam)
    approve_by_variant(theater, toneel)
    send(theater, toneel)
    open_as_provider(theater, toneel)


def jump_naar(toneel: Toneel, code: str, erbij: timedelta = timedelta(0)) -> None:
    """Put the clock at the moment that the story gives this act."""
    verhaal, _ = load_kort_verhaal()
    toneel.klok.jump(verhaal.stappen[find_halte(verhaal, code)].tijd + erbij)


def start_gunning(theater, toneel: Toneel) -> None:
    """The officer starts the stage; the proposals for both colleges are made."""
    page = come_in(theater, toneel, "inkoper.demo")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Fase uitvoeren.*Gunning")).click()
    assert page.get_by_text("Stand van de run: klaar").is_visible()
    kies(page, "Documenten van Gunning")
    assert page.get_by_role("link", name=re.compile(r"Collegevoorstel gunning.*\(Word\)")).count() == 2
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


def open_varianten(page: Page, titel: str) -> None:
    """From the dossier to the letters of one kind, by variant."""
    page.goto(f"{page.url.split(D)[0]}{D}/stukken")
    kies(page, re.compile(titel))


def reject_one(theater, toneel: Toneel) -> str:
    """The lawyer reads one rejection letter and rejects it with a comment; returns whose it is."""
    page = come_in(theater, toneel, "jurist.demo")
    open_varianten(page, "Afwijzingsbrief")
    kies(page, re.compile("^openen"))
    naam = page.locator("h1").inner_text().partition(" voor ")[2]
    page.get_by_label("Wat er niet goed is").fill(
        "De aanhef past niet bij deze ontvanger (verzonnen opmerking)."
    )
    druk(page, "Afkeuren")
    assert page.get_by_role("status").get_by_text("Vastgelegd").is_visible()
    assert page.get_by_text("De aanhef past niet bij deze ontvanger").first.is_visible()
    leave(page)
    return naam


def edit_one(theater, toneel: Toneel, tmp_path: Path) -> None:
    """The officer edits an award letter in Word: first with a date of his own, then in wording alone."""
    page = come_in(theater, toneel, "inkoper.demo")
    open_varianten(page, "Gunningsbrief")
    kies(page, re.compile("^openen"))
    brief = save(download(page, re.compile("Download als Word")), tmp_path)
    anders = brief.with_name("heel andere naam.docx")
    edit_word(brief, anders, re.compile(r"\b20 juli 2026\b"), "21 juli 2026")
    upload(page, anders)
    assert page.get_by_text("Waarom blijft").first.is_visible()
    assert page.get_by_text("20 juli 2026").first.is_visible()
    goed = brief.with_name("weer een andere naam.docx")
    edit_word(brief, goed, re.compile("Met vriendelijke groet"), "Hoogachtend")
    upload(page, goed)
    assert page.get_by_text("Waarom blijft").count() == 0
    druk(page, "Inleveren als versie 2")
    assert page.get_by_role("link", name=re.compile("Versie 2")).first.is_visible()
    leave(page)


def edit_word(bron: Path, doel: Path, zoek: re.Pattern[str], nieuw: str) -> None:
    """Change the first paragraph that holds this text, as somebody does in Word."""
    document = open_docx(str(bron))
    alinea = next(a for a in document.paragraphs if zoek.search(a.text))
    tekst = zoek.sub(nieuw, alinea.text)
    for run in alinea.runs[1:]:
        run.text = ""
    alinea.runs[0].text = tekst
    document.save(str(doel))


def upload(page: Page, bestand: Path) -> None:
    """Hand a file in; the product finds out by itself which document it is."""
    page.goto(f"{page.url.split(D)[0]}{D}/woord")
    page.get_by_label("Bewerkt Word-bestand").set_input_files(bestand)
    druk(page, "Vergelijken")


def make_again(theater, toneel: Toneel, naam: str) -> None:
    """The officer has the rejected letter made again; only its recipient gets a new edition."""
    page = come_in(theater, toneel, "inkoper.demo")
    open_varianten(page, "Afwijzingsbrief")
    page.get_by_role("link", name=re.compile(f"openen {re.escape(naam)}")).first.click()
    page.get_by_label("Wat er in het dossier is hersteld").fill("De aanhef is nagekeken (verzonnen).")
    druk(page, "Nieuwe uitgave laten maken")
    page.goto(f"{toneel.adres}{D}")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Fase uitvoeren.*Gunning")).click()
    leave(page)


def approve_by_variant(theater, toneel: Toneel) -> None:
    """A lawyer who changed nothing approves the letters by variant, and what was edited one by one."""
    page = come_in(theater, toneel, "jurist.demo")
    page.goto(f"{toneel.adres}{D}/stukken")
    for pad in list_groepen(page, "Gunningsbeslissing meedelen"):
        page.goto(f"{toneel.adres}{pad}")
        varianten = page.locator("section.kaart").filter(has=page.get_by_role("checkbox"))
        while varianten.count():
            for vakje in varianten.first.get_by_role("checkbox").all():
                vakje.check()
            with page.expect_navigation():
                varianten.first.get_by_role("button", name=re.compile("goedkeuren")).click()
            assert page.get_by_role("status").get_by_text("Het oordeel is vastgelegd.").is_visible()
        los = page.get_by_role("region", name="Eén voor één te lezen").get_by_role("link").all()
        for adres in [link.get_attribute("href") for link in los]:
            page.goto(f"{toneel.adres}{adres}")
            druk(page, "Goedkeuren")
            assert page.get_by_role("status").get_by_text("Vastgelegd").is_visible()
    leave(page)


def list_groepen(page: Page, besluit: str) -> list[str]:
    """Addresses of the groups of documents of this decision, in the list of documents under review."""
    rijen = page.get_by_role("row").filter(has_text=besluit).get_by_role("link").all()
    return [str(link.get_attribute("href")) for link in rijen]


def send(theater, toneel: Toneel) -> None:
    """The mandate holder's decision goes out: the officer gives the word, and every letter leaves once."""
    page = come_in(theater, toneel, "inkoper.demo")
    page.goto(f"{toneel.adres}{D}/verzending")
    kies(page, re.compile("Gunningsbeslissing meedelen"))
    druk(page, "Verzend alle brieven van dit besluit")
    assert page.get_by_text("Stand van de run: klaar").is_visible()
    assert page.get_by_text("Iedereen is bereikt.").is_visible()
    leave(page)


def open_as_provider(theater, toneel: Toneel) -> None:
    """A provider opens the link of the mail with the code that comes apart, and sees nothing of another."""
    afgewezen = list_ontvangers(toneel, "afwijzingsbrief", "brief_ongeldige_inschrijving")
    naam = list_ontvangers(toneel, "afwijzingsbrief")[0]
    page = theater.open(toneel, "", javascript=False)
    adres = go_brief(page, toneel, "afwijzingsbrief")
    assert page.get_by_role("heading", level=1).inner_text() == "Brief openen"
    assert naam not in page.content()
    druk(page, "Stuur mij een code")
    page.get_by_label("Code van 8 cijfers").fill("0000 0000")
    druk(page, "Brief openen")
    assert page.get_by_role("alert").is_visible()
    page.get_by_label("Code van 8 cijfers").fill(find_code(toneel, adres))
    druk(page, "Brief openen")
    assert page.get_by_role("heading", name="Wat is er besloten?").is_visible()
    assert page.get_by_text("dagvaarding in kort geding").first.is_visible()
    assert page.get_by_text("Zo zijn uw punten geteld:").count() >= 2
    inhoud = page.content()
    assert naam in inhoud
    anderen = set(afgewezen) - {naam}
    assert len(anderen) > 3
    assert [ander for ander in anderen if ander in inhoud] == []
    assert open_docx(str(download(page, re.compile("^Word")).path())).paragraphs
    assert b"BEGIN:VEVENT" in Path(download(page, re.compile("agenda")).path()).read_bytes()
    if page.get_by_role("link", name=re.compile("^PDF")).count():
        assert Path(download(page, re.compile("^PDF")).path()).read_bytes().startswith(b"%PDF")
    page.context.close()
