"""Every page that a person can see, as visits: who comes, where, what is typed first, and how it is pictured.

A route without a visit, or a page template that no visit shows, fails a test: who adds a page adds its row here.
The name of a visit is the name of its picture in docs/handleiding/schermen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page

from browser.toneel import DOSSIER
from documents.woord.maken import read_leden, save_leden

D = f"/dossiers/{DOSSIER}"
LID, VOORZITTER, INKOPER = "beoordelaar1.demo", "voorzitter.demo", "inkoper.demo"
JURIST, MANDAAT = "jurist.demo", "gemandateerde.demo"
Doe = Callable[[Page], None]


def blijf(page: Page) -> None:
    """Only look."""


@dataclass(frozen=True)
class Bezoek:
    """One look at one page. `als`: who is logged in, empty for a stranger. `alleen`: on a copy of its own."""

    naam: str
    route: str
    sjabloon: str
    halte: str
    als: str
    pad: str
    doe: Doe = blijf
    alleen: bool = False
    smal: bool = False
    hoogte: int = 1500


def druk(page: Page, naam: str) -> None:
    """Press a button and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=naam, exact=True).click()


def open_link(*namen: str) -> Doe:
    """Follow links by the beginning of their names, one after the other."""

    def doe(page: Page) -> None:
        for naam in namen:
            with page.expect_navigation():
                page.locator("main a").filter(has_text=re.compile(f"^{naam}")).first.click()

    return doe


def keur_dubbel(page: Page) -> None:
    """Reject a document in another window and then approve it in this one: the refusal is shown with its reasons."""
    open_link("Ontvangstbevestiging", "openen")(page)
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


STUK = "publicatie/ontvangstbevestiging-I-001.docx"


def vergelijk_bewerkt(page: Page) -> None:
    """Download a letter, change words and a value in it, and hand it to the page."""
    basis = page.url.removesuffix("/woord")
    docx = page.request.get(f"{basis}/woord/versie/1/{STUK}").body()
    leden = read_leden(docx)
    tekst = (
        leden["word/document.xml"]
        .decode()
        .replace("I-001", "I-999")
        .replace("Met vriendelijke", "Met hartelijke")
    )
    bewerkt = save_leden({**leden, "word/document.xml": tekst.encode()})
    page.get_by_label("Bewerkt Word-bestand").set_input_files(
        {"name": "kopie van de brief.docx", "mimeType": "application/octet-stream", "buffer": bewerkt}
    )
    druk(page, "Vergelijken")


def lever_bewerkt_in(page: Page) -> None:
    vergelijk_bewerkt(page)
    page.get_by_role("checkbox").check()
    druk(page, "Inleveren als versie 2")


