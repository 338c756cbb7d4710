"""Every page that a person can see, as visits: who comes, where, what is typed first, and how it is pictured.

A route without a visit, or a page template that no visit shows, fails a test: who adds a page adds its row here.
The name of a visit is the name of its picture in docs/handleiding/schermen.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from browser.aanbieder import enter_loket, send_aanvraag
from browser.doen import (
    INKOPER,
    STUK,
    Buiten,
    Doe,
    bekijk_loketcode,
    bekijk_ronde,
    bekijk_run,
    blijf,
    geef_verkeerde_code,
    keur_dubbel,
    kom_te_laat,
    lees,
    lees_gebrekkig_in,
    lever_bewerkt_in,
    log_verkeerd_in,
    maak_sleutel,
    maak_zwakke_sleutel,
    meld_teruggekomen,
    open_eerste,
    open_inleveren,
    open_link,
    open_slot,
    probeer,
    probeer_meedelen,
    score_onvolledig,
    vergelijk_bewerkt,
    vergelijk_versies,
    verklaar,
    verstuur_leeg,
    verzend,
    voer_fase_uit,
    vraag_code,
    vul_aan,
    wijzig_verkeerd,
)
from browser.toneel import DOSSIER, Toneel

D = f"/dossiers/{DOSSIER}"
LID, VOORZITTER = "beoordelaar1.demo", "voorzitter.demo"
JURIST, MANDAAT = "jurist.demo", "gemandateerde.demo"


@dataclass(frozen=True)
class Bezoek:
    """One look at one page. `als`: who is logged in, empty for a stranger. `alleen`: on a copy of its own.

    `buiten`: what somebody does who has no account and therefore reads mail, and what happens meanwhile.
    """

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
    buiten: Buiten | None = None

    def perform(self, page: Page, toneel: Toneel) -> None:
        """Go there and do what is to be done."""
        page.goto(toneel.adres + self.pad)
        self.doe(page)
        if self.buiten is not None:
            self.buiten(page, toneel)


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
    Bezoek("woord", "woord", "woord", "brieven", JURIST, f"{D}/woord"),
    Bezoek("woord-verslag", "woord", "woord_verslag", "brieven", JURIST, f"{D}/woord", vergelijk_bewerkt, smal=True),
    Bezoek("woord-stuk", "woord_stuk", "woord_stuk", "brieven", JURIST, f"{D}/woord/stuk/{STUK}"),
    Bezoek("woord-versies", "woord", "woord_stuk", "brieven", JURIST, f"{D}/woord", lever_bewerkt_in, alleen=True,
           smal=True),
    Bezoek("woord-vergeleken", "woord", "woord_stuk", "brieven", JURIST, f"{D}/woord", vergelijk_versies, alleen=True),
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
    Bezoek("beoordeling", "beoordeling", "beoordeling", "brieven", JURIST, "/beoordeling", smal=True),
    Bezoek("stukken", "stukken", "stukken", "brieven", JURIST, f"{D}/stukken", smal=True),
    Bezoek("stukken-variant", "stukvariant", "stukvariant", "brieven", JURIST, f"{D}/stukken",
           open_link("Brief ongeldige inschrijving"), smal=True),
    Bezoek("stukken-verzonden", "stukvariant", "stukken_klaar", "verzonden", JURIST, f"{D}/stukken",
           open_link("Gunningsbrief")),
    Bezoek("stuk", "stuk", "stuk", "brieven", JURIST, f"{D}/stukken",
           open_link("Afwijzingsbrief", "openen"), smal=True),
    Bezoek("stuk-geweigerd", "stuk", "stuk", "brieven", JURIST, f"{D}/stukken", keur_dubbel, alleen=True),
    Bezoek("verzendingen", "verzendingen", "verzendingen", "verzonden", INKOPER, f"{D}/verzending"),
    Bezoek("verzending-wacht", "verzending", "verzending", "brieven", INKOPER, f"{D}/verzending",
           open_link(".*Gunningsbeslissing meedelen")),
    Bezoek("verzending-klaar", "verzending", "verzending", "verzenden", INKOPER, f"{D}/verzending",
           open_link(".*Gunningsbeslissing meedelen"), smal=True),
    Bezoek("verzending-verstuurd", "verzending", "verzending", "verzenden", INKOPER, f"{D}/verzending", verzend,
           alleen=True, smal=True),
    Bezoek("verzending-teruggekomen", "verzending", "verzending", "verzonden", INKOPER, f"{D}/verzending",
           meld_teruggekomen, alleen=True),
    Bezoek("brief-openen", "brief", "brief_slot", "verzonden", "", "/loket", buiten=open_slot, smal=True),
    Bezoek("brief-code", "brief", "brief_slot", "verzonden", "", "/loket", buiten=vraag_code, alleen=True),
    Bezoek("brief-code-fout", "brief", "brief_slot", "verzonden", "", "/loket", buiten=geef_verkeerde_code,
           alleen=True),
    Bezoek("brief-afgewezen", "brief", "brief", "verzonden", "", "/loket", buiten=lees("afwijzingsbrief"),
           alleen=True, smal=True, hoogte=2400),
    Bezoek("brief-gegund", "brief", "brief", "verzonden", "", "/loket", buiten=lees("gunningsbrief"), alleen=True),
    Bezoek("brief-ongeldig", "brief", "brief", "verzonden", "", "/loket",
           buiten=lees("brief_ongeldige_inschrijving"), alleen=True),
    Bezoek("loketten", "loketten", "lijst", "ronde", "", "/loket"),
    Bezoek("loketten-geen", "loketten", "lijst", "begin", "", "/loket"),
    Bezoek("loket", "loket", "ronde", "ronde", "", "/loket", buiten=bekijk_ronde, smal=True),
    Bezoek("loket-code", "loket_code", "code", "ronde", "", "/loket", buiten=bekijk_loketcode),
    Bezoek("loket-aanvraag", "loket_aanvraag", "aanvraag", "ronde", "", "/loket", buiten=enter_loket, alleen=True,
           smal=True),
    Bezoek("loket-aanvraag-fouten", "loket_aanvraag", "aanvraag", "ronde", "", "/loket", buiten=verstuur_leeg,
           alleen=True),
    Bezoek("loket-ontvangst", "loket_aanvraag", "ontvangst", "ronde", "", "/loket", buiten=send_aanvraag, alleen=True,
           smal=True),
    Bezoek("loket-aanvullen", "loket_aanvraag", "ontvangst", "ronde", "", "/loket", buiten=vul_aan, alleen=True),
    Bezoek("loket-gesloten", "loket_aanvraag", "gesloten", "ronde", "", "/loket", buiten=kom_te_laat, alleen=True),
    Bezoek("aanvragen", "aanvragen", "verzoeken", "toetreding", INKOPER, f"{D}/aanvragen"),
    Bezoek("aanvraag", "aanvraag", "verzoek", "toetreding", INKOPER, f"{D}/aanvragen", open_link("0"), smal=True),
    Bezoek("organisatie", "organisatie", "inloggen", "begin", "", "/inloggen/organisatie"),
    Bezoek("organisatie-terug", "organisatie_terug", "inloggen", "begin", "", "/inloggen/organisatie/terug"),
    Bezoek("sleutel", "sleutel", "sleutel", "begin", JURIST, "/sleutel", smal=True),
    Bezoek("sleutel-mislukt", "sleutel", "sleutel", "begin", JURIST, "/sleutel", maak_zwakke_sleutel),
    Bezoek("sleutel-gemaakt", "sleutel", "sleutel", "begin", JURIST, "/sleutel", maak_sleutel, alleen=True, smal=True,
           hoogte=2200),
    Bezoek("inschrijvingen-openen", "handeling", "handeling", "openen", INKOPER, f"{H}/inschrijvingen_openen",
           smal=True),
    Bezoek("prijzen-openen", "handeling", "handeling", "prijzen", INKOPER, f"{H}/prijzen_openen"),
    Bezoek("accounts", "accounts", "accounts", "begin", "beheerder.demo", "/accounts", hoogte=900),
    Bezoek("auditlog", "auditlog", "auditlog", "begin", "auditor.demo", "/auditlog", hoogte=900),
    Bezoek("geen-toegang", "accounts", "fout", "begin", INKOPER, "/accounts"),
)  # fmt: skip
DOWNLOADS = {
    "document": f"{D}/documenten/{{document}}",
    "woord_versie": f"{D}/woord/versie/1/{{document}}",
    "woord_redline": f"{D}/woord/redline/{{document}}",
    "werkboek_sjabloon": f"{D}/werkboeken/inschrijvingen/invulblad",
    "werkboek_uitvoer": f"{D}/werkboeken/inschrijvingen/uitvoer",
}
"""Routes that answer with a file of Office instead of a page."""
ANDERE_BESTANDEN = {
    "stijl": "elke pagina",
    "icoon": "elke pagina",
    "stukpdf": "tests/web",
    "loket_stijl": "de pagina's van het loket",
    "loket_beeldmerk": "de pagina's van het loket",
    "brief_stuk": "het verhaal",
    "brief_pdf": "het verhaal",
    "brief_termijnen": "het verhaal",
    "bewijsstuk": "het verhaal van het loket",
}
"""Routes that answer with another file, and what opens them."""
