"""Every page in a real browser, wide and narrow as a phone: axe, no scrolling sideways, nothing blocked or broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

import aanbesteding.web
from aanbesteding.storage.documenten import list_documenten
from aanbesteding.web.routes import ROUTES
from browser.bezoeken import ANDERE_BESTANDEN, BEZOEKEN, DOWNLOADS, Bezoek
from browser.chroom import BREED, HOOGTE, SMAL, make_smal
from browser.toegankelijk import list_gebreken, measure_breedte
from browser.toneel import DOSSIER

SJABLONEN = Path(aanbesteding.web.__file__).parent / "templates"
KLEINST = 320
"""Width at which WCAG 1.4.10 wants a page to fit."""
ROLLEN = (
    "inkoper.demo",
    "jurist.demo",
    "beoordelaar1.demo",
    "voorzitter.demo",
    "gemandateerde.demo",
    "contractbeheerder.maasdriel",
    "auditor.demo",
    "beheerder.demo",
)


def test_every_route_has_a_visit_or_is_a_download():
    routes = {route.naam for route in ROUTES if route.methode == "GET"}
    bezocht = {bezoek.route for bezoek in BEZOEKEN}
    bestanden = {*DOWNLOADS, *ANDERE_BESTANDEN}
    assert bezocht | bestanden == routes
    assert not bezocht & bestanden


def test_every_page_template_is_shown_by_a_visit():
    paginas = {pad.stem for map_ in ("pages", "errors") for pad in (SJABLONEN / map_).rglob("*.html")}
    assert {bezoek.sjabloon for bezoek in BEZOEKEN} == paginas


def test_names_of_visits_are_unique():
    namen = [bezoek.naam for bezoek in BEZOEKEN]
    assert len(namen) == len(set(namen))


@pytest.mark.browser
@pytest.mark.parametrize("bezoek", sorted(BEZOEKEN, key=lambda b: b.halte), ids=lambda b: b.naam)
def test_page_is_accessible_and_fits_wide_and_narrow(theater, bezoek: Bezoek):
    """The page is opened once and then made as narrow as a phone: the server does not know how wide it is."""
    toneel = theater.load_toneel_van(bezoek)
    page = theater.open(toneel, bezoek.als)
    klachten = listen(page)
    bezoek.perform(page, toneel)
    getoond = [Path(naam).stem for naam in toneel.getoond if naam.startswith(("pages/", "errors/"))]
    assert getoond[-1] == bezoek.sjabloon
    check_pagina(page, BREED)
    make_smal(page)
    check_pagina(page, SMAL)
    page.set_viewport_size({"width": KLEINST, "height": HOOGTE})
    assert measure_breedte(page) <= KLEINST
    assert not klachten
    page.context.close()


def check_pagina(page: Page, breedte: int) -> None:
    """axe finds nothing, and nothing must be scrolled sideways."""
    assert not list_gebreken(page)
    assert measure_breedte(page) <= breedte
    assert " – " in page.title()
    assert page.get_by_role("heading", level=1).count() == 1


def listen(page: Page) -> list[str]:
    """What the browser complains about from here on: blocked by the security policy, or broken."""
    klachten: list[str] = []
    page.on("pageerror", lambda fout: klachten.append(str(fout)))
    page.on("console", lambda regel: klachten.append(regel.text) if is_klacht(regel.text) else None)
    page.on("requestfailed", lambda verzoek: klachten.append(verzoek.url) if is_pagina(verzoek.url) else None)
    return klachten


def is_klacht(tekst: str) -> bool:
    """A status that says no is what the page is about; everything else is a fault."""
    return not re.search(r"status of (401|403|404|409|422|429|503)", tekst)


def is_pagina(adres: str) -> bool:
    """A request for a page: not a download, which the browser calls a broken-off page, nor an icon it left behind."""
    return "/invulblad" not in adres and not adres.endswith("/icoon.svg")


@pytest.mark.browser
@pytest.mark.parametrize("als", [*ROLLEN, ""], ids=[*ROLLEN, "wie niet is ingelogd"])
def test_every_route_is_accessible_for_every_role_that_may_or_may_not_open_it(theater, als: str):
    """A page differs per role, and a refusal is a page too; axe runs on every page that was not seen yet."""
    eerste = {bezoek.route: bezoek for bezoek in reversed(BEZOEKEN) if not bezoek.alleen}
    toneel = theater.load_toneel("consensus")
    page = theater.open(toneel, als)
    for bezoek in eerste.values():
        adres = toneel.adres + find_pad(theater, bezoek)
        inhoud = without_persoon(page.request.get(adres).text())
        if inhoud not in theater.gezien:
            theater.gezien.add(inhoud)
            page.goto(adres)
            check_pagina(page, BREED)
    page.context.close()


def without_persoon(inhoud: str) -> str:
    """A page without what differs between two people who see the same."""
    return re.sub(r'value="(/[^"]*|[0-9a-f]{64})"|<a href="/wachtwoord">[^<]*</a>', "", inhoud)


def find_pad(theater, bezoek: Bezoek) -> str:
    """The address where a visit ends, found by whoever may go there."""
    if bezoek.naam not in theater.paden:
        toneel = theater.load_toneel(bezoek.halte)
        page = theater.open(toneel, bezoek.als)
        bezoek.perform(page, toneel)
        theater.paden[bezoek.naam] = page.url.removeprefix(toneel.adres)
        page.context.close()
    return theater.paden[bezoek.naam]


@pytest.mark.browser
@pytest.mark.parametrize("route", list(DOWNLOADS))
def test_download_arrives_as_a_file_with_its_own_name(theater, route: str):
    halte, als = (
        ("meedelen", "jurist.demo") if "{document}" in DOWNLOADS[route] else ("inschrijven", "inkoper.demo")
    )
    toneel = theater.load_toneel(halte)
    document = list_documenten(toneel.app.database, DOSSIER)[0].pad
    page = theater.open(toneel, als)
    with page.expect_download() as wacht, pytest.raises(Exception, match="Download is starting"):
        page.goto(toneel.adres + DOWNLOADS[route].format(document=document))
    assert wacht.value.suggested_filename.endswith((".docx", ".xlsx"))
    assert Path(wacht.value.path()).read_bytes().startswith(b"PK")
    page.context.close()