B, C, H = f"{D}/beoordelen", f"{D}/consensus", f"{D}/handelingen"
BEZOEKEN = (
    Bezoek("inloggen", "inloggen", "inloggen", "begin", "", "/inloggen", smal=True),
    Bezoek("inloggen-mislukt", "inloggen", "inloggen", "begin", "", "/inloggen", log_verkeerd_in),
    Bezoek("wachtwoord", "wachtwoord", "wachtwoord", "begin", INKOPER, "/wachtwoord"),
    Bezoek("wachtwoord-mislukt", "wachtwoord", "wachtwoord", "begin", INKOPER, "/wachtwoord", wijzig_verkeerd),
    Bezoek("dossiers", "start", "dossiers", "gunning", INKOPER, "/", smal=True),
    Bezoek("dossier", "dossier", "dossier", "gunning", INKOPER, D, smal=True),
    Bezoek("dossier-begin", "dossier", "dossier", "begin", INKOPER, D),
    Bezoek("dossier-beoordelaar", "dossier", "dossier", "beoordelen", LID, D),
    Bezoek("documenten", "documenten", "documenten", "meedelen", JURIST, f"{D}/fasen/publicatie/documenten"),
    Bezoek("fase-uitgevoerd", "dossier", "run", "gunning", INKOPER, D, voer_fase_uit, alleen=True),
    Bezoek("run", "run", "run", "gunning", INKOPER, D, bekijk_run, alleen=True),
    Bezoek("handeling", "handeling", "handeling", "meedelen", MANDAAT, f"{H}/gunningsbeslissing_meedelen"),
    Bezoek("handeling-proef", "handeling", "handeling", "meedelen", MANDAAT, f"{H}/gunningsbeslissing_meedelen",
           probeer_meedelen),
    Bezoek("handeling-velden", "handeling", "handeling", "meedelen", MANDAAT, f"{H}/gunningsbeslissing_meedelen",
           probeer),
    Bezoek("handeling-geweigerd", "handeling", "handeling", "consultatie", MANDAAT, f"{H}/verslag_vaststellen",
           probeer),
    Bezoek("handeling-kan-niet", "handeling", "handeling", "gunning", MANDAAT, f"{H}/definitief_gunnen"),
    Bezoek("werkboeken", "werkboeken", "werkboeken", "inschrijven", INKOPER, f"{D}/werkboeken"),
    Bezoek("werkboeken-fouten", "werkboeken", "werkboeken", "inschrijven", INKOPER, f"{D}/werkboeken",
           lees_gebrekkig_in),
    Bezoek("grafieken", "grafieken", "grafieken", "meedelen", INKOPER, f"{D}/grafieken", smal=True),
    Bezoek("woord", "woord", "woord", "meedelen", JURIST, f"{D}/woord"),
    Bezoek("woord-verslag", "woord", "woord_verslag", "meedelen", JURIST, f"{D}/woord", vergelijk_bewerkt, smal=True),
    Bezoek("woord-stuk", "woord_stuk", "woord_stuk", "meedelen", JURIST, f"{D}/woord/stuk/{STUK}"),
    Bezoek("woord-versies", "woord", "woord_stuk", "meedelen", JURIST, f"{D}/woord", lever_bewerkt_in, alleen=True,
           smal=True),
    Bezoek("belangenverklaring", "handeling", "handeling", "verklaren", LID, f"{H}/belangenverklaring_afleggen"),
    Bezoek("belangenverklaring-vastgelegd", "handeling", "verricht", "verklaren", LID,
           f"{H}/belangenverklaring_afleggen", verklaar, alleen=True),
    Bezoek("beoordelen-eerst-verklaren", "beoordelen", "beoordelen", "verklaren", LID, B),
    Bezoek("beoordelen", "beoordelen", "beoordelen", "beoordelen", LID, B),
    Bezoek("beoordelen-inschrijving", "beoordelen_inschrijving", "inschrijving", "beoordelen", LID, B, open_eerste,
           smal=True),
    Bezoek("beoordelen-onvolledig", "beoordelen_inschrijving", "inschrijving", "beoordelen", LID, B,
           score_onvolledig, alleen=True, hoogte=700),
    Bezoek("beoordelen-inleveren", "beoordelen_inleveren", "inleveren", "beoordelen", LID, B, open_inleveren),
    Bezoek("consensus", "consensus", "beoordelen", "consensus", VOORZITTER, C),
    Bezoek("consensus-inschrijving", "consensus_inschrijving", "inschrijving", "consensus", VOORZITTER, C, open_eerste),
    Bezoek("consensus-inleveren", "consensus_inleveren", "inleveren", "consensus", VOORZITTER, C, open_inleveren),
    Bezoek("beoordeling", "beoordeling", "beoordeling", "meedelen", JURIST, "/beoordeling", smal=True),
    Bezoek("stukken", "stukken", "stukken", "meedelen", JURIST, f"{D}/stukken"),
    Bezoek("stukken-variant", "stukvariant", "stukvariant", "meedelen", JURIST, f"{D}/stukken",
           open_link("Ontvangstbevestiging"), smal=True),
    Bezoek("stukken-verzonden", "stukvariant", "stukken_klaar", "toetreding", JURIST, f"{D}/stukken",
           open_link("Gunningsbrief")),
    Bezoek("stuk", "stuk", "stuk", "meedelen", JURIST, f"{D}/stukken",
           open_link("Ontvangstbevestiging", "openen"), smal=True),
    Bezoek("stuk-geweigerd", "stuk", "stuk", "meedelen", JURIST, f"{D}/stukken", keur_dubbel, alleen=True),
    Bezoek("accounts", "accounts", "accounts", "begin", "beheerder.demo", "/accounts", hoogte=900),
    Bezoek("auditlog", "auditlog", "auditlog", "begin", "auditor.demo", "/auditlog", hoogte=900),
    Bezoek("geen-toegang", "accounts", "fout", "begin", INKOPER, "/accounts"),
)  # fmt: skip
DOWNLOADS = {
    "stijl": "/stijl.css",
    "document": f"{D}/documenten/{{document}}",
    "stukversie": f"{D}/stukken/versie/{{document}}",
    "stukpdf": f"{D}/stukken/pdf/{{document}}",
    "woord_versie": f"{D}/woord/versie/1/{{document}}",
    "woord_redline": f"{D}/woord/redline/{{document}}",
    "werkboek_sjabloon": f"{D}/werkboeken/inschrijvingen/invulblad",
    "werkboek_uitvoer": f"{D}/werkboeken/inschrijvingen/uitvoer",
}
"""Routes that answer with a file instead of a page."""
