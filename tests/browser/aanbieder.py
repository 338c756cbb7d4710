"""What a provider does in the browser: opens a letter by link and code, applies at the counter, and completes.

Every mail stands in the outbox folder of the served dossier, because no mail server is set up.
"""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

from playwright.sync_api import Page

from aanbesteding.domain.dossier import Dossier
from aanbesteding.engine.loket import load_loket
from aanbesteding.engine.perform import perform
from aanbesteding.engine.stukken import list_stukken
from aanbesteding.fasen.toetreding.besluiten.aanvraag import list_aanvragen
from aanbesteding.fasen.toetreding.besluiten.toelating import list_open_eisen
from browser.toneel import DOSSIER, Toneel

EMAIL = "inkoop@zorghuis-lindelaan.example"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
VELDEN = {
    "Naam van de onderneming": "Zorghuis Lindelaan (verzonnen)",
    "KvK-nummer": "90000123",
    "AGB-code": "90000123",
    "Straat en huisnummer": "Lindelaan 3",
    "Postcode": "1236 AB",
    "Plaats": "Voorbeeldstad",
    "Contact": "Directie",
}


def druk(page: Page, naam: str | re.Pattern[str]) -> None:
    """Press a button and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=naam, exact=isinstance(naam, str)).first.click()


# --- letters --------------------------------------------------------------------------------------------------


def list_mails(toneel: Toneel) -> list[tuple[str, str]]:
    """Address and text of every mail that left, oldest first."""
    mails: list[tuple[str, str]] = []
    uitbak = toneel.app.bestanden.wortel.parent / "uitbak"
    for pad in sorted(uitbak.rglob("*.eml"), key=lambda p: p.stat().st_mtime_ns):
        mail = message_from_bytes(pad.read_bytes(), policy=default)
        tekst = mail.get_body(("plain",))
        assert tekst is not None
        mails.append((str(mail["To"]), tekst.get_content()))
    return mails


def list_ontvangers(toneel: Toneel, *documenten: str) -> list[str]:
    """Names of everybody who gets one of these letters."""
    registers = [beeld.stuk.register for beeld in list_stukken(toneel.app, DOSSIER)]
    return [register.ontvanger_naam for register in registers if register.document in documenten]


def find_brief(toneel: Toneel, naam: str) -> tuple[str, str]:
    """The mail address of this recipient, and the address of the page in the last letter."""
    adres, tekst = [(adres, tekst) for adres, tekst in list_mails(toneel) if naam in tekst][-1]
    link = re.search(r"/brief/\S+", tekst)
    assert link is not None
    return adres, toneel.adres + link.group()


def find_code(toneel: Toneel, email: str) -> str:
    """The code in the last mail to this address."""
    tekst = [tekst for adres, tekst in list_mails(toneel) if email in adres][-1]
    code = re.search(r"\b\d{8}\b", tekst)
    assert code is not None, tekst
    return code.group()


def go_brief(page: Page, toneel: Toneel, document: str) -> str:
    """Follow the link in the mail of the first recipient of this kind of letter; returns the mail address."""
    adres, link = find_brief(toneel, list_ontvangers(toneel, document)[0])
    page.goto(link)
    return adres


def open_brief(page: Page, toneel: Toneel, document: str) -> None:
    """Open a letter of this kind with the code that is sent apart."""
    adres = go_brief(page, toneel, document)
    druk(page, "Stuur mij een code")
    page.get_by_label("Code van 8 cijfers").fill(find_code(toneel, adres))
    druk(page, "Brief openen")


# --- the counter ----------------------------------------------------------------------------------------------


def find_loket(toneel: Toneel) -> str:
    """Address of the counter of the first round."""
    return f"/loket/{DOSSIER}/{find_ronde(toneel)}"


def find_ronde(toneel: Toneel) -> str:
    """The first round of the dossier."""
    return load_dossier(toneel).list_onderwerpen("ronde", frozenset({"open", "gesloten"}))[0]


def load_dossier(toneel: Toneel) -> Dossier:
    """The dossier as it is now."""
    return toneel.app.load(DOSSIER)[0]


def enter_loket(page: Page, toneel: Toneel) -> None:
    """Come in at the counter with an own mail address and the code that is sent to it."""
    page.goto(toneel.adres + find_loket(toneel))
    page.get_by_label("E-mailadres van uw onderneming").fill(EMAIL)
    druk(page, "Stuur mij een code")
    page.get_by_label("Code", exact=True).fill(find_code(toneel, EMAIL))
    druk(page, "Verder")


def fill_aanvraag(page: Page) -> None:
    """Fill everything in for the first product."""
    for label, waarde in VELDEN.items():
        page.get_by_label(label).fill(waarde)
    page.get_by_label("Grootte van de onderneming").select_option(label="Klein")
    page.get_by_role("checkbox").first.check()
    for ja in page.get_by_role("radio", name="Ja").all():
        ja.check()


def add_bewijs(page: Page, eis: int = 1) -> None:
    """Send a file with a requirement; the first one is number 1."""
    page.get_by_label("Bij welke eis?").select_option(index=eis)
    page.get_by_label("Datum op het bewijsstuk").fill("2026-11-02")
    page.get_by_label("Bestand", exact=True).set_input_files(
        {"name": "regeling.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    druk(page, "Bestand toevoegen")


def send_aanvraag(page: Page, toneel: Toneel, *, bewijs: bool = True) -> None:
    """Apply, with or without a file as evidence; the receipt is shown."""
    enter_loket(page, toneel)
    fill_aanvraag(page)
    if bewijs:
        add_bewijs(page)
    druk(page, "Verstuur de aanvraag")


def close_ronde(toneel: Toneel) -> None:
    """The round closes and every application is tested."""
    loket = load_loket(toneel.app, DOSSIER, find_ronde(toneel))
    assert loket is not None
    toneel.klok.jump(loket.ronde.tot + timedelta(hours=1))
    perform(toneel.app, DOSSIER, "ronde_sluiten", {"ronde": loket.ronde.ronde}, "inkoper.demo")
    wachtend = load_dossier(toneel).list_onderwerpen("verzoek", frozenset({"ontvangen"}))
    if wachtend:
        perform(toneel.app, DOSSIER, "aanvragen_toetsen", {"verzoeken": wachtend}, "inkoper.demo")


def ask_aanvulling(toneel: Toneel) -> None:
    """The officer asks the last applicant to complete what may be completed."""
    loket = load_loket(toneel.app, DOSSIER, find_ronde(toneel))
    assert loket is not None
    dossier = load_dossier(toneel)
    verzoek = list_aanvragen(dossier)[-1].verzoek
    herstelbaar = {(p, eis.code) for p in loket.percelen for eis in loket.list_eisen(p) if eis.herstelbaar}
    punten = [
        {"perceel": perceel, "eis": eis, "vraag": "Stuur de regeling zelf mee, met datum en handtekening."}
        for perceel, eis in list_open_eisen(dossier, verzoek)
        if (perceel, eis) in herstelbaar
    ]
    nu = toneel.klok.nu()
    vraag = {
        "verzoek": verzoek,
        "punten": punten,
        "verzenddatum": nu.date().isoformat(),
        "uiterlijk": (nu + timedelta(days=10)).isoformat(),
    }
    perform(toneel.app, DOSSIER, "aanvulling_vragen", vraag, "inkoper.demo")
